"""Whether neighbouring areas look alike: Moran's index of a whole territory.

References
----------
Moran P. A. P. (1950). Notes on continuous stochastic phenomena. Biometrika 37, 17-23. doi:10.2307/2332142
Cliff A. D., Ord J. K. (1981). Spatial Processes: Models and Applications. Pion (moments under both
hypotheses).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse, special

from territ_kit.errors import InputError
from territ_kit.french import count, fr
from territ_kit.observation.checks import Numbers
from territ_kit.observation.columns import read_columns
from territ_kit.observation.neighbours import Weights, read_neighbours

FEWEST_AREAS = 4
ROUNDING = 1e-10


@dataclass(frozen=True, slots=True)
class Moran:
    """Moran's index of a territory.

    Attributes
    ----------
    i : float
        Above `expected`: neighbours look alike; below: they differ; near it: no structure. About -1 to 1.
    expected : float
        What values shared out at random would give on average: -1 / (n - 1).
    variance : float
        Under the hypothesis of `null`.
    z : float
        (i - expected) / standard deviation; NaN when the index cannot vary (every area touches every other).
    p : float
        Two-sided probability of being that far from `expected` by chance, by the normal law; NaN with `z`.
    null : str
        « randomisation » or « normality ».
    areas : int
        Areas that have a value.
    """

    i: float
    expected: float
    variance: float
    z: float
    p: float
    null: str
    areas: int


def moran(values: ArrayLike, neighbours: Any, *, null: str = "randomisation") -> Moran:
    """Return Moran's index: whether neighbouring areas look more alike than chance would have it.

    Parameters
    ----------
    values : array_like, shape (n_areas,)
        One figure per area; NaN where it is missing. A Series gives the labels of the neighbours.
    neighbours : mapping, sequence, matrix or libpysal W
        As `read_neighbours` takes them. Each row is standardised to sum to 1.
    null : {"randomisation", "normality"}
        What the index is compared with: the same values dealt again at random among the areas (the default,
        right whatever the values), or values drawn from a normal law.

    Returns
    -------
    Moran

    Raises
    ------
    InputError
        If fewer than 4 areas have a value, if none of them has a neighbour, if all values are equal, or if
        the neighbours cannot be read.

    Notes
    -----
    - An area without a value is left out, with its links: it is nobody's neighbour.
    - An area without neighbours counts in the mean and in `areas`, and adds nothing to the index.
    - The index does not change when the values are multiplied or shifted.
    - Raw rates of small areas vary with their population: a structure may be one of the populations only.

    Examples
    --------
    Six communes along a road, poorer and poorer:

    >>> found = moran([1, 2, 3, 4, 5, 6], [[1], [0, 2], [1, 3], [2, 4], [3, 5], [4]])
    >>> round(found.i, 3), found.expected, round(found.z, 2), round(found.p, 3)
    (0.714, -0.2, 2.23, 0.026)
    """
    if null not in {"randomisation", "normality"}:
        raise InputError(
            f"L’hypothèse « {null} » n’existe pas ; attendu : « randomisation » ou « normality ». "
            "Dans le doute, gardez la première."
        )
    figures, known, weights = read_values(values, neighbours)
    deviations = figures[known] - figures[known].mean()
    n, s0, squares = deviations.size, float(weights.sum()), float(deviations @ deviations)
    i = n / s0 * float(deviations @ (weights @ deviations)) / squares
    kurtosis = n * float((deviations**4).sum()) / squares**2
    expected, variance = moments(weights, kurtosis if null == "randomisation" else None)
    z = (i - expected) / math.sqrt(variance) if variance > ROUNDING**1.5 else math.nan
    return Moran(i, expected, variance, z, 2 * float(special.ndtr(-abs(z))), null, n)


def moments(weights: Weights, kurtosis: float | None) -> tuple[float, float]:
    """Return the mean and the variance of Moran's index, without any check (at least 4 areas, some weight).

    Parameters
    ----------
    weights : csr_array, shape (n, n)
        With an empty diagonal; the index may be computed with any scale of them.
    kurtosis : float or None
        Fourth moment of the values over the square of the second, for the randomisation hypothesis; None for
        the normality hypothesis.

    References
    ----------
    Cliff and Ord (1981), p. 42-46.
    """
    n, s0 = weights.shape[0], float(weights.sum())
    both = weights + weights.T
    s1 = float((both.multiply(both)).sum()) / 2
    s2 = float(((weights.sum(axis=1) + weights.sum(axis=0)) ** 2).sum())
    expected = -1 / (n - 1)
    if kurtosis is None:
        square = (n**2 * s1 - n * s2 + 3 * s0**2) / ((n**2 - 1) * s0**2)
    else:
        spread = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * s0**2)
        shape = kurtosis * ((n**2 - n) * s1 - 2 * n * s2 + 6 * s0**2)
        square = (spread - shape) / ((n - 1) * (n - 2) * (n - 3) * s0**2)
    return expected, square - expected**2


def row_standardised(weights: Weights) -> Weights:
    """Return the weights with each row divided by its sum; an area without neighbours keeps an empty row."""
    sums = np.asarray(weights.sum(axis=1)).ravel()
    scaled = weights.data / np.repeat(sums, np.diff(weights.indptr))
    return sparse.csr_array((scaled, weights.indices, weights.indptr), shape=weights.shape)


def read_values(values: ArrayLike, neighbours: Any) -> tuple[Numbers, NDArray[np.bool_], Weights]:
    """Return the values, where there is one, and the standardised weights among these; refuse too few."""
    (figures,), labels = read_columns(values=values)
    known = np.isfinite(figures)
    weights = read_neighbours(neighbours, labels)[known][:, known]
    if known.sum() < FEWEST_AREAS:
        raise InputError(
            f"{count(int(known.sum()), 'commune')} avec une valeur ; attendu : {FEWEST_AREAS} ou plus. "
            "Choisissez un indicateur mieux renseigné ou un territoire plus grand."
        )
    if np.ptp(figures[known]) <= ROUNDING * np.abs(figures[known]).max():
        raise InputError(
            f"Toutes les valeurs sont égales à {fr(figures[known][0])} ; attendu : des communes qui "
            "diffèrent. Choisissez un autre indicateur."
        )
    if not weights.nnz:
        raise InputError(
            "Aucune commune n’a de voisine avec une valeur ; attendu : au moins un voisinage. "
            "Complétez les voisins ou les valeurs."
        )
    return figures, known, row_standardised(weights)
