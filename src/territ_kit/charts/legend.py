"""The legend of a map: the strip of its classes, and the signs that it holds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from territ_kit.charts.classes import class_breaks, classify
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
_LINE = 0.235  # inches between two signs


def shades(classes: int) -> list[str]:
    """Return the colours of some classes, spread over the whole scale."""
    if classes == 1:
        return [SEQUENTIAL[2]]
    return [SEQUENTIAL[round(place)] for place in np.linspace(0, 4, classes)]


def draw_strip(
    pen: Pen, corner: tuple[float, float], width: float, rows: pd.DataFrame, subject: Subject
) -> float:
    """Draw the unit, the classes and the place of the reference; return where they end (inches)."""
    values = rows["value"].dropna()
    breaks = class_breaks(values.tolist())
    left, top = corner
    words = wrap(subject.unit[:1].upper() + subject.unit[1:], width, 10)
    pen.say(left, top, words, ha="left", va="top", color=INK_2, linespacing=1.15)
    y = top - 0.18 * (words.count("\n") + 1) - 0.32
    if values.empty:
        return y + 0.2
    colours = shades(len(breaks) + 1)
    step = width / len(colours)
    for place, colour in enumerate(colours):
        box = Rectangle((left + place * step, y), step, 0.22)
        pen.add(box).set(facecolor=colour, edgecolor=PAPER, linewidth=1.3)
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


def draw_signs(
    pen: Pen, corner: tuple[float, float], kinds: set[str], subject: Subject, *, quarters: bool, clear: bool
) -> float:
    """Name the signs that the map holds, one a line; return the height where they end (inches)."""
    x, y = corner[0], corner[1] - 0.08
    if quarters:
        pen.diamonds([(x + 0.13, y)])
        pen.say(x + 0.36, y, "Quartier prioritaire (QPV)", ha="left")
        y -= _LINE
    if clear and subject.reference:
        pen.points([(x + 0.13, y)], INK)
        pen.say(x + 0.36, y, f"Écart net avec {subject.reference.the}", ha="left")
        y -= _LINE
    for kind, words in _NOTHINGS.items():
        if kind in kinds:
            box = Rectangle((x, y - 0.08), 0.26, 0.16)
            pen.add(box).set(facecolor=PAPER, edgecolor=EDGE, hatch=2 * HATCHES[kind][:3])
            pen.say(x + 0.36, y, words, ha="left")
            y -= _LINE
    return y


def _along(value: float, values: pd.Series[float], breaks: Sequence[float]) -> float:
    """Return where a value lies on the strip, in classes from its left end."""
    lines = [min(values.min(), value), *breaks, max(values.max(), value)]
    place = int(classify([value], breaks)[0])
    low, high = lines[place], lines[place + 1]
    return place + min(max((value - low) / (high - low) if high > low else 0.5, 0.06), 0.94)
