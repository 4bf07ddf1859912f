"""What sites told us is there after a restart, for as long as it is good."""

from datetime import UTC, datetime, timedelta

from archive import intake, sites
from archive.records.incoming import Source
from archive.records.sites import MapRead, RobotsFile
from archive.records.words import SourceId
from archive.store import Archive

NOW = datetime(2026, 2, 20, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def test_robots_files_are_kept_replaced_and_forgotten(archive: Archive) -> None:
    old = RobotsFile(origin="https://a.example", read=NOW, text="User-agent: *\nDisallow: /x", delay=90.0)
    other = RobotsFile(origin="https://b.example", read=NOW, text="")
    with archive.writing() as db:
        sites.keep_robots(db, [old, other], NOW)
    new = RobotsFile(origin="https://a.example", read=NOW + DAY, text="", delay=0.5)
    with archive.writing() as db:
        assert sites.robots_files(db, NOW) == {file.origin: file for file in (old, other)}
        assert sites.robots_files(db, NOW - DAY) == {}, "not read yet"
        sites.keep_robots(db, [new], NOW + DAY)
        assert sites.robots_files(db, NOW + DAY)["https://a.example"] == new
        sites.keep_robots(db, [], NOW + 40 * DAY)
        assert sites.robots_files(db, NOW + DAY) == {}


def test_maps_are_kept_for_their_source(archive: Archive) -> None:
    paper, other = SourceId("paper"), SourceId("other")
    read = MapRead(url="https://a.example/1.xml", read=NOW, changed=NOW - DAY, etag='W/"1"', modified="yesterday")
    later = MapRead(url="https://a.example/1.xml", read=NOW + DAY)
    with archive.writing() as db:
        named = [Source(id=id_, url=f"https://{id_}.example/", name=id_, kind="sitemap") for id_ in (paper, other)]
        intake.register_sources(db, named, NOW)
        sites.keep_maps(db, paper, [read])
        sites.keep_maps(db, other, [])
        assert sites.maps_read(db, paper) == {read.url: read}
        sites.keep_maps(db, paper, [later])
        assert sites.maps_read(db, paper) == {read.url: later}
        assert sites.maps_read(db, other) == {}
