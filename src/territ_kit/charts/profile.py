"""Points and intervals in rows, against a reference line: communes, quarters or indicators."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import FuncFormatter, MaxNLocator

from territ_kit.charts.label import Label
from territ_kit.charts.live import Live
from territ_kit.charts.picture import Picture
from territ_kit.charts.plot import extent, holds, tick
from territ_kit.charts.style import (
    DIVERGING,
    EDGE,
    INK,
    INK_2,
    PALE_SAFFRON,
    PAPER,
    PINE,
    WIDTHS,
    Size,
    in_figure,
    new_figure,
    style,
    text_width,
    wrap,
)
from territ_kit.charts.subject import ABOVE, BARE, BELOW, BETTER, CLEAR, UNREAD, WORDS, WORSE, Subject
from territ_kit.errors import InputError
from territ_kit.french import fr

_COLOURS = {WORSE: DIVERGING[1], BETTER: DIVERGING[5], ABOVE: PINE, BELOW: PINE, UNREAD: PINE, BARE: PINE}
FAR = 250
"""An index beyond this one would flatten all the others: it is written at the edge, behind an arrow."""
# Inches above and below the rows, and right of the axis.
_HEAD = 0.54
_FOOT: dict[Size, float] = {"wide": 0.62, "phone": 0.78}
_RIGHT: dict[Size, float] = {"wide": 0.7, "phone": 0.14}


class ProfileChart:
    """A figure of rows that follows its controls.

    The number of rows is fixed; their order, values, names and reference move. The scale moves only when the
    figures leave it, so that a slider does not make the axis jump.

    Parameters
    ----------
    count : int
        Number of rows.
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    ranked : bool
        Whether the least favourable row goes first; otherwise the rows keep their order.
    """

    def __init__(self, count: int, *, size: Size = "wide", ranked: bool = True) -> None:
        self.count, self.size, self.ranked = count, size, ranked
        self._phone = size == "phone"
        self._pitch = 0.42 if self._phone else 0.31 if count > 12 else 0.42
        self.figure = new_figure(WIDTHS[size], _HEAD + self._pitch * count + _FOOT[size])
        with style():
            self._build()
        self._live = Live(self.figure, self._moving)
        self._shown = "", ""

    def show(self, rows: pd.DataFrame, subject: Subject, *, highlight: str | None = None) -> Picture:
        """Move the artists to these rows, and return the picture with its words.

        Parameters
        ----------
        rows : DataFrame
            From `read_indicator` or `read_profile`, `count` rows.
        subject : Subject
        highlight : str, optional
            Code of the row to underline.
        """
        if len(rows) != self.count:
            raise InputError(
                f"La figure a {self.count} lignes et les données en ont {len(rows)} ; attendu : autant. "
                "Créez une figure pour ces données."
            )
        subject = subject.fitted(rows)
        rows = _rank(rows, subject) if self.ranked else rows
        with style():
            self._margins(rows["name"].tolist())
            self._scale(rows, subject)
            self._place(rows, subject)
            self._mark(rows, subject, highlight)
        return Picture(
            figure=self.figure,
            title=subject.title(rows),
            alt=subject.alt(rows, drawing="Points et intervalles"),
            table=subject.table(rows),
            reading=_reading(rows, subject),
            note=subject.note,
            decimals=subject.decimals,
        )

    def png(self, density: float = 2) -> bytes:
        """Return the picture of the last `show`, fast, at `density` pixels for one of the page."""
        self.figure.set_dpi(96 * density)
        return self._live.draw()

    # -- the fixed part, and one artist for each thing that moves

    def _build(self) -> None:
        axes = self.axes = self.figure.add_axes((0.3, 0.1, 0.6, 0.8))
        axes.set_ylim(self.count - 0.5, -0.5)
        axes.set_yticks([])
        axes.grid(visible=True, axis="x")
        axes.grid(visible=False, axis="y")
        axes.xaxis.set_major_locator(MaxNLocator(5 if self._phone else 8, steps=[1, 2, 5, 10]))
        self._band = Rectangle((0, 0), 1, 1, color=PALE_SAFFRON, clip_on=False, zorder=0.6)
        axes.add_patch(self._band)
        self._line: Line2D = axes.axvline(0, color=INK, linewidth=1.7, zorder=2)
        self._landmark = self._label(weight="bold", va="bottom", ha="center")
        self._sides = [self._label(va="bottom", ha=ha, size=9.5, color=INK_2) for ha in ("right", "left")]
        self._segments = LineCollection([], capstyle="round", zorder=3)
        axes.add_collection(self._segments, autolim=False)
        self._points: PathCollection = axes.scatter(
            np.zeros(self.count), np.arange(self.count), s=62, linewidths=2, zorder=5, clip_on=False
        )
        self._beyond = [
            axes.scatter([], [], marker=marker, s=30, zorder=4.5, clip_on=False) for marker in ("<", ">")
        ]
        self._names = [self._label() for _ in range(self.count)]
        self._values = [self._label() for _ in range(self.count)]
        self._moving = [
            self._band, self._line, self._landmark, *self._sides, self._segments,
            self._points, *self._beyond, *self._names, *self._values,
        ]  # fmt: skip

    def _label(self, **how: Any) -> Label:
        label = Label(0, 0, "", **{"color": INK, "va": "center_baseline", "zorder": 4, **how})
        self.axes.add_artist(label)
        label.set_clip_on(False)
        return label

    # -- what a new set of rows moves

    def _margins(self, names: list[str]) -> None:
        width, height = self.figure.get_size_inches()
        left = 0.14 if self._phone else 0.2 + max(text_width(name, weight="bold") for name in names)
        self._width = width - left - _RIGHT[self.size]
        self._left = left
        rows = self._pitch * self.count
        self.axes.set_position((left / width, _FOOT[self.size] / height, self._width / width, rows / height))

    def _scale(self, rows: pd.DataFrame, subject: Subject) -> None:
        """Choose limits that hold every point; a few long intervals may run out, with an arrow."""
        same = (subject.label, subject.unit) == self._shown
        if not same:
            self._shown = subject.label, subject.unit
            self._live.refresh()
        words = subject.unit[:1].upper() + subject.unit[1:]
        self.axes.set_xlabel(in_figure(wrap(words, 3.1) if self._phone else words))
        self.axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value)))
        near = rows[rows["value"] <= FAR] if "direction" in rows else rows
        values = near["value"].dropna().tolist() + ([subject.reference.value] if subject.reference else [])
        if not values:
            return
        low, high = extent(values, near["low"].dropna(), near["high"].dropna())
        room = 0.06 * (high - low or abs(high) or 1)
        start = 0.0 if 0 <= low < 0.35 * high else low - room
        if not (same and holds(self.axes.get_xlim(), start, high + room)):
            self.axes.set_xlim(start, high + room)

    def _place(self, rows: pd.DataFrame, subject: Subject) -> None:
        """Move the points, the intervals and the words of each row."""
        start, end = self.axes.get_xlim()
        inch = (end - start) / self._width
        kinds = subject.kinds(rows).tolist()
        heights = np.arange(self.count) + (0.18 if self._phone else 0.0)
        segments, strokes, widths = [], [], []
        points, faces, edges = [], [], []
        beyond: tuple[list[tuple[float, float, str]], ...] = ([], [])
        for place, (kind, (_, row)) in enumerate(zip(kinds, rows.iterrows(), strict=True)):
            y, clear = heights[place], kind in _COLOURS
            colour = _COLOURS.get(kind, EDGE)
            self._name(place, str(row["name"]), bold=kind in CLEAR)
            if np.isnan(row["value"]):
                self._value(place, start + (0 if self._phone else 0.1 * inch), y, WORDS[kind], bold=False)
                continue
            low, high = (row["value"] if np.isnan(row[side]) else row[side] for side in ("low", "high"))
            if low < end:
                segments.append([(max(low, start), y), (min(high, end), y)])
                strokes.append(colour)
                widths.append(3.6 if clear else 2.8)
            if row["value"] <= end:
                points.append((row["value"], y))
                faces.append(colour if clear else PAPER)
                edges.append(colour)
            if low < start:
                beyond[0].append((start, y, colour))
            if high > end:
                beyond[1].append((end, y, colour))
            label = self._figure(row, kind, subject)
            if self._phone:
                self._value(place, end, place - 0.25, label, bold=kind in CLEAR)
            else:
                x = self._beside((max(low, start), min(high, end), min(row["value"], end)), label, subject)
                self._value(place, x, y, label, bold=kind in CLEAR)
        self._segments.set_segments(segments)
        self._segments.set_color(strokes)
        self._segments.set_linewidth(widths)
        self._points.set_offsets(np.array(points).reshape(-1, 2))
        self._points.set_facecolor(faces)
        self._points.set_edgecolor(edges)
        for arrows, ends in zip(self._beyond, beyond, strict=True):
            arrows.set_offsets(np.array([end[:2] for end in ends]).reshape(-1, 2))
            arrows.set_color([end[2] for end in ends])

    def _figure(self, row: pd.Series[Any], kind: str, subject: Subject) -> str:
        figure = subject.number(row["value"])
        words = {WORSE: "défavorable", BETTER: "favorable"}
        return f"{figure}, {words[kind]}" if "direction" in row.index and kind in words else figure

    def _beside(self, drawn: tuple[float, float, float], label: str, subject: Subject) -> float:
        """Return where a label starts: right of what is drawn, or left when the line or the edge is there."""
        start, end = self.axes.get_xlim()
        inch = (end - start) / self._width
        low, high, value = drawn
        width = text_width(label, weight="bold") * inch
        right = max(high + 0.13 * inch, value + 0.17 * inch)
        left = min(low - 0.13 * inch, value - 0.17 * inch) - width
        line = subject.reference.value if subject.reference else None
        crosses = line is not None and right - 0.05 * inch < line < right + width + 0.05 * inch
        outside = right + width > end + (_RIGHT[self.size] - 0.04) * inch
        if (crosses or outside) and left > start:
            return float(left)
        # Where no side is free, over the bar rather than off the paper.
        return float(min(right, end + (_RIGHT[self.size] - 0.04) * inch - width))

    def _name(self, place: int, name: str, *, bold: bool) -> None:
        text = self._names[place]
        text.set_text(in_figure(name))
        text.set_fontweight("bold" if bold else "normal")
        text.set_color(INK)
        text.set_transform(self.axes.get_yaxis_transform())
        text.set_horizontalalignment("left" if self._phone else "right")
        text.set_position((0, place - 0.25) if self._phone else (-0.12 / self._width, place))

    def _value(self, place: int, x: float, y: float, words: str, *, bold: bool) -> None:
        text = self._values[place]
        text.set_position((x, y))
        text.set_text(in_figure(words))
        text.set_fontweight("bold" if bold else "normal")
        text.set_color(INK if bold else INK_2)
        text.set_horizontalalignment("right" if self._phone and words[0].isdigit() else "left")

    def _mark(self, rows: pd.DataFrame, subject: Subject, highlight: str | None) -> None:
        """Move the line of the reference and its words, and the band of the chosen row."""
        place = rows.index.tolist().index(highlight) if highlight in rows.index else None
        self._band.set_visible(place is not None)
        start, end = self.axes.get_xlim()
        inch = (end - start) / self._width
        if place is not None:
            across = (self.figure.get_figwidth() - 0.08) * inch
            self._band.set_bounds(start - (self._left - 0.04) * inch, place - 0.5, across, 1)
        for row, texts in enumerate(zip(self._names, self._values, strict=True)):
            for text in texts:
                text.background = to_rgba(PALE_SAFFRON if row == place else PAPER, 0.85)
        reference = subject.reference
        for artist in (self._line, self._landmark, *self._sides):
            artist.set_visible(reference is not None)
        if reference is None:
            return
        x, top = reference.value, -0.5 - 0.03 / self._pitch
        self._line.set_xdata([x, x])
        words = f"{reference.short} : {subject.number(x)}"
        half = text_width(words, weight="bold") / 2 * inch
        self._landmark.set_text(in_figure(words))
        self._landmark.set_position((min(max(x, start + half), end - half), top - 0.2 / self._pitch))
        for side, text, words in zip((-1, 1), self._sides, _sides(rows, subject), strict=True):
            text.set_text(words)
            text.set_position((x + side * 0.1 * inch, top))
            room = (x - start) / inch + self._left if side < 0 else (end - x) / inch + _RIGHT[self.size]
            text.set_visible(text_width(words, 9.5) + 0.15 < room)


def profile(
    rows: pd.DataFrame,
    subject: Subject,
    *,
    size: Size = "wide",
    ranked: bool = True,
    highlight: str | None = None,
) -> Picture:
    """Return one figure that will not move; the parameters are those of `ProfileChart` and its `show`."""
    return ProfileChart(len(rows), size=size, ranked=ranked).show(rows, subject, highlight=highlight)


def _rank(rows: pd.DataFrame, subject: Subject) -> pd.DataFrame:
    """Put the least favourable row first, and those without a figure last."""
    upwards = subject.direction == "higher_is_better"
    return rows.sort_values("value", ascending=upwards, na_position="last", kind="stable")


def _sides(rows: pd.DataFrame, subject: Subject) -> tuple[str, str]:
    if "direction" in rows or subject.direction == "neutral":
        return "← au-dessous", "au-dessus →"
    words = "plus favorable", "moins favorable"
    left, right = words if subject.direction == "higher_is_worse" else words[::-1]
    return f"← {left}", f"{right} →"


def _reading(rows: pd.DataFrame, subject: Subject) -> list[str]:
    if rows["low"].notna().any():
        how = (
            "Le point est la valeur ; le trait montre la marge d’incertitude "
            f"(intervalle de confiance à {fr(100 * subject.confidence)} %)."
        )
        if subject.reference:
            line = f"la ligne « {subject.reference.short} »"
            how += f" Si le trait coupe {line}, on ne peut pas conclure : le point est alors vide et gris."
    elif rows["value"].notna().any():
        how = "La source publie ces chiffres sans marge d’incertitude : un petit écart ne prouve rien."
    else:
        how = "Aucun chiffre n’est publié à cette échelle. Changez ce que l’on compare."
    shown = f"Ce que montre la figure. {subject.shows} {how}"
    return [shown.replace("  ", " "), subject.limits_of_reading(rows)]
