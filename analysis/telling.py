"""A story written down: from its member documents to what is said of it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log

from analysis import duties, labels
from analysis.corrections import Corrections
from analysis.mentions import Mentions
from analysis.phrases import is_idle, nouns_of, phrases
from analysis.tokens import body
from analysis.tracking import Group
from archive.records.findings import Judgement, Story
from archive.records.incoming import Document
from archive.records.knowledge import Duty
from archive.records.words import ArticleId, Section

_TERMS = 12  # kept with a story; by them topics compare it later
_COMMON = 0.1  # a phrase in a larger share of the documents tells nothing
_DUTY_TEXT = 400  # characters of a text in which a duty must show


class Teller:
    """Writes stories; holds what is known of all documents of the window."""

    def __init__(
        self,
        documents: Sequence[Document],
        judgements: Mapping[ArticleId, Judgement],
        mentions: Mentions,
        duties_of_city: Sequence[Duty],
        corrections: Corrections,
    ) -> None:
        self._judgements = judgements
        self._corrections = corrections
        self._duties = duties.Duties(duties_of_city, mentions)
        self._phrases = {one.id: phrases(one, mentions, nouns_of(one)) for one in documents}
        self._rarity = rarity(list(self._phrases.values()))

    def story(self, group: Group) -> Story:
        """A story without its rank and topic."""
        members = (*group.older, *(one.id for one in group.documents))
        told = self.originals(group.documents)
        touched = duties.matches_of_story([self._duties.matches(_beginning(one)) for one in told])
        judged = [self._judgements[one.id] for one in group.documents]
        return Story(
            id=group.id,
            label=labels.headline(told),
            articles=members,
            lead=labels.lead(told).id,
            first_seen=group.first_seen,
            last_seen=max(one.article.moment for one in group.documents),
            ai=_majority([one.ai for one in judged]),
            section=self._corrections.section(members) or _section(judged),
            score={},
            rank=0,
            duties=self._corrections.duties(members, touched),
            terms=labels.terms([self._phrases[one.id] for one in told], self._rarity, most=_TERMS),
            politics=_majority([one.politics for one in judged]),
        )

    def originals(self, documents: Sequence[Document]) -> tuple[Document, ...]:
        """The members that are no copies of another member."""
        present = {one.id for one in documents}
        return tuple(one for one in documents if self._judgements[one.id].duplicate_of not in present)


def rarity(texts: Sequence[Sequence[str]]) -> dict[str, float]:
    """How telling a phrase is: logarithmic inverse frequency, 0 for what idles or is everywhere."""
    frequency = Counter(phrase for text in texts for phrase in set(text))
    most = max(3.0, _COMMON * len(texts))
    return {
        phrase: 0.0 if is_idle(phrase) or count > most else log(1 + len(texts) / count)
        for phrase, count in frequency.items()
    }


def _beginning(document: Document) -> str:
    return f"{document.article.title}\n{body(document.text)[:_DUTY_TEXT]}"


def _majority(votes: Sequence[bool]) -> bool:
    return 2 * sum(votes) > len(votes)


def _section(judged: Sequence[Judgement]) -> Section | None:
    """What most members say; of equals the one named first."""
    said = Counter(one.section for one in judged if one.section)
    return said.most_common(1)[0][0] if said else None
