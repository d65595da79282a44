"""How far people agree: Kendall's W between rankings; and, re-exported, Delphi rounds and nominal group.

References
----------
Kendall M. G., Babington Smith B. (1939). The problem of m rankings. Annals of Mathematical Statistics 10,
275-287. doi:10.1214/aoms/1177732186
Schmidt R. C. (1997). Managing Delphi surveys using nonparametric statistical techniques. Decision Sciences
28, 763-774: words for W (to be verified, screens say « à vérifier »).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from territ_kit.consultation.checks import Numbers, check_between, grid
from territ_kit.consultation.delphi import kappa_words, stability, weighted_kappa
from territ_kit.consultation.nominal_group import nominal_vote
from territ_kit.errors import InputError

__all__ = [
    "Agreement",
    "agreement_words",
    "kappa_words",
    "kendall_w",
    "nominal_vote",
    "ranks_from_scores",
    "stability",
    "weighted_kappa",
]

_WORDS = ((0.7, "accord fort"), (0.5, "accord moyen"), (0.3, "accord faible"), (0.0, "presque pas d’accord"))


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far the judges rank alike.

    Attributes
    ----------
    w : float
        Kendall's W corrected for ties, in [0, 1]: 1 when all rank alike, 0 when the ranks cancel out.
    w_uncorrected : float
        The same without the correction; equal when no judge ties two options.
    chi2, df, p : float, int, float
        Test that the ranks are given at random: m(n − 1)W, its n − 1 degrees of freedom, its p-value.
    judges, options : int
    ranks : DataFrame
        Judges by options, ties at their mean rank (1, 2.5, 2.5).
    mean_ranks : Series
        By option, the best placed first.
    words : str
        W in words, « à vérifier » (Schmidt 1997).
    """

    w: float
    w_uncorrected: float
    chi2: float
    df: int
    p: float
    judges: int
    options: int
    ranks: pd.DataFrame
    mean_ranks: pd.Series[float]
    words: str


def kendall_w(ranks: Any) -> Agreement:
    """Return Kendall's coefficient of concordance between judges.

    Parameters
    ----------
    ranks : DataFrame or array_like, shape (n_judges, n_options)
        Rank of each option for each judge, 1 = best, at least two judges and two options. Equal ranks are
        ties; they are brought to their mean rank, so that 1, 1, 3 and 1.5, 1.5, 3 are the same.

    Returns
    -------
    Agreement

    Raises
    ------
    InputError
        With one judge, one option, a rank missing or under 1, or when no judge tells any options apart.

    Notes
    -----
    ``W = 12 S / (m²(n³ − n) − m ΣT)``, with S the sum of the squared gaps of the rank sums from their mean
    and ``T = Σ(t³ − t)`` over the ties of a judge. The chi-squared test is approximate, all the more under
    seven options. A small p-value says that the ranks are not given at random, not that people agree. W says
    nothing of who is right, nor of a group split in two halves that each agree.

    Examples
    --------
    Three judges rank four actions:

    >>> agreement = kendall_w([[1, 2, 3, 4], [2, 1, 3, 4], [1, 3, 2, 4]])
    >>> round(agreement.w, 3), round(agreement.p, 3), agreement.words
    (0.778, 0.072, 'accord fort')
    """
    given = grid("ranks", ranks, row="juge", column="option")
    judges, options = given.numbers.shape
    if judges < 2:
        raise InputError(
            "Il n’y a qu’un juge ; attendu : au moins deux. Une personne seule est toujours d’accord avec "
            "elle-même : recueillez un autre classement."
        )
    if options < 2:
        raise InputError(
            "Il n’y a qu’une option à classer ; attendu : au moins deux. Ajoutez une option au classement."
        )
    check_between(given, 1, math.inf)
    middles = np.vstack([_mean_ranks(row) for row in given.numbers])
    sums = middles.sum(axis=0)
    spread = float(((sums - sums.mean()) ** 2).sum())
    whole = judges**2 * (options**3 - options)
    ties = sum(float((size**3 - size).sum()) for size in (_tie_sizes(row) for row in middles))
    if whole - judges * ties <= 0:
        raise InputError(
            "Tous les juges placent toutes les options à égalité ; attendu : au moins une différence. "
            "Demandez à chacun ce qu’il ferait en premier."
        )
    w = 12 * spread / (whole - judges * ties)
    chi2 = judges * (options - 1) * w
    table = pd.DataFrame(middles, index=given.rows.rename("judge"), columns=given.columns.rename("option"))
    return Agreement(
        w=w,
        w_uncorrected=12 * spread / whole,
        chi2=chi2,
        df=options - 1,
        p=float(special.chdtrc(options - 1, chi2)),
        judges=judges,
        options=options,
        ranks=table,
        mean_ranks=table.mean().sort_values(kind="stable"),
        words=agreement_words(w),
    )


def agreement_words(w: float) -> str:
    """Return W in words, after the marks of Schmidt (1997), to be verified: 0.3, 0.5, 0.7.

    Examples
    --------
    >>> agreement_words(0.79), agreement_words(0.06)
    ('accord fort', 'presque pas d’accord')
    """
    return next(words for least, words in _WORDS if round(w, 2) >= least)


def ranks_from_scores(scores: Any) -> pd.DataFrame:
    """Return the ranks that scores imply, judge by judge: the highest first, ties at their mean rank.

    Parameters
    ----------
    scores : DataFrame or array_like, shape (n_judges, n_options)
        Grades, points or marks: more is better.

    Returns
    -------
    DataFrame
        Ready for `kendall_w`.

    Raises
    ------
    InputError
        If a score is missing or infinite.

    Examples
    --------
    >>> ranks_from_scores([[4, 2, 2]]).to_numpy().tolist()
    [[1.0, 2.5, 2.5]]
    """
    given = grid("scores", scores, row="juge", column="option")
    check_between(given, -math.inf, math.inf)
    ranks = np.vstack([_mean_ranks(-row) for row in given.numbers])
    return pd.DataFrame(ranks, index=given.rows, columns=given.columns)


def _mean_ranks(row: Numbers) -> Numbers:
    below = (row[:, None] > row).sum(axis=1)
    equal = (row[:, None] == row).sum(axis=1)
    return np.asarray(below + (equal + 1) / 2, dtype=float)


def _tie_sizes(row: Numbers) -> Numbers:
    return np.unique(row, return_counts=True)[1].astype(float)
