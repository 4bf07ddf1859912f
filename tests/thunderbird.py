"""A real Thunderbird on a screen that only exists in memory: it opens a letter, and we look at its window."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.programs import run

SCREEN = "1000x1400x24"
_PREFERENCES = {
    "mail.shell.checkDefaultClient": False,
    "mail.provider.suppress_dialog_on_startup": True,
    "mail.spotlight.firstRunDone": True,
    "mail.winsearch.firstRunDone": True,
    "mailnews.start_page.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "app.normandy.enabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
}
_PATIENCE = 150  # seconds until its window has a title, on a busy machine


@contextmanager
def _screen() -> Iterator[str]:
    """A display of an X server of our own; it picks a free number."""
    seen, told = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(told), "-screen", "0", SCREEN, "-nolisten", "tcp"],
        pass_fds=[told],
        stderr=subprocess.DEVNULL,
    )
    os.close(told)
    try:
        with os.fdopen(seen) as number:
            yield f":{number.readline().strip()}"
    finally:
        server.terminate()
        server.wait(30)


def _profile(folder: Path) -> Path:
    """A profile that asks nothing and goes nowhere."""
    folder.mkdir(parents=True)
    lines = [
        f'user_pref("{name}", {str(value).lower() if isinstance(value, bool) else repr(value)});'
        for name, value in _PREFERENCES.items()
    ]
    (folder / "user.js").write_text("\n".join(lines).replace("'", '"'), encoding="utf-8")
    return folder


def shown(letter: Path, wanted: str, picture: Path) -> list[str]:
    """Open a letter until a window is titled with the wanted words, and photograph it; the titles seen last."""
    profile = _profile(letter.parent / "profile")
    with _screen() as display:
        screen = {"DISPLAY": display, "HOME": str(letter.parent), "LANG": "C.UTF-8", "MOZ_DISABLE_CONTENT_SANDBOX": "1"}
        program = subprocess.Popen(
            ["thunderbird", "--no-remote", "--profile", profile, "-file", letter],
            env={**os.environ, **screen},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            titles = _until(wanted, display)
            time.sleep(8)  # the letter is drawn after its window has a title
            run("import", "-display", display, "-window", "root", picture)
        finally:
            os.killpg(program.pid, 15)
            program.wait(60)
    return titles


def _until(wanted: str, display: str) -> list[str]:
    last, end = list[str](), time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        last = _titles(display)
        if any(wanted in title for title in last):
            break
        time.sleep(2)
    return last


def _titles(display: str) -> list[str]:
    found = run("xdotool", "search", "--onlyvisible", "--name", ".", check=False, DISPLAY=display).stdout.split()
    names = (run("xdotool", "getwindowname", number.decode(), check=False, DISPLAY=display).stdout for number in found)
    return [name.decode().strip() for name in names]
