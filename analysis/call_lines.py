"""A notice taken apart: which words stand under which heading.

Notices are lists (``○ 접수기간 : …``), tables flattened to lines (a heading on one, its cell on the next), or tables
flattened to one line (``접수기간 … 지원대상 … 문의 …``). A heading is one of those below; what follows is its own up to
the next.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

Head = Literal["when", "until", "plan", "who", "amount", "content", "name", "host", "other"]

_UNTIL: Final = (
    r"(?:(?:과제|신청서|서류|온라인|참가|전산)\s*|사업|지원)?(?:접수|신청|제출|응모|회신|제안|모집|공모|참가)"
    r"(?:[·/]\s*접수)?\s*(?:기한|마감(?:\s*일시?|\s*기한)?|시한)"
)
_WHEN: Final = (
    r"(?:(?:과제|신청서|서류|온라인|참가|전산|연구자)\s*|사업|지원)?(?:접수|신청|제출|응모|제안|모집|공모)"
    r"(?:\s*[·/및]?\s*접수)?\s*(?:기간|일정|일시)|(?:과제|신청서?|온라인|서류|신청\s*[·/]?)\s*접수|접수|기간"
)
_WHO: Final = (
    r"(?:지원|신청|공모|모집|참여|참가|응모|이용|사업|조사|제안|접수)\s*(?:대상(?:\s*기관)?|자격|주체|기관)"
    r"|대상\s*기관|대상|자격"
)
_AMOUNT: Final = (
    r"(?:지원|사업|선정|모집|공모)\s*(?:규모|금액|예산|한도)|지원[금액]|총\s*사업비|사업비|총\s*예산|예산"
    r"|정부\s*출연금|국비\s*지원|보조금|총\s*상금|상금|시상\s*(?:내역|금)"
)
_HOST: Final = (
    r"주최\s*[/·,]\s*주관|주최(?:\s*기관)?|주관(?:\s*기관)?|전담(?:\s*기관)?|주무(?:\s*부처|\s*기관)"
    r"|소관(?:\s*부처|\s*기관)?|시행\s*기관|공고\s*기관"
)
_OTHER: Final = (
    r"문의(?:처)?|기관명|기관\s*구분|담당\s*부서|지원\s*분야|공모\s*분야|대상\s*연령|창업\s*업력|제출\s*서류"
    r"|(?:신청|접수|제출|공모|선정|평가|응모)\s*방법|(?:접수|제출)처|유의\s*사항|사업\s*기간|수행\s*기간|연구\s*기간"
    r"|(?:사업\s*)?설명회|(?:발표|서면|서류|선정)?\s*평가|선정(?:\s*심사|\s*발표)?|협약(?:\s*체결)?|공고(?:\s*기간)?"
    r"|보조율|구분|일시|장소|본선|이의\s*신청\s*기간?"
)
_HEADS: Final[tuple[tuple[Head, str], ...]] = (  # the first that fits
    ("until", _UNTIL),
    ("plan", r"(?:추진|사업|공모|진행)\s*일정|일정"),
    ("when", _WHEN),
    ("who", _WHO),
    ("amount", _AMOUNT),
    ("content", r"(?:지원|사업|공모)\s*내용"),
    ("name", r"사업명|공모명|과제명"),
    ("host", _HOST),
    ("other", _OTHER),
)
_ANY: Final = "|".join(f"(?P<{head}>{words})" for head, words in _HEADS)
_BULLET: Final = r"[\s|□○ㅇㅁᄋᄆ■▪◦●▶▷►◆◇※*•·∙\-–]*(?:(?:\d{1,2}|[가-하]|[①-⑳]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+)[.)]?\s+)?"
_OLD_OR_NEW: Final = r"(?P<turn>[(\[]?\s*(?:변경\s*[전후]|당초|기존|변경|연장|정정)\s*[)\]]?\s*:?\s*)?"
_AT_START: Final = re.compile(rf"{_BULLET}{_OLD_OR_NEW}[(\[<【]?\s*(?:{_ANY})\s*(?P<end>[)\]>】]|[:|]|\s|$)")
_WITH_COLON: Final = re.compile(rf"(?<![가-힣A-Za-z0-9])(?:{_ANY})\s*[)\]]?\s*:(?!\d)")
_AS_WORD: Final = re.compile(rf"(?<![^\s|])(?:{_ANY})(?=\s|$)")
_CELL_MARK: Final = re.compile(r"\s*[:|]")
_SPREAD: Final = re.compile(r"(?<![가-힣])((?:[가-힣]\s)+[가-힣])(?=\s*:)")  # "접 수 기 간 :"
_LONE_TURN: Final = re.compile(
    rf"{_BULLET}(?:(?:제\s*)?\d{{1,2}}\s*차|당초|기존|변경(?:\s*[전후])?|연장|정정)\s*(?::|$)"
)
_DATED: Final = re.compile(r"[\s\-|○·]*(?:[’'‘]?\d{2,4}\s*[.\-/년]|\d{1,2}\s*[월./]|[~∼～])")
_SHORT: Final = 2  # a heading of so few syllables may be a word of a sentence, unless a day follows it
_CONTINUED: Final = 4  # lines a heading without a value of its own may have below it


@dataclass(frozen=True, slots=True)
class Field:
    """Words under a heading."""

    head: Head
    label: str
    value: str

    @property
    def phrase(self) -> str:
        """Heading and words, as they are kept to show where a value was read."""
        return " ".join(f"{self.label}: {self.value}".split())


def fields_of(text: str) -> tuple[Field, ...]:
    """The headed parts of a notice, in its order."""
    lines = [_gathered(line) for line in text.splitlines() if line.strip()]
    return tuple(_fields(lines))


def _fields(lines: Sequence[str]) -> Iterator[Field]:
    i = 0
    while i < len(lines):
        found = list(_of_line(lines[i]))
        i += 1
        for field in found[:-1]:
            yield field
        if found:
            field = found[-1]
            more = _below(lines, i, field) if field.head in {"when", "until"} or not field.value else []
            i += len(more)
            yield Field(field.head, field.label, "\n".join(part for part in (field.value, *more) if part))
        elif _LONE_TURN.match(lines[i - 1]):
            yield Field("when", "", lines[i - 1].strip(" -·○□"))


def _below(lines: Sequence[str], i: int, field: Field) -> list[str]:
    """The lines that carry a heading's words on: rounds, what it was and what it is now, or the next cells."""
    found: list[str] = []
    for line in lines[i : i + _CONTINUED]:
        turn = field.head in {"when", "until"} and _LONE_TURN.match(line)
        cell = not field.value and (not found or _DATED.match(line)) and not list(_of_line(line))
        if not (turn or cell):
            break
        found.append(line.strip(" |-–·○ᄋ•"))
    return found


def _of_line(line: str) -> Iterator[Field]:
    """The headed parts of one line."""
    start, marks = _AT_START.match(line), list(_WITH_COLON.finditer(line))
    if start is not None and start["end"].isspace() and not _CELL_MARK.match(line, start.end()):
        marks = [*marks, *_AS_WORD.finditer(line)]
        if len("".join(start[_head(start)].split())) <= _SHORT and not _DATED.match(line, start.end()):
            start = None
    heads = {found.start(_head(found)): found for found in (*marks, *([start] if start else ()))}
    ordered = [heads[place] for place in sorted(heads)]
    for found, after in zip(ordered, [*ordered[1:], None], strict=False):
        stop = after.start(_head(after)) if after else len(line)
        turn = (found.groupdict().get("turn") or "").strip(" :")
        value = line[found.end() : stop].lstrip(" :|").rstrip(" |,·").removesuffix("(").rstrip(" ,·")
        yield Field(_head(found), " ".join(found[_head(found)].split()), f"{turn} {value}".strip())


def _head(found: re.Match[str]) -> Head:
    return next(head for head, _ in _HEADS if found[head] is not None)


def _gathered(line: str) -> str:
    """A line whose heading is not spread out: ``접 수 기 간 :`` becomes ``접수기간 :``."""
    return _SPREAD.sub(lambda found: found[1].replace(" ", ""), line)
