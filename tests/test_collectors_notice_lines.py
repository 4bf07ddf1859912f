"""What portals keep in lists beside the text of a notice reaches whoever reads notices."""

from datetime import UTC, date, datetime

import pytest

from analysis.calls import read_notice
from archive.records.incoming import Source, WaitingEntry
from archive.records.words import EntryId, SourceId
from collectors.articles import read_page
from donghyang.filing import tells, text_of
from tests.builders import an_entry

TITLE = "2026년 AI 스타트업 실증 지원사업 참여기업 모집 공고"
PROSE = (
    "AI 스타트업의 실증을 지원하는 사업의 참여기업을 다음과 같이 모집하오니 많은 관심과 참여 바랍니다. "
    "자세한 내용은 붙임 공고문을 확인하십시오."
)
FACTS = (
    ("지원분야", "사업화"),
    ("접수기간", "2026-02-16 10:00 ~ 2026-03-06 16:00"),
    ("신청대상", "일반기업, 1인 창조기업"),
)
# How three portals set their facts: paragraphs in a list, spans beside boxes, cells of a table.
SHAPES = {
    "list": ("<ul>{}</ul>", "<li><p class='tit'>{}</p><p class='txt'>{}</p></li>"),
    "boxes": ("<ul>{}</ul>", "<li><span class='s_title'>{}</span><div class='txt'>{}</div></li>"),
    "table": ("<table><tbody>{}</tbody></table>", "<tr><th scope='row'>{}</th><td>{}</td></tr>"),
}


def page(shape: str) -> bytes:
    box, row = SHAPES[shape]
    facts = box.format("".join(row.format(*fact) for fact in FACTS))
    return (
        "<!doctype html><html lang='ko'><head><meta charset='utf-8'><title>창업 포털</title></head><body>"
        "<ul><li><a href='/1'>사업공고</a></li><li><a href='/2'>창업소식</a></li></ul>"
        f"<div id='contents'><h3>{TITLE}</h3><div class='information'>{facts}</div>"
        f"<div class='txt'><p>{PROSE}</p></div></div><footer>대표전화 000-0000</footer></body></html>"
    ).encode()


def waiting(role: str) -> WaitingEntry:
    address = "https://portal.example/view"
    entry = an_entry("call", source="portal", title=TITLE, url=address, canonical=address)
    source = Source(id=SourceId("portal"), url="https://portal.example/", name="포털", role=role)  # type: ignore[arg-type]
    return WaitingEntry(
        id=EntryId("e"), entry=entry, source=source, seen=datetime(2026, 2, 16, tzinfo=UTC), backfill=False
    )


@pytest.mark.parametrize("shape", SHAPES)
def test_the_facts_of_a_notice_are_read_whatever_their_shape(shape: str) -> None:
    found = read_page(page(shape), url="https://portal.example/view")
    assert tells(found, waiting("funding").entry)
    text, came_from = text_of(waiting("funding"), found)
    assert came_from.startswith("page:")
    assert PROSE in text
    notice = read_notice(TITLE, text, date(2026, 2, 16))
    assert notice is not None
    (window,) = notice.windows
    assert (str(window.closes and window.closes.day), window.closes and window.closes.clock) == ("2026-03-06", "16:00")
    assert notice.audience == "others"


def test_other_articles_keep_their_text_alone() -> None:
    found = read_page(page("boxes"), url="https://portal.example/view")
    assert "접수기간" not in text_of(waiting("press"), found)[0]
    plain = read_page(page("list").replace("접수기간".encode(), "운영기간".encode()), url="https://portal.example/view")
    assert plain.notice == ""
