"""What else a page says of its article, and where it says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.heads import claims, ld, meta, page
from newswatch.extract import facts
from newswatch.extract.metadata import Claims, read_claims
from newswatch.extract.outlet import outlet_names, site_of

URL = "https://paper.example/news/quay"


def article(fields: str) -> str:
    return ld(f'{{"@type":"NewsArticle",{fields}}}')


@pytest.mark.parametrize(
    ("fact", "head", "value", "source"),
    [
        (
            facts.summary_of,
            meta("og:description", "Twelve&nbsp;metres."),
            "Twelve metres.",
            "opengraph",
        ),
        (facts.summary_of, meta("description", "Two summers."), "Two summers.", "meta"),
        (facts.summary_of, article('"description":"By the board."'), "By the board.", "json-ld"),
        (facts.summary_of, "", None, ""),
        (facts.section_of, article('"articleSection":["Town","Port"]'), "Town", "json-ld"),
        (facts.section_of, meta("article:section", "Port"), "Port", "meta"),
        (facts.section_of, article('"articleSection":[]'), None, ""),
        (
            facts.keywords_of,
            article('"keywords":["quay","Quay","port"]'),
            ("quay", "port"),
            "json-ld",
        ),
        (facts.keywords_of, article('"keywords":"quay, port"'), ("quay", "port"), "json-ld"),
        (
            facts.keywords_of,
            meta("article:tag", "quay") + meta("article:tag", "port"),
            ("quay", "port"),
            "meta",
        ),
        (facts.keywords_of, meta("keywords", "埠頭、港"), ("埠頭", "港"), "meta"),
        (facts.keywords_of, "", (), ""),
        (facts.paywalled_of, article('"isAccessibleForFree":false'), True, "json-ld"),
        (facts.paywalled_of, article('"isAccessibleForFree":"True"'), False, "json-ld"),
        (
            facts.paywalled_of,
            article('"isAccessibleForFree":"https://schema.org/False"'),
            True,
            "json-ld",
        ),
        (facts.paywalled_of, meta("article:content_tier", "locked"), True, "meta"),
        (facts.paywalled_of, "", None, ""),
        (site_of, meta("og:site_name", "The Paper"), "The Paper", "opengraph"),
        (site_of, article('"publisher":{"name":"The Paper"}'), "The Paper", "json-ld"),
        (site_of, "", None, ""),
    ],
)
def test_fact(fact: Callable[[Claims], object], head: str, value: object, source: str) -> None:
    assert fact(claims(head)) == (value, source)


@pytest.mark.parametrize(
    ("head", "image"),
    [
        (meta("og:image", "/quay.jpg"), "https://paper.example/quay.jpg"),
        (article('"image":[{"url":"https://cdn.example/q.jpg"}]'), "https://cdn.example/q.jpg"),
        (article('"image":"q.jpg"'), "https://paper.example/news/q.jpg"),
        (meta("og:image", "data:image/png;base64,x"), None),
        (meta("og:image", "https://[broken"), None),
        ("", None),
    ],
)
def test_lead_image(head: str, image: str | None) -> None:
    assert facts.lead_image_of(claims(head), URL)[0] == image


@pytest.mark.parametrize(
    ("head", "body", "subtitle"),
    [
        (article('"alternativeHeadline":"Two summers of work"'), "", "Two summers of work"),
        ("", '<h1>Quay</h1><p class="article__standfirst">Two summers</p>', "Two summers"),
        ("", '<div><h1>Quay</h1></div><h2 class="subtitle">Two summers</h2>', "Two summers"),
        (article('"alternativeHeadline":"Quay!"'), "<h1>Quay</h1><p>Text</p>", None),
        ("", "<p class=subtitle>Nobody's</p>", None),
    ],
)
def test_subtitle(head: str, body: str, subtitle: str | None) -> None:
    tree = page(head, body or "<p>x</p>")
    assert facts.subtitle_of(read_claims(tree), tree, "Quay")[0] == subtitle


def test_an_outlet_goes_by_many_names() -> None:
    head = meta("og:site_name", "The Norrvik Post") + article('"publisher":{"name":"Post Media"}')
    names = outlet_names(claims(head), "www.norrvikpost.example")
    assert {"thenorrvikpost", "tnp", "postmedia", "norrvikpost", "norrvikpostexample"} <= names
