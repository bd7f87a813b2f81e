"""JSON-LD with the slips that pages make, and whose article it describes."""

from __future__ import annotations

import pytest

from newswatch.extract.json_ld import names_of_page, own_article, parsed, place_of

QUAY = {"@type": "NewsArticle", "headline": "Quay widened"}


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "NewsArticle", "headline": "Quay widened"}',
        '<!-- {"@type": "NewsArticle", "headline": "Quay widened"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "Quay widened"}\n//]]>',
        '/* <![CDATA[ */{"@type": "NewsArticle", "headline": "Quay widened"}/* ]]> */',
        '{"@type": "NewsArticle", "headline": "Quay widened",}',
        '{"@type": "NewsArticle", /* the title */ "headline": "Quay widened"};',
        "{&quot;@type&quot;:&quot;NewsArticle&quot;,&quot;headline&quot;:&quot;Quay widened&quot;}",
        '{"@type": "NewsArticle", "headline": "Quay widened"',
    ],
)
def test_slips(text: str) -> None:
    assert parsed(text) == QUAY


@pytest.mark.parametrize("text", ["", "no object", "{" * 5_000, "[" * 300_000])
def test_what_is_no_json(text: str) -> None:
    assert not parsed(text)


def test_a_quotation_in_a_text() -> None:
    found = parsed('{"@type": "NewsArticle", "description": "He said "never" twice", "n": 1}')
    assert found["@type"] == "NewsArticle"
    assert found["n"] == 1


HERE = "https://paper.example/quay"
PAGE = names_of_page([HERE], ["Quay widened", "Quay widened", "Quay widened | Paper"])


@pytest.mark.parametrize(
    ("nodes", "place"),
    [
        ([QUAY], 0),
        ([{**QUAY, "headline": "Crane falls"}, QUAY], 1),
        ([{**QUAY, "url": "/crane", "headline": "Crane falls"}, {**QUAY, "url": HERE}], 1),
        ([{**QUAY, "headline": "Harbour grows", "mainEntityOfPage": {"@id": HERE}}], 0),
        ([{**QUAY, "headline": "Harbour grows", "url": "https://www.paper.example/quay/?x=1"}], 0),
        ([{**QUAY, "headline": "Crane falls"}], None),
        ([{**QUAY, "headline": "Crane falls", "url": "https://paper.example/crane"}], None),
        ([{**QUAY, "headline": "Board has the quay widened"}], 0),
        ([{"@type": "Organization", "headline": "Quay widened"}], None),
        ([], None),
    ],
)
def test_the_page_has_its_own_node(nodes: list[dict[str, object]], place: int | None) -> None:
    assert own_article(nodes, PAGE) == ({} if place is None else nodes[place])


def test_a_page_without_a_settled_headline_takes_the_only_node() -> None:
    page = names_of_page([HERE], ["Other"])
    assert own_article([QUAY], page) == QUAY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.paper.example/quay/", "http://paper.example/quay?utm=1#top"),
        ("https://amp.paper.example/quay", "https://paper.example/quay"),
    ],
)
def test_spellings_of_an_address(one: str, other: str) -> None:
    assert place_of(one) == place_of(other) != ""
