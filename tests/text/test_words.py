"""Two writings of one text give the same words, and each word knows where it stands."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copies.texts import ARABIC, HARBOUR, JAPANESE, RUSSIAN, THAI
from newswatch.text.words import figures_of, tokenize, words_of

TEXTS = pytest.mark.parametrize("text", [HARBOUR, RUSSIAN, ARABIC, JAPANESE, THAI])
LETTERS = st.sampled_from("aAbßéÉñçøæŁжЖёЙщअकिगीعدهשלוםกข中文字日本ーカ가나 \n.,-'’“”1203")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ("… — “”", ()),
        ("The Pier’s end", ("the", "pier", "s", "end")),
        ("STRASSE Straße", ("strasse", "strasse")),
        ("ﬁrst ﬁnal", ("first", "final")),
        ("co\u00adoper\u00adation", ("cooperation",)),
        ("year\u200b end", ("year", "end")),
        ("ＡＢＣ １２", ("abc", "12")),
        ("cafe\u0301", ("café",)),
        ("東京 tower", ("東", "京", "tower")),
        ("ไทย", ("ไ", "ท", "ย")),
        ("ตลาดน้ำ", ("ต", "ลา", "ด", "น\u0e49\u0e4d\u0e32")),
        ("서울 시장", ("서울", "시장")),
        ("हिन्दी में", ("हिन्दी", "में")),
        ("ســلام", ("سلام",)),
        ("ок, ОК!", ("ок", "ок")),
    ],
)
def test_words(text: str, words: tuple[str, ...]) -> None:
    assert words_of(text) == tokenize(text).words == words


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Three of 12", {"3", "12"}),
        ("€90bn, the 3rd in 2026", {"90", "3", "2026"}),
        ("an F16 and one pier", {"f16"}),
        ("٣ سفن", {"٣"}),
        ("", set()),
    ],
)
def test_figures(text: str, figures: set[str]) -> None:
    assert figures_of(words_of(text)) == figures


@TEXTS
@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_unicode_form_changes_no_word(text: str, form: str) -> None:
    assert tokenize(unicodedata.normalize(form, text)).words == tokenize(text).words  # type: ignore[arg-type]


@TEXTS
def test_case_quotes_and_space_change_no_word(text: str) -> None:
    other = " \u00a0".join(text.upper().split()).translate(str.maketrans("“”'’", '""’\''))
    assert tokenize(other).words == tokenize(text).words


@TEXTS
def test_each_word_stands_at_its_span(text: str) -> None:
    tokens = tokenize(text)
    assert len(tokens.words) == len(tokens.starts) == len(tokens.ends) > 60
    for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
        assert tokenize(text[start:end]).words == (word,)


@given(st.text(LETTERS, max_size=60))
def test_spans_are_in_order_and_hold_their_words(text: str) -> None:
    tokens = tokenize(text)
    edges = [edge for span in zip(tokens.starts, tokens.ends, strict=True) for edge in span]
    assert edges == sorted(edges)
    assert all(text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True))


@given(st.text(LETTERS, max_size=60), st.sampled_from(["NFC", "NFD"]))
def test_canonically_equivalent_texts_have_equal_words(text: str, form: str) -> None:
    assert tokenize(unicodedata.normalize(form, text)).words == tokenize(text).words  # type: ignore[arg-type]


@given(st.text(LETTERS, max_size=60))
def test_what_stands_elsewhere_in_a_text_changes_no_word(text: str) -> None:
    assert words_of(f"{text}\n東") == (*words_of(text), "東")
