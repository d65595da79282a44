"""How many consultations are within reach of each commune."""

from __future__ import annotations

import numpy as np
import pandas as pd

CONSULTATIONS = 5400  # a year, by one full-time doctor


def accessibility(
    communes: pd.DataFrame, minutes: pd.DataFrame, facilities: pd.DataFrame
) -> pd.Series[float]:
    """Return consultations a year and inhabitant within reach of each commune (two-step catchment).

    A place counts fully up to 10 minutes, two thirds up to 15, one third up to 20, not beyond (weights chosen
    for the cases).
    """
    doctors = facilities[facilities["kind"] == "medecin-generaliste"].groupby("commune")["quantity"].sum()
    supply = CONSULTATIONS * doctors.reindex(communes.index, fill_value=0.0).to_numpy(dtype=float)
    time = minutes.to_numpy()
    weight = np.select([time <= 10, time <= 15, time <= 20], [1.0, 2 / 3, 1 / 3], 0.0)
    people = communes["standardised_population"].to_numpy(dtype=float)
    return pd.Series(np.round(weight @ (supply / (weight.T @ people)), 2), index=communes.index)


def mean_accessibility(reach: pd.Series[float], communes: pd.DataFrame) -> float:
    """Return the mean for an inhabitant: each commune weighs its standardised population."""
    return round(float(np.average(reach, weights=communes["standardised_population"])), 2)
