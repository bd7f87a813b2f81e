"""The items of a feed of any format, and the entries they become: plain texts, bounded lengths."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar

from newswatch.addresses.urls import canonical_url, fetch_url, host_of
from newswatch.models import ParsedEntry, ParsedFeed
from newswatch.text.dates import WrittenDate, read_date
from newswatch.text.excerpt import beginning
from newswatch.text.invisible import without_unseen
from newswatch.text.language import tag_of
from newswatch.text.markup import collapsed, one_line, plain_text, safe_html

MAX_ENTRIES = 2_000
MAX_TITLE = 1_000
MAX_SUMMARY = 5_000
MAX_AUTHORS = 20
MAX_AUTHOR = 400
MAX_GUID = 4_000
BODY_LENGTH = 1_000  # a description of so many characters is the article
SHORT_SUMMARY = 600

_EMAIL = re.compile(r"\S+@\S+\.\S+")
_BY = re.compile(r"^(?:by|von|par|por)\s+", re.IGNORECASE)
_MARKUP = re.compile(
    r"</[A-Za-z][\w:-]*\s*>|<(?:br|hr|img)\b[^<>]*>|<[A-Za-z]+\s[\w-]+\s*=|&(?:#\d+|[A-Za-z]+);"
)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)

Source = TypeVar("Source")


@dataclass(frozen=True, slots=True)
class Head:
    """What a feed says of itself. Relative links are resolved against the first of `bases`."""

    format: str
    title: str
    bases: tuple[str, ...]
    language: str | None = None
    problem: str | None = None
    ttl_seconds: int | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()

    @property
    def host(self) -> str:
        """Of the feed's own address."""
        return host_of(self.bases[-1])


@dataclass(frozen=True, slots=True)
class Item:
    """What a format's parser found, as it stood there; texts may hold markup, but for those named
    in `literal`."""

    guid: str
    link: str  # absolute, or empty
    title: str
    summary: str = ""
    content: str = ""
    authors: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()  # the best first
    language: str | None = None
    literal: frozenset[str] = frozenset()


def feed_of(
    head: Head,
    sources: Sequence[Source],
    *,
    dates: Callable[[Source], tuple[str, ...]],
    read: Callable[[Source], Item],
    now: datetime,
) -> ParsedFeed:
    """The feed of a document's items, each in its own form: `dates` looks at one's dates only,
    `read` at all of it."""
    problems = [head.problem] if head.problem else []
    if len(sources) > MAX_ENTRIES:
        problems.append(f"{len(sources)} entries, the newest {MAX_ENTRIES} were read")
        sources = _newest(sources, dates, head)
    return ParsedFeed(
        format=head.format,
        title=one_line(head.title)[:MAX_TITLE],
        entries=tuple(_entry(read(source), head, now) for source in sources),
        problem="; ".join(problems) or None,
        ttl_seconds=head.ttl_seconds,
        skip_hours=head.skip_hours,
        skip_days=head.skip_days,
    )


def _newest(
    sources: Sequence[Source], dates: Callable[[Source], tuple[str, ...]], head: Head
) -> Sequence[Source]:
    """As many as are read, the newest by their dates, in their order; without dates those at both
    ends, since nobody knows at which end the newest are."""
    moments = [_moment(dates(source), head) for source in sources]
    if len(set(moments)) == 1:
        half = MAX_ENTRIES // 2
        return [*sources[:half], *sources[-half:]]
    newest = sorted(range(len(sources)), key=lambda at: moments[at], reverse=True)
    return [sources[at] for at in sorted(islice(newest, MAX_ENTRIES))]


def _moment(dates: tuple[str, ...], head: Head) -> datetime:
    written = first_readable(dates, host=head.host, language=head.language)[1]
    return written.at if written else _LONG_AGO


def _entry(item: Item, head: Head, now: datetime) -> ParsedEntry:
    """The entry, its key still empty: see `identity.with_keys`."""
    summary, content_html = _summary_and_body(item)
    language = tag_of(item.language)
    raw, written = first_readable(item.dates, host=head.host, language=language)
    return ParsedEntry(
        key="",
        url=canonical_url(item.link) if item.link else None,
        link=item.link or None,
        guid=without_unseen(item.guid.strip())[:MAX_GUID] or None,
        title=beginning(
            _said(item, "title", item.title).replace("\n", " "), MAX_TITLE, whole_sentences=True
        ),
        summary=summary,
        content_html=content_html,
        authors=_authors(item.authors),
        published_at=min(written.at, now) if written else None,
        published_raw=without_unseen(raw).strip()[:200] or None,
        published_zone=written.zone if written else None,
        language=language,
        host=_page_host(item.link),
    )


def _page_host(link: str) -> str | None:
    page = fetch_url(link) if link else None
    return host_of(page) if page else None


def holds_markup(text: str) -> bool:
    """Whether a text that is said to be plain looks otherwise: an end tag, an attribute, a
    reference."""
    return _MARKUP.search(text) is not None


def first_readable(
    dates: tuple[str, ...], *, host: str, language: str | None
) -> tuple[str, WrittenDate | None]:
    """The first date that says a moment, as written and as read; else the first one as written."""
    for raw in dates:
        if written := read_date(raw, host=host, language=language):
            return raw, written
    return (dates[0] if dates else ""), None


def _said(item: Item, name: str, text: str) -> str:
    return collapsed(without_unseen(text)) if name in item.literal else plain_text(text)


def _summary_and_body(item: Item) -> tuple[str, str | None]:
    """The summary as plain text, and the body as HTML where the item carries more than that."""
    summary = "" if item.summary == item.content else _said(item, "summary", item.summary)
    body, source = plain_text(item.content), item.content
    if not body and len(summary) >= BODY_LENGTH:
        body, source, summary = summary, item.summary, ""
    if len(body) <= len(summary):
        return beginning(summary, MAX_SUMMARY, whole_sentences=True), None
    if not summary and len(body) < SHORT_SUMMARY:  # a teaser in the wrong element
        return body, None
    teaser = beginning(summary or body, SHORT_SUMMARY, whole_sentences=True)
    return teaser, safe_html(source)


def _authors(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names without addresses and "By", each once."""
    cleaned = (
        _EMAIL.sub("", one_line(name[:MAX_AUTHOR])).strip(" ()<>,;") for name in names if name
    )
    bare = (_BY.sub("", name) for name in cleaned)
    return tuple(dict.fromkeys(name for name in bare if name))[:MAX_AUTHORS]
