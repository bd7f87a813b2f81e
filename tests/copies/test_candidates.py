"""What an article is compared with, and the text that an outlet puts under all its articles."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest

from copies.texts import keep, keep_pieces, prose
from newswatch.copies.candidates import (
    Postings,
    posted,
    signed,
    standing_text,
)
from newswatch.copies.fingerprint import Hashes, fingerprint
from newswatch.copies.rules import FIRST


def hashes(*values: int) -> Hashes:
    return np.array(values, dtype=np.uint32)


def test_two_shared_hashes_make_a_candidate() -> None:
    postings = Postings({1: [7, 8], 2: [7], 3: [9]}, FIRST)
    assert postings.find([1, 2, 3]) == [7]


def test_those_that_share_most_come_first_and_no_more_than_enough() -> None:
    postings = Postings({1: [5, 4, 9], 2: [4, 5, 9], 3: [9]}, FIRST)
    assert postings.find([1, 2, 3]) == [9, 4, 5]
    crowd = list(range(FIRST.common - 1))
    assert Postings({1: crowd, 2: crowd}, FIRST).find([1, 2]) == crowd[: FIRST.most]


def test_a_hash_of_too_many_documents_tells_nothing() -> None:
    few, many = list(range(100)), list(range(101))
    assert Postings({1: few, 2: few}, FIRST).find([1, 2])
    assert Postings({1: few, 2: many}, FIRST).find([1, 2]) == []
    assert Postings({1: few, 2: None}, FIRST).find([1, 2]) == []


def test_the_batch_counts_towards_too_many() -> None:
    stored = list(range(FIRST.common - 1))
    postings = Postings({1: stored, 2: stored, 3: None, 4: None}, FIRST)
    postings.add(1_000, [1, 2, 3, 4])
    assert postings.find([1, 2])
    assert postings.find([3, 4]) == []
    postings.add(1_001, [1, 2])
    assert postings.find([1, 2]) == []


def test_a_copy_is_posted_with_what_its_original_lacks() -> None:
    original = fingerprint(prose(1, 300))
    assert posted(original) == signed(original.sketch)
    assert posted(fingerprint(keep(prose(1, 300), 0.8)), [original]) == []
    more = posted(fingerprint(prose(1, 300) + prose(2, 40)), [original])
    assert 0 < len(more) < 20


@pytest.mark.parametrize(
    "cut", [keep, partial(keep_pieces, words=20)], ids=["the-beginning", "sentences"]
)
def test_of_a_hundred_copies_cut_to_15_percent_99_are_found(
    cut: Callable[[str, float], str],
) -> None:
    found = 0
    for seed in range(200):
        text = prose(seed, 400 + 10 * seed)
        postings = Postings({hash_: [1] for hash_ in posted(fingerprint(text))}, FIRST)
        found += postings.find(signed(fingerprint(cut(text, 0.15)).sketch)) == [1]
    assert found >= 0.99 * 200


def test_standing_text_stands_under_many_headlines() -> None:
    foot = hashes(8, 9)
    articles = [(title, np.append(foot, np.uint32(100 + title))) for title in range(FIRST.standing)]
    assert standing_text(articles, FIRST).tolist() == [8, 9]
    assert not standing_text(articles[1:], FIRST).size


def test_what_is_published_again_under_one_headline_is_no_standing_text() -> None:
    again = [(1, hashes(8, 9))] * FIRST.standing
    others = [(title, hashes(title)) for title in range(2, FIRST.standing + 1)]
    assert not standing_text([*again, *others], FIRST).size


def test_standing_text_changes_with_the_outlet() -> None:
    old = [(title, hashes(8, 100 + title)) for title in range(FIRST.standing)]
    new = [(50 + title, hashes(9, 200 + title)) for title in range(FIRST.standing)]
    assert standing_text(old, FIRST).tolist() == [8]
    assert standing_text([*old[-2:], *new], FIRST).tolist() == [9]
