"""The course map and the manifest of each module."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from territ_kit.course.files import files
from territ_kit.errors import CourseError, Fault


class Strict(BaseModel):
    """Refuse a key that nobody reads: it is a spelling mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sequence(Strict):
    """One sequence of a session, as the trainer runs it."""

    title: str
    minutes: int = Field(gt=0)
    form: Literal["tour de positions", "petits groupes", "plénière", "exposé", "débat", "individuel"]
    start: Literal["vécu des participants", "cas", "apport"]
    speaks: str
    produces: str
    screen: bool = False
    paper: str = ""


class Module(Strict):
    """What `modules/NN-name/module.toml` holds."""

    id: str = Field(pattern=r"^\d\d-[a-z-]+$")
    title: str
    plain: str  # the « en clair » line: at most 20 words, no acronym
    course_objectives: list[int]
    objectives: list[str]
    skills: dict[str, str]
    audience: list[str]
    material: list[str] = []
    sequences: list[Sequence]
    notebook: str = ""
    app: str = ""
    assignment: str = ""
    case: str = ""

    @property
    def minutes(self) -> int:
        """Minutes of the whole session."""
        return sum(sequence.minutes for sequence in self.sequences)


class Step(Strict):
    """A line of the course map; `module` is there once the module is written."""

    number: str
    title: str
    lead: str
    group: str
    dossier_step: int = 0
    module: Module | None = None


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(
            f"« {path.name} » ne peut pas être lu ({error}). Un fichier TOML en UTF-8 est attendu. "
            "Corrigez-le ou reprenez la version d’origine."
        ) from error


def load_module(path: Path) -> Module:
    """Read one `module.toml`.

    Raises
    ------
    CourseError
        With every fault of the file at once.
    """
    try:
        return Module.model_validate(_read(path))
    except ValidationError as error:
        faults = [
            Fault(
                path.name,
                "",
                ".".join(map(str, e["loc"])),
                str(e.get("input", "")),
                e["msg"],
                "Corrigez ce champ.",
            )
            for e in error.errors()
        ]
        raise CourseError(
            f"« {path.parent.name}/{path.name} » a {len(faults)} champ(s) à corriger : "
            + " ; ".join(f"{f.column} ({f.rule})" for f in faults),
            faults,
        ) from error


def load_course() -> list[Step]:
    """Return the course map in order, each step with its module when it is written."""
    folder = files() / "modules"
    written = {
        path.parent.name[:2]: load_module(path) for path in sorted(folder.glob("[0-9][0-9]-*/module.toml"))
    }
    lines = _read(folder / "parcours.toml")["step"]
    if not isinstance(lines, list):
        raise CourseError(
            "« parcours.toml » doit contenir une liste [[step]]. Reprenez la version d’origine."
        )
    return [Step(**line, module=written.get(line["number"])) for line in lines]
