"""Make the tables of the Port-Ancelle case: run this file, and the committed tables come back.

Every figure is invented. The choices of the case are in the two files beside this one; `facilities.csv` is
written by hand and read here, because doctors make the accessibility figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import port_ancelle_choices as choices
import port_ancelle_land as land

from territ_kit.territory.invention import counts, files, landmarks, needs, people, reach
from territ_kit.territory.invention.land import draw_contours

HERE = Path(__file__).parent
EPCI = choices.EPCI
SEED, WOMEN_SEED, DEPRIVATION_SEED = 2026, 2027, 2028
LABELS = (
    "Département fictif de l’Ancelle-Maritime (valeur fictive)",
    "Normandie (valeur fictive)",
    "France (valeur fictive)",
)


def make() -> files.Case:
    """Return every generated table by name, and the contours."""
    communes = people.commune_table(choices.COMMUNES, land.SITES, "X1")
    qpv = people.qpv_table(choices.QPV, communes, land.QPV_POINTS, "QNX1")
    ages = people.age_table(communes, qpv, EPCI, choices.DEPARTEMENT)
    deaths = people.death_table(ages, choices.DEATHS, SEED, held=choices.HAVRELLE)
    minutes = pd.DataFrame(land.travel_minutes(communes["name"]), communes.index, communes.index)
    zones = needs.zone_table(communes, qpv, choices.ZONES)
    tables = {
        "communes": people.public_columns(communes),
        "groups": pd.Series(choices.GROUPS, name="name").rename_axis("id").reset_index(),
        "qpv": people.public_columns(qpv),
        "zones": zones.reset_index(),
        "ages": people.long_table(population=ages, women=people.women_table(ages, qpv, WOMEN_SEED)),
        "deaths": people.long_table(deaths=deaths).assign(years=1),
        "travel_minutes": files.long_minutes(minutes),
        "indicators": Indicators(communes, qpv, ages).table(deaths, minutes),
        "references": landmarks.landmark_table(
            choices.LANDMARKS, LABELS, landmarks.landmarks_by_age(ages, deaths)
        ),
        "strata": needs.strata_table(zones, choices.SHARES, choices.NEEDS, choices.LOCAL_COVER),
    }
    return tables, draw_contours(land.SITES, land.outline(), communes)


class Indicators:
    """The indicators of Port-Ancelle."""

    def __init__(self, communes: pd.DataFrame, qpv: pd.DataFrame, ages: pd.DataFrame) -> None:
        self.communes, self.qpv, self.ages = communes, qpv, ages
        inside, quarters = (counts.count_bases(people.at_level(ages, level)) for level in ("commune", "qpv"))
        self.bases: dict[str, counts.Counts] = {name: (inside[name], quarters[name]) for name in inside}

    def table(self, deaths: pd.DataFrame, minutes: pd.DataFrame) -> pd.DataFrame:
        """Return indicators.csv."""
        local = pd.concat(self._local())
        people_of = self.communes["population"]
        few = local[(local["indicator"] == "urgences-motifs-courants") & (local["numerator"] < 40)]
        parts = [local, *self._health(deaths, minutes), *self._counters(), *self._deprivation()]
        return counts.join_rows(
            parts,
            hidden=[
                ("pauvrete", people_of.index[people_of < 1100], counts.SMALL),
                ("urgences-motifs-courants", few["area"], counts.SMALL),
                ("non-recours-c2s", people_of.index[people_of < 2000], counts.NO_ESTIMATE),
                ("logements-surpeuples", people_of.index[people_of < 500], counts.FEW_HOMES),
            ],
        )

    def _local(self) -> Iterator[pd.DataFrame]:
        """Yield the indicators counted in communes and in neighbourhoods."""
        make, tops, bases = counts.Spreader(self.communes, self.qpv, SEED), {}, self.bases
        entitled = counts.round_part(0.40, self.qpv["population"])
        bases["non-recours-c2s"] = (make.spread(0.166, 0.6, self.communes["population"], entitled), entitled)
        for name, (rate, rates, gradient) in choices.RATES.items():
            base, base_qpv = bases[name]
            inside = counts.round_part(rates, base_qpv)
            tops[name] = make.spread(rate, gradient, base, inside), inside
            yield counts.count_rows(name, EPCI, (tops[name][0], base), (inside, base_qpv))
        tests, tests_qpv = tops["depistage-eligibles"]
        eligible, eligible_qpv = bases["depistage-eligibles"]
        rate, rates = choices.INVITED
        invited_qpv = counts.round_part(rates, eligible_qpv)
        invited = make.spread(rate, -0.02, eligible, invited_qpv, luck=0.01)
        yield counts.count_rows("depistage-invites", EPCI, (tests, invited), (tests_qpv, invited_qpv))
        levels = [people.at_level(self.ages, level) for level in ("commune", "qpv")]
        old, old_qpv = ((ages[[75, 80, 85, 90]].sum(axis=1), ages.sum(axis=1)) for ages in levels)
        yield counts.count_rows("part-75-ans", EPCI, old, old_qpv)

    def _health(self, deaths: pd.DataFrame, minutes: pd.DataFrame) -> Iterator[pd.DataFrame]:
        """Yield mortality, accessibility and the survey, which stop at some level."""
        communes, quarters = self.communes, self.qpv.index
        people_by_age, died = (people.at_level(table, "commune") for table in (self.ages, deaths))
        young = [age for age in people.AGES if age < 65]
        for name, groups in (("mortalite-brute", people.AGES), ("mortalite-prematuree", young)):
            pair = died[groups].sum(axis=1), people_by_age[groups].sum(axis=1)
            yield counts.count_rows(name, EPCI, pair)
            yield counts.nothing_rows(name, "qpv", quarters, counts.DEATHS_BY_COMMUNE)
        large = communes.index[communes["population"] >= 5000]
        for name, areas in (
            ("mortalite-standardisee", communes.index),
            ("mortalite-icm", communes.index),
            ("esperance-de-vie", large),
        ):
            yield counts.rows(name, "epci", [EPCI])
            yield counts.rows(name, "commune", areas)
            small = communes.index.difference(areas)
            yield counts.nothing_rows(name, "commune", small, counts.FEW_FOR_A_LIFE)
            yield counts.nothing_rows(name, "qpv", quarters, counts.DEATHS_BY_COMMUNE)
        within = reach.accessibility(communes, minutes, files.read_facilities(HERE))
        yield counts.rows("apl-medecins", "epci", [EPCI], value=[reach.mean_accessibility(within, communes)])
        yield counts.rows("apl-medecins", "commune", communes.index, value=within)
        yield counts.nothing_rows("apl-medecins", "qpv", quarters, counts.REACH_BY_COMMUNE)
        yield counts.rows("renoncement-soins", "epci", [EPCI], numerator=[247], denominator=[861])
        yield counts.nothing_rows("renoncement-soins", "commune", communes.index, counts.FEW_ANSWERS)
        yield counts.nothing_rows("renoncement-soins", "qpv", quarters, counts.FEW_ANSWERS)

    def _counters(self) -> Iterator[pd.DataFrame]:
        """Yield the indicator that means nothing where there is no priority neighbourhood."""
        name, base = "qpv-guichet-proche", self.qpv["population"]
        near = counts.round_part(choices.NEAR_A_COUNTER, base)
        both = near.groupby(self.qpv["commune"]).sum(), base.groupby(self.qpv["commune"]).sum()
        yield counts.count_rows(name, EPCI, both, (near, base))
        others = self.communes.index.difference(both[0].index)
        yield counts.nothing_rows(name, "commune", others, counts.NO_QPV)

    def _deprivation(self) -> Iterator[pd.DataFrame]:
        """Yield the four variables of the deprivation index."""
        make = counts.Spreader(self.communes, self.qpv, DEPRIVATION_SEED)
        for name, (rate, rates, gradient) in choices.DEPRIVATION.items():
            base, base_qpv = self.bases[name]
            inside = counts.round_part(rates, base_qpv)
            top = make.spread(rate, gradient, base, inside, luck=0.05)
            yield counts.count_rows(name, EPCI, (top, base), (inside, base_qpv))
        middle, quarters = choices.INCOME
        income = make.income(middle, choices.INCOME_GRADIENT)
        yield counts.rows("revenu-median", "epci", [EPCI], value=[make.typical_income(income)])
        yield counts.rows("revenu-median", "commune", income.index, value=income)
        yield counts.rows("revenu-median", "qpv", self.qpv.index, value=quarters)


if __name__ == "__main__":
    files.run(HERE, make)
