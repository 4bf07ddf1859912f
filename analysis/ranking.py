"""What comes first: a story's score is a sum of named parts, each 0 to 1, weighted by config's [ranking].

What speaks for a story:

- ``spread``: how many publisher families told it (logarithmic; twelve or more are 1).
- ``depth``: how much was written, copies aside (logarithmic; twenty or more articles are 1).
- ``public``: a public body acts or is acted upon in the headline, or the section is public administration or policy.
- ``duty``: it touches the city's duties (one is .7, two or more are 1).
- ``model``: the headline names an AI model or product (.4), with its version (1).
- ``primary``: the source itself speaks (ministry, laboratory, institute).
- ``momentum``: its topic is new or rising (1), steady (.3).
- ``freshness``: halves every week since the last article.

What speaks against it (weights below zero):

- ``market``: share prices and stock tips. - ``release``: events, awards, promotions told by one family.
- ``opinion``: columns, interviews, pictures. - ``foreign``: no Korean article. - ``politics``: candidates and parties.

``total`` is the weighted sum. Stories about AI come first, then by total, spread, time and id.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import log1p
from types import MappingProxyType

from analysis.labels import is_opinion, is_roundup
from analysis.mentions import Mentions
from archive.records.findings import Story
from archive.records.incoming import Document
from archive.records.words import TrendClass

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "spread": 2.0,
        "depth": 1.0,
        "public": 1.2,
        "duty": 1.0,
        "model": 0.6,
        "primary": 0.4,
        "momentum": 0.3,
        "freshness": 0.3,
        "market": -1.0,
        "release": -0.7,
        "opinion": -0.7,
        "foreign": -0.6,
        "politics": -1.5,
    }
)
_MANY_FAMILIES, _MANY_ARTICLES = 12, 20
_HALF_LIFE = timedelta(days=7)
_PRIMARY = frozenset(("government", "lab", "research"))
_MOMENTUM: Mapping[TrendClass | None, float] = {"new": 1.0, "rising": 1.0, "steady": 0.3}
_MARKET = re.compile(
    r"주가|증시|코스피|코스닥|나스닥|뉴욕증시|월가|특징주|테마주|관련주|수혜주|목표가|투자의견|급등|급락|상한가|하한가|"
    r"매수|매도|순매수|개미|주주|배당|상장|IPO|시총|시가총액|ETF|펀드|실적|영업익|영업이익|매출|흑자|적자|부자|투자자|株|"
    r"shares|stocks?\b|Wall Street|Nasdaq|earnings|quarterly|valuation|rally|sell-?off",
    re.IGNORECASE,
)
_RELEASE = re.compile(
    r"협약|MOU|맞손|손잡|업무제휴|파트너십|수상|성료|개최|참가|출품|전시|박람회|세미나|웨비나|컨퍼런스|콘퍼런스|이벤트|프로모션|할인|"
    r"경진대회|공모전|챌린지|해커톤|캠프|특강|기념|창립|임명|영입|선임|인증 획득|특허|모집|"
    r"webinar|award|sponsor|conference",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"(?<![가-힣])[가-힣]{1,6}(?:[부처청시군구도]|위원회|교육청|공사|공단|법원|검찰|경찰|국회)"
    r"(?=[,·…\s'\"’”]|서\s|에서|가\s|와\s)|"
    r"정부|지자체|공공|행정|민원|법원|판사|경찰|소방|국회|정책|규제|법안|기본법|국방부|대통령|부총리|장관|조례"
)
_VERSION = re.compile(r"(?<![A-Za-z가-힣])[A-Za-z가-힣]+[\s-]?\d+(?:\.\d+)?(?![\d년월일조억만개곳명원%])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a story is judged by."""

    story: Story
    documents: Sequence[Document]  # members at hand that are no copies, by time; never empty
    families: int
    trend: TrendClass | None  # of its topic, this week


def parts_of(case: Case, *, until: datetime, mentions: Mentions) -> dict[str, float]:
    """The named parts of a story's score, each 0 to 1."""
    story, titles = case.story, [one.article.title for one in case.documents]
    single = case.families < 2  # noqa: PLR2004 -- one family is what single means
    return {
        "spread": _scaled(case.families, _MANY_FAMILIES),
        "depth": _scaled(len(case.documents), _MANY_ARTICLES),
        "public": _public(story, titles, mentions),
        "duty": (0.0, 0.7, 1.0)[min(len(story.duties), 2)],
        "model": _model(story.label, mentions),
        "primary": float(any(one.article.role in _PRIMARY for one in case.documents)),
        "momentum": _MOMENTUM.get(case.trend, 0.0),
        "freshness": 0.5 ** (max(timedelta(), until - story.last_seen) / _HALF_LIFE),
        "market": _share(titles, lambda title: bool(_MARKET.search(title))),
        "release": _share(titles, lambda title: bool(_RELEASE.search(title))) if single else 0.0,
        "opinion": _share(titles, lambda title: is_opinion(title) or is_roundup(title)),
        "foreign": float(all(one.article.lang != "ko" for one in case.documents)),
        "politics": float(story.politics),
    }


def ranked(cases: Sequence[Case], weights: Mapping[str, float], *, until: datetime, mentions: Mentions) -> list[Story]:
    """The stories with their scores and ranks, first one first; weights not given are the usual ones."""
    used = {**WEIGHTS, **weights}
    scored = []
    for case in cases:
        parts = {name: round(value, 4) for name, value in parts_of(case, until=until, mentions=mentions).items()}
        total = round(sum(used[name] * value for name, value in parts.items()), 4)
        scored.append(replace(case.story, score={**parts, "total": total}))
    scored.sort(key=_order)
    return [replace(story, rank=place) for place, story in enumerate(scored, 1)]


def _order(story: Story) -> tuple[bool, float, float, float, str]:
    return not story.ai, -story.score["total"], -story.score["spread"], -story.last_seen.timestamp(), story.id


def _scaled(count: int, many: int) -> float:
    """0 for one, 1 for many, logarithmic between."""
    return min(1.0, log1p(count - 1) / log1p(many - 1))


def _share(titles: Sequence[str], says: Callable[[str], bool]) -> float:
    return sum(map(says, titles)) / len(titles)


def _public(story: Story, titles: Sequence[str], mentions: Mentions) -> float:
    """Public bodies in the headlines, or a section that is about them."""
    named = _share(titles, lambda title: bool(_PUBLIC.search(title)) or _names_government(title, mentions))
    by_section = {"public": 1.0, "policy": 0.7}.get(story.section or "", 0.0)
    return max(by_section, named * 0.8)


def _names_government(title: str, mentions: Mentions) -> bool:
    return any(mentions.concepts[found].kind == "government" for found in mentions.find(title))


def _model(headline: str, mentions: Mentions) -> float:
    """Models and products of AI in a headline: one is .4, with a version 1."""
    kinds = {"model", "product"}
    named = [
        found
        for found in mentions.occurrences(headline)
        if mentions.concepts[found.concept].kind in kinds and mentions.concepts[found.concept].ai == "core"
    ]
    if not named:
        return 0.0
    return 1.0 if _VERSION.search(headline) else 0.4
