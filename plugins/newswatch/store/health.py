"""What the checks of health look at; no statement reads more the longer rows are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from newswatch.models.health import (
    BacklogHealth,
    DatabaseHealth,
    EditionHealth,
    FeedHealth,
    FlagsHealth,
    JobHealth,
    ParkedHealth,
    RunFailure,
    StageHealth,
    WrongRow,
)
from newswatch.store import rows
from newswatch.store.server.database import Connection, scalar

DAYS_COUNTED = 28  # of each feed

# By the order of rows: a clock that was set makes none of times.
_LAST_END = """
    select ended_at from news.stage_run where ended_at is not null
    order by stage_run_id desc limit 1
"""
_JOBS = """
    select job,
           (select started_at from news.stage_run where stage = job
            order by started_at limit 1) as began_at,
           (select ended_at from news.stage_run where stage = job and ended_at is not null
            order by stage_run_id desc limit 1) as finished_at
    from unnest(array['load', 'send_digest', 'maintain']) as job
"""
_STAGES = """
    with execution as (
        select stage, max(extract(epoch from ended_at - started_at)) as seconds,
               min(started_at) as began_at
        from news.stage_run
        where started_at > %(now)s - interval '7 days' and ended_at is not null
          and stage <> 'reflag'
        group by stage, run_id
    ),
    numbered as (
        select stage, seconds, row_number() over (partition by stage order by began_at desc) as back
        from execution
    )
    select stage::text, min(seconds) filter (where back <= 3)::double precision as latest,
           coalesce(percentile_cont(0.5) within group (order by seconds) filter (where back > 3), 0)
               as median,
           count(*) filter (where back > 3) as runs
    from numbered group by stage order by stage
"""
_FEEDS = """
    select url, outlet, state::text, state_reason, last_success_at, last_entry_at,
           coalesce(daily, '{}') as daily, counted_at
    from news.feed left join news.feed_volume using (feed_id)
    where enabled order by url
"""
_BACKLOG = """
    select 'extract' as stage, count(*) as waiting, min(next_attempt_at) as oldest
    from news.entry where status = 'pending' and next_attempt_at <= %(now)s
      and not exists (select from news.parked where stage = 'extract'
                      and parked.entry_id = entry.entry_id)
    union all
    select stage, waiting, oldest from ops.backlog where stage not in ('extract', 'parked')
"""
_PARKED = """
    select stage::text, kind::text, count(*) as items,
           (array_agg(error order by last_at desc))[1] as example
    from news.parked where kind <> 'wrong' group by stage, kind order by stage, kind
"""
_EDITIONS = """
    select subscriber, local_date, state::text, attempts, last_error,
           greatest(built_at, case when state = 'pending' then next_try_at end) as built_at
    from ops.delivery where state not in ('sent', 'skipped') and not is_settled
    order by local_date, subscriber
"""
_FAILURES = """
    select distinct on (dag, kind) dag, kind, what, failed_at as at
    from news.run_failure where mended_at is null order by dag, kind, failed_at desc
"""
_FLAGS = """
    select sum((summary -> 'load' ->> 'flagged')::int)::int
    from generate_series(0, 4) as week
    left join news.run on finished_at > %(now)s - week * interval '7 days' - interval '1 day'
                      and finished_at <= %(now)s - week * interval '7 days'
    group by week order by week
"""


def measure(connection: Connection, now: datetime, shards: int) -> DatabaseHealth:
    """All that the database knows of the pipeline's health. An outage of a shard that is none any
    more says nothing."""
    at = {"now": now}
    clock: datetime = scalar(connection, "select clock_timestamp()")
    latest, *earlier = rows.values(connection, _FLAGS, at)
    return DatabaseHealth(
        skew=(clock - datetime.now(UTC)).total_seconds(),
        last_end=rows.first_value(connection, _LAST_END),
        jobs=tuple(rows.read(connection, JobHealth, _JOBS)),
        stages=tuple(rows.read(connection, StageHealth, _STAGES, at)),
        feeds=tuple(rows.read(connection, FeedHealth, _FEEDS)),
        backlog=tuple(rows.read(connection, BacklogHealth, _BACKLOG, at)),
        parked=tuple(rows.read(connection, ParkedHealth, _PARKED)),
        wrong=tuple(
            rows.read(
                connection,
                WrongRow,
                "select what as place, error from news.parked where kind = 'wrong' order by what",
            )
        ),
        editions=tuple(rows.read(connection, EditionHealth, _EDITIONS)),
        failures=tuple(rows.read(connection, RunFailure, _FAILURES)),
        flags=FlagsHealth(latest or 0, tuple(count for count in earlier if count is not None)),
        offline_since=scalar(
            connection,
            "select min(began_at) from news.outage where ended_at is null and shard < %s",
            [shards],
        ),
    )


def count_volumes(connection: Connection, now: datetime) -> int:
    """Count the new entries of each feed on each UTC day that has ended and was not counted yet,
    for its own band; how many days of feeds were counted. A feed's first whole day is the first."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    counted: datetime | None = rows.first_value(
        connection, "select max(counted_at) from news.feed_volume"
    )
    first = today - timedelta(days=DAYS_COUNTED)
    ends = [first + timedelta(days=number + 1) for number in range(DAYS_COUNTED)]
    missing = [end for end in ends if counted is None or end > counted]
    return sum(_count_day(connection, end) for end in missing)


def _count_day(connection: Connection, end: datetime) -> int:
    return connection.execute(
        """
        with counted as (
            select feed_id, count(*)::int as entries from news.entry
            where first_seen_at >= %(begin)s and first_seen_at < %(end)s group by feed_id
        )
        insert into news.feed_volume (feed_id, counted_at, daily)
        select feed_id, %(end)s, array[coalesce(entries, 0)]
        from news.feed left join counted using (feed_id)
        where enabled and created_at <= %(begin)s
        on conflict (feed_id) do update set counted_at = excluded.counted_at,
            daily = (feed_volume.daily || excluded.daily)
                    [greatest(1, cardinality(feed_volume.daily) + 2 - %(days)s) :]
        """,
        {"begin": end - timedelta(days=1), "end": end, "days": DAYS_COUNTED},
    ).rowcount
