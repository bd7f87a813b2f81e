"""Later wordings of articles: documents of their own, so that copies of them are found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from newswatch.copies.candidates import signed
from newswatch.copies.rules import Rules
from newswatch.models import ArticleId
from newswatch.stages.deduplicate.batch import BatchDecider, Prepared
from newswatch.stages.deduplicate.documents import fingerprint_of, hashes_of, to_store
from newswatch.stages.deduplicate.postgres_archive import PostgresArchive
from newswatch.store import fingerprints
from newswatch.store.fingerprints import FingerprintRow
from newswatch.store.server.database import Connection

KEPT = 3  # later wordings of an article that are documents, beside its first


def add_wordings(connection: Connection, wordings: Sequence[Prepared], rules: Rules) -> None:
    """Make documents of the wordings that just came into force, but for those whose words the
    article had before. Needs the lock on decisions."""
    known = {
        article_id: {(row.text_hash, row.title_hash) for row in rows}
        for article_id, rows in _documents(connection, wordings, rules).items()
    }
    insert_wordings(
        connection,
        [
            wording
            for wording in wordings
            if hashes_of(wording.fingerprint) not in known.get(wording.article.article_id, ())
        ],
        rules,
    )


def insert_wordings(connection: Connection, wordings: Sequence[Prepared], rules: Rules) -> None:
    """Make documents of these, and drop what an article then has beyond the latest `KEPT`.

    They are of this algorithm, and `first_seen_at` of each is when it came into force.
    """
    rows = [
        to_store(
            wording.fingerprint,
            wording.article.outlet,
            article_id=wording.article.article_id,
            revised_at=wording.article.first_seen_at,
        )
        for wording in wordings
    ]
    batch = dict(zip(fingerprints.insert_fingerprints(connection, rows), wordings, strict=True))
    decider = BatchDecider(PostgresArchive(connection), batch, None)
    for document_id in batch:
        decider.post_wording(document_id)
    fingerprints.insert_postings(connection, decider.postings)
    surplus = [
        row
        for rows_of in _documents(connection, wordings, rules).values()
        for row in [row for row in rows_of if row.revised_at is not None][:-KEPT]
    ]
    fingerprints.remove(
        connection, {row.document_id: signed(fingerprint_of(row).sketch) for row in surplus}
    )


def _documents(
    connection: Connection, wordings: Sequence[Prepared], rules: Rules
) -> Mapping[ArticleId, Sequence[FingerprintRow]]:
    found: defaultdict[ArticleId, list[FingerprintRow]] = defaultdict(list)
    ids = [wording.article.article_id for wording in wordings]
    for row in fingerprints.of_articles(connection, ids, rules.version):
        if row.article_id is not None:
            found[row.article_id].append(row)
    return found
