"""Direct standardisation: the rate that a territory would have with the ages of a standard population.

References
----------
Dobson A. J. et al. (1991). Confidence intervals for weighted sums of Poisson parameters. Statistics in
Medicine 10, 457-462. doi:10.1002/sim.4780100317
Public Health England, PHEindicatormethods: no directly standardised rate under 10 events, no empty age group.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from territ_kit.errors import InputError
from territ_kit.estimate import Estimate
from territ_kit.observation.checks import (
    AGES,
    Numbers,
    areas,
    check_counts,
    check_population,
    check_settings,
    table,
    vector,
    vectors,
)
from territ_kit.observation.intervals import byar_interval
from territ_kit.observation.small_numbers import FEWEST_TO_PUBLISH, estimate, estimates, suppress


def standardised_rate(
    events: ArrayLike,
    population: ArrayLike,
    standard: ArrayLike,
    *,
    confidence: float = 0.95,
    per: float = 100_000,
) -> Estimate:
    """Return the rate that the territory would have with the ages of a standard population.

    Direct standardisation with Dobson's interval around the sum of the events.

    Parameters
    ----------
    events : array_like, shape (n_ages,)
        Whole number of events of each age group over the whole period, >= 0.
    population : array_like, shape (n_ages,)
        Person-years of each age group, > 0.
    standard : array_like, shape (n_ages,)
        Standard population of each age group, >= 0, sum > 0; any scale.
    confidence : float
        In (0, 1).
    per : float
        Unit of the rate, > 0.

    Returns
    -------
    Estimate
        In events per `per`; suppressed when there are fewer than 10 events in all.

    Raises
    ------
    InputError
        If an argument cannot be used, with what was expected and the remedy.

    Notes
    -----
    An age group without inhabitants has no rate, even when it has no event either: counting it as 0 would
    lower the result. It is refused; merge it with the next one, or use `standardised_ratio`. One age group
    gives back the crude rate, with Byar's interval.

    Examples
    --------
    Deaths under and over 65, in a territory older than the standard:

    >>> rate = standardised_rate([40, 260], [8_000, 4_000], [80_000, 20_000])
    >>> round(rate.value), round(rate.low), round(rate.high)
    (1700, 1505, 1913)
    """
    check_settings(confidence, per)
    counts, years, weights = vectors("classe d’âge", events=events, population=population, standard=standard)
    check_counts("events", counts, AGES)
    check_population("population", years, AGES)
    _check_standard(weights)
    if counts.sum() < FEWEST_TO_PUBLISH:
        return Estimate.suppress()
    return estimate(*_direct(counts, years, weights, confidence, per))


def standardised_rates(
    events: ArrayLike,
    population: ArrayLike,
    standard: ArrayLike,
    *,
    confidence: float = 0.95,
    per: float = 100_000,
) -> pd.DataFrame:
    """Return the standardised rates of many areas at once, as `standardised_rate` does for one.

    Parameters
    ----------
    events, population : array_like, shape (n_areas, n_ages)
        Whole numbers >= 0, and person-years; NaN where one is not available. The population of an age group
        may be 0 only in an area that is suppressed anyway.
    standard : array_like, shape (n_ages,)
        Standard population of each age group, >= 0, sum > 0; any scale.
    confidence : float
        In (0, 1).
    per : float
        Unit of the rates, > 0.

    Returns
    -------
    DataFrame
        `value`, `low`, `high` in events per `per`; `suppressed` where there are fewer than 10 events in all.
        NaN for a suppressed area and for one with a missing figure. The index is that of the DataFrame given,
        else 0, 1, 2…

    Raises
    ------
    InputError
        If a figure cannot be used: the first faulty area is named, and how many others there are.

    Examples
    --------
    >>> standardised_rates([[40, 260], [1, 2]], [[8_000, 4_000], [300, 0]], [80, 20]).round()
        value     low    high  suppressed
    0  1700.0  1505.0  1913.0       False
    1     NaN     NaN     NaN        True
    """
    check_settings(confidence, per)
    counts, years = table("events", events), table("population", population)
    weights = vector("standard", standard)
    index = areas(events=events, population=population)
    if not counts.shape[1] == years.shape[1] == weights.size:
        raise InputError(
            f"Les classes d’âge ne se correspondent pas : {counts.shape[1]} pour « events », "
            f"{years.shape[1]} pour « population », {weights.size} pour « standard » ; attendu : le même "
            "nombre. Alignez les colonnes sur l’âge."
        )
    few = counts.sum(axis=1, keepdims=True) < FEWEST_TO_PUBLISH
    check_counts("events", counts, ("zone", index), AGES, missing=True)
    check_population("population", years, ("zone", index), AGES, missing=True, empty=few)
    _check_standard(weights)
    return suppress(estimates(index, *_direct(counts, years, weights, confidence, per)), counts.sum(axis=1))


def _direct(
    events: Numbers, population: Numbers, standard: Numbers, confidence: float, per: float
) -> tuple[Numbers, Numbers, Numbers]:
    """Return the rates and Dobson's limits; ages are the last axis."""
    shares = standard / standard.sum()
    with np.errstate(divide="ignore", invalid="ignore"):  # areas that are suppressed afterwards
        value = (shares * events / population).sum(axis=-1)
        variance = (shares**2 * events / population**2).sum(axis=-1)
        total = events.sum(axis=-1)
        low, high = byar_interval(total, confidence)
        stretch = np.sqrt(variance / total)
        limits = [value + stretch * (limit - total) for limit in (low, high)]
    return value * per, limits[0] * per, limits[1] * per


def _check_standard(weights: Numbers) -> None:
    if not (np.isfinite(weights).all() and (weights >= 0).all() and weights.sum() > 0):
        raise InputError(
            "« standard » contient un effectif négatif, manquant, ou que des zéros ; attendu : des effectifs "
            "positifs par âge. Prenez la population standard européenne 2013 (ESP2013)."
        )
