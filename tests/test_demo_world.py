"""The invented world is rich enough to show the pipeline something, and does not contradict itself."""

from collections import Counter, defaultdict
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
    weeks = Counter(str(Week.containing(piece.at, CLOCK)) for piece in world.pieces if word in piece.title)
    return [weeks[f"2026-W{week}"] for week in (37, 38, 39, 40)]


def test_it_tells_enough_events_and_many_of_them_by_several_outlets(world: World) -> None:
    events = told_by(world)
    own_words = [{piece.outlet.id for piece in pieces if not piece.copied} for pieces in events.values()]
    assert len(events) >= 30
    assert sum(len(outlets) >= 3 for outlets in own_words) >= 12


def test_it_has_wire_copies_whole_and_cut(world: World) -> None:
    copies = [piece for piece in world.pieces if piece.copied]
    originals = {pieces[0].event: pieces for pieces in told_by(world).values()}
    whole = [
        piece
        for piece in copies
        if any(piece.paragraphs == other.paragraphs for other in originals[piece.event] if not other.copied)
    ]
    assert len(copies) >= 10
    assert 0 < len(whole) < len(copies)


def test_everyday_news_outweighs_a_week_of_ai_news(world: World) -> None:
    assert sum(not piece.event for piece in world.pieces) >= 40


def test_one_topic_rises_and_one_fades(world: World) -> None:
    rising, fading = weekly(world, "민원"), weekly(world, "딥페이크")
    assert rising == sorted(rising)
    assert rising[-1] >= 4 * rising[0]
    assert fading == sorted(fading, reverse=True)
    assert fading[-1] == 0


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
