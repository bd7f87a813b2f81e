"""`news.feed` and `news.feed_fetch`: what is polled, how it fares, and the log of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from newswatch.models import FeedFetch, FeedId, FeedSpec, FeedState, RunId
from newswatch.store import rows
from newswatch.store.parked import DUE_OF_FEED, Tries, held
from newswatch.store.server.database import Connection

Origin = Literal["watchlist", "import"]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # is due, whatever the time

_STATE = rows.columns(FeedState)
_FETCH = rows.columns(FeedFetch)
_PLACE = ("host", "shard_key")
# By the list of feeds; no poll changes them.
_GIVEN = ("feed_id", "url", "urgent", "ports", "identity", "login", "cookies", "user_agent")
_LISTED = rows.columns(FeedSpec, but=("url",))


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed of a list, with where its host puts it."""

    spec: FeedSpec
    host: str
    shard_key: int


@dataclass(frozen=True, slots=True)
class Polled:
    """A feed's state after a poll, with the log of it."""

    state: FeedState
    fetch: FeedFetch
    host: str
    shard_key: int


def due_feeds(
    connection: Connection, tries: Tries, shard: int, shards: int, per_host: int
) -> list[FeedState]:
    """The feeds of a shard to poll now, those with a parked item to be tried again among them:
    urgent ones first, then those that wait longest.

    At most `per_host` of a host, so that a host with hundreds of feeds starves nobody; none of a
    host that asked to be left alone.
    """
    return rows.read(
        connection,
        FeedState,
        f"""
        with due as (
            select feed.*, row_number() over (
                partition by host order by urgent desc, next_poll_at, feed_id
            ) as place
            from news.feed
            where enabled and shard_key %% %(shards)s = %(shard)s
              and (next_poll_at <= %(now)s or {DUE_OF_FEED}) and not {held("poll", "feed")}
              and not exists (
                  select from news.feed as cooling
                  where cooling.host = feed.host and cooling.state = 'throttled'
                    and cooling.next_poll_at > %(now)s
              )
        )
        select {rows.listed(_STATE)} from due where place <= %(per_host)s
        order by urgent desc, next_poll_at, feed_id
        """,
        rows.parameters(tries, shard=shard, shards=shards, per_host=per_host),
    )


def find_feed(connection: Connection, url: str) -> FeedState | None:
    """The feed of that address, as listed or as it moved to."""
    return rows.first(
        connection,
        FeedState,
        f"select {rows.listed(_STATE)} from news.feed where %s in (url, fetch_url)"
        " order by feed_id limit 1",
        [url],
    )


def save_polls(
    connection: Connection, polls: Sequence[Polled], run_id: RunId | None, now: datetime
) -> None:
    """Write the states after a poll and log the polls; in the caller's transaction."""
    changed = [name for name in (*_STATE, *_PLACE) if name not in _GIVEN]
    rows.write(
        connection,
        f"update news.feed set {rows.assigned(changed)} where feed_id = %(feed_id)s",
        [rows.parameters(poll.state, host=poll.host, shard_key=poll.shard_key) for poll in polls],
    )
    rows.write(
        connection,
        rows.insert("news.feed_fetch", (*_FETCH, "feed_id", "run_id", "fetched_at")),
        [
            rows.parameters(poll.fetch, feed_id=poll.state.feed_id, run_id=run_id, fetched_at=now)
            for poll in polls
        ],
    )


def add_feeds(
    connection: Connection, listed: Sequence[FeedRow], origin: Origin, now: datetime
) -> int:
    """Insert the feeds that are not there, due at once; how many."""
    beside = ("origin", "fetch_url", "state_since", "created_at", "next_poll_at")
    return rows.write(
        connection,
        rows.insert("news.feed", ("url", *_LISTED, *_PLACE, *beside))
        + "on conflict (url) do nothing",
        [
            _parameters(row)
            | {
                "origin": origin,
                "fetch_url": row.spec.url,
                "state_since": now,
                "created_at": now,
                "next_poll_at": EPOCH,
            }
            for row in listed
        ],
    )


def update_specs(connection: Connection, listed: Sequence[FeedRow]) -> None:
    """Write what the watchlist says of stored feeds; a feed that it lists again is enabled again.

    A feed that was disabled by hand stays so.
    """
    rows.write(
        connection,
        f"""
        with listed as (
            select {rows.listed(_LISTED)}
            from jsonb_populate_record(null::news.feed, %(row)s)
        )
        update news.feed set
            {rows.taken_from("listed", _LISTED)}, origin = 'watchlist',
            enabled = disabled_by is distinct from 'hand',
            disabled_by = nullif(disabled_by, 'watchlist')
        from listed
        where url = %(url)s and (
            (feed.origin, {rows.listed(_LISTED, of="feed")})
                is distinct from ('watchlist', {rows.listed(_LISTED, of="listed")})
            or disabled_by = 'watchlist'
        )
        """,
        [{"url": row.spec.url, "row": _parameters(row)} for row in listed],
    )


def disable_unlisted(connection: Connection, listed: Sequence[str]) -> int:
    """Stop polling the watchlist's feeds that stand there no longer; how many."""
    return connection.execute(
        "update news.feed set enabled = false, disabled_by = 'watchlist'"
        " where origin = 'watchlist' and enabled and url <> all(%s::text[])",
        [list(listed)],
    ).rowcount


def url_of(connection: Connection, feed_id: FeedId) -> str | None:
    found: str | None = rows.first_value(
        connection, "select url from news.feed where feed_id = %s", [feed_id]
    )
    return found


def set_enabled(connection: Connection, feed_id: FeedId, enabled: bool, reason: str) -> None:
    """Disable a feed by hand, or enable it again, due at the next cycle; the reason stands where
    that of its next poll stands."""
    connection.execute(
        """
        update news.feed set
            enabled = %(enabled)s,
            disabled_by = case when %(enabled)s then null else 'hand' end,
            next_poll_at = case when %(enabled)s then 'epoch' else next_poll_at end,
            next_poll_reason = %(reason)s
        where feed_id = %(feed_id)s
        """,
        {"feed_id": feed_id, "enabled": enabled, "reason": reason},
    )


def set_facts(connection: Connection, feed_id: FeedId, facts: Mapping[str, str]) -> None:
    """Country, language or outlet of a feed that no file lists."""
    if not facts:
        return
    rows.write(
        connection,
        f"update news.feed set {rows.assigned(list(facts))} where feed_id = %(feed_id)s",
        [dict(facts) | {"feed_id": feed_id}],
    )


def move_feed(connection: Connection, url: str, target: str, host: str, shard_key: int) -> None:
    """Give a feed the address that it moved to, under which what it brought stays its own; one that
    has it already is left alone."""
    connection.execute(
        """
        update news.feed set
            url = %(target)s, fetch_url = %(target)s, host = %(host)s, shard_key = %(shard_key)s,
            state = 'active', state_reason = null,
            redirect_hops = 0, redirect_target = null, redirect_since = null
        where url = %(url)s
          and not exists (select from news.feed other where other.url = %(target)s)
        """,
        {"url": url, "target": target, "host": host, "shard_key": shard_key},
    )


def retry_now(connection: Connection, feed_id: FeedId, reason: str) -> None:
    """Make a feed due at the next cycle, to be read in full, whatever was said of waiting."""
    connection.execute(
        """
        update news.feed set
            next_poll_at = 'epoch', next_poll_reason = %(reason)s,
            state = case when state = 'throttled' then 'backing-off' else state end,
            etag = null, last_modified = null, body_hash = null, item_hashes = ''
        where feed_id = %(feed_id)s
        """,
        {"feed_id": feed_id, "reason": reason},
    )


def feed_specs(connection: Connection) -> list[FeedSpec]:
    """Every enabled feed as a list of feeds gives it."""
    return rows.read(
        connection,
        FeedSpec,
        f"select url, {rows.listed(_LISTED)} from news.feed where enabled order by outlet, url",
    )


def feed_health(connection: Connection) -> list[dict[str, Any]]:
    """`ops.feed_health`, in the order of outlets."""
    return rows.objects(connection, "select * from ops.feed_health order by outlet, url")


def _parameters(row: FeedRow) -> dict[str, object]:
    return rows.parameters(row.spec, host=row.host, shard_key=row.shard_key)
