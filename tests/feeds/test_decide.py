"""What one poll means: states, redirects, validators, waiting. None of the states is for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newswatch.feeds.decide import (
    PollDecision,
    decide_offline,
    decide_poll,
    hash_body,
    is_unchanged,
    request_for,
)
from newswatch.feeds.identity import Changes
from newswatch.feeds.schedule import Limits
from newswatch.models import (
    FeedId,
    FeedState,
    FetchOutcome,
    FetchResult,
    ParsedEntry,
    ParsedFeed,
    ParseFailure,
)

NOW = datetime(2025, 12, 18, 12, 0, tzinfo=UTC)  # a Thursday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LIMITS = Limits(floor=timedelta(minutes=10), cap=DAY)
URL = "https://news.example.com/rss"
NEW = FeedState(FeedId(1), URL, False, "active", state_since=NOW, fetch_url=URL, next_poll_at=NOW)
KNOWN = replace(NEW, last_polled_at=NOW - HOUR, last_success_at=NOW - HOUR, last_body_at=NOW - HOUR)
FEED = ParsedFeed("rss20", "Example", ())
WALL = ParseFailure("html", "a web page came instead of a feed")


def ok(body: bytes = b"<rss/>", **headers: str) -> FetchResult:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return FetchResult(URL, URL, "ok", status=200, headers=named, body=body)


def http(status: int, retry_after: str | None = None) -> FetchResult:
    return FetchResult(URL, URL, "http-error", status=status, retry_after=retry_after)


def failed(outcome: FetchOutcome) -> FetchResult:
    return FetchResult(URL, URL, outcome, detail="as it says")


def not_modified(**headers: str) -> FetchResult:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return FetchResult(URL, URL, "not-modified", status=304, headers=named)


def after(
    state: FeedState,
    *results: FetchResult,
    parsed: ParsedFeed | ParseFailure | None = FEED,
    every: timedelta = HOUR,
) -> FeedState:
    """The state after polls that came `every` so often, the first of them NOW."""
    for number, result in enumerate(results):
        document = parsed if result.ok else None
        state = decide_poll(state, result, document, NOW + number * every, LIMITS).state
    return state


def entries(count: int, every: timedelta) -> tuple[ParsedEntry, ...]:
    return tuple(
        ParsedEntry(f"k{n}", None, None, None, "T", "", published_at=NOW - n * every)
        for n in range(count)
    )


# --- states ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("results", "state"),
    [
        ([ok()], "active"),
        ([not_modified()], "active"),
        ([http(500)], "backing-off"),
        ([http(404)] * 2, "backing-off"),
        ([http(404)] * 3, "broken"),
        ([http(500)] * 9, "backing-off"),
        ([failed("timeout")] * 9, "backing-off"),
        ([failed("refused")] * 3, "broken"),
        ([http(410)], "backing-off"),
        ([http(410)] * 2, "gone"),
        ([http(410), http(500), http(410)], "broken"),
        ([http(410), http(410), http(500)], "backing-off"),
        ([http(429)], "throttled"),
        ([http(503)], "backing-off"),
        ([http(503, "60")], "throttled"),
    ],
)
def test_states(results: list[FetchResult], state: str) -> None:
    found = after(KNOWN, *results)
    assert found.state == state
    assert (found.state_reason is None) == (state == "active")


def test_an_outage_of_days_needs_a_person() -> None:
    assert after(KNOWN, *[failed("timeout")] * 10, every=8 * HOUR).state == "broken"
    assert after(KNOWN, *[failed("timeout")] * 10, every=HOUR).state == "backing-off"


@pytest.mark.parametrize("bad", [http(500), http(410), http(404), http(429), failed("unreachable")])
def test_one_good_answer_mends_any_state(bad: FetchResult) -> None:
    worst = after(KNOWN, *[bad] * 30, every=DAY)
    found = decide_poll(worst, ok(), FEED, NOW + 40 * DAY, LIMITS).state
    assert (found.state, found.failures, found.state_reason) == ("active", 0, None)
    assert found.state_since == NOW + 40 * DAY


_ANSWERS = st.sampled_from(
    (
        *(ok(), not_modified(), http(404), http(410), http(429), http(429, "9" * 10)),
        *(http(503, "-5"), http(500), failed("timeout"), failed("refused"), failed("too-large")),
    )
)


@given(st.lists(st.tuples(_ANSWERS, st.sampled_from([FEED, WALL])), min_size=1))
def test_there_is_always_a_next_poll_and_a_reason(
    polls: list[tuple[FetchResult, ParsedFeed | ParseFailure]],
) -> None:
    state, now = NEW, NOW
    for result, document in polls:
        state = decide_poll(state, result, document if result.ok else None, now, LIMITS).state
        assert now + LIMITS.floor * 0.9 <= state.next_poll_at <= now + 7 * DAY
        assert state.next_poll_reason
        now = state.next_poll_at


def test_waiting_doubles_up_to_the_cap() -> None:
    waits = []
    for failures in range(1, 14):
        state = after(replace(KNOWN, failures=failures - 1), http(500))
        waits.append(state.next_poll_at - NOW)
    assert waits == sorted(waits)
    assert waits[0] >= LIMITS.floor
    assert waits[5] > 15 * waits[1] * 0.9
    assert 0.9 * DAY <= waits[-1] <= DAY


# --- 429 and 503 ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("3600", HOUR),
        ("0", LIMITS.floor),
        ("120", LIMITS.floor),
        ("315360000", DAY),  # ten years
        ("Thu, 18 Dec 2025 15:00:00 GMT", 3 * HOUR),
        ("Thu, 18 Dec 2035 15:00:00 GMT", DAY),
    ],
)
def test_retry_after(header: str, wait: timedelta) -> None:
    assert after(KNOWN, http(429, header)).next_poll_at == NOW + wait


@pytest.mark.parametrize("header", ["-5", "soon", "Thu, 18 Dec 2020 15:00:00 GMT", "", None])
def test_retry_after_that_says_nothing(header: str | None) -> None:
    state = after(KNOWN, http(429, header))
    assert state.state == "throttled"
    assert LIMITS.floor <= state.next_poll_at - NOW <= HOUR


# --- 410 ------------------------------------------------------------------------------------------


def test_gone_is_asked_once_a_week() -> None:
    state = after(KNOWN, http(410), http(410))
    assert timedelta(days=6) <= state.next_poll_at - (NOW + HOUR) <= timedelta(days=7)


# --- redirects ------------------------------------------------------------------------------------

THERE = "https://feeds.example.org/rss"


def moved(status: int = 301, target: str = THERE, result: FetchResult | None = None) -> FetchResult:
    return replace(result or ok(), final_url=target, redirects=((status, target),))


@pytest.mark.parametrize("status", [301, 308])
def test_a_lasting_redirect_is_believed_after_days(status: int) -> None:
    polls = [moved(status)] * 49
    assert after(KNOWN, *polls[:48]).fetch_url == URL
    found = after(KNOWN, *polls)
    assert (found.fetch_url, found.state) == (THERE, "moved")
    assert found.state_reason is not None
    assert THERE in found.state_reason


def test_few_polls_over_many_days_are_not_enough() -> None:
    assert after(KNOWN, *[moved()] * 4, every=DAY).fetch_url == URL
    assert after(KNOWN, *[moved()] * 5, every=DAY).fetch_url == THERE


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_passing_redirect_is_never_believed(status: int) -> None:
    assert after(KNOWN, *[moved(status)] * 60).fetch_url == URL


def test_only_the_lasting_part_of_a_chain_is_believed() -> None:
    chain = replace(
        ok(),
        final_url="https://cdn.example/x",
        redirects=((301, THERE), (302, "https://cdn.example/x")),
    )
    assert after(KNOWN, *[chain] * 60).fetch_url == THERE


def test_a_captive_portal_does_not_move_a_feed() -> None:
    portal = moved(target="https://login.hotel.example/")
    assert after(KNOWN, *[portal] * 60, parsed=WALL).fetch_url == URL
    state = after(KNOWN, portal)
    assert (state.fetch_url, state.redirect_hops) == (URL, 1)
    assert after(state, ok()).redirect_hops == 0


def test_a_target_that_changes_is_counted_anew() -> None:
    other = moved(target="https://third.example/rss")
    assert after(KNOWN, *[moved(), other] * 30).fetch_url == URL


def test_a_move_that_fails_is_taken_back() -> None:
    state = after(KNOWN, *[moved()] * 49)
    at_target = replace(http(404), request_url=THERE, final_url=THERE)
    assert after(state, at_target, at_target).fetch_url == THERE
    found = after(state, at_target, at_target, at_target)
    assert (found.fetch_url, found.etag) == (URL, None)


# --- validators -----------------------------------------------------------------------------------


def test_validators_are_taken_from_every_good_answer() -> None:
    state = after(KNOWN, ok(etag='"1"', last_modified="Mon"))
    assert (state.etag, state.last_modified) == ('"1"', "Mon")
    assert after(state, not_modified(etag='"2"')).etag == '"2"'
    assert after(state, not_modified()).etag == '"1"'
    assert after(state, ok(etag='"3"'), parsed=None).etag == '"3"'  # the same body
    assert after(state, ok()).etag is None


@pytest.mark.parametrize("bad", [http(500), http(410), failed("timeout"), ok(etag='"wall"')])
def test_validators_survive_a_bad_answer(bad: FetchResult) -> None:
    state = after(KNOWN, ok(etag='"1"'))
    found = after(state, bad, parsed=WALL)
    assert (found.etag, found.body_hash) == ('"1"', hash_body(b"<rss/>"))


def test_a_page_instead_of_a_feed_is_no_last_body() -> None:
    wall = ok(b"<html>consent</html>")
    assert not is_unchanged(after(KNOWN, wall, parsed=WALL), wall)


def test_requests_are_conditional_but_once_a_day() -> None:
    state = after(KNOWN, ok(etag='"1"', last_modified="Mon"))
    request = request_for(state, NOW + HOUR)
    assert (request.url, request.etag, request.last_modified) == (URL, '"1"', "Mon")
    full = request_for(state, NOW + DAY)
    assert (full.etag, full.last_modified) == (None, None)
    assert request_for(NEW, NOW).etag is None


def test_the_same_body_is_unchanged() -> None:
    state = after(KNOWN, ok(b"<rss>1</rss>"))
    assert is_unchanged(state, ok(b"<rss>1</rss>"))
    assert not is_unchanged(state, ok(b"<rss>2</rss>"))
    assert not is_unchanged(state, not_modified())
    decision = decide_poll(state, ok(b"<rss>1</rss>"), None, NOW, LIMITS)
    assert decision.fetch.outcome == "unchanged"


# --- when next ------------------------------------------------------------------------------------


def wait(
    state: FeedState = KNOWN,
    result: FetchResult | None = None,
    parsed: ParsedFeed = FEED,
    new: int = 0,
) -> tuple[timedelta, str]:
    changes = Changes(new=entries(new, HOUR))
    result = result or ok()
    document = parsed if result.ok else None
    found = decide_poll(state, result, document, NOW, LIMITS, changes).state
    return found.next_poll_at - NOW, found.next_poll_reason


def paced(per_day: float) -> FeedState:
    return replace(KNOWN, entries_per_day=per_day, last_success_at=NOW)


@pytest.mark.parametrize(
    ("per_day", "longest"),
    [(200, timedelta(minutes=10)), (24, timedelta(minutes=15)), (6, HOUR), (1, 6 * HOUR), (0, DAY)],
)
def test_the_pace_sets_the_interval(per_day: float, longest: timedelta) -> None:
    found, reason = wait(paced(per_day))
    assert max(LIMITS.floor, 0.9 * longest) <= found <= longest
    assert "entries a day" in reason


def test_the_first_document_tells_the_pace() -> None:
    busy = replace(FEED, entries=entries(40, timedelta(minutes=30)))
    idle = replace(FEED, entries=entries(40, 5 * DAY))
    undated = replace(FEED, entries=entries(40, timedelta(0)))
    assert wait(NEW, parsed=busy)[0] <= timedelta(minutes=20)
    assert wait(NEW, parsed=idle)[0] >= 0.9 * DAY
    assert wait(NEW, parsed=undated)[0] <= HOUR


def test_the_pace_follows_what_comes() -> None:
    state = paced(2.0)
    for hour in range(1, 49):
        changes = Changes(new=entries(4, HOUR))
        state = decide_poll(state, ok(), FEED, NOW + hour * HOUR, LIMITS, changes).state
    assert state.entries_per_day is not None
    assert 50 < state.entries_per_day < 96


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"cache_control": "public, max-age=28800"}, 8 * HOUR),
        ({"cache_control": "max-age=28800", "age": "3600"}, 7 * HOUR),
        (
            {"expires": "Thu, 18 Dec 2025 20:00:00 GMT", "date": "Thu, 18 Dec 2025 12:00:00 GMT"},
            8 * HOUR,
        ),
        ({"cache_control": "no-cache", "expires": "Thu, 18 Dec 2025 20:00:00 GMT"}, 6 * HOUR),
        ({"expires": "-1"}, 6 * HOUR),
        ({"cache_control": "max-age=999999999"}, DAY),
    ],
)
def test_caching_headers(headers: dict[str, str], expected: timedelta) -> None:
    assert 0.9 * expected <= wait(paced(1.0), ok(**headers))[0] <= expected


def test_what_the_feed_asks_for() -> None:
    found, reason = wait(paced(1.0), parsed=replace(FEED, ttl_seconds=12 * 3600))
    assert 0.9 * 12 * HOUR <= found <= 12 * HOUR
    assert "asks for 12 h" in reason


def test_a_304_keeps_what_the_feed_asked_for() -> None:
    state = replace(paced(1.0), ttl_seconds=12 * 3600)
    assert wait(state, not_modified())[0] >= 0.9 * 12 * HOUR


def test_a_busy_feed_is_polled_each_hour_whatever_it_asks() -> None:
    found, reason = wait(paced(40.0), parsed=replace(FEED, ttl_seconds=86_400))
    assert 0.9 * HOUR <= found <= HOUR
    assert "yet it brings 40 entries a day" in reason


def test_hours_and_days_without_news_are_passed_over() -> None:
    quiet = replace(FEED, skip_hours=frozenset(range(12, 18)))
    found, reason = wait(paced(24.0), parsed=quiet)
    assert NOW + found == NOW.replace(hour=18)
    assert "skipHours" in reason
    friday = NOW + DAY - timedelta(minutes=1)
    state = replace(paced(24.0), skip_days=frozenset({4, 5}))
    later = decide_poll(state, not_modified(), None, friday, LIMITS).state.next_poll_at
    assert later <= friday + LIMITS.cap


def test_a_feed_that_is_always_silent_is_polled_all_the_same() -> None:
    silent = replace(FEED, skip_hours=frozenset(range(24)), skip_days=frozenset(range(7)))
    assert wait(paced(24.0), parsed=silent)[0] <= DAY


def test_urgent_feeds_are_due_at_every_cycle() -> None:
    urgent = replace(paced(0.1), urgent=True)
    assert wait(urgent, parsed=replace(FEED, ttl_seconds=86_400))[0] <= timedelta(seconds=1)
    assert after(urgent, http(500)).next_poll_at >= NOW + LIMITS.floor * 0.9


def test_jitter_spreads_feeds_and_is_the_same_each_time() -> None:
    times = {
        wait(replace(paced(1.0), url=f"{URL}/{n}", fetch_url=f"{URL}/{n}"))[0] for n in range(50)
    }
    assert len(times) == 50
    assert all(0.9 * 6 * HOUR <= found <= 6 * HOUR for found in times)
    assert wait(paced(1.0)) == wait(paced(1.0))


# --- the log, and we ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("result", "parsed", "outcome", "detail"),
    [
        (ok(), FEED, "ok", ""),
        (ok(), replace(FEED, problem="malformed"), "ok", "malformed"),
        (ok(), WALL, "parse-failure", "html: a web page came instead of a feed"),
        (not_modified(), None, "not-modified", ""),
        (failed("timeout"), None, "timeout", "as it says"),
    ],
)
def test_the_log(
    result: FetchResult, parsed: ParsedFeed | ParseFailure | None, outcome: str, detail: str
) -> None:
    fetch = decide_poll(KNOWN, result, parsed, NOW, LIMITS).fetch
    assert (fetch.outcome, fetch.detail, fetch.status) == (outcome, detail, result.status)


def test_an_outage_of_ours_changes_no_state() -> None:
    decisions: list[PollDecision] = [
        decide_offline(replace(KNOWN, url=f"{URL}/{n}"), failed("unreachable"), NOW, LIMITS)
        for n in range(50)
    ]
    assert {(d.state.state, d.state.failures) for d in decisions} == {("active", 0)}
    assert len({d.state.next_poll_at for d in decisions}) == 50
    assert all(LIMITS.floor <= d.state.next_poll_at - NOW <= 2 * LIMITS.floor for d in decisions)
