"""The outbox under faults and kills, a few trials on each database; many more in test_slow_outbox."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.store import Archive
from tests.mailroom import freeze, mail, open_services, write_config
from tests.outbox_trials import CONFIG, KINDS, attempt
from tests.post_office import PostOffice


@pytest.fixture(scope="module")
def office() -> Iterator[PostOffice]:
    with PostOffice() as running:
        yield running


@pytest.mark.parametrize("kind", KINDS)
def test_no_letter_goes_twice_and_none_is_lost(kind: str, archive: Archive, office: PostOffice, tmp_path: Path) -> None:
    page = '[digest]\npapers = "off"\n' + CONFIG[kind] if kind == "approval" else ""
    services = open_services(archive, write_config(tmp_path, 8, page + mail(office.port)))
    freeze(services)
    found = attempt(kind, 1, services, office)
    assert found.letters == {"approval": 8 + 1}.get(kind, 8) or kind == "correction"
    assert (found.duplicates, found.lost, found.unexcused, found.states["pending"]) == (0, 0, 0, 0)
    if kind in {"no trouble", "put off", "cut early"}:
        assert found.states == {"sent": 8}
