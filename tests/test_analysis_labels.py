import pytest

from analysis.labels import clean_headline, headline, is_opinion, is_roundup, lead, terms, topic_name
from analysis.mentions import Mentions
from analysis.phrases import nouns_of, phrases
from archive.records.incoming import Tokens
from tests.newsroom import LEXICON, document


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("[단독] 정부, 새 사업 추진", "정부, 새 사업 추진"),
        ("[속보][종합] 정부, 새 사업 추진(종합2보)", "정부, 새 사업 추진"),
        ("정부, 새 사업 추진 - 가나일보", "정부, 새 사업 추진"),
        ("정부, 새 사업 추진 | 가나일보", "정부, 새 사업 추진"),
        ("정부, 새 사업 추진 - 1조 원 든다", "정부, 새 사업 추진 - 1조 원 든다"),
        ("정부, 새 사업 추진하기로...", "정부, 새 사업 추진하기로"),
        ("정부…새 사업", "정부…새 사업"),
        ("&quot;새 사업&quot; 정부 [가나브리핑]", '"새 사업" 정부'),
        ("[단독]", "[단독]"),
    ],
)
def test_a_headline_is_cleaned_of_what_belongs_to_its_outlet(title: str, expected: str) -> None:
    assert clean_headline(title, ("가나일보",)) == expected


def test_the_label_is_korean_whole_and_typical() -> None:
    members = [
        document("en", "Seongnam starts robot buses for everybody today"),
        document("cut", "성남시 자율주행 버스 26일부터 무료 운행 시작하고 다음 달..."),
        document("column", "[칼럼] 성남시 자율주행 버스 26일 운행을 보며"),
        document("teaser", "성남시 자율주행 버스 26일 무료 운행, 왜?"),
        document("odd", "판교에 사람 없는 차가 달린다는 소식 들려와"),
        document("best", "성남시 자율주행 버스 26일 무료 운행"),
    ]
    members[0] = document("en", members[0].article.title, lang="en")
    assert headline(members) == "성남시 자율주행 버스 26일 무료 운행"


def test_a_riddle_is_no_label_where_another_says_it() -> None:
    riddle = document("riddle", "“회사서 ‘이것’ 쓰면 절대 안 돼” 오픈클로 사용 제한")
    plain = document("plain", "네이버·카카오, 오픈클로 사내 사용 제한")
    assert headline([riddle, plain]) == plain.article.title
    assert headline([riddle]) == riddle.article.title


def test_a_date_within_a_headline_makes_no_roundup() -> None:
    assert is_roundup("[2월 9일 주요 소식] 버스와 로봇")
    assert is_roundup("2월 9일 인공지능 브리핑")
    assert not is_roundup("성남시 자율주행 버스 3월 9일 출발")


def test_a_story_in_english_keeps_its_headline() -> None:
    assert headline([document("x", "Labs agree on tests", lang="en")]) == "Labs agree on tests"


def test_the_source_itself_leads_when_it_spoke_in_time() -> None:
    press = [document("p1", "새 모델 공개"), document("p2", "새 모델 공개", days=0.1)]
    lab = document("lab", "Our new model", days=0.5, role="lab", lang="en")
    late = document("late", "Our new model", days=3, role="lab", lang="en")
    assert lead([*press, lab]).id == "lab"
    assert lead([*press, late]).id == "p1"


def test_of_the_early_articles_the_most_typical_leads() -> None:
    members = [document("a", "전혀 다른 제목"), document("b", "성남시 버스 운행"), document("c", "성남시 버스 시작")]
    assert lead([*members, document("d", "성남시 버스 운행 시작")]).id == "b"


def test_opinion_is_told_by_its_tag() -> None:
    assert is_opinion("[기자수첩] 인공지능 강국의 조건")
    assert not is_opinion("기자수첩을 만든 인공지능")


def test_words_are_whole_and_known_things_have_one_name() -> None:
    one = document("a", "앤스로픽의 시댄스가 [AI는 지금] 경쟁력을 높였다")
    split = Tokens(version="t", title=("앤스로픽", "시", "댄스", "경쟁"), text=())
    found = phrases(one, Mentions(LEXICON), nouns_of(type(one)(article=one.article, text="", tokens=split)))
    assert found == ("앤트로픽", "시댄스", "경쟁력")


def test_half_words_are_left_out() -> None:
    one = document("a", "하늘공원으로 놀러간다")
    assert phrases(one, Mentions(LEXICON), frozenset(("하늘", "놀"))) == ()


def test_terms_are_shared_by_members() -> None:
    rarity = {"버스": 2.0, "판교": 3.0, "시험": 1.0}
    assert terms([("버스", "판교"), ("버스", "시험"), ("시험", "버스")], rarity, most=5) == ("버스", "시험")
    assert terms([("버스", "판교")], rarity, most=1) == ("판교",)


NONE: frozenset[str] = frozenset()


def test_a_topic_is_named_by_what_half_its_stories_say() -> None:
    rarity = dict.fromkeys(("오픈클로", "금지", "네이버", "공개"), 1.0) | {"공개": 0.0}
    members = [("오픈클로", "금지", "공개"), ("오픈클로", "공개"), ("오픈클로", "네이버", "공개")]
    subject = frozenset({"오픈클로"})
    assert topic_name(members, rarity, subject, subject) == ("오픈클로",)
    assert topic_name([("금지",), ("네이버",), ("공개",)], rarity, NONE, NONE) == ()


def test_one_plain_word_or_one_company_is_no_name() -> None:
    rarity = dict.fromkeys(("전쟁", "전력망", "메타", "스마트워치", "partners", "GLM-5"), 1.0)
    assert topic_name([("전쟁", "전력망"), ("전쟁",), ("전쟁",)], rarity, NONE, NONE) == ()
    assert topic_name([("메타",), ("메타",)], rarity, NONE, frozenset({"메타"})) == ()
    assert topic_name([("메타", "partners")] * 2, rarity, NONE, frozenset({"메타"})) == ()
    assert topic_name([("메타", "스마트워치")] * 2, rarity, NONE, frozenset({"메타"})) == ("메타", "스마트워치")
    assert topic_name([("GLM-5",)] * 2, rarity, NONE, NONE) == ("GLM-5",)


def test_a_name_has_three_phrases_at_most_and_none_inside_another() -> None:
    rarity = dict.fromkeys(("데이터센터", "AI 데이터센터", "전력", "부지", "냉각"), 1.0)
    parts = topic_name([tuple(rarity), tuple(rarity)], rarity, frozenset(rarity), frozenset(rarity))
    assert len(parts) == 3
    assert sum("데이터센터" in part for part in parts) == 1
