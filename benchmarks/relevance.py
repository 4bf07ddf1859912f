"""Is it about AI, and which section? Measured on labelled weeks and on a general stream.

    python -m benchmarks.relevance [--fit]

The weights of relevance were fitted on the first week; the second was not looked at while tuning. Those of sections
were fitted on both: ``--fit`` tells what the weights of one week do on the other, and prints what regressions make of
the labelled weeks today. Every labelled item has AI in its title, so "every one" is the baseline to beat.
"""

import sys
from collections import Counter
from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from analysis import relevance, sections
from analysis.mentions import Mentions
from analysis.tokens import Tokenizer, body, plain
from analysis.vectors import Floats
from archive.records.incoming import Document
from benchmarks.data import folder
from benchmarks.labelled import Row, documents, rows
from benchmarks.scores import binary
from donghyang.config import lexicon

WEEKS = ("w07", "w08")
RARE = 0.7  # how far rare sections count more: 1 would make all sections count the same
STRENGTH = 0.07  # inverse of the regularisation; from .05 to .4 it hardly matters

Sectioned = tuple[Floats, list[str]]  # what is known of each article, and its section


def main() -> None:
    """Print the figures."""
    root, known = folder(), lexicon()
    mentions, tokenizer = Mentions(known), Tokenizer(known)
    seen: dict[str, Sectioned] = {}
    for week in WEEKS:
        found = rows(root / "stories" / f"{week}.jsonl")
        if found:
            made = documents(found, tokenizer)
            _report(week, found, made, mentions)
            seen[week] = _sectioned(found, made, mentions)
            if "--fit" in sys.argv and week == WEEKS[0]:
                _fit(found, made, mentions)
    if "--fit" in sys.argv and len(seen) == len(WEEKS):
        _fit_sections(seen)
    for language in ("ko", "en"):
        stream = [row["title"] for path in sorted(root.glob(f"headlines/{language}_*.jsonl")) for row in rows(path)]
        if stream:
            passed = sum(relevance.worth_reading(title, "", mentions) for title in stream)
            print(f"headlines {language}: {passed / len(stream):.1%} of {len(stream)} would be read")


def _report(week: str, found: Sequence[Row], made: Sequence[Document], mentions: Mentions) -> None:
    gold = {row["id"]: bool(row["ai"]) for row in found}
    verdicts = {document.id: relevance.judge(document, mentions).ai for document in made}
    about = [row for row in found if row["ai"]]
    read = sum(relevance.worth_reading(row["title"], row["text"], mentions) for row in about)
    print(f"{week} ai            {binary(gold, {str(i): yes for i, yes in verdicts.items()})}")
    print(f"{week} every one     {binary(gold, dict.fromkeys(gold, True))}")
    print(f"{week} worth reading {read / len(about):.3f} of those about AI")
    _report_sections(week, found, made, mentions)


def _report_sections(week: str, found: Sequence[Row], made: Sequence[Document], mentions: Mentions) -> None:
    pairs = [
        (row["section"], sections.section_of(document, mentions))
        for row, document in zip(found, made, strict=True)
        if row["section"]
    ]
    right = sum(gold == said for gold, said in pairs)
    largest = Counter(gold for gold, _ in pairs).most_common(1)[0][1]
    print(f"{week} section       {right / len(pairs):.3f} (always the commonest: {largest / len(pairs):.3f})")
    for section in sections.SECTIONS:
        gold, said = ({n for n, pair in enumerate(pairs) if pair[side] == section} for side in (0, 1))
        score = binary({str(n): n in gold for n in range(len(pairs))}, {str(n): n in said for n in range(len(pairs))})
        print(f"{week}   {section:10s} {score} ({len(gold)})")


def _fit(found: Sequence[Row], made: Sequence[Document], mentions: Mentions) -> None:
    evidence = [relevance.evidence_of(plain(d.article.title), body(d.text), mentions, d.article.lang) for d in made]
    names = [name for name in evidence[0] if name != "bias"]
    seen = np.array([[one[name] for name in names] for one in evidence])
    model = LogisticRegression(C=0.5, max_iter=3000).fit(seen, [row["ai"] for row in found])
    print(f"bias {model.intercept_[0]:+.1f}", *(f"{n} {w:+.1f}" for n, w in zip(names, model.coef_[0], strict=True)))


def _sectioned(found: Sequence[Row], made: Sequence[Document], mentions: Mentions) -> Sectioned:
    filed = [(row["section"], one) for row, one in zip(found, made, strict=True) if row["section"]]
    return np.array([sections.evidence_of(one, mentions) for _, one in filed]), [section for section, _ in filed]


def _fit_sections(seen: dict[str, Sectioned]) -> None:
    """Print how weights of one week do on the other, then those of both weeks together."""
    for learnt, asked in (WEEKS, WEEKS[::-1]):
        model = _regression(*seen[learnt])
        right = model.predict(seen[asked][0]) == np.array(seen[asked][1])
        print(f"sections learnt on {learnt}, asked on {asked}: {right.mean():.3f}")
    evidence = np.vstack([seen[week][0] for week in WEEKS])
    model = _regression(evidence, [section for week in WEEKS for section in seen[week][1]])
    order = [list(model.classes_).index(section) for section in sections.SECTIONS]
    for name, weights in zip(sections.NAMES, model.coef_[order].T, strict=True):
        print(f"{name:30s}", *(f"{weight:+.1f}" for weight in weights))
    print(f"{'intercept':30s}", *(f"{weight:+.1f}" for weight in model.intercept_[order]))


def _regression(evidence: Floats, named: Sequence[str]) -> LogisticRegression:
    count = Counter(named)
    weigh = {section: (len(named) / len(count) / n) ** RARE for section, n in count.items()}
    return LogisticRegression(C=STRENGTH, max_iter=5000, class_weight=weigh).fit(evidence, named)


if __name__ == "__main__":
    main()
