"""`newswatch run`: one cycle without Airflow."""

from __future__ import annotations

from datetime import datetime

import click

from newswatch.cli.database import opened
from newswatch.cli.output import Moment, json_option, print_json_line, print_rows
from newswatch.models import STAGES, StageName, StageReport
from newswatch.settings import read_settings
from newswatch.stages.cycle import run_cycle


@click.command()
@click.option("--now", type=Moment(), help="The time that every decision takes as now.")
@click.option(
    "--stage",
    "stages",
    type=click.Choice(STAGES),
    multiple=True,
    help="Only this stage; may be given several times.",
)
@json_option
def run(now: datetime | None, stages: tuple[StageName, ...], as_json: bool) -> None:
    """One cycle: poll, extract, deduplicate, flag, load; prints the run's summary.

    \b
    Example: newswatch run --json
    Example: newswatch run --now 2025-12-18T06:00:00Z --stage poll
    """

    def progress(done: StageReport) -> None:
        shard = "" if done.shard is None else f" {done.shard}"
        click.echo(f"{done.stage}{shard}: {done.seconds:.1f} s", err=True)

    chosen = tuple(stage for stage in STAGES if stage in stages) or STAGES
    with opened(read_settings()) as connection:
        cycle = run_cycle(connection, read_settings(), now=now, stages=chosen, report=progress)
    if as_json:
        print_json_line(
            {
                "run_id": cycle.run_id,
                "now": cycle.now,
                "stages": cycle.counts,
                "seconds": {stage: round(taken, 3) for stage, taken in cycle.seconds.items()},
            }
        )
        return
    rows = [
        (stage, name, number)
        for stage, counts in cycle.counts.items()
        for name, number in counts.items()
    ]
    print_rows(("stage", "what", "number"), rows, as_json=False, title=f"run {cycle.run_id}")
