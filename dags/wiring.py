"""What the DAGs share: the database behind the Airflow connection, defaults, a failure's line.

Every task and every pass of the DAG processor imports this: what a task alone needs (the stages and
their parsers, psycopg) is imported where it is used.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from newswatch.settings import read_settings
from notices import FailureNotifier, SuccessNotifier

if TYPE_CHECKING:
    from newswatch.models import JobName, StageName
    from newswatch.stages.job import Job
    from newswatch.store.server.database import Connection

CONNECTION = "newswatch"
log = logging.getLogger(__name__)


def report_failure(context: Mapping[str, Any]) -> None:
    """One line that says which task of which run failed, and why."""
    from newswatch.text.invisible import shown

    instance = context["task_instance"]
    log.error(
        "newswatch: %s of %s failed in run %s (try %s): %s",
        instance.task_id,
        instance.dag_id,
        instance.run_id,
        instance.try_number,
        shown(str(context.get("exception"))),
    )


TASK_DEFAULTS: dict[str, Any] = {
    "owner": "newswatch",
    "retries": 3,
    "retry_delay": timedelta(seconds=20),
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": timedelta(minutes=5),
    "execution_timeout": timedelta(minutes=12),
    "on_failure_callback": report_failure,
}


# Of every DAG.
COMMON: dict[str, Any] = {
    "start_date": datetime(2025, 1, 1, tzinfo=UTC),
    "catchup": False,
    "max_active_runs": 1,
    # Stages take up whatever waits: a run that is cleared does so by today's code.
    "rerun_with_latest_version": True,
    "default_args": TASK_DEFAULTS,
    "on_failure_callback": FailureNotifier(),
    "on_success_callback": SuccessNotifier(),
}


def owner_links() -> dict[str, str]:
    """The owner's name leads to the runbook, where the operator has said where that lies."""
    address = read_settings().runbook_url
    return {"newswatch": address} if address else {}


COMMON["owner_links"] = owner_links()


def database_url() -> str:
    """The Airflow connection `newswatch` as psycopg wants it; the host may be a socket's folder."""
    from airflow.sdk import Connection as AirflowConnection
    from psycopg.conninfo import make_conninfo

    known = AirflowConnection.get(CONNECTION)
    return make_conninfo(
        host=known.host,
        port=known.port,
        user=known.login,
        password=known.password,
        dbname=known.schema,
        **{key: str(value) for key, value in known.extra_dejson.items()},
    )


@contextmanager
def database() -> Iterator[Connection]:
    from newswatch.store.server.database import connect

    with connect(database_url()) as connection:
        yield connection


def run_stage(
    context: Mapping[str, Any], stage: StageName, shard: int | None = None
) -> dict[str, int]:
    """Run one stage as part of this DAG run; its counts, small enough for XCom."""
    from newswatch.stages import cycle

    with database() as connection:
        report = cycle.run_stage(
            connection,
            read_settings(),
            trigger_of(context),
            stage,
            shard=shard,
            now=moment(context),
        )
    log.info("newswatch: %s %s in %.1f s", stage, dict(report.counts), report.seconds)
    return dict(report.counts)


def run_job(
    context: Mapping[str, Any], name: JobName, function: Callable[[Job], Mapping[str, int]]
) -> dict[str, int]:
    """Run a job that is no stage; its counts."""
    from newswatch.stages import cycle

    with database() as connection:
        counts = cycle.run_job(
            connection,
            read_settings(),
            trigger_of(context),
            name,
            function,
            now=moment(context),
        )
    log.info("newswatch: %s %s", name, dict(counts))
    return dict(counts)


def trigger_of(context: Mapping[str, Any]) -> str:
    """What `news.run.trigger` calls this DAG run."""
    return f"{context['dag'].dag_id}/{context['run_id']}"


def moment(context: Mapping[str, Any]) -> datetime | None:
    """The time that a replay gave the run as `now`; else None. Raises `AirflowFailException` where
    nothing is replayed: one typing error would move every feed and all that is kept."""
    from airflow.sdk.exceptions import AirflowFailException

    text = context["params"].get("now")
    if not text:
        return None
    if not read_settings().replay:
        raise AirflowFailException("`now` moves the clock: only with NEWSWATCH_REPLAY=1")
    return datetime.fromisoformat(text)
