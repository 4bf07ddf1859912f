from dataclasses import replace

import pytest

from analysis.mentions import Mentions
from analysis.ranking import PARTS, PERSPECTIVES, ranked, shares_of, weights_of
from analysis.scoring import Case, parts_of
from archive.records.findings import DutyMatch, Story
from archive.records.incoming import Document
from archive.records.knowledge import Lexicon
from archive.records.words import TrendClass
from tests.newsroom import LEXICON, at, concept, document, story
from tests.test_analysis_releases import OWN, RELEASE

MENTIONS = Mentions(Lexicon(version="t", concepts=(*LEXICON.concepts, concept("클로드", "model"))))
UNTIL = at(7)


def _case(name: str, title: str, *families: str, trend: TrendClass | None = None, **changed: object) -> Case:
    told = families or ("가",)
    documents = [document(f"{name}{n}", title, days=6, family=family) for n, family in enumerate(told)]
    base = story(name, tuple(one.id for one in documents), days=6, label=title)
    return Case(
        story=replace(base, **changed),  # type: ignore[arg-type] # tests name real fields
        documents=documents,
        families=len(set(told)),
        trend=trend,
    )


def _parts(case: Case) -> dict[str, float]:
    return parts_of(case, until=UNTIL, mentions=MENTIONS)


def _order(*cases: Case, weights: dict[str, float] | None = None) -> list[str]:
    return [one.id for one in ranked(cases, weights or {}, until=UNTIL, mentions=MENTIONS)]


PLAIN = _case("plain", "회사가 새 제품을 내놓았다")


def test_every_part_is_between_nought_and_one_and_named_in_the_weights() -> None:
    parts = _parts(_case("x", "성남시 클로드 4.6 주가 [칼럼] 개최", *"가나다라마바사아자차카타파하", trend="rising"))
    assert set(parts) == set(PARTS)
    assert all(0 <= value <= 1 for value in parts.values())


@pytest.mark.parametrize(
    ("part", "case"),
    [
        ("spread", _case("a", "회사가 새 제품을 내놓았다", "가", "나")),
        ("depth", _case("a", "회사가 새 제품을 내놓았다", "가", "가")),
        ("public", _case("a", "성남시가 새 제품을 들였다")),
        ("programme", _case("a", "성남시, 인공지능 지원사업 공모")),
        ("opinion", _case("a", "[인사] 회사 새 얼굴")),
        ("release", _case("a", "회사가 이웃에 나눔 봉사")),
        ("use", _case("a", "회사가 새 제품을 내놓았다", section="public")),
        ("policy", _case("a", "회사가 새 제품을 내놓았다", section="policy")),
        ("technical", _case("a", "회사가 새 제품을 내놓았다", section="tech")),
        ("duty", _case("a", "회사가 새 제품을 내놓았다", duties=(DutyMatch(name="교통", words=("버스",)),))),
        ("model", _case("a", "클로드 4.6 나왔다")),
        ("momentum", _case("a", "회사가 새 제품을 내놓았다", trend="new")),
        ("risk", _case("a", "회사 사내 문서 유출")),
        ("market", _case("a", "회사 주가 날았다")),
        ("release", _case("a", "회사가 세미나를 개최")),
        ("opinion", _case("a", "[칼럼] 회사가 내놓은 제품")),
        ("politics", _case("a", "회사가 새 제품을 내놓았다", politics=True)),
    ],
)
def test_parts_say_what_they_are_named_for(part: str, case: Case) -> None:
    assert _parts(case)[part] > _parts(PLAIN)[part] == 0


def _told(name: str, title: str, texts: dict[str, str], **changed: object) -> Case:
    """A story told by families in words of their own or not."""
    case = _case(name, title, *texts, **changed)  # type: ignore[arg-type] # tests name real fields
    return replace(case, documents=[replace(one, text=texts[one.article.family]) for one in case.documents])


def test_a_release_printed_by_many_is_one_voice() -> None:
    printed = _parts(_told("a", "가온전자 새 칩 탑재", {"가": RELEASE, "나": RELEASE, "다": RELEASE}))
    reported = _parts(_told("a", "가온전자 새 칩 탑재", {"가": RELEASE, "나": OWN}))
    assert printed["spread"] == 0 < reported["spread"]
    assert printed["release"] > reported["release"]


def test_a_public_body_may_announce_what_a_company_advertises() -> None:
    company = _parts(_told("a", "가온전자 업무협약 체결하고 도입", {"가": RELEASE}))
    city = _parts(_told("b", "성남시, 업무협약 체결하고 도입", {"가": RELEASE.replace("가온전자", "성남시")}))
    assert city["public"] == 1
    assert city["release"] < company["release"] / 2


def test_a_public_body_that_the_text_begins_with_acts() -> None:
    text = "과기정통부는 민원 상담에 인공지능을 쓴다고 10일 밝혔다."
    assert _parts(_told("a", "민원 상담 달라진다", {"가": text}))["public"] == 0.5


@pytest.mark.parametrize(
    ("title", "value"),
    [
        ("클로드 4.6 공개", 1.0),
        ("클로드 소식", 0.3),
        ("앤트로픽, 새 인공지능 모델 공개", 0.8),
        ("앤트로픽 M2.5 출시", 1.0),
        ("클로드 5: 더 빠른 모형", 1.0),
        ("클로드 4.6으로 일주일", 0.3),
        ("앤트로픽 Feb 16 소식 공개", 0.0),
        ("앤트로픽 300억 달러 유치", 0.0),
        ("맛집 앱 출시", 0.0),
    ],
)
def test_a_launch_is_more_than_a_mention(title: str, value: float) -> None:
    assert _parts(_case("a", title))["model"] == value


def test_the_source_itself_and_foreign_stories_are_known_by_their_documents() -> None:
    def told(one: Document) -> Case:
        return replace(PLAIN, documents=[one])

    assert _parts(told(document("x", "Model", role="lab", lang="en")))["primary"] == 1
    assert _parts(told(document("x", "Model", lang="en")))["foreign"] == 1
    launch = _case("x", "클로드 5")
    launch = replace(launch, documents=[document("x", "클로드 5", role="lab", lang="en")])
    assert _parts(launch)["foreign"] == 0.5


def test_only_a_public_body_has_programmes() -> None:
    assert _parts(_case("a", "가온전자, 인공지능 지원사업 공모"))["programme"] == 0


def test_freshness_halves_every_week() -> None:
    assert _parts(_case("a", "가", last_seen=at(7)))["freshness"] == 1
    assert _parts(_case("a", "가", last_seen=at(0)))["freshness"] == pytest.approx(0.5)
    assert _parts(_case("a", "가", last_seen=at(9)))["freshness"] == 1


def test_config_weighs_the_parts() -> None:
    wide = _case("wide", "회사가 새 제품을 내놓았다", "가", "나", "다")
    public = _case("public", "성남시가 새 제품을 들였다", section="public")
    assert _order(wide, public, weights={"public": 9.0}) == ["public", "wide"]
    assert _order(wide, public, weights={"public": 0.0}) == ["wide", "public"]


def test_each_perspective_is_the_weighted_sum_and_the_total_counts_them_by_their_places() -> None:
    given = {"places.city": 6.0, "places.technology": 3.0, "places.talk": 1.0, "spread": 2.5}
    cases = [PLAIN, _case("b", "성남시 소식", "가", "나")]
    stories: list[Story] = ranked(cases, given, until=UNTIL, mentions=MENTIONS)
    for one in stories:
        views = {view: sum(weights_of(given)[view][part] * one.score[part] for part in PARTS) for view in PERSPECTIVES}
        assert {view: one.score[view] for view in views} == pytest.approx(views, abs=1e-3)
        expected = 0.6 * views["city"] + 0.3 * views["technology"] + 0.1 * views["talk"]
        assert one.score["total"] == pytest.approx(expected, abs=1e-3)
    assert [one.rank for one in stories] == [1, 2]
    assert stories[0].score["total"] >= stories[1].score["total"]


def test_a_weight_holds_in_all_perspectives_unless_one_has_its_own() -> None:
    weights = weights_of({"market": -2.0, "talk.market": -3.0})
    assert [weights[view]["market"] for view in ("city", "technology", "talk")] == [-2.0, -2.0, -3.0]


def test_an_issue_without_places_counts_the_perspectives_as_usual() -> None:
    nought = {f"places.{view}": 0.0 for view in PERSPECTIVES}
    assert shares_of(nought) == shares_of({})
    assert sum(shares_of({"places.city": 1.0}).values()) == pytest.approx(1)


def test_perspectives_see_the_same_stories_differently() -> None:
    public = _case("public", "성남시, 민원 상담에 인공지능 도입", section="public")
    launch = _case("launch", "클로드 4.6 공개", section="tech")
    talked = _case("talked", "회사가 새 제품을 내놓았다", *"가나다라마바")
    stories = ranked([public, launch, talked], {}, until=UNTIL, mentions=MENTIONS)
    best = {view: max(stories, key=lambda one: one.score[view]).id for view in PERSPECTIVES}
    assert best == {"city": "public", "technology": "launch", "talk": "talked"}


def test_what_is_not_about_ai_comes_last() -> None:
    other = _case("other", "성남시 소식", *"가나다라마", ai=False)
    assert _order(other, PLAIN) == ["plain", "other"]
