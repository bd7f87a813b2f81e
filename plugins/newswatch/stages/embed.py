"""What flagged reports mean: vectors of those that have none, computed outside any transaction."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import numpy as np

from newswatch.embedders.choose import NoEmbedder, embedder_of
from newswatch.models import ArticleId
from newswatch.settings import Settings
from newswatch.stages.job import Work
from newswatch.store import embeddings
from newswatch.store.embeddings import Embedding, Unembedded
from newswatch.stories.embedding import Embedder, Meaning, meanings_of
from newswatch.stories.entries import WINDOW
from newswatch.stories.report import Report

BATCH = 50
LATE = timedelta(hours=12)  # by which a report may be told later than it was seen
_STORED = np.dtype("<f2")
log = logging.getLogger(__name__)


def embed(work: Work) -> dict[str, int]:
    """Give vectors to the flagged reports that the next editions may group.

    Without a model, or where it fails, the log and the count `without_meaning` say so, and
    editions go by words.
    """
    counts: Counter[str] = Counter()
    chosen = chosen_embedder(work.settings)
    model = "" if isinstance(chosen, NoEmbedder) else chosen.name
    since, after = work.now - WINDOW - LATE, ArticleId(0)
    while batch := embeddings.unembedded(work.connection, model, since, after, BATCH):
        after = batch[-1].article_id
        done = not isinstance(chosen, NoEmbedder) and _embed(work, chosen, batch)
        counts["embedded" if done else "without_meaning"] += len(batch)
    if isinstance(chosen, NoEmbedder) and counts:
        log.warning("newswatch: no model of sentences, editions go by words: %s", chosen.reason)
    return dict(counts)


def meaning_of(headline: bytes, lead: bytes) -> Meaning:
    """As `embed` stored it."""
    vectors = (np.frombuffer(stored, _STORED).astype(np.float32) for stored in (headline, lead))
    return Meaning(*vectors)


def chosen_embedder(settings: Settings) -> Embedder | NoEmbedder:
    """The model that the setting names, loaded once a process."""
    return embedder_of(settings.embedder)


def _embed(work: Work, model: Embedder, batch: Sequence[Unembedded]) -> bool:
    reports = [Report(row.title, row.text, row.language) for row in batch]
    try:
        meanings = meanings_of(reports, model)
    except Exception:  # whatever a model does, articles are flagged and editions built
        log.exception("newswatch: %s failed, these reports have no vectors", model.version)
        return False
    embeddings.save(
        work.connection,
        [
            Embedding(
                row.article_id,
                model.name,
                model.version,
                meaning.headline.astype(_STORED).tobytes(),
                meaning.lead.astype(_STORED).tobytes(),
                work.now,
            )
            for row, meaning in zip(batch, meanings, strict=True)
        ],
    )
    return True
