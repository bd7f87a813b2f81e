"""How the feeds, the runs and the deliveries fare: for whom it is to keep them running."""

from __future__ import annotations

from typing import Any

from newswatch.store import rows
from newswatch.store.server.database import Connection

Row = dict[str, Any]
MOST_FEEDS, MOST_RUNS, MOST_PARKED, MOST_DELIVERIES, MOST_ACTIONS = 100, 40, 100, 60, 30


def feed_states(connection: Connection) -> list[Row]:
    """How many feeds are in each state; disabled ones are a state of their own."""
    return rows.objects(
        connection,
        """
        select case when enabled then state::text else 'disabled' end as state, count(*) as feeds
        from ops.feed_health group by 1 order by feeds desc, 1
        """,
    )


def feeds(connection: Connection, state: str | None, after: int) -> list[Row]:
    """Feeds in a state, by their ids, those behind `after`; what fails comes before what works
    where no state is asked for."""
    return rows.objects(
        connection,
        """
        select feed_id, outlet, url, country, language, kind, urgent, enabled, disabled_by, state,
               state_since, state_reason, failures, next_poll_at, next_poll_reason, last_polled_at,
               last_outcome, last_status, last_success_at, last_entry_at, entries_24h, entries_7d,
               entries_per_day, problem
        from ops.feed_health
        where (%(state)s::text is null
               or %(state)s = case when enabled then state::text else 'disabled' end)
        order by %(state)s::text is null and (not enabled or state = 'active'),
                 not enabled, outlet, feed_id
        limit %(most)s offset %(after)s
        """,
        {"state": state, "after": after, "most": MOST_FEEDS + 1},
    )


def backlog(connection: Connection) -> list[Row]:
    return rows.objects(connection, "select stage, waiting, oldest from ops.backlog")


def runs(connection: Connection, before: int | None, trigger: str | None = None) -> list[Row]:
    """The newest runs, or those of a trigger, with how long each stage took."""
    return rows.objects(
        connection,
        """
        select run.*, (
                   select jsonb_agg(jsonb_build_object(
                       'stage', stage, 'seconds', seconds, 'counts', counts,
                       'ended', ended_at is not null) order by stage_run_id)
                   from ops.stage_run where stage_run.run_id = run.run_id) as stages
        from ops.run
        where (%(before)s::bigint is null or run_id < %(before)s)
          and (%(trigger)s::text is null or trigger = %(trigger)s)
        order by run_id desc limit %(most)s
        """,
        {"before": before, "trigger": trigger, "most": MOST_RUNS + 1},
    )


def parked(connection: Connection) -> list[Row]:
    """What failed last, what a person has to mend first."""
    return rows.objects(
        connection,
        """
        select stage, what, kind, error, attempts, first_at, last_at, next_try_at, feed_id,
               entry_id, article_id, name
        from ops.parked order by kind <> 'wrong', last_at desc, what limit %s
        """,
        [MOST_PARKED],
    )


def actions(connection: Connection) -> list[Row]:
    """What operators did last."""
    return rows.objects(
        connection,
        "select kind, what, why, acted_by, acted_at from ops.action"
        " order by action_id desc limit %s",
        [MOST_ACTIONS],
    )


def page_failures(connection: Connection) -> list[Row]:
    """Pages that gave no article, by host and reason, the newest first."""
    return rows.objects(
        connection,
        "select host, reason, pages, last_at, example from ops.page_failure"
        " order by last_at desc, host limit 40",
    )


def deliveries(connection: Connection, before: int | None) -> list[Row]:
    """The newest editions and what became of them; without addresses of mail."""
    return rows.objects(
        connection,
        """
        select edition_id, subscriber, local_date, stories, subject, built_at, state, attempts,
               changed_at, sent_at, last_error, grouped_by
        from ops.delivery where %(before)s::bigint is null or edition_id < %(before)s
        order by edition_id desc limit %(most)s
        """,
        {"before": before, "most": MOST_DELIVERIES + 1},
    )


def outages(connection: Connection) -> list[Row]:
    return rows.objects(
        connection,
        "select shard, began_at, ended_at, lasted, hosts_polled, hosts_failed from ops.outage"
        " order by began_at desc limit 10",
    )
