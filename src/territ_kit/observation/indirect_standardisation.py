"""Indirect standardisation: events observed against those expected with the rates of a reference by age.

In French « indice comparatif de mortalité » (ICM), in English standardised mortality ratio (SMR): 100 means
as many events as in the reference, ages being equal. It needs the events of the territory in all, not by age,
so it suits small areas better than the direct method.

References
----------
Breslow N. E., Day N. E. (1987). Statistical Methods in Cancer Research, volume II. IARC, p. 65-72.
Public Health England, PHEindicatormethods: exact interval under 10 events, Byar from 10.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from territ_kit.errors import InputError
from territ_kit.estimate import Estimate
from territ_kit.observation.checks import (
    AGES,
    areas,
    check_counts,
    check_not_negative,
    check_population,
    check_settings,
    one_number,
    table,
    vector,
    vectors,
)
from territ_kit.observation.intervals import count_interval
from territ_kit.observation.small_numbers import estimate, estimates


def expected_events(
    population: ArrayLike, reference_events: ArrayLike, reference_population: ArrayLike
) -> Any:
    """Return the events that the population would have with the rates of the reference at each age.

    Parameters
    ----------
    population : array_like, shape (n_ages,) or (n_areas, n_ages)
        Person-years, >= 0; an age group may be empty. NaN is refused for one area, and gives NaN among many.
    reference_events : array_like, shape (n_ages,)
        Events of the reference, >= 0; they need not be whole (a mean of several years).
    reference_population : array_like, shape (n_ages,)
        Person-years of the reference, > 0.

    Returns
    -------
    float, or array of shape (n_areas,), or Series when `population` is a DataFrame
        >= 0; 0 when no age group present has an event in the reference.

    Raises
    ------
    InputError
        If a figure cannot be used, with what was expected and the remedy.

    Examples
    --------
    >>> expected_events([8_000, 4_000], [500, 4_500], [100_000, 50_000])
    400.0
    """
    people = vector("population", population) if np.ndim(population) < 2 else table("population", population)
    many = people.ndim == 2
    events, years = vectors(
        "classe d’âge", reference_events=reference_events, reference_population=reference_population
    )
    if people.shape[-1] != events.size:
        raise InputError(
            f"Les classes d’âge ne se correspondent pas : {people.shape[-1]} pour « population », "
            f"{events.size} pour la référence ; attendu : le même nombre. Alignez les colonnes sur l’âge."
        )
    axes = (("zone", areas(population=population)), AGES) if many else (AGES,)
    check_population("population", people, *axes, missing=many, empty=True)
    check_not_negative("reference_events", events, AGES)
    check_population("reference_population", years, AGES)
    expected = people @ (events / years)
    if isinstance(population, pd.DataFrame):
        return pd.Series(expected, index=population.index, name="expected")
    return expected if many else float(expected)


def standardised_ratio(
    events: ArrayLike,
    population: ArrayLike,
    reference_events: ArrayLike,
    reference_population: ArrayLike,
    *,
    confidence: float = 0.95,
    per: float = 100,
) -> Estimate:
    """Return the events observed over those expected with the reference's rates by age, and the interval.

    Parameters
    ----------
    events : float or array_like, shape (n_ages,)
        Whole number of events, >= 0: in all, or by age (they are summed).
    population : array_like, shape (n_ages,)
        Person-years of each age group, >= 0.
    reference_events : array_like, shape (n_ages,)
        Events of the reference, >= 0.
    reference_population : array_like, shape (n_ages,)
        Person-years of the reference, > 0.
    confidence : float
        In (0, 1).
    per : float
        Value of a territory like the reference, > 0: 100 gives the ICM, 1 a ratio.

    Returns
    -------
    Estimate
        In units of `per`; exact interval under 10 events, Byar from 10. `low` is 0 without event.

    Raises
    ------
    InputError
        If an argument cannot be used, or if no event is expected.

    Notes
    -----
    The expected number is taken as certain, which holds when the reference is much larger than the territory.
    Two territories each have their own ages: their ratios compare with the reference, not with each other.

    Examples
    --------
    300 deaths where the region's rates by age would give 400:

    >>> ratio = standardised_ratio(300, [8_000, 4_000], [500, 4_500], [100_000, 50_000])
    >>> round(ratio.value), round(ratio.low), round(ratio.high)
    (75, 67, 84)
    """
    check_settings(confidence, per)
    people = vector("population", population)
    if np.ndim(events):
        counts, people = vectors("classe d’âge", events=events, population=population)
    else:
        counts = np.asarray(one_number("events", events))
    check_counts("events", counts, *[AGES] * counts.ndim)
    expected = expected_events(people, reference_events, reference_population)
    if not expected > 0:
        raise InputError(
            "Aucun événement n’est attendu avec les taux de la référence ; attendu : un nombre d’événements "
            "attendus plus grand que 0. Prenez une référence plus grande, ou plus d’années."
        )
    return estimate(*_ratio(counts.sum(), expected, confidence, per))


def standardised_ratios(
    events: ArrayLike, expected: ArrayLike, *, confidence: float = 0.95, per: float = 100
) -> pd.DataFrame:
    """Return the ratios of many areas at once, from the events that `expected_events` gives.

    Parameters
    ----------
    events : array_like, shape (n_areas,) or (n_areas, n_ages)
        Whole numbers, >= 0 (summed over ages); NaN where one is not available.
    expected : array_like, shape (n_areas,)
        Events expected, > 0; NaN where it is not available.
    confidence : float
        In (0, 1).
    per : float
        Value of an area like the reference, > 0.

    Returns
    -------
    DataFrame
        `value`, `low`, `high` in units of `per`, NaN for an area with a missing figure; `suppressed`, here
        always False. The index is that of the Series or DataFrame given, else 0, 1, 2…

    Raises
    ------
    InputError
        If a figure cannot be used: the first faulty area is named, and how many others there are.

    Examples
    --------
    >>> standardised_ratios([300, 4], [400, 5]).round(1)
       value   low   high  suppressed
    0   75.0  66.8   84.0       False
    1   80.0  21.8  204.8       False
    """
    check_settings(confidence, per)
    by_age = np.ndim(events) == 2
    counts = table("events", events) if by_age else vector("events", events, each="zone")
    awaited = vector("expected", expected, each="zone")
    index = areas(events=events, expected=expected)
    check_counts("events", counts, ("zone", index), *[AGES] * by_age, missing=True)
    check_population("expected", awaited, ("zone", index), missing=True)
    total = counts.sum(axis=1) if by_age else counts
    return estimates(index, *_ratio(total, awaited, confidence, per))


def _ratio(events: Any, expected: Any, confidence: float, per: float) -> tuple[Any, Any, Any]:
    low, high = count_interval(events, confidence)
    factor = per / expected
    return events * factor, low * factor, high * factor
