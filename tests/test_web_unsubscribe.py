"""The way out of the letters: one button, one click, and nothing by looking."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from digest import subscriptions
from donghyang import config as configuration
from donghyang import subscribing
from donghyang.services import Services
from donghyang.web.app import create_app

NOW = datetime(2026, 2, 23, tzinfo=UTC)
READER = "kim@city.example"


@pytest.fixture
def services(config: Path) -> Iterator[Services]:
    with Services.open(configuration.load(config)) as opened:
        yield opened


@pytest.fixture
def visitor(services: Services) -> TestClient:
    return TestClient(create_app(services, lambda: NOW), raise_server_exceptions=False)


@pytest.fixture
def way_out(services: Services) -> str:
    return f"/unsubscribe/{subscriptions.token(subscribing.secret(services), READER)}"


def states(services: Services) -> dict[str, str]:
    return {one.reader.email: one.state for one in subscribing.standings(services, NOW)}


def test_looking_at_the_page_unsubscribes_nobody(visitor: TestClient, services: Services, way_out: str) -> None:
    answer = visitor.get(way_out)
    assert answer.status_code == 200
    assert "더 받지 않기" in answer.text
    assert states(services)[READER] == "active"


def test_one_click_of_a_mail_program_is_enough(visitor: TestClient, services: Services, way_out: str) -> None:
    answer = visitor.post(way_out, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "이제 편지를 보내지 않습니다" in answer.text
    assert states(services)[READER] == "unsubscribed"


def test_a_second_click_changes_nothing(visitor: TestClient, services: Services, way_out: str) -> None:
    visitor.post(way_out)
    first = (services.config.folder / subscribing.JOURNAL).read_bytes()
    assert visitor.post(way_out).status_code == 200
    assert (services.config.folder / subscribing.JOURNAL).read_bytes() == first


@pytest.mark.parametrize("token", ["a" * 26, "x", "../etc"])
def test_a_token_that_is_nobodys_finds_nobody(visitor: TestClient, services: Services, token: str) -> None:
    assert visitor.post(f"/unsubscribe/{token}").status_code in (404, 422)
    assert states(services)[READER] == "active"
