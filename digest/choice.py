"""Which stories an issue carries, and for whom.

Places are reserved for three readers' perspectives (what the city has to do, what changed in technology, what
everybody talks about); within each that perspective's own score decides, then the analysis' rank, held in by caps so
that one section, company, topic or newspaper cannot fill the page. An issue is never padded: it takes at most
``max_items`` stories that stand on more than one publisher, on a first-hand source, on what a public body does or a
laboratory brings out, or on the city's duties; other single-publisher stories only up to ``USUAL_FEWEST``.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from archive.records.editing import Edition, IssueStory
from archive.records.words import Perspective
from digest.cleaning import alike

USUAL_FEWEST = 8
OWN_VOICE = frozenset({"government", "lab", "funding", "security"})  # roles that speak for themselves
_ORDER: tuple[Perspective, ...] = ("city", "technology", "talk")
_SHARE = {"section": 0.42, "topic": 0.25, "firm": 0.17, "family": 0.17}  # of max_items, at least two
_ENOUGH_NEWS = 2  # fresh articles that make an issued story worth telling again …
_NEWS_SHARE = 0.5  # … if they are also this share of it
_ACTS = 0.6  # of the score's part "public": a public body of ours does something
_COMES_OUT = 0.8  # of the part "model": a model or product of AI comes out
_NEAR_THE_TOP = 3  # places are kept for stories among the first so many times max_items, not for any that fits
_MANY = 3  # families that make a story the talk of the week
_A_RELEASE = 0.5  # of the part "release": outlets mostly print what a company sent them
_VERSION = re.compile(r"(?<![\d.])\d{1,2}\.\d{1,2}(?![\d.%조억만배])")  # 4.6
_STOCK_TIP = re.compile(
    r"특징주|목표\s?주가|테마주|관련주|수혜주|추천주|급등주|상한가|하한가|투자의견|매수\s?(?:의견|추천|유지)|"
    r"주가\s?(?:전망|급등|급락|강세|약세)|장\s?마감|개장시황|마감시황|증시\s?브리핑|"
    r"stocks? to (?:buy|watch)|price target|shares (?:jump|soar|slide|surge|fall|rise)",
    re.IGNORECASE,
)

Firms = Callable[[IssueStory], frozenset[str]]


@dataclass(frozen=True, slots=True)
class Pick:
    """A story that is in, and the place it took."""

    story: IssueStory
    perspective: Perspective


def families_of(story: IssueStory) -> frozenset[str]:
    """The publisher families that told it."""
    return frozenset(article.family for article in story.articles)


def eligible(story: IssueStory) -> bool:
    """Whether it may enter an issue at all: about AI, no party politics, no stock tip, not told before unless moved."""
    fit = story.story.ai and not story.story.politics and bool(story.articles)
    return fit and not _is_stock_tip(story) and (not story.issued or has_moved(story))


def has_moved(story: IssueStory) -> bool:
    """Whether an issued story has enough new articles to be told again."""
    return story.fresh >= max(_ENOUGH_NEWS, _NEWS_SHARE * len(story.articles))


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
class _Caps:
    """What the issue already holds, and how much of one thing it bears."""

    most: dict[str, int]
    firms_of: Firms
    held: Counter[tuple[str, str]] = field(default_factory=Counter)
    told: list[IssueStory] = field(default_factory=list)

    def admits(self, story: IssueStory, *, any_section: bool = False) -> bool:
        if any(self._same(story, told) for told in self.told):
            return False
        return all(
            self.held[kind, value] < self.most[kind]
            for kind, value in self._traits(story)
            if not (any_section and kind == "section")
        )

    def take(self, story: IssueStory) -> None:
        self.held.update(self._traits(story))
        self.told.append(story)

    def _same(self, one: IssueStory, other: IssueStory) -> bool:
        """Whether two clusters tell one event: in like words, or of one version of one thing."""
        if alike(one.story.label, other.story.label):
            return True
        versions = set(_VERSION.findall(one.story.label)) & set(_VERSION.findall(other.story.label))
        return bool(versions) and bool(self.firms_of(one) & self.firms_of(other))

    def _traits(self, story: IssueStory) -> list[tuple[str, str]]:
        families = families_of(story)
        traits = [("section", story.story.section or "")] + [("firm", firm) for firm in sorted(self.firms_of(story))]
        if story.story.topic:
            traits.append(("topic", story.story.topic))
        if len(families) == 1:
            traits.append(("family", next(iter(families))))
        return traits


@dataclass(slots=True)
class _Page:
    """The issue being filled: at most ``most`` stories, each once, within the caps."""

    most: int
    caps: _Caps
    picks: dict[str, Pick] = field(default_factory=dict)

    def fill(
        self, order: Iterable[IssueStory], places: int, view: Perspective | None = None, *, any_section: bool = False
    ) -> None:
        """Take up to ``places`` of the stories in their order, for a perspective or for the one each tells most of."""
        goal = min(self.most, len(self.picks) + places)
        for story in order:
            if len(self.picks) >= goal:
                return
            if story.story.id not in self.picks and self.caps.admits(story, any_section=any_section):
                self.caps.take(story)
                self.picks[story.story.id] = Pick(story, view or perspectives_of(story)[0])


def choose(
    stories: Iterable[IssueStory], edition: Edition, firms_of: Firms = lambda _: frozenset()
) -> tuple[Pick, ...]:
    """The stories of an issue with their places, best rank first; the same for any order of input."""
    pool = sorted(filter(eligible, stories), key=_by_rank)
    caps = _Caps({kind: max(2, round(edition.max_items * share)) for kind, share in _SHARE.items()}, firms_of)
    page = _Page(edition.max_items, caps)
    firm_ground = [story for story in pool if stands(story)]
    near_the_top = firm_ground[: _NEAR_THE_TOP * edition.max_items]
    for view in _ORDER:
        fitting = [story for story in near_the_top if view in perspectives_of(story)]
        page.fill(sorted(fitting, key=_by_view(view)), edition.places.get(view, 0), view)
    page.fill(firm_ground, edition.max_items)
    page.fill(pool, USUAL_FEWEST - len(page.picks), any_section=True)
    return tuple(sorted(page.picks.values(), key=lambda pick: _by_rank(pick.story)))


def _by_rank(story: IssueStory) -> tuple[int, str]:
    return story.story.rank, story.story.id


def _by_view(view: Perspective) -> Callable[[IssueStory], tuple[bool, float, int, str]]:
    """By a perspective's own score; for talk, what many outlets told in words of their own comes before the rest."""

    def key(story: IssueStory) -> tuple[bool, float, int, str]:
        talked = len(families_of(story)) >= _MANY and _part(story, "release") < _A_RELEASE
        return view == "talk" and not talked, -_part(story, view), *_by_rank(story)

    return key
