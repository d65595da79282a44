"""Draw a fictitious land: communes that share their borders, and the time to drive between them.

Everything is drawn in kilometres, then laid near the point 0° N, 0° E, in the open sea: no real place can be
recognised, and degrees of longitude and latitude have the same length there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import shapely
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import Voronoi
from shapely.geometry import LineString, Point, Polygon
from shapely.ops import polygonize, unary_union

KM_PER_DEGREE = 111.32
BORDER_STEP = 0.35  # kilometres between two points of a border: enough for a bent line to look bent
# Name of a commune: its sites in kilometres, the town hall first. Cells of several sites are joined.
Sites = Mapping[str, list[tuple[float, float]]]


def _bend(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bend the plane a little, the same way for every border, so that cells look like land."""
    x, y = points[:, 0], points[:, 1]
    dx = 0.35 * np.sin(0.9 * y + 0.4) + 0.12 * np.sin(2.1 * x + 1.6 * y)
    dy = 0.35 * np.sin(0.8 * x + 1.1) + 0.12 * np.sin(1.7 * x - 2.2 * y)
    return np.column_stack([x + dx, y + dy])


def to_degrees(points: ArrayLike) -> NDArray[np.float64]:
    """Give longitudes and latitudes (degrees, 5 decimals: about one metre) of points in kilometres."""
    return np.asarray(np.round(_bend(np.asarray(points, dtype=float)) / KM_PER_DEGREE, 5), dtype=float)


def draw_communes(sites: Sites, outline: Polygon) -> dict[str, Polygon]:
    """Return the contour of each commune, in kilometres before bending (shared borders are identical)."""
    names = [name for name, places in sites.items() for _ in places]
    points = np.array([place for places in sites.values() for place in places])
    frame = np.array([[-60.0, 12.0], [95.0, 12.0], [16.0, -60.0], [16.0, 90.0]])
    diagram = Voronoi(np.vstack([points, frame]))
    lines = [LineString(outline.exterior.coords)]
    for (first, second), ends in diagram.ridge_dict.items():
        joined = max(first, second) < len(names) and names[first] == names[second]
        if min(ends) >= 0 and not joined:
            lines.append(LineString(diagram.vertices[ends]))
    faces = list(polygonize(shapely.segmentize(unary_union(lines), BORDER_STEP)))
    return {
        name: next(face for face in faces if face.contains(Point(places[0])))
        for name, places in sites.items()
    }


def draw_contours(sites: Sites, outline: Polygon, communes: pd.DataFrame) -> dict[str, Any]:
    """Return the GeoJSON of the communes (properties `code` and `nom`), in degrees; `communes` is by code."""
    codes = {str(name): str(code) for code, name in communes["name"].items()}
    features = []
    for name, polygon in draw_communes(sites, outline).items():
        ring = to_degrees(polygon.exterior.coords)
        features.append(
            {
                "type": "Feature",
                "properties": {"code": codes[name], "nom": name},
                "geometry": {"type": "Polygon", "coordinates": [ring.tolist()]},
            }
        )
    features.sort(key=lambda feature: str(feature["properties"]))
    return {"type": "FeatureCollection", "features": features}


def travel_minutes(
    sites: Sites, names: Iterable[str], *, speed: float = 45, detour: float = 1.3, more: ArrayLike = 0
) -> NDArray[np.int64]:
    """Return minutes by car between the town halls, 0 within a commune (square).

    `speed` in km/h on roads `detour` times as long as a straight line; 2 minutes to leave and park; `more`
    minutes for each pair (square, or one number), such as a river to go round.
    """
    centres = np.array([sites[name][0] for name in names])
    distance = np.hypot(*(centres[:, None] - centres[None]).transpose(2, 0, 1))
    minutes: NDArray[np.int64] = np.rint(2 + distance * detour / speed * 60 + np.asarray(more)).astype(
        np.int64
    )
    np.fill_diagonal(minutes, 0)
    return minutes
