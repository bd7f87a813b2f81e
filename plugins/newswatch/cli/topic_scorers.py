"""`newswatch topics fit` and `newswatch topics audit`: the scorer of a topic."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

import click

from newswatch.cli.database import opened
from newswatch.cli.output import Day, json_option, print_rows
from newswatch.errors import InputError
from newswatch.settings import read_settings
from newswatch.stages.flag.trial import probabilities
from newswatch.topics.labels import examples, read_labels
from newswatch.topics.load import Topic, load_topic
from newswatch.topics.names import load_names
from newswatch.topics.scorer import SUFFIX

ENOUGH = 100  # positives below which rules are better
UNSURE = (0.2, 0.5)


@click.command()
@click.argument("name")
@click.argument(
    "labels",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
def fit(name: str, labels: tuple[Path, ...]) -> None:
    """Make the weights of a topic's scorer from labelled articles, and tell how good it is.

    LABELS are files with one article a line, as docs/topics.md describes them. What is printed is
    cross-validated by week: each article is scored by weights that did not see its week. The same
    labels and topic make the same weights.

    \b
    Example: newswatch topics fit ukraine-talks labels.jsonl tests/topics/sentences.jsonl
    """
    # Imported here: numpy takes a tenth of a second, and no other command needs it.
    from newswatch.topics.fit import as_data, chosen, nested

    topic = _topic(name)
    if not {"place", "process"} <= topic.lexicon.keys():
        raise InputError("no lexicon for a scorer", file=topic.file, mend="see docs/topics.md")
    found = examples(topic, [label for path in labels for label in read_labels(path)])
    positives = sum(example.label for example in found)
    if positives < ENOUGH:
        click.echo(
            f"only {positives} articles mention it: below {ENOUGH} rules are safer", err=True
        )
    scorer, penalty = chosen(found)
    f1 = _f1(nested(found), [example.label for example in found], scorer.threshold)
    data = as_data(
        scorer,
        {
            "articles": len(found),
            "positives": positives,
            "weeks": len({example.week for example in found}),
            "penalty": penalty,
            "cross_validated_f1": round(f1, 3),
        },
    )
    path = Path(topic.file).with_suffix(SUFFIX)
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    click.echo(f"{path}: {json.dumps(data['made_from'])}")


@click.command()
@click.argument("name")
@click.option("--since", type=Day(), required=True, help="First UTC day of stored articles.")
@click.option("--low", type=click.FloatRange(0, 1), default=UNSURE[0], show_default=True)
@click.option("--high", type=click.FloatRange(0, 1), default=UNSURE[1], show_default=True)
@json_option
def audit(name: str, since: date, low: float, high: float, as_json: bool) -> None:
    """List the stored articles that the scorer is unsure of, for people to judge.

    \b
    Example: newswatch topics audit ukraine-talks --since 2026-02-01
    """
    settings = read_settings()
    folder = settings.watchlist / "topics"
    topic = load_topic(folder / f"{name}.yaml", load_names(folder))
    if topic.scorer is None:
        raise InputError("its rules decide: there is no probability", file=topic.file, mend=_ADD)
    start = datetime.combine(since, time(), UTC)
    with opened(settings) as connection:
        unsure = [
            (round(told.probability, 3), told.article.article_id, told.article.title, told.sentence)
            for told in probabilities(connection, topic, start)
            if low <= told.probability < high
        ]
    unsure.sort(key=lambda row: (-row[0], row[1]))
    print_rows(("probability", "article_id", "title", "sentence"), unsure, as_json=as_json)


def _topic(name: str) -> Topic:
    folder = read_settings().watchlist / "topics"
    return load_topic(folder / f"{name}.yaml", load_names(folder), by_rules=True)


def _f1(said: Sequence[float], labels: Sequence[bool], threshold: float) -> float:
    right = sum(value >= threshold and label for value, label in zip(said, labels, strict=True))
    flagged, wanted = sum(value >= threshold for value in said), sum(labels)
    return 2 * right / max(1, flagged + wanted)


_ADD = "write `decides: scorer` into the topic, and fit it"
