"""Copies made on purpose differ from their originals in the way their name says."""

import random

from benchmarks import duplicates

CHANCE = random.Random(3)  # noqa: S311 -- the same every time
TEXT = "새솔시는 창구를 연다고 밝혔다. 시민은 내년부터 쓸 수 있다. 예산은 5억 원이다. 시는 더 넓힐 예정이다."


def test_each_way_changes_a_text() -> None:
    changed = {way: change(TEXT, CHANCE) for way, change in duplicates.TEXTS.items()}
    assert len(changed["halved"]) == len(TEXT) // 2
    assert "전했다" in changed["endings"]
    assert changed["spacing"].replace(" ", "") == TEXT.replace(" ", "")
    assert TEXT in changed["framed"]
    assert len(changed["sentences"]) < len(TEXT)


def test_each_way_changes_a_title_but_not_its_words() -> None:
    titles = {way: change("새솔시, 'AI 창구' 연다", CHANCE) for way, change in duplicates.TITLES.items()}
    assert all(title != "새솔시, 'AI 창구' 연다" for title in titles.values())
    assert all("새솔시" in title and "연다" in title for title in titles.values())
