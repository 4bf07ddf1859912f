"""Whole words that say what texts are about, as a person would write them.

Terms are good for comparing and bad for reading: Kiwi knows neither 오픈클로 nor 시댄스 and splits them. Here the
pieces are put together again: a word of the text, from its beginning up to where its nouns end (오픈클로가 → 오픈클로),
or the lexicon's own name for what is mentioned (앤스로픽, Anthropic → 앤트로픽).
"""

import re
from collections.abc import Iterator

from analysis.mentions import Mentions
from analysis.tokens import body, plain
from archive.records.incoming import Document

_SHORTENED = re.compile(r"(?s).{0,240}(?!\w)")  # the beginning of a text, where its subject is named; no half word
_BRACKETED = re.compile(r"[\[【〔<〈][^\]】〕>〉]{1,20}[\]】〕>〉]")  # column names, tags
_VERSION = re.compile(r"v?\d+(?:\.\d+){1,3}(?:[-+.]\w+)*")  # a list of changes: of its many words none is its subject
_WORD = re.compile(r"[0-9A-Za-z가-힣]+(?:[-.][0-9A-Za-z]+)*")
_HANGUL = re.compile("[가-힣]")
_NUMBER = re.compile(
    r"(?:제|약|총)?[\d.,%]+(?:천|만|억|조|년|월|일|원|명|개|배|달러|위|시|분|차|대|번|째|회|건|곳|세|호|종|주|기|층|인|p|조원|년대|㎞|km)*"
)
# A word may go on with particles and endings after its nouns, with nothing else.
_SUFFIX = re.compile("[화성적력률율형용급별](?![가-힣]{2})|[화성](?=[하되돼시])")  # 자동화, 생산성: part of the word
_PARTICLE_NOUNS = frozenset("서은의이가도만와과로라")  # 경남서: Kiwi reads 서 as a noun, the writer meant 에서
_ENDING = re.compile(
    r"(?:이|가|은|는|을|를|의|에|와|과|도|로|으로|만|서|에서|에게|까지|부터|보다|처럼|이나|이라|라|이며|며|이고|고|란|이란|들|"
    r"하|한|할|해|했|된|될|돼|됐|되|하는|되는|한다|했다|된다|됐다|하고|하며|하기|하면|해야|하자|시키|시킨|"
    r"인|이다|입니다|합니다|했습니다|됩니다|씨|측|님|요|야|여|께서)*"
)
_MANNER = re.compile("[가-힣][^실추목]적$")  # 전략적, 논리적: how, never what
_SHORTEST = 2
_LONGEST = 12  # letters of a noun
# What every other headline says: never what a story is about.
_IDLE_WORDS = """
공개 출시 발표 도입 추진 개최 진행 확대 강화 지원 참여 참가 협력 협약 체결 선정 시작 본격 본격화 가동 구축 개발
적용 활용 제공 운영 기술 기업 시장 서비스 산업 사업 시대 세계 글로벌 국내 최초 최대 최고 올해 내년 지난해 이번 오늘
최근 전망 분석 경쟁 미래 혁신 전략 계획 관련 대한 위한 통한 업계 분야 성장 투자 규모 사용 이용 문제 방안 대상 기반
중심 핵심 가능 필요 주목 기대 우려 논란 이유 방법 사람 대표 회장 사장 부회장 한국 미국 중국 일본 정부 대통령 장관
의원 기자 뉴스 단독 속보 종합 영상 사진 인터뷰 칼럼 사설 기고 특징주 주가 증시 상승 하락 급등 급락 돌파 목표 매출
실적 영업이익 분기 상반기 하반기 효과 능력 결과 내용 상황 정도 수준 이상 이하 이후 이전 직접 함께 모두 지금 하나
처음 다시 통해 따라 대비 기능 제품 모델 고객 사용자 개발자 직원 전문가 사회 경제 문화 교육 데이터 시스템 플랫폼
솔루션 프로그램 프로젝트 오픈 소식 도구 방식 구조 코드 작업 공유 소개 이야기 생각 질문 설명 정리 후기 소프트웨어
웹 앱 서버 모드 버전 업데이트 설 설날 연휴 명절 ai 인공지능 생성형 지능 디지털 it ict tech 에이아이 new how why
what model models agent agents data software code coding tools tool app apps build building built using use users
user guide open source world company companies make makes work works working time year years first better best
good need needs like know get gets way ways developers developer engineering system systems platform research
learning introducing announces announcing launches launched release released update updates today week day people
human humans future part real real-time english korean language free team teams web api test testing production
power run running don't can't opinion exclusive ceo cfo us eu uk sw it's
"""
_IDLE = frozenset(_IDLE_WORDS.split())


def phrases(document: Document, mentions: Mentions, nouns: frozenset[str]) -> tuple[str, ...]:
    """What a document names in its title, then in its lead: concepts by their label, other words as written.

    Under a title that is but a version number, only products and models.
    """
    title = _BRACKETED.sub(" ", plain(document.article.title))
    lead = _SHORTENED.match(body(document.text))
    if _VERSION.fullmatch(title.strip()):
        return tuple(dict.fromkeys(_things(lead[0] if lead else "", mentions)))
    found = [*_named(title, mentions, nouns), *_named(lead[0] if lead else "", mentions, nouns)]
    return tuple(dict.fromkeys(found))


def _things(text: str, mentions: Mentions) -> Iterator[str]:
    """The products and models a text names."""
    for mention in mentions.occurrences(plain(text)):
        if mentions.concepts[mention.concept].kind in ("product", "model"):
            yield mentions.subject(mention.concept)


def nouns_of(document: Document) -> frozenset[str]:
    """The terms a document's words are put together from."""
    return frozenset((*document.tokens.title, *document.tokens.text))


def is_idle(phrase: str) -> bool:
    """Whether a phrase says nothing by itself."""
    return phrase.lower() in _IDLE or bool(_MANNER.search(phrase))


def _named(text: str, mentions: Mentions, nouns: frozenset[str]) -> Iterator[str]:
    """The concepts a text names, then its other words."""
    rest = plain(text)
    for mention in mentions.occurrences(rest):
        yield mentions.subject(mention.concept)
        end = mention.start + len(mention.words)
        rest = rest[: mention.start] + " " * len(mention.words) + rest[end:]
    yield from _words(rest, nouns)


def _words(text: str, nouns: frozenset[str]) -> Iterator[str]:
    for written in _WORD.findall(text):
        word = _stem(written, nouns) if _HANGUL.search(written) else _latin(written, nouns)
        if len(word) >= _SHORTEST and not is_idle(word) and not _NUMBER.fullmatch(word):
            yield word


def _latin(written: str, nouns: frozenset[str]) -> str:
    """A Latin word that is a term, or is made of terms (GPT-5.3-Codex)."""
    low = written.lower()
    return written if low in nouns or all(part in nouns for part in low.split("-")) else ""


def _stem(written: str, nouns: frozenset[str]) -> str:
    """A Korean word up to the end of its nouns; nothing when the rest is more than particles and endings."""
    low = written.lower()
    end = last = 0
    while longer := next((n for n in range(min(_LONGEST, len(low) - end), 0, -1) if low[end : end + n] in nouns), 0):
        end, last = end + longer, longer
    if suffix := _SUFFIX.match(written, end) if end else None:
        end = suffix.end()
    elif last == 1 and end > _SHORTEST and written[end - 1] in _PARTICLE_NOUNS:
        end -= 1
    return written[:end] if end and _ENDING.fullmatch(written[end:]) else ""
