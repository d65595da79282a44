"""The land of Brézonne: town halls in kilometres, a rounded inland border, two towns outside."""

from __future__ import annotations

import numpy as np
from shapely.geometry import Polygon

from territ_kit.territory.invention.land import Sites

SITES: Sites = {
    "Sarvelac": [(15.0, 13.0), (15.6, 14.6)],
    "Castelbrune": [(12.8, 7.1)],
    "Quercenac": [(16.8, 19.9)],
    "Ormezan": [(23.5, 13.7)],
    "Mauvérac": [(20.3, 4.8)],
    "Vergnoux-le-Haut": [(10.5, 19.5)],
    "Saint-Orvain": [(3.0, 16.0)],
    "Arvelonne": [(9.2, 8.9)],
    "Bastervelle": [(14.0, 17.5)],
    "Brionsac": [(19.2, 21.8)],
    "Campelorde": [(9.4, 4.7)],
    "Chantervane": [(6.8, 15.7)],
    "Combrezonne": [(12.7, 10.7)],
    "Escarvelle": [(25.3, 8.2)],
    "Fontrizac": [(15.0, 3.9)],
    "Gravelonzac": [(20.1, 16.0)],
    "La Brandorelle": [(16.7, 8.3)],
    "Lavergnole": [(27.4, 13.9)],
    "Malvirac": [(4.7, 7.5)],
    "Montorvelac": [(13.6, 22.2)],
    "Nauvezac": [(23.8, 19.0)],
    "Pierrevalude": [(2.7, 12.0)],
    "Puyvermeil": [(5.6, 19.1)],
    "Roquelonde": [(6.2, 10.9)],
    "Saint-Ambrac-sur-Brézonne": [(19.3, 12.1)],
    "Saint-Clavin-du-Bois": [(10.6, 16.6)],
    "Sainte-Orlande": [(17.2, 16.5)],
    "Salvernac": [(21.0, 8.9)],
    "Tressignoux": [(8.8, 21.5)],
    "Valdorbière": [(11.9, 13.9)],
    "Vergnoux-le-Bas": [(8.8, 13.0)],
}
NEXT_TOWN = (35.0, 15.0)  # the town where the CPTS has its doctors
CMPEA = (45.5, -8.0)  # the town of the nearest child and adolescent psychiatry centre


def outline() -> Polygon:
    """Return the outline: an inland border, a little irregular."""
    turn = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    swell = 1 + 0.04 * np.sin(5 * turn + 0.7) + 0.025 * np.sin(13 * turn)
    return Polygon(np.column_stack([15.2 + 15.0 * swell * np.cos(turn), 13.0 + 11.6 * swell * np.sin(turn)]))


def kilometres_from(place: tuple[float, float], name: str) -> float:
    """Return the straight distance between a place and the town hall of a commune."""
    return float(np.hypot(*np.subtract(SITES[name][0], place)))
