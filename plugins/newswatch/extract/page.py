"""A page's bytes to an article, or to why there is none."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newswatch.extract import facts
from newswatch.extract.address import address_of
from newswatch.extract.agencies import agency_named, dateline_of
from newswatch.extract.body import body_of, load_blocks_model
from newswatch.extract.cards import Cards, cards_of_page
from newswatch.extract.dates import modified_of, published_of
from newswatch.extract.facts import Fact
from newswatch.extract.kind import OFFER_WORDS, Look, kind_of
from newswatch.extract.limits import limited
from newswatch.extract.metadata import Claims, read_claims
from newswatch.extract.names import names_in, without_addresses
from newswatch.extract.outlet import outlet_names, site_of
from newswatch.extract.people import signed_of
from newswatch.extract.title import title_of
from newswatch.extract.tree import parse, text_outside_of_chrome, visible_text
from newswatch.models import Announced, ExtractedArticle, NoArticle
from newswatch.text.charset import decode
from newswatch.text.language import language_of
from newswatch.text.limits import LONGEST_TAG
from newswatch.text.scripts import words_in

NOTHING_ANNOUNCED = Announced()
LONGEST_BYLINE = 160  # characters
_MOST_BYLINES = 3  # lines: who, how to write to them, when
_FROM_DIGIT = re.compile(r"[\s,|·•–—-]*\d.*$")  # a date or a time behind the names
_CLAIMED = ("json-ld", "meta")  # sources of a date that pages without an article have not
_OTHER_XML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:(?><!--.*?-->|<\?[^>]*>)\s*+)*+"
    rb"<(?:rss|feed|urlset|sitemapindex|rdf:RDF|opml)\b",
    re.DOTALL,
)
MOSTLY_LINKS = 0.8  # of the words of a text that is a list of links
MAX_ELEMENTS = 60_000  # no article has more; a page of 200,000 spans takes minutes


def prepare() -> None:
    """Load the models of blocks and of languages, a second of work that the first page would do."""
    load_blocks_model()
    language_of("The harbour board voted to widen the eastern quay.")


def extract_page(
    page: bytes,
    *,
    url: str,
    content_type: str | None = None,
    now: datetime,
    announced: Announced = NOTHING_ANNOUNCED,
) -> ExtractedArticle | NoArticle:
    """The article of a page as fetched from `url`; any bytes are survived."""
    if _is_other(page, content_type):
        kind = (content_type or "not text").split(";")[0]
        return NoArticle("not-html", f"it is {kind}, not HTML")
    markup = decode(page, content_type).text
    tree = parse(markup)
    if tree is None:
        return NoArticle("empty", "nothing on it can be read")
    size = int(tree.xpath("count(//*)"))
    if size > MAX_ELEMENTS:
        return NoArticle("index", f"{size:,} elements: no article has more than {MAX_ELEMENTS:,}")
    claims = read_claims(tree, url)
    known = _facts(claims, tree, url, now, announced)
    cards = cards_of_page(tree, is_dated=_is_dated(known))
    fields = tree.iter("input")
    asks_password = any((field.get("type") or "").lower() == "password" for field in fields)
    body = body_of(tree, claims, known.title, (known.summary or "", announced.summary))
    visible = around = body.text
    if words_in(body.text) <= OFFER_WORDS:
        whole = parse(markup)
        visible, around = visible_text(whole), text_outside_of_chrome(whole)
    look = replace(
        _look(visible, around, claims, known, body.text, content_type, cards),
        asks_password=asks_password,
        leads_elsewhere=body.linked >= MOSTLY_LINKS,
        linked_words=round(body.linked * words_in(body.text)),
    )
    kind, detail = kind_of(look)
    if kind not in ("article", "live-blog"):
        return NoArticle(kind, detail)
    text = without_title(body.text, known.title)
    text = without_byline(text, (*known.authors, *known.organisations))
    dateline = dateline_of(text)
    article = replace(
        known,
        url=address_of(claims, url),
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
    return limited(article)


def _facts(
    claims: Claims, tree: HtmlElement, url: str, now: datetime, announced: Announced
) -> ExtractedArticle:
    """What the page says of its article, still without the text."""
    host = urlsplit(url).hostname or ""
    signed = signed_of(claims, tree, outlet_names(claims, host))
    title = title_of(claims, announced.title, host)
    published_at = Fact(*published_of(claims, tree, url, now, announced.outlet_since))
    found: dict[str, Fact[Any]] = {
        "title": title if title.known else Fact(announced.title, "feed"),
        "subtitle": facts.subtitle_of(claims, tree, title.value),
        "authors": Fact(signed.people, signed.source),
        "organisations": Fact(signed.organisations, signed.source),
        "published_at": published_at,
        "modified_at": Fact(*modified_of(claims, published_at.value, now)),
        "site_name": site_of(claims),
        "summary": facts.summary_of(claims),
        "section": facts.section_of(claims),
        "keywords": facts.keywords_of(claims),
        "lead_image": facts.lead_image_of(claims, url),
        "paywalled": facts.paywalled_of(claims),
    }
    language = claims.html_lang or claims.first("og:locale") or ""
    return ExtractedArticle(
        url=url,
        text="",
        body_source="page",
        claimed_language=language[:LONGEST_TAG] or None,
        agency=next(filter(None, map(agency_named, signed.organisations)), None),
        fact_sources={name: fact.source for name, fact in found.items() if fact.known},
        **{name: fact.value for name, fact in found.items()},
    )


def without_byline(text: str, signers: tuple[str, ...]) -> str:
    """The body without first lines that say only who signs the article, when, and how to write to
    them."""
    for _ in range(_MOST_BYLINES):
        first, _, rest = text.partition("\n")
        if not rest or len(first) > LONGEST_BYLINE or not _is_byline(first, signers):
            return text
        text = rest
    return text


def _is_byline(line: str, signers: tuple[str, ...]) -> bool:
    bare = without_addresses(line).strip(" |·•,-–—")
    if not bare:
        return True
    names = names_in(_FROM_DIGIT.sub("", bare))
    return bool(names) and {*names} <= {*signers}


def without_title(text: str, title: str) -> str:
    """The body without the headline as its first line."""
    first, _, rest = text.partition("\n")
    return rest if rest and first.strip().casefold() == title.strip().casefold() else text


def _is_other(page: bytes, content_type: str | None) -> bool:
    """By the header, by the first bytes, or by the root of an XML document that is no page."""
    if content_type and not re.search(r"html|text/plain|xml", content_type, re.IGNORECASE):
        return True
    if _OTHER_XML.match(page) or page[:1].strip() in (b"{", b"["):
        return True
    return page.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04"))


def _look(
    visible: str,
    around: str,
    claims: Claims,
    known: ExtractedArticle,
    text: str,
    content_type: str | None,
    cards: Cards,
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
        headline=known.title,
        around=around,
        has_cards=cards != "few",
        only_cards=cards == "only",
        is_dated=_is_dated(known),
    )


def _is_dated(known: ExtractedArticle) -> bool:
    """Whether the page claims to know when its article was published."""
    return known.published_at is not None and known.fact_sources["published_at"] in _CLAIMED
