"""Social inequalities in health: the slope along the social ladder, and its companions.

The slope index (SII) is the gap between the two ends of the ladder, read on a straight line through all the
groups and not on the two extreme ones only; the relative index (RII) is their ratio. The concentration index
is in `concentration`, the population quantiles in `social_rank`.

References
----------
Low A., Low A. (2004). Measuring the gap: quantifying and comparing local health inequalities. Journal of
Public Health 26, 388-395. doi:10.1093/pubmed/fdh175
Mackenbach J. P., Kunst A. E. (1997). Measuring the magnitude of socio-economic inequalities in health. Social
Science and Medicine 44, 757-771. doi:10.1016/S0277-9536(96)00073-1
Public Health England, PHEindicatormethods: logarithm of rates, logit of proportions.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from territ_kit.errors import InputError
from territ_kit.french import fr
from territ_kit.observation.checks import (
    Numbers,
    check_confidence,
    check_finite,
    check_not_negative,
    check_population,
    vectors,
)
from territ_kit.observation.concentration import ConcentrationIndex, concentration_index
from territ_kit.observation.intervals import normal_quantile
from territ_kit.observation.social_rank import population_quantiles, social_ranks

__all__ = [
    "SCALES",
    "ConcentrationIndex",
    "SlopeIndex",
    "concentration_index",
    "population_quantiles",
    "slope_index",
]


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale on which the line is straight; `slope` is the derivative of `back`, from the value."""

    label: str
    to: Callable[[Numbers], Numbers]
    back: Callable[[Numbers], Numbers]
    slope: Callable[[Numbers], Numbers]
    least: float = -math.inf
    most: float = math.inf


SCALES = {
    "identity": Scale("valeurs", np.asarray, np.asarray, np.ones_like),
    "log": Scale("logarithme des taux", np.log, np.exp, np.asarray, least=0),
    "logit": Scale(
        "logit des proportions", special.logit, special.expit, lambda v: v * (1 - v), least=0, most=1
    ),
}


@dataclass(frozen=True, slots=True)
class SlopeIndex:
    """The gap between the two ends of the social ladder.

    Attributes
    ----------
    sii : float
        Fitted value of the least deprived end minus that of the most deprived end, in the unit of the values.
    rii : float
        Their ratio, least over most deprived; NaN when one is not above 0.
    sii_low, sii_high, rii_low, rii_high : float
        Confidence limits; NaN without standard errors.
    fitted_most, fitted_least : float
        Fitted value at rank 0 (most deprived) and at rank 1, in the unit of the values.
    ridits, shares : array, shape (n_groups,)
        Rank and share of the population of each group, in (0, 1).
    scale : str
        "identity", "log" or "logit".
    confidence : float
    method : str
        Short French name of the method.
    """

    sii: float
    rii: float
    sii_low: float
    sii_high: float
    rii_low: float
    rii_high: float
    fitted_most: float
    fitted_least: float
    ridits: Numbers
    shares: Numbers
    scale: str
    confidence: float
    method: str


def slope_index(
    values: ArrayLike,
    population: ArrayLike,
    *,
    standard_errors: ArrayLike | None = None,
    scale: str = "identity",
    confidence: float = 0.95,
) -> SlopeIndex:
    """Return the slope and relative indices of inequality over groups ordered from most to least deprived.

    A line is fitted by least squares weighted by population on the rank of the groups (ridit: the middle of
    each group when everyone stands in line); the indices compare its two ends.

    Parameters
    ----------
    values : array_like, shape (n_groups,)
        Indicator of each group, most deprived first, at least two groups; above 0 for "log", in (0, 1) for
        "logit".
    population : array_like, shape (n_groups,)
        Inhabitants of each group, > 0.
    standard_errors : array_like, shape (n_groups,), optional
        Standard error of each value, >= 0, in the unit of the values whatever the scale.
    scale : {"identity", "log", "logit"}
        Scale on which the line is straight: identity for years of life or scores, log for rates, logit for
        proportions. The two ends are brought back to the unit of the values before they are compared.
    confidence : float
        In (0, 1).

    Returns
    -------
    SlopeIndex

    Raises
    ------
    InputError
        If a figure or the scale cannot be used.

    Notes
    -----
    The limits carry the standard errors of the values through to the gap, and to the logarithm of the ratio,
    by the delta method. They are exact (the values being normal) for the gap on the identity scale and for
    the ratio on the log scale. They say how far chance moves each value, not how well a straight line fits:
    look at the points.

    Examples
    --------
    Life expectancy of five groups:

    >>> index = slope_index([76, 78, 79, 80, 82], [100] * 5, standard_errors=[0.5] * 5)
    >>> round(index.sii, 1), round(index.sii_low, 1), round(index.sii_high, 1), round(index.rii, 3)
    (7.0, 5.5, 8.5, 1.093)
    """
    check_confidence(confidence)
    figures, people = vectors("groupe", values=values, population=population)
    _check_values(figures, scale)
    check_population("population", people, ("groupe", None))
    here = SCALES[scale]
    shares, ridits = social_ranks(people)
    leverage = shares * (ridits - 0.5) / (shares @ (ridits - 0.5) ** 2)  # the mean rank is 1/2
    reading = np.stack([shares - leverage / 2, shares + leverage / 2])  # of both ends, from the values
    ends = here.back(reading @ here.to(figures))
    positive = bool((ends > 0).all())
    ratio = float(ends[1] / ends[0]) if positive else math.nan
    sii_margin = log_margin = math.nan
    if standard_errors is not None:
        _, errors = vectors("groupe", values=values, standard_errors=standard_errors)
        check_not_negative("standard_errors", errors, ("groupe", None))
        spread = reading * errors / here.slope(figures)
        covariance = spread @ spread.T
        steps = here.slope(ends) * [-1, 1]
        z = normal_quantile(confidence)
        sii_margin = z * math.sqrt(steps @ covariance @ steps)
        if positive:
            log_margin = z * math.sqrt(steps / ends @ covariance @ (steps / ends))
    sii = float(ends[1] - ends[0])
    return SlopeIndex(
        sii=sii,
        rii=ratio,
        sii_low=sii - sii_margin,
        sii_high=sii + sii_margin,
        rii_low=ratio * math.exp(-log_margin),
        rii_high=ratio * math.exp(log_margin),
        fitted_most=float(ends[0]),
        fitted_least=float(ends[1]),
        ridits=ridits,
        shares=shares,
        scale=scale,
        confidence=confidence,
        method=f"droite des moindres carrés pondérés par la population ({here.label})",
    )


def _check_values(values: Numbers, scale: str) -> None:
    if scale not in SCALES:
        raise InputError(
            f"« scale » vaut « {scale} » ; attendu : « identity », « log » ou « logit ». "
            "Prenez « log » pour des taux, « logit » pour des proportions."
        )
    if values.size < 2:
        raise InputError(
            "« values » n’a qu’un groupe ; attendu : deux ou plus, du plus au moins défavorisé. "
            "Découpez la population en quintiles."
        )
    check_finite("values", values, ("groupe", None))
    least, most = SCALES[scale].least, SCALES[scale].most
    out = ~((values > least) & (values < most))
    if out.any():
        between = "une proportion entre 0 et 1, bornes exclues" if most == 1 else "un taux plus grand que 0"
        raise InputError(
            f"« values » vaut {fr(values[out][0])} pour le groupe {int(np.argmax(out)) + 1} ; attendu pour "
            f"« {scale} » : {between}. Regroupez des groupes, ou prenez l’échelle « identity »."
        )
