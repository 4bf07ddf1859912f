"""The reading room's frame: the page of trouble, addresses behind a prefix, what a template prints."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from donghyang import config
from donghyang.services import Services
from donghyang.web.app import create_app

NOW = datetime(2026, 2, 23, 0, 0, tzinfo=UTC)


@pytest.fixture
def visitor(config: Path) -> Iterator[TestClient]:
    with services_of(config) as services:
        yield TestClient(create_app(services, lambda: NOW), raise_server_exceptions=False)


def services_of(path: Path) -> Services:
    return Services.open(config.load(path))


def test_an_address_that_is_none_is_answered_with_a_page(visitor: TestClient) -> None:
    answer = visitor.get("/nowhere")
    assert answer.status_code == 404
    assert "<h1>그런 자료가 없습니다</h1>" in answer.text


def test_links_stand_behind_the_prefix_of_the_citys_web_server(config: Path) -> None:
    with services_of(config) as services:
        behind = TestClient(create_app(services, lambda: NOW), root_path="/ai", raise_server_exceptions=False)
        assert 'href="/ai/search"' in behind.get("/nowhere").text


def test_the_style_sheet_is_ours(visitor: TestClient) -> None:
    assert visitor.get("/static/room.css").headers["content-type"].startswith("text/css")
