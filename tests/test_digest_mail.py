"""Letters: headers that survive any decoder, bytes that can be made again."""

import base64
import email
import re
from dataclasses import replace
from email.header import decode_header, make_header
from email.message import Message
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.records.issue import Issue, Sentence
from archive.records.ledgers import Reader
from digest.cleaning import clean
from digest.headers import AddressError
from digest.mail import letter, message_id
from tests.builders_digest import EDITION, MADE, full_week, issue_of, quiet_week

READER = Reader(name="홍길동", email="gildong@hanbit.example")
SENDER = "한빛시 AI 동향 <ai@hanbit.example>"


@pytest.fixture(scope="module")
def issue() -> Issue:
    return issue_of(full_week())


@pytest.fixture(scope="module")
def raw(issue: Issue) -> bytes:
    return letter(issue, EDITION, READER, SENDER, date=MADE)


def read(raw: bytes) -> Message:
    return email.message_from_bytes(raw)


def header(raw: bytes, name: str) -> str:
    return str(make_header(decode_header(str(read(raw)[name]))))


def test_a_letter_is_the_same_when_made_again(issue: Issue, raw: bytes) -> None:
    assert letter(issue, EDITION, READER, SENDER, date=MADE) == raw


def test_the_wire_is_ascii_in_short_lines(raw: bytes) -> None:
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert len(raw) <= 150 * 1024


def test_subject_and_names_read_back_as_written(raw: bytes) -> None:
    assert header(raw, "Subject") == "[AI 신기술 동향] 제8호(2.16.~2.22.) AI 기본법 시행령 고영향 AI 판단 기준 확정…"
    assert header(raw, "From") == "한빛시 AI 동향 <ai@hanbit.example>"
    assert header(raw, "To") == "홍길동 <gildong@hanbit.example>"


def test_the_standing_headers(raw: bytes) -> None:
    message = read(raw)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "ko"
    assert header(raw, "List-ID").endswith("<donghyang.hanbit.example>")
    assert message["Date"] == "Mon, 23 Feb 2026 06:00:00 +0900"
    assert re.fullmatch(r"<2026-w08\.r1\.[0-9a-f]{24}@hanbit\.example>", str(message["Message-ID"]))


def test_both_parts_are_base64_and_say_the_same(raw: bytes, issue: Issue) -> None:
    plain, page, *drawn = (part for part in read(raw).walk() if not part.is_multipart())
    assert {part.get_content_type() for part in drawn} == {"image/png"}
    assert (plain.get_content_type(), page.get_content_type()) == ("text/plain", "text/html")
    for part in (plain, page):
        assert part["Content-Transfer-Encoding"] == "base64"
        body = base64.b64decode(str(part.get_payload())).decode()
        assert issue.items[0].headline in body


def test_each_reader_revision_and_issue_has_its_own_message_id(issue: Issue) -> None:
    other = Reader(name="", email="other@hanbit.example")
    ids = {message_id(one, who, SENDER) for one in (issue, replace(issue, revision=2)) for who in (READER, other, None)}
    assert len(ids) == 6
    assert message_id(issue, Reader(name="x", email=" Gildong@Hanbit.example"), SENDER) == message_id(
        issue, READER, SENDER
    )


def test_a_letter_to_nobody_names_nobody(issue: Issue) -> None:
    assert read(letter(issue, EDITION, None, SENDER, date=MADE))["To"] == "undisclosed-recipients:;"


def test_the_letter_itself_says_how_to_leave(issue: Issue) -> None:
    ways = {"List-Unsubscribe": "<https://ai.hanbit.example/leave/abc>, <mailto:ai@hanbit.example?subject=leave>"}
    for further, way in ((ways, "https://ai.hanbit.example/leave/abc"), ({}, "ai-team@hanbit.example")):
        message = read(letter(issue, EDITION, READER, SENDER, date=MADE, further=further))
        plain, page = [part for part in message.walk() if part.get_content_maintype() == "text"]
        assert all(way in base64.b64decode(str(part.get_payload())).decode() for part in (plain, page))


@pytest.mark.parametrize(
    "bad", ["홍길동@hanbit.example", "nobody", "", "a@b@", "a b@hanbit.example", "@hanbit.example"]
)
def test_an_address_that_cannot_be_delivered_is_refused(issue: Issue, bad: str) -> None:
    with pytest.raises(AddressError, match=r"write it as name@city\.example"):
        letter(issue, EDITION, Reader(name="", email=bad), SENDER, date=MADE)


def test_a_name_cannot_start_a_header(issue: Issue) -> None:
    evil = Reader(name="홍\r\nBcc: all@hanbit.example\x00", email="gildong@hanbit.example")
    message = read(letter(issue, EDITION, evil, SENDER, date=MADE))
    assert message["Bcc"] is None
    assert message["To"] is not None


PIECES = [
    "AI",
    "기본법",
    "—",
    "시",
    "시스템",
    "5종",
    "H200",
    "누리랩,",
    "“양산”",
    "…",
    "R&D",
    "😀",
    "=?utf-8?b?",
    "\r\nBcc: x",
]
SUBJECTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map(" ".join)


@settings(max_examples=300, deadline=None)
@given(SUBJECTS)
def test_any_subject_arrives_as_it_was_written(top: str) -> None:
    quiet = replace(QUIET, highlights=(Sentence(text=top, sources=(1,)),))
    raw = letter(quiet, EDITION, READER, SENDER, date=MADE)
    wanted = f"[AI 신기술 동향] 제8호(2.16.~2.22.) {clean(top)}".strip()
    assert header(raw, "Subject") == wanted
    assert email.message_from_bytes(raw, policy=default)["Subject"] == wanted
    assert read(raw)["Bcc"] is None
    assert all(len(word) <= 75 for word in re.findall(rb"=\?utf-8\?[bq]\?[^?]*\?=", raw))


QUIET = issue_of(quiet_week(), ())
