"""Concentration index: how far health, or ill health, gathers at one end of the social ladder.

References
----------
Wagstaff A., Paci P., van Doorslaer E. (1991). On the measurement of inequalities in health. Social Science
and Medicine 33, 545-557. doi:10.1016/0277-9536(91)90212-U
Erreygers G. (2009). Correcting the concentration index. Journal of Health Economics 28, 504-515.
doi:10.1016/j.jhealeco.2008.02.003
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from territ_kit.errors import InputError
from territ_kit.observation.checks import Numbers, check_finite, check_population, vectors
from territ_kit.observation.social_rank import social_ranks


@dataclass(frozen=True, slots=True)
class ConcentrationIndex:
    """How unequally a quantity is spread along the social ladder.

    Attributes
    ----------
    absolute : float
        In the unit of the values; above 0 when the least deprived have more, 0 when all have the same.
    relative : float
        `absolute` over `mean`, in [-1, 1] for values of 0 or more; NaN when the mean is not above 0.
    bounded : float or None
        Erreygers's index, in [-1, 1], when bounds were given.
    mean : float
        Mean of the values, weighted by population.
    shares, ranks : array, shape (n_groups,)
        Share of the population and rank (ridit) of each group, in (0, 1).
    curve_x, curve_y : array, shape (n_groups + 1,)
        Concentration curve from (0, 0) to (1, 1): cumulative share of the population, from the most deprived,
        and of the quantity. `curve_y` is NaN when the mean is not above 0. On the diagonal all is equal.
    """

    absolute: float
    relative: float
    bounded: float | None
    mean: float
    shares: Numbers
    ranks: Numbers
    curve_x: Numbers
    curve_y: Numbers


def concentration_index(
    values: ArrayLike, population: ArrayLike, *, bounds: tuple[float, float] | None = None
) -> ConcentrationIndex:
    """Return the concentration index of a quantity over groups ordered from most to least deprived.

    Parameters
    ----------
    values : array_like, shape (n_groups,)
        Mean of the quantity in each group (rate, proportion, years…), most deprived group first.
    population : array_like, shape (n_groups,)
        Inhabitants of each group, > 0.
    bounds : tuple of float, optional
        Least and greatest possible value: (0, 1) for a proportion. Gives `bounded`, which says the same
        inequality, with the other sign, for health and for ill health; the relative index does not.

    Returns
    -------
    ConcentrationIndex

    Raises
    ------
    InputError
        If a figure cannot be used, or if a value lies out of the bounds.

    Notes
    -----
    The absolute index is the sum of share × (2 × rank - 1) × value. Splitting a group in two of the same
    value changes nothing. One group gives 0.

    Examples
    --------
    >>> index = concentration_index([20, 30, 40], [100, 100, 100])
    >>> round(index.absolute, 2), round(index.relative, 3), round(index.mean)
    (4.44, 0.148, 30)
    """
    figures, people = vectors("groupe", values=values, population=population)
    check_finite("values", figures, ("groupe", None))
    check_population("population", people, ("groupe", None))
    shares, ranks = social_ranks(people)
    mean = float(shares @ figures)
    absolute = float(shares @ ((2 * ranks - 1) * figures))
    divisor = mean if mean > 0 else math.nan
    return ConcentrationIndex(
        absolute=absolute,
        relative=absolute / divisor,
        bounded=None if bounds is None else _erreygers(absolute, figures, bounds),
        mean=mean,
        shares=shares,
        ranks=ranks,
        curve_x=np.append(0.0, np.cumsum(shares)),
        curve_y=np.append(0.0, np.cumsum(shares * figures)) / divisor,
    )


def _erreygers(absolute: float, values: Numbers, bounds: tuple[float, float]) -> float:
    low, high = bounds
    if not low < high or (values < low).any() or (values > high).any():
        raise InputError(
            f"« bounds » vaut {bounds} ; attendu : la plus petite et la plus grande valeur possibles, qui "
            "encadrent toutes les valeurs. Pour une proportion, écrivez (0, 1)."
        )
    return 4 * absolute / (high - low)
