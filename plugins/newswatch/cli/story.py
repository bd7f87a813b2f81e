"""`newswatch story`: one story as it went, and what people correct in it."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Any

import click

from newswatch.cli.database import opened, opened_work
from newswatch.cli.output import (
    Commands,
    json_option,
    print_json_line,
    print_lines,
    print_rows,
)
from newswatch.cli.why import find_article
from newswatch.models import StoryId
from newswatch.settings import read_settings
from newswatch.stages.deduplicate import remake as remade
from newswatch.stages.deduplicate import story_changes
from newswatch.stages.deduplicate.story_rules import story_rules_of, story_rules_set
from newswatch.store import history
from newswatch.store.story_changes import changes_of_story

why_option = click.option("--why", default="", help="Kept beside the change.")


@click.group(cls=Commands)
def story() -> None:
    """Look at a story, merge two that are one event, split one that is two.

    \b
    Example: newswatch story show 17
    """


@story.command()
@click.argument("story_id", type=int)
@json_option
def show(story_id: int, as_json: bool) -> None:
    """List the articles of a story, why each joined, and what was merged or split.

    \b
    Example: newswatch story show 17
    """
    with opened(read_settings()) as connection:
        head = story_changes.living(connection, StoryId(story_id))
        found: dict[str, Any] = {
            **asdict(head),
            "articles": history.story_articles(connection, head.story_id),
            "changes": [asdict(change) for change in changes_of_story(connection, head.story_id)],
        }
    if as_json:
        print_json_line(found)
    else:
        print_lines(_lines_of(found))


@story.command()
@click.argument("story_id", type=int)
@click.argument("other_id", type=int)
@why_option
def merge(story_id: int, other_id: int, why: str) -> None:
    """Make two stories one: the older keeps its id, the other leads to it.

    \b
    Example: newswatch story merge 17 23 --why "the same summit"
    """
    with opened_work() as work:
        kept = story_changes.merge(work, StoryId(story_id), StoryId(other_id), why)
    gone = other_id if kept == story_id else story_id
    click.echo(f"story {gone} is part of story {kept} now")


@story.command()
@click.argument("story_id", type=int)
@click.argument("articles", nargs=-1, required=True)
@why_option
def split(story_id: int, articles: tuple[str, ...], why: str) -> None:
    """Move articles, given by URL or id, to a new story; their copies go with them.

    \b
    Example: newswatch story split 17 201 205 --why "another summit"
    """
    with opened_work() as work:
        moved = [find_article(work.connection, article) for article in articles]
        new_id = story_changes.split(work, StoryId(story_id), moved, why)
    click.echo(f"they are story {new_id} now")


@story.command()
@click.option("--version", type=int, help="Of the figures of stories.  [default: the one set]")
@click.option(
    "--days", type=click.IntRange(1, 365), default=7, show_default=True, help="How far back."
)
@click.option("--examples", type=int, default=20, show_default=True, help="Pairs to show.")
@json_option
def remake(version: int | None, days: int, examples: int, as_json: bool) -> None:
    """Make the stories of the last days again, in memory, and compare them with those stored.

    Nothing is changed. It shows which stories would fall apart and which would come together.

    \b
    Example: newswatch story remake --version 2 --days 14
    """
    with opened_work() as work:
        wanted = story_rules_of(version) if version else story_rules_set(work.settings)
        found = remade.remake(work, wanted, timedelta(days=days))
    pairs = found.pairs()
    counts = {
        "version": wanted.version,
        "articles": len(found.articles),
        "stories_stored": found.stored_stories(),
        "stories_made": found.made_stories(),
        **{f"pairs_{name}": pairs[name] for name in ("stored", "made", "both")},
    }
    examples_of = [
        (what, first.article_id, first.title, second.article_id, second.title)
        for what, two in (("apart", found.apart()), ("together", found.together()))
        for first, second in two[:examples]
    ]
    if as_json:
        print_json_line({**counts, "examples": [list(row) for row in examples_of]})
        return
    print_lines(
        [
            f"version {wanted.version}: {len(found.articles)} articles,"
            f" {counts['stories_stored']} stories stored, {counts['stories_made']} made again",
            f"pairs of articles in one story: {pairs['stored']} stored, {pairs['made']} made again,"
            f" {pairs['both']} in both",
        ]
    )
    if examples_of:
        print_rows(("now", "article", "headline", "and", "headline"), examples_of, as_json=False)


def _lines_of(found: dict[str, Any]) -> list[str]:
    lines = [
        f"{found['story_id']}: {found['headline']}",
        f"{found['first_seen_at']:%Y-%m-%d %H:%MZ} to {found['last_seen_at']:%Y-%m-%d %H:%MZ},"
        f" {found['article_count']} articles",
        "",
    ]
    for article in found["articles"]:
        lines.append(
            f"{article['seen_at']:%m-%d %H:%M} {article['role'] or '':11} {article['outlet']}:"
            f" {article['title']} (article {article['article_id']})"
        )
        if article["terms"]:
            weighed = sorted(article["terms"].items(), key=lambda term: -term[1])
            shared = ", ".join(f"{term} {weight:.2f}" for term, weight in weighed)
            lines.append(f"    {article['similarity']:.2f} by {shared}")
        lines += [f"    + {sentence}" for sentence in article["new_sentences"][:1]]
    for change in found["changes"]:
        ids = ", ".join(map(str, change["article_ids"]))
        lines.append(
            f"{change['changed_at']:%Y-%m-%d %H:%MZ} {change['kind']}: from story"
            f" {change['from_story_id']} to {change['story_id']}, articles {ids}"
            + (f": {change['why']}" if change["why"] else "")
        )
    return lines
