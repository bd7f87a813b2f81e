"""Records of health: what was measured of the running product, and what was found wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Severity = Literal[
    "notice",  # shown to who looks
    "warning",  # a person is told
    "critical",  # a person is woken
]


RunFailureKind = Literal["failed", "late"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong. One alert belongs to each `check` and `subject`."""

    check: str  # the heading of docs/runbook.md that says what to do
    severity: Severity
    what: str  # one sentence
    subject: str = ""  # which of many feeds, editions, components; empty: the whole


@dataclass(frozen=True, slots=True)
class JobHealth:
    """A scheduled job, known by its last stage: `load` is that of watch_news."""

    job: str
    began_at: datetime | None  # the first execution that is still known
    finished_at: datetime | None  # the end of the newest that came to one


@dataclass(frozen=True, slots=True)
class StageHealth:
    """How long a stage takes, in seconds, the slowest shard of each run."""

    stage: str
    latest: float  # the fastest of its newest three runs: one slow run is no trend
    median: float  # of the seven days before
    runs: int  # of these days


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """An enabled feed. `daily` is the number of its new entries on each of the days that were
    counted, oldest first; empty if it is too young to have been counted."""

    url: str
    outlet: str
    state: str
    state_reason: str | None
    last_success_at: datetime | None
    last_entry_at: datetime | None
    daily: tuple[int, ...]
    counted_at: datetime | None


@dataclass(frozen=True, slots=True)
class BacklogHealth:
    """What waits before a stage, and could be taken now."""

    stage: str
    waiting: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class ParkedHealth:
    """Items that a stage failed at, of one kind; `example` is the newest."""

    stage: str
    kind: str
    items: int
    example: str


@dataclass(frozen=True, slots=True)
class WrongRow:
    """A row of the watchlist that a person has to mend."""

    place: str
    error: str


@dataclass(frozen=True, slots=True)
class EditionHealth:
    """An edition that has not reached its reader."""

    subscriber: str
    local_date: date
    state: str
    built_at: datetime
    attempts: int
    last_error: str | None


@dataclass(frozen=True, slots=True)
class RunFailure:
    """A DAG whose newest run failed, or is late."""

    dag: str
    kind: RunFailureKind
    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FlagsHealth:
    """Flags of the 24 hours until now, and of the same 24 hours of the weeks before."""

    latest: int
    earlier: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DatabaseHealth:
    """What the database tells of the pipeline."""

    skew: float  # seconds by which its clock is ahead of ours
    last_end: datetime | None  # of what ended last, by the clock of then
    jobs: tuple[JobHealth, ...]
    stages: tuple[StageHealth, ...]
    feeds: tuple[FeedHealth, ...]
    backlog: tuple[BacklogHealth, ...]
    parked: tuple[ParkedHealth, ...]
    wrong: tuple[WrongRow, ...]
    editions: tuple[EditionHealth, ...]
    failures: tuple[RunFailure, ...]
    flags: FlagsHealth
    offline_since: datetime | None


@dataclass(frozen=True, slots=True)
class DiskHealth:
    """A folder's file system, in bytes."""

    folder: str
    free: int
    size: int


@dataclass(frozen=True, slots=True)
class ComponentHealth:
    """A process that the service consists of."""

    name: str
    is_well: bool
    what: str  # if it is not: a part of a sentence


@dataclass(frozen=True, slots=True)
class Measurements:
    """Everything that the checks look at, as it was at `at`."""

    at: datetime
    database: DatabaseHealth | str  # the reason why it could not be asked
    disks: tuple[DiskHealth, ...]
    components: tuple[ComponentHealth, ...]
    mail_is_set: bool
    has_subscribers: bool
    subscribers_wrong: tuple[WrongRow, ...]  # whatever was parked of them
    somebody_is_told: bool


@dataclass(frozen=True, slots=True)
class HealthLimits:
    """What the operator sets: seconds, and a share of a disk."""

    run_late: float
    disk_free: float


@dataclass(frozen=True, slots=True)
class Alert:
    """A finding on its way to people: from when it was seen until they know that it is over.

    `told` and `told_over` are the channels that have taken the message. A finding that becomes more
    severe is told again.
    """

    check: str
    subject: str
    severity: Severity
    what: str
    began_at: datetime
    seen_at: datetime
    told: frozenset[str] = frozenset()
    told_severity: Severity = "notice"
    ended_at: datetime | None = None
    told_over: frozenset[str] = frozenset()
