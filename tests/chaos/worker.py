"""The process that a trial harms: some stages of a cycle, then the editions of a day."""

from __future__ import annotations

import multiprocessing
import os
import resource
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from multiprocessing.context import ForkServerProcess

from newswatch.models import StageName
from newswatch.settings import Settings

_CONTEXT = multiprocessing.get_context("forkserver")
# A server that has imported everything forks a worker in milliseconds.
_CONTEXT.set_forkserver_preload(
    [
        *("newswatch.stages.poll.poll", "newswatch.stages.extract.extract"),
        *("newswatch.stages.deduplicate.deduplicate", "newswatch.stages.flag.flag"),
        *("newswatch.stages.load", "newswatch.stages.cycle", "newswatch.stages.digest"),
    ]
)


@dataclass(frozen=True)
class Work:
    """What a worker does, and what it has to do it with."""

    database: str
    settings: Settings
    now: datetime
    stages: Sequence[StageName]
    digest_at: datetime | None  # None: no editions
    day: date
    descriptors: int | None = None  # how many files it may have open
    environment: Mapping[str, str] = field(default_factory=dict)


def started(work: Work) -> ForkServerProcess:
    process = _CONTEXT.Process(target=run, args=(work,), name="chaos-worker")
    process.start()
    return process


def run(work: Work) -> None:
    """Do the work; an exception ends the process with code 1, and its traceback in the log."""
    from newswatch.stages.cycle import run_cycle, run_job
    from newswatch.stages.digest import send_digests
    from newswatch.store.server.database import connect

    os.environ.update(work.environment)
    if work.descriptors is not None:
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (work.descriptors, hard))
    with connect(work.database) as connection:
        if work.stages:
            run_cycle(connection, work.settings, now=work.now, stages=work.stages)
        if work.digest_at is not None:
            run_job(
                connection,
                work.settings,
                "cli",
                "send_digest",
                lambda job: send_digests(job, day=work.day),
                now=work.digest_at,
            )
