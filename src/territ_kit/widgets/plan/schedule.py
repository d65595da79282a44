"""« Calendrier »: when each action runs, and what the coordinator can bear."""

from __future__ import annotations

from typing import Any

from territ_kit.charts.calendar import CalendarChart
from territ_kit.charts.workload import WorkloadChart
from territ_kit.dossier import ACTIONS, Action
from territ_kit.planning.programme import Calendar, calendar
from territ_kit.planning.workload import HALF_DAYS_PER_FTE, Workload, workload
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.plan.parts import NO_ACTION, dated, figure, kept, known, titles
from territ_kit.widgets.steps.asker import Asker, choice, number
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.drawing import Build, Drawing, Drawn
from territ_kit.widgets.steps.task import Task

_WAITS = "Ce qu’il faut finir avant"
_POST = "Le poste de coordination"


class Schedule(Task):
    """One action at a time, the calendar and the workload beside it."""

    id = "calendrier"
    label = "Quand ? Le calendrier et la charge du coordonnateur"
    lead = "Placez chaque action, dites ce qu’elle attend, et regardez si le poste suffit."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.chosen = ""
        self.form = Asker(title="Une action", css_class="t-colle")
        self.form.on_change(self._follow)
        self.words = Fragment(live=True)
        banner = desk.territory.banner
        self.figure = Drawing(self._draw_calendar, banner=banner)
        self.load_figure = Drawing(self._draw_load, banner=banner)
        results = box("t-pile", self.words, self.figure, self.load_figure)
        self.view = box("t-grille", self.form, results)
        self._shown: object = None

    def show(self) -> None:
        """Follow the dossier."""
        programme, actions = self.desk.dossier.programme, kept(self.desk.dossier)
        self.plan = dated(programme, actions)
        self.load: Workload | None = None
        if isinstance(self.plan, Calendar) and actions:
            self.load = workload(
                self.plan,
                {one.id: one.half_days for one in actions},
                fte=programme.fte,
                half_days_per_fte=programme.half_days_per_fte,
                running=programme.running,
            )
        self._ask()
        self.words.show("plan_calendar", **self._told(actions))
        shown = (
            programme.start_year, programme.years, programme.fte, programme.half_days_per_fte,
            programme.running,
            [(one.id, one.title, one.start, one.months, one.after, one.half_days) for one in actions],
        )  # fmt: skip
        if shown != self._shown:
            self._shown = shown
            self.figure.refresh()
            self.load_figure.refresh()

    def _told(self, actions: list[Action]) -> dict[str, Any]:
        if not actions:
            return {"empty": NO_ACTION, "refused": "", "notes": [], "summary": ""}
        if isinstance(self.plan, str):
            return {"empty": "", "refused": self.plan, "notes": [], "summary": ""}
        summary = self.load.summary() if self.load else ""
        notes = self.plan.notes["sentence"].tolist()
        return {"empty": "", "refused": "", "notes": notes, "summary": summary}

    def _ask(self) -> None:
        programme, actions = self.desk.dossier.programme, ACTIONS.of(self.desk.dossier)
        names = titles(actions)
        if self.chosen not in names:
            self.chosen = next(iter(names), "")
        action = ACTIONS.find(self.desk.dossier, self.chosen)
        spec, values = [], {}
        if action:
            others = {one: said for one, said in names.items() if one != self.chosen}
            spec = [
                choice("action", "Action", names),
                number("start", "Premier mois", hint="Vide : dès que possible."),
                number("months", "Durée", unit="mois"),
                number("half_days", "Temps du coordonnateur", unit="demi-journées par mois"),
            ]
            values = {"action": self.chosen} | {
                name: getattr(action, name) for name in ("start", "months", "half_days")
            }
            if others:
                spec.append(
                    choice("after", "Elle attend la fin de", others, kind="checkbox", advanced=_WAITS)
                )
                values["after"] = [one for one in action.after if one in others]
        hint = f"Hypothèse pédagogique : {HALF_DAYS_PER_FTE:.0f}."
        spec += [
            number("fte", "Poste", unit="ETP", hint="0,5 pour un mi-temps.", advanced=_POST),
            number("half_days_per_fte", "Demi-journées par mois d’un temps plein", hint=hint, advanced=_POST),
            number("running", "Demi-journées par mois pour les instances et le réseau", advanced=_POST),
        ]
        values |= {name: getattr(programme, name) for name in ("fte", "half_days_per_fte", "running")}
        self.form.ask(spec, values)

    def _draw_calendar(self, build: Build) -> Drawn | None:
        if isinstance(self.plan, str) or self.plan.table.empty:
            return None
        chart = build(CalendarChart)
        return chart.show(self.plan, start_year=self.desk.dossier.programme.start_year), chart.png

    def _draw_load(self, build: Build) -> Drawn | None:
        if self.load is None:
            return None
        chart = build(WorkloadChart)
        return chart.show(self.load, start_year=self.desk.dossier.programme.start_year), chart.png

    def _follow(self, values: dict[str, Any]) -> None:
        if "action" in values and values["action"] != self.chosen:
            self.chosen = values["action"] or ""
            self.form.status = ""
            self.desk.tell("")
            return
        programme = self.desk.dossier.programme
        fte = figure("Poste", values["fte"], high=5)
        per_fte = figure("Demi-journées d’un temps plein", values["half_days_per_fte"], low=1, high=60)
        running = figure("Instances et réseau", values["running"], high=60)
        post = {
            "fte": programme.fte if fte is None else fte,
            "half_days_per_fte": per_fte or HALF_DAYS_PER_FTE,
            "running": running or 0,
        }
        action = self._read(values)
        self.form.status = ""

        def change(dossier: Any) -> Any:
            dossier = ACTIONS.put(dossier, action) if action else dossier
            return dossier.but(programme=dossier.programme.but(**post))

        self.desk.change(change)

    def _read(self, values: dict[str, Any]) -> Action | None:
        """Return the action as it was filled; one that would wait in a circle is refused."""
        action = ACTIONS.find(self.desk.dossier, self.chosen)
        if not action:
            return None
        most = 12 * self.desk.dossier.programme.years
        start = figure("Premier mois", values["start"], low=1, high=most, whole=True)
        months = figure("Durée", values["months"], low=1, high=most, whole=True)
        time = figure("Temps du coordonnateur", values["half_days"], high=60)
        new = action.but(
            start=None if start is None else int(start),
            months=None if months is None else int(months),
            half_days=time or 0,
            after=tuple(values.get("after") or ()),
        )
        everyone = [new if one.id == new.id else one for one in ACTIONS.of(self.desk.dossier)]
        if new.after != action.after:
            calendar(known(everyone))
        return new
