"""The words an article is judged by, and the tables of their weights."""

from analysis.wording import weights_of, wording
from archive.records.incoming import Document, Tokens
from tests.test_analysis_relevance import document


def test_a_word_of_the_headline_counts_once_and_one_of_the_lead_by_half() -> None:
    made = document("로봇")
    told = Document(
        article=made.article, text="", tokens=Tokens(version="1", title=("로봇",), text=("로봇", "버스", "버스"))
    )
    assert wording(told) == {"로봇": 1.0, "버스": 0.5}


def test_tables_are_read_as_they_are_written() -> None:
    weights = weights_of("bias: +1.0 -0.5\nin the lead: +0.1 +0.2\n", "0 +0.3 | 로봇 버스\n1 -0.2 | 버스\n")
    assert weights.facts == {"bias": (1.0, -0.5), "in the lead": (0.1, 0.2)}
    assert weights.words == {"로봇": (0.3, 0.0), "버스": (0.3, -0.2)}
