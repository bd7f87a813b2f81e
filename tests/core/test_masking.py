"""No password reaches what is told, logged or stored of an error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.masking import masked

ODD = ["s3cret", "pa@ss", "two words", "100%", "a:b/c", "p@s w:rd%/#?", "ü@", "'quoted'"]


@pytest.mark.parametrize("password", ODD)
@pytest.mark.parametrize(
    "text",
    [
        "smtp://bob:{}@mail.example:25 is wrong",
        "no answer from https://reader:{}@feeds.example/rss.xml",
        "connection to postgresql://newswatch:{}@db/newswatch failed",
    ],
)
def test_the_password_of_an_address_is_hidden(text: str, password: str) -> None:
    told = masked(text.format(password))
    assert password not in told
    assert told == text.format("***")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("host=db password=abc user=x", "host=db password=*** user=x"),
        ("password='it is \\' long' host=db", "password=*** host=db"),
        ("https://hook.example/x?token=abc&a=1", "https://hook.example/x?token=***&a=1"),
    ],
)
def test_the_value_of_a_name_is_hidden(text: str, told: str) -> None:
    assert masked(text) == told


@pytest.mark.parametrize(
    "text", ["http://a.example:8443 has port 8443", "mail to bob@x.example", "10:30 at http://x"]
)
def test_what_holds_no_password_stays(text: str) -> None:
    assert masked(text) == text


@given(st.text(min_size=1).filter(lambda word: word.strip("*")), st.text(), st.text())
def test_a_known_secret_stands_nowhere(secret: str, before: str, after: str) -> None:
    assert secret not in masked(f"{before}{secret}{after}", secret).replace("***", "")
