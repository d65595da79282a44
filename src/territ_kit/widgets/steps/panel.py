"""The board of a step: which territory, which task, what is saved, and the task itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from territ_kit.dossier.worked import STEPS, empty_steps, fill, worked
from territ_kit.french import fr, listing
from territ_kit.territory import list_cases
from territ_kit.widgets.form import Form
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.steps.asker import Asker, choice
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.task import Task
from territ_kit.workspace import Workspace

Choices = dict[str, Any]
UNDO = {"id": "undo", "label": "Annuler la dernière action", "primary": False}
FILL = {"id": "fill", "label": "Partir du dossier d’exemple", "primary": True}


class Board:
    """The page of one step.

    `changed(choices)` follows each choice of a territory or a task, so that the page can be found again.

    Parameters
    ----------
    step : str
        Name of the step's part in the dossier: diagnosis, consultation, prioritisation, programme.
    tasks : sequence of Task classes
        Built when they are first shown.
    """

    def __init__(self, step: str, tasks: Sequence[type[Task]], case: str, *, alone: bool = False) -> None:
        self.step, self.kinds = step, {task.id: task for task in tasks}
        self.changed: Callable[[Choices], None] = lambda _choices: None
        self.desk, self.cases = Desk(case), list_cases()
        self.tasks: dict[str, Task] = {}
        self.task = next(iter(self.kinds))
        self.banner, self.lead = Fragment(), Fragment(live=True)
        self.choice = Asker(css_class="t-sobre t-cote")
        self.bar = Form(css_class="t-sobre t-barre-dossier")
        self.start = Form(css_class="t-carte--sable")
        self.stage = box("t-pile")
        self.view = box("t-pile", *(() if alone else (self.banner, self.choice)), self.lead, self.bar,
                        self.start, self.stage)  # fmt: skip
        self.desk.followers.append(self.show)
        self.choice.on_change(self._follow)
        self.bar.on_action(lambda _action: self._undo())
        self.start.on_action(lambda _action: self._fill())
        self.show()

    @property
    def choices(self) -> Choices:
        """The territory and the task on the page."""
        return {"case": self.desk.territory.id, "task": self.task}

    def keep_in(self, workspace: Workspace) -> None:
        """Work in a person's folder."""
        self.desk.keep_in(workspace)

    def restore(self, kept: Choices) -> None:
        """Put back choices kept from an earlier visit, those that still make sense."""
        if kept.get("task") in self.kinds:
            self.task = kept["task"]
        case = kept.get("case")
        if isinstance(case, str) and case != self.desk.territory.id and case in self.cases:
            self._open(case)
        self.show()

    def show(self) -> None:
        """Follow the dossier."""
        territory, kind = self.desk.territory, self.kinds[self.task]
        if self.task not in self.tasks:
            self.tasks[self.task] = kind(self.desk)
            self.stage.children = tuple(task.view for task in self.tasks.values())
        self.banner.show("banner", territory=territory, people=fr(territory.population))
        self.choice.ask(
            [
                choice("case", "Territoire", self.cases),
                choice("task", "Votre tâche", {name: task.label for name, task in self.kinds.items()}),
            ],
            self.choices,
        )
        self.lead.show("lead", text=kind.lead)
        self.bar.status = self.desk.said
        self.bar.actions = [UNDO] if self.desk.undoable else []
        self._offer_the_example()
        for name, task in self.tasks.items():
            task.view.layout.display = None if name == self.task else "none"
        self.tasks[self.task].show()

    def _follow(self, chosen: Choices) -> None:
        self.task = chosen["task"] or self.task
        if chosen["case"] and chosen["case"] != self.desk.territory.id:
            self._open(chosen["case"])
        self.desk.tell("")
        self.changed(self.choices)

    def _undo(self) -> None:
        self.desk.undo()

    def _open(self, case: str) -> None:
        self.tasks, self.stage.children = {}, ()
        self.desk.open(case)

    @property
    def _empty(self) -> list[str]:
        """The steps up to this one of which nothing is written yet, when a worked dossier could fill them."""
        if worked(self.desk.territory.id) is None:
            return []
        upto = list(STEPS)[: list(STEPS).index(self.step) + 1]
        return [name for name in empty_steps(self.desk.dossier) if name in upto]

    def _offer_the_example(self) -> None:
        empty = self._empty
        self.start.layout.display = None if empty else "none"
        if empty:
            said = listing([f"« {STEPS[name]} »" for name in empty])
            here = self.step in empty
            self.start.title = "Rien n’est encore écrit ici" if here else "Il manque des étapes"
            self.start.status = (
                f"Votre dossier n’a rien pour {said}. Continuez ainsi, ou partez du dossier d’exemple : "
                "il remplit seulement ce qui est vide, et vous pourrez annuler."
            )
            self.start.actions = [FILL]

    def _fill(self) -> None:
        example, empty = worked(self.desk.territory.id), self._empty
        if example:
            said = "Le dossier d’exemple est repris."
            self.desk.change(lambda dossier: fill(dossier, example, empty), said)
