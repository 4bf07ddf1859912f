"""How well notices of calls for funding are read: those we wrote, and 623 real titles with their deadlines.

    python -m benchmarks.calls

The real ones are R&D calls of 2025 without their texts, none of them for local governments. Their deadlines are given
as 15:00 UTC: midnight in Seoul of the day that was stated, so a day without an hour. Where a title holds the deadline
itself, what is read in it is held against that day; beside it stands the plain way, the last date of the title with
00:00 for an hour.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from analysis.calls import read_notice
from archive.records.calls import SEOUL, CallDate, Notice
from benchmarks.data import folder
from tests.call_corpus import outcomes

_DATE = re.compile(r"(20\d\d)[.\-]\s*(\d{1,2})[.\-]\s*(\d{1,2})|(\d{1,2})[./](\d{1,2})")
_UNKNOWN_DAY = date(2025, 3, 1)  # of the two notices without a day of publication

Row = Mapping[str, Any]


def main() -> None:
    """Print fields right in the notices we wrote, then what is read in real titles."""
    for half in ("learnt", "held"):
        found = list(outcomes(half))
        right, invented = sum(one.right for one in found), sum(one.invented for one in found)
        print(f"notices {half:6} {right / len(found):.3f} of {len(found)} fields right, {invented} invented")
    lines = folder("funding", "ntis_calls_2025.jsonl").read_text(encoding="utf-8").splitlines()
    rows: list[Row] = [json.loads(line) for line in lines]
    _audiences(rows)
    _deadlines(rows)
    _titles(rows)


def _audiences(rows: Sequence[Row]) -> None:
    """Who may apply, by title alone: all of them are for companies and institutes."""
    read = [notice for row in rows if (notice := _read(row))]
    others = sum(notice.audience == "others" for notice in read)
    local = sum(notice.audience == "local" for notice in read)
    print(f"fit: {len(read)} of {len(rows)} titles call for applications; others {others / len(read):.3f}", end=", ")
    print(f"not for a city {1 - local / len(read):.3f}")


def _deadlines(rows: Sequence[Row]) -> None:
    """The day of the deadline, as recorded and as a text would give it: never an hour."""
    dated = [row for row in rows if row["deadline"] and not _is_none(row)]
    right = sum(
        _end(_read(row, f"접수기한: {row['deadline']}")) == CallDate(day=_day(row["deadline"])) for row in dated
    )
    print(f"days: recorded moments read as days {right / len(dated):.3f} of {len(dated)}")


def _titles(rows: Sequence[Row]) -> None:
    """Deadlines that stand in titles, against the recorded day."""
    said = [row for row in rows if row["deadline"] and re.search(r"[~∼]\s*\d", row["title"]) and not _is_none(row)]
    ours = sum(_is(_end(_read(row)), row) for row in said)
    plain = sum(_plain_day(row) == _day(row["deadline"]) for row in said)
    print(f"titles with a deadline: ours {ours / len(said):.3f}, the last date {plain / len(said):.3f} of {len(said)}")


def _is_none(row: Row) -> bool:
    return _read(row) is None


def _is(end: CallDate | None, row: Row) -> bool:
    return end is not None and end.day == _day(row["deadline"])


def _plain_day(row: Row) -> date | None:
    found = list(_DATE.finditer(row["title"]))
    if not found:
        return None
    year, month, day, *brief = found[-1].groups()
    try:
        return date(int(year), int(month), int(day)) if year else date(_posted(row).year, int(brief[0]), int(brief[1]))
    except ValueError:
        return None


def _read(row: Row, text: str = "") -> Notice | None:
    return read_notice(row["title"], text, _posted(row))


def _posted(row: Row) -> date:
    return _day(row["publishedAt"]) if row["publishedAt"] else _UNKNOWN_DAY


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).astimezone(SEOUL).date()


def _end(notice: Notice | None) -> CallDate | None:
    return notice.windows[-1].closes if notice and notice.windows else None


if __name__ == "__main__":
    main()
