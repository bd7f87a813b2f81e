"""What is wrong: measurements to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from newswatch.health.feeds import feed_findings
from newswatch.health.words import age, size
from newswatch.models.health import (
    DatabaseHealth,
    Finding,
    HealthLimits,
    Measurements,
    Severity,
    WrongRow,
)

# Seconds between two executions of each scheduled job, as dags/ has them. They are late when
# `HealthLimits.run_late` has passed, or three times this.
INTERVALS = {"load": 900.0, "send_digest": 900.0, "maintain": 86_400.0}
DAG_OF = {"load": "watch_news"}
SLOWER, SLOWER_BY, RUNS_KNOWN = 3.0, 60.0, 20  # than the median; in seconds; of how many runs
OLD = timedelta(hours=2)  # what waits longer was passed over by several runs
MANY_PARKED = 25  # of our own faults: more than a few odd items
UNSENT = timedelta(hours=1)
FEW_FLAGS, WEEKS_KNOWN = 5, 2
SKEW = 30.0  # seconds between the database's clock and ours

DatabaseCheck = Callable[[Measurements, DatabaseHealth, HealthLimits], Iterator[Finding]]


def findings(measured: Measurements, limits: HealthLimits) -> tuple[Finding, ...]:
    """All that is wrong, the most severe first."""
    found = [*_of_this_machine(measured, limits)]
    if isinstance(measured.database, str):
        found.append(Finding("database-away", "critical", measured.database))
    else:
        for check in DATABASE_CHECKS:
            found += check(measured, measured.database, limits)
    order: tuple[Severity, ...] = ("critical", "warning", "notice")
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


def unknown(measured: Measurements, check: str) -> bool:
    """Whether nothing could be said of this check: its alerts stay as they are."""
    return isinstance(measured.database, str) and check not in LOCAL_CHECKS


LOCAL_CHECKS = ("database-away", "disk-full", "component-ill", "mail-unset", "nobody-is-told")


def _of_this_machine(measured: Measurements, limits: HealthLimits) -> Iterator[Finding]:
    for disk in measured.disks:
        share = disk.free / disk.size if disk.size else 1.0
        if share < limits.disk_free:
            severity: Severity = "critical" if share < limits.disk_free / 2 else "warning"
            left = f"{size(disk.free)} of {size(disk.size)} are free ({share:.1%})"
            yield Finding("disk-full", severity, f"{disk.folder}: {left}", disk.folder)
    for component in measured.components:
        if not component.is_well:
            what = f"{component.name} {component.what}"
            yield Finding("component-ill", "critical", what, component.name)
    if measured.has_subscribers and not measured.mail_is_set:
        what = "no mail server is set (NEWSWATCH_SMTP_URL): no edition can be sent"
        yield Finding("mail-unset", "critical", what)
    yield from map(_wrong_row, measured.subscribers_wrong)
    if not measured.somebody_is_told:
        what = "alerts reach the log only: set NEWSWATCH_ALERT_TO, _WEBHOOKS or _SERVICES"
        yield Finding("nobody-is-told", "notice", what)


def _late_jobs(
    measured: Measurements, database: DatabaseHealth, limits: HealthLimits
) -> Iterator[Finding]:
    for job in database.jobs:
        since = job.finished_at or job.began_at
        allowed = max(limits.run_late, 3 * INTERVALS.get(job.job, 0.0))
        if since is None or (measured.at - since).total_seconds() <= allowed:
            continue
        name = DAG_OF.get(job.job, job.job)
        severity: Severity = "warning" if job.job == "maintain" else "critical"
        what = f"no run of {name} has finished for {age(measured.at - since)}"
        yield Finding("run-late", severity, what, name)


def _failed_runs(
    measured: Measurements, database: DatabaseHealth, limits: HealthLimits
) -> Iterator[Finding]:
    for failure in database.failures:
        what = f"a run of {failure.dag} {'failed' if failure.kind == 'failed' else 'is late'}"
        detail = f": {failure.what}" if failure.what else ""
        yield Finding(f"run-{failure.kind}", "warning", what + detail, failure.dag)


def _slow_stages(
    measured: Measurements, database: DatabaseHealth, limits: HealthLimits
) -> Iterator[Finding]:
    for stage in database.stages:
        slower = stage.latest > max(SLOWER * stage.median, stage.median + SLOWER_BY)
        if stage.runs >= RUNS_KNOWN and slower:
            what = f"{stage.stage} takes {stage.latest:.0f} s, three times running;"
            what += f" its median of the week is {stage.median:.0f} s"
            yield Finding("stage-slow", "warning", what, stage.stage)


def _offline(
    measured: Measurements, database: DatabaseHealth, limits: HealthLimits
) -> Iterator[Finding]:
    if database.offline_since is not None:
        what = f"most hosts cannot be reached since {database.offline_since:%Y-%m-%d %H:%M} UTC:"
        yield Finding("offline", "critical", f"{what} we seem to be offline")


def _feeds(
    measured: Measurements, database: DatabaseHealth, limits: HealthLimits
) -> Iterator[Finding]:
    # While nothing is polled, no feed can be heard.
    if database.offline_since is None and not any(
        finding.subject == "watch_news" for finding in _late_jobs(measured, database, limits)
    ):
        yield from feed_findings(database.feeds, measured.at)


def _backlog(
    measured: Measurements, database: DatabaseHealth, limits: HealthLimits
) -> Iterator[Finding]:
    for stage in database.backlog:
        if stage.oldest is not None and measured.at - stage.oldest > OLD:
            what = f"{stage.waiting:,} wait for {stage.stage},"
            what += f" the oldest for {age(measured.at - stage.oldest)}"
            yield Finding("backlog", "warning", what, stage.stage)


def _parked(
    measured: Measurements, database: DatabaseHealth, limits: HealthLimits
) -> Iterator[Finding]:
    for parked in database.parked:
        severity: Severity = "warning" if parked.items > MANY_PARKED else "notice"
        what = f"{parked.stage} failed at {parked.items:,} items ({parked.kind}): {parked.example}"
        yield Finding("parked", severity, what, f"{parked.stage} {parked.kind}")
    told = {row.place for row in measured.subscribers_wrong}
    yield from (_wrong_row(row) for row in database.wrong if row.place not in told)


def _wrong_row(row: WrongRow) -> Finding:
    return Finding("watchlist-wrong", "warning", f"{row.place}: {row.error}", row.place)


def _editions(
    measured: Measurements, database: DatabaseHealth, limits: HealthLimits
) -> Iterator[Finding]:
    for edition in database.editions:
        waited = measured.at - edition.built_at
        subject = f"{edition.subscriber} {edition.local_date}"
        whose = f"the edition of {edition.local_date} for {edition.subscriber}"
        reason = f": {edition.last_error}" if edition.last_error else ""
        if edition.state == "unknown":
            what = f"{whose} may not have arrived{reason}"
        elif edition.state == "refused":
            what = f"{whose} was refused for good{reason}"
        elif edition.state == "carried-over":
            what = f"{whose} was never sent; the next one tells what it would have{reason}"
        elif edition.attempts > 1 or waited > UNSENT:
            what = f"{whose} is {edition.state} for {age(waited)}, {edition.attempts} tries{reason}"
        else:
            continue
        yield Finding("edition-undelivered", "warning", what, subject)


def _flags(
    measured: Measurements, database: DatabaseHealth, limits: HealthLimits
) -> Iterator[Finding]:
    flags = database.flags
    if len(flags.earlier) >= WEEKS_KNOWN and 0 < min(flags.earlier) >= FEW_FLAGS > flags.latest:
        before = ", ".join(map(str, flags.earlier))
        what = f"{flags.latest} articles were flagged in a day; in the weeks before: {before}"
        yield Finding("flags-few", "warning", what)


def _clock(
    measured: Measurements, database: DatabaseHealth, limits: HealthLimits
) -> Iterator[Finding]:
    if abs(database.skew) > SKEW:
        what = (
            f"the clocks of the database and of this machine are {abs(database.skew):.0f} s apart"
        )
        yield Finding("clock-skewed", "warning", what)
    ahead = database.last_end - measured.at if database.last_end else timedelta()
    if ahead.total_seconds() > SKEW:
        severity: Severity = "critical" if ahead.total_seconds() > limits.run_late else "warning"
        what = (
            f"a run ended {age(ahead)} from now: the clock was set back; what is due waits for it"
        )
        yield Finding("clock-set-back", severity, what)


DATABASE_CHECKS: tuple[DatabaseCheck, ...] = (
    _late_jobs,
    _failed_runs,
    _slow_stages,
    _offline,
    _feeds,
    _backlog,
    _parked,
    _editions,
    _flags,
    _clock,
)
