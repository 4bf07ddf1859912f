"""A trial letter: the issue as one address would get it, marked as a trial, kept in no list and counted as nobody's.

It has a Message-ID of its own, so that no mail program takes the real letter for its copy and hides it.
"""

from archive.records.issue import Issue
from archive.records.ledgers import Reader
from digest.delivery import mailbox
from digest.smtp import Relay, Unsendable
from donghyang import publishing, subscribing
from donghyang.handover import mail_server, sentence
from donghyang.messages import say
from donghyang.services import Services
from donghyang.troubles import Refused

TRIAL = "[시험]"


def send(services: Services, issue: Issue, to: str) -> str:
    """Send it, or write it to out/ where there is no mail server; what became of it, in a sentence.

    A reader of config.toml gets what their own letter would hold. Refused when the mail server takes none.
    """
    readers = services.settings.reader_records()
    reader = next((one for one in readers if mailbox(one.email) == mailbox(to)), Reader(name="", email=to))
    raw = publishing.letter_of(issue, reader, services, trial=TRIAL)
    folder = services.config.out / "preview"
    name = f"trial-{publishing.file_name(to)}.eml"
    publishing.write_files(folder, {name: raw})
    server = mail_server(services.config)
    if server is None:
        return say("issue.trial_written", path=folder / name)
    try:
        with Relay(server) as relay:
            answer = relay.send(subscribing.returns(services), to, raw, before_data=lambda: None)
    except Unsendable as trouble:
        raise Refused(sentence(services.config, trouble)) from trouble
    if answer.outcome != "sent":
        raise Refused(say("issue.trial_failed", to=to, said=answer.said))
    return say("issue.trial_sent", to=to, week=issue.week)
