"""The stage on a real Postgres: groups, order, splits, crashes, eight workers, seeds, stories."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from psycopg.rows import dict_row

from dedupe.texts import HARBOUR, STANDING, TUNNEL, every_nth_word_changed, joined, keep, prose
from newswatch.dedupe.seeds import from_json, seed_of, to_json
from newswatch.errors import InputError
from newswatch.models import RunId
from newswatch.settings import HOME, Settings
from newswatch.stages import deduplicate as stage
from newswatch.stages.deduplicate import add_seed, deduplicate, sync_seeds
from newswatch.stages.job import Job
from newswatch.store import bare_articles, decisions, fingerprints
from newswatch.store.bare_articles import BareArticle
from newswatch.store.database import Connection, connect, scalar

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Item:
    """One article as a test writes it."""

    name: str
    text: str
    title: str = ""
    outlet: str = ""
    hours: float = 0


def job_on(connection: Connection, now: datetime = NOON) -> Job:
    return Job(connection, Settings(), now, RunId(0))


def store(connection: Connection, items: Sequence[Item]) -> None:
    bare_articles.insert(
        connection,
        [
            BareArticle(
                canonical_url=f"https://{item.outlet or item.name}.example/{item.name}",
                host=f"{item.outlet or item.name}.example",
                outlet=item.outlet or item.name,
                title=item.title or f"Report {item.name}",
                text=item.text,
                published_at=None,
                seen_at=NOON + timedelta(hours=item.hours, microseconds=place),
            )
            for place, item in enumerate(items)
        ],
    )


def decided(connection: Connection) -> dict[str, tuple[str | None, str | None]]:
    """Each article's kind and what it copies, by name."""
    rows = connection.execute(
        """
        select split_part(article.canonical_url, '/', 4), kind,
               coalesce(split_part(original.canonical_url, '/', 4), seed.name)
        from news.decision join news.article using (article_id)
        left join news.article as original on original.article_id = duplicate_of_article
        left join news.seed on seed_id = duplicate_of_seed
        """
    )
    return {name: (kind, of) for name, kind, of in rows}


def story_groups(connection: Connection) -> set[frozenset[str]]:
    groups: defaultdict[int, set[str]] = defaultdict(set)
    for story, name in connection.execute(
        "select story_id, split_part(canonical_url, '/', 4)"
        " from news.decision join news.article using (article_id)"
    ):
        groups[story].add(name)
    return {frozenset(group) for group in groups.values()}


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
    items = copy_groups(60)
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
        frozenset(f"g{group}-{n}" for n in range(4)) for group in range(60)
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
            b"explain " + fingerprints.HOLDERS.encode(), {"hashes": hashes, "most": 101}
        )
    )
    assert "Index Only Scan using posting_pkey on posting" in plan
    assert "Seq Scan" not in plan
    found = fingerprints.holders(connection, hashes, 101)
    assert found.keys() == set(hashes)


# --- seeds ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "fingerprint"])
def test_reprints_of_a_seed_are_copies_of_it(connection: Connection, form: str) -> None:
    seed = seed_of("harbour-2026", HARBOUR, outlet="Ellery Courier")
    if form == "fingerprint":
        seed = from_json(to_json(seed), "harbour-2026.json")
    job = job_on(connection)
    assert add_seed(job, seed)
    assert not add_seed(job, seed)
    store(
        connection,
        [
            Item("headline", HARBOUR, title="Piles go after 92 years"),
            Item("trimmed", keep(HARBOUR, 0.8)),
            Item("half", " ".join(HARBOUR.split()[-115:])),
            Item("other", TUNNEL),
            Item(
                "own",
                "Port Ellery — Ferries move to the fish dock in spring because shipworm has eaten"
                " the piles of the main pier, the harbour authority told the council. Ines"
                " Vardalou, its chief engineer, put the price at 14 million crowns. "
                + prose(4, 120),
            ),
        ],
    )
    counts = deduplicate(job)
    assert counts["seed_copies"] == 3
    assert decided(connection) == {
        "headline": ("exact", "harbour-2026"),
        "trimmed": ("near", "harbour-2026"),
        "half": ("contained", "harbour-2026"),
        "other": (None, None),
        "own": (None, None),
    }
    stories = story_groups(connection)
    assert any(group >= {"headline", "trimmed", "half"} for group in stories)


def test_passages_are_known_where_the_text_of_a_seed_is(connection: Connection) -> None:
    seed = seed_of("harbour-2026", HARBOUR)
    add_seed(job_on(connection), from_json(to_json(seed), "x.json"))
    assert add_seed(job_on(connection), seed)  # its text is new
    assert not add_seed(job_on(connection), from_json(to_json(seed), "x.json"))
    store(connection, [Item("half", keep(HARBOUR, 0.5))])
    deduplicate(job_on(connection))
    assert scalar(connection, "select jsonb_array_length(passages) from news.decision") > 0


def test_a_seed_file_holds_no_word_of_the_text() -> None:
    written = to_json(seed_of("one", HARBOUR, subject="a pier"))
    told = written.split('"grams"')[0].casefold()
    assert not [word for word in HARBOUR.casefold().split() if len(word) > 4 and word in told]


def test_a_seed_with_another_text_replaces_the_one_of_its_name(connection: Connection) -> None:
    job = job_on(connection)
    add_seed(job, seed_of("s", HARBOUR))
    assert add_seed(job, seed_of("s", TUNNEL))
    store(connection, [Item("pier", HARBOUR), Item("tube", TUNNEL)])
    deduplicate(job)
    assert decided(connection) == {"pier": (None, None), "tube": ("exact", "s")}


def test_the_folder_of_seeds_is_loaded_once(connection: Connection, tmp_path: Path) -> None:
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "tube.txt").write_text(TUNNEL)
    (folder / "pier.json").write_text(to_json(seed_of("pier", HARBOUR)))
    job = replace(job_on(connection), settings=Settings(watchlist_dir=tmp_path))
    assert (sync_seeds(job), sync_seeds(job)) == (2, 0)
    (folder / "broken.json").write_text("{}")
    with pytest.raises(InputError, match=r"broken\.json: not a seed's fingerprint"):
        sync_seeds(job)


def test_the_shipped_seeds_load(connection: Connection) -> None:
    job = replace(job_on(connection), settings=Settings(watchlist_dir=HOME / "dags" / "watchlist"))
    assert sync_seeds(job) >= 1
    assert scalar(connection, "select count(*) from news.seed where text is not null") == 0
