"""Small numbers: what not to publish, how many years to pool, what chance alone explains by size of place.

Two reasons not to confuse. Under about 10 events a rate moves too much from year to year to be read: this is
what the functions here see to. Statistical confidentiality is a legal matter, with the threshold of each
producer: a figure that it hides never reaches the kit.

References
----------
Public Health England, PHEindicatormethods: no directly standardised rate under 10 events; funnel limits.
Spiegelhalter D. J. (2005). Funnel plots for comparing institutional performance. Statistics in Medicine 24,
1185-1202. doi:10.1002/sim.1970
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import special

from territ_kit.errors import InputError
from territ_kit.estimate import Estimate
from territ_kit.observation.checks import (
    Numbers,
    areas,
    check_counts,
    check_not_negative,
    check_population,
    check_settings,
    vector,
)
from territ_kit.observation.intervals import normal_quantile

FEWEST_TO_PUBLISH = 10
USUAL_UNIT = {"rate": 100_000.0, "proportion": 1.0, "ratio": 100.0}


def estimate(value: Any, low: Any, high: Any) -> Estimate:
    """Return one estimate, from numbers of numpy or not."""
    return Estimate(float(value), float(low), float(high))


def estimates(index: pd.Index[Any], value: ArrayLike, low: ArrayLike, high: ArrayLike) -> pd.DataFrame:
    """Return the table of many estimates, one row an area, with the fields of an `Estimate`."""
    return pd.DataFrame({"value": value, "low": low, "high": high, "suppressed": False}, index=index)


def suppress(table: pd.DataFrame, events: ArrayLike, *, fewest: float = FEWEST_TO_PUBLISH) -> pd.DataFrame:
    """Return a table of estimates without those that rest on too few events.

    Parameters
    ----------
    table : DataFrame
        `value`, `low`, `high`, `suppressed`, as `rates.crude_rates` returns it; it is left as it is.
    events : array_like, shape (n_areas,)
        Events on which each estimate rests, whole numbers >= 0. An area whose number is missing (NaN) is not
        suppressed: its estimate is missing already.
    fewest : float
        Fewest events for an estimate to be shown, > 0.

    Returns
    -------
    DataFrame
        The same rows; where there are too few events the three figures are NaN and `suppressed` is True.

    Raises
    ------
    InputError
        If `events` cannot be used or does not stand for the same areas.

    Notes
    -----
    A single suppressed area can be found by subtracting the others from the total: give the total rounded,
    or suppress a second area.

    Examples
    --------
    >>> rates = pd.DataFrame({"value": [130.0, 40.0], "low": 100.0, "high": 166.0, "suppressed": False})
    >>> suppress(rates, [65, 4])
       value    low   high  suppressed
    0  130.0  100.0  166.0       False
    1    NaN    NaN    NaN        True
    """
    _check_fewest(fewest)
    counts = vector("events", events, each="zone")
    index = areas(table=table, events=events)
    check_counts("events", counts, ("zone", index), missing=True)
    few = counts < fewest
    hidden = table.copy()
    hidden.loc[few, ["value", "low", "high"]] = np.nan
    hidden["suppressed"] = hidden["suppressed"] | few
    return hidden


def years_needed(events_per_year: ArrayLike, fewest: float = FEWEST_TO_PUBLISH) -> Any:
    """Return how many years to pool so that about `fewest` events are counted.

    Parameters
    ----------
    events_per_year : float or array_like
        Mean number of events a year, >= 0; need not be whole. NaN gives NaN.
    fewest : float
        Events wanted, > 0.

    Returns
    -------
    float, or array of the same shape, or Series when a Series is given
        Whole number of years, >= 1; infinite where there is no event.

    Raises
    ------
    InputError
        If a number is negative.

    Notes
    -----
    It is an expectation: with exactly 10 events expected, chance leaves fewer than 10 in 46 % of the periods.
    Over many years the rate itself may have changed: beyond five or so, group areas instead
    (`grouping.group_areas`).

    Examples
    --------
    >>> years_needed(3.2), years_needed([12, 0.5, 0]).tolist()
    (4.0, [1.0, 20.0, inf])
    """
    _check_fewest(fewest)
    yearly = np.asarray(events_per_year, dtype=float)
    check_not_negative("events_per_year", yearly.ravel(), ("valeur", None), missing=True)
    with np.errstate(divide="ignore"):
        # A hair is taken off, or 10 / 0.1 rounded up would be a year too many.
        years = np.maximum(np.ceil(fewest / yearly - 1e-9), 1.0)
    if isinstance(events_per_year, pd.Series):
        return pd.Series(years, index=events_per_year.index, name="years")
    return years if years.ndim else float(years)


def funnel_limits(
    target: float,
    sizes: ArrayLike,
    *,
    kind: str = "rate",
    confidence: float | Sequence[float] = (0.95, 0.998),
    per: float | None = None,
) -> pd.DataFrame:
    """Return the limits between which places of each size would fall if nothing but chance set them apart.

    Under the hypothesis that every place has the target value (« sous l’hypothèse que rien ne diffère »),
    about 95 % of them stand within the inner limits and 99.8 % within the outer ones. A place beyond deserves
    a look; it is not proved to do better or worse: of 20 places about one is beyond the inner limits by
    chance alone.

    Parameters
    ----------
    target : float
        Value that all places would have, in units of `per`: that of the whole territory, or of a reference.
    sizes : array_like, shape (n,)
        Size of each place, > 0: person-years for "rate", persons for "proportion", expected events for
        "ratio".
    kind : {"rate", "proportion", "ratio"}
    confidence : sequence of float
        Each in (0, 1); the usual pair is about 2 and 3 standard errors.
    per : float, optional
        Unit of the target and of the limits: by default 100 000 for a rate, 1 for a proportion, 100 for a
        ratio.

    Returns
    -------
    DataFrame
        Indexed by `size`, in the order given: `target`, then `low_95`, `high_95`, `low_99.8`, `high_99.8`.

    Raises
    ------
    InputError
        If an argument cannot be used.

    Notes
    -----
    A place lies beyond the limits exactly when its own interval leaves out the target: Wilson's for a
    proportion (target ± z √(p (1 - p) / n), within 0 and 1), the exact Poisson interval for a rate or a ratio
    (made continuous between two counts by the gamma function). `crude_rate` takes Byar's interval from 10
    events: the two may differ for a place that stands on the limit. `low` is 0 for a place too small to be
    low otherwise than by chance. Places differ for more reasons than chance: with many beyond the limits, the
    hypothesis itself is in doubt (overdispersion).

    Examples
    --------
    >>> funnel_limits(100, [8, 80], kind="ratio").loc[80, ["low_95", "high_95"]].round().tolist()
    [78.0, 123.0]
    """
    if kind not in USUAL_UNIT:
        raise InputError(
            f"« kind » vaut « {kind} » ; attendu : « rate », « proportion » ou « ratio ». "
            "Prenez « ratio » pour un indice comparatif (ICM)."
        )
    unit = USUAL_UNIT[kind] if per is None else per
    places = vector("sizes", sizes, each="zone")
    check_population("sizes", places, ("valeur", None))
    most = unit if kind == "proportion" else np.inf
    if not 0 < target < most:
        raise InputError(
            f"« target » vaut {target} ; attendu : une valeur plus grande que 0"
            f"{' et plus petite que « per »' if kind == 'proportion' else ''}. "
            "Prenez la valeur de tout le territoire, ou d’une référence."
        )
    columns = {"target": np.full(places.size, float(target))}
    limits = _proportion_limits if kind == "proportion" else _count_limits
    for level in [confidence] if isinstance(confidence, float) else confidence:
        check_settings(level, unit)
        low, high = limits(target / unit, places, level)
        columns |= {f"low_{100 * level:g}": low * unit, f"high_{100 * level:g}": high * unit}
    return pd.DataFrame(columns, index=pd.Index(places, name="size"))


def _proportion_limits(target: float, sizes: Numbers, confidence: float) -> tuple[Numbers, Numbers]:
    margin = normal_quantile(confidence) * np.sqrt(target * (1 - target) / sizes)
    return np.maximum(target - margin, 0.0), np.minimum(target + margin, 1.0)


def _count_limits(target: float, sizes: Numbers, confidence: float) -> tuple[Numbers, Numbers]:
    """Return the counts whose exact interval just touches the expected one, over the sizes."""
    expected, tail = target * sizes, (1 - confidence) / 2
    low = np.maximum(special.gdtrib(1.0, 1 - tail, expected) - 1, 0.0)
    return low / sizes, special.gdtrib(1.0, tail, expected) / sizes


def _check_fewest(fewest: float) -> None:
    if not (np.isfinite(fewest) and fewest > 0):
        raise InputError(
            f"« fewest » vaut {fewest} ; attendu : un nombre d’événements plus grand que 0. "
            "La règle habituelle est 10."
        )
