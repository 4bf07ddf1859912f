"""Is it about AI? A cheap question before a page is read, and the judgement afterwards.

``worth_reading`` must miss nothing and may be wrong one time in two. ``judge`` asks what an article is *about*: AI
technology, its industry, policy or use; a market column, a housing advertisement or a personnel notice that mentions AI
is not. It weighs what the headline and the lead name and say with a logistic regression whose weights were fitted once
(``benchmarks.lessons --write``) and written down in ``learnt_weights``. The articles of one event are of one mind:
``together`` lets them agree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp, log, log1p

from analysis import cues
from analysis.headlines import headline, in_series
from analysis.learnt_weights import RELEVANCE_FACTS, RELEVANCE_WORDS
from analysis.mentions import Mention, Mentions
from analysis.tokens import body, plain
from analysis.wording import Weights, weights_of, wording
from archive.records.incoming import Document

_LEAD = 400  # characters of the text that are judged
_EARLY = 100  # a concept named this soon is what the lead is about
_BAR = 0.5
_MOST = 3  # more words of one kind say no more
_NEAR = 2  # neither more names
_FEW = 20  # characters that are no text
_REASONS = 6
_WEIGHTY = 0.3  # a single word that says so much is a reason
_SURE = 0.01  # no judgement is surer than this when a story's articles agree
_OWN_VOICE = 0.5  # how far an article keeps its own mind in a story
_MAKERS = frozenset(("lab",))

_NEWS = {  # what the news is about besides
    "market": cues.MARKET, "moves": cues.MOVES, "earnings": cues.EARNINGS, "property": cues.PROPERTY,
    "goods": cues.GOODS, "people": cues.PEOPLE_NOTICE, "sport": cues.SPORT, "leisure": cues.LEISURE,
    "economy": cues.ECONOMY, "others": cues.ABOUT_OTHERS, "hardware": cues.HARDWARE, "aside": cues.ASIDE,
}  # fmt: skip
SET = {"maker": 3.0}  # not learnt: what a laboratory writes is about AI, even if it does not say so
_UNMASKED = frozenset(("goods", "earnings", "economy"))  # a law about advertising is no advertisement


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is thought of one article."""

    ai: bool
    score: float  # 0 to 1; about AI from one half
    reasons: tuple[str, ...]  # words that decided, the weightiest first: "+AI 에이전트", "-목표가"
    politics: bool  # candidates, parties, pledges


def worth_reading(title: str, summary: str, mentions: Mentions, role: str = "press") -> bool:
    """Whether an entry may be about AI: cheap, no morphology, and with few misses; a laboratory's own posts are."""
    if role in _MAKERS:
        return True
    title, lead = plain(title), plain(summary[:_LEAD])
    named, said = _named(title, mentions), _named(lead, mentions)
    if named.core or said.core:
        return True
    if in_series(title):
        return False
    nearby = cues.NEARBY.findall(title.lower())
    return bool(named.near or nearby) and bool(len(nearby) + len(named.near) > 1 or said.near or not lead.strip())


def judge(document: Document, mentions: Mentions, weights: Weights | None = None) -> Verdict:
    """Judge an article by its title and the beginning of its text; ``weights`` are others than those learnt."""
    weights = weights or learnt()
    read = _read(document, mentions)
    politics = is_politics(read.title, read.lead)
    if not read.may_be:
        return Verdict(ai=False, score=0.0, reasons=(), politics=politics)
    words = _words(document, weights)
    facts = {**weights.facts} | {name: (weight,) for name, weight in SET.items()}
    said = sum(facts[name][0] * value for name, value in _evidence(read).items()) + sum(words.values())
    score = round(1 / (1 + exp(-said)), 4)
    return Verdict(ai=score >= _BAR, score=score, reasons=_reasons(read, words), politics=politics)


def together(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """The judgements of one event's articles, each drawn halfway to what all think on average."""
    own = [_odds(verdict.score) for verdict in verdicts]
    all_think = sum(own) / len(own)
    drawn = [1 / (1 + exp(-(_OWN_VOICE * one + (1 - _OWN_VOICE) * all_think))) for one in own]
    return tuple(
        replace(verdict, ai=score >= _BAR, score=round(score, 4)) if len(verdicts) > 1 else verdict
        for verdict, score in zip(verdicts, drawn, strict=True)
    )


def is_politics(title: str, lead: str) -> bool:
    """Whether an article is about candidates, parties or pledges: in the title, or twice in the lead."""
    return bool(cues.POLITICS.search(title.lower())) or len(cues.POLITICS.findall(lead.lower())) > 1


def evidence_of(document: Document, mentions: Mentions) -> dict[str, float] | None:
    """What is known of an article besides its single words, by name; None when AI is not named."""
    read = _read(document, mentions)
    return _evidence(read) if read.may_be else None


@lru_cache(maxsize=1)
def learnt() -> Weights:
    """The weights that judge."""
    return weights_of(RELEVANCE_FACTS, RELEVANCE_WORDS)


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


@dataclass(frozen=True, slots=True)
class _Read:
    """An article as it is judged."""

    title: str
    lead: str
    named: Named  # in the headline without the name of its column
    said: Named  # in the lead
    column: bool  # AI is named by the name of the column alone
    english: bool
    maker: bool  # a laboratory's own post
    other: Mapping[str, tuple[list[str], list[str]]]  # words of other kinds of news, in the title and in the lead
    agents: tuple[int, int]  # words said of nothing but AI, in the title and in the lead

    @property
    def may_be(self) -> bool:
        """Whether AI may be the subject: named or meant by the headline, or by the lead soon and again."""
        named, said = self.named, self.said
        if named.core or named.subjects or self.maker:
            return True
        soon_and_again = len(said.core) > 1 and said.core[0].start < _EARLY
        company = bool(said.subjects or self.agents[1])
        meant = bool(self.agents[0]) and (company or len(self.lead) < _FEW)
        return soon_and_again or meant or bool(named.near and (said.core or company))


def _read(document: Document, mentions: Mentions) -> _Read:
    title = cues.FLU.sub(" ", plain(document.article.title))
    lead = cues.FLU.sub(" ", body(document.text)[:_LEAD])
    named, whole = _named(headline(title), mentions), _named(title, mentions)
    low, low_lead = title.lower(), lead.lower()
    return _Read(
        title=title,
        lead=lead,
        named=named,
        said=_named(lead, mentions),
        column=bool(whole.core and not named.core),
        english=document.article.lang == "en",
        maker=document.article.role in _MAKERS,
        other={name: (pattern.findall(low), pattern.findall(low_lead)) for name, pattern in _NEWS.items()},
        agents=(len(set(cues.AGENTS.findall(low))), len(set(cues.AGENTS.findall(low_lead)))),
    )


def _named(text: str, mentions: Mentions) -> Named:
    found = [(mention, mentions.concepts[mention.concept]) for mention in mentions.occurrences(text)]
    near = [(mention, concept) for mention, concept in found if concept.ai == "near"]
    return Named(
        core=[mention for mention, concept in found if concept.ai == "core"],
        near=[mention for mention, _ in near],
        subjects=[mention for mention, concept in near if concept.kind == "concept"],
    )


def _evidence(read: _Read) -> dict[str, float]:
    named, said = read.named, read.said
    low = read.title.lower()
    law, deal = bool(cues.LAW.search(low)), float(bool(cues.DEAL.search(low)))
    near = len({mention.concept for mention in named.near})
    ideas = len({mention.concept for mention in named.subjects})
    found = {
        "bias": 1.0,
        "title": float(bool(named.core)),
        "several": float(len(named.kinds) > 1),
        "near": float(min(ideas, _NEAR)),
        "near names": float(min(near - ideas, _NEAR)),
        "agents": float(min(read.agents[0], _NEAR)),
        "column": float(read.column),
        "lead": log1p(len(said.core)),
        "lead early": float(any(mention.start < _EARLY for mention in said.core)),
        "lead several": log1p(max(len(said.kinds) - 1, 0)),
        "lead alone": float(not named.core) * log1p(len(said.core)),
        "lead agents": log1p(read.agents[1]),
        "no text": float(len(read.lead) < _FEW),
        "law": float(law),
        "use": float(bool(cues.USE.search(low))),
        "lead use": log1p(len(cues.USE.findall(read.lead.lower()))),
        "deal": deal,
        "deal on the market": deal * float(bool(read.other["market"][0])),
        "boss": float(bool(cues.BOSS.search(low))),
        "series": float(in_series(read.title)),
        "english": float(read.english),
        "maker": float(read.maker),
    }
    for name, (in_title, in_lead) in read.other.items():
        found[name] = 0.0 if law and name in _UNMASKED else float(min(len(in_title), _MOST))
        found[f"lead {name}"] = log1p(len(in_lead))
    return found


def _words(document: Document, weights: Weights) -> dict[str, float]:
    """What single words say, by word."""
    found = wording(document)
    return {word: count * weights.words[word][0] for word, count in found.items() if word in weights.words}


def _odds(score: float) -> float:
    sure = min(max(score, _SURE), 1 - _SURE)
    return log(sure / (1 - sure))


def _reasons(read: _Read, words: Mapping[str, float]) -> tuple[str, ...]:
    """The words behind a judgement: concepts for; words of other news and weighty single words for and against."""
    speaking = [f"+{mention.words}" for mention in (*read.named.core, *read.named.near, *read.said.core)]
    against = [f"-{word}" for place in (0, 1) for found in read.other.values() for word in found[place]]
    weighty = sorted(
        (word for word in words if abs(words[word]) >= _WEIGHTY), key=lambda word: (-abs(words[word]), word)
    )
    single = [f"{'+' if words[word] > 0 else '-'}{word}" for word in weighty]
    return tuple(dict.fromkeys([*dict.fromkeys(speaking)][:_MOST] + against[:_MOST] + single))[:_REASONS]
