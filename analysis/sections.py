"""Which section of an issue an article belongs to: technology, industry, policy, public use or people.

A softmax over families of words in the title and the lead, over facts (who acts: a public body, a company, an
institute; is it law, is it abroad) and over single words. The families are ours; all weights were learnt at once from
headlines the project wrote and from labelled weeks (``benchmarks.lessons --write`` writes ``learnt_weights``). Nothing
hangs on one word: the section with the greatest sum wins, summed over the articles that tell the same event.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log1p
from types import MappingProxyType
from typing import get_args

import numpy as np

from analysis.learnt_weights import SECTION_FACTS, SECTION_WORDS
from analysis.mentions import Mentions
from analysis.public_bodies import is_abroad, public_act, public_voice
from analysis.tokens import body, plain
from analysis.vectors import Floats
from analysis.wording import Weights, weights_of, wording
from archive.records.incoming import Document
from archive.records.words import Section

SECTIONS: tuple[Section, ...] = get_args(Section)  # tech, industry, policy, public, people: the order of the weights

_LEAD = 400  # characters of the text that are read
_SAYS_NOTHING = (0.0,) * len(SECTIONS)
_SHORT = 20  # fewer are no text
_MOST = 3  # more words of one family in a title say no more
_TWO = 2  # more public bodies neither


@dataclass(frozen=True, slots=True)
class Cue:
    """A family of words."""

    name: str
    words: str


CUES = (
    Cue(
        "models",
        r"모델|gpt|클로드|제미나이|llm|오픈소스|파라미터|매개변수|벤치마크|성능|추론|논문|연구진|연구팀|알고리즘|개발했|models?\b|paper|benchmark|"
        r"parameter|inference|reasoning|research|open[- ]?source|학습",
    ),
    Cue(
        "making",
        r"코딩|코드|개발자|프롬프트|컴파일러|개발기|라이브러리|플러그인|도구|cli\b|api\b|sdk|mcp|깃허브|github|프레임워크|워크플로|엔지니어링|code|coding|"
        r"developer|engineer|compiler|agents?\b|rust\b|python|show (?:hn|gn)|plugin|tool|사용기|만든|만들|팁|guide|"
        r"how to|building|design",
    ),
    Cue(
        "launches",
        r"출시|공개|선보|탑재|업데이트|기능|앱\b|서비스|launch|release|feature|app\b|preview|available",
    ),
    Cue(
        "deals",
        r"투자|인수|유치|시리즈|협약|mou|맞손|손잡|협력|동맹|파트너|제휴|계약|수주|공급|출하|양산|고객사|acqui|rais|fund|partner|deal|billion|"
        r"invest",
    ),
    Cue(
        "business",
        r"매출|실적|영업이익|시장|점유율|주가|증시|상장|기업가치|조원|억원|억달러|비용|가격|적자|흑자|빅테크|스타트업|기업|산업|생태계|사업|전략|대표|회장|ceo|컨콜|경쟁|"
        r"market|startup|company|ceo|revenue|business|enterprise|valuation|industry",
    ),
    Cue(
        "chips",
        r"반도체|hbm|gpu|npu|칩|메모리|데이터센터|엔비디아|하이닉스|삼성|서버|전력|chip|nvidia|data center|memory",
    ),
    Cue(
        "government",
        r"정부|장관|부총리|차관|대통령|국회|의원|위원회|정책|과기정통부|과기부|행안부|산업부|중기부|금융위|개인정보위|공정위|범정부|예산|국가|공모|전략회의|국정|특구|지원사업|수석|"
        r"총리|government|minister|congress|senate|president|policy|federal|administration",
    ),
    Cue(
        "rules",
        r"법안|기본법|규제|법률|입법|거버넌스|저작권|소송|고소|판결|재판|위반|금지|제재|관세|주권|민주주의|law\b|laws\b|regulat|court|lawsuit|"
        r"copyright|governance|ban\b|bans\b|donat|super pac|election|ethic|윤리",
    ),
    Cue(
        "places",
        r"[가-힣]{1,4}(?:시|구|군|도)(?=[,·…\s]|가|는|의|에|$)|구청|시청|도청|군청|지자체|지방정부|자치구|교육청|경자청|주민|시민|구민|도민|어르신|독거|노인|"
        r"복지|돌봄|민원|행정|공공|공무원",
    ),
    Cue(
        "public services",
        r"공사|공단|코레일|소방|항만|부산항|철도|지하철|버스|도로|교통|하수|상수도|재난|cctv|보건소|도서관|스마트시티|법원|재판지원|검찰청|부동산원|국방|군부대|시범운영|"
        r"무료 운행|public sector|city\b|citizen",
    ),
    Cue(
        "learning",
        r"교육|인재|양성|학생|청소년|초등|중학|고등학|대학|대학생|교사|교수|캠프|수료|강의|수강|아카데미|부트캠프|학교|수능|과정|멘토|챌린지|경진대회|해커톤|공모전|교과서|"
        r"school|student|education|university|teacher|course|learn",
    ),
    Cue(
        "work",
        r"채용|일자리|인턴|취업|해고|감원|실업|직장|직원|신입|구직|노동|노조|직무|인력|고용|커리어"
        r"|jobs?\b|hiring|layoff|worker|career|"
        r"workforce|employ",
    ),
    Cue(
        "people",
        r"피로|불안|공포|심리|외로움|중독|정신|마음|인간|사람들?|세대|인문|철학|예술|종교|사랑|연애|우정|삶|사회|설문|인식|에세이|칼럼|생각|burnout|human|"
        r"people|life|mental|society|fear|loneliness",
    ),
    Cue(
        "acts",
        r"고시(?![가-힣])|시행령|시행규칙|제정|개정|의무(?:화|적|를|가|대상)|입법예고|본회의|법제화|기준\s?(?:확정|마련|제정|개정)|가이드라인|지침|행정명령|과징금|"
        r"조례|국정과제|종합계획|기본계획|executive order|\bbill\b|\bact\b|mandate",
    ),
    Cue(
        "crime",
        r"검찰|경찰|수사|구속|딥페이크|위조|사기|피싱|피소|털린|범죄|해킹|악용|허위|가짜|fraud|scam|deepfake|crime|hack",
    ),
    Cue(
        "safety",
        r"안전|보안|개인정보|privacy|safety|security",
    ),
    Cue(
        "defence",
        r"안보|군사|국방|미군|전쟁|무기|군부대|작전|핵\b|military|pentagon|defense|warfare|weapon",
    ),
)
_PATTERNS = tuple(re.compile(cue.words) for cue in CUES)
_INSTITUTE = re.compile(
    r"^\W*(?:[가-힣A-Za-z·]{1,12}\s?)?(?:대학교?|대|KAIST|카이스트|포스텍|POSTECH|GIST|DGIST|UNIST|ETRI|KIST|[가-힣]{2,8}연구원|연구팀|연구진|연구소|병원)"
    r"(?=[\s,·…\"“‘']|팀|진)|연구진|연구팀|국내\s연구|학술지|네이처|사이언스",
)
_AMOUNT = re.compile(r"\d\s?(?:조|억|만)\s?(?:원|달러|엔|위안|弗|명)?|\$\s?\d|\d\s?(?:billion|million|bn)\b|\d+%")
_OPINION = re.compile(
    r"\[[^\]]*(?:사설|칼럼|시론|기고|포럼|기자수첩|시선|논단|광장|톡|데스크|오피니언)[^\]]*\]|어떻게\s|왜\s|할까\??$|\?$"
)
_HOW_TO = re.compile(
    r"하기$|만들기|방법$|정리$|후기$|사용기|가이드|튜토리얼|입문|이해하기|회고|일차|^(?:how|why|what|building|the|a|an)\s|show\s(?:hn|gn)|\s[-–:]\s|^[^:]{2,24}:\s",
    re.IGNORECASE,
)
_JUSTICE = re.compile(
    r"경찰|검찰|법원|대법|재판|구속|수사|혐의|고소|피소|기소|소송|처벌|court|police|judge|lawsuit|sues?\b",
    re.IGNORECASE,
)
_AT_THE_START = 3  # characters before a subject: a quotation mark, a bracket

FACTS = (
    "organisations", "products", "public bodies", "public bodies in the lead", "local governments",
    "local governments in the lead", "english", "no text", "makers", "public act", "public voice", "abroad",
    "company first", "institute", "amounts", "opinion", "how to", "justice",
)  # fmt: skip
NAMES = (*(cue.name for cue in CUES), *(f"{cue.name} in the lead" for cue in CUES), *FACTS)
# Not learnt: an act with legal force is policy whatever field it regulates.
SET: Mapping[str, tuple[float, ...]] = MappingProxyType({"acts": (-0.6, -0.8, 2.0, 0.0, -1.0)})
_MAKING_ROLES = frozenset(("lab", "research", "community"))
_LOCAL = ("시", "구", "군", "도")  # local governments are places; the other public bodies are government


@lru_cache(maxsize=1)
def learnt() -> Weights:
    """The weights that file."""
    return weights_of(SECTION_FACTS, SECTION_WORDS)


def section_of(documents: Sequence[Document], mentions: Mentions, weights: Weights | None = None) -> Section:
    """The likeliest section of the articles that tell one event."""
    said = np.sum([leanings(document, mentions, weights) for document in documents], axis=0)
    return SECTIONS[int(np.argmax(np.round(said, 6)))]  # equals stay equal, however they were added up


def leanings(document: Document, mentions: Mentions, weights: Weights | None = None) -> Floats:
    """How far an article leans to each section: logits, in the order of ``SECTIONS``."""
    weights = weights or learnt()
    facts = np.array([SET.get(name, weights.facts[name]) for name in NAMES])
    said: Floats = np.array(weights.facts["bias"]) + evidence_of(document, mentions) @ facts
    for word, count in wording(document).items():
        said = said + count * np.array(weights.words.get(word, _SAYS_NOTHING))
    return said


def evidence_of(document: Document, mentions: Mentions) -> Floats:
    """What is known of an article besides its single words, in the order of ``NAMES``."""
    title, lead = plain(document.article.title), body(document.text)[:_LEAD]
    low, low_lead = title.lower(), lead.lower()
    in_title = [min(len(pattern.findall(low)), _MOST) for pattern in _PATTERNS]
    in_lead = [log1p(len(pattern.findall(low_lead))) for pattern in _PATTERNS]
    return np.array([*in_title, *in_lead, *_facts(document, title, lead, mentions)])


def _facts(document: Document, title: str, lead: str, mentions: Mentions) -> Iterator[float]:
    """The numbers of ``FACTS``."""
    article, named, said = document.article, _kinds(title, mentions), _kinds(lead, mentions)
    yield from (float(min(named.count(kind), _MOST)) for kind in ("org", "product"))
    yield from (float(min(kinds.count(kind), _TWO)) for kind in ("government", "local") for kinds in (named, said))
    yield from (article.lang == "en", len(lead) < _SHORT, article.role in _MAKING_ROLES)
    yield public_act(title, mentions)
    yield float(public_voice(lead, mentions))
    yield float(is_abroad(title))
    first = next((one for one in mentions.occurrences(title) if one.start < _AT_THE_START), None)
    yield float(bool(first and mentions.concepts[first.concept].kind == "org"))
    yield float(bool(_INSTITUTE.search(title)))
    yield float(min(len(_AMOUNT.findall(title)), _TWO))
    yield from (float(bool(pattern.search(title))) for pattern in (_OPINION, _HOW_TO, _JUSTICE))


def _kinds(text: str, mentions: Mentions) -> list[str]:
    named = [mentions.concepts[mention.concept] for mention in mentions.occurrences(text)]
    return ["local" if one.kind == "government" and one.label.endswith(_LOCAL) else one.kind for one in named]
