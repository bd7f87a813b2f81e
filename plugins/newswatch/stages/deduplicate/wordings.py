"""Later wordings of articles: documents of their own, so that copies of them are found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from newswatch.copies.algorithm import Algorithm
from newswatch.copies.candidates import signed
from newswatch.models import ArticleId
from newswatch.stages.deduplicate.batch import Desk, Signed
from newswatch.stages.deduplicate.documents import fingerprint_of, hashes_of, to_store
from newswatch.store import fingerprints
from newswatch.store.fingerprints import FingerprintRow
from newswatch.store.server.database import Connection

KEPT = 3  # later wordings of an article that are documents, beside its first


def add_wordings(connection: Connection, wordings: Sequence[Signed], algorithm: Algorithm) -> None:
    """Make documents of the wordings that just came into force, but for those whose words the
    article had before. Needs the lock on decisions."""
    known = {
        article_id: {(row.text_hash, row.title_hash) for row in rows}
        for article_id, rows in _documents(connection, wordings, algorithm).items()
    }
    insert_wordings(
        connection,
        [
            one
            for one in wordings
            if hashes_of(one.fingerprint) not in known.get(one.article.article_id, ())
        ],
        algorithm,
    )


def insert_wordings(
    connection: Connection, wordings: Sequence[Signed], algorithm: Algorithm
) -> None:
    """Make documents of these, and drop what an article then has beyond the latest `KEPT`.

    They are of this algorithm, and `first_seen_at` of each is when it came into force.
    """
    rows = [
        to_store(
            one.fingerprint,
            one.article.outlet,
            article_id=one.article.article_id,
            revised_at=one.article.first_seen_at,
        )
        for one in wordings
    ]
    news = dict(zip(fingerprints.insert_fingerprints(connection, rows), wordings, strict=True))
    desk = Desk(connection, news, None)
    for document_id in news:
        desk.post_wording(document_id)
    desk.save()
    surplus = [
        row
        for rows_of in _documents(connection, wordings, algorithm).values()
        for row in [one for one in rows_of if one.revised_at is not None][:-KEPT]
    ]
    fingerprints.remove(
        connection, {row.document_id: signed(fingerprint_of(row).sketch) for row in surplus}
    )


def _documents(
    connection: Connection, wordings: Sequence[Signed], algorithm: Algorithm
) -> Mapping[ArticleId, Sequence[FingerprintRow]]:
    found: defaultdict[ArticleId, list[FingerprintRow]] = defaultdict(list)
    ids = [one.article.article_id for one in wordings]
    for row in fingerprints.of_articles(connection, ids, algorithm.version):
        if row.article_id is not None:
            found[row.article_id].append(row)
    return found
