"""The starter config.toml: an officer finds every key of the contract there, and it loads as it is."""

import re
import tomllib
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest

from analysis.ranking import PARTS, WEIGHTS
from archive.records.knowledge import Lexicon
from archive.records.words import Perspective
from collectors.listings import read_listing
from donghyang import config
from donghyang.settings import Settings
from donghyang.settings_tables import WeightsTable

STARTER = Path(__file__).parents[1] / "config.toml"
# A line's link on each province's board, as it is written there.
PROVINCES = {
    "seoul": "/news/news_report.do?nttNo=464286&curPage=1",
    "busan": "/nbtnewsBU/1731118?curPage=1",
    "daegu": "/newshome/mtnmain.php?mtnkey=articleview&mkey=scatelist&mkey2=1&aid=275767",
    "incheon": "/IC010205/view?repSeq=DOM_0000000004819100&curPage=1",
    "gwangju": "/boardView.do?pageId=www789&boardId=BD_0000000027&seq=7&movePage=1",
    "daejeon": "/drh/board/boardNormalView.do?boardId=normal_0189&menuSeq=6825&ntatcSeq=7",
    "ulsan": "./view.ulsan?bbsId=BBS_0000000000000027&mId=001004003001000000&nttId=7",
    "sejong": "view.do?nttId=B000000301&mno=sub02",
    "gyeonggi": "brief_gongbo_view.do?BS_CODE=s017&number=7",
    "gangwon": "/portal/briefing/pressRelease?articleSeq=7&mode=readForm&curPage=1",
    "chungbuk": "./selectBbsNttView.do?key=429&bbsNo=65&nttNo=7&pageIndex=1",
    "chungnam": "/cnportal/cnapcPressList/cnapcPress/view.do?nttId=2170131&menuNo=500498",
    "jeonbuk": "/board/view.jeonbuk?boardId=BBS_0000020&dataSid=7&startPage=1",
    "jeonnam": "/M7116/boardView.do?menuId=jeonnam0202000000&seq=7",
    "gyeongbuk": "/Main/page.do?mnu_uid=6792&BD_CODE=press&cmd=2&B_NUM=7",
    "gyeongnam": "/board/view.gyeong?boardId=BBS_0000060&dataSid=7&startPage=1",
    "jeju": "/news/bodo/list.htm?act=view&seq=7",
}
REGIONAL = (
    "daejonilbo",
    "ccdailynews",
    "dynews",
    "kado",
    "incheonilbo",
    "kihoilbo",
    "imaeil",
    "ksilbo",
    "idomin",
    "jemin",
)
FIRST_EDITION = {
    "etnews": "https://rss.etnews.com/Section901.xml",
    "aitimes": "https://www.aitimes.com/rss/allArticle.xml",
    "bloter": "https://www.bloter.net/rss/allArticle.xml",
    "inews24-it": "https://rss.inews24.com/rss/news_it.xml",
    "ajunews-ai": "https://www.ajunews.com/rss/ai.xml",
    "hankyung-it": "https://www.hankyung.com/feed/it",
    "mk-headline": "https://www.mk.co.kr/rss/30000001/",
    "korea-policy": "https://www.korea.kr/rss/policy.xml",
    "korea-msit": "https://www.korea.kr/rss/dept_msit.xml",
    "korea-mois": "https://www.korea.kr/rss/dept_mois.xml",
    "geeknews": "https://news.hada.io/rss/news",
    "openai": "https://openai.com/news/rss.xml",
    "anthropic": "https://raw.githubusercontent.com/Olshansk/rss-feeds/main/feeds/feed_anthropic_news.xml",
    "arxiv-ai": "https://rss.arxiv.org/rss/cs.AI",
    "techcrunch-ai": "https://techcrunch.com/category/artificial-intelligence/feed/",
}
TABLES = ("archive", "http", "collect", "schedule", "digest")


@pytest.fixture(scope="module")
def settings() -> Settings:
    return config.read_settings(STARTER)


def test_every_key_of_the_plain_tables_is_written_out(settings: Settings) -> None:
    written = tomllib.loads(STARTER.read_text(encoding="utf-8"))
    for table in TABLES:
        known = {field.alias or name for name, field in type(getattr(settings, table)).model_fields.items()}
        assert set(written[table]) == known, table


def test_it_says_the_defaults(settings: Settings) -> None:
    """What the page shows is what happens when a line is deleted; only the city's name and its style differ.

    Without a word from the city, quotations stay as they were told; the page offers the manner of an office.
    """
    plain = Settings()
    changed = {"organisation": settings.digest.organisation, "style": "개조식"}
    for table in TABLES:
        shown, default = getattr(settings, table), getattr(plain, table)
        if table == "digest":
            default = default.model_copy(update=changed)
        assert shown == default, table


def test_the_commented_examples_load(tmp_path: Path) -> None:
    """An officer who removes the # before the mail and reader lines gets a page that works."""
    text = STARTER.read_text(encoding="utf-8")
    wanted = r"^# (\[mail\]|sender = .*|\[\[readers\]\]|name = \"김분과\"|email = .*)$"
    page = tmp_path / "config.toml"
    page.write_text(re.sub(wanted, r"\1", text, flags=re.MULTILINE), encoding="utf-8")
    loaded = config.read_settings(page)
    assert loaded.mail is not None
    assert [reader.name for reader in loaded.readers] == ["김분과"]


def test_sources_ship_within_their_rights(settings: Settings) -> None:
    sources = settings.source_records()
    assert len(sources) == 89
    assert {s.role for s in sources} == {"press", "lab", "research", "government", "funding", "community", "security"}
    for source in sources:
        allowed = {"link"} if source.role in ("press", "community", "security") else {"link", "excerpt"}
        assert source.rights in allowed, source.id


def test_what_nobody_has_tried_rests(settings: Settings) -> None:
    """Feeds somebody else scrapes, the provinces' boards and the regional papers wait for a person to try them."""
    sources = {str(source.id): source for source in settings.source_records()}
    awake = {id_ for id_, source in sources.items() if source.enabled}
    assert len(awake) == 46
    assert not any("raw.githubusercontent" in source.url for id_, source in sources.items() if id_ in awake)
    assert awake.isdisjoint(PROVINCES)
    assert {sources[id_].kind for id_ in PROVINCES} == {"listing"}
    assert {sources[id_].role for id_ in PROVINCES} == {"government"}
    assert awake.isdisjoint(REGIONAL)
    assert {sources[id_].role for id_ in REGIONAL} == {"press"}
    assert (len(PROVINCES), len(set(REGIONAL))) == (17, 10)


def test_labels_once_given_stay(settings: Settings) -> None:
    """An archive remembers a source by its label: those of the first edition keep theirs, and their addresses."""
    sources = {source.id: source.url for source in settings.source_records()}
    assert sources.items() >= FIRST_EDITION.items()
    assert len(set(sources.values())) == len(sources)


@pytest.mark.parametrize("id_", [*PROVINCES])
def test_a_provinces_board_is_read_in_its_shape(id_: str, settings: Settings) -> None:
    """A line of the list as the board of that province links it: one entry, without the reader's place in the list."""
    source = next(source for source in settings.source_records() if source.id == id_)
    link = escape(PROVINCES[id_])
    page = (
        "<table><thead><tr><th>번호</th><th>제목</th><th>등록일</th></tr></thead><tbody>"
        f'<tr><td>1</td><td><a href="{link}">AI 행정 서비스 시범 운영</a></td><td>2026-02-03</td></tr></tbody></table>'
        '<a href="/index.do">처음으로</a>'
    )
    now = datetime(2026, 2, 4, tzinfo=UTC)
    [entry] = read_listing(page.encode(), url=source.url, source=source, now=now).entries
    assert entry.title == "AI 행정 서비스 시범 운영"
    assert entry.published == datetime(2026, 2, 2, 15, tzinfo=UTC)
    assert entry.url.startswith("https://")
    assert "Page=" not in entry.url


def test_the_four_duties_have_words_of_each_kind(settings: Settings) -> None:
    duties = {duty.name: duty for duty in settings.duty_records()}
    assert {"복지", "교통", "안전", "행정"} <= set(duties)
    assert "국토교통부" in duties["교통"].unless
    for duty in duties.values():
        assert duty.any, duty.name
        assert duty.near, duty.name
        assert set(duty.any) & set(duty.near) == set(), duty.name


def test_the_lexicon_loads_with_it() -> None:
    loaded = config.load(STARTER)
    assert isinstance(loaded.lexicon, Lexicon)
    assert loaded.families.of("www.hankyung.com", "") == "한국경제"
    assert loaded.families.of("plus.hankyung.com", "") == "한국경제"


@pytest.mark.parametrize("view", list(WEIGHTS))
def test_the_weights_an_officer_sees_are_those_of_analysis(view: Perspective) -> None:
    """The commented lines of each perspective name its parts, with the weight each has by default."""
    after = STARTER.read_text(encoding="utf-8").partition(f"[ranking.{view}]")[2].partition("\n\n")[0]
    shown = dict(re.findall(r"^# (\w+) = (-?[0-9.]+)", after, flags=re.MULTILINE))
    assert {name: float(weight) for name, weight in shown.items()} == dict(WEIGHTS[view])
    assert set(WeightsTable.model_fields) == set(PARTS)


@pytest.mark.parametrize(("line", "told"), [("spred = 3", "spread"), ('risk = "high"', "risk"), ("risk = nan", "risk")])
def test_a_weight_that_means_nothing_is_refused(line: str, told: str, tmp_path: Path) -> None:
    page = tmp_path / "config.toml"
    page.write_text(f"[ranking]\n{line}\n", encoding="utf-8")
    with pytest.raises(config.ConfigError, match=told):
        config.read_settings(page)


def test_only_the_weights_given_are_passed_on(tmp_path: Path) -> None:
    page = tmp_path / "config.toml"
    page.write_text("[ranking]\nrisk = 2\n[ranking.talk]\nspread = 3\n", encoding="utf-8")
    settings = config.read_settings(page)
    assert settings.ranking.given() == {"risk": 2.0, "talk.spread": 3.0}
    assert settings.weights() == {
        **settings.ranking.given(),
        "places.city": 5.0,
        "places.technology": 4.0,
        "places.talk": 3.0,
    }
