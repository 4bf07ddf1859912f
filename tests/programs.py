"""Other people's programs that judge an issue: where they are, and how to get them."""

import os
import re
import shutil
import socket
import subprocess
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

ROOT = Path(__file__).parent.parent
NODE_MODULES = Path(os.environ.get("DONGHYANG_NODE", ROOT / ".venv/node")) / "node_modules"
VNU = NODE_MODULES / "vnu-jar/build/dist/vnu.jar"
HOW = {
    "caniemail": "npm install --no-save --no-package-lock --prefix .venv/node caniemail@1",
    "vnu": "npm install --no-save --no-package-lock --prefix .venv/node vnu-jar; apt-get install default-jre-headless",
    "spamassassin": "apt-get install spamassassin",
    "postfix": "apt-get install postfix, and run as root",
    "thunderbird": "apt-get install thunderbird xvfb xdotool imagemagick fonts-nanum",
    "perl": "apt-get install perl",
}
_SCORE = re.compile(rb"^X-Spam-Status: .*?score=(-?[\d.]+).*?tests=(.*?)\s+autolearn", re.DOTALL | re.MULTILINE)


def missing(program: str) -> bool:
    """Whether a program cannot be asked here."""
    return {
        "caniemail": lambda: shutil.which("node") is None or not (NODE_MODULES / "caniemail").is_dir(),
        "vnu": lambda: shutil.which("java") is None or not VNU.is_file(),
        "spamassassin": lambda: shutil.which("spamassassin") is None,
        "postfix": lambda: shutil.which("postfix") is None or os.geteuid() != 0,
        "thunderbird": lambda: any(map(_absent, ("thunderbird", "Xvfb", "xdotool", "import"))),
        "perl": lambda: shutil.which("perl") is None,
    }[program]()


def _absent(name: str) -> bool:
    return shutil.which(name) is None


def run(
    *command: str | Path, given: bytes = b"", check: bool = True, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a program to its end."""
    return subprocess.run(
        command, input=given, capture_output=True, check=check, timeout=300, env={**os.environ, **environment}
    )


def invalid(pages: Mapping[str, str], ignored: str = "") -> list[str]:
    """What the Nu Html Checker holds against the pages, a line each."""
    with TemporaryDirectory() as folder:
        for name, page in pages.items():
            (Path(folder) / f"{name}.html").write_text(page, encoding="utf-8")
        flags = ["--filterpattern", ignored] if ignored else []
        found = run("java", "-jar", VNU, "--errors-only", *flags, *sorted(Path(folder).iterdir()), check=False)
        return found.stderr.decode().replace(folder, "").splitlines()


def spam(letter: bytes) -> tuple[float, str]:
    """SpamAssassin's score by its local rules, and the rules that hit."""
    found = _SCORE.search(run("spamassassin", "-L", "-t", given=letter, HOME=gettempdir()).stdout)
    assert found
    return float(found[1]), found[2].decode()


def inflated(whole: bytes) -> bytes:
    """What the streams of a PDF hold, one behind the other."""
    streams = re.findall(rb"stream\n(.*?)\nendstream", whole, re.DOTALL)
    return b"".join(zlib.decompressobj().decompress(stream) for stream in streams if stream[:1] == b"\x78")


def settings(lines: Sequence[str]) -> str:
    """A config file of ``name = value`` lines."""
    return "\n".join(lines) + "\n"


@contextmanager
def postfix(folder: Path, port: int) -> Iterator[Path]:
    """A Postfix of its own that takes mail for ``hanbit.example`` and files it; yields the maildir."""
    config, queue, data, box = (folder / name for name in ("etc", "queue", "data", "box"))
    for path in (config, queue, data, box):
        path.mkdir()
    shutil.copy("/usr/share/postfix/master.cf.dist", config / "master.cf")
    shutil.chown(data, "postfix")
    folder.chmod(0o755)
    (config / "main.cf").write_text(
        settings(
            (
                "compatibility_level = 3.6",
                f"queue_directory = {queue}",
                f"data_directory = {data}",
                f"maillog_file = {folder / 'log'}",
                f"maillog_file_prefixes = {folder}",
                "myhostname = relay.hanbit.example",
                "mydestination =",
                "inet_interfaces = loopback-only",
                "virtual_mailbox_domains = hanbit.example",
                f"virtual_mailbox_base = {box}",
                "virtual_mailbox_maps = inline:{ gildong@hanbit.example=maildir/ }",
                "virtual_uid_maps = static:65534",
                "virtual_gid_maps = static:65534",
                "default_transport = error:none",
                "relay_transport = error:none",
                "disable_dns_lookups = yes",
                "mynetworks = 127.0.0.0/8",
                "alias_maps =",
            )
        ),
        encoding="utf-8",
    )
    _listen(config / "master.cf", port)
    shutil.chown(box, 65534, 65534)
    started = run("postfix", "-c", config, "start", check=False)
    assert started.returncode == 0, started.stderr.decode()
    _await(port)
    try:
        yield box / "maildir"
    finally:
        run("postfix", "-c", config, "stop", check=False)


def _await(port: int) -> None:
    """Wait until somebody listens."""
    for _ in range(100):
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)


def _listen(master: Path, port: int) -> None:
    """Serve SMTP on one port of this machine alone, and nothing in a chroot."""
    lines = [line for line in master.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    lines = [re.sub(r"^smtp(\s+)inet", rf"127.0.0.1:{port}\1inet", line) for line in lines]
    lines = [re.sub(r"^(\S+\s+\S+\s+\S+\s+\S+\s+)y(\s)", r"\1n\2", line) for line in lines]
    master.write_text("\n".join(lines) + "\n", encoding="utf-8")
