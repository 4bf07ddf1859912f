"""Our own headlines, and the weights learnt from them."""

from typing import get_args

from analysis import relevance, sections
from analysis.mentions import Mentions
from analysis.tokens import Tokenizer
from analysis.wording import Weights, weights_of, wording
from archive.records.knowledge import Lexicon
from archive.records.words import Section
from benchmarks import lessons

RELEVANCE = Weights(facts={"bias": (1.0,)}, words={"로봇": (0.3,), "버스": (-0.2,)})
SECTIONS = Weights(facts={"bias": (0.1, 0.2, 0.3, 0.4, 0.5)}, words={"로봇": (0.3, 0.0, 0.0, -0.2, 0.0)})


def test_every_lesson_has_a_section_or_none_a_headline_of_its_own_and_maybe_a_lead() -> None:
    rows = [line.split("\t") for line in lessons.LESSONS.read_text(encoding="utf-8").splitlines()[1:]]
    assert {len(row) for row in rows} == {3}
    assert {row[0] for row in rows} == {"-", *get_args(Section)}
    titles = [row[1] for row in rows]
    assert all(titles)
    assert len(set(titles)) == len(titles)


def test_only_words_of_our_own_headlines_have_a_weight(tokenizer: Tokenizer) -> None:
    ours = {word for document in lessons.lessons(tokenizer)[1] for word in wording(document)}
    learnt = {*relevance.learnt().words, *sections.learnt().words}
    # A lexicon that grew since may join two words into one.
    assert len(learnt - ours) <= len(learnt) / 50
    assert not any(word.startswith(lessons.INVENTED) for word in learnt)


def test_what_is_written_down_is_read_again() -> None:
    assert lessons.parsed(RELEVANCE, SECTIONS) == (RELEVANCE, SECTIONS)
    text = lessons.written(RELEVANCE, SECTIONS)
    tables: dict[str, str] = {}
    exec(text, tables)  # noqa: S102 -- our own module, as it would be imported
    assert weights_of(tables["RELEVANCE_FACTS"], tables["RELEVANCE_WORDS"]) == RELEVANCE


def test_lessons_alone_tell_news_of_ai_from_the_market(lexicon: Lexicon, tokenizer: Tokenizer) -> None:
    mentions = Mentions(lexicon)
    about, filed = lessons.learn(lessons.lessons(tokenizer), (), mentions)
    assert about.facts["market"][0] < 0 < about.facts["title"][0]
    assert max(range(5), key=lambda one: filed.facts["learning"][one]) == sections.SECTIONS.index("people")
