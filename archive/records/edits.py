"""What a person changed of one issue before it went out, or puts right afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from archive.records.words import ArticleId

EditKind = Literal[
    "pin",  # it is in, whatever its rank, and politics too
    "drop",  # it is out; the next best takes its place
    "move",  # to another perspective, section, or place under its heading
    "headline",  # another one
    "note",  # a line of the editor's own
    "implication",  # 시사점: what it means for the city
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One word of an editor; ``article`` stands for the story it is in, whatever that is called later."""

    number: int
    at: datetime
    who: str
    kind: EditKind
    article: ArticleId
    value: str  # of move: where to; of headline, note, implication: the words
    reason: str
    stood: Mapping[str, float | str] = field(default_factory=dict)  # before: story, headline, rank, place, score
    withdrawn: datetime | None = None
