"""A page's bytes to an article, or to why there is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from newswatch.extract import facts
from newswatch.extract.body import body_of
from newswatch.extract.charset import decode
from newswatch.extract.kind import Look, kind_of
from newswatch.extract.language import language_of
from newswatch.extract.metadata import Claims, read_claims
from newswatch.extract.tree import parse, visible_text
from newswatch.models import ExtractedArticle, NoArticle

MAX_ELEMENTS = 60_000  # no article has more; a page of 200,000 spans takes minutes


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
    size = int(tree.xpath("count(//*)"))
    if size > MAX_ELEMENTS:
        return NoArticle("index", f"{size:,} elements: no article has more than {MAX_ELEMENTS:,}")
    claims = read_claims(tree)
    visible = visible_text(tree)
    authors = facts.authors_of(claims, tree)
    published_at = facts.published_of(claims, tree, url, now)
    title = facts.title_of(claims, expected_title, urlsplit(url).hostname or "")
    claimed_body = claims.article.get("articleBody")
    text, source = body_of(tree, claimed_body if isinstance(claimed_body, str) else None)
    kind, detail = kind_of(_look(visible, claims, title, text, url, content_type))
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
        authors=authors,
        published_at=published_at,
        site_name=facts.site_of(claims),
        summary=facts.summary_of(claims),
        page_kind=kind,
    )


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
    visible: str, claims: Claims, title: str, text: str, url: str, content_type: str | None
) -> Look:
    free = str(claims.article.get("isAccessibleForFree", "")).lower()
    return Look(
        title=f"{title} {claims.title_tag}",
        text=text,
        visible=visible,
        types=claims.types,
        og_type=claims.first("og:type") or "",
        content_type=content_type if content_type and "html" in content_type else None,
        paywalled=free == "false",
        path=urlsplit(url).path,
    )
