"""`newswatch judge`: say right, wrong or missed of a decision."""

from __future__ import annotations

import getpass
from typing import Any, get_args

import click

from newswatch.cli.database import opened_work
from newswatch.cli.why import find_article
from newswatch.errors import InputError
from newswatch.models import ArticleId, Judgement, StoryId, Verdict
from newswatch.stages import judge as judging
from newswatch.store.server.database import Connection


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
    or was missed; or take that back.

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
