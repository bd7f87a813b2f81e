"""Average linkage: the two groups whose pairs are likeliest on average become one, and again."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from newswatch.stories.constraints import Pair

COMPANY_POWER = 3  # of a likelihood: what is hardly likely is hardly company
_NEVER = -1.0  # below any likelihood
Likelihoods = NDArray[np.float64]


def in_company(likelihood: NDArray[np.float32], share: float) -> NDArray[np.float32]:
    """How near the reports of each pair are, 0..1: by how likely the two are of one event, and by
    `share` by whether they are likely of one event with the same others.

    Each report is of its own company, so of two that are near no other the pair decides alone. The
    company of two is alike by the cosine of their rows, of likelihoods to `COMPANY_POWER`.
    """
    if not share:
        return likelihood
    company = likelihood**COMPANY_POWER
    np.fill_diagonal(company, 1.0)
    company /= np.linalg.norm(company, axis=1, keepdims=True)
    near: NDArray[np.float32] = (1.0 - share) * likelihood + share * (company @ company.T)
    return near


def average_linkage(
    likelihood: NDArray[np.float32],
    threshold: float,
    together: Sequence[Sequence[int]] = (),
    apart: Collection[Pair] = (),
) -> list[list[int]]:
    """Groups of the rows of a symmetric matrix of 0..1, each ascending, by their first row.

    Two groups become one while the mean likelihood of the pairs between them is at least
    `threshold`, the likeliest first. Rows of one of `together` begin as a group; the rows of a pair
    of `apart` never meet: no such pair may be within one of `together`.
    """
    groups = _first_groups(len(likelihood), together)
    if not groups:
        return []
    linkage = _Linkage(likelihood.astype(np.float64), groups, apart)
    while (pair := linkage.likeliest(threshold)) is not None:
        kept, gone = pair
        groups[kept] = sorted(groups[kept] + groups[gone])
        groups[gone] = []
        linkage.join(kept, gone)
    return sorted(group for group in groups if group)


def _first_groups(number: int, together: Sequence[Sequence[int]]) -> list[list[int]]:
    known = {row for group in together for row in group}
    alone = [[row] for row in range(number) if row not in known]
    return sorted([*map(sorted, together), *alone])


class _Linkage:
    """The mean likelihood between all groups, and for each group the nearest one."""

    def __init__(
        self, likelihood: Likelihoods, groups: Sequence[Sequence[int]], apart: Collection[Pair]
    ) -> None:
        member = np.zeros((len(groups), len(likelihood)))
        for place, group in enumerate(groups):
            member[place, group] = 1.0
        place_of = {row: place for place, group in enumerate(groups) for row in group}
        self._sums = member @ likelihood @ member.T
        self._sizes = member.sum(axis=1)
        self._never = np.eye(len(groups), dtype=bool)
        for first, second in apart:
            a, b = place_of[first], place_of[second]
            self._never[a, b] = self._never[b, a] = True
        self._mean = self._sums / np.outer(self._sizes, self._sizes)
        self._mean[self._never] = _NEVER
        self._nearest = self._mean.argmax(axis=1)
        self._best = self._mean.max(axis=1)

    def likeliest(self, threshold: float) -> Pair | None:
        """The two nearest groups, if they are near enough; ties go to the first rows."""
        place = int(self._best.argmax())
        if self._best[place] < threshold:
            return None
        other = int(self._nearest[place])
        return min(place, other), max(place, other)

    def join(self, kept: int, gone: int) -> None:
        """The group `gone` is a part of `kept` from now on."""
        self._sums[kept] += self._sums[gone]
        self._sums[:, kept] = self._sums[kept]
        self._sizes[kept] += self._sizes[gone]
        self._never[kept] |= self._never[gone]
        self._never[gone] = True
        self._never[:, kept] = self._never[kept]
        self._never[:, gone] = True
        row = self._sums[kept] / (self._sizes[kept] * self._sizes)
        row[self._never[kept]] = _NEVER
        self._mean[kept] = self._mean[:, kept] = row
        self._mean[gone] = self._mean[:, gone] = _NEVER
        stale = np.flatnonzero((self._nearest == kept) | (self._nearest == gone))
        for place in {kept, gone, *stale.tolist()}:
            self._nearest[place] = self._mean[place].argmax()
            self._best[place] = self._mean[place, self._nearest[place]]
        nearer = row > self._best
        self._nearest[nearer] = kept
        self._best[nearer] = row[nearer]
