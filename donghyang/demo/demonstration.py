"""What `python -m donghyang.demo` does: a folder of its own, a served world, its weeks, and where to look."""

import argparse
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from donghyang import config, logs
from donghyang.demo import folder as ours
from donghyang.demo import season
from donghyang.demo.server import PORT, serving
from donghyang.demo.templating import page
from donghyang.demo.world import load_world
from donghyang.runs import Exit
from donghyang.services import Services


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the folder, serve the world, run its weeks, say where to look; the exit code."""
    wanted = _parser().parse_args(arguments)
    os.environ.pop(config.ENVIRONMENT_DATABASE, None)  # the demo never writes into the city's own archive
    try:
        ours.fresh_folder(wanted.out)
    except ours.FolderError as error:
        _progress(str(error))
        return Exit.USAGE
    return _demonstrate(wanted.out, port=wanted.port, stay=wanted.serve)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m donghyang.demo", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("demo-out"), help="the folder to make (default: demo-out)")
    parser.add_argument("--port", type=int, default=PORT, help=f"of the invented world (default: {PORT})")
    parser.add_argument("--serve", action="store_true", help="keep serving the world afterwards, until Ctrl-C")
    return parser


def _demonstrate(folder: Path, *, port: int, stay: bool) -> int:
    world = load_world()
    start, _ = next(season.moments(world))
    with serving(world, start, port) as server, (folder / "demo.log").open("w", encoding="utf-8") as log:
        path = ours.write_config(folder, world, server.site)
        logs.set_up(stream=log)
        print(page("begin.txt", world=world, site=server.site, folder=folder))  # noqa: T201 - the result
        with Services.open(config.load(path)) as services:
            code = season.play(services, server, tell=print, progress=_progress)
            weeks = season.weeks(world)
            print(page("end.txt", weeks=weeks, folder=folder, command=_command(), server=server))  # noqa: T201
        if stay:
            _stay()
    # A dead source is part of the world: "done in part" is as it should be.
    return Exit.FAILED if code == Exit.FAILED else Exit.DONE


def _command() -> str:
    """How to call donghyang here: the one installed beside this Python, else the module."""
    beside = Path(sys.executable).with_name("donghyang")
    if not beside.is_file():
        return f"{sys.executable} -m donghyang"
    return str(beside.relative_to(Path.cwd()) if beside.is_relative_to(Path.cwd()) else beside)


def _stay() -> None:
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        return


def _progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - progress goes to standard error
