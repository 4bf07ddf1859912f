"""The named parts of a story's score, each 0 to 1: what is known of a story that makes it matter, or not.

What speaks for a story:

- ``spread``: how many publisher families told it in words of their own (logarithmic; twelve or more are 1).
- ``depth``: how much was written, copies aside (logarithmic; twenty or more articles are 1).
- ``public``: a public body acts in the headline (1), is named there or speaks in the text (less).
- ``programme``: what that body does is public money, a call, a roll-out or a rule: something to join or to follow.
- ``use``, ``policy``, ``technical``: the section is public use, policy or technology.
- ``duty``: it touches the city's duties (one is .7, two or more are 1).
- ``model``: an AI model or product is named in the headline (.3) and comes out (1).
- ``risk``: what harms, is abused, leaks or is forbidden: others must know of it.
- ``primary``: the source itself speaks (ministry, laboratory, institute).
- ``momentum``: its topic is new or rising (1), steady (.3).
- ``freshness``: halves every week since the last article.

What speaks against it (weights below zero):

- ``market``: share prices and stock tips. - ``release``: a company tells of itself, and outlets print it.
- ``opinion``: columns, interviews, pictures. - ``foreign``: no Korean article (half for a maker's new model).
- ``politics``: candidates and parties.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log

from analysis.labels import clean_headline, is_opinion, is_roundup
from analysis.mentions import Mentions
from analysis.public_bodies import is_abroad, public_act, public_voice
from analysis.releases import opening_of, release_likeness
from analysis.tokens import plain
from analysis.voices import voices
from archive.records.findings import Story
from archive.records.incoming import Document
from archive.records.words import TrendClass

_MANY_FAMILIES, _MANY_ARTICLES = 12, 20
_HALF_LIFE = timedelta(days=7)
_PRIMARY = frozenset(("government", "lab", "research"))
_MOMENTUM: Mapping[TrendClass | None, float] = {"new": 1.0, "rising": 1.0, "steady": 0.3}
_MARKET = re.compile(
    r"주가|증시|코스피|코스닥|나스닥|뉴욕증시|월가|특징주|테마주|관련주|수혜주|목표가|투자의견|급등|급락|상한가|하한가|"
    r"매수|매도|순매수|개미|주주|배당|상장|IPO|시총|시가총액|ETF|펀드|실적|영업익|영업이익|매출|흑자|적자|부자|투자자|株|비트코인|가상\s?(?:화폐|자산)|금리|"
    r"shares|stocks?\b|Wall Street|Nasdaq|earnings|quarterly|rally|sell-?off",
    re.IGNORECASE,
)
_RISK = re.compile(
    r"해킹|(?<!인재\s)(?<!두뇌\s)(?<!인재)(?<!두뇌)유출|악성코드|취약점|"
    r"보안\s?(?:결함|구멍|위협|사고|비상|경고)|사칭|딥페이크|위조|사기|보이스피싱|피싱|침해|표절|오남용|악용|편향|"
    r"환각|오작동|먹통|장애|금지령?|사용\s?제한|차단|철회|소송|피소|피해|주의보|중독|유해|허위|감시|"
    r"malware|leak|breach|vulnerab|exploit|jailbreak|scam|fraud|lawsuit|sued?\b|banned|bans\b|outage|misuse|deepfake",
    re.IGNORECASE,
)
_PROGRAMME = re.compile(
    r"지원\s?사업|공모|보조금|바우처|예산|[억조]\s?원?\s?(?:규모|투입|지원|편성)|전\s?(?:부처|국)|확대|신설|의무화|시행|통과|제정|개정|"
    r"가이드라인|지침|기본계획|로드맵|규제\s?(?:특례|샌드박스|완화)|특구|선정"
)
_NOTICE = re.compile(r"^\s*[\[<(【〈]\s*(?:인사|부고|동정|게시판|알림|모십니다|신간)")
_COMES_OUT = re.compile(
    r"출시|공개|선보|내놓|내놨|나온다|나왔다|발표|업데이트|업그레이드|등장|배포|오픈소스|오픈\s?웨이트|"
    r"introduc|launch|releas|announc|unveil|debut|available|open[- ](?:source|weight)|preview|upgrade",
    re.IGNORECASE,
)
_NUMBER = r"[\s\u2010-\u2014-]?\d+(?:\.\d+)?(?!,?\d|[년월일조억만천백개곳명원%배위종차건회대분초시주인세달])"
_VERSION = re.compile(rf"(?<![A-Za-z가-힣])[A-Za-z]+(?!\s){_NUMBER}")  # GPT-5.3, M2.5; not Feb 16
_NEXT_VERSION = re.compile(_NUMBER)  # after a name: 제미나이 3.1
_ATTACHED = re.compile(r"(?<=[a-z])(?=\d)")  # Qwen3.5 is Qwen
_MODEL = re.compile(r"모델|\bmodels?\b", re.IGNORECASE)
_MAKING = frozenset(("lab", "research"))  # who tells of a model with its version comes out with it
_ITSELF = re.compile(r"^[^:,]{0,30}\d[^:,]{0,12}:")  # "Qwen3.5: …"
_MENTIONED, _PROBABLY_OUT = 0.3, 0.8
_SPEAKS = 0.5  # a public body that the text begins with
_PUBLIC_PARDONS = 0.7  # of a release's likeness: a public body's own word is what a city reads for


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
    told_by, public, model = voices(case.documents), _public(case.documents, mentions), _model(case, mentions)
    return {
        "spread": _scaled(told_by, _MANY_FAMILIES),
        "depth": _scaled(len(case.documents), _MANY_ARTICLES),
        "public": public,
        "programme": public * _share(titles, lambda title: bool(_PROGRAMME.search(title))),
        "use": float(story.section == "public"),
        "policy": float(story.section == "policy"),
        "technical": float(story.section == "tech"),
        "duty": (0.0, 0.7, 1.0)[min(len(story.duties), 2)],
        "model": model,
        "risk": _share(titles, lambda title: bool(_RISK.search(title))),
        "primary": float(any(one.article.role in _PRIMARY for one in case.documents)),
        "momentum": _MOMENTUM.get(case.trend, 0.0),
        "freshness": 0.5 ** (max(timedelta(), until - story.last_seen) / _HALF_LIFE),
        "market": _share(titles, lambda title: bool(_MARKET.search(title))),
        "release": release_likeness(case.documents, told_by) * (1 - _PUBLIC_PARDONS * public),
        "opinion": _share(titles, _is_no_news),
        "foreign": _foreign(case, launch=model == 1),
        "politics": float(story.politics),
    }


def _is_no_news(title: str) -> bool:
    """Whether a headline announces an opinion, several news at once, or who was appointed and who has died."""
    return is_opinion(title) or is_roundup(title) or bool(_NOTICE.search(title))


def _scaled(count: float, many: int) -> float:
    """0 for one, 1 for many, logarithmic between."""
    return min(1.0, log(count) / log(many)) if count > 1 else 0.0


def _share(titles: Sequence[str], says: Callable[[str], bool]) -> float:
    return sum(map(says, titles)) / len(titles)


def _foreign(case: Case, *, launch: bool) -> float:
    """Whether nobody told it in Korean; half as bad when its maker tells of a new model."""
    if any(one.article.lang == "ko" for one in case.documents):
        return 0.0
    return 0.5 if launch and any(one.article.role in _PRIMARY for one in case.documents) else 1.0


def _public(documents: Sequence[Document], mentions: Mentions) -> float:
    """Public bodies that act in the headlines or speak in the texts, on average."""
    return sum(_public_in(one, mentions) for one in documents) / len(documents)


def _public_in(document: Document, mentions: Mentions) -> float:
    title = clean_headline(document.article.title)
    speaks = public_voice(opening_of(document), mentions) and not is_abroad(title)
    return max(public_act(title, mentions), _SPEAKS if speaks else 0.0)


def _model(case: Case, mentions: Mentions) -> float:
    """Whether a model or product of AI comes out: told in the headline or by those who made it."""
    title = _ATTACHED.sub(" ", plain(case.story.label))
    told = [(mentions.concepts[one.concept], one.start + len(one.words)) for one in mentions.occurrences(title)]
    core = [(concept, end) for concept, end in told if concept.ai == "core"]
    named = [(concept, end) for concept, end in core if concept.kind in {"model", "product"}]
    makers = any(concept.kind == "org" for concept, _ in core)
    version = bool(_VERSION.search(title)) or any(_NEXT_VERSION.match(title, end) for _, end in named)
    out = bool(_COMES_OUT.search(title))
    makes = any(one.article.role in _MAKING for one in case.documents) or bool(_ITSELF.search(title))
    if (named or makers) and version and (out or makes):
        return 1.0
    if out and (any(concept.kind == "model" for concept, _ in named) or (makers and _MODEL.search(title))):
        return _PROBABLY_OUT
    return _MENTIONED if named else 0.0
