"""The tables of config.toml that are about letters: the mail server, and who reads."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from archive.records.words import Perspective, Section
from digest.inside import is_address, is_inside
from donghyang.messages import say
from donghyang.settings_values import Address, MailHost, NoAddress, Pause


class LettersTable(BaseModel):
    """A table of config.toml: unknown keys are refused, nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=False, arbitrary_types_allowed=True)


class MailTable(LettersTable):
    """Who the letters come from, and the mail server that takes them; without a host they are only written to out/."""

    sender: Address = Field(description="Who the letters come from.")
    host: MailHost = Field(default="", description="The mail server; empty: letters are only written as files.")
    port: int = Field(default=587, ge=1, le=65535, description="Its port: 587 for starttls, 465 for tls.")
    security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="How the way is encrypted; `none` only to an inside relay, and with a warning."
    )
    user: str = Field(default="", description="The name to log in with; empty: no log-in.")
    password_env: str = Field(
        default="DONGHYANG_SMTP_PASSWORD", description="The environment variable that holds the password."
    )
    per_minute: int = Field(
        default=0, ge=0, le=6000, description="Letters handed over in a minute, at most; 0: as fast as it takes them."
    )
    returns: NoAddress = Field(
        default="",
        description="Where letters that cannot be delivered and requests to unsubscribe go; empty: `sender`.",
    )
    envelope: Literal["plain", "verp"] = Field(
        default="plain",
        description="verp gives each letter a return address of its own (`name+b…@`), so that every bounce tells whose "
        "it is; a mail server that refuses it gets `plain`, with a warning.",
    )
    bounces: str = Field(
        default="",
        description="Where the mails to that address can be read: a maildir, an mbox, a folder of .eml files or one; a "
        "relative path begins at config.toml. Empty: they are not read.",
    )
    images: Literal["cid", "none"] = Field(
        default="cid", description="Whether the letters carry their charts as pictures; the numbers stand there anyway."
    )
    attach: tuple[Literal["report.pdf", "report.hwpx", "issue.pdf"], ...] = Field(
        default=(), description="What is attached to each letter: the one-page report, the whole issue."
    )
    dkim_key: str = Field(
        default="",
        description="The key (RSA, PEM) letters are signed with, where the mail server does not sign; a relative path "
        "begins at config.toml. It asks for the extra `dkim`.",
    )
    dkim_selector: str = Field(
        default="donghyang", min_length=1, description="The key's name: its public half stands in the DNS under it."
    )

    @model_validator(mode="after")
    def _plain_only_inside(self) -> Self:
        outside = is_address(self.host) and not is_inside(self.host)
        if self.security == "none" and (self.user or outside):
            raise ValueError(say("expected.plain"))
        return self


class ReaderWeights(LettersTable):
    """How much of each perspective one reader wants; the heaviest is kept whole."""

    city: float = Field(default=1, ge=0, le=100, description="What concerns the city.")
    technology: float = Field(default=1, ge=0, le=100, description="What changes in the technology.")
    talk: float = Field(default=1, ge=0, le=100, description="What everybody talks about.")

    @model_validator(mode="after")
    def _something(self) -> Self:
        if not (self.city or self.technology or self.talk):
            raise ValueError(say("expected.some_weight"))
        return self

    def given(self) -> dict[Perspective, float]:
        """The weights by perspective."""
        return {"city": self.city, "technology": self.technology, "talk": self.talk}


class ReaderTable(LettersTable):
    """One reader of the letters. What `readers` keeps in the archive wins over this."""

    name: str = Field(description="As it stands in the letter.")
    email: Address = Field(description="Where the letter goes; no two readers share one.")
    sections: tuple[Section, ...] = Field(
        default=(), description="Only these sections, and what touches the city's duties; `[]`: all."
    )
    perspectives: ReaderWeights = Field(
        default=ReaderWeights(), description="How much of each perspective this reader wants."
    )
    paused: Pause = Field(
        default=False, description="true: no letters; a day: none up to and including it, such as `2026-12-31`."
    )
