"""Addresses as publishers and officers write them: what is asked for, and the key that all spellings share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.records.incoming import Source
from archive.records.words import SourceId
from collectors.addresses import AllowedHosts
from collectors.feeds import read_feed
from collectors.hops import read_url, refusal
from collectors.urls import canonical, host_of

PAGE = "https://paper.example/a/b"
SIGICHEONG = "https://xn--vv4bo3p.kr/%EC%86%8C%EC%8B%9D"
# As written, as asked for, and the key.
WRITTEN = [
    ("https://paper.example/a/b", PAGE, PAGE),
    (" https://paper.example/a/b\n", PAGE, PAGE),
    ("HTTPS://Paper.EXAMPLE/a/b", PAGE, PAGE),
    ("https://paper.example:443/a/b", PAGE, PAGE),
    ("http://paper.example:80/a/b", "http://paper.example/a/b", PAGE),
    ("https://paper.example./a/b", PAGE, PAGE),
    ("https://ｐａｐｅｒ.example/a/b", PAGE, PAGE),
    ("https://paper。example/a/b", PAGE, PAGE),
    ("https:\\\\paper.example\\a\\b", PAGE, PAGE),
    ("https:/paper.example/a/b", PAGE, PAGE),
    ("https:///paper.example/a/b", PAGE, PAGE),
    ("https://paper.example/a/b#댓글", f"{PAGE}#%EB%8C%93%EA%B8%80", PAGE),
    ("https://paper.example/a b", "https://paper.example/a%20b", "https://paper.example/a%20b"),
    ("https://paper.example/%ea%b0%80", "https://paper.example/%ea%b0%80", "https://paper.example/%EA%B0%80"),
    ("https://paper.example/가", "https://paper.example/%EA%B0%80", "https://paper.example/%EA%B0%80"),
    ("https://paper.example/100%", "https://paper.example/100%", "https://paper.example/100%25"),
    ("https://paper.example?no=1", "https://paper.example/?no=1", "https://paper.example/?no=1"),
    ("https://paper.example/a?q=\\x", "https://paper.example/a?q=\\x", "https://paper.example/a?q=%5Cx"),
    ("https://시청.kr/소식", SIGICHEONG, SIGICHEONG),
    ("https://시청.KR./%EC%86%8C%EC%8B%9D", SIGICHEONG, SIGICHEONG),
    ("https://XN--VV4BO3P.kr/소식", SIGICHEONG, SIGICHEONG),
    ("https://faß.example/", "https://xn--fa-hia.example/", "https://xn--fa-hia.example/"),
    ("https://공고_게시판.kr/a", "https://xn--_-355esizcs51ldlu.kr/a", "https://xn--_-355esizcs51ldlu.kr/a"),
]


@pytest.mark.parametrize(("written", "asked", "key"), WRITTEN)
def test_an_address_is_asked_for_as_a_browser_would_and_has_one_key(written: str, asked: str, key: str) -> None:
    url = read_url(written)
    assert str(url) == asked
    assert refusal(url, AllowedHosts()) == ""
    assert canonical(written) == canonical(asked) == key
    assert host_of(written.replace("\\", "/").replace(":///", "://").replace(":/p", "://p")) == url.raw_host


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("https://user@paper.example/", "carries a user name or password"),
        ("https://user:secret@paper.example/", "carries a user name or password"),
        ("https://:@paper.example/", "carries a user name or password"),
        ("//paper.example/a", "is not an http or https address"),
        ("paper.example/a", "is not an http or https address"),
        ("ftp://paper.example/a", "is not an http or https address"),
        ("https://paper.example:0/", "uses port 0"),
        ("https://paper.example:22/", "uses port 22"),
    ],
)
def test_what_is_never_asked_for_is_refused_by_name(written: str, why: str) -> None:
    assert why in refusal(read_url(written), AllowedHosts())


@pytest.mark.parametrize("written", ["https://paper.example:99999/", "https://paper.example:x/", "http://[::1"])
def test_what_is_no_address_is_told(written: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_url(written)
    assert canonical(written) == written


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("//paper.example/1", "https://paper.example/1"),
        ("/news/1", "https://site.example/news/1"),
        ("?no=1", "https://site.example/list?no=1"),
        ("../1", "https://site.example/1"),
        ("https:\\\\paper.example\\1", "https://paper.example/1"),
        ("https:/paper.example/1", "https://paper.example/1"),
        ("https://시청.kr/소식 하나", "https://시청.kr/소식%20하나"),
        ("javascript:view(1)", ""),
        ("mailto:press@city.example", ""),
    ],
)
def test_a_feeds_link_leads_where_a_browser_would_go(link: str, url: str) -> None:
    item = f"<item><title>소식</title><link>{link}</link></item>"
    body = f"<rss><channel><title>t</title><link>https://site.example/list</link>{item}</channel></rss>".encode()
    source = Source(id=SourceId("s"), url="https://feeds.example/rss", name="s")
    [entry] = read_feed(body, url="https://feeds.example/rss", source=source).entries
    assert entry.url == url


@pytest.mark.parametrize("host", ["xn--vv4bo3phttps", "xn--vv4bo3pkrkrhttps"])
def test_punycode_that_stands_for_nothing_is_no_address(host: str) -> None:
    with pytest.raises(ValueError, match=r"idna|punycode"):
        read_url(f"https://{host}:/")


PIECES = r"""
https: http: // / \ \\ : @ . .. 。 시청 xn--vv4bo3p kr paper example 443 80 [ ] ::1 % %20 %zz ? # & = 가 ß İ a A ｐ
"""


@given(st.lists(st.sampled_from([*PIECES.split(), " ", "\t", "\u200b"]), max_size=14))
def test_any_address_has_a_stable_key_and_is_asked_for_in_one_spelling(pieces: list[str]) -> None:
    written = "".join(["https://", *pieces])
    key = canonical(written)
    assert canonical(key) == key
    try:
        url = read_url(written)
    except ValueError:
        return
    assert (url.host or "") == (url.host or "").lower()
    assert refusal(url, AllowedHosts()) or str(read_url(str(url))) == str(url)
