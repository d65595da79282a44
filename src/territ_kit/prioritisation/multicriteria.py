"""Four ways to rank with several criteria: weighted sum, TOPSIS, VIKOR and PROMETHEE II.

The last three are those of pymcdm, which is imported when first needed: with the plotting library that it
brings, it takes about 0.7 s.

References
----------
Hwang C.-L., Yoon K. (1981). Multiple Attribute Decision Making (TOPSIS). Springer.
Opricovic S., Tzeng G.-H. (2004). Compromise solution by MCDM methods: a comparative analysis of VIKOR and
TOPSIS. European Journal of Operational Research 156, 445-455. doi:10.1016/S0377-2217(03)00020-1
Brans J.-P., Vincke P. (1985). A preference ranking organisation method. Management Science 31, 647-656.
Kizielewicz B., Shekhovtsov A., Sałabun W. (2023). pymcdm — The universal library for solving multi-criteria
decision-making problems. SoftwareX 22, 101368. doi:10.1016/j.softx.2023.101368
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from territ_kit.errors import InputError
from territ_kit.french import listing
from territ_kit.prioritisation import checks
from territ_kit.prioritisation.checks import Numbers, gains, points, score_table, shared_ranks, signs


@dataclass(frozen=True, slots=True)
class Method:
    """A method, for those who choose it.

    Attributes
    ----------
    label, thinks : str
        In French: its name, and how it thinks, in one sentence.
    sense : {"max", "min"}
        Whether a high score or a low one comes first.
    """

    label: str
    thinks: str
    sense: str = "max"


METHODS = {
    "weighted_sum": Method(
        "Somme pondérée",
        "Elle additionne les notes, chacune avec ses points : un point fort rattrape un point faible.",
    ),
    "topsis": Method(
        "TOPSIS",
        "Il cherche le besoin le plus proche d’un besoin idéal, et le plus loin du pire.",
    ),
    "vikor": Method(
        "VIKOR",
        "Il cherche le compromis qui laisse le moins de regret, au total et sur le pire critère.",
        "min",
    ),
    "promethee_2": Method(
        "PROMETHEE II",
        "Il compare les besoins deux par deux et compte, pour chacun, les duels gagnés moins les perdus.",
    ),
}
"""By id."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The same scores through every method.

    Attributes
    ----------
    ranks : DataFrame, alternatives by method id
        Shared by ties, in the order of the first method.
    sentence : str
        In French: what all say, or where they differ.
    """

    ranks: pd.DataFrame
    sentence: str


def rank(matrix: Any, weights: Any, senses: Any, *, method: str = "topsis") -> pd.DataFrame:
    """Return the alternatives ranked by a method, with its intermediate values.

    Parameters
    ----------
    matrix : DataFrame or array_like, shape (n_alternatives, n_criteria)
        Scores, finite. The weighted sum adds them up as they are: give all criteria the same scale.
    weights : array_like, or Series or mapping by criterion, shape (n_criteria,)
        >= 0, not all zero, of any total. A criterion of weight zero is out.
    senses : sequence, Series or mapping by criterion, of {"max", "min"}, {"benefit", "cost"} or {1, -1}
        Whether more or less is better, by criterion.
    method : {"weighted_sum", "topsis", "vikor", "promethee_2"}
        Or the label of one in `METHODS`: « TOPSIS », « PROMETHEE II ».

    Returns
    -------
    DataFrame
        Indexed by alternative, the first one first. `rank` (from 1, shared by ties: 1, 1, 3), `score`
        (low comes first for VIKOR, high for the others), then what leads there:

        * weighted_sum: « weighted <criterion> », the points that each brings; they add up to the score;
        * topsis: « weighted <criterion> », `to_best` and `to_worst` (distances);
        * vikor: « regret <criterion> », `total_regret` (S) and `worst_regret` (R);
        * promethee_2: `wins` and `losses` (flows, shares of duels in [0, 1]).

    Raises
    ------
    InputError
        If a score is missing, a weight negative, all weights zero, a shape does not fit, or a sense or the
        method is unknown.

    Notes
    -----
    TOPSIS takes vector normalisation, VIKOR v = 0.5 and PROMETHEE II the « usual » preference (any gap wins
    the whole duel), all as first published. In the weighted sum, a score s where less is better counts for
    10 − s. Criteria that separate nothing (all alike to 1e-12 of the largest, or without weight) are left out
    of the three others, which would divide by zero; when none is left, all tie at 0 and nothing led there.

    Adding or removing an alternative may change the order of the others, except with the weighted sum.

    Examples
    --------
    >>> table = rank([[5, 8, 4], [7, 6, 8], [8, 8, 6]], [30, 40, 30], ["max"] * 3)
    >>> table.index.tolist(), table["rank"].tolist()
    ([2, 1, 0], [1, 2, 3])
    """
    method = _method(method)
    table = score_table(matrix)
    share = points(weights, table.columns) / 100
    sense = signs(senses, table.columns)
    if method == "weighted_sum":
        weighted = _named("weighted", gains(table, sense) * share, table)
        found = pd.concat([weighted.sum(axis=1).rename("score"), weighted], axis=1)
    else:
        scaled = table.apply(checks.one_score_for_equals)
        useful = (share > 0) & (np.ptp(scaled.to_numpy(), axis=0) > 0)
        kept = scaled.loc[:, useful]
        if kept.empty:
            found = pd.DataFrame({"score": 0.0}, index=table.index)
        else:
            found = _METHODS[method](kept, share[useful] / share[useful].sum(), sense[useful])
    towards = found["score"] if METHODS[method].sense == "max" else -found["score"]
    found.insert(0, "rank", shared_ranks(towards.to_numpy()))
    return found.sort_values("rank", kind="stable")


def contributions(matrix: Any, weights: Any, senses: Any = None) -> pd.DataFrame:
    """Return what each criterion brings to the weighted sum of each candidate, the best one first.

    Parameters
    ----------
    matrix, weights, senses
        As for `rank`; more is better everywhere when `senses` is not given.

    Returns
    -------
    DataFrame, candidates by criteria
        In points of score; each row adds up to the candidate's score.

    Raises
    ------
    InputError
        As `rank`.

    Examples
    --------
    >>> contributions([[8, 5, 6]], [50, 30, 20]).round(1).to_numpy().tolist()
    [[4.0, 1.5, 1.2]]
    """
    table = score_table(matrix)
    brought = gains(table, signs(senses, table.columns)) * points(weights, table.columns) / 100
    order = np.argsort(shared_ranks(brought.sum(axis=1)), kind="stable")
    return pd.DataFrame(brought, index=table.index, columns=table.columns).iloc[order]


def compare_methods(matrix: Any, weights: Any, senses: Any) -> Comparison:
    """Return the ranks that every method gives, and what to say of them.

    Parameters
    ----------
    matrix, weights, senses
        As for `rank`.

    Returns
    -------
    Comparison

    Raises
    ------
    InputError
        As `rank`.

    Examples
    --------
    >>> compare_methods([[9, 8], [5, 4]], [60, 40], ["max", "max"]).sentence
    'Les quatre méthodes donnent le même ordre.'
    """
    ranks = pd.DataFrame({method: rank(matrix, weights, senses, method=method)["rank"] for method in METHODS})
    ranks = ranks.sort_values("weighted_sum", kind="stable")
    return Comparison(ranks, _compared(ranks))


def _compared(ranks: pd.DataFrame) -> str:
    if (ranks.to_numpy() == 1).all():
        return "Rien ne départage les besoins : toutes les méthodes les mettent à égalité."
    if ranks.eq(ranks["weighted_sum"], axis=0).all(axis=None):
        return "Les quatre méthodes donnent le même ordre."
    firsts: dict[tuple[Any, ...], list[str]] = {}
    for name, method in METHODS.items():
        firsts.setdefault(tuple(ranks.index[ranks[name] == 1]), []).append(method.label)
    if len(firsts) == 1:
        return (
            f"Les quatre méthodes mettent {_quoted(next(iter(firsts)))} en premier. "
            "Elles diffèrent sur la suite."
        )
    said = [f"{_quoted(leaders)} avec {listing(names)}" for leaders, names in firsts.items()]
    return f"Le premier dépend de la méthode : {' ; '.join(said)}."


def _quoted(names: Sequence[Any]) -> str:
    return listing([f"« {name} »" for name in names])


def _method(name: Any) -> str:
    """Return the id of a method, from its id or its label, whatever the case: « PROMETHEE II » will do."""
    said = "_".join(str(name).lower().split())
    for identifier, method in METHODS.items():
        if said in (identifier, "_".join(method.label.lower().split())):
            return identifier
    raise InputError(
        f"La méthode « {name} » n’est pas connue ; attendu : {listing(list(METHODS))}. Choisissez-en une."
    )


def _named(kind: str, values: Numbers, table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(values, table.index, [f"{kind} {criterion}" for criterion in table.columns])


def _topsis(table: pd.DataFrame, share: Numbers, sense: Any) -> pd.DataFrame:
    from pymcdm.methods import TOPSIS  # noqa: PLC0415 # 0.7 s, see the module
    from pymcdm.normalizations import vector_normalization  # noqa: PLC0415

    _, weighted, _, _, to_worst, to_best, score = _steps(TOPSIS(vector_normalization), table, share, sense)
    return pd.concat(
        [
            pd.DataFrame({"score": score, "to_best": to_best, "to_worst": to_worst}, index=table.index),
            _named("weighted", weighted, table),
        ],
        axis=1,
    )


def _vikor(table: pd.DataFrame, share: Numbers, sense: Any) -> pd.DataFrame:
    from pymcdm.methods import VIKOR  # noqa: PLC0415 # 0.7 s, see the module

    with np.errstate(invalid="ignore"):  # its own Q divides by zero when all have the same S or R
        normal, worst, best, total, regret, _ = _steps(VIKOR(), table, share, sense)
    score = (_from_zero_to_one(total) + _from_zero_to_one(regret)) / 2
    return pd.concat(
        [
            pd.DataFrame({"score": score, "total_regret": total, "worst_regret": regret}, index=table.index),
            _named("regret", share * (best - normal) / (best - worst), table),
        ],
        axis=1,
    )


def _promethee_2(table: pd.DataFrame, share: Numbers, sense: Any) -> pd.DataFrame:
    from pymcdm.methods import PROMETHEE_II  # noqa: PLC0415 # 0.7 s, see the module

    *_, wins, losses, score = _steps(PROMETHEE_II("usual"), table, share, sense)
    return pd.DataFrame({"score": score, "wins": wins, "losses": losses}, index=table.index)


_METHODS: dict[str, Callable[[pd.DataFrame, Numbers, Any], pd.DataFrame]] = {
    "topsis": _topsis,
    "vikor": _vikor,
    "promethee_2": _promethee_2,
}


def _steps(method: Any, table: pd.DataFrame, share: Numbers, sense: Any) -> Any:
    """Return all that a method of pymcdm computes; its public call keeps the last only."""
    return method._method(table.to_numpy(), share, sense)


def _from_zero_to_one(values: Numbers) -> Numbers:
    width = np.ptp(values)
    return (values - values.min()) / width if width > 1e-12 else np.zeros_like(values)
