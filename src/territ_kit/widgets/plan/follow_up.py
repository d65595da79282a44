"""« Suivi »: where each action stands at a meeting, what to decide, and events replayed."""

from __future__ import annotations

from typing import Any

from territ_kit.dossier import ACTIONS, FOLLOW_UP, FUNDERS, Action, Dossier, State
from territ_kit.errors import InputError
from territ_kit.french import fr
from territ_kit.planning.events import Event, credit_refused, pilot_gone
from territ_kit.planning.follow_up import STATES, board
from territ_kit.planning.programme import Calendar, month_name
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.plan.parts import NO_ACTION, dated, figure, kept
from territ_kit.widgets.steps.asker import Asker, choice, number, text
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.task import Task

_MEETINGS = "Les réunions du COPIL"
_SHOWN_AT_ONCE = 8
_POST_ONLY = "Seul le poste est touché : corrigez sa part dans « Le budget et les cofinancements »."
PILOT, CREDIT = "pilote", "credit"


class FollowUp(Task):
    """The board of one meeting, an action at a time."""

    id = "suivi"
    label = "Où en sommes-nous ? Le suivi, COPIL après COPIL"
    lead = "Dites l’état de chaque action. La page dresse ce que le comité de pilotage (COPIL) doit décider."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.meeting, self.chosen, self.event = 0, "", ""
        self.menu = Asker(title="Les actions", level=2)
        self.menu.on_change(self._turn)
        self.menu.on_action(lambda _action: self._next())
        self.editor = Asker(level=3)
        self.editor.on_change(self._save)
        self.what_if = Asker(title="Et si… ?", level=2)
        self.what_if.on_change(self._replay)
        self.what_if.on_action(lambda _action: self._happened())
        self.words, self.told = Fragment(live=True), Fragment(live=True)
        forms = box("t-deux", self.menu, self.editor)
        self.view = box("t-pile", forms, self.words, self.what_if, self.told)

    @property
    def month(self) -> int:
        """The month of the programme in which the meeting is held."""
        programme = self.desk.dossier.programme
        return min(self.meeting * programme.meeting_every, 12 * programme.years)

    def show(self) -> None:
        """Follow the dossier."""
        dossier = self.desk.dossier
        self.actions = kept(dossier)
        last = max((state.meeting for state in FOLLOW_UP.of(dossier)), default=1)
        self.meeting = self.meeting or last
        names = {one.id: one.title for one in self.actions}
        if self.chosen not in names:
            self.chosen = next(iter(names), "")
        for form in (self.editor, self.what_if, self.told):
            form.layout.display = None if names else "none"
        if not names:
            self.menu.ask([], {})
            self.menu.status, self.menu.actions = NO_ACTION, []
            self.words.show("plan_follow", **_NOTHING)
            return
        plan = dated(dossier.programme, self.actions)
        found = board(
            self.actions,
            FOLLOW_UP.of(dossier),
            self.meeting,
            plan=plan if isinstance(plan, Calendar) else None,
            month=self.month,
        )
        self._ask(found.table, names, last)
        when = month_name(self.month, dossier.programme.start_year)
        rows = [
            {**row, "state": STATES[row["state"]]} for row in found.table.reset_index().to_dict("records")
        ]
        decide = found.to_decide["sentence"].tolist()
        self.words.show(
            "plan_follow", meeting=self.meeting, when=when, summary=found.summary(), decide=decide[:12],
            others=max(len(decide) - 12, 0), rows=rows,
        )  # fmt: skip
        self._show_event()

    def _ask(self, table: Any, names: dict[str, str], last: int) -> None:
        said = {one: f"{title} ({STATES[table.loc[one, 'state']]})" for one, title in names.items()}
        spec = [
            choice("action", f"COPIL n° {self.meeting}", said)
            | {"size": min(max(len(said), 2), _SHOWN_AT_ONCE)}
        ]
        every = number("every", "Un COPIL tous les", unit="mois", advanced=_MEETINGS)
        values: dict[str, Any] = {"action": self.chosen, "every": self.desk.dossier.programme.meeting_every}
        if last > 1 or self.meeting > 1:
            meetings = {str(one): f"COPIL n° {one}" for one in range(1, max(last, self.meeting) + 1)}
            spec.append(choice("meeting", "Revoir", meetings, advanced=_MEETINGS))
            values["meeting"] = str(self.meeting)
        self.menu.ask([*spec, every], values)
        self.menu.status = ""
        label = f"Ouvrir le COPIL n° {max(last, self.meeting) + 1}"
        told = any(state.meeting == self.meeting for state in FOLLOW_UP.of(self.desk.dossier))
        self.menu.actions = [{"id": "next", "label": label, "primary": False}] if told else []
        row = table.loc[self.chosen]
        self.editor.title = names[self.chosen]
        self.editor.ask(
            [
                choice("state", "État", {name: words.capitalize() for name, words in STATES.items()}),
                text("cause", "Pourquoi ?", length=300),
                text("decision", "Ce que décide le COPIL", lines=2, length=500),
                text("next_date", "Pour quand ?", length=100),
                text("who", "Qui s’en charge ?", length=200),
            ],
            {name: row[name] for name in ("state", "cause", "decision", "next_date", "who")},
        )

    def _turn(self, values: dict[str, Any]) -> None:
        self.chosen = values["action"] or self.chosen
        self.meeting = int(values.get("meeting") or self.meeting)
        every = figure("Un COPIL tous les", values["every"], low=1, high=12, whole=True)
        if every and every != self.desk.dossier.programme.meeting_every:
            self.desk.set("programme", meeting_every=int(every))
        else:
            self.desk.tell("")

    def _next(self) -> None:
        last = max((state.meeting for state in FOLLOW_UP.of(self.desk.dossier)), default=1)
        self.meeting = max(last, self.meeting) + 1
        self.desk.tell("Un nouveau COPIL s’ouvre : chaque action garde l’état du précédent.")
        self.menu.focus = "next"

    def _save(self, values: dict[str, Any]) -> None:
        words = {name: values[name] or "" for name in ("cause", "decision", "next_date", "who")}
        state = values["state"] or "not_started"
        action, meeting = self.chosen, self.meeting
        self.desk.change(lambda dossier: _said(dossier, action, meeting, state=state, **words))

    # -- events

    def _events(self) -> dict[str, str]:
        pilots = dict.fromkeys(one.pilot for one in self.actions if one.pilot.strip())
        paying = {funder for one in self.actions for funder, shares in one.shares.items() if any(shares)}
        paying |= set(self.desk.dossier.programme.post_shares)
        events = {f"{PILOT}:{pilot}": f"Le pilote est parti : {pilot}" for pilot in pilots}
        events |= {
            f"{CREDIT}:{one.id}": f"Le crédit est refusé : {one.name}"
            for one in FUNDERS.of(self.desk.dossier)
            if one.id in paying
        }
        return events

    def _show_event(self) -> None:
        events = self._events()
        self.event = self.event if self.event in events else ""
        options = {"": "Choisir un événement…", **events}
        self.what_if.ask([choice("event", "Événement à rejouer", options)], {"event": self.event})
        found = self._played() if self.event else None
        happened = {"id": "happened", "label": "C’est arrivé : l’inscrire au COPIL", "primary": False}
        touched = isinstance(found, Event) and bool(found.touched)
        self.what_if.actions = [happened] if touched else []
        self.what_if.status = found if isinstance(found, str) else "" if touched or not found else _POST_ONLY
        self.told.layout.display = None if isinstance(found, Event) else "none"
        if isinstance(found, Event):
            delays = [
                f"{row['title']} : fin au mois {row['new_end']} au lieu du mois {row['end']}"
                for _, row in found.delays.head(8).iterrows()
            ]
            gap = fr(found.gap_eur, 0, unit="€") if found.gap_eur else ""
            self.told.show("plan_event", event=found, delays=delays, gap=gap)

    def _played(self) -> Event | str:
        """Return what the event does, or why it touches nothing."""
        kind, _, name = self.event.partition(":")
        horizon = 12 * self.desk.dossier.programme.years
        over = [one for one, state in self._states().items() if state in {"done", "stopped"}]
        try:
            if kind == PILOT:
                return pilot_gone(self.actions, name, month=self.month, horizon=horizon, over=over)
            funder = FUNDERS.find(self.desk.dossier, name)
            called = funder.name if funder else name
            yearly = self.desk.dossier.programme.post_shares.get(name, 0.0)
            post = [yearly] * self.desk.dossier.programme.years
            return credit_refused(
                self.actions, name, name=called, month=self.month, horizon=horizon, post=post
            )
        except InputError as error:
            return str(error)

    def _states(self) -> dict[str, str]:
        table = board(self.actions, FOLLOW_UP.of(self.desk.dossier), self.meeting).table
        return dict(zip(table.index, table["state"], strict=True))

    def _replay(self, values: dict[str, Any]) -> None:
        self.event = values["event"] or ""
        self.desk.tell("")

    def _happened(self) -> None:
        """Write the event in the dossier: who is late and why, no pilot any more or no share from now on."""
        found = self._played()
        if not isinstance(found, Event):
            return
        kind, _, name = self.event.partition(":")
        meeting, year = self.meeting, (self.month - 1) // 12

        def change(dossier: Dossier) -> Dossier:
            for identifier in found.touched:
                dossier = ACTIONS.change(dossier, identifier, lambda one: _struck(one, kind, name, year))
                dossier = _said(dossier, identifier, meeting, state="late", cause=found.title)
            return dossier

        self.event = ""
        self.desk.change(
            change,
            "L’événement est inscrit, vous pouvez annuler. Une part du poste se corrige dans le budget.",
        )


_NOTHING = {"meeting": 1, "when": "", "summary": "", "decide": [], "others": 0, "rows": []}


def _struck(action: Action, kind: str, name: str, year: int) -> Action:
    if kind == PILOT:
        return action.but(pilot="")
    paid = tuple(share if place < year else 0.0 for place, share in enumerate(action.shares.get(name, ())))
    rest = {funder: shares for funder, shares in action.shares.items() if funder != name}
    return action.but(shares={**rest, name: paid} if any(paid) else rest)


def _said(dossier: Dossier, action: str, meeting: int, **words: Any) -> Dossier:
    """Return the dossier with what is said of an action at a meeting."""
    there = next(
        (one for one in FOLLOW_UP.of(dossier) if one.action == action and one.meeting == meeting), None
    )
    if there is None:
        identifier = FOLLOW_UP.new_id(dossier, f"{action} copil {meeting}")
        there = State(id=identifier, action=action, meeting=meeting)
    return FOLLOW_UP.put(dossier, there.but(**words))
