"""Rates and proportions of small populations, with their confidence intervals.

A year is one draw among those that could have been: the interval says how far the figure could have moved by
chance alone. The methods are those of the official public health practice guides. Names in the singular read
one area and refuse a missing figure; names in the plural read thousands of areas at once, where a missing
figure gives a missing rate.

References
----------
Public Health England, PHEindicatormethods: exact interval under 10 events, Byar from 10; Wilson's interval
for a proportion. The limits themselves are in `intervals`, standardised rates in `direct_standardisation`
and `indirect_standardisation`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from territ_kit.estimate import Estimate
from territ_kit.observation.checks import (
    Numbers,
    areas,
    check_counts,
    check_part,
    check_population,
    check_settings,
    one_number,
    vectors,
)
from territ_kit.observation.direct_standardisation import standardised_rate, standardised_rates
from territ_kit.observation.indirect_standardisation import (
    expected_events,
    standardised_ratio,
    standardised_ratios,
)
from territ_kit.observation.intervals import (
    byar_interval,
    count_interval,
    exact_interval,
    wilson_interval,
)
from territ_kit.observation.small_numbers import FEWEST_TO_PUBLISH, estimate, estimates

__all__ = [
    "FEWEST_TO_PUBLISH",
    "byar_interval",
    "count_interval",
    "crude_rate",
    "crude_rates",
    "exact_interval",
    "expected_events",
    "proportion",
    "proportions",
    "standardised_rate",
    "standardised_rates",
    "standardised_ratio",
    "standardised_ratios",
    "wilson_interval",
]


def crude_rate(
    events: float, population: float, *, confidence: float = 0.95, per: float = 100_000
) -> Estimate:
    """Return the rate of events in a population and its interval (exact under 10 events, Byar from 10).

    Parameters
    ----------
    events : float
        Whole number of events over the whole period, >= 0. It may exceed the population (hospital stays).
    population : float
        Inhabitants times years observed (person-years), > 0.
    confidence : float
        In (0, 1).
    per : float
        Unit of the rate, > 0: 100 000 gives events per 100 000 person-years.

    Returns
    -------
    Estimate
        In events per `per`; `low` is 0 when there is no event.

    Raises
    ------
    InputError
        If an argument cannot be used, with what was expected and the remedy.

    Notes
    -----
    The events are taken as independent: an outbreak or repeated stays of one person vary more than this
    interval says.

    Examples
    --------
    >>> rate = crude_rate(65, 50_000)
    >>> round(rate.value), round(rate.low), round(rate.high)
    (130, 100, 166)
    """
    check_settings(confidence, per)
    events, population = one_number("events", events), one_number("population", population)
    check_counts("events", events)
    check_population("population", population)
    return estimate(*_crude(np.asarray(events), population, confidence, per))


def crude_rates(
    events: ArrayLike, population: ArrayLike, *, confidence: float = 0.95, per: float = 100_000
) -> pd.DataFrame:
    """Return the rates of many areas at once, as `crude_rate` does for one.

    Parameters
    ----------
    events : array_like, shape (n_areas,)
        Whole numbers, >= 0; NaN where it is not available.
    population : array_like, shape (n_areas,)
        Person-years, > 0; NaN where it is not available.
    confidence : float
        In (0, 1).
    per : float
        Unit of the rates, > 0.

    Returns
    -------
    DataFrame
        `value`, `low`, `high` in events per `per`, NaN for an area with a missing figure; `suppressed`, here
        always False. The index is that of the Series given, else 0, 1, 2…

    Raises
    ------
    InputError
        If a figure cannot be used: the first faulty area is named, and how many others there are.

    Examples
    --------
    >>> crude_rates([65, 0, np.nan], [50_000, 4_000, 9_000]).round(1)
       value    low   high  suppressed
    0  130.0  100.3  165.7       False
    1    0.0    0.0   92.2       False
    2    NaN    NaN    NaN       False
    """
    check_settings(confidence, per)
    counts, people = vectors("zone", events=events, population=population)
    index = areas(events=events, population=population)
    check_counts("events", counts, ("zone", index), missing=True)
    check_population("population", people, ("zone", index), missing=True)
    return estimates(index, *_crude(counts, people, confidence, per))


def proportion(count: float, total: float, *, confidence: float = 0.95, per: float = 1) -> Estimate:
    """Return a share of a group and its Wilson interval.

    Parameters
    ----------
    count : float
        Whole number of persons concerned, 0 <= `count` <= `total`.
    total : float
        Whole number of persons asked or observed, > 0.
    confidence : float
        In (0, 1).
    per : float
        Unit, > 0: 1 gives a share in [0, 1], 100 a percentage.

    Returns
    -------
    Estimate
        In units of `per`, within [0, `per`].

    Raises
    ------
    InputError
        If an argument cannot be used, with what was expected and the remedy.

    Examples
    --------
    >>> share = proportion(65, 100, per=100)
    >>> round(share.value), round(share.low, 1), round(share.high, 1)
    (65, 55.3, 73.6)
    """
    check_settings(confidence, per)
    count, total = one_number("count", count), one_number("total", total)
    check_counts("count", count)
    check_counts("total", total)
    check_population("total", total)
    check_part(count, total)
    return estimate(*_share(np.asarray(count), total, confidence, per))


def proportions(
    count: ArrayLike, total: ArrayLike, *, confidence: float = 0.95, per: float = 1
) -> pd.DataFrame:
    """Return the shares of many areas at once, as `proportion` does for one.

    Parameters
    ----------
    count, total : array_like, shape (n_areas,)
        Whole numbers, 0 <= `count` <= `total`, `total` > 0; NaN where one is not available.
    confidence : float
        In (0, 1).
    per : float
        Unit, > 0.

    Returns
    -------
    DataFrame
        As that of `crude_rates`, within [0, `per`].

    Raises
    ------
    InputError
        If a figure cannot be used: the first faulty area is named, and how many others there are.

    Examples
    --------
    >>> proportions([65, 0], [100, 20], per=100).round(1)
       value   low  high  suppressed
    0   65.0  55.3  73.6       False
    1    0.0   0.0  16.1       False
    """
    check_settings(confidence, per)
    counts, totals = vectors("zone", count=count, total=total)
    index = areas(count=count, total=total)
    check_counts("count", counts, ("zone", index), missing=True)
    check_counts("total", totals, ("zone", index), missing=True)
    check_population("total", totals, ("zone", index), missing=True)
    check_part(counts, totals, ("zone", index))
    return estimates(index, *_share(counts, totals, confidence, per))


def _crude(events: Numbers, population: Any, confidence: float, per: float) -> tuple[Any, Any, Any]:
    low, high = count_interval(events, confidence)
    factor = per / population
    return events * factor, low * factor, high * factor


def _share(count: Numbers, total: Any, confidence: float, per: float) -> tuple[Any, Any, Any]:
    low, high = wilson_interval(count, total, confidence)
    return count / total * per, low * per, high * per
