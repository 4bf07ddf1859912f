"""What sites told us, kept between runs: robots.txt files for as long as they are good, and how sitemaps stood."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, select

from archive.records.sites import MapRead, RobotsFile
from archive.records.words import SourceId
from archive.rows import put, storable
from archive.schema import maps, robots

KEPT: Final = timedelta(days=30)  # of a robots.txt: for so long it may stand in for one that does not answer


def robots_files(db: Connection, now: datetime) -> dict[str, RobotsFile]:
    """The files kept, by origin; those read later than ``now`` are left out, as a run of an earlier moment wants it."""
    rows = db.execute(select(robots).where(robots.c.read <= now, robots.c.read > now - KEPT))
    return {row.origin: RobotsFile(origin=row.origin, read=row.read, text=row.text, delay=row.delay) for row in rows}


def keep_robots(db: Connection, files: Sequence[RobotsFile], now: datetime) -> None:
    """Keep what was read, instead of what was read before; forget what is too old to be of use."""
    put(db, robots, [asdict(storable(file)) for file in files])
    db.execute(delete(robots).where(robots.c.read <= now - KEPT))


def maps_read(db: Connection, source: SourceId) -> dict[str, MapRead]:
    """The sitemaps of a source's index, by address, as they stood when they were read last."""
    rows = db.execute(select(maps).where(maps.c.source == source))
    return {
        row.url: MapRead(url=row.url, read=row.read, changed=row.changed, etag=row.etag, modified=row.modified)
        for row in rows
    }


def keep_maps(db: Connection, source: SourceId, read: Sequence[MapRead]) -> None:
    """Keep how sitemaps stood; those the index no longer names do no harm."""
    put(db, maps, [{"source": source, **asdict(storable(one))} for one in read])
