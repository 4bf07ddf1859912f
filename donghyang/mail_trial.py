"""`doctor --mail`: knock at the mail server as if a letter were to go out, and leave before it is given one."""

from dataclasses import replace
from typing import Final, NoReturn

from digest.smtp import Patience, Relay, Unsendable
from donghyang import handover
from donghyang.checkup import Finding
from donghyang.config import Config
from donghyang.messages import say

_PATIENCE: Final = Patience(connect=10, command=30)  # a person waits


class _Enough(Exception):  # noqa: N818 - the good end of a trial
    """The mail server would take the letter now."""


def knock(config: Config) -> list[Finding]:
    """Connect, encrypt, log in, name sender and first reader; nothing when there is no mail server or no reader."""
    server, mail, readers = handover.mail_server(config), config.settings.mail, config.settings.readers
    if server is None or mail is None or not readers:
        return []
    reader = readers[0].email
    try:
        with Relay(replace(server, patience=_PATIENCE)) as relay:
            answer = relay.send(mail.sender, reader, b"", before_data=_enough)
    except _Enough:
        said = say("doctor.mail_takes", host=mail.host, port=mail.port, sender=mail.sender, reader=reader)
        return [Finding("mail", "ok", said)]
    except Unsendable as trouble:
        return [Finding("mail", "fail", handover.sentence(config, trouble))]
    return [Finding("mail", "warn", say("doctor.mail_reader", reader=reader, said=answer.said))]


def _enough() -> NoReturn:
    raise _Enough
