"""Explain one feed: what comes back, what is wrong with it, what we would do. Saves nothing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin

from newswatch.errors import InputError
from newswatch.feeds.decide import PollDecision, decide_poll
from newswatch.feeds.discovery import announced_feeds
from newswatch.models import (
    FeedId,
    FeedState,
    FetchRequest,
    FetchResult,
    ParsedFeed,
    ParseFailure,
)
from newswatch.settings import Settings
from newswatch.stages.poll.poll import answer_of
from newswatch.stages.poll.saving import Answer, limits_of
from newswatch.web.fetch import Fetcher


@dataclass(frozen=True, slots=True)
class FeedCheck:
    """`decision` is what a poll would decide; `announced` the feeds that a web page points to."""

    result: FetchResult
    parsed: ParsedFeed | ParseFailure | None
    decision: PollDecision
    announced: tuple[str, ...]


def check_feed(settings: Settings, state: FeedState | None, url: str, now: datetime) -> FeedCheck:
    """Fetch `url` in full and judge it as a poll would; `state` is what is stored of it, if any."""
    known = state or FeedState(
        FeedId(0), url, False, "active", state_since=now, fetch_url=url, next_poll_at=now
    )
    answer = asyncio.run(_ask(settings, known, now))
    announced: tuple[str, ...] = ()
    if isinstance(answer.parsed, ParseFailure):
        found = announced_feeds(answer.result.body.decode("utf-8", "replace"))
        announced = tuple(urljoin(answer.result.final_url, link) for link in found)
    decision = decide_poll(known, answer.result, answer.parsed, now, limits_of(settings))
    return FeedCheck(answer.result, answer.parsed, decision, announced)


def fetch_list(settings: Settings, url: str) -> bytes:
    """The body at `url`, which a person named. Raises `InputError` if it cannot be had."""

    async def fetch() -> FetchResult:
        async with Fetcher(settings) as fetcher:
            return await fetcher.fetch(FetchRequest(url), kind="feed")

    result = asyncio.run(fetch())
    if not result.ok:
        raise InputError(
            f"{result.outcome}: {result.detail or result.status}",
            file=url,
            mend="check the address",
        )
    return result.body


async def _ask(settings: Settings, state: FeedState, now: datetime) -> Answer:
    async with Fetcher(settings) as fetcher:
        in_full = replace(state, last_body_at=None, body_hash=None)
        return await answer_of(fetcher, in_full, now)
