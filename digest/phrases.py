"""Every Korean phrase this room writes outside its templates: what we may say ourselves about a story."""

from collections.abc import Mapping
from typing import Final

from archive.records.words import Perspective, Section, TrendClass

SECTIONS: Final[Mapping[Section, str]] = {
    "policy": "정책·법제",
    "industry": "기업·산업",
    "tech": "기술·연구",
    "public": "공공·행정",
    "people": "인력·교육",
}
NO_SECTION: Final = "그 밖의 소식"
PERSPECTIVES: Final[Mapping[Perspective, str]] = {
    "city": "우리 시가 할 일",
    "technology": "기술 변화",
    "talk": "모두의 화제",
}
TRENDS: Final[Mapping[TrendClass, str]] = {
    "new": "새로 등장",
    "rising": "늘어남",
    "steady": "이어짐",
    "fading": "줄어듦",
    "weak": "약한 신호",
    "unknown": "자료 부족",
}

# Who reported, since when. {first}: the first day, {last}: the last, {n}: publisher families.
ONE_OUTLET: Final = "{first} {outlet} 보도. 다른 매체의 보도는 수집된 범위에서 확인되지 않음"
ONE_OWN: Final = "{first} {outlet} 직접 발표. 언론 보도는 수집된 범위에서 확인되지 않음"
SAME_DAY: Final = "{first} 하루 동안 {n}개 매체 보도(첫 보도 {outlet})"
MANY_OUTLETS: Final = "{first}부터 {last}까지 {n}개 매체 보도(첫 보도 {outlet})"
FOREIGN_ONLY: Final = "외국어 매체 {foreign}곳만 다룸. 한국어 보도는 수집된 범위에서 확인되지 않음"
FOREIGN_FIRST: Final = "외국어 매체 {foreign}곳, 한국어 매체 {korean}곳. 한국어 보도는 {day} {outlet}부터"
BOTH: Final = "한국어 매체 {korean}곳, 외국어 매체 {foreign}곳"
PRIMARY: Final = "1차 자료 있음: {outlets}"
NO_PRIMARY: Final = "발표 기관의 1차 자료는 수집되지 않아 언론 보도로만 확인됨"
COPIES: Final = "이 가운데 {n}건은 같은 글을 옮겨 실은 기사(보도자료·통신 기사로 추정)"
NAMED: Final = "제목에 나온 이름: {names}"
ABOUT: Final = "{names} 관련 {section} 소식(원문 외국어)"
ABOUT_SECTION: Final = "{section} 분야 소식(원문 외국어)"
MOVED: Final = "이전 호({period})에 실은 뒤 새 기사 {n}건"

# A topic's week beside its usual one.
USUAL: Final = "이번 주 {count}건, 평소 {usual}건"
BARELY: Final = "이번 주 {count}건, 평소 1건 미만"
FIRST_TIME: Final = "이번 주 {count}건, 지난 {weeks}주에는 없음"
NOTHING_TO_COMPARE: Final = "이번 주 {count}건, 평소와 비교할 자료 부족"
WEEKS_AGO: Final = "{n}주 전 {count}건"
LAST_WEEK: Final = "지난주 {count}건"
WEEKS_AGO_BLANK: Final = "{n}주 전 수집 전"
LAST_WEEK_BLANK: Final = "지난주 수집 전"
THIS_WEEK: Final = "이번 주 {count}건"

SUBJECT: Final = "[AI 동향] 제{number}호({period}) {top}"
SUBJECT_QUIET: Final = "이번 주는 조용했습니다"
SUBJECT_BLIND: Final = "수집 상태 확인 필요"
REVISED: Final = "[정정] "
