"""The page of an exercise: every question, saved as it is answered."""

from __future__ import annotations

from IPython.display import display

from territ_kit.apps.visit import Visit
from territ_kit.course import files, prepare_assignment
from territ_kit.errors import TerritError
from territ_kit.exercises.question import load_assignment
from territ_kit.widgets.exercise import ExercisePanel
from territ_kit.widgets.fragment import Fragment

DEFAULT = "02-observer"


def prepare() -> dict[str, str]:
    """Return the title of each assignment by id: importing this module has done the slow part."""
    sources = sorted((files() / "exercises" / "source").glob("*/questions.toml"))
    return {path.parent.name: load_assignment(path).title for path in sources}


def page(assignments: dict[str, str]) -> None:
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
    others = {name: title for name, title in assignments.items() if name != asked}
    if others:
        display(Fragment().show("exercises", others=others))  # type: ignore[no-untyped-call] # IPython's
    display(panel.view)  # type: ignore[no-untyped-call] # IPython's
