"""The communes of a map, on axes measured in inches: shades, outlines, names, signs."""

from __future__ import annotations

from typing import Any

import matplotlib.patheffects as effects
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch

from territ_kit.charts.classes import classify
from territ_kit.charts.land import Land, to_path
from territ_kit.charts.legend import HATCHES, shades
from territ_kit.charts.pen import Pen, Point
from territ_kit.charts.style import EDGE, INK, PAPER, SAFFRON, text_colour, text_width

MARGIN = 0.12
_DISC = 0.04  # inches around the sign


class LandMap:
    """A laid land whose shades, outlines, names and signs move.

    Parameters
    ----------
    figure : Figure
        The axes cover it whole; one unit is one inch, from the bottom left of the land.
    land : Land
    left : float
        Inches between the left of the figure and the land.
    around : float
        Inches that names may take on either side of the land.
    font : float
        Points.
    most_names : int
    """

    def __init__(
        self, figure: Figure, land: Land, left: float, *, around: float, font: float, most_names: int
    ) -> None:
        self.figure, self.land = figure, land
        self._left, self._around, self._font, self._most_names = left, around, font, most_names
        self.avoid: Any = None  # what no name may cover, in inches
        self._width = float(figure.get_figwidth())
        axes = self._axes = figure.add_axes((0, 0, 1, 1), label=f"carte {len(figure.axes)}")
        axes.set_axis_off()
        axes.patch.set_visible(False)
        axes.set_xlim(-left, self._width - left)
        self._draw_land(axes)

    def _draw_land(self, axes: Axes) -> None:
        land, self.pen = Pen(axes), Pen(axes)
        self._paths = {code: to_path(shape) for code, shape in self.land.communes.items()}
        self._patches = {code: land.add(PathPatch(path)) for code, path in self._paths.items()}
        land.add(LineCollection(self.land.borders, colors=PAPER, linewidths=1.3, zorder=2))
        land.add(LineCollection(self.land.outline, colors=INK, linewidths=1.3, zorder=4))
        any_path = next(iter(self._paths.values()))
        self._rings = [land.add(PathPatch(any_path, fill=False, joinstyle="round")) for _ in range(2)]
        for ring, colour, width in zip(self._rings, (INK, SAFFRON), (5.0, 2.6), strict=True):
            ring.set(edgecolor=colour, linewidth=width, zorder=4.5)
        if self.land.quarters:
            land.diamonds(self.land.quarters)

    def frame(self, bottom: float, top: float) -> None:
        """Say which heights the figure shows, in inches from the bottom of the land."""
        self._axes.set_ylim(bottom, top)

    def shade(self, rows: pd.DataFrame, kinds: pd.Series[str], breaks: list[float]) -> None:
        """Wipe the words and signs, and give each commune its class or its hatch."""
        self.pen.wipe()
        colours = shades(len(breaks) + 1)
        places = dict(zip(rows.index, classify(rows["value"].fillna(0).tolist(), breaks), strict=True))
        self._fills: dict[str, str] = {}
        for code, patch in self._patches.items():
            kind = str(kinds.get(code, "not_available"))
            nothing = kind in HATCHES
            self._fills[code] = PAPER if nothing else colours[places[code]]
            patch.set(
                facecolor=self._fills[code],
                edgecolor=EDGE,
                hatch=HATCHES[kind] if nothing else "",
                linewidth=0.9 if nothing else 0,
                zorder=2.5 if nothing else 1,
            )

    def outline(self, highlight: str | None) -> None:
        """Draw the contour of the chosen commune."""
        for ring in self._rings:
            ring.set_visible(highlight in self._paths)
            if highlight in self._paths:
                ring.set_path(self._paths[highlight])

    def name(self, rows: pd.DataFrame, highlight: str | None) -> None:
        """Name the chosen commune, the ends of the scale and the largest, where a name holds."""
        self._named: dict[str, Point] = {}
        self._covered: list[Any] = []
        for code in _worth_naming(rows, highlight, self.land.communes):
            if len(self._named) == self._most_names:
                return
            name = str(rows.loc[code, "name"])
            fitting = self._fitting(code, name)
            if fitting:
                self._write(code, *fitting, color=text_colour(self._fills[code]))
            elif code == highlight:
                self._write_across(code, name)

    def _write_across(self, code: str, name: str) -> None:
        """Write the name of the chosen commune over its borders, as much inside as can be."""
        width = text_width(name, self._font, "bold")
        spot = self.land.spot(code, width, 0.17, crossing=True, avoid=self.avoid)
        x, y = spot or self.land.spot(code, 0.1, 0.1) or self.land.communes[code].centroid.coords[0]
        x = min(max(x, width / 2 - self._around), self.land.width + self._around - width / 2)
        halo = [effects.withStroke(linewidth=3, foreground=PAPER)]
        self._write(code, (x, y), name, color=INK, path_effects=halo)

    def _fitting(self, code: str, name: str) -> tuple[Point, str] | None:
        """Return where a name holds inside its commune, on one line or two."""
        for words in _in_lines(name):
            lines = words.split("\n")
            width = max(text_width(line, self._font, "bold") for line in lines) + 0.06
            spot = self.land.spot(code, width, 0.17 * len(lines), avoid=self.avoid)
            if spot:
                return spot, words
        return None

    def _write(self, code: str, spot: Point, words: str, **how: Any) -> None:
        self.pen.say(*spot, words, weight="bold", size=self._font, zorder=7, linespacing=1.0, **how)
        lines, (x, y) = words.split("\n"), spot
        width, height = max(text_width(line, self._font, "bold") for line in lines), 0.17 * len(lines)
        self._covered.append(shapely.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2))
        self._named[code] = x, y + 0.085 * (len(lines) - 1)

    def sign(self, codes: list[str]) -> None:
        """Put a disc in some communes, beside the name and not under one."""
        points: dict[str, list[Point]] = {}
        for code in codes:
            x, y = self._named.get(code) or self.land.spot(code, 0.08, 0.08) or (0.0, 0.0)
            around = [(x, y), (x, y + 0.17), (x, y - 0.17), (x + 0.17, y), (x - 0.17, y)]
            around += [spot for size in (0.08, 0.2, 0.3) if (spot := self.land.spot(code, size, size))]
            place = next((spot for spot in around if self._is_free(code, spot)), around[0])
            points.setdefault(text_colour(self._fills[code]), []).append(place)
        for colour, places in points.items():
            self.pen.points(places, colour)

    def _is_free(self, code: str, point: Point) -> bool:
        under_a_name = any(box.distance(shapely.Point(point)) < _DISC for box in self._covered)
        return not under_a_name and self.land.is_free(code, point)


def _worth_naming(rows: pd.DataFrame, highlight: str | None, communes: dict[str, Any]) -> list[str]:
    """Return the codes to name: first the chosen one, then the ends of the scale, then the largest."""
    known = rows.loc[rows.index.isin(list(communes))]
    ranked = known["value"].dropna().sort_values(kind="stable").index.tolist()
    ends = [*ranked[-1:], *ranked[:1], *ranked[-2:-1], *ranked[1:2]]
    large = sorted(ranked, key=lambda code: -communes[code].area)
    chosen = [highlight] if highlight in known.index else []
    return list(dict.fromkeys([*chosen, *ends, *large]))


def _in_lines(name: str) -> list[str]:
    """Return a name on one line, then broken at the hyphen or space nearest its middle."""
    cuts = [place + 1 for place, letter in enumerate(name) if letter in "- "]
    if not cuts:
        return [name]
    cut = min(cuts, key=lambda place: abs(place - len(name) / 2))
    return [name, f"{name[:cut].rstrip()}\n{name[cut:]}"]
