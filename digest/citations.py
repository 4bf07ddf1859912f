"""The numbered sources of an issue: each article gets its number when it is first referred to."""

from collections.abc import Iterable

from archive.records.incoming import Article
from archive.records.issue import IssueSource
from digest.cleaning import clean, title_of


class Citations:
    """Counts sources in order of appearance; the same article always has the same number."""

    def __init__(self) -> None:
        self._articles: dict[str, Article] = {}
        self._numbers: dict[str, int] = {}

    def of(self, articles: Iterable[Article]) -> tuple[int, ...]:
        """The numbers of the articles, in their order, each once."""
        return tuple(dict.fromkeys(self._number(article) for article in articles))

    def _number(self, article: Article) -> int:
        self._articles.setdefault(article.id, article)
        return self._numbers.setdefault(article.id, len(self._numbers) + 1)

    def sources(self) -> tuple[IssueSource, ...]:
        """The list at the end of the issue."""
        return tuple(_source(n, self._articles[key]) for key, n in self._numbers.items())


def _source(number: int, article: Article) -> IssueSource:
    return IssueSource(
        n=number,
        outlet=clean(article.outlet),
        title=title_of(article.title, article.outlet),
        url=article.url,
        published=article.published,
        lang=article.lang,
        gone=article.page_state == "gone",
    )
