"""Somebody who corrects a finished demo: of each week a few stories, in every way there is, by the command line.

What is said is always the opposite of what stands, so that a correction that is not obeyed shows.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete

from archive import export, schema
from archive.store import Archive
from donghyang import config, correcting
from donghyang.cli import main
from donghyang.services import Services

ZONE = ZoneInfo("Asia/Seoul")
Row = Mapping[str, Any]

# Week by week, each kind at least twice.
PLAN: Mapping[int, tuple[str, ...]] = {
    33: ("together", "section", "topic-name"),
    34: ("apart", "duty", "not ai"),
    35: ("together", "ai"),
    36: ("apart alone", "no duty"),
    37: ("section", "apart"),
    38: ("together", "same-topic"),
    39: ("not ai", "duty", "topic-name"),
    40: ("together", "ai", "same-topic"),
}


@dataclass(frozen=True)
class Seen:
    """What the archive holds."""

    articles: Mapping[str, Row]
    stories: Sequence[Row]
    topics: Mapping[str, Row]

    def story_of(self, article: str) -> Row:
        """The story an article is in; one of nothing for an article that is in none."""
        none: Row = {"id": None, "articles": (), "section": None, "duties": (), "topic": None}
        return next((story for story in self.stories if article in story["articles"]), none)

    def originals(self, story: Row) -> list[str]:
        return [one for one in story["articles"] if not self.articles[one]["duplicate_of"]]


@dataclass(frozen=True)
class Said:
    """One correction: its number, its kind, the week it is about, and whether it holds."""

    number: int
    kind: str
    week: int
    words: tuple[str, ...]
    holds: Callable[[Seen], bool]


class EditorsDesk:
    """The demo's folder, and what was said of it."""

    def __init__(self, folder: Path, now: str) -> None:
        self._config, self._now = folder / "config.toml", now
        self._url = f"sqlite:///{folder / 'donghyang.db'}"
        self.said: list[Said] = []
        self._seen = self.look()
        self._taken: set[str] = set()
        self._topics: set[str] = set()
        self._free: defaultdict[int, list[Row]] = defaultdict(list)
        for story in sorted(self._seen.stories, key=lambda one: one["id"]):
            self._free[_week(story["first_seen"])].append(story)

    def look(self) -> Seen:
        with Archive.open(self._url) as archive, archive.reading() as db:
            articles, stories, topics = (list(export.rows(db, what)) for what in ("articles", "stories", "topics"))
        return Seen({one["id"]: one for one in articles}, stories, {one["id"]: one for one in topics})

    def correct(self, week: int) -> None:
        """Say what the plan has for a week."""
        for way in PLAN[week]:
            kind, words, holds = getattr(self, f"_{way.replace(' ', '_').replace('-', '_')}")(week)
            self._say(kind, *words)
            self.said.append(Said(len(self.said) + 1, kind, week, words, holds))

    def contradict(self) -> None:
        """Put two together, and think better of it: the first word no longer applies to anything."""
        one, other = self._pick(40), self._pick(40)
        self._say("together", one["lead"], other["lead"])
        self._say("apart", one["lead"], other["lead"])

    def broken(self, until: int = 40) -> list[Said]:
        """The corrections that do not hold, of those about the weeks until this one."""
        seen = self.look()
        return [one for one in self.said if one.week <= until and not one.holds(seen)]

    def states(self) -> dict[int, str]:
        with Services.open(config.load(self._config)) as services:
            return {row["number"]: row["state"] for row in correcting.rows(services, every=True)}

    def forget_the_ledger(self) -> None:
        """Let the past be thought about again: analysis never goes back before its last."""
        with Archive.open(self._url) as archive, archive.writing() as db:
            db.execute(delete(schema.runs))

    def analyse(self, moment: str) -> None:
        assert main(["--config", str(self._config), "--now", moment, "run", "analyse"]) == 0

    def _say(self, kind: str, *words: str) -> None:
        command = ["--config", str(self._config), "--now", self._now, "correct", kind, *words, "--who", "김주무관"]
        assert main(command) == 0

    def _pick(self, week: int, fits: Callable[[Row], bool] = lambda _: True) -> Row:
        """A story of the week that nothing has been said about."""
        story = next(one for one in self._free[week] if one["id"] not in self._taken and fits(one))
        self._taken.add(story["id"])
        return story

    def _together(self, week: int) -> Any:
        pair = self._pick(week)["lead"], self._pick(week)["lead"]
        return "together", pair, lambda seen: set(pair) <= set(seen.story_of(pair[0])["articles"])

    def _apart(self, week: int) -> Any:
        story = self._pick(week, lambda one: len(self._seen.originals(one)) > 1)
        pair = tuple(self._seen.originals(story)[:2])
        return "apart", pair, lambda seen: not set(pair) <= set(seen.story_of(pair[0])["articles"])

    def _apart_alone(self, week: int) -> Any:  # by itself it may be no news about AI, and then in no story
        story = self._pick(week, lambda one: len(self._seen.originals(one)) > 1)
        alone = self._seen.originals(story)[-1]
        return "apart", (alone,), lambda seen: seen.originals(seen.story_of(alone)) in ([alone], [])

    def _section(self, week: int) -> Any:
        story = self._pick(week, lambda one: one["section"] != "people")
        return "section", (story["id"], "people"), lambda seen: seen.story_of(story["lead"])["section"] == "people"

    def _duty(self, week: int) -> Any:
        story = self._pick(week, lambda one: "교통" not in _names(one))
        return "duty", (story["id"], "교통"), lambda seen: "교통" in _names(seen.story_of(story["lead"]))

    def _no_duty(self, week: int) -> Any:
        story = self._pick(week, lambda one: bool(one["duties"]))
        name = _names(story)[0]
        return "duty", (story["id"], f"-{name}"), lambda seen: name not in _names(seen.story_of(story["lead"]))

    def _ai(self, week: int) -> Any:
        found = (one for one in self._seen.articles.values() if not one["ai"] and _week(one["published"]) == week)
        id_ = min(one["id"] for one in found)
        return "ai", (id_, "yes"), lambda seen: seen.articles[id_]["ai"] and id_ in seen.story_of(id_)["articles"]

    def _not_ai(self, week: int) -> Any:
        story = self._pick(week)
        ids = story["articles"]
        return "ai", (story["id"], "no"), lambda seen: not any(seen.articles[id_]["ai"] for id_ in ids)

    def _topic_name(self, week: int) -> Any:
        story = self._pick(week, lambda one: bool(one["topic"]) and one["topic"] not in self._topics)
        self._topics.add(story["topic"])
        name = f"{week}주에 고친 이름"
        return "topic-name", (story["id"], name), lambda seen: _topic(seen, story["lead"]).get("label") == name

    def _same_topic(self, week: int) -> Any:
        one = self._pick(week)
        other = self._pick(week, lambda two: two["topic"] is None or two["topic"] != one["topic"])
        pair = one["lead"], other["lead"]
        return (
            "same-topic",
            pair,
            lambda seen: bool(_topic(seen, pair[0])) and _topic(seen, pair[0]) == _topic(seen, pair[1]),
        )


def _topic(seen: Seen, article: str) -> Row:
    story = seen.story_of(article)
    return seen.topics.get(story["topic"] or "", {})


def _names(story: Row) -> list[str]:
    return [duty["name"] for duty in story["duties"]]


def _week(moment: Any) -> int:
    at = moment if isinstance(moment, datetime) else datetime.fromisoformat(moment)
    return at.astimezone(ZONE).isocalendar().week
