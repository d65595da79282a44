"""Read an indicator along the social ladder: from the most deprived communes to the least deprived."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import special

from territ_kit.errors import InputError
from territ_kit.french import fr
from territ_kit.observation.concentration import ConcentrationIndex, concentration_index
from territ_kit.observation.deprivation import Fdep, fdep
from territ_kit.observation.inequality import SlopeIndex, slope_index
from territ_kit.observation.reading import read_indicator

if TYPE_CHECKING:
    from territ_kit.territory import Territory

ROLES = ("income", "graduates", "workers", "unemployment")
FEWEST_COMMUNES = 5


@dataclass(frozen=True, slots=True)
class Gradient:
    """An indicator over the communes, ordered from the most to the least deprived.

    Attributes
    ----------
    rows : DataFrame
        Rows of `read_indicator` that have a value and a deprivation, with `population` and `deprivation`.
    slope : SlopeIndex
    known_share : float
        Share of the inhabitants who live in these communes, in [0, 1].
    """

    rows: pd.DataFrame
    slope: SlopeIndex
    known_share: float


def read_deprivation(territory: Territory) -> Fdep:
    """Return the deprivation index (FDep) of the communes, from the four indicators that have its roles.

    Raises
    ------
    InputError
        If the territory does not have the four, or too few communes have them all.
    """
    role = territory.catalogue["role"]
    found = {one: role.index[role == one] for one in ROLES}
    if not all(len(index) for index in found.values()):
        raise InputError(
            f"{territory.name} n’a pas les quatre indicateurs de l’indice de désavantage social ; attendu : "
            "revenu médian, bacheliers, ouvriers, chômage. Ajoutez-les au catalogue, avec leur rôle."
        )
    values = {one: read_indicator(territory, str(index[0]))["value"] for one, index in found.items()}
    return fdep(**values, population=territory.communes["population"])


def read_gradient(territory: Territory, indicator: str, *, confidence: float = 0.95) -> Gradient:
    """Return an indicator along the deprivation of the communes.

    Parameters
    ----------
    territory : Territory
    indicator : str
        Id of the catalogue, known by commune.
    confidence : float
        Of the intervals, in (0, 1).

    Raises
    ------
    InputError
        If fewer than five communes have both the indicator and the deprivation.

    Notes
    -----
    The slope is linear, on the scale of the indicator; each commune weighs its inhabitants. Its interval
    counts the chance in each commune's figure only. A gradient between communes is not one between persons.
    """
    people = territory.communes["population"]
    rows = _by_deprivation(read_indicator(territory, indicator, confidence=confidence), territory)
    errors = None
    if rows["low"].notna().all():
        z = float(special.ndtri((1 + confidence) / 2))
        errors = ((rows["high"] - rows["low"]) / (2 * z)).to_numpy()
    values, weights = rows["value"].to_numpy(dtype=float), rows["population"].to_numpy(dtype=float)
    return Gradient(
        rows=rows,
        slope=slope_index(values, weights, standard_errors=errors, confidence=confidence),
        known_share=float(np.sum(weights) / people.sum()),
    )


def read_concentration(territory: Territory, indicator: str) -> tuple[pd.DataFrame, ConcentrationIndex]:
    """Return the rows of a counted indicator, the most deprived commune first, and its concentration.

    Each commune weighs those among whom the events are counted (`base`), not its inhabitants: the curve then
    shares out the events that were really counted.

    Raises
    ------
    InputError
        If fewer than five communes have both the indicator and the deprivation.
    """
    rows = _by_deprivation(read_indicator(territory, indicator).dropna(subset="base"), territory)
    rows = rows.assign(population=rows["base"])
    return rows, concentration_index(rows["value"].to_numpy(float), rows["population"].to_numpy(float))


def _by_deprivation(rows: pd.DataFrame, territory: Territory) -> pd.DataFrame:
    """Put the rows that have a value in order, the most deprived first, with their inhabitants."""
    deprivation = read_deprivation(territory).index
    rows = rows.assign(population=territory.communes["population"], deprivation=deprivation)
    rows = rows[rows["value"].notna() & rows["deprivation"].notna()]
    if len(rows) < FEWEST_COMMUNES:
        raise InputError(
            f"Seules {fr(len(rows))} communes ont un chiffre pour cet indicateur ; "
            f"attendu : {FEWEST_COMMUNES} au moins. Choisissez un autre indicateur."
        )
    return rows.sort_values("deprivation", ascending=False, kind="stable")
