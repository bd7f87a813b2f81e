"""Which articles without a flag a person is asked to judge."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from newswatch.models import ArticleId
from newswatch.topics.almost import Almost


@dataclass(frozen=True, slots=True)
class Unflagged:
    """An article that a topic does not flag although it holds its words, and what came nearest."""

    article_id: ArticleId
    topic: str
    nearest: Almost | None

    @property
    def is_near(self) -> bool:
        return self.nearest is not None


def drawn(unflagged: Sequence[Unflagged], seed: str, most: int) -> list[Unflagged]:
    """At most so many of them, at random by the seed, in the order in which they are to be judged:
    of each topic in turn one that a rule came near, then one that only holds its words."""
    strata: defaultdict[tuple[str, bool], list[Unflagged]] = defaultdict(list)
    for each in sorted(unflagged, key=lambda each: _lot(seed, each)):
        strata[each.topic, not each.is_near].append(each)
    in_turn = zip_longest(*(strata[key] for key in sorted(strata)))
    return list(islice((each for each in chain.from_iterable(in_turn) if each), most))


def _lot(seed: str, each: Unflagged) -> bytes:
    return hashlib.sha256(f"{seed} {each.topic} {each.article_id}".encode()).digest()
