"""The stories of the last days made again by other figures, beside those stored."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner

from copies.texts import HARBOUR, TUNNEL, every_nth_word_changed, prose
from newswatch.cli.main import cli
from newswatch.errors import SettingError
from newswatch.stages.deduplicate.deduplicate import deduplicate
from newswatch.stages.deduplicate.remake import remake
from newswatch.stages.deduplicate.story_rules import story_rules_of
from newswatch.stages.job import Job
from newswatch.store.server.database import Connection, scalar
from newswatch.stories.rules import FIRST, STORY_RULES
from stages.invented import Item, job_on, store, story_groups

PERIOD = timedelta(days=3650)
ITEMS = [
    Item("pier", HARBOUR, outlet="Courier"),
    Item("pier-copied", HARBOUR, hours=1),
    Item("pier-again", every_nth_word_changed(HARBOUR, 4), hours=2),
    Item("tunnel", TUNNEL, hours=3),
    *(Item(f"else-{number}", prose(number, 120), hours=4 + number) for number in range(5)),
]
APART = replace(FIRST, version=2, join=2.0, join_across_languages=2.0)


@pytest.fixture(autouse=True)
def apart() -> Iterator[None]:
    """A version 2 by which no original joins another."""
    STORY_RULES[APART.version] = APART
    yield
    del STORY_RULES[APART.version]


@pytest.fixture
def job(connection: Connection) -> Job:
    made = job_on(connection)
    store(connection, ITEMS)
    deduplicate(made)
    return made


def test_the_version_in_force_makes_the_stories_that_are_stored(job: Job) -> None:
    found = remake(job, FIRST, PERIOD)
    pairs = found.pairs()
    assert len(found.articles) == len(ITEMS)
    assert pairs["stored"] == pairs["made"] == pairs["both"] > 1
    assert found.apart() == found.together() == []


def test_another_version_is_compared_with_them(job: Job) -> None:
    before = story_groups(job.connection)
    found = remake(job, APART, PERIOD)
    assert found.pairs()["made"] == found.pairs()["both"] == 1  # the copy stays with its original
    assert found.made_stories() == len(ITEMS) - 1 > found.stored_stories()
    ((first, second),) = found.apart()
    assert (first.text, second.text) == (HARBOUR, ITEMS[2].text)
    assert found.together() == []
    assert story_groups(job.connection) == before


def test_what_came_before_the_period_is_left_out(job: Job) -> None:
    newest = scalar(job.connection, "select max(first_seen_at) from news.article")
    found = remake(replace(job, now=newest), FIRST, timedelta(hours=1, minutes=30))
    assert len(found.articles) == 2


def test_each_article_says_by_which_version_it_came_to_its_story(job: Job) -> None:
    later = replace(job, settings=replace(job.settings, story_version=2))
    store(job.connection, [Item("later", every_nth_word_changed(HARBOUR, 5), hours=20)])
    deduplicate(later)
    versions = job.connection.execute(
        "select story_version, count(*) from news.decision group by 1 order by 1"
    ).fetchall()
    assert versions == [(1, len(ITEMS)), (2, 1)]


def test_an_unknown_version_is_refused_with_the_known_ones() -> None:
    with pytest.raises(SettingError, match=r"no version 9 of stories.*known: 1, 2"):
        story_rules_of(9)


def test_the_command_counts_and_names_what_falls_apart(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    job.connection.execute(
        "update news.article set first_seen_at = first_seen_at"
        " + (now() - (select max(first_seen_at) from news.article))"
    )
    monkeypatch.setenv("NEWSWATCH_DATABASE_URL", job.connection.info.dsn)
    command = ["story", "remake", "--version", "2", "--days", "3"]
    found = json.loads(CliRunner().invoke(cli, [*command, "--json"]).output)
    assert (found["articles"], found["pairs_both"]) == (len(ITEMS), 1)
    assert [example[0] for example in found["examples"]] == ["apart"]
    printed = CliRunner().invoke(cli, command).output
    assert f"version 2: {len(ITEMS)} articles" in printed
    assert "apart" in printed
