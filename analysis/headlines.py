"""What a headline says once its outlet's tags are off, and whether it is one of a daily series.

A series (market lines, price lists, personnel and obituary notices, horoscopes, newsletters) writes the same words
every day about different things; likeness of words proves nothing there.
"""

import re

from analysis.tokens import plain

_BRACKETS = (
    r"\[[^\]]{1,30}\]|【[^】]{1,30}】|〔[^〕]{1,30}〕|<[^>]{1,20}>|〈[^〉]{1,20}〉"
    r"|\((?:종합|속보|단독|상보)?\d*보?\)"
)
_TAGS = re.compile(rf"^(?:\s*(?:{_BRACKETS}))+|(?:\s*(?:{_BRACKETS}))+$")
_OUTLET = re.compile(r"(?<=.{15})\s[-–—|]\s(?:[^\s\d–—|]+\s?){1,4}$")
_NOT_WORDS = re.compile(r"[\W_]+")

_SERIES = re.compile(
    r"""
    \[(?:인사|부고|부음|동정|표|포토|인사동정|오늘의\s?\w+|날씨|운세|일정|주요\s?\w+|사고|알림)\]
    | ^(?:인사|부고|부음|동정)\b
    | 운세 | 띠별 | 오늘의\s?(?:날씨|일정|주요|증시|뉴스|운세|인사|코스피) | 주간\s?(?:날씨|일정|운세) | 로또
    | (?:코스피|코스닥|원[·/]달러|환율|나스닥|다우|국제유가|뉴욕증시|뉴욕\s?3대)[^가-힣]{0,3}.{0,25}
      (?:출발|개장|마감|마쳐|거래|회복|혼조|상승|하락|급락|급등|약세|강세|반등|돌파)
    | \[[^\]]*(?:증시|시황|특징주|공시|핫스톡|종목|마켓|환율|월가|월스트리트|국제금융시장
      |주식\s?초고수|장바구니|줍줍|스타즈IR)[^\]]*\]
    | newsletter | weekly\s(?:digest|roundup|recap) | daily\s(?:digest|brief) | this\sweek\sin | link\sroundup
    | \bTLDR\b | who\sis\shiring
    """,
    re.VERBOSE | re.IGNORECASE,
)


_NEW_YORK = re.compile(
    r"뉴욕\s?(?:증시|3대)|나스닥|다우(?:존스|지수|\s)|3대\s?지수|(?:美|미국?)\s?증시"
    r"|\[[^\]]*(?:국제금융시장|월스트리트|뉴욕증시)[^\]]*\]"
)
_DIGITS = re.compile(r"\d+")


def headline(title: str) -> str:
    """A title without tags such as [속보] or (종합) and without " - The Outlet"."""
    words = _OUTLET.sub("", plain(title).strip())
    return _TAGS.sub("", words).strip() or words


def comparable(title: str) -> str:
    """Only the letters and digits of a headline, to tell whether two are the same."""
    return _NOT_WORDS.sub("", headline(title).lower())


def in_series(title: str) -> bool:
    """Whether a title belongs to a series that writes the same words every day."""
    return bool(_SERIES.search(plain(title)))


def tells_new_york(title: str) -> bool:
    """Whether a title reports a day of trading in New York, which every Korean paper tells in words of its own."""
    return bool(_NEW_YORK.search(plain(title)))


def numbered(title: str) -> str:
    """A title with its numbers blanked: the parts of one column (… 12, … 13) have the same."""
    return _DIGITS.sub("#", plain(title))
