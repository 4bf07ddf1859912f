"""An editor's hand on an issue: what stays where it was put, and what the editor says in their own words.

Which stories are in is decided before (an edit that drops or pins goes to digest.choice with the story); this module
does the rest, on the issue that came of it. An edit is of the item whose story holds its article; one that finds no
item changes nothing and is not in the issue's list.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from archive.records.edits import Edit
from archive.records.issue import Issue, IssueItem, Sentence
from archive.records.words import Perspective, Section
from digest.cleaning import clean

TOP: Final = "top"  # of move: into the highlights, first
PERSPECTIVES: Final[tuple[Perspective, ...]] = ("city", "technology", "talk")
SECTIONS: Final[tuple[Section, ...]] = ("policy", "industry", "tech", "public", "people")
_HIGHLIGHTS: Final = 3


def apply(issue: Issue, edits: Sequence[Edit]) -> Issue:
    """The issue as the edits want it, oldest first; of two words on one thing the later stands."""
    edited, obeyed = issue, list[Edit]()
    for n, edit in enumerate(edits):
        item = holder(edited, edit)
        if edit.kind == "drop":
            obeyed.append(edit)
            back = item and any(later.kind == "pin" and holder(edited, later) == item for later in edits[n + 1 :])
            edited = _without(edited, item) if item and not back else edited
        elif item is not None:
            obeyed.append(edit)
            edited = _edited(edited, item, edit)
    return replace(edited, edits=tuple(obeyed))


def holder(issue: Issue, edit: Edit) -> IssueItem | None:
    """The item whose story holds an edit's article."""
    return next((item for item in issue.items if any(article.id == edit.article for article in item.articles)), None)


def _edited(issue: Issue, item: IssueItem, edit: Edit) -> Issue:
    marked = replace(item, edited=tuple(dict.fromkeys((*item.edited, edit.kind))))
    value = clean(edit.value)
    if edit.kind == "headline":
        renamed = replace(marked, headline=value, title=item.title or item.headline)
        return replace(_with(issue, renamed), highlights=tuple(_retold(issue, item, value)))
    if edit.kind == "note":
        return _with(issue, replace(marked, note=value))
    if edit.kind == "implication":
        return _with(issue, replace(marked, implication=value))
    return _moved(issue, marked, edit.value) if edit.kind == "move" else _with(issue, marked)


def _moved(issue: Issue, item: IssueItem, value: str) -> Issue:
    """Under another heading, to a place under its own (1 = first), or to the top of the issue."""
    if value == TOP:
        return replace(_with(issue, item), highlights=_at_the_top(issue, item))
    if value in PERSPECTIVES:
        view = next(view for view in PERSPECTIVES if view == value)
        return _with(issue, replace(item, perspective=view))
    if value in SECTIONS:
        section = next(section for section in SECTIONS if section == value)
        there = replace(item, section=section)
        others = [one for one in issue.items if one.rank != item.rank]
        last = max((n for n, one in enumerate(others, 1) if _heading(one) == _heading(there)), default=len(others))
        return _in_order(issue, [*others[:last], there, *others[last:]])
    return _placed(issue, item, int(value))


def _placed(issue: Issue, item: IssueItem, place: int) -> Issue:
    others = [one for one in issue.items if one.rank != item.rank]
    beside = [n for n, one in enumerate(others) if _heading(one) == _heading(item)]
    if not beside:
        return _with(issue, item)
    at = beside[place - 1] if 0 < place <= len(beside) else beside[-1] + 1
    return _in_order(issue, [*others[:at], item, *others[at:]])


def _heading(item: IssueItem) -> str:
    """Under which heading an item stands: the city's duties come before its section."""
    return "duties" if item.duties else item.section or ""


def _in_order(issue: Issue, items: Iterable[IssueItem]) -> Issue:
    """Number the items as they stand now, and whatever names them by number."""
    listed = list(items)
    number = {item.rank: n for n, item in enumerate(listed, 1)}
    return replace(
        issue,
        items=tuple(replace(item, rank=number[item.rank]) for item in listed),
        terms=tuple(
            replace(term, items=ranks)
            for term in issue.terms
            if (ranks := tuple(sorted(number[n] for n in term.items if n in number)))
        ),
        weighed=tuple(replace(one, item=number.get(one.item, 0)) for one in issue.weighed),
    )


def _with(issue: Issue, item: IssueItem) -> Issue:
    return replace(issue, items=tuple(item if one.rank == item.rank else one for one in issue.items))


def _without(issue: Issue, item: IssueItem) -> Issue:
    """Without an item, its highlight, and the sources nothing else rests on."""
    lead = item.sources[0] if item.sources else 0
    lines = tuple(line for line in issue.highlights if not line.sources or line.sources[0] != lead)
    left = [one for one in issue.items if one.rank != item.rank]
    out = replace(_in_order(issue, left), highlights=lines)
    rests = {n for one in left for n in (*one.sources, *(m for line in one.sentences for m in line.sources))}
    rests |= {n for line in lines for n in line.sources} | {n for call in issue.calls for n in call.sources}
    rests |= {n for signal in issue.signals for n in signal.sources} | {n for call in issue.calls for n in call.sources}
    own = {*item.sources, *(n for line in item.sentences for n in line.sources)} - rests
    return replace(out, sources=tuple(source for source in issue.sources if source.n not in own))


def _retold(issue: Issue, item: IssueItem, headline: str) -> Iterable[Sentence]:
    """The highlights, with an item's new headline where it is one of them."""
    lead = item.sources[:1]
    return (replace(line, text=headline) if lead and line.sources[:1] == lead else line for line in issue.highlights)


def _at_the_top(issue: Issue, item: IssueItem) -> tuple[Sentence, ...]:
    own = [line for line in issue.highlights if item.sources and line.sources[:1] == item.sources[:1]]
    line = own[0] if own else Sentence(text=item.headline, sources=item.sources[:1])
    return (line, *[other for other in issue.highlights if other is not line][: _HIGHLIGHTS - 1])
