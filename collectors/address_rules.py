"""What we know of addresses: fields that only track, wrappers around another address, sites with many per article.

The tracking fields are those named by Miniflux, ClearURLs and the analytics makers' own documentation; a
field that numbers an article anywhere (idxno, no, id, aid, newsid …) is never among them.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import unquote

_TRACKING_NAMES = """
fbclid gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid msclkid yclid ysclid twclid ttclid li_fat_id
igshid igsh mc_cid mc_eid mkt_tok _hsenc _hsmi __hssc __hstc __hsfp hsctatracking vero_id vero_conv oly_anon_id
oly_enc_id
rb_clickid s_cid s_kwcid wickedid zanpid srsltid epik sc_cid cmpid cmp _ga _gl _openstat
guccounter guce_referrer guce_referrer_sig ns_source ns_mchannel ns_campaign at_medium at_campaign
n_media n_query n_rank n_ad_group n_ad n_keyword_id n_keyword n_campaign_type nv_ad napm
kakaoadid kakao_track spm scm share_from sharefrom rss_feed
jsessionid phpsessid
"""
_TRACKING = frozenset(_TRACKING_NAMES.split())
_TRACKING_BEGINS = ("utm_", "mtm_", "pk_", "piwik_", "matomo_", "hsa_", "itm_", "sc_campaign", "nsc_")
_DRESS = frozenset(("amp", "amp=1", "amp=true", "_amp=true", "outputtype=amp", "m=1", "mobile=1"))
_REFERRER = frozenset(("ref", "source", "from", "src", "via", "referer", "referrer", "ref_src"))
_FEED_WORDS = frozenset(("rss", "feed", "rss2", "atom", "rssfeed"))
_HOST_LIKE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}$", re.IGNORECASE)

# Fields that mean nothing on one site: where the reader came from, not what is read.
_SITE_FIELDS: dict[str, frozenset[str]] = {
    "yna.co.kr": frozenset(("section", "site", "input", "mobile")),
    "youtube.com": frozenset(("si", "feature", "t", "ab_channel", "pp", "list", "index")),
}
# Site → (host, path and query, the one key); the first that fits. Names in braces are groups, else fields of the query.
_NAVER = "n.news.naver.com/article/{oid}/{aid}"
_DAUM = "v.daum.net/v/{newsid}"
_BLOG = "blog.naver.com/{blogId}/{logNo}"
_VIDEO = "youtube.com/watch?v={v}"
_SITES: dict[str, tuple[tuple[re.Pattern[str], str], ...]] = {
    site: tuple((re.compile(pattern, re.IGNORECASE), key) for pattern, key in rules)
    for site, rules in {
        "naver.com": (
            (r"blog\.naver\.com/(?P<blogId>\w+)/(?P<logNo>\d{6,})", _BLOG),
            (r"blog\.naver\.com/postview\.(?:naver|nhn)\?", _BLOG),
            (r"[^/]+/(?:\w+/)*article/(?:comment/)?(?P<oid>\d{3})/(?P<aid>\d{10})", _NAVER),
            (r"[^/]+/.*\?.*\baid=\d{10}\b", _NAVER),
        ),
        "daum.net": (
            (r"[^/]+/(?:[a-z]+/)*v/(?P<newsid>\d{12,})", _DAUM),
            (r"[^/]+/.*\?.*\bnewsid=\d{12,}\b", _DAUM),
        ),
        "arxiv.org": ((r"[^/]+/(?:abs|pdf|html)/(?P<id>[\w./-]+?)(?:v\d+|\.pdf)*(?:$|\?)", "arxiv.org/abs/{id}"),),
        "youtu.be": ((r"[^/]+/(?P<v>[\w-]{11})\b", _VIDEO),),
        "youtube.com": ((r"[^/]+/(?:shorts|embed|live)/(?P<v>[\w-]{11})\b", _VIDEO),),
        "hankyung.com": ((r"hankyung\.com/(?P<id>\d{8,}\w?)$", "hankyung.com/article/{id}"),),  # left of /amp/ID
    }.items()
}
_VARIANT = re.compile(r"(?:www\d?|m|mobile|amp)\.")
_SPECIAL = re.compile(
    rf"{_VARIANT.pattern}.*|(?:.*\.)?(?:google\..*|ampproject\.org|"
    + "|".join(map(re.escape, _SITES))
    + ")|(?:co|or|go|ac|re|ne|pe|com|net|org|gov|edu)\\.[a-z]{2}"
)
_CMS_PAGE = re.compile(r"(.*/article)(?:View(?:Amp)?|Print)\.html", re.IGNORECASE)  # the NDsoft system, on any host
_FIELD = re.compile(r"{(\w+)}")
_AMP_CACHE = re.compile(r"/(?:amp|c|v)/(?:s/)?(?P<target>[^/]+\.[^/]+(?:/.*)?)$")


@lru_cache(maxsize=1 << 12)
def is_ordinary(host: str) -> bool:
    """Whether a host (without its www.) is none that shows a page under several addresses, nor a variant of one."""
    return _SPECIAL.fullmatch(host) is None


def has_one_address(host: str, path: str) -> bool:
    """Whether a page without a query, on a host without its www., has this address alone."""
    if is_ordinary(host):
        return True
    return _site(host) in _SITES and not _VARIANT.match(host) and not site_key(host, path, [])


def wanted(place: str, pairs: Iterable[str]) -> list[str]:
    """The query fields that tell which page is meant; ``place`` is the host, with its port if it has its own."""
    needless = _SITE_FIELDS.get(place, frozenset())
    return [pair for pair in pairs if pair.partition("=")[0].lower() not in needless and not _tracks(pair)]


def site_key(place: str, path: str, pairs: list[str]) -> str:
    """The one address of an article on a site that shows it under several; "" for all other sites."""
    if (page := _CMS_PAGE.fullmatch(path)) and (number := _fields(pairs).get("idxno")):
        return f"https://{place}{page[1]}View.html?idxno={number}"
    address = f"{place}{path}{'?' + '&'.join(pairs) if pairs else ''}"
    for pattern, key in _SITES.get(_site(place), ()):
        if found := pattern.match(address):
            values = _fields(pairs) | found.groupdict()
            if all(values.get(name) for name in _FIELD.findall(key)):
                return f"https://{key.format_map(values)}"
    return ""


def _site(place: str) -> str:
    return ".".join(place.rsplit(".", 2)[-2:])


def carried_target(host: str, path: str, pairs: list[str]) -> str:
    """The address inside an AMP cache's or a Google redirect's (Google Alerts writes those); "" when there is none."""
    if host.endswith(".ampproject.org") or (_is_google(host) and path.startswith("/amp/")):
        found = _AMP_CACHE.match(path)
        query = "?" + "&".join(pairs) if pairs else ""
        return f"https://{found['target']}{query}" if found else ""
    if _is_google(host) and path == "/url":
        fields = _fields(pairs)
        target = unquote(fields.get("url") or fields.get("q") or "")
        return target if target.lower().startswith(("http://", "https://")) else ""
    return ""


def _is_google(host: str) -> bool:
    return host.removeprefix("www.") == "google.com" or host.startswith(("google.co.", "www.google.co."))


def _fields(pairs: Iterable[str]) -> dict[str, str]:
    """Query fields by name, the first of each."""
    fields: dict[str, str] = {}
    for pair in pairs:
        name, _, value = pair.partition("=")
        fields.setdefault(name, value)
    return fields


def _tracks(pair: str) -> bool:
    """Whether a query field tells only where the reader came from, or which dress the page wears."""
    name, _, value = pair.lower().partition("=")
    if name in _TRACKING or name.startswith(_TRACKING_BEGINS) or pair.lower() in _DRESS:
        return True
    if name in _REFERRER:
        return value.partition("-")[0] in _FEED_WORDS or _HOST_LIKE.fullmatch(value) is not None
    return False
