"""The article that a feed's own fields make where the page cannot be had."""

from __future__ import annotations

from newswatch.extract.agencies import agency_named
from newswatch.extract.body import plain, tidy
from newswatch.extract.kind import words_in
from newswatch.extract.language import language_of
from newswatch.extract.people import is_organisation
from newswatch.models import BodySource, ExtractedArticle, PageKind, ParsedEntry

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
    if len(content.split()) >= ENOUGH_WORDS and len(content) > len(entry.summary):
        text, source = content, "feed-content"
    elif entry.summary and entry.summary != entry.title:
        text, source = tidy(entry.summary), "feed-summary"
    return ExtractedArticle(
        url=url,
        title=entry.title,
        text=text,
        body_source=source,
        method="feed",
        word_count=words_in(text),
        claimed_language=entry.language,
        language=language_of(f"{entry.title}\n{text}", entry.language),
        authors=tuple(name for name in entry.authors if not is_organisation(name)),
        organisations=tuple(name for name in entry.authors if is_organisation(name)),
        agency=next(filter(None, map(agency_named, entry.authors)), None),
        published_at=entry.published_at,
        summary=entry.summary or None,
        page_kind=page_kind,
        no_page_reason=reason,
    )
