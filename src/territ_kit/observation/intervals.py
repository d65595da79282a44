"""Confidence limits of counts and proportions: bare functions on numbers or arrays, without any check.

Each takes one number and returns two floats, or takes arrays (numpy broadcasting) and returns two arrays. A
missing count (NaN) gives missing limits.

References
----------
Breslow N. E., Day N. E. (1987). Statistical Methods in Cancer Research, volume II. IARC, p. 69-71.
Garwood F. (1936). Fiducial limits for the Poisson distribution. Biometrika 28, 437-442.
Wilson E. B. (1927). Probable inference. JASA 22, 209-212. doi:10.1080/01621459.1927.10502953
Public Health England, PHEindicatormethods: exact interval under 10 events, Byar from 10.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import special  # scipy.stats takes a second to import: too long for a page

FEWEST_FOR_BYAR = 10


def normal_quantile(confidence: float) -> float:
    """Return z such that a normal variable lies within ± z of its mean with this probability.

    Examples
    --------
    >>> round(normal_quantile(0.95), 4)
    1.96
    """
    return float(special.ndtri((1 + confidence) / 2))


def byar_interval(events: ArrayLike, confidence: float = 0.95) -> tuple[Any, Any]:
    """Return Byar's limits of a Poisson count (`events` > 0).

    Examples
    --------
    >>> low, high = byar_interval(65)
    >>> round(low, 2), round(high, 2)
    (50.16, 82.85)
    """
    z = normal_quantile(confidence)
    counts = np.asarray(events, dtype=float)
    above = counts + 1
    low = counts * (1 - 1 / (9 * counts) - z / (3 * np.sqrt(counts))) ** 3
    high = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return _as_given(low, high)


def exact_interval(events: ArrayLike, confidence: float = 0.95) -> tuple[Any, Any]:
    """Return Garwood's exact limits of a Poisson count (`events` >= 0); the lower one is 0 without event.

    Examples
    --------
    >>> low, high = exact_interval(1)
    >>> round(low, 4), round(high, 4)
    (0.0253, 5.5716)
    >>> exact_interval([0, 1])[0].round(4)
    array([0.    , 0.0253])
    """
    counts = np.asarray(events, dtype=float)
    tail = (1 - confidence) / 2
    low = np.where(counts == 0, 0.0, special.gammaincinv(counts, tail))
    return _as_given(low, special.gammainccinv(counts + 1, tail))


def count_interval(events: ArrayLike, confidence: float = 0.95) -> tuple[Any, Any]:
    """Return the limits of a Poisson count: exact under 10 events, Byar from 10.

    Examples
    --------
    >>> count_interval(9) == exact_interval(9), count_interval(10) == byar_interval(10)
    (True, True)
    """
    counts = np.asarray(events, dtype=float)
    # Each method only sees the counts that it is for.
    exact = exact_interval(np.minimum(counts, FEWEST_FOR_BYAR), confidence)
    byar = byar_interval(np.maximum(counts, FEWEST_FOR_BYAR), confidence)
    many = counts >= FEWEST_FOR_BYAR
    return _as_given(*(np.where(many, large, small) for large, small in zip(byar, exact, strict=True)))


def wilson_interval(count: ArrayLike, total: ArrayLike, confidence: float = 0.95) -> tuple[Any, Any]:
    """Return Wilson's limits of a proportion, in [0, 1] (0 <= `count` <= `total`, `total` > 0).

    Examples
    --------
    >>> low, high = wilson_interval(65, 100)
    >>> round(low, 4), round(high, 4)
    (0.5525, 0.7364)
    """
    z = normal_quantile(confidence)
    counts, totals = np.asarray(count, dtype=float), np.asarray(total, dtype=float)
    share = counts / totals
    centre = share + z**2 / (2 * totals)
    spread = z * np.sqrt(share * (1 - share) / totals + z**2 / (4 * totals**2))
    low, high = (limit / (1 + z**2 / totals) for limit in (centre - spread, centre + spread))
    # At 0 and at `total` the limit is the value itself; rounding must not put it beyond. 0 times a missing
    # total is missing.
    return _as_given(np.where(counts == 0, 0 * totals, low), np.where(counts == totals, 1.0, high))


def _as_given(low: Any, high: Any) -> tuple[Any, Any]:
    """Return floats for one number, arrays for several."""
    return (float(low), float(high)) if np.ndim(low) == 0 else (low, high)
