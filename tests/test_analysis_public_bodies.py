import pytest

from analysis.mentions import Mentions
from analysis.public_bodies import is_abroad, names_service, public_act, public_voice
from tests.newsroom import LEXICON

MENTIONS = Mentions(LEXICON)


@pytest.mark.parametrize(
    ("headline", "value"),
    [
        ("과기정통부, 인공지능 대학원 신설", 1.0),
        ("정선군, 홀로 사는 노인에 로봇 보급", 1.0),
        ("대구, 원팀으로 인공지능 도입", 1.0),
        ("“판사도 돕는다”…법원, 재판지원 시스템 시범 도입", 1.0),
        ("부산교육청 인공지능 교과서 이야기", 0.7),
        ("가온전자, 정선군과 로봇 보급", 0.6),
        ("가온전자 사장이 만난 정선군 사람들", 0.4),
        ("인공지능기본법 개정안 본회의 통과", 0.6),
        ("美국방부, 새 인공지능 로봇 투입", 0.0),
        ("중국 정부, 새 인공지능 지침 마련", 0.3),
        ("가온전자, 새 로봇 청소기 출시", 0.0),
        ("다시 커지는 인공지능 연구, 미군도 쓴다", 0.0),
        ("화성, 탐사 로봇의 새 무대로 도입", 0.0),
        ("과기정통부", 0.0),
        ("", 0.0),
    ],
)
def test_how_far_a_headline_tells_what_a_public_body_does(headline: str, value: float) -> None:
    assert public_act(headline, MENTIONS) == value


@pytest.mark.parametrize("word", ["출시", "연구", "도구", "속도", "미군", "서비스 제공사", "경기, 둔화", "구리, 급등"])
def test_words_that_end_like_public_bodies_are_none(word: str) -> None:
    assert public_act(f"{word} 이야기를 오래 나누는 사람들", MENTIONS) == 0.0


def test_a_public_body_speaks_where_a_sentence_begins_with_it() -> None:
    assert public_voice("새 제도다. 과기정통부는 인공지능을 쓴다고 밝혔다.", MENTIONS)
    assert not public_voice("가온전자는 새 로봇을 과기정통부에 보였다고 밝혔다.", MENTIONS)
    assert not public_voice("", MENTIONS)


def test_what_happens_abroad_is_told_unless_a_city_of_ours_takes_part() -> None:
    assert is_abroad("미국 의회, 새 법안 논의")
    assert is_abroad("한-인도 협력 확대")
    assert not is_abroad("수원시, 미국 기업과 로봇 시험")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("성남시가 버스를 늘린다", True),
        ("가람경찰청이 순찰한다", True),
        ("과기정통부가 나선다", True),
        ("정부와 업계가 시험장비를 만든다", False),
        ("국회가 장관을 불렀다", False),
        ("소방 로봇 시장이 커진다", False),
    ],
)
def test_a_service_is_a_body_that_serves_people_itself(text: str, *, expected: bool) -> None:
    assert names_service(text, MENTIONS) is expected
