"""Which of the city's duties an article touches: the template's lists beside the bare words.

    python -m benchmarks.duties

``labels/duties.tsv`` says of the labelled weeks' AI articles, by id alone, which are business of a city in 복지, 교통,
안전 or 행정: read were all that a list or a bare word hits and all of the section public. The baseline takes the
duty's bare name anywhere in headline and lead. The lists were mended by class on the first week and the second.
"""

import csv
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from analysis.duties import Duties
from analysis.mentions import Mentions
from analysis.tokens import body
from benchmarks.data import folder
from benchmarks.labelled import Row, rows
from benchmarks.lessons import WEEKS
from benchmarks.scores import Score
from donghyang.config import lexicon, starter
from donghyang.settings import Settings

LABELS = Path(__file__).parent / "labels" / "duties.tsv"
READ = 400  # characters of a text that are read

Touched = Mapping[str, set[str]]  # article → duties


def main() -> None:
    """Print precision and recall over pairs of article and duty."""
    settings = Settings.model_validate(tomllib.loads(starter()))
    duties = settings.duty_records()
    found = Duties(duties, Mentions(lexicon()))
    gold = _gold()
    for week in WEEKS:
        about = [row for row in rows(folder("stories", f"{week}.jsonl")) if row["ai"]]
        labels = {one["id"]: gold[one["id"]] for one in about}
        lists = {one["id"]: set(found.matches(_text(one))) for one in about}
        bare = {one["id"]: {duty.name for duty in duties if duty.name in _text(one)} for one in about}
        print(f"{week} duties     {_score(labels, lists)} ({sum(map(len, labels.values()))})")
        print(f"{week} bare words {_score(labels, bare)} ({sum(map(bool, bare.values()))} articles)")


def _gold() -> Mapping[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    with LABELS.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            found[row["id"]].add(row["duty"])
    return found


def _text(row: Row) -> str:
    return f"{row['title']}\n{body(row['text'])[:READ]}"


def _score(gold: Touched, found: Touched) -> Score:
    right = sum(len(gold[one] & found[one]) for one in gold)
    said, true = sum(map(len, found.values())), sum(map(len, gold.values()))
    return Score.of(right / said if said else 0.0, right / true if true else 0.0)


if __name__ == "__main__":
    main()
