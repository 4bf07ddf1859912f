"""The invented world is rich enough to show the pipeline something, and does not contradict itself."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest

from archive.weeks import Week
from donghyang.demo import world as module
from donghyang.demo.world import CLOCK, Outlet, Piece, World, WorldError, load_world


@pytest.fixture(scope="module")
def world() -> World:
    return load_world()


def told_by(world: World) -> dict[str, list[Piece]]:
    events: dict[str, list[Piece]] = defaultdict(list)
    for piece in world.pieces:
        if piece.event:
            events[piece.event].append(piece)
    return events


def weekly(world: World, word: str) -> list[int]:
    """AI pieces of each week whose title has the word."""
    told = [piece for piece in world.pieces if piece.event and word in piece.title]
    weeks = Counter(str(Week.containing(piece.at, CLOCK)) for piece in told)
    return [weeks[f"2026-W{week}"] for week in range(33, 41)]


def test_it_tells_enough_events_and_many_of_them_by_several_outlets(world: World) -> None:
    events = told_by(world)
    own_words = [{piece.outlet.id for piece in pieces if not piece.copied} for pieces in events.values()]
    assert len(events) >= 60
    assert sum(len(outlets) >= 3 for outlets in own_words) >= 25
    assert sum(not outlet.gone for outlet in world.outlets) >= 12
    assert world.pieces[0].at.date() == date(2026, 8, 10)
    assert world.pieces[-1].at.date() == date(2026, 10, 4)


def test_it_has_wire_copies_whole_and_cut(world: World) -> None:
    copies = [piece for piece in world.pieces if piece.copied]
    originals = {pieces[0].event: pieces for pieces in told_by(world).values()}
    whole = [
        piece
        for piece in copies
        if any(piece.paragraphs == other.paragraphs for other in originals[piece.event] if not other.copied)
    ]
    assert len(copies) >= 20
    assert 0 < len(whole) < len(copies)


def test_everyday_news_outweighs_a_week_of_ai_news(world: World) -> None:
    assert sum(not piece.event for piece in world.pieces) >= 100


def test_one_topic_rises_one_fades_and_one_is_new_in_the_seventh_week(world: World) -> None:
    rising, fading, new = weekly(world, "민원"), weekly(world, "딥페이크"), weekly(world, "신분증")
    assert rising == sorted(rising)
    assert rising[-1] >= 3 * rising[-2]
    assert fading == sorted(fading, reverse=True)
    assert fading[:5] >= [5] * 5
    assert fading[-1] == 0
    assert new[:6] == [0] * 6
    assert new[6] >= 7


def test_the_holidays_are_thin(world: World) -> None:
    def told_between(first: date, last: date) -> int:
        return sum(bool(piece.event) and first <= piece.at.date() <= last for piece in world.pieces)

    assert told_between(date(2026, 9, 24), date(2026, 9, 26)) <= 1  # Chuseok
    assert told_between(date(2026, 8, 15), date(2026, 8, 17)) == 0  # Liberation Day and the Monday in lieu


def test_korea_picks_an_english_story_up_two_days_later(world: World) -> None:
    pieces = [piece for piece in world.pieces if "Plainsong" in " ".join((piece.title, *piece.paragraphs))]
    assert pieces[0].outlet.lang == "en"
    assert min(piece.at for piece in pieces if piece.outlet.lang == "ko") - pieces[0].at > timedelta(days=1)
    assert len({piece.event for piece in pieces}) == 1


def test_a_report_is_taken_back_by_the_paper_that_made_it(world: World) -> None:
    correction = next(piece for piece in world.pieces if "정정보도" in piece.title)
    told = told_by(world)[correction.event]
    assert told[0].outlet == correction.outlet
    assert (correction.at.date() - told[0].at.date()).days == 2


def test_calls_state_what_an_applicant_must_know(world: World) -> None:
    calls = [piece for piece in world.pieces if piece.event and piece.outlet.role == "funding"]
    assert len(calls) >= 7
    for call in calls:
        text = " ".join(call.paragraphs)
        assert "원" in text, call.title
        assert any(word in text for word in ("접수기간", "접수마감", "신청기간")), call.title
        assert any(word in text for word in ("신청자격", "지원자격", "지원대상", "공모대상")), call.title
    assert sum("예산 소진 시까지" in " ".join(call.paragraphs) for call in calls) == 2


def test_every_piece_has_prose_of_its_language(world: World) -> None:
    for piece in world.pieces:
        text = " ".join(piece.paragraphs)
        hangul = sum("가" <= sign <= "힣" for sign in text)
        assert len(text) >= 50, piece.title
        assert (hangul > len(text) / 3) == (piece.outlet.lang == "ko"), piece.title


def test_what_an_outlet_has_printed_grows_with_time(world: World) -> None:
    nuri = world.outlet("nuri")
    assert nuri is not None
    first = world.printed(nuri, world.pieces[20].at)
    later = world.printed(nuri, world.pieces[60].at)
    assert first == later[-len(first) :]
    assert len(first) < len(later)


def test_two_pieces_at_one_address_are_refused(world: World) -> None:
    with pytest.raises(WorldError, match="move one by a minute"):
        module._refuse_shared_addresses([world.pieces[0], world.pieces[0]])


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"outlet": "nobody", "title": "가", "text": "나"}, "no outlet 'nobody'"),
        ({"outlet": "nuri", "title": "가", "copies": "daon"}, "'daon' does not tell this event"),
        ({"outlet": "nuri", "title": "가", "text": " "}, "no text"),
    ],
)
def test_content_that_contradicts_itself_is_named(world: World, row: dict[str, str], reason: str) -> None:
    outlets: dict[str, Outlet] = {outlet.id: outlet for outlet in world.outlets}
    with pytest.raises(WorldError, match=reason):
        module._piece(row, outlets, {}, event="", file=Path("week.toml").name)
