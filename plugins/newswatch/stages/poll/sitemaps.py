"""An index of sitemaps polled as one feed: its newest sitemaps are fetched with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from newswatch.feeds.identity import with_keys
from newswatch.models import FeedState, FetchRequest, FetchResult, ParsedFeed, ParseFailure
from newswatch.stages.poll.parsing import parse
from newswatch.web.fetch import Fetcher

# What answers alone do not tell: whether the sitemaps below have changed.
_VALIDATORS = frozenset(("etag", "last-modified"))
_ROOT = b"<sitemapindex"
_LOOKED_AT = 4_096  # bytes


def is_index(body: bytes) -> bool:
    """Whether a body is to be read again, although it is as it was."""
    return _ROOT in body[:_LOOKED_AT]


def without_validators(result: FetchResult) -> FetchResult:
    """So that the index is asked for in full each time."""
    kept = {name: said for name, said in result.headers.items() if name not in _VALIDATORS}
    return replace(result, headers=kept)


async def with_sitemaps(
    fetcher: Fetcher, state: FeedState, index: ParsedFeed, now: datetime
) -> ParsedFeed | ParseFailure:
    """The entries of the sitemaps that an index names, as those of one feed; one that cannot be
    read is told of in its problem."""
    read: list[ParsedFeed] = []
    problems: list[str] = []
    for url in index.sitemaps:
        request = FetchRequest(
            url, ports=state.ports, cookies=state.cookies, user_agent=state.user_agent
        )
        result = await fetcher.fetch(request, kind="feed")
        if not result.ok:
            problems.append(f"{url}: {result.detail or result.outcome}")
            continue
        content_type = result.headers.get("content-type")
        parsed = await parse(result.body, url=result.final_url, content_type=content_type, now=now)
        match parsed:
            case ParsedFeed():
                read.append(parsed)
            case ParseFailure():
                problems.append(f"{url}: {parsed.detail}")
    if not read:
        said = "; ".join(problems) or "it names no sitemap of these days"
        return ParseFailure("no-sitemap", f"an index of sitemaps, of which none was read: {said}")
    return replace(
        index,
        title=next((feed.title for feed in read if feed.title), index.title),
        entries=with_keys([entry for feed in read for entry in feed.entries], state.identity),
        items=sum(feed.items for feed in read),
        problem="; ".join(filter(None, (index.problem, *problems))) or None,
    )
