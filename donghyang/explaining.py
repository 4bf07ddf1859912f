"""Why a story is one, is called so and stands where it stands: rows of evidence, from the archive alone."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from analysis import evidence, labels
from analysis.mentions import Mentions
from analysis.ranking import PARTS, PERSPECTIVES, shares_of, weights_of
from archive import findings, intake
from archive.records.findings import Judgement, Story
from archive.records.incoming import Article, Document, Tokens
from archive.records.knowledge import Lexicon
from archive.records.words import ArticleId
from donghyang.messages import say

Row = dict[str, Any]
_NONE = Tokens(version="", title=(), text=())


def explain(db: Connection, story: Story, lexicon: Lexicon, weights: Mapping[str, float]) -> Row:
    """Everything that made a story what it is; keys as docs/formats.md shows them."""
    articles = intake.articles_by_id(db, story.articles)
    judged = findings.judgements_of(db, story.articles)
    tokens = intake.tokens_of(db, story.articles)
    documents = [Document(article=one, text="", tokens=tokens.get(id_, _NONE)) for id_, one in articles.items()]
    return {
        "together": _together(documents, judged, Mentions(lexicon)),
        "label": _label(story, documents, judged),
        "rank": _rank(story, weights),
        "section": _section(story, judged),
        "ai": _reasons(judged),
        "links": _links(db, story),
    }


def _together(documents: Sequence[Document], judged: Mapping[ArticleId, Judgement], mentions: Mentions) -> list[Row]:
    copies = {id_: (one.duplicate_of, one.duplicate_reason) for id_, one in judged.items() if one.duplicate_of}
    return [
        {
            "article": bond.article,
            "with": bond.other,
            "copy": bond.copied or None,
            "names": list(bond.names),
            "numbers": list(bond.numbers),
            "words": list(bond.words),
            "days": bond.days,
        }
        for bond in evidence.bonds(documents, copies, mentions)
    ]


def _label(story: Story, documents: Sequence[Document], judged: Mapping[ArticleId, Judgement]) -> Row:
    """Whose headline it is, and how much of the other headlines that one shares on average."""
    own = [one for one in documents if labels.clean_headline(one.article.title, _names(one.article)) == story.label]
    told = [one for one in documents if judged.get(one.id) is None or judged[one.id].duplicate_of is None]
    chosen = min(own, key=lambda one: (one.article.moment, one.id), default=None)
    return {
        "article": chosen.id if chosen else None,
        "likeness": round(labels.likeness(chosen, told), 2) if chosen else None,
        "among": len(told),
    }


def _names(article: Article) -> tuple[str, str]:
    return article.outlet, article.family


def _rank(story: Story, given: Mapping[str, float]) -> Row:
    """For each perspective what counts how much, what it adds up to, and what it counts in the total."""
    weights, shares = weights_of(given), shares_of(given)
    views = {
        view: {
            "share": round(shares[view], 3),
            "score": story.score.get(view),
            "parts": {
                part: {"value": story.score[part], "weight": weights[view][part]}
                for part in PARTS
                if story.score.get(part) and weights[view][part]
            },
        }
        for view in PERSPECTIVES
    }
    return {"rank": story.rank, "total": story.score.get("total"), "perspectives": views}


def _section(story: Story, judged: Mapping[ArticleId, Judgement]) -> Row:
    votes = Counter(one.section for one in judged.values() if one.section)
    return {"section": story.section, "votes": dict(votes.most_common())}


def _reasons(judged: Mapping[ArticleId, Judgement]) -> Row:
    """How sure it is that the story is about AI, and the words that say so, most frequent first."""
    said = Counter(reason for one in judged.values() for reason in one.reasons)
    scores = [one.score for one in judged.values()]
    return {
        "score": round(sum(scores) / len(scores), 2) if scores else None,
        "reasons": [reason for reason, _ in said.most_common(8)],
    }


def _links(db: Connection, story: Story) -> list[Row]:
    """Stories of the other language that probably tell of the same matter, the surest first."""
    found = findings.links_of(db, [story.id])
    others = {link.korean if link.foreign == story.id else link.foreign: link for link in found}
    labels_of = {id_: other.label for id_, other in findings.stories_by_id(db, others).items()}
    return [
        {
            "story": id_,
            "label": labels_of[id_],
            "score": round(link.score, 2),
            "evidence": list(link.evidence),
            "days": round(link.days, 1),
        }
        for id_, link in others.items()
        if id_ in labels_of
    ]


def rank_cells(why: Row) -> Iterator[tuple[object, ...]]:
    """A line for each part that counts: its value, and in each perspective weight and what it adds; then the sums."""
    views = why["perspectives"]
    for part in PARTS:
        told = [view["parts"].get(part) for view in views.values()]
        value = next((one["value"] for one in told if one), None)
        if value is not None:
            yield say(f"part.{part}"), f"{value:.2f}", *(_adds(one) for one in told)
    yield say("part.total"), "", *(_sum(view) for view in views.values())


def _adds(one: Mapping[str, float] | None) -> str:
    return f"{one['weight']:+.1f} → {one['value'] * one['weight']:+.2f}" if one else ""


def _sum(view: Row) -> str:
    return f"{view['score']:+.2f}" if view["score"] is not None else ""


def bond_cells(bond: Row) -> tuple[object, ...]:
    """A line of the table of why articles stand together."""
    if bond["with"] is None:
        return bond["article"], "", say("bond.first")
    kinds = ("names", "numbers", "words")
    shared = [say(f"bond.{kind}", terms=", ".join(bond[kind])) for kind in kinds if bond[kind]]
    copied = [say(f"bond.copy.{bond['copy']}")] if bond["copy"] else []
    return bond["article"], bond["with"], "; ".join([*copied, *shared]) or say("bond.nothing")


def sentences(story: Mapping[str, Any]) -> Iterator[str]:
    """What is to be said beside the tables: the label, the section, the duties, AI, and how the total comes about."""
    why = story["why"]
    if why["label"]["article"] and why["label"]["among"] > 1:
        yield say("why.label", **why["label"])
    if story["section"]:
        votes = ", ".join(f"{say(f'section.{name}')} {count}" for name, count in why["section"]["votes"].items())
        yield say("why.section", section=say(f"section.{story['section']}"), votes=votes)
    for duty in story["duties"]:
        yield say("why.duty", name=duty["name"], words=", ".join(duty["words"]))
    if why["ai"]["reasons"]:
        yield say("why.ai", score=why["ai"]["score"], reasons=", ".join(why["ai"]["reasons"]))
    for link in why["links"]:
        yield say("why.link", **{**link, "evidence": ", ".join(link["evidence"])})
    views = why["rank"]["perspectives"]
    if all(view["score"] is not None for view in views.values()):
        sums = " + ".join(f"{view['share']:.2f} × {view['score']:+.2f}" for view in views.values())
        yield say("why.total", sums=sums, total=f"{why['rank']['total']:+.2f}", rank=why["rank"]["rank"])
