"""Every Korean phrase this room writes outside its templates: what we may say ourselves about a story."""

from collections.abc import Mapping
from typing import Final

from archive.records.calls import NoticeKind
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

# Why a source could not be read, behind its name.
CAUSES: Final[Mapping[str, str]] = {
    "cloudflare": "Cloudflare가 막음",
    "firewall": "웹 방화벽이 막음",
    "maintenance": "점검중",
    "login": "로그인을 요구함",
    "robots": "robots.txt가 막음",
    "refused": "접근을 거절함",
    "busy": "요청을 줄이라고 함",
    "gone": "없어짐",
    "missing": "주소에 없음",
    "nowhere": "서버 이름이 없음",
    "unreachable": "연결되지 않음",
    "slow": "제때 답하지 않음",
    "server": "서버 오류",
    "certificate": "인증서 문제",
    "page": "피드 대신 웹 쪽",
    "empty": "빈 답",
    "broken": "깨진 답",
    "address": "쓸 수 없는 주소",
    "redirects": "돌고 도는 주소",
}

# One line on what a story rests on; its parts are joined by JOINT.
JOINT: Final = " · "
ONE_OUTLET: Final = "{first} {outlet} 1곳 보도"
ONE_OWN: Final = "{first} {outlet} 직접 발표 · 언론 보도 미확인"
SAME_DAY: Final = "{first} {n}개 매체 보도 · 첫 보도 {outlet}"
MANY_OUTLETS: Final = "{first}~{last} {n}개 매체 보도 · 첫 보도 {outlet}"
FOREIGN_ONLY: Final = "한국어 보도 미확인"
FOREIGN_FIRST: Final = "외국어 {foreign}곳, 한국어 {korean}곳(한국어 첫 보도 {day} {outlet})"
BOTH: Final = "한국어 {korean}곳, 외국어 {foreign}곳"
PRIMARY: Final = "1차 자료 {outlets}"
COPIES: Final = "같은 글을 옮긴 기사 {n}건"

# A story of the other language that probably tells of the same matter.
ABROAD: Final = "관련 해외 보도 {outlet}: 「{title}」"
AT_HOME: Final = "관련 국내 보도 {outlet}: 「{title}」"
ABROAD_FIRST: Final = "해외 첫 보도 {n}일 뒤 국내 첫 보도"
HOME_FIRST: Final = "국내 첫 보도 {n}일 뒤 해외 첫 보도"

# What the sources say on their face.
OTHER_TITLE: Final = "{outlet}: 「{title}」"
ABOUT: Final = "{names} 관련 {section} 소식, 원문은 {lang}"
ABOUT_SECTION: Final = "{section} 소식, 원문은 {lang}"
FOREIGN_TOP: Final = "{names} 소식: {headline}"
ENGLISH: Final = "영어"
FOREIGN: Final = "외국어"

RISING: Final = "떠오르는 신호"
RISING_NOTE: Final = "평소(앞선 4주 평균)보다 기사가 뚜렷이 늘거나 새로 나타난 주제입니다."
LASTING: Final = "이어지는 주제"
LASTING_NOTE: Final = "여러 주 이어지는 주제의 기사 수입니다. 점선은 아직 수집하지 않던 주입니다."
COUNTED: Final = "많이 다룬 주제"
COUNTED_NOTE: Final = "자료 부족: 앞선 주의 기사가 충분히 쌓이지 않아 평소보다 많은지는 아직 말할 수 없습니다."

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
LAST_WEEKS: Final = "최근 {n}주 {counts}건"
NOT_COLLECTED: Final = "수집 전"

# The one-page report.
REPORT_KEY: Final = "이번 주 핵심 {n}가지"
REPORT_WEEK: Final = "이번 주"
REPORT_CITY: Final = "우리 시 업무 관련"
REPORT_PLAN: Final = "시사점·조치계획"
REPORT_FROM: Final = "출처 [{n}] {outlet}"

SUBJECT: Final = "[AI 신기술 동향] 제{number}호({period}) {top}"
SUBJECT_QUIET: Final = "이번 주는 조용했습니다"
SUBJECT_BLIND: Final = "수집 상태 확인 필요"
REVISED: Final = "[정정] "
EDITED: Final = " (편집)"  # behind an item that a person changed
FEED_TITLE: Final = "제{number}호 ({period})"
REPORT: Final = "{title} 보고"
REPORT_WHEN: Final = "{organisation} · 제{number}호{revised} · {period}"
REPORT_REVISED: Final = " (정정 {n}차)"
REPORT_FOOT: Final = "출처 번호와 원문 주소는 제{number}호 본문에 있습니다. 원문을 확인한 뒤 쓰십시오. {made} 펴냄"

# Calls for funding, and what is said of their days.
CALLS: Final = "마감 임박 공모·지원사업"
CALLS_CHECK: Final = "신청 대상은 공고문 확인"
CALLS_OTHERS: Final = "관내 기업·대학 안내용 공모"
CALLS_NOTE: Final = "D-day는 발송일({day}) 기준이며, 신청 전에 공고문을 확인해 주십시오."
D_DAY: Final = "D-day"
DAYS_LEFT: Final = "D-{n}"
DUE_ALWAYS: Final = "상시"
DUE_BUDGET: Final = "예산 소진 시까지"
DUE_UNKNOWN: Final = "공고문 확인"
EARLY_END: Final = "예산 소진 시 조기 마감"
OPENS: Final = "접수 시작 {when}"
FURTHER: Final = "{label} 마감 {when}"
LATER_ROUND: Final = "다음"
HOST: Final = "{role} {name}"
AMOUNT: Final = "규모 {amount}"
FOR_LOCAL: Final = "대상 지자체"
FOR_OTHERS: Final = "대상 기업·대학 등"
FOR_UNKNOWN: Final = "대상 공고문 확인"
LONGER: Final = "마감 연장: {before} → {after} ({noticed} 알림)"
MOVED_END: Final = "마감 변경: {before} → {after} ({noticed} 알림)"
ANNOUNCED_AGAIN: Final = "재공고: 이전 마감 {before} ({noticed} 알림)"
MOVED_OPENING: Final = "접수 시작 변경: {before} → {after} ({noticed} 알림)"
KIND_OF_NOTICE: Final[Mapping[NoticeKind, str]] = {"again": "재공고", "corrected": "정정 공고"}
CALENDAR_NAME: Final = "공모·지원사업 마감"
CALENDAR_ENTRY: Final = "[마감] {name}"
REPORT_CALLS: Final = "마감 공모"
