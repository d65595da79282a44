"""The place of a group on the social ladder, by the population below it.

References
----------
Bross I. D. J. (1958). How to use ridit analysis. Biometrics 14, 18-38. doi:10.2307/2527727
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from territ_kit.errors import InputError
from territ_kit.observation.checks import Numbers, areas, check_finite, check_population, vectors


def social_ranks(population: NDArray[Any]) -> tuple[Numbers, Numbers]:
    """Return each group's share of the population and its rank (ridit), without any check.

    The rank is the middle of the group's place when everyone stands in line, in (0, 1).

    Examples
    --------
    >>> shares, ranks = social_ranks(np.array([100, 300]))
    >>> shares.tolist(), ranks.tolist()
    ([0.25, 0.75], [0.125, 0.625])
    """
    shares = population / population.sum()
    return shares, np.cumsum(shares) - shares / 2


def population_quantiles(values: ArrayLike, population: ArrayLike, n: int = 5) -> pd.Series[int]:
    """Return the quantile of the population in which each area falls: 1 has the highest values.

    With an index of deprivation, 1 is the most deprived fifth of the inhabitants, `n` the least.

    Parameters
    ----------
    values : array_like, shape (n_areas,)
        NaN where it is not available.
    population : array_like, shape (n_areas,)
        Inhabitants, >= 0; NaN where it is not available.
    n : int
        Number of quantiles, >= 2.

    Returns
    -------
    Series of Int64
        1 to `n`, NA for an area with a missing figure. The index is that of the Series given, else 0, 1, 2…

    Raises
    ------
    InputError
        If a figure or `n` cannot be used, or if no area has both figures.

    Notes
    -----
    Quantiles hold about the same number of inhabitants, not of areas. An area falls where its middle
    inhabitant does and is never split, and areas of the same value stay together: a large city or a common
    value may leave a quantile small or empty.

    Examples
    --------
    >>> population_quantiles([9.0, 1.0, 5.0, np.nan], [100, 100, 200, 50], n=2).tolist()
    [1, 2, 1, <NA>]
    """
    if n != int(n) or n < 2:
        raise InputError(
            f"« n » vaut {n} ; attendu : un nombre entier de classes, 2 ou plus. "
            "Pour des quintiles, écrivez 5."
        )
    figures, people = vectors("zone", values=values, population=population)
    index = areas(values=values, population=population)
    check_finite("values", figures, ("zone", index), missing=True)
    check_population("population", people, ("zone", index), missing=True, empty=True)
    known = ~np.isnan(figures) & ~np.isnan(people)
    if not people[known].sum() > 0:
        raise InputError(
            "Aucune zone n’a à la fois une valeur et des habitants ; attendu : au moins une. "
            "Vérifiez que les deux colonnes portent les mêmes codes."
        )
    _, tied = np.unique(-figures[known], return_inverse=True)  # 0 is the highest value
    _, ranks = social_ranks(np.bincount(tied, weights=people[known]))
    # Rounding must not put a rank that stands exactly on a boundary in the next class or beyond the last one.
    classes = np.clip(np.ceil(np.round(ranks * n, 9)), 1, n).astype(int)
    labels = pd.Series(pd.NA, index=index, dtype="Int64", name="quantile")
    labels[known] = classes[tied]
    return labels
