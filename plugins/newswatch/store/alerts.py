"""`news.alert` and `news.run_failure`: what people are told of the product's health."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from newswatch.models.health import Alert, RunFailureKind
from newswatch.store import rows
from newswatch.store.server.database import Connection

_ALERT = """
    check_name, subject, severity, what, began_at, seen_at, told, told_severity, ended_at, told_over
"""


def known(connection: Connection, since: datetime) -> tuple[Alert, ...]:
    """The alerts that are open, or were over no earlier than that."""
    return tuple(
        rows.read(
            connection,
            Alert,
            f"select {_ALERT.replace('check_name', 'check_name as check')} from news.alert"
            " where ended_at is null or ended_at >= %s order by began_at, check_name, subject",
            [since],
        )
    )


def save(connection: Connection, alerts: Sequence[Alert]) -> None:
    """Write the alerts as they are now; of one that is known already what has changed."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f"""
            insert into news.alert ({_ALERT})
            values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
            on conflict (check_name, subject, began_at) do update set
                severity = excluded.severity, what = excluded.what, seen_at = excluded.seen_at,
                told = excluded.told, told_severity = excluded.told_severity,
                ended_at = excluded.ended_at, told_over = excluded.told_over
            """.encode(),
            [
                (
                    alert.check,
                    alert.subject,
                    alert.severity,
                    alert.what,
                    alert.began_at,
                    alert.seen_at,
                    sorted(alert.told),
                    alert.told_severity,
                    alert.ended_at,
                    sorted(alert.told_over),
                )
                for alert in alerts
            ],
        )


def note_failure(
    connection: Connection, dag: str, kind: RunFailureKind, what: str, now: datetime
) -> None:
    """A run of the DAG failed, or is late; while that is known already, nothing changes but what is
    said of it."""
    connection.execute(
        """
        insert into news.run_failure (dag, kind, what, failed_at)
        values (%(dag)s, %(kind)s, %(what)s, %(now)s)
        on conflict (dag, kind) where mended_at is null do update set what = excluded.what
        """,
        {"dag": dag, "kind": kind, "what": what, "now": now},
    )


def note_success(connection: Connection, dag: str, now: datetime) -> None:
    """A run of the DAG went well: its failures are over."""
    connection.execute(
        "update news.run_failure set mended_at = %s where dag = %s and mended_at is null",
        [now, dag],
    )
