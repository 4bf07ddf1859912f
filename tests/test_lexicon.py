"""The packaged lexicon and publisher families: one spelling, one concept; one host, one family."""

import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from analysis.mentions import Mentions
from archive.records.knowledge import Concept
from donghyang.config import lexicon

DATA = Path(__file__).parents[1] / "donghyang" / "data"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def concepts() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _read("lexicon.toml")["concepts"]
    return found


@pytest.fixture(scope="module")
def families() -> dict[str, list[str]]:
    found: dict[str, list[str]] = _read("publishers.toml")["families"]
    return found


def _spelling(alias: str) -> str:
    """What makes two spellings the same: case, spaces and hyphens aside."""
    return re.sub(r"[\s·-]+", "", alias.casefold())


def test_every_concept_is_written_as_the_record_wants_it(concepts: list[dict[str, Any]]) -> None:
    kinds, levels = (get_args(get_type_hints(Concept)[field]) for field in ("kind", "ai"))
    for concept in concepts:
        assert concept.keys() <= {"id", "kind", "label", "aliases", "ai", "note", "subject"}, concept["id"]
        assert concept["kind"] in kinds, concept["id"]
        assert concept["ai"] in levels, concept["id"]
        Concept(**{**concept, "aliases": tuple(concept["aliases"])})


def test_ids_are_ascii_and_unique(concepts: list[dict[str, Any]]) -> None:
    ids = [concept["id"] for concept in concepts]
    assert [name for name, times in Counter(ids).items() if times > 1] == []
    assert [name for name in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []


def test_one_spelling_belongs_to_one_concept(concepts: list[dict[str, Any]]) -> None:
    owners: dict[str, set[str]] = {}
    for concept in concepts:
        for alias in concept["aliases"]:
            owners.setdefault(_spelling(alias), set()).add(concept["id"])
    assert {alias: ids for alias, ids in owners.items() if len(ids) > 1} == {}


def test_spellings_can_be_found_in_a_text(concepts: list[dict[str, Any]]) -> None:
    """The label comes first, nothing is listed twice, and no spelling is too short or carries a remark."""
    for concept in concepts:
        aliases = concept["aliases"]
        assert aliases[0] == concept["label"]
        assert len(set(aliases)) == len(aliases), concept["id"]
        for alias in aliases:
            assert re.search(r"[가-힣A-Za-z]", alias), (concept["id"], alias)
            assert not re.search(r"[()\[\]]|^\s|\s$|\s\s", alias), (concept["id"], alias)
            assert len(alias) > 1, (concept["id"], alias)


def test_the_field_is_covered_in_both_languages(concepts: list[dict[str, Any]]) -> None:
    kinds = Counter(c["kind"] for c in concepts)
    assert sum(kinds[kind] for kind in ("org", "person", "product", "model")) >= 300
    assert kinds["concept"] >= 60
    korean = [c for c in concepts if any(re.search("[가-힣]", alias) for alias in c["aliases"])]
    both = [c for c in korean if any(re.search("[A-Za-z]{2}", alias) for alias in c["aliases"])]
    assert len(korean) > 0.9 * len(concepts)
    assert len(both) > 0.7 * len(concepts)
    assert {c["kind"] for c in concepts} == {"org", "person", "product", "model", "concept", "government"}


def test_every_local_government_is_known(concepts: list[dict[str, Any]]) -> None:
    """17 metropolises and provinces; 75 cities, 82 counties and 69 districts, 2 cities of Jeju, 3 districts to come."""
    labels = [concept["label"] for concept in concepts if concept["kind"] == "government"]
    upper = [label for label in labels if re.search("(?:특별시|광역시|특별자치시|[가-힣]도|특별자치도)$", label)]
    lower = Counter(label[-1] for label in labels if label not in upper and not label.endswith("기구"))
    assert len(upper) == 17
    assert (lower["시"], lower["군"], lower["구"]) == (75 + 2, 82, 69 + 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("중구와 서구가 시작했다", ()),
        ("강서구, 남구, 북구, 동구", ()),
        ("고성군 소식", ()),
        ("광주에서 열린다", ()),
        ("서울 중구가 시작했다", ("seoul-jung-gu",)),
        ("부산시 중구", ("busan-jung-gu",)),
        ("서울 강서구는", ("seoul-gangseo-gu",)),
        ("부산 강서구청", ("busan-gangseo-gu",)),
        ("경남 고성군", ("gyeongnam-goseong",)),
        ("강원 고성군에서", ("gangwon-goseong",)),
        ("경기 광주시", ("gyeonggi-gwangju",)),
        ("광주광역시", ("gwangju",)),
        ("Jung-gu, Seoul", ("seoul-jung-gu",)),
        ("Suwon and Gangnam-gu", ("suwon", "gangnam-gu")),
        ("MS가 오피스에", ("microsoft",)),
        ("in 100 ms", ()),
    ],
)
def test_a_name_of_several_places_counts_beside_its_province(text: str, expected: tuple[str, ...]) -> None:
    assert Mentions(lexicon()).find(text) == expected


def test_ideas_have_a_korean_line_for_the_glossary(concepts: list[dict[str, Any]]) -> None:
    ideas = [concept for concept in concepts if concept["kind"] == "concept"]
    assert [c["id"] for c in ideas if not re.search("[가-힣]", c.get("note", "")) or "\n" in c["note"]] == []


def test_everyday_words_are_not_ai_by_themselves(concepts: list[dict[str, Any]]) -> None:
    decides = {_spelling(alias) for c in concepts if c["ai"] == "core" for alias in c["aliases"]}
    everyday = {"소라", "라마", "달리", "노바", "메타", "세종", "커서", "솔라", "시리", "meta", "cursor", "nova", "ax"}
    assert decides & everyday == set()


def test_no_host_is_in_two_families(families: dict[str, list[str]]) -> None:
    hosts = Counter(host for suffixes in families.values() for host in suffixes)
    assert [host for host, times in hosts.items() if times > 1] == []
    assert [host for host in hosts if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host)] == []
    assert [host for host in hosts if host.startswith("www.")] == []


def test_a_family_names_no_host_twice_over(families: dict[str, list[str]]) -> None:
    """A suffix stands for its subdomains, so listing one of them in the same family says nothing."""
    for family, suffixes in families.items():
        assert suffixes, family
        for host in suffixes:
            assert [other for other in suffixes if host.endswith(f".{other}")] == [], family
