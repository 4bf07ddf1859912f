"""From an owed issue to letters at a real mail server: what is written down, told, retried and never sent twice."""

import json
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from archive import outbox, runs
from archive.store import Archive
from digest.delivery import FIRST_WAIT, OUTAGE_WAIT
from donghyang import config, posting, steps
from donghyang.cli import main
from donghyang.lock import one_run
from donghyang.messages import MESSAGES
from donghyang.runs import Exit, run
from donghyang.services import Services
from tests.mailroom import MONDAY, WEEK, address, freeze, letters, mail, open_services, states, write_config
from tests.post_office import CUT, Certificates, Fault, PostOffice

NOW = MONDAY.isoformat()
ONE, TWO, THREE = map(address, (1, 2, 3))


@pytest.fixture
def services(office: PostOffice, archive: Archive, tmp_path: Path) -> Services:
    """Three readers and a frozen issue, once on each database."""
    ready = open_services(archive, write_config(tmp_path, 3, mail(office.port)))
    freeze(ready)
    return ready


@pytest.fixture
def place(office: PostOffice, tmp_path: Path) -> Path:
    """The same as a folder, for the command line."""
    path = write_config(tmp_path, 3, mail(office.port))
    with Services.open(config.load(path)) as ready:
        freeze(ready)
    return path


def call(path: Path, *words: str, now: str = NOW) -> int:
    return main(["--config", str(path), "--now", now, *words])


def told(services: Services, now: Any = MONDAY) -> tuple[Exit, str]:
    lines: list[str] = []
    return run(services, ["deliver"], now, report=lines.append), "\n".join(lines)


def test_every_reader_gets_one_letter_of_their_own(office: PostOffice, services: Services, tmp_path: Path) -> None:
    code, report = told(services)
    assert code == Exit.DONE
    assert "보냄 3통" in report
    assert office.counts() == {ONE: 1, TWO: 1, THREE: 1}
    for taken in office.letters:
        assert taken.sender == "ai@city.example"
        to = message_from_bytes(taken.raw)["To"]
        assert taken.reader in to
        assert to.count("@") == 1
        assert (tmp_path / "out" / str(WEEK) / "mail" / f"{taken.reader}.eml").read_bytes() == taken.raw
    assert {taken.message_id for taken in office.letters} == {
        letter.message_id for letter in letters(services.archive).values()
    }
    assert {letter.raw for letter in letters(services.archive).values()} == {taken.raw for taken in office.letters}
    assert set(states(services.archive).values()) == {"sent"}
    assert told(services, MONDAY + timedelta(days=1))[0] == Exit.DONE
    assert office.counts().total() == 3


def test_letters_are_not_sent_before_their_time_nor_weeks_later(office: PostOffice, services: Services) -> None:
    early = MONDAY.replace(hour=8, minute=0)
    assert not posting.letters_wait(services, early)
    assert steps.deliver(services, early) == steps.Tally()
    late = MONDAY + timedelta(days=30)
    assert not posting.letters_wait(services, late)
    assert steps.deliver(services, late).done == 0
    assert office.connections == 0


def test_a_letter_put_off_waits_longer_each_time_and_then_goes(office: PostOffice, services: Services) -> None:
    office.faults[TWO] = [Fault("rcpt", "450 4.2.0 greylisted"), Fault("dot", "452 4.3.1 full")]
    code, report = told(services)
    assert code == Exit.PARTLY
    assert f"대기: {WEEK} {TWO}" in report
    put_off = letters(services.archive)[TWO]
    assert (put_off.state, put_off.tries, put_off.said) == ("pending", 1, "450 4.2.0 greylisted")
    assert put_off.retry_at == MONDAY + FIRST_WAIT

    soon = MONDAY + FIRST_WAIT - timedelta(minutes=1)
    assert not posting.letters_wait(services, soon)
    assert steps.deliver(services, soon).done == 0
    then = MONDAY + FIRST_WAIT
    assert posting.letters_wait(services, then)
    assert told(services, then)[0] == Exit.PARTLY
    assert letters(services.archive)[TWO].retry_at == then + 2 * FIRST_WAIT
    assert told(services, then + 2 * FIRST_WAIT)[0] == Exit.DONE
    assert office.counts() == {ONE: 1, TWO: 1, THREE: 1}


def test_a_refused_letter_is_that_readers_alone_and_keeps_the_servers_sentence(
    office: PostOffice, services: Services
) -> None:
    office.faults[ONE] = [Fault("rcpt", "550 5.1.1 no such user here")]
    code, report = told(services)
    assert code == Exit.PARTLY
    assert f"실패: {WEEK} {ONE}" in report
    refused = letters(services.archive)[ONE]
    assert (refused.state, refused.said) == ("failed", "550 5.1.1 no such user here")
    assert not posting.letters_wait(services, MONDAY + timedelta(days=7))
    assert office.counts() == {TWO: 1, THREE: 1}


def test_a_letter_that_may_have_arrived_is_named_and_sent_again_only_when_asked(
    office: PostOffice, services: Services
) -> None:
    office.faults[TWO] = [Fault("answer", CUT)]
    code, report = told(services)
    assert code == Exit.PARTLY
    assert f"{WEEK} {TWO}" in report
    assert f"issue send {WEEK} --unknown" in report
    later = MONDAY + timedelta(days=1)
    assert not posting.letters_wait(services, later)
    assert not steps.deliver(services, later).done
    assert posting.send(services, WEEK, later).letters == {"unknown": [f"{WEEK} {TWO}"]}
    assert office.counts()[TWO] == 1

    assert posting.send(services, WEEK, later, unknown=True).letters == {"sent": [f"{WEEK} {TWO}"]}
    assert office.counts() == {ONE: 1, TWO: 2, THREE: 1}
    assert len({taken.message_id for taken in office.letters}) == 3
    assert len({taken.raw for taken in office.letters}) == 3
    assert not posting.send(services, WEEK, later, unknown=True).letters


def test_a_run_killed_in_the_middle_is_put_right_by_the_next(office: PostOffice, services: Services) -> None:
    """What no server had seen goes out; what one may have taken is named, and stays."""
    posting.freeze_owed(services, MONDAY)
    with services.archive.writing() as db:
        outbox.begin_sending(db, WEEK, ONE)
        outbox.begin_sending(db, WEEK, TWO)
        outbox.mark_data(db, WEEK, TWO)
    assert posting.letters_wait(services, MONDAY)
    code, report = told(services)
    assert code == Exit.PARTLY
    assert f"{WEEK} {TWO}" in report
    assert office.counts() == {ONE: 1, THREE: 1}
    assert states(services.archive) == {ONE: "sent", TWO: "unknown", THREE: "sent"}
    assert told(services)[0] == Exit.DONE


def test_no_mail_server_in_reach_keeps_every_letter_and_says_so_once(services: Services, office: PostOffice) -> None:
    office.close()
    code, report = told(services)
    assert code == Exit.FAILED
    assert f"127.0.0.1:{office.port}" in report
    assert "[mail] host" in report
    for letter in letters(services.archive).values():
        assert (letter.state, letter.tries, letter.retry_at) == ("pending", 0, MONDAY + OUTAGE_WAIT)
    assert not posting.letters_wait(services, MONDAY)
    assert posting.letters_wait(services, MONDAY + OUTAGE_WAIT)


def test_a_sender_the_server_does_not_take_costs_no_letter_a_try(services: Services, office: PostOffice) -> None:
    office.faults["*"] = [Fault("mail", "553 5.7.1 not you")]
    code, report = told(services)
    assert code == Exit.FAILED
    assert "553 5.7.1 not you" in report
    assert "[mail] sender" in report
    assert told(services, MONDAY + OUTAGE_WAIT)[0] == Exit.DONE
    assert office.counts() == {ONE: 1, TWO: 1, THREE: 1}


def test_who_is_no_reader_any_more_gets_no_letter(office: PostOffice, services: Services, tmp_path: Path) -> None:
    office.faults[THREE] = [Fault("rcpt", "450 later")]
    told(services)
    fewer = open_services(services.archive, write_config(tmp_path, 2, mail(office.port)))
    day_after = MONDAY + timedelta(days=1)
    assert not posting.letters_wait(fewer, day_after)
    assert not steps.deliver(fewer, day_after).done
    assert states(services.archive)[THREE] == "pending"


def test_who_becomes_a_reader_gets_the_newest_issue_and_no_back_numbers(
    office: PostOffice, services: Services, tmp_path: Path
) -> None:
    told(services)
    freeze(services, WEEK.ahead(1))
    later = MONDAY + timedelta(days=10)  # the Monday was a holiday
    told(services, later)
    more = open_services(services.archive, write_config(tmp_path, 4, mail(office.port)))
    for day in range(3):
        told(more, later + timedelta(days=day))
    four = address(4)
    assert four not in states(services.archive)
    assert states(services.archive, WEEK.ahead(1))[four] == "sent"
    assert office.counts() == {ONE: 2, TWO: 2, THREE: 2, four: 1}
    posting.send(more, WEEK, later + timedelta(days=3), to=four)  # unless somebody asks
    assert states(services.archive)[four] == "sent"


def test_two_issues_that_went_to_nobody_go_to_everybody(office: PostOffice, services: Services) -> None:
    freeze(services, WEEK.ahead(1))
    told(services, MONDAY + timedelta(days=10))
    assert office.counts() == {ONE: 2, TWO: 2, THREE: 2}


def test_without_a_mail_server_letters_are_written_and_may_be_sent_later_by_hand(
    archive: Archive, office: PostOffice, tmp_path: Path
) -> None:
    services = open_services(archive, write_config(tmp_path, 2))
    freeze(services)
    assert told(services)[0] == Exit.DONE
    assert states(archive) == {ONE: "written", TWO: "written"}
    by_mail = open_services(archive, write_config(tmp_path, 2, mail(office.port)))
    assert not posting.letters_wait(by_mail, MONDAY)
    assert posting.send(by_mail, WEEK, MONDAY).count("sent") == 2
    assert office.counts() == {ONE: 1, TWO: 1}


# the command line ---------------------------------------------------------------------------------


def test_issue_send_sends_now_and_nobody_twice(
    place: Path, office: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    sunday = "2026-02-08T12:00:00+09:00"
    office.faults[ONE] = [Fault("rcpt", "550 5.1.1 typo")]
    assert call(place, "issue", "send", "2026-W06", "--to", TWO.upper(), now=sunday) == 0
    assert office.counts() == {TWO: 1}
    assert call(place, "issue", "send", "2026-W06", "--to", TWO, now=sunday) == 0
    assert "모두 보냈습니다" in capsys.readouterr().out
    assert call(place, "issue", "send", "2026-W06", now=sunday) == 3
    assert office.counts() == {TWO: 1, THREE: 1}
    assert call(place, "issue", "send", "2026-W06", now=sunday) == 0  # what was refused is tried when a person asks
    assert call(place, "issue", "send", "2026-W06", "--unknown") == 0
    assert "알 수 없는 편지가 없습니다" in capsys.readouterr().out
    assert call(place, "issue", "send", "2026-W06", "--to", "me@elsewhere.example") == 0
    assert call(place, "run", "deliver") == 0
    assert office.counts() == {ONE: 1, TWO: 1, THREE: 1, "me@elsewhere.example": 1}


def test_issue_send_refuses_what_it_cannot_do(
    place: Path, office: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(place, "issue", "send", "2026-W05") == 1
    assert "2026-W06" in capsys.readouterr().err
    assert call(place, "issue", "send", "W06") == 2
    for wrong in ("kim", "김@city.example", "a@b.example\nBcc: c@d.example", "a@b.example,c@d.example"):
        assert call(place, "issue", "send", "2026-W06", "--to", wrong) == 2
        assert "전자우편" in capsys.readouterr().err
    with one_run(config.load(place).database_url):
        assert call(place, "issue", "send", "2026-W06") == 75
    nobody = write_config(place.parent, 0, mail(office.port))
    assert call(nobody, "issue", "send", "2026-W06") == 1
    assert "[[readers]]" in capsys.readouterr().err
    assert office.connections == 0


def test_status_names_letters_in_trouble_with_what_the_server_said(
    place: Path, office: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    office.faults[ONE] = [Fault("answer", CUT)]
    office.faults[TWO] = [Fault("dot", "554 5.7.1 looks like spam")]
    office.faults[THREE] = [Fault("data", "451 4.7.1 slow down")]
    assert call(place, "run", "deliver") == 3
    capsys.readouterr()
    assert call(place, "status", "--format", "json") == 0
    seen = {row["reader"]: row for row in json.loads(capsys.readouterr().out)["letters"]}
    assert {reader: row["state"] for reader, row in seen.items()} == {ONE: "unknown", TWO: "failed", THREE: "pending"}
    assert seen[TWO]["said"] == "554 5.7.1 looks like spam"
    assert seen[ONE]["message_id"].endswith("@city.example>")
    assert call(place, "status") == 0
    shown = capsys.readouterr().out
    assert all(word in shown for word in (ONE, "확인 필요", "실패", "대기"))


def test_a_sent_letter_is_in_the_ledger_of_runs(place: Path, office: PostOffice) -> None:
    assert call(place, "issue", "send", "2026-W06") == 0
    with Services.open(config.load(place)) as services, services.archive.reading() as db:
        (last,) = runs.recent(db, 1)
    assert (last.step, last.outcome, last.done) == ("deliver", "done", 3)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_letters_go_encrypted_with_the_citys_own_authority(
    security: Any, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The authority is [http] ca_file, beside config.toml; the password comes from the environment alone."""
    certificates = Certificates.made(tmp_path)
    with PostOffice(certificates, security=security, login=("ai", "s3cret")) as office:
        path = write_config(tmp_path, 1, mail(office.port, host="localhost", security=security, user="ai"))
        services = open_services(archive, path)
        freeze(services)
        assert told(services)[1].count("DONGHYANG_SMTP_PASSWORD") == 1
        monkeypatch.setenv("DONGHYANG_SMTP_PASSWORD", "wrong")
        later = MONDAY + timedelta(hours=1)
        code, report = told(services, later)
        assert (code, "인증서" in report, "ca_file" in report) == (Exit.FAILED, True, True)
        page = path.read_text().replace("[http]\n", f'[http]\nca_file = "{certificates.authority.name}"\n')
        path.write_text(page)
        services = open_services(archive, path)
        report = told(services, later := later + timedelta(hours=1))[1]
        assert "DONGHYANG_SMTP_PASSWORD" in report
        assert "535" in report
        assert "wrong" not in report
        monkeypatch.setenv("DONGHYANG_SMTP_PASSWORD", "s3cret")
        assert told(services, later + timedelta(hours=1))[0] == Exit.DONE
        assert office.counts() == {ONE: 1}


@pytest.mark.parametrize(
    ("keys", "word"),
    [
        ({"host": "smtp.city.example:587"}, "포트는 port에"),
        ({"host": "smtp city"}, "포트는 port에"),
        ({"host": "8.8.8.8", "security": "none"}, "내부 주소에만"),
        ({"host": "10.0.0.5", "security": "none", "user": "ai"}, "비밀번호 없이"),
        ({"host": "10.0.0.5", "security": "ssl"}, "starttls"),
        ({"host": "10.0.0.5", "port": 0}, "1 이상"),
        ({"sender": "동향 <ai@city.example>"}, "전자우편"),
        ({"sender": "ai@city.example\nBcc: b@c.example"}, "전자우편"),
    ],
)
def test_a_mail_table_that_cannot_work_is_refused(keys: dict[str, Any], word: str, tmp_path: Path) -> None:
    lines = "".join(f"{key} = {json.dumps(value)}\n" for key, value in ({"sender": "ai@city.example"} | keys).items())
    with pytest.raises(config.ConfigError, match=word):
        config.load(write_config(tmp_path, 1, f"[mail]\n{lines}"))


def test_every_trouble_with_a_mail_server_has_its_sentence() -> None:
    from typing import get_args  # noqa: PLC0415 - for this test alone

    from digest.smtp import Trouble  # noqa: PLC0415 - likewise

    for kind in get_args(Trouble):
        sentence = MESSAGES[f"mail.{kind}"].format(host="mail.city", port=25, said="x", variable="PASSWORD")
        assert any(word in sentence for word in ("mail.city", "PASSWORD", "x"))
