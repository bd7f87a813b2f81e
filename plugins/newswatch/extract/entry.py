"""What the feed says of an article: all of it where the page cannot be had, else the gaps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from newswatch.extract.agencies import agency_named
from newswatch.extract.limits import limited
from newswatch.extract.organisations import is_organisation
from newswatch.extract.paragraphs import plain, tidy
from newswatch.models import BodySource, ExtractedArticle, PageKind, ParsedEntry
from newswatch.text.language import language_of
from newswatch.text.scripts import words_in

ENOUGH_WORDS = 50


def article_from_entry(
    entry: ParsedEntry, *, url: str, reason: str, page_kind: PageKind = "article"
) -> ExtractedArticle:
    """From the feed's content if it has one, else its summary, else the headline alone.

    `reason` says why it is not from the page.
    """
    content = tidy(plain(entry.content_html)) if entry.content_html else ""
    source: BodySource = "headline"
    text = ""
    if words_in(content) >= ENOUGH_WORDS and len(content) > len(entry.summary):
        text, source = content, "feed-content"
    elif entry.summary and entry.summary != entry.title:
        text, source = tidy(entry.summary), "feed-summary"
    bare = ExtractedArticle(
        url=url,
        title=entry.title,
        text=text,
        body_source=source,
        extraction_method="feed",
        word_count=words_in(text),
        language=language_of(f"{entry.title}\n{text}", entry.language),
        claimed_language=entry.language,
        page_kind=page_kind,
        no_page_reason=reason,
        fact_sources={"title": "feed"},
    )
    return completed(bare, entry)


def completed(article: ExtractedArticle, entry: ParsedEntry) -> ExtractedArticle:
    """The article with what its page does not say and the feed does: who, when, in short."""
    gaps: dict[str, Any] = {}
    if not article.authors and not article.organisations:
        gaps |= _signed(entry)
    if article.published_at is None and entry.published_at is not None:
        gaps["published_at"] = entry.published_at
    if not article.summary and entry.summary:
        gaps["summary"] = entry.summary
    from_feed: Mapping[str, str] = dict.fromkeys(gaps, "feed")
    if agency := next(filter(None, map(agency_named, gaps.get("organisations", ()))), None):
        gaps["agency"] = article.agency or agency
    whole = replace(article, **gaps, fact_sources={**article.fact_sources, **from_feed})
    return limited(whole)


def _signed(entry: ParsedEntry) -> dict[str, tuple[str, ...]]:
    """Who signs by the feed, people and organisations apart; an empty group is left out."""
    people = tuple(name for name in entry.authors if not is_organisation(name))
    organisations = tuple(name for name in entry.authors if is_organisation(name))
    signed = {"authors": people, "organisations": organisations}
    return {group: names for group, names in signed.items() if names}
