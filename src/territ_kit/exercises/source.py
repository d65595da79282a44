"""Reading the trainer's files (TOML): every fault is said at once, in French."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from territ_kit.errors import CourseError, Fault

Model = TypeVar("Model", bound=BaseModel)

_KINDS = ("choice", "number", "ranking", "allocation", "grid", "placement", "text")
_A_KIND = f"{', '.join(_KINDS[:-1])} ou {_KINDS[-1]}"
_RULES = {
    "missing": ("ce champ est obligatoire", "Ajoutez-le."),
    "extra_forbidden": ("ce champ n’existe pas", "Retirez-le, ou corrigez son nom."),
    "string_pattern_mismatch": (
        "minuscules sans accent, chiffres et tirets",
        "Corrigez l’identifiant, par exemple « q1 ».",
    ),
    "string_too_short": ("un texte", "Écrivez-le."),
    "too_short": ("il faut plus d’éléments", "Complétez la liste."),
    "union_tag_invalid": (_A_KIND, "Corrigez « kind »."),
    "union_tag_not_found": (_A_KIND, "Ajoutez « kind »."),
}
_OTHERWISE = ("une valeur de la forme décrite dans le mode d’emploi", "Relisez exercises/LISEZMOI.md.")


def read_source(path: Path, model: type[Model]) -> Model:
    """Read a TOML file as a model.

    Raises
    ------
    CourseError
        The file is missing, is not TOML, or breaks the format; every fault is listed.
    """
    content = read_toml(path)
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise broken_source(path, validation_faults(path, error)) from error


def read_toml(path: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises
    ------
    CourseError
        The file is missing or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(
            f"Le fichier « {path} » ne peut pas être lu. "
            "Le kit attendait un fichier texte en UTF-8. Vérifiez son nom et son encodage."
        ) from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f" à la ligne {line[1]}" if line else ""
        raise CourseError(
            f"Le fichier « {path} » n’est pas écrit correctement{where}. "
            "Le kit attendait du TOML : « nom = valeur », textes entre guillemets. Corrigez cette ligne."
        ) from error


def validation_faults(path: Path, error: ValidationError, inside: str = "") -> list[Fault]:
    """Say each fault found by pydantic in French; `inside` is the part of the file that was read."""
    found = []
    items = error.errors(include_url=False)
    for item in items:
        if item["type"] == "too_short" and any(_is_inside(other["loc"], item["loc"]) for other in items):
            continue  # pydantic counts a list as empty when its elements are at fault
        rule, remedy = _RULES.get(item["type"], _OTHERWISE)
        if item["type"] == "literal_error":
            rule = item["ctx"]["expected"].replace(" or ", " ou ")
            remedy = "Choisissez une de ces valeurs."
        if item["type"] == "value_error":
            rule, remedy = str(item["ctx"]["error"]), "Corrigez ce passage."
        steps = _steps(item["loc"], ends_with_field=item["type"] != "value_error")
        row, column = ".".join(steps[:-1]), steps[-1] if steps else ""
        value = "" if item["type"] == "missing" else str(item["input"])[:60]
        found.append(Fault(path.name, ".".join(filter(None, [inside, row])), column, value, rule, remedy))
    return found


def _steps(place: tuple[str | int, ...], *, ends_with_field: bool) -> list[str]:
    """Return the place of a fault as the trainer counts, without the kind that pydantic adds."""
    kept = [
        step
        for i, step in enumerate(place)
        if step not in _KINDS
        or (i > 0 and not isinstance(place[i - 1], int))
        or (i == len(place) - 1 and ends_with_field)
    ]
    return [str(step + 1) if isinstance(step, int) else step for step in kept]


def _is_inside(place: tuple[str | int, ...], outer: tuple[str | int, ...]) -> bool:
    return len(place) > len(outer) and place[: len(outer)] == outer


def broken_source(path: Path, faults: list[Fault]) -> CourseError:
    """Return the error that lists the faults of one file."""
    lines = [
        f"- {fault.row or 'fichier'}, {fault.column} : attendu : {fault.rule}. {fault.remedy}"
        for fault in faults
    ]
    return CourseError("\n".join([f"Le fichier « {path} » compte {len(faults)} faute(s).", *lines]), faults)
