"""Spreadsheets as BigKinds gives them, with articles of our own."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook

HEADINGS = (
    *(
        "뉴스 식별자",
        "일자",
        "언론사",
        "기고자",
        "제목",
        "통합 분류1",
        "위치",
        "기관",
        "키워드",
        "본문",
        "URL",
        "분석제외 여부",
    ),
)
FIRST = "한빛시, 민원 상담에 AI 에이전트 도입 검토"
TEXT = (
    "한빛시가 민원 상담 전화에 인공지능 에이전트를 들이는 방안을 검토한다. 시는 여권과 주정차 문의부터 맡길 계획이다. "
)


def row(number: int, title: str = FIRST, **own: object) -> dict[str, object]:
    """One article; keyword arguments take the place of its cells."""
    told: dict[str, object] = {
        "뉴스 식별자": f"01100101.2025110{number % 9 + 1}090000{number:03}",
        "일자": f"2025110{number % 9 + 1}",
        "언론사": "한결일보",
        "제목": title,
        "위치": "한빛시",
        "기관": "한빛시",
        "본문": TEXT,
        "URL": f"https://hangyeol.example/news/{number}",
        "분석제외 여부": "",
    }
    return told | own


def book(rows: Sequence[dict[str, object]], headings: Sequence[str] = HEADINGS, above: int = 0) -> bytes:
    """The file."""
    made = Workbook()
    sheet = made.active
    for _ in range(above):
        sheet.append(["검색식"])
    sheet.append(list(headings))
    for told in rows:
        sheet.append([told.get(name) for name in headings])
    out = BytesIO()
    made.save(out)
    return out.getvalue()
