"""Roles inside a story on a real Postgres: a known preview, its reprints, and what then happens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
import yaml
from click.testing import CliRunner

from copies.texts import prose
from demo.mailbox import Mailbox
from newswatch.cli.main import cli
from newswatch.copies.seeds import seed_of
from newswatch.settings import Settings, read_settings
from newswatch.stages.cycle import run_cycle, run_job
from newswatch.stages.deduplicate import deduplicate as stage
from newswatch.stages.deduplicate.deduplicate import add_seed, deduplicate
from newswatch.stages.digest import send_digests
from newswatch.store import decisions
from newswatch.store.server.database import Connection, scalar
from newswatch.store.stories import members
from newswatch.stories.rules import FIRST
from stages.invented import NOON, Item, job_on, store, story_groups
from stages.meeting import ITEMS, PREVIEW, STATEMENT

ROLES = {
    "reprint": "copy",
    "cut": "copy",
    "preview": "independent",
    "statement": "development",
    "wired": "copy",
}


def roles(connection: Connection) -> dict[str, str]:
    return dict(
        connection.execute(
            "select split_part(canonical_url, '/', 4), role"
            " from news.decision join news.article using (article_id)"
        ).fetchall()
    )


def new_sentences(connection: Connection) -> list[str]:
    """Of all developments, in the order of the text."""
    return [
        sentence
        for (several,) in connection.execute(
            "select new_sentences from news.decision where role = 'development' order by article_id"
        )
        for sentence in several
    ]


def known_preview(connection: Connection) -> None:
    add_seed(job_on(connection), seed_of("preview", PREVIEW))


def test_a_known_preview_its_reprints_and_the_statement_after_the_meeting(
    connection: Connection,
) -> None:
    known_preview(connection)
    store(connection, ITEMS)
    counts = deduplicate(job_on(connection, NOON + timedelta(hours=42)))
    assert story_groups(connection) == {frozenset(ROLES)}
    assert roles(connection) == ROLES
    assert counts["developments"] == 1
    first, *_ = found = new_sentences(connection)
    assert first == STATEMENT.partition(". ")[0] + "."
    assert not [sentence for sentence in found if "signed in spring" in sentence]


def test_a_preview_before_any_reprint_is_the_first_of_the_story(connection: Connection) -> None:
    known_preview(connection)
    reprint, _, preview, statement, _ = ITEMS
    store(connection, [preview, replace(reprint, hours=3), statement])
    deduplicate(job_on(connection, NOON + timedelta(hours=42)))
    assert roles(connection) == {
        "preview": "first",
        "reprint": "copy",
        "statement": "development",
    }


@pytest.mark.parametrize("size", [1, 2, 3])
def test_the_split_into_batches_changes_no_role(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(stage, "BATCH", size)
    known_preview(connection)
    store(connection, ITEMS)
    deduplicate(job_on(connection))
    assert roles(connection) == ROLES


def test_a_batch_that_died_is_decided_again_alike(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    known_preview(connection)
    store(connection, ITEMS)

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(decisions, "save", dies)
        with pytest.raises(KeyboardInterrupt):
            deduplicate(job_on(connection))
    assert roles(connection) == {}
    deduplicate(job_on(connection))
    before = roles(connection), new_sentences(connection)
    deduplicate(job_on(connection))
    assert (roles(connection), new_sentences(connection)) == before
    assert before[0] == ROLES


def test_a_long_story_is_compared_with_its_latest_originals_and_the_reprint(
    connection: Connection,
) -> None:
    known_preview(connection)
    reports = [Item(f"n{n}", prose(n, 40), hours=1 + n / 60) for n in range(FIRST.latest + 5)]
    store(connection, [ITEMS[0], *reports])
    deduplicate(job_on(connection))
    connection.execute("update news.decision set story_id = (select min(story_id) from news.story)")
    story_id = scalar(connection, "select min(story_id) from news.story")
    found = members(connection, [story_id], FIRST.latest)
    assert len(found) == FIRST.latest + 1
    assert [row.text for row in found if row.seed_id is not None] == [PREVIEW]
    assert [row.text for row in found if row.seed_id is None] == [
        item.text for item in reports[-FIRST.latest :]
    ]


@pytest.mark.parametrize(
    "values",
    [
        "role = 'aside'",
        "role = 'independent', new_sentences = '{One.}'",
        "role = 'copy'",
        "role = 'first', kind = 'exact'",
    ],
)
def test_the_table_refuses_what_cannot_be(connection: Connection, values: str) -> None:
    store(connection, ITEMS[2:3])
    deduplicate(job_on(connection))
    with pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(f"update news.decision set {values}".encode())


# --- and the reader -------------------------------------------------------------------------------

TOPIC = """\
id: lagoon
name: The lagoon
groups:
  lagoon: [lagoon]
rules:
  - id: named
    when: lagoon
    because: Names the lagoon
"""
READER = {
    "name": "decider",
    "email": "decider@paper.example",
    "timezone": "Europe/Berlin",
    "send_at": "07:30",
    "topics": ["lagoon"],
}


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    for folder in ("topics", "seeds"):
        (tmp_path / folder).mkdir()
    (tmp_path / "seeds" / "preview.txt").write_text(PREVIEW)
    (tmp_path / "topics" / "lagoon.yaml").write_text(TOPIC)
    (tmp_path / "subscribers.yaml").write_text(yaml.safe_dump({"subscribers": [READER]}))
    with Mailbox(tmp_path / "mail") as mailbox:
        yield read_settings(
            {}, embedder="none", watchlist_dir=tmp_path, smtp_url=f"smtp://127.0.0.1:{mailbox.port}"
        )


def edition(connection: Connection, settings: Settings, items: Sequence[Item], hours: int) -> str:
    """The text of the digest after these articles were seen, so many hours after noon."""
    now = NOON + timedelta(hours=hours)
    store(connection, items)
    run_cycle(connection, settings, now=now, stages=("deduplicate", "flag", "load"))
    counts = run_job(connection, settings, "cli", "send_digest", send_digests, now=now)
    assert counts["sent"] == 1
    return str(
        scalar(connection, "select body_text from news.edition order by edition_id desc limit 1")
    )


def test_the_statement_reaches_the_reader(connection: Connection, settings: Settings) -> None:
    before = edition(connection, settings, ITEMS[:3], hours=20)
    assert "NEW  Tarr gathers lagoon ministers in Halvorsund" in before
    assert " · 2 copies" in before
    assert "  + " not in before
    after = edition(connection, settings, ITEMS[3:], hours=44)
    assert "DEVELOPING  Lagoon ministers pledge to reopen Sele" in after
    assert " · 3 copies" in after
    assert f"  + {STATEMENT[:100]}" in after
    assert "\n    Wire, Wed 4 Mar 05:00\n" in after
    assert "\n  https://wire.example/statement\n" in after  # it leads the entry


def test_why_tells_what_is_new(connection: Connection) -> None:
    known_preview(connection)
    store(connection, ITEMS)
    deduplicate(job_on(connection))
    assert "  copy\n" in told(connection, "https://Courier.example/reprint")
    assert "  independent\n" in told(connection, "https://Post.example/preview")
    line = "  development: 3 new sentences, the first: “Envoy Marisol Tarr and the ministers"
    assert line in told(connection, "https://Wire.example/statement")


def told(connection: Connection, url: str) -> str:
    """What `newswatch why` prints."""
    environment = {"NEWSWATCH_DATABASE_URL": connection.info.dsn}
    result = CliRunner().invoke(cli, ["why", url], env=environment)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_analyst_reads_how_the_story_went(connection: Connection, settings: Settings) -> None:
    edition(connection, settings, ITEMS, hours=44)
    rows = connection.execute(
        "select outlet, role, cardinality(new_sentences)"
        " from analyst.story_article order by seen_at"
    ).fetchall()
    assert rows == [
        ("Courier", "copy", 0),
        ("Herald", "copy", 0),
        ("Post", "independent", 0),
        ("Wire", "development", 3),
        ("Echo", "copy", 0),
    ]
    assert scalar(connection, "select developments from analyst.story") == 1
