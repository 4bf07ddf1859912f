import pytest

from analysis.duties import Duties, matches_of_story
from analysis.mentions import Mentions
from archive.records.knowledge import Duty
from tests.newsroom import LEXICON

DUTIES = Duties(
    (
        Duty(name="교통", any=("자율주행버스",), near=("버스", "교통"), unless=("국토교통부", "메타버스")),
        Duty(name="행정", any=("AI 국민비서",), near=("업무",)),
    ),
    Mentions(LEXICON),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("강남에서 자율주행 버스가 달린다", {"교통": ("자율주행버스",)}),
        ("성남시, 시내 버스에 인공지능 도입", {"교통": ("버스",)}),
        ("지자체가 교통 신호를 바꾼다", {"교통": ("교통",)}),
        ("교통 신호를 바꾸는 기업", {}),
        ("성남시는 조용하다. 교통 신호를 바꾸는 기업이 있다", {}),
        ("국토교통부가 성남시와 만났다", {}),
        ("국토교통부와 성남시가 교통 신호를 바꾼다", {"교통": ("교통",)}),
        ("성남시 메타버스 사업", {}),
        ("AI국민비서 나온다", {"행정": ("AI 국민비서",)}),
        ("인천서 사진 찍기 행사\n자율주행버스 앞에서 사람들이 웃었다.", {}),
        ("달라지는 출근길\n성남시는 자율주행버스를 늘린다. 자율주행버스는 무료다.", {"교통": ("자율주행버스",)}),
        ("美 도시에 자율주행버스 달린다", {}),
        ("성남시, 美 기업의 자율주행버스 도입", {"교통": ("자율주행버스",)}),
        ("성남시와 손잡은 카카오버스", {}),
        ("가람전자, 자율주행버스 출시", {}),
        ("가람전자, 자율주행버스 출시\n성남시는 4월부터 자율주행버스를 운행한다.", {"교통": ("자율주행버스",)}),
        ("정부, 버스 산업 키운다\n정부가 버스 수출을 돕는다.", {}),
        ("성남시 소식\n새 건물을 짓는다.버스 노선도 늘린다.", {}),
        ("", {}),
    ],
)
def test_any_near_and_not(text: str, expected: dict[str, tuple[str, ...]]) -> None:
    assert DUTIES.matches(text) == expected


def test_a_story_touches_what_a_third_of_its_members_show() -> None:
    shown: list[dict[str, tuple[str, ...]]] = [{"교통": ("버스",)}, {"교통": ("교통", "버스")}, {}, {"행정": ("업무",)}]
    found = matches_of_story(shown)
    assert [match.name for match in found] == ["교통"]
    assert found[0].words == ("버스", "교통")


def test_a_made_up_complaint_is_no_work_of_an_office() -> None:
    """A rumour that was false is about the rumour; what names a crime itself still counts."""
    duties = (Duty(name="행정", any=("민원",), near=("상담",)), Duty(name="안전", any=("보이스피싱",)))
    found = Duties(duties, Mentions(LEXICON))
    assert found.matches("철거된 현수막, 알고 보니 AI 합성\n구청은 민원이 없었고 상담도 없었다고 밝혔다.") == {}
    assert found.matches("사실무근으로 밝혀진 보이스피싱 소문\n구청이 주의를 당부했다.") == {"안전": ("보이스피싱",)}
    assert found.matches("시청 공무원, 민원 상담에 AI 도입\n") == {"행정": ("민원", "상담")}
