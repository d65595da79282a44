"""Many comparisons at once: how many differences chance alone would show, and readings that allow for it.

At 95 %, one place in twenty looks different from the reference when none is. With 30 communes and 10
indicators that is 15 false alarms. `expected_by_chance` says how many; `adjust` makes the readings stricter.

References
----------
Armitage P., Berry G., Matthews J. N. S. (2002). Statistical Methods in Medical Research, 4th ed. Blackwell
(exact and mid-p tests of a count, score test of a proportion).
Holm S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of Statistics 6,
65-70.
Benjamini Y., Hochberg Y. (1995). Controlling the false discovery rate. Journal of the Royal Statistical
Society B 57, 289-300. doi:10.1111/j.2517-6161.1995.tb02031.x
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy import special

from territ_kit.errors import InputError
from territ_kit.observation.checks import (
    Numbers,
    areas,
    check_confidence,
    check_counts,
    check_part,
    check_population,
    vector,
    vectors,
)

METHODS = ("none", "bonferroni", "holm", "benjamini_hochberg")


def expected_by_chance(n: int, confidence: float = 0.95) -> float:
    """Return how many of `n` comparisons would look different by chance, if nothing differed.

    Examples
    --------
    >>> round(expected_by_chance(30 * 10), 1)
    15.0
    """
    _check_number(n)
    check_confidence(confidence)
    return n * (1 - confidence)


def at_least_one_by_chance(n: int, confidence: float = 0.95) -> float:
    """Return the probability that one of `n` independent comparisons or more looks different by chance.

    Examples
    --------
    >>> round(at_least_one_by_chance(20), 2)
    0.64
    """
    _check_number(n)
    check_confidence(confidence)
    return 1 - confidence**n


def count_p_values(events: ArrayLike, expected: ArrayLike, *, mid: bool = True) -> Numbers:
    """Return two-sided p-values of Poisson counts against their expected numbers.

    Parameters
    ----------
    events : array_like, shape (n,)
        Whole numbers, >= 0; NaN where one is not available.
    expected : array_like, shape (n,)
        Events expected if the place were like the reference (rate × person-years, or `expected_events`), > 0.
    mid : bool
        Count half of the probability of the number observed (mid-p). The exact test counts all of it, and
        finds fewer differences than the confidence level says.

    Returns
    -------
    array, shape (n,)
        Twice the smaller tail, in [0, 1]; NaN where a figure is missing.

    Raises
    ------
    InputError
        If a figure cannot be used.

    Notes
    -----
    The exact p-value is under 0.05 exactly when the expected number lies out of Garwood's 95 % interval.

    Examples
    --------
    >>> count_p_values([3, 20], [8, 10]).round(3), count_p_values([3, 20], [8, 10], mid=False).round(3)
    (array([0.056, 0.005]), array([0.085, 0.007]))
    """
    counts, awaited = vectors("comparaison", events=events, expected=expected)
    check_counts("events", counts, ("comparaison", None), missing=True)
    check_population("expected", awaited, ("comparaison", None), missing=True)
    # P(X <= events) and P(X >= events); the latter is 1 without event, where the gamma function stops.
    fewer = special.gammaincc(counts + 1, awaited)
    more = np.where(counts == 0, 1.0, special.gammainc(np.maximum(counts, 1), awaited))
    same = np.exp(special.xlogy(counts, awaited) - awaited - special.gammaln(counts + 1))
    p_values: Numbers = np.clip(2 * (np.minimum(fewer, more) - same / 2 * mid), 0.0, 1.0)
    return p_values


def proportion_p_values(count: ArrayLike, total: ArrayLike, reference: float) -> Numbers:
    """Return two-sided p-values of proportions against a reference (score test).

    Parameters
    ----------
    count, total : array_like, shape (n,)
        Whole numbers, 0 <= `count` <= `total`, `total` > 0; NaN where one is not available.
    reference : float
        Proportion compared with, in (0, 1).

    Returns
    -------
    array, shape (n,)
        In [0, 1]; NaN where a figure is missing.

    Raises
    ------
    InputError
        If a figure cannot be used.

    Notes
    -----
    The p-value is under 0.05 exactly when the reference lies out of Wilson's 95 % interval.

    Examples
    --------
    >>> proportion_p_values([65, 12], [100, 20], 0.5).round(3)
    array([0.003, 0.371])
    """
    counts, totals = vectors("comparaison", count=count, total=total)
    for name, numbers in (("count", counts), ("total", totals)):
        check_counts(name, numbers, ("comparaison", None), missing=True)
    check_population("total", totals, ("comparaison", None), missing=True)
    check_part(counts, totals, ("comparaison", None))
    if not 0 < reference < 1:
        raise InputError(
            f"« reference » vaut {reference} ; attendu : une proportion entre 0 et 1, bornes exclues. "
            "Pour 31 %, écrivez 0.31."
        )
    z = (counts / totals - reference) / np.sqrt(reference * (1 - reference) / totals)
    p_values: Numbers = 2 * special.ndtr(-np.abs(z))
    return p_values


def adjust(p_values: ArrayLike, method: str = "holm") -> Any:
    """Return p-values that allow for their number: compare them with 1 - confidence as if alone.

    Parameters
    ----------
    p_values : array_like, shape (n,)
        In [0, 1]; NaN where there is no comparison, which does not count.
    method : {"holm", "bonferroni", "benjamini_hochberg", "none"}
        - "bonferroni": each is multiplied by their number. The chance of one false alarm or more is held
          under 1 - confidence. Simple to explain, and strict.
        - "holm": the same promise, and never stricter: the smallest is multiplied by n, the next by n - 1…
        - "benjamini_hochberg": among the differences announced, the share of false ones is held under
          1 - confidence on average. It finds more, and accepts a few errors: fit for choosing where to look.
        - "none": as they are.

    Returns
    -------
    array, or Series when a Series is given
        In [0, 1], never under the p-value given.

    Raises
    ------
    InputError
        If a p-value is out of [0, 1] or the method is unknown.

    Notes
    -----
    Bonferroni and Holm hold whatever links the comparisons; Benjamini-Hochberg when they are independent or
    move together.

    Examples
    --------
    >>> adjust([0.01, 0.02, 0.03, 0.5], "holm").round(2)
    array([0.04, 0.06, 0.06, 0.5 ])
    >>> adjust([0.01, 0.02, 0.03, 0.5], "bonferroni").round(2)
    array([0.04, 0.08, 0.12, 1.  ])
    """
    if method not in METHODS:
        raise InputError(
            f"« method » vaut « {method} » ; attendu : « holm », « bonferroni », « benjamini_hochberg » ou "
            "« none ». Choisissez l’une d’elles."
        )
    given = vector("p_values", p_values, each="comparaison")
    known = np.flatnonzero(~np.isnan(given))
    if ((given[known] < 0) | (given[known] > 1)).any():
        raise InputError(
            "« p_values » contient un nombre hors de 0 à 1 ; attendu : des probabilités. "
            "Calculez-les avec count_p_values ou proportion_p_values."
        )
    adjusted, order = given.copy(), known[np.argsort(given[known], kind="stable")]
    ascending, n = given[order], order.size
    if method == "bonferroni":
        ascending = ascending * n
    elif method == "holm":
        ascending = np.maximum.accumulate(ascending * np.arange(n, 0, -1))
    elif method == "benjamini_hochberg":
        ascending = np.minimum.accumulate((ascending * n / np.arange(1, n + 1))[::-1])[::-1]
    adjusted[order] = np.minimum(ascending, 1.0)
    return pd.Series(adjusted, index=p_values.index) if isinstance(p_values, pd.Series) else adjusted


def read_together(
    values: ArrayLike,
    reference: float,
    p_values: ArrayLike,
    *,
    confidence: float = 0.95,
    method: str = "holm",
) -> pd.DataFrame:
    """Return which values differ from a reference once the number of comparisons is allowed for.

    Parameters
    ----------
    values : array_like, shape (n,)
        Estimates, in the unit of the reference; NaN where one is missing.
    reference : float
        Value compared with.
    p_values : array_like, shape (n,)
        Of each comparison, in [0, 1]: `count_p_values` or `proportion_p_values`.
    confidence : float
        In (0, 1), for all the comparisons together.
    method : str
        As in `adjust`; "none" reads each comparison as if it were alone.

    Returns
    -------
    DataFrame
        `p`, `adjusted`, and `reading`: "higher", "lower", "undetermined", or "" where the value or its
        p-value is missing. The index is that of the Series given, else 0, 1, 2…

    Raises
    ------
    InputError
        If an argument cannot be used.

    Examples
    --------
    >>> read_together([13.0, 4.0, 9.0], 8.0, [0.03, 0.01, 0.6])["reading"].tolist()
    ['undetermined', 'lower', 'undetermined']
    """
    check_confidence(confidence)
    numbers, given = vectors("comparaison", values=values, p_values=p_values)
    index = areas(values=values, p_values=p_values)
    known = ~np.isnan(numbers) & ~np.isnan(given)
    adjusted = adjust(np.where(known, given, np.nan), method)
    side = np.where(numbers > reference, "higher", "lower")
    reading = np.where(adjusted < 1 - confidence, side, "undetermined")
    reading = np.where(known, reading, "")
    return pd.DataFrame({"p": given, "adjusted": adjusted, "reading": reading}, index=index)


def _check_number(n: int) -> None:
    if n < 0 or n != int(n):
        raise InputError(
            f"« n » vaut {n} ; attendu : un nombre entier de comparaisons. "
            "Comptez les zones, multipliées par les indicateurs."
        )
