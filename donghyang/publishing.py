"""Issues as files: made once from the frozen snapshot, kept in the archive, written to out/."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from archive import issues
from archive.records.issue import Issue
from archive.records.ledgers import ISSUE, Delivery, Reader
from archive.snapshots import from_json, to_json
from archive.weeks import Week
from digest.mail import letter
from digest.papers import NAMES as PAPERS
from digest.readership import own_edition
from digest.render import render_files
from donghyang import editions, subscribing
from donghyang.messages import say, why
from donghyang.services import Services
from donghyang.troubles import Refused


def issue_files(issue: Issue, services: Services) -> dict[str, bytes]:
    """Every form of an issue, from its snapshot alone: the same snapshot gives the same bytes."""
    edition = services.settings.edition()
    snapshot = to_json(issue)
    frozen = from_json(snapshot)
    made = {**render_files(frozen, edition), **editions.papers(frozen, services)}
    return {
        **made,
        "issue.json": (snapshot + "\n").encode(),
        "issue.eml": letter_of(frozen, None, services, made=made),
    }


def letter_of(
    issue: Issue, reader: Reader | None, services: Services, *, trial: str = "", made: Mapping[str, bytes] | None = None
) -> bytes:
    """The issue as a letter; its date is when the issue was made, so that it can be made again to the byte.

    A reader's own letter holds what that reader wants, and how to have no more of them; where config names a key it is
    signed, which no second making gives again. What is attached is taken from what was ``made``, else from the archive.
    """
    edition, own = services.settings.edition(), own_edition(issue, reader) if reader else issue
    further = subscribing.further_headers(services, reader) if reader and not trial else None
    raw = letter(
        own,
        edition,
        reader,
        sender(services),
        date=issue.made,
        further=further,
        trial=trial,
        files=editions.attached(issue, services, made),
    )
    return editions.signed(raw, services) if reader else raw


def sender(services: Services) -> str:
    """Who letters come from: [mail] sender, else the contact address."""
    if services.settings.mail is not None:
        return services.settings.mail.sender
    contact = urlsplit(services.settings.http.contact)
    return contact.path if contact.scheme == "mailto" else f"donghyang@{contact.hostname or 'localhost'}"


def write_issues(services: Services) -> None:
    """Bring out/ up to date: every issue's newest revision, whatever was lost there."""
    with services.archive.reading() as db:
        newest = {row.week: row.revision for row in sorted(issues.issue_rows(db), key=lambda row: row.revision)}
        kept = {week: issues.files(db, week, revision) for week, revision in newest.items()}
    for week, files in kept.items():
        write_files(services.config.out / str(week), files)
    if kept:
        write_files(services.config.out, editions.feeds(services))


def is_written(services: Services) -> bool:
    """Whether the newest issue has all its files in out/: a run may have ended between freezing and writing it."""
    with services.archive.reading() as db:
        made = issues.issue_rows(db)
        if not made:
            return True
        newest = max(made, key=lambda row: (row.week, row.revision))
        names = issues.file_names(db, newest.week, newest.revision)
    return all((services.config.out / str(newest.week) / name).is_file() for name in names)


def write_preview(services: Services, files: Mapping[str, bytes]) -> Path:
    """Write an unfrozen issue beside the others; the path of its page."""
    folder = services.config.out / "preview"
    write_files(folder, files)
    return folder / "issue.html"


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write what differs, each file whole or not at all; Refused when that is not allowed or there is no room."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, body in files.items():
            path = folder / name
            if not path.is_file() or path.read_bytes() != body:
                fresh = path.with_name(f".{name}.new")
                fresh.write_bytes(body)
                fresh.replace(path)
    except OSError as error:
        raise Refused(say("out.unwritable", path=folder, reason=why(error))) from error


def rebuild(services: Services, week: Week) -> str | None:
    """Make an issue's files again and compare; what was found, or None when there is no such issue.

    When templates have changed since, the files kept at the freeze are the issue, and are put back.
    """
    with services.archive.reading() as db:
        issue = issues.issue(db, week)
        if issue is None:
            return None
        kept = issues.files(db, week, issue.revision)
    again = issue_files(issue, services)
    elsewhere = {*PAPERS} - editions.makeable(services.config)  # made where the extras are, or were wanted
    changed = [name for name in kept if again.get(name) != kept[name] and name not in elsewhere]
    write_files(services.config.out / str(week), kept)
    if changed:
        return say("issue.restored", week=week, revision=issue.revision, names=", ".join(changed))
    return say("issue.rebuilt", week=week, revision=issue.revision, count=len(kept))


def write_letter(services: Services, letter: Delivery) -> None:
    """Write a letter to out/WEEK/mail/READER.eml; one that is not the issue has what it is before its ending."""
    kind = "" if letter.letter == ISSUE else f".{letter.letter.replace(' ', '-')}"
    write_files(services.config.out / str(letter.week) / "mail", {f"{file_name(letter.reader)}{kind}.eml": letter.raw})


def file_name(address: str) -> str:
    """An address as a file may be called."""
    return "".join(sign if sign.isalnum() or sign in "@.+-_" else "_" for sign in address)
