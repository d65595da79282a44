"""Read the TOML sheets of a case: its story, its indicators, its people, its actions."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from territ_kit.errors import Fault

Text = Annotated[str, Field(min_length=1)]
Stance = Annotated[int, Field(ge=-3, le=3)]
Influence = Annotated[int, Field(ge=0, le=4)]


class Sheet(BaseModel):
    """A part of a TOML file; an unknown key is a fault, because it is usually a misspelt one."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class VoiceSheet(Sheet):
    """One voice."""

    role: Text
    kind: Literal["resident", "professional", "elected"]
    text: Text


class PressSheet(Sheet):
    """The press cutting."""

    title: Text
    text: Text


class CaseSheet(Sheet):
    """case.toml: the story and the texts."""

    name: Text
    short_name: Text
    code: Text
    departement: Text
    region: Text
    population: int = Field(ge=1)
    fictitious: bool
    banner: Text
    in_plain_words: Text
    priority: bool
    credits_per_head: float = Field(ge=0)
    story: Text
    email: Text
    event: Text
    debate: Text
    question: Text
    themes: dict[str, Text]
    press: PressSheet
    voices: list[VoiceSheet] = Field(min_length=1)


class IndicatorSheet(Sheet):
    """One indicator, its unit and its sentences."""

    label: Text
    short_label: Text
    unit: Text
    kind: Literal[
        "proportion",
        "crude_rate",
        "standardised_rate",
        "standardised_ratio",
        "life_expectancy",
        "level",
    ]
    per: Literal[1, 100, 1000, 100000]
    decimals: int = Field(ge=0, le=3)
    direction: Literal["higher_is_worse", "higher_is_better", "neutral"]
    theme: Text
    source: Text
    year: int = Field(ge=1990, le=2100)
    years: int = Field(1, ge=1)
    definition: Text
    shows: Text
    hides: Text
    threshold: float = float("nan")
    threshold_label: str = ""
    equal_age: str = ""
    role: Literal["", "income", "graduates", "workers", "unemployment"] = ""


class CatalogueSheet(Sheet):
    """catalogue.toml."""

    indicator: dict[str, IndicatorSheet]


class ActorSheet(Sheet):
    """One actor; power and interest from 0 to 1."""

    id: Text
    name: Text
    kind: Literal["elected", "institution", "professional", "coordinator", "resident", "state"]
    wants: Text
    red_line: Text
    brings: Text
    power: float = Field(ge=0, le=1)
    interest: float = Field(ge=0, le=1)


class ActionSheet(Sheet):
    """One action already under way."""

    id: Text
    title: Text
    theme: Text
    area: Text
    lead: Text
    public: Text
    place: Text
    schedule: Text
    people: int = Field(ge=0)
    state: Literal["running", "occasional", "announced"]


class ProjectSheet(Sheet):
    """One arrangement in place or in preparation."""

    id: Text
    kind: Text
    name: Text
    carrier: Text
    perimeter: list[Text] = Field(min_length=1)
    fte: float = Field(ge=0)
    status: Literal["running", "preparing"]
    note: Text


class ActorsSheet(Sheet):
    """actors.toml."""

    actor: list[ActorSheet]


class ActionsSheet(Sheet):
    """actions.toml."""

    action: list[ActionSheet]


class ProjectsSheet(Sheet):
    """projects.toml."""

    project: list[ProjectSheet]


class ObjectiveSheet(Sheet):
    """One objective that actors defend or oppose."""

    id: Text
    label: Text


class PositionsSheet(Sheet):
    """positions.toml: stances from −3 to 3 by objective, influences from 0 to 4 by actor."""

    objective: list[ObjectiveSheet]
    stances: dict[str, list[Stance]]
    influences: dict[str, list[Influence]]


# What pydantic found, said for people: (rule, remedy).
SAID = {
    "missing": ("Cette rubrique est attendue.", "Ajoutez-la."),
    "extra_forbidden": ("Cette rubrique n’est pas connue.", "Vérifiez son orthographe ou supprimez-la."),
    "string_too_short": ("Un texte est attendu.", "Complétez-le."),
    "string_type": ("Un texte est attendu.", "Écrivez-le entre guillemets droits."),
    "bool_type": ("Une réponse true ou false est attendue.", "Écrivez true ou false."),
    "bool_parsing": ("Une réponse true ou false est attendue.", "Écrivez true ou false."),
    "too_short": ("La liste ne peut pas être vide.", "Ajoutez au moins un élément."),
    "greater_than_equal": ("Le minimum est {ge:g}.", "Corrigez le nombre."),
    "less_than_equal": ("Le maximum est {le:g}.", "Corrigez le nombre."),
    "literal_error": ("Valeurs possibles : {expected}.", "Choisissez l’une d’elles."),
}
Kind = TypeVar("Kind", bound=Sheet)
NUMBER = ("Un nombre est attendu.", "Écrivez-le avec un point et sans guillemets.")
OTHER = ("La valeur n’a pas la forme attendue.", "Comparez-la avec un cas livré avec le kit.")


def read_sheet(path: Path, model: type[Kind], *, under: str = "") -> tuple[Kind | None, list[Fault]]:
    """Return a TOML file as a sheet, or None, and its faults; `under` names the key that holds it all."""
    try:
        content: Any = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None, [
            Fault(path.name, "", "", "", "Ce fichier est attendu.", "Ajoutez-le au dossier du cas.")
        ]
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        rule = "Le fichier suit la syntaxe TOML, en UTF-8."
        return None, [Fault(path.name, "", "", str(error), rule, "Corrigez cette ligne.")]
    try:
        return model.model_validate({under: content} if under else content), []
    except ValidationError as errors:
        return None, [_fault(path.name, error, under) for error in errors.errors()]


def _fault(file: str, error: Any, under: str) -> Fault:
    kind, where = error["type"], list(error["loc"])[bool(under) :]
    rule, remedy = SAID.get(kind, NUMBER if "int" in kind or "float" in kind else OTHER)
    rule = rule.format(**error.get("ctx", {})).replace(" or ", " ou ").replace("'', ", "").replace("'", "")
    value = "" if kind == "missing" else str(error["input"])[:60]
    row = ", ".join(str(part + 1) if isinstance(part, int) else str(part) for part in where[:-1])
    column = str(where[-1]) if where else ""
    return Fault(file, row, column, value, rule, remedy)
