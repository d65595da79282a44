"""Invent the counts of indicators: communes that add up to their EPCI, and the three kinds of nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from territ_kit.territory.invention.people import AGES, share_out

COLUMNS = ["indicator", "level", "area", "numerator", "denominator", "value", "missing", "reason"]
Counts = tuple["pd.Series[int]", "pd.Series[int]"]  # cases and base, by area
Absence = tuple[str, str]  # the kind of nothing, and the sentence shown
# Why there is nothing to read.
SMALL = "secret", "Secret statistique\u00a0: les effectifs sont trop petits pour être publiés."
DEATHS_BY_COMMUNE = (
    "not_available",
    "Non disponible\u00a0: les décès sont connus par commune, pas par quartier.",
)
REACH_BY_COMMUNE = (
    "not_available",
    "Non disponible\u00a0: cet indicateur est calculé par commune, pas par quartier.",
)
FEW_ANSWERS = (
    "not_available",
    "Non disponible\u00a0: l’enquête compte trop peu de réponses à cette échelle.",
)
NO_ESTIMATE = "not_available", "Non disponible\u00a0: l’estimation n’est pas faite sous 2\u202f000 habitants."
FEW_HOMES = "not_available", "Non disponible\u00a0: trop peu de logements ont été enquêtés dans la commune."
FEW_FOR_A_LIFE = (
    "not_available",
    "Non disponible\u00a0: l’espérance de vie n’est pas calculée sous 5\u202f000 habitants.",
)
NO_QPV = "not_applicable", "Sans objet\u00a0: la commune n’a pas de quartier prioritaire."


def count_bases(ages: pd.DataFrame) -> dict[str, pd.Series[int]]:
    """Return whole denominators that follow from the ages of some areas, by indicator."""
    adults = ages[[age for age in AGES if age >= 20]].sum(axis=1)
    everyone = ages.sum(axis=1)
    workers = ages[[age for age in AGES if 20 <= age < 65]].sum(axis=1)
    floors = {
        "sans-medecin-traitant": 0.97 * (adults + 0.6 * ages[15]),
        "depistage-eligibles": 0.88 * ages[[50, 55, 60, 65, 70]].sum(axis=1),
        "pauvrete": 0.98 * everyone,
        "urgences-motifs-courants": everyone,
        "logements-surpeuples": everyone / 2.15,
        "bacheliers": 0.97 * adults,
        "ouvriers": 0.76 * workers + 0.3 * ages[15],
        "chomage": 0.76 * workers + 0.3 * ages[15],
    }
    return {name: np.floor(base).astype(int) for name, base in floors.items()}


def round_part(rates: float | Sequence[float], base: pd.Series[int]) -> pd.Series[int]:
    """Return the whole number of cases nearest to rate times base."""
    return (base * rates).round().astype(int)


class Spreader:
    """Shares totals out over communes by size, deprivation and chance, neighbourhoods inside theirs.

    Each call of `spread` takes the next numbers of one stream: keep their order, or start another Spreader.
    """

    def __init__(self, communes: pd.DataFrame, qpv: pd.DataFrame, seed: int) -> None:
        self.communes, self.qpv = communes, qpv
        self.chance = np.random.RandomState(seed)

    def spread(
        self,
        rate: float,
        gradient: float,
        base: pd.Series[int],
        inside: pd.Series[int] | None = None,
        *,
        luck: float = 0.08,
    ) -> pd.Series[int]:
        """Return a count by commune that adds up to rate times base and holds the neighbourhoods' counts.

        `gradient` is how fast the rate grows with deprivation (its logarithm, for one unit); `inside` is the
        count of each neighbourhood; `luck` is the half-width of chance.
        """
        factors = np.exp(gradient * self.communes["deprivation"])
        factors *= self.chance.uniform(1 - luck, 1 + luck, len(base))
        held = pd.Series(0, index=self.communes.index)
        weights = base * factors
        if inside is not None:
            held += inside.groupby(self.qpv["commune"]).sum().reindex(held.index, fill_value=0)
            # A town's neighbourhoods are a part of its base: only the rest of the town takes from the rest.
            quarters = self.qpv.groupby("commune")["population"].sum().reindex(held.index, fill_value=0)
            weights *= 1 - quarters / self.communes["population"]
        rest = round(rate * int(base.sum())) - int(held.sum())
        return pd.Series(share_out(rest, weights), index=base.index) + held

    def income(self, middle: float, gradient: float) -> pd.Series[int]:
        """Return the median income of each commune in euros, to the nearest ten.

        `middle` is the income where deprivation is 0; `gradient` as in `spread`, negative.
        """
        luck = self.chance.uniform(0.98, 1.02, len(self.communes))
        euros = middle * np.exp(gradient * self.communes["deprivation"]) * luck
        return pd.Series(10 * np.rint(euros / 10), self.communes.index, dtype=int)

    def typical_income(self, income: pd.Series[int]) -> int:
        """Return one income for the whole EPCI: the mean of the communes', weighted by their inhabitants."""
        return 10 * round(float(np.average(income, weights=self.communes["population"])) / 10)


def rows(indicator: str, level: str, areas: Iterable[str], **figures: ArrayLike) -> pd.DataFrame:
    """Return rows of indicators.csv for areas of one level; a figure that is not given is empty.

    With no figure at all the rows are those of a measure that the kit computes from ages and deaths.
    """
    table = pd.DataFrame({"indicator": indicator, "level": level, "area": list(areas)})
    for name in ("numerator", "denominator", "value"):
        table[name] = np.asarray(figures.get(name, np.nan), dtype=float)
    return table.assign(missing="", reason="")


def count_rows(indicator: str, epci: str, communes: Counts, qpv: Counts | None = None) -> pd.DataFrame:
    """Return the rows of one counted indicator: the EPCI is the sum of its communes."""
    top, base = communes
    parts = [
        rows(indicator, "epci", [epci], numerator=[top.sum()], denominator=[base.sum()]),
        rows(indicator, "commune", base.index, numerator=top, denominator=base),
    ]
    if qpv is not None:
        parts.append(rows(indicator, "qpv", qpv[1].index, numerator=qpv[0], denominator=qpv[1]))
    return pd.concat(parts)


def nothing_rows(indicator: str, level: str, areas: Iterable[str], why: Absence) -> pd.DataFrame:
    """Return rows without figure, with the kind of nothing and the reason."""
    return rows(indicator, level, areas).assign(missing=why[0], reason=why[1])


def join_rows(
    parts: Iterable[pd.DataFrame], hidden: Iterable[tuple[str, Iterable[str], Absence]] = ()
) -> pd.DataFrame:
    """Return every row of indicators.csv; `hidden` lists the areas of an indicator to empty, and why."""
    table = pd.concat([part for part in parts if len(part)], ignore_index=True)
    for indicator, areas, why in hidden:
        where = (table["indicator"] == indicator) & table["area"].isin(set(areas))
        table.loc[where, ["numerator", "denominator", "value"]] = np.nan
        table.loc[where, ["missing", "reason"]] = why
    for column in ("numerator", "denominator"):  # people are whole; expected events have decimals
        cells = [None if np.isnan(cell) else cell if cell % 1 else int(cell) for cell in table[column]]
        table[column] = pd.Series(cells, dtype=object)
    return table[COLUMNS]
