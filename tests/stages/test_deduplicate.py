"""The stage on a real Postgres: groups, order, splits, crashes, eight workers, stories."""

from __future__ import annotations

import random
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

import pytest
from psycopg.rows import dict_row

from dedupe.texts import HARBOUR, STANDING, TUNNEL, every_nth_word_changed, joined, keep, prose
from newswatch.stages import deduplicate as stage
from newswatch.stages.deduplicate import deduplicate
from newswatch.store import decisions, fingerprints
from newswatch.store.database import Connection, connect, scalar
from stages.invented import NOON, Item, decided, job_on, store, story_groups


def copy_groups(count: int) -> list[Item]:
    """Groups of four: a report, one edited, one cut a little, and one word for word."""
    items = []
    for group in range(count):
        text = prose(group, 180, vocabulary=9_000)
        versions = (text, every_nth_word_changed(text, 20), keep(text, 0.85), text.upper())
        items += [Item(f"g{group}-{n}", version) for n, version in enumerate(versions)]
    return items


def groups_of(connection: Connection) -> set[frozenset[str]]:
    """Articles joined by what they copy."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, (_, of) in decided(connection).items():
        found[of or name].add(name)
    return {frozenset(group) for group in found.values()}


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
    assert row["reason"].startswith("100 % of this text stands in Courier")
    start_original, end_original, start, end = row["passages"][0]
    passage = row["text"][start:end]
    assert passage.split() == row["original"][start_original:end_original].split()
    assert len(passage.split()) == len(row["text"].split())
    assert row["decided_at"] == NOON


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
    again = " ".join(
        [
            "Ferries from Port Ellery will leave from the fish dock while divers replace timber",
            "piles of the eastern terminal, hollowed out by shipworm, said engineer Ines Vardalou.",
            "Kiosks on Quay Street pay no rent, and the harbour authority runs a shuttle.",
        ]
    )
    store(
        connection,
        [
            Item("x", TUNNEL),
            Item("first", HARBOUR, title="Port Ellery ferry terminal to close", hours=1),
            Item("second", again, title="Divers to mend Port Ellery ferry terminal", hours=5),
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


def test_a_story_that_many_outlets_carry_stays_findable(connection: Connection) -> None:
    copies = [Item(f"copy{n}", joined([prose(n, 9), HARBOUR]), hours=n / 60) for n in range(1, 131)]
    store(connection, [Item("first", HARBOUR), *copies])
    deduplicate(job_on(connection))
    assert {of for _, of in decided(connection).values()} == {None, "first"}
    most = scalar(
        connection,
        "select max(holders) from (select count(*) as holders from news.posting group by hash) x",
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
    store(connection, [*notes, *briefs])
    deduplicate(job_on(connection))
    assert set(decided(connection).values()) == {(None, None)}


# --- order, splits, crashes, workers --------------------------------------------------------------


def test_the_split_into_batches_changes_nothing(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = copy_groups(12)
    random.Random(5).shuffle(items)
    items += [Item("foot", joined([prose(1, 90), STANDING])), Item("quay", HARBOUR)]
    outcomes = []
    for size in (500, 1, 7, 33):
        monkeypatch.setattr(stage, "BATCH", size)
        store(connection, items)
        deduplicate(job_on(connection))
        outcomes.append((decided(connection), story_groups(connection)))
        _forget(connection)
    assert outcomes[1:] == outcomes[:1] * 3
    assert len(outcomes[0][1]) == 14


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
    items = copy_groups(400)
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
        frozenset(f"g{group}-{n}" for n in range(4)) for group in range(400)
    }


def test_candidates_are_read_from_the_index(connection: Connection, admin: Connection) -> None:
    chance = random.Random(1)
    store(connection, [Item(f"n{n}", prose(n, 40)) for n in range(40)])
    deduplicate(job_on(connection))
    ids = [row[0] for row in connection.execute("select document_id from news.fingerprint")]
    rows = {(chance.randrange(2**62), chance.choice(ids)) for _ in range(40_000)}
    fingerprints.insert_postings(connection, sorted(rows))
    admin.execute("vacuum analyze news.posting")
    hashes = [hash_ for hash_, _ in sorted(rows)[:3_000]]
    plan = "\n".join(
        row[0]
        for row in connection.execute(
            b"explain " + fingerprints.HOLDERS.encode(), {"hashes": hashes, "most": 100}
        )
    )
    assert "Index Only Scan using posting_pkey on posting" in plan
    assert "Seq Scan" not in plan
    found = fingerprints.holders(connection, hashes, 100)
    assert found.keys() == set(hashes)
