"""The land of Port-Ancelle: town halls and neighbourhoods in kilometres, a coast, an estuary."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from shapely.geometry import Polygon

from territ_kit.territory.invention import land
from territ_kit.territory.invention.land import Sites

# Several sites for one commune: their cells are joined, which makes the two towns larger.
SITES: Sites = {
    "Port-Ancelle": [(15.4, 14.4), (13.2, 17.4), (17.9, 17.2), (16.6, 13.2)],
    "Brévaumer": [(21.3, 11.0), (20.4, 9.0)],
    "Havrelle-Plage": [(22.8, 17.6)],
    "Estranvaux": [(31.0, 15.8)],
    "Granquerelle": [(27.0, 17.2)],
    "Montcorvelle": [(11.6, 13.4)],
    "Rivaumer": [(7.6, 13.6)],
    "Sainte-Hermeline": [(25.2, 13.2)],
    "Ambrevent": [(3.2, 12.6)],
    "Bosc-Virelle": [(4.4, 8.6)],
    "Carquemare": [(29.6, 12.2)],
    "Doucelmont": [(8.2, 9.6)],
    "Épinquerel": [(12.2, 9.4)],
    "Fontremesle": [(16.2, 9.6)],
    "Gonvelmare": [(25.4, 8.9)],
    "Hautebrise-l’Estran": [(3.4, 16.9)],
    "Lanquevert": [(29.9, 8.7)],
    "Merquebec": [(6.6, 5.2)],
    "Noirevanne": [(10.3, 5.6)],
    "Ormequerre": [(14.2, 5.9)],
    "Pommelvue": [(18.1, 5.4)],
    "Queurmont": [(22.2, 5.6)],
    "Roncevelle": [(21.0, 14.4)],
    "Saint-Ervelin-des-Grèves": [(8.3, 17.6)],
    "Trévaubec": [(25.8, 5.0)],
    "Yvremare": [(28.4, 6.1)],
}
QPV_POINTS = {
    "Les Corvelles": (18.2, 15.3),
    "Bassin-Vergne": (13.9, 15.9),
    "Phare-Nord": (12.5, 17.3),
    "Tournevent": (16.3, 13.0),
    "Hauts-de-Brévaumer": (20.9, 10.2),
}


def outline() -> Polygon:
    """Return the outline: a coast in the north, a rounded inland border, an estuary in the middle."""
    east = np.linspace(0.6, 33.2, 140)
    coast = 19.4 + 0.9 * np.sin(east / 3.6 + 0.9) + 0.3 * np.sin(east / 1.1) - 0.03 * (east - 15.5)
    coast -= 1.5 * np.exp(-(((east - 15.5) / 2.2) ** 2))
    turn = np.linspace(0, np.pi, 120)
    swell = 1 + 0.05 * np.sin(7 * turn) + 0.03 * np.sin(17 * turn + 1)
    inland = np.column_stack(
        [16.9 + 16.3 * np.cos(turn), 14.0 - 11.2 * swell * np.sin(turn) ** 0.6],
    )
    land = Polygon(np.vstack([np.column_stack([east, coast]), inland]))
    bank = np.linspace(0, 1, 20)
    middle = 15.4 + 0.45 * np.sin(5 * bank)
    width = 0.18 + 1.1 * bank**1.5
    north = 15.1 + 5.2 * bank
    estuary = Polygon(
        np.vstack([np.column_stack([middle - width, north]), np.column_stack([middle + width, north])[::-1]])
    )
    return land.difference(estuary)


def travel_minutes(names: Iterable[str]) -> NDArray[np.int64]:
    """Return minutes by car between the town halls: 4 more to go round the estuary."""
    centres = np.array([SITES[name][0] for name in names])
    west = (centres[:, 0] < 15.4) & (centres[:, 1] > 13)
    east = (centres[:, 0] > 15.4) & (centres[:, 1] > 13)
    round_trip = west[:, None] & east[None] | east[:, None] & west[None]
    return land.travel_minutes(SITES, names, more=4 * round_trip)
