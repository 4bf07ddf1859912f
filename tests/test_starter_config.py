"""The starter config.toml: an officer finds every key of the contract there, and it loads as it is."""

import re
import tomllib
from pathlib import Path

import pytest

from analysis.ranking import PARTS, WEIGHTS
from archive.records.knowledge import Lexicon
from archive.records.words import Perspective
from donghyang import config
from donghyang.settings import Settings
from donghyang.settings_tables import WeightsTable

STARTER = Path(__file__).parents[1] / "config.toml"
TABLES = ("archive", "http", "collect", "schedule", "digest")


@pytest.fixture(scope="module")
def settings() -> Settings:
    return config.read_settings(STARTER)


def test_every_key_of_the_plain_tables_is_written_out(settings: Settings) -> None:
    written = tomllib.loads(STARTER.read_text(encoding="utf-8"))
    for table in TABLES:
        known = {field.alias or name for name, field in type(getattr(settings, table)).model_fields.items()}
        assert set(written[table]) == known, table


def test_it_says_the_defaults(settings: Settings) -> None:
    """What the page shows is what happens when a line is deleted; only names of the city differ."""
    plain = Settings()
    changed = {"organisation": settings.digest.organisation}
    for table in TABLES:
        shown, default = getattr(settings, table), getattr(plain, table)
        if table == "digest":
            default = default.model_copy(update=changed)
        assert shown == default, table


def test_the_commented_examples_load(tmp_path: Path) -> None:
    """An officer who removes the # before the mail and reader lines gets a page that works."""
    text = STARTER.read_text(encoding="utf-8")
    wanted = r"^# (\[mail\]|sender = .*|\[\[readers\]\]|name = \"김분과\"|email = .*)$"
    page = tmp_path / "config.toml"
    page.write_text(re.sub(wanted, r"\1", text, flags=re.MULTILINE), encoding="utf-8")
    loaded = config.read_settings(page)
    assert loaded.mail is not None
    assert [reader.name for reader in loaded.readers] == ["김분과"]


def test_sources_ship_within_their_rights(settings: Settings) -> None:
    sources = settings.source_records()
    assert len(sources) == 15
    assert {s.role for s in sources} >= {"press", "lab", "research", "government", "community"}
    for source in sources:
        allowed = {"link"} if source.role in ("press", "community") else {"link", "excerpt"}
        assert source.rights in allowed, source.id


def test_the_four_duties_have_words_of_each_kind(settings: Settings) -> None:
    duties = {duty.name: duty for duty in settings.duty_records()}
    assert {"복지", "교통", "안전", "행정"} <= set(duties)
    assert "국토교통부" in duties["교통"].unless
    for duty in duties.values():
        assert duty.any, duty.name
        assert duty.near, duty.name
        assert set(duty.any) & set(duty.near) == set(), duty.name


def test_the_lexicon_loads_with_it() -> None:
    loaded = config.load(STARTER)
    assert isinstance(loaded.lexicon, Lexicon)
    assert loaded.families.of("www.hankyung.com", "") == "한국경제"
    assert loaded.families.of("plus.hankyung.com", "") == "한국경제"


@pytest.mark.parametrize("view", list(WEIGHTS))
def test_the_weights_an_officer_sees_are_those_of_analysis(view: Perspective) -> None:
    """The commented lines of each perspective name its parts, with the weight each has by default."""
    after = STARTER.read_text(encoding="utf-8").partition(f"[ranking.{view}]")[2].partition("\n\n")[0]
    shown = dict(re.findall(r"^# (\w+) = (-?[0-9.]+)", after, flags=re.MULTILINE))
    assert {name: float(weight) for name, weight in shown.items()} == dict(WEIGHTS[view])
    assert set(WeightsTable.model_fields) == set(PARTS)


@pytest.mark.parametrize(("line", "told"), [("spred = 3", "spread"), ('risk = "high"', "risk"), ("risk = nan", "risk")])
def test_a_weight_that_means_nothing_is_refused(line: str, told: str, tmp_path: Path) -> None:
    page = tmp_path / "config.toml"
    page.write_text(f"[ranking]\n{line}\n", encoding="utf-8")
    with pytest.raises(config.ConfigError, match=told):
        config.read_settings(page)


def test_only_the_weights_given_are_passed_on(tmp_path: Path) -> None:
    page = tmp_path / "config.toml"
    page.write_text("[ranking]\nrisk = 2\n[ranking.talk]\nspread = 3\n", encoding="utf-8")
    settings = config.read_settings(page)
    assert settings.ranking.given() == {"risk": 2.0, "talk.spread": 3.0}
    assert settings.weights() == {
        **settings.ranking.given(),
        "places.city": 5.0,
        "places.technology": 4.0,
        "places.talk": 3.0,
    }
