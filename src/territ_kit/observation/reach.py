"""Read who can reach a family doctor: consultations near each commune, under a stated hypothesis."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from territ_kit.observation.access import floating_catchment
from territ_kit.observation.decay import DREES_2012, Decay
from territ_kit.observation.per_inhabitant import population_mean, share_below

if TYPE_CHECKING:
    from territ_kit.territory import Territory

DOCTOR = "medecin-generaliste"
CONSULTATIONS = 5400
"""Consultations that one full-time doctor gives in a year. Source: DREES, accessibility since 2015."""
THRESHOLD = 2.5
"""Consultations a year and inhabitant under which a place is said to lack doctors. Source: DREES."""
DECAYS: dict[str, Decay] = {
    "large": ((10, 1.0), (15, 2 / 3), (20, 1 / 3)),
    "drees-2012": DREES_2012,
    "quinze": ((15, 1.0),),
}
DECAY_WORDS = {
    "large": "jusqu’à 20 minutes, de moins en moins (hypothèse pédagogique)",
    "drees-2012": "jusqu’à 15 minutes, très vite de moins en moins (Drees, version 2012)",
    "quinze": "jusqu’à 15 minutes, tous comptés en entier (hypothèse pédagogique)",
}


@dataclass(frozen=True, slots=True)
class Reach:
    """Consultations a year and inhabitant within reach of each commune.

    Attributes
    ----------
    rows : DataFrame
        As `read_indicator`: `value`, and `base` the standardised population of the commune.
    supply : DataFrame
        Places with doctors: `name`, `lon`, `lat`, `quantity` (full-time equivalents).
    mean : float
        Mean per inhabitant (weighted by the standardised population).
    share_below : float
        Share of the inhabitants under the threshold, in [0, 1].
    """

    rows: pd.DataFrame
    supply: pd.DataFrame
    mean: float
    share_below: float


def read_reach(territory: Territory, decay: str = "large") -> Reach:
    """Return the two-step floating catchment figure of each commune.

    Parameters
    ----------
    territory : Territory
    decay : {"large", "drees-2012", "quinze"}
        How much a doctor counts by the minutes of the trip.
    """
    doctors = territory.facilities[territory.facilities["kind"] == DOCTOR]
    quantity = doctors.groupby("commune")["quantity"].sum().astype(float)
    communes = territory.communes
    supply = CONSULTATIONS * quantity.reindex(communes.index, fill_value=0.0)
    weights = communes["standardised_population"].to_numpy(dtype=float)
    value = np.asarray(
        floating_catchment(territory.travel_minutes.to_numpy(), weights, supply.to_numpy(), DECAYS[decay])
    )
    rows = pd.DataFrame(
        {"name": communes["name"], "events": math.nan, "base": weights, "value": value}
        | {"low": math.nan, "high": math.nan, "missing": "", "reason": "", "suppressed": False}
        | {"reading": ""},
        index=communes.index,
    )
    return Reach(
        rows=rows,
        supply=communes.loc[quantity.index, ["name", "lon", "lat"]].assign(quantity=quantity),
        mean=population_mean(value, weights).value,
        share_below=share_below(value, communes["population"], THRESHOLD).value,
    )
