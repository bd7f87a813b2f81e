"""Signed links: what was signed comes back, and nothing else does."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.digest.links import Link, address, make, read
from newswatch.models import ArticleId, ReaderId

SECRET = "a secret of the installation's own"
LINK = Link(ReaderId(7), "unsubscribe", date(2026, 1, 14))
LINKS = st.builds(
    Link,
    reader=st.integers(1, 2**63 - 1).map(ReaderId),
    purpose=st.sampled_from(["unsubscribe", "preferences", "edition", "archive", "judge"]),
    edition=st.none() | st.dates(),
    rhythm=st.sampled_from(["daily", "weekly"]),
    flag=st.none() | st.tuples(st.text(), st.integers(1, 2**63 - 1).map(ArticleId)),
)


@given(LINKS)
def test_what_was_signed_comes_back(link: Link) -> None:
    token = make(link, SECRET)
    assert re.fullmatch(r"[\w-]+", token, re.ASCII)
    assert read(token, SECRET) == link


@given(LINKS)
def test_another_secret_reads_nothing(link: Link) -> None:
    assert read(make(link, SECRET), SECRET + "!") is None
    assert read(make(link, ""), "") is None


@given(LINKS, st.data())
def test_a_changed_token_reads_nothing(link: Link, data: st.DataObject) -> None:
    token = make(link, SECRET)
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from("ABab01-_=. é").filter(lambda letter: letter != token[place]))
    assert read(token[:place] + other + token[place + 1 :], SECRET) is None
    assert read(token[:place], SECRET) is None
    assert read(token + other, SECRET) is None


@given(st.text())
def test_any_other_string_reads_nothing(token: str) -> None:
    assert read(token, SECRET) is None


def test_a_purpose_that_is_no_longer_known_reads_nothing() -> None:
    token = make(Link(ReaderId(7), "gift"), SECRET)  # type: ignore[arg-type]
    assert read(token, SECRET) is None


@pytest.mark.parametrize(
    "public_url", ["https://news.example/brief", "https://news.example/brief/"]
)
def test_the_address_says_what_it_is_for(public_url: str) -> None:
    at = address(public_url, LINK, SECRET)
    assert at == f"https://news.example/brief/unsubscribe/{make(LINK, SECRET)}"
