"""Rates of small areas, drawn towards a mean: empirical Bayes smoothing, over a territory or a neighbourhood.

A commune of 300 inhabitants has the highest and the lowest rate by chance alone. Smoothing draws each rate
towards a reference, the more so as its population is small. The index of Moran, beside it, says whether
neighbours look alike.

References
----------
Marshall R. J. (1991). Mapping disease and mortality rates using empirical Bayes estimators. Journal of the
Royal Statistical Society C 40, 283-294. doi:10.2307/2347593
Anselin L. (2018). Applications of Spatial Weights. GeoDa workbook (spatial empirical Bayes: the window of an
area is itself and its neighbours).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from territ_kit.errors import InputError
from territ_kit.observation.checks import Numbers, check_not_negative, check_population
from territ_kit.observation.columns import communes, read_columns
from territ_kit.observation.neighbours import Weights, read_neighbours
from territ_kit.observation.spatial import Moran, moran

__all__ = [
    "Moran",
    "Shrinkage",
    "empirical_bayes",
    "global_prior",
    "local_empirical_bayes",
    "local_prior",
    "moran",
    "shrinkage",
]


@dataclass(frozen=True, slots=True)
class Shrinkage:
    """Smoothed rates and what made them; arrays of shape (n_areas,), in the order of the events.

    Attributes
    ----------
    rates : array
        weights x raw + (1 - weights) x reference, in events per person.
    raw : array
        events / population.
    reference : array
        Rate towards which each area is drawn: that of the territory, or of the area and its neighbours.
    variance : array
        Variance of the true rates around the reference, >= 0: 0 when chance explains all of the differences.
    weights : array
        Share in [0, 1] of the area's own rate; 0 gives the reference, 1 the raw rate.
    """

    rates: Numbers
    raw: Numbers
    reference: Numbers
    variance: Numbers
    weights: Numbers


def empirical_bayes(events: ArrayLike, population: ArrayLike) -> Numbers:
    """Return the rates drawn towards that of the whole territory (Marshall).

    Parameters
    ----------
    events : array_like, shape (n_areas,)
        Events of each area over the whole period, >= 0; NaN where they are unknown.
    population : array_like, shape (n_areas,)
        Person-years of each area, > 0; 0 is allowed where there is no event.

    Returns
    -------
    array, shape (n_areas,)
        In events per person, between the raw rate and that of the territory. NaN for an area without
        inhabitants or without figures: it takes no part.

    Raises
    ------
    InputError
        If a figure cannot be used, with its place, what was expected and the remedy.

    Notes
    -----
    The variance between areas is kept at or above 0. At 0, when chance alone explains the differences, each
    area gets the rate of the territory. A smoothed rate is for maps and for reading many areas at once: it is
    not the figure of a commune, and hides an isolated excess.

    Examples
    --------
    The same raw rate, 2 per 100, in a large and in a small commune:

    >>> rates = empirical_bayes([200, 2, 40, 30], [10_000, 100, 4_000, 5_000])
    >>> (rates * 100).round(2).tolist()
    [1.98, 1.54, 1.04, 0.66]
    """
    return shrinkage(events, population).rates


def local_empirical_bayes(events: ArrayLike, population: ArrayLike, neighbours: Any) -> Numbers:
    """Return the rates drawn towards that of the area and its neighbours (GeoDa's spatial empirical Bayes).

    Parameters
    ----------
    events : array_like, shape (n_areas,)
        Events of each area over the whole period, >= 0; NaN where they are unknown.
    population : array_like, shape (n_areas,)
        Person-years of each area, > 0; 0 is allowed where there is no event.
    neighbours : mapping, sequence, matrix or libpysal W
        As `territ_kit.observation.neighbours.read_neighbours` takes them. Who is a neighbour counts, not the
        weight.

    Returns
    -------
    array, shape (n_areas,)
        In events per person, between the raw rate and that of the window. NaN for an area without inhabitants
        or without figures: it is nobody's neighbour.

    Raises
    ------
    InputError
        If a figure or the neighbours cannot be used.

    Notes
    -----
    An area without neighbours is alone in its window and keeps its raw rate. Where the variance of a window
    is 0, the area gets the rate of the window.

    Examples
    --------
    >>> rates = local_empirical_bayes([9, 1, 60], [1_000, 200, 3_000], [[1], [0, 2], [1]])
    >>> (rates * 1_000).round(1).tolist()
    [8.3, 14.7, 19.2]
    """
    return shrinkage(events, population, neighbours).rates


def shrinkage(events: ArrayLike, population: ArrayLike, neighbours: Any = None) -> Shrinkage:
    """Return the smoothed rates with what explains them: raw rate, reference, variance and weight.

    Parameters
    ----------
    events, population, neighbours
        As `empirical_bayes` takes them, or `local_empirical_bayes` when `neighbours` are given.

    Returns
    -------
    Shrinkage

    Raises
    ------
    InputError
        If a figure or the neighbours cannot be used.

    Examples
    --------
    >>> found = shrinkage([200, 2, 40, 30], [10_000, 100, 4_000, 5_000])
    >>> found.weights.round(2).tolist()
    [0.96, 0.2, 0.91, 0.93]
    """
    (counts, people), labels = read_columns(events=events, population=population)
    check_not_negative("events", counts, communes(labels), missing=True)
    check_population("population", people, communes(labels), missing=True, empty=np.nan_to_num(counts) == 0)
    known = np.isfinite(counts) & (people > 0)
    if not known.any():
        raise InputError(
            "Aucune commune n’a à la fois des événements et une population ; attendu : une au moins. "
            "Choisissez un indicateur mieux renseigné."
        )
    counts, people = np.where(known, counts, np.nan), np.where(known, people, np.nan)
    reference, variance = np.full((2, counts.size), np.nan)
    if neighbours is None:
        reference[known], variance[known] = global_prior(counts[known], people[known])
    else:
        weights = read_neighbours(neighbours, labels)[known][:, known]
        reference[known], variance[known] = local_prior(counts[known], people[known], weights)
    raw, noise = counts / people, reference / people
    # No event in the window: neither variance nor noise, and the raw rate is the reference.
    own = np.divide(variance, variance + noise, out=np.zeros_like(raw), where=variance + noise != 0)
    return Shrinkage(reference + own * (raw - reference), raw, reference, variance, own)


def global_prior(events: Numbers, population: Numbers) -> tuple[float, float]:
    """Return the rate of the territory and the variance of the true rates, without any check."""
    reference = float(events.sum() / population.sum())
    spread = float(population @ (events / population - reference) ** 2 / population.sum())
    return reference, max(spread - reference / float(population.mean()), 0.0)


def local_prior(events: Numbers, population: Numbers, weights: Weights) -> tuple[Numbers, Numbers]:
    """Return, for each window, its rate and the variance of the true rates, without any check.

    Parameters
    ----------
    events, population : array, shape (n_areas,)
        `population` > 0.
    weights : csr_array, shape (n_areas, n_areas)
        Its stored cells, off the diagonal, say who is in whose window; the area itself is added.
    """
    size = events.size
    itself = np.arange(size)
    area = np.concatenate([itself, np.repeat(itself, np.diff(weights.indptr))])
    member = np.concatenate([itself, weights.indices])

    def over_windows(figures: Numbers) -> Numbers:
        return np.bincount(area, weights=figures, minlength=size).astype(float)

    people = over_windows(population[member])
    reference = over_windows(events[member]) / people
    raw = events / population
    spread = over_windows(population[member] * (raw[member] - reference[area]) ** 2) / people
    mean_population = people / np.bincount(area, minlength=size)
    return reference, np.maximum(spread - reference / mean_population, 0.0)
