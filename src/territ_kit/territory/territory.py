"""A territory: everything that the five steps read about one place, real or fictitious."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import pandas as pd

AGE_STARTS = tuple(range(0, 91, 5))
"""First age (years) of the 19 groups 0-4, 5-9 … 85-89, 90 and over."""

_ESP2013 = "5000 5500 5500 5500 6000 6000 6500 7000 7000 7000 7000 6500 6000 5500 5000 4000 2500 1500 1000"
ESP2013 = pd.Series(
    [float(people) for people in _ESP2013.split()],
    index=pd.Index(AGE_STARTS, name="age_start"),
    name="population",
)
"""European standard population 2013, 100 000 people. Source: Eurostat, Revision of the European Standard
Population, 2013 (groups 90-94 and 95 and over joined)."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What one person of the place says, in their own words."""

    role: str
    kind: Literal["resident", "professional", "elected"]
    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """One invented press cutting."""

    title: str
    text: str


@dataclass(frozen=True, eq=False)
class Territory:
    """One territory (an EPCI, its communes and neighbourhoods) and what is known of it.

    Areas have four levels: `epci` (its code is `code`), `group` (of communes: coast, belt…), `commune` and
    `qpv` (priority neighbourhood, a part of its commune; some territories have none). Texts are French
    Markdown. Each case has a LISEZMOI.md on its tables; codes are text.

    Attributes
    ----------
    communes : DataFrame by `code`
        name, population (inhabitants), zone, group, density (French label), lon, lat (degrees, of the town
        hall), standardised_population (weight of the accessibility figure).
    groups : DataFrame by `id`
        name; each commune is in one group, and no group is empty.
    qpv : DataFrame by `code`
        name, commune (code), population, asv (has a health coordinator), lon, lat.
    zones : DataFrame by `id`
        name, kind (qpv, urban, suburban, coastal, rural), population; zones cover everyone once.
    themes : Series by `id`
        French labels of the themes of indicators, actions and strata.
    catalogue : DataFrame by `indicator`
        label, short_label, unit, kind (proportion, crude_rate, standardised_rate, standardised_ratio,
        life_expectancy, level), per (1, 100, 1 000 or 100 000), decimals, direction (higher_is_worse,
        higher_is_better, neutral), theme, source, year, years (number of years pooled in the figures),
        definition, shows, hides, threshold (NaN without one), threshold_label, equal_age (id of the indicator
        that says the same at equal age, or ""), role (in the FDep deprivation index: income, graduates,
        workers, unemployment, or "").
    indicators : DataFrame
        indicator, level, area, numerator (for a ratio, observed events), denominator (for a ratio, expected
        events), value (in units of `per`; NaN where it comes from `ages` and `deaths`: standardised rates,
        life expectancies, ratios without figures of their own), missing ("", secret, not_available,
        not_applicable), reason. Rows of the level `group` are only for what is published so; elsewhere a
        group is the sum of its communes.
    references : DataFrame
        indicator, level (departement, region, france), label, value (in units of `per`).
    ages, deaths : DataFrame
        level, area, age_start, population and women among them; level, area, age_start, deaths, years (number
        of years in which the deaths are counted). The level `departement` is there too, and is the standard
        of ratios; `qpv` in ages only.
    facilities : DataFrame by `id`
        kind, name, commune, qpv ("" outside), quantity, unit, opening.
    travel_minutes : DataFrame
        minutes by car, from the commune of the row to that of the column.
    strata : DataFrame
        zone, quintile (1 = most deprived), theme, population, need_share, covered_share (both 0 to 1).
    actors, actions, projects : DataFrame by `id`
        who wants what; what is done, where, for whom, when; the arrangements in place.
    objectives, positions, influences : DataFrame
        objectives by id (label); stance of each actor on each objective (−3 against to 3 for); influence of
        the row's actor on the column's (0 to 4).
    contours : dict
        GeoJSON FeatureCollection of the communes (properties code and nom).
    credits_per_head : float
        euros a year and inhabitant of ordinary public credit that coordination can put to use.
    """

    id: str
    code: str
    name: str
    short_name: str
    fictitious: bool
    banner: str
    in_plain_words: str
    departement: str
    region: str
    priority: bool
    credits_per_head: float
    story: str
    voices: tuple[Voice, ...]
    press: Press
    email: str
    event: str
    debate: str
    question: str
    communes: pd.DataFrame
    groups: pd.DataFrame
    qpv: pd.DataFrame
    zones: pd.DataFrame
    themes: pd.Series[str]
    catalogue: pd.DataFrame
    indicators: pd.DataFrame
    references: pd.DataFrame
    ages: pd.DataFrame
    deaths: pd.DataFrame
    facilities: pd.DataFrame
    travel_minutes: pd.DataFrame
    strata: pd.DataFrame
    actors: pd.DataFrame
    actions: pd.DataFrame
    projects: pd.DataFrame
    objectives: pd.DataFrame
    positions: pd.DataFrame
    influences: pd.DataFrame
    contours: dict[str, Any]
    standard_population: pd.Series[float] = field(default_factory=ESP2013.copy)

    @property
    def population(self) -> int:
        """Inhabitants of the whole territory."""
        return int(self.communes["population"].sum())

    def area_names(self) -> pd.Series[str]:
        """Return the name of every area (EPCI, groups, communes, neighbourhoods) by code."""
        parts = [table["name"] for table in (self.groups, self.communes, self.qpv)]
        names: pd.Series[str] = pd.concat([pd.Series({self.code: self.short_name}), *parts])
        return names.rename("name").rename_axis("area")
