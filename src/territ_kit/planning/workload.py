"""The coordinator's time, month by month, beside what the post gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from territ_kit.errors import InputError
from territ_kit.french import fr
from territ_kit.planning.checks import is_number
from territ_kit.planning.programme import Calendar

HALF_DAYS_PER_FTE = 36.0
"""Half-days a month of a full-time post: a « hypothèse pédagogique » (about 216 days worked a year)."""


@dataclass(frozen=True, slots=True)
class Workload:
    """Half-days needed and given, by month.

    Attributes
    ----------
    months : DataFrame by `month`
        needed, capacity (half-days), over (what is missing, 0 or more).
    by_action : DataFrame, months by actions
        Half-days of each action, those of the running of the network in the column "".
    fte, half_days_per_fte : float
    """

    months: pd.DataFrame
    by_action: pd.DataFrame
    fte: float
    half_days_per_fte: float

    @property
    def capacity(self) -> float:
        """Half-days that the post gives each month."""
        return self.fte * self.half_days_per_fte

    @property
    def overloaded(self) -> tuple[int, ...]:
        """The months in which the post is not enough."""
        return tuple(int(month) for month in self.months.index[self.months["over"] > 0])

    @property
    def peak(self) -> int:
        """The month that asks for most; the first one if several."""
        return int(self.months.index[int(self.months["needed"].argmax())])

    def summary(self) -> str:
        """Return in French what the post can bear."""
        post = f"{fr(self.fte)} équivalent temps plein (ETP)"
        if not self.overloaded:
            return f"Le poste de {post} suffit chaque mois."
        over = self.months["over"]
        spare = (self.months["capacity"] - self.months["needed"]).clip(lower=0)
        number = len(self.overloaded)
        months = f"{number} mois" if number > 1 else "un mois"
        told = (
            f"Le poste de {post} ne suffit pas pendant {months} sur {len(self.months)}. "
            f"Le plus chargé, le mois {self.peak}, demande {fr(self.months['needed'].max())} demi-journées "
            f"pour {fr(self.capacity)}."
        )
        if spare.sum() >= over.sum():
            return f"{told} Sur tout le programme, le temps existe : étalez les actions."
        lack = (over.sum() - spare.sum()) / (self.half_days_per_fte * len(self.months))
        return f"{told} Même étalé, il manque {fr(lack, 2)} ETP : renoncez, ou renforcez le poste."


def workload(
    plan: Calendar,
    half_days: Mapping[str, float],
    *,
    fte: float = 0.5,
    half_days_per_fte: float = HALF_DAYS_PER_FTE,
    running: float = 0.0,
) -> Workload:
    """Return the coordinator's half-days by month, beside what the post gives.

    Parameters
    ----------
    plan : Calendar
    half_days : mapping of action id to float
        Half-days a month while the action runs, >= 0; an action that is not there takes none.
    fte : float
        Of the post, >= 0.
    half_days_per_fte : float
        Half-days a month of one full-time equivalent, > 0. The default is a « hypothèse pédagogique ».
    running : float
        Half-days that meetings, reports and the life of the network take each month, >= 0.

    Returns
    -------
    Workload
        Over the months of the horizon, and those after it in which something still runs.

    Raises
    ------
    InputError
        A figure is below 0 or not finite.

    Examples
    --------
    >>> from types import SimpleNamespace as Action
    >>> from territ_kit.planning.programme import calendar
    >>> former = Action(id="a", title="Former", start=2, months=2, after=(), half_days=20)
    >>> plan = calendar([former], horizon=3)
    >>> workload(plan, {"a": 20}, fte=0.5).months["over"].tolist()
    [0.0, 2.0, 2.0]
    """
    for name, value in [("fte", fte), ("half_days_per_fte", half_days_per_fte), ("running", running)]:
        _check(name, value)
    if half_days_per_fte == 0:
        raise InputError(
            "« half_days_per_fte » vaut 0 ; attendu : plus de 0 demi-journée par mois pour un temps plein. "
            f"Sans chiffre à vous, gardez {fr(HALF_DAYS_PER_FTE)}."
        )
    months = pd.RangeIndex(1, max(plan.horizon, plan.end) + 1, name="month")
    by_action = pd.DataFrame(0.0, index=months, columns=["", *plan.table.index])
    by_action[""] = running
    for identifier, row in plan.table.dropna(subset=["start", "end"]).iterrows():
        time = half_days.get(str(identifier), 0.0)
        _check(f"demi-journées de {row['title']}", time)
        by_action.loc[int(row["start"]) : int(row["end"]), identifier] = time
    table = pd.DataFrame({"needed": by_action.sum(axis=1), "capacity": fte * half_days_per_fte})
    # Half-days are typed with decimals: a hundredth of a half-day is no overload.
    table["over"] = (table["needed"] - table["capacity"]).clip(lower=0).round(2)
    return Workload(table, by_action, fte, half_days_per_fte)


def _check(name: str, value: float) -> None:
    if not is_number(value):
        raise InputError(f"« {name} » vaut {value} ; attendu : un nombre de 0 ou plus. Corrigez ce nombre.")
