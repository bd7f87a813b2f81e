"""How it stands: what an operator looks at first, out of the views of `ops`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from newswatch.store import rows
from newswatch.store.server.database import Connection

LATEST = 5  # runs that are shown
MOST = 20  # rows that are shown of any other section

_SECTIONS = {
    "runs": f"""
        select run_id, trigger, started_at, seconds, articles, flagged, parked
        from ops.run order by run_id desc limit {LATEST}
    """,
    "waiting": "select stage, waiting, oldest from ops.backlog where waiting > 0",
    "wrong": f"""
        select what as place, error from ops.parked where kind = 'wrong'
        order by what limit {MOST}
    """,
    "parked": f"""
        select stage, kind, what, error, attempts, next_try_at from ops.parked
        where kind <> 'wrong' order by last_at desc, stage, what limit {MOST}
    """,
    "feeds": """
        select state, count(*) as feeds from ops.feed_health where enabled
        group by state order by state
    """,
    "undelivered": f"""
        select subscriber, local_date, state, last_error from ops.delivery
        where state not in ('sent', 'skipped') and not is_settled
        order by local_date desc, subscriber limit {MOST}
    """,
}


def sections(connection: Connection) -> Mapping[str, Sequence[dict[str, Any]]]:
    """Rows by the names of the sections: the last runs, what waits, what in the watchlist is wrong,
    what is parked, feeds by their state, editions that did not go out."""
    return {name: rows.objects(connection, query) for name, query in _SECTIONS.items()}
