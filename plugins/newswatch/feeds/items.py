"""One item of a feed of any format, and the entry it becomes: plain texts, bounded lengths."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from newswatch.addresses.urls import canonical_url, host_of
from newswatch.models import ParsedEntry
from newswatch.text.dates import WrittenDate, read_date
from newswatch.text.excerpt import beginning
from newswatch.text.invisible import without_unseen
from newswatch.text.language import tag_of
from newswatch.text.markup import one_line, plain_text, safe_html

MAX_TITLE = 1_000
MAX_SUMMARY = 5_000
MAX_AUTHORS = 20
MAX_LINK = 4_000
BODY_LENGTH = 1_000  # a description of so many characters is the article
SHORT_SUMMARY = 600

_EMAIL = re.compile(r"\S+@\S+\.\S+")


@dataclass(frozen=True, slots=True)
class Item:
    """What a format's parser found, as it stood there; texts may hold markup."""

    guid: str
    link: str
    title: str
    summary: str
    content: str = ""
    authors: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()  # the best first
    language: str | None = None


def build_entry(item: Item, *, url: str, now: datetime) -> ParsedEntry:
    """The entry, its key still empty: see `identity.with_keys`. `url` is the feed's own address."""
    summary, content_html = _summary_and_body(item)
    link = _link(item.link, url)
    language = tag_of(item.language)
    raw, written = first_readable(item.dates, host=host_of(url), language=language)
    return ParsedEntry(
        key="",
        url=canonical_url(link) if link else None,
        link=link,
        guid=without_unseen(item.guid.strip())[:MAX_LINK] or None,
        title=beginning(one_line(item.title), MAX_TITLE, whole_sentences=True),
        summary=summary,
        content_html=content_html,
        authors=_authors(item.authors),
        published_at=min(written.at, now) if written else None,
        published_raw=without_unseen(raw).strip()[:200] or None,
        published_zone=written.zone if written else None,
        language=language,
    )


def first_readable(
    dates: tuple[str, ...], *, host: str, language: str | None
) -> tuple[str, WrittenDate | None]:
    """The first date that says a moment, as written and as read; else the first one as written."""
    for raw in dates:
        if written := read_date(raw, host=host, language=language):
            return raw, written
    return (dates[0] if dates else ""), None


def _summary_and_body(item: Item) -> tuple[str, str | None]:
    """The summary as plain text, and the body as HTML where the item carries more than that."""
    summary = "" if item.summary == item.content else plain_text(item.summary)
    body, source = plain_text(item.content), item.content
    if not body and len(summary) >= BODY_LENGTH:
        body, source, summary = summary, item.summary, ""
    if len(body) <= len(summary):
        return beginning(summary, MAX_SUMMARY, whole_sentences=True), None
    if not summary and len(body) < SHORT_SUMMARY:  # a teaser in the wrong element
        return body, None
    teaser = beginning(summary or body, SHORT_SUMMARY, whole_sentences=True)
    return teaser, safe_html(source)


def _link(raw: str, base: str) -> str | None:
    """The link as published; a relative one resolved."""
    link = without_unseen(raw).strip()
    if not link:
        return None
    try:
        return urljoin(base, link)[:MAX_LINK]
    except ValueError:
        return None


def _authors(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names without addresses and "By", each once."""
    cleaned = (_EMAIL.sub("", one_line(name[:400])).strip(" ()<>,;") for name in names)
    bare = (re.sub(r"^(?:by|von|par|por)\s+", "", name, flags=re.IGNORECASE) for name in cleaned)
    return tuple(dict.fromkeys(name for name in bare if name))[:MAX_AUTHORS]
