"""What holds an article in its story, told from terms alone."""

from analysis.evidence import bonds
from analysis.mentions import Mentions
from archive.records.knowledge import Lexicon
from archive.records.words import ArticleId
from tests.newsroom import LEXICON, concept, document

MENTIONS = Mentions(Lexicon(version="t", concepts=(*LEXICON.concepts, concept("클로드", "model", "Claude"))))
FIRST = document("first", "한빛시 클로드 4.6 민원 상담 도입", days=0)
CLOSE = document("close", "한빛시, 클로드 4.6으로 민원 받는다", days=1, text="상담 직원을 돕는다")
FAR = document("far", "한빛시 예산", days=2)


def test_each_article_is_held_by_the_earlier_one_it_shares_most_with() -> None:
    first, close, far = bonds([FAR, CLOSE, FIRST], {}, MENTIONS)
    assert (first.article, first.other) == ("first", None)
    assert (close.article, close.other, close.names) == ("close", "first", ("클로드",))
    assert set(close.words) == {"한빛시", "민원", "상담"}
    assert close.days == 1
    assert far.words == ("한빛시",)


def test_a_copy_names_its_original_and_the_reason() -> None:
    copy = document("copy", "다른 제목", days=3)
    (*_, bond) = bonds([FIRST, CLOSE, copy], {ArticleId("copy"): (ArticleId("first"), "text")}, MENTIONS)
    assert (bond.other, bond.copied, bond.words) == ("first", "text", ())


def test_a_name_is_one_in_both_languages() -> None:
    english = document("english", "Claude 4.6 for city halls", days=1, lang="en")
    _, bond = bonds([FIRST, english], {}, MENTIONS)
    assert (bond.names, bond.numbers) == (("클로드",), ("4.6",))


def test_a_copy_of_an_article_that_is_gone_is_told_by_what_it_shares() -> None:
    _, bond = bonds([FIRST, CLOSE], {ArticleId("close"): (ArticleId("gone"), "title")}, MENTIONS)
    assert (bond.other, bond.copied) == ("first", "")
