"""The figures of indicators over a territory: what was counted, among how many, and each estimate."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from territ_kit.errors import InputError
from territ_kit.observation.life_expectancy import FEWEST_PEOPLE, life_expectancy
from territ_kit.observation.rates import (
    crude_rates,
    proportions,
    standardised_rates,
    standardised_ratios,
)

if TYPE_CHECKING:
    from territ_kit.territory import Territory

LEVELS = {"commune": "communes", "group": "groups", "qpv": "qpv"}
"""Name of the table of each level below the whole territory."""
ESTIMATE = ["value", "low", "high"]
_COUNTED: Mapping[str, Callable[..., pd.DataFrame]] = {
    "proportion": proportions,
    "crude_rate": crude_rates,
    "standardised_ratio": standardised_ratios,
}
_BY_AGE = ("standardised_rate", "standardised_ratio", "life_expectancy")
_PARTIAL = "Une commune du groupe n’a pas de chiffre publié : leur somme serait fausse."
_NO_SUM = "Ce chiffre ne s’additionne pas : il faudrait les données d’origine du groupe."
_NO_LIFE_TABLE = "Non calculée sous 5\u202f000 habitants, ou sans décès dans le dernier groupe d’âge."


def read_figures(
    territory: Territory,
    indicators: Sequence[str],
    level: str,
    *,
    confidence: float = 0.95,
    areas: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Return some indicators in every area of a level, all measured together.

    Parameters
    ----------
    territory : Territory
    indicators : sequence of str
        Ids of the catalogue.
    level : {"commune", "group", "qpv", "epci"}
    confidence : float
        In (0, 1).
    areas : sequence of str, optional
        Codes of the level; all of them by default.

    Returns
    -------
    DataFrame
        Indexed by `indicator` and `code`: `name`; `events` and `base`, what was counted among how many
        (expected events for a ratio; NaN when nothing is counted); `value`, `low`, `high` in the unit of the
        catalogue;
        `missing` and its French `reason`; `suppressed`.
    """
    names = area_names(territory, level)
    if areas is not None:
        names = names.loc[list(areas)]
    given = _given(territory, list(indicators), level, names.index)
    events, base, value = (
        given[name].to_numpy(dtype=float, copy=True) for name in ("numerator", "denominator", "value")
    )
    missing, reason = (given[name].to_numpy(dtype=object, copy=True) for name in ("missing", "reason"))
    kinds, pers = (territory.catalogue[name].reindex(list(indicators)).to_numpy() for name in ("kind", "per"))
    of = np.repeat(np.arange(len(indicators)), len(names))  # place of the indicator of each row
    by_age = np.isin(list(indicators), _by_age(territory))
    missing[pd.isna(missing) & by_age[of]] = ""  # an area without a row of its own has its ages
    absent = pd.isna(missing)
    missing[absent], reason[pd.isna(reason)] = "not_available", ""
    here = missing == ""
    for name in (events, base, value):
        name[~here] = math.nan
    low, high, suppressed = np.full(len(of), math.nan), np.full(len(of), math.nan), np.zeros(len(of), bool)
    for kind, measure in _COUNTED.items():
        where = here & (kinds[of] == kind) & ~by_age[of]
        if where.any():
            found = measure(events[where], base[where], confidence=confidence, per=1)
            value[where], low[where], high[where] = found[ESTIMATE].to_numpy().T * pers[of][where].astype(
                float
            )
    for place in np.flatnonzero(by_age):
        where = here & (of == place)
        ages = _Ages(territory, level, names.index[where[of == place]])
        found = ages.measure(kinds[place], per=float(pers[place]), confidence=confidence)
        value[where], low[where], high[where] = found[ESTIMATE].to_numpy().T
        events[where], base[where], suppressed[where] = (
            found[column].to_numpy() for column in ("events", "base", "suppressed")
        )
    lost = here & np.isnan(value) & ~suppressed
    missing[lost] = "not_available"
    reason[lost & (kinds[of] == "life_expectancy")] = _NO_LIFE_TABLE
    return pd.DataFrame(
        {"name": np.tile(names.to_numpy(), len(indicators)), "events": events, "base": base}
        | {"value": value, "low": low, "high": high}
        | {"missing": missing, "reason": reason, "suppressed": suppressed},
        index=given.index,
    )


def _by_age(territory: Territory) -> list[str]:
    """Return the indicators measured from the ages: a ratio is one unless the table gives expected events."""
    table, kinds = territory.indicators, territory.catalogue["kind"]
    counted = set(table["indicator"][table["denominator"].notna()])
    return [one for one in kinds.index[kinds.isin(_BY_AGE)] if one not in counted]


def area_names(territory: Territory, level: str) -> pd.Series[str]:
    """Return the names of the areas of a level, by code, in the territory's order.

    Raises
    ------
    InputError
        If the level is unknown.
    """
    if level == "epci":
        return pd.Series({territory.code: territory.short_name})
    if level not in LEVELS:
        raise InputError(
            f"Le niveau « {level} » n’existe pas ; attendu : « commune », « group », « qpv » ou « epci ». "
            "Choisissez l’un des quatre."
        )
    frame: pd.DataFrame = getattr(territory, LEVELS[level])
    return frame["name"]


def level_of(territory: Territory, area: str) -> str:
    """Return the level of an area; any other code, and none, stand for the whole territory."""
    return next((level for level, table in LEVELS.items() if area in getattr(territory, table).index), "epci")


def populations(territory: Territory, level: str) -> pd.Series[Any]:
    """Return the inhabitants of the areas of a level, by code, in the territory's order."""
    people = territory.communes["population"]
    if level == "epci":
        return pd.Series({territory.code: people.sum()})
    if level == "group":
        return people.groupby(territory.communes["group"]).sum().reindex(territory.groups.index)
    return people if level == "commune" else territory.qpv["population"]


def ages_of(territory: Territory, level: str, area: str) -> pd.DataFrame:
    """Return the `men` and `women` of an area by first age; empty when its ages are not known.

    Parameters
    ----------
    territory : Territory
    level : {"epci", "group", "commune", "qpv", "departement"}
    area : str
        Code; ignored for the département, of which there is one.
    """
    table = territory.ages
    if level == "group":
        inside = territory.communes.index[territory.communes["group"] == area]
        rows = table[(table["level"] == "commune") & table["area"].isin(inside)]
    else:
        rows = table[(table["level"] == level) & ((table["area"] == area) | (level == "departement"))]
    sums = rows.groupby("age_start")[["population", "women"]].sum()
    return pd.DataFrame({"men": sums["population"] - sums["women"], "women": sums["women"]})


def _given(territory: Territory, indicators: list[str], level: str, areas: pd.Index[Any]) -> pd.DataFrame:
    """Return what the table says; a group of communes that no row names is the sum of its communes."""
    table = territory.indicators
    table = table[table["indicator"].isin(indicators)]
    wanted = pd.MultiIndex.from_product([indicators, areas], names=["indicator", "code"])
    columns = ["numerator", "denominator", "value", "missing", "reason"]
    rows = table[table["level"] == level].set_index(["indicator", "area"])[columns]
    if level == "group":
        named = set(rows.index.get_level_values(0))
        # What is measured from the ages depends on those of the group, not on what its communes are refused.
        added = ~table["indicator"].isin([*named, *_by_age(territory)]) | (table["missing"] == "secret")
        communes = table[(table["level"] == "commune") & ~table["indicator"].isin(named) & added]
        rows = pd.concat([rows, _summed(communes, territory.communes["group"])])
    return rows.reindex(wanted)


def _summed(communes: pd.DataFrame, groups: pd.Series[str]) -> pd.DataFrame:
    """Add communes up by indicator and group, when every commune of the group is known."""
    keys = [communes["indicator"], communes["area"].map(groups)]
    counts = communes[["numerator", "denominator"]].astype(float)
    known = counts.notna().all(axis=1).groupby(keys).all()
    bare = (communes["value"].notna() & counts["denominator"].isna()).groupby(keys).any()
    return counts.groupby(keys).sum().where(known).assign(
        value=math.nan,
        missing=np.where(known, "", "not_available"),
        reason=np.where(known, "", np.where(bare, _NO_SUM, _PARTIAL)),
    )  # fmt: skip


def _whole(by_commune: pd.DataFrame, groups: pd.Series[str]) -> pd.DataFrame:
    """Add communes up by group; a group with one commune unknown is unknown."""
    return by_commune.groupby(groups).sum().where(by_commune.notna().groupby(groups).all())


class _Ages:
    """Deaths and person-years by age of some areas of a level, and what is measured of them."""

    def __init__(self, territory: Territory, level: str, areas: pd.Index[Any]) -> None:
        self.territory = territory
        self.deaths, self.people = (frame.reindex(areas) for frame in self._read(level))

    def measure(self, kind: str, *, per: float, confidence: float) -> pd.DataFrame:
        """Return the rate or the ratio at equal age, or the life expectancy."""
        nothing = {"events": math.nan, "base": math.nan, "suppressed": False}
        if self.deaths.isna().to_numpy().all():
            return pd.DataFrame(math.nan, index=self.deaths.index, columns=ESTIMATE).assign(**nothing)
        if kind == "life_expectancy":
            rows = [self._at_birth(area, confidence) for area in self.deaths.index]
            return pd.DataFrame(rows, index=self.deaths.index, columns=ESTIMATE).assign(**nothing)
        events, base = (frame.sum(axis=1, min_count=1) for frame in (self.deaths, self.people))
        if kind == "standardised_rate":
            standard = self.territory.standard_population.reindex(self.deaths.columns)
            found = standardised_rates(self.deaths, self.people, standard, confidence=confidence, per=per)
        else:
            deaths, people = (frame.iloc[0] for frame in self._read("departement"))
            base = self.people @ (deaths / people)
            found = standardised_ratios(events, base, confidence=confidence, per=per)
        return found.assign(events=events, base=base)

    def _read(self, level: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        deaths, ages = (
            table[table["level"] == ("commune" if level == "group" else level)].set_index(
                ["area", "age_start"]
            )
            for table in (self.territory.deaths, self.territory.ages)
        )
        died, people = deaths["deaths"].unstack(), ages["population"].unstack()  # noqa: PD010 # four times faster
        people = people.reindex(index=died.index, columns=died.columns) * deaths["years"].max()
        if level == "group":
            groups = self.territory.communes["group"]
            every = self.territory.communes.index
            return tuple(_whole(frame.reindex(every), groups) for frame in (died, people))  # type: ignore[return-value]
        return died, people

    def _at_birth(self, area: str, confidence: float) -> tuple[float, ...]:
        """Return the life expectancy at birth, NaN where the method refuses."""
        deaths, people = self.deaths.loc[area], self.people.loc[area]
        nothing = math.nan, math.nan, math.nan
        if people.isna().any() or deaths.isna().any() or people.sum() < FEWEST_PEOPLE:
            return nothing
        try:
            table = life_expectancy(deaths, people, deaths.index, confidence=confidence)
        except InputError:
            return nothing
        return tuple(float(figure) for figure in table.iloc[0][ESTIMATE])
