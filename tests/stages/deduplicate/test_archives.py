"""What a batch asks: the archive in the database and the one in memory give the same answers."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta

import pytest

from copies.texts import HARBOUR, STANDING, TUNNEL, joined, keep, prose
from newswatch.copies.candidates import signed
from newswatch.copies.rules import FIRST
from newswatch.copies.seeds import seed_of
from newswatch.models import DocumentId
from newswatch.stages.deduplicate.archive import Archive, BatchResult
from newswatch.stages.deduplicate.batch import Prepared, decide_batch
from newswatch.stages.deduplicate.deduplicate import add_seed, prepare
from newswatch.stages.deduplicate.documents import hashes_of, to_store
from newswatch.stages.deduplicate.memory_archive import MemoryArchive
from newswatch.stages.deduplicate.postgres_archive import PostgresArchive
from newswatch.stages.parking import Parking
from newswatch.store import decisions, fingerprints
from newswatch.store.candidates import OwnTitle
from newswatch.store.server.database import Connection
from newswatch.stories.rules import STORY_RULES
from stages.invented import NOON, Item, job_on, store

WINDOW = timedelta(days=30)
FOOT = prose(99, 160)
PIER = "Eastern pier to close for eleven weeks"
ITEMS = [
    Item("first", HARBOUR, "Port Ellery ferry terminal to close", "Courier"),
    Item("cut", keep(HARBOUR, 0.5), "Ferry terminal of Port Ellery closes", "Gazette", 1),
    Item("again", HARBOUR.upper(), "Ferries to leave from the fish dock", "Herald", 2),
    Item(
        "update", "The mayor of Port Ellery resigned over the pier on Friday. " + HARBOUR, hours=3
    ),
    Item("tunnel", TUNNEL, hours=4),
    Item("digest", joined([TUNNEL, HARBOUR, prose(1, 200)]), hours=5),
    Item("bare", "", PIER, "Courier", 6),
    Item("full", prose(500, 200), PIER, "Courier", 7),
    Item("seeded", prose(700, 200), hours=8),
    *(Item(f"note{n}", joined([prose(n, 90), FOOT]), f"Note {n}", "Letter", 9) for n in range(6)),
    Item("foot", joined([prose(1, 90), STANDING]), hours=10),
    Item("related", joined([prose(3, 150), keep(HARBOUR, 0.5)]), "Divers begin", hours=11),
]
SEED = seed_of("seed", prose(700, 220))


@dataclass(frozen=True, slots=True)
class Both:
    """The same articles in both archives, decided on in two batches."""

    postgres: PostgresArchive
    memory: MemoryArchive
    prepared: dict[DocumentId, Prepared]
    results: list[tuple[BatchResult, BatchResult]]


@pytest.fixture
def both(connection: Connection) -> Both:
    add_seed(job_on(connection), SEED)
    memory, postgres = MemoryArchive(), PostgresArchive(connection)
    memory.add_seed(SEED, FIRST)
    found = Both(postgres, memory, {}, [])
    store(connection, ITEMS)
    tries = Parking(job_on(connection), "deduplicate", "1").tries
    waiting = decisions.waiting_articles(connection, tries, 100)
    for batch in (waiting[:7], waiting[7:]):
        prepared = [prepare(article, FIRST, STORY_RULES[1]) for article in batch]
        rows = [
            to_store(each.fingerprint, each.article.outlet, article_id=each.article.article_id)
            for each in prepared
        ]
        ids = fingerprints.insert_fingerprints(connection, rows)
        stored = dict(zip(ids, prepared, strict=True))
        added = memory.add_articles(prepared)
        assert list(stored) == list(added)
        of_both = decide_batch(stored, postgres, WINDOW), decide_batch(added, memory, WINDOW)
        found.results.append(of_both)
        postgres.save(of_both[0])
        decisions.save(connection, of_both[0].decisions, NOON)
        memory.save(of_both[1])
        found.prepared.update(stored)
    return found


def test_a_batch_is_decided_alike(both: Both) -> None:
    for of_postgres, of_memory in both.results:
        assert of_postgres == of_memory
    kinds = {row.kind for result, _ in both.results for row in result.decisions}
    relations = {row.relation for result, _ in both.results for row in result.decisions}
    assert kinds == {None, "exact", "near", "contained", "revision"}
    assert relations >= {None, "update", "contains", "related"}
    assert any(row.duplicate_of_seed for result, _ in both.results for row in result.decisions)


def test_documents_and_their_texts(both: Both) -> None:
    wanted = [DocumentId(1), *both.prepared, DocumentId(999)]
    assert both.postgres.documents(wanted) == both.memory.documents(wanted)
    found = [
        sorted(archive.wordings(wanted), key=lambda wording: wording.document_id)
        for archive in (both.postgres, both.memory)
    ]
    assert found[0] == found[1]
    assert len(found[0]) == len(wanted) - 1


def test_what_documents_are_found_by(both: Both) -> None:
    hashes = [hash_ for each in both.prepared.values() for hash_ in signed(each.fingerprint.sketch)]
    for most in (1, 100):
        of_postgres = both.postgres.holders([*hashes, 5], most)
        of_memory = both.memory.holders([*hashes, 5], most)
        assert {key: held and sorted(held) for key, held in of_postgres.items()} == of_memory
    by_text = {key: hashes_of(each.fingerprint)[0] for key, each in both.prepared.items()}
    by_title = {key: hashes_of(each.fingerprint)[1] for key, each in both.prepared.items()}
    own = {key: OwnTitle(by_title[key], each.article.outlet) for key, each in both.prepared.items()}
    found = [
        {(like.document_id, like.earlier_id) for like in archive.like(by_text, by_title, own)}
        for archive in (both.postgres, both.memory)
    ]
    assert found[0] == found[1] != set()


@pytest.mark.parametrize("most", [3, 50])
def test_what_an_outlet_published_before(both: Both, most: int) -> None:
    end = DocumentId(max(both.prepared))
    answers = [
        archive.recent_of_outlet("Letter", 1, end, most) for archive in (both.postgres, both.memory)
    ]
    assert answers[0] == answers[1]
    assert len(answers[0]) == min(most, 6)


@pytest.mark.parametrize("most", [1, 50])
def test_stories(both: Both, most: int) -> None:
    def told(archive: Archive) -> tuple[object, ...]:
        terms = sorted({key for each in both.prepared.values() for key in each.counts.keys()})  # noqa: SIM118
        found = archive.stories_found_by(terms, most)
        ids = sorted({story_id for stories in found.values() for story_id in stories})
        return (
            archive.rarities(terms),
            {term: list(stories) for term, stories in found.items()},
            [
                (row.story_id, json.loads(json.dumps(row.strands)), row.last_seen_at)
                for row in archive.stories(ids)
            ],
            {story_id: list(rows) for story_id, rows in archive.members(ids, most).items()},
        )

    assert told(both.postgres) == told(both.memory)
