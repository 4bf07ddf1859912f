"""What a topic is called: the subject its stories share, in the words they use for it, the same from week to week."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from analysis import labels
from analysis.corrections import Corrections
from analysis.mentions import Mentions
from analysis.topics import SUBJECT
from archive.records.findings import Story, Topic

# What stories are about beside who is in them: a ministry or a company is in very different ones.
_WEIGHT = {"concept": 2.0, "product": 2.0, "model": 2.0, "org": 1.2, "person": 1.2, "government": 0.5}
# The technology at large, and the fairs where all of it is shown: every other story could be filed under these.
_BROAD_NAMES = """
인공지능|생성형 AI|AI 모델|언어모델|거대언어모델|소형언어모델|파운데이션 모델|프런티어 모델|추론 모델|딥러닝|
머신러닝|인공신경망|자연어처리|프롬프트|챗봇|멀티모달|학습데이터|사전학습|미세조정|AI 추론|그래픽처리장치|
AI 벤치마크|GPT|CES|MWC
"""
_BROAD = frozenset(name.strip() for name in _BROAD_NAMES.split("|"))
_BROAD_WEIGHT = 0.8
_PAIR = 2
_HOLDS = 0.5  # share of the stories in which a name must still occur to be kept
_BESIDES = 6  # terms among which a second phrase is looked for
_TWICE = 2  # headlines that write a name make it the topic's own


def term_weights(mentions: Mentions) -> dict[str, float]:
    """How much each of the lexicon's labels says about a subject, beside 1 for other words."""
    return {
        concept.label: _BROAD_WEIGHT if concept.label in _BROAD else _WEIGHT[concept.kind]
        for concept in mentions.concepts.values()
    }


class Names:
    """Names topics; holds how rare each phrase is, and what people have said."""

    def __init__(self, mentions: Mentions, rarity: Mapping[str, float], said: Corrections) -> None:
        weights = term_weights(mentions)
        self._subjects = frozenset(name for name, weight in weights.items() if weight >= SUBJECT)
        self._names = frozenset(weights)
        self._rarity = rarity
        self._mentions = mentions
        self._said = said

    @classmethod
    def unweighed(cls, mentions: Mentions) -> "Names":
        """Names that are only to be read, not to be given."""
        return cls(mentions, {}, Corrections(()))

    def canonical(self, label: str) -> tuple[str, ...]:
        """The phrases of a name in the lexicon's writing."""
        return tuple(self._label(part) or part for part in label.split(labels.JOINT))

    def parts(self, stories: Sequence[Sequence[str]]) -> tuple[str, ...]:
        """What some stories, told by their terms, could be called; two must share an idea, a product or a model.

        The lexicon's own writing, the most telling phrase first; none when they have no name in common.
        """
        if len(stories) <= _PAIR and not self._subjects.intersection(*stories):
            return ()
        return labels.topic_name(stories, self._rarity, self._subjects, self._names)

    def label(self, seen: Sequence[Story], past: Topic | None, taken: Collection[str] = ()) -> str:
        """What somebody called the topic, else its earlier name while that holds, else the best name.

        Stories that somebody put together may have no name in common; then the first one's headline stands for it.
        A name ``taken`` by an older topic gets what the stories tell of besides, when they tell of anything.
        """
        given = self._said.topic_name([article for story in seen for article in story.articles])
        if given:
            return given
        if past and (self._said.keeps_topic_name(past.label) or not seen):
            return past.label
        if past and past.label not in taken and self._holds(past.label, seen):
            return past.label
        terms = [story.terms for story in seen]
        parts = self.parts(terms)
        if not parts:
            return past.label if past else seen[0].label
        best = self._joined(parts, seen)
        if best not in taken:
            return best
        besides = (one for one in labels.terms(terms, self._rarity, most=_BESIDES) if one not in parts)
        return self._joined((*parts, *list(besides)[:1]), seen)

    def _joined(self, parts: Iterable[str], seen: Sequence[Story]) -> str:
        return labels.JOINT.join(dict.fromkeys(self._as_written(part, seen) for part in parts))

    def _as_written(self, part: str, seen: Sequence[Story]) -> str:
        """A name as Korean headlines write it (HBM), when none of them uses the lexicon's writing."""
        if part not in self._names:
            return part
        written: Counter[str] = Counter()
        for story in seen:
            found = (
                one for one in self._mentions.occurrences(story.label) if self._mentions.subject(one.concept) == part
            )
            written.update({one.words for one in found if labels.has_hangul(story.label)})
        if written[part] or not written:
            return part
        words, times = max(written.items(), key=lambda item: (item[1], item[0]))
        return words if times >= _TWICE else part

    def _label(self, words: str) -> str | None:
        """The lexicon's writing of a name; None when it is none."""
        found = self._mentions.occurrences(words)
        return self._mentions.subject(found[0].concept) if len(found) == 1 and found[0].words == words else None

    def _holds(self, label: str, seen: Sequence[Story]) -> bool:
        """Whether enough stories still tell of a name's subject; of all its parts when the first is none by itself."""
        parts = self.canonical(label)
        asked = frozenset(parts[:1] if parts[0] in self._subjects else parts)
        return sum(asked.issubset(story.terms) for story in seen) >= _HOLDS * len(seen)
