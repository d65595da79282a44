"""Which actions to keep under a budget, a time and a promise of equity; what binds, what the last euro buys.

The choice is exact: an integer linear programme (0 or 1 for each action), solved by branch and bound.

References
----------
Kellerer H., Pferschy U., Pisinger D. (2004). Knapsack Problems. Springer. doi:10.1007/978-3-540-24777-7
Huangfu Q., Hall J. A. J. (2018). Parallelizing the dual revised simplex method. Mathematical Programming
Computation 10, 119-142 (HiGHS, behind `scipy.optimize.milp`). doi:10.1007/s12532-017-0130-5
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from territ_kit.errors import InputError
from territ_kit.french import count, fr, listing
from territ_kit.planning.checks import is_whole
from territ_kit.planning.choice import (
    FAMILIES,
    Numbers,
    Problem,
    Rules,
    best_choice,
    build,
    cheapest,
    fair_share,
    solve,
    tiny,
    what_to_relax,
    with_budget,
)

__all__ = ["FAMILIES", "Portfolio", "Rules", "Step", "choose", "frontier"]


@dataclass(frozen=True, slots=True)
class Step:
    """Another choice, and how it differs from the one made.

    Attributes
    ----------
    budget : float
        Euros that it spends.
    value : float
    added, dropped : tuple of str
        Ids.
    """

    budget: float
    value: float
    added: tuple[str, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The best choice, the cheapest if several are as good.

    Attributes
    ----------
    chosen : tuple of str
        Ids, in the order given.
    value, cost, staff, equity : float
        Of the choice: points, euros, half-days, share of the value in [0, 1] (NaN when the value is 0).
    limits : DataFrame by family (budget, staff, equity)
        used, limit, slack, gain (points that would be won without this limit), binds (bool: gain above 0).
    next_step : Step or None
        The smallest budget that buys more value; None when money no longer buys any.
    last_step : Step or None
        What is left when the choice loses its last euro; None when nothing holds then.
    titles : dict of id to str
    """

    chosen: tuple[str, ...]
    value: float
    cost: float
    staff: float
    equity: float
    limits: pd.DataFrame
    next_step: Step | None
    last_step: Step | None
    titles: dict[str, str]

    def sentences(self) -> tuple[str, ...]:
        """Return in French what the choice is, what binds and what the last euro buys."""
        said = [
            f"{count(len(self.chosen), 'action')} sur {len(self.titles)} : {_points(self.value)}, "
            f"{fr(self.cost, 0, unit='€')}, {fr(self.staff)} demi-journées."
        ]
        binding = [FAMILIES[str(one)] for one in self.limits.index[self.limits["binds"]]]
        if binding:
            said.append(f"Ce qui limite le choix : {listing(binding)}.")
        elif len(self.limits):
            said.append("Aucune limite ne gêne : en lever une ne changerait rien.")
        if self.next_step:
            more = self.next_step.budget - float(self.limits["limit"]["budget"])
            said.append(
                f"Avec {fr(math.ceil(more), 0, unit='€')} de plus, le choix gagnerait "
                f"{_points(self.next_step.value - self.value)} : {self._moves(self.next_step)}."
            )
        if self.last_step and self.limits["binds"].get("budget", False):
            said.append(
                f"Le dernier euro compte pour {_points(self.value - self.last_step.value)}. "
                f"Sans lui : {self._moves(self.last_step)}."
            )
        return tuple(said)

    def _moves(self, step: Step) -> str:
        moves = []
        for one, several, ids in [("entre", "entrent", step.added), ("sort", "sortent", step.dropped)]:
            if ids:
                names = listing([f"« {self.titles[identifier]} »" for identifier in ids])
                moves.append(f"{names} {one if len(ids) == 1 else several}")
        return ", ".join(moves)


def choose(actions: pd.DataFrame, rules: Rules) -> Portfolio:
    """Choose the actions that bring most value within what the group can pay, hold and promise.

    Parameters
    ----------
    actions : DataFrame by id
        value (points, >= 0), cost (euros, >= 0); optional: title, staff (half-days over the programme, >= 0),
        equity (bool, or share in [0, 1] of the value that goes to those whom the promise is about).
    rules : Rules

    Returns
    -------
    Portfolio

    Raises
    ------
    InputError
        A figure or an id cannot be used; or no choice holds, and the sentence says what to relax.

    Notes
    -----
    Values are those the group gave: the method adds them up as if actions neither helped nor hindered one
    another. A whole number programme has no marginal price: what the last euro buys is found by solving
    again, just above and just below.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"value": [8, 5, 4], "cost": [60, 40, 30], "equity": [False, True, True]}, index=list("abc")
    ... )
    >>> choose(table, Rules(budget=100)).chosen, choose(table, Rules(budget=100, equity=0.6)).chosen
    (('a', 'b'), ('b', 'c'))
    """
    problem = build(actions, rules)
    best = best_choice(problem)
    if best is None:
        raise InputError(what_to_relax(problem))
    value, cost = float(problem.worth @ best), float(problem.costs @ best)
    # Just above: the cheapest choice worth more. Just below: the best choice that spends a cent less.
    more = cheapest(with_budget(problem), above=value + tiny(problem)) if problem.rows["budget"] else None
    less = best_choice(with_budget(problem, cost - 0.01)) if cost else None
    return Portfolio(
        _names(problem, best),
        value,
        cost,
        float(problem.staff @ best),
        fair_share(problem, best),
        _limits(problem, best, rules),
        _step(problem, best, more),
        _step(problem, best, less),
        problem.titles,
    )


def frontier(actions: pd.DataFrame, rules: Rules, *, points: int = 30) -> pd.DataFrame:
    """Return the value that each budget buys, all else equal.

    Parameters
    ----------
    actions : DataFrame
        As in `choose`.
    rules : Rules
        Its budget is left aside.
    points : int
        Budgets to try, evenly spaced from 0 to what all the actions cost, 2 to 1000.

    Returns
    -------
    DataFrame
        budget, value; the budgets at which nothing holds are left out.

    Raises
    ------
    InputError
        As `choose`, or with less than two budgets to try.
    """
    if not is_whole(points, 2, 1000):
        raise InputError(f"« points » vaut {points} ; attendu : un nombre entier de 2 à 1000. Prenez 30.")
    problem = build(actions, rules)
    rows = []
    for budget in np.linspace(0, problem.costs.sum(), points):
        found = solve(with_budget(problem, float(budget)), -problem.worth)
        if found is not None:
            rows.append((float(budget), float(problem.worth @ found)))
    return pd.DataFrame(rows, columns=["budget", "value"])


def _names(problem: Problem, choice: Numbers) -> tuple[str, ...]:
    return tuple(identifier for identifier, taken in zip(problem.ids, choice, strict=True) if taken)


def _step(problem: Problem, best: Numbers, other: Numbers | None) -> Step | None:
    if other is None:
        return None
    before, after = set(_names(problem, best)), set(_names(problem, other))
    return Step(
        float(problem.costs @ other),
        float(problem.worth @ other),
        tuple(one for one in problem.ids if one in after - before),
        tuple(one for one in problem.ids if one in before - after),
    )


def _limits(problem: Problem, best: Numbers, rules: Rules) -> pd.DataFrame:
    value = float(problem.worth @ best)
    spent: dict[str, tuple[float, float]] = {
        "budget": (float(problem.costs @ best), rules.budget),
        "staff": (float(problem.staff @ best), rules.staff),
        "equity": (fair_share(problem, best), rules.equity),
    }
    rows = {}
    for family, (used, limit) in spent.items():
        if problem.rows[family]:
            free = solve(problem, -problem.worth, lifted=[family])
            gain = 0.0 if free is None else max(float(problem.worth @ free) - value, 0.0)
            slack = used - limit if family == "equity" else limit - used
            rows[family] = (used, limit, slack, gain, gain > tiny(problem))
    columns = ["used", "limit", "slack", "gain", "binds"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("family")
    return table.astype({"binds": bool})


def _points(value: float) -> str:
    return f"{fr(value)} point{'s' if value >= 2 else ''}"
