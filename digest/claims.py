"""Who vouches for a story alone: a sentence that only its own side tells begins with who that is."""

import re
from typing import Final

from archive.records.editing import IssueStory
from digest.caps import families_of
from digest.sayings import Claimant

_A_RELEASE = 0.5  # of the part "release": outlets mostly print what they were sent
_A_PUBLIC_BODY = 0.6  # of the part "public"
_COMES_OUT = 0.8  # of the part "model"
_INDEPENDENT: Final = frozenset({"press"})
_SAYS = re.compile(
    r"(?:밝혔|밝힌|전했|말했|설명했|강조했|발표했|공개했|출시했|소개했|주장했|덧붙였|선보였|선보인|내놨|자신했|기대했)"
    r"(?:다|습니다)\.?$|(?:합|입|됩|있습|했습|됐습)니다\.?$"
)


def claimant(story: IssueStory, sentence: str) -> Claimant | None:
    """Whose word a sentence is, when nobody independent told the story or only one publisher did; else None."""
    if not _alone(story):
        return None
    roles = {article.role for article in story.articles}
    own = not roles & _INDEPENDENT
    if not own and not _SAYS.search(sentence) and not _part(story, "release") >= _A_RELEASE:
        return None  # one outlet's own reporting: how many told it is said below
    if roles & {"government", "funding"} or _part(story, "public") >= _A_PUBLIC_BODY or story.story.section == "public":
        return "body"
    if roles <= {"research"}:
        return "researchers"
    return "company" if own or _part(story, "model") >= _COMES_OUT or _of_companies(story) else "body"


def _alone(story: IssueStory) -> bool:
    press = {article.family for article in story.articles if article.role in _INDEPENDENT}
    return len(families_of(story)) == 1 or not press or _part(story, "release") >= _A_RELEASE


def _of_companies(story: IssueStory) -> bool:
    return story.story.section in {"industry", "tech", None}


def _part(story: IssueStory, name: str) -> float:
    return story.story.score.get(name, 0.0)
