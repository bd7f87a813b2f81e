"""`news.feed` and `news.feed_fetch`: what is polled, how it fares, and the log of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from psycopg.rows import class_row, dict_row

from newswatch.models import FeedFetch, FeedId, FeedSpec, FeedState, RunId
from newswatch.store.server.database import Connection

Origin = Literal["watchlist", "import"]

_COLUMNS = """
    feed_id, url, urgent, state, state_since, fetch_url, next_poll_at, next_poll_reason, ports,
    state_reason, problem, etag, last_modified, body_hash, item_hashes, failures, redirect_hops,
    redirect_target, redirect_since, last_polled_at, last_outcome, last_status, last_body_at,
    last_success_at, first_entry_at, last_entry_at, entries_per_day, ttl_seconds, skip_hours,
    skip_days
"""


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
    connection: Connection, now: datetime, shard: int, shards: int, per_host: int
) -> list[FeedState]:
    """The feeds of a shard to poll now: urgent ones first, then those that wait longest.

    At most `per_host` of a host, so that a host with hundreds of feeds starves nobody; none of a
    host that asked to be left alone.
    """
    with connection.cursor(row_factory=dict_row) as cursor:
        rows = cursor.execute(
            _DUE.replace("{columns}", _COLUMNS).encode(),
            {"now": now, "shard": shard, "shards": shards, "per_host": per_host},
        ).fetchall()
    return [_state(row) for row in rows]


_DUE = """
    with due as (
        select feed.*, row_number() over (
            partition by host order by urgent desc, next_poll_at, feed_id
        ) as place
        from news.feed
        where enabled and next_poll_at <= %(now)s and shard_key %% %(shards)s = %(shard)s
          and not exists (
              select from news.feed as cooling
              where cooling.host = feed.host and cooling.state = 'throttled'
                and cooling.next_poll_at > %(now)s
          )
    )
    select {columns} from due where place <= %(per_host)s
    order by urgent desc, next_poll_at, feed_id
"""


def find_feed(connection: Connection, url: str) -> FeedState | None:
    """The feed of that address, as listed or as it moved to."""
    with connection.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute(
            f"select {_COLUMNS} from news.feed where %s in (url, fetch_url)"
            " order by feed_id limit 1".encode(),
            [url],
        ).fetchone()
    return None if row is None else _state(row)


def save_polls(
    connection: Connection, polls: Sequence[Polled], run_id: RunId | None, now: datetime
) -> None:
    """Write the states after a poll and log the polls; in the caller's transaction."""
    rows = [_poll_parameters(poll) | {"run_id": run_id, "now": now} for poll in polls]
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(_SAVE_STATE, rows)
        cursor.executemany(_SAVE_FETCH, rows)


_SAVE_STATE = """
    update news.feed set
        host = %(host)s, shard_key = %(shard_key)s, state = %(state)s,
        state_since = %(state_since)s, state_reason = %(state_reason)s,
        fetch_url = %(fetch_url)s, etag = %(etag)s, last_modified = %(last_modified)s,
        body_hash = %(body_hash)s, item_hashes = %(item_hashes)s, next_poll_at = %(next_poll_at)s,
        next_poll_reason = %(next_poll_reason)s, ttl_seconds = %(ttl_seconds)s,
        skip_hours = %(skip_hours)s, skip_days = %(skip_days)s, problem = %(problem)s,
        failures = %(failures)s, redirect_hops = %(redirect_hops)s,
        redirect_target = %(redirect_target)s, redirect_since = %(redirect_since)s,
        last_polled_at = %(last_polled_at)s, last_outcome = %(last_outcome)s,
        last_status = %(last_status)s, last_body_at = %(last_body_at)s,
        last_success_at = %(last_success_at)s, first_entry_at = %(first_entry_at)s,
        last_entry_at = %(last_entry_at)s,
        entries_per_day = %(entries_per_day)s
    where feed_id = %(feed_id)s
"""

_SAVE_FETCH = """
    insert into news.feed_fetch (
        feed_id, run_id, fetched_at, outcome, status, detail, final_url, bytes, elapsed_ms,
        entries_seen, entries_new
    ) values (
        %(feed_id)s, %(run_id)s, %(now)s, %(outcome)s, %(status)s, %(detail)s, %(final_url)s,
        %(bytes)s, %(elapsed_ms)s, %(entries_seen)s, %(entries_new)s
    )
"""


def add_feeds(
    connection: Connection, rows: Sequence[FeedRow], origin: Origin, now: datetime
) -> int:
    """Insert the feeds that are not there, due at once; how many."""
    if not rows:
        return 0
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            insert into news.feed (
                url, outlet, country, language, kind, urgent, ports, origin, host, shard_key,
                fetch_url, state_since, next_poll_at, created_at
            ) values (
                %(url)s, %(outlet)s, %(country)s, %(language)s, %(kind)s, %(urgent)s, %(ports)s,
                %(origin)s, %(host)s, %(shard_key)s, %(url)s, %(now)s, 'epoch', %(now)s
            )
            on conflict (url) do nothing
            """,
            [_spec_parameters(row) | {"origin": origin, "now": now} for row in rows],
        )
        return cursor.rowcount


def update_specs(connection: Connection, rows: Sequence[FeedRow]) -> None:
    """What the watchlist says of feeds that are there; one that it lists again is enabled again.

    A feed that was disabled by hand stays so.
    """
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.executemany(
            """
            update news.feed set
                outlet = %(outlet)s, country = %(country)s, language = %(language)s,
                kind = %(kind)s, urgent = %(urgent)s, ports = %(ports)s, origin = 'watchlist',
                enabled = disabled_by is distinct from 'hand',
                disabled_by = nullif(disabled_by, 'watchlist')
            where url = %(url)s and (
                (outlet, country, language, kind, urgent, ports, origin) is distinct from
                (%(outlet)s, %(country)s::text, %(language)s::text, %(kind)s, %(urgent)s,
                 %(ports)s::int[], 'watchlist')
                or disabled_by = 'watchlist'
            )
            """,
            [_spec_parameters(row) for row in rows],
        )


def disable_unlisted(connection: Connection, listed: Sequence[str]) -> int:
    """Stop polling the watchlist's feeds that stand there no longer; how many."""
    return connection.execute(
        "update news.feed set enabled = false, disabled_by = 'watchlist'"
        " where origin = 'watchlist' and enabled and url <> all(%s::text[])",
        [list(listed)],
    ).rowcount


def set_enabled(connection: Connection, feed_id: FeedId, enabled: bool) -> None:
    """Disable by hand, or enable again and poll at the next cycle."""
    connection.execute(
        """
        update news.feed set
            enabled = %(enabled)s,
            disabled_by = case when %(enabled)s then null else 'hand' end,
            next_poll_at = case when %(enabled)s then 'epoch' else next_poll_at end,
            next_poll_reason =
                case when %(enabled)s then 'enabled by hand' else next_poll_reason end
        where feed_id = %(feed_id)s
        """,
        {"feed_id": feed_id, "enabled": enabled},
    )


def retry_now(connection: Connection, feed_id: FeedId) -> None:
    """Poll at the next cycle, in full, whatever was said of waiting."""
    connection.execute(
        """
        update news.feed set
            next_poll_at = 'epoch', next_poll_reason = 'asked for by hand',
            state = case when state = 'throttled' then 'backing-off' else state end,
            etag = null, last_modified = null, body_hash = null, item_hashes = ''
        where feed_id = %(feed_id)s
        """,
        {"feed_id": feed_id},
    )


def feed_specs(connection: Connection) -> list[FeedSpec]:
    """Every enabled feed as a list of feeds gives it."""
    with connection.cursor(row_factory=class_row(FeedSpec)) as cursor:
        return cursor.execute(
            "select url, outlet, country, language, kind, urgent from news.feed"
            " where enabled order by outlet, url"
        ).fetchall()


def feed_health(connection: Connection) -> list[dict[str, Any]]:
    """`ops.feed_health`, in the order of outlets."""
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute("select * from ops.feed_health order by outlet, url").fetchall()


def _state(row: dict[str, Any]) -> FeedState:
    """A row of `_COLUMNS`."""
    sets = {name: frozenset(row[name]) for name in ("skip_hours", "skip_days")}
    return FeedState(**row | sets | {"ports": tuple(row["ports"])})


def _spec_parameters(row: FeedRow) -> dict[str, object]:
    spec = row.spec
    return {
        "url": spec.url,
        "outlet": spec.outlet,
        "country": spec.country,
        "language": spec.language,
        "kind": spec.kind,
        "urgent": spec.urgent,
        "ports": sorted(spec.ports),
        "host": row.host,
        "shard_key": row.shard_key,
    }


def _poll_parameters(poll: Polled) -> dict[str, object]:
    state, fetch = poll.state, poll.fetch
    names = (name for name in _COLUMNS.replace(",", " ").split())
    values: dict[str, object] = {name: getattr(state, name) for name in names}
    values |= {"skip_hours": sorted(state.skip_hours), "skip_days": sorted(state.skip_days)}
    values |= {"host": poll.host, "shard_key": poll.shard_key}
    return values | {
        "outcome": fetch.outcome,
        "status": fetch.status,
        "detail": fetch.detail,
        "final_url": fetch.final_url,
        "bytes": fetch.bytes,
        "elapsed_ms": fetch.elapsed_ms,
        "entries_seen": fetch.entries_seen,
        "entries_new": fetch.entries_new,
    }
