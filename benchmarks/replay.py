"""A recorded month through the real pipeline, day by day, as cron would run it.

    python -m benchmarks.replay [RECORDING] [FIRST] [LAST] [--keep FOLDER] [--again]

For each day the recording is moved on and `donghyang --now (DAY+1)T09:00 run` is called as a process of its own; at the
end once more on the Monday after. Prints what was filed, the share of 304 answers, failures, stories, topics, issues,
seconds and memory by step, and how many of the gold stories the issue of their week carries, beside a baseline: the
twelve most frequent title words of that week.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.data import folder

PORT = 8765
_STEP = re.compile(r'event="step done".*?\bstep=(\w+).*?\bcpu=([\d.]+).*?\bpeak_mb=(\d+)')
_WORD = re.compile(r"[가-힣A-Za-z0-9.+-]{2,}")


@dataclass
class Cost:
    """CPU seconds and peak memory, by step and by process."""

    seconds: dict[str, float] = field(default_factory=dict)
    peak_mb: dict[str, int] = field(default_factory=dict)

    def add(self, step: str, seconds: float, peak_mb: int) -> None:
        """Count one step's cost."""
        self.seconds[step] = self.seconds.get(step, 0.0) + seconds
        self.peak_mb[step] = max(peak_mb, self.peak_mb.get(step, 0))


def main() -> None:
    """Run the replay and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recording", nargs="?", type=Path)
    parser.add_argument("first", nargs="?", type=date.fromisoformat, default=date(2026, 2, 1))
    parser.add_argument("last", nargs="?", type=date.fromisoformat, default=date(2026, 2, 21))
    parser.add_argument("--keep", type=Path, help="work here and keep it")
    parser.add_argument("--again", action="store_true", help="replay twice: nothing may be added")
    chosen = parser.parse_args()
    recording = chosen.recording or folder("feeds", "2026-02")
    place = chosen.keep or Path(tempfile.mkdtemp(prefix="donghyang-replay-"))
    place.mkdir(parents=True, exist_ok=True)
    cost = Cost()
    with serving(recording, chosen.first):
        write_config(recording, place)
        replay(place, chosen.first, chosen.last, cost)
        report(place, cost, stats())
        if chosen.again:
            before = exported(place)
            replay(place, chosen.first, chosen.last, Cost())
            print(f"again: {differences(before, exported(place))} differences by export")
    if not chosen.keep:
        shutil.rmtree(place)


def tool() -> Path:
    """The server of recordings that lies beside the data."""
    return folder().parent / "tools" / "replay.py"


@contextmanager
def serving(recording: Path, first: date) -> Iterator[None]:
    """The recording over loopback while the block runs."""
    command = [sys.executable, str(tool()), "serve", str(recording), "--port", str(PORT), "--day", str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None  # noqa: S101 - asked for above
        server.stdout.readline()
        try:
            yield
        finally:
            server.kill()


def ask(path: str) -> bytes:
    """One request to the server of recordings."""
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}") as answer:
        body: bytes = answer.read()
        return body


def stats() -> Counter[str]:
    """How often each status was answered."""
    counts: Counter[str] = Counter()
    for name, number in json.loads(ask("/-/stats")).items():
        counts[name.rpartition(" ")[2]] += number
    return counts


def write_config(recording: Path, place: Path) -> None:
    """A config.toml that reads the recording."""
    sources = subprocess.run(
        [sys.executable, str(tool()), "config", str(recording), "--port", str(PORT)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    starter = (Path(__file__).parents[1] / "config.toml").read_text(encoding="utf-8")
    duties = "".join(re.findall(r"^\[\[duties\]\]\n(?:(?!\[).*\n)*", starter, re.MULTILINE))
    head = (
        'timezone = "Asia/Seoul"\n[http]\nallow_hosts = ["127.0.0.1"]\n'
        '[digest]\norganisation = "한빛시 AI 신기술 동향 분과"\n'
        '[[readers]]\nname = "김주무관"\nemail = "kim@city.example"\n'
    )
    (place / "config.toml").write_text(head + duties + sources, encoding="utf-8")


def replay(place: Path, first: date, last: date, cost: Cost) -> None:
    """Every day, and the Monday after."""
    day = first
    while day <= last:
        ask(f"/-/day/{day}")
        run(place, day + timedelta(days=1), cost)
        day += timedelta(days=1)
    run(place, day + timedelta(days=(7 - day.weekday()) % 7), cost)


def run(place: Path, day: date, cost: Cost) -> None:
    """One run at nine in the morning."""
    log = place / "log.txt"
    now = f"{day}T09:00:00+09:00"
    with log.open("w+", encoding="utf-8") as err:
        command = [sys.executable, "-m", "donghyang", "--config", str(place / "config.toml"), "--now", now, "run"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=err, text=True)
        assert process.stdout is not None  # noqa: S101 - asked for above
        said = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        err.seek(0)
        for line in err:
            if found := _STEP.search(line):
                cost.add(found[1], float(found[2]), int(found[3]))
    cost.add("whole run", usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024)
    print(f"{now} exit {process.returncode}: {'; '.join(said.splitlines())}", flush=True)
    if process.returncode not in (0, 3):
        sys.exit(log.read_text(encoding="utf-8"))


def command_json(place: Path, *words: str) -> Any:
    """What a reading command prints as JSON."""
    command = [sys.executable, "-m", "donghyang", "--config", str(place / "config.toml"), *words, "--format", "json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def exported(place: Path) -> dict[str, Any]:
    """The archive, as "the same archive" means it."""
    return {
        part: command_json(place, "export", part) for part in ("articles", "stories", "topics", "issues", "deliveries")
    }


def differences(before: Mapping[str, Sequence[Any]], after: Mapping[str, Sequence[Any]]) -> int:
    """Rows that are not the same."""
    total = 0
    for part, rows in before.items():
        one, other = (Counter(json.dumps(row, sort_keys=True) for row in side) for side in (rows, after[part]))
        total += ((one - other) + (other - one)).total()
    return total


def report(place: Path, cost: Cost, answers: Counter[str]) -> None:
    """Print the figures."""
    state = command_json(place, "status")
    counts = state["counts"]
    asked = answers.total()
    failed = asked - answers["200"] - answers["304"]
    print(", ".join(f"{name} {counts[name]}" for name in ("entries", "articles", "stories", "topics", "issues")))
    print(f"answers {asked}: 304 {answers['304'] / asked:.0%}, failed {failed / asked:.0%}")
    for step, seconds in cost.seconds.items():
        print(f"{step:10} {seconds:7.1f} CPU-s, peak {cost.peak_mb[step]} MB")
    gold = json.loads(folder("gold", "2026-02_story_key.json").read_text(encoding="utf-8"))
    issues = {issue["week"]: issue for issue in command_json(place, "export", "issues")}
    titles = titles_by_week(command_json(place, "export", "articles"))
    carried: defaultdict[str, list[bool]] = defaultdict(list)
    for story in gold:
        weeks = [week for week in weeks_named(story["week"]) if week in issues]
        if not weeks:
            continue
        pattern = re.compile(story["regex"], re.IGNORECASE)
        told = [title for week in weeks for title in titles_told(issues[week]["snapshot"])]
        frequent = [word for week in weeks for word in frequent_words(titles[week])]
        carried["issue"].append(any(map(pattern.search, told)))
        carried["twelve most frequent title words"].append(any(map(pattern.search, frequent)))
        print(f"  {story['week']} {'carried' if carried['issue'][-1] else 'MISSING'}: {story['story']}")
    for name, hits in carried.items():
        print(f"gold stories carried by {name}: {sum(hits)} of {len(hits)}")


def weeks_named(text: str) -> list[str]:
    """The weeks of a gold story: ``W08`` or ``W07-W09``, in 2026."""
    numbers = [int(number) for number in re.findall(r"W(\d+)", text)]
    return [f"2026-W{number:02d}" for number in range(numbers[0], numbers[-1] + 1)]


def titles_told(issue: Mapping[str, Any]) -> list[str]:
    """The titles of all articles behind an issue's items."""
    return [article["title"] for item in issue["items"] for article in item["articles"]]


def frequent_words(titles: Sequence[str]) -> list[str]:
    """The baseline: the twelve words that most titles hold."""
    counts = Counter(word for title in titles for word in set(_WORD.findall(title)))
    return [word for word, _ in counts.most_common(12)]


def titles_by_week(articles: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Titles of articles about AI, by the ISO week they were published in."""
    by_week: defaultdict[str, list[str]] = defaultdict(list)
    for article in articles:
        if article.get("ai") and article["published"]:
            year, week, _ = date.fromisoformat(article["published"][:10]).isocalendar()
            by_week[f"{year}-W{week:02d}"].append(article["title"])
    return by_week


if __name__ == "__main__":
    main()
