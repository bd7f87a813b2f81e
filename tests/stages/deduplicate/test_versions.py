"""Another version of the algorithm: decided beside the one in force, compared, put in force."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, LiteralString

import pytest
from click.testing import CliRunner, Result

from copies.texts import HARBOUR, TUNNEL, every_nth_word_changed, joined, keep, prose
from newswatch.cli.main import cli
from newswatch.copies.rules import RULES
from newswatch.copies.seeds import from_json, seed_of, to_json
from newswatch.errors import SettingError
from newswatch.stages.deduplicate import versions
from newswatch.stages.deduplicate.deduplicate import add_seed, deduplicate
from newswatch.stages.deduplicate.versions import backfill
from newswatch.stages.job import Job
from newswatch.store.parked import FIRST_PAUSE
from newswatch.store.server.database import Connection, scalar
from refusals import refusing
from stages.invented import STRICT, Item, decided, job_on, store, story_groups

pytestmark = pytest.mark.usefixtures("strict")

EDITED = every_nth_word_changed(HARBOUR, 12)
ITEMS = [
    Item("first", HARBOUR, outlet="Courier"),
    Item("again", HARBOUR, hours=1),
    Item("edited", EDITED, hours=2),
    Item("edited-again", EDITED, hours=3),
    Item("half", keep(HARBOUR, 0.5), hours=4),
    Item("digest", joined([TUNNEL, HARBOUR, prose(1, 200)]), hours=5),
    Item("preview", prose(7, 150), hours=6),
]
BY_FIRST = {
    "first": (None, None),
    "again": ("exact", "first"),
    "edited": ("near", "first"),
    "edited-again": ("exact", "first"),
    "half": ("contained", "first"),
    "digest": (None, None),
    "preview": ("exact", "meeting"),
}
BY_STRICT = BY_FIRST | {"edited": (None, None), "edited-again": ("exact", "edited")}
SEEN: LiteralString = """
    select decision.article_id, kind, duplicate_of_article, duplicate_of_seed,
           compared_with_article, compared_with_seed, coverage, jaccard, passages, reason,
           algorithm_version, role, new_sentences, contained.edges
    from news.decision left join lateral (
        select array_agg(
            (grams, to_jsonb(containment) - 'document_id') order by fingerprint.article_id
        ) as edges
        from news.containment join news.fingerprint using (document_id)
        where containment.article_id = decision.article_id
          and fingerprint.algorithm = decision.algorithm_version
    ) as contained on true
    order by 1
"""


@pytest.fixture
def job(connection: Connection) -> Job:
    """Everything is decided on by the first version."""
    made = job_on(connection)
    add_seed(made, seed_of("meeting", prose(7, 150), outlet="Courier"))
    store(connection, ITEMS)
    deduplicate(made)
    return made


def under(job: Job, version: int) -> Job:
    return replace(job, settings=replace(job.settings, dedupe_version=version))


def seen(job: Job) -> list[Any]:
    return job.connection.execute(SEEN).fetchall()


def beside(job: Job) -> list[Any]:
    return job.connection.execute(
        "select article_id, kind, duplicate_of_article, duplicate_of_seed, coverage, reason"
        " from news.version_decision where algorithm_version = 2 order by 1"
    ).fetchall()


def test_a_backfill_changes_nothing_that_is_in_force(job: Job) -> None:
    before = seen(job)
    assert backfill(job, STRICT) == len(ITEMS)
    assert seen(job) == before
    assert decided(job.connection) == BY_FIRST
    assert backfill(job, STRICT) == 0
    assert backfill(job, RULES[1]) == 0  # in force already


def test_it_goes_on_where_it_was_stopped(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    backfill(job, STRICT)
    whole = beside(job)
    job.connection.execute("delete from news.version_decision where algorithm_version = 2")
    job.connection.execute("delete from news.fingerprint where algorithm = 2")
    monkeypatch.setattr(versions, "BATCH", 2)
    insert, batches = versions.decisions.insert, []

    def insert_twice(connection: Connection, rows: Any, now: Any) -> None:
        insert(connection, rows, now)
        batches.append(rows)
        if len(batches) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(versions.decisions, "insert", insert_twice)
        with pytest.raises(KeyboardInterrupt):
            backfill(job, STRICT)
    done = len(beside(job))
    assert 0 < done < len(whole)
    assert backfill(job, STRICT) == len(whole) - done
    assert beside(job) == whole


def test_setting_the_version_puts_its_decisions_in_force(job: Job) -> None:
    job.connection.execute("update news.article set flagged_at = now()")
    deduplicate(under(job, 2))
    assert decided(job.connection) == BY_STRICT
    unflagged = job.connection.execute(
        "select split_part(canonical_url, '/', 4) from news.article where flagged_at is null"
    )
    assert unflagged.fetchall() == [("edited",)]  # an original now: flag looks at it next
    versions_seen = job.connection.execute("select distinct algorithm_version from news.decision")
    assert versions_seen.fetchall() == [(2,)]


def test_the_roles_are_told_again(job: Job) -> None:
    edited = "select role from news.decision join news.article using (article_id)"
    edited += " where canonical_url like '%/edited'"
    assert scalar(job.connection, edited) == "copy"
    deduplicate(under(job, 2))
    assert scalar(job.connection, edited) in ("independent", "development")


def test_there_and_back_everything_is_as_it_was(job: Job) -> None:
    before, groups = seen(job), story_groups(job.connection)
    deduplicate(under(job, 2))
    assert seen(job) != before
    deduplicate(under(job, 1))
    assert seen(job) == before
    assert story_groups(job.connection) == groups


def test_a_version_brings_what_it_compared_with(job: Job) -> None:
    backfill(job, STRICT)
    job.connection.execute(
        "update news.version_decision set compared_with_seed = null,"
        " compared_with_article = (select max(article_id) from news.article)"
        " where algorithm_version = 2"
    )
    brought = "select distinct compared_with_article = (select max(article_id) from news.article)"
    deduplicate(under(job, 2))
    assert job.connection.execute(f"{brought} from news.decision".encode()).fetchall() == [(True,)]


def test_what_comes_meanwhile_is_decided_by_both(job: Job) -> None:
    deduplicate(under(job, 2))
    store(job.connection, [Item("later", EDITED, hours=9), Item("last", TUNNEL, hours=10)])
    deduplicate(under(job, 2))
    assert decided(job.connection)["later"] == ("exact", "edited")
    deduplicate(under(job, 1))
    found = decided(job.connection)
    assert (found["later"], found["edited"]) == (("exact", "first"), ("near", "first"))


def test_a_copy_is_in_the_story_of_what_it_copies(job: Job) -> None:
    deduplicate(under(job, 2))
    apart = scalar(
        job.connection,
        "select count(*) from news.decision as copy join news.decision as original"
        " on original.article_id = copy.duplicate_of_article"
        " where copy.story_id is distinct from original.story_id",
    )
    assert apart == 0


def test_seeds_count_in_every_version(job: Job) -> None:
    deduplicate(under(job, 2))
    fingerprint_only = from_json(to_json(seed_of("speech", prose(8, 150))), "speech.json")
    assert add_seed(under(job, 2), fingerprint_only)
    assert not add_seed(under(job, 2), fingerprint_only)
    store(job.connection, [Item("speech-copy", prose(8, 150), hours=8)])
    deduplicate(under(job, 2))
    assert decided(job.connection)["speech-copy"] == ("exact", "speech")


def test_a_seed_may_be_replaced_between_backfill_and_change(job: Job) -> None:
    store(job.connection, [Item("long", joined([prose(7, 150), prose(9, 300)]), hours=8)])
    deduplicate(job)
    backfill(job, STRICT)
    add_seed(job, seed_of("meeting", prose(8, 150), outlet="Courier"))
    deduplicate(under(job, 2))
    assert decided(job.connection)["long"] == (None, None)


def test_an_unknown_version_is_refused(job: Job) -> None:
    with pytest.raises(SettingError, match="there is no version 3 of the deduplication; known: 1"):
        deduplicate(under(job, 3))
    assert decided(job.connection) == BY_FIRST


class TestWhatAVersionFailsAt:
    """A row that the database refuses stands for whatever a new version may fail at."""

    OF_EDITED = (
        "new.algorithm = 2 and (select canonical_url from news.article"
        " where article_id = new.article_id) like '%/edited'"
    )
    PARKED: LiteralString = "select stage, what, kind, error, attempts from ops.parked"

    def test_is_parked_and_all_else_is_decided(self, job: Job, admin: Connection) -> None:
        with refusing(admin, "news.fingerprint", self.OF_EDITED):
            assert backfill(job, STRICT) == len(ITEMS) - 1
            assert backfill(job, STRICT) == 0
        assert job.connection.execute(self.PARKED).fetchall() == [
            ("deduplicate", "Report edited", "refused", "StringDataRightTruncation: refused", 1)
        ]
        later = replace(job, now=job.now + FIRST_PAUSE)
        assert backfill(later, STRICT) == 1
        assert job.connection.execute(self.PARKED).fetchall() == []

    def test_keeps_the_decision_that_it_has(self, job: Job, admin: Connection) -> None:
        with refusing(admin, "news.fingerprint", self.OF_EDITED):
            deduplicate(under(job, 2))
        assert decided(job.connection)["edited"] == ("near", "first")
        assert scalar(job.connection, "select count(*) from ops.parked") == 1
        before = seen(job)
        deduplicate(under(job, 1))
        assert backfill(replace(job, now=job.now + FIRST_PAUSE), STRICT) == 1
        assert decided(job.connection) == BY_FIRST
        deduplicate(under(job, 2))
        late = {"edited-again": (None, None), "edited": ("exact", "edited-again")}
        assert decided(job.connection) == BY_STRICT | late
        assert len(seen(job)) == len(before) == len(ITEMS)

    def test_in_a_seed_or_a_story_is_parked_too(self, job: Job, admin: Connection) -> None:
        of_seed = "new.algorithm = 2 and new.seed_id is not null"
        with refusing(admin, "news.fingerprint", of_seed):
            assert backfill(job, STRICT) == len(ITEMS)
        of_story = (
            "(select title from news.article where article_id = new.article_id) = 'Report edited'"
        )
        with refusing(
            admin, "news.version_decision", f"new.role is not null and {of_story}", event="update"
        ):
            deduplicate(under(job, 2))
        assert decided(job.connection) == BY_STRICT | {"preview": (None, None)}
        parked = job.connection.execute(
            "select split_part(what, ' ', 1) from ops.parked order by 1"
        )
        assert parked.fetchall() == [("seed",), ("story",)]

    def test_is_tried_again_when_the_version_is_in_force(self, job: Job, admin: Connection) -> None:
        of_some = (
            f"({self.OF_EDITED} and new.revised_at is null)"
            " or (new.algorithm = 2 and new.seed_id is not null)"
        )
        with refusing(admin, "news.fingerprint", of_some):
            backfill(job, STRICT)
        of_preview = (
            "(select title from news.article where article_id = new.article_id) like '%preview'"
        )
        with refusing(
            admin, "news.version_decision", f"new.role is not null and {of_preview}", event="update"
        ):
            deduplicate(under(job, 2))
        assert scalar(job.connection, "select count(*) from ops.parked") == 3
        deduplicate(under(job, 2))
        assert scalar(job.connection, "select count(*) from ops.parked") == 3
        later = replace(under(job, 2), now=job.now + FIRST_PAUSE)
        deduplicate(later)
        assert job.connection.execute(self.PARKED).fetchall() == []
        assert decided(job.connection)["edited"] == ("near", "first")
        found = (
            "select count(*) from news.fingerprint"
            " where algorithm = 2 and (seed_id is not null or article_id ="
            " (select article_id from news.article where canonical_url like '%/edited'))"
        )
        assert scalar(job.connection, found) == 2
        roles = "select count(*) from news.decision where role is null and story_id is not null"
        assert scalar(job.connection, roles) == 0


class TestCommands:
    @pytest.fixture
    def run(self, database: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
        monkeypatch.setenv("NEWSWATCH_DATABASE_URL", database)
        return lambda *arguments: CliRunner().invoke(cli, ["dedupe", *arguments])

    def test_backfill_and_compare(self, job: Job, run: Callable[..., Result]) -> None:
        unfinished = run("compare-versions", "1", "2")
        assert unfinished.exit_code == 1
        assert "version 2 has decided on 0 of 7 articles; newswatch dedupe" in unfinished.stderr
        assert run("backfill", "--version", "2").stdout == "version 2: 7 articles decided\n"
        found = json.loads(run("compare-versions", "1", "2", "--json").stdout)
        assert sum(row["articles"] for row in found["counts"]) == 7
        assert [change["old_kind"] for change in found["changes"]] == ["near", "exact"]
        assert [change["new_kind"] for change in found["changes"]] == [None, "exact"]
        assert found["changes"][1]["new_original"] == "Report edited"
        table = run("compare-versions", "1", "2").stdout
        assert "Report edited-again" in table
        assert "exact, 100 % in Report edited" in " ".join(table.split())

    def test_unknown_versions(self, job: Job, run: Callable[..., Result]) -> None:
        for arguments in (["backfill", "--version", "9"], ["compare-versions", "1", "9"]):
            result = run(*arguments)
            assert result.exit_code == 2
            assert "there is no version 9" in result.stderr
