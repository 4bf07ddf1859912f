"""Handing letters to a real SMTP server: what is refused, what is told, what may never happen."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from digest.delivery import Answer
from digest.inside import is_inside
from digest.smtp import MailServer, Patience, Relay, Trouble, Unsendable
from tests.post_office import CUT, Certificates, Fault, PostOffice, Stage

SENDER, KIM, LEE = "ai@city.example", "kim@city.example", "lee@city.example"
LETTER = b"Subject: =?utf-8?b?7KO8?=\r\nMessage-ID: <1@city.example>\r\n\r\n.dot first\r\n..two\r\nlast\r\n"
HURRY = Patience(connect=2, command=2, final=2)


def nothing() -> None:
    """No commit to make."""


def inside(office: PostOffice) -> MailServer:
    return MailServer(host="127.0.0.1", port=office.port, security="none", patience=HURRY)


def trouble(server: MailServer) -> Unsendable:
    with Relay(server) as relay, pytest.raises(Unsendable) as raised:
        relay.send(SENDER, KIM, LETTER, nothing)
    return raised.value


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates.made(tmp_path_factory.mktemp("certificates"))


@contextmanager
def says(*lines: bytes, hang: bool = False) -> Iterator[int]:
    """A server that says these words, one after each line it is told, and then closes (or says no more)."""

    def serve() -> None:
        link, _ = listener.accept()
        with link, link.makefile("rb") as told:
            for line in lines:
                link.sendall(line)
                if told.readline() == b"":
                    return
            if hang:
                done.wait(10)

    done = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield int(listener.getsockname()[1])
        done.set()
        thread.join(10)


def test_a_letter_arrives_as_it_is_with_one_reader_and_one_connection(office: PostOffice) -> None:
    """Lines that begin with a dot arrive so; the second letter goes over the same connection."""
    with Relay(inside(office)) as relay:
        assert relay.send(SENDER, KIM, LETTER, nothing) == Answer("sent", "250 2.0.0 queued")
        assert relay.send(SENDER, LEE, LETTER.replace(b"\r\n", b"\n").rstrip(), nothing).outcome == "sent"
    assert [(taken.sender, taken.reader) for taken in office.letters] == [(SENDER, KIM), (SENDER, LEE)]
    assert {taken.raw for taken in office.letters} == {LETTER}
    assert office.connections == 1


def test_before_data_is_called_when_the_reader_is_accepted_and_nothing_was_given(office: PostOffice) -> None:
    seen: list[list[str]] = []
    with Relay(inside(office)) as relay:
        relay.send(SENDER, KIM, LETTER, lambda: seen.append(list(office.commands)))
    assert seen == [[f"MAIL FROM:<{SENDER}>", f"RCPT {KIM}"]]
    assert office.commands[-1] == "DATA"


def test_what_before_data_raises_keeps_the_letter_here(office: PostOffice) -> None:
    def fail() -> None:
        raise KeyboardInterrupt

    with Relay(inside(office)) as relay:
        with pytest.raises(KeyboardInterrupt):
            relay.send(SENDER, KIM, LETTER, fail)
        assert relay.send(SENDER, LEE, LETTER, nothing).outcome == "sent"
    assert office.counts() == {LEE: 1}


@pytest.mark.parametrize(
    ("fault", "outcome", "taken"),
    [
        (Fault("rcpt", "450 4.2.0 greylisted"), "later", 0),
        (Fault("rcpt", "550 5.1.1 no such user"), "refused", 0),
        (Fault("rcpt", CUT), "later", 0),
        (Fault("rcpt", "421 4.3.2 closing"), "later", 0),
        (Fault("data", "451 4.3.0 try later"), "later", 0),
        (Fault("data", "554 5.7.1 no"), "refused", 0),
        (Fault("data", CUT), "later", 0),
        (Fault("body", CUT), "later", 0),
        (Fault("dot", "452 4.3.1 disk full"), "later", 0),
        (Fault("dot", "552 5.3.4 too big"), "refused", 0),
        (Fault("dot", CUT), "unknown", 0),
        (Fault("answer", CUT), "unknown", 1),
        (Fault("answer", "what?"), "unknown", 1),
        (Fault("answer", "354 go on"), "unknown", 1),
    ],
    ids=lambda value: f"{value.stage}-{value.reply[:3]}" if isinstance(value, Fault) else "",
)
def test_trouble_is_of_one_letter_and_the_next_one_goes(
    office: PostOffice, fault: Fault, outcome: str, taken: int
) -> None:
    """Only from the final dot on may the fate of a letter be unknown; the server's own words are kept."""
    office.faults[KIM] = [fault]
    with Relay(inside(office)) as relay:
        # A small letter fits into the system's buffers, dot and all, before the cut is felt.
        raw = LETTER * 100_000 if fault.stage == "body" else LETTER
        answer = relay.send(SENDER, KIM, raw, nothing)
        assert answer.outcome == outcome
        if fault.reply[0] in "45" and not fault.reply.startswith("421"):
            assert answer.said == fault.reply
        assert answer.said
        assert relay.send(SENDER, LEE, LETTER, nothing).outcome == "sent"
    assert office.counts() == ({KIM: taken, LEE: 1} if taken else {LEE: 1})


def test_a_connection_grown_stale_is_made_again(office: PostOffice) -> None:
    """A server that closes after each letter, or between two, costs no letter a try."""
    with Relay(inside(office)) as relay:
        relay.send(SENDER, KIM, LETTER, nothing)
        office.faults["*"] = [Fault("mail", "421 4.7.0 too many messages in this connection")]
        assert relay.send(SENDER, KIM, LETTER, nothing).outcome == "sent"
        office.faults["*"] = [Fault("mail", CUT)]
        assert relay.send(SENDER, LEE, LETTER, nothing).outcome == "sent"
    assert office.connections == 3
    assert office.counts() == {KIM: 2, LEE: 1}


def test_a_server_that_hangs_up_on_everybody_is_everybodys_trouble(office: PostOffice) -> None:
    """One letter's bad luck is its own; the third in a row ends the posting, and a good one starts the count anew."""
    lost, kept = Fault("mail", CUT), Fault("rcpt", "450 later")
    office.faults["*"] = [lost, lost]
    with Relay(inside(office)) as relay:
        assert [relay.send(SENDER, KIM, LETTER, nothing).outcome for _ in range(2)] == ["later", "later"]
        office.faults[KIM] = [kept]
        assert relay.send(SENDER, KIM, LETTER, nothing) == Answer("later", kept.reply)
        office.faults["*"] = [lost] * 9  # the first of them finds the connection grown stale
        assert [relay.send(SENDER, KIM, LETTER, nothing).outcome for _ in range(2)] == ["later", "later"]
        with pytest.raises(Unsendable) as raised:
            relay.send(SENDER, KIM, LETTER, nothing)
    assert raised.value.kind == "unwelcome"


def test_a_sender_not_taken_is_everybodys_trouble(office: PostOffice) -> None:
    office.faults["*"] = [Fault("mail", "553 5.7.1 not yours")]
    found = trouble(inside(office))
    assert (found.kind, found.said) == ("sender", "553 5.7.1 not yours")
    office.faults["*"] = [Fault("mail", "451 4.3.0 later")]
    with Relay(inside(office)) as relay:
        assert relay.send(SENDER, KIM, LETTER, nothing) == Answer("later", "451 4.3.0 later")
    office.faults[KIM] = [Fault("rcpt", "530 5.7.0 authentication required")]
    assert trouble(inside(office)).kind == "sender"


@pytest.mark.parametrize(
    "address",
    [
        "kim@city.example\r\nRCPT TO:<all@city.example>",
        "kim@city.example>",
        "kim@city.example, lee@city.example",
        "홍길동@city.example",
        "<kim@city.example>",
        "kim",
        "",
        "kim@city.example\n",
    ],
)
def test_what_is_no_address_is_never_said_to_a_server(office: PostOffice, address: str) -> None:
    for sender, reader in ((SENDER, address), (address, KIM)):
        with Relay(inside(office)) as relay, pytest.raises(Unsendable) as raised:
            relay.send(sender, reader, LETTER, nothing)
        assert raised.value.kind == "address"
    assert office.connections == 0


def test_a_line_of_a_server_is_told_on_one_line_and_without_control_signs(office: PostOffice) -> None:
    office.faults[KIM] = [Fault("rcpt", "550-5.1.1 first\r\n550 second\x1b[31m\x07")]
    with Relay(inside(office)) as relay:
        answer = relay.send(SENDER, KIM, LETTER, nothing)
    assert answer == Answer("refused", "550 5.1.1 first second [31m")


# connection, encryption, login --------------------------------------------------------------------


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_letters_go_encrypted_when_the_authority_is_known(certificates: Certificates, security: Any) -> None:
    with PostOffice(certificates, security=security, login=("ai", "secret")) as office:
        server = MailServer(host="localhost", port=office.port, security=security, user="ai", password="secret")
        known = replace(server, ca_file=str(certificates.authority), patience=HURRY)
        with Relay(known) as relay:
            assert relay.send(SENDER, KIM, LETTER, nothing).outcome == "sent"
        assert trouble(replace(known, ca_file="")).kind == "certificate"
        assert trouble(replace(known, host="127.0.0.1")).kind == "certificate"
        wrong = trouble(replace(known, password="other"))
        assert wrong.kind == "login"
        assert "535" in wrong.said
        assert "other" not in f"{wrong} {wrong.said} {known}"
        assert trouble(replace(known, password="비밀")).kind == "not_ascii"
        assert trouble(replace(known, password="")).kind == "no_password"
        assert office.counts() == {KIM: 1}


def test_no_encryption_offered_is_no_letter_sent(office: PostOffice) -> None:
    """And neither is user or password: the server hears EHLO alone."""
    server = MailServer(host="localhost", port=office.port, security="starttls", user="ai", password="x")
    assert trouble(server).kind == "no_starttls"
    assert office.commands == []


def test_starttls_offered_and_then_refused_is_no_letter_sent() -> None:
    with says(b"220 hi\r\n", b"250-hi\r\n250 STARTTLS\r\n", b"454 4.7.0 not now\r\n") as port:
        found = trouble(MailServer(host="127.0.0.1", port=port, security="starttls", patience=HURRY))
    assert (found.kind, found.said) == ("no_starttls", "454 4.7.0 not now")


def test_words_slipped_in_before_the_encryption_are_not_believed(certificates: Certificates) -> None:
    """Replies sent in the clear along with STARTTLS's own must not answer what is asked afterwards."""
    clear = b"220 go\r\n250 believed\r\n250 believed\r\n"
    with says(b"220 hi\r\n", b"250-hi\r\n250 STARTTLS\r\n", clear) as port:
        server = MailServer(host="localhost", port=port, security="starttls", patience=HURRY)
        found = trouble(replace(server, ca_file=str(certificates.authority)))
    assert found.kind in {"handshake", "unwelcome", "unreachable"}


def test_a_plain_port_is_not_taken_for_an_encrypted_one(office: PostOffice) -> None:
    server = MailServer(host="127.0.0.1", port=office.port, security="tls", patience=HURRY)
    assert trouble(server).kind == "handshake"


def test_plain_letters_go_to_a_host_inside_or_one_vouched_for(
    office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digest.smtp.is_inside", lambda _: False)
    found = trouble(inside(office))
    assert (found.kind, found.said) == ("public_plain", "127.0.0.1")
    assert office.commands == []
    with Relay(replace(inside(office), named_inside=True)) as relay:
        assert relay.send(SENDER, KIM, LETTER, nothing).outcome == "sent"


def test_a_login_the_server_does_not_know_is_told(certificates: Certificates) -> None:
    with PostOffice(certificates, security="tls") as office:
        ca = str(certificates.authority)
        server = MailServer(host="localhost", port=office.port, security="tls", ca_file=ca, user="ai", password="x")
        assert trouble(replace(server, patience=HURRY)).kind == "no_login"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def nobody() -> Iterator[int]:
    yield free_port()


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        (nobody, "refused"),
        (lambda: says(hang=True), "silent"),  # accepts and never greets
        (lambda: says(b"554 5.7.1 go away\r\n"), "unwelcome"),
        (lambda: says(b"421 4.3.2 busy\r\n"), "unwelcome"),
        (says, "unwelcome"),  # closes at once
        (lambda: says(b"220 hi\r\n", b"502 no\r\n", b"502 no\r\n"), "unwelcome"),
        (lambda: says(b"HTTP/1.1 400 Bad Request\r\n"), "unwelcome"),
    ],
)
def test_a_server_that_will_not_talk_is_told_apart(place: Callable[[], Any], kind: Trouble) -> None:
    with place() as port:
        short = Patience(connect=0.3, command=0.3, final=0.3)
        assert trouble(MailServer(host="127.0.0.1", port=port, security="none", patience=short)).kind == kind


def test_an_unknown_name_and_an_unreadable_authority_are_told(tmp_path: Path) -> None:
    assert trouble(MailServer(host="mail.invalid", port=25, security="starttls")).kind == "unresolved"
    for ca in (tmp_path / "none.pem", tmp_path / "empty.pem"):
        (tmp_path / "empty.pem").write_text("")
        assert trouble(MailServer(host="mail.invalid", port=25, security="tls", ca_file=str(ca))).kind == "ca_file"


def test_a_slow_last_answer_is_waited_for(office: PostOffice) -> None:
    """The patience for other commands does not end the wait after the dot."""
    waiting = threading.Event()

    def slow(stage: Stage, _reader: str) -> None:
        if stage == "answer":
            waiting.wait(0.6)

    office.at_stage = slow
    patience = Patience(connect=2, command=0.3, final=5)
    with Relay(replace(inside(office), patience=patience)) as relay:
        assert relay.send(SENDER, KIM, LETTER, nothing).outcome == "sent"
        assert relay.send(SENDER, LEE, LETTER, nothing).outcome == "sent"


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("172.31.0.9", True),
        ("::ffff:192.168.0.1", True),
        ("fd00::1", True),
        ("fe80::1%eth0", True),
        ("172.32.0.1", False),
        ("8.8.8.8", False),
        ("::ffff:8.8.8.8", False),
        ("2001:db8::1", False),
        ("localhost", False),
        ("", False),
    ],
)
def test_what_is_inside(address: str, answer: bool) -> None:  # noqa: FBT001 - the table's column
    assert is_inside(address) is answer


def test_every_connection_checks_certificates_and_names(certificates: Certificates) -> None:
    from digest.smtp import _context  # noqa: PLC0415 - what no test can see from outside

    for ca in ("", str(certificates.authority)):
        context = _context(ca)
        assert context.verify_mode == ssl.CERT_REQUIRED
        assert context.check_hostname
        assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
