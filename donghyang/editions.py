"""The editions that depend on config and on extras: papers, what is attached to letters, their signature, the feeds."""

from collections.abc import Mapping

from archive import issues
from archive.records.issue import Issue
from digest import seal
from digest.feeds import feed_files
from digest.headers import parsed
from digest.papers import NAMES, missing, paper_files
from donghyang.config import Config
from donghyang.messages import say, why
from donghyang.services import Services
from donghyang.troubles import Refused


def papers(issue: Issue, services: Services) -> dict[str, bytes]:
    """The issue on paper, as far as config wants it and the extras are there."""
    digest = services.settings.digest
    return paper_files(issue, services.settings.edition()) if digest.papers == "auto" else {}


def left_out(config: Config) -> list[str]:
    """The papers that cannot be made here, each with the command that mends it; none when config wants none."""
    if config.settings.digest.papers == "off":
        return []
    return [say(f"doctor.no_{extra}", command=command) for extra, command in missing()]


def makeable(config: Config) -> frozenset[str]:
    """The names of the papers that are made here."""
    lacking = {extra for extra, _ in missing()}
    if config.settings.digest.papers == "off":
        return frozenset()
    return frozenset(name for name in NAMES if name.rpartition(".")[2] not in lacking)


def unmade(config: Config) -> list[str]:
    """What letters are to carry and cannot."""
    wanted = config.settings.mail.attach if config.settings.mail else ()
    return [name for name in wanted if name not in makeable(config)]


def attached(issue: Issue, services: Services, made: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """What goes with each letter, by the name it has there: from what was ``made``, or was kept at the freeze."""
    wanted = services.settings.mail.attach if services.settings.mail else ()
    if not wanted:
        return {}
    if made is None:
        with services.archive.reading() as db:
            made = issues.files(db, issue.week, issue.revision)
    return {f"donghyang-{issue.week}-{name}": made[name] for name in wanted if name in made}


def signed(raw: bytes, services: Services) -> bytes:
    """The letter with the city's signature, when config names a key. Raises Refused when it cannot be used."""
    own = _seal(services.config)
    if own is None:
        return raw
    try:
        return seal.sealed(raw, own)
    except seal.SealError as error:
        raise Refused(say("mail.dkim_key", path=_key_path(services.config), reason=error)) from error


def seal_trouble(config: Config) -> str:
    """Why letters cannot be signed, "" when they can or need not be."""
    try:
        own = _seal(config)
        if own:
            seal.sealed(b"From: a@b.example\r\n\r\n.\r\n", own)
    except Refused as error:
        return str(error)
    except seal.SealError as error:
        return say("mail.dkim_key", path=_key_path(config), reason=error)
    return ""


def _seal(config: Config) -> seal.Seal | None:
    mail = config.settings.mail
    if mail is None or not mail.dkim_key:
        return None
    if not seal.installed():
        raise Refused(say("mail.no_dkim", command=seal.INSTALL))
    try:
        key = (config.folder / mail.dkim_key).read_bytes()
    except OSError as error:
        raise Refused(say("mail.dkim_key", path=_key_path(config), reason=why(error))) from error
    domain = parsed(mail.sender)[1].rpartition("@")[2]
    return seal.Seal(domain=domain, selector=mail.dkim_selector, key=key)


def _key_path(config: Config) -> str:
    return str(config.folder / config.settings.mail.dkim_key) if config.settings.mail else ""


def feeds(services: Services) -> dict[str, bytes]:
    """The feeds of all issues, of each week its newest revision."""
    with services.archive.reading() as db:
        found = [issues.issue(db, week) for week in {row.week for row in issues.issue_rows(db)}]
    return feed_files([issue for issue in found if issue], services.settings.edition())
