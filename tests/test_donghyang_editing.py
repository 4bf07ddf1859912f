"""An editor's hand: obeyed by every composing, undone, kept; and corrections, told to who had the issue before."""

import json
from datetime import datetime, timedelta
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path
from typing import Any

import pytest

from archive import edits, issues, outbox
from archive.records.issue import Issue
from digest.editing import apply, holder
from digest.render import render_files
from donghyang import config as settings
from donghyang.cli import main
from donghyang.services import Services
from tests.builders_digest import EDITION, full_week, issue_of
from tests.mailroom import MONDAY, WEEK, address, freeze, letters, mail, states, write_config
from tests.post_office import Fault, PostOffice

ONE, TWO, THREE = map(address, (1, 2, 3))
BY = ("--by", "김주무관", "--why", "시험")
FRIDAY, SIX = "2026-02-06T18:00:00+09:00", "2026-02-09T06:30:00+09:00"


def call(path: Path, *words: str, now: str = SIX) -> int:
    return main(["--config", str(path), "--now", now, *words])


def shown(path: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    capsys.readouterr()
    assert call(path, *words, "--format", "json") == 0
    return json.loads(capsys.readouterr().out)


def newest(path: Path) -> Issue:
    with Services.open(settings.load(path)) as services, services.archive.reading() as db:
        found = issues.issue(db, WEEK)
    assert found is not None
    return found


# in a week of news -------------------------------------------------------------------------------


def test_edits_before_sending_make_revisions_and_can_be_undone(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(config, "run", now=FRIDAY) == 0
    assert call(config, "run") == 0
    first = newest(config)
    assert call(config, "issue", "edit", "2026-W06", "headline", "1", "사람이 지은 제목", *BY) == 0
    assert call(config, "issue", "edit", "2026-W06", "note", first.items[0].story, "덧붙인 말", *BY) == 0
    assert call(config, "issue", "edit", "2026-W06", "implication", "1", "점검이 필요함", *BY) == 0
    edited = newest(config)
    assert (edited.revision, edited.corrected, edited.number) == (4, 0, first.number)
    item = edited.items[0]
    assert (item.headline, item.note, item.implication) == ("사람이 지은 제목", "덧붙인 말", "점검이 필요함")
    assert item.edited == ("headline", "note", "implication")
    assert [(one.who, one.reason) for one in edited.edits] == [("김주무관", "시험")] * 3
    assert edited.edits[0].stood["headline"] == first.items[0].headline
    seen = shown(config, capsys, "issue", "show", "2026-W06")
    assert seen["items"][0]["edited"] == ["headline", "note", "implication"]
    assert call(config, "issue", "edit", "2026-W06", "--undo", "1", *BY) == 0
    assert newest(config).items[0].headline == first.items[0].headline
    assert call(config, "issue", "edit", "2026-W06", "--undo", "1", *BY) == 1
    rows = shown(config, capsys, "issue", "edit", "2026-W06")
    assert [bool(row["withdrawn"]) for row in rows] == [True, False, False]
    assert call(config, "issue", "rebuild", "2026-W06") == 0


def test_a_dropped_story_is_out_of_every_later_composing_and_pinned_it_is_back(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Said before the issue is made, it holds when it is."""
    assert call(config, "run", now=FRIDAY) == 0
    story = shown(config, capsys, "issue", "preview", "2026-W06")["items"][0]["story"]
    assert call(config, "issue", "edit", "2026-W06", "drop", story, *BY, now=FRIDAY) == 0
    assert call(config, "run") == 0
    made = newest(config)
    assert made.revision == 1
    assert story not in {item.story for item in made.items}
    assert [one.kind for one in made.edits] == ["drop"]
    assert call(config, "issue", "edit", "2026-W06", "pin", story, *BY) == 0
    pinned = next(item for item in newest(config).items if item.story == story)
    assert pinned.edited == ("pin",)


def test_what_cannot_be_edited_is_refused(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(config, "run", now=FRIDAY) == 0
    assert call(config, "run") == 0
    for words, code in (
        (("burn", "1"), 2),
        (("drop",), 2),
        (("headline", "1"), 2),
        (("drop", "99"), 1),
        (("drop", "nothing-of-that-name"), 1),
        (("move", "1", "moon"), 1),
        (("pin", "1", "words"), 1),
        (("note", "1", "가" * 401), 1),
    ):
        assert call(config, "issue", "edit", "2026-W06", *words, *BY) == code, words
    assert call(config, "issue", "edit", "2026-W06", "drop", "1", "--by", "김주무관") == 2  # why?
    assert newest(config).revision == 1


# on an issue as it stands ------------------------------------------------------------------------


def an_edit(issue: Issue, rank: int, kind: Any, value: str = "", number: int = 1) -> Any:
    from archive.records.edits import Edit  # noqa: PLC0415 - for this helper alone

    item = issue.items[rank - 1]
    return Edit(
        number=number, at=MONDAY, who="김주무관", kind=kind, article=item.articles[0].id, value=value, reason="시험"
    )


@pytest.fixture(scope="module")
def issue() -> Issue:
    return issue_of(full_week())


def test_dropping_renumbers_and_leaves_no_source_nobody_cites(issue: Issue) -> None:
    edited = apply(issue, [an_edit(issue, 2, "drop")])
    assert [item.rank for item in edited.items] == list(range(1, len(issue.items)))
    assert issue.items[1].story not in {item.story for item in edited.items}
    cited = {n for item in edited.items for n in item.sources}
    assert cited <= {source.n for source in edited.sources}
    assert edited.edits[0].kind == "drop"


def test_a_drop_and_a_later_pin_leave_it_in(issue: Issue) -> None:
    edited = apply(issue, [an_edit(issue, 2, "drop"), an_edit(issue, 2, "pin", number=2)])
    assert len(edited.items) == len(issue.items)


@pytest.mark.parametrize("value", ["policy", "industry", "tech", "public", "people"])
def test_moved_to_a_section_it_stands_last_under_that_heading(issue: Issue, value: str) -> None:
    rank = next(item.rank for item in issue.items if not item.duties and item.section != value)
    edit = an_edit(issue, rank, "move", value)
    edited = apply(issue, [edit])
    moved = holder(edited, edit)
    assert moved is not None
    assert moved.section == value
    assert [item.rank for item in edited.items] == list(range(1, len(issue.items) + 1))
    runs = [item.section for item in edited.items if not item.duties]
    assert [value for n, value in enumerate(runs) if n == 0 or runs[n - 1] != value] == list(dict.fromkeys(runs))


def test_moved_to_the_top_it_is_the_first_highlight(issue: Issue) -> None:
    last = len(issue.items)
    edited = apply(issue, [an_edit(issue, last, "move", "top")])
    assert edited.highlights[0].sources[:1] == issue.items[-1].sources[:1]
    assert len(edited.highlights) <= 3
    renamed = apply(edited, [an_edit(issue, last, "headline", "새 제목")])
    assert renamed.highlights[0].text == "새 제목"


def test_what_a_person_changed_is_marked_in_every_edition(issue: Issue) -> None:
    edited = apply(issue, [an_edit(issue, 1, "note", "덧붙인 말")])
    files = render_files(edited, EDITION)
    assert not any("편집" in body.decode() for body in render_files(issue, EDITION).values())
    for name, body in files.items():
        assert "편집" in body.decode(), name
    assert all("덧붙인 말" in files[name].decode() for name in ("issue.html", "issue.txt"))


def test_an_edit_that_finds_no_item_changes_nothing(issue: Issue) -> None:
    from dataclasses import replace  # noqa: PLC0415 - for this test alone

    strange = replace(an_edit(issue, 1, "note", "x"), article="nowhere")
    assert apply(issue, [strange]) == issue


# corrections -------------------------------------------------------------------------------------


@pytest.fixture
def place(office: PostOffice, tmp_path: Path) -> Path:
    path = write_config(tmp_path, 3, mail(office.port))
    with Services.open(settings.load(path)) as ready:
        freeze(ready)
    return path


LATE = (MONDAY + timedelta(hours=2)).isoformat()


def test_a_correction_is_a_notice_to_who_had_the_issue_and_nobodys_second_issue(
    place: Path, office: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    at = MONDAY.isoformat()
    assert call(place, "issue", "send", "2026-W06", "--correction", "무엇", *BY[:2], now=at) == 1  # nothing was sent
    office.faults[TWO] = [Fault("rcpt", "450 later")]
    office.faults[THREE] = [Fault("rcpt", "550 5.1.1 nobody")]
    assert call(place, "run", "deliver", now=at) == 3
    assert call(place, "issue", "edit", "2026-W06", "headline", "1", "바른 제목", *BY, now=LATE) == 0
    assert "--correction" in capsys.readouterr().out
    assert call(place, "issue", "edit", "2026-W06", "pin", "1", *BY, now=LATE) == 1
    assert newest(place).revision == 1
    assert call(place, "issue", "send", "2026-W06", "--correction", "제목이 틀렸습니다", *BY[:2], now=LATE) == 0
    corrected = newest(place)
    assert (corrected.revision, corrected.corrected, corrected.correction) == (2, 1, "제목이 틀렸습니다")
    assert office.counts() == {ONE: 2}
    notice = message_from_bytes(office.letters[-1].raw)
    assert "[정정] 제" in str(make_header(decode_header(notice["Subject"])))
    assert notice["In-Reply-To"] == message_from_bytes(office.letters[0].raw)["Message-ID"]
    text = bytes(list(notice.walk())[1].get_payload(decode=True)).decode()
    assert "바른 제목" in text
    assert "제목이 틀렸습니다" in text
    assert call(place, "run", "deliver", now=(MONDAY + timedelta(hours=3)).isoformat()) == 0
    assert office.counts() == {ONE: 2, TWO: 1}  # the second had nothing yet, and gets the corrected issue
    with Services.open(settings.load(place)) as services:
        assert states(services.archive) == {ONE: "sent", TWO: "sent", THREE: "failed"}
        assert letters(services.archive)[TWO].revision == 2
        with services.archive.reading() as db:
            assert [one.reader for one in outbox.deliveries(db, WEEK, "correction 2")] == [ONE]
    assert call(place, "issue", "edit", "2026-W06", "--undo", "1", *BY, now=LATE) == 1


def test_a_correction_killed_before_it_was_sent_goes_out_with_the_next_run(place: Path, office: PostOffice) -> None:
    assert call(place, "run", "deliver", now=MONDAY.isoformat()) == 0
    office.faults[ONE] = [Fault("rcpt", "450 later")]
    office.faults[TWO] = [Fault("answer")]
    assert call(place, "issue", "send", "2026-W06", "--correction", "숫자", *BY[:2], now=LATE) == 3
    assert call(place, "run", "deliver", now=(MONDAY + timedelta(hours=4)).isoformat()) == 0
    assert office.counts() == {ONE: 2, TWO: 2, THREE: 2}
    assert call(place, "issue", "send", "2026-W06", "--unknown", now=LATE) == 0  # the same notice, asked for by name
    assert office.counts()[TWO] == 3
    assert office.letters[-1].raw == next(one.raw for one in office.letters[3:] if one.reader == TWO)


def test_a_trial_letter_is_marked_counted_nowhere_and_no_copy_of_the_issue(
    place: Path, office: PostOffice, capsys: pytest.CaptureFixture[str]
) -> None:
    at = MONDAY.isoformat()
    assert call(place, "issue", "send", "2026-W06", "--to", ONE, "--test", now=at) == 0
    assert "시험 편지" in capsys.readouterr().out
    assert call(place, "issue", "send", "2026-W06", "--test", now=at) == 2
    with Services.open(settings.load(place)) as services, services.archive.reading() as db:
        assert outbox.all_letters(db, WEEK) == []
    assert call(place, "run", "deliver", now=at) == 0
    trial, issue = (message_from_bytes(taken.raw) for taken in office.letters if taken.reader == ONE)
    assert str(make_header(decode_header(trial["Subject"]))).startswith("[시험] ")
    assert trial["Message-ID"] != issue["Message-ID"]


def test_edits_of_a_week_are_kept_in_their_order(place: Path) -> None:
    moment = datetime.fromisoformat(SIX)
    with Services.open(settings.load(place)) as services, services.archive.writing() as db:
        from archive.records.edits import Edit  # noqa: PLC0415 - for this test alone

        said = Edit(number=0, at=moment, who="a", kind="note", article="x", value="1", reason="", stood={"rank": 3.0})  # type: ignore[arg-type]
        numbers = [edits.add(db, WEEK, said), edits.add(db, WEEK.ahead(1), said)]
        edits.withdraw(db, WEEK, numbers[0], who="b", reason="", at=moment)
        edits.withdraw(db, WEEK, numbers[0], who="b", reason="", at=moment)
        assert edits.standing(db, WEEK) == ()
        assert [one.stood for one in edits.history(db)] == [{"rank": 3.0}] * 2
        assert edits.weeks(db) == [WEEK, WEEK.ahead(1)]
