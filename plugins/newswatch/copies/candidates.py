"""What an article must be compared with: posting lists, and the text that stands everywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import numpy as np

from newswatch.copies.fingerprint import Fingerprint, Hashes
from newswatch.copies.rules import Rules
from newswatch.models import DocumentId


class Postings:
    """Posting lists of a batch: what was stored before, and what each decision adds."""

    def __init__(self, stored: Mapping[int, Sequence[DocumentId] | None], rules: Rules) -> None:
        """`stored` maps a hash to the documents that hold it; None if they are more than
        `rules.common`."""
        self._rules = rules
        self._common = {hash_ for hash_, documents in stored.items() if documents is None}
        self._documents = {hash_: list(documents or ()) for hash_, documents in stored.items()}

    def find(self, hashes: Iterable[int]) -> list[DocumentId]:
        """The documents that share enough of them; those that share most come first."""
        lists = (self._documents.get(hash_, ()) for hash_ in hashes if hash_ not in self._common)
        shared = Counter(
            chain.from_iterable(
                documents for documents in lists if len(documents) <= self._rules.common
            )
        )
        enough = [(-n, document_id) for document_id, n in shared.items() if n >= self._rules.shared]
        return [document_id for _, document_id in sorted(enough)[: self._rules.most]]

    def add(self, document_id: DocumentId, hashes: Iterable[int]) -> None:
        for hash_ in hashes:
            self._documents.setdefault(hash_, []).append(document_id)


def posted(fingerprint: Fingerprint, compared: Iterable[Fingerprint] = ()) -> list[int]:
    """The hashes to find a document by, as integers as Postgres stores them.

    A copy is posted with what the documents that it copies do not hold: a story that 200 outlets
    carry has each hash once, and stays below `rules.common`.
    """
    sketch = fingerprint.sketch
    for other in compared:
        sketch = sketch[~np.isin(sketch, other.shingles)]
    return signed(sketch)


def signed(hashes: Hashes) -> list[int]:
    """As Postgres stores them: it has no unsigned integer."""
    listed: list[int] = hashes.view(np.int32).tolist()
    return listed


def standing_text(recent: Iterable[tuple[int, Hashes]], rules: Rules) -> Hashes:
    """The grams that an outlet puts under its articles, of the grams of its recent ones.

    `recent` are (hash of the headline, grams). A text that is published again under one headline
    counts once.
    """
    by_title: dict[int, list[Hashes]] = {}
    for title_hash, grams in recent:
        by_title.setdefault(title_hash, []).append(grams)
    if len(by_title) < rules.standing:
        return np.array([], dtype=np.uint32)
    once = [np.unique(np.concatenate(several)) for several in by_title.values()]
    grams, holders = np.unique(np.concatenate(once), return_counts=True)
    return grams[holders >= rules.standing]
