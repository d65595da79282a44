"""The course map and the manifest of each module."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from territ_kit.course.files import files
from territ_kit.exercises.question import Data
from territ_kit.exercises.source import read_source


class Sequence(Data):
    """One sequence of a session, as the trainer runs it."""

    title: str
    minutes: int = Field(gt=0)
    form: Literal["tour de positions", "petits groupes", "plénière", "exposé", "débat", "individuel"]
    start: Literal["vécu des participants", "cas", "apport"]
    speaks: str
    produces: str
    screen: bool = False
    paper: str = ""


class Module(Data):
    """What `modules/NN-name/module.toml` holds."""

    id: str = Field(pattern=r"^\d\d-[a-z-]+$")
    title: str
    plain: str  # the « en clair » line: at most 20 words, no acronym
    course_objectives: list[int]
    objectives: list[str]
    skills: dict[str, str]
    audience: list[str]
    material: list[str] = Field(default_factory=list)
    sequences: list[Sequence]
    notebooks: list[str] = Field(default_factory=list)  # one a case, the first is the main one
    app: str = ""
    assignment: str = ""
    cases: list[str] = Field(default_factory=list)  # the first is the main one

    @property
    def minutes(self) -> int:
        """Minutes of the whole session."""
        return sum(sequence.minutes for sequence in self.sequences)


class Step(Data):
    """A line of the course map; `module` is there once the module is written."""

    number: str
    title: str
    lead: str
    group: str
    dossier_step: int = 0
    module: Module | None = None


class CourseMap(Data):
    """What `modules/parcours.toml` holds."""

    step: list[Step]


def load_module(path: Path) -> Module:
    """Read one `module.toml`.

    Raises
    ------
    CourseError
        With every fault of the file at once.
    """
    return read_source(path, Module)


def load_course() -> list[Step]:
    """Return the course map in order, each step with its module when it is written.

    Raises
    ------
    CourseError
        The map or a module cannot be read or breaks its format.
    """
    folder = files() / "modules"
    written = {
        path.parent.name[:2]: load_module(path) for path in sorted(folder.glob("[0-9][0-9]-*/module.toml"))
    }
    steps = read_source(folder / "parcours.toml", CourseMap).step
    return [step.model_copy(update={"module": written.get(step.number)}) for step in steps]
