"""Korean stories and the foreign ones each probably belongs to: told as related, not put together."""

from collections.abc import Sequence

from analysis.arrival import days
from analysis.crosslingual import related
from analysis.embeddings import Vectors
from analysis.mentions import Mentions
from analysis.tracking import Group
from archive.records.findings import Story, StoryLink


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
    return days(foreign.documents[0].article.moment, korean.documents[0].article.moment)
