"""Copies found among real articles that were copied on purpose, beside plainer ways.

    python -m benchmarks.duplicates [FILE.jsonl ...]      files in the format of the data folder's stories

Each labelled article with enough text is copied the ways papers copy each other, under another headline; recall is by
way. A link of two articles of different stories is a wrong merge, whichever of them were made here. Beside it: the same
title, and Jaccard of 5-grams at .8 (what MinHash estimates, here exactly), over the same letters and days.
"""

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from analysis import duplicates
from analysis.headlines import comparable
from archive.records.incoming import Document, Tokens
from archive.records.words import ArticleId
from benchmarks.data import folder
from benchmarks.labelled import Row, article_of, rows
from benchmarks.measured import measured

SETS = ("w07", "w08", "en_fulltext_ecbplus")
_EVERY = {"en_fulltext_ecbplus": 4}  # of so many one: they are long
_LETTERS = 200  # of a text worth copying
_GRAM = 5
_JACCARD = 0.8
_CHUNK = 256
_SEED = 7
_ENDINGS = (
    ("했다.", "했습니다."), ("밝혔다", "전했다"), ("말했다", "강조했다"), ("한다.", "합니다."), ("있다.", "있습니다."),
    ("예정이다", "계획이다"), (" said ", " told reporters "), (" has ", " had "), (" will ", " is to "),
    (" on ", " last "),
)  # fmt: skip
_NO_TOKENS = Tokens(version="", title=(), text=())
Change = Callable[[str, random.Random], str]


def halved(text: str, _: random.Random) -> str:
    """The first half, as briefs are."""
    return text[: len(text) // 2]


def other_endings(text: str, _: random.Random) -> str:
    """A desk's own endings and verbs of saying."""
    for old, new in _ENDINGS:
        text = text.replace(old, new)
    return text


def other_spacing(text: str, chance: random.Random) -> str:
    """Every fifth space lost, and some doubled."""
    return re.sub(" ", lambda _: chance.choice(("", " ", " ", "  ", " ")), text)


def framed(text: str, _: random.Random) -> str:
    """A byline in front and a notice behind."""
    return f"[새소식=홍길동 기자] {text} 무단 전재 및 재배포 금지. 저작권자 새소식"


def sentence_dropped(text: str, chance: random.Random) -> str:
    """One sentence in four left out, never all."""
    sentences = re.split(r"(?<=[.?!])\s+", text)
    return " ".join([sentences[0], *(one for one in sentences[1:] if chance.random() > 0.25)])


TEXTS: Mapping[str, Change] = {
    "halved": halved,
    "endings": other_endings,
    "spacing": other_spacing,
    "framed": framed,
    "sentences": sentence_dropped,
}
TITLES: Mapping[str, Change] = {
    "prefix": lambda title, chance: chance.choice(("[속보] ", "[종합] ", "[단독] ", "(종합2보) ")) + title,
    "suffix": lambda title, chance: title + chance.choice((" - 새소식", " | 가온일보", "(종합)", " [속보]")),
    "marks": lambda title, _: re.sub(r"\s+", "  ", re.sub(r"[\"'“”‘’,…·]", " ", title)),
}


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.duplicates")
    options.add_argument("file", nargs="*", type=Path, help="labelled articles; else the sets of the data folder")
    files = options.parse_args().file or [folder("stories") / f"{name}.jsonl" for name in SETS]
    labelled = [row for file in files for row in rows(file)[:: _EVERY.get(file.stem, 1)]]
    made = [Document(article=article_of(row), text=row["text"], tokens=_NO_TOKENS) for row in labelled]
    stories = {row["id"]: row["story"] for row in labelled}
    copies = _copies(made, labelled)
    every = [*made, *(copy for _, copy in copies.values())]
    for name, find in (("same title", same_title), ("Jaccard .8", jaccard), ("ours", ours)):
        root, cost = measured(find, every)
        print(f"{name:11s} {_report(root, copies, stories)} {cost}", flush=True)


def ours(every: Sequence[Document]) -> dict[str, str]:
    """Each article's original as the pipeline finds it."""
    return {copy: original for copy, (original, _) in duplicates.find(every).items()}


def same_title(every: Sequence[Document]) -> dict[str, str]:
    """Articles with exactly one title."""
    first: dict[str, str] = {}
    return {one.id: original for one in every if (original := first.setdefault(one.article.title, one.id)) != one.id}


def jaccard(every: Sequence[Document]) -> dict[str, str]:
    """Articles whose sets of 5-grams overlap by .8; chains of them are one."""
    letters = [re.sub(r"\W+", "", one.text)[:1500].lower() for one in every]
    grams = CountVectorizer(analyzer="char", ngram_range=(_GRAM, _GRAM), binary=True).fit_transform(letters)
    sizes = np.asarray(grams.sum(axis=1)).ravel()
    found: dict[str, str] = {}
    for start in range(0, len(every), _CHUNK):
        shared = (grams[start : start + _CHUNK] @ grams.T).tocoo()
        both = sizes[shared.row + start] + sizes[shared.col] - shared.data
        keep = (shared.data >= _JACCARD * both) & (shared.col < shared.row + start)
        for row, column in zip(shared.row[keep] + start, shared.col[keep], strict=True):
            original = every[column].id
            found.setdefault(every[row].id, found.get(original, original))
    return found


def _copies(made: Sequence[Document], labelled: Sequence[Row]) -> dict[str, tuple[str, Document]]:
    """By its id, the way and the copy; the id ends in that of the original."""
    chance = random.Random(_SEED)  # noqa: S311 -- a benchmark must be the same every time
    found: dict[str, tuple[str, Document]] = {}
    for one, row in zip(made, labelled, strict=True):
        if len(re.sub(r"\W+", "", row["text"])) >= _LETTERS:
            for way, change in TEXTS.items():
                headline = " ".join(reversed(one.article.title.split())) + f" {way}"
                copy = _copy(one, way, headline, change(one.text, chance))
                found[copy.id] = (way, copy)
        if len(comparable(one.article.title)) >= 10:
            for way, change in TITLES.items():
                copy = _copy(one, way, change(one.article.title, chance), "")
                found[copy.id] = (way, copy)
    return found


def _copy(one: Document, way: str, title: str, text: str) -> Document:
    article = replace(
        one.article,
        id=ArticleId(f"{way} {one.id}"),
        title=title,
        canonical="",
        outlet=way,
        family=way,
        seen=one.article.seen + timedelta(hours=5),
        published=one.article.published and one.article.published + timedelta(hours=5),
    )
    return Document(article=article, text=text, tokens=_NO_TOKENS)


def _report(root: Mapping[str, str], copies: Mapping[str, tuple[str, Document]], stories: Mapping[str, str]) -> str:
    right: dict[str, list[bool]] = defaultdict(list)
    for name, (way, _) in copies.items():
        source = name.removeprefix(f"{way} ")
        right[way].append(root.get(name, name) == root.get(source, source))
    wrong = sum(_story(copy, stories) != _story(original, stories) for copy, original in root.items())
    ways = " ".join(f"{way} {sum(hits) / len(hits):.3f}" for way, hits in right.items())
    every = [hit for hits in right.values() for hit in hits]
    return f"recall {sum(every) / len(every):.3f} wrong {wrong / max(len(root), 1):.4f} of {len(root)} | {ways} |"


def _story(name: str, stories: Mapping[str, str]) -> str:
    return stories[name.split(" ", 1)[1] if " " in name else name]


if __name__ == "__main__":
    main()
