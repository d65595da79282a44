"""The worked dossier of Port-Ancelle, and an empty one."""

from __future__ import annotations

import pytest

from territ_kit.dossier import Dossier
from territ_kit.dossier.worked import worked
from territ_kit.territory import load_case


@pytest.fixture(scope="session")
def territory():
    return load_case("port-ancelle")


@pytest.fixture(scope="session")
def dossier():
    return worked("port-ancelle")


@pytest.fixture(scope="session")
def empty(territory):
    return Dossier(territory=territory.id, territory_name=territory.name)
