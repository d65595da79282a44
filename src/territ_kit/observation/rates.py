"""Rates and proportions of small populations, with their confidence intervals.

A year is one draw among those that could have been: the interval says how far the figure could have moved by
chance alone. The methods are those of the official public health practice guides.

References
----------
Breslow N. E., Day N. E. (1987). Statistical Methods in Cancer Research, volume II. IARC, p. 69-71.
Dobson A. J. et al. (1991). Confidence intervals for weighted sums of Poisson parameters. Statistics in
Medicine 10, 457-462. doi:10.1002/sim.4780100317
Garwood F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28, 437-442.
Wilson E. B. (1927). Probable inference. JASA 22, 209-212. doi:10.1080/01621459.1927.10502953
Public Health England, PHEindicatormethods: exact interval under 10 events, Byar from 10; no directly
standardised rate under 10 events.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special  # scipy.stats takes a second to import: too long for a page

from territ_kit.errors import InputError
from territ_kit.estimate import Estimate
from territ_kit.french import fr

FEWEST_FOR_BYAR = 10
FEWEST_TO_PUBLISH = 10


def byar_interval(events: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return Byar's limits of a Poisson count, without any check (`events` > 0).

    Examples
    --------
    >>> low, high = byar_interval(65)
    >>> round(low, 2), round(high, 2)
    (50.16, 82.85)
    """
    z = float(special.ndtri((1 + confidence) / 2))
    above = events + 1
    low = events * (1 - 1 / (9 * events) - z / (3 * math.sqrt(events))) ** 3
    high = above * (1 - 1 / (9 * above) + z / (3 * math.sqrt(above))) ** 3
    return low, high


def exact_interval(events: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return Garwood's exact limits of a Poisson count, without any check (`events` >= 0).

    Examples
    --------
    >>> low, high = exact_interval(1)
    >>> round(low, 4), round(high, 4)
    (0.0253, 5.5716)
    """
    tail = (1 - confidence) / 2
    low = float(special.chdtri(2 * events, 1 - tail)) / 2 if events else 0.0
    return low, float(special.chdtri(2 * events + 2, tail)) / 2


def count_interval(events: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return the limits of a Poisson count, without any check: exact under 10 events, Byar from 10.

    Examples
    --------
    >>> count_interval(9) == exact_interval(9), count_interval(10) == byar_interval(10)
    (True, True)
    """
    interval = byar_interval if events >= FEWEST_FOR_BYAR else exact_interval
    return interval(events, confidence)


def wilson_interval(count: float, total: float, confidence: float = 0.95) -> tuple[float, float]:
    """Return Wilson's limits of a proportion, in [0, 1], without any check (`count` <= `total`, `total` > 0).

    Examples
    --------
    >>> low, high = wilson_interval(65, 100)
    >>> round(low, 4), round(high, 4)
    (0.5525, 0.7364)
    """
    z = float(special.ndtri((1 + confidence) / 2))
    share = count / total
    centre = share + z**2 / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    low, high = (centre - spread) / (1 + z**2 / total), (centre + spread) / (1 + z**2 / total)
    # At 0 and at `total` the limit is the value itself; rounding must not put it beyond.
    return (low if count else 0.0), (high if count < total else 1.0)


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
    _check_settings(confidence, per)
    _check_count("events", events)
    _check_population("population", population)
    low, high = count_interval(events, confidence)
    factor = per / population
    return Estimate(events * factor, low * factor, high * factor)


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

    Examples
    --------
    Deaths under and over 65, in a territory older than the standard:

    >>> rate = standardised_rate([40, 260], [8_000, 4_000], [80_000, 20_000])
    >>> round(rate.value), round(rate.low), round(rate.high)
    (1700, 1505, 1913)
    """
    _check_settings(confidence, per)
    counts, years, weights = (
        _vector(name, values)
        for name, values in (("events", events), ("population", population), ("standard", standard))
    )
    if not counts.size == years.size == weights.size:
        raise InputError(
            f"Les classes d’âge ne se correspondent pas : {counts.size} pour « events », {years.size} pour "
            f"« population », {weights.size} pour « standard » ; attendu : le même nombre. "
            "Alignez les trois colonnes sur l’âge."
        )
    for count in counts:
        _check_count("events", count)
    for number in years:
        _check_population("population", number)
    if not (np.isfinite(weights).all() and (weights >= 0).all() and weights.sum() > 0):
        raise InputError(
            "« standard » contient un effectif négatif, manquant, ou que des zéros ; attendu : des effectifs "
            "positifs par âge. Prenez la population standard européenne 2013 (ESP2013)."
        )
    total = float(counts.sum())
    if total < FEWEST_TO_PUBLISH:
        return Estimate.suppress()
    shares = weights / weights.sum()
    value = float((shares * counts / years).sum())
    variance = float((shares**2 * counts / years**2).sum())
    low, high = byar_interval(total, confidence)
    stretch = math.sqrt(variance / total)
    return Estimate(
        value * per, (value + stretch * (low - total)) * per, (value + stretch * (high - total)) * per
    )


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
    _check_settings(confidence, per)
    _check_count("count", count)
    _check_count("total", total)
    _check_population("total", total)
    if count > total:
        raise InputError(
            f"« count » ({fr(count)}) dépasse « total » ({fr(total)}) ; attendu : une partie du total. "
            "Vérifiez l’ordre des deux nombres ; pour des événements qui se répètent, prenez crude_rate."
        )
    low, high = wilson_interval(count, total, confidence)
    return Estimate(count / total * per, low * per, high * per)


def _vector(name: str, values: ArrayLike) -> NDArray[np.float64]:
    array = np.asarray(values, dtype=float)
    if array.ndim != 1 or not array.size:
        raise InputError(
            f"« {name} » n’est pas une liste simple de nombres (forme : {array.shape}) ; attendu : un "
            "nombre par classe d’âge. Donnez une seule colonne."
        )
    return array


def _check_settings(confidence: float, per: float) -> None:
    if not 0 < confidence < 1:
        raise InputError(
            f"« confidence » vaut {confidence} ; attendu : un nombre entre 0 et 1, bornes exclues. "
            "Pour 95 %, écrivez 0.95."
        )
    if not (math.isfinite(per) and per > 0):
        raise InputError(
            f"« per » vaut {per} ; attendu : un nombre positif. Pour 100 000 habitants, écrivez 100_000."
        )


def _check_count(name: str, number: float) -> None:
    if not (math.isfinite(number) and number >= 0):
        raise InputError(
            f"« {name} » vaut {number} ; attendu : un nombre entier, 0 ou plus. "
            "Retirez la ligne ou déclarez la donnée non disponible."
        )
    if number != round(number):
        raise InputError(
            f"« {name} » vaut {number}, qui n’est pas entier ; attendu : un nombre d’événements comptés. "
            "Pour une moyenne par an, donnez le total des années et multipliez la population par leur nombre."
        )


def _check_population(name: str, number: float) -> None:
    if not (math.isfinite(number) and number > 0):
        raise InputError(
            f"« {name} » vaut {number} ; attendu : un effectif plus grand que 0. "
            "Corrigez le fichier, ou regroupez les communes ou les classes d’âge vides."
        )
