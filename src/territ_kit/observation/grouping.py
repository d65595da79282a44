"""Group neighbouring areas until each group has enough events for a rate."""

from __future__ import annotations

import heapq
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from territ_kit.errors import InputError
from territ_kit.observation.checks import check_not_negative, vector
from territ_kit.observation.small_numbers import FEWEST_TO_PUBLISH


@dataclass(frozen=True, slots=True)
class Groups:
    """Areas put together with their neighbours.

    Attributes
    ----------
    labels : Series
        Group of each area, indexed by area; a group bears the label of its first area.
    events : Series
        Events of each group, indexed by group.
    short : tuple
        Groups that do not have enough events: they have no neighbour left to join (an island).
    """

    labels: pd.Series[Any]
    events: pd.Series[float]
    short: tuple[Any, ...]


def group_areas(
    events: pd.Series[Any] | Mapping[Any, float],
    neighbours: Mapping[Any, Iterable[Hashable]],
    *,
    fewest: float = FEWEST_TO_PUBLISH,
) -> Groups:
    """Return groups of neighbouring areas that have at least `fewest` events each.

    The group with the fewest events joins the neighbouring group that has the fewest, until all have enough.

    Parameters
    ----------
    events : Series or mapping from area to number
        Events of each area, >= 0; or inhabitants, to group until each group has enough of them.
    neighbours : mapping from area to areas
        Areas that touch each one; said in one direction it holds in both. Areas without events (out of the
        territory) are left out; an area without entry has no neighbour.
    fewest : float
        Fewest events of a group, > 0.

    Returns
    -------
    Groups

    Raises
    ------
    InputError
        If a number cannot be used.

    Notes
    -----
    Equal numbers are settled by the number of areas, then by the order of `events`: the same input always
    gives the same groups. The result is a good grouping, not the one with the most groups, and it looks at
    numbers only: whether the communes belong together is for those who live there to say.

    Examples
    --------
    >>> groups = group_areas({"A": 4, "B": 7, "C": 30}, {"A": ["B"], "B": ["C"]})
    >>> groups.labels.to_dict(), groups.events.to_dict(), groups.short
    ({'A': 'A', 'B': 'A', 'C': 'C'}, {'A': 11.0, 'C': 30.0}, ())
    """
    if not (np.isfinite(fewest) and fewest > 0):
        raise InputError(
            f"« fewest » vaut {fewest} ; attendu : un nombre d’événements plus grand que 0. "
            "La règle habituelle est 10."
        )
    given = pd.Series(events)
    counts = vector("events", given, each="zone").tolist()
    check_not_negative("events", counts, ("zone", given.index))
    merged = _Merging(counts, _touching(given.index, neighbours))
    waiting = [merged.key(area) for area in range(len(counts))]
    heapq.heapify(waiting)
    while waiting and waiting[0][0] < fewest:
        key = heapq.heappop(waiting)
        root = key[-1]
        if key != merged.key(root):  # it has joined another, or grown, since it was put in the heap
            continue
        around = merged.around(root)
        if around:
            heapq.heappush(waiting, merged.key(merged.join(root, min(map(merged.key, around))[-1])))
    first: dict[int, int] = {}
    roots = [merged.root(area) for area in range(len(counts))]
    for area, root in enumerate(roots):
        first.setdefault(root, area)
    labels = [given.index[first[root]] for root in roots]
    sums = pd.Series([merged.events[root] for root in first], index=given.index[list(first.values())])
    return Groups(pd.Series(labels, index=given.index), sums, tuple(sums.index[sums < fewest]))


def _touching(index: pd.Index[Any], neighbours: Mapping[Any, Iterable[Hashable]]) -> list[set[int]]:
    """Return the positions of the areas that touch each area, in both directions."""
    place = {area: position for position, area in enumerate(index)}
    touching: list[set[int]] = [set() for _ in place]
    for area, others in neighbours.items():
        for other in others:
            if area in place and other in place and area != other:
                touching[place[area]].add(place[other])
                touching[place[other]].add(place[area])
    return touching


class _Merging:
    """Groups of areas, each known by one of its areas, its root."""

    def __init__(self, events: list[float], touching: list[set[int]]) -> None:
        self.events = events
        self._sizes = [1] * len(events)
        self._parents = list(range(len(events)))
        self._touching = touching

    def root(self, area: int) -> int:
        while self._parents[area] != area:
            self._parents[area] = self._parents[self._parents[area]]
            area = self._parents[area]
        return area

    def key(self, root: int) -> tuple[float, int, int]:
        """Return what orders the groups: events, areas, place; that of an absorbed group has no area."""
        return (self.events[root], self._sizes[root], root)

    def around(self, root: int) -> set[int]:
        """Return the roots of the neighbouring groups."""
        self._touching[root] = {self.root(area) for area in self._touching[root]} - {root}
        return self._touching[root]

    def join(self, one: int, other: int) -> int:
        """Put two groups together and return their root: that of the group that touches more areas."""
        kept, gone = sorted((one, other), key=lambda root: -len(self._touching[root]))
        self._parents[gone] = kept
        self.events[kept] += self.events[gone]
        self._sizes[kept] += self._sizes[gone]
        self._sizes[gone] = 0
        self._touching[kept] |= self._touching[gone]
        self._touching[gone] = set()
        return kept
