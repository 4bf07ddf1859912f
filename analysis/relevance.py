"""Is it about AI? A cheap question before a page is read, and the judgement afterwards.

``worth_reading`` must miss nothing and may be wrong one time in two. ``judge`` asks what an article is *about*: AI
technology, its industry, policy or use; a market column, a housing advertisement or a personnel notice that mentions AI
is not. It first asks whether AI is a subject at all, then weighs what the headline and the lead say with a logistic
regression whose weights were fitted once on a labelled week (``benchmarks/relevance.py --fit`` prints them) and
written down here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log1p

from analysis import cues
from analysis.headlines import in_series
from analysis.mentions import Mention, Mentions
from analysis.tokens import body, plain
from archive.records.incoming import Document

_LEAD = 400  # characters of the text that are judged
_EARLY = 100  # a concept named this soon is what the lead is about
_BAR = 0.5
_MOST = 3  # more words of one kind say no more
_REASONS = 6

_NEWS = {  # what the news is about besides: pattern, weight in the title, weight in the lead
    "market": (cues.MARKET, -1.2, -0.6),
    "earnings": (cues.EARNINGS, -1.1, -0.8),
    "property": (cues.PROPERTY, -1.0, -1.2),
    "goods": (cues.GOODS, -0.9, -0.7),
    "people": (cues.PEOPLE_NOTICE, -1.5, -0.4),
    "sport": (cues.SPORT, -1.0, -0.3),
    "leisure": (cues.LEISURE, -0.5, -0.1),
    "economy": (cues.ECONOMY, -0.4, -0.7),
    "aside": (cues.ASIDE, -0.8, 0.0),
}
_WEIGHTS = {
    "bias": 1.0, "several": 1.5, "near": 0.4, "lead": 0.4, "lead early": 0.8, "lead several": 0.4, "no text": 0.8,
    "series": -1.4, "english": 1.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is thought of one article."""

    ai: bool
    score: float  # 0 to 1; about AI from one half
    reasons: tuple[str, ...]  # words that decided, the weightiest first: "+AI 에이전트", "-목표가"
    politics: bool  # candidates, parties, pledges


def worth_reading(title: str, summary: str, mentions: Mentions) -> bool:
    """Whether an entry may be about AI: cheap, no morphology, and with few misses."""
    title, lead = plain(title), plain(summary[:_LEAD])
    named, said = _named(title, mentions), _named(lead, mentions)
    if named.core or said.core:
        return True
    if in_series(title):
        return False
    nearby = cues.NEARBY.findall(title.lower())
    return bool(named.near or nearby) and bool(len(nearby) + len(named.near) > 1 or said.near or not lead.strip())


def judge(document: Document, mentions: Mentions) -> Verdict:
    """Judge an article by its title and the beginning of its text."""
    title = cues.FLU.sub(" ", plain(document.article.title))
    lead = cues.FLU.sub(" ", body(document.text)[:_LEAD])
    named, said = _named(title, mentions), _named(lead, mentions)
    politics = is_politics(title, lead)
    if not _is_subject(named, said):
        return Verdict(ai=False, score=0.0, reasons=(), politics=politics)
    other = _other_news(title, lead)
    evidence = _evidence(title, lead, named, said, other) | {"english": float(document.article.lang == "en")}
    score = 1 / (1 + exp(-sum(weights()[name] * value for name, value in evidence.items())))
    return Verdict(ai=score >= _BAR, score=round(score, 4), reasons=_reasons(named, said, other), politics=politics)


def is_politics(title: str, lead: str) -> bool:
    """Whether an article is about candidates, parties or pledges: in the title, or twice in the lead."""
    return bool(cues.POLITICS.search(title.lower())) or len(cues.POLITICS.findall(lead.lower())) > 1


@dataclass(frozen=True, slots=True)
class Named:
    """Concepts of the lexicon that a text names."""

    core: Sequence[Mention]  # a mention alone makes a text about AI
    near: Sequence[Mention]  # needs company
    subjects: Sequence[Mention]  # those of near that are ideas, not names: 자율주행, 휴머노이드

    @property
    def kinds(self) -> frozenset[str]:
        """The different core concepts."""
        return frozenset(mention.concept for mention in self.core)


def _named(text: str, mentions: Mentions) -> Named:
    found = [(mention, mentions.concepts[mention.concept]) for mention in mentions.occurrences(text)]
    near = [(mention, concept) for mention, concept in found if concept.ai == "near"]
    return Named(
        core=[mention for mention, concept in found if concept.ai == "core"],
        near=[mention for mention, _ in near],
        subjects=[mention for mention, concept in near if concept.kind == "concept"],
    )


def _is_subject(title: Named, lead: Named) -> bool:
    """Whether AI is more than mentioned in passing."""
    if title.core or title.subjects:
        return True
    early = any(mention.start < _EARLY for mention in lead.core)
    return bool(lead.core) and (bool(title.near) or (early and len(lead.core) > 1))


def evidence_of(title: str, lead: str, mentions: Mentions, lang: str) -> dict[str, float]:
    """What is known of an article, by the names of ``weights``."""
    lead = lead[:_LEAD]
    found = _evidence(title, lead, _named(title, mentions), _named(lead, mentions), _other_news(title, lead))
    return found | {"english": float(lang == "en")}


def _other_news(title: str, lead: str) -> dict[str, tuple[list[str], list[str]]]:
    """The words of other kinds of news, by kind, in the title and in the lead."""
    title, lead = title.lower(), lead.lower()
    return {name: (pattern.findall(title), pattern.findall(lead)) for name, (pattern, _, _) in _NEWS.items()}


def _evidence(
    title: str, lead: str, named: Named, said: Named, other: Mapping[str, tuple[list[str], list[str]]]
) -> dict[str, float]:
    found = {
        "bias": 1.0,
        "several": float(len(named.kinds) > 1),
        "near": float(min(len({mention.concept for mention in named.near}), 2)),
        "lead": log1p(len(said.core)),
        "lead early": float(any(mention.start < _EARLY for mention in said.core)),
        "lead several": log1p(max(len(said.kinds) - 1, 0)),
        "no text": float(len(lead) < 20),  # noqa: PLR2004 -- a few words are no text
        "series": float(in_series(title)),
    }
    for name, (in_title, in_lead) in other.items():
        found[name] = float(min(len(in_title), _MOST))
        found[f"lead {name}"] = log1p(len(in_lead))
    return found


@lru_cache(maxsize=1)
def weights() -> Mapping[str, float]:
    """The weight of each feature."""
    titles = {name: weight for name, (_, weight, _) in _NEWS.items()}
    leads = {f"lead {name}": weight for name, (_, _, weight) in _NEWS.items()}
    return _WEIGHTS | titles | leads


def _reasons(named: Named, said: Named, other: Mapping[str, tuple[list[str], list[str]]]) -> tuple[str, ...]:
    """The words behind a judgement: concepts for, words of other news against, those of the title first."""
    speaking = [f"+{mention.words}" for mention in (*named.core, *named.near, *said.core)]
    against = [f"-{word}" for place in (0, 1) for words in other.values() for word in words[place]]
    return tuple(dict.fromkeys([*speaking[:_MOST], *against]))[:_REASONS]
