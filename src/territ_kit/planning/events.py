"""What happens to a programme: a pilot leaves, a credit is refused, and the plan is replayed.

An event says what it touches, what waits for it, what is missing, and the options to put to the steering
committee (comité de pilotage, COPIL). The coordinator taking over is never one of them: it would be a
decision, with its price in half-days.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from territ_kit.errors import InputError
from territ_kit.french import count, fr, listing
from territ_kit.planning.parts import ActionPart
from territ_kit.planning.programme import HORIZON, LONGEST, calendar


@dataclass(frozen=True, slots=True)
class Option:
    """Something that the committee may decide, and what it would do."""

    id: str
    label: str
    effect: str


@dataclass(frozen=True, slots=True)
class Event:
    """What an event does to a plan, and the options to put to the committee.

    Attributes
    ----------
    title, summary : str
    touched : tuple of str
        Ids of the actions that it touches at once.
    delays : DataFrame by action id
        title, start, end, new_start, new_end (months) of every action that would move if those touched were
        suspended, dependencies included.
    gap_eur : float
        Euros that nobody pays any more.
    options : tuple of Option
    warning : str
        Why the coordinator does not simply take over.
    """

    title: str
    summary: str
    touched: tuple[str, ...]
    delays: pd.DataFrame
    gap_eur: float
    options: tuple[Option, ...]
    warning: str = ""


def pilot_gone(
    actions: Sequence[ActionPart],
    pilot: str,
    *,
    month: int = 1,
    pause: int = 6,
    horizon: int = HORIZON,
    over: Iterable[str] = (),
) -> Event:
    """Replay « le pilote est parti » on a plan.

    Parameters
    ----------
    actions : sequence of ActionPart
    pilot : str
        As it is written in the actions.
    month : int
        Of the programme, in which the pilot leaves, >= 1.
    pause : int
        Months of suspension to try, >= 1.
    horizon : int
        Months of the programme.
    over : iterable of ids
        Actions that are finished or stopped: nothing touches them any more.

    Raises
    ------
    InputError
        Nobody of this name pilots anything that is still to do.
    """
    ended = {*over, *_finished(actions, month, horizon)}
    touched = [one for one in actions if one.pilot.strip() == pilot.strip() and one.id not in ended]
    if not touched or not pilot.strip():
        raise InputError(
            f"« {pilot} » ne pilote plus aucune action à mener ; attendu : le nom d’un pilote du programme. "
            "Choisissez-le dans les fiches actions."
        )
    delays = _if_paused(actions, touched, month, pause, horizon)
    names = listing([f"« {one.title} »" for one in touched])
    time = sum(one.half_days for one in touched)
    return Event(
        f"Le pilote est parti : {pilot}",
        f"{count(len(touched), 'action')} sans pilote : {names}.",
        tuple(one.id for one in touched),
        delays,
        0.0,
        (
            Option(
                "copilot", "Trouver un co-pilote",
                "Le calendrier tient si la reprise se fait vite. Nommez qui, avant quand.",
            ),
            Option("suspend", f"Suspendre {count(pause, 'mois', 'mois')}", _delay_told(delays, horizon)),
            Option(
                "lighten", "Alléger",
                "Gardez les étapes que les partenaires peuvent tenir. Dites ce qui est abandonné.",
            ),
        ),
        "Le coordonnateur ne reprend pas ces actions d’office. "
        + (f"Elles lui prennent déjà {fr(time)} demi-journées par mois. " if time else "")
        + "S’il les pilotait, le comité de pilotage devrait le décider et dire ce qu’il cesse de faire.",
    )  # fmt: skip


def credit_refused(
    actions: Sequence[ActionPart],
    funder: str,
    *,
    name: str = "",
    month: int = 1,
    pause: int = 12,
    horizon: int = HORIZON,
    only: Iterable[str] | None = None,
    post: Sequence[float] = (),
) -> Event:
    """Replay « le crédit est refusé » on a plan: from the year of `month` on, this funder pays nothing.

    Parameters
    ----------
    actions : sequence of ActionPart
    funder : str
        Id, as in the shares.
    name : str
        Of the funder, in French; its id by default.
    month, pause, horizon : int
        As in `pilot_gone`.
    only : iterable of ids, optional
        Actions whose credit is refused; all by default.
    post : sequence of float
        Euros by year that this funder brings to the coordinator's post.

    Raises
    ------
    InputError
        This funder pays nothing from that year on.
    """
    year = (month - 1) // 12
    kept = None if only is None else set(only)
    lost = {
        one.id: float(sum(one.shares.get(funder, ())[year:]))
        for one in actions
        if kept is None or one.id in kept
    }
    touched = [one for one in actions if lost.get(one.id, 0) > 0]
    called, of_post = name or funder, float(sum(post[year:]))
    if not touched and not of_post:
        raise InputError(
            f"« {called} » ne paie rien à partir de l’année {year + 1} ; attendu : un financeur du plan. "
            "Choisissez-en un autre, ou une année plus tôt."
        )
    gap = sum(lost.values()) + of_post
    holes = {f"« {one.title} »": lost[one.id] for one in touched}
    if of_post:
        holes["le poste de coordination"] = of_post
    ended = _finished(actions, month, horizon)
    delays = _if_paused(actions, [one for one in touched if one.id not in ended], month, pause, horizon)
    names = listing([f"{named} ({fr(euros, 0, unit='€')})" for named, euros in holes.items()])
    return Event(
        f"Le crédit est refusé : {called}",
        f"Il manque {fr(gap, 0, unit='€')} : {names}.",
        tuple(one.id for one in touched),
        delays,
        gap,
        (
            Option(
                "funder", "Chercher un autre financeur",
                f"Il faut {fr(gap, 0, unit='€')}, avec une réponse datée. Vérifiez ses règles.",
            ),
            Option(
                "lighten", "Alléger",
                f"Réduisez les coûts de {fr(gap, 0, unit='€')} ; dites quelles étapes partent.",
            ),
            Option("suspend", f"Suspendre {count(pause, 'mois', 'mois')}", _delay_told(delays, horizon)),
            Option(
                "own", "Demander à la structure porteuse",
                f"Sa part monte de {fr(gap, 0, unit='€')} : c’est un vote, pas une ligne.",
            ),
        ),
        "Le coordonnateur ne comble pas le manque avec son temps sans décision du comité de pilotage.",
    )  # fmt: skip


def _finished(actions: Sequence[ActionPart], month: int, horizon: int) -> set[str]:
    ends = calendar(actions, horizon=horizon).table["end"]
    return {str(identifier) for identifier, end in ends.items() if not pd.isna(end) and end < month}


class _Timed(NamedTuple):
    """An action moved in time."""

    id: str
    title: str
    start: int | None
    months: int | None
    after: Sequence[str]
    half_days: float


def _if_paused(
    actions: Sequence[ActionPart], touched: Sequence[ActionPart], month: int, pause: int, horizon: int
) -> pd.DataFrame:
    """Return who moves when some actions stop for a while: those begun last longer, others start later."""
    before = calendar(actions, horizon=horizon).table
    paused = {one.id for one in touched}
    starts: dict[str, Any] = dict(zip(before.index, before["start"], strict=True))
    moved = []
    for one in actions:
        start, months = starts[one.id], one.months
        if pd.isna(start) or months is None:
            moved.append(_Timed(one.id, one.title, one.start, months, one.after, one.half_days))
            continue
        first = int(start)
        if one.id in paused:
            first, months = (first, months + pause) if first < month else (max(first, month + pause), months)
        moved.append(_Timed(one.id, one.title, first, months, one.after, one.half_days))
    # A long pause may push an action past what a calendar accepts: it is told at the last month that fits.
    after = calendar([_within(one) for one in moved], horizon=horizon).table
    both = before[["title", "start", "end"]].assign(new_start=after["start"], new_end=after["end"])
    changed = (both["new_start"] != both["start"]) | (both["new_end"] != both["end"])
    return both[changed.fillna(value=False)]


def _within(action: _Timed) -> _Timed:
    start = None if action.start is None else min(action.start, LONGEST)
    return action._replace(start=start, months=None if action.months is None else min(action.months, LONGEST))


def _delay_told(delays: pd.DataFrame, horizon: int) -> str:
    if delays.empty:
        return "Aucune autre action ne bouge."
    outside = int((delays["new_end"] > horizon).sum())
    told = f"{count(len(delays), 'action')} {'bougent' if len(delays) > 1 else 'bouge'} au calendrier"
    if outside:
        return f"{told}, dont {outside} au-delà de la fin du programme."
    return f"{told}, et {'toutes finissent' if len(delays) > 1 else 'elle finit'} dans le programme."
