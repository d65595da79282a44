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

    Areas have three levels: `epci` (its code is `code`), `commune` and `qpv` (priority neighbourhood, a part
    of its commune). Texts are French Markdown. Each case has a LISEZMOI.md on its tables; codes are text.

    Attributes
    ----------
    communes : DataFrame by `code`
        name, population (inhabitants), zone, density (French label), lon, lat (degrees, of the town hall),
        standardised_population (weight of the accessibility figure).
    qpv : DataFrame by `code`
        name, commune (code), population, asv (has a health coordinator), lon, lat.
    zones : DataFrame by `id`
        name, kind (qpv, urban, suburban, coastal, rural), population; zones cover everyone once.
    themes : Series by `id`
        French labels of the themes of indicators, actions and strata.
    catalogue : DataFrame by `indicator`
        label, short_label, unit, kind (proportion, crude_rate, standardised_rate, level), per (1, 100, 1 000
        or 100 000), decimals, direction (higher_is_worse, higher_is_better, neutral), theme, source, year,
        definition, shows, hides, threshold (NaN without one), threshold_label.
    indicators : DataFrame
        indicator, level, area, numerator, denominator, value (in units of `per`; NaN for a standardised rate,
        which comes from `ages` and `deaths`), missing ("", secret, not_available, not_applicable), reason.
    references : DataFrame
        indicator, level (departement, region, france), label, value (in units of `per`).
    ages, deaths : DataFrame
        level, area, age_start and population; level, area, age_start, deaths, years (number of years in which
        the deaths are counted). The level `departement` is there too; `qpv` in ages only.
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
        """Return the name of every area (EPCI, communes, neighbourhoods) by code."""
        whole = {self.code: self.short_name}
        names = whole | self.communes["name"].to_dict() | self.qpv["name"].to_dict()
        return pd.Series(names, name="name").rename_axis("area")
