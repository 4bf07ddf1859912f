"""What people tell us: the lexicon, the city's duties, and corrections."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from archive.records.words import ArticleId


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person said analysis must obey; append-only."""

    number: int
    at: datetime
    who: str
    kind: Literal["together", "apart", "topic-name", "same-topic", "ai", "section", "duty"]
    articles: tuple[ArticleId, ...]  # the subject: corrections are keyed by article
    value: str
    reason: str
    withdrawn: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A thing with names in Korean and English: an organisation, person, product, model or idea."""

    id: str
    kind: Literal["org", "person", "product", "model", "concept", "government"]
    label: str  # how we write it
    aliases: tuple[str, ...]  # every spelling, the label included
    ai: Literal["core", "near", "none"] = "near"  # core: a mention alone makes a text about AI
    note: str = ""  # one line for 용어 풀이
    subject: str = ""  # id of the concept as which stories and topics know it: AX is AI 전환


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """The packaged concepts with the site's overlay."""

    concepts: tuple[Concept, ...]
    version: str  # digest of its content


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A field of the city's work and the words that show it."""

    name: str
    any: tuple[str, ...]
    near: tuple[str, ...] = ()  # count only beside a public body in the same sentence
    unless: tuple[str, ...] = ()  # "not" in config
