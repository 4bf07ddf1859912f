"""Is it about AI, and which section? Measured on labelled weeks and on a general stream.

    python -m benchmarks.relevance [--fit]

The first week is the one the weights were fitted on; the second was not looked at while tuning. ``--fit`` prints what a
logistic regression makes of the first week today. Every labelled item has AI in its title, so "every one" is the
baseline to beat.
"""

import sys
from collections import Counter
from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from analysis import relevance, sections
from analysis.mentions import Mentions
from analysis.tokens import Tokenizer, body, plain
from archive.records.incoming import Document
from benchmarks.data import folder
from benchmarks.labelled import Row, documents, rows
from benchmarks.scores import binary
from donghyang.config import lexicon

WEEKS = ("w07", "w08")


def main() -> None:
    """Print the figures."""
    root, known = folder(), lexicon()
    mentions, tokenizer = Mentions(known), Tokenizer(known)
    for week in WEEKS:
        found = rows(root / "stories" / f"{week}.jsonl")
        if found:
            made = documents(found, tokenizer)
            _report(week, found, made, mentions)
            if "--fit" in sys.argv and week == WEEKS[0]:
                _fit(found, made, mentions)
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


if __name__ == "__main__":
    main()
