"""The doctor names what is wrong and what mends it, changes nothing and shows no secret."""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from archive.holding import hold
from archive.store import Archive
from archive.weeks import Week
from donghyang.checkup import Finding
from donghyang.cli import main
from donghyang.invocation import parse_now
from tests import mailroom, small_world
from tests.loopback import Loopback, Scripted
from tests.post_office import Certificates, Fault, PostOffice
from tests.postgres import Server

FRIDAY = "2026-02-06T18:00:00+09:00"
MONDAY = "2026-02-09T09:00:00+09:00"
MAIL = '[mail]\nsender = "ai@city.example"\nhost = "smtp.city.example"\nuser = "ai"\npassword_env = "OUR_PASSWORD"\n'


class Seen(NamedTuple):
    code: int
    findings: list[Finding]
    out: str

    def of(self, check: str, state: str = "") -> str:
        return " ".join(one.said for one in self.findings if one.check == check and state in ("", one.state))


@pytest.fixture
def doctor(config: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    def ask(*words: str, now: str = FRIDAY) -> Seen:
        capsys.readouterr()
        code = main(["--config", str(config), "--now", now, "doctor", *words, "--format", "json"])
        out = capsys.readouterr().out
        return Seen(code, [Finding(**row) for row in json.loads(out)], out)

    return ask


def run(config: Path, *steps: str, now: str = FRIDAY) -> int:
    return main(["--config", str(config), "--now", now, "run", *steps])


def test_before_the_first_run_it_says_so_and_makes_nothing(config: Path, doctor: Any) -> None:
    before = sorted(config.parent.iterdir())
    seen = doctor()
    assert seen.code == 0
    assert "donghyang run" in seen.of("archive", "warn")
    assert sorted(config.parent.iterdir()) == before


def test_a_house_in_order(config: Path, doctor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    config.write_text(config.read_text(encoding="utf-8").replace("[digest]", MAIL + "[digest]"), encoding="utf-8")
    monkeypatch.setenv("OUR_PASSWORD", "hush-hush")
    run(config, "collect")
    before = (config.parent / "donghyang.db").read_bytes()
    seen = doctor("--sources")
    assert seen.code == 0
    short_of_room = [one for one in seen.findings if one.check == "disk"]
    assert {one.state for one in seen.findings if one not in short_of_room} == {"ok"}
    assert {one.check for one in seen.findings} == {
        *("config", "lexicon", "mail", "programs", "out", "disk", "archive", "runs", "sources", "letters", "source"),
    }
    assert "hush-hush" not in seen.out
    assert len([one for one in seen.findings if one.check == "source"]) == len(small_world.OUTLETS)
    assert (config.parent / "donghyang.db").read_bytes() == before  # nothing filed


def test_as_a_table_too(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--config", str(config), "--now", FRIDAY, "doctor"]) == 0
    assert "주의" in capsys.readouterr().out


def test_a_wrong_config_is_a_finding(config: Path, doctor: Any) -> None:
    config.write_text(config.read_text(encoding="utf-8") + "\n[htpp]\n", encoding="utf-8")
    seen = doctor()
    assert seen.code == 2
    assert "htpp" in seen.of("config", "fail")


def test_an_authority_that_is_none_is_a_finding(config: Path, doctor: Any) -> None:
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("[http]\n", '[http]\nca_file = "city.pem"\n'), encoding="utf-8")
    assert "city.pem" in doctor().of("config", "fail")


def test_it_knocks_at_the_mail_server_and_leaves_no_letter(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    certificates = Certificates.made(tmp_path)
    with PostOffice(certificates, security="starttls", login=("ai", "right")) as office:
        keys = mailroom.mail(office.port, host="localhost", security="starttls", user="ai", password_env="OUR_PASSWORD")
        path = mailroom.write_config(tmp_path, 2, keys)

        def knock(word: str) -> bool:
            main(["--config", str(path), "--now", FRIDAY, "doctor", "--mail", "--format", "json"])
            return any(row["check"] == "mail" and word in row["said"] for row in json.loads(capsys.readouterr().out))

        monkeypatch.setenv("OUR_PASSWORD", "wrong")
        assert knock("ca_file")
        page = path.read_text(encoding="utf-8").replace("[http]", f'[http]\nca_file = "{certificates.authority.name}"')
        path.write_text(page, encoding="utf-8")
        assert knock("535")
        monkeypatch.setenv("OUR_PASSWORD", "right")
        assert knock("reader1@city.example에게 가는 편지를 받습니다")
        office.faults["reader1@city.example"] = [Fault("rcpt", "550 5.1.1 nobody")]
        assert knock("nobody")
        assert office.letters == []
        path.write_text(page.replace(str(office.port), "1"), encoding="utf-8")
        assert knock("port")


def test_a_missing_password_and_one_where_all_can_read_it(config: Path, doctor: Any) -> None:
    text = config.read_text(encoding="utf-8")
    text = text.replace("[http]\n", '[http]\nproxy = "http://ai:hush@proxy.city.example:3128"\n')
    config.write_text(text.replace("[digest]", MAIL + "[digest]"), encoding="utf-8")
    config.chmod(0o644)
    seen = doctor()
    assert seen.code == 1
    assert "OUR_PASSWORD" in seen.of("mail", "fail")
    assert "chmod 600" in seen.of("config", "warn")
    assert "hush" not in seen.out
    config.chmod(0o600)
    assert doctor().of("config", "warn") == ""


def test_an_empty_page_is_told_what_it_lacks(config: Path, doctor: Any) -> None:
    config.write_text("", encoding="utf-8")
    seen = doctor()
    assert seen.code == 1
    assert "[[sources]]" in seen.of("sources", "fail")
    assert "contact" in seen.of("config", "warn")
    assert "[[duties]]" in seen.of("config", "warn")
    assert "[[readers]]" in seen.of("mail", "warn")


def test_the_lexicon_of_the_site_is_counted(config: Path, doctor: Any) -> None:
    overlay = '[[concepts]]\nid = "hanbit"\nkind = "org"\nlabel = "한빛시"\naliases = ["한빛시"]\n'
    (config.parent / "lexicon.toml").write_text(overlay, encoding="utf-8")
    assert "개념 1개" in doctor().of("lexicon", "ok")


def test_out_that_cannot_be_written_to(config: Path, doctor: Any) -> None:
    (config.parent / "out").write_text("a file in its place")
    seen = doctor()
    assert seen.code == 1
    assert "[digest] out" in seen.of("out", "fail")
    (config.parent / "out").unlink()
    (config.parent / "out").mkdir()
    (config.parent / "out").chmod(0o777)
    assert "chmod o-w" in doctor().of("out", "warn")


def test_a_disk_that_fills(doctor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=50_000_000))
    seen = doctor()
    assert seen.code == 1
    assert "50 MB" in seen.of("disk", "fail")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=500_000_000))
    assert doctor().of("disk", "warn")


@pytest.mark.parametrize("schema", ["0000", "9999"])
def test_an_archive_of_another_release_is_left_as_it_is(config: Path, doctor: Any, schema: str) -> None:
    Archive.open(f"sqlite:///{config.parent / 'donghyang.db'}").close()
    with closing(sqlite3.connect(config.parent / "donghyang.db")) as db, db:
        db.execute("UPDATE alembic_version SET version_num = ?", (schema,))
    seen = doctor()
    assert seen.code == (1 if schema == "9999" else 0)
    assert schema in seen.of("archive", "fail" if schema == "9999" else "warn")
    with closing(sqlite3.connect(config.parent / "donghyang.db")) as db:
        assert db.execute("SELECT version_num FROM alembic_version").fetchall() == [(schema,)]


def test_a_damaged_archive(config: Path, doctor: Any) -> None:
    run(config, "collect")
    path = config.parent / "donghyang.db"
    body = bytearray(path.read_bytes())
    body[len(body) // 2 :: 97] = b"\xa5" * len(body[len(body) // 2 :: 97])
    path.write_bytes(body)
    seen = doctor()
    assert seen.code == 1
    assert "restore" in seen.of("archive", "fail")
    path.write_text("not an archive")
    assert "donghyang.db" in doctor().of("archive", "fail")


def test_a_clock_behind_the_last_run_and_a_timer_that_stopped(config: Path, doctor: Any) -> None:
    run(config, "collect")
    assert "NTP" in doctor(now="2026-02-05").of("clock", "warn")
    assert "cron" in doctor(now=MONDAY).of("runs", "warn")
    assert doctor(now="2026-02-07T09:00").of("runs", "ok")


def test_sources_that_fail_are_named_with_the_mend(server: Loopback, config: Path, doctor: Any) -> None:
    server.at("/mirae.xml", Scripted(status=404))
    run(config, "collect")
    run(config, "collect", now="2026-02-08T18:00:00+09:00")
    seen = doctor(now=MONDAY)
    assert seen.code == 0
    assert "sources disable mirae" in seen.of("sources", "warn")
    assert "2일 동안 2번" in seen.of("sources", "warn")
    assert "4곳 가운데 3곳" in seen.of("sources", "ok")
    asked = doctor("--sources", now=MONDAY)
    assert asked.code == 1
    assert "404" in asked.of("source", "fail")
    for outlet in small_world.OUTLETS:
        server.at(f"/{outlet}.xml", Scripted(status=500))
    run(config, "collect", now="2026-02-12T18:00:00+09:00")
    assert "방화벽" in doctor(now="2026-02-12T18:00:00+09:00").of("sources", "fail")


def test_a_source_that_gives_nothing_or_nothing_new(server: Loopback, doctor: Any) -> None:
    server.at("/mirae.xml", Scripted(body=b'<rss version="2.0"><channel><title>x</title></channel></rss>'))
    seen = doctor("--sources", now="2026-06-01")
    assert "mirae" in seen.of("source", "warn")
    assert "두 달" in seen.of("source", "warn")


def test_letters_that_a_restore_holds(config: Path, doctor: Any) -> None:
    assert run(config) == 0
    with Archive.open(f"sqlite:///{config.parent / 'donghyang.db'}") as archive, archive.writing() as db:
        hold(db, Week(2026, 7), parse_now(MONDAY, parse_now(MONDAY, None).tzinfo))  # type: ignore[arg-type]
    assert run(config, now=MONDAY) == 0
    assert "issue send" in doctor(now=MONDAY).of("letters", "warn")


def test_an_archive_on_postgresql(postgres: Server, config: Path, doctor: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with postgres.database() as url:
        monkeypatch.setenv("DONGHYANG_DATABASE_URL", url)
        assert "donghyang run" in doctor().of("archive", "warn")
        run(config, "collect")
        assert doctor().of("archive", "ok")
        monkeypatch.setenv("PATH", os.devnull)
        assert "postgresql-client" in doctor().of("programs", "warn")
    assert doctor().code == 1  # the database is gone


@pytest.mark.parametrize(
    ("licence", "said"),
    [
        ("", "licence에 적거나"),
        ('licence_until = "2026-02-05"', "2026-02-05에 끝나 링크만"),
        ('licence_until = "2026-03-01"', "2026-03-01에 끝납니다"),
        ('licence_until = "2026-12-31"', ""),
    ],
)
def test_press_text_is_shown_by_a_licence_that_lasts(config: Path, doctor: Any, licence: str, said: str) -> None:
    page = config.read_text(encoding="utf-8")
    own = page.replace(
        'licence = "한빛시 뉴스 이용 계약"', licence and f'licence = "계약"\n{licence.replace(chr(34), "")}'
    )
    config.write_text(own, encoding="utf-8")
    assert said in doctor().of("rights", "warn")
    assert bool(said) is bool(doctor().of("rights", "warn"))


def test_a_licence_that_ended_leaves_a_link(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = config.read_text(encoding="utf-8")
    until = page.replace('licence = "한빛시 뉴스 이용 계약"', 'licence = "계약"\nlicence_until = 2026-02-20')
    config.write_text(until, encoding="utf-8")
    assert run(config) == 0
    assert rights_of(config, capsys) == {"excerpt", "full"}  # its last day
    assert run(config, "collect", now="2026-02-21T09:00:00+09:00") in {0, 3}
    assert rights_of(config, capsys) == {"link", "full"}


def rights_of(config: Path, capsys: pytest.CaptureFixture[str]) -> set[str]:
    capsys.readouterr()
    assert main(["--config", str(config), "--now", FRIDAY, "export", "articles", "--format", "json"]) == 0
    return {row["rights"] for row in json.loads(capsys.readouterr().out)}
