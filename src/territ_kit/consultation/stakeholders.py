"""Actor map: how much power and how much interest each actor has, and what that calls for.

The four quadrants of the literature (manage closely, keep satisfied, keep informed, monitor) see actors from
the organiser's chair. Here the quadrant of those who care and have no power calls for strengthening them: the
map is where a discussion starts, not a verdict.

References
----------
The quadrants are told to be verified in the kit's sources: screens say « à vérifier ».
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from territ_kit.errors import InputError

UNPLACED = ""


@dataclass(frozen=True, slots=True)
class Quadrant:
    """One quarter of the map.

    Attributes
    ----------
    label : str
        What to do, in two or three French words.
    usual : str
        Its usual name.
    place : str
        Where it is, in words.
    call : str
        What it calls for, a French sentence.
    """

    label: str
    usual: str
    place: str
    call: str


QUADRANTS = {
    "associer": Quadrant(
        "Associer de près",
        "gérer de près",
        "beaucoup de pouvoir, beaucoup d’intérêt",
        "Construisez ensemble, tôt, et écrivez qui décide quoi.",
    ),
    "interesser": Quadrant(
        "Intéresser",
        "satisfaire",
        "beaucoup de pouvoir, peu d’intérêt",
        "Dites ce que le projet change de son côté, et demandez une chose précise.",
    ),
    "renforcer": Quadrant(
        "Renforcer le pouvoir",
        "informer",
        "peu de pouvoir, beaucoup d’intérêt",
        "Donnez un siège, des moyens et du temps pour préparer : informer ne suffit pas.",
    ),
    "garder_le_lien": Quadrant(
        "Garder le lien",
        "surveiller",
        "peu de pouvoir, peu d’intérêt",
        "Gardez une porte ouverte, et regardez de nouveau dans six mois.",
    ),
}
"""By id, in the order in which the map is read."""


def stakeholder_map(actors: pd.DataFrame, *, middle: float = 0.5, margin: float = 0.05) -> pd.DataFrame:
    """Return where each actor stands on the map, and what its place calls for.

    Parameters
    ----------
    actors : DataFrame
        One row by actor: `power` and `interest`, from 0 (none) to 1 (strong); NaN where nobody has said.
    middle : float
        Where both axes are cut, in (0, 1); a value on the cut is high.
    margin : float
        How near the cut a place is a border case, in the unit of the axes, >= 0.

    Returns
    -------
    DataFrame
        With the index and the columns of `actors`, and: `quadrant` (id in `QUADRANTS`, "" where a value is
        missing), `border` (within `margin` of a cut: the next quadrant is as good) and `call` (French).

    Raises
    ------
    InputError
        If there is no actor, a column lacks, or a value is out of [0, 1].

    Notes
    -----
    Power and interest are what a group believes on one day. Two groups place the same actor differently: look
    at the gaps before the mean.

    Examples
    --------
    >>> actors = pd.DataFrame({"power": [0.2, 0.9], "interest": [0.9, 0.5]}, index=["gem", "epci"])
    >>> stakeholder_map(actors)[["quadrant", "border"]].values.tolist()
    [['renforcer', False], ['associer', True]]
    """
    places = _places(actors)
    if not 0 < middle < 1:
        raise InputError(
            f"« middle » vaut {middle} ; attendu : un nombre entre 0 et 1. "
            "Pour couper au milieu, écrivez 0.5."
        )
    quadrants = [_quadrant(power, interest, middle) for power, interest in places]
    near = (np.abs(places - middle) < margin + 1e-9).any(axis=1) & (np.array(quadrants) != UNPLACED)
    calls = [
        QUADRANTS[one].call if one else "Placez d’abord cet acteur : quel pouvoir, quel intérêt ?"
        for one in quadrants
    ]
    return actors.assign(quadrant=quadrants, border=near, call=calls)


def _quadrant(power: float, interest: float, middle: float) -> str:
    if math.isnan(power) or math.isnan(interest):
        return UNPLACED
    if power >= middle:
        return "associer" if interest >= middle else "interesser"
    return "renforcer" if interest >= middle else "garder_le_lien"


def _places(actors: pd.DataFrame) -> Any:
    if not len(actors):
        raise InputError(
            "La carte n’a aucun acteur ; attendu : au moins un. Ajoutez un acteur, puis placez-le."
        )
    for column in ("power", "interest"):
        if column not in actors:
            raise InputError(
                f"La colonne « {column} » manque au tableau des acteurs ; attendu : un nombre de 0 à 1 par "
                "acteur. Ajoutez-la."
            )
        values = pd.to_numeric(actors[column], errors="coerce")
        wrong = (values < 0) | (values > 1) | (values.isna() & actors[column].notna())
        if wrong.any():
            who = actors.index[wrong][0]
            raise InputError(
                f"« {column} » vaut {actors.loc[who, column]} (acteur « {who} ») ; "
                "attendu : un nombre de 0 à 1. Corrigez la valeur."
            )
    return actors[["power", "interest"]].to_numpy(dtype=float)
