"""Plain text: what a reader sees of a title and a summary."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors import plain_text
from collectors.plain_text import beginning, line, passage


@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("<b>[단독]</b> AI &amp; &quot;로봇&quot;", '[단독] AI & "로봇"'),
        ("&amp;lt;b&amp;gt;굵게&amp;lt;/b&amp;gt;", "굵게"),
        ("R&D와 AT&T, &copy없음", "R&D와 AT&T, &copy없음"),
        ("첫 줄<br/>둘째 줄", "첫 줄 둘째 줄"),
        ("How to use the <b> tag", "How to use the <b> tag"),
        ("<인공지능 시대> 펴내", "<인공지능 시대> 펴내"),
        ("  여러\n\t칸  ", "여러 칸"),
        ("보이지\u200b 않는\ufeff 것", "보이지 않는 것"),
        ("&lt;span style='a'&gt;x&lt;/span&gt;", "x"),
    ],
)
def test_a_title_on_one_line(title: str, read: str) -> None:
    assert line(title) == read


@pytest.mark.parametrize(
    ("html", "read"),
    [
        ("<p>첫 문단</p><p>둘째<br>줄</p>", "첫 문단\n둘째\n줄"),
        ("&lt;p&gt;두 번&lt;/p&gt;&lt;p&gt;감쌌다&lt;/p&gt;", "두 번\n감쌌다"),
        ("<script>x()</script><style>p{}</style>글<!-- 숨김 -->", "글"),
        ("<table><tr><td>가</td><td>나</td></tr></table>", "가 나"),
        ("a < b 이고 <AI School> 대표", "a < b 이고 <AI School> 대표"),
        ("<a href='x' title='a > b'>이름</a>", "이름"),
        ("<pre>&lt;p&gt;</pre>", "<p>"),
        ("한 줄\n\n\n  두 줄", "한 줄\n두 줄"),
        ("", ""),
    ],
)
def test_a_passage_by_lines(html: str, read: str) -> None:
    assert passage(html) == read


def test_deep_and_broken_markup_is_read() -> None:
    assert passage("<div>" * 5000 + "속" + "</span>" * 10) == "속"


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert "\n" not in line(text)
    assert all(written == written.strip() and written for written in passage(text).splitlines())


@given(st.text(), st.integers(2, 100))
def test_a_beginning_is_no_longer_than_asked(text: str, limit: int) -> None:
    assert len(beginning(text, limit)) <= max(limit, 1)


def test_a_beginning_ends_at_a_word() -> None:
    assert beginning("가온시가 인공지능 당직실을 시범 운영한다", 16) == "가온시가 인공지능…"
    assert beginning("짧다", 16) == "짧다"


def test_a_text_of_nothing_but_tags_is_read_all_the_same() -> None:
    """Nested a hundred thousand deep, it would take the HTML parser minutes."""
    assert passage("<div>" * 100_000 + "시청 &amp; 구청") == "시청 & 구청"


TAGS = [
    "<p>",
    "</p>",
    "<br/>",
    "<a href='/x?a=1&amp;b=2'>",
    "</a>",
    '<div class="w">',
    "</div>",
    "<img src=x />",
    "<b>",
]
MARKUP = [
    *TAGS,
    "</b>",
    "<li>",
    "<table>",
    "<td>",
    "</table>",
    "<!-- x -->",
    "<script>y</script>",
    "<title>",
    "<p a='>'>",
]
WORDS = [
    "가나 다",
    " ",
    "\n",
    "&amp;",
    "&amp;lt;",
    "&lt;b&gt;",
    "AT&T",
    "&copy 2026",
    "&nbsp;",
    "&#128;",
    "&hellip;",
    "1 < 2",
]


@given(st.lists(st.sampled_from([*MARKUP, *WORDS]), max_size=12))
def test_ordinary_tags_are_taken_out_as_a_parser_of_html_takes_them_out(pieces: list[str]) -> None:
    text = "".join(pieces)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_text, "_ORDINARY_TAG", re.compile("(?!)"))
        by_parser = passage(text)
    assert passage(text) == by_parser
