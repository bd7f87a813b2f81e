"""What no reader sees goes; what shapes a word stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.text.invisible import without_unseen

ANY = st.text(st.characters(exclude_categories=[]))  # lone surrogates too


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Wit\u00adkoff", "Witkoff"),
        ("\ufeffHarbour\u200b board", "Harbour board"),
        ("a\x00b\x1b[31m\x9f", "ab[31m"),
        ("\u202egnp.exe\u2069", "gnp.exe"),
        ("half \ud83d of a pair", "half  of a pair"),
        ("می\u200cشود", "می\u200cشود"),
        ("👩\u200d🚒", "👩\u200d🚒"),
        ("two\tcolumns\r\ntwo lines", "two\tcolumns\r\ntwo lines"),
    ],
)
def test_without_unseen(text: str, seen: str) -> None:
    assert without_unseen(text) == seen


@given(ANY)
def test_what_is_left_can_be_stored_and_shown(text: str) -> None:
    left = without_unseen(text)
    assert "\x00" not in left
    left.encode()  # no lone surrogate
    assert not any(
        unicodedata.category(character) == "Cc" for character in left if character not in "\t\n\r"
    )
    assert without_unseen(left) == left


# Letters and marks by their category, without a shape all the same.
SHAPELESS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffc\ufffd"


@given(
    st.text(st.characters(categories=["L", "M", "N", "P", "S", "Zs"], exclude_characters=SHAPELESS))
)
def test_nothing_seen_is_lost(text: str) -> None:
    assert without_unseen(text) == text
