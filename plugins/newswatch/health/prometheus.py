"""The measurements as metrics, in the text format of Prometheus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from newswatch.health.checks import DAG_OF, INTERVALS
from newswatch.health.feeds import quietness
from newswatch.models.health import DatabaseHealth, Finding, Measurements

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Metric:
    """A gauge; each sample is its labels and its value."""

    name: str
    meaning: str
    samples: Sequence[tuple[Labels, float]]


def metrics(measured: Measurements, findings: Sequence[Finding]) -> Iterator[Metric]:
    """All of them, the same names at each look: what cannot be measured has no samples."""
    found = Counter((finding.check, finding.severity) for finding in findings)
    yield Metric(
        "newswatch_findings",
        "What is wrong, by check and severity; docs/runbook.md has what to do.",
        [({"check": check, "severity": how}, n) for (check, how), n in sorted(found.items())],
    )
    is_up = not isinstance(measured.database, str)
    yield Metric("newswatch_database_up", "1 if the database answers.", [({}, float(is_up))])
    components = measured.components
    yield Metric(
        "newswatch_component_up",
        "1 if the component of the service is well.",
        [({"component": part.name}, float(part.is_well)) for part in components],
    )
    yield _disk("free", "Free bytes", [(disk.folder, disk.free) for disk in measured.disks])
    yield _disk("size", "Size", [(disk.folder, disk.size) for disk in measured.disks])
    yield from _of_database(measured)


def text(metrics: Iterable[Metric]) -> str:
    lines: list[str] = []
    for metric in metrics:
        lines += [f"# HELP {metric.name} {_escaped(metric.meaning)}", f"# TYPE {metric.name} gauge"]
        for labels, value in metric.samples:
            pairs = ",".join(
                f'{key}="{_escaped(said, quote=True)}"' for key, said in labels.items()
            )
            lines.append(f"{metric.name}{f'{{{pairs}}}' if pairs else ''} {value:g}")
    return "\n".join(lines) + "\n"


def _disk(what: str, meaning: str, samples: Sequence[tuple[str, int]]) -> Metric:
    return Metric(
        f"newswatch_disk_{what}_bytes",
        f"{meaning} of the file system of a folder.",
        [({"folder": folder}, number) for folder, number in samples],
    )


def _of_database(measured: Measurements) -> Iterator[Metric]:
    known = measured.database if isinstance(measured.database, DatabaseHealth) else None
    ages = [
        ({"dag": DAG_OF.get(job.job, job.job)}, (measured.at - job.finished_at).total_seconds())
        for job in (known.jobs if known else ())
        if job.job in INTERVALS and job.finished_at is not None
    ]
    yield Metric("newswatch_run_age_seconds", "Since the last run of a DAG finished.", ages)
    stages = known.stages if known else ()
    for name, meaning, values in (
        ("latest", "Seconds of the fastest of the last three", [s.latest for s in stages]),
        ("median", "Median of the week before, in seconds,", [s.median for s in stages]),
    ):
        yield Metric(
            f"newswatch_stage_{name}_seconds",
            f"{meaning} executions of a stage.",
            [({"stage": stage.stage}, value) for stage, value in zip(stages, values, strict=True)],
        )
    backlog = known.backlog if known else ()
    yield Metric(
        "newswatch_backlog",
        "Items that wait for a stage.",
        [({"stage": stage.stage}, stage.waiting) for stage in backlog],
    )
    yield Metric(
        "newswatch_backlog_age_seconds",
        "How long the oldest of them has waited.",
        [
            (
                {"stage": stage.stage},
                (measured.at - stage.oldest).total_seconds() if stage.oldest else 0.0,
            )
            for stage in backlog
        ],
    )
    yield from _of_items(measured, known)


def _of_items(measured: Measurements, known: DatabaseHealth | None) -> Iterator[Metric]:
    feeds = known.feeds if known else ()
    states = Counter(feed.state for feed in feeds)
    yield Metric(
        "newswatch_feeds",
        "Enabled feeds by state.",
        [({"state": state}, number) for state, number in sorted(states.items())],
    )
    silent = sum(bool(quietness(feed, measured.at)) for feed in feeds)
    yield Metric(
        "newswatch_feeds_silent",
        "Feeds that answer, and bring far less than they did.",
        [({}, silent)] if known else [],
    )
    yield Metric(
        "newswatch_parked",
        "Items that a stage failed at.",
        [
            ({"stage": parked.stage, "kind": parked.kind}, parked.items)
            for parked in (known.parked if known else ())
        ],
    )
    editions = Counter(edition.state for edition in (known.editions if known else ()))
    yield Metric(
        "newswatch_editions_undelivered",
        "Editions that have not reached their readers, by state.",
        [({"state": state}, number) for state, number in sorted(editions.items())],
    )
    yield Metric(
        "newswatch_flags_day",
        "Articles that were flagged in the last 24 hours.",
        [({}, known.flags.latest)] if known else [],
    )


def _escaped(said: str, *, quote: bool = False) -> str:
    plain = said.replace("\\", "\\\\").replace("\n", "\\n")
    return plain.replace('"', '\\"') if quote else plain
