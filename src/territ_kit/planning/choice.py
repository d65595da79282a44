"""The choice of a portfolio as a problem in whole numbers: its rows, its solution, what to relax.

Kept apart from what is said of the choice, in `portfolio`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from territ_kit.errors import InputError
from territ_kit.french import fr
from territ_kit.planning.checks import is_number

Numbers = NDArray[np.float64]
Row = tuple[Numbers, float, float]
FAMILIES = {
    "budget": "le budget",
    "staff": "le temps de coordination",
    "equity": "la part d’équité",
    "mandatory": "les actions obligatoires",
    "excluded": "les actions écartées",
    "either_or": "les choix « l’une ou l’autre »",
    "prerequisites": "les actions préalables",
}
"""What a choice must respect, in French."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a choice must respect.

    Attributes
    ----------
    budget, staff : float
        Euros and half-days over the programme, >= 0; no limit when infinite.
    equity : float
        Least share of the chosen value that goes to those whom the promise is about, in [0, 1].
    mandatory, excluded : sequence of ids
    either_or : sequence of groups of ids
        At most one action of each group.
    prerequisites : sequence of (id, id)
        The first needs the second.
    """

    budget: float = math.inf
    staff: float = math.inf
    equity: float = 0.0
    mandatory: Sequence[str] = ()
    excluded: Sequence[str] = ()
    either_or: Sequence[Sequence[str]] = ()
    prerequisites: Sequence[tuple[str, str]] = ()

    def __post_init__(self) -> None:
        for name, limit in [("budget", self.budget), ("staff", self.staff)]:
            if limit != math.inf and not is_number(limit):
                raise InputError(f"« {name} » vaut {limit} ; attendu : 0 ou plus. Corrigez cette limite.")
        if not is_number(self.equity, high=1):
            raise InputError(
                f"« equity » vaut {self.equity} ; attendu : une part entre 0 et 1. Pour 40 %, écrivez 0.4."
            )


@dataclass(frozen=True, slots=True)
class Problem:
    """The choice in arrays; each family is a list of rows (coefficients, low, high)."""

    ids: tuple[str, ...]
    titles: dict[str, str]
    worth: Numbers
    costs: Numbers
    staff: Numbers
    equity: Numbers
    rows: dict[str, list[Row]]


def with_budget(problem: Problem, budget: float = math.inf) -> Problem:
    """Return the problem with another budget, or with none."""
    limit = [(problem.costs, -math.inf, budget)] if math.isfinite(budget) else []
    return replace(problem, rows={**problem.rows, "budget": limit})


def build(actions: pd.DataFrame, rules: Rules) -> Problem:
    """Return the problem of a table of actions, checked (see `portfolio.choose`)."""
    if not isinstance(actions, pd.DataFrame):
        raise InputError(
            "Les actions ne sont pas un tableau ; attendu : une ligne par action. "
            "Écrivez-les dans un DataFrame."
        )
    ids = tuple(str(one) for one in actions.index)
    if not ids:
        raise InputError(
            "Il n’y a aucune action à choisir ; attendu : au moins une. Écrivez d’abord une fiche action."
        )
    if len(set(ids)) < len(ids):
        raise InputError(
            "Deux actions ont le même identifiant ; attendu : un par action. Renommez l’une d’elles."
        )
    zeros = np.zeros(len(ids))
    worth, costs = _column(actions, "value", ids), _column(actions, "cost", ids)
    times = _column(actions, "staff", ids) if "staff" in actions else zeros
    fair = _column(actions, "equity", ids) if "equity" in actions else zeros
    if (fair > 1).any():
        raise InputError("Une part d’équité dépasse 1 ; attendu : 0 à 1. Pour 40 %, écrivez 0.4.")
    place = {identifier: row for row, identifier in enumerate(ids)}

    def pick(*chosen: tuple[str, float]) -> Numbers:
        row = zeros.copy()
        for one, weight in chosen:
            identifier = str(one)
            if identifier not in place:
                raise InputError(
                    f"« {identifier} » n’est pas dans la liste ; attendu : une de ses actions. "
                    "Retirez-la de la règle."
                )
            row[place[identifier]] += weight
        return row

    rows: dict[str, list[Row]] = {
        "budget": [(costs, -math.inf, rules.budget)] if math.isfinite(rules.budget) else [],
        "staff": [(times, -math.inf, rules.staff)] if math.isfinite(rules.staff) else [],
        "equity": [(worth * (fair - rules.equity), 0.0, math.inf)] if rules.equity > 0 else [],
        "mandatory": [(pick((one, 1)), 1.0, math.inf) for one in rules.mandatory],
        "excluded": [(pick((one, 1)), -math.inf, 0.0) for one in rules.excluded],
        "either_or": [(pick(*((one, 1) for one in set(group))), -math.inf, 1.0) for group in rules.either_or],
        "prerequisites": [(pick((one, 1), (need, -1)), -math.inf, 0.0) for one, need in rules.prerequisites],
    }
    names = actions["title"] if "title" in actions else pd.Series(ids, index=actions.index)
    titles = {identifier: str(name) for identifier, name in zip(ids, names, strict=True)}
    return Problem(ids, titles, worth, costs, times, fair, rows)


def _column(actions: pd.DataFrame, name: str, ids: Sequence[str]) -> Numbers:
    if name not in actions:
        raise InputError(
            f"La colonne « {name} » manque ; attendu : un nombre par action. Ajoutez cette colonne."
        )
    numbers = pd.to_numeric(actions[name], errors="coerce").to_numpy(dtype=float, na_value=math.nan)
    wrong = np.flatnonzero(~(np.isfinite(numbers) & (numbers >= 0)))
    if wrong.size:
        value = actions[name].iloc[wrong[0]]
        said = "n’est pas rempli" if pd.isna(value) else f"vaut {value}"
        raise InputError(
            f"« {name} » de « {ids[wrong[0]]} » {said} ; attendu : 0 ou plus. Corrigez ce nombre."
        )
    return numbers


def solve(
    problem: Problem, aim: Numbers, *, lifted: Sequence[str] = (), extra: Sequence[Row] = ()
) -> Numbers | None:
    """Return the choice (0 or 1 by action) that makes `aim` least, or None when none holds."""
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 # slow to import, used on demand

    rows = [row for family, listed in problem.rows.items() if family not in lifted for row in listed]
    rows += extra
    constraints = []
    if rows:
        matrix, low, high = (np.array(column) for column in zip(*rows, strict=True))
        constraints = [LinearConstraint(matrix, low, high)]
    found = milp(
        aim,
        integrality=np.ones(len(aim)),
        bounds=Bounds(0, 1),
        constraints=constraints,
        options={"mip_rel_gap": 0.0},
    )
    return None if found.x is None else np.rint(found.x)


def tiny(problem: Problem) -> float:
    """Return a value too small to matter: what tells a choice worth more from an equal one."""
    return 1e-6 * max(1.0, float(problem.worth.sum()))


def cheapest(problem: Problem, *, above: float) -> Numbers | None:
    """Return the cheapest choice of at least a value."""
    # The solver forgives a millionth in each row: values are enlarged so that `tiny` weighs a thousand times
    # that, else an equal choice would pass for a better one.
    larger = 1e-3 / tiny(problem)
    return solve(problem, problem.costs, extra=[(problem.worth * larger, above * larger, math.inf)])


def best_choice(problem: Problem) -> Numbers | None:
    """Return the choice of most value, the cheapest if several; None when none holds."""
    found = solve(problem, -problem.worth)
    return (
        None if found is None else cheapest(problem, above=float(problem.worth @ found) - tiny(problem) / 2)
    )


def fair_share(problem: Problem, choice: Numbers) -> float:
    """Return the share of the value that goes to those whom the promise is about; NaN without value."""
    value = float(problem.worth @ choice)
    return float(problem.equity * problem.worth @ choice / value) if value else math.nan


def what_to_relax(problem: Problem) -> str:
    """Return why no choice holds, and what would have to give way.

    To keep nothing always holds, unless an action is mandatory: one family at least is enough to lift.
    """
    nothing = np.zeros(len(problem.ids))
    families = [family for family, rows in problem.rows.items() if rows]
    ways = [
        f"{FAMILIES[family]}{_needed(problem, family)}"
        for family in families
        if solve(problem, nothing, lifted=[family]) is not None
    ]
    return (
        "Aucun choix ne respecte toutes vos règles à la fois. "
        f"Attendu : au moins un choix possible. Desserrez {' ou '.join(ways)}."
    )


def _needed(problem: Problem, family: str) -> str:
    """Return how far a limit must move for a choice to hold."""
    measure = {"budget": problem.costs, "staff": problem.staff}.get(family)
    if measure is None:
        return ""
    least = solve(problem, measure, lifted=[family])
    amount = math.ceil(float(measure @ least)) if least is not None else 0
    unit = "€" if family == "budget" else "demi-journées"
    return f" (il faut au moins {fr(amount, 0, unit=unit)})"
