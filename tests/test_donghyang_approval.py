"""Draft, approved, sent: nothing goes out unapproved, who approves is told twice at most, and late is at once."""

import json
from datetime import datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path

import pytest

from archive import outbox
from archive.store import Archive
from donghyang import config, posting
from donghyang.cli import main
from donghyang.services import Services
from tests.mailroom import MONDAY, WEEK, address, freeze, letters, mail, open_services, states, write_config
from tests.post_office import Fault, PostOffice

ONE, TWO = address(1), address(2)
BOSS = "boss@city.example"
DRAFTED = MONDAY.replace(hour=6, minute=30)  # after the issue is made, before the letters are due at 08:30
NEAR = MONDAY.replace(hour=7, minute=45)
DIGEST = f'[digest]\npapers = "off"\napproval = true\napprover = ["{BOSS}"]\ncity = ["한빛시"]\n'


@pytest.fixture
def services(office: PostOffice, archive: Archive, tmp_path: Path) -> Services:
    ready = open_services(archive, write_config(tmp_path, 2, mail(office.port) + DIGEST))
    freeze(ready)
    return ready


@pytest.fixture
def place(office: PostOffice, tmp_path: Path) -> Path:
    path = write_config(tmp_path, 2, mail(office.port) + DIGEST)
    with Services.open(config.load(path)) as ready:
        freeze(ready)
    return path


def call(path: Path, *words: str, now: datetime = MONDAY) -> int:
    return main(["--config", str(path), "--now", now.isoformat(), *words])


def subjects(office: PostOffice, reader: str) -> list[str]:
    found = [message_from_bytes(taken.raw)["Subject"] for taken in office.letters if taken.reader == reader]
    return [str(make_header(decode_header(subject))) for subject in found]


def test_who_approves_is_told_once_of_the_draft_and_once_before_its_hour(
    office: PostOffice, services: Services
) -> None:
    for moment in (DRAFTED, DRAFTED + timedelta(minutes=10), NEAR, NEAR + timedelta(minutes=20), MONDAY):
        posting.deliver(services, moment)
    assert office.counts() == {BOSS: 2}
    assert [subject.partition(" 제")[0] for subject in subjects(office, BOSS)] == [
        "[승인 요청]",
        "[승인 요청·다시 알림]",
    ]
    assert not posting.letters_wait(services, MONDAY)
    assert not states(services.archive)


def test_the_draft_shows_the_issue_what_names_the_city_and_how_to_approve(
    office: PostOffice, services: Services
) -> None:
    posting.deliver(services, DRAFTED)
    (taken,) = office.letters
    _, text, page = message_from_bytes(taken.raw).walk()
    shown = bytes(text.get_payload(decode=True)).decode()
    assert f"donghyang issue approve {WEEK}" in shown
    assert "2026-02-09 08:30" in shown
    assert "우리 시를 말한 소식 (한빛시)" in shown
    assert "정치로 표시되어" in shown
    assert page.get_filename() == "issue.html"


def test_a_draft_made_after_its_hour_is_told_of_once(office: PostOffice, services: Services) -> None:
    for hours in range(3):
        posting.deliver(services, MONDAY + timedelta(hours=hours))
    assert office.counts() == {BOSS: 1}


def test_a_nudge_put_off_is_tried_again_like_any_letter(office: PostOffice, services: Services) -> None:
    office.faults[BOSS] = [Fault("rcpt", "450 4.2.0 greylisted")]
    assert posting.deliver(services, DRAFTED).count("pending") == 1
    assert posting.deliver(services, DRAFTED + timedelta(minutes=31)).count("sent") == 1
    assert office.counts() == {BOSS: 1}


def test_an_approved_issue_goes_out_at_its_hour(place: Path, office: PostOffice) -> None:
    assert call(place, "run", "deliver", now=DRAFTED) == 0
    assert call(place, "issue", "approve", "2026-W06", "--by", "김팀장", now=NEAR) == 0
    assert call(place, "run", "deliver", now=NEAR) == 0
    assert office.counts() == {BOSS: 1}
    assert call(place, "run", "deliver", now=MONDAY.replace(hour=8, minute=31)) == 0
    assert office.counts() == {BOSS: 1, ONE: 1, TWO: 1}


def test_a_late_approval_sends_at_once_and_nobody_twice(
    place: Path, office: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(place, "run", "deliver") == 0
    assert call(place, "issue", "send", "2026-W06") == 1
    assert "승인되지 않았습니다" in capsys.readouterr().out
    assert call(place, "doctor") in {0, 1}
    assert "승인을 기다리는 호: 2026-W06" in capsys.readouterr().out
    assert call(place, "issue", "approve", "2026-W06", "--by", "김팀장") == 0
    assert office.counts() == {BOSS: 1, ONE: 1, TWO: 1}
    assert call(place, "issue", "approve", "2026-W06", "--by", "김팀장") == 0
    assert office.counts() == {BOSS: 1, ONE: 1, TWO: 1}
    capsys.readouterr()
    assert call(place, "issue", "list", "--format", "json") == 0
    assert [row["state"] for row in json.loads(capsys.readouterr().out)] == ["sent"]
    assert call(place, "issue", "approve", "2026-W06", "--undo", "--by", "김팀장") == 1


def test_an_approval_is_taken_back_before_the_hour(
    place: Path, office: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (("--by", "김팀장"), ("--undo", "--by", "김팀장")):
        assert call(place, "issue", "approve", "2026-W06", *words, now=NEAR) == 0
    capsys.readouterr()
    assert call(place, "issue", "list", "--format", "json", now=NEAR) == 0
    assert [row["state"] for row in json.loads(capsys.readouterr().out)] == ["draft"]
    assert call(place, "run", "deliver") == 0
    assert ONE not in office.counts()
    assert call(place, "issue", "approve", "2026-W05", "--by", "김팀장") == 1


def test_nothing_is_asked_again_of_weeks_a_restore_holds(office: PostOffice, services: Services) -> None:
    from archive import holding  # noqa: PLC0415 - for this test alone

    with services.archive.writing() as db:
        holding.hold(db, WEEK.ahead(1), MONDAY)
    assert not posting.letters_wait(services, NEAR)
    assert posting.deliver(services, NEAR).letters == {}
    assert office.connections == 0


def test_nudges_cut_off_are_reported_like_letters(office: PostOffice, services: Services) -> None:
    office.faults[BOSS] = [Fault("answer")]
    posted = posting.deliver(services, DRAFTED)
    assert posted.letters == {"unknown": [f"{WEEK} {BOSS} (승인 요청)"]}
    with services.archive.reading() as db:
        assert [letter.state for letter in outbox.all_letters(db, WEEK)] == ["unknown"]
    assert letters(services.archive) == {}
