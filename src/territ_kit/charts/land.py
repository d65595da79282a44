"""Contours laid on the paper: from degrees to inches, once for a map."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import shapely
from matplotlib.path import Path
from numpy.typing import NDArray
from shapely.geometry import MultiPoint, shape
from shapely.geometry import Point as Point2D

Line = NDArray[np.float64]
Point = tuple[float, float]
_CLEAR = 0.1  # inches kept free around a quarter


@dataclass(frozen=True, slots=True)
class Land:
    """Communes, borders, outer line and quarters, in inches from the bottom left of the land.

    `on_paper` lays other points, shape (n, 2), in the coordinates of the contours.
    """

    communes: dict[str, Any]
    borders: list[Line]
    outline: list[Line]
    quarters: list[Point]
    width: float
    height: float
    on_paper: Callable[[Line], Line]
    _spots: dict[tuple[str, float, float, bool, Any], Point | None] = field(default_factory=dict)

    def spot(
        self, code: str, width: float, height: float, *, crossing: bool = False, avoid: Any = None
    ) -> Point | None:
        """Return the centre of a box that holds in a commune, clear of the quarters; None if none does.

        With `crossing`, only its centre must hold, and as much of it as can be. `avoid` is what the box may
        not meet either, in inches.
        """
        key = code, round(width, 3), round(height, 3), crossing, avoid
        if key not in self._spots:
            land = self.communes[code]
            self._spots[key] = self._search(land, width, height, crossing=crossing, avoid=avoid)
        return self._spots[key]

    def is_free(self, code: str, point: Point) -> bool:
        """Tell whether a small sign can stand on a point of a commune, off the quarters."""
        near = any(np.hypot(point[0] - x, point[1] - y) < _CLEAR for x, y in self.quarters)
        return not near and bool(self.communes[code].buffer(-0.04).contains(Point2D(point)))

    def _search(self, land: Any, width: float, height: float, *, crossing: bool, avoid: Any) -> Point | None:
        west, south, east, north = land.bounds
        grid = np.meshgrid(np.linspace(west, east, 25), np.linspace(south, north, 25))
        x, y = (line.ravel() for line in grid)
        boxes = shapely.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        free = shapely.contains_properly(land, shapely.points(x, y) if crossing else boxes)
        room = shapely.distance(land.boundary, boxes)
        if crossing:
            room = shapely.area(shapely.intersection(land, boxes))
        quarters = MultiPoint(self.quarters).buffer(_CLEAR) if self.quarters else None
        for signs in (one for one in (quarters, avoid) if one is not None):
            free &= ~shapely.intersects(signs, boxes)
            if not crossing:
                room = np.minimum(room, shapely.distance(signs, boxes) + 0.02)
        if not free.any():
            return None
        best = int(np.argmax(np.where(free, room, -1)))
        return float(x[best]), float(y[best])


def lay(contours: dict[str, Any], qpv: pd.DataFrame | None, width: float, most_height: float) -> Land:
    """Return the land at the largest size that holds in `width` × `most_height` inches.

    Parameters
    ----------
    contours : dict
        GeoJSON FeatureCollection, property `code`; degrees of longitude and latitude, or any plane.
    qpv : DataFrame, optional
        Columns `lon` and `lat`, in the same coordinates.
    width, most_height : float
        Inches.
    """
    shapes = {
        str(feature["properties"]["code"]): shape(feature["geometry"]) for feature in contours["features"]
    }
    west, south, east, north = shapely.total_bounds(list(shapes.values()))
    degrees = max(abs(west), abs(east)) <= 180 and max(abs(south), abs(north)) <= 90
    narrow = float(np.cos(np.radians((south + north) / 2))) if degrees else 1.0
    scale = min(width / ((east - west) * narrow), most_height / (north - south))

    def on_paper(points: Line) -> Line:
        return np.asarray((points - [west, south]) * [scale * narrow, scale])

    communes = {code: shapely.transform(land, on_paper) for code, land in shapes.items()}
    # Neighbours that were simplified apart leave slits: closing them keeps the outer line single.
    whole = shapely.union_all(list(communes.values()))
    whole = whole.buffer(0.01, join_style="mitre").buffer(-0.01, join_style="mitre")
    borders = shapely.union_all([land.boundary for land in communes.values()], grid_size=0.001)
    points = np.empty((0, 2)) if qpv is None else qpv[["lon", "lat"]].to_numpy(dtype=float)
    return Land(
        communes=communes,
        borders=as_lines(borders.difference(whole.boundary.buffer(0.01))),
        outline=as_lines(whole.boundary),
        quarters=[(float(x), float(y)) for x, y in on_paper(points)],
        width=(east - west) * narrow * scale,
        height=(north - south) * scale,
        on_paper=on_paper,
    )


def to_path(land: Any) -> Path:
    """Return a polygon or several, holes included, as a matplotlib path."""
    rings = [
        Path(np.asarray(ring.coords), closed=True)
        for polygon in shapely.get_parts(land)
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    return Path.make_compound_path(*rings)


def as_lines(boundary: Any) -> list[Line]:
    """Return a boundary as lines, joined where they meet."""
    parts = shapely.get_parts(
        boundary if boundary.geom_type == "LineString" else shapely.line_merge(boundary)
    )
    return [np.asarray(line.coords) for line in parts]
