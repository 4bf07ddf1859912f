"""Invented weeks of Korean AI news, as compose is given them: a full one, a quiet one, a first one."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from archive.records.editing import Edition, IssueStory, Told
from archive.records.findings import DutyMatch, Story, Topic, TopicWeek
from archive.records.incoming import Article
from archive.records.issue import Coverage, Issue
from archive.records.knowledge import Concept, Lexicon
from archive.records.words import ArticleId, Section, SourceId, StoryId, TopicId, TrendClass
from archive.weeks import Week
from digest.compose import compose

WEEK = Week(2026, 8)
MADE = datetime(2026, 2, 22, 21, 0, tzinfo=UTC)
EDITION = Edition(
    title="주간 AI 신기술 동향",
    organisation="한빛시 AI 전략분과위원회",
    zone="Asia/Seoul",
    max_items=12,
    places={"city": 5, "technology": 4, "talk": 3},
    links="original",
    contact="ai-team@hanbit.example",
)
LEXICON = Lexicon(
    concepts=(
        Concept(id="nuri", kind="org", label="누리랩", aliases=("누리랩", "NuriLab"), ai="core"),
        Concept(id="orbit", kind="org", label="오빗AI", aliases=("오빗AI", "Orbit AI"), ai="core"),
        Concept(id="orbit-4", kind="model", label="오빗-4", aliases=("오빗-4", "Orbit-4"), ai="core"),
        Concept(id="hansol", kind="org", label="한솔반도체", aliases=("한솔반도체",)),
    ),
    version="test",
)
COVERAGE = Coverage(
    checked=42,
    failed=2,
    silent=3,
    entries=4812,
    ai=386,
    stories=131,
    single=88,
    failing=("새별일보 IT", "Harbor AI Blog"),
    quiet=("한결신문 과학", "국가데이터원 소식", "Tern Research"),
)
ROLES: Mapping[str, Any] = {
    "과학기술부": "government",
    "디지털행정원": "government",
    "Orbit AI Blog": "lab",
    "arXiv": "research",
}


def code(*parts: object) -> str:
    """A stable id from any words."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:16]


def article(outlet: str, title: str, hour: float = 0.0, **changes: Any) -> Article:
    """An article of the week, so many hours after Monday 09:00 in Seoul."""
    moment = datetime(2026, 2, 16, tzinfo=UTC) + timedelta(hours=hour)
    key = code(outlet, title, hour)
    korean = any("가" <= sign <= "힣" for sign in title)
    facts: dict[str, Any] = {
        "id": ArticleId(key),
        "url": f"https://{code(outlet)[:6]}.example/news/{key}",
        "canonical": f"https://{code(outlet)[:6]}.example/news/{key}",
        "title": title,
        "lang": "ko" if korean else "en",
        "published": moment,
        "published_from": "feed",
        "seen": moment + timedelta(minutes=40),
        "authors": (),
        "outlet": outlet,
        "family": outlet,
        "source": SourceId(code("source", outlet)),
        "role": ROLES.get(outlet, "press"),
        "rights": "link",
        "extractor": "page:trafilatura",
        "candidate": True,
    }
    return Article(**facts | changes)


def story(
    rank: int,
    section: Section | None,
    titles: Sequence[tuple[str, str, float]],
    *,
    told: Sequence[tuple[int, str]] = (),
    duties: Sequence[tuple[str, Sequence[str]]] = (),
    topic: tuple[Topic, TopicWeek] | None = None,
    copies: Sequence[tuple[int, int]] = (),
    **changes: Any,
) -> IssueStory:
    """A story told by (outlet, title, hour) articles, the first of them leading."""
    members = tuple(article(*line) for line in titles)
    label = str(changes.pop("label", titles[0][1]))
    issued, fresh = changes.pop("issued", ()), changes.pop("fresh", len(members))
    facts: dict[str, Any] = {
        "id": StoryId(code("story", label, rank)),
        "label": label,
        "articles": tuple(a.id for a in members),
        "lead": members[0].id,
        "first_seen": min(a.moment for a in members),
        "last_seen": max(a.moment for a in members),
        "ai": True,
        "section": section,
        "score": {"spread": round(1 / rank, 3), "fresh": 0.4, "duty": 0.3 if duties else 0.0},
        "rank": rank,
        "duties": tuple(DutyMatch(name=name, words=tuple(words)) for name, words in duties),
        "topic": topic[0].id if topic else None,
    }
    return IssueStory(
        story=Story(**facts | changes),
        articles=members,
        duplicates={members[copy].id: members[original].id for copy, original in copies},
        told=tuple(Told(text=text, article=members[place].id) for place, text in told),
        topic=topic[0] if topic else None,
        topic_week=topic[1] if topic else None,
        issued=issued,
        fresh=fresh,
    )


def topic(
    label: str, trend: TrendClass, count: int, baseline: tuple[float | None, ...], z: float | None = None
) -> tuple[Topic, TopicWeek]:
    """A topic and its week."""
    key = TopicId(code("topic", label))
    first = datetime(2026, 1, 12, tzinfo=UTC)
    return (
        Topic(id=key, label=label, terms=tuple(label.split()), first_seen=first, stories=()),
        TopicWeek(
            topic=key,
            week=WEEK,
            count=count,
            by_source={},
            families=min(count, 6),
            stories=max(1, count // 3),
            terms=tuple(label.split()),
            trend=trend,
            baseline=baseline,
            z=z,
            rise=z,
        ),
    )


GUIDE = topic("AI 기본법 시행", "rising", 19, (4.0, 6.0, 5.0, 7.0), 3.4)
AGENTS = topic("민원 상담 AI", "new", 9, (0.0, 0.0, 0.0, 0.0), 4.1)
CHIPS = topic("AI 반도체·고대역폭 메모리", "steady", 14, (12.0, 15.0, 13.0, 14.0), 0.1)
CENTRES = topic("AI 데이터센터와 전력", "rising", 11, (2.0, 3.0, 4.0, 3.0), 2.9)
OPEN_MODELS = topic("공개 가중치 언어모델", "fading", 4, (9.0, 12.0, 8.0, 7.0), -2.2)
ROBOTS = topic("휴머노이드 로봇", "unknown", 5, (None, None, None, 2.0))
DRIVING = topic("자율주행 버스", "weak", 3, (0.0, 1.0, 0.0, 1.0), 1.2)
TOPICS = (GUIDE, AGENTS, CHIPS, CENTRES, OPEN_MODELS, ROBOTS, DRIVING)


def full_week() -> tuple[IssueStory, ...]:
    """Twelve stories worth telling and six that are not."""
    return (*_city(), *_policy_and_industry(), *_technology(), *_left_out())


def _city() -> tuple[IssueStory, ...]:
    return (
        story(
            2,
            "public",
            [
                ("새벽경제", "다온시, 민원 상담 AI 시범 운영 결과 공개…대기 시간 41% 줄어", 3),
                ("디지털행정원", "지방자치단체 민원 상담 인공지능 시범사업 결과 발표", 1),
                ("전자누리", '민원 상담 AI 도입한 다온시 "평균 대기 8분에서 4.7분으로"', 5),
                ("한들일보", "다온시 민원 AI 시범 결과 공개", 8),
                ("길벗뉴스", "다온시 민원 AI 시범 결과 공개", 9),
            ],
            told=[(1, "시범 운영한 12주 동안 전화 민원의 평균 대기 시간이 8.0분에서 4.7분으로 줄었다.")],
            duties=[("민원", ["민원 상담", "민원실"])],
            topic=AGENTS,
            copies=[(4, 3)],
        ),
        story(
            5,
            "public",
            [
                ("한들일보", "심야 자율주행버스 노선 두 곳으로 늘린다…교통약자 호출 시험", 30),
                ("모빌리티온", "라온시, 자율주행버스 심야 노선 확대", 33),
            ],
            duties=[("교통", ["자율주행버스", "교통약자"])],
            topic=DRIVING,
        ),
        story(
            9,
            "public",
            [
                ("복지타임스", "독거노인 안부 전화 맡은 AI, 석 달간 위기 징후 214건 알려", 52),
                ("새벽경제", "AI 안부 전화 석 달 성과", 55),
            ],
            duties=[("복지", ["독거노인", "안부 전화"])],
        ),
    )


def _policy_and_industry() -> tuple[IssueStory, ...]:
    return (
        story(
            1,
            "policy",
            [
                ("전자누리", "AI 기본법 시행령 고영향 AI 판단 기준 확정…공공 시스템 5종 점검 대상", 10),
                ("과학기술부", "인공지능기본법 시행령 고영향 인공지능 판단 기준 확정", 6),
                ("새벽경제", "고영향 AI 기준 나왔다", 11),
                ("한들일보", "AI 기본법 시행령 확정, 7월 적용", 14),
                ("길벗뉴스", "고영향 AI 판단 기준 확정", 20),
                ("Harbor Times", "South Korea finalises rules for high-impact AI", 31),
            ],
            told=[
                (
                    1,
                    "고영향 인공지능은 의료, 채용, 대출 심사 등 11개 영역에서 판단하고 공공 5종을 먼저 점검한다.",
                ),
                (1, "판단 기준은 7월 1일부터 적용하고 6개월의 계도 기간을 둔다."),
            ],
            topic=GUIDE,
        ),
        story(
            4,
            "industry",
            [
                ("새벽경제", '한솔반도체, 차세대 HBM 양산 석 달 앞당겨…"상반기 물량 모두 계약"', 22),
                ("전자누리", "한솔반도체 HBM 조기 양산", 23),
                ("경제나루", "한솔반도체, HBM 양산 3분기에서 2분기로", 26),
            ],
            topic=CHIPS,
        ),
        story(
            6,
            "industry",
            [
                ("Harbor Times", "Orbit AI raises $4 billion to build data centres in three countries", 12),
                ("경제나루", "오빗AI, 40억 달러 투자 유치…데이터센터 세 곳 짓는다", 26),
                ("전자누리", "오빗AI 5.8조 원 투자 유치", 29),
            ],
            label="Orbit AI raises $4 billion to build data centres in three countries",
            topic=CENTRES,
        ),
        story(
            10,
            "people",
            [
                ("교육나침반", "직업계고 40곳에 AI 실습 과정…교사 연수 먼저", 60),
                ("한들일보", "직업계고 AI 실습 과정 신설", 63),
            ],
        ),
        story(12, "policy", [("과학기술부", "독자 AI 파운데이션 모델 2차 평가 일정 공고", 70)]),
    )


def _technology() -> tuple[IssueStory, ...]:
    return (
        story(
            3,
            "tech",
            [
                ("Orbit AI Blog", "Introducing Orbit-4: longer context at a third of the price", 40),
                ("Harbor Times", "Orbit-4 undercuts rivals on price", 42),
                ("Circuit Weekly", "Orbit-4 is here, and it is cheap", 47),
            ],
        ),
        story(
            7,
            "tech",
            [
                ("전자누리", "누리랩, 휴대전화에서 도는 3B 한국어 모델 공개…인터넷 없이 음성 받아쓰기까지", 44),
                ("길벗뉴스", "누리랩 소형 한국어 모델 공개", 45),
                ("arXiv", "NuriLab-3B: an on-device Korean language model", 39),
            ],
            told=[(2, "We release NuriLab-3B, a Korean language model that runs on phones with 4 GB of memory.")],
            topic=OPEN_MODELS,
        ),
        story(
            8,
            "tech",
            [
                ("arXiv", "Measuring hallucination in public-service question answering", 20),
                ("Circuit Weekly", "Chatbots for city halls still invent rules, study finds", 50),
            ],
        ),
        story(
            11,
            "tech",
            [
                ("로봇누리", "이족 로봇, 물류창고 야간 근무 시험…8시간에 상자 1,100개", 66),
                ("새벽경제", "물류창고 야간 근무하는 로봇", 68),
            ],
            topic=ROBOTS,
        ),
    )


def _left_out() -> tuple[IssueStory, ...]:
    return (
        story(
            13,
            "industry",
            [("경제나루", "[특징주] 한솔반도체 장중 9% 급등", 24), ("증권나루", "한솔반도체 목표주가 상향", 25)],
        ),
        story(
            14, "policy", [("한들일보", "○○당 후보 AI 공약 발표", 30), ("새벽경제", "AI 공약 경쟁", 31)], politics=True
        ),
        story(
            15,
            "public",
            [("한들일보", "다온시 스마트 가로등 확대", 30), ("새벽경제", "스마트 가로등", 31)],
            issued=(Week(2026, 7),),
            fresh=0,
        ),
        story(16, None, [("길벗뉴스", "가전 신제품 행사", 30), ("새벽경제", "가전 행사", 31)], ai=False),
    )


def quiet_week() -> tuple[IssueStory, ...]:
    """Two small stories of a holiday week."""
    return (_technology()[2], _policy_and_industry()[4])


def issue_of(
    stories: Sequence[IssueStory], topics: Sequence[tuple[Topic, TopicWeek]] = TOPICS, **changes: Any
) -> Issue:
    """The issue composed from them."""
    facts: dict[str, Any] = {
        "number": 8,
        "revision": 1,
        "stories": stories,
        "topics": {pair[0].id: pair for pair in topics},
        "coverage": COVERAGE,
        "edition": EDITION,
        "made": MADE,
        "late": False,
        "lexicon": LEXICON,
    }
    return compose(WEEK, **facts | changes)
