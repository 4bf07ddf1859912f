"""BigKinds' spreadsheet: what is read of it, and what is refused by name."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collectors.bigkinds import NotBigKindsError, read_bigkinds
from collectors.dates import SEOUL
from tests.spreadsheets import FIRST, HEADINGS, TEXT, book, row


def test_a_row_is_an_article_of_its_outlet() -> None:
    sheet = read_bigkinds(book([row(1), row(2, "둘째 &amp; 글", 언론사="미래전자신문", URL="")]))
    first, second = sheet.articles
    assert (first.outlet, first.entry.title, first.entry.lang) == ("한결일보", FIRST, "ko")
    assert first.entry.published == datetime(2025, 11, 2, tzinfo=SEOUL)
    assert first.entry.url == "https://hangyeol.example/news/1"
    assert first.entry.key == "01100101.20251102090000001"
    assert first.entry.summary == TEXT.strip()
    assert first.entry.content == ""
    assert (second.entry.source, second.entry.title) == ("bigkinds:미래전자신문", "둘째 & 글")
    assert second.entry.canonical == "urn:bigkinds:01100101.20251103090000002"
    assert (sheet.left_out, sheet.problems) == (0, ())


@pytest.mark.parametrize(
    "day",
    [
        20251103,
        20251103.0,
        "20251103",
        "2025-11-03",
        date(2025, 11, 3),
        datetime(2025, 11, 3, tzinfo=SEOUL).replace(tzinfo=None),
    ],
)
def test_a_day_may_be_a_number_a_text_or_a_date(day: object) -> None:
    [article] = read_bigkinds(book([row(1, 일자=day)])).articles
    assert article.entry.published == datetime(2025, 11, 3, tzinfo=SEOUL)


def test_columns_may_stand_in_any_order_below_a_title_with_blanks_or_without() -> None:
    names = [name.replace(" ", "") for name in reversed(HEADINGS)]
    told = {name.replace(" ", ""): value for name, value in row(1).items()}
    [article] = read_bigkinds(book([told], names, above=2)).articles
    assert article.entry.title == FIRST


def test_rows_left_out_of_analysis_repeated_or_unreadable_are_counted_and_named() -> None:
    rows = [row(1), row(1), row(2, **{"분석제외 여부": "예외"}), row(3, 일자="그제"), row(4, 제목=None), {}]
    sheet = read_bigkinds(book(rows))
    assert len(sheet.articles) == 1
    assert sheet.left_out == 1
    assert sheet.problems == ("row 5: 일자 is empty or unreadable", "row 6: 제목 is empty or unreadable")


def test_a_formula_is_refused_and_a_title_that_looks_like_one_is_not() -> None:
    with pytest.raises(NotBigKindsError, match="제목 holds a formula in row 2"):
        read_bigkinds(book([row(1, '=HYPERLINK("http://evil.example")')]))
    unused = book([row(1, 위치="=1+1")])
    assert len(read_bigkinds(unused).articles) == 1


def without(heading: str) -> Callable[[], bytes]:
    return lambda: book([row(1)], [name for name in HEADINGS if name != heading])


def doctored(part: str, text: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(book([row(1)]))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    return out.getvalue()


REFUSED = {
    "no day": (without("일자"), "the column 일자 is missing"),
    "no id": (without("뉴스 식별자"), "뉴스식별자 is missing"),
    "another sheet": (lambda: book([], ["이름", "주소"]), "뉴스식별자, 일자, 언론사, 제목 is missing"),
    "csv": ("뉴스 식별자,일자\n1,2".encode, "no .xlsx file"),
    "nothing": (lambda: b"", "no .xlsx file"),
    "old or locked": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
    "a picture in a zip": (lambda: doctored("[Content_Types].xml", b""), "damaged"),
    "entities": (
        lambda: doctored("xl/worksheets/sheet1.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'),
        "declares a document type",
    ),
    "broken xml": (lambda: doctored("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row><c"), "damaged|missing"),
    "cut off": (lambda: book([row(1)])[:-300], "no .xlsx|damaged"),
}


@pytest.mark.parametrize(("made", "says"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_spreadsheet_of_bigkinds_is_named(made: Callable[[], bytes], says: str) -> None:
    with pytest.raises(NotBigKindsError, match=says):
        read_bigkinds(made())


def test_a_file_that_would_grow_is_refused_unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collectors.bigkinds._LARGEST", 1000)
    with pytest.raises(NotBigKindsError, match="more than 1,000 bytes"):
        read_bigkinds(book([row(1)]))


WHOLE = book([row(1), row(2)])


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=8))
def test_a_damaged_file_is_read_or_refused_by_name(at: int, noise: bytes) -> None:
    try:
        articles, said = read_bigkinds(WHOLE[:at] + noise + WHOLE[at + len(noise) :]).articles, "a sheet"
    except NotBigKindsError as refusal:
        articles, said = (), str(refusal)
    assert said
    assert len(articles) <= 2


PRINTED = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0xD7A3, categories=["L", "N"]), min_size=1, max_size=20
)
SHEETS = st.lists(
    st.tuples(PRINTED, st.dates(date(1990, 1, 2), date(2026, 12, 31)), PRINTED, st.booleans()), max_size=6
)


@settings(deadline=None, max_examples=40)
@given(SHEETS, st.permutations(HEADINGS), st.integers(0, 3))
def test_a_generated_sheet_is_read_as_it_was_written(
    told: list[tuple[str, date, str, bool]], headings: list[str], above: int
) -> None:
    """In whatever order its columns stand and however many lines stand above them: every row, its day and its words."""
    rows = [
        row(
            number,
            f"가{title}",
            일자=f"{day:%Y%m%d}",
            언론사=f"신문{outlet}",
            **({"분석제외 여부": "중복"} if left else {}),
        )
        for number, (title, day, outlet, left) in enumerate(told, 1)
    ]
    sheet = read_bigkinds(book(rows, headings, above=above))
    read = [(one.outlet, one.entry.title, one.entry.published, one.entry.url) for one in sheet.articles]
    assert read == [
        (
            f"신문{outlet}",
            f"가{title}",
            datetime(day.year, day.month, day.day, tzinfo=SEOUL),
            f"https://hangyeol.example/news/{number}",
        )
        for number, (title, day, outlet, left) in enumerate(told, 1)
        if not left
    ]
    assert (sheet.left_out, sheet.problems) == (sum(left for *_, left in told), ())
