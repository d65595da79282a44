"""Votes: the five rules, and whether the winner depends on the rule.

Each rule is a fair question, and each can give another winner: which grade do most people reach (majority
judgement), who is best placed on average (Borda), what can most people live with (approval), where does
everyone put their means (points), who is preferred (first choices). The methods are in `majority` and
`scoring`; here they are applied to the same ballots and compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from territ_kit.consultation.checks import Grid, check_between, grid, is_number, ranks_from
from territ_kit.consultation.majority import grade_shares, majority_judgement
from territ_kit.consultation.scoring import approval, borda, plurality, points
from territ_kit.errors import InputError
from territ_kit.french import listing

__all__ = [
    "GRADES",
    "RuleComparison",
    "approval",
    "borda",
    "compare_rules",
    "divided_options",
    "grade_shares",
    "majority_judgement",
    "plurality",
    "points",
    "rules_from_grades",
    "rules_from_points",
    "rules_from_rankings",
    "tally_grades",
]

GRADES = ("À rejeter", "Passable", "Assez bien", "Bien", "Très bien")
"""The grades of the kit's ballots, from worst to best."""

MAJORITY, BORDA, FIRST = "Jugement majoritaire", "Borda", "Premier choix"
APPROVAL, MOST_TOP = "Approbation", "Le plus de « {} »"
POINTS, GIVERS = "Total des points", "Nombre de soutiens"


@dataclass(frozen=True, slots=True)
class RuleComparison:
    """The same ballots read by several rules.

    Attributes
    ----------
    ranks : DataFrame
        Rank of each option (rows) under each rule (columns), 1 = first; ties share their rank.
    winners : dict
        By rule, the options in first place: several when they tie.
    depends : bool
        Whether no option is first under every rule.
    sentence : str
        What can be said of it, in French.
    """

    ranks: pd.DataFrame
    winners: dict[str, tuple[str, ...]]
    depends: bool
    sentence: str


def compare_rules(results: Mapping[str, pd.DataFrame]) -> RuleComparison:
    """Say whether the winner depends on the rule.

    Parameters
    ----------
    results : mapping of str to DataFrame
        By name of the rule, its table: the functions of this module, all on the same options.

    Returns
    -------
    RuleComparison

    Raises
    ------
    InputError
        If there is no result, or two tables do not have the same options.

    Examples
    --------
    Nine ballots: A has most first places, B is better placed on average.

    >>> ballots = [[1, 2, 3]] * 5 + [[3, 1, 2]] * 4
    >>> compared = compare_rules(rules_from_rankings(pd.DataFrame(ballots, columns=list("ABC"))))
    >>> compared.winners
    {'Premier choix': ('A',), 'Borda': ('B',)}
    >>> compared.sentence
    'Le résultat dépend de la règle. A : en tête avec « Premier choix ». B : en tête avec « Borda ».'
    """
    if not results:
        raise InputError(
            "Aucun résultat à comparer ; attendu : au moins une règle. "
            "Appliquez d’abord une règle aux bulletins."
        )
    tables = list(results.values())
    options = set(tables[0].index)
    if any(set(table.index) != options for table in tables[1:]):
        raise InputError(
            "Les règles ne portent pas sur les mêmes options ; attendu : les mêmes bulletins. "
            "Appliquez chaque règle aux mêmes options."
        )
    ranks = pd.DataFrame({rule: table["rank"] for rule, table in results.items()}).loc[tables[0].index]
    winners = {
        rule: tuple(str(option) for option in sorted(ranks.index[ranks[rule] == 1], key=str))
        for rule in results
    }
    always = set.intersection(*(set(first) for first in winners.values()))
    return RuleComparison(ranks, winners, not always, _sentence(winners, always, len(options)))


def rules_from_grades(
    judgements: Any, grades: Sequence[str] = GRADES, *, approved_from: int | None = None
) -> dict[str, pd.DataFrame]:
    """Apply the rules that grades allow: majority judgement, most top grades, approval, Borda.

    Parameters
    ----------
    judgements : DataFrame or array_like, shape (n_ballots, n_options)
        Position of the grade in `grades`, 0 = worst; NaN: « je ne sais pas », counted apart.
    grades : sequence of str
        From worst to best.
    approved_from : int, optional
        Position of the lowest grade that means approval; by default the middle of the scale.

    Returns
    -------
    dict of str to DataFrame
        Rule name to table. Options that nobody graded are refused, as in `majority_judgement`.

    Raises
    ------
    InputError
        If a cell or `approved_from` is not the position of a grade, or grades are missing or come twice.

    Notes
    -----
    Approval and Borda are read from the grades: what people would have written on another ballot paper, which
    may differ.

    Examples
    --------
    >>> rules = rules_from_grades([[4, 3], [4, 3], [0, 2]])
    >>> list(rules)
    ['Jugement majoritaire', 'Le plus de « Très bien »', 'Approbation', 'Borda']
    """
    box = _judgements(judgements, grades)
    approved = len(grades) // 2 if approved_from is None else approved_from
    if approved not in range(len(grades)):
        raise InputError(
            f"« approved_from » vaut {approved} ; attendu : la place d’une mention, de 0 à "
            f"{len(grades) - 1}. Indiquez la plus basse mention qui vaut approbation."
        )
    tallies = tally_grades(judgements, grades)
    top = tallies[grades[-1]]
    most_top = pd.DataFrame({"score": top, "rank": ranks_from(top.to_numpy(dtype=float))})
    known = pd.DataFrame(box.numbers, index=box.rows, columns=box.columns)
    return {
        MAJORITY: majority_judgement(tallies),
        MOST_TOP.format(grades[-1]): most_top.sort_values("rank", kind="stable"),
        APPROVAL: approval((known >= approved).astype(float).where(known.notna())),
        BORDA: borda(len(grades) - known),
    }


def rules_from_rankings(rankings: Any) -> dict[str, pd.DataFrame]:
    """Apply the rules that rankings allow: first choices and Borda (see `borda` for the ballots)."""
    return {FIRST: plurality(rankings), BORDA: borda(rankings)}


def rules_from_points(allocations: Any) -> dict[str, pd.DataFrame]:
    """Read points in two ways: their sum, and how many people give some (see `points` for the ballots)."""
    total = points(allocations)
    givers = total[["givers"]].rename(columns={"givers": "score"})
    givers["rank"] = ranks_from(givers["score"].to_numpy(dtype=float))
    return {POINTS: total, GIVERS: givers.sort_values("rank", kind="stable")}


def tally_grades(judgements: Any, grades: Sequence[str] = GRADES) -> pd.DataFrame:
    """Return how many ballots give each grade to each option.

    Parameters
    ----------
    judgements : DataFrame or array_like, shape (n_ballots, n_options)
        As for `rules_from_grades`.
    grades : sequence of str
        From worst to best.

    Returns
    -------
    DataFrame
        Options by grades; « je ne sais pas » is left out, so rows may have different sums.

    Raises
    ------
    InputError
        If a cell is not the position of a grade, or grades are missing or come twice.

    Examples
    --------
    >>> tally_grades([[1, 0], [1, float("nan")]], ["non", "oui"]).to_numpy().tolist()
    [[0, 2], [1, 0]]
    """
    box = _judgements(judgements, grades)
    counts = np.column_stack([(box.numbers == place).sum(axis=0) for place in range(len(grades))])
    return pd.DataFrame(counts, index=box.columns.rename("option"), columns=list(grades))


def divided_options(tallies: pd.DataFrame, *, share: float = 1 / 3) -> list[str]:
    """Return the options that split the group: many at the best grade, and as many at the worst.

    Parameters
    ----------
    tallies : DataFrame, shape (n_options, n_grades)
        As for `majority_judgement`.
    share : float
        Least share of the ballots at both ends, in (0, 0.5]; a third is a teaching hypothesis.

    Returns
    -------
    list of str
        In the order of the table.

    Raises
    ------
    InputError
        As `majority_judgement`, or if the share is out of its range.

    Examples
    --------
    >>> divided_options(pd.DataFrame([[5, 1, 0, 0, 5], [0, 0, 4, 6, 1]], index=["Cellule", "Formation"]))
    ['Cellule']
    """
    if not (is_number(share) and 0 < share <= 0.5):
        raise InputError(
            f"« share » vaut {share} ; attendu : une part au-dessus de 0, et 0,5 au plus. "
            "Pour un quart, écrivez 0.25."
        )
    shares = grade_shares(tallies)
    both = (shares.iloc[:, [0, -1]] >= share - 1e-9).all(axis=1)
    return [str(option) for option in shares.index[both]]


def _judgements(judgements: Any, grades: Sequence[str]) -> Grid:
    if not 0 < len(set(grades)) == len(grades):
        raise InputError(
            "La liste des mentions est vide, ou porte deux fois la même ; attendu : des mentions toutes "
            "différentes, de la pire à la meilleure. Corrigez la liste."
        )
    box = grid("judgements", judgements, row="bulletin", column="option")
    check_between(box, 0, len(grades) - 1, whole=True, missing=True)
    return box


def _sentence(winners: dict[str, tuple[str, ...]], always: set[str], options: int) -> str:
    by_winner: dict[tuple[str, ...], list[str]] = {}
    for rule, first in winners.items():
        by_winner.setdefault(first, []).append(f"« {rule} »")
    said = [f"{_ahead(first)} avec {listing(rules)}." for first, rules in by_winner.items()]
    if not always:
        return " ".join(["Le résultat dépend de la règle.", *said])
    if len(by_winner) > 1:
        ever = listing(sorted(always))
        return " ".join([f"{ever} : en tête avec chaque règle, mais pas toujours sans égalité.", *said])
    first = next(iter(by_winner))
    if len(first) == options > 1:
        return "Rien ne départage les options : elles sont toutes à égalité."
    rules = "la règle choisie" if len(winners) == 1 else f"les {len(winners)} règles comparées"
    return f"{_ahead(first)} avec {rules}."


def _ahead(first: tuple[str, ...]) -> str:
    return f"{listing(first)} : à égalité en tête" if len(first) > 1 else f"{first[0]} : en tête"
