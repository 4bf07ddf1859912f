"""What comes back, as servers and people write it; and any other bytes at all."""

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import subscriptions
from digest.bounces import CameBack, key_of, read

SECRET = "a secret of the tests"
KIM = "kim@city.example"
MARK = subscriptions.token(SECRET, KIM)


def notification(status: str = "5.1.1", action: str = "failed", to: str = "ai@city.example") -> bytes:
    """A delivery status notification as Postfix writes it."""
    return f"""From: MAILER-DAEMON@mx.city.example (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <20260209.1@mx.city.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="x"

--x
Content-Type: text/plain

This is the mail system.

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.city.example
Original-Envelope-Id: 2026-W06

Final-Recipient: rfc822; Kim@City.example
Original-Recipient: rfc822;kim@city.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <kim@city.example>: Recipient address
    rejected: User unknown

--x
Content-Type: text/rfc822-headers

From: ai@city.example
Message-ID: <2026-w06.r1.abc@city.example>
Subject: x

--x--
""".encode()


def mail(subject: str, **headers: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "김분과 <kim@city.example>", "ai@city.example", subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("")
    return message.as_bytes()


@pytest.mark.parametrize(
    ("status", "action", "kind", "nobody"),
    [
        ("5.1.1", "failed", "failed", True),
        ("5.2.2", "failed", "failed", False),
        ("4.4.1", "delayed", "delayed", False),
        ("4.4.7", "failed", "delayed", False),
        ("2.0.0", "delivered", "other", False),
        ("2.0.0", "relayed", "other", False),
    ],
)
def test_a_notification_says_who_and_why(status: str, action: str, kind: str, *, nobody: bool) -> None:
    (told,) = read(notification(status, action))
    assert (told.kind, told.address, told.status) == (kind, KIM, status)
    assert told.nobody_there == nobody
    assert told.message_id == "<2026-w06.r1.abc@city.example>"
    assert told.said == f"550 {status} <kim@city.example>: Recipient address rejected: User unknown"


def test_the_return_address_tells_whose_it_is() -> None:
    own = subscriptions.return_address("ai@city.example", MARK)
    assert own == f"ai+b{MARK}@city.example"
    (told,) = read(notification(to=own))
    assert subscriptions.whose(told.token, SECRET, ["lee@city.example", KIM]) == KIM


@pytest.mark.parametrize("subject", ["unsubscribe {}", "Re: unsubscribe {}", "RE: Unsubscribe  {}"])
def test_a_wish_with_a_token_is_sure(subject: str) -> None:
    (told,) = read(mail(subject.format(MARK)))
    assert (told.kind, told.token, told.address) == ("wish", MARK, KIM)


@pytest.mark.parametrize("subject", ["수신거부", "Re: 구독 해지", "unsubscribe", "수신 거부."])
def test_a_wish_in_words_alone_is_a_request(subject: str) -> None:
    assert [(told.kind, told.token) for told in read(mail(subject))] == [("wish", "")]


@pytest.mark.parametrize(
    "raw",
    [
        mail(f"Auto: unsubscribe {MARK}", Auto_Submitted="auto-replied"),  # out of office, quoting
        mail("수신거부 방법을 알려 주세요"),
        mail("Re: [AI 동향] 제47호"),
        b"",
        b"\x00\xff" * 50,
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\n",
    ],
)
def test_anything_else_is_nobodys_wish(raw: bytes) -> None:
    assert {told.kind for told in read(raw)} == {"other"}


@given(raw=st.binary(max_size=400), cut=st.integers(0, 1200))
def test_no_bytes_are_too_strange(raw: bytes, cut: int) -> None:
    for strange in (raw, notification()[:cut] + raw, notification()[cut:], mail("x")[:cut] + raw):
        assert all(isinstance(told, CameBack) for told in read(strange))
        assert len(key_of(strange)) == 32


def test_a_mail_is_known_by_its_own_name() -> None:
    assert key_of(notification()) == key_of(notification() + b"\n") != key_of(b"another")


@given(email=st.emails(), other=st.emails())
def test_a_token_is_one_readers_own(email: str, other: str) -> None:
    mark = subscriptions.token(SECRET, email)
    assert subscriptions.is_token(mark)
    assert mark == subscriptions.token(SECRET, f" {email.upper()} ") or not email.isascii()
    assert mark != subscriptions.token("another secret", email)
    assert email.partition("@")[0].lower() not in mark or len(email.partition("@")[0]) < 4
    same = email.strip().casefold() == other.strip().casefold()
    assert (subscriptions.whose(mark, SECRET, [other]) == other) == same


def test_one_click_is_offered_only_over_https() -> None:
    plain = subscriptions.headers("ai@city.example", MARK)
    assert plain == {"List-Unsubscribe": f"<mailto:ai@city.example?subject=unsubscribe%20{MARK}>"}
    assert subscriptions.headers("ai@city.example", MARK, "http://inside.city.example") == plain
    both = subscriptions.headers("ai@city.example", MARK, "https://ai.city.example/")
    assert both["List-Unsubscribe"].startswith(f"<https://ai.city.example/unsubscribe/{MARK}>,")
    assert both["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
