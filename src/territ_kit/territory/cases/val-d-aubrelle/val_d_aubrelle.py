"""Make the tables of the Val d’Aubrelle case: run this file, and the committed tables come back.

Every figure is invented. The choices of the case are in the two files beside this one; `facilities.csv` is
written by hand and read here, because doctors make the accessibility figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import val_d_aubrelle_choices as choices
import val_d_aubrelle_land as land
from numpy.typing import NDArray

from territ_kit.territory.invention import counts, files, landmarks, needs, people, reach
from territ_kit.territory.invention.land import draw_contours, travel_minutes

HERE = Path(__file__).parent
EPCI = choices.EPCI
SEED, WOMEN_SEED, DEPRIVATION_SEED = 2040, 2041, 2042
LABELS = (
    "Département fictif des Monts-d’Aubrelle (valeur fictive)",
    "Normandie (valeur fictive)",
    "France (valeur fictive)",
)
BY_GROUP = (
    "not_available",
    "Non disponible\u00a0: ces décès sont publiés par groupe de communes, sur dix ans.",
)
BY_SECTOR = "not_available", "Non disponible\u00a0: le délai est suivi par secteur de psychiatrie."


def make() -> files.Case:
    """Return every generated table by name, and the contours."""
    communes = people.commune_table(choices.COMMUNES, land.SITES, "X3")
    qpv = people.qpv_table(choices.QPV, communes, land.QPV_POINTS, "QNX3")
    ages = people.age_table(communes, qpv, EPCI, choices.DEPARTEMENT)
    women = people.women_table(ages, qpv, WOMEN_SEED)
    deaths = people.death_table(ages, choices.DEATHS, SEED)
    minutes = pd.DataFrame(travel_minutes(land.SITES, communes["name"]), communes.index, communes.index)
    zones = needs.zone_table(communes, qpv, choices.ZONES)
    tables = {
        "communes": people.public_columns(communes),
        "groups": pd.Series(choices.GROUPS, name="name").rename_axis("id").reset_index(),
        "qpv": people.public_columns(qpv),
        "zones": zones.reset_index(),
        "ages": people.long_table(population=ages, women=women),
        "deaths": people.long_table(deaths=deaths).assign(years=1),
        "travel_minutes": files.long_minutes(minutes),
        "indicators": Indicators(communes, qpv, ages).table(deaths, minutes),
        "references": landmarks.landmark_table(
            choices.LANDMARKS, LABELS, landmarks.landmarks_by_age(ages, deaths) | _own_landmarks(ages, women)
        ),
        "strata": needs.strata_table(zones, choices.SHARES, choices.NEEDS, choices.LOCAL_COVER),
    }
    return tables, draw_contours(land.SITES, land.outline(), communes)


def _own_landmarks(ages: pd.DataFrame, women: pd.DataFrame) -> dict[str, float]:
    """Return what the ages of the département say of the indicators of this case alone."""
    everyone, half = (people.at_level(table, "departement").iloc[0] for table in (ages, women))
    return {
        "ald-psychiatriques": 1e2 * float(everyone @ choices.ALD) / everyone.sum(),
        "enquete-femmes-60-ans": 1e2 * half.loc[60:].sum() / everyone.sum(),
    }


def _expected(ages: pd.DataFrame, rates: NDArray[np.float64], per: float) -> pd.Series[Any]:
    """Return the cases that the rates of each age would give in each area.

    The sum is of whole numbers, so it is exact: rounding gives the same decimal on every machine.
    """
    return ages.mul(rates, axis=1).sum(axis=1) / per


class Indicators:
    """The indicators of the Val d’Aubrelle."""

    def __init__(self, communes: pd.DataFrame, qpv: pd.DataFrame, ages: pd.DataFrame) -> None:
        self.communes, self.qpv = communes, qpv
        self.ages, self.ages_qpv = (people.at_level(ages, level) for level in ("commune", "qpv"))

    def table(self, deaths: pd.DataFrame, minutes: pd.DataFrame) -> pd.DataFrame:
        """Return indicators.csv."""
        ill = pd.concat(self._long_term_illness())
        few = ill[(ill["level"] == "commune") & (ill["numerator"] < choices.FEWEST)]["area"]
        small = self.communes.index[self.communes["population"] < 1100]
        return counts.join_rows(
            [
                ill,
                *self._suicides(),
                *self._waiting_and_survey(),
                *self._living_conditions(),
                *self._mortality(people.at_level(deaths, "commune")),
                *self._reach(minutes),
            ],
            hidden=[
                ("ald-psychiatriques", few, counts.SMALL),
                ("ald-psychiatriques-icm", few, counts.SMALL),
                ("pauvrete", small, counts.SMALL),
            ],
        )

    def _long_term_illness(self) -> Iterator[pd.DataFrame]:
        """Yield psychiatric long-term illness: crude, then at equal age."""
        ratios = self.communes["name"].map(choices.ALD_RATIOS)
        expected, expected_qpv = (_expected(ages, choices.ALD, 1e3) for ages in (self.ages, self.ages_qpv))
        seen = (ratios * expected).round().astype(int)
        seen_qpv = counts.round_part(choices.ALD_RATIOS_QPV, expected_qpv)
        for name, base, base_qpv in (
            ("ald-psychiatriques", self.communes["population"], self.qpv["population"]),
            ("ald-psychiatriques-icm", expected.round(1), expected_qpv.round(1)),
        ):
            tops, bases = self._by_group(seen), self._by_group(base)
            yield counts.count_rows(name, EPCI, (seen, base), (seen_qpv, base_qpv))
            yield counts.rows(name, "group", bases.index, numerator=tops, denominator=bases)

    def _suicides(self) -> Iterator[pd.DataFrame]:
        """Yield deaths by suicide in ten years, published by groups of communes only."""
        name, seen = "suicides-icm", pd.Series(choices.SUICIDES_OBSERVED)
        expected = self._by_group(_expected(self.ages, choices.SUICIDES * choices.SUICIDE_YEARS, 1e5))
        total, awaited = [seen.sum()], [round(expected.sum(), 1)]
        yield counts.rows(name, "epci", [EPCI], numerator=total, denominator=awaited)
        yield counts.rows(name, "group", seen.index, numerator=seen, denominator=expected)
        yield counts.nothing_rows(name, "commune", self.communes.index, BY_GROUP)
        yield counts.nothing_rows(name, "qpv", self.qpv.index, BY_GROUP)

    def _by_group(self, communes: pd.Series[Any]) -> pd.Series[Any]:
        """Add communes up by group, to one decimal."""
        return communes.groupby(self.communes["group"]).sum().round(1).loc[[*choices.GROUPS]]

    def _waiting_and_survey(self) -> Iterator[pd.DataFrame]:
        """Yield what is known for the agglomeration only."""
        yield counts.rows("delai-psychiatre", "epci", [EPCI], value=[choices.DELAY])
        for name, number in (
            ("mal-etre-enquete", choices.UNWELL),
            ("enquete-femmes-60-ans", choices.WOMEN_OVER_60),
        ):
            yield counts.rows(name, "epci", [EPCI], numerator=[number], denominator=[choices.ANSWERS])
        for name, why in (
            ("delai-psychiatre", BY_SECTOR),
            ("mal-etre-enquete", counts.FEW_ANSWERS),
            ("enquete-femmes-60-ans", counts.FEW_ANSWERS),
        ):
            yield counts.nothing_rows(name, "commune", self.communes.index, why)
            yield counts.nothing_rows(name, "qpv", self.qpv.index, why)

    def _living_conditions(self) -> Iterator[pd.DataFrame]:
        """Yield poverty, the share of the old, and the four variables of the deprivation index."""
        everyone, poor_qpv = self.communes["population"], pd.Series(choices.POOR_QPV, index=self.qpv.index)
        poor = counts.Spreader(self.communes, self.qpv, SEED).spread(
            choices.POVERTY, choices.POVERTY_GRADIENT, everyone, poor_qpv
        )
        yield counts.count_rows("pauvrete", EPCI, (poor, everyone), (poor_qpv, self.qpv["population"]))
        old, old_qpv = (
            (ages.loc[:, 75:].sum(axis=1), ages.sum(axis=1)) for ages in (self.ages, self.ages_qpv)
        )
        yield counts.count_rows("part-75-ans", EPCI, old, old_qpv)
        make = counts.Spreader(self.communes, self.qpv, DEPRIVATION_SEED)
        bases, bases_qpv = (counts.count_bases(ages) for ages in (self.ages, self.ages_qpv))
        for name, (rate, rates, gradient) in choices.DEPRIVATION.items():
            inside = counts.round_part(rates, bases_qpv[name])
            top = make.spread(rate, gradient, bases[name], inside, luck=0.05)
            yield counts.count_rows(name, EPCI, (top, bases[name]), (inside, bases_qpv[name]))
        middle, quarters = choices.INCOME
        income = make.income(middle, choices.INCOME_GRADIENT)
        yield counts.rows("revenu-median", "epci", [EPCI], value=[make.typical_income(income)])
        yield counts.rows("revenu-median", "commune", income.index, value=income)
        yield counts.rows("revenu-median", "qpv", self.qpv.index, value=quarters)

    def _mortality(self, deaths: pd.DataFrame) -> Iterator[pd.DataFrame]:
        """Yield mortality, crude and at equal age, and life expectancy."""
        communes = self.communes.index
        yield counts.count_rows("mortalite-brute", EPCI, (deaths.sum(axis=1), self.ages.sum(axis=1)))
        large = communes[self.communes["population"] >= 5000]
        for name, areas in (
            ("mortalite-standardisee", communes),
            ("mortalite-icm", communes),
            ("esperance-de-vie", large),
        ):
            yield counts.rows(name, "epci", [EPCI])
            yield counts.rows(name, "commune", areas)
            yield counts.nothing_rows(name, "commune", communes.difference(areas), counts.FEW_FOR_A_LIFE)
        for name in ("mortalite-brute", "mortalite-standardisee", "mortalite-icm", "esperance-de-vie"):
            yield counts.nothing_rows(name, "qpv", self.qpv.index, counts.DEATHS_BY_COMMUNE)

    def _reach(self, minutes: pd.DataFrame) -> Iterator[pd.DataFrame]:
        """Yield the accessibility of doctors, from the facilities written by hand."""
        within = reach.accessibility(self.communes, minutes, files.read_facilities(HERE))
        mean = reach.mean_accessibility(within, self.communes)
        yield counts.rows("apl-medecins", "epci", [EPCI], value=[mean])
        yield counts.rows("apl-medecins", "commune", self.communes.index, value=within)
        yield counts.nothing_rows("apl-medecins", "qpv", self.qpv.index, counts.REACH_BY_COMMUNE)


if __name__ == "__main__":
    files.run(HERE, make)
