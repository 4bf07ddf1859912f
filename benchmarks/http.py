"""What a round over a thousand feeds on five hundred hosts costs, beside lemon24/reader's update on the same server.

    python -m benchmarks.http [--feeds 1000] [--items 40]

Two rounds: the first reads everything, the second is all 304s. Ours is the whole step `collect`, the archive and its
ledger included; `visits` is the network's part of it. The peer is run when `.venv-peers` (or $DONGHYANG_PEERS, a
Python) has the packages `reader` and `sgmllib3k`.
"""

import argparse
import asyncio
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

import structlog

from archive.records.incoming import Fetch, Source
from archive.records.words import SourceId
from benchmarks.feed_server import host
from collectors.http import Web, WebSettings
from collectors.visits import visit
from donghyang import config, steps
from donghyang.services import Services

NOW: Final = datetime(2026, 2, 21, tzinfo=UTC)
PEERS: Final = Path(os.environ.get("DONGHYANG_PEERS") or Path(__file__).parents[1] / ".venv-peers" / "bin" / "python")
_HOSTS_AT_ONCE: Final = 64
_PEER: Final = """
import sys, time, logging
from reader import make_reader
logging.disable()
reader = make_reader(sys.argv[1])
for url in sys.stdin.read().split():
    reader.add_feed(url)
for name in ("all new", "all 304"):
    cpu, wall = time.process_time(), time.perf_counter()
    for _ in reader.update_feeds_iter(workers=64, scheduled=False):
        pass
    print(f"{name:9} lemon24/reader   {time.process_time() - cpu:7.2f} CPU-s {time.perf_counter() - wall:7.1f} s wall")
"""


def main() -> None:
    """Print a line for each round and reader."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.http")
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--items", type=int, default=40)
    wanted = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with tempfile.TemporaryDirectory() as place, _serving(wanted.items) as port:
        urls = [f"http://{host(number)}:{port}/{number}.xml" for number in range(wanted.feeds)]
        _visits(urls)
        _collects(urls, Path(place))
        _peer(urls, Path(place))


@contextmanager
def _serving(items: int) -> Iterator[int]:
    served = [sys.executable, "-m", "benchmarks.feed_server", str(items)]
    with subprocess.Popen(served, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield int((server.stdout.readline() if server.stdout else "") or 0)
        finally:
            server.terminate()


def _visits(urls: Sequence[str]) -> None:
    """The network and the reading of feeds alone."""
    sources = [Source(id=SourceId(f"s{n}"), url=url, name=f"s{n}") for n, url in enumerate(urls)]
    last: dict[SourceId, Fetch] = {}

    async def round_of(kept: dict[SourceId, Fetch]) -> None:
        settings = WebSettings(allow_hosts=("127.0.0.0/8",), hosts_at_once=_HOSTS_AT_ONCE)
        async with Web(settings, now=NOW) as web:
            harvests = await asyncio.gather(*(visit(source, web, kept.get(source.id), NOW) for source in sources))
        last.update({harvest.fetch.source: harvest.fetch for harvest in harvests})

    for name in ("all new", "all 304"):
        _timed(f"{name:9} visits", lambda: asyncio.run(round_of(last)))
        _check(name, [fetch.outcome for fetch in last.values()])


def _collects(urls: Sequence[str], place: Path) -> None:
    """The step as it is run, an hour apart."""
    rows = "".join(f'[[sources]]\nid = "s{n}"\nurl = "{url}"\n' for n, url in enumerate(urls))
    (place / "config.toml").write_text(f'[http]\nallow_hosts = ["127.0.0.0/8"]\n{rows}', encoding="utf-8")
    with Services.open(config.load(place / "config.toml")) as services:
        for hours, name in enumerate(("all new", "all 304")):
            _timed(f"{name:9} collect", partial(steps.collect, services, NOW + timedelta(hours=hours)))


def _peer(urls: Sequence[str], place: Path) -> None:
    if (
        not PEERS.exists()
        or subprocess.run([PEERS, "-c", "import reader"], check=False, capture_output=True).returncode
    ):
        print(
            f"lemon24/reader is not run: {PEERS} has no `reader`; `make bench-peers`, or pip install reader sgmllib3k"
        )
        return
    peer = [str(PEERS), "-c", _PEER, str(place / "reader.sqlite")]
    if subprocess.run(peer, check=False, input="\n".join(urls), text=True).returncode:
        print("lemon24/reader did not come to an end")


def _timed(name: str, work: Callable[[], object]) -> None:
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    print(f"{name:26} {time.process_time() - cpu:7.2f} CPU-s {time.perf_counter() - wall:7.1f} s wall", flush=True)


def _check(name: str, outcomes: Sequence[str]) -> None:
    wanted = "new" if name == "all new" else "unchanged"
    if set(outcomes) != {wanted}:
        sys.exit(f"{name}: {sum(outcome != wanted for outcome in outcomes)} of {len(outcomes)} did not come {wanted}")


if __name__ == "__main__":
    main()
