"""Invent the people of a case: communes and neighbourhoods, their ages and sexes, their deaths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from territ_kit.territory.invention.land import Sites, to_degrees
from territ_kit.territory.territory import AGE_STARTS

AGES = [*AGE_STARTS]
MIDDLE = np.array(AGES, dtype=float) + 2.5
# Shares by five-year age group, 0-4 … 90 and over: the shape of a French area, rounded, then invented.
STRUCTURE = np.array(
    [4.9, 5.6, 6.1, 6.1, 5.6, 5.2, 5.6, 6.0, 6.2, 6.2, 6.7, 6.8, 6.7, 6.4, 6.0, 4.3, 2.6, 1.8, 1.1]
)
# Deaths a year for 1 000 people of each age group: the shape of French mortality, rounded.
MORTALITY = np.array(
    [0.85, 0.07, 0.09, 0.25, 0.4, 0.45, 0.6, 0.8, 1.2, 2, 3.3, 5.3, 8.2, 12.2, 18, 28, 50, 95, 215]
)
# Women among the people of each age group: the shape of the French population, rounded.
_WOMEN = ".488 .488 .488 .487 .49 .5 .506 .507 .505 .504 .505 .508 .516 .523 .53 .548 .578 .625 .72"
WOMEN = np.array([float(share) for share in _WOMEN.split()])
# Old people consult more (visits a year at each age): the weight of the official accessibility figure.
VISITS = np.interp(MIDDLE, [0, 10, 30, 60, 92], [1.1, 0.7, 0.8, 1.1, 1.9])


def share_out(total: int, weights: ArrayLike) -> NDArray[np.int64]:
    """Cut a whole number into whole parts, as close to the weights as can be (largest remainders)."""
    exact = np.asarray(weights, dtype=float)
    exact = exact / exact.sum() * total
    parts: NDArray[np.int64] = np.floor(exact).astype(np.int64)
    parts[np.argsort(parts - exact, kind="stable")[: total - int(parts.sum())]] += 1
    return parts


def age_profile(total: int, ageing: float) -> NDArray[np.int64]:
    """Return inhabitants by age group; ageing tilts the structure towards old age when positive."""
    return share_out(total, STRUCTURE * np.exp(ageing * (MIDDLE - 42) / 10))


def commune_table(
    rows: Sequence[tuple[str, int, str, str, str, float, float]], sites: Sites, prefix: str
) -> pd.DataFrame:
    """Return the communes by code (`prefix`001, 002…), with the place of their town hall.

    Each row holds name, inhabitants, zone, group, density label, deprivation (0 in the middle, 1 very poor)
    and ageing (0 = the usual structure). The last two are for the generator: `public_columns` drops them.
    """
    names = ["name", "population", "zone", "group", "density", "deprivation", "ageing"]
    table = pd.DataFrame(list(rows), columns=names)
    table.index = pd.Index([f"{prefix}{rank:03d}" for rank in range(1, len(table) + 1)], name="code")
    places = to_degrees([sites[name][0] for name in table["name"]])
    table["lon"], table["lat"] = places[:, 0], places[:, 1]
    pairs = zip(table["population"], table["ageing"], strict=True)
    need = [float(age_profile(people, ageing) @ VISITS) for people, ageing in pairs]
    table["standardised_population"] = share_out(int(table["population"].sum()), need)
    return table


def qpv_table(
    rows: Sequence[tuple[str, str, int, bool, float]],
    communes: pd.DataFrame,
    places: Mapping[str, tuple[float, float]],
    prefix: str,
) -> pd.DataFrame:
    """Return the priority neighbourhoods by code (`prefix`01M, 02M…); none gives an empty table.

    Each row holds name, name of the commune, inhabitants, whether a health coordinator (ASV) works there, and
    ageing; `places` are in kilometres.
    """
    table = pd.DataFrame(list(rows), columns=["name", "commune", "population", "asv", "ageing"])
    table = table.astype({"population": int, "asv": bool, "ageing": float})
    table.index = pd.Index([f"{prefix}{rank:02d}M" for rank in range(1, len(table) + 1)], name="code")
    table["commune"] = table["commune"].map(communes.reset_index().set_index("name")["code"])
    points = to_degrees(np.array([places[name] for name in table["name"]]).reshape(-1, 2))
    table["lon"], table["lat"] = points[:, 0], points[:, 1]
    return table


def public_columns(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table of places as it is written: without what only the generator knows."""
    return table.drop(columns=["deprivation", "ageing"], errors="ignore").reset_index()


def age_table(
    communes: pd.DataFrame, qpv: pd.DataFrame, epci: str, departement: tuple[str, int, float]
) -> pd.DataFrame:
    """Return inhabitants by (level, area) and age group; a commune holds its neighbourhoods.

    `departement` is its code, its inhabitants and its ageing.
    """
    rows = {("qpv", code): age_profile(one["population"], one["ageing"]) for code, one in qpv.iterrows()}
    for code, one in communes.iterrows():
        inside = [rows["qpv", quarter] for quarter in qpv.index[qpv["commune"] == code]]
        rest = int(one["population"]) - sum(int(part.sum()) for part in inside)
        rows["commune", code] = age_profile(rest, one["ageing"]) + sum(inside)
    table = pd.DataFrame(rows, index=AGES).T
    table.loc[("epci", epci), :] = table.loc["commune"].sum()
    table.loc[("departement", departement[0]), :] = age_profile(*departement[1:])
    return table.rename_axis(index=["level", "area"]).astype(int)


def at_level(table: pd.DataFrame, level: str) -> pd.DataFrame:
    """Return the rows of one level of a table by (level, area), by area; empty when there is none."""
    return table[table.index.get_level_values("level") == level].droplevel("level")


def women_table(ages: pd.DataFrame, qpv: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return the women among the inhabitants of each age group; a commune holds its neighbourhoods."""
    chance = np.random.RandomState(seed)
    quarters, communes = at_level(ages, "qpv"), at_level(ages, "commune")
    within = qpv["commune"].loc[quarters.index]
    outside = communes.sub(quarters.groupby(within).sum(), fill_value=0).astype(int)
    drawn = {
        level: pd.DataFrame(chance.binomial(part, WOMEN), part.index, AGES)
        for level, part in (("qpv", quarters), ("commune", outside))
    }
    drawn["commune"] = drawn["commune"].add(drawn["qpv"].groupby(within).sum(), fill_value=0)
    drawn["epci"] = pd.DataFrame([drawn["commune"].sum()], at_level(ages, "epci").index)
    drawn["departement"] = (at_level(ages, "departement") * WOMEN).round()
    return pd.concat(drawn, names=["level", "area"]).astype(int).loc[ages.index]


def death_table(
    ages: pd.DataFrame,
    total: int,
    seed: int,
    *,
    held: Mapping[str, int] | None = None,
    risk: pd.Series[float] | None = None,
    departement: float = 1.0,
) -> pd.DataFrame:
    """Return deaths by (level, area) and age group; communes add up to `total`.

    `held` fixes the deaths of some communes (shared out by age, no chance); the others are drawn, each in
    proportion to its people and its `risk` (1 for all by default). `departement` is the mortality of the
    département over that of the EPCI, at equal age. `total` may count several years.
    """
    chance = np.random.RandomState(seed)
    people, epci, larger = (at_level(ages, level) for level in ("commune", "epci", "departement"))
    whole = epci.iloc[0].to_numpy()
    by_age = share_out(total, whole * MORTALITY)
    rows = {code: share_out(count, people.loc[code] * by_age / whole) for code, count in (held or {}).items()}
    others = people.drop(list(rows))
    if risk is not None:
        others = others.mul(risk, axis=0)
    left = by_age - np.sum([*rows.values(), np.zeros_like(by_age)], axis=0)
    spread = [
        chance.multinomial(count, others[age] / others[age].sum())
        for age, count in zip(AGES, left, strict=True)
    ]
    rows |= dict(zip(others.index, np.array(spread).T, strict=True))
    expected = round(float((larger.to_numpy() * by_age / whole).sum()) * departement)
    return pd.concat(
        {
            "commune": pd.DataFrame(rows, index=AGES).T.loc[people.index],
            "epci": pd.DataFrame([by_age], epci.index, AGES),
            "departement": pd.DataFrame(
                [share_out(expected, larger.iloc[0].to_numpy() * MORTALITY)], larger.index, AGES
            ),
        },
        names=["level", "area"],
    )


def long_table(**tables: pd.DataFrame) -> pd.DataFrame:
    """Return tables by age as one long table: level, area, age_start, then one column for each."""
    keys = ["level", "area", "age_start"]
    long = [
        table.reset_index().melt(keys[:2], var_name=keys[2], value_name=name).set_index(keys)
        for name, table in tables.items()
    ]
    return pd.concat(long, axis=1).reset_index().sort_values(keys)
