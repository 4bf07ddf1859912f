"""Which stories an issue carries, and for whom.

Places are reserved for three readers' perspectives (what the city has to do, what changed in technology, what
everybody talks about); within each that perspective's own score decides, then the analysis' rank, held in by caps so
that one section, company, topic or newspaper cannot fill the page. An issue is never padded: it takes at most
``max_items`` stories that stand on more than one publisher, on a first-hand source, on what a public body does or a
laboratory brings out, or on the city's duties; other single-publisher stories only up to ``USUAL_FEWEST``.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from archive.records.editing import Edition, IssueStory
from archive.records.issue import WeighedFate
from archive.records.words import Perspective, StoryId
from digest.caps import Caps, Firms, Refusal, families_of
from digest.cleaning import alike

USUAL_FEWEST = 8
OWN_VOICE = frozenset({"government", "lab", "funding", "security"})  # roles that speak for themselves
_ORDER: tuple[Perspective, ...] = ("city", "technology", "talk")
_ENOUGH_NEWS = 2  # fresh articles that make an issued story worth telling again …
_NEWS_SHARE = 0.5  # … if they are also this share of it
_ACTS = 0.6  # of the score's part "public": a public body of ours does something
_COMES_OUT = 0.8  # of the part "model": a model or product of AI comes out
_NEAR_THE_TOP = 3  # places are kept for stories among the first so many times max_items, not for any that fits
_MANY = 3  # families that make a story the talk of the week
_A_RELEASE = 0.5  # of the part "release": outlets mostly print what a company sent them
_STOCK_TIP = re.compile(
    r"특징주|목표\s?주가|테마주|관련주|수혜주|추천주|급등주|상한가|하한가|투자의견|매수\s?(?:의견|추천|유지)|"
    r"주가\s?(?:전망|급등|급락|강세|약세)|장\s?마감|개장시황|마감시황|증시\s?브리핑|"
    r"stocks? to (?:buy|watch)|price target|shares (?:jump|soar|slide|surge|fall|rise)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pick:
    """A story that is in, and the place it took."""

    story: IssueStory
    perspective: Perspective
    fate: WeighedFate = "ranked"
    place: int = 0  # which of the places kept for its perspective; 0 when it took none of those


@dataclass(frozen=True, slots=True)
class Choice:
    """The stories that are in, and every other one with the reason; both by rank."""

    picks: tuple[Pick, ...]
    out: tuple[tuple[IssueStory, Refusal], ...]


def eligible(story: IssueStory) -> bool:
    """Whether it may enter an issue by itself: about AI, no party politics, no stock tip, not told unless it moved."""
    fit = story.hand != "drop" and story.story.ai and not story.story.politics and bool(story.articles)
    return fit and not _is_stock_tip(story) and (not story.issued or has_moved(story))


def has_moved(story: IssueStory) -> bool:
    """Whether an issued story has enough new articles, in words of their own, that say something else than before."""
    own = [article for article in story.articles if article.id not in story.duplicates]
    new = [article for article in own if article.id in story.new]
    if not story.new:
        return story.fresh >= max(_ENOUGH_NEWS, _NEWS_SHARE * len(story.articles))
    known = [article.title for article in own if article.id not in story.new] + [story.told_as]
    says_more = any(not any(alike(article.title, title) for title in known) for article in new)
    return says_more and len(new) >= max(_ENOUGH_NEWS, _NEWS_SHARE * len(own))


def _is_stock_tip(story: IssueStory) -> bool:
    tips = sum(bool(_STOCK_TIP.search(article.title)) for article in story.articles)
    return bool(_STOCK_TIP.search(story.story.label)) or tips * 2 > len(story.articles)


def stands(story: IssueStory) -> bool:
    """Whether it rests on more than one publisher, on a first-hand source, a public act, a launch or the duties."""
    told = story.story
    if len(families_of(story)) > 1 or told.duties or any(a.role in OWN_VOICE for a in story.articles):
        return True
    return _part(story, "public") >= _ACTS or _part(story, "model") >= _COMES_OUT


def perspectives_of(story: IssueStory) -> tuple[Perspective, ...]:
    """The perspectives it may stand for, the most telling first; everything may be talked about.

    The city's are its duties, public use, and policy in which a public body of ours acts; technology's are the section,
    what laboratories write, and models that come out.
    """
    section = story.story.section
    acts = _part(story, "public", default=1.0) >= _ACTS
    city = bool(story.story.duties) or section == "public" or (acts and section in {"policy", "people"})
    made = all(a.role in {"lab", "research"} for a in story.articles) or _part(story, "model") >= _COMES_OUT
    views: tuple[tuple[Perspective, bool], ...] = (("city", city), ("technology", made or section == "tech"))
    return (*(view for view, fits in views if fits), "talk")


def _part(story: IssueStory, name: str, default: float = 0.0) -> float:
    """A named part of its score, 0 to 1."""
    return story.story.score.get(name, default)


@dataclass(slots=True)
class _Page:
    """The issue being filled: at most ``most`` stories, each once, within the caps."""

    most: int
    caps: Caps
    picks: dict[StoryId, Pick] = field(default_factory=dict)

    def pin(self, stories: Iterable[IssueStory]) -> None:
        """Take what an editor pinned, whatever its rank and however much there is of its kind already."""
        for story in stories:
            if len(self.picks) < self.most:
                self._take(Pick(story, perspectives_of(story)[0], "pinned"))

    def pinned(self, view: Perspective) -> int:
        """How many of a perspective's places were pinned."""
        return sum(pick.perspective == view for pick in self.picks.values() if pick.fate == "pinned")

    def keep(self, view: Perspective, order: Iterable[IssueStory], places: int) -> None:
        """Give a perspective's own places to the first of the stories."""
        before = len(self.picks)
        for story in self._admitted(order, places):
            place = len(self.picks) - before + 1
            self._take(Pick(story, view, "reserved", place))

    def fill(self, order: Iterable[IssueStory], fate: WeighedFate, places: int, *, any_section: bool = False) -> None:
        """Take up to so many more, each for the perspective it tells most of."""
        for story in self._admitted(order, places, any_section=any_section):
            self._take(Pick(story, perspectives_of(story)[0], fate))

    def _admitted(self, order: Iterable[IssueStory], places: int, *, any_section: bool = False) -> Iterator[IssueStory]:
        goal = min(self.most, len(self.picks) + places)
        for story in order:
            if len(self.picks) >= goal:
                return
            if story.story.id not in self.picks and self.caps.refusal(story, any_section=any_section) is None:
                yield story

    def _take(self, pick: Pick) -> None:
        self.caps.take(pick.story)
        self.picks[pick.story.story.id] = pick


def choose(
    stories: Iterable[IssueStory], edition: Edition, firms_of: Firms = lambda _: frozenset()
) -> tuple[Pick, ...]:
    """The stories of an issue with their places, best rank first; the same for any order of input."""
    return weigh(stories, edition, firms_of).picks


def weigh(stories: Iterable[IssueStory], edition: Edition, firms_of: Firms = lambda _: frozenset()) -> Choice:
    """What is in, and of all other stories why they are not."""
    everything = sorted((story for story in stories if story.articles and (story.story.ai or story.hand)), key=_by_rank)
    pool = [story for story in everything if eligible(story)]
    page = _Page(edition.max_items, Caps(edition.max_items, firms_of))
    page.pin(story for story in everything if story.hand == "pin")
    firm_ground = [story for story in pool if stands(story)]
    near_the_top = firm_ground[: _NEAR_THE_TOP * edition.max_items]
    for view in _ORDER:
        fitting = [story for story in near_the_top if view in perspectives_of(story)]
        page.keep(view, sorted(fitting, key=_by_view(view)), edition.places.get(view, 0) - page.pinned(view))
    page.fill(firm_ground, "ranked", edition.max_items)
    page.fill(pool, "filled", USUAL_FEWEST - len(page.picks), any_section=True)
    picks = tuple(sorted(page.picks.values(), key=lambda pick: _by_rank(pick.story)))
    rest = [story for story in everything if story.story.id not in page.picks]
    return Choice(picks, tuple((story, _why_not(story, page.caps)) for story in rest))


def _why_not(story: IssueStory, caps: Caps) -> Refusal:
    """Why a story is out, now that the page is made."""
    if story.hand == "drop":
        return Refusal("dropped")
    if story.issued and not has_moved(story):
        return Refusal("told")
    if story.story.politics:
        return Refusal("politics")
    if _is_stock_tip(story):
        return Refusal("stock")
    if not stands(story):
        return Refusal("single")
    return caps.refusal(story) or Refusal("room")


def _by_rank(story: IssueStory) -> tuple[int, str]:
    return story.story.rank, story.story.id


def _by_view(view: Perspective) -> Callable[[IssueStory], tuple[bool, float, int, str]]:
    """By a perspective's own score; for talk, what many outlets told in words of their own comes before the rest."""

    def key(story: IssueStory) -> tuple[bool, float, int, str]:
        talked = len(families_of(story)) >= _MANY and _part(story, "release") < _A_RELEASE
        return view == "talk" and not talked, -_part(story, view), *_by_rank(story)

    return key
