"""The feeds of issues, read back by other people's parsers."""

import json
from dataclasses import replace
from datetime import timedelta

import feedparser
import pytest
from lxml import etree, html

from archive.records.issue import Issue
from archive.weeks import Week
from digest.feeds import feed_files
from tests.builders_digest import EDITION, full_week, issue_of, quiet_week


@pytest.fixture(scope="module")
def issues() -> list[Issue]:
    return [issue_of(full_week()), replace(issue_of(quiet_week(), ()), week=Week(2026, 9), number=9)]


def test_no_issues_make_no_feed() -> None:
    assert feed_files([], EDITION) == {}


def test_both_feeds_tell_of_all_issues_newest_first(issues: list[Issue]) -> None:
    files = feed_files(issues, EDITION)
    read = feedparser.parse(files["feed.xml"])
    assert not read.bozo
    titles = ["제9호 (2026. 2. 23.(월) ~ 3. 1.(일))", "제8호 (2026. 2. 16.(월) ~ 2. 22.(일))"]
    assert [entry.title for entry in read.entries] == titles
    own = json.loads(files["feed.json"])
    assert [item["title"] for item in own["items"]] == titles
    assert [item["id"] for item in own["items"]] == [entry.id for entry in read.entries]
    assert own["version"] == "https://jsonfeed.org/version/1.1"


def test_the_order_of_issues_changes_nothing(issues: list[Issue]) -> None:
    assert feed_files(issues, EDITION) == feed_files(issues[::-1], EDITION)


def test_an_entry_keeps_its_id_when_the_issue_is_corrected(issues: list[Issue]) -> None:
    corrected = replace(issues[0], revision=2, corrected=1, made=issues[0].made + timedelta(days=2))
    before, after = (
        json.loads(feed_files([issue], EDITION)["feed.json"])["items"][0] for issue in (issues[0], corrected)
    )
    assert before["id"] == after["id"]
    assert after["title"].startswith("[정정] ")
    assert after["date_published"] > before["date_published"]


def test_addresses_stand_only_where_there_is_a_reading_room(issues: list[Issue]) -> None:
    bare = etree.fromstring(feed_files(issues, EDITION)["feed.xml"])
    assert bare.findall(".//{*}link") == []
    web = replace(EDITION, web="https://ai.hanbit.example")
    links = {link.get("href") for link in etree.fromstring(feed_files(issues, web)["feed.xml"]).findall(".//{*}link")}
    assert links == {f"https://ai.hanbit.example{path}" for path in ("", "/issues/2026-W08", "/issues/2026-W09")}


def test_hostile_words_stay_words(issues: list[Issue]) -> None:
    evil = replace(issues[0].items[0], headline="]]></content><script>alert(1)</script>\x00\u202e끝")
    files = feed_files([replace(issues[0], items=(evil,), organisation="<b>&amp;")], EDITION)
    entry = feedparser.parse(files["feed.xml"]).entries[0]
    content = html.fragment_fromstring(json.loads(files["feed.json"])["items"][0]["content_html"], create_parent=True)
    assert "<script" not in entry.content[0].value
    assert content.findall(".//script") == []
    assert "]]></content><script>alert(1)</script>끝" in content.text_content()
