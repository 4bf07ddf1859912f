"""A hostile page costs itself alone: its reader is a process with a budget, and whatever it does, the run goes on."""

import os
import signal
from pathlib import Path

import pytest

from collectors.articles import read_page
from donghyang import services
from donghyang.cli import main
from donghyang.page_reader import PageReader, PageTrouble
from tests import small_world
from tests.loopback import Loopback, Scripted

LINE = "<p>한빛시가 여름 장마를 앞두고 하천 서른 곳의 물높이를 인공지능으로 내다본다고 12일 밝혔다.</p>"
PAGE = f"<html><body><article>{LINE}</article></body></html>".encode()
# libxml2 compares each attribute of an element with all before it: minutes, in C, where no exception reaches.
ENDLESS = b"<html><body><div " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">x</div>" + PAGE
FRIDAY = "2026-02-06T18:00:00+09:00"


def test_a_page_that_uses_up_its_time_costs_itself_alone() -> None:
    with PageReader(seconds=1.5) as reader:
        assert reader.read(PAGE, url="https://a.example/1", content_type="").text
        with pytest.raises(PageTrouble, match=r"more than 1\.5 s"):
            reader.read(ENDLESS, url="https://a.example/2", content_type="")
        again = PageReader()  # a new one, as the next page of a run would get it
        with again:
            assert again.read(PAGE, url="https://a.example/3", content_type="").text


def test_a_page_that_kills_its_reader_costs_itself_alone() -> None:
    with PageReader() as reader:
        assert reader.read(PAGE, url="https://a.example/1", content_type="").text
        worker = reader._worker
        assert worker is not None
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        with pytest.raises(PageTrouble, match="ended its reader"):
            reader.read(PAGE, url="https://a.example/2", content_type="")
        assert reader.read(PAGE, url="https://a.example/3", content_type="").text


def test_a_run_reads_the_other_pages(
    server: Loopback, config: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = small_world.LINES[1]
    server.at(f"/{hostile.outlet}/{hostile.number}", Scripted(body=ENDLESS, content_type="text/html"))
    monkeypatch.setattr(services, "PageReader", lambda: PageReader(seconds=5.0))
    assert main(["--config", str(config), "--now", FRIDAY, "run", "collect", "extract"]) in (0, 3)
    told = capsys.readouterr()
    assert "reading the page took more than 5 s" in told.err
    assert f"원문 {len(small_world.LINES) - 3}건" in told.out  # of nine two are not about AI and one is hostile


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 200_000 + LINE,
        "<font><a href=x>" * 60_000 + LINE,
        "<table><tr><td>" * 60_000 + LINE,
        "<p>" + "a" * 50_000_000 + "</p>" + LINE,
        "<div class='" + "x " * 1_400_000 + "'>" + LINE + "</div>",
        "<title>" + "a | " * 700_000 + "</title>" + LINE,
        "<title>" + "a < " * 700_000 + "</title>" + LINE,
        "<meta property='og:title' content='" + "a | " * 700_000 + "'>" + LINE,
        "<p>x</p>" * 100_000,
        "<script type='application/ld+json'>" + "[" * 900_000 + "</script>" + LINE,
        "<" * 1_000_000,
    ],
    ids=["divs", "fonts", "tables", "line", "attribute", "title", "breadcrumbs", "meta", "lines", "state", "brackets"],
)
def test_monstrous_pages_are_read_in_bounds(body: str) -> None:
    page = read_page(body.encode(), url="https://a.example/1")
    assert len(page.text) <= 200_000
    assert len(page.title) <= 2000
