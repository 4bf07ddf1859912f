"""The one gate for text: what may be shown of an article.

link: nothing of its text. excerpt: at most 200 characters, whole sentences from the beginning, the same ones however
often they are asked for, so that many pages do not add up to the article. full: all of it. Pure: the same article
and text always give the same.
"""

from collections.abc import Iterator
from typing import Final

from archive.records.editing import Shown
from archive.records.incoming import Article
from archive.records.words import Rights
from archive.sentences import is_whole, sentences

EXCERPT: Final = 200  # characters, over all sentences and the blanks between them


def permitted(rights: Rights, text: str) -> tuple[str, ...]:
    """The sentences of a text that may be shown, in order."""
    if rights == "link":
        return ()
    found = sentences(text)
    return found if rights == "full" else tuple(_excerpt(found))


def show(article: Article, text: str) -> Shown:
    """The article as others may see it."""
    excerpt = permitted(article.rights, text)
    return Shown(article=article.id, title=article.title, url=article.url, excerpt=excerpt)


def _excerpt(found: tuple[str, ...]) -> Iterator[str]:
    """Leading sentences within the limit; headings and broken ends only when there is nothing else."""
    left = EXCERPT
    for number, sentence in enumerate([one for one in found if is_whole(one)] or found):
        if len(sentence) > left:
            if number == 0:
                yield _cut(sentence)
            return
        yield sentence
        left -= len(sentence) + 1


def _cut(sentence: str) -> str:
    """The beginning of a sentence, up to a word's end."""
    beginning = sentence[: EXCERPT - 1]
    words = beginning if sentence[EXCERPT - 1] == " " else beginning.rpartition(" ")[0]
    return (words or beginning).rstrip(" ,·") + "…"
