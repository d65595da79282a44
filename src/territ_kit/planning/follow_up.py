"""Following a programme: where each action stands at a steering committee, and what must be decided there.

What happens to a programme, a pilot who leaves or a credit that is refused, is replayed in `events`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from territ_kit.errors import InputError
from territ_kit.french import count, listing
from territ_kit.planning.parts import ActionPart, StatePart, plain
from territ_kit.planning.programme import Calendar

STATES = {
    "not_started": "non commencée",
    "on_time": "à l’heure",
    "late": "en retard",
    "stopped": "arrêtée",
    "done": "terminée",
}
"""States of an action, in French."""


@dataclass(frozen=True, slots=True)
class Board:
    """The board of one meeting.

    Attributes
    ----------
    table : DataFrame by action id
        title, pilot, state (key of `STATES`), meeting (in which it was said; 0 never), cause, decision,
        next_date, who.
    to_decide : DataFrame
        item (action id), kind, sentence: what the committee must settle, in French, the gravest first.
    meeting : int
    """

    table: pd.DataFrame
    to_decide: pd.DataFrame
    meeting: int

    def summary(self) -> str:
        """Return in French how the programme goes."""
        states = self.table["state"]
        if states.empty:
            return "Le programme n’a pas d’action à suivre."
        late = int((states == "late").sum())
        if not late:
            if len(states) == 1:
                return "L’action n’est pas en retard."
            return f"Aucune des {count(len(states), 'action')} n’est en retard."
        alone = int(((states == "late") & (self.table["pilot"].str.strip() == "")).sum())
        told = f", dont {alone} sans pilote" if alone else ""
        return f"{count(late, 'action')} sur {len(states)} {'sont' if late > 1 else 'est'} en retard{told}."


def board(
    actions: Sequence[ActionPart],
    states: Iterable[StatePart],
    meeting: int,
    *,
    plan: Calendar | None = None,
    month: int | None = None,
) -> Board:
    """Return where each action stands at a meeting, and what the committee must decide.

    Parameters
    ----------
    actions : sequence of ActionPart
    states : iterable of StatePart
        Of any meeting: what was said last, up to this one, holds. What is said of an action that is no longer
        there is left out.
    meeting : int
        From 1.
    plan : Calendar, optional
        With `month`, tells the actions that should have started or ended.
    month : int, optional
        Of the programme, in which the meeting is held.

    Raises
    ------
    InputError
        A state is unknown.
    """
    said: dict[str, StatePart] = {}
    before: dict[str, str] = {}
    for one in sorted(states, key=lambda state: state.meeting):
        if one.state not in STATES:
            raise InputError(
                f"L’état « {one.state} » n’est pas connu ; attendu : {', '.join(STATES)}. "
                "Choisissez l’un d’eux."
            )
        if one.meeting < meeting:
            before[one.action] = one.state
        if one.meeting <= meeting:
            said[one.action] = one
    columns = ["title", "pilot", "state", "meeting", "cause", "decision", "next_date", "who"]
    rows = []
    for action in actions:
        told = said.get(action.id)
        last = (
            (told.state, told.meeting, told.cause, told.decision, told.next_date, told.who) if told else None
        )
        rows.append((action.title, action.pilot, *(last or ("not_started", 0, "", "", "", ""))))
    table = pd.DataFrame(rows, columns=columns, index=pd.Index([one.id for one in actions], name="id"))
    found: list[_Point] = []
    for action in actions:
        waiting = [f"« {other.title} »" for other in actions if action.id in other.after]
        found += _points(action, table.loc[action.id], before.get(action.id, ""), waiting)
        found += _beside_the_calendar(action, str(table.loc[action.id, "state"]), plan, month)
    found.sort(key=lambda point: _GRAVITY.index(point.kind))
    return Board(table, pd.DataFrame(found, columns=list(_Point._fields)), meeting)


class _Point(NamedTuple):
    item: str
    kind: str
    sentence: str


_GRAVITY = [
    "no_pilot", "late_again", "no_decision", "blocks", "no_cause", "should_start", "should_end",
    "no_follow_up", "coordinator",
]  # fmt: skip


def _points(
    action: ActionPart,
    row: Any,
    before: str,
    waiting: Sequence[str],
) -> list[_Point]:
    name, state = f"« {action.title} »", str(row["state"])
    if state == "done":
        return []
    found = []
    decided = str(row["decision"]).strip()
    if not action.pilot.strip() and state != "stopped":
        found.append(("no_pilot", f"{name} n’a pas de pilote : qui la porte ?"))
    elif is_coordinator(action.pilot) and state != "stopped":
        found.append((
            "coordinator",
            f"Le coordonnateur pilote {name} : le comité de pilotage l’a-t-il décidé, et sur quel temps ?"
        ))  # fmt: skip
    if state == "late" and not decided:
        if before == "late":
            found.append(("late_again", f"{name} est en retard pour la deuxième fois, sans décision."))
        else:
            found.append(("no_decision", f"{name} est en retard : que décide le comité de pilotage ?"))
    if state in {"late", "stopped"} and not str(row["cause"]).strip():
        verb = "est en retard" if state == "late" else "est arrêtée"
        found.append(("no_cause", f"{name} {verb} : pour quelle cause ?"))
    if state == "stopped" and waiting:
        verb = "attend" if len(waiting) == 1 else "attendent"
        found.append(("blocks", f"{name} est arrêtée, et {listing(waiting)} l’{verb}."))
    if decided and not (str(row["next_date"]).strip() and str(row["who"]).strip()):
        found.append(("no_follow_up", f"La décision sur {name} n’a pas de date ou pas de responsable."))
    return [_Point(action.id, kind, sentence) for kind, sentence in found]


def _beside_the_calendar(
    action: ActionPart, state: str, plan: Calendar | None, month: int | None
) -> list[_Point]:
    if plan is None or month is None or action.id not in plan.table.index or state in {"stopped", "done"}:
        return []
    row: Any = plan.table.loc[action.id]
    if pd.isna(row["start"]):
        return []
    name = f"« {action.title} »"
    if state == "not_started" and row["start"] < month:
        told = f"{name} devait commencer au mois {row['start']} : où en est-elle ?"
        return [_Point(action.id, "should_start", told)]
    if row["end"] < month:
        told = f"{name} devait finir au mois {row['end']} : est-elle terminée ?"
        return [_Point(action.id, "should_end", told)]
    return []


def is_coordinator(pilot: str) -> bool:
    """Tell whether a pilot is the coordinator, as people write it.

    Examples
    --------
    >>> is_coordinator("La coordonnatrice du RTPS"), is_coordinator("Mission locale")
    (True, False)
    """
    return "coordonn" in plain(pilot) or "coordinat" in plain(pilot)
