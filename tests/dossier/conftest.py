"""Findings to keep."""

from __future__ import annotations

import pytest

from territ_kit.dossier import Dossier, Finding


def make_finding(indicator="pauvrete", **fields):
    known = {
        "label": "Taux de pauvreté",
        "level": "commune",
        "area": "X1001",
        "area_name": "Port-Ancelle",
        "against": "departement",
        "value": 21.4,
        "low": 20.9,
        "high": 21.9,
        "reference": 15.2,
        "unit": "%",
        "year": "2021",
        "source": "Insee, Filosofi",
        "reading": "higher",
        "sentence": "Port-Ancelle : 21,4 %. La situation y est moins favorable.",
    }
    return Finding(indicator=indicator, **known | fields)


@pytest.fixture
def finding():
    return make_finding()


@pytest.fixture
def dossier():
    return Dossier(territory="port-ancelle", territory_name="Port-Ancelle")
