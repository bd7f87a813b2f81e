"""A page's bytes to an article, or to why there is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from newswatch.extract import facts
from newswatch.extract.body import body_of
from newswatch.extract.charset import decode
from newswatch.extract.kind import Look, kind_of
from newswatch.extract.language import language_of
from newswatch.extract.metadata import Claims, read_claims
from newswatch.models import ExtractedArticle, NoArticle

MAX_ELEMENTS = 60_000  # no article has more; a page of 200,000 spans takes minutes
_HIDDEN = ("script", "style", "noscript", "template", "svg", "head")


def extract_page(
    page: bytes,
    *,
    url: str,
    content_type: str | None = None,
    now: datetime,
    canonical: Callable[[str, str], str | None] = lambda claimed, url: url,
    expected_title: str | None = None,
) -> ExtractedArticle | NoArticle:
    """The article of a page as fetched from `url`.

    `canonical(claimed, url)` judges what the page gives as its own address (None: not believed).
    `expected_title` is what the feed called it. Any bytes are survived.
    """
    if _is_other(page, content_type):
        kind = (content_type or "not text").split(";")[0]
        return NoArticle("not-html", f"it is {kind}, not HTML")
    tree = parse(decode(page, content_type))
    if tree is None:
        return NoArticle("empty", "nothing on it can be read")
    size = sum(1 for _ in tree.iter())
    if size > MAX_ELEMENTS:
        return NoArticle("index", f"{size:,} elements: no article has more than {MAX_ELEMENTS:,}")
    claims = read_claims(tree)
    title = facts.title_of(claims, expected_title, urlsplit(url).hostname or "")
    claimed_body = claims.article.get("articleBody")
    text, source = body_of(tree, url, claimed_body if isinstance(claimed_body, str) else None)
    kind, detail = kind_of(_look(tree, claims, title, text, url, content_type))
    if kind not in ("article", "live-blog"):
        return NoArticle(kind, detail)
    address = next(
        filter(
            None,
            (canonical(_absolute(claim, url), url) for claim in facts.canonical_claims(claims)),
        ),
        None,
    )
    return ExtractedArticle(
        url=address or canonical(url, url) or url,
        title=title or expected_title or "",
        text=without_title(text, title),
        body_source=source,
        language=language_of(text, claims.html_lang or claims.first("og:locale")),
        authors=facts.authors_of(claims, tree),
        published_at=facts.published_of(claims, tree, url, now),
        site_name=facts.site_of(claims),
        summary=facts.summary_of(claims),
        page_kind=kind,
    )


def parse(text: str) -> HtmlElement | None:
    """The tree of a page, however deep; None if there is nothing in it."""
    if not text.strip():
        return None
    try:
        tree: HtmlElement = document_fromstring(
            text, parser=HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return tree


def without_title(text: str, title: str) -> str:
    """The body without the headline as its first line."""
    first, _, rest = text.partition("\n")
    return rest if rest and first.strip().casefold() == title.strip().casefold() else text


def _is_other(page: bytes, content_type: str | None) -> bool:
    if content_type and not re.search(r"html|text/plain|xml", content_type, re.IGNORECASE):
        return True
    return page.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04"))


def _absolute(claim: str, url: str) -> str:
    try:
        return urljoin(url, claim)
    except ValueError:
        return url


def _look(
    tree: HtmlElement, claims: Claims, title: str, text: str, url: str, content_type: str | None
) -> Look:
    free = str(claims.article.get("isAccessibleForFree", "")).lower()
    return Look(
        title=f"{title} {claims.title_tag}",
        text=text,
        visible=_visible(tree),
        types=claims.types,
        og_type=claims.first("og:type") or "",
        content_type=content_type if content_type and "html" in content_type else None,
        paywalled=free == "false",
        path=urlsplit(url).path,
    )


def _visible(tree: HtmlElement, limit: int = 12_000) -> str:
    parts: list[str] = []
    size = 0
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element.tag in _HIDDEN:
            walk.skip_subtree()
            continue
        piece = (element.text if event == "start" else element.tail) or ""
        if piece.strip():
            parts.append(piece.strip())
            size += len(piece)
        if size > limit:
            break
    return " ".join(parts)
