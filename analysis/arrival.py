"""First abroad, then in Korea: how long a matter took to get here."""

from collections.abc import Iterable
from datetime import datetime

from archive.records.incoming import Article

_DAY = 86400.0


def days_to_korea(articles: Iterable[Article]) -> float | None:
    """Days from the first foreign article to the first Korean one, below 0 when Korea was first; None without both."""
    told = [(article.lang == "ko", article.moment) for article in articles]
    korean, foreign = ([moment for here, moment in told if here is wanted] for wanted in (True, False))
    return days(min(foreign), min(korean)) if korean and foreign else None


def days(first: datetime, then: datetime) -> float:
    """Days between two moments, to about a quarter of an hour."""
    return round((then - first).total_seconds() / _DAY, 2)
