import pytest

from analysis.releases import release_likeness
from analysis.voices import voices
from tests.newsroom import document

RELEASE = (
    "가온전자는 새 로봇 청소기에 들어갈 인공지능 반도체를 다음 달부터 모든 제품에 싣는다고 9일 밝혔다. "
    "이 반도체는 거실의 모양을 스스로 익혀 사람이 없는 시간에 먼지를 찾아낸다. "
    "회사는 올해 안으로 냉장고와 세탁기에도 같은 부품을 넣고, 해외 열두 나라에서 판매를 시작할 계획이다. "
    "가격은 지금 나와 있는 제품과 같다."
)
OWN = (
    "로봇 청소기를 만드는 공장을 돌아보니 사람이 보이지 않았다. "
    "연구원들은 석 달 동안 밤을 새웠다고 했고, 납품하던 작은 업체들은 일감이 줄어 걱정이라며 한숨을 쉬었다. "
    "시장 조사에서는 값이 비싸다는 답이 절반을 넘었다. "
    "전문가들은 개인 공간을 찍은 영상이 어디에 남는지 먼저 물어야 한다고 입을 모았다."
)


def test_families_that_print_one_text_are_one_voice() -> None:
    printed = [document(name, "새 칩", text=RELEASE, family=name) for name in "가나다"]
    assert voices(printed) == 1
    assert voices([*printed, document("라", "새 칩", text=OWN, family="라")]) == pytest.approx(2, abs=0.1)


def test_a_family_whose_text_is_unknown_counts_as_its_fellows_do() -> None:
    unknown = document("라", "새 칩", family="라", days=1)
    assert voices([document("가", "새 칩", text=RELEASE, family="가"), unknown]) == 2
    assert voices([document(name, "새 칩", text=RELEASE, family=name) for name in "가나"] + [unknown]) == 1


def test_voices_do_not_depend_on_order_and_one_family_is_one() -> None:
    told = [
        document(name, "새 칩", text=text, family=name)
        for name, text in zip("가나다", (OWN, RELEASE, OWN), strict=True)
    ]
    assert voices(told) == voices(told[::-1])
    assert voices([document("가", "새 칩", text=RELEASE), document("나", "새 칩", text=OWN)]) == 1


@pytest.mark.parametrize(
    ("title", "text", "role", "likeness"),
    [
        ("가온전자, 업무협약 체결", RELEASE, "press", 0.8),
        ("가온전자 새 칩 논란", RELEASE, "press", 0.4),
        ("가온전자, 업무협약 체결", OWN, "press", 0.4),
        ("가온전자 새 칩 논란", OWN, "press", 0.0),
        ("가온연구소, 업무협약 체결", RELEASE, "lab", 0.0),
    ],
)
def test_form_and_subject_make_a_release(title: str, text: str, role: str, likeness: float) -> None:
    told = [document("가", title, text=text, role=role)]  # type: ignore[arg-type] # a role
    assert release_likeness(told, voices(told)) == pytest.approx(likeness)
