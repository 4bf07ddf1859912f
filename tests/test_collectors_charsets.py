"""Bytes to text: labels that lie, bytes that are cut, Hangul encoded twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.charsets import declared_by_server, declared_in, decode

TEXT = "<p>가온시, 인공지능 당직실 시범 운영…“첫 달 민원 1,200건”</p>"
RARE = "<p>똠방각하와 펲시 로봇, 쀍뚧한 이야기</p>"


@pytest.mark.parametrize(
    ("charset", "declared", "http"),
    [
        ("cp949", "euc-kr", None),
        ("cp949", "ks_c_5601-1987", None),
        ("cp949", "EUC_KR", "utf-8"),
        ("cp949", "utf-8", None),
        ("cp949", None, "MS949"),
        ("cp949", None, None),
        ("cp949", None, "ISO-8859-1"),
        ("cp949", "utf-16", None),
        ("cp949", "no-such-charset", "rot13"),
        ("utf-8", None, None),
        ("utf-8", "euc-kr", "euc-kr"),
        ("utf-8", "iso-8859-1", None),
        ("utf-8-sig", "euc-kr", None),
        ("utf-16", "utf-16", None),
        ("utf-16-le", "utf-16", None),
        ("utf-16-be", None, None),
        ("utf-32", None, None),
    ],
)
def test_hangul_comes_out_whatever_the_labels_say(charset: str, declared: str | None, http: str | None) -> None:
    assert decode(TEXT.encode(charset), declared=declared, http=http) == TEXT
    assert decode(RARE.encode(charset), declared=declared, http=http) == RARE


@pytest.mark.parametrize(
    ("text", "charset", "label"),
    [
        ("déjà vu à l'été", "iso-8859-1", "iso-8859-1"),
        ("“smart” — quotes", "cp1252", "iso-8859-1"),
        ("人工知能の研究", "euc-jp", "euc-jp"),
        ("人工知能の研究", "iso2022_jp", "iso-2022-jp"),
        ("人工智能新闻", "gb18030", "gb2312"),
        ("Искусственный интеллект", "koi8-r", "koi8-r"),
        ("plain words", "ascii", None),
    ],
)
def test_other_languages_are_read_as_declared(text: str, charset: str, label: str | None) -> None:
    assert decode(text.encode(charset), declared=label, http=None) == text


def test_syllables_spelt_letter_by_letter_are_put_together() -> None:
    spelt = RARE.encode("euc_kr")  # Python spells what EUC-KR has no code for
    assert spelt != RARE.encode("cp949")
    assert decode(spelt, declared="euc-kr", http=None) == RARE


@pytest.mark.parametrize("charset", ["utf-8", "cp949"])
def test_a_few_broken_bytes_do_not_change_the_charset(charset: str) -> None:
    body = TEXT.encode(charset)
    at = len("<p>가온시, ".encode(charset))
    found = decode(body[:at] + body[at + 1 :], declared="utf-8", http=None)
    assert found.startswith("<p>가온시, ")
    assert found.endswith("시범 운영…“첫 달 민원 1,200건”</p>")


def test_a_cut_end_loses_one_character() -> None:
    body = TEXT.encode()[: len("<p>가온".encode()) - 1]
    assert decode(body, declared=None, http=None) == "<p>가"


@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
def test_hangul_encoded_twice_is_undone(wrong: str) -> None:
    mangled = "한가람 기자".encode().decode(wrong, "ignore")
    if wrong == "latin-1":
        assert decode(mangled.encode(), declared="utf-8", http=None) == "한가람 기자"
    mixed = f"제목은 멀쩡하고 {TEXT.encode().decode('latin-1')}"
    assert decode(mixed.encode(), declared=None, http=None) == f"제목은 멀쩡하고 {TEXT}"


def test_cp949_taken_for_latin_1_is_undone() -> None:
    mangled = "인공지능 개발".encode("cp949").decode("latin-1")
    assert decode(mangled.encode(), declared="utf-8", http=None) == "인공지능 개발"


@pytest.mark.parametrize("text", ["Ã©tÃ© cafÃ©", "한글 옆의 “…” 그리고 é", "naïve façade — Zürich", "ÀÉÈ"])
def test_what_would_not_become_hangul_is_left(text: str) -> None:
    assert decode(text.encode(), declared="utf-8", http=None) == text


@given(st.text(alphabet=st.characters(min_codepoint=0x20, exclude_categories=["Cs"]).filter(lambda c: c != "\u3164")))
def test_utf_8_with_a_mark_is_itself_unless_it_hides_hangul(text: str) -> None:
    found = decode(b"\xef\xbb\xbf" + text.encode(), declared="euc-kr", http=None)
    assert found == text or any("가" <= char <= "힣" for char in found)


LABELS = st.sampled_from(["euc-kr", "utf-8", "utf-16", "latin-1", "hex", "rot13", "idna", "utf-7", "hz", "x", "", None])


@given(st.binary(max_size=200), LABELS, LABELS)
def test_any_bytes_and_labels_give_text(body: bytes, declared: str | None, http: str | None) -> None:
    assert isinstance(decode(body, declared=declared, http=http), str)


@pytest.mark.parametrize(
    ("head", "label"),
    [
        (b'<?xml version="1.0" encoding="euc-kr"?>', "euc-kr"),
        (b"\xef\xbb\xbf\n<?xml version='1.0' encoding = 'EUC-KR' standalone='yes'?>", "EUC-KR"),
        (b"<html><head><meta charset=euc-kr>", "euc-kr"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=ks_c_5601-1987">', "ks_c_5601-1987"),
        (b"<?xml version='1.0'?><rss>", None),
        (b"", None),
    ],
)
def test_what_a_document_declares(head: bytes, label: str | None) -> None:
    assert declared_in(head) == label


def test_what_a_server_declares() -> None:
    assert declared_by_server('text/xml; Charset="EUC-KR"; x=y') == "EUC-KR"
    assert declared_by_server("text/xml") is None
