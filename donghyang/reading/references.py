"""Articles as a report or a paper cites them: the office's footnote, Markdown, RIS and BibTeX."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from archive.records.incoming import Article
from digest.cleaning import clean, title_of, web_address
from digest.markdown import escaped
from donghyang.messages import say

_BIBTEX = re.compile(r"[\\{}$&#_%~^]")


def footnote(article: Article, zone: ZoneInfo, checked: date) -> str:
    """``매체, 「제목」, 2026. 11. 18., 주소(2026. 11. 23. 확인)``."""
    return say(
        "reference.footnote",
        outlet=clean(article.outlet),
        title=title_of(article.title, article.outlet),
        day=_office_day(article.published, zone),
        url=article.url,
        checked=_written(checked),
    )


def markdown(articles: Iterable[Article], zone: ZoneInfo, checked: date) -> str:
    """A numbered list of footnotes, their titles leading to the articles."""
    return "".join(f"{n}. {_markdown(article, zone, checked)}\n" for n, article in enumerate(articles, start=1))


def ris(articles: Sequence[Article], zone: ZoneInfo, checked: date) -> str:
    """The RIS format of reference managers (type NEWS), one record an article; lines end as it asks, in CR LF."""
    return "".join(f"{tag}  - {value}\r\n" for article in articles for tag, value in _ris(article, zone, checked))


def bibtex(articles: Sequence[Article], zone: ZoneInfo, checked: date) -> str:
    """BibTeX, an ``@online`` entry an article; its key is the article's id."""
    return "\n".join(_bibtex(article, zone, checked) for article in articles)


def _office_day(moment: datetime | None, zone: ZoneInfo) -> str:
    return _written(moment.astimezone(zone).date()) if moment else say("reference.no_day")


def _written(day: date) -> str:
    """``2026. 11. 18.``."""
    return f"{day.year}. {day.month}. {day.day}."


def _markdown(article: Article, zone: ZoneInfo, checked: date) -> str:
    title, address = escaped(title_of(article.title, article.outlet)), web_address(article.url)
    return say(
        "reference.markdown",
        outlet=escaped(clean(article.outlet)),
        title=f"[{title}](<{address}>)" if address else title,
        day=_office_day(article.published, zone),
        checked=_written(checked),
    )


def _ris(article: Article, zone: ZoneInfo, checked: date) -> list[tuple[str, str]]:
    day = article.published.astimezone(zone).date() if article.published else None
    facts = [("TY", "NEWS"), ("ID", article.id), ("TI", title_of(article.title, article.outlet))]
    facts += [("AU", clean(author)) for author in article.authors]
    facts += [
        ("T2", clean(article.outlet)),
        ("DA", f"{day:%Y/%m/%d}" if day else ""),
        ("PY", f"{day:%Y}" if day else ""),
    ]
    facts += [("UR", article.url), ("Y2", f"{checked:%Y/%m/%d}"), ("LA", article.lang)]
    return [(tag, clean(value)) for tag, value in facts if value] + [("ER", "")]


def _bibtex(article: Article, zone: ZoneInfo, checked: date) -> str:
    day = article.published.astimezone(zone).date() if article.published else None
    facts = {
        "title": "{" + _tex(title_of(article.title, article.outlet)) + "}",
        "author": " and ".join("{" + _tex(author) + "}" for author in article.authors),
        "organization": _tex(article.outlet),
        "date": day.isoformat() if day else "",
        "url": article.url.replace("{", "%7B").replace("}", "%7D"),
        "urldate": checked.isoformat(),
    }
    lines = [f"  {name} = {{{clean(value)}}},\n" for name, value in facts.items() if value]
    return f"@online{{{article.id},\n{''.join(lines)}}}\n"


def _tex(text: str) -> str:
    """The text with what TeX would take for a command as itself."""
    named = {"\\": "\\textbackslash ", "~": "\\textasciitilde ", "^": "\\textasciicircum "}
    return _BIBTEX.sub(lambda sign: named.get(sign[0], f"\\{sign[0]}"), clean(text))
