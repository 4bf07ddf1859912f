"""First abroad, then in Korea: how long a matter took to get here, within a story and between two that are related."""

from collections.abc import Iterable, Sequence

from analysis.crosslingual import related
from analysis.embeddings import Vectors
from analysis.mentions import Mentions
from analysis.tracking import Group
from archive.records.findings import Story, StoryLink
from archive.records.incoming import Article

_DAY = 86400.0


def days_to_korea(articles: Iterable[Article]) -> float | None:
    """Days from the first foreign article to the first Korean one, below 0 when Korea was first; None without both."""
    told = [(article.lang == "ko", article.moment) for article in articles]
    korean, foreign = ([moment for here, moment in told if here is wanted] for wanted in (True, False))
    return round((min(korean) - min(foreign)).total_seconds() / _DAY, 2) if korean and foreign else None


def story_links(
    stories: Sequence[Story], groups: Sequence[Group], mentions: Mentions, vectors: Vectors | None
) -> tuple[StoryLink, ...]:
    """Korean stories with the foreign one each probably belongs to; ``groups`` are the stories' members, in order."""
    about = [place for place, story in enumerate(stories) if story.ai]
    found = related([groups[place].documents for place in about], mentions, vectors)
    return tuple(
        StoryLink(
            korean=stories[about[one.korean]].id,
            foreign=stories[about[one.foreign]].id,
            score=one.score,
            evidence=one.evidence,
            days=_days(groups[about[one.foreign]], groups[about[one.korean]]),
        )
        for one in found
    )


def _days(foreign: Group, korean: Group) -> float:
    gap = korean.documents[0].article.moment - foreign.documents[0].article.moment
    return round(gap.total_seconds() / _DAY, 2)
