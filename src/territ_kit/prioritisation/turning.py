"""What turns the order of the first two: the weight of one criterion, or the fewest points moved."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from territ_kit.errors import InputError
from territ_kit.french import fr, listing
from territ_kit.prioritisation.checks import TOP, Numbers, gains, points, score_table, signs

_EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class Swing:
    """At which weight of each criterion the first two swap.

    Attributes
    ----------
    first, second : object
        Labels of the candidates.
    table : DataFrame by criterion
        `now` (points of 100), `at` (points where the order turns, NaN when none between 0 and 100 does) and
        `change` (at − now).
    sentence : str
        In French: the criterion that turns the order soonest.
    """

    first: Any
    second: Any
    table: pd.DataFrame
    sentence: str


@dataclass(frozen=True, slots=True)
class Change:
    """The fewest points moved between criteria that bring the second level with the first.

    Attributes
    ----------
    first, second : object
        Labels of the candidates.
    points : float or None
        Points of 100 that change criterion; None when no weights would do.
    moves : Series by criterion
        Points that each takes (> 0) or gives (< 0); all zero when nothing would do.
    weights : Series by criterion
        Points after the change; they add up to 100.
    sentence : str
        In French.
    """

    first: Any
    second: Any
    points: float | None
    moves: pd.Series[float]
    weights: pd.Series[float]
    sentence: str


def swing(scores: Any, weights: Any, senses: Any = None) -> Swing:
    """Return, for each criterion, the weight at which the first two candidates swap.

    Parameters
    ----------
    scores : DataFrame or array_like, shape (n_candidates, n_criteria)
        0 to 10, two candidates at least.
    weights : array_like or Series by criterion
        >= 0, not all zero; brought to 100 points.
    senses : as for `multicriteria.rank`, optional
        More is better everywhere by default.

    Returns
    -------
    Swing

    Raises
    ------
    InputError
        With one candidate, or as `rank_chances`.

    Notes
    -----
    Exact for the weighted sum; the other weights keep their proportions. When one criterion holds all the
    points, the others share evenly what it loses. A third candidate may pass both before they swap: look at
    the lines of all.

    Examples
    --------
    >>> found = swing([[7, 6, 8], [5, 7, 10]], [50, 30, 20])
    >>> found.table["at"].round(1).tolist()
    [41.2, 46.2, 30.4]
    """
    table, now, gaps = _first_two(scores, weights, senses)
    rest = np.array([_rest(now, place) @ gaps for place in range(len(now))])
    with np.errstate(divide="ignore", invalid="ignore"):
        turns = 100 * rest / (rest - gaps)
    turns[~((turns > _EQUAL) & (turns < 100 - _EQUAL))] = np.nan  # at either end they meet, nothing turns
    if abs(now @ gaps) < _EQUAL:
        turns = now.copy()
    found = pd.DataFrame({"now": now, "at": turns, "change": turns - now}, index=table.columns)
    first, second = table.index[:2]
    return Swing(first, second, found, _swing_sentence(first, second, found))


def smallest_change(scores: Any, weights: Any, senses: Any = None) -> Change:
    """Return the fewest points to move between criteria for the second candidate to equal the first.

    Parameters
    ----------
    scores, weights, senses
        As for `swing`.

    Returns
    -------
    Change

    Raises
    ------
    InputError
        As `swing`.

    Notes
    -----
    Exact for the weighted sum. A point moved from one criterion to another changes the gap by the difference
    of the two gaps: the best taker is the criterion where the second does best against the first, and the
    best givers are those where it does worst, each up to all its points.

    Examples
    --------
    >>> found = smallest_change([[7, 6, 8], [5, 7, 10]], [50, 30, 20])
    >>> round(found.points, 1), found.moves.round(1).tolist()
    (7.5, [-7.5, 0.0, 7.5])
    """
    table, now, gaps = _first_two(scores, weights, senses)
    first, second = table.index[:2]
    moves = np.zeros(len(now))
    taker = int(np.argmin(gaps))
    left = float(now @ gaps)
    for giver in np.argsort(-gaps, kind="stable"):
        won = float(gaps[giver] - gaps[taker])
        if left < _EQUAL or won < _EQUAL:
            break
        moved = min(float(now[giver]), left / won)
        moves[giver] -= moved
        moves[taker] += moved
        left -= moved * won
    possible = left < _EQUAL * 100
    if not possible:
        moves[:] = 0
    changed = pd.Series(moves, index=table.columns, name="moves")
    total = float(-moves[moves < 0].sum()) if possible else None
    return Change(
        first,
        second,
        total,
        changed,
        pd.Series(now + moves, index=table.columns, name="weights"),
        _change_sentence(first, second, total, changed),
    )


def score_lines(scores: Any, weights: Any, criterion: Any, senses: Any = None) -> pd.DataFrame:
    """Return the score of each candidate when one criterion has no point, and when it has all.

    Parameters
    ----------
    scores, weights, senses
        As for `swing`; one candidate is enough.
    criterion : label of a column

    Returns
    -------
    DataFrame, candidates by weight
        Columns 0 and 100, the best candidate with the group's weights first. Scores follow a straight line
        in between.

    Raises
    ------
    InputError
        If the criterion is not there, or as `swing`.

    Examples
    --------
    >>> score_lines([[7, 6, 8], [5, 7, 10]], [50, 30, 20], 2).round(2).to_numpy().tolist()
    [[6.62, 8.0], [5.75, 10.0]]
    """
    table = score_table(scores, low=0, high=TOP)
    if criterion not in list(table.columns):
        raise InputError(
            f"Le critère « {criterion} » n’est pas dans les notes ; attendu : "
            f"{listing([str(name) for name in table.columns])}. Choisissez-en un."
        )
    now = points(weights, table.columns)
    gained = gains(table, signs(senses, table.columns))
    place = list(table.columns).index(criterion)
    ends = pd.DataFrame({0: gained @ _rest(now, place), 100: gained[:, place]}, index=table.index)
    return ends.iloc[np.argsort(-np.round(gained @ now, 9), kind="stable")]


def _rest(now: Numbers, place: int) -> Numbers:
    """Return the weights, of total 1, of the others when one criterion has none."""
    others = now.copy()
    others[place] = 0
    if not others.sum() and len(now) > 1:
        others = np.ones(len(now))
        others[place] = 0
    return others / (others.sum() or 1)


def _first_two(scores: Any, weights: Any, senses: Any) -> tuple[pd.DataFrame, Numbers, Numbers]:
    """Return the sorted table, the points, and by criterion what the first has more than the second."""
    table = score_table(scores, low=0, high=TOP)
    if len(table) < 2:
        raise InputError("Il n’y a qu’un candidat ; attendu : au moins deux. Ajoutez un besoin à comparer.")
    now = points(weights, table.columns)
    gained = gains(table, signs(senses, table.columns))
    order = np.argsort(-np.round(gained @ now, 9), kind="stable")
    return table.iloc[order], now, gained[order[0]] - gained[order[1]]


def _swing_sentence(first: Any, second: Any, found: pd.DataFrame) -> str:
    if (found["change"] == 0).all():
        return f"« {first} » et « {second} » sont à égalité avec vos poids."
    turning = found.dropna()
    if turning.empty:
        return f"Changer le poids d’un seul critère ne fait jamais passer « {second} » devant « {first} »."
    place = int(turning["change"].abs().argmin())
    soonest = turning.index[place]
    now, at, _change = (float(value) for value in turning.iloc[place])
    way = "moins" if at < now else "plus"
    return (
        f"« {second} » passe devant « {first} » si « {soonest} » pèse {way} de {_points(at)} sur 100, "
        f"au lieu de {_points(now)}."
    )


def _change_sentence(first: Any, second: Any, total: float | None, moves: pd.Series[float]) -> str:
    if total is None:
        return f"Aucun poids ne fait passer « {second} » devant « {first} » : l’ordre des deux est solide."
    if total < _EQUAL:
        return f"« {first} » et « {second} » sont à égalité avec vos poids."
    givers = listing([f"« {name} »" for name in moves.index[moves < 0]])
    taker = moves.idxmax()
    return f"Il suffit de passer {_points(total)} de {givers} à « {taker} » pour les mettre à égalité."


def _points(value: float) -> str:
    """Return points with one decimal, unless they are whole."""
    rounded = round(value, 1)
    words = fr(rounded, 0 if rounded == math.floor(rounded) else 1)
    return f"{words} point{'s' if rounded >= 2 else ''}"
