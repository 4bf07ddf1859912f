"""A frozen issue, readers and a mail server's address: what the outbox needs, without a week of news."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from archive import issues, outbox
from archive.records.ledgers import Delivery
from archive.records.words import ArticleId
from archive.store import Archive
from archive.weeks import Week
from donghyang import config, publishing
from donghyang.services import Services
from tests.builders import an_issue

WEEK = Week(2026, 6)
MONDAY = datetime.fromisoformat("2026-02-09T09:00:00+09:00")


def write_config(folder: Path, readers: int, mail: str = "") -> Path:
    """A config.toml with readers 1, 2, … and the lines of its [mail] table."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "config.toml"
    people = "".join(f'[[readers]]\nname = "{n}번"\nemail = "{address(n)}"\n' for n in range(1, readers + 1))
    digest = "" if "[digest]" in mail else '[digest]\npapers = "off"\n'  # two seconds a freeze otherwise
    page = f'{digest}[http]\ncontact = "mailto:ai@city.example"\n{mail}{people}[[sources]]\nid = "a"\nurl = "http://127.0.0.1/"\n'
    path.write_text(page, encoding="utf-8")
    return path


def mail(port: int, **keys: Any) -> str:
    """The lines of a [mail] table for a server on this machine."""
    named = {"sender": "ai@city.example", "host": "127.0.0.1", "port": port, "security": "none"} | keys
    return "[mail]\n" + "".join(f"{key} = {value!r}\n" for key, value in named.items())


def address(number: int) -> str:
    return f"reader{number}@city.example"


def freeze(services: Services, week: Week = WEEK) -> None:
    """An issue of one item, made when its week ended."""
    zone = services.settings.zone
    issue = an_issue([ArticleId("first")], week=week, start=week.start(zone), end=week.end(zone), made=week.end(zone))
    with services.archive.writing() as db:
        issues.freeze(db, issue, publishing.issue_files(issue, services))


def open_services(archive: Archive, path: Path) -> Services:
    return Services(config.load(path), archive)


def moved(services: Services, folder: Path, archive: Archive) -> Services:
    """The same configuration in another folder, with another archive."""
    return Services(replace(services.config, path=folder / "config.toml"), archive)


def letters(archive: Archive, week: Week = WEEK) -> dict[str, Delivery]:
    with archive.reading() as db:
        return {letter.reader: letter for letter in outbox.deliveries(db, week)}


def states(archive: Archive, week: Week = WEEK) -> dict[str, str]:
    return {reader: letter.state for reader, letter in letters(archive, week).items()}
