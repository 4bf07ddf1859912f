"""The pages say what is so: commands, keys, links, messages, and both READMEs alike."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from archive.export import PARTS
from docs import generate
from docs.commands_page import helps
from docs.config_page import keys
from donghyang.cli import main
from donghyang.messages import MESSAGES
from tests import small_world
from tests.loopback import Loopback, Scripted

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
FRIDAY, MONDAY = "2026-02-06T18:00:00+09:00", "2026-02-09T09:00:00+09:00"
OPEN = (
    "edits",
    "returned",
    "score",
    "letters",
    "trend",
    "left_out",
    "terms",
    "weights",
    "places",
    "scores",
    "next",
)  # their parts vary, or there may be none
COMMANDS = tuple(name.removeprefix("donghyang").strip() for name, _ in helps())[1:]
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def prose(path: Path) -> str:
    """A page without its code blocks."""
    return FENCE.sub("", text_of(path))


def anchors(path: Path) -> set[str]:
    """The places in a page that a link may name, as forges make them of headings."""
    titles = re.findall(r"^#+ (.+)$", prose(path), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_generated_pages_are_up_to_date() -> None:
    assert [path.name for path in generate.stale()] == [], "run `make docs`"


def test_the_generator_checks_without_writing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    monkeypatch.setattr(generate, "pages", lambda: {page: "as it should be"})
    assert generate.main(["--check"]) == 1
    assert "page.md" in capsys.readouterr().err
    assert not page.exists()
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(path)):
        if re.match(r"[a-z]+:", target):
            continue
        place, _, anchor = unquote(target).partition("#")
        found = (path.parent / place).resolve() if place else path
        assert found.exists(), target
        assert not anchor or anchor in anchors(found), target


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_shown_to_readers_and_operators(command: str) -> None:
    """By its own name in the table of both READMEs, and with its help among the commands."""
    first, _, second = command.partition(" ")
    row = re.compile(rf"^\|[^|]*`{first}\b.*", re.MULTILINE)
    for name in ("README.md", "README.ko.md"):
        rows = " ".join(row.findall(text_of(ROOT / name)))
        assert rows, name
        assert first == "correct" or not second or re.search(rf"`(?:{first} )?{second}\b", rows), name
    assert f"## donghyang {command}\n" in text_of(DOCS / "commands.md")
    assert first == "try" or f"donghyang {first}" in text_of(DOCS / "operating.md")


def test_help_explains_every_word() -> None:
    """Every argument and option of every command says what it is for."""
    silent = [
        f"{command}: {line.strip()}"
        for command, text in helps()
        for line, following in zip(text.splitlines(), [*text.splitlines()[1:], ""], strict=True)
        if re.match(r"^  (-|[A-Za-z\[|.-]+ <)", line)
        if not re.search(r"\S {2,}(?!\[)\S", line) and not re.match(r"^ {10,}(?!\[)\S", following)
    ]
    assert not silent


def test_commands_in_the_pages_exist() -> None:
    """Whatever a page types after `donghyang` is a command, and its options are that command's."""
    known = dict(helps())
    for path in PAGES:
        for line in typed(path):
            words = line.split()
            name = next((" ".join(words[:size]) for size in (3, 2, 1) if " ".join(words[:size]) in known), "")
            assert name != "donghyang" or len(words) == 1 or words[1].startswith("-"), f"{path.name}: {line}"
            for option in re.findall(r"(?<= )--[a-z-]+", line):
                assert option in known[name] + known["donghyang"], f"{path.name}: {line}"


def typed(path: Path) -> Iterator[str]:
    """Each call of donghyang in a page, from its name on, its global options taken out."""
    if path == DOCS / "commands.md":
        return
    text = text_of(path)
    shell = [body for language, body in FENCE.findall(text) if language == "sh"]
    shell += re.findall(r"`([^`\n]+)`", prose(path))
    units = re.findall(r"bin/(donghyang [a-z].*)", text)
    for found in re.findall(r"(?:^|\s|')(donghyang (?:--|[a-z]).*)", "\n".join(shell)) + units:
        call = re.split(r"[#'>|&;`]", found)[0].strip()
        yield re.sub(r"--(config|now) (\"[^\"]*\"|\S+) ?", "", call).strip()


@pytest.mark.parametrize("key", [key for key, _ in keys()])
def test_every_key_is_documented_with_its_meaning(key: str) -> None:
    table, _, name = key.partition(".")
    page = text_of(DOCS / "config.md")
    section = page.partition(f"`[{table}]`" if f"`[{table}]`" in page else f"`[[{table}]]`")[2]
    section = section if name else page.partition("## At the top")[2]
    row = re.search(
        rf"^\| `{name or table}`[^|]*\|[^|]+\|[^|]+\| (.+) \|$", section.partition("\n## ")[0], re.MULTILINE
    )
    assert key == "publishers" or (row and len(row[1]) > 10), key


def test_operators_are_told_messages_that_are_really_said() -> None:
    """Each message of the table of troubles stands in the catalogue, or in the code that says it."""
    catalogue = "\n".join(re.sub(r"\{[^}]*\}", "…", message) for message in MESSAGES.values())
    code = "".join(text_of(path) for room in ("archive", "collectors") for path in (ROOT / room).rglob("*.py"))
    said = catalogue + re.sub(r'"\n\s+f?"', "", code)
    table = text_of(DOCS / "operating.md").partition("## When something is wrong")[2]
    rows = re.findall(r"^\| `([^`]+)` \|", table, flags=re.MULTILINE)
    assert len(rows) > 12
    for message in rows:
        for part in re.split(r"…|\(404\)", message):
            assert part.strip(" :.()") in said, message


def shape(path: Path) -> list[str]:
    """A page without its words: the levels of its headings, its tables' first cells, its code, its links."""
    blocks = [f"```{body}" for _, body in FENCE.findall(text_of(path))]
    lines = prose(path).splitlines()
    heads = [line.split()[0] for line in lines if line.startswith("#")]
    cells = [line.split("|")[1].strip() for line in lines if line.startswith(("| `", "| ["))]
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", prose(path)) if not link.startswith("README")]
    return [*heads, *blocks, *cells, *links]


def test_both_readmes_are_built_alike() -> None:
    """The same headings, code, commands and links in the same order; only the words are Korean."""
    assert shape(ROOT / "README.ko.md") == shape(ROOT / "README.md")
    english, korean = (re.findall(r"`[^`\n]+`", prose(ROOT / name)) for name in ("README.md", "README.ko.md"))
    assert set(english) == set(korean)
    assert sum("가" <= letter <= "힣" for letter in prose(ROOT / "README.ko.md")) > 1000


def test_the_changelog_keeps_its_form() -> None:
    """Keep a Changelog: Unreleased first, then versions with their day, newest first; known headings; items."""
    text = text_of(ROOT / "CHANGELOG.md")
    versions = re.findall(r"^## (.+)$", text, flags=re.MULTILINE)
    assert versions[0] == "Unreleased"
    released = [re.fullmatch(r"\d{2}\.\d+(?:\.\d+)? - (\d{4}-\d{2}-\d{2})", version) for version in versions[1:]]
    assert all(released)
    days = [found[1] for found in released if found]
    assert days == sorted(days, reverse=True)
    kinds = re.findall(r"^### (.+)$", text, flags=re.MULTILINE)
    assert set(kinds) <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    body = [line for line in text.splitlines()[4:] if line and not line.startswith("#")]
    assert all(re.match(r"- \S.*\.$", line) for line in body)


def examples() -> Mapping[str, Any]:
    """The JSON of each heading of formats.md; the last one where there are several."""
    found: dict[str, Any] = {}
    for part in re.split(r"^###? ", text_of(DOCS / "formats.md"), flags=re.MULTILINE):
        bodies = [body for language, body in FENCE.findall(part) if language == "json"]
        if bodies:
            found[part.splitlines()[0].replace("`", "").partition(" --format")[0]] = json.loads(bodies[-1])
    return found


# Two more events of one subject, so that there is a topic to show.
MORE = tuple(
    small_world.Line(outlet="mirae", number=number, at=f"2026-02-06T0{hour}:00:00+09:00", title=title, text=text)
    for number, hour, title, text in (
        (
            20011,
            7,
            "고영향 AI 사업자 설명회, 세 도시에서 열린다",
            "정부는 고영향 인공지능 사업자를 위한 설명회를 세 도시에서 연다. 인공지능 기본법의 의무를 알린다.",
        ),
        (
            20012,
            8,
            "고영향 AI 영향평가 지침 초안 공개…의견 수렴",
            "고영향 인공지능의 영향평가 지침 초안이 공개됐다. 인공지능 기본법이 정한 평가의 절차를 담았다.",
        ),
    )
)


CALL = small_world.Line(
    "grants",
    50001,
    "2026-02-05T10:00:00+09:00",
    "지자체 AI 민원 상담 지원사업 공모 접수기간 연장",
    "지방자치단체의 인공지능 민원 상담을 돕는 사업의 접수기간을 늘린다. 주관: 디지털행정부, 신청대상: 시·군·구, "
    "지원규모: 총 3억 원, 접수기간: (당초) 2026. 2. 3. ~ 2. 20. 18:00 → (변경) 2026. 2. 3. ~ 2. 27. 18:00",
)
GRANTS = '[[sources]]\nid = "grants"\nname = "지원사업 알림"\nrole = "funding"\nrights = "full"\nurl = "{}"\n'


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A week of the small world, read, corrected once, and issued."""
    with Loopback() as server:
        small_world.serve(server, (*small_world.LINES, *MORE))
        server.at("/grants.xml", Scripted(body=small_world.feed(server, "grants", [CALL])))
        server.at("/grants/50001", Scripted(body=small_world.page(CALL), content_type="text/html; charset=utf-8"))
        grants = GRANTS.format(server.url("/grants.xml"))
        path = small_world.write_config(server, tmp_path_factory.mktemp("formats"), sources=grants)
        calls = (
            (FRIDAY, "run"),
            (FRIDAY, "correct", "section", server.url("/mirae/20002"), "tech", "--who", "kim"),
            (MONDAY, "run"),
        )
        for now, *words in calls:
            assert main(["--config", str(path), "--now", now, *words]) == 0
        yield path


SHOWN = {
    "issue show WEEK": ("issue", "show", "2026-W06"),
    "issue list": ("issue", "list"),
    "issue explain WEEK [ITEM]": ("issue", "explain", "2026-W06", "1"),
    "search QUERY": ("search", "가온-3"),
    "stories": ("stories", "--week", "2026-W06"),
    "topics": ("topics", "--week", "2026-W06"),
    "status": ("status",),
    "sources hosts": ("sources", "hosts"),
    "doctor": ("doctor",),
    "correct list": ("correct", "list"),
}


def test_formats_are_as_they_are_shown(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every key that a command gives stands in its example, and the other way round; one archive for them all."""

    def told(*words: str) -> Any:
        capsys.readouterr()
        assert main(["--config", str(config), "--now", MONDAY, *words]) == 0
        return json.loads(capsys.readouterr().out)

    shown = examples()
    differing = {
        title: set(ways(told(*words, "--format", "json"))) ^ set(ways(shown[title])) for title, words in SHOWN.items()
    }
    assert {title: keys for title, keys in differing.items() if keys} == {}
    for part in PARTS:
        (listed,) = re.findall(rf"^\| `{part}` \| (.+) \|$", text_of(DOCS / "formats.md"), flags=re.MULTILINE)
        assert list(told("export", part)[0]) == re.findall(r"`([^`]+)`", listed)


def ways(value: Any, way: str = "") -> Iterator[str]:
    """The ways to every key of a value; lists add none, and the parts of a score are the city's to name."""
    if isinstance(value, list):
        for inner in value:
            yield from ways(inner, way)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield f"{way}.{key}"
            if key not in OPEN:
                yield from ways(inner, f"{way}.{key}")
