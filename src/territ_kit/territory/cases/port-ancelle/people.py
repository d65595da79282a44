"""The people of Port-Ancelle: communes, priority neighbourhoods (QPV), ages, deaths."""

from __future__ import annotations

import geography
import numpy as np
import pandas as pd
from numpy.typing import NDArray

EPCI = "X00000001"
DEPARTEMENT = "X1"
AGES = [*range(0, 91, 5)]
# name, inhabitants, zone, density label, deprivation (0 = middle), ageing (0 = as the agglomeration)
COMMUNES: list[tuple[str, int, str, str, float, float]] = [
    ("Port-Ancelle", 61200, "ville-centre", "Grand centre urbain", 0.1, -0.03),
    ("Brévaumer", 14800, "brevaumer", "Centre urbain intermédiaire", 0.2, 0.01),
    ("Havrelle-Plage", 6400, "littoral", "Petite ville", -0.2, 0.137),
    ("Estranvaux", 2914, "littoral", "Bourg rural", 0.1, 0.06),
    ("Granquerelle", 2286, "littoral", "Bourg rural", 0.0, 0.08),
    ("Montcorvelle", 4683, "couronne", "Ceinture urbaine", -0.5, -0.01),
    ("Rivaumer", 3317, "couronne", "Ceinture urbaine", -0.4, 0.0),
    ("Sainte-Hermeline", 3122, "couronne", "Ceinture urbaine", -0.3, 0.01),
    ("Ambrevent", 607, "rural", "Rural à habitat dispersé", 0.2, 0.04),
    ("Bosc-Virelle", 397, "rural", "Rural à habitat très dispersé", 0.4, 0.06),
    ("Carquemare", 792, "rural", "Rural à habitat dispersé", 0.3, 0.03),
    ("Doucelmont", 1163, "rural", "Rural à habitat dispersé", 0.0, 0.02),
    ("Épinquerel", 951, "couronne", "Ceinture urbaine", -0.3, -0.02),
    ("Fontremesle", 2439, "couronne", "Ceinture urbaine", -0.4, -0.03),
    ("Gonvelmare", 1034, "rural", "Rural à habitat dispersé", 0.2, 0.02),
    ("Hautebrise-l’Estran", 1428, "littoral", "Bourg rural", -0.1, 0.12),
    ("Lanquevert", 336, "rural", "Rural à habitat très dispersé", 0.5, 0.07),
    ("Merquebec", 301, "rural", "Rural à habitat très dispersé", 0.4, 0.05),
    ("Noirevanne", 549, "rural", "Rural à habitat dispersé", 0.2, 0.03),
    ("Ormequerre", 858, "rural", "Rural à habitat dispersé", 0.1, 0.02),
    ("Pommelvue", 1242, "rural", "Bourg rural", 0.1, 0.03),
    ("Queurmont", 1067, "rural", "Rural à habitat dispersé", 0.1, 0.02),
    ("Roncevelle", 3638, "couronne", "Ceinture urbaine", -0.5, -0.02),
    ("Saint-Ervelin-des-Grèves", 1863, "littoral", "Bourg rural", -0.1, 0.09),
    ("Trévaubec", 653, "rural", "Rural à habitat dispersé", 0.3, 0.04),
    ("Yvremare", 360, "rural", "Rural à habitat très dispersé", 0.4, 0.06),
]
# name, commune, inhabitants, has a health coordinator (ASV), ageing
QPV: list[tuple[str, str, int, bool, float]] = [
    ("Les Corvelles", "Port-Ancelle", 5200, True, -0.13),
    ("Bassin-Vergne", "Port-Ancelle", 3400, True, -0.08),
    ("Phare-Nord", "Port-Ancelle", 2900, False, -0.10),
    ("Tournevent", "Port-Ancelle", 2100, True, -0.11),
    ("Hauts-de-Brévaumer", "Brévaumer", 1700, False, -0.09),
]
# Shares by five-year age group, 0-4 … 90 and over: the shape of a French area, rounded, then invented.
STRUCTURE = [4.9, 5.6, 6.1, 6.1, 5.6, 5.2, 5.6, 6.0, 6.2, 6.2, 6.7, 6.8, 6.7, 6.4, 6.0, 4.3, 2.6, 1.8, 1.1]
# Deaths a year for 1 000 people of each age group: the shape of French mortality, rounded.
MORTALITY = [0.85, 0.07, 0.09, 0.25, 0.4, 0.45, 0.6, 0.8, 1.2, 2, 3.3, 5.3, 8.2, 12.2, 18, 28, 50, 95, 215]
DEATHS = 1137  # 9.6 for 1 000 inhabitants of the agglomeration
DEATHS_AT_HAVRELLE = 96  # 15.0 for 1 000 inhabitants: a crude rate that ageing alone explains
HAVRELLE = "X1003"
MIDDLE = np.array(AGES, dtype=float) + 2.5


def share_out(total: int, weights: object) -> NDArray[np.int64]:
    """Cut a whole number into whole parts, as close to the weights as can be (largest remainders)."""
    exact = np.asarray(weights, dtype=float)
    exact = exact / exact.sum() * total
    parts: NDArray[np.int64] = np.floor(exact).astype(np.int64)
    parts[np.argsort(parts - exact, kind="stable")[: total - int(parts.sum())]] += 1
    return parts


def age_profile(total: int, ageing: float) -> NDArray[np.int64]:
    """Return inhabitants by age group; ageing tilts the structure towards old age when positive."""
    return share_out(total, np.array(STRUCTURE) * np.exp(ageing * (MIDDLE - 42) / 10))


def communes() -> pd.DataFrame:
    """Return the communes by code, with the place of their town hall."""
    names = ["name", "population", "zone", "density", "deprivation", "ageing"]
    table = pd.DataFrame(COMMUNES, columns=names)
    table.index = pd.Index([f"X1{rank:03d}" for rank in range(1, len(table) + 1)], name="code")
    places = geography.to_degrees(np.array([geography.SITES[name][0] for name in table["name"]]))
    table["lon"], table["lat"] = places[:, 0], places[:, 1]
    # Old people consult more: the weight of the official accessibility figure.
    visits = np.interp(MIDDLE, [0, 10, 30, 60, 92], [1.1, 0.7, 0.8, 1.1, 1.9])
    need = [float(age_profile(people, ageing) @ visits) for _, people, _, _, _, ageing in COMMUNES]
    table["standardised_population"] = share_out(int(table["population"].sum()), need)
    return table


def qpv() -> pd.DataFrame:
    """Return the priority neighbourhoods by code."""
    table = pd.DataFrame(QPV, columns=["name", "commune", "population", "asv", "ageing"])
    table.index = pd.Index([f"QNX1{rank:02d}M" for rank in range(1, len(table) + 1)], name="code")
    table["commune"] = table["commune"].map(communes().reset_index().set_index("name")["code"])
    places = geography.to_degrees(np.array([geography.QPV_POINTS[name] for name in table["name"]]))
    table["lon"], table["lat"] = places[:, 0], places[:, 1]
    return table


def ages(communes: pd.DataFrame, qpv: pd.DataFrame) -> pd.DataFrame:
    """Return inhabitants by (level, area) and age group; a commune holds its neighbourhoods."""
    rows = {
        ("qpv", code): age_profile(people, ageing)
        for code, (_, _, people, _, ageing) in zip(qpv.index, QPV, strict=True)
    }
    for code, (_, people, _, _, _, ageing) in zip(communes.index, COMMUNES, strict=True):
        inside = [rows["qpv", one] for one in qpv.index[qpv["commune"] == code]]
        rest = people - sum(int(part.sum()) for part in inside)
        rows["commune", code] = age_profile(rest, ageing) + sum(inside)
    rows["epci", EPCI] = np.sum([part for (level, _), part in rows.items() if level == "commune"], axis=0)
    rows["departement", DEPARTEMENT] = age_profile(598_400, 0.012)
    table = pd.DataFrame(rows, index=AGES).T
    return table.rename_axis(index=["level", "area"])


def deaths(ages: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return deaths of one year by (level, area) and age group; communes add up to the agglomeration."""
    chance = np.random.RandomState(seed)  # its stream is frozen: the same tables on every machine
    people = ages.loc["commune"]
    whole = ages.loc["epci"].loc[EPCI].to_numpy()
    total = share_out(DEATHS, whole * MORTALITY)
    rows = {HAVRELLE: share_out(DEATHS_AT_HAVRELLE, people.loc[HAVRELLE] * total / whole)}
    others = people.drop(HAVRELLE)
    spread = [
        chance.multinomial(count, others[age] / others[age].sum())
        for age, count in zip(AGES, total - rows[HAVRELLE], strict=True)
    ]
    rows |= dict(zip(others.index, np.array(spread).T, strict=True))
    table = pd.DataFrame(rows, index=AGES).T.loc[people.index]
    department = ages.loc["departement"].loc[DEPARTEMENT].to_numpy()
    expected = department * total / whole
    return pd.concat(
        {
            "commune": table,
            "epci": pd.DataFrame([total], index=[EPCI], columns=AGES),
            "departement": pd.DataFrame(
                [share_out(round(float(expected.sum())), department * MORTALITY)],
                index=[DEPARTEMENT],
                columns=AGES,
            ),
        },
        names=["level", "area"],
    )
