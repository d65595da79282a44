"""Majority judgement: each person grades each option with a word, and the median grade decides.

References
----------
Balinski M., Laraki R. (2007). A theory of measuring, electing, and ranking. Proceedings of the National
Academy of Sciences 104, 8720-8725. doi:10.1073/pnas.0702634104
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import Any

import numpy as np
import pandas as pd

from territ_kit.consultation.checks import Grid, check_between, grid
from territ_kit.errors import InputError
from territ_kit.french import MINUS


def majority_judgement(tallies: Any, *, tie: str = "lower") -> pd.DataFrame:
    """Return the options ranked by their majority grade, ties broken by taking medians away one by one.

    Parameters
    ----------
    tallies : DataFrame or array_like, shape (n_options, n_grades)
        Number of ballots that give each grade to each option, whole, >= 0; grades from worst to best. « Je ne
        sais pas » is no grade: leave it out of the table.
    tie : {"lower", "upper"}
        Which of the two middle grades is the median when their number is even. "lower" is the published rule.

    Returns
    -------
    DataFrame
        Indexed by option, the best first: `median_grade` (label of the column), `share_above` and
        `share_below` (of the ballots strictly above and below it, in [0, 1]), `rank` (from 1; options that
        nothing separates share it: 1, 1, 3), `sign` ("+" when more ballots are above than below, else "−")
        and `ballots` (grades received).

    Raises
    ------
    InputError
        If the table cannot be read, or an option has received no grade.

    Notes
    -----
    `median_grade`, `sign` and the larger share are the majority gauge: of two options of the same grade,
    « + » comes first; among « + » the larger share above, among « − » the smaller share below. The whole rule
    goes further: the median ballot of both options is taken away, then the next, until two medians differ.
    Both agree wherever the gauge separates.

    Options may have different numbers of ballots, since each person may not know each option. They are then
    compared by shares, as if every ballot box were copied until all hold as many.

    Examples
    --------
    Ten ballots, of which three « Très bien », three « Bien », two « Assez bien », two « Passable »:

    >>> grades = ["Passable", "Assez bien", "Bien", "Très bien"]
    >>> table = majority_judgement(pd.DataFrame([[2, 2, 3, 3]], index=["Bus santé"], columns=grades))
    >>> print(*table.loc["Bus santé"])
    Bien 0.3 0.4 1 − 10
    """
    box = _ballot_box(tallies)
    if tie not in ("lower", "upper"):
        raise InputError(
            f"« tie » vaut « {tie} » ; attendu : « lower » ou « upper ». "
            "Pour la règle publiée, prenez « lower »."
        )
    counts = [[int(number) for number in row] for row in box.numbers]
    totals = [sum(row) for row in counts]
    medians = [
        bisect_right(list(accumulate(row)), (total - 1) // 2 if tie == "lower" else total // 2)
        for row, total in zip(counts, totals, strict=True)
    ]
    removed = _medians_removed(counts, totals, upper_first=tie == "upper")
    above = [sum(row[median + 1 :]) for row, median in zip(counts, medians, strict=True)]
    below = [sum(row[:median]) for row, median in zip(counts, medians, strict=True)]
    table = pd.DataFrame(
        {
            "median_grade": [box.columns[median] for median in medians],
            "share_above": np.array(above) / totals,
            "share_below": np.array(below) / totals,
            "rank": [1 + sum(other > own for other in removed) for own in removed],
            "sign": ["+" if up > down else MINUS for up, down in zip(above, below, strict=True)],
            "ballots": totals,
        },
        index=box.rows.rename("option"),
    )
    return table.sort_values("rank", kind="stable")


def grade_shares(tallies: Any) -> pd.DataFrame:
    """Return the share of each grade among the grades that each option received (the merit profile).

    Parameters
    ----------
    tallies : DataFrame or array_like, shape (n_options, n_grades)
        As for `majority_judgement`.

    Returns
    -------
    DataFrame
        Of the same shape; each row sums to 1.

    Raises
    ------
    InputError
        As `majority_judgement`.

    Examples
    --------
    >>> grade_shares([[1, 1, 2]]).to_numpy().tolist()
    [[0.25, 0.25, 0.5]]
    """
    box = _ballot_box(tallies)
    shares = box.numbers / box.numbers.sum(axis=1, keepdims=True)
    return pd.DataFrame(shares, index=box.rows.rename("option"), columns=box.columns)


def _ballot_box(tallies: Any) -> Grid:
    box = grid("tallies", tallies, row="option", column="mention")
    check_between(box, 0, math.inf, whole=True)
    empty = box.numbers.sum(axis=1) == 0
    if empty.all():
        raise InputError(
            "Le vote est vide : aucun bulletin ne donne de mention. "
            "Attendu : au moins un jugement par option. Recueillez des bulletins, puis recommencez."
        )
    if empty.any():
        first = int(np.flatnonzero(empty)[0])
        name = box.rows[first] if box.named else first + 1
        raise InputError(
            f"L’option « {name} » n’a reçu aucune mention ; attendu : au moins un jugement par option. "
            "Retirez l’option, ou demandez d’abord aux votants s’ils la connaissent."
        )
    return box


def _medians_removed(
    counts: list[list[int]], totals: list[int], *, upper_first: bool
) -> list[tuple[int, ...]]:
    """Return, for each option, the medians met when its ballots are taken away from the middle.

    Taking the median away again and again walks from the middle of the sorted ballots to both ends, one
    ballot on each side in turn. Both sides only change grade at the cumulated counts: it is enough to look at
    them once for each stretch between two such places, the same stretches for all the options.
    """
    whole = 2 * math.lcm(*totals)
    middle = whole // 2
    edges = [
        [cumulated * (whole // total) for cumulated in accumulate(row)]
        for row, total in zip(counts, totals, strict=True)
    ]
    stretches = sorted({0} | {abs(edge - middle) for row in edges for edge in row if 0 < edge < whole})
    walks = []
    for row in edges:
        walk: list[int] = []
        for step in stretches:
            lower, upper = bisect_left(row, middle - step), bisect_right(row, middle + step)
            walk += (upper, lower) if upper_first else (lower, upper)
        walks.append(tuple(walk))
    return walks
