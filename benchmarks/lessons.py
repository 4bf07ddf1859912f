"""Learn what words say for relevance and for the sections, from our own headlines and labelled weeks.

    python -m benchmarks.lessons            learn from everything and say how much there was to learn from
    python -m benchmarks.lessons --write    and write analysis/learnt_weights.py

How weights learnt without a week do on that week is a matter of ``benchmarks.relevance``.
``lessons.tsv`` holds headlines and leads written for this purpose, in Korean and English: section (``-``: not about
AI), title, lead. They alone decide which words have a weight; the labelled weeks help to say how much. No text of a
publisher is kept.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from analysis import relevance, sections
from analysis.mentions import Mentions
from analysis.tokens import Tokenizer
from analysis.vectors import Floats
from analysis.wording import Weights, weights_of, wording
from archive.records.incoming import Document
from benchmarks.data import folder
from benchmarks.labelled import Row, documents, rows
from donghyang.config import lexicon

LESSONS = Path(__file__).with_name("lessons.tsv")
LEARNT = Path(relevance.__file__).with_name("learnt_weights.py")
INVENTED = ("가람", "새솔", "홍길동", "김철수", "손흥민")  # beginnings of names of our own making or of people
TWICE, THRICE = 2, 3  # a word is learnt when so many lessons have it; one letter needs one more
RELEVANCE_STRENGTH, RELEVANCE_WORD, RELEVANCE_LESSON = 1.0, 0.5, 0.5  # inverse regularisation, scales
SECTION_STRENGTH, SECTION_FACT, SECTION_LESSON = 0.3, 0.6, 1.0
RARE = 0.5  # how far rare sections count more: 1 would make all count the same
LEAST = 0.1  # a word that says less is left out
WIDTH = 110  # of a line of words
WEEKS = ("w07", "w08")

Taught = tuple[Sequence[Row], Sequence[Document]]


def lessons(tokenizer: Tokenizer) -> Taught:
    """Our own headlines as labelled rows, and as documents."""
    lines = LESSONS.read_text(encoding="utf-8").splitlines()[1:]
    taught = [_row(number, *line.split("\t")) for number, line in enumerate(lines)]
    return taught, documents(taught, tokenizer)


def _row(number: int, section: str, title: str, lead: str) -> Row:
    lang = "en" if title.isascii() else "ko"
    about = section != "-"
    return {"id": f"lesson-{number}", "title": title, "text": lead, "lang": lang, "ai": int(about)} | {
        "section": section if about else None
    }


def vocabulary(taught: Sequence[Document]) -> list[str]:
    """The words that get a weight: those of at least two of our own headlines."""
    count = Counter(word for document in taught for word in wording(document))
    return sorted(
        word
        for word, n in count.items()
        if n >= (TWICE if len(word) > 1 else THRICE) and not word.startswith(INVENTED) and not word.isdigit()
    )


def learn(own: Taught, weeks: Iterable[Taught], mentions: Mentions) -> tuple[Weights, Weights]:
    """Weights of relevance and of sections."""
    words = vocabulary(own[1])
    taught = [(own, True), *((week, False) for week in weeks)]
    return _relevance(taught, words, mentions), _sections(taught, words, mentions)


def _relevance(taught: Sequence[tuple[Taught, bool]], words: Sequence[str], mentions: Mentions) -> Weights:
    facts, said, labels, counts = [], [], [], []
    for (labelled, found), is_lesson in taught:
        for row, document in zip(labelled, found, strict=True):
            evidence = relevance.evidence_of(document, mentions)
            if evidence is not None:
                facts.append(evidence)
                said.append(_counts(document, words))
                labels.append(bool(row["ai"]))
                counts.append(RELEVANCE_LESSON if is_lesson else 1.0)
    names = [name for name in facts[0] if name not in ("bias", *relevance.SET)]
    seen = np.hstack([[[one[name] for name in names] for one in facts], RELEVANCE_WORD * np.array(said)])
    model = LogisticRegression(C=RELEVANCE_STRENGTH, max_iter=5000).fit(seen, labels, sample_weight=counts)
    learnt = dict(zip(("bias", *names), (*model.intercept_, *model.coef_[0]), strict=False))
    return Weights(
        facts={name: (float(weight),) for name, weight in learnt.items()},
        words=_weighty(words, RELEVANCE_WORD * model.coef_[:, len(names) :].T),
    )


def _sections(taught: Sequence[tuple[Taught, bool]], words: Sequence[str], mentions: Mentions) -> Weights:
    filed = [
        (row["section"], document, SECTION_LESSON if is_lesson else 1.0)
        for (labelled, found), is_lesson in taught
        for row, document in zip(labelled, found, strict=True)
        if row["section"]
    ]
    labels = [section for section, _, _ in filed]
    common = Counter(labels)
    counts = [weight * (len(labels) / len(common) / common[section]) ** RARE for section, _, weight in filed]
    facts = SECTION_FACT * np.array([sections.evidence_of(one, mentions) for _, one, _ in filed])
    seen = np.hstack([facts, [_counts(one, words) for _, one, _ in filed]])
    model = LogisticRegression(C=SECTION_STRENGTH, max_iter=5000).fit(seen, labels, sample_weight=counts)
    order = [list(model.classes_).index(section) for section in sections.SECTIONS]
    weights = model.coef_[order].T
    table = (model.intercept_[order], *(SECTION_FACT * weights[: len(sections.NAMES)]))
    return Weights(
        facts={name: tuple(map(float, row)) for name, row in zip(("bias", *sections.NAMES), table, strict=True)},
        words=_weighty(words, weights[len(sections.NAMES) :]),
    )


def _counts(document: Document, words: Sequence[str]) -> Floats:
    found = wording(document)
    return np.array([found.get(word, 0.0) for word in words])


def _weighty(words: Sequence[str], rows: Floats) -> Mapping[str, tuple[float, ...]]:
    return {
        word: tuple(round(float(weight), 1) if abs(weight) >= LEAST else 0.0 for weight in row)
        for word, row in zip(words, rows, strict=True)
        if np.abs(row).max() >= LEAST
    }


def written(about: Weights, filed: Weights) -> str:
    """The source of the module that keeps the weights."""
    tables = {
        "RELEVANCE_FACTS": _facts(about),
        "RELEVANCE_WORDS": _words(about),
        "SECTION_FACTS": _facts(filed),
        "SECTION_WORDS": _words(filed),
    }
    head = (
        '"""Weights learnt from lessons and labelled weeks; written by ``benchmarks.lessons --write``, not by hand.\n\n'
        "Facts: a name and its weight, or its weights for tech, industry, policy, public and people. Words: which\n"
        'of these weights, how much, and the words that have it.\n"""\n'
    )
    return head + "".join(f'\n{name} = """\n{table}"""\n' for name, table in tables.items())


def _facts(weights: Weights) -> str:
    return "".join(f"{name}: {' '.join(f'{weight:+.2f}' for weight in row)}\n" for name, row in weights.facts.items())


def _words(weights: Weights) -> str:
    """The words that have the same weight for the same section together, the weightiest first."""
    alike: defaultdict[tuple[int, float], list[str]] = defaultdict(list)
    for word, row in weights.words.items():
        for column, weight in enumerate(row):
            if weight:
                alike[column, weight].append(word)
    order = sorted(alike, key=lambda key: (key[0], -key[1]))
    return "".join(f"{key[0]} {key[1]:+.1f} | {' '.join(line)}\n" for key in order for line in _lines(alike[key]))


def _lines(words: Sequence[str]) -> Iterable[list[str]]:
    """The words in lines that are not too long; Hangul is twice as wide."""
    line: list[str] = []
    for word in words:
        if sum(1 + len(one) + sum(letter > "\u1100" for letter in one) for one in [*line, word]) > WIDTH:
            yield line
            line = []
        line.append(word)
    yield line


def parsed(about: Weights, filed: Weights) -> tuple[Weights, Weights]:
    """The weights as they are once written down and read again."""
    return weights_of(_facts(about), _words(about)), weights_of(_facts(filed), _words(filed))


def main() -> None:
    """Learn from our own headlines and all labelled weeks."""
    known = lexicon()
    mentions, tokenizer = Mentions(known), Tokenizer(known)
    weeks = {week: _week(week, tokenizer) for week in WEEKS}
    own = lessons(tokenizer)
    about, filed = learn(own, weeks.values(), mentions)
    if "--write" in sys.argv[1:]:
        LEARNT.write_text(written(about, filed), encoding="utf-8")
    said = {"relevance": len(about.words), "sections": len(filed.words)}
    print(f"{len(own[0])} lessons and {', '.join(weeks)}: words that say something: {said}")


def _week(week: str, tokenizer: Tokenizer) -> Taught:
    found = rows(folder("stories", f"{week}.jsonl"))
    return found, documents(found, tokenizer)


if __name__ == "__main__":
    main()
