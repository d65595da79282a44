"""Draw the fictitious land of Port-Ancelle: communes that share their borders, a coast, an estuary.

Everything is drawn in kilometres, then laid near the point 0° N, 0° E, in the open sea: no real place can be
recognised, and degrees of longitude and latitude have the same length there.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.spatial import Voronoi
from shapely.geometry import LineString, Point, Polygon
from shapely.ops import polygonize, unary_union

KM_PER_DEGREE = 111.32
# Several sites for one commune: their cells are joined, which makes the two towns larger.
SITES: dict[str, list[tuple[float, float]]] = {
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


def _warp(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bend the plane a little, the same way for every border, so that cells look like land."""
    x, y = points[:, 0], points[:, 1]
    dx = 0.35 * np.sin(0.9 * y + 0.4) + 0.12 * np.sin(2.1 * x + 1.6 * y)
    dy = 0.35 * np.sin(0.8 * x + 1.1) + 0.12 * np.sin(1.7 * x - 2.2 * y)
    return np.column_stack([x + dx, y + dy])


def to_degrees(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give longitudes and latitudes (degrees, 5 decimals: about one metre) of points in kilometres."""
    return np.asarray(np.round(_warp(points) / KM_PER_DEGREE, 5), dtype=float)


def _land() -> Polygon:
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


def draw_communes() -> dict[str, Polygon]:
    """Return the contour of each commune, in kilometres before bending (shared borders are identical)."""
    names = [name for name, sites in SITES.items() for _ in sites]
    sites = np.array([site for places in SITES.values() for site in places])
    frame = np.array([[-60.0, 12.0], [95.0, 12.0], [16.0, -60.0], [16.0, 90.0]])
    diagram = Voronoi(np.vstack([sites, frame]))
    land = _land()
    lines = [LineString(land.exterior.coords)]
    for (first, second), ends in diagram.ridge_dict.items():
        joined = max(first, second) < len(names) and names[first] == names[second]
        if min(ends) >= 0 and not joined:
            lines.append(LineString(diagram.vertices[ends]))
    faces = list(polygonize(shapely.segmentize(unary_union(lines), 0.35)))
    communes: dict[str, Polygon] = {}
    for name, places in SITES.items():
        communes[name] = next(face for face in faces if face.contains(Point(places[0])))
    return communes


def feature_collection(codes: dict[str, str]) -> dict[str, Any]:
    """Return the GeoJSON of the communes (properties `code` and `nom`), in degrees."""
    features = []
    for name, polygon in draw_communes().items():
        ring = to_degrees(np.asarray(polygon.exterior.coords))
        features.append(
            {
                "type": "Feature",
                "properties": {"code": codes[name], "nom": name},
                "geometry": {"type": "Polygon", "coordinates": [ring.tolist()]},
            }
        )
    features.sort(key=lambda feature: str(feature["properties"]))
    return {"type": "FeatureCollection", "features": features}


def travel_minutes(names: list[str]) -> NDArray[np.int64]:
    """Return minutes by car between the centres of the communes, 0 within one (square, symmetric).

    45 km/h on roads 30 % longer than a straight line, 2 minutes to leave and park, 4 more to go round the
    estuary.
    """
    centres = np.array([SITES[name][0] for name in names])
    distance = np.hypot(*(centres[:, None] - centres[None]).transpose(2, 0, 1))
    west = (centres[:, 0] < 15.4) & (centres[:, 1] > 13)
    east = (centres[:, 0] > 15.4) & (centres[:, 1] > 13)
    round_trip = west[:, None] & east[None] | east[:, None] & west[None]
    minutes: NDArray[np.int64] = np.rint(2 + distance * 1.3 / 45 * 60 + 4 * round_trip).astype(np.int64)
    np.fill_diagonal(minutes, 0)
    return minutes
