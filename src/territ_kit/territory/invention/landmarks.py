"""The landmarks of a case: the values of larger territories, invented or computed from invented tables."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from territ_kit.territory.territory import ESP2013

LEVELS = ("departement", "region", "france")


def landmarks_by_age(ages: pd.DataFrame, deaths: pd.DataFrame, years: int = 1) -> dict[str, float]:
    """Return what the département's own tables make, in the units of the catalogue, by indicator."""
    people, died = (table.loc["departement"].iloc[0].to_numpy() for table in (ages, deaths))
    died = died / years
    standard = ESP2013.to_numpy()
    return {
        "mortalite-brute": 1e3 * died.sum() / people.sum(),
        "mortalite-standardisee": 1e3 * float(standard @ (died / people)) / standard.sum(),
        "mortalite-prematuree": 1e5 * died[:13].sum() / people[:13].sum(),
        "mortalite-icm": 100.0,
        "esperance-de-vie": life_expectancy_at_birth(died, people),
        "part-75-ans": 1e2 * people[15:].sum() / people.sum(),
        "part-15-24-ans": 1e2 * people[3:5].sum() / people.sum(),
    }


def life_expectancy_at_birth(deaths: np.ndarray, people: np.ndarray) -> float:
    """Return years of life by an abridged life table of five-year groups, the last one open (Chiang 1984).

    Those who die in a group live half of it, or a tenth in the first one, where most die soon after birth.
    """
    rate = deaths / people
    lived = np.array([0.1, *[0.5] * (len(rate) - 1)])
    died = 5 * rate / (1 + 5 * (1 - lived) * rate)
    died[-1] = 1
    alive = np.concatenate([[1], np.cumprod(1 - died)[:-1]])
    years = 5 * alive * (1 - died * (1 - lived))
    years[-1] = alive[-1] / rate[-1]
    return float(years.sum())


def landmark_table(
    landmarks: Mapping[str, tuple[float | None, float | None, float | None]],
    labels: tuple[str, str, str],
    computed: Mapping[str, float],
) -> pd.DataFrame:
    """Return references.csv.

    `landmarks` gives département, Région and France by indicator; `labels` names the three. A None for the
    département is taken from `computed`; a landmark that nobody gives has no row.
    """
    rows = []
    for name, (own, *larger) in landmarks.items():
        values = (round(computed[name], 1) if own is None and name in computed else own, *larger)
        given = zip(LEVELS, labels, values, strict=True)
        rows += [(name, level, label, value) for level, label, value in given if value is not None]
    return pd.DataFrame(rows, columns=["indicator", "level", "label", "value"])
