"""An issue's files: papers and feeds where they are wanted, attachments and a signature on letters."""

import email
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import dkim
import pytest

from archive import issues
from archive.records.ledgers import Reader
from archive.store import Archive
from digest.papers import NAMES
from donghyang import editions, publishing
from donghyang.checkup import machine_findings
from donghyang.services import Services
from donghyang.troubles import Refused
from tests.builders_digest import full_week, issue_of, quiet_week
from tests.mailroom import open_services, write_config

FULL = issue_of(full_week())
ISSUE = issue_of(quiet_week(), ())

READER = Reader(name="홍길동", email="gildong@hanbit.example")


@pytest.fixture(scope="module")
def key() -> tuple[bytes, bytes]:
    """A signing key and its public half as the DNS gives it."""
    private = subprocess.run(["openssl", "genrsa", "2048"], capture_output=True, check=True).stdout
    public = subprocess.run(["openssl", "rsa", "-pubout"], input=private, capture_output=True, check=True).stdout
    return private, b"v=DKIM1; k=rsa; p=" + b"".join(public.splitlines()[1:-1])


def services(folder: Path, extra: str) -> Services:
    """A house of its own with one reader and these lines in its config.toml."""
    path = write_config(folder, 1, extra)
    archive = Archive.open(f"sqlite:///{folder / 'donghyang.db'}")
    return open_services(archive, path)


def house(tmp_path: Path, mail: str = "", digest: str = "") -> Services:
    table = f'[mail]\nsender = "ai@hanbit.example"\n{mail}\n' if mail else ""
    return services(tmp_path, f"[digest]\n{digest}\n{table}")


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Callable[..., Services]]:
    """Houses that are closed afterwards."""
    made: list[Services] = []

    def build(**tables: str) -> Services:
        made.append(house(tmp_path / str(len(made)), **tables))
        return made[-1]

    yield build
    for one in made:
        one.archive.close()


def test_an_issue_is_made_on_paper_unless_config_wants_none(opened: Callable[..., Services]) -> None:
    assert {*NAMES} <= set(publishing.issue_files(ISSUE, opened()))
    assert not {*NAMES} & set(publishing.issue_files(ISSUE, opened(digest='papers = "off"')))


def test_a_rebuild_gives_every_file_again(opened: Callable[..., Services]) -> None:
    own = opened()
    with own.archive.writing() as db:
        issues.freeze(db, ISSUE, publishing.issue_files(ISSUE, own))
    said = publishing.rebuild(own, ISSUE.week)
    assert said is not None
    assert "같은 바이트로 다시 만들었습니다(9개 파일)" in said
    publishing.write_issues(own)
    assert {path.name for path in own.config.out.iterdir()} == {"2026-W08", "feed.xml", "feed.json"}


def test_a_rebuild_without_the_extras_keeps_the_papers(
    opened: Callable[..., Services], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = opened()
    with own.archive.writing() as db:
        issues.freeze(db, ISSUE, publishing.issue_files(ISSUE, own))
    monkeypatch.setattr("digest.papers.find_spec", lambda _: None)
    said = publishing.rebuild(own, ISSUE.week)
    assert said is not None
    assert "같은 바이트로" in said
    assert (own.config.out / "2026-W08" / "issue.pdf").is_file()


def test_what_config_names_is_attached(opened: Callable[..., Services]) -> None:
    own = opened(mail='attach = ["report.pdf", "report.hwpx"]')
    made = publishing.issue_files(ISSUE, own)
    with own.archive.writing() as db:
        issues.freeze(db, ISSUE, made)
    message = email.message_from_bytes(publishing.letter_of(ISSUE, READER, own))
    assert message.get_content_type() == "multipart/mixed"
    attached = {part.get_filename(): part.get_payload(decode=True) for part in message.walk() if part.get_filename()}
    attached = {name: body for name, body in attached.items() if not str(name).endswith(".png")}
    assert attached == {f"donghyang-2026-W08-{name}": made[name] for name in ("report.pdf", "report.hwpx")}
    assert made["issue.eml"].count(b"attachment;") == 2


def test_letters_without_pictures_hold_none(opened: Callable[..., Services]) -> None:
    with_pictures, without = opened(mail='images = "cid"'), opened(mail='images = "none"')
    assert b"image/png" in publishing.letter_of(FULL, READER, with_pictures)
    bare = publishing.letter_of(FULL, READER, without)
    assert b"image/png" not in bare
    assert b"multipart/related" not in bare


def test_a_letter_is_signed_with_the_citys_key(opened: Callable[..., Services], key: tuple[bytes, bytes]) -> None:
    own = opened(mail='dkim_key = "city.pem"')
    (own.config.folder / "city.pem").write_bytes(key[0])
    raw = publishing.letter_of(ISSUE, READER, own)
    assert raw.startswith(b"DKIM-Signature:")
    names: list[bytes] = []

    def asked(name: bytes, **_: object) -> bytes:
        names.append(name)
        return key[1]

    assert dkim.verify(raw, dnsfunc=asked)
    assert names == [b"donghyang._domainkey.hanbit.example."]
    forged = raw.replace(b"\r\nTo:", b"\r\nSubject: another\r\nTo:", 1)
    assert not dkim.verify(forged, dnsfunc=lambda *_, **__: key[1])
    assert editions.seal_trouble(own.config) == ""


@pytest.mark.parametrize("content", [None, b"no key at all"])
def test_a_key_that_cannot_be_used_is_named_with_the_mend(
    opened: Callable[..., Services], content: bytes | None
) -> None:
    own = opened(mail='dkim_key = "city.pem"')
    if content:
        (own.config.folder / "city.pem").write_bytes(content)
    with pytest.raises(Refused, match=r"city\.pem.*RSA"):
        publishing.letter_of(ISSUE, READER, own)
    assert "city.pem" in editions.seal_trouble(own.config)


def test_a_signature_without_the_extra_is_named(
    opened: Callable[..., Services], monkeypatch: pytest.MonkeyPatch
) -> None:
    own = opened(mail='dkim_key = "city.pem"')
    monkeypatch.setattr("digest.seal.find_spec", lambda _: None)
    with pytest.raises(Refused, match=r"donghyang\[dkim\]"):
        publishing.letter_of(ISSUE, READER, own)


def test_doctor_tells_what_is_left_out(opened: Callable[..., Services], monkeypatch: pytest.MonkeyPatch) -> None:
    own = opened(mail='attach = ["report.pdf"]')
    assert [found.state for found in machine_findings(own.config) if found.check == "papers"] == ["ok"]
    monkeypatch.setattr("digest.papers.find_spec", lambda _: None)
    said = {found.said: found.state for found in machine_findings(own.config)}
    assert any("donghyang[pdf]" in line for line in said)
    assert any("donghyang[hwpx]" in line for line in said)
    assert [state for line, state in said.items() if "mail.attach" in line] == ["warn"]
