"""What one poll means for a feed: its state, what is stored, when to ask again. None of the states
is for ever: each has a next poll, and one good answer makes the feed active again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from newswatch.feeds.identity import NO_CHANGES, Changes
from newswatch.feeds.schedule import (
    Limits,
    backoff,
    jittered,
    measured_pace,
    next_poll,
    published_pace,
    retry_after,
)
from newswatch.models import (
    FeedCondition,
    FeedFetch,
    FeedState,
    FetchRequest,
    FetchResult,
    ParsedFeed,
    ParseFailure,
)
from newswatch.text.invisible import without_unseen

MOVED_AFTER_POLLS = 5  # so many polls in a row ...
MOVED_AFTER = timedelta(days=2)  # ... over so long, before a permanent redirect is believed
LEFT_AFTER_FAILURES = 3  # then the address that it moved to is given up again
GONE_RETRY = timedelta(days=7)
FULL_GET_AFTER = timedelta(days=1)  # some servers answer 304 for ever
BROKEN_AFTER = 3  # what only a person can mend
BROKEN_AFTER_PASSING = 10  # what mostly passes by itself ...
BROKEN_AFTER_SILENCE = timedelta(days=3)  # ... and no success for so long
NEVER_READ = "it says that nothing has changed (304), but nothing of it was ever read"

_PASSING = frozenset({"timeout", "unreachable"})


@dataclass(frozen=True, slots=True)
class PollDecision:
    """To be saved in one transaction, the validators with the entries they stand for."""

    state: FeedState
    fetch: FeedFetch
    changes: Changes = NO_CHANGES


def request_for(state: FeedState, now: datetime) -> FetchRequest:
    """The conditional GET for a feed; now and then an unconditional one."""
    full = _is_in_full(state, now)
    return FetchRequest(
        state.fetch_url,
        etag=None if full else state.etag,
        last_modified=None if full else state.last_modified,
        ports=state.ports,
        login=state.login,
        cookies=state.cookies,
        user_agent=state.user_agent,
    )


def seen_items(state: FeedState, now: datetime) -> bytes:
    """The hashes of items that need not be parsed again; now and then none."""
    return b"" if _is_in_full(state, now) else state.item_hashes


def _is_in_full(state: FeedState, now: datetime) -> bool:
    return state.last_body_at is None or now - state.last_body_at >= FULL_GET_AFTER


def hash_body(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=16).digest()


def is_unchanged(state: FeedState, result: FetchResult) -> bool:
    """Whether the body is the last one again, which need not be parsed."""
    return result.ok and state.body_hash is not None and hash_body(result.body) == state.body_hash


def decide_poll(
    state: FeedState,
    result: FetchResult,
    parsed: ParsedFeed | ParseFailure | None,
    now: datetime,
    limits: Limits,
    changes: Changes = NO_CHANGES,
) -> PollDecision:
    """`parsed` is None if there was no document, or the last one again; `changes` is what of its
    entries is not stored yet."""
    if result.outcome == "not-modified" and state.last_body_at is None:
        result = replace(result, outcome="protocol", detail=NEVER_READ)
    fetch = _log(result, parsed, changes)
    since = state.state_since if state.last_polled_at else now
    after = replace(
        state,
        state_since=since,
        last_polled_at=now,
        last_outcome=fetch.outcome,
        last_status=result.status,
    )
    if isinstance(parsed, ParseFailure) or result.outcome not in ("ok", "not-modified"):
        return PollDecision(_failed(after, state, result, fetch, now, limits), fetch)
    after = _answered(after, result, parsed, now, len(changes.new))
    after = _redirected(after, result, now)
    after = _in_state(after, *_working_state(after), now)
    planned = next_poll(after, result.headers, now, limits)
    after = replace(after, next_poll_at=planned.at, next_poll_reason=planned.reason)
    return PollDecision(after, fetch, changes)


def decide_offline(
    state: FeedState, result: FetchResult, now: datetime, limits: Limits
) -> PollDecision:
    """For a failure that is ours, since most hosts failed at once: the state stays, the next polls
    are spread."""
    wait = limits.floor + (limits.floor - jittered(limits.floor, state.url)) * 10
    after = replace(
        state,
        last_polled_at=now,
        next_poll_at=now + wait,
        next_poll_reason="we seemed to be offline: most hosts failed at once",
    )
    return PollDecision(after, _log(result, None, NO_CHANGES))


def asks_to_wait(result: FetchResult) -> bool:
    """Whether the host wants to be left alone: 429, or 503 with a time."""
    return result.status == 429 or (result.status == 503 and result.retry_after is not None)


def _log(
    result: FetchResult, parsed: ParsedFeed | ParseFailure | None, changes: Changes
) -> FeedFetch:
    outcome, detail, seen = str(result.outcome), result.detail, 0
    match parsed:
        case ParseFailure():
            outcome, detail = "parse-failure", f"{parsed.reason}: {parsed.detail}"
        case ParsedFeed():
            detail, seen = parsed.problem or "", parsed.items
        case None if result.ok:
            outcome = "unchanged"
    return FeedFetch(
        outcome=outcome,
        status=result.status,
        detail=without_unseen(detail)[:500],
        final_url=result.final_url,
        bytes=len(result.body),
        elapsed_ms=result.elapsed_ms,
        entries_seen=seen,
        entries_new=len(changes.new),
    )


def _answered(
    state: FeedState, result: FetchResult, parsed: ParsedFeed | None, now: datetime, new: int
) -> FeedState:
    """Validators are taken from every good answer: a new ETag can come with the same body."""
    etag, modified = result.headers.get("etag"), result.headers.get("last-modified")
    pace = measured_pace(state, new, now)
    if result.outcome == "not-modified":
        state = replace(
            state, etag=etag or state.etag, last_modified=modified or state.last_modified
        )
    else:
        state = replace(
            state,
            etag=etag,
            last_modified=modified,
            body_hash=hash_body(result.body),
            last_body_at=now,
        )
    if parsed is not None:
        pace = published_pace(parsed, now) if pace is None else pace
        state = replace(
            state,
            problem=parsed.problem,
            item_hashes=parsed.item_hashes,
            first_entry_at=state.first_entry_at or _oldest(parsed),
            ttl_seconds=parsed.ttl_seconds,
            skip_hours=parsed.skip_hours,
            skip_days=parsed.skip_days,
        )
    return replace(
        state,
        failures=0,
        last_success_at=now,
        last_entry_at=now if new else state.last_entry_at,
        entries_per_day=pace,
    )


def _oldest(parsed: ParsedFeed) -> datetime | None:
    return min((entry.published_at for entry in parsed.entries if entry.published_at), default=None)


def _redirected(state: FeedState, result: FetchResult, now: datetime) -> FeedState:
    """Count permanent redirects of answers that were good; believe them after enough of them."""
    target = lasting_target(result)
    if target is None or target == state.fetch_url:
        return replace(state, redirect_hops=0, redirect_target=None, redirect_since=None)
    if target != state.redirect_target or state.redirect_since is None:
        return replace(state, redirect_hops=1, redirect_target=target, redirect_since=now)
    hops = state.redirect_hops + 1
    if hops < MOVED_AFTER_POLLS or now - state.redirect_since < MOVED_AFTER:
        return replace(state, redirect_hops=hops)
    return replace(
        state, fetch_url=target, redirect_hops=0, redirect_target=None, redirect_since=None
    )


def lasting_target(result: FetchResult) -> str | None:
    """Where the permanent redirects lead, up to the first that is not."""
    target = None
    for status, url in result.redirects:
        if status not in (301, 308):
            break
        target = url
    return target


def _working_state(state: FeedState) -> tuple[FeedCondition, str | None]:
    if state.fetch_url != state.url:
        return "moved", f"it answers at {state.fetch_url}; change the address in the watchlist"
    return "active", None


def _failed(
    state: FeedState,
    before: FeedState,
    result: FetchResult,
    fetch: FeedFetch,
    now: datetime,
    limits: Limits,
) -> FeedState:
    """After an answer that is no feed, or none."""
    state = replace(state, failures=state.failures + 1)
    if state.failures >= LEFT_AFTER_FAILURES and state.fetch_url != state.url:
        state = replace(state, fetch_url=state.url, etag=None, last_modified=None, body_hash=None)
    what = _what(result, fetch)
    asked = retry_after(result.retry_after, now)
    if result.status == 429 or (result.status == 503 and asked is not None):
        return _throttled(state, what, asked, now, limits)
    if result.status == 410 and (before.last_status == 410 or before.state == "gone"):
        state = _in_state(state, "gone", "it says that it is gone for good (410)", now)
        return _again(state, now + jittered(GONE_RETRY, state.url), "gone; asked once a week")
    condition: FeedCondition = "broken" if _needs_a_person(state, fetch) else "backing-off"
    state = _in_state(state, condition, what, now)
    wait = backoff(state.failures, state.url, limits)
    times = "once" if state.failures == 1 else f"{state.failures} times in a row"
    return _again(state, now + wait, f"failed {times}: {what}")


def _throttled(
    state: FeedState, what: str, asked: timedelta | None, now: datetime, limits: Limits
) -> FeedState:
    """Wait as long as asked, within the limits; its host's other feeds wait with it."""
    if asked is None:
        wait, reason = backoff(state.failures + 1, state.url, limits), f"{what}, without a time"
    else:
        wait = min(max(asked, limits.floor), limits.cap)
        reason = f"{what}, asked to wait {asked.total_seconds():.0f} s"
    return _again(_in_state(state, "throttled", what, now), now + wait, reason)


def _needs_a_person(state: FeedState, fetch: FeedFetch) -> bool:
    passing = fetch.outcome in _PASSING or (
        fetch.status is not None and (fetch.status >= 500 or fetch.status in (408, 425, 429))
    )
    if not passing:
        return state.failures >= BROKEN_AFTER
    since = state.last_success_at or state.state_since
    silent = state.last_polled_at is not None and state.last_polled_at - since
    return state.failures >= BROKEN_AFTER_PASSING and bool(
        silent and silent >= BROKEN_AFTER_SILENCE
    )


def _what(result: FetchResult, fetch: FeedFetch) -> str:
    if fetch.outcome == "http-error":
        return f"HTTP {result.status}"
    return f"{fetch.outcome}: {fetch.detail}" if fetch.detail else fetch.outcome


def _in_state(
    state: FeedState, condition: FeedCondition, reason: str | None, now: datetime
) -> FeedState:
    since = state.state_since if state.state == condition else now
    return replace(state, state=condition, state_since=since, state_reason=reason)


def _again(state: FeedState, at: datetime, reason: str) -> FeedState:
    return replace(state, next_poll_at=at, next_poll_reason=reason)
