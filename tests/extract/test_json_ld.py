"""JSON-LD with the slips that pages make, and whose article it describes."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from extract.heads import claims, ld, meta, page
from newswatch.extract.dates import published_of
from newswatch.extract.json_ld import Nodes, names_of_page, own_article, parsed, place_of
from newswatch.extract.metadata import read_claims

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
    assert own_article(Nodes(nodes, []), PAGE) == ({} if place is None else nodes[place])


def test_a_page_without_a_settled_headline_takes_the_only_node() -> None:
    page = names_of_page([HERE], ["Other"])
    assert own_article(Nodes([QUAY], []), page) == QUAY


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.paper.example/quay/", "http://paper.example/quay?utm=1#top"),
        ("https://amp.paper.example/quay", "https://paper.example/quay"),
    ],
)
def test_spellings_of_an_address(one: str, other: str) -> None:
    assert place_of(one) == place_of(other) != ""


TITLE = "Quay widened"
OWN = {"@type": "NewsArticle", "headline": TITLE}
OTHER = {"@type": "NewsArticle", "headline": "Crane falls", "datePublished": "2024-03-01"}


def article_in(*scripts: object) -> dict[str, object]:
    """The node of a page with that title, whose scripts are those texts or values."""
    texts = (script if isinstance(script, str) else json.dumps(script) for script in scripts)
    head = "".join(map(ld, texts)) + meta("og:title", TITLE) + f"<title>{TITLE} | Paper</title>"
    return claims(head, f"<h1>{TITLE}</h1>").article


OWN_TEXT = json.dumps(OWN)


@pytest.mark.parametrize(
    "text",
    [
        f"/* generated */ {OWN_TEXT}",
        f"// article\n{OWN_TEXT}",
        f"<!--\n{OWN_TEXT}\n-->",
        f"/*<![CDATA[*/{OWN_TEXT}/*]]>*/",
        f"{OWN_TEXT[:-1]},}}",
        f"[{OWN_TEXT},]",
        f"{OWN_TEXT};",
        f"var ld = {OWN_TEXT};",
        f"{json.dumps(OTHER)}\n{OWN_TEXT}",
        f"{json.dumps(OTHER)},{OWN_TEXT}",
        OWN_TEXT.replace('"', "&quot;"),
        OWN_TEXT.replace('"', "'"),
        OWN_TEXT.replace("Quay w", "Quay\tw"),
        OWN_TEXT[:-1],
        json.dumps(OWN_TEXT),
        OWN_TEXT.replace(", ", " "),
        f'{OWN_TEXT[:-1]}, "x": NaN}}',
    ],
)
def test_damage(text: str) -> None:
    assert str(article_in(text).get("headline")).split() == TITLE.split()


@pytest.mark.parametrize(
    "value",
    [
        {"@graph": [{"@type": "WebSite"}, OWN, OTHER]},
        {"@type": "WebPage", "hasPart": [OTHER, OWN]},
        {"@type": "WebPage", "mainEntity": OWN},
        {"@type": "WebPage", "about": OWN},
        {"@type": "ItemList", "itemListElement": [{"item": OTHER}, {"item": OWN}]},
        {"@type": "DataFeed", "dataFeedElement": [OWN]},
        {"page": {"data": OWN}},
        {"@type": "Event", "subjectOf": OWN},
        {**OWN, "isPartOf": OTHER, "relatedLink": OTHER},
        {**OWN, "@type": "schema:NewsArticle"},
        {**OWN, "@type": "http://schema.org/ReportageNewsArticle"},
    ],
)
def test_the_node_is_found_wherever_it_stands(value: object) -> None:
    assert article_in(value)["headline"] == TITLE


@pytest.mark.parametrize(
    "value",
    [
        OTHER,
        {"@type": "ItemList", "itemListElement": [{"item": OTHER}]},
        {"@type": "WebPage", "about": {"@type": "NewsArticle", "datePublished": "2024-03-01"}},
    ],
)
def test_a_node_of_another_page_is_none(value: object) -> None:
    assert article_in(value) == {}


def test_the_date_of_anothers_node_is_not_searched_for_either() -> None:
    tree = page(ld(json.dumps(OTHER)) + meta("og:title", TITLE), f"<h1>{TITLE}</h1>")
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert published_of(read_claims(tree), tree, HERE, now)[0] is None
