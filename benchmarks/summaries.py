"""What is told of a story, beside the first three sentences and plain TextRank.

    python -m benchmarks.summaries

Every way may use what the rights gate shows: 200 characters of an article. Three sets: the labelled stories of two
weeks, made of what Korean press feeds carry (bylines, captions and subtitles glued to the lead among it); Korean pages
with gold text; and articles whose Korean summaries people read (a few are Korean).

``covered`` is how much of the headline the sentences say (its letter pairs, a third story's headline for fairness the
longest of the members'), ``like`` the overlap with the summary people read (ROUGE-2 on letters, F1), ``faulty`` the
share of sentences that are a byline, a credit, broken off or glued together by a check list of its own, ``twice`` how
much of the later sentences was said before.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from analysis.summaries import summarise
from archive.records.editing import Shown
from archive.records.incoming import Document, Tokens
from archive.rights import permitted
from archive.sentences import sentences
from benchmarks.data import folder
from benchmarks.labelled import Row, article_of, rows

MOST = 3
_DAMPING, _STEPS = 0.85, 50
_WORDS = re.compile(r"[0-9A-Za-z가-힣]+")
_HANGUL = re.compile("[가-힣]")
_FAULTS = (
    re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
    re.compile(r"(?:^|[\s(\[=])[가-힣]{2,4}\s?(?:기자|특파원)(?:$|[\s=\])])"),
    re.compile(r"사진\s?[=:]|\[사진|\(사진|사진\s?제공|제공\s?=|ⓒ|©|게티이미지|Getty"),
    re.compile(r"무단\s?전재|재배포|저작권자|구독하기|appeared first on|Read more|Continue reading"),
    re.compile(r"[다요죠][.!?][가-힣A-Z“]|[다요]”[가-힣]{2,}(?<!라고)(?:는|이|가)\s"),
    re.compile(r"(?:…|\.\.\.)[\"”’]?$"),
)

Way = Callable[[Sequence[Document], Mapping[str, Shown]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Told:
    """A story's articles, its headline and, where there is one, what people read of it."""

    documents: Sequence[Document]
    headline: str
    reference: str = ""


def main() -> None:
    """Print the figures."""
    for name, told in (
        ("stories of w07", _stories("w07")),
        ("stories of w08", _stories("w08")),
        ("Korean pages", _pages()),
        ("articles, summarised", _articles()),
    ):
        if told:
            print(f"{name}: {len(told)}")
            for way, write in (("ours", ours), ("first three", first_three), ("TextRank", textrank)):
                print(f"  {way:12} {report(told, write)}")


def ours(documents: Sequence[Document], shown: Mapping[str, Shown]) -> Sequence[str]:
    """As an issue tells it."""
    return [one.text for one in summarise(documents, {one.id: shown[one.id] for one in documents}, MOST)]


def first_three(documents: Sequence[Document], shown: Mapping[str, Shown]) -> Sequence[str]:
    """The first sentences of the first article."""
    return shown[documents[0].id].excerpt[:MOST]


def textrank(documents: Sequence[Document], shown: Mapping[str, Shown]) -> Sequence[str]:
    """The most central sentences (Mihalcea & Tarau 2004), in order."""
    found = list(dict.fromkeys(one for document in documents for one in shown[document.id].excerpt))
    if len(found) <= 1:
        return found
    pairs = [_pairs(one) for one in found]
    like = np.array([[_dice(one, other) if one is not other else 0.0 for other in pairs] for one in pairs])
    moves = like / np.maximum(like.sum(axis=1, keepdims=True), 1e-9)
    rank = np.full(len(found), 1 / len(found))
    for _ in range(_STEPS):
        rank = (1 - _DAMPING) / len(found) + _DAMPING * rank @ moves
    return [found[place] for place in sorted(np.argsort(-np.round(rank, 9), kind="stable")[:MOST])]


def report(told: Sequence[Told], way: Way) -> str:
    """The figures of one way, over the stories of which anything may be shown."""
    written = [(one, list(way(one.documents, _shown(one.documents)))) for one in told]
    whole = [(one, lines) for one, lines in written if lines]
    lines = [line for _, some in whole for line in some]
    covered = fmean(_contained(_pairs(one.headline), _pairs(" ".join(some))) for one, some in whole)
    twice = [
        _contained(_pairs(line), _pairs(" ".join(some[:place])))
        for _, some in whole
        for place, line in enumerate(some)
        if place
    ]
    like = [_dice(_pairs(one.reference), _pairs(" ".join(some))) for one, some in whole if _korean(one.reference, some)]
    faulty = fmean(is_faulty(line) for line in lines)
    ends = f"  like {fmean(like):.3f} ({len(like)})" if like else ""
    return (
        f"told {len(whole) / len(told):.2f}  covered {covered:.3f}  faulty {faulty:.3f} of {len(lines)}  "
        f"twice {fmean(twice):.3f}{ends}"
    )


def is_faulty(sentence: str) -> bool:
    """Whether a sentence is none: a byline, a credit, broken off, unbalanced or two glued together."""
    text = sentence.strip()
    if any(fault.search(text) for fault in _FAULTS):
        return True
    unbalanced = text.count("“") != text.count("”") or text.count("(") != text.count(")") or text.count('"') % 2
    return bool(unbalanced) or not re.search(r"[.!?다요음함됨임까죠][\"”’')\]]*$|[가-힣]{2}$", text)


def _korean(reference: str, lines: Sequence[str]) -> bool:
    return bool(reference) and bool(_HANGUL.search(" ".join(lines)))


def _shown(documents: Sequence[Document]) -> dict[str, Shown]:
    return {
        one.id: Shown(
            article=one.id, title=one.article.title, url=one.article.url, excerpt=permitted("excerpt", one.text)
        )
        for one in documents
    }


def _document(row: Row) -> Document:
    return Document(article=article_of(row), text=row["text"], tokens=Tokens(version="", title=(), text=()))


def _stories(week: str) -> list[Told]:
    groups: dict[str, list[Document]] = {}
    for row in rows(folder("stories", f"{week}.jsonl")):
        if row["ai"]:
            groups.setdefault(row["story"], []).append(_document(row))
    return [Told(group, max((one.article.title for one in group), key=len)) for group in groups.values()]


def _pages() -> list[Told]:
    found = rows(folder("pages", "kr", "gold.jsonl"))
    made = [_document({**row, "title": row.get("title") or "", "lang": "ko"}) for row in found]
    return [Told([one], one.article.title or sentences(one.text)[0]) for one in made if one.text]


def _articles() -> list[Told]:
    return list(_summarised(rows(folder("articles", "en_ko_2026-04.jsonl"))))


def _summarised(found: Sequence[Row]) -> Iterator[Told]:
    for row in found:
        if row["content"]:
            lang = "ko" if len(_HANGUL.findall(row["content"])) > len(row["content"]) / 10 else "en"
            one = _document({**row, "text": row["content"], "lang": lang, "published": row["published_at"]})
            yield Told([one], row["title"], row["summary"])


def _pairs(text: str) -> frozenset[str]:
    words = (word.lower() for word in _WORDS.findall(text))
    return frozenset(word[i : i + 2] for word in words for i in range(max(1, len(word) - 1)))


def _contained(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one) if one else 0.0


def _dice(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0.0


if __name__ == "__main__":
    main()
