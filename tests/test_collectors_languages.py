"""Languages: told by the share of Hangul."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.languages import has_hangul, of


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("가온시, 인공지능 당직실 시범 운영", "ko"),
        ("NVIDIA H200 GPU 서버 출시", "ko"),
        ("City opens AI desk", "en"),
        ("LG 그룹, large language model research conference opens in Busan this week", "en"),
        ("La ville ouvre un bureau d'été", "en"),
        ("人工知能の研究を始める", "other"),
        ("Искусственный интеллект", "other"),
        ("2026 … 100%", "other"),
        ("", "other"),
    ],
)
def test_the_language_of_a_text(text: str, lang: str) -> None:
    assert of(text) == lang


@given(st.text())
def test_a_text_with_letters_of_one_script_only_is_never_mistaken(text: str) -> None:
    assert of(text) in {"ko", "en", "other"}
    if not has_hangul(text):
        assert of(text) != "ko"
