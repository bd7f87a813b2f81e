"""A page's bytes to an article, or to why there is none."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from newswatch.extract import facts
from newswatch.extract.agencies import agency_named, dateline_of
from newswatch.extract.body import body_of
from newswatch.extract.charset import decode
from newswatch.extract.dates import modified_of, published_of
from newswatch.extract.kind import WALL_WORDS, Look, kind_of
from newswatch.extract.metadata import Claims, read_claims
from newswatch.extract.outlet import outlet_names, site_of
from newswatch.extract.people import signed_of
from newswatch.extract.title import title_of
from newswatch.extract.tree import parse, visible_text
from newswatch.models import Announced, ExtractedArticle, NoArticle
from newswatch.text.language import language_of
from newswatch.text.scripts import words_in

NOTHING_ANNOUNCED = Announced()
MAX_ELEMENTS = 60_000  # no article has more; a page of 200,000 spans takes minutes


def extract_page(
    page: bytes,
    *,
    url: str,
    content_type: str | None = None,
    now: datetime,
    canonical: Callable[[str, str], str | None] = lambda claimed, url: url,
    announced: Announced = NOTHING_ANNOUNCED,
) -> ExtractedArticle | NoArticle:
    """The article of a page as fetched from `url`.

    `canonical(claimed, url)` judges what the page gives as its own address (None: not believed).
    Any bytes are survived.
    """
    if _is_other(page, content_type):
        kind = (content_type or "not text").split(";")[0]
        return NoArticle("not-html", f"it is {kind}, not HTML")
    markup = decode(page, content_type)
    tree = parse(markup)
    if tree is None:
        return NoArticle("empty", "nothing on it can be read")
    size = int(tree.xpath("count(//*)"))
    if size > MAX_ELEMENTS:
        return NoArticle("index", f"{size:,} elements: no article has more than {MAX_ELEMENTS:,}")
    claims = read_claims(tree)
    known = _facts(claims, tree, url, now, announced)
    body = body_of(tree, claims.article, (known.summary or "", announced.summary))
    visible = body.text if words_in(body.text) > WALL_WORDS else visible_text(parse(markup))
    kind, detail = kind_of(_look(visible, claims, known, body.text, content_type))
    if kind not in ("article", "live-blog"):
        return NoArticle(kind, detail)
    text = without_title(body.text, known.title)
    dateline = dateline_of(text)
    return replace(
        known,
        url=_address(claims, url, canonical),
        text=text,
        body_source=body.source,
        extraction_method=body.method,
        extraction_confidence=body.confidence,
        word_count=words_in(text),
        language=language_of(text, known.claimed_language),
        agency=(dateline.agency if dateline else None) or known.agency,
        dateline=dateline.place if dateline else None,
        page_kind=kind,
    )


def _facts(
    claims: Claims, tree: HtmlElement, url: str, now: datetime, announced: Announced
) -> ExtractedArticle:
    """What the page says of its article, still without the text."""
    host = urlsplit(url).hostname or ""
    signed = signed_of(claims, tree, outlet_names(claims, host))
    title, title_source = title_of(claims, announced.title, host)
    published_at, published_source = published_of(claims, tree, url, now, announced.outlet_since)
    modified_at, modified_source = modified_of(claims, published_at, now)
    site_name, site_source = site_of(claims)
    summary, summary_source = facts.summary_of(claims)
    subtitle, subtitle_source = facts.subtitle_of(claims, tree, title)
    section, section_source = facts.section_of(claims)
    keywords, keywords_source = facts.keywords_of(claims)
    lead_image, image_source = facts.lead_image_of(claims, url)
    paywalled, paywalled_source = facts.paywalled_of(claims)
    sources = {
        "title": title_source,
        "subtitle": subtitle_source,
        "authors": signed.source if signed.people else "",
        "organisations": signed.source if signed.organisations else "",
        "published_at": published_source if published_at else "",
        "modified_at": modified_source,
        "site_name": site_source if site_name else "",
        "summary": summary_source,
        "section": section_source,
        "keywords": keywords_source,
        "lead_image": image_source,
        "paywalled": paywalled_source,
    }
    return ExtractedArticle(
        url=url,
        title=title or announced.title,
        text="",
        body_source="page",
        subtitle=subtitle,
        claimed_language=claims.html_lang or claims.first("og:locale"),
        authors=signed.people,
        organisations=signed.organisations,
        agency=next(filter(None, map(agency_named, signed.organisations)), None),
        published_at=published_at,
        modified_at=modified_at,
        site_name=site_name,
        summary=summary,
        section=section,
        keywords=keywords,
        lead_image=lead_image,
        paywalled=paywalled,
        fact_sources={fact: source for fact, source in sources.items() if source},
    )


def _address(claims: Claims, url: str, canonical: Callable[[str, str], str | None]) -> str:
    believed = (canonical(_absolute(claim, url), url) for claim in facts.canonical_claims(claims))
    return next(filter(None, believed), None) or canonical(url, url) or url


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
    visible: str, claims: Claims, known: ExtractedArticle, text: str, content_type: str | None
) -> Look:
    return Look(
        title=f"{known.title} {claims.title_tag}",
        text=text,
        visible=visible,
        types=claims.types,
        og_type=claims.first("og:type") or "",
        content_type=content_type if content_type and "html" in content_type else None,
        paywalled=known.paywalled is True,
        path=urlsplit(known.url).path,
    )
