"""config.toml: what it may say, and what a person is told when it says something else."""

from datetime import timedelta
from pathlib import Path

import pytest

from donghyang import config
from donghyang.cli import main
from donghyang.config import Config, ConfigError

READER = '[[readers]]\nname = "가"\nemail = "a@city.example"\n'
SOURCE = '[[sources]]\nid = "etnews"\nurl = "https://rss.etnews.example/ai.xml"\n'


def read(folder: Path, text: str) -> Config:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return config.load(path)


def trouble(folder: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        read(folder, text)
    return str(caught.value)


def test_the_starter_loads_and_names_every_key(tmp_path: Path) -> None:
    settings = read(tmp_path, config.starter()).settings
    assert len(settings.sources) == 89
    assert {duty.name for duty in settings.duties} >= {"복지", "교통", "안전", "행정"}


def test_a_listing_is_a_board_by_name_with_what_it_says_of_its_own(tmp_path: Path) -> None:
    text = SOURCE + 'kind = "listing"\nboard = "egov-view"\n[sources.list]\ndate = "dd"\npages = 5\n'
    board = read(tmp_path, text).settings.source_records()[0].board
    assert board is not None
    assert (board.page, board.date, board.pages, board.row) == ("pageIndex={page}", "dd", 5, "")
    assert "view.do" in board.link
    assert read(tmp_path, SOURCE).settings.source_records()[0].board is None


def test_defaults_are_the_contract(tmp_path: Path) -> None:
    settings = read(tmp_path, SOURCE).settings
    source = settings.source_records()[0]
    assert (source.name, source.role, source.rights, source.fulltext) == ("etnews", "press", "link", True)
    assert source.every == timedelta(hours=1)
    assert settings.collect.backfill == timedelta(days=14)
    assert settings.digest.places.model_dump() == {"city": 5, "technology": 4, "talk": 3}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('timezon = "Asia/Seoul"', ["timezon", "timezone"]),
        ('timezone = "Mars/Olympus"', ["timezone", "Mars/Olympus", "Asia/Seoul"]),
        ('[http]\nspacing = "fast"', ["http.spacing", "fast", "30s"]),
        ("[http]\nallow_hosst = []", ["http.allow_hosst", "allow_hosts"]),
        ('[schedule]\ncompose = "1 06:00"', ["schedule.compose", "1 06:00", "mon 06:00"]),
        ('[digest]\nlinks = "inside"', ["digest.links", "inside", "original"]),
        ("[digest]\nmax_items = 0", ["digest.max_items", "0", "1"]),
        ('[digest]\nmax_items = "many"', ["digest.max_items", "many", "정수"]),
        ('[digest]\napproval = "maybe"', ["digest.approval", "true 또는 false"]),
        ('[digest]\napprover = ["김"]', ["digest.approver[1]", "전자우편"]),
        (READER + 'paused = "later"', ["readers[1] (가).paused", "later", "2026-12-31"]),
        (READER + 'sections = ["sports"]', ["readers[1] (가).sections[1]", "sports", "policy"]),
        (READER + "perspectives = {city = -1}", ["readers[1] (가).perspectives.city", "0"]),
        (READER + "perspectives = {city = 0, technology = 0, talk = 0}", ["perspectives", "0보다"]),
        ('[mail]\nsender = "a@b.c"\nenvelope = "verb"', ["mail.envelope", "verp"]),
        ('[[readers]]\nname = "가"\nemail = "홍길동@city.kr"', ["readers[1] (가).email", "홍길동@city.kr"]),
        ('[[sources]]\nid = "a"', ["sources[1] (a).url", "빠져"]),
        (SOURCE + 'clok = "Asia/Seoul"', ["sources[1] (etnews).clok", "clock"]),
        (SOURCE + 'role = "presss"', ["role", "presss", "press"]),
        (SOURCE + 'kind = "page"', ["kind", "page", "sitemap"]),
        (SOURCE + 'board = "egov"', ["etnews", "listing"]),
        (SOURCE + 'kind = "listing"', ["etnews", "list.link", "egov-view"]),
        (SOURCE + 'kind = "listing"\nboard = "egob"', ["board", "egob", "egov"]),
        (SOURCE + 'kind = "listing"\nlist = {row = "tr["}', ["list.row", "tr[", "CSS"]),
        (SOURCE + 'kind = "listing"\nlist = {link = "a", page = "2"}', ["list.page", "{page}"]),
        (SOURCE + 'kind = "listing"\nlist = {lnk = "a"}', ["list.lnk", "link"]),
        (SOURCE + SOURCE, ["sources", "etnews"]),
        ('[[duties]]\nname = "교통"', ["duties[1] (교통)", "any"]),
        ("[archive\nurl = 1", ["config.toml", "TOML", "[archive"]),
        ('[digest]\ntitle = "동향\nout = "x"', ["2번째 줄", 'title = "동향', "닫지 않은"]),
        ("[digest]\ntitle = “동향”", ["2번째 줄", "곧은 따옴표"]),
        ("[digest]\napproval = False", ["2번째 줄", "소문자"]),
        ('[publishers]\n행복일보 = ["h.example"]', ["2번째 줄", "한글 이름"]),
        ('[http]\nproxy = "http://kim:secret@proxy:1', ["2번째 줄", "http://***@proxy"]),
        ('[digest]\ntitle = "동향"\nsender = "a@b.c"\nhost = "x"', ["digest.sender", "digest.host", "[mail]"]),
        ('title = "동향"', ["title", "[digest]"]),
        ('[mail]\nsender = "a@b.c"\nhost = "10.0.0.1"\nsecurity = "none"\nuser = "x"', ["mail: ", "내부"]),
    ],
)
def test_every_mistake_is_named_with_its_mend(tmp_path: Path, text: str, words: list[str]) -> None:
    said = trouble(tmp_path, text)
    assert [word for word in words if word not in said] == []


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    said = trouble(tmp_path, '[http]\nspacing = "fast"\nproxi = ""\n[[sources]]\nid = "a"')
    assert len(said.splitlines()) == 3


def test_a_missing_file_says_where_we_looked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(config.ENVIRONMENT_CONFIG, raising=False)
    monkeypatch.setattr(config, "SYSTEM_CONFIG", tmp_path / "etc" / "config.toml")
    with pytest.raises(ConfigError, match="donghyang init"):
        config.load(None)


def test_a_file_in_another_charset_is_named(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes('title = "동향"'.encode("cp949"))
    with pytest.raises(ConfigError, match="UTF-8"):
        config.load(path)


def test_a_byte_order_mark_is_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(f'[digest]\ntitle = "동향"\n{SOURCE}'.encode("utf-8-sig"))
    assert config.load(path).settings.digest.title == "동향"
    assert main(["--config", str(path), "sources", "disable", "etnews"]) == 0
    assert not config.load(path).settings.sources[0].enabled


def test_relative_paths_are_relative_to_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(config.ENVIRONMENT_DATABASE, raising=False)
    loaded = read(tmp_path, SOURCE)
    assert loaded.database_url == f"sqlite:///{tmp_path / 'donghyang.db'}"
    assert loaded.out == tmp_path / "out"
    monkeypatch.setenv(config.ENVIRONMENT_DATABASE, "postgresql+psycopg://x/y")
    assert loaded.database_url == "postgresql+psycopg://x/y"


def test_the_sites_lexicon_wins_over_the_packaged_one(tmp_path: Path) -> None:
    before = read(tmp_path, SOURCE).lexicon
    (tmp_path / "lexicon.toml").write_text(
        '[[concepts]]\nid = "sejong-bot"\nkind = "product"\nlabel = "세종봇"\naliases = ["세종봇"]\nai = "core"\n',
        encoding="utf-8",
    )
    after = read(tmp_path, SOURCE).lexicon
    assert len(after.concepts) == len(before.concepts) + 1
    assert after.version != before.version


def test_a_wrong_lexicon_row_is_named(tmp_path: Path) -> None:
    (tmp_path / "lexicon.toml").write_text('[[concepts]]\nid = "x"\ncolour = "red"\n', encoding="utf-8")
    assert "lexicon.toml" in trouble(tmp_path, SOURCE)


@pytest.mark.parametrize(
    ("host", "fallback", "family"),
    [
        ("www.yna.co.kr", "", "연합뉴스"),
        ("rss.etnews.example", "", "etnews"),  # the host of a configured source
        ("127.0.0.1", "한결일보", "한결일보"),
        ("news.google.com", "한결일보", "한결일보"),
        ("m.local-paper.co.kr", "모음", "local-paper.co.kr"),
        ("sub.unknown.com", "", "unknown.com"),
    ],
)
def test_family_of_a_host(tmp_path: Path, host: str, fallback: str, family: str) -> None:
    assert read(tmp_path, SOURCE).families.of(host, fallback) == family


def test_the_sites_publishers_win(tmp_path: Path) -> None:
    loaded = read(tmp_path, '[publishers]\n"우리 모둠" = ["yna.co.kr"]\n' + SOURCE)
    assert loaded.families.of("www.yna.co.kr", "") == "우리 모둠"
