"""The legend of a map: the strip of its classes, and the signs that it holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import shapely
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from territ_kit.charts.classes import classify
from territ_kit.charts.pen import Pen
from territ_kit.charts.style import EDGE, INK, INK_2, PAPER, SEQUENTIAL, text_width, wrap
from territ_kit.charts.subject import FEW, Subject
from territ_kit.french import decimals_for, fr

HATCHES = {"secret": "////", "not_available": "...", "not_applicable": "", FEW: "----"}
_NOTHINGS = {
    "secret": "Secret statistique",
    "not_available": "Non disponible",
    "not_applicable": "Sans objet",
    FEW: "Moins de 10 événements",
}
LINE = 0.235  # inches between two signs
_STRIPE = 0.07  # inches between two stripes


def shades(classes: int) -> list[str]:
    """Return the colours of some classes, spread over the whole scale."""
    if classes == 1:
        return [SEQUENTIAL[2]]
    return [SEQUENTIAL[round(place)] for place in np.linspace(0, 4, classes)]


def draw_strip(
    pen: Pen,
    corner: tuple[float, float],
    width: float,
    rows: pd.DataFrame,
    subject: Subject,
    *,
    breaks: Sequence[float],
    hatched: int = 0,
) -> float:
    """Draw the unit, the classes and the place of the reference; return where they end (inches).

    The first `hatched` classes are hatched.
    """
    values = rows["value"].dropna()
    left, top = corner
    words = wrap(subject.unit[:1].upper() + subject.unit[1:], width, 10)
    pen.say(left, top, words, ha="left", va="top", color=INK_2, linespacing=1.15)
    y = top - 0.18 * (words.count("\n") + 1) - 0.32
    if values.empty:
        return y + 0.2
    step = width / (len(breaks) + 1)
    draw_classes(pen, (left, y), [step] * (len(breaks) + 1), 0.22, hatched=hatched)
    decimals = decimals_for(breaks)
    for place, line in enumerate(breaks, 1):
        pen.say(left + place * step, y - 0.06, fr(line, decimals), va="top", color=INK_2)
    if subject.reference is None:
        return y - 0.3
    x = left + step * _along(subject.reference.value, values, breaks)
    pen.add(Line2D([x, x], [y - 0.04, y + 0.26], color=INK, linewidth=2.2, zorder=3))
    words = f"{subject.reference.short} : {subject.number(subject.reference.value)}"
    half = text_width(words, 10, "bold") / 2
    x = min(max(x, left + half), left + width - half)
    pen.say(x, y - 0.25, words, va="top", weight="bold", color=INK)
    return y - 0.48


def stripes(area: Any) -> LineCollection:
    """Return the upright stripes of a hatch over a shade: an area in inches, of any shape."""
    west, south, east, north = area.bounds
    x = np.arange(np.ceil(west / _STRIPE), np.ceil(east / _STRIPE)) * _STRIPE
    ends = np.stack([np.column_stack([x, np.full_like(x, y)]) for y in (south, north)], axis=1)
    cut = shapely.get_parts(shapely.intersection(shapely.linestrings(ends), area))
    lines = [np.asarray(one.coords) for one in cut if one.geom_type == "LineString"]
    return LineCollection(lines, colors=INK, linewidths=0.8, capstyle="butt", zorder=3)


def draw_classes(
    pen: Pen, corner: tuple[float, float], widths: Sequence[float], height: float, *, hatched: int = 0
) -> None:
    """Draw one box for each class, from the left; the first `hatched` are hatched."""
    left, y = corner
    for place, (colour, width) in enumerate(zip(shades(len(widths)), widths, strict=True)):
        box = pen.add(Rectangle((left, y), width, height))
        box.set(facecolor=colour, edgecolor=PAPER, linewidth=1.3)
        if place < hatched:
            pen.add(stripes(shapely.box(left, y + 0.01, left + width, y + height - 0.01)))
        left += width


def draw_signs(
    pen: Pen, corner: tuple[float, float], kinds: set[str], *, quarters: bool = False, disc: str = ""
) -> float:
    """Name the signs that the map holds, one a line; return the height where they end (inches).

    `disc` is what a small disc means; there is none without.
    """
    x, y = corner[0], corner[1] - 0.08
    if quarters:
        pen.diamonds([(x + 0.13, y)])
        pen.say(x + 0.36, y, "Quartier prioritaire (QPV)", ha="left")
        y -= LINE
    if disc:
        pen.points([(x + 0.13, y)], INK)
        pen.say(x + 0.36, y, disc, ha="left")
        y -= LINE
    for kind, words in _NOTHINGS.items():
        if kind in kinds:
            box = Rectangle((x, y - 0.08), 0.26, 0.16)
            pen.add(box).set(facecolor=PAPER, edgecolor=EDGE, hatch=2 * HATCHES[kind][:3])
            pen.say(x + 0.36, y, words, ha="left")
            y -= LINE
    return y


def _along(value: float, values: pd.Series[float], breaks: Sequence[float]) -> float:
    """Return where a value lies on the strip, in classes from its left end."""
    lines = [min(values.min(), value), *breaks, max(values.max(), value)]
    place = int(classify([value], breaks)[0])
    if value in breaks:
        return place
    low, high = lines[place], lines[place + 1]
    return place + min(max((value - low) / (high - low) if high > low else 0.5, 0.06), 0.94)
