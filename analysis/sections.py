"""Which section of an issue an article belongs to: technology, industry, policy, public use or people.

A softmax over families of words in the title and the lead. The families are ours; the weights were fitted once on a
labelled week and rounded. Nothing hangs on one word: the section with the greatest sum wins.
"""

import re
from dataclasses import dataclass
from math import log1p
from typing import get_args

import numpy as np

from analysis.mentions import Mentions
from analysis.tokens import body, plain
from analysis.vectors import Floats
from archive.records.incoming import Document
from archive.records.words import Section

SECTIONS: tuple[Section, ...] = get_args(Section)  # tech, industry, policy, public, people: the order of the weights
Weights = tuple[float, float, float, float, float]

_LEAD = 400  # characters of the text that are read
_SHORT = 20  # fewer are no text
_MOST = 3  # more words of one family in a title say no more


@dataclass(frozen=True, slots=True)
class Cue:
    """A family of words and what one of them in the title, or many in the lead, say for each section."""

    name: str
    words: str
    title: Weights
    lead: Weights


CUES = (
    Cue(
        "models",
        r"모델|gpt|클로드|제미나이|llm|오픈소스|파라미터|매개변수|벤치마크|성능|추론|논문|연구진|연구팀"
        r"|알고리즘|개발했|models?\b|paper|benchmark|parameter|inference|reasoning|research"
        r"|open[- ]?source|학습",
        title=(0.3, -0.2, 0.5, -0.5, -0.1),
        lead=(1.3, -0.3, -0.5, -0.4, -0.1),
    ),
    Cue(
        "making",
        r"코딩|코드|개발자|프롬프트|컴파일러|개발기|라이브러리|플러그인|도구|cli\b|api\b|sdk|mcp|깃허브"
        r"|github|프레임워크|워크플로|엔지니어링|code|coding|developer|engineer|compiler|agents?\b|rust\b"
        r"|python|show (?:hn|gn)|plugin|tool|사용기|만든|만들|팁|guide|how to|building|design",
        title=(0.8, -0.3, -0.5, -0.5, 0.6),
        lead=(1.0, -0.6, -0.2, -0.4, 0.2),
    ),
    Cue(
        "launches",
        r"출시|공개|선보|탑재|업데이트|기능|앱\b|서비스|launch|release|feature|app\b|preview|available",
        title=(0.7, 0.6, -1.3, 0.3, -0.4),
        lead=(0.0, 0.9, -0.6, 0.6, -1.0),
    ),
    Cue(
        "deals",
        r"투자|인수|유치|시리즈|협약|mou|맞손|손잡|협력|동맹|파트너|제휴|계약|수주|공급|출하|양산|고객사"
        r"|acqui|rais|fund|partner|deal|billion|invest",
        title=(-0.7, 1.0, -0.5, -0.4, 0.7),
        lead=(-0.1, 0.1, 0.2, -0.1, -0.1),
    ),
    Cue(
        "business",
        r"매출|실적|영업이익|시장|점유율|주가|증시|상장|기업가치|조원|억원|억달러|비용|가격|적자|흑자"
        r"|빅테크|스타트업|기업|산업|생태계|사업|전략|대표|회장|ceo|컨콜|경쟁|market|startup|company|ceo"
        r"|revenue|business|enterprise|valuation|industry",
        title=(-1.5, 1.1, 0.3, -0.5, 0.7),
        lead=(-0.6, 0.4, 0.1, 0.0, 0.1),
    ),
    Cue(
        "chips",
        r"반도체|hbm|gpu|npu|칩|메모리|데이터센터|엔비디아|하이닉스|삼성|서버|전력|chip|nvidia|data center"
        r"|memory",
        title=(0.4, 0.8, -0.2, -0.4, -0.5),
        lead=(-0.2, 0.1, 0.4, -0.1, -0.2),
    ),
    Cue(
        "government",
        r"정부|장관|부총리|차관|대통령|국회|의원|위원회|정책|과기정통부|과기부|행안부|산업부|중기부|금융위"
        r"|개인정보위|공정위|범정부|예산|국가|공모|전략회의|국정|특구|지원사업|수석|총리|government"
        r"|minister|congress|senate|president|policy|federal|administration",
        title=(-0.2, -1.2, 1.0, 0.6, -0.2),
        lead=(-0.5, -0.6, 1.2, 0.6, -0.7),
    ),
    Cue(
        "rules",
        r"법안|기본법|규제|법률|입법|시행령|가이드라인|윤리|거버넌스|저작권|소송|고소|판결|재판|검찰|경찰"
        r"|수사|구속|위반|금지|제재|관세|안보|군사|국방|미군|전쟁|무기|딥페이크|조작|위조|사기|피소|주권"
        r"|안전|개인정보|law|regulat|court|lawsuit|copyright|ethic|governance|safety|ban\b|military"
        r"|pentagon|privacy|donat|super pac|election",
        title=(-0.4, -0.3, 1.6, -0.2, -0.6),
        lead=(-0.2, 0.1, 0.6, -0.2, -0.2),
    ),
    Cue(
        "places",
        r"[가-힣]{1,4}(?:시|구|군|도)(?=[,·…\s]|가|는|의|에|$)|구청|시청|도청|군청|지자체|지방정부|자치구"
        r"|교육청|경자청|주민|시민|구민|도민|어르신|독거|노인|복지|돌봄|민원|행정|공공|공무원",
        title=(-0.5, -0.6, 0.0, 0.9, 0.3),
        lead=(-0.5, 0.0, 0.0, 0.8, -0.2),
    ),
    Cue(
        "public services",
        r"공사|공단|코레일|소방|항만|부산항|철도|지하철|버스|도로|교통|하수|상수도|재난|cctv|보건소|도서관"
        r"|스마트시티|법원|재판지원|검찰청|부동산원|국방|군부대|시범운영|무료 운행|public sector|city\b"
        r"|citizen",
        title=(-0.4, -0.3, -0.6, 1.6, -0.2),
        lead=(0.1, -0.5, 0.1, 0.4, 0.0),
    ),
    Cue(
        "learning",
        r"교육|인재|양성|학생|청소년|초등|중학|고등학|대학|대학생|교사|교수|캠프|수료|강의|수강|아카데미"
        r"|부트캠프|학교|수능|과정|멘토|챌린지|경진대회|해커톤|공모전|교과서|school|student|education"
        r"|university|teacher|course|learn",
        title=(-0.2, -1.2, 0.0, -0.3, 1.6),
        lead=(-0.2, -0.2, -0.1, -0.7, 1.3),
    ),
    Cue(
        "work",
        r"채용|일자리|인턴|취업|해고|감원|실업|직장|직원|신입|구직|노동|노조|직무|인력|고용|커리어"
        r"|개발자 채용|jobs?\b|hiring|layoff|worker|career|workforce|employ",
        title=(-0.9, 0.0, -0.2, -0.5, 1.6),
        lead=(-0.7, -0.3, -0.4, 0.5, 0.9),
    ),
    Cue(
        "people",
        r"피로|불안|공포|심리|외로움|중독|정신|마음|인간|사람들?|세대|인문|철학|예술|종교|사랑|연애|우정"
        r"|삶|사회|설문|인식|에세이|칼럼|생각|burnout|human|people|life|mental|society|fear|loneliness",
        title=(0.0, 0.0, 0.0, -0.7, 0.7),
        lead=(0.7, -0.6, 0.3, -0.7, 0.3),
    ),
)
_PATTERNS = tuple(re.compile(cue.words) for cue in CUES)
_TITLE, _IN_LEAD = np.array([cue.title for cue in CUES]), np.array([cue.lead for cue in CUES])
_BIAS: Weights = (0.8, 1.7, -0.3, -1.3, -0.8)
_GOVERNMENT_TITLE: Weights = (0.0, -0.9, 0.9, 0.5, -0.4)
_GOVERNMENT_LEAD: Weights = (-0.6, 0.0, 0.5, 1.0, -0.9)
_ORGANISATION: Weights = (0.3, 0.7, 0.4, -1.4, 0.1)
_PRODUCT: Weights = (0.4, 1.0, -0.6, -0.2, -0.5)
_ENGLISH: Weights = (1.1, -1.1, -0.1, -0.4, 0.5)
_NO_TEXT: Weights = (-0.1, -0.4, 0.1, 0.8, -0.4)
_MAKERS: Weights = (1.0, -0.7, 0.0, 0.0, 0.0)  # what laboratories, researchers and developers write themselves
_NAMES = np.array([_ORGANISATION, _PRODUCT, _GOVERNMENT_TITLE, _GOVERNMENT_LEAD])
_KIND = np.array([_BIAS, _ENGLISH, _NO_TEXT, _MAKERS])
_MAKING_ROLES = frozenset(("lab", "research", "community"))
_LOCAL = ("시", "구", "군", "도")  # local governments are places; the other public bodies are government


def section_of(document: Document, mentions: Mentions) -> Section:
    """The likeliest section."""
    title, lead = plain(document.article.title), body(document.text)[:_LEAD]
    said = _of_words(title.lower(), lead.lower()) + _of_names(title, lead, mentions) + _of_kind(document, lead)
    return SECTIONS[int(np.argmax(np.round(said, 6)))]  # equals stay equal, however they were added up


def _of_words(title: str, lead: str) -> Floats:
    """What the families of words say for each section."""
    in_title = [min(len(pattern.findall(title)), _MOST) for pattern in _PATTERNS]
    in_lead = [log1p(len(pattern.findall(lead))) for pattern in _PATTERNS]
    return np.asarray(in_title @ _TITLE + in_lead @ _IN_LEAD)


def _of_names(title: str, lead: str, mentions: Mentions) -> Floats:
    """What the organisations, products and public bodies named say."""
    named, said = _kinds(title, mentions), _kinds(lead, mentions)
    counts = [
        min(named.count("org"), _MOST),
        min(named.count("product"), _MOST),
        min(named.count("government"), 2),
        min(said.count("government"), 2),
    ]
    return np.asarray(counts @ _NAMES)


def _of_kind(document: Document, lead: str) -> Floats:
    """What the article itself is."""
    article = document.article
    facts = [True, article.lang == "en", len(lead) < _SHORT, article.role in _MAKING_ROLES]
    return np.asarray(np.array(facts, dtype=float) @ _KIND)


def _kinds(text: str, mentions: Mentions) -> list[str]:
    named = [mentions.concepts[mention.concept] for mention in mentions.occurrences(text)]
    return [one.kind for one in named if not (one.kind == "government" and one.label.endswith(_LOCAL))]
