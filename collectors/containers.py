"""The boxes in which Korean publishing systems put the article: a handful of them serve most of the press."""

from typing import Final

from lxml import etree

from collectors.arbitration import Candidate
from collectors.blocks import lines_of

# Written for the systems, not for single sites; the first that holds enough text is taken.
_IDS: Final = (
    "article-view-content-div",  # NDsoft, most of the regional and trade press
    *("articleBody", "articlebody", "article_body", "article-body", "articleBodyContents", "articeBody", "dic_area"),
    *("newsct_article", "article_txt", "articleText", "article_content", "articleContent", "article-content"),
    *("news_body_area", "newsBody", "news_body", "news-body", "newsContent", "news_content", "newsEndContents"),
    *("textBody", "text_area", "cont_newstext", "CmAdContent", "SpLine", "harmonyContainer", "contentBody"),
)
_CLASSES: Final = (
    *("article-view-content", "article_body", "article-body", "articleBody", "article_txt", "article-txt"),
    *("article_content", "article-content", "news_body", "news-body", "news_txt", "newsct_article", "article_view"),
    *("story-news", "news_cnt_detail_wrap", "detail-body", "view_con", "view_content", "entry-content", "post-content"),
)
_ENOUGH: Final = 40  # characters
_LONGEST_NAMES: Final = 500  # characters of a class that are looked at


def from_containers(root: etree._Element) -> Candidate | None:
    """The text of the first box that holds some; schema.org's own mark before names."""
    for box in _boxes(root):
        text = "\n".join(lines_of(box))
        if len(text) >= _ENOUGH:
            return Candidate("container", text)
    return None


def _boxes(root: etree._Element) -> list[etree._Element]:
    marked: dict[str, list[etree._Element]] = {}
    for element in root.iter("div", "section", "article", "td", "p", "span", "main"):
        for name in _names(element):
            marked.setdefault(name, []).append(element)
    wanted = ("itemprop=articlebody", *(f"#{name}" for name in _IDS), *(f".{name}" for name in _CLASSES))
    return [element for name in wanted for element in marked.get(name, ())]


def _names(element: etree._Element) -> list[str]:
    names = [f".{name}" for name in (element.get("class") or "")[:_LONGEST_NAMES].split()]
    names.append(f"#{element.get('id')}")
    names.append(f"itemprop={(element.get('itemprop') or '').lower()}")
    return names
