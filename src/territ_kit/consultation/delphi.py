"""Delphi rounds: what changes from one round to the next.

A round ends a Delphi when answers no longer move, not when they agree: a stable disagreement is a result too.

References
----------
von der Gracht H. A. (2012). Consensus measurement in Delphi studies. Technological Forecasting and Social
Change 79, 1525-1536. doi:10.1016/j.techfore.2012.04.013
Cohen J. (1968). Weighted kappa. Psychological Bulletin 70, 213-220. doi:10.1037/h0026256
Words for kappa: BMC Medical Research Methodology 2007, 7:52, table 3.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from territ_kit.consultation.checks import Grid, Numbers, check_between, grid
from territ_kit.errors import InputError

STILL, CLOSE = 0.15, 1.0
"""Teaching hypotheses: up to 15 % of changed answers is still, quartiles up to one grade apart are close."""
AGREED, DIVIDED, MOVING = "stable, avis proches", "stable, avis partagés", "encore en mouvement"
_KAPPA_WORDS = (
    (0.8, "presque parfait"),
    (0.6, "substantiel"),
    (0.4, "modéré"),
    (0.2, "passable"),
    (-math.inf, "faible"),
)


def stability(first: Any, second: Any, *, still: float = STILL, close: float = CLOSE) -> pd.DataFrame:
    """Return, for each question, what changed between two rounds.

    Parameters
    ----------
    first, second : DataFrame or array_like, shape (n_judges, n_questions)
        Answers on an ordered scale (1 to 5, for instance), the same judges and questions in the same order.
        NaN: no answer; the judge is left out of that question.
    still : float
        Largest share of changed answers that counts as still, in [0, 1]; a teaching hypothesis.
    close : float
        Largest gap between the quartiles of the second round that counts as close, >= 0; the same.

    Returns
    -------
    DataFrame
        By question: `judges` (who answered twice), `changed` (share who gave another answer, in [0, 1]),
        `median_before`, `median_after`, `spread_before`, `spread_after` (interquartile ranges, linear
        quartiles), `kappa` (linearly weighted, NaN when all the answers are the same) and `reading` (French:
        still and close, still and divided, or moving; "" when nobody answered twice).

    Raises
    ------
    InputError
        If the rounds do not match, there is one judge only, or an answer is not a number.

    Notes
    -----
    Closeness alone never ends the rounds (von der Gracht 2012): people may agree for one round and part at
    the next. Still and divided is worth telling the steering committee as it is.

    Examples
    --------
    >>> rounds = stability([[4, 1], [5, 5], [4, 3]], [[4, 2], [4, 5], [4, 4]])
    >>> rounds["changed"].round(2).tolist()
    [0.33, 0.67]
    """
    before, after = (
        grid(name, values, row="juge", column="question")
        for name, values in (("first", first), ("second", second))
    )
    _check_rounds(before, after)
    lines = []
    for place in range(before.numbers.shape[1]):
        pair = np.column_stack([before.numbers[:, place], after.numbers[:, place]])
        one, two = pair[~np.isnan(pair).any(axis=1)].T
        lines.append(_compare(one, two, still, close))
    return pd.DataFrame(lines, index=before.columns.rename("question"))


def weighted_kappa(first: Any, second: Any) -> float:
    """Return the linearly weighted kappa between two lists of answers on an ordered scale.

    Parameters
    ----------
    first, second : array_like, shape (n,)
        Grades of the same answers, twice (two rounds, or two judges).

    Returns
    -------
    float
        1 when they are the same, 0 when they are as near as chance alone would set them, under 0 beyond; NaN
        when all the answers are one grade.

    Raises
    ------
    InputError
        If the lists are empty, differ in length, name other judges or hold something else than numbers.

    Examples
    --------
    >>> round(weighted_kappa([1, 2, 3, 4], [1, 2, 3, 3]), 2)
    0.78
    """
    if (
        isinstance(first, pd.Series)
        and isinstance(second, pd.Series)
        and not first.index.equals(second.index)
    ):
        raise InputError(
            "« first » et « second » ne portent pas les mêmes juges dans le même ordre ; attendu : le même "
            "ordre. Alignez la seconde liste, par exemple avec second.loc[first.index]."
        )
    one, two = (
        grid(name, np.reshape(np.asarray(values), (1, -1)), row="juge", column="réponse")
        for name, values in (("first", first), ("second", second))
    )
    if one.numbers.shape != two.numbers.shape:
        raise InputError(
            f"« first » a {one.numbers.size} réponses et « second » {two.numbers.size} ; attendu : autant. "
            "Gardez les personnes qui ont répondu deux fois."
        )
    for answers in (one, two):
        check_between(answers, -math.inf, math.inf)
    return _kappa(one.numbers[0], two.numbers[0])


def kappa_words(kappa: float) -> str:
    """Return the word of the published scale: faible, passable, modéré, substantiel, presque parfait.

    Examples
    --------
    >>> kappa_words(0.5), kappa_words(0.85)
    ('modéré', 'presque parfait')
    """
    if math.isnan(kappa):
        return "non calculable"
    return next(words for over, words in _KAPPA_WORDS if kappa > over)


def _kappa(one: Numbers, two: Numbers) -> float:
    expected = float(np.abs(one[:, None] - two).mean())
    return 1 - float(np.abs(one - two).mean()) / expected if expected else math.nan


def _compare(one: Numbers, two: Numbers, still: float, close: float) -> dict[str, Any]:
    if not one.size:
        nothing = ("changed", "median_before", "median_after", "spread_before", "spread_after", "kappa")
        return {"judges": 0, **dict.fromkeys(nothing, math.nan), "reading": ""}
    changed, spread = float((one != two).mean()), _spread(two)
    return {
        "judges": one.size,
        "changed": changed,
        "median_before": float(np.median(one)),
        "median_after": float(np.median(two)),
        "spread_before": _spread(one),
        "spread_after": spread,
        "kappa": _kappa(one, two),
        "reading": MOVING if changed > still else AGREED if spread <= close else DIVIDED,
    }


def _spread(answers: Numbers) -> float:
    low, high = np.quantile(answers, [0.25, 0.75])
    return float(high - low)


def _check_rounds(before: Grid, after: Grid) -> None:
    if before.numbers.shape != after.numbers.shape or not (
        before.rows.equals(after.rows) and before.columns.equals(after.columns)
    ):
        raise InputError(
            "Les deux tours ne portent pas les mêmes juges ni les mêmes questions, dans le même ordre. "
            "Attendu : deux tableaux de même forme. Alignez le second tour sur le premier."
        )
    if len(before.numbers) < 2:
        raise InputError(
            "Il n’y a qu’un juge ; attendu : au moins deux. Recueillez les réponses d’une autre personne."
        )
    for answers in (before, after):
        check_between(answers, -math.inf, math.inf, missing=True)
