"""Is it about AI, and which section? Measured on labelled weeks, and outside of headlines that mention AI.

    python -m benchmarks.relevance [FILE.jsonl ...]      files in the format of the data folder's stories

What is judged is what `try stories` says, whole stories together; beside it each article by itself, "every one" (every
labelled item has AI in its title, so that is the baseline to beat) and "always the commonest" section. Weights were
learnt from our own headlines and both weeks (``benchmarks.lessons``): "without it" is what weights learnt without a
week do on that week, and the figure to expect elsewhere.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from analysis import relevance, sections
from analysis.mentions import Mentions
from analysis.tokens import Tokenizer
from analysis.wording import Weights
from archive.records.incoming import Document
from benchmarks import stream
from benchmarks.calibration import Said, calibration
from benchmarks.data import folder
from benchmarks.labelled import Row, documents, rows
from benchmarks.lessons import WEEKS, learn, lessons, parsed
from benchmarks.scores import Score, binary
from donghyang.config import lexicon
from donghyang.trial import stories_of

Value = TypeVar("Value")


class Labelled(NamedTuple):
    """A labelled file, its documents and what `try stories` says of them."""

    name: str
    rows: Sequence[Row]
    documents: Sequence[Document]
    said: Sequence[Row]

    def stories(self) -> Iterable[list[int]]:
        """The places of the articles of each story found."""
        found = defaultdict(list)
        for place, row in enumerate(self.said):
            found[row["story"]].append(place)
        return found.values()


def main() -> None:
    """Print the figures."""
    known = lexicon()
    mentions, tokenizer = Mentions(known), Tokenizer(known)
    named = [Path(name) for name in sys.argv[1:]]
    files = [_labelled(path, tokenizer) for path in named or _weeks()]
    for one in files:
        _report(one, mentions)
    if not named and len(files) == len(WEEKS):
        _crossed(files, tokenizer, mentions)
    if not named:
        stream.report(folder(), tokenizer, mentions)
        _general(mentions)


def _weeks() -> list[Path]:
    paths = [folder("stories") / f"{week}.jsonl" for week in WEEKS]
    return [path for path in paths if rows(path)]


def _labelled(path: Path, tokenizer: Tokenizer) -> Labelled:
    found = rows(path)
    return Labelled(path.stem, found, documents(found, tokenizer), list(stories_of(path)))


def _report(one: Labelled, mentions: Mentions) -> None:
    alone = [relevance.judge(document, mentions).ai for document in one.documents]
    about = [row for row in one.rows if row["ai"]]
    read = sum(relevance.worth_reading(row["title"], row["text"], mentions) for row in about)
    print(f"{one.name} ai                  {_about(one, [row['ai'] for row in one.said])}")
    print(f"{one.name} ai, each by itself  {_about(one, alone)}")
    print(f"{one.name} every one           {_about(one, [True] * len(alone))}")
    _print_calibration(f"{one.name} calibration", one, [row["ai_score"] for row in one.said])
    print(f"{one.name} worth reading       {read / max(len(about), 1):.3f} of those about AI")
    _report_sections(one, mentions)


def _about(one: Labelled, said: Sequence[bool]) -> Score:
    gold = {str(place): bool(row["ai"]) for place, row in enumerate(one.rows)}
    return binary(gold, {str(place): yes for place, yes in enumerate(said)})


def _print_calibration(title: str, one: Labelled, scores: Sequence[float]) -> None:
    found = calibration([Said(score, bool(row["ai"])) for score, row in zip(scores, one.rows, strict=True)])
    print(f"{title}  {found}")
    print(f"{title}, said→so (items): {found.reliability()}")


def _report_sections(one: Labelled, mentions: Mentions) -> None:
    gold = [row.get("section") for row in one.rows]
    if not any(gold):
        return
    alone = [sections.section_of([document], mentions) for document in one.documents]
    said = [row["section"] for row in one.said]
    commonest = Counter(filter(None, gold)).most_common(1)[0][0]
    print(f"{one.name} section             {_accuracy(gold, said):.3f}")
    print(f"{one.name} section, each alone {_accuracy(gold, alone):.3f}")
    print(f"{one.name} always {commonest:12s} {_accuracy(gold, [commonest] * len(gold)):.3f}")
    _confusion(one.name, gold, said)


def _accuracy(gold: Sequence[str | None], said: Sequence[str]) -> float:
    pairs = [(a, b) for a, b in zip(gold, said, strict=True) if a]
    return sum(a == b for a, b in pairs) / len(pairs)


def _confusion(name: str, gold: Sequence[str | None], said: Sequence[str]) -> None:
    """For each section: how well it is found, and what its articles are said to be."""
    for section in sections.SECTIONS:
        places = {str(place): label == section for place, label in enumerate(gold) if label}
        score = binary(places, {str(place): one == section for place, one in enumerate(said)})
        into = Counter(b for a, b in zip(gold, said, strict=True) if a == section)
        spread = " ".join(f"{other} {into[other]}" for other in sections.SECTIONS if into[other])
        print(f"{name}   {section:10s} {score}   labelled {section}, said: {spread}")


def _crossed(files: Sequence[Labelled], tokenizer: Tokenizer, mentions: Mentions) -> None:
    """Each week judged by weights that were learnt without it."""
    own = lessons(tokenizer)
    print("our own headlines alone, then with the other week:")
    for asked in files:
        others = [(one.rows, one.documents) for one in files if one is not asked]
        for name, weeks in (("headlines only", []), ("without it", others)):
            about, filed = parsed(*learn(own, weeks, mentions))
            _print_crossed(asked, name, about, filed, mentions)


def _print_crossed(asked: Labelled, name: str, about: Weights, filed: Weights, mentions: Mentions) -> None:
    ai: dict[int, bool] = {}
    scores: dict[int, float] = {}
    section: dict[int, str] = {}
    for story in asked.stories():
        members = [asked.documents[place] for place in story]
        verdicts = relevance.together([relevance.judge(one, mentions, about) for one in members])
        ai |= dict(zip(story, (verdict.ai for verdict in verdicts), strict=True))
        scores |= dict(zip(story, (verdict.score for verdict in verdicts), strict=True))
        section |= dict.fromkeys(story, sections.section_of(members, mentions, filed))
    gold = [row.get("section") for row in asked.rows]
    print(f"{asked.name} ai {name:16s} {_about(asked, _in_order(ai))}")
    _print_calibration(f"{asked.name} calibration {name}", asked, _in_order(scores))
    print(f"{asked.name} section {name:11s} {_accuracy(gold, _in_order(section)):.3f}")


def _in_order(said: Mapping[int, Value]) -> list[Value]:
    return [said[place] for place in range(len(said))]


def _general(mentions: Mentions) -> None:
    """How much of everything that appears would be read."""
    for language in ("ko", "en"):
        titles = [row["title"] for path in sorted(folder().glob(f"headlines/{language}_*.jsonl")) for row in rows(path)]
        if titles:
            passed = sum(relevance.worth_reading(title, "", mentions) for title in titles)
            print(f"headlines {language}: {passed / len(titles):.1%} of {len(titles)} would be read")


if __name__ == "__main__":
    main()
