"""A full disk: a sentence that names it, and nothing lost once there is room again."""

import subprocess
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from archive.counts import count_all
from archive.store import Archive
from donghyang.cli import main
from tests import small_world
from tests.loopback import Loopback

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]
NOW = "2026-02-06T18:00:00+09:00"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", place], check=False, capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"a small disk needs the right to mount one; run this suite as root ({mounted.stderr.strip()})")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as out:
        while True:
            out.write(b"\0" * 4096)


def test_a_full_disk_is_named_and_nothing_is_lost(small_disk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Loopback() as server:
        small_world.serve(server)
        config = small_world.write_config(server, small_disk)
        words = ["--config", str(config), "--now", NOW, "run"]
        assert main([*words, "collect"]) == 0

        ballast = small_disk / "ballast"
        with pytest.raises(OSError, match="No space left"):
            fill(ballast)
        capsys.readouterr()
        assert main([*words, "extract"]) == 1
        said = capsys.readouterr().err
        assert "full" in said
        assert "donghyang.db" in said

        ballast.unlink()
        assert main([*words, "extract"]) == 0
        with Archive.open(f"sqlite:///{small_disk}/donghyang.db") as archive, archive.reading() as db:
            assert count_all(db, datetime.fromisoformat(NOW)).articles == len(small_world.LINES)
