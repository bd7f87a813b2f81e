"""`newswatch judge` and `to-judge`: what people say of decisions, and what they are asked."""

from __future__ import annotations

import getpass
from typing import Any, get_args

import click

from newswatch.cli.database import opened, opened_work
from newswatch.cli.output import json_option, print_rows
from newswatch.cli.why import find_article
from newswatch.errors import InputError
from newswatch.models import ArticleId, Judgement, StoryId, Verdict
from newswatch.settings import read_settings
from newswatch.stages import judge as judging
from newswatch.store.server.database import Connection
from newswatch.store.site.judgements import to_judge as next_to_judge

ASKED = ("day", "topic", "article_id", "outlet", "title", "rule", "missed", "is_flagged")


@click.command("to-judge")
@click.option("--topic", help="Of this topic only.")
@click.option("--most", type=click.IntRange(min=1), default=50, show_default=True)
@json_option
def to_judge(topic: str | None, most: int, as_json: bool) -> None:
    """Articles of the nightly sample that nobody has judged, in the order in which to judge them:
    `newswatch judge ARTICLE missed|absent|unsure --topic TOPIC`.

    \b
    Example: newswatch to-judge --topic witkoff
    """
    with opened(read_settings()) as connection:
        found = next_to_judge(connection, topic, most)
    print_rows(ASKED, [[row[name] for name in ASKED] for row in found], as_json=as_json)


@click.command()
@click.argument("article")
@click.argument("verdict", type=click.Choice([*get_args(Verdict), "back"]))
@click.option("--topic", help="Of its flag for this topic.")
@click.option("--story", type=int, help="Of its being in this story.")
@click.option("--copy", "is_copy", is_flag=True, help="Of its being a copy.")
@click.option("--of", "original", help="With --copy and missed: what it is a copy of.")
@click.option("--why", default="", help="Kept beside it.")
@click.option("--by", default=None, help="Who judges.  [default: you]")
def judge(article: str, verdict: str, why: str, by: str | None, **what: Any) -> None:
    """Say of an article (URL or id) that its flag, its story or its being a copy is right, wrong,
    or was missed; that a flag is rightly absent, or that you are unsure; or take that back.

    \b
    Example: newswatch judge 17 wrong --topic witkoff --why "his son"
    """
    with opened_work() as work:
        judgement = _judgement(work.connection, article, verdict, why, by, **what)
        if verdict == "back":
            judging.take_back(work, judgement)
        else:
            judging.judge(work, judgement)
    click.echo("taken back" if verdict == "back" else f"kept: {verdict}")


def _judgement(
    connection: Connection,
    article: str,
    verdict: str,
    why: str,
    by: str | None,
    *,
    topic: str | None,
    story: int | None,
    is_copy: bool,
    original: str | None,
) -> Judgement:
    if sum((topic is not None, story is not None, is_copy)) != 1:
        raise InputError(
            "it is not said what is judged", mend="give --topic NAME, --story ID or --copy"
        )
    subject = "flag" if topic is not None else "story" if story is not None else "copy"
    other: ArticleId | None = find_article(connection, original) if original else None
    return Judgement(
        subject=subject,  # type: ignore[arg-type]
        verdict="right" if verdict == "back" else verdict,  # type: ignore[arg-type]
        article_id=find_article(connection, article),
        why=why,
        judged_by=by or getpass.getuser(),
        topic=topic,
        story_id=StoryId(story) if story is not None else None,
        original_id=other if is_copy else None,
    )
