"""The stage on a real Postgres: groups, order, splits, crashes, eight workers, stories."""

from __future__ import annotations

import gc
import itertools
import random
from collections import defaultdict
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner
from psycopg.rows import dict_row

from copies.texts import HARBOUR, STANDING, TUNNEL, every_nth_word_changed, joined, keep, prose
from newswatch.cli.main import cli
from newswatch.copies.candidates import standing_text
from newswatch.copies.fingerprint import Fingerprint, fingerprint
from newswatch.copies.rules import FIRST
from newswatch.stages.deduplicate import batch, role_assigner, story_assigner
from newswatch.stages.deduplicate import deduplicate as stage
from newswatch.stages.deduplicate.deduplicate import deduplicate
from newswatch.stages.deduplicate.documents import DocumentCache
from newswatch.stages.deduplicate.postgres_archive import PostgresArchive
from newswatch.store import candidates, decisions, fingerprints
from newswatch.store.parked import FIRST_PAUSE
from newswatch.store.server.database import Connection, connect, scalar
from stages.invented import NOON, POSTED, Item, decided, job_on, store, story_groups

AGAIN = " ".join(
    [
        "Ferries from Port Ellery will leave from the fish dock while divers replace timber",
        "piles of the eastern terminal, hollowed out by shipworm, said engineer Ines Vardalou.",
        "Kiosks on Quay Street pay no rent, and the harbour authority runs a shuttle.",
    ]
)


def copy_groups(count: int) -> list[Item]:
    """Groups of four: a report, one edited, one cut a little, and one word for word."""
    items = []
    for group in range(count):
        text = prose(group, 180, vocabulary=9_000)
        versions = (text, every_nth_word_changed(text, 20), keep(text, 0.85), text.upper())
        items += [
            Item(f"g{group}-{n}", version, f"Report {group}") for n, version in enumerate(versions)
        ]
    return items


def groups_of(connection: Connection) -> set[frozenset[str]]:
    """Articles joined by what they copy."""
    return groups_in(decided(connection))


def groups_in(found: Mapping[str, tuple[str | None, str | None]]) -> set[frozenset[str]]:
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for name, (_, of) in found.items():
        groups[of or name].add(name)
    return {frozenset(group) for group in groups.values()}


# --- one batch ------------------------------------------------------------------------------------


def test_kinds_reasons_and_counts(connection: Connection) -> None:
    store(
        connection,
        [
            Item("first", HARBOUR, outlet="Courier"),
            Item("again", HARBOUR, hours=1),
            Item("half", keep(HARBOUR, 0.5), hours=2),
            Item("edited", "Update. " + HARBOUR, hours=3),
            Item("other", TUNNEL, hours=4),
            Item("digest", joined([TUNNEL, HARBOUR, prose(1, 200)]), hours=5),
        ],
    )
    counts = deduplicate(job_on(connection))
    assert decided(connection) == {
        "first": (None, None),
        "again": ("exact", "first"),
        "half": ("contained", "first"),
        "edited": ("near", "first"),
        "other": (None, None),
        "digest": (None, None),
    }
    assert counts["articles"] == 6
    assert (counts["originals"], counts["exact"], counts["near"], counts["contained"]) == (
        3,
        1,
        1,
        1,
    )
    assert counts["stories_new"] + counts["stories_joined"] == counts["originals"]
    assert scalar(connection, "select count(*) from news.containment") == 2
    assert deduplicate(job_on(connection)).items() >= {("articles", 0), ("originals", 0)}


def test_a_decision_says_why_and_where(connection: Connection) -> None:
    store(connection, [Item("first", HARBOUR, outlet="Courier"), Item("half", keep(HARBOUR, 0.5))])
    deduplicate(job_on(connection))
    with connection.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute(
            """
            select decision.*, article.text, original.text as original from news.decision
            join news.article using (article_id)
            join news.article as original on original.article_id = duplicate_of_article
            """
        ).fetchone()
    assert row is not None
    assert row["coverage"] == 1
    assert 0.4 < row["coverage_of_original"] < 0.6
    assert row["jaccard"] == row["coverage_of_original"]
    assert row["compared_with_article"] == row["duplicate_of_article"]
    assert row["algorithm_version"] == 1
    assert row["reason"].startswith("100 % of this text stands in Courier")
    start_original, end_original, start, end = row["passages"][0]
    passage = row["text"][start:end]
    assert passage.split() == row["original"][start_original:end_original].split()
    assert len(passage.split()) == len(row["text"].split())
    assert row["decided_at"] == NOON


def compared(connection: Connection, name: str) -> dict[str, Any]:
    """A decision with the text that it was compared with."""
    with connection.cursor(row_factory=dict_row) as cursor:
        row = cursor.execute(
            """
            select decision.*, article.text, other.text as other_text,
                   coalesce(split_part(other.canonical_url, '/', 4), seed.name) as other
            from news.decision join news.article using (article_id)
            left join news.article as other on other.article_id = compared_with_article
            left join news.seed on seed_id = compared_with_seed
            where article.canonical_url like '%%/' || %s
            """,
            [name],
        ).fetchone()
    assert row is not None
    return row


def test_an_original_says_what_it_is_related_to(connection: Connection, database: str) -> None:
    background = joined([prose(3, 150), keep(HARBOUR, 0.5)])
    store(
        connection,
        [
            Item("first", HARBOUR, outlet="Courier"),
            Item("follow-up", background, "Divers begin", hours=1),
            Item("again", HARBOUR + "Again.", hours=2),
            Item("digest", joined([TUNNEL, HARBOUR, prose(1, 200)]), hours=3),
            Item("other", prose(5, 200), hours=4),
        ],
    )
    deduplicate(job_on(connection))
    row = compared(connection, "follow-up")
    assert (row["kind"], row["duplicate_of_article"], row["other"]) == (None, None, "first")
    assert 0.25 < row["jaccard"] < row["coverage"] < row["coverage_of_original"] < 0.56
    start_other, end_other, start, end = row["passages"][0]
    assert row["text"][start:end].split() == row["other_text"][start_other:end_other].split()
    assert row["reason"].startswith("Shares passages with Courier (")
    assert compared(connection, "digest")["other"] == "first"
    assert compared(connection, "other")["other"] is None
    groups = story_groups(connection)
    assert not [group for group in groups if {"first", "digest"} <= group]

    connection.execute("update news.article set loaded_at = now()")
    related = connection.execute("select title, related_title from analyst.related order by 1")
    assert related.fetchall() == [
        ("Divers begin", "Report first"),
        ("Report digest", "Report first"),
    ]
    contained = connection.execute(
        "select split_part(url, '/', 4), round(coverage) from analyst.contained"
        " join analyst.article on contained = article.article_id order by 1"
    )
    assert contained.fetchall() == [("first", 1)]
    with connection.cursor(row_factory=dict_row) as cursor:
        edge = cursor.execute(
            """
            select contained.*, longer.text, earlier.text as earlier
            from analyst.contained join analyst.article as longer using (article_id)
            join analyst.article as earlier on earlier.article_id = contained
            """
        ).fetchone()
    assert edge is not None
    assert 0.2 < edge["jaccard"] <= edge["coverage_of_article"] < 0.5
    assert edge["reason"] == "100 % of Courier stands in this text, which is longer."
    assert edge["algorithm_version"] == 1
    start_earlier, end_earlier, start, end = edge["passages"][0]
    held = edge["text"][start:end].split()
    assert held == edge["earlier"][start_earlier:end_earlier].split()
    assert len(held) == len(HARBOUR.split())
    told = CliRunner().invoke(
        cli, ["why", "https://digest.example/digest"], env={"NEWSWATCH_DATABASE_URL": database}
    )
    assert "holds 100 % of https://Courier.example/first" in told.stdout
    told = CliRunner().invoke(
        cli,
        ["why", "https://follow-up.example/follow-up"],
        env={"NEWSWATCH_DATABASE_URL": database},
    )
    assert " of https://Courier.example/first; Jaccard 30 %" in told.stdout


def test_a_related_article_is_found_by_all_of_its_text(connection: Connection) -> None:
    mixed = joined([keep(HARBOUR, 0.5), prose(3, 150)])
    store(connection, [Item("first", HARBOUR), Item("mixed", mixed), Item("cut", keep(mixed, 0.3))])
    deduplicate(job_on(connection))
    assert decided(connection)["cut"] == ("contained", "first")
    hashes = len(set(fingerprint(mixed).sketch.tolist()))
    posted = scalar(
        connection,
        f"select count(*) from {POSTED} join news.fingerprint using (document_id)"
        " join news.article using (article_id) where canonical_url like '%/mixed'",
    )
    assert posted == hashes


def test_passages_are_of_the_text_that_was_compared(connection: Connection) -> None:
    longer = HARBOUR + prose(3, 40)
    store(
        connection,
        [Item("first", HARBOUR), Item("longer", longer, hours=1), Item("again", longer, hours=2)],
    )
    deduplicate(job_on(connection))
    assert decided(connection)["again"] == ("exact", "first")
    row = compared(connection, "again")
    assert row["other"] == "longer"
    start_other, end_other, start, end = row["passages"][0]
    assert row["text"][start:end] == row["other_text"][start_other:end_other]
    assert (row["coverage"], row["coverage_of_original"], row["jaccard"]) == (1, 1, 1)


def test_copies_join_the_story_of_their_original(connection: Connection) -> None:
    store(connection, [Item("first", HARBOUR), Item("copy", keep(HARBOUR, 0.3)), Item("x", TUNNEL)])
    deduplicate(job_on(connection))
    assert story_groups(connection) == {frozenset({"first", "copy"}), frozenset({"x"})}
    row = connection.execute(
        "select headline, article_count, last_seen_at > first_seen_at from news.story"
        " order by story_id limit 1"
    ).fetchone()
    assert row == ("Report first", 2, True)


def test_a_joined_story_says_by_which_terms(connection: Connection) -> None:
    store(
        connection,
        [
            Item("x", TUNNEL),
            Item("first", HARBOUR, title="Port Ellery ferry terminal to close", hours=1),
            Item("second", AGAIN, title="Divers to mend Port Ellery ferry terminal", hours=5),
        ],
    )
    counts = deduplicate(job_on(connection))
    assert (counts["stories_new"], counts["stories_joined"]) == (2, 1)
    row = connection.execute(
        "select story_similarity, story_terms from news.decision where story_terms is not null"
    ).fetchone()
    assert row is not None
    assert 0.2 < row[0] <= 1
    assert "ellery" in row[1]


def test_a_toll_that_rises_is_one_story_and_no_copy(connection: Connection) -> None:
    said = "{0} people died when the ferry Aster sank off Port Ellery, the coast guard said. "
    rest = " ".join(HARBOUR.split()[:120])
    store(
        connection,
        [
            Item(
                f"toll-{toll}",
                said.format(toll) + rest + f" The coast guard counts {toll} dead.",
                f"Ferry Aster sinks off Port Ellery, {toll} dead",
                outlet,
                hours,
            )
            for hours, (toll, outlet) in enumerate(
                [("3", "Courier"), ("5", "Courier"), ("12", "Gazette")]
            )
        ],
    )
    deduplicate(job_on(connection))
    assert set(decided(connection).values()) == {(None, None)}
    assert len(story_groups(connection)) == 1


def test_the_same_words_about_another_town_are_another_story(connection: Connection) -> None:
    alert = (
        "An air raid alert was declared in the {0} region at noon. Residents of {0} are asked to"
        " stay in shelters until further notice. The air force reports a launch of missiles from"
        " the east. Public transport in {0} has been stopped, and shops are to close. Follow the"
        " instructions of the civil defence and do not ignore the sirens."
    )
    store(
        connection,
        [
            Item(town, alert.format(town), f"Air raid alert in {town}", "Alerts", hour)
            for hour, town in enumerate(("Kharkiv", "Odesa", "Sumy"))
        ],
    )
    deduplicate(job_on(connection))
    assert set(decided(connection).values()) == {(None, None)}
    assert len(story_groups(connection)) == 3


def test_an_update_joins_the_story_that_it_was_made_from(connection: Connection) -> None:
    fresh = "The mayor resigned over the eastern terminal after a night of protest in the square. "
    store(
        connection,
        [
            Item("first", HARBOUR, hours=1),
            Item("update", fresh + HARBOUR, "Mayor resigns over terminal", "Gazette", 24 * 20),
        ],
    )
    deduplicate(job_on(connection))
    assert decided(connection)["update"] == (None, None)
    assert story_groups(connection) == {frozenset({"first", "update"})}


def test_a_story_may_be_joined_for_a_month_after_each_report(connection: Connection) -> None:
    """Counted from the article: what is decided in one batch may span a year."""
    title = "Divers to mend Port Ellery ferry terminal"
    store(
        connection,
        [
            Item("winter", HARBOUR, "Port Ellery ferry terminal to close"),
            Item("winter-again", AGAIN, title, "Gazette", 30),
            Item("summer", TUNNEL, hours=24 * 200),
        ],
    )
    deduplicate(job_on(connection))
    assert frozenset({"winter", "winter-again"}) in story_groups(connection)


def test_a_headline_that_many_outlets_carry_is_one_article(connection: Connection) -> None:
    headline = "Eastern ferry terminal to close for eleven weeks"
    items = [Item(f"outlet{n:02}", "", headline, hours=n / 10) for n in range(12)]
    standing = [Item(f"morning{n}", "", "Morning briefing", hours=n / 10) for n in range(3)]
    store(connection, [*items, *standing])
    deduplicate(job_on(connection))
    found = decided(connection)
    assert [found[item.name] for item in items] == [(None, None)] + [("exact", "outlet00")] * 11
    assert [found[item.name] for item in standing] == [(None, None)] * 3


def test_a_few_equal_words_without_a_headline_are_found(connection: Connection) -> None:
    store(
        connection,
        [Item("one", "The pier is closed.", " "), Item("two", "THE PIER IS CLOSED", " ")],
    )
    deduplicate(job_on(connection))
    assert decided(connection) == {"one": (None, None), "two": ("exact", "one")}


def test_a_copy_of_a_copy_cut_to_15_percent_is_a_copy_of_the_first(connection: Connection) -> None:
    text = prose(1, 1_500)
    edited = every_nth_word_changed(text, 25)
    store(
        connection,
        [Item("first", text), Item("edited", edited), Item("cut", keep(edited, 0.15))],
    )
    deduplicate(job_on(connection))
    assert decided(connection)["edited"] == ("near", "first")
    assert decided(connection)["cut"] == ("contained", "first")


def test_what_is_stored_first_is_the_original_whenever_it_was_seen(connection: Connection) -> None:
    store(connection, [Item("known", HARBOUR, hours=5)])
    deduplicate(job_on(connection))
    store(connection, [Item("late", "Updated. " + HARBOUR)])
    deduplicate(job_on(connection))
    assert decided(connection) == {"known": (None, None), "late": ("near", "known")}
    assert compared(connection, "late")["reason"].endswith("Seen 5 hours earlier.")


def test_a_copy_outlives_its_original(connection: Connection) -> None:
    store(connection, [Item("first", HARBOUR), Item("copy", HARBOUR + prose(1, 40), hours=1)])
    deduplicate(job_on(connection))
    connection.execute("delete from news.article where canonical_url like '%/first'")
    store(connection, [Item("again", HARBOUR + prose(1, 40), hours=2), Item("x", HARBOUR, hours=3)])
    deduplicate(job_on(connection))
    found = decided(connection)
    assert found["copy"] == ("near", None)
    assert found["again"] == ("exact", "copy")
    assert found["x"][1] in (None, "copy")


def test_a_text_of_two_megabytes(connection: Connection) -> None:
    text = prose(1, 230_000)
    assert len(text) > 2_000_000
    store(connection, [Item("first", text), Item("half", keep(text, 0.5), hours=1)])
    deduplicate(job_on(connection))
    assert decided(connection)["half"] == ("contained", "first")


def test_a_story_that_many_outlets_carry_stays_findable(connection: Connection) -> None:
    copies = [Item(f"copy{n}", joined([HARBOUR, prose(n, 9)]), hours=n / 60) for n in range(1, 131)]
    store(connection, [Item("first", HARBOUR), *copies])
    deduplicate(job_on(connection))
    assert {of for _, of in decided(connection).values()} == {None, "first"}
    most = scalar(
        connection,
        f"select max(holders) from (select count(*) as holders from {POSTED} group by hash) x",
    )
    assert most < 10


def test_standing_text_of_an_outlet_is_learnt(connection: Connection) -> None:
    foot = joined([STANDING, prose(99, 160)])
    notes = [
        Item(f"note{n}", joined([prose(n, 260), foot]), f"Note {n}", "Courier") for n in range(5)
    ]
    briefs = [
        Item(f"brief{n}", joined([prose(20 + n, 60), foot]), f"Brief {n}", "Courier", hours=1)
        for n in range(4)
    ]
    late = Item("late", joined([prose(50, 260), foot]), "Brief no more", "Courier", hours=2)
    store(connection, [*notes, *briefs, late])
    deduplicate(job_on(connection))
    assert set(decided(connection).values()) == {(None, None)}
    found = connection.execute(
        "select reason, compared_with_article from news.decision join news.article"
        " using (article_id) where title like 'Brief %'"
    )
    assert set(found.fetchall()) == {("Shares only what Courier puts under its articles.", None)}
    assert scalar(connection, "select count(*) from news.containment") == 0


def test_what_holds_another_outlets_report_holds_none_of_its_own(connection: Connection) -> None:
    foot, report = prose(99, 160), prose(77, 60)
    briefs = [
        Item(f"brief{n}", joined([prose(20 + n, 60), foot]), f"Brief {n}", "Courier")
        for n in range(6)
    ]
    digest = Item("digest", joined([prose(50, 200), report, foot]), "Digest", "Courier", hours=1)
    store(connection, [*briefs, Item("report", report, outlet="Gazette"), digest])
    deduplicate(job_on(connection))
    held = connection.execute(
        "select fingerprint.outlet from news.containment"
        " join news.fingerprint using (document_id)"
        " join news.article on article.article_id = containment.article_id where title = 'Digest'"
    )
    assert held.fetchall() == [("Gazette",)]


def test_what_was_left_out_of_a_decision_can_be_found_again(connection: Connection) -> None:
    foot = prose(99, 160)

    def articles(name: str, first: int, hours: float) -> list[Item]:
        return [
            Item(
                f"{name}{n}", joined([prose(first + n, 60), foot]), f"{name} {n}", "Courier", hours
            )
            for n in range(6)
        ]

    store(connection, articles("early", 0, 0))
    deduplicate(job_on(connection))
    ids = [row[0] for row in connection.execute("select document_id from news.fingerprint")]
    archive = PostgresArchive(connection)
    (last,) = DocumentCache(archive, ids).documents([max(ids)])
    before = standing_text(DocumentCache(archive, ids).recent_grams(last), FIRST)
    assert before.size > 150
    store(connection, articles("later", 50, 9))
    deduplicate(job_on(connection))
    after = standing_text(DocumentCache(archive, ids).recent_grams(last), FIRST)
    assert after.tolist() == before.tolist()
    assert compared(connection, "early5")["reason"].startswith("Shares only what Courier puts")


def test_an_outlet_may_change_its_standing_text(connection: Connection) -> None:
    items = [
        Item(
            f"{age}{n}",
            joined([prose(seed + n, words), prose(foot, 160)]),
            f"{age} {n}",
            "Courier",
            hours,
        )
        for age, seed, foot, hours in (("old", 100, 98, 0), ("new", 200, 99, 100))
        for n, words in enumerate([260] * 5 + [60] * 3)
    ]
    store(connection, items)
    deduplicate(job_on(connection))
    assert set(decided(connection).values()) == {(None, None)}


# --- order, splits, crashes, workers --------------------------------------------------------------


def test_the_split_into_batches_changes_nothing(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = copy_groups(12)
    random.Random(5).shuffle(items)
    items += [Item("foot", joined([prose(1, 90), STANDING])), Item("quay", HARBOUR)]
    items += [Item(f"headline{n}", "", "Ferry terminal to close for weeks") for n in range(9)]
    items += [Item("digest", joined([TUNNEL, HARBOUR, prose(2, 150)])), Item("tube", TUNNEL)]
    pier = "Eastern pier to close for eleven weeks"
    items += [Item("bare", "", pier, "Courier"), Item("full", prose(500, 200), pier, "Courier")]
    items += [Item("reprint", prose(500, 190)), Item("next", prose(501, 200), pier, "Courier")]
    items += [Item("follow-up", joined([prose(3, 150), keep(HARBOUR, 0.5)]))]
    outcomes = []
    for size in (500, 1, 7, 33):
        monkeypatch.setattr(stage, "BATCH", size)
        store(connection, items)
        deduplicate(job_on(connection))
        outcomes.append((decided(connection), story_groups(connection), reasons(connection)))
        _forget(connection)
    assert outcomes[1:] == outcomes[:1] * 3
    assert len(groups_in(outcomes[0][0])) == 19


def test_a_batch_holds_no_fingerprint_of_those_before(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stage, "BATCH", 4)
    store(connection, copy_groups(12))
    before = _fingerprints_held()
    deduplicate(job_on(connection))
    assert _fingerprints_held() - before < 24 < len(decided(connection))


def _fingerprints_held() -> int:
    gc.collect()
    return sum(isinstance(held, Fingerprint) for held in gc.get_objects())


def reasons(connection: Connection) -> list[tuple[Any, ...]]:
    return connection.execute(
        "select article.canonical_url, other.canonical_url, coverage, jaccard, passages, reason"
        " from news.decision join news.article using (article_id)"
        " left join news.article as other on other.article_id = compared_with_article order by 1"
    ).fetchall()


def _forget(connection: Connection) -> None:
    with connection.transaction():
        for table in ("article", "story", "term"):
            connection.execute(f"delete from news.{table}".encode())


def test_a_batch_that_died_is_decided_again_alike(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(connection, copy_groups(3))

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(decisions, "save", dies)
        with pytest.raises(KeyboardInterrupt):
            deduplicate(job_on(connection))
    for table in ("decision", "fingerprint", "posting", "story", "term"):
        assert not connection.execute(f"select from news.{table}".encode()).fetchall()
    deduplicate(job_on(connection))
    assert len(groups_of(connection)) == 3


def test_eight_workers_make_the_groups_that_one_makes(
    connection: Connection, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = copy_groups(100)
    random.Random(3).shuffle(items)
    monkeypatch.setattr(stage, "BATCH", 20)

    def work(part: int) -> None:
        with connect(database) as own:
            store(own, items[part::8])
            deduplicate(job_on(own))

    with ThreadPoolExecutor(8) as workers:
        list(workers.map(work, range(8)))
    assert scalar(connection, "select count(*) from news.decision") == len(items)
    assert groups_of(connection) == {
        frozenset(f"g{group}-{n}" for n in range(4)) for group in range(100)
    }


def test_workers_that_die_and_articles_that_come_twice_change_no_group(
    connection: Connection, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = copy_groups(40)
    random.Random(4).shuffle(items)
    monkeypatch.setattr(stage, "BATCH", 9)
    save, calls = decisions.save, itertools.count()

    def dies_at_times(own: Connection, rows: Any, now: Any) -> None:
        save(own, rows, now)
        if (call := next(calls)) < 24 and call % 2 == 0:
            raise KeyboardInterrupt

    monkeypatch.setattr(decisions, "save", dies_at_times)

    def work(part: int) -> None:
        for _ in range(2):
            with connect(database) as own:
                store(own, items[part::8])
        while True:
            try:
                with connect(database) as own:
                    deduplicate(job_on(own))
                return
            except KeyboardInterrupt:
                continue

    with ThreadPoolExecutor(8) as workers:
        list(workers.map(work, range(8)))
    assert next(calls) > 24
    assert scalar(connection, "select count(*) from news.decision") == len(items)
    assert groups_of(connection) == {
        frozenset(f"g{group}-{n}" for n in range(4)) for group in range(40)
    }


def test_candidates_are_read_from_the_index(connection: Connection, admin: Connection) -> None:
    chance = random.Random(1)
    store(connection, [Item(f"n{n}", prose(n, 40)) for n in range(40)])
    deduplicate(job_on(connection))
    ids = [row[0] for row in connection.execute("select document_id from news.fingerprint")]
    rows = {(chance.randrange(2**31), chance.choice(ids)) for _ in range(40_000)}
    fingerprints.insert_postings(connection, sorted(rows))
    admin.execute("vacuum analyze news.posting")
    hashes = [hash_ for hash_, _ in sorted(rows)[:3_000]]
    plan = "\n".join(
        row[0]
        for row in connection.execute(
            b"explain " + candidates.HOLDERS.encode(),
            {"most": 100} | fingerprints.by_column(hashes),
        )
    )
    for column in fingerprints.HASH_COLUMNS:
        assert f"Index Only Scan using posting_by_{column} on posting" in plan
    assert "Seq Scan" not in plan
    found = candidates.holders(connection, hashes, 100)
    assert found.keys() == set(hashes)


@pytest.mark.parametrize(
    ("room", "function"),
    [
        (story_assigner, "profile_of"),
        (story_assigner, "match"),
        (story_assigner, "join"),
        (role_assigner, "role_in_story"),
        (batch, "decide"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_an_article_that_takes_too_long_waits_and_all_others_are_decided(
    connection: Connection, monkeypatch: pytest.MonkeyPatch, room: ModuleType, function: str
) -> None:
    """Whatever a pure function may find no end of: here it is one word."""
    endless_word = "zzyzx"
    store(connection, [Item("one", HARBOUR), Item("two", TUNNEL + 9 * f" {endless_word}")])
    store(connection, [Item("three", f"{TUNNEL} The ferries wait.", hours=1)])
    pure = getattr(room, function)

    def endless(*arguments: Any) -> Any:
        while endless_word in repr(arguments):
            pass
        return pure(*arguments)

    with monkeypatch.context() as slow:
        slow.setattr(room, function, endless)
        for place in (story_assigner, batch):
            slow.setattr(place, "SECONDS", 0.5)
        assert deduplicate(job_on(connection))["parked"] == 1
    assert decided(connection) == {"one": (None, None), "three": (None, None)}
    parked = "select what, kind, error from ops.parked"
    assert connection.execute(parked).fetchall() == [
        ("Report two", "time", "Overdue: it took more than 0.5 s of CPU time")
    ]
    deduplicate(job_on(connection, NOON + FIRST_PAUSE))
    assert decided(connection).keys() == {"one", "two", "three"}
    assert connection.execute(parked).fetchall() == []
