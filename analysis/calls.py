"""A notice of a call for funding (공고문) into what it says: rules over headings and sentences, nothing guessed.

    title ─▶ kind, name        headings ─▶ windows, 대상, 규모, 주관        sentences ─▶ what no heading says

Every value stands in the notice, and the words it was read from are kept. What the notice leaves open stays empty.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from analysis.call_audience import audience_of, audience_of_sentence, audience_of_title
from analysis.call_dates import Reading, read_windows
from analysis.call_lines import Field, fields_of
from analysis.call_titles import is_call, is_digital, key_of, kind_of, name_of
from analysis.tokens import plain
from archive.records.calls import Audience, CallHost, CallWindow, Notice, Standing

_LONGEST: Final = 80  # characters of a value or a phrase that are kept
_READ: Final = 6000  # characters of a notice that are read
_SUM: Final = re.compile(r"\d[\d.,]*\s*(?:조|억|천만|백만|만|천)?\s*(?:\d[\d.,]*\s*(?:천만|백만|만|천)\s*)?원|\d\s*억")
_SAID_SUM: Final = re.compile(
    r"(?:총\s*|[가-힣]{1,6}당\s*)(?:최대\s*)?\d[\d.,]*\s*(?:조|억|천만|백만|만|천)?\s*(?:\d[\d.,]*\s*(?:천만|백만|만)\s*)?원"
)
_SENTENCE: Final = re.compile(r"(?<=다)\.\s*|(?<=요)\.\s*|\n+")
_CLAUSE: Final = re.compile(r"(?<=[며고서])[,\s]\s*(?=[가-힣])|,\s+(?=[가-힣])|→|⇒|➔")
_TAKING: Final = re.compile(r"접수|신청(?!\s*(?:자격|방법))|제출|응모|공모|모집")
_OTHER_DAYS: Final = re.compile(
    r"설명회|평가|결과|협약|발표|교육\s*기간|이의\s*신청|게시|질의|심사|시상|개최|환불|입금"
)
_ASIDE: Final = re.compile(r"\([^()]*[가-힣]{2,}[^()]*\)|※[^\n]*")
_KEEP_ASIDE: Final = re.compile(r"^\((?:[월화수목금토일]요일|기존|당초|연장|변경[^()]{0,2}|정정|종전)\)")
_BUDGET: Final = re.compile(r"(?:예산|자금|사업비|기금)\s*(?:의\s*)?소진\s*(?:시|때|까지)")
_ALWAYS: Final = re.compile(r"(?<![가-힣])(?:상시|수시)(?!\s*(?:근로|고용|종업|채용|직원|인력))")
_TERM: Final = re.compile(
    r"공고\s*(?:일|게시일)?(?:로|으로)?\s*부터\s*\d+\s*(?:일|주|개월)(?:간)?(?:\s*이내)?|(?<![가-힣\d])[가-힣·\s]{2,14}?\s*시\s*까지"
)
_AN_ORGANISATION: Final = re.compile(
    r"(?:부|처|청|원|회|단|공사|재단|센터|시|도|군|구|파크|대학교?|연구소|은행|본부|사업단|협의체)$"
)
_NO_NAME: Final = re.compile(
    r"지방자치단체|지자체|중소기업(?![가-힣]{2,})|대학\s|기업$|가능|이내|필수|자격|누구|컨소시엄|대상|경우|승인|기준|해당|이상|및\s*기업"
)


@dataclass(slots=True)
class _Draft:
    """What has been read so far, and where."""

    phrases: dict[str, str] = field(default_factory=dict)

    def keep(self, name: str, phrase: str) -> None:
        """Remember the words a field was read from."""
        self.phrases[name] = _cut(" ".join(phrase.split()))


def read_notice(title: str, text: str, posted: date) -> Notice | None:
    """What a notice says of its call; None when it tells of something else (results, meetings, tenders, jobs).

    ``posted`` is the day it was published, in Seoul: a year that the notice leaves out is told from it.
    """
    title, text = plain(title), plain(text[:_READ])
    fields, draft = fields_of(text), _Draft()
    if not is_call(title, has_dates=any(one.head in {"when", "until"} for one in fields)):
        return None
    kind = kind_of(title)
    reading = _windows(title, text, fields, posted, draft)
    if kind in {"extended", "corrected"}:
        reading = _replacing(reading)
    stated = next((one for one in fields if one.head == "name" and one.value), None)
    draft.keep("name", stated.phrase if stated else title)
    return Notice(
        name=_cut(stated.value) if stated else name_of(title),
        key=key_of(title),
        kind=kind,
        digital=is_digital(f"{title} {stated.value if stated else ''}"),
        hosts=tuple(_hosts(fields, draft)),
        amount=_amount(text, fields, draft),
        audience=_audience(title, text, fields, draft),
        windows=reading.windows,
        was=reading.was,
        standing=_standing(title, text, fields, draft),
        term=_term(fields, draft) if not any(window.closes for window in reading.windows) else "",
        phrases=draft.phrases,
    )


# windows ------------------------------------------------------------------------------------------


def _windows(title: str, text: str, fields: Sequence[Field], posted: date, draft: _Draft) -> Reading:
    """When applications are taken: under a heading, else in the plan, else in a sentence, else in the title."""
    for found, phrase in (
        *_under_headings(fields, posted),
        *_in_plans(fields, posted),
        *_in_sentences(text, posted),
        _in_title(title, posted),
    ):
        if found.windows:
            draft.keep("windows", phrase)
            return found
    return Reading()


def _under_headings(fields: Sequence[Field], posted: date) -> Iterator[tuple[Reading, str]]:
    """The windows under a heading; several headings of one notice are joined when they say what was and what is."""
    dated = [one for one in fields if one.head in {"when", "until"} and one.value]
    turned = [one for one in dated if re.match(r"[(\[]?\s*(?:변경|당초|기존|연장|정정)", one.value)]
    if len(turned) > 1:
        dated = [Field("when", "", "\n".join(one.value for one in turned)), *dated]
    found = [(read_windows(_core(one.value), posted, deadline=one.head == "until"), one.phrase) for one in dated]
    for reading, phrase in found:
        yield _sharpened(reading, [other for other, _ in found]), phrase


def _sharpened(reading: Reading, others: Sequence[Reading]) -> Reading:
    """The reading, with the hour that another heading gives for the same day."""
    if len(reading.windows) != 1 or not reading.windows[0].closes or reading.windows[0].closes.clock:
        return reading
    one = reading.windows[0]
    ends = (window.closes for other in others for window in other.windows if window.closes and window.closes.clock)
    hour = next((end for end in ends if one.closes and end.day == one.closes.day), None)
    return Reading((CallWindow(opens=one.opens, closes=hour, label=one.label),), reading.was) if hour else reading


def _in_plans(fields: Sequence[Field], posted: date) -> Iterator[tuple[Reading, str]]:
    """The step of a plan (공고 → 접수 → 평가) that takes applications."""
    for plan in (one for one in fields if one.head == "plan"):
        steps = re.split(r"→|⇒|➔|->|\n|,\s(?=[가-힣])", plan.value)
        if len(steps) == 1 and _TAKING.search(plan.label):
            yield read_windows(_core(plan.value), posted), plan.phrase
        for step in steps:
            if _TAKING.search(step) and not _OTHER_DAYS.search(step):
                yield read_windows(step, posted, deadline="마감" in step), f"{plan.label}: {step}"


def _in_sentences(text: str, posted: date) -> Iterator[tuple[Reading, str]]:
    for sentence in _sentences(text):
        for part in (sentence, *_CLAUSE.split(sentence)):
            if _TAKING.search(part) and not _OTHER_DAYS.search(part):
                yield read_windows(_core(part), posted), part


def _in_title(title: str, posted: date) -> tuple[Reading, str]:
    inside = " ".join(re.findall(r"[(\[]([^()\[\]]*(?:\([월화수목금토일]\)[^()\[\]]*)*)[)\]]", title))
    return read_windows(inside, posted) if re.search(r"[~∼～]|까지", inside) else Reading(), title


def _replacing(reading: Reading) -> Reading:
    """Two unnamed windows of an extended or corrected notice: what was, and what is."""
    first, *rest = reading.windows or (CallWindow(),)
    if len(rest) != 1 or first.label or rest[0].label or reading.was:
        return reading
    return Reading((rest[0],), first.closes)


def _core(value: str) -> str:
    """A value without asides such as ``(질의응답은 10. 30.까지)``."""
    return _ASIDE.sub(lambda found: found[0] if _KEEP_ASIDE.match(found[0]) else " ", value)


# the rest -----------------------------------------------------------------------------------------


def _standing(title: str, text: str, fields: Sequence[Field], draft: _Draft) -> Standing:
    budget = _BUDGET.search(text)
    if budget:
        draft.keep("standing", text[max(0, budget.start() - 20) : budget.end() + 20])
        return "budget"
    dated = [one.phrase for one in fields if one.head in {"when", "until"}]
    always = next((words for words in (*dated, title) if _ALWAYS.search(words)), "")
    if always:
        draft.keep("standing", always)
    return "always" if always else ""


def _term(fields: Sequence[Field], draft: _Draft) -> str:
    """A deadline that is no day: ``공고일로부터 30일``, ``모집 완료 시까지``."""
    for one in fields:
        found = _TERM.search(one.value) if one.head in {"when", "until"} else None
        if found and not _BUDGET.search(found[0]):
            draft.keep("term", one.phrase)
            return " ".join(found[0].split())
    return ""


def _audience(title: str, text: str, fields: Sequence[Field], draft: _Draft) -> Audience:
    stated = [(audience_of(one.value), one.phrase) for one in fields if one.head == "who"]
    said = [(audience_of_sentence(sentence), sentence) for sentence in _sentences(text)]
    for audience, phrase in (
        *sorted(stated, key=lambda one: one[0] != "local"),
        (audience_of_title(title), title),
        *said,
    ):
        if audience != "unknown":
            draft.keep("audience", phrase)
            return audience
    return "unknown"


def _amount(text: str, fields: Sequence[Field], draft: _Draft) -> str:
    """규모, word for word: a sum of money before a mere count, a heading before a sentence."""
    headed = [(one.value, one.phrase) for one in fields if one.head == "amount" and re.search(r"\d", one.value)]
    content = [(_with_money(one.value), one.phrase) for one in fields if one.head == "content"]
    sums = [one for one in (*headed, *content) if _SUM.search(one[0])]
    prose = [(found[0], found[0]) for found in _SAID_SUM.finditer(text)]
    for value, phrase in (*sums, *headed, *prose):
        draft.keep("amount", phrase)
        return _cut(" ".join(value.split()).rstrip(". "))
    return ""


def _with_money(value: str) -> str:
    """The part of a description that speaks of money or of how many; "" when none does."""
    if not _SUM.search(value):
        return ""
    counted = re.search(
        r"(?<![가-힣])\d+\s*개(?:\s*[가-힣]+)?\s*,|[^\s,(]+당\s|(?:총|최대|국비)\s*\d|\d[\d.,]*\s*(?:조|억|만|천)",
        value,
    )
    part = value[counted.start() :] if counted else value
    return part.rstrip(")") if part.count(")") > part.count("(") else part


def _hosts(fields: Sequence[Field], draft: _Draft) -> Iterator[CallHost]:
    """Who holds the call; an applicant's part in a consortium (주관기관: 중소기업) is none."""
    for one in fields:
        if one.head != "host":
            continue
        roles = [role for role in ("주최", "주관", "전담", "주무", "소관", "시행", "공고") if role in one.label]
        names = [part.strip() for part in re.split(r"\s*/\s*", one.value)]
        if len(names) != len(roles):
            names, roles = [one.value.strip()], [roles[0]] if len(roles) == 1 else ["·".join(roles)]
        for role, name in zip(roles, names, strict=True):
            if _AN_ORGANISATION.search(name) and not _NO_NAME.search(name) and len(name) <= _LONGEST:
                draft.keep("hosts", f"{draft.phrases.get('hosts', '')} {one.phrase}".strip())
                yield CallHost(role=role, name=name)


def _sentences(text: str) -> list[str]:
    return [one for one in _SENTENCE.split(text) if one.strip()]


def _cut(text: str) -> str:
    """The beginning of a text, up to a word's end."""
    return text if len(text) <= _LONGEST else text[: _LONGEST + 1].rsplit(" ", 1)[0][:_LONGEST]
