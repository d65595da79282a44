"""Made-up communes in a row of squares, with every kind of value and of nothing."""

import math

import pandas as pd
import pytest

from territ_kit.charts.subject import Subject
from territ_kit.observation.reading import Reference

NAMES = ["Aubray", "Belleau", "Corval", "Doulens", "Esquay", "Ferval-sur-Orne", "Gouvix"]


@pytest.fixture
def rows():
    """Above, below, undetermined, secret, not available, not applicable, too few events."""
    nothing = (math.nan, math.nan, math.nan)
    lines = [
        (31.0, 28.0, 34.0, "", False, "higher"),
        (20.0, 18.0, 22.0, "", False, "lower"),
        (26.0, 23.0, 29.0, "", False, "undetermined"),
        (*nothing, "secret", False, ""),
        (*nothing, "not_available", False, ""),
        (*nothing, "not_applicable", False, ""),
        (*nothing, "", True, ""),
    ]
    frame = pd.DataFrame(lines, columns=["value", "low", "high", "missing", "suppressed", "reading"])
    frame.insert(0, "name", NAMES)
    return frame.set_index(pd.Index(list("ABCDEFG"), name="code"))


@pytest.fixture
def subject():
    return Subject(
        "Renoncement aux soins",
        "% des adultes",
        decimals=1,
        direction="higher_is_worse",
        reference=Reference(25.0),
        shows="La part des adultes qui ont renoncé.",
        hides="Les raisons du renoncement.",
        source="Données inventées, 2023",
    )


@pytest.fixture
def contours():
    def square(place, code):
        west = 0.1 * place
        ring = [[west, 0], [west + 0.1, 0], [west + 0.1, 0.2], [west, 0.2], [west, 0]]
        return {
            "type": "Feature",
            "properties": {"code": code, "nom": code},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }

    return {"type": "FeatureCollection", "features": [square(*pair) for pair in enumerate("ABCDEFG")]}


@pytest.fixture
def qpv():
    return pd.DataFrame({"lon": [0.05], "lat": [0.05]}, index=["Q"])
