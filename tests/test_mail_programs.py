"""The letter in other people's hands: caniemail, the Nu checker, SpamAssassin, Postfix with DKIM, Perl, Thunderbird.

`make test-mail` runs it; what is not installed is skipped with the line that brings it. Not to be had here: Outlook,
Gmail, Naver, Daum and the civil servants' webmail, which want a letter to one reader there.
"""

import json
import random
import re
import smtplib
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.mime.text import MIMEText
from pathlib import Path
from tempfile import TemporaryDirectory

import dkim
import pytest

from archive.records.issue import Issue
from archive.records.ledgers import Reader
from digest.cleaning import clean
from digest.headers import WIRE, folded
from digest.mail import letter
from digest.render import LETTER_LIMIT, email_parts, render_files
from digest.seal import Seal, sealed
from tests.builders_digest import EDITION
from tests.demo_issues import WEEKS, demo_issues, needs_demo
from tests.hard_issues import HARD
from tests.programs import HOW, NODE_MODULES, invalid, missing, postfix, run, spam

pytestmark = [pytest.mark.mail, pytest.mark.timeout(900)]
READER = Reader(name="홍길동", email="gildong@hanbit.example")
SENDER = "한빛시 AI 동향 <ai@hanbit.example>"
# What a program may ignore without harm. Everything is readable from inline styles alone (the strip test), so at-rules
# and the body element may go; a program that breaks Korean words or widens for a long one still shows every word.
HARMLESS = {"@media", "<style> element", "<body> element", "word-break", "white-space"}
LONG_WORDS = "overflow-wrap:anywhere"  # likewise; the library takes it for the dangerous `overflow`
OFFICE = r".*(xmlns|mso-).*"  # attributes and properties for Word's engine, which no standard knows
MOST_SPAM = 1.0  # SpamAssassin calls a letter spam at 5.0
CASES = 4000


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(missing(program), reason=f"no {program}: {HOW[program]}")


@pytest.fixture(scope="module")
def demo() -> dict[str, Issue]:
    """The demo's issues, as `make demo` left them; none where it was not run."""
    return demo_issues()


@pytest.fixture(scope="module")
def issues(demo: dict[str, Issue]) -> dict[str, Issue]:
    return {**HARD, **demo}


@pytest.fixture(scope="module")
def key() -> tuple[bytes, bytes]:
    """A signing key, and its public half as the DNS gives it."""
    private = run("openssl", "genrsa", "2048").stdout
    public = run("openssl", "rsa", "-pubout", given=private).stdout
    return private, b"v=DKIM1; k=rsa; p=" + b"".join(public.splitlines()[1:-1])


def a_letter(issue: Issue, *, date: datetime) -> bytes:
    """A letter as it goes out, with the headers by which a reader leaves."""
    further = {
        "List-Unsubscribe": "<https://ai.hanbit.example/leave/abc>, <mailto:ai@hanbit.example?subject=leave>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return letter(issue, EDITION, READER, SENDER, date=date, further=further)


@needs_demo
def test_the_demo_has_all_its_issues(demo: dict[str, Issue]) -> None:
    assert len(demo) == WEEKS


def test_letters_keep_their_limits(issues: dict[str, Issue]) -> None:
    for name, issue in issues.items():
        page, raw = email_parts(issue, EDITION)[1].encode(), a_letter(issue, date=issue.made)
        assert len(page) <= LETTER_LIMIT, name
        assert len(raw) <= 150 * 1024, name
        assert raw.isascii(), name
        assert max(map(len, raw.split(b"\r\n"))) <= 78, name
        assert page.index(b"charset") < 1024, name


def unsupported(pages: dict[str, str], folder: Path) -> dict[str, set[str]]:
    """For each page the features that one of the mail programs does not know, the harmless ones aside."""
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(page.replace(LONG_WORDS, ""), encoding="utf-8")
    script = Path(__file__).parent / "mail_programs/unsupported.mjs"
    told = json.loads(run("node", script, NODE_MODULES, *(folder / f"{name}.html" for name in pages)).stdout)
    return {Path(path).stem: set(features) - HARMLESS for path, features in told.items()}


@needs("caniemail")
def test_mail_programs_know_all_a_letter_uses(issues: dict[str, Issue], tmp_path: Path) -> None:
    found = unsupported({name: email_parts(issue, EDITION)[1] for name, issue in issues.items()}, tmp_path)
    assert set(found) == set(issues)
    assert {name: features for name, features in found.items() if features} == {}


@needs("caniemail")
def test_the_check_of_features_sees_a_bad_draft(tmp_path: Path) -> None:
    draft = '<div style="position:fixed;display:grid"><a href="#t1">1</a><svg><rect/></svg><script>1</script></div>'
    assert len(unsupported({"draft": draft}, tmp_path)["draft"]) >= 3


@needs("vnu")
def test_pages_and_letters_are_valid(issues: dict[str, Issue]) -> None:
    files = {name: render_files(issue, EDITION) for name, issue in issues.items()}
    pages = {
        f"{name}-{kind}": file[f"{kind}.html"].decode() for name, file in files.items() for kind in ("issue", "report")
    }
    letters = {f"{name}-letter": email_parts(issue, EDITION)[1] for name, issue in issues.items()}
    assert invalid(pages) == []
    assert invalid(letters, OFFICE) == []
    assert invalid({"draft": "<p><div>unclosed"}) != []


@needs("spamassassin")
@pytest.mark.parametrize("name", ["full", "quiet", "hostile"])
def test_a_letter_does_not_look_like_spam(name: str) -> None:
    score, rules = spam(a_letter(HARD[name], date=datetime.now(UTC)))
    assert score <= MOST_SPAM, rules


@pytest.fixture
def relay() -> Iterator[tuple[int, Path]]:
    """A mail server of our own: its port, and the maildir of the one who reads."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    # pytest's own folders are closed to other users, and Postfix changes to its own
    with TemporaryDirectory() as folder, postfix(Path(folder), port) as box:
        yield port, box


def delivered(box: Path) -> bytes:
    """The one letter that arrives."""
    for _ in range(300):
        if arrived := [path for path in box.glob("new/*") if path.stat().st_size]:
            return arrived[0].read_bytes()
        time.sleep(0.2)
    raise AssertionError("nothing arrived")


@needs("postfix")
def test_a_signature_holds_behind_a_real_mail_server(relay: tuple[int, Path], key: tuple[bytes, bytes]) -> None:
    raw = sealed(
        a_letter(HARD["full"], date=datetime.now(UTC)), Seal(domain="hanbit.example", selector="s", key=key[0])
    )
    with smtplib.SMTP("127.0.0.1", relay[0]) as server:
        server.sendmail("ai@hanbit.example", [READER.email], raw)
    arrived = delivered(relay[1])
    assert arrived.startswith(b"Return-Path: <ai@hanbit.example>")
    own = arrived[arrived.index(b"DKIM-Signature:") :].replace(b"\n", b"\r\n")
    assert dkim.verify(own, dnsfunc=lambda *_, **__: key[1])
    assert not dkim.verify(
        own.replace(b"List-Unsubscribe: <https", b"List-Unsubscribe: <http"), dnsfunc=lambda *_, **__: key[1]
    )
    if not missing("spamassassin"):
        score, rules = spam(arrived)
        assert score <= MOST_SPAM, rules


SPOKEN = """AI 기본법 — 시 시스템 5종 H200 누리랩, “양산” … R&D 😀 =?utf-8?b? 제47호(11.16.~11.22.) ㈜ 100% ‘AX’
데이터센터·전력 [단독] e\u0301 GPT-5.2 공모 D-4 한국어 — 41% 감소 3.2% 착수 → NIA 국가AI컴퓨팅센터
가나다라마바사아자차카타파하 _ ?= a"""
WORDS = SPOKEN.split()


def subjects() -> list[str]:
    chance = random.Random(47)  # noqa: S311 - the same cases every time
    return [
        "".join(chance.choice(WORDS) + chance.choice((" ", " ", " ", "")) for _ in range(chance.randint(1, 16)))
        for _ in range(CASES)
    ]


@needs("perl")
def test_thousands_of_subjects_arrive_as_written() -> None:
    wanted, headers = [clean(text) for text in subjects()], list[bytes]()
    for text in subjects():
        message = MIMEText("", "plain", "utf-8")
        message["Subject"] = folded(text, "Subject")
        raw = message.as_bytes(policy=WIRE)
        headers.append(raw[raw.index(b"Subject:") :].partition(b"\r\n\r\n")[0])
    assert all(len(word) <= 75 for header in headers for word in re.findall(rb"=\?utf-8\?.\?[^?]*\?=", header))
    assert all(len(line) <= 78 for header in headers for line in header.split(b"\r\n"))
    ours = [str(make_header(decode_header(str(message_from_bytes(header)["Subject"])))) for header in headers]
    assert [(a, b) for a, b in zip(wanted, ours, strict=True) if a != b] == []
    lines = b"".join(re.sub(rb"\r\n(?=[ \t])", b"", header)[9:] + b"\n" for header in headers)
    program = 'use Encode; binmode STDOUT, ":utf8"; while (<STDIN>) { chomp; print decode("MIME-Header", $_), "\\n"; }'
    theirs = run("perl", "-e", program, given=lines).stdout.decode().splitlines()
    assert [(a, b) for a, b in zip(wanted, theirs, strict=True) if a != b] == []


@needs("thunderbird")
def test_thunderbird_shows_the_letter(tmp_path: Path) -> None:
    from tests.thunderbird import shown  # noqa: PLC0415 - its programs are known to be there

    issue = HARD["full"]
    (tmp_path / "letter.eml").write_bytes(a_letter(issue, date=issue.made))
    picture = Path(__file__).parent.parent / ".pytest_cache" / "thunderbird.png"
    picture.parent.mkdir(exist_ok=True)
    subject = clean(email_parts(issue, EDITION)[0])
    titles = shown(tmp_path / "letter.eml", subject, picture)
    assert any(title.startswith(subject) for title in titles), titles
    colours = run("convert", picture, "-format", "%c", "histogram:info:-").stdout.decode()
    pixels = {line.split("#")[1][:6]: int(line.split(":")[0]) for line in colours.splitlines() if "#" in line}
    assert pixels.get("123A66", 0) > 20_000  # the band is drawn
    assert pixels.get("2F7BD0", 0) + pixels.get("0B57A4", 0) > 200  # and what is written below it
