"""What every part of the dossier is: unchanging, checked at the door, its faults said in French."""

from __future__ import annotations

from typing import Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from territ_kit.errors import DossierError, Fault
from territ_kit.territory.case_sheets import NUMBER, SAID

_A_DATE = ("Une date et une heure avec leur fuseau sont attendues.", "Écrivez « 2026-03-05T14:30:00Z ».")
_SAID = SAID | {
    "string_too_long": ("{max_length} caractères au plus sont attendus.", "Raccourcissez ce texte."),
    "listed_twice": ("Une ligne n’est dans une liste qu’une fois.", "Supprimez l’une des deux."),
    "kept_twice": ("Un constat n’est gardé qu’une fois.", "Supprimez l’un des deux."),
}
_SAID_OF_ALL = {  # by the first word of what pydantic found
    "datetime": _A_DATE,
    "timezone": _A_DATE,
    "finite": NUMBER,
    "float": NUMBER,
    "tuple": ("Une liste est attendue.", "Écrivez-la entre crochets."),
}
_OTHER = ("La valeur n’a pas la forme attendue.", "Comparez-la avec un dossier enregistré par le kit.")
_WHOLE = "whole"
_MOST_SAID = 5


class Part(BaseModel):
    """A part of the dossier; an unknown field is a fault, because it is usually a misspelt one.

    Raises
    ------
    DossierError
        A field breaks its rule; `faults` lists them all, the message says the first ones.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    @classmethod
    def read(cls, content: Any) -> Self:
        """Return the part that JSON holds, with all it is made of.

        Raises
        ------
        DossierError
            Something breaks its rule; `faults` lists it all, at any depth.
        """
        try:
            return cls.model_validate(content, context=_WHOLE)
        except ValidationError as errors:
            raise _in_french(errors) from errors

    def but(self, **changes: Any) -> Self:
        """Return the same part but for these fields.

        Raises
        ------
        DossierError
            A new value breaks its rule.
        """
        return type(self)(**{**dict(self), **changes})

    @model_validator(mode="wrap")
    @classmethod
    def _say_faults(cls, content: Any, check: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        try:
            return check(content)
        except ValidationError as errors:
            if info.context == _WHOLE:  # `read` says the faults of all the parts at once
                raise
            raise _in_french(errors) from errors


def _in_french(errors: ValidationError) -> DossierError:
    faults = [_fault(error) for error in errors.errors(include_url=False)]
    lines = [_line(fault) for fault in faults[:_MOST_SAID]]
    count = "" if len(faults) <= _MOST_SAID else f" Voici les {_MOST_SAID} premières sur {len(faults)}."
    return DossierError("\n".join([f"Le dossier ne peut pas garder ces valeurs.{count}", *lines]), faults)


def _fault(error: Any) -> Fault:
    kind = error["type"]
    rule, remedy = _SAID.get(kind) or _SAID_OF_ALL.get(kind.split("_")[0], _OTHER)
    rule = rule.format(**error.get("ctx", {})).replace(" or ", " ou ").replace("'", "")
    where = [str(step + 1) if isinstance(step, int) else step for step in error["loc"]]
    value = "" if kind == "missing" else str(error["input"])[:60].encode(errors="replace").decode()
    return Fault("", ", ".join(where[:-1]), where[-1] if where else "", value, rule, remedy)


def _line(fault: Fault) -> str:
    place = ", ".join(filter(None, (fault.row, fault.column))) or "dossier"
    value = f" (« {fault.value} »)" if fault.value else ""
    return f"- {place}{value} : {fault.rule} {fault.remedy}"
