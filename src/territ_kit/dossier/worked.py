"""The worked dossier of a case: what a group might have written, so that any step can be opened alone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from territ_kit.dossier.dossier import Dossier
from territ_kit.dossier.record import LARGEST_FILE, Record
from territ_kit.safe_file import read_json
from territ_kit.territory.cases import CASES

STEPS = {
    "observation": "Observer",
    "diagnosis": "Diagnostiquer",
    "consultation": "Concerter",
    "prioritisation": "Prioriser",
    "programme": "Planifier",
}
"""The parts of the dossier, in the order of the steps, and the steps' French names."""
FILE_NAME = "dossier.json"


@cache
def worked(case: str) -> Dossier | None:
    """Return the worked dossier of a case, or None when it has none."""
    path = CASES / case / FILE_NAME
    return Record.read(read_json(path, most=LARGEST_FILE)).dossier if path.is_file() else None


def empty_steps(dossier: Dossier) -> list[str]:
    """Return the steps of which nothing is written yet, in order."""
    return [name for name in STEPS if getattr(dossier, name) == type(getattr(dossier, name))()]


def fill(dossier: Dossier, example: Dossier, steps: Iterable[str]) -> Dossier:
    """Return the dossier with the example's part for these steps.

    Examples
    --------
    >>> example = worked("port-ancelle")
    >>> fill(Dossier(territory="port-ancelle", territory_name="Port-Ancelle"), example, STEPS) == example
    True
    """
    return dossier.but(**{name: getattr(example, name) for name in steps})
