"""Whether an order holds: chances of each rank when weights and scores move; and, re-exported, what turns it.

References
----------
Lahdelma R., Salminen P. (2001). SMAA-2: stochastic multicriteria acceptability analysis for group decision
making. Operations Research 49, 444-454. doi:10.1287/opre.49.3.444.11220
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from territ_kit.errors import InputError
from territ_kit.french import count, fr
from territ_kit.prioritisation.checks import TOP, Numbers, gains, is_number, points, score_table, signs
from territ_kit.prioritisation.turning import Change, Swing, score_lines, smallest_change, swing

__all__ = ["Change", "RankChances", "Swing", "rank_chances", "score_lines", "smallest_change", "swing"]

Small: TypeAlias = NDArray[np.float32]
SOLID, CLOSE = 0.8, 0.2
"""First in four draws of five is solid; two within a fifth of the draws are not separated (our choice)."""


@dataclass(frozen=True, slots=True)
class RankChances:
    """How often each candidate gets each rank.

    Attributes
    ----------
    chances : DataFrame, candidates by rank (1 to n)
        Shares of the draws in [0, 1]; rows and columns add up to 1. Candidates stand in the order of the
        group's own weights.
    first : Series by candidate
        Share of the draws where it comes first.
    pairwise : DataFrame, candidates by candidates
        Share of the draws where the row comes before the column; 0.5 for two that are alike, and with
        itself.
    scores : Series by candidate
        Weighted sum with the group's weights, 0 to 10.
    draws : int
    sentence : str
        In French. It speaks of draws of weights and scores, never of health.
    """

    chances: pd.DataFrame
    first: pd.Series[float]
    pairwise: pd.DataFrame
    scores: pd.Series[float]
    draws: int
    sentence: str


def rank_chances(
    scores: Any,
    weights: Any,
    *,
    doubt: Any = 0,
    concentration: float | None = None,
    senses: Any = None,
    draws: int = 10_000,
    seed: int = 2026,
) -> RankChances:
    """Return the chance of each rank when the weights are drawn at random and the scores within their doubt.

    Parameters
    ----------
    scores : DataFrame or array_like, shape (n_candidates, n_criteria)
        0 to 10.
    weights : array_like or Series by criterion
        The group's points, >= 0. A criterion of weight zero is out of every draw.
    doubt : float or array_like of the shape of `scores`
        How far each score may be from the truth, in points, 0 to 10. It is drawn evenly between score − doubt
        and score + doubt, cut to 0 and 10 (« hypothèse pédagogique »).
    concentration : float, optional
        None draws all possible weights evenly (flat Dirichlet). A number > 0 draws them around those of the
        group: weights w of total 1 follow a Dirichlet of parameters concentration × w, so that a weight of
        0.4 moves by about 0.09 (one standard deviation) with 30, 0.05 with 100.
    senses : as for `multicriteria.rank`, optional
        More is better everywhere by default.
    draws : int
        1 to 100 000.
    seed : int, from 0
        The same seed gives the same result.

    Returns
    -------
    RankChances

    Raises
    ------
    InputError
        If a score or a doubt is missing or out of its range, a weight negative, all weights zero, the
        concentration not above 0, or the number of draws or the seed out of its range.

    Notes
    -----
    Candidates whose scores are the same and certain tie in every draw: they share their ranks evenly. Other
    ties have no chance of being drawn. With 10 000 draws, a share is known to about 1 point of 100.

    Examples
    --------
    >>> found = rank_chances([[6, 8, 6], [5, 6, 9], [7, 3, 7]], [1, 1, 1])
    >>> (100 * found.first).round(-1).tolist()
    [50.0, 40.0, 10.0]
    """
    table = score_table(scores, low=0, high=TOP)
    group = points(weights, table.columns) / 100
    sense = signs(senses, table.columns)
    if concentration is not None and not (is_number(concentration) and concentration > 0):
        raise InputError(
            f"La concentration vaut {concentration} ; attendu : un nombre au-dessus de 0. "
            "Prenez 30 pour des poids proches des vôtres."
        )
    if not (is_number(draws, whole=True) and 1 <= draws <= 100_000):
        raise InputError(
            f"Le nombre de tirages vaut {draws} ; attendu : de 1 à {fr(100_000)}. Prenez {fr(10_000)}."
        )
    if not (is_number(seed, whole=True) and seed >= 0):
        raise InputError(
            f"La graine vaut {seed} ; attendu : un nombre entier à partir de 0. Prenez 2026 : il redonne "
            "le même résultat."
        )
    own = np.round(gains(table, sense) @ group, 9)
    order = np.argsort(-own, kind="stable")
    table = table.iloc[order]
    kept = group > 0
    gained, share = gains(table, sense)[:, kept], group[kept]
    spread = _doubts(doubt, scores, table)[:, kept]
    low, high = np.clip(gained - spread, 0, TOP), np.clip(gained + spread, 0, TOP)
    rng = np.random.default_rng(seed)
    drawn = rng.dirichlet(np.ones(len(share)) if concentration is None else concentration * share, draws)
    totals = _totals(low, high, drawn.astype(np.float32), rng)
    alike = _alike(low, high)
    chances = pd.DataFrame(
        _even(_shares(totals), alike),
        index=table.index,
        columns=pd.RangeIndex(1, len(table) + 1, name="rank"),
    )
    pairwise = _even(_even(_before(totals), alike).T, alike).T
    pairwise = np.where(alike[:, None] == alike, 0.5, pairwise)
    return RankChances(
        chances=chances,
        first=chances[1].rename("first"),
        pairwise=pd.DataFrame(pairwise, index=table.index, columns=table.index),
        scores=pd.Series(own[order], index=table.index, name="score"),
        draws=draws,
        sentence=_sentence(chances[1]),
    )


def _doubts(doubt: Any, scores: Any, table: pd.DataFrame) -> Numbers:
    """Return the doubt of each score, in the order of the sorted table."""
    if doubt is None or np.isscalar(doubt):
        doubt = pd.DataFrame(np.full(table.shape, doubt), index=table.index, columns=table.columns)
    elif not isinstance(doubt, pd.DataFrame):
        original = scores if isinstance(scores, pd.DataFrame) else pd.DataFrame(np.asarray(scores))
        doubt = np.asarray(doubt, dtype=object)  # rows of different lengths are a shape like another
        if doubt.shape != original.shape:
            raise InputError(
                f"Le doute a la forme {doubt.shape} ; attendu : {original.shape}, comme les notes. "
                "Donnez un doute par note, ou un seul pour toutes."
            )
        doubt = pd.DataFrame(doubt, index=original.index, columns=original.columns)
    doubt = doubt.reindex(index=table.index, columns=table.columns)
    return score_table(doubt, low=0, high=TOP, name="doute").to_numpy()


def _totals(low: Numbers, high: Numbers, weights: Small, rng: np.random.Generator) -> Small:
    """Return the weighted sum of each candidate in each draw, shape (candidates, draws)."""
    totals = low.astype(np.float32) @ weights.T
    width = (high - low).astype(np.float32)
    for candidate, criterion in np.argwhere(width > 0):
        moved = rng.random(len(weights), dtype=np.float32)
        moved *= width[candidate, criterion]
        moved *= weights[:, criterion]
        totals[candidate] += moved
    return totals


def _shares(totals: Small) -> Numbers:
    """Return the share of the draws where each candidate gets each rank."""
    candidates, draws = totals.shape
    order = np.argsort(-totals.T, axis=1)
    place = np.arange(candidates)
    counted = np.bincount((order * candidates + place).ravel(), minlength=candidates**2)
    return np.asarray(counted.reshape(candidates, candidates) / draws)


def _before(totals: Small) -> Numbers:
    """Return the share of the draws where the row comes before the column."""
    candidates, draws = totals.shape
    before = np.full((candidates, candidates), 0.5)
    for one in range(candidates):
        wins = np.count_nonzero(totals[one] > totals[one + 1 :], axis=1) / draws
        before[one, one + 1 :], before[one + 1 :, one] = wins, 1 - wins
    return before


def _alike(low: Numbers, high: Numbers) -> NDArray[np.int64]:
    """Return a number shared by the candidates that tie in every draw."""
    certain = (low == high).all(axis=1)
    own = np.where(certain, -1, np.arange(len(low)))
    return np.unique(np.column_stack([low, own]), axis=0, return_inverse=True)[1].ravel()


def _even(values: Numbers, alike: NDArray[np.int64]) -> Numbers:
    """Return the rows, those alike brought to their mean."""
    return pd.DataFrame(values).groupby(alike).transform("mean").to_numpy()


def _sentence(first: pd.Series[float]) -> str:
    ranked = first.sort_values(ascending=False, kind="stable")
    leader, share = ranked.index[0], float(ranked.iloc[0])
    if len(ranked) == 1:
        return f"« {leader} » est seul : rien à comparer."
    if share == float(ranked.iloc[-1]):
        return "Rien ne départage les besoins : ils arrivent tous aussi souvent en premier."
    said = f"« {leader} » est premier dans {_of_a_hundred(share)}"
    rival, other = ranked.index[1], float(ranked.iloc[1])
    if share >= SOLID:
        return f"{said} : sa place est solide."
    if share - other < CLOSE:
        return f"{said}, « {rival} » dans {fr(100 * other, 0)} : ils ne sont pas départagés."
    return f"{said}, « {rival} » dans {fr(100 * other, 0)} : en tête le plus souvent, mais pas toujours."


def _of_a_hundred(share: float) -> str:
    """Return a share of the draws; only what is always so is said to be."""
    return f"{count(100 if share == 1 else min(round(100 * share), 99), 'tirage')} sur 100"
