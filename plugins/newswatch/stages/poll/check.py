"""Look at feeds and store nothing: what comes back, what is wrong with it, what we would do."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
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


def explained(found: FeedCheck, state: FeedState | None) -> Iterator[tuple[str, str]]:
    """For people: what was asked and came back, and what a poll would make of it; in lines, each
    under a word."""
    result, after = found.result, found.decision.state
    yield "requested", result.request_url
    for redirected, target in result.redirects:
        yield "redirect", f"{redirected} to {target}"
    status = f", HTTP {result.status}" if result.status else ""
    detail = f": {result.detail}" if result.detail else ""
    size = f"{len(result.body):,} bytes in {result.elapsed_ms} ms"
    yield "answer", f"{result.outcome}{status}, {size}{detail}"
    match found.parsed:
        case ParsedFeed() as parsed:
            yield from _of_document(parsed)
        case ParseFailure() as failure:
            yield "document", f"{failure.reason}: {failure.detail}"
    for url in found.announced:
        yield "announces", url
    known = f"{state.state} since {_at(state.state_since)}" if state else "not in the database"
    yield "stored", known
    reason = f": {after.state_reason}" if after.state_reason else ""
    yield "a poll now", f"{after.state}{reason}"
    yield "next poll", f"{_at(after.next_poll_at)}: {after.next_poll_reason}"


def _of_document(parsed: ParsedFeed) -> Iterator[tuple[str, str]]:
    dates = [entry.published_at for entry in parsed.entries if entry.published_at]
    bodies = sum(1 for entry in parsed.entries if entry.content_html)
    newest = f", the newest of {_at(max(dates))}" if dates else ""
    counted = f"{len(parsed.entries)}, {bodies} with a body, {len(dates)} with a date"
    yield "document", f"{parsed.format}, “{parsed.title}”"
    yield "entries", f"{counted}{newest}"
    for entry in parsed.entries[:3]:
        yield "", entry.title
    if parsed.problem:
        yield "problem", parsed.problem


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}Z"
