"""Names where no capital letter tells them."""

from __future__ import annotations

from newswatch.text.names import spaceless_names_in


def test_a_chinese_spelling_ends_where_words_begin() -> None:
    assert spaceless_names_in("市长安娜·多尔对记者说", "zh") == ["安娜·多尔"]
    assert spaceless_names_in("他说特朗普今天来", "zh") == ["特朗普"]


def test_a_japanese_name_is_known_by_its_address() -> None:
    assert spaceless_names_in("アンナ・ドール市長は東京で", "ja") == ["アンナ・ドール"]
