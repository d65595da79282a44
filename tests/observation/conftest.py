"""A made-up territory of three communes, for what reads a territory."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pandas as pd
import pytest


def rows(*lines):
    columns = ["indicator", "level", "area", "numerator", "denominator", "value", "missing", "reason"]
    return pd.DataFrame(lines, columns=columns)


@pytest.fixture
def small():
    """Three made-up communes, a quarter, four indicators."""
    catalogue = pd.DataFrame(
        {
            "label": ["Renoncement", "Séjours", "Revenu", "Mortalité"],
            "short_label": ["Renoncement aux soins", "Séjours", "Revenu", "Mortalité"],
            "unit": ["% des adultes", "pour 1 000 habitants", "€", "pour 100 000 habitants"],
            "kind": ["proportion", "crude_rate", "level", "standardised_rate"],
            "per": [100, 1_000, 1, 100_000],
            "decimals": [1, 1, 0, 0],
            "direction": ["higher_is_worse", "neutral", "higher_is_better", "higher_is_worse"],
        },
        index=["unmet", "stays", "income", "deaths"],
    )
    indicators = rows(
        ("unmet", "commune", "A", 62, 200, math.nan, "", ""),
        ("unmet", "commune", "B", math.nan, math.nan, math.nan, "secret", ""),
        ("unmet", "commune", "C", math.nan, math.nan, math.nan, "not_applicable", "Personne n’y habite."),
        ("unmet", "epci", "E", 310, 1_000, math.nan, "", ""),
        ("stays", "commune", "A", 65, 5_000, math.nan, "", ""),
        ("income", "commune", "A", math.nan, math.nan, 21_400, "", ""),
        ("income", "epci", "E", math.nan, math.nan, 21_000, "", ""),
    )
    ages = [
        {"area": area, "level": "commune", "age_start": age, "population": population}
        for area, population in (("A", 3_000), ("B", 40))
        for age in (0, 65)
    ]
    deaths = [
        {"area": area, "level": "commune", "age_start": age, "deaths": number, "years": 3}
        for area, age, number in (("A", 0, 12), ("A", 65, 90), ("B", 0, 1), ("B", 65, 3))
    ]
    references = pd.DataFrame(
        {
            "indicator": ["unmet", "income", "unmet"],
            "level": ["departement", "departement", "france"],
            "label": ["Département", "Département", "France"],
            "value": [25.0, 22_000.0, math.nan],
        }
    )
    return SimpleNamespace(
        code="E",
        name="Petit pays",
        short_name="Petit-Pays",
        communes=pd.DataFrame(
            {
                "name": ["Aubray", "Belleau", "Corval"],
                "population": [6_000, 80, 500],
                "group": ["town", "hills", "hills"],
            },
            index=["A", "B", "C"],
        ),
        groups=pd.DataFrame({"name": ["Ville", "Collines"]}, index=["town", "hills"]),
        qpv=pd.DataFrame({"name": ["Les Prés"], "population": [900]}, index=["Q"]),
        catalogue=catalogue,
        indicators=indicators,
        references=references,
        ages=pd.DataFrame(ages),
        deaths=pd.DataFrame(deaths),
        standard_population=pd.Series({0: 80_000, 65: 20_000}),
    )
