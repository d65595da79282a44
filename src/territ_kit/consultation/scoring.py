"""Votes that count: Borda, first choices, approval, points to spread.

In every table the first column counts what the rule counts, and options with the same count share their rank:
a tie is said, never broken.

References
----------
Borda J.-C. de (1781). Mémoire sur les élections au scrutin. Histoire de l'Académie royale des sciences.
Brams S., Fishburn P. (1978). Approval voting. American Political Science Review 72, 831-847.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from territ_kit.consultation.checks import Grid, Numbers, check_between, grid, is_number, ranks_from
from territ_kit.errors import InputError
from territ_kit.french import fr


def borda(rankings: Any) -> pd.DataFrame:
    """Return the options by their Borda score: one point for each option that a ballot puts below.

    Parameters
    ----------
    rankings : DataFrame or array_like, shape (n_ballots, n_options)
        Rank of each option on each ballot, 1 = best, whole or not, >= 1; equal ranks are a tie. NaN: the
        person did not rank this option.

    Returns
    -------
    DataFrame
        Indexed by option, the best first: `score`, `rank`, `ballots` (that rank at least one option).

    Raises
    ------
    InputError
        If a rank cannot be used, or every ballot is blank.

    Notes
    -----
    Two options tied on a ballot give each other half a point. Someone who does not rank an option says
    nothing of it: it takes and gives half a point too, so that not being known is not a punishment. With
    complete strict rankings this is the usual count, n − 1 points for the first and 0 for the last.

    The score depends on which options are on the list: adding a weak one can change who comes first.

    Examples
    --------
    >>> borda([[1, 2, 3], [1, 3, 2], [3, 1, 2]])["score"].to_dict()
    {0: 4.0, 1: 3.0, 2: 2.0}
    """
    box = _rankings(rankings)
    given = box.numbers[~np.isnan(box.numbers).all(axis=1)]
    mine, others = given[:, :, None], given[:, None, :]
    duels = np.where(np.isnan(mine) | np.isnan(others), 0.5, (mine < others) + 0.5 * (mine == others))
    scores = duels.sum(axis=(0, 2)) - 0.5 * len(given)  # without the half point each takes from itself
    return _table(box, scores, ballots=len(given))


def plurality(rankings: Any) -> pd.DataFrame:
    """Return the options by their number of first places.

    Parameters
    ----------
    rankings : DataFrame or array_like, shape (n_ballots, n_options)
        As for `borda`.

    Returns
    -------
    DataFrame
        As that of `borda`; options tied for the first place of a ballot share its voice.

    Raises
    ------
    InputError
        As `borda`.

    Examples
    --------
    >>> plurality([[1, 2, 3], [1, 3, 2], [1, 1, 2]])["score"].to_dict()
    {0: 2.5, 1: 0.5, 2: 0.0}
    """
    box = _rankings(rankings)
    given = box.numbers[~np.isnan(box.numbers).all(axis=1)]
    first = given == np.nanmin(given, axis=1, keepdims=True)
    return _table(box, (first / first.sum(axis=1, keepdims=True)).sum(axis=0), ballots=len(given))


def approval(approvals: Any) -> pd.DataFrame:
    """Return the options by their number of approvals.

    Parameters
    ----------
    approvals : DataFrame or array_like, shape (n_ballots, n_options)
        1 or True where the person can live with the option, 0 or False where not; NaN: no answer.

    Returns
    -------
    DataFrame
        Indexed by option, the best first: `score` (approvals), `rank`, `ballots` (that say something of one
        option at least), `share` (of the ballots that say something of this option, in [0, 1]; NaN if none).

    Raises
    ------
    InputError
        If a cell is neither yes nor no, or every ballot is blank.

    Notes
    -----
    The rank follows the number of approvals, not their share: an option that few people know does not win on
    three voices.

    Examples
    --------
    >>> approval([[1, 1, 0], [1, 0, 0]])["score"].to_dict()
    {0: 2.0, 1: 1.0, 2: 0.0}
    """
    box = grid("approvals", approvals, row="bulletin", column="option")
    unknown = np.isnan(box.numbers)
    box.refuse(~unknown & ~np.isin(box.numbers, [0, 1]), "oui (1) ou non (0)", "Corrigez la case.")
    _refuse_empty(box)
    answers = (~unknown).sum(axis=0)
    yes = np.nansum(box.numbers, axis=0)
    share = np.divide(yes, answers, out=np.full(len(yes), np.nan), where=answers > 0)
    table = _table(box, yes, ballots=int((~unknown).any(axis=1).sum()))
    return table.assign(share=pd.Series(share, index=box.columns))


def points(allocations: Any, *, budget: float | None = None) -> pd.DataFrame:
    """Return the options by the points that people spread over them.

    Parameters
    ----------
    allocations : DataFrame or array_like, shape (n_ballots, n_options)
        Points given, >= 0; NaN counts as none.
    budget : float, optional
        Most points that a person spreads, > 0; they may keep some.

    Returns
    -------
    DataFrame
        Indexed by option, the best first: `score` (points), `rank`, `ballots` (that give a point at least),
        `givers` (ballots that give this option a point), `largest` (most points from one ballot).

    Raises
    ------
    InputError
        If a number is negative, a ballot goes over the budget, or nobody gives a point.

    Notes
    -----
    Look at `givers` and `largest`: a few people who put everything on one option can put it first.

    Examples
    --------
    >>> points([[60, 40, 0], [0, 50, 50]], budget=100)[["score", "givers"]].to_numpy().tolist()
    [[90.0, 2.0], [60.0, 1.0], [50.0, 1.0]]
    """
    box = grid("allocations", allocations, row="bulletin", column="option")
    check_between(box, 0, math.inf, missing=True)
    given = np.nan_to_num(box.numbers)
    if budget is not None:
        _check_budget(box, given, budget)
    if not given.any():
        _refuse_empty(box, given > 0)
    table = _table(box, given.sum(axis=0), ballots=int(given.any(axis=1).sum()))
    details = pd.DataFrame(
        {"givers": (given > 0).sum(axis=0), "largest": given.max(axis=0)}, index=box.columns
    )
    return table.join(details)


def _rankings(rankings: Any) -> Grid:
    box = grid("rankings", rankings, row="bulletin", column="option")
    check_between(box, 1, math.inf, missing=True)
    _refuse_empty(box)
    return box


def _refuse_empty(box: Grid, said: Any = None) -> None:
    if not (~np.isnan(box.numbers) if said is None else said).any():
        raise InputError(
            "Le vote est vide : tous les bulletins sont blancs ; attendu : au moins un bulletin rempli. "
            "Recueillez des bulletins, puis recommencez."
        )


def _check_budget(box: Grid, given: Numbers, budget: float) -> None:
    if not (is_number(budget) and budget > 0):
        raise InputError(
            f"« budget » vaut {budget} ; attendu : un nombre positif. Pour cent points, écrivez 100."
        )
    totals = given.sum(axis=1)
    over = np.flatnonzero(totals > budget * (1 + 1e-12))
    if over.size:
        name = box.rows[over[0]] if box.named else over[0] + 1
        others = f", et {over.size - 1} de plus" if over.size > 1 else ""
        raise InputError(
            f"Le bulletin « {name} » donne {fr(totals[over[0]])} points{others} ; "
            f"attendu : {fr(budget)} au plus. Demandez à la personne ce qu’elle enlève."
        )


def _table(box: Grid, scores: Numbers, *, ballots: int) -> pd.DataFrame:
    rounded = np.round(scores, 9)  # halves and thirds of voices summed in another order stay equal
    table = pd.DataFrame(
        {"score": rounded, "rank": ranks_from(rounded), "ballots": ballots},
        index=box.columns.rename("option"),
    )
    return table.sort_values("rank", kind="stable")
