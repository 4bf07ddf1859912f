"""One article's way through the rooms, as docs/walk.md tells it."""

import asyncio
import re
from datetime import datetime
from pathlib import Path

from archive import findings, intake, issues, outbox
from archive.query import parse
from archive.search import search
from archive.weeks import Week
from collectors import politeness
from collectors.visits import Harvest, visit
from donghyang import config, steps
from donghyang.services import Services
from tests import small_world
from tests.loopback import Loopback

FRIDAY = datetime.fromisoformat("2026-02-06T18:00:00+09:00")
MONDAY = datetime.fromisoformat("2026-02-09T09:00:00+09:00")
ARTICLE = small_world.LINES[0]


def test_walk(tmp_path: Path) -> None:  # noqa: PLR0915 - one long walk, told in order
    """Every heading of docs/walk.md, and what it claims."""
    headings: list[str] = []
    with Loopback() as server:
        small_world.serve(server)
        with Services.open(config.load(small_world.write_config(server, tmp_path))) as services:
            archive, zone = services.archive, services.settings.zone

            headings.append("1. A source is due")
            sources = services.settings.source_records()
            with archive.writing() as db:
                intake.register_sources(db, sources, FRIDAY)
            due = politeness.due(sources, {}, FRIDAY)
            assert [source.name for source in due] == list(small_world.OUTLETS.values())

            headings.append("2. The feed is fetched")

            async def ask() -> Harvest:
                async with services.web(FRIDAY) as web:
                    return await visit(due[0], web, None, FRIDAY)

            harvest = asyncio.run(ask())
            assert (harvest.fetch.outcome, harvest.fetch.status) == ("new", 200)
            assert harvest.fetch.etag == '"hangyeol"'

            headings.append("3. Bytes become entries")
            entry = next(entry for entry in harvest.entries if entry.title == ARTICLE.title)
            assert entry.published == datetime.fromisoformat(ARTICLE.at)
            steps.collect(services, FRIDAY)
            again = steps.collect(services, MONDAY)
            assert (again.done, again.failed) == (4, 0)
            assert "새 항목 0건" in again.detail

            headings.append("4. An entry waits, and is read")
            with archive.reading() as db:
                waiting = intake.waiting_entries(db, MONDAY, limit=100)
            assert len(waiting) == len(small_world.LINES)

            headings.append("5. The article is filed")
            steps.extract(services, MONDAY)
            with archive.reading() as db:
                assert intake.waiting_entries(db, MONDAY, limit=100) == []
                filed = intake.articles_in(db, FRIDAY.replace(day=1), MONDAY, candidates=True)
                article = next(article for article in filed if article.title == ARTICLE.title)
                tokens = intake.tokens_of(db, [article.id])[article.id]
            assert article.family == "한결일보"
            assert article.extractor.startswith("page:")
            assert "에이전트" in " ".join(tokens.title)

            headings.append("6. It is thought about")
            steps.analyse(services, MONDAY)
            with archive.reading() as db:
                story = next(s for s in findings.stories_of_week(db, Week(2026, 6), zone) if article.id in s.articles)
                judged = findings.judgements_of(db, [article.id])[article.id]
            assert judged.ai
            assert story.section == "public"
            assert len(story.articles) == 2
            assert [(duty.name, duty.words) for duty in story.duties] == [("행정", ("민원 상담",))]

            headings.append("7. The week closes")
            steps.compose(services, MONDAY)
            with archive.reading() as db:
                issue = issues.issue(db, Week(2026, 6))
            assert issue is not None
            item = next(item for item in issue.items if item.story == story.id)
            said = [sentence.text for sentence in item.sentences if sentence.text in ARTICLE.text]
            assert said, item.sentences
            assert sum(map(len, said)) <= 200

            headings.append("8. The letter goes out")
            assert steps.deliver(services, MONDAY).done == 1
            assert steps.deliver(services, MONDAY).done == 0
            with archive.reading() as db:
                assert [letter.state for letter in outbox.deliveries(db, Week(2026, 6))] == ["written"]

            headings.append("9. An analyst asks")
            with archive.reading() as db:
                found = search(db, parse("민원"), services.tokenizer.terms)
            assert [hit.story for hit in found.hits] == [story.id, story.id]

    told = (Path(__file__).parent.parent / "docs" / "walk.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", told, re.MULTILINE) == headings
