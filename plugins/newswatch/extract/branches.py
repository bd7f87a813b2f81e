"""Where a block hangs beside the main text, and the run of its like that it stands in.

A second column, a box of key points, a last paragraph behind an advertisement hang in branches of
their own: it is the branch as a whole that goes on with the text or leads away from it. The items
of a list are short, each by itself; their run is not.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from newswatch.extract.blocks import PageBlocks

Numbers = NDArray[np.float64]
Places = NDArray[np.int_]
# The columns of the weights of blocks, and of their sums.
PROSE, CHARACTERS, IN_LINKS, COUNT, IN_SENTENCES = range(5)
_MAIN = 0.5  # of the page's prose, that the main container holds


def held_by(page: PageBlocks, weights: Numbers) -> Numbers:
    """The weights of its blocks, summed up in each container and what it holds; a row a
    container."""
    box = np.array([block.container for block in page.blocks])
    count = len(page.containers)
    sums = [np.bincount(box, of_blocks, count).tolist() for of_blocks in weights.T]
    upwards = [(place, page.containers[place].parent) for place in range(count - 1, 0, -1)]
    for column in sums:
        for place, parent in upwards:  # children come after their parents
            column[parent] += column[place]
    return np.column_stack(sums)


def branch_columns(page: PageBlocks, sums: Numbers) -> list[Numbers]:
    """Steps from the main container up to the branching and down to the block, and what the branch
    holds: characters, and of them the shares in links, in sentences and in prose.

    `sums` are what `held_by` gives of the weights below.
    """
    box = np.array([block.container for block in page.blocks])
    parents = [container.parent for container in page.containers]
    main = int(np.flatnonzero(sums[:, PROSE] >= _MAIN * sums[0, PROSE])[-1])
    branch, meeting = _branches(parents, main)
    depth = np.array([container.depth for container in page.containers])
    held = sums[branch[box]]
    characters = np.maximum(1, held[:, CHARACTERS])
    return [
        (depth[main] - depth[meeting[box]]).astype(np.float64),
        (depth[box] - depth[meeting[box]]).astype(np.float64),
        np.log1p(held[:, CHARACTERS]),
        held[:, IN_LINKS] / characters,
        held[:, IN_SENTENCES] / characters,
        held[:, PROSE] / max(1.0, float(sums[0, PROSE])),
    ]


def run_columns(page: PageBlocks, weights: Numbers) -> list[Numbers]:
    """Of the blocks in a row that stand in elements of one tag under one parent: how many there
    are, their mean length, the shares in links and in sentences."""
    boxes = [page.containers[block.container] for block in page.blocks]
    begins = [True, *((a.tag, a.parent) != (b.tag, b.parent) for a, b in pairwise(boxes))]
    run = np.cumsum(begins) - 1
    count = np.bincount(run)[run].astype(np.float64)
    characters, linked, in_sentences = (
        np.bincount(run, weights[:, column])[run] for column in (CHARACTERS, IN_LINKS, IN_SENTENCES)
    )
    return [
        count,
        np.log1p(characters / count),
        linked / np.maximum(1, characters),
        in_sentences / np.maximum(1, characters),
    ]


def _branches(parents: list[int], main: int) -> tuple[Places, Places]:
    """Of each container the branch that it is in, and where that meets the way to the main one.

    What is on the way, or in the main container, is its own branch or the main one.
    """
    way = {main}
    above = parents[main]
    while above >= 0:
        way.add(above)
        above = parents[above]
    branch, meeting = [0] * len(parents), [0] * len(parents)
    for place, parent in enumerate(parents):
        if place in way:
            branch[place] = meeting[place] = place
        elif parent in way and parent != main:
            branch[place], meeting[place] = place, parent
        else:
            branch[place], meeting[place] = branch[parent], meeting[parent]
    return np.array(branch), np.array(meeting)
