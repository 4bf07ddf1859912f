"""The demo's folder: what it may remove, and the officer's page it writes."""

from pathlib import Path

import pytest

from donghyang.config import load
from donghyang.demo.folder import MARKER, FolderError, fresh_folder, write_config
from donghyang.demo.world import load_world

SITE = "http://127.0.0.1:9"


def test_a_folder_that_is_not_the_demos_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(FolderError, match="was not made by the demo"):
        fresh_folder(tmp_path)
    assert (tmp_path / "thesis.txt").read_text() == "mine"


def test_a_file_in_its_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "demo-out").write_text("")
    with pytest.raises(FolderError, match="is a file"):
        fresh_folder(tmp_path / "demo-out")


def test_only_what_the_demo_made_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "demo-out"
    fresh_folder(folder)
    (folder / "out" / "2026-W37").mkdir(parents=True)
    for name in ("donghyang.db", "donghyang.db-wal", "donghyang.db.lock", "config.toml", "notes.txt"):
        (folder / name).write_text("")
    fresh_folder(folder)
    assert {path.name for path in folder.iterdir()} == {MARKER, "notes.txt"}


def test_the_page_is_a_valid_config_with_the_invented_sources(tmp_path: Path) -> None:
    world = load_world()
    config = load(write_config(tmp_path, world, SITE))
    sources = {source.id: source for source in config.settings.source_records()}
    assert set(sources) == {outlet.id for outlet in world.outlets}
    assert all(source.url.startswith(SITE) for source in sources.values())
    assert {sources[key].rights for key in sources if sources[key].role == "press"} == {"link"}
    assert {duty.name for duty in config.settings.duties} >= {"복지", "교통", "안전", "행정"}
    assert any(concept.label == "가온-3" for concept in config.lexicon.concepts)


def test_a_loopback_source_is_counted_as_its_publisher(tmp_path: Path) -> None:
    config = load(write_config(tmp_path, load_world(), SITE))
    assert config.families.of("127.0.0.1", "한결일보") == "한결일보"
