"""What Korean pages put around an article: cut from its two ends only, and only short lines.

A line in the middle is never touched: an interview whose questions begin with ▶, or a report on copyright law, would
lose its text.
"""

import re
from typing import Final

from collectors.blocks import letters

_LONGEST: Final = 140  # characters; longer lines are sentences
_MOST_TAIL: Final = 25  # lines
_MOST_HEAD: Final = 8
_MAIL: Final = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_NAME: Final = r"[가-힣]{2,4}"
_NAMES: Final = rf"{_NAME}(?:[·,]\s*{_NAME}){{0,3}}"
_OUTLET: Final = r"\S{1,10}(?:일보|신문|뉴스|방송|통신|경제|타임[스즈]|투데이|저널|TV)"
_WRITER: Final = r"(?:기자|특파원|논설위원|에디터|PD|앵커|통신원|리포터)"

# Notices: never a sentence that ends in 다., so that news about copyright or tips stays whole.
_NOTICE: Final = re.compile(
    "|".join(
        (
            r"무단\s*(?:전재|복제|배포|도용)|재\s*배포\s*(?:및|를|금지)|AI\s*학습.{0,12}금지",
            r"저작권자|copyright|all rights reserved|[ⓒ©]|\(c\)\s*\w",
            r"제보.{0,40}(?:카카오톡|카톡|라인|전화|메일|하기|@|\d{3,4})|당신의 제보|기사\s*(?:문의|제보)",
            r"^[\W\d_]{0,4}(?:카카오톡|카톡|전화|메일|이메일|e-?mail|유튜브|텔레그램|팩스|홈페이지)\s*(?:\W|$)",
            r"^[\W\d_]{0,4}(?:페이스북|인스타그램|네이버|다음|구글)\s*(?:[:：|]|$)",
            r"^[\W_]{0,3}관련\s*(?:기사|뉴스|영상|태그|키워드)|^[\W_]{0,3}(?:많이 본|이 시각|오늘의 핫)",
            r"^[\W_]{0,3}(?:인기|주요|추천|최신)\s*(?:기사|뉴스)",
            r"^[\W_]{0,3}(?:기사\s*(?:원문|전체|더)|다른\s*기사|더)\s*보기|^[\W_]{0,3}바로\s*가기",
            r"^[\W_]{0,3}(?:공유하기|인쇄하기|좋아요|댓글|구독하기|구독신청|스크랩)(?:\W|\d|$)",
            r"(?:목록|전체)\s*보기\W{0,3}$|^[\W_]{0,3}(?:목록|이전\s?글|다음\s?글|맨\s?위로?)\W{0,3}$",
            r"채널\s*(?:을\s*)?(?:추가|구독)|앱\s*다운로드|뉴스레터\s*(?:신청|구독)",
            r"^\W{0,2}(?:끝|계속|(?:사진|자료|영상|출처)\s*[=:].{0,60})\W{0,2}$",
            r"^\W{0,2}(?:영상\s*)?(?:편집|취재|촬영|그래픽|구성|영상디자인)\s*[:=/(].{0,60}$",
            r"^(?:#\s?[^\s#]+\s*)+$",
            rf"^\W{{0,2}}(?:{_NAME}\s*)?{_WRITER}?\s*[(<\[/|·ㆍ]?\s*{_MAIL}\s*[)>\]]?$",
            rf"^\W{{0,2}}(?:\S{{1,12}}\s*[=/]\s*(?:\S{{1,12}}\)\s*)?)?{_NAMES}\s*\S{{0,6}}{_WRITER}\W{{0,3}}(?:{_MAIL}\W{{0,2}})?$",
            rf"^{_OUTLET}\s+{_NAMES}\s*{_WRITER}$",
            r"^(?:https?://|www\.)\S+$|^\W+$",
        )
    ),
    re.IGNORECASE,
)
_APPEAL: Final = re.compile(
    r"제보.{0,60}(?:기다립니다|기다리고|바랍니다|환영합니다|받습니다|받고 있습니다)"
    r"|만족하(?:십니까|셨습니까|시나요)|만족도\s*(?:조사|평가)"
    r"|구독과\s*좋아요|채널.{0,20}구독|에서도?\s*만나(?:보|실)"
)
_BULLET: Final = re.compile(r"^[▶▷►☞→➤👉]")
_ANSWER_END: Final = re.compile(r"[.?!…][\"”’'」)]*$")
_STATEMENT: Final = re.compile(r"[다요]\.[\"”’']?$")
_DATE: Final = r"\d{4}\s?[-./년]\s?\d{1,2}\s?[-./월]\s?\d{1,2}"
_ABOUT: Final = re.compile(
    r"^\W{0,3}(?:기사\s*|최초\s*|최종\s*)?(?:입력|등록|송고|승인|발행|게시|작성|수정|업데이트|updated?|published)?"
    rf"\s*(?:시간|일시|일)?\s*[:：]?\s*{_DATE}\W{{0,3}}일?.{{0,40}}$"
    # a line about the article, such as "홍길동 기자 | 승인 2026.02.12 14:20 | 댓글 0"
    rf"|(?:입력|등록|송고|승인|발행|게시|작성)\s*(?:시간|일시|일)?\s*[:：]?\s*{_DATE}"
    # what a public board lists above its text, label and value on a line each or on one
    r"|^\W{0,3}(?:조회수?|작성자|담당(?:부서|자)?|부서명?|(?:등록|작성|게시|공고)일시?|첨부(?:파일)?|연락처|전화번호)\W{0,3}\S{0,30}$"
    r"|^[\d,.:\s/-]{1,30}$",
    re.IGNORECASE,
)
_CAPTION: Final = re.compile(
    r"^[▲△▼▽◀▶◁▷].{0,120}(?:[(\[/]\s*(?:사진|자료|이미지|그래픽|영상)\s*(?:제공|출처)?\s*[=:：/].{1,30}[)\]]?|[ⓒ©].{1,30})$"
)


def cleaned(text: str, title: str = "") -> str:
    """The article without what surrounds it; never less than a third of what it was."""
    lines = [line for line in text.split("\n") if line.strip()]
    kept = lines[_head(lines, title) : _tail(lines)]
    result = "\n".join(kept)
    return result if len(result) * 3 >= len(text) else text


def _tail(lines: list[str]) -> int:
    """Where the article ends: before the run of lines that are none of it."""
    end = len(lines)
    while end > 1 and len(lines) - end < _MOST_TAIL and _is_tail(lines[end - 1].strip()):
        end -= 1
    return end


def _is_tail(line: str) -> bool:
    if len(line) > _LONGEST:
        return False
    if _BULLET.match(line):
        return not _ANSWER_END.search(line)
    return bool(_APPEAL.search(line) or (not _STATEMENT.search(line) and _NOTICE.search(line)))


def _head(lines: list[str], title: str) -> int:
    """Where the article begins: after its title, a date stamp, a caption and what stands between them."""
    start, name = 0, letters(title)
    for place, line in enumerate(lines[:_MOST_HEAD]):
        text = line.strip()
        if len(text) > _LONGEST:
            break
        if _ABOUT.search(text) or _CAPTION.search(text) or (name and letters(text) == name):
            start = place + 1
        elif _ANSWER_END.search(text):
            break
    return start if start < len(lines) else 0
