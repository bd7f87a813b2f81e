"""Records of pages and articles: what the article says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

EntryStatus = Literal["pending", "extracted", "same-url"]
BodySource = Literal["page", "json-ld", "feed-content", "feed-summary", "headline"]
ExtractionMethod = Literal[
    "blocks",  # the blocks of the page that the model takes for its article
    "blocks-and-engine",  # the same with trafilatura's vote, where the model is unsure
    "engine",  # trafilatura's text, where the model stays unsure
    "json-ld",  # the body that the page carries for machines
    "page-state",  # prose in the page's scripts, where its HTML has none
    "live-posts",  # the newest posts of a live blog
    "feed",  # what the feed said
]
PageKind = Literal[
    "article",
    "live-blog",
    "video",
    "gallery",
    "index",
    "consent-wall",
    "paywall",
    "challenge",
    "soft-404",
    "not-html",
    "not-extracted",  # nobody knows what it is: its extraction was lost, and is tried again
    "empty",
]


@dataclass(frozen=True, slots=True)
class Announced:
    """What the feed says of an article, before its page is read."""

    title: str = ""
    summary: str = ""
    outlet_since: datetime | None = None  # nothing of the outlet is older


@dataclass(frozen=True, slots=True)
class ExtractedArticle:
    """The text and the facts of one article. Paragraphs of `text` are separated by newlines.

    `fact_sources` names where each fact comes from, by its name: json-ld, opengraph, meta, h1 ...
    and of what was too long how much is kept.
    """

    url: str  # canonical
    title: str
    text: str
    body_source: BodySource
    extraction_method: ExtractionMethod = "blocks"
    extraction_confidence: float = 0.0  # 0..1: see extract.confidence
    word_count: int = 0  # of the text; two characters of a script without spaces are one word
    subtitle: str | None = None
    language: str | None = None  # by the text
    claimed_language: str | None = None  # as the page has it
    authors: tuple[str, ...] = ()  # people
    organisations: tuple[str, ...] = ()  # agencies, desks and outlets that sign
    agency: str | None = None  # the news agency whose report it is
    dateline: str | None = None  # the place that the body begins with
    published_at: datetime | None = None
    modified_at: datetime | None = None
    site_name: str | None = None
    summary: str | None = None
    section: str | None = None
    keywords: tuple[str, ...] = ()
    lead_image: str | None = None  # absolute URL
    paywalled: bool | None = None  # None: the page does not say
    page_kind: PageKind = "article"
    no_page_reason: str | None = None  # why the page was not used, if it was not
    boilerplate: tuple[str, ...] = ()  # lines taken off the text's edges
    fact_sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NoArticle:
    """A page that is no article: `kind` is its page kind, `detail` a sentence for people."""

    kind: PageKind
    detail: str
