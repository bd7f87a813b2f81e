"""Which blocks of a page are its article: the set with the highest expected F1."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newswatch.extract.features import Features, Numbers, with_vote
from newswatch.extract.forest import Chances, Forest

VOTE = 0.25  # of the engine's vote beside the forest's chances, where it is asked
LISTED_CHANCE = 0.05  # an item or a cell between two chosen blocks is out only below it
_SAYS_SOMETHING = 20  # letters of a block by which the vote's end is found


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """The chosen blocks, and the F1 (0..1) that the chances let one expect of them."""

    kept: NDArray[np.bool_]
    expected_f1: float


def choose(forest: Forest, features: Features) -> Choice:
    """By the forest alone."""
    return _chosen(_each_once(forest.chances(features.rows), features), features)


def choose_with_vote(forest: Forest, features: Features, vote: str) -> Choice:
    """By the forest and another extractor's text, squeezed: the blocks that stand in it.

    What follows the vote's last paragraph is out: comments, a footer, the next article.
    """
    said = np.array([bool(vote) and key in vote for key in features.squeezed])
    chances = (1 - VOTE) * forest.chances(with_vote(features.rows, said, len(vote))) + VOTE * said
    chances = _each_once(chances, features)
    long = [
        int(place)
        for place in np.flatnonzero(said)
        if len(features.squeezed[place]) >= _SAYS_SOMETHING
    ]
    if long:
        chances[long[-1] + 1 :] = 0.0
    return _chosen(chances, features)


def _chosen(chances: Chances, features: Features) -> Choice:
    """The most expected blocks, and the lists and tables between them: each item is short and by
    itself unlikely, but an article that goes on behind a list has that list."""
    choice = _most_expected(chances, features.words)
    places = np.flatnonzero(choice.kept)
    between = np.zeros(len(chances), dtype=np.bool_)
    between[places[0] : places[-1]] = True
    listed = between & features.listed & (chances >= LISTED_CHANCE)
    return Choice(choice.kept | listed, choice.expected_f1)


def _each_once(chances: Chances, features: Features) -> Chances:
    """Of blocks that say the same, the likeliest alone keeps its chance."""
    best: dict[str, int] = {}
    chances = chances.copy()
    for place, key in enumerate(features.squeezed):
        earlier = best.setdefault(key, place)
        if earlier == place:
            continue
        if chances[place] > chances[earlier]:
            chances[earlier] = 0.0
            best[key] = place
        else:
            chances[place] = 0.0
    return chances


def _most_expected(chances: Chances, words: Numbers) -> Choice:
    """The best set is made of the likeliest blocks (Nan et al. 2012: optimising F-measures), so
    only their number is looked for. Words that no block holds are not known and not counted."""
    order = np.argsort(-chances, kind="stable")
    right = np.cumsum((chances * words)[order])
    score = 2 * right / (np.cumsum(words[order]) + right[-1] + 1e-9)
    best = int(score.argmax())
    kept = np.zeros(len(chances), dtype=np.bool_)
    kept[order[: best + 1]] = True
    return Choice(kept, float(score[best]))
