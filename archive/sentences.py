"""Text into sentences, as Korean and English news are written.

A line is a paragraph and ends a sentence. Within it a sentence ends at . ! ? (and the quotation marks or brackets
that close there) before a blank, but not inside quotation marks or brackets, after an abbreviation or an initial,
in a date (2026. 2. 8.) or where Korean goes on after a quotation ("…했다." 라고). Bylines at the beginning and lines
that are credits are left out; what remains is word for word.
"""

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Final

_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_LINES: Final = re.compile("[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BULLET: Final = re.compile(r"^(?:[□○◦●■◆◇▶▷►▪▫☞※★☆•ㆍ·*]|[ㅇ-](?=\s))+\s*")

_OPEN: Final = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "《": "》",
    "〈": "〉",
    "(": ")",
    "[": "]",
    "【": "】",
    "（": "）",
}
_CLOSERS: Final = "\"'”’)\\]】」』》〉）"
_END: Final = re.compile(rf"(?P<mark>[.!?。]+|…)(?P<closers>[{_CLOSERS}]*)(?P<blank>\s+|$)")
# "…했다.이어 그는": the blank is missing often enough, and after these endings nothing else can be meant.
_END_UNSPACED: Final = re.compile(r"(?<=[다요죠까])[.!?](?=[가-힣“‘\"(A-Z0-9△▲■□◆◇○●※])")
_WHOLE: Final = re.compile(rf"(?:(?<![.…])[.!?。]|(?<=[가-힣])[다요까죠음함임됨])[{_CLOSERS}]*$")

_TITLES: Final = re.compile(
    "mr|mrs|ms|dr|prof|st|sr|jr|gen|gov|sen|rep|lt|col|sgt|capt|rev|hon|vs|no|figs?|eq|ref|vol|pp|ca|approx|dept|univ"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thu|thurs|fri|sat|sun|e[.]g|i[.]e|cf|viz|al"
)
# These may well end a sentence; then a word follows that begins one.
_SHORT: Final = re.compile("inc|corp|co|ltd|llc|plc|bros|etc|[ap][.]m|ph[.]d")
_BEGINNER: Final = re.compile(
    "The|An?|Its?|In|On|At|He|She|They|We|You|I|But|And|This|That|These|Those|As|For|With|When|While|After|Before|If"
    "|However|Meanwhile|Still|Yet|So|There|Here|What|Who|Why|How"
)
_INITIALS: Final = re.compile(r"(?:[A-Za-z]\.)*[A-Za-z]")
_GOES_ON: Final = re.compile(r"(?:이?라[고며는면]|하[고며]|고|며|면서)(?![가-힣])|(?:이?라[고며는면]|하[고며])[가-힣]")

_WIRE: Final = (
    "기자|특파원|통신원|앵커|뉴스|일보|신문|경제|미디어|코리아|저널|투데이|타임[스즈]|통신|닷컴|방송|사진|="
    "|Yonhap|Reuters|AP|AFP"
)
_BYLINE: Final = re.compile(
    rf"""\s*(?:
        【[^】]{{1,60}}】                                                           # 【하노이(베트남)=통신원】
      | [\[【(（〔<][^\]】)）〕>]{{0,50}}(?:{_WIRE})[^\]】)）〕>]{{0,40}}[\]】)）〕>]   # [서울=뉴시스]
      | (?:[가-힣]{{2,4}}[·ㆍ,\s]\s*){{1,4}}(?:[가-힣]{{2,4}}\s?)?(?:기자|특파원|통신원|논설위원)
        (?:\s*[\w.+-]+@[\w.-]+)?\s*[=|ㅣ│/:]                                     # 홍길동 기자 =
      | [A-Z][A-Z .]{{2,25}}(?:,\s[\w. ]{{3,25}})?\s\([A-Za-z ]{{2,20}}\)\s*[-–—]+      # SEOUL, Feb. 10 (Yonhap) --
      | [=|ㅣ│]
    )\s*""",
    re.VERBOSE,
)
_CREDIT: Final = re.compile(
    r"""^(?:[▲△▼↑]|[\[(（]?\s*(?:사진|자료\s?사진|자료|출처|이미지|그래픽|영상)\s*[=:/|ⓒ©])   # a caption or credit
      | ^[\s\[(（]*(?:[가-힣]{2,4}\s?){1,3}(?:기자|특파원|에디터)\s*[\])）]?\s*(?:[\w.+-]+@[\w.-]+)?\s*$  # who wrote it
      | ^\S+@\S+(?:\s(?:[가-힣]{2,4}\s?){1,3}(?:기자|특파원)?)?$
      | ^\s*(?:ⓒ|©|Copyright) | ^(?:입력|수정|등록|승인)\s?:?\s?20\d\d""",
    re.VERBOSE,
)
# A credit belongs to the picture, and so do words before it that are no sentence. In the middle of a sentence only a
# photograph is one: a table's source may be part of what is said.
_PICTURED: Final = re.compile(
    r"[\[(（]\s*(?:사진|자료|출처|이미지|그래픽|영상)[^=:/\])）]{0,6}[=:/][^\])）]{0,40}[\])）]\s*"
)
_PHOTOGRAPHED: Final = re.compile(r"[\[(（]\s*(?:자료\s?)?사진[^=:/\])）]{0,6}[=:/ⓒ][^\])）]{0,40}[\])）]\s*")
# What a picture shows, told as captions tell it: who is doing something somewhere, who stands left and who right.
_CAPTION: Final = re.compile(
    r"\((?:(?:사진\s)?(?:왼|오른)쪽|(?:가운데|앞줄|뒷줄|맨\s(?:왼|오른)쪽))[^)]{0,20}\)[^.]{0,120}(?:있다|한다|했다)[.]$"
    r"|기념\s?(?:촬영|사진)(?:을|를)?\s?(?:하고|찍고|찍었다|하는)"
    r"|[가-힣]서[\s,].{0,80}(?:인터뷰|연설|발언|시연|시연\s?발표|악수|인사말|기자회견|강연|축사|포즈|질의응답|시승|관람|체험|답변)"
    r"(?:을|를)?\s?(?:하고|취하고|나누고)\s있다[.]?$"
)
_VERBAL: Final = re.compile(r"[다요까죠][.!?]?[\"'”’]*$")
_NOTICE: Final = re.compile(r"무단\s?(?:전재|복제|배포)|저작권자")
_NEAR: Final = 200  # characters before and after an end that tell whether it is one
_LONGEST_CREDIT: Final = 200  # characters; where a feed has run everything together, the text follows the caption


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text in order, headings and other lines without an end among them."""
    return tuple(_all(text))


def is_whole(sentence: str) -> bool:
    """Whether a sentence has an end: not a heading, not what a feed broke off."""
    return bool(_WHOLE.search(sentence))


def _all(text: str) -> Iterator[str]:
    begun = False
    for line in _LINES.split(_INVISIBLE.sub("", text)):
        paragraph = _without_byline(" ".join(line.split()), begun=begun)
        if not paragraph or (_CREDIT.search(paragraph) and len(paragraph) < _LONGEST_CREDIT):
            continue
        begun = True
        yield from _told(paragraph)


def _told(paragraph: str) -> Iterator[str]:
    """The sentences of a paragraph without captions and credits."""
    pieces = _PHOTOGRAPHED.split(paragraph)
    for number, piece in enumerate(pieces, 1):
        parts = list(_parts(piece))
        if number < len(pieces) and parts and not _VERBAL.search(parts[-1]):
            parts.pop()  # the caption of the photograph
        for part, following in zip_longest(parts, parts[1:], fillvalue=""):
            sentence = _BULLET.sub("", _PICTURED.sub("", part, count=1) if _PICTURED.match(part) else part)
            caption = _PICTURED.match(following) and not _VERBAL.search(sentence)
            stop = len(pieces) > 1 and not any(sign.isalnum() for sign in sentence)
            if sentence and not (stop or caption or any(one.search(sentence) for one in (_NOTICE, _CREDIT, _CAPTION))):
                yield sentence


def _without_byline(paragraph: str, *, begun: bool) -> str:
    """The paragraph after its bylines; within a text only what stands in brackets is one."""
    while (found := _BYLINE.match(paragraph)) and found.end():
        if begun and found[0].strip()[:1] not in _OPEN:
            break
        paragraph = paragraph[found.end() :]
    return paragraph


def _parts(paragraph: str) -> Iterator[str]:
    """A paragraph cut where its sentences end."""
    inside = _enclosed(paragraph)
    start = 0
    for end, following in _ends(paragraph):
        around = paragraph[max(start, end - _NEAR) : end], paragraph[following : following + _NEAR]
        if not inside[end - 1] and not _runs_on(*around):
            yield paragraph[start:end]
            start = following
    if start < len(paragraph):
        yield paragraph[start:]


def _ends(paragraph: str) -> list[tuple[int, int]]:
    """Where sentences may end, each with where the next begins."""
    spaced = [(found.end("closers"), found.end()) for found in _END.finditer(paragraph)]
    return sorted(spaced + [(found.end(), found.end()) for found in _END_UNSPACED.finditer(paragraph)])


def _runs_on(sentence: str, rest: str) -> bool:
    """Whether what looks like an end is none."""
    if not rest:
        return False
    if rest[0].islower() or _GOES_ON.match(rest):
        return True
    bare = sentence.rstrip("\"'”’)]】」』》〉）")
    if bare.endswith(("…", "...")):
        return not bare.rstrip("….").endswith(("다", "요")) or rest[0].islower()
    return bare.endswith(".") and _is_abbreviation(bare[:-1].split(" ")[-1].lstrip("\"'“‘(["), sentence, rest)


def _is_abbreviation(word: str, sentence: str, rest: str) -> bool:
    """Whether the full stop after a word belongs to the word."""
    if word.isdecimal():  # a date, or the number of a list
        return rest[0].isdecimal() or "가" <= rest[0] <= "힣" or sentence.strip() == f"{word}."
    low, following = word.lower(), rest.split(" ", 1)[0].rstrip(",")
    if _TITLES.fullmatch(low):
        return True
    short = _SHORT.fullmatch(low) or _INITIALS.fullmatch(word)
    return bool(short) and not _BEGINNER.fullmatch(following) and not "가" <= rest[0] <= "힣"


def _enclosed(paragraph: str) -> list[bool]:
    """For each character whether it stands inside quotation marks or brackets that are closed in the paragraph."""
    inside = [False] * len(paragraph)
    for opened, closed in _pairs(paragraph):
        inside[opened:closed] = [True] * (closed - opened)
    return inside


def _pairs(paragraph: str) -> Iterator[tuple[int, int]]:
    """Where outermost pairs open and close; a straight mark opens and closes by turns."""
    at = 0
    missing = set()  # looked for to the end once is enough
    while at < len(paragraph):
        closer = '"' if paragraph[at] == '"' else _OPEN.get(paragraph[at])
        if closer and closer not in missing:
            end = paragraph.find(closer, at + 1)
            if end > 0:
                yield at, end
                at = end
            else:
                missing.add(closer)
        at += 1
