"""The land of the Val d’Aubrelle: town halls and neighbourhoods in kilometres, a rounded inland border."""

from __future__ import annotations

import numpy as np
from shapely.geometry import Polygon

from territ_kit.territory.invention.land import Sites

# Several sites for one commune: their cells are joined, which makes it larger.
SITES: Sites = {
    "Pontaubrelle": [(16.2, 13.6), (14.4, 14.8), (17.8, 14.9), (15.3, 12.1), (17.6, 12.4)],
    "Montfauvelle": [(21.4, 14.6), (22.9, 15.6)],
    "Tournelaye": [(21.3, 11.2)],
    "Quincerelle": [(20.4, 18.0)],
    "Haubervelle": [(11.2, 13.2)],
    "Vergelaye": [(12.0, 17.0)],
    "Marchecorne": [(16.4, 18.6)],
    "Saint-Orvelin": [(18.2, 8.6)],
    "Aubrillon": [(14.3, 8.3)],
    "Fresnelaye": [(10.6, 9.6)],
    "Lonvaucelle": [(25.6, 11.8)],
    "Bosvergne": [(25.4, 18.4)],
    "Pontgarelle": [(13.4, 21.0)],
    "Chantorne-le-Vieux": [(7.0, 16.2)],
    "Sourdevane": [(5.4, 11.6)],
    "Mérigneul": [(7.2, 5.9)],
    "Bellorbe": [(12.2, 4.2)],
    "Rivombre": [(17.2, 3.8)],
    "Tressevent": [(22.6, 5.6)],
    "Vaucorbel": [(28.9, 14.6)],
    "Saint-Orbert-des-Landes": [(19.4, 22.2)],
    "Hautombelle": [(8.6, 21.2)],
}
QPV_POINTS = {"Les Chantornes": (14.2, 15.1), "La Villorbe": (18.3, 13.6)}


def outline() -> Polygon:
    """Return the outline: an oval of 30 by 23 kilometres with a wavy border."""
    turn = np.linspace(0, 2 * np.pi, 299, endpoint=False)
    swell = 1 + 0.06 * np.sin(3 * turn + 0.7) + 0.04 * np.sin(5 * turn + 2)
    swell += 0.025 * np.sin(9 * turn) + 0.012 * np.sin(19 * turn + 1)
    return Polygon(np.column_stack([16.6 + 15.2 * swell * np.cos(turn), 13.0 + 11.6 * swell * np.sin(turn)]))
