"""Make the tables of the Pays de Brézonne case: run this file, and the committed tables come back.

Every figure is invented. The choices of the case are in the two files beside this one; `facilities.csv` is
written by hand and read here, because doctors make the accessibility figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pays_de_brezonne_choices as choices
import pays_de_brezonne_land as land

from territ_kit.territory.invention import counts, files, landmarks, needs, people, reach
from territ_kit.territory.invention.land import draw_contours, travel_minutes

HERE = Path(__file__).parent
EPCI = choices.EPCI
SEED, WOMEN_SEED, DEATHS_SEED = 2102, 2103, 2104
LABELS = (
    "Département fictif de la Haute-Brézonne (valeur fictive)",
    "Normandie (valeur fictive)",
    "France (valeur fictive)",
)
BY_GROUP = (
    "not_available",
    "Non disponible\u00a0: ce chiffre n’est publié que par groupe de communes.",
)


def make() -> files.Case:
    """Return every generated table by name, and the contours."""
    communes = _weighed(people.commune_table(choices.COMMUNES, land.SITES, "X2"))
    qpv = people.qpv_table([], communes, {}, "QNX2")
    ages = _with_young(people.age_table(communes, qpv, EPCI, choices.DEPARTEMENT))
    deaths = people.death_table(ages, choices.DEATHS, DEATHS_SEED, departement=0.96)
    minutes = pd.DataFrame(travel_minutes(land.SITES, communes["name"]), communes.index, communes.index)
    zones = needs.zone_table(communes, qpv, choices.ZONES)
    computed = landmarks.landmarks_by_age(ages, deaths, choices.YEARS)
    tables = {
        "communes": people.public_columns(communes),
        "groups": pd.Series(choices.GROUPS, name="name").rename_axis("id").reset_index(),
        "qpv": people.public_columns(qpv),
        "zones": zones.reset_index(),
        "ages": people.long_table(population=ages, women=people.women_table(ages, qpv, WOMEN_SEED)),
        "deaths": people.long_table(deaths=deaths).assign(years=choices.YEARS),
        "travel_minutes": files.long_minutes(minutes),
        "indicators": Indicators(communes, qpv, ages).table(deaths, minutes),
        "references": landmarks.landmark_table(choices.LANDMARKS, LABELS, computed),
        "strata": needs.strata_table(zones, choices.SHARES, choices.NEEDS, choices.LOCAL_COVER),
    }
    return tables, draw_contours(land.SITES, land.outline(), communes)


def _weighed(communes: pd.DataFrame) -> pd.DataFrame:
    """Give four communes the weight that an exercise quotes; the others share the rest as before."""
    chosen = communes["name"].map(choices.REACH_WEIGHT)
    weight = communes["standardised_population"].where(chosen.isna())
    rest = people.share_out(int(communes["population"].sum() - chosen.sum()), weight.dropna())
    weight = chosen.fillna(pd.Series(rest, weight.dropna().index))
    return communes.assign(standardised_population=weight.astype(int))


def _with_young(ages: pd.DataFrame) -> pd.DataFrame:
    """Bring the inhabitants aged 15 to 24 to the chosen number: the others are 25 to 29 years old."""
    communes = people.at_level(ages, "commune")
    extra = int(communes[[15, 20]].sum().sum()) - choices.YOUNG
    moved = people.share_out(abs(extra), communes[20]) * np.sign(extra)
    table = ages.copy()
    table.loc["commune", 20] = (communes[20] - moved).to_numpy()
    table.loc["commune", 25] = (communes[25] + moved).to_numpy()
    table.loc[("epci", EPCI)] = people.at_level(table, "commune").sum().to_numpy()
    return table


class Indicators:
    """The indicators of Brézonne, which has no priority neighbourhood."""

    def __init__(self, communes: pd.DataFrame, qpv: pd.DataFrame, ages: pd.DataFrame) -> None:
        self.communes, self.codes = communes, communes.index
        self.ages = people.at_level(ages, "commune")
        self.young: pd.Series[int] = self.ages[[15, 20]].sum(axis=1)
        self.make = counts.Spreader(communes, qpv, SEED)

    def table(self, deaths: pd.DataFrame, minutes: pd.DataFrame) -> pd.DataFrame:
        """Return indicators.csv."""
        inhabitants = self.communes["population"]
        local = pd.concat([*self._local(), *self._youth()])
        neither = local[(local["indicator"] == "sans-emploi-ni-formation") & (local["numerator"] < 11)]
        parts = [local, *self._by_group(), *self._health(deaths), *self._far(minutes), *self._survey()]
        return counts.join_rows(
            parts,
            hidden=[
                ("pauvrete", inhabitants.index[inhabitants < 1100], counts.SMALL),
                ("revenu-median", inhabitants.index[inhabitants < 200], counts.SMALL),
                ("sans-emploi-ni-formation", neither["area"], counts.SMALL),
            ],
        )

    def _local(self) -> Iterator[pd.DataFrame]:
        """Yield what is counted in every commune, and incomes."""
        bases = counts.count_bases(self.ages)
        for name, (rate, gradient) in choices.RATES.items():
            top = self.make.spread(rate, gradient, bases[name])
            yield counts.count_rows(name, EPCI, (top, bases[name]))
        income = self.make.income(choices.INCOME, choices.INCOME_GRADIENT)
        yield counts.rows("revenu-median", "epci", [EPCI], value=[self.make.typical_income(income)])
        yield counts.rows("revenu-median", "commune", self.codes, value=income)

    def _youth(self) -> Iterator[pd.DataFrame]:
        """Yield how many young people there are, what they do, and their suicides, hidden by commune."""
        yield counts.count_rows("part-15-24-ans", EPCI, (self.young, self.ages.sum(axis=1)))
        top = self.make.spread(*choices.NEITHER, self.young, luck=0.2)
        yield counts.count_rows("sans-emploi-ni-formation", EPCI, (top, self.young))
        years = choices.YEARS * choices.YOUNG
        name = "suicides-15-24-ans"
        yield counts.rows(name, "epci", [EPCI], numerator=[choices.SUICIDES], denominator=[years])
        yield counts.nothing_rows(name, "commune", self.codes, counts.SMALL)

    def _by_group(self) -> Iterator[pd.DataFrame]:
        """Yield what is published by group of communes only."""
        young = self.young.groupby(self.communes["group"]).sum().reindex(list(choices.GROUPS))
        studying = counts.round_part(choices.STUDYING, young)
        away = counts.round_part([choices.AWAY[group] for group in young.index], studying)
        seen = pd.Series(choices.ALCOHOL).reindex(young.index)
        for name, top, base in (
            ("scolarises-hors-territoire", away, studying),
            ("urgences-alcool-15-24-ans", seen, choices.ALCOHOL_YEARS * young),
        ):
            yield counts.rows(name, "epci", [EPCI], numerator=[top.sum()], denominator=[base.sum()])
            yield counts.rows(name, "group", base.index, numerator=top, denominator=base)
            yield counts.nothing_rows(name, "commune", self.codes, BY_GROUP)

    def _health(self, deaths: pd.DataFrame) -> Iterator[pd.DataFrame]:
        """Yield mortality over the years counted."""
        died = people.at_level(deaths, "commune").sum(axis=1)
        lived = choices.YEARS * self.ages.sum(axis=1)
        yield counts.count_rows("mortalite-brute", EPCI, (died, lived))
        yield counts.rows("mortalite-standardisee", "epci", [EPCI])
        yield counts.rows("mortalite-standardisee", "commune", self.codes)

    def _far(self, minutes: pd.DataFrame) -> Iterator[pd.DataFrame]:
        """Yield the reach of doctors, and the minutes to the nearest child psychiatry centre."""
        within = self._reach(reach.accessibility(self.communes, minutes, files.read_facilities(HERE)))
        mean = reach.mean_accessibility(within, self.communes)
        yield counts.rows("apl-medecins", "epci", [EPCI], value=[mean])
        yield counts.rows("apl-medecins", "commune", self.codes, value=within)
        far = [land.kilometres_from(land.CMPEA, name) for name in self.communes["name"]]
        drive = np.rint(2 + np.array(far) * 1.3 / 55 * 60)  # a main road: 55 km/h
        mean = round(float(np.average(drive, weights=self.young)))
        yield counts.rows("temps-cmpea", "epci", [EPCI], value=[mean])
        yield counts.rows("temps-cmpea", "commune", self.codes, value=drive)

    def _reach(self, inside: pd.Series[float]) -> pd.Series[float]:
        """Add the doctors of the next town, keep the four chosen communes, scale the others to the mean."""
        names, weight = self.communes["name"], self.communes["standardised_population"]
        far = np.array([land.kilometres_from(land.NEXT_TOWN, name) for name in names])
        raw, chosen = inside + 1.5 * np.exp(-far / 8) + 0.3, names.map(choices.REACH)
        free = chosen.isna()
        rest = choices.REACH_MEAN * weight.sum() - (weight * chosen)[~free].sum()
        return chosen.fillna((raw * rest / (weight * raw)[free].sum()).round(2))

    def _survey(self) -> Iterator[pd.DataFrame]:
        """Yield the survey of pupils, too small for anything but the whole."""
        for name, (top, base) in choices.SURVEY.items():
            yield counts.rows(name, "epci", [EPCI], numerator=[top], denominator=[base])
            yield counts.nothing_rows(name, "commune", self.codes, counts.FEW_ANSWERS)


if __name__ == "__main__":
    files.run(HERE, make)
