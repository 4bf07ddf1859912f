"""Readers: pauses, their own wishes, requests to unsubscribe, bounces; the archive's word wins and is not lost."""

import json
import mailbox
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest

from archive import holding
from archive.store import Archive
from digest import subscriptions
from donghyang import config, posting, returns, steps, subscribing
from donghyang.cli import main
from donghyang.services import Services
from tests.mailroom import MONDAY, WEEK, address, freeze, letters, mail, open_services, states, write_config
from tests.post_office import Fault, PostOffice
from tests.test_digest_bounces import mail as a_mail
from tests.test_digest_bounces import notification

ONE, TWO, THREE = map(address, (1, 2, 3))
NEXT = WEEK.ahead(1)
LATER = MONDAY + timedelta(days=10)  # the Monday after is in the Lunar New Year


@pytest.fixture
def services(office: PostOffice, archive: Archive, tmp_path: Path) -> Services:
    (tmp_path / "returned").mkdir()
    ready = open_services(archive, write_config(tmp_path, 3, mail(office.port, bounces="returned")))
    freeze(ready)
    return ready


def with_readers(services: Services, keys: str) -> Services:
    """The same archive, and keys of the last reader's table."""
    path = services.config.path
    page = path.read_text().replace(f'email = "{THREE}"\n', f'email = "{THREE}"\n{keys}\n')
    path.write_text(page)
    return open_services(services.archive, path)


def returned(services: Services, name: str, raw: bytes) -> None:
    (services.config.folder / "returned" / f"{name}.eml").write_bytes(raw)


def of(services: Services, email: str) -> str:
    """A reader's token."""
    return subscriptions.token(subscribing.secret(services), email)


def test_who_rests_gets_no_letter_nor_its_back_number(office: PostOffice, services: Services) -> None:
    subscribing.note(services, TWO, "pause", MONDAY, who="김주무관")
    resting = with_readers(services, "paused = 2026-02-09")
    posting.deliver(resting, MONDAY)
    assert office.counts() == {ONE: 1}
    assert states(services.archive) == {ONE: "sent", TWO: "skipped", THREE: "skipped"}
    subscribing.note(services, TWO, "resume", MONDAY + timedelta(days=1), who="김주무관")
    assert not posting.letters_wait(resting, MONDAY + timedelta(days=1))
    posting.send(resting, WEEK, MONDAY + timedelta(days=2), to=TWO)  # unless somebody asks
    freeze(resting, NEXT)
    posting.deliver(resting, LATER)
    assert office.counts() == {ONE: 2, TWO: 2, THREE: 1}


def test_a_letter_put_off_is_not_sent_to_who_left_meanwhile(office: PostOffice, services: Services) -> None:
    office.faults[TWO] = [Fault("rcpt", "450 later")]
    posting.deliver(services, MONDAY)
    returned(services, "1", a_mail(f"unsubscribe {of(services, TWO)}"))
    assert posting.letters_wait(services, MONDAY + timedelta(hours=1))
    posting.deliver(services, MONDAY + timedelta(hours=1))
    assert office.counts() == {ONE: 1, THREE: 1}
    assert not posting.letters_wait(services, MONDAY + timedelta(hours=2))
    posting.send(services, WEEK, MONDAY + timedelta(hours=3), to=TWO)
    assert TWO not in office.counts()


def test_each_letter_tells_how_to_unsubscribe_by_a_token_of_its_own(office: PostOffice, services: Services) -> None:
    posting.deliver(services, MONDAY)
    for taken in office.letters:
        message = message_from_bytes(taken.raw)
        own = f"<mailto:ai@city.example?subject=unsubscribe%20{of(services, taken.reader)}>"
        assert message["List-Unsubscribe"].strip() == own
        assert message["List-Unsubscribe-Post"] is None
    assert len({of(services, email) for email in (ONE, TWO, THREE)}) == 3


def test_a_token_unsubscribes_its_own_reader_whoever_sends_it(services: Services) -> None:
    returned(services, "1", a_mail(f"Re: unsubscribe {of(services, TWO)}"))  # from kim@city.example, who is nobody
    returned(services, "2", a_mail("unsubscribe " + "a" * 26))
    returned(services, "3", a_mail("수신거부").replace(b"kim@city.example", ONE.encode()))
    assert {mail.kind for mail in returns.take_in(services, MONDAY)} == {"unsubscribe", "other", "request"}
    assert returns.take_in(services, MONDAY) == []
    found = {one.reader.email: one.state for one in subscribing.standings(services, MONDAY)}
    assert found == {ONE: "active", TWO: "unsubscribed", THREE: "active"}


@pytest.mark.parametrize(
    ("statuses", "stopped"),
    [
        (["5.1.1"], True),
        (["5.2.2", "5.7.1"], False),
        (["5.2.2", "5.7.1", "5.2.2"], True),
        (["4.4.1"] * 6, False),
        (["5.2.2", "4.4.1", "5.2.2"], False),
    ],
)
def test_one_notice_of_nobody_there_or_three_refusals_stop_the_letters(
    services: Services, statuses: list[str], *, stopped: bool
) -> None:
    for n, status in enumerate(statuses):
        action = "delayed" if status.startswith("4") else "failed"
        raw = notification(status, action).replace(b"20260209.1", b"20260209.%d" % n)
        returned(
            services, str(n), raw.replace(b"kim@city.example", TWO.encode()).replace(b"Kim@City.example", TWO.encode())
        )
        returns.take_in(services, MONDAY + timedelta(days=n))
    day = MONDAY + timedelta(days=9)
    assert {one.reader.email for one in subscribing.standings(services, day) if one.state == "undeliverable"} == (
        {TWO} if stopped else set()
    )
    assert len(returns.recent(services, day)) == len(statuses)


def test_a_bounce_is_known_by_its_return_address_and_by_the_letter_it_names(
    office: PostOffice, services: Services
) -> None:
    posting.deliver(services, MONDAY)
    about = letters(services.archive)[THREE].message_id.encode()
    by_letter = notification().replace(b"<2026-w06.r1.abc@city.example>", about)
    by_token = notification(to=subscriptions.return_address("ai@city.example", of(services, TWO)))
    returned(services, "1", by_letter)
    returned(services, "2", by_token.replace(b"20260209.1", b"20260209.2"))
    returned(services, "3", notification("5.1.1").replace(b"20260209.1", b"20260209.3"))  # of a stranger
    taken = {mail.reader: mail.kind for mail in returns.take_in(services, MONDAY)}
    assert taken == {THREE: "hard", TWO: "hard", "": "other"}


@pytest.mark.parametrize("kind", ["maildir", "mbox", "eml"])
def test_mails_are_read_where_they_lie_once_each(services: Services, tmp_path: Path, kind: str) -> None:
    raw = [notification().replace(b"20260209.1", b"20260209.%d" % n) for n in range(3)]
    place = tmp_path / ("one.eml" if kind == "eml" else "box")
    if kind == "eml":
        place.write_bytes(raw[0])
    else:
        box = mailbox.Maildir(place) if kind == "maildir" else mailbox.mbox(place)
        for one in raw:
            box.add(one)
        box.close()
    page = services.config.path.read_text().replace("bounces = 'returned'", f"bounces = '{place}'")
    services.config.path.write_text(page)
    ready = open_services(services.archive, services.config.path)
    assert returns.waiting(ready)
    assert len(returns.take_in(ready, MONDAY)) == (1 if kind == "eml" else 3)
    assert not returns.waiting(ready)
    assert returns.take_in(ready, MONDAY) == []


def test_what_was_said_after_a_backup_is_recalled_before_the_first_letter(
    office: PostOffice, services: Services
) -> None:
    """The journal beside config.toml tells a restored archive who has left."""
    subscribing.note(services, ONE, "unsubscribe", MONDAY, reason="전화")
    journal = services.config.folder / subscribing.JOURNAL
    journal.write_text(journal.read_text() + '{"at": "cut o')
    assert journal.stat().st_mode & 0o077 == 0
    with Archive.memory() as other:
        restored = open_services(other, services.config.path)
        freeze(restored)
        posting.deliver(restored, MONDAY)
        assert office.counts() == {TWO: 1, THREE: 1}
        assert subscribing.recall(restored) == 0
    assert subscribing.recall(services) == 0


def test_nothing_held_by_a_restore_goes_out_nor_counts_as_skipped(office: PostOffice, services: Services) -> None:
    subscribing.note(services, TWO, "pause", MONDAY)
    with services.archive.writing() as db:
        holding.hold(db, NEXT, MONDAY)
    posting.deliver(services, MONDAY)
    assert states(services.archive) == {}
    assert office.connections == 0


def test_return_addresses_of_their_own_and_a_server_that_wants_none(office: PostOffice, services: Services) -> None:
    page = services.config.path.read_text().replace("[mail]\n", "[mail]\nenvelope = 'verp'\n")
    services.config.path.write_text(page)
    ready = open_services(services.archive, services.config.path)
    office.faults[TWO] = [Fault("rcpt", "450 later")]
    posting.deliver(ready, MONDAY)
    assert {taken.reader: taken.sender for taken in office.letters} == {
        email: subscriptions.return_address("ai@city.example", of(ready, email)) for email in (ONE, THREE)
    }
    office.faults["*"] = [Fault("mail", "553 5.1.7 no plus here")]
    posted = posting.deliver(ready, MONDAY + timedelta(hours=1))
    assert posted.count("sent") == 1
    assert "553 5.1.7 no plus here" in posting.told(posted)
    assert office.letters[-1].sender == "ai@city.example"
    assert office.counts() == {ONE: 1, TWO: 1, THREE: 1}


def test_letters_keep_to_the_pace_of_the_mail_server(
    office: PostOffice, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("digest.pace.Pace.__init__.__defaults__", (lambda: 0.0, slept.append))
    page = services.config.path.read_text().replace("[mail]\n", "[mail]\nper_minute = 20\n")
    services.config.path.write_text(page)
    assert steps.deliver(open_services(services.archive, services.config.path), MONDAY).done == 3
    assert slept == [3.0, 6.0]


def test_the_command_line_lists_and_changes_readers(
    tmp_path: Path, office: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_config(tmp_path, 2, mail(office.port))
    with Services.open(config.load(path)) as ready:
        freeze(ready)

    def call(*words: str) -> int:
        return main(["--config", str(path), "--now", MONDAY.isoformat(), *words])

    assert call("readers", "pause", ONE, "--until", "2026-03-01", "--by", "김주무관", "--why", "휴직") == 0
    assert call("readers", "unsubscribe", TWO, "--by", "김주무관") == 0
    capsys.readouterr()
    assert call("readers", "list", "--format", "json") == 0
    rows = {row["email"]: row for row in json.loads(capsys.readouterr().out)}
    assert (rows[ONE]["state"], rows[ONE]["until"], rows[ONE]["reason"]) == ("paused", "2026-03-01", "휴직")
    assert rows[TWO]["state"] == "unsubscribed"
    assert call("doctor") in {0, 1}
    assert f"{TWO} (수신 거부)" in capsys.readouterr().out
    assert call("run", "deliver") == 0
    assert call("readers", "resume", TWO, "--by", "김주무관") == 0
    assert call("issue", "send", "2026-W06") == 0
    assert office.counts() == {TWO: 1}
    assert call("readers", "list") == 0
    assert call("readers", "pause", "김@city.example", "--by", "x") == 2
    assert call("readers", "pause", ONE, "--until", "tomorrow", "--by", "x") == 2
