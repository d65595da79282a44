"""Map of the communes: a shade for each class, a sign where a gap is sure, a hatch for what is not known."""

from __future__ import annotations

from typing import Any

import matplotlib.patheffects as effects
import pandas as pd
import shapely
from matplotlib.collections import LineCollection
from matplotlib.patches import PathPatch

from territ_kit.charts import live
from territ_kit.charts.classes import class_breaks, classes_in_words, classify
from territ_kit.charts.land import lay, to_path
from territ_kit.charts.legend import HATCHES, draw_signs, draw_strip, shades
from territ_kit.charts.pen import Pen, Point
from territ_kit.charts.picture import Picture
from territ_kit.charts.style import (
    EDGE,
    INK,
    PAPER,
    SAFFRON,
    WIDTHS,
    Size,
    new_figure,
    style,
    text_colour,
    text_width,
)
from territ_kit.charts.subject import CLEAR, Subject

_MARGIN = 0.12
_DISC = 0.04  # inches around the sign of a clear gap


class ChoroplethChart:
    """A map that follows its controls: the land is laid once, the shades and words move.

    Parameters
    ----------
    contours : dict
        GeoJSON FeatureCollection of the communes, property `code`.
    qpv : DataFrame, optional
        Priority quarters: columns `lon` and `lat`.
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(
        self, contours: dict[str, Any], qpv: pd.DataFrame | None = None, *, size: Size = "wide"
    ) -> None:
        self.size = size
        self._phone = size == "phone"
        self._width = WIDTHS[size]
        self._font = 9.5 if self._phone else 10.0
        self._most_names = 3 if self._phone else 5
        self.land = lay(contours, qpv, self._width - 2 * _MARGIN, 4.4)
        self._left = (self._width - self.land.width) / 2
        self.figure = new_figure(self._width, self.land.height + 2)
        with style():
            self._draw_land()

    def show(self, rows: pd.DataFrame, subject: Subject, *, highlight: str | None = None) -> Picture:
        """Shade the map with these rows, and return the picture with its words.

        Parameters
        ----------
        rows : DataFrame
            From `read_indicator` at the level of the communes.
        subject : Subject
        highlight : str, optional
            Code of the commune to outline.
        """
        subject = subject.fitted(rows)
        values = rows["value"].dropna()
        breaks = class_breaks(values.tolist())
        kinds = subject.kinds(rows)
        clear = [code for code in rows.index[kinds.isin(CLEAR)] if code in self._patches]
        with style():
            self._pen.wipe()
            self._shade(rows, kinds, breaks)
            self._outline(highlight)
            self._name(rows, highlight)
            self._sign(clear)
            left, top = _MARGIN - self._left, -0.2
            strip = self._width - 2 * _MARGIN if self._phone else 3.9
            bottom = draw_strip(self._pen, (left, top), strip, rows, subject)
            corner = (left, bottom - 0.1) if self._phone else (left + 4.45, top)
            end = draw_signs(
                self._pen, corner, set(kinds), subject, quarters=bool(self.land.quarters), clear=bool(clear)
            )
        self._crop(min(bottom, end) - 0.02)
        classes = classes_in_words(values, breaks, subject.nouns)
        return Picture(
            figure=self.figure,
            title=subject.title(rows),
            alt=f"{subject.alt(rows, drawing='Carte')} {classes}".strip(),
            table=subject.table(rows.sort_values("value", ascending=False, na_position="last")),
            reading=_reading(subject, signed=bool(clear)),
            note=subject.note,
            decimals=subject.decimals,
        )

    def png(self, density: float = 2) -> bytes:
        """Return the picture of the last `show`, at `density` pixels for one of the page."""
        self.figure.set_dpi(96 * density)
        return live.draw(self.figure)

    def _draw_land(self) -> None:
        axes = self._axes = self.figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(-self._left, self._width - self._left)
        land, self._pen = Pen(axes), Pen(axes)
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

    def _crop(self, bottom: float) -> None:
        """End the paper under the legend."""
        top = self.land.height + _MARGIN
        self.figure.set_size_inches(self._width, top - bottom)
        self._axes.set_ylim(bottom, top)

    def _shade(self, rows: pd.DataFrame, kinds: pd.Series[str], breaks: list[float]) -> None:
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

    def _outline(self, highlight: str | None) -> None:
        for ring in self._rings:
            ring.set_visible(highlight in self._paths)
            if highlight in self._paths:
                ring.set_path(self._paths[highlight])

    def _name(self, rows: pd.DataFrame, highlight: str | None) -> None:
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
        spot = self.land.spot(code, width, 0.17, crossing=True) or self.land.spot(code, 0.1, 0.1)
        x, y = spot or self.land.communes[code].centroid.coords[0]
        x = min(max(x, width / 2 - self._left), self.land.width + self._left - width / 2)
        halo = [effects.withStroke(linewidth=3, foreground=PAPER)]
        self._write(code, (x, y), name, color=INK, path_effects=halo)

    def _fitting(self, code: str, name: str) -> tuple[Point, str] | None:
        """Return where a name holds inside its commune, on one line or two."""
        for words in _in_lines(name):
            lines = words.split("\n")
            width = max(text_width(line, self._font, "bold") for line in lines) + 0.06
            spot = self.land.spot(code, width, 0.17 * len(lines))
            if spot:
                return spot, words
        return None

    def _write(self, code: str, spot: Point, words: str, **how: Any) -> None:
        self._pen.say(*spot, words, weight="bold", size=self._font, zorder=7, linespacing=1.0, **how)
        lines, (x, y) = words.split("\n"), spot
        width, height = max(text_width(line, self._font, "bold") for line in lines), 0.17 * len(lines)
        self._covered.append(shapely.box(x - width / 2, y - height / 2, x + width / 2, y + height / 2))
        self._named[code] = x, y + 0.085 * (len(lines) - 1)

    def _sign(self, clear: list[str]) -> None:
        """Put a disc where the gap with the reference is clear, beside the name and not under one."""
        points: dict[str, list[Point]] = {}
        for code in clear:
            x, y = self._named.get(code) or self.land.spot(code, 0.08, 0.08) or (0.0, 0.0)
            around = [(x, y), (x, y + 0.17), (x, y - 0.17), (x + 0.17, y), (x - 0.17, y)]
            around += [spot for size in (0.08, 0.2, 0.3) if (spot := self.land.spot(code, size, size))]
            place = next((spot for spot in around if self._is_free(code, spot)), around[0])
            points.setdefault(text_colour(self._fills[code]), []).append(place)
        for colour, places in points.items():
            self._pen.points(places, colour)

    def _is_free(self, code: str, point: Point) -> bool:
        under_a_name = any(box.distance(shapely.Point(point)) < _DISC for box in self._covered)
        return not under_a_name and self.land.is_free(code, point)


def choropleth(
    contours: dict[str, Any],
    rows: pd.DataFrame,
    subject: Subject,
    *,
    qpv: pd.DataFrame | None = None,
    size: Size = "wide",
    highlight: str | None = None,
) -> Picture:
    """Return one map that will not move; the parameters are those of `ChoroplethChart` and its `show`."""
    return ChoroplethChart(contours, qpv, size=size).show(rows, subject, highlight=highlight)


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


def _reading(subject: Subject, *, signed: bool) -> list[str]:
    shown = f"Ce que montre la carte. {subject.shows} Plus la couleur est foncée, plus la valeur est élevée."
    if signed and subject.reference:
        shown += f" Un point marque un écart net avec {subject.reference.the}."
    hides = "Une grande commune attire l’œil, même peu peuplée."
    return [shown.replace("  ", " "), f"Ce qu’elle ne montre pas. {subject.hides} {hides}".replace("  ", " ")]
