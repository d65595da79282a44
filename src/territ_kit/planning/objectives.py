"""Objectives: what must change, for whom, by when; the tree that they make, and what it lacks.

General, specific and operational objectives are usual levels of French practice, not those of a text. Each
objective is read by `smart`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from territ_kit.errors import InputError
from territ_kit.planning.parts import ObjectivePart

LEVELS = {
    "general": "objectif général",
    "specific": "objectif spécifique",
    "operational": "objectif opérationnel",
}
"""From the most lasting to the most concrete, in French."""


@dataclass(frozen=True, slots=True)
class ObjectiveTree:
    """Objectives in reading order, each under its own.

    Attributes
    ----------
    rows : DataFrame by `id`
        number (« 1.2 »), text, level (French), depth (0 for what hangs from nothing), under.
    gaps : tuple of str
        What the tree lacks, one French sentence each.
    """

    rows: pd.DataFrame
    gaps: tuple[str, ...]


def objective_tree(objectives: Sequence[ObjectivePart]) -> ObjectiveTree:
    """Return the objectives as a tree, numbered, and what it lacks.

    An objective whose `under` is nowhere is kept at the root and told: nothing is lost.

    Parameters
    ----------
    objectives : sequence of ObjectivePart
        In the order the group gave them.

    Raises
    ------
    InputError
        Two objectives have one id, or some objectives hang from each other in a circle.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> tree = objective_tree([
    ...     SimpleNamespace(id="g", text="Mieux vivre ici", level="general", under=""),
    ...     SimpleNamespace(id="s", text="Moins renoncer aux soins", level="specific", under="g"),
    ... ])
    >>> tree.rows["number"].to_dict(), tree.gaps
    ({'g': '1', 's': '1.1'}, ('« Moins renoncer aux soins » n’a aucun objectif opérationnel.',))
    """
    by_id = {one.id: one for one in objectives}
    if len(by_id) < len(objectives):
        raise InputError(
            "Deux objectifs ont le même identifiant ; attendu : un par objectif. Renommez l’un des deux."
        )
    children: dict[str, list[ObjectivePart]] = {}
    for one in objectives:
        children.setdefault(one.under if one.under in by_id else "", []).append(one)
    rows: list[tuple[str, str, str, str, int, str]] = []

    def descend(above: str, prefix: str, depth: int) -> None:
        for place, one in enumerate(children.get(above, ()), 1):
            number = f"{prefix}{place}"
            rows.append((one.id, number, one.text, LEVELS[one.level], depth, above))
            descend(one.id, f"{number}.", depth + 1)

    descend("", "", 0)
    if len(rows) < len(objectives):
        lost = [one for one in objectives if one.id not in {row[0] for row in rows}]
        raise InputError(
            f"« {lost[0].text or lost[0].id} » est au-dessous de lui-même ; attendu : un objectif plus large "
            "au-dessus. Changez l’objectif dont il dépend."
        )
    table = pd.DataFrame(rows, columns=["id", "number", "text", "level", "depth", "under"]).set_index("id")
    return ObjectiveTree(table, tuple(_gaps(objectives, by_id, children)))


_BELOW = {"general": "specific", "specific": "operational"}
_ORDER = list(LEVELS)


def _gaps(
    objectives: Sequence[ObjectivePart],
    by_id: dict[str, ObjectivePart],
    children: dict[str, list[ObjectivePart]],
) -> list[str]:
    said = []
    if not any(one.level == "general" for one in objectives):
        said.append("Aucun objectif général n’est écrit : on ne sait pas vers quoi va le programme.")
    for one in objectives:
        name = f"« {one.text or one.id} »"
        above = by_id.get(one.under)
        if above is None and one.level != "general":
            said.append(f"{name} n’est rattaché à aucun objectif plus large.")
        if above is not None and _ORDER.index(above.level) >= _ORDER.index(one.level):
            said.append(f"{name} est sous un objectif du même niveau, ou plus concret que lui.")
        below = _BELOW.get(one.level)
        if below and not any(child.level == below for child in children.get(one.id, ())):
            said.append(f"{name} n’a aucun {LEVELS[below]}.")
    return said
