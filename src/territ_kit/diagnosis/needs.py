"""Needs beside what answers them: each theme of each zone gets one of four readings.

No French norm of the gap between needs and resources was found: the rule of this file is a teaching
assumption (« hypothèse pédagogique »), written in `RULE`, and a group may correct every level. It follows the
approach of the territorial networks for health promotion: actions and resources are looked at beside the
indicators, never alone.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from territ_kit.diagnosis.checks import check_codes, check_columns, check_unique

LEVELS = ("", "none", "low", "medium", "high")
"""From nothing to much; the first one says that nobody knows yet."""

NEED = dict(zip(LEVELS, ("inconnu", "nul", "faible", "moyen", "fort"), strict=True))
RESOURCES = dict(zip(LEVELS, ("inconnues", "aucune", "rares", "partielles", "suffisantes"), strict=True))
ACTIONS = dict(
    zip(LEVELS, ("inconnues", "aucune", "ponctuelles ou petites", "régulières", "en double"), strict=True)
)
"""French words of each level, by column."""

BLIND_SPOT, SATURATION, ANSWERED, NOTHING, TO_DOCUMENT = (
    "blind_spot", "saturation", "answered", "nothing", "to_document",
)  # fmt: skip
READINGS = {
    BLIND_SPOT: "angle mort",
    SATURATION: "saturation",
    TO_DOCUMENT: "à documenter",
    ANSWERED: "réponse en place",
    NOTHING: "rien à signaler",
}
"""French words of each reading, the one to discuss first at the head."""

RULE = (
    "Saturation : plusieurs actions font la même chose, pour le même public, au même endroit ou aux mêmes "
    "heures.",
    "Réponse en place : le besoin est moyen ou fort, et une action régulière ou des ressources suffisantes y "
    "répondent.",
    "Angle mort : le besoin est fort, et ni action régulière ni ressources suffisantes n’y répondent. Ou "
    "bien il est moyen, et les ressources sont rares.",
    "Rien à signaler : le besoin est faible, ou il est moyen avec des ressources partielles.",
    "À documenter : un niveau qui changerait la lecture est inconnu.",
    "Un périmètre n’est pas une action : ce qui est seulement annoncé compte pour rien.",
)
"""The rule in French, one sentence or two a reading: show it as « hypothèse pédagogique »."""

_MEANS = {
    BLIND_SPOT: "Des personnes restent sans réponse connue : c’est un angle mort.",
    SATURATION: "Plusieurs actions se répètent pour le même public : c’est une saturation.",
    ANSWERED: "Une réponse existe : vérifiez qui elle atteint.",
    NOTHING: "Rien à signaler ici pour le moment.",
    TO_DOCUMENT: "Il manque une information pour conclure : à documenter.",
}


def cross(cells: pd.DataFrame) -> pd.DataFrame:
    """Return what each theme of each zone calls for, once its need is set beside resources and actions.

    Parameters
    ----------
    cells : DataFrame
        One row for a theme and a zone (a place, or a public). Columns `theme` and `zone` (unique together),
        and `need`, `resources`, `actions`: each "", "none", "low", "medium" or "high". « high » actions are
        several that do the same for the same people. `theme_name` and `zone_name`, when they are there, are
        the words of the sentences.

    Returns
    -------
    DataFrame
        The same rows and columns, with `reading` ("blind_spot", "saturation", "answered", "nothing",
        "to_document"), `label` (its French words), `order` (1 = to discuss first; a whole number, each once)
        and `sentence` (French: the three levels, and what they mean together).

    Raises
    ------
    InputError
        If a column is absent, a level is unknown, or a theme of a zone comes twice.

    Notes
    -----
    The rule is a teaching assumption, in words in `RULE`. An arrangement that is only announced, or a
    perimeter that covers a zone, must be given as no action. The order is: the reading (blind spot,
    saturation, to document, answered, nothing), then the highest need, the scarcest resources, the fewest
    actions, then the order of the rows.

    Examples
    --------
    >>> cells = pd.DataFrame(
    ...     [("Droits", "Port", "high", "low", "none"), ("Droits", "Plage", "low", "medium", "none")],
    ...     columns=["theme", "zone", "need", "resources", "actions"],
    ... )
    >>> cross(cells)[["zone", "label", "order"]].to_numpy().tolist()
    [['Port', 'angle mort', 1], ['Plage', 'rien à signaler', 2]]
    """
    check_columns("cells", cells, ["theme", "zone", "need", "resources", "actions"])
    for column, words in (("need", NEED), ("resources", RESOURCES), ("actions", ACTIONS)):
        check_codes(column, cells[column], words)
    check_unique("cells", cells, ["theme", "zone"])
    need, resources, actions = (
        cells[column].map(LEVELS.index).to_numpy(dtype=int) for column in ("need", "resources", "actions")
    )
    unknown, low, medium, high = (LEVELS.index(level) for level in ("", "low", "medium", "high"))
    reading = np.select(
        [
            need == unknown,
            actions == high,
            need <= low,
            actions == medium,
            actions == unknown,
            resources == high,
            resources == unknown,
            (need == high) | (resources <= low),
        ],
        [TO_DOCUMENT, SATURATION, NOTHING, ANSWERED, TO_DOCUMENT, ANSWERED, TO_DOCUMENT, BLIND_SPOT],
        NOTHING,
    )
    crossed = cells.assign(reading=reading)
    crossed["label"] = crossed["reading"].map(READINGS)
    urgency = crossed["reading"].map(list(READINGS).index).to_numpy()
    order = np.lexsort((np.arange(len(cells)), actions, resources, -need, urgency))
    crossed["order"] = np.argsort(order) + 1
    crossed["sentence"] = [_explain(row) for row in crossed.to_dict("records")]
    return crossed


def _explain(row: dict[Any, Any]) -> str:
    """Return the three levels in words, and what they mean together."""
    zone, theme = (row.get(f"{name}_name", row[name]) for name in ("zone", "theme"))
    done = "aucune action" if row["actions"] == "none" else f"actions {ACTIONS[row['actions']]}"
    helped = "aucune ressource" if row["resources"] == "none" else f"ressources {RESOURCES[row['resources']]}"
    return f"{zone}, {theme} : besoin {NEED[row['need']]}, {helped}, {done}. {_MEANS[row['reading']]}"


def count_readings(crossed: pd.DataFrame) -> dict[str, int]:
    """Return how many cells have each reading, the one to discuss first at the head.

    Parameters
    ----------
    crossed : DataFrame
        From `cross`.
    """
    numbers = crossed["reading"].value_counts()
    return {reading: int(numbers.get(reading, 0)) for reading in READINGS}
