"""What stands around a block: containers, look-alikes, neighbours, articles, windows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from newswatch.extract.blocks import PageBlocks

Numbers = NDArray[np.float64]
Places = NDArray[np.int_]
_LONG = 80  # characters of a block that may begin or end the article
_LINKED = 0.35
_SHARES = (0.5, 0.7, 0.9)  # of the page's prose, that the innermost container holds
_LEVELS = 4  # containers above a block
_RICH = 400  # characters of prose in an <article> that is more than a card


@dataclass(frozen=True, slots=True, eq=False)
class ContainerColumns:
    """Columns on containers, and what later columns need of them."""

    columns: list[Numbers]
    prose: Numbers  # of each container, as a share of the page's
    prose_characters: Numbers  # of each container
    first: int  # block that may begin the article
    last: int


def container_columns(
    page: PageBlocks, size: Numbers, linked: Numbers, sums: Numbers
) -> ContainerColumns:
    """The shares of the containers above a block, and whether it is inside the main ones."""
    box = _boxes(page)
    parents = np.array([container.parent for container in page.containers])
    total = max(1.0, float(sums[0, 0]))
    share = sums[:, 0] / total
    columns: list[Numbers] = []
    above = box
    for _ in range(_LEVELS):
        columns += [
            share[above],
            sums[above, 2] / np.maximum(1, sums[above, 1]),
            np.log1p(sums[above, 1]),
            np.log1p(sums[above, 3]),
        ]
        above = np.maximum(parents[above], 0)
    inside = _inside_main(parents, box, share)
    long = np.flatnonzero((inside[1] > 0) & (size >= _LONG) & (linked < _LINKED))
    first, last = (int(long[0]), int(long[-1])) if len(long) else (0, len(size) - 1)
    place = np.arange(len(size), dtype=np.float64)
    columns += [*inside, place - first, last - place]
    columns += [(place < first).astype(np.float64), (place > last).astype(np.float64)]
    return ContainerColumns(columns, share, sums[:, 0], first, last)


def lookalike_columns(
    page: PageBlocks, size: Numbers, linked: Numbers, prose: Numbers
) -> list[Numbers]:
    """Sums over the blocks whose three innermost containers have the same tags and names."""
    containers = page.containers
    numbers: dict[tuple[str, ...], int] = {}
    of_container: dict[int, int] = {}
    for block in page.blocks:
        if block.container not in of_container:
            inner = containers[block.container]
            middle = containers[max(inner.parent, 0)]
            outer = containers[max(middle.parent, 0)]
            look = (inner.tag, inner.names, middle.tag, middle.names, outer.tag, outer.names)
            of_container[block.container] = numbers.setdefault(look, len(numbers))
    kind = np.array([of_container[block.container] for block in page.blocks])
    of_prose, count, in_links, characters = (
        np.bincount(kind, weights, len(numbers))[kind]
        for weights in (prose, np.ones(len(size)), size * linked, size)
    )
    return [
        of_prose / max(1.0, prose.sum()),
        count,
        in_links / np.maximum(1, characters),
        characters / max(1.0, size.sum()),
        characters / count,
    ]


def neighbour_columns(
    page: PageBlocks, size: Numbers, linked: Numbers, is_paragraph: Numbers
) -> list[Numbers]:
    """Of the two blocks before and the two after."""
    box = _boxes(page)
    parents = np.array([container.parent for container in page.containers])[box]
    tags = [page.containers[block.container].tag for block in page.blocks]
    numbers = {tag: number for number, tag in enumerate(sorted(set(tags)))}
    tag = np.array([numbers[name] for name in tags], dtype=np.float64)
    columns: list[Numbers] = []
    for step in (-2, -1, 1, 2):
        same_place = (_shifted(box, step, -1) == box) | (_shifted(parents, step, -2) == parents)
        columns += [
            _shifted(np.log1p(size), step, -1),
            _shifted(linked, step, -1),
            _shifted(is_paragraph, step, 0),
            (_shifted(tag, step, -1) == tag).astype(np.float64),
            same_place.astype(np.float64),
        ]
    return columns


def article_columns(
    page: PageBlocks, containers: ContainerColumns, size: Numbers, heading: Places, title_at: int
) -> list[Numbers]:
    """Which of the page's <article> elements a block is in, and the headings before it."""
    article = np.array([page.containers[block.container].article for block in page.blocks])
    ids = list(dict.fromkeys(place for place in article.tolist() if place >= 0))
    number = {place: order for order, place in enumerate(ids)}
    order = np.array([number.get(place, -1) for place in article.tolist()], dtype=np.float64)
    share = np.where(article >= 0, containers.prose[np.maximum(article, 0)], -1.0)
    of_title = article[title_at] if title_at >= 0 else -2
    rich = sum(containers.prose_characters[place] >= _RICH for place in ids)
    before = np.cumsum(size) - size
    place = np.arange(len(size))
    last_heading = np.maximum.accumulate(np.where(heading > 0, place, -1))
    since = before - before[np.maximum(last_heading, 0)]
    return [
        order,
        share,
        (article == of_title).astype(np.float64),
        (article == article[containers.first]).astype(np.float64),
        np.full(len(size), rich, dtype=np.float64),
        np.cumsum(heading == 1).astype(np.float64),
        np.where(last_heading >= 0, place - last_heading, 99).astype(np.float64),
        np.where(last_heading >= 0, since, -1) / max(1.0, size.sum()),
    ]


def window_columns(size: Numbers, linked: Numbers, prose: Numbers) -> list[Numbers]:
    """Prose and links among the six blocks before, the six after, the seven around."""
    count = len(size)
    place = np.arange(count)
    total = max(1.0, prose.sum())
    prose_to, size_to, linked_to = (
        np.concatenate([[0.0], np.cumsum(values)]) for values in (prose, size, size * linked)
    )
    columns: list[Numbers] = []
    for low, high in ((-6, 0), (1, 7), (-3, 4)):
        start, end = np.clip(place + low, 0, count), np.clip(place + high, 0, count)
        columns += [
            (prose_to[end] - prose_to[start]) / total,
            (linked_to[end] - linked_to[start]) / np.maximum(1, size_to[end] - size_to[start]),
        ]
    return [*columns, prose_to[:-1] / total]


def _boxes(page: PageBlocks) -> Places:
    return np.array([block.container for block in page.blocks])


def _inside_main(parents: Places, box: Places, share: Numbers) -> list[Numbers]:
    """Whether a block is inside the innermost container that holds so much of the prose."""
    end = list(range(len(parents)))  # the last container inside each, in the order of the markup
    above = parents.tolist()
    for place in range(len(end) - 1, 0, -1):
        end[above[place]] = max(end[above[place]], end[place])
    inside: list[Numbers] = []
    for least in _SHARES:
        found = np.flatnonzero(share >= least)
        main = int(found[-1]) if len(found) else 0
        inside.append(((box >= main) & (box <= end[main])).astype(np.float64))
    return inside


def _shifted(values: NDArray[np.generic], step: int, fill: float) -> Numbers:
    """`values` of the block that many places further; `fill` beyond the ends."""
    moved = np.full(len(values), fill, dtype=np.float64)
    if abs(step) < len(values):
        if step > 0:
            moved[:-step] = values[step:]
        else:
            moved[-step:] = values[:step]
    return moved
