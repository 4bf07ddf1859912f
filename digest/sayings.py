"""Korean phrases about one story: who claims it, what moved, where figures differ, and lines of our own."""

from collections.abc import Mapping
from typing import Final, Literal

Kind = Literal["release", "funding", "regulation", "research"]
Claimant = Literal["company", "body", "researchers"]

CLAIMS: Final[Mapping[Claimant, str]] = {
    "company": "(업체 발표) ",
    "body": "(기관 발표) ",
    "researchers": "(연구진 발표) ",
}

# What moved since readers were last told.
SINCE_LAST: Final = "지난 호 이후 새 기사 {n}건"
SINCE: Final = "{period} 호 이후 새 기사 {n}건"
WAS: Final = " · 그때 제목 「{headline}」"

# Figures that outlets tell differently; the numbers of their sources stand behind each.
DIFFER: Final = "매체마다 수치가 다릅니다: {figures}"

# A Korean line of our own for what nobody told in Korean.
MADE: Final = "자동 구성: {parts} · 원제 「{title}」"
MADE_HEADLINE: Final = "{who}, {what} {kind}"
MADE_SHORT: Final = "{who} {kind} 소식"
KINDS: Final[Mapping[Kind, str]] = {
    "release": "출시",
    "funding": "투자",
    "regulation": "규제",
    "research": "연구",
}

# What a story rests on.
NO_PRIMARY: Final = "1차 자료 미확인"
REPRINTS: Final = "보도자료 전재 {n}건"

# What changed of a topic since the last issue.
FIRST_HERE: Final = "이번 주 처음 나타남"
NOT_LAST: Final = "지난 호에는 없던 주제"
MORE: Final = "지난 호 {was}건에서 {now}건으로 늘어남"
FEWER: Final = "지난 호 {was}건에서 {now}건으로 줄어듦"
AS_MANY: Final = "지난 호와 같은 {now}건"


# Why stories of the week are not in, as the box on coverage counts them; in this order.
LEFT_OUT: Final[Mapping[str, str]] = {
    "told": "지난 호에 이미 실음",
    "same": "실은 소식과 같은 내용",
    "single": "한 매체만 다룸",
    "section": "한 분야 한도",
    "topic": "한 주제 한도",
    "firm": "한 기업 한도",
    "family": "한 매체 한도",
    "stock": "주식 정보",
    "politics": "정당 정치",
    "dropped": "편집자가 뺌",
    "room": "순위 밖",
}
