"""A first line that says who signs is no part of the text."""

from __future__ import annotations

import pytest

from newswatch.extract.page import without_byline

BODY = "The board voted to widen the quay."


@pytest.mark.parametrize(
    ("first", "signers", "is_byline"),
    [
        ("By Ola Berg and Mia Dahl", ("Ola Berg", "Mia Dahl"), True),
        ("By Ola Berg 23:50", ("Ola Berg",), True),
        ("Ola Berg, 14 January 2026", ("Ola Berg",), True),
        ("By Ola Berg", ("Mia Dahl",), False),
        ("Ola Berg resigned", ("Ola Berg",), False),
        ("23:50", ("Ola Berg",), False),
        ("By Ola Berg", (), False),
    ],
)
def test_byline(first: str, signers: tuple[str, ...], is_byline: bool) -> None:
    text = f"{first}\n{BODY}"
    assert without_byline(text, signers) == (BODY if is_byline else text)


def test_a_text_of_one_line_stays() -> None:
    assert without_byline("By Ola Berg", ("Ola Berg",)) == "By Ola Berg"
