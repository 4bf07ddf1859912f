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
PRIOR = 100  # stories as if read besides: among a few, what they share must not look common
COMMON, COMMON_FEWEST = 0.08, 8  # a phrase in a larger share of the stories, and in more than so many, tells nothing
_DUTY_TEXT = 400  # characters of a text in which a duty must show


class Teller:
    """Writes stories; holds what is known of all documents that are in one."""

    def __init__(
        self,
        groups: Sequence[Group],
        judgements: Mapping[ArticleId, Judgement],
        mentions: Mentions,
        duties_of_city: Sequence[Duty],
        corrections: Corrections,
    ) -> None:
        self._judgements = judgements
        self._corrections = corrections
        self._duties = [(_squeezed_words(duty), duties.Duties((duty,), mentions)) for duty in duties_of_city]
        documents = [one for group in groups for one in group.documents]
        self._phrases = {one.id: phrases(one, mentions, nouns_of(one)) for one in documents}
        by_story = [[phrase for one in group.documents for phrase in self._phrases[one.id]] for group in groups]
        self._rarity = rarity(by_story, subjects_of(mentions))

    def story(self, group: Group) -> Story:
        """A story without its rank and topic."""
        members = (*group.older, *(one.id for one in group.documents))
        told = self.originals(group.documents)
        touched = duties.matches_of_story([self._touched(_beginning(one)) for one in told])
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

    def _touched(self, text: str) -> Mapping[str, tuple[str, ...]]:
        """The duties a text touches. Few of their many words are in any one text: only those duties are asked."""
        squeezed = _squeezed(text)
        asked = [duty for words, duty in self._duties if any(word in squeezed for word in words)]
        return {name: words for duty in asked for name, words in duty.matches(text).items()}

    def originals(self, documents: Sequence[Document]) -> tuple[Document, ...]:
        """The members that are no copies of another member."""
        present = {one.id for one in documents}
        return tuple(one for one in documents if self._judgements[one.id].duplicate_of not in present)


def subjects_of(mentions: Mentions) -> frozenset[str]:
    """The names of ideas, products and models: what news can be about however much of it there is."""
    kinds = ("concept", "product", "model")
    return frozenset(concept.label for concept in mentions.concepts.values() if concept.kind in kinds)


def rarity(stories: Sequence[Sequence[str]], subjects: frozenset[str]) -> dict[str, float]:
    """How telling a phrase is: logarithmic inverse frequency among the stories.

    Nothing for words that idle, and for those in very many stories unless they are subjects by themselves.
    """
    frequency = Counter(phrase for phrases in stories for phrase in set(phrases))
    most = max(COMMON_FEWEST, COMMON * len(stories))
    return {
        phrase: log(1 + (len(stories) + PRIOR) / count)
        for phrase, count in frequency.items()
        if not is_idle(phrase) and (count <= most or phrase in subjects)
    }


def _squeezed(text: str) -> str:
    """Small letters without blanks, as spaces within a duty's words are free."""
    return "".join(text.lower().split())


def _squeezed_words(duty: Duty) -> tuple[str, ...]:
    return tuple(_squeezed(word) for word in (*duty.any, *duty.near))


def _beginning(document: Document) -> str:
    return f"{document.article.title}\n{body(document.text)[:_DUTY_TEXT]}"


def _majority(votes: Sequence[bool]) -> bool:
    return 2 * sum(votes) > len(votes)


def _section(judged: Sequence[Judgement]) -> Section | None:
    """What most members say; of equals the one named first."""
    said = Counter(one.section for one in judged if one.section)
    return said.most_common(1)[0][0] if said else None
