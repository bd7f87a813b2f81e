"""`newswatch topics try`: a draft against what was published."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import click

from newswatch.cli.database import opened
from newswatch.cli.output import Day, json_option, print_json_line, print_lines, print_rows
from newswatch.settings import read_settings
from newswatch.stages.flag.trial import Trial, tried
from newswatch.topics.load import load_topic
from newswatch.topics.names import load_names

MOST = 20  # near misses, and others
_COLUMNS = ("change", "article_id", "title", "reason")
_Row = tuple[str, int, str, str]


@click.command("try")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--since", type=Day(), required=True, help="First UTC day of published articles.")
@click.option(
    "--most",
    type=click.IntRange(min=0),
    default=MOST,
    show_default=True,
    help="Near misses to show, and as many others that hold the topic's words.",
)
@json_option
def try_topic(file: Path, since: date, most: int, as_json: bool) -> None:
    """Show what a draft would flag of the published articles, against what is flagged now.

    `almost` is what a rule missed by one condition, and which; `words` a sample of the others that
    hold the topic's words. It reads the views of analysts: their login is enough.

    \b
    Example: newswatch topics try draft.yaml --since 2025-12-17
    """
    settings = read_settings()
    topic = load_topic(file, load_names(settings.watchlist / "topics"))
    with opened(settings) as connection:
        trial = tried(connection, topic, datetime.combine(since, time(), UTC), most)
    if as_json:
        print_json_line(_as_data(trial))
        return
    print_rows(_COLUMNS, [*_changes(trial), *_almost(trial), *_sample(trial)], as_json=False)
    print_lines(["", *(f"{count:6} by {rule}" for rule, count in trial.rules.most_common())])


def _changes(trial: Trial) -> list[_Row]:
    return [
        (
            change.kind or "",
            change.article.article_id,
            change.article.title,
            change.found[0].reason if change.found else "",
        )
        for change in trial.changes
    ]


def _almost(trial: Trial) -> list[_Row]:
    return [
        ("almost", article.article_id, article.title, near[0].told)
        for article, near in trial.almost
    ]


def _sample(trial: Trial) -> list[_Row]:
    return [
        ("words", article.article_id, article.title, ", ".join(words[:8]))
        for article, words in trial.sample
    ]


def _as_data(trial: Trial) -> dict[str, Any]:
    def named(rows: list[_Row]) -> list[dict[str, Any]]:
        return [dict(zip(_COLUMNS, row, strict=True)) for row in rows]

    return {
        "changes": named(_changes(trial)),
        "almost": named(_almost(trial)),
        "words": named(_sample(trial)),
        "rules": dict(trial.rules),
    }
