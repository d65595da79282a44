"""The calendar of a programme: what waits for what, what has room to slip, and what the coordinator can bear.

Months count from 1, the first of the programme. The calendar is that of the critical path method.

References
----------
Kelley J. E., Walker M. R. (1959). Critical-path planning and scheduling. Proceedings of the Eastern Joint
Computer Conference, 160-173. doi:10.1145/1460299.1460318
"""

from __future__ import annotations

import graphlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from territ_kit.errors import InputError
from territ_kit.french import count, listing
from territ_kit.planning.checks import is_whole
from territ_kit.planning.parts import TimedPart

HORIZON, LONGEST = 36, 60


@dataclass(frozen=True, slots=True)
class Calendar:
    """When each action runs.

    Attributes
    ----------
    table : DataFrame by `id`, in the order given
        title, start, end (first and last month; NA while no length is known), months, earliest (start that
        dependencies allow, if nobody wished later), room (months it can slip without delaying the end of the
        programme), critical (bool: no room), after (tuple of ids).
    horizon : int
        Last month of the programme.
    chain : tuple of str
        Ids of the critical chain, first first: each starts as soon as the one before ends, and the last one
        ends the programme.
    notes : DataFrame
        item (id), kind (no_length, no_start, waits, pushed, outside), sentence: what to settle, in French.
    """

    table: pd.DataFrame
    horizon: int
    chain: tuple[str, ...]
    notes: pd.DataFrame

    @property
    def end(self) -> int:
        """The last month in which something runs; 0 when nothing is dated."""
        return 0 if self.table["end"].isna().all() else int(self.table["end"].max())


def month_name(month: int, start_year: int | None = None) -> str:
    """Return a month of the programme in words, with its year when the first one is known.

    Examples
    --------
    >>> month_name(1, 2027), month_name(14, 2027), month_name(14)
    ('janvier 2027', 'février 2028', 'mois 14 (année 2)')
    """
    if start_year is None:
        return f"mois {month} (année {(month - 1) // 12 + 1})"
    return f"{_MONTHS[(month - 1) % 12]} {start_year + (month - 1) // 12}"


_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def calendar(actions: Sequence[TimedPart], *, horizon: int = HORIZON) -> Calendar:
    """Return when each action runs, what can slip and what cannot.

    An action starts at its wished month, or later if what it waits for is not finished; without a wish, as
    soon as it can.

    Parameters
    ----------
    actions : sequence of TimedPart
        `start` and `months` may be None: an action without a length is told and not dated, nor is what waits
        for it.
    horizon : int
        Months of the programme, 1 to 60.

    Returns
    -------
    Calendar

    Raises
    ------
    InputError
        Two actions have one id, one waits for an unknown action, a month cannot be used, or dependencies turn
        in a circle, which is named.

    Notes
    -----
    Room is measured against the last month in which something runs, not against the horizon.

    Examples
    --------
    >>> from types import SimpleNamespace as Action
    >>> plan = calendar([
    ...     Action(id="a", title="Recruter", start=1, months=4, after=(), half_days=4),
    ...     Action(id="b", title="Former", start=None, months=6, after=("a",), half_days=2),
    ...     Action(id="c", title="Écouter", start=1, months=3, after=(), half_days=1),
    ... ])
    >>> plan.table[["start", "end", "room"]].to_numpy().tolist(), plan.chain
    ([[1, 4, 0], [5, 10, 0], [1, 3, 7]], ('a', 'b'))
    """
    if not is_whole(horizon, 1, LONGEST):
        raise InputError(
            f"La durée du programme vaut {horizon} mois ; attendu : 1 à {LONGEST}. Corrigez cette durée."
        )
    by_id = _checked(actions)
    order = _order(by_id)
    earliest, start, end = _forward(by_id, order)
    last = max(end.values(), default=0)
    latest = _backward(by_id, order, end, last)
    room = {one: latest[one] - end[one] for one in end}
    table = pd.DataFrame(
        {
            "title": [one.title for one in actions],
            "start": pd.array([start.get(one.id) for one in actions], dtype="Int64"),
            "end": pd.array([end.get(one.id) for one in actions], dtype="Int64"),
            "months": pd.array([one.months for one in actions], dtype="Int64"),
            "earliest": pd.array([earliest.get(one.id) for one in actions], dtype="Int64"),
            "room": pd.array([room.get(one.id) for one in actions], dtype="Int64"),
            "critical": [room.get(one.id) == 0 for one in actions],
            "after": [tuple(one.after) for one in actions],
        },
        index=pd.Index([one.id for one in actions], name="id"),
    )
    chain = _chain(by_id, order, start, end, last)
    notes = pd.DataFrame(_notes(by_id, start, end, horizon), columns=["item", "kind", "sentence"])
    return Calendar(table, horizon, chain, notes)


def _checked(actions: Sequence[TimedPart]) -> dict[str, TimedPart]:
    by_id = {one.id: one for one in actions}
    if len(by_id) < len(actions):
        raise InputError(
            "Deux actions ont le même identifiant ; attendu : un par action. Renommez l’une des deux."
        )
    for one in actions:
        for name, value in (("début", one.start), ("durée", one.months)):
            if value is not None and not is_whole(value, 1, LONGEST):
                raise InputError(
                    f"« {one.title} » : « {name} » vaut {value} ; attendu : un mois entier, de 1 à "
                    f"{LONGEST}, ou rien. Corrigez ce nombre."
                )
        for other in one.after:
            if other not in by_id:
                raise InputError(
                    f"« {one.title} » attend « {other} », qui n’est pas au programme ; attendu : une de ses "
                    "actions. Retirez cette attente, ou ajoutez l’action."
                )
    return by_id


def _order(by_id: Mapping[str, TimedPart]) -> list[str]:
    try:
        return list(graphlib.TopologicalSorter({one.id: one.after for one in by_id.values()}).static_order())
    except graphlib.CycleError as error:
        # graphlib gives the circle from what is waited for to who waits; it is told the other way.
        circle = [f"« {by_id[identifier].title} »" for identifier in reversed(error.args[1])]
        if len(circle) == 2:
            told = f"{circle[0]} s’attend elle-même"
        else:
            told = f"{circle[0]} attend {', qui attend '.join(circle[1:])}"
        raise InputError(
            f"Ces actions s’attendent en rond : {told}. Attendu : une première action qui n’attend rien. "
            "Retirez l’une de ces attentes."
        ) from error


def _forward(
    by_id: Mapping[str, TimedPart], order: Sequence[str]
) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    earliest: dict[str, int] = {}
    start: dict[str, int] = {}
    end: dict[str, int] = {}
    for identifier in order:
        one = by_id[identifier]
        if one.months is None or any(other not in end for other in one.after):
            continue
        earliest[identifier] = max((end[other] + 1 for other in one.after), default=1)
        start[identifier] = max(earliest[identifier], one.start or 1)
        end[identifier] = start[identifier] + one.months - 1
    return earliest, start, end


def _backward(
    by_id: Mapping[str, TimedPart], order: Sequence[str], end: Mapping[str, int], last: int
) -> dict[str, int]:
    """Return the latest last month of each dated action that leaves the end of the programme where it is."""
    latest = dict.fromkeys(end, last)
    for identifier in reversed(order):
        one = by_id[identifier]
        if identifier in latest and one.months is not None:
            for other in one.after:
                latest[other] = min(latest[other], latest[identifier] - one.months)
    return latest


def _chain(
    by_id: Mapping[str, TimedPart],
    order: Sequence[str],
    start: Mapping[str, int],
    end: Mapping[str, int],
    last: int,
) -> tuple[str, ...]:
    held: str | None = next((one for one in order if end.get(one) == last and last), None)
    chain: list[str] = []
    while held is not None:
        chain.append(held)
        begins = start[held]
        held = next((other for other in by_id[held].after if end[other] + 1 == begins), None)
    return tuple(reversed(chain))


def _notes(
    by_id: Mapping[str, TimedPart], start: Mapping[str, int], end: Mapping[str, int], horizon: int
) -> list[tuple[str, str, str]]:
    rows = []
    for identifier, one in by_id.items():
        name = f"« {one.title} »"
        if one.months is None:
            rows.append((identifier, "no_length", f"{name} n’a pas de durée : elle n’est pas au calendrier."))
        elif identifier not in end:
            undated = [f"« {by_id[other].title} »" for other in one.after if other not in end]
            verb = "n’est pas datée" if len(undated) == 1 else "ne sont pas datées"
            rows.append((identifier, "waits", f"{name} attend {listing(undated)}, qui {verb}."))
        else:
            if one.start is None and not one.after:
                rows.append(
                    (identifier, "no_start", f"{name} n’a pas de date : le calendrier la met au mois 1.")
                )
            elif one.start is not None and start[identifier] > one.start:
                late = max(one.after, key=lambda other: end[other])
                rows.append((
                    identifier, "pushed",
                    f"{name}, voulue au mois {one.start}, attend « {by_id[late].title} ». "
                    f"Elle commence au mois {start[identifier]}.",
                ))  # fmt: skip
            if end[identifier] > horizon:
                beyond = count(end[identifier] - horizon, "mois", "mois")
                rows.append((identifier, "outside", f"{name} finit {beyond} après la fin du programme."))
    return rows
