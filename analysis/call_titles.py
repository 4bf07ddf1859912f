"""What the title of a notice says: whether it is a call at all, which kind of notice it is, and of which call."""

import re
from typing import Final

from archive.records.calls import NoticeKind

_NO_CALL: Final = re.compile(
    r"(?:선정|평가|심사|공모|접수|최종)\s*결과|결과\s*(?:공고|안내|발표|보고|알림)|합격|채용\s*(?:공고|안내|시험|계획)|입찰|용역\s*(?:공고|입찰|제안)"
    r"|제안\s*요청"
    r"|설명회|간담회|세미나|포럼|컨퍼런스|대관|휴관|휴무|(?:시스템|서버|정기)\s*점검|점검\s*안내|중단\s*안내|(?:평가|심사|자문)위원"
    r"|전문가\s*(?:풀|모집|공개)|만족도|당첨|명단|구매\s*공고|매각|임대|견적|협약식|개최\s*안내|이의\s*신청|보도자료"
)
_A_CALL: Final = re.compile(r"공모|모집|공고|신청|지원|과제|수요\s*조사|접수|바우처|사업|경진대회|해커톤|선정")
_CLOSED: Final = (
    r"(?:접수|모집|신청|공모)\s*(?:마감|종료|취소)(?!\s*(?:연장|임박|일))|조기\s*마감"
    r"|(?<=[(\[])(?:마감|종료|취소)(?=[)\]])"
)
_EXTENDED: Final = r"(?:접수|신청|모집|공모|공고)?\s*(?:기간|기한|마감(?:일)?|일정)?\s*연장(?:\s*공고)?"
_CORRECTED: Final = r"(?:정정|수정|변경)(?:\s*(?:공고|공모|게시))?"
_AGAIN: Final = r"재\s*(?:공고|공모|모집|접수)|추가\s*(?:공고|공모|모집|접수)|추가\s*(?=신청)"
_KINDS: Final[tuple[tuple[NoticeKind, re.Pattern[str]], ...]] = (
    ("closed", re.compile(_CLOSED)),
    ("extended", re.compile(r"연장")),
    (
        "corrected",
        re.compile(r"(?:정정|수정|변경)\s*(?:공고|공모|게시|안내)|[(\[](?:정정|수정|변경)|공고문?\s*\((?:수정|정정)\)"),
    ),
    ("again", re.compile(_AGAIN)),
)
_INNER: Final = r"[^()\[\]]*(?:\([월화수목금토일]\)[^()\[\]]*)*"
_MARKED: Final = re.compile(
    rf"[(\[]\s*(?:(?:{_CLOSED}|{_EXTENDED}|{_CORRECTED}|{_AGAIN}|마감|종료|상시|수시)(?:[\s\-][^()\[\]]{{0,10}})?|공고[^()\[\]]{{1,9}}호"
    rf"|[^()\[\]]*\d[^()\[\]]*(?:수정|정정)[^()\[\]]*|(?:접수|신청|모집|공모)\s*(?:기간|마감|기한){_INNER}|[^()\[\]]*[~∼～]{_INNER})\s*[)\]]"
)
_TAIL: Final = re.compile(
    rf"\s*(?:{_CLOSED}|(?:(?:접수|신청)\s*|모집(?=기))?(?:기간|기한|마감)?\s*연장|재\s*(?:공고|공모|모집)"
    r"|추가\s*(?:공고|공모|모집)|(?:정정|수정|변경)?\s*공고문?|안내|알림|게시)\s*$"
)
_DIGITAL: Final = re.compile(
    r"(?<![A-Za-z])(?:AI|AX|ITS|IoT|ICT|SW)(?![A-Za-z])|인공지능|지능|스마트|디지털|데이터|자율주행|로봇|드론|클라우드|정보화|챗봇|트윈|무인"
)
_GENERIC: Final = re.compile(r"공고|공모|모집|신청|안내|접수|시행|사업|과제|[^0-9A-Za-z가-힣]")


def is_digital(title: str) -> bool:
    """Whether a call may be answered with AI, though its title need not name it."""
    return bool(_DIGITAL.search(title))


def is_call(title: str, *, has_dates: bool) -> bool:
    """Whether a notice of this title invites applications; ``has_dates``: its text has a heading such as 접수기간."""
    if _NO_CALL.search(title):
        return False
    return has_dates or bool(_A_CALL.search(title))


def kind_of(title: str) -> NoticeKind:
    """Whether the notice is a call's first, or one of those that come after."""
    return next((kind for kind, words in _KINDS if words.search(title)), "new")


def name_of(title: str) -> str:
    """The call's name: the title without what only says which notice it is."""
    name = " ".join(_MARKED.sub(" ", title).split())
    while (shorter := _TAIL.sub("", name).rstrip(" -·,:")) != name and shorter:
        name = shorter
    return name or " ".join(title.split())


def key_of(title: str) -> str:
    """What the titles of all notices of one call have in common."""
    return _GENERIC.sub("", name_of(title).casefold()) or name_of(title).casefold()
