"""`newswatch story`."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from newswatch.cli.main import cli
from newswatch.stages.deduplicate.deduplicate import deduplicate
from newswatch.store.server.database import Connection
from stages.deduplicate.test_story_changes import ITEMS, article, story
from stages.invented import job_on, store


@pytest.fixture
def run(database: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setenv("NEWSWATCH_DATABASE_URL", database)
    return lambda *arguments: CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture
def decided(connection: Connection) -> Connection:
    store(connection, ITEMS)
    deduplicate(job_on(connection))
    return connection


def test_show(decided: Connection, run: Callable[..., Result]) -> None:
    shown = run("story", "show", story(decided, "pier")).stdout
    assert "1: Pier to close\n2026-03-02 12:00Z to 2026-03-02 15:00Z, 3 articles\n" in shown
    assert "first       Courier: Pier to close (article 1)" in shown
    assert "copy        harbour-again" in shown
    joined = next(line for line in shown.splitlines() if " by " in line)
    assert "ellery" in joined
    found = json.loads(run("story", "show", story(decided, "pier"), "--json").stdout)
    assert [article["role"] for article in found["articles"]] == ["first", "independent", "copy"]


def test_merge_and_split(decided: Connection, run: Callable[..., Result]) -> None:
    one, other = story(decided, "harbour"), story(decided, "tunnel")
    merged = run("story", "merge", other, one, "--why", "the same coast")
    assert merged.stdout == f"story {other} is part of story {one} now\n"
    gone = run("story", "show", other)
    assert gone.exit_code == 2
    assert gone.stderr == f"newswatch: story {other} was merged away; it is story {one} now\n"
    parted = run("story", "split", one, "https://tunnel.example/tunnel")
    assert parted.stdout == f"they are story {story(decided, 'tunnel')} now\n"
    shown = run("story", "show", one).stdout
    assert f"merge: from story {other} to {one}, articles 2, 5: the same coast" in shown
    assert f"split: from story {one} to {story(decided, 'tunnel')}, articles 2, 5\n" in shown
    life = run("why", article(decided, "tunnel")).stdout
    assert f"came from story {other}: merge, the same coast" in life
    assert f"came from story {one}: split" in life


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", 99], "newswatch: there is no story 99; give a story_id of analyst.story"),
        (["merge", 1, 1], "newswatch: story 1 cannot be merged with itself; name two stories"),
        (["split", 1, "nowhere"], "newswatch: no article 'nowhere'; give the URL of an article"),
    ],
)
def test_refused(
    decided: Connection, run: Callable[..., Result], arguments: list[object], message: str
) -> None:
    refused = run("story", *arguments)
    assert refused.exit_code == 2
    assert refused.stderr.startswith(message)
