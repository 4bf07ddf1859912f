"""Addresses: one key for one page, whatever dress it wears."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors import urls
from collectors.urls import canonical, host_of

SAME_PAGE = {
    "NDsoft, mobile, AMP, print and list context": (
        "http://www.aimail.example/news/articleView.html?idxno=160000",
        "https://www.aimail.example/news/articleViewAmp.html?idxno=160000&page=2&total=9",
        "https://m.aimail.example/news/articleView.html?utm_source=x&idxno=160000",
        "https://www.aimail.example/news/articlePrint.html?idxno=160000",
    ),
    "Naver": (
        "https://n.news.naver.com/article/001/0012345678",
        "https://n.news.naver.com/mnews/article/001/0012345678?sid=105",
        "https://news.naver.com/main/read.naver?mode=LSD&mid=sec&sid1=105&oid=001&aid=0012345678",
        "https://m.news.naver.com/read.nhn?oid=001&aid=0012345678",
        "https://n.news.naver.com/mnews/article/comment/001/0012345678",
    ),
    "Naver blog": (
        "https://blog.naver.com/PostView.naver?blogId=aiai&logNo=223000000000",
        "https://m.blog.naver.com/aiai/223000000000",
    ),
    "Daum": (
        "https://v.daum.net/v/20260115173000123",
        "https://news.v.daum.net/v/20260115173000123?f=o",
        "http://media.daum.net/economic/newsview?newsid=20260115173000123",
    ),
    "Yonhap": (
        "https://www.yna.co.kr/view/AKR20260115001?section=industry/all",
        "https://m.yna.co.kr/amp/view/AKR20260115001",
        "https://www.yna.co.kr/view/AKR20260115001?input=rss",
    ),
    "case, port, dot segments, escapes, order, tracking, fragment": (
        "HTTP://WWW.X.KR:80/a/../b/%7euser/?b=2&a=1#top",
        "https://x.kr/b/~user/?a=1&b=2&fbclid=abc&utm_medium=rss",
    ),
    "names and paths in Hangul": (
        "https://한글.kr/가 나?제목=인공",
        "https://xn--bj0bj06e.kr/%ea%b0%80%20%eb%82%98?%EC%A0%9C%EB%AA%A9=%EC%9D%B8%EA%B3%B5",
    ),
    "AMP by suffix and by field": ("https://x.kr/a/amp/", "https://x.kr/a/?outputType=amp"),
    "AMP cache": ("https://www-x-kr.cdn.ampproject.org/c/s/www.x.kr/amp/5", "https://x.kr/5"),
    "Google Alerts": (
        "https://www.google.com/url?rct=j&sa=t&url=https://www.x.kr/1%3Fidxno%3D5&ct=ga",
        "https://x.kr/1?idxno=5",
    ),
    "arXiv": (
        "https://arxiv.org/abs/2601.01234v2",
        "http://arxiv.org/pdf/2601.01234.pdf",
        "https://export.arxiv.org/abs/2601.01234",
    ),
    "YouTube": ("https://youtu.be/abcdefghijk?si=x", "https://www.youtube.com/watch?v=abcdefghijk&t=3s"),
    "referrers": ("https://x.kr/a?ref=rss", "https://x.kr/a?source=rss----12ab&ref=news.example.kr", "https://x.kr/a"),
    "ampersands escaped twice": ("https://x.kr/n?a=1&amp;amp;b=2", "https://x.kr/n?a=1&b=2"),
    "indented link": ("\n   https://x.kr/news/\n   1  ", "https://x.kr/news/1"),
}


@pytest.mark.parametrize("name", SAME_PAGE)
def test_variants_of_one_page_share_a_key(name: str) -> None:
    assert len({canonical(url) for url in SAME_PAGE[name]}) == 1


def test_different_pages_keep_different_keys() -> None:
    keys = {next(iter({canonical(url) for url in urls})) for urls in SAME_PAGE.values()}
    assert len(keys) == len(SAME_PAGE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://x.kr/articleView.html?idxno=1", "https://x.kr/articleView.html?idxno=2"),
        ("https://x.kr/view?no=1", "https://x.kr/view?no=2"),
        ("https://x.kr/topic?id=1", "https://x.kr/topic?id=2"),
        ("https://x.kr/a/", "https://x.kr/a"),
        ("https://x.kr/#!/a", "https://x.kr/#!/b"),
        ("https://x.kr/A", "https://x.kr/a"),
        ("https://x.kr:8080/a", "https://x.kr/a"),
        ("https://x.kr/list?from=seoul", "https://x.kr/list?from=busan"),
    ],
)
def test_what_tells_pages_apart_is_kept(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    "url",
    [
        "https://news.google.com/rss/articles/CBMiAbc?oc=5",
        "https://m.kr/",
        "https://www.co.kr/x",
        "https://[::1]:8080/a",
        "mailto:a@b.kr",
        "urn:entry:1",
        "http://[::1",
        "http://x.kr:99999/",
        "",
    ],
)
def test_what_cannot_be_bettered_is_left(url: str) -> None:
    assert canonical(url) == url


def test_the_key_is_readable() -> None:
    assert canonical("http://www.X.kr") == "https://x.kr/"


@given(st.text())
def test_any_text_goes_in(text: str) -> None:
    key = canonical(text)
    assert canonical(key) == key
    host_of(text)


PIECES = r"""
/ // . .. ... % %2e %2E %41 %2541 %%34 amp /amp /amp/ .amp .html a 가 é ä ß İ ㎢ ¨ ? & = ; # #! m. www. mobile. @ : :80
:443 idxno=1 /articleViewAmp.html utm_a=1 m=1 url= https:// http:// cdn.ampproject.org/c/s/ www.google.com/url?q= + \
n.news.naver.com/ article/001/0012345678 arxiv.org/abs/ 2601.01234 v1 .pdf [::1] youtu.be/abcdefghijk ;jsessionid=1
&amp; co.kr
"""


@given(st.lists(st.sampled_from([*PIECES.split(), " ", "\t"]), max_size=12))
def test_the_key_of_a_key_is_itself(pieces: list[str]) -> None:
    key = canonical("https://" + "".join(pieces))
    assert canonical(key) == key


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://News.X.KR.:443/a", "news.x.kr"),
        ("https://user:secret@x.kr/", "x.kr"),
        ("https://한글.kr/", "xn--bj0bj06e.kr"),
        ("x.kr/a", ""),
        ("http://[::1", ""),
    ],
)
def test_host_of(url: str, host: str) -> None:
    assert host_of(url) == host


def test_an_address_is_put_on_one_line_however_long_it_is() -> None:
    """A feed may set its links on lines of their own, and a hostile one sends a million blanks: hours, once."""
    assert canonical("\n\t https://a.example/\r\n\t view?no=1 \n") == "https://a.example/view?no=1"
    blank = "https://a.example/" + " " * 1_000_000
    assert canonical(blank) == "https://a.example/"


PLACES = [
    "x.kr",
    "1boon.x.kr",
    "127.0.0.1",
    "www.x.kr",
    "m.x.kr",
    "news.naver.com",
    "hankyung.com",
    "yna.co.kr",
    "arxiv.org",
    "youtu.be",
    "www.co.kr",
]
PATHS = [
    "news",
    "article",
    "articleView.html",
    "articleViewAmp.html",
    "amp",
    "view",
    "2601.01234",
    "20260115001",
    "a-b",
]
PAIRS = ["idxno=5", "aid=0012345678", "oid=001", "utm_source=x", "amp=1", "ref=rss", "no=1", "a=", "m=1", "section=it"]


@given(
    st.sampled_from(["http", "https"]),
    st.sampled_from(PLACES),
    st.lists(st.sampled_from(PATHS), max_size=3),
    st.lists(st.sampled_from(PAIRS), max_size=3),
    st.sampled_from(["", "/", ".html", ".do", ".amp", ".amp.html"]),
)
def test_the_short_way_gives_what_the_long_way_gives(
    scheme: str, place: str, path: list[str], pairs: list[str], end: str
) -> None:
    url = f"{scheme}://{place}/{'/'.join(path)}{end}{'?' if pairs else ''}{'&'.join(pairs)}"
    assert urls._plainly(url) in ("", urls._thoroughly(url))
