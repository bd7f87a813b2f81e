"""Pages of a newspaper that does not exist, as the tests of kinds build them."""

from __future__ import annotations

from datetime import UTC, datetime

from newswatch.extract.page import extract_page
from newswatch.models import ExtractedArticle, NoArticle

NOW = datetime(2025, 12, 21, tzinfo=UTC)
ADDRESS = "https://herald.example"
SITE = "The Brevik Herald"
TITLE = "Court orders ferry company to pay families of drowned sailors"
PARAGRAPHS = (
    "The county court in Brevik ordered the ferry company on Wednesday to pay the families of the"
    " nine drowned sailors, ending a case that had dragged on for almost six years.",
    "Judge Helene Moe wrote that the owners had known of the cracked hull since the spring of that"
    " year and had sent the ship to sea all the same.",
    "The company said in a short statement that it would study the ruling, which runs to 212 pages,"
    " before it decides whether to go to the court of appeal.",
    "“We have waited for this sentence every single day,” said Arne Lunde, whose two brothers were"
    " on board, as he left the building with his mother.",
    "Investigators of the maritime board had found in 2021 that three of the four pumps did not"
    " work and that the log had been written after the fact.",
    "The insurers will carry about a third of the sum; the rest falls to a holding company in Oslo"
    " that has since sold most of its ships.",
    "A lawyer for the crew's union called the ruling a warning to every owner who puts off repairs,"
    " and asked the ministry to inspect the older ferries before the summer.",
)
MENU = (
    '<header class="site-header"><a class="logo" href="/">The Brevik Herald</a><nav><ul>'
    '<li><a href="/news">News</a></li><li><a href="/business">Business</a></li>'
    '<li><a href="/culture">Culture</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>'
)
FOOTER = (
    '<footer class="site-footer"><ul><li><a href="/about">About us</a></li>'
    '<li><a href="/terms">Terms of use</a></li><li><a href="/privacy">Privacy</a></li></ul>'
    "<p>© 2025 Herald Media AS. All rights reserved.</p></footer>"
)
DATED = '<meta property="article:published_time" content="2025-12-17T14:05:00+01:00">'


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def page(
    body: str, *, title: str = TITLE, head: str = DATED, lang: str = "en", claims: bool = True
) -> str:
    """A page with menu and footer; `claims` are OpenGraph's, that it is an article."""
    claimed = (
        f'<meta property="og:type" content="article"><meta property="og:title" content="{title}">'
        f'<meta property="og:site_name" content="{SITE}">'
    )
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">'
        f"<title>{title} | {SITE}</title>{claimed if claims else ''}{head}</head>"
        f"<body>{MENU}{body}{FOOTER}</body></html>"
    )


def article(inner: str, title: str = TITLE) -> str:
    return f"<main><article><h1>{title}</h1>{inner}</article></main>"


def cards(count: int) -> str:
    """Headlines that lead elsewhere, each with a teaser."""
    return "".join(
        f'<div class="c"><h3><a href="/a{number}">Headline number {number} about the town</a></h3>'
        f"<p>{PARAGRAPHS[number % len(PARAGRAPHS)]}</p></div>"
        for number in range(count)
    )


def read(
    markup: str, path: str = "/news/court-orders", content_type: str = "text/html"
) -> ExtractedArticle | NoArticle:
    return extract_page(markup.encode(), url=f"{ADDRESS}{path}", content_type=content_type, now=NOW)


def kind_of_page(markup: str, path: str = "/news/court-orders") -> str:
    found = read(markup, path)
    return found.kind if isinstance(found, NoArticle) else found.page_kind
