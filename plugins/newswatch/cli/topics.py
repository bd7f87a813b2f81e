"""`newswatch match` and `newswatch topics`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from newswatch.cli.database import opened
from newswatch.cli.output import (
    Commands,
    json_option,
    print_json_line,
    print_lines,
    print_rows,
    read_json_lines,
    refuse,
)
from newswatch.cli.topic_scorers import audit, fit
from newswatch.cli.topic_trials import try_topic
from newswatch.errors import InputError, NewswatchError
from newswatch.settings import read_settings
from newswatch.stages.judge import broken
from newswatch.store.judgements import judged_articles
from newswatch.text.language import language_of
from newswatch.text.scripts import words_in
from newswatch.topics.check import colliding_names, ended_offices, failed_tests, remarks
from newswatch.topics.facts import Facts
from newswatch.topics.load import (
    ID_FORM,
    Topic,
    is_topic_id,
    load_topics,
)
from newswatch.topics.match import Matcher
from newswatch.topics.names import load_names
from newswatch.topics.skeleton import SKELETON

folder_type = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command("match")
@click.option("--topics", "folder", type=folder_type, help="Another folder of topics.")
def match_lines(folder: Path | None) -> None:
    """Flag each line: id, title, text in; id and flags with their mentions out.

    Spans count code points, and slice the line's own title or text exactly. Where a line gives no
    language, it is found by the text; `language` tells which one was taken, null if none.

    \b
    Example: newswatch match < articles.jsonl
    """
    matcher = Matcher(_all_good(folder or _folder()))
    for line in read_json_lines(("id", "title", "text"), ("language", "subtitle")):
        language = line.get("language") or language_of(f"{line['title']}\n{line['text']}")
        subtitle = line.get("subtitle") or ""
        facts = Facts(language=language, words=words_in(line["text"]))
        found = matcher.match(line["title"], line["text"], language, subtitle=subtitle, facts=facts)
        print_json_line(
            {
                "id": line["id"],
                "language": language,
                "flags": [
                    {
                        "topic": flag.topic,
                        "score": flag.score,
                        "salience": flag.salience,
                        "rule": flag.rule,
                        "reason": flag.reason,
                        "mentions": [
                            {
                                "field": mention.field,
                                "start": mention.start,
                                "end": mention.end,
                                "text": mention.text,
                                "sentence": mention.sentence,
                                "part": mention.part,
                            }
                            for mention in flag.mentions
                        ],
                    }
                    for flag in found
                ],
            }
        )


@click.group(cls=Commands)
def topics() -> None:
    """The watched subjects, one file each in dags/watchlist/topics/.

    \b
    Example: newswatch topics check
    """


topics.add_command(fit)
topics.add_command(audit)
topics.add_command(try_topic)


@topics.command("list")
@json_option
def list_topics(as_json: bool) -> None:
    """What is watched, and the version in force.

    \b
    Example: newswatch topics list --json
    """
    rows = [
        (topic.topic_id, topic.name, topic.version, len(topic.rules), len(topic.tests))
        for topic in _all_good(_folder())
    ]
    print_rows(("topic", "name", "version", "rules", "tests"), rows, as_json=as_json)


@topics.command()
@click.argument("folder", type=folder_type, required=False)
@click.option("--judged", is_flag=True, help="What people judged is a test, too.")
def check(folder: Path | None, judged: bool) -> None:
    """Read every topic, run its own tests, and tell what is idle or too loose in it, and which
    offices in the library of names have ended.

    Exit code 2 if a file cannot be read, 1 if a test fails; a remark fails nothing.

    \b
    Example: newswatch topics check dags/watchlist/topics
    """
    failures = 0
    loaded = load_topics(folder or _folder(), drafts=True)
    for topic in loaded.topics:
        for remark in remarks(topic):
            print_lines([f"{topic.file}:{remark.line}: {remark.text}"], err=True)
        for failed in failed_tests(topic):
            failures += 1
            test = failed.test
            wanted = "must flag" if test.flag else "must not flag"
            told = f"{topic.file}:{test.line}: {wanted}: {test.text}"
            print_lines([told, f"    {failed.why}"], err=True)
        state = "" if topic.is_active else ", a draft: active: false"
        counted = f"{counted_as(len(topic.rules), 'rule')}, {counted_as(len(topic.tests), 'test')}"
        print_lines([f"{topic.topic_id}: {counted}{state}"])
    failures += _told_broken(loaded.topics) if judged else 0
    names = load_names(folder or _folder())
    today = datetime.now(UTC).date().isoformat()
    for line in [*ended_offices(names, today), *colliding_names(names)]:
        print_lines([f"names: {line}"], err=True)
    refuse(loaded.errors)
    if failures:
        raise NewswatchError(f"{counted_as(failures, 'test')} of topics failed")


def _told_broken(topics: Sequence[Topic]) -> int:
    """Tell which judged articles the topics decide otherwise than people did; how many."""
    with opened(read_settings()) as connection:
        found = list(broken(topics, judged_articles(connection)))
    for case in found:
        article = case.article
        wanted = "must be flagged" if article.must_flag else f"must not be flagged by {case.rule}"
        because = f" ({article.why})" if article.why else ""
        told = f"{article.topic}: article {article.article_id} {wanted}{because}: {article.title}"
        print_lines([told], err=True)
    return len(found)


@topics.command()
@click.argument("name")
def new(name: str) -> None:
    """Write a commented draft NAME.yaml beside the other topics; it is not in force.

    \b
    Example: newswatch topics new black-sea-grain
    """
    if not is_topic_id(name):
        raise InputError(f"{name!r} is no topic's id", mend=ID_FORM)
    path = _folder() / f"{name}.yaml"
    if path.exists():
        raise InputError("there is one already", file=path, mend="choose another name")
    path.write_text(SKELETON.format(name=name), encoding="utf-8")
    click.echo(path)


def counted_as(count: int, thing: str) -> str:
    return f"{count} {thing}{'s' if count != 1 else ''}"


def _folder() -> Path:
    return read_settings().watchlist / "topics"


def _all_good(folder: Path) -> tuple[Topic, ...]:
    """The topics of a folder. Raises the first broken file's error: here somebody can mend it."""
    loaded = load_topics(folder)
    refuse(loaded.errors)
    return loaded.topics
