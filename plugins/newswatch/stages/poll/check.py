"""Look at feeds and store nothing: what comes back, what is wrong with it, what we would do."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urljoin

from newswatch.addresses.urls import host_of
from newswatch.errors import InputError
from newswatch.feeds.decide import PollDecision, decide_poll
from newswatch.feeds.discovery import announced_feeds
from newswatch.feeds.verdict import FeedVerdict, judge
from newswatch.models import (
    FeedId,
    FeedSpec,
    FeedState,
    FetchRequest,
    FetchResult,
    ParsedFeed,
    ParseFailure,
)
from newswatch.settings import Settings
from newswatch.stages.poll.discover import feeds_of
from newswatch.stages.poll.poll import answer_of
from newswatch.stages.poll.saving import Answer, limits_of
from newswatch.text.invisible import shown
from newswatch.web.fetch import Fetcher

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FeedCheck:
    """`decision` is what a poll would decide; `announced` the feeds of the site, if a web page came
    instead of one."""

    result: FetchResult
    parsed: ParsedFeed | ParseFailure | None
    decision: PollDecision
    announced: tuple[str, ...]


def check_feed(settings: Settings, state: FeedState | None, url: str, now: datetime) -> FeedCheck:
    """Fetch `url` in full and judge it as a poll would; `state` is what is stored of it, if any."""
    known = state or _unknown(FeedSpec(url, outlet=""), now)

    async def ask() -> tuple[Answer, tuple[str, ...]]:
        async with Fetcher(settings) as fetcher:
            answer = await _ask(fetcher, known, now)
            if not isinstance(answer.parsed, ParseFailure):
                return answer, ()
            result = answer.result
            return answer, await feeds_of(fetcher, result.final_url, result.body, known.ports, now)

    answer, announced = asyncio.run(ask())
    decision = decide_poll(known, answer.result, answer.parsed, now, limits_of(settings))
    return FeedCheck(answer.result, answer.parsed, decision, announced)


def check_feeds(
    settings: Settings, specs: Sequence[FeedSpec], now: datetime, done: Callable[[], None]
) -> list[FeedVerdict]:
    """How each feed stands, in their order; `done` hears of each. Hosts are asked side by side, the
    feeds of one host one after the other."""
    return asyncio.run(_check_all(settings, specs, now, done))


async def _check_all(
    settings: Settings, specs: Sequence[FeedSpec], now: datetime, done: Callable[[], None]
) -> list[FeedVerdict]:
    found: dict[str, FeedVerdict] = {}
    by_host: dict[str, list[FeedSpec]] = {}
    for spec in specs:
        by_host.setdefault(host_of(spec.url), []).append(spec)
    at_once = asyncio.Semaphore(settings.concurrency)

    async def check_host(listed: Sequence[FeedSpec]) -> None:
        async with at_once:
            for spec in listed:
                try:
                    answer = await _ask(fetcher, _unknown(spec, now), now)
                    found[spec.url] = judge(spec, answer.result, answer.parsed, _announced(answer))
                except Exception as error:  # it costs this feed only
                    log.exception("newswatch: %s could not be looked at", shown(spec.url))
                    says = f"{type(error).__name__}: {shown(str(error))}"
                    found[spec.url] = FeedVerdict(spec.url, spec.outlet, "failing", says)
                done()

    async with Fetcher(settings) as fetcher, asyncio.TaskGroup() as hosts:
        for listed in by_host.values():
            hosts.create_task(check_host(listed))
    return [found[spec.url] for spec in specs]


def _unknown(spec: FeedSpec, now: datetime) -> FeedState:
    """A feed as it is before its first poll."""
    return FeedState(
        FeedId(0),
        spec.url,
        urgent=False,
        state="active",
        state_since=now,
        fetch_url=spec.url,
        next_poll_at=now,
        ports=spec.ports,
        identity=spec.identity,
        login=spec.login,
        cookies=spec.cookies,
        user_agent=spec.user_agent,
    )


def _announced(answer: Answer) -> tuple[str, ...]:
    """The feeds that a page which came instead of one points to."""
    if not isinstance(answer.parsed, ParseFailure):
        return ()
    found = announced_feeds(answer.result.body.decode("utf-8", "replace"))
    return tuple(urljoin(answer.result.final_url, link) for link in found)


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


async def _ask(fetcher: Fetcher, state: FeedState, now: datetime) -> Answer:
    in_full = replace(state, last_body_at=None, body_hash=None)
    return await answer_of(fetcher, in_full, now)
