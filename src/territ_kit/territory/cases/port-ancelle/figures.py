"""The indicators, the landmarks and the needs of Port-Ancelle."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from people import AGES, DEPARTEMENT, EPCI, share_out

SEED = 2026
# Why there is nothing to read: the kind of nothing, and the reason shown.
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
NO_QPV = "not_applicable", "Sans objet\u00a0: la commune n’a pas de quartier prioritaire."
# indicator: agglomeration rate, then rates of the five QPV, then how fast it grows with deprivation
RATES: dict[str, tuple[float, list[float], float]] = {
    "sans-medecin-traitant": (0.090, [0.32, 0.21, 0.24, 0.18, 0.22], 0.5),
    "non-recours-c2s": (0.310, [0.36, 0.38, 0.47, 0.37, 0.45], 0.2),
    "depistage-eligibles": (0.360, [0.22, 0.26, 0.23, 0.27, 0.23], -0.25),
    "pauvrete": (0.158, [0.49, 0.43, 0.46, 0.39, 0.42], 0.7),
    "urgences-motifs-courants": (0.112, [0.265, 0.215, 0.250, 0.205, 0.190], 0.3),
    "logements-surpeuples": (0.052, [0.22, 0.18, 0.20, 0.16, 0.17], 0.4),
}
INVITED = 0.877, [0.70, 0.75, 0.71, 0.76, 0.72]  # of the eligible: agglomeration, then each QPV
NEAR_A_COUNTER = [0.92, 0.71, 0.18, 0.64, 0.24]
# département, Région, France: invented, in the unit of the catalogue; None = taken from the tables
LANDMARKS: dict[str, tuple[float | None, float, float]] = {
    "apl-medecins": (3.2, 3.1, 3.4),
    "sans-medecin-traitant": (9.1, 10.3, 10.8),
    "non-recours-c2s": (31.2, 31.9, 33.0),
    "depistage-eligibles": (35.8, 35.1, 33.9),
    "depistage-invites": (41.2, 40.4, 39.0),
    "mortalite-brute": (None, 10.6, 9.4),
    "mortalite-standardisee": (None, 9.1, 8.5),
    "mortalite-prematuree": (None, 219.0, 192.0),
    "pauvrete": (15.7, 14.2, 14.9),
    "urgences-motifs-courants": (111.4, 114.0, 109.0),
    "part-75-ans": (None, 10.9, 10.4),
    "logements-surpeuples": (5.1, 4.3, 8.6),
    "renoncement-soins": (27.9, 27.1, 26.4),
}
# Eurostat, European standard population 2013, 0-4 … 90 and over
STANDARD = np.array([50, 55, 55, 55, 60, 60, 65, 70, 70, 70, 70, 65, 60, 55, 50, 40, 25, 15, 10], dtype=float)


def accessibility(communes: pd.DataFrame, minutes: pd.DataFrame, facilities: pd.DataFrame) -> NDArray[Any]:
    """Return consultations a year and inhabitant within reach of each commune (two-step catchment).

    One full-time doctor gives 5 400 consultations; a place counts fully up to 10 minutes, two thirds up to
    15, one third up to 20, not beyond (weights chosen for the case).
    """
    doctors = facilities[facilities["kind"] == "medecin-generaliste"].groupby("commune")["quantity"].sum()
    supply = 5400 * doctors.reindex(communes.index, fill_value=0.0).to_numpy(dtype=float)
    time = minutes.to_numpy()
    weight = np.select([time <= 10, time <= 15, time <= 20], [1.0, 2 / 3, 1 / 3], 0.0)
    people = communes["standardised_population"].to_numpy(dtype=float)
    return np.asarray(np.round(weight @ (supply / (weight.T @ people)), 2))


def _bases(ages: pd.DataFrame) -> dict[str, pd.Series]:
    """Return whole denominators that follow from ages, by (level, area)."""
    adults = np.floor(0.97 * (ages[[a for a in AGES if a >= 20]].sum(axis=1) + 0.6 * ages[15]))
    eligible = np.floor(0.88 * ages[[50, 55, 60, 65, 70]].sum(axis=1))
    everyone = ages.sum(axis=1)
    return {
        "sans-medecin-traitant": adults.astype(int),
        "depistage-eligibles": eligible.astype(int),
        "pauvrete": np.floor(0.98 * everyone).astype(int),
        "urgences-motifs-courants": everyone,
        "logements-surpeuples": np.floor(everyone / 2.15).astype(int),
    }


class _Maker:
    """Shares an agglomeration total over communes, with the neighbourhoods inside theirs."""

    def __init__(self, communes: pd.DataFrame, qpv: pd.DataFrame) -> None:
        self.communes, self.qpv = communes, qpv
        self.chance = np.random.RandomState(SEED)  # frozen stream: the same tables on every machine

    def spread(
        self, rate: float, gradient: float, base: pd.Series, inside: pd.Series, *, luck: float = 0.08
    ) -> pd.Series:
        """Return a count by commune that adds up to rate times base and holds the neighbourhoods' counts."""
        held = inside.groupby(self.qpv["commune"]).sum().reindex(self.communes.index, fill_value=0)
        chance = self.chance.uniform(1 - luck, 1 + luck, len(base))
        weights = base * np.exp(gradient * self.communes["deprivation"]) * chance
        rest = round(rate * int(base.sum())) - int(held.sum())
        # A town's neighbourhoods are a part of its base: only the rest of the town takes from the rest.
        weights *= (
            1
            - self.qpv.groupby("commune")["population"].sum().reindex(base.index, fill_value=0)
            / (self.communes["population"])
        )
        return pd.Series(share_out(rest, weights), index=base.index) + held


def _rows(indicator: str, level: str, top: pd.Series, base: pd.Series) -> pd.DataFrame:
    return pd.DataFrame(
        {"indicator": indicator, "level": level, "area": base.index, "numerator": top, "denominator": base}
    )


def _counts(
    indicator: str, communes: tuple[pd.Series, pd.Series], qpv: tuple[pd.Series, pd.Series] | None
) -> pd.DataFrame:
    """Return the rows of one counted indicator: the agglomeration is the sum of its communes."""
    whole = tuple(pd.Series([int(part.sum())], index=[EPCI]) for part in communes)
    parts = [_rows(indicator, "epci", whole[0], whole[1]), _rows(indicator, "commune", *communes)]
    if qpv is not None:
        parts.append(_rows(indicator, "qpv", *qpv))
    return pd.concat(parts)


def _nothing(indicator: str, level: str, areas: pd.Index, why: tuple[str, str]) -> pd.DataFrame:
    empty = pd.Series(np.nan, index=areas)
    return _rows(indicator, level, empty, empty).assign(missing=why[0], reason=why[1])


def _part(rates: list[float], base: pd.Series) -> pd.Series:
    return (base * rates).round().astype(int)


def indicator_table(
    communes: pd.DataFrame, qpv: pd.DataFrame, ages: pd.DataFrame, deaths: pd.DataFrame, reach: NDArray[Any]
) -> pd.DataFrame:
    """Return every indicator, long: counts, or a value for a level, or the kind of nothing and why."""
    parts = [*_local_counts(communes, qpv, ages), *_health(communes, qpv, ages, deaths, reach)]
    parts += _neighbourhoods_only(communes, qpv)
    table = pd.concat(parts, ignore_index=True)
    table[["missing", "reason"]] = table[["missing", "reason"]].fillna("")
    name, people = table["indicator"], table["area"].map(communes["population"])
    for where, why in (
        ((name == "pauvrete") & (people < 1100), SMALL),
        ((name == "urgences-motifs-courants") & (table["numerator"] < 40), SMALL),
        ((name == "non-recours-c2s") & (people < 2000), NO_ESTIMATE),
        ((name == "logements-surpeuples") & (people < 500), FEW_HOMES),
    ):
        table.loc[where, ["numerator", "denominator"]] = np.nan
        table.loc[where, ["missing", "reason"]] = why
    counts = ["numerator", "denominator"]
    table[counts] = table[counts].astype("Int64")
    return table[["indicator", "level", "area", *counts, "value", "missing", "reason"]]


def _local_counts(communes: pd.DataFrame, qpv: pd.DataFrame, ages: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the indicators counted in communes and in neighbourhoods."""
    make, parts, tops = _Maker(communes, qpv), [], {}
    bases = {name: (base.loc["commune"], base.loc["qpv"]) for name, base in _bases(ages).items()}
    entitled = _part([0.40] * len(qpv), qpv["population"])
    bases["non-recours-c2s"] = (make.spread(0.166, 0.6, communes["population"], entitled), entitled)
    for name, (rate, rates, gradient) in RATES.items():
        base, base_qpv = bases[name]
        inside = _part(rates, base_qpv)
        tops[name] = (make.spread(rate, gradient, base, inside), inside)
        parts.append(_counts(name, (tops[name][0], base), (inside, base_qpv)))
    tests, tests_qpv = tops["depistage-eligibles"]
    eligible, eligible_qpv = bases["depistage-eligibles"]
    invited_qpv = _part(INVITED[1], eligible_qpv)
    invited = make.spread(INVITED[0], -0.02, eligible, invited_qpv, luck=0.01)
    parts.append(_counts("depistage-invites", (tests, invited), (tests_qpv, invited_qpv)))
    people, old = ages.sum(axis=1), ages[[75, 80, 85, 90]].sum(axis=1)
    parts.append(_counts("part-75-ans", (old["commune"], people["commune"]), (old["qpv"], people["qpv"])))
    return parts


def _health(
    communes: pd.DataFrame, qpv: pd.DataFrame, ages: pd.DataFrame, deaths: pd.DataFrame, reach: NDArray[Any]
) -> list[pd.DataFrame]:
    """Return mortality, accessibility and the survey, which stop at some level."""
    people, died = (table.droplevel("level").loc[communes.index] for table in (ages, deaths))
    young = [age for age in AGES if age < 65]
    empty, whole = pd.Series(np.nan, index=communes.index), pd.Series([np.nan], index=[EPCI])
    mean = round(float(np.average(reach, weights=communes["standardised_population"])), 2)
    survey = pd.Series([247], index=[EPCI]), pd.Series([861], index=[EPCI])
    mortality = ("mortalite-brute", "mortalite-standardisee", "mortalite-prematuree")
    return [
        _counts("mortalite-brute", (died.sum(axis=1), people.sum(axis=1)), None),
        _counts("mortalite-prematuree", (died[young].sum(axis=1), people[young].sum(axis=1)), None),
        _rows("mortalite-standardisee", "epci", whole, whole),
        _rows("mortalite-standardisee", "commune", empty, empty),
        *(_nothing(name, "qpv", qpv.index, DEATHS_BY_COMMUNE) for name in mortality),
        _rows("apl-medecins", "epci", whole, whole).assign(value=mean),
        _rows("apl-medecins", "commune", empty, empty).assign(value=reach),
        _nothing("apl-medecins", "qpv", qpv.index, REACH_BY_COMMUNE),
        _rows("renoncement-soins", "epci", *survey),
        _nothing("renoncement-soins", "commune", communes.index, FEW_ANSWERS),
        _nothing("renoncement-soins", "qpv", qpv.index, FEW_ANSWERS),
    ]


def _neighbourhoods_only(communes: pd.DataFrame, qpv: pd.DataFrame) -> list[pd.DataFrame]:
    """Return the indicator that means nothing where there is no priority neighbourhood."""
    near = _part(NEAR_A_COUNTER, qpv["population"])
    both = near.groupby(qpv["commune"]).sum(), qpv["population"].groupby(qpv["commune"]).sum()
    return [
        _counts("qpv-guichet-proche", both, (near, qpv["population"])),
        _nothing("qpv-guichet-proche", "commune", communes.index.difference(both[0].index), NO_QPV),
    ]


def reference_table(ages: pd.DataFrame, deaths: pd.DataFrame) -> pd.DataFrame:
    """Return the landmarks: invented, or computed from the département's own invented tables."""
    people, died = (table.loc["departement"].loc[DEPARTEMENT].to_numpy() for table in (ages, deaths))
    computed = {
        "mortalite-brute": 1e3 * died.sum() / people.sum(),
        "mortalite-standardisee": 1e3 * float(STANDARD @ (died / people)) / STANDARD.sum(),
        "mortalite-prematuree": 1e5 * died[:13].sum() / people[:13].sum(),
        "part-75-ans": 1e2 * people[15:].sum() / people.sum(),
    }
    labels = {
        "departement": "Département fictif de l’Ancelle-Maritime (valeur fictive)",
        "region": "Normandie (valeur fictive)",
        "france": "France (valeur fictive)",
    }
    rows = []
    for name, values in LANDMARKS.items():
        for (level, label), value in zip(labels.items(), values, strict=True):
            rows.append((name, level, label, round(computed[name] if value is None else value, 1)))
    return pd.DataFrame(rows, columns=["indicator", "level", "label", "value"])
