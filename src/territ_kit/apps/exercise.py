"""The page of an exercise: every question, saved as it is answered."""

from __future__ import annotations

from IPython.display import display

from territ_kit.apps.visit import Visit
from territ_kit.course import files, prepare_assignment
from territ_kit.errors import TerritError
from territ_kit.widgets.exercise import ExercisePanel
from territ_kit.widgets.fragment import Fragment

DEFAULT = "02-observer"


def prepare() -> list[str]:
    """Return the assignments that exist: importing this module has done the slow part."""
    return sorted(path.parent.name for path in (files() / "exercises" / "source").glob("*/questions.toml"))


def page(assignments: list[str]) -> None:
    """Show the assignment that the address asks for, with the visitor's own answers."""
    visit = Visit.begin()
    asked = visit.arguments.get("devoir", DEFAULT)
    if asked not in assignments:
        said = f"L’exercice « {asked} » n’existe pas. Repartez du parcours : il y mène."
        display(Fragment().show("message", text=said))  # type: ignore[no-untyped-call] # IPython's
        return
    source = files() / "exercises" / "source" / asked
    try:
        panel = ExercisePanel(source, prepare_assignment(visit.workspace, source / "questions.toml"))
    except TerritError as error:
        display(Fragment().show("message", text=str(error)))  # type: ignore[no-untyped-call] # IPython's
        return
    display(panel.view)  # type: ignore[no-untyped-call] # IPython's
