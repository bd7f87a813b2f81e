"""What a report means, as vectors that reports in all languages have in common.

A model that gives them is an `Embedder`, made outside this room. A sentence model puts the texts of
a language near one another whatever they say: so each language's mean vector is taken off, and
what is left is what the text is about.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from newswatch.stories.report import Report

Vectors = NDArray[np.float32]
LEAD_WORDS = 60
LEAD_CHARACTERS = 600
ANY_LANGUAGE = "*"
NEAREST = 10  # reports beside which a report is read, at most
NEAREST_SHARE = 0.2  # and of all of them: among few, those nearest are of other events
NEAREST_WEIGH = 0.5  # of them all together, at most, where the report itself weighs 1
_SHORTEST = np.float32(1e-9)  # a vector that is the mean itself is as good as none


class Embedder(Protocol):
    """A model of sentences. Vectors of one name can be compared, whatever the version: `version`
    says what computed them."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """A unit vector for each text, as rows. Every text is encoded with one and the same
        prefix: vectors of a model's queries and of its passages cannot be compared."""
        ...


@dataclass(frozen=True, slots=True)
class Meaning:
    """The unit vectors of a report's headline, and of headline and lead together."""

    headline: Vectors
    lead: Vectors


@dataclass(frozen=True, slots=True)
class LanguageMeans:
    """The mean vector of the headlines, and of the leads, by language; `*` for all others."""

    headline: Mapping[str, Vectors]
    lead: Mapping[str, Vectors]


def meanings_of(reports: Sequence[Report], embedder: Embedder) -> list[Meaning]:
    """What each report means; a headline alone is encoded once."""
    headlines = [report.title or _lead_of(report) for report in reports]
    leads = [_lead_of(report) if report.title and report.text.strip() else "" for report in reports]
    rows = iter(embedder.encode([*headlines, *filter(None, leads)]))
    of_headlines = [next(rows) for _ in reports]
    return [
        Meaning(headline, next(rows) if lead else headline)
        for headline, lead in zip(of_headlines, leads, strict=True)
    ]


def centred(
    vectors: Vectors, languages: Sequence[str | None], means: Mapping[str, Vectors]
) -> Vectors:
    """Unit vectors without the mean of their language."""
    others = means[ANY_LANGUAGE]
    return _unit(vectors - np.stack([means.get(language or "", others) for language in languages]))


def beside_nearest(vectors: Vectors) -> Vectors:
    """Unit vectors, each with a mean of those nearest to it: what the reports on an event have in
    common says more than the few words of one headline.

    A neighbour weighs by the cube of its cosine: one that is hardly near adds hardly anything.
    """
    near = np.clip(vectors @ vectors.T, 0, 1) ** 3
    np.fill_diagonal(near, 0)
    nearest = min(NEAREST, int(NEAREST_SHARE * len(near)))
    if nearest == 0:
        return vectors
    near[near < np.partition(near, -nearest, axis=1)[:, -nearest, None]] = 0
    mean = near @ vectors / np.maximum(1, near.sum(axis=1, keepdims=True))
    return _unit(vectors + np.float32(NEAREST_WEIGH) * mean)


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = vectors / np.maximum(lengths, _SHORTEST)
    return unit


def _lead_of(report: Report) -> str:
    words = " ".join(report.text.split()[:LEAD_WORDS])
    return f"{report.title}. {words}"[:LEAD_CHARACTERS] if report.title else words[:LEAD_CHARACTERS]
