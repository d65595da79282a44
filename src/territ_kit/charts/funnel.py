"""Funnel plot: which areas stand further from a value than chance alone would put them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, NullLocator
from numpy.typing import ArrayLike, NDArray

from territ_kit.charts.picture import Picture
from territ_kit.charts.plot import LINE, Box, Margins, Plot, Point, around, free_spot, place_names
from territ_kit.charts.style import DIVERGING, EDGE, INK, INK_2, PAPER, PINE, SAFFRON, Size, style, text_width
from territ_kit.charts.subject import ABOVE, BELOW, BETTER, WORSE, Subject, sentence, side

Limits = Callable[[ArrayLike], pd.DataFrame]
INSIDE, EDGE_ZONE, OUTSIDE = "inside", "edge", "outside"
_COLOURS = {WORSE: DIVERGING[1], BETTER: DIVERGING[5], ABOVE: PINE, BELOW: PINE}
_WORDS = {
    INSIDE: "dans l’entonnoir",
    EDGE_ZONE: "entre les limites à 95 % et 99,8 %",
    OUTSIDE: "hors de l’entonnoir",
}
_MANY = 1 / 3  # share of the areas outside from which chance is no explanation at all


class FunnelChart(Plot):
    """A funnel plot that follows its controls.

    Parameters
    ----------
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(self, *, size: Size = "wide") -> None:
        phone = size == "phone"
        margins = Margins(0.5, 0.16, 0.62, 0.62) if phone else Margins(0.6, 1.2, 0.42, 0.62)
        super().__init__(size, 3.2 if phone else 3.6, margins)
        with style():
            axes = self.axes
            axes.set_xscale("log")
            axes.xaxis.set_minor_locator(NullLocator())
            self.in_french()
            self._target = axes.axhline(0, color=INK, linewidth=1.7, zorder=2)
            looks: dict[str, dict[str, Any]] = {
                "95": {"linestyle": (0, (5, 3)), "linewidth": 1.3, "color": INK_2},
                "99.8": {"linestyle": "-", "linewidth": 1.6, "color": INK_2},
            }
            self._curves = {
                (end, level): axes.add_line(Line2D([], [], zorder=2.5, **look))
                for level, look in looks.items()
                for end in ("low", "high")
            }
            self._ring = Line2D([], [], ls="", marker="o", markersize=14, color=SAFFRON, markeredgecolor=INK)
            self._ring.set(markeredgewidth=1.2, zorder=4)
            axes.add_line(self._ring)
            self._points = {
                marker: axes.scatter([], [], marker=marker, s=size_, linewidths=1.6, zorder=5, clip_on=False)
                for marker, size_ in (("o", 34), ("^", 58), ("v", 58))
            }
        self.follow([self._target, *self._curves.values(), self._ring, *self._points.values()])

    def show(
        self,
        rows: pd.DataFrame,
        subject: Subject,
        *,
        limits: Limits,
        base_name: str = "Population concernée",
        highlight: str | None = None,
    ) -> Picture:
        """Move the points and the limits to these rows, and return the picture with its words.

        Parameters
        ----------
        rows : DataFrame
            From `read_indicator`, with `base`.
        subject : Subject
        limits : callable
            Gives the limits at some sizes: `functools.partial(funnel_limits, target, kind=…, per=…)`.
        base_name : str
            What `base` counts: persons, person-years, expected events.
        highlight : str, optional
            Code of the area to ring.
        """
        subject = subject.fitted(rows)
        known = rows[rows["value"].notna() & (rows["base"] > 0)]
        placed = _placed(known, subject, limits)
        absent = subject.absent(rows)
        if uncounted := int(rows["value"].notna().sum()) - len(known):
            absent = f"{absent} Sans effectif publié : {subject.nouns(uncounted)}.".strip()
        with style():
            for artist in (self._target, *self._curves.values(), *self._points.values(), self._ring):
                artist.set_visible(bool(len(placed)))
            self.surround(subject.unit, base_name, absent)
            if len(placed):
                self._scale(placed, subject, limits)
                self._move(placed, highlight)
                self._write(placed, subject, highlight)
            else:
                self.say_nothing("Aucun chiffre avec son effectif")
        return Picture(
            figure=self.figure,
            title=_title(placed, subject),
            alt=_alt(placed, subject, absent),
            table=_table(rows, placed, subject, base_name),
            reading=_reading(placed, subject),
            note=subject.note,
            decimals=subject.decimals,
        )

    def _scale(self, placed: pd.DataFrame, subject: Subject, limits: Limits) -> None:
        """Choose the axes, and draw the limits over all sizes."""
        small, large = placed["base"].min() / 1.4, placed["base"].max() * 1.4
        self.axes.set_xlim(small, large)
        self.axes.xaxis.set_major_locator(FixedLocator(_round_sizes(small, large, 4 if self.phone else 8)))
        middle = placed.sort_values("base").iloc[len(placed) // 2]
        shown = [*placed["value"], middle["low_99.8"], middle["high_99.8"], placed["target"].iloc[0]]
        self.scale_y(shown, (subject.label, subject.unit))
        grid = np.geomspace(small, large, 120)
        drawn = limits(grid)
        for (end, level), curve in self._curves.items():
            curve.set_data(grid, drawn[f"{end}_{level}"].to_numpy())
        self._target.set_ydata([placed["target"].iloc[0]] * 2)

    def _move(self, placed: pd.DataFrame, highlight: str | None) -> None:
        for marker, points in self._points.items():
            here = placed[placed["marker"] == marker]
            points.set_offsets(here[["base", "value"]].to_numpy(dtype=float).reshape(-1, 2))
            points.set_edgecolor(here["colour"].tolist())
            filled = here["colour"].where(here["zone"] == OUTSIDE, PAPER)
            points.set_facecolor(filled.tolist())
        chosen = placed.loc[placed.index == highlight]
        self._ring.set_data(chosen["base"], chosen["value"])

    def _write(self, placed: pd.DataFrame, subject: Subject, highlight: str | None) -> None:
        """Name the limits, the target, then the areas outside and the chosen one."""
        points = self.inches(placed["base"], placed["value"])
        busy: list[Box] = [around(x, y, 0.07, 0.07) for x, y in points]
        lines = {key: self.inches(*curve.get_data()) for key, curve in self._curves.items()}
        for level, words in (("95", "95 %"), ("99.8", "99,8 %")):
            others = np.vstack([line for (_, other), line in lines.items() if other != level])
            width = text_width(words, 10) / 2 + 0.03
            spots = np.vstack([lines["high", level], lines["low", level]])
            spot = free_spot(spots, (width, 0.09), self.room, busy, others)
            if spot:
                self.words.say(*spot, words, over=True, color=INK_2)
                busy.append(around(*spot, width, 0.1))
        target = float(placed["target"].iloc[0])
        left, bottom, right, top = self.room
        y = float(self.inches(placed["base"].iloc[0], target)[0, 1])
        self._name_target(target, y, subject)
        end = right + self.margins.right - 0.06
        busy.append((right, y - LINE, end, y + LINE))
        along = np.linspace(left, right, 60)
        avoided = np.vstack([*lines.values(), np.column_stack([along, np.full(60, y)])])
        chosen = placed.loc[_worth_naming(placed, highlight)[: 4 if self.phone else 9]]
        spots_of_names = place_names(
            chosen["name"].tolist(),
            [_point(spot) for spot in self.inches(chosen["base"], chosen["value"])],
            (left + 0.03, bottom + 0.03, end, top + 0.1),
            taken=busy,
            lines=avoided,
        )
        for name, spot in zip(chosen["name"], spots_of_names, strict=True):
            if spot:
                self.words.say(*spot, name, weight="bold", over=True, color=INK)

    def _name_target(self, target: float, y: float, subject: Subject) -> None:
        """Say the value of the line: at its end, or above the axes on a phone."""
        name = subject.reference.short if subject.reference else "Ensemble"
        _, _, right, top = self.room
        how: dict[str, Any] = {"ha": "left", "weight": "bold", "color": INK}
        if self.phone:
            words = f"Ligne épaisse : {name}, {subject.number(target)}"
            self.words.say(0.08, top + 0.2, words, **how)
        else:
            self.words.say(right + 0.08, y + LINE / 2, name, **how)
            self.words.say(right + 0.08, y - LINE / 2, subject.number(target), **how)


def _placed(known: pd.DataFrame, subject: Subject, limits: Limits) -> pd.DataFrame:
    """Return the rows with the limits of their size, their zone, and how they are drawn."""
    if known.empty:
        return known.assign(zone="", distance=0.0)
    own = limits(known["base"].to_numpy(dtype=float)).set_axis(known.index)
    placed = known.join(own)
    value = placed["value"]
    above = value > placed["target"]
    beyond, apart = (
        (value > placed[f"high_{level}"]) | (value < placed[f"low_{level}"]) for level in ("99.8", "95")
    )
    placed["zone"] = np.where(beyond, OUTSIDE, np.where(apart, EDGE_ZONE, INSIDE))
    placed["marker"] = np.where(placed["zone"] == INSIDE, "o", np.where(above, "^", "v"))
    sides = [side(subject.direction, above=up) for up in above]
    placed["colour"] = [
        EDGE if zone == INSIDE else _COLOURS[one] for zone, one in zip(placed["zone"], sides, strict=True)
    ]
    # How far out, in half-widths of the funnel: the furthest are named first.
    half = (placed["high_99.8"] - placed["low_99.8"]) / 2
    placed["distance"] = (value - placed["target"]).abs() / half
    return placed.sort_values("value", ascending=False, kind="stable")


def _worth_naming(placed: pd.DataFrame, highlight: str | None) -> list[Any]:
    chosen = [highlight] if highlight in placed.index else []
    return list(dict.fromkeys([*chosen, *_in(placed, OUTSIDE).index]))


def _in(placed: pd.DataFrame, zone: str) -> pd.DataFrame:
    """Return the rows of a zone, the furthest first."""
    return placed[placed["zone"] == zone].sort_values("distance", ascending=False, kind="stable")


def _title(placed: pd.DataFrame, subject: Subject) -> str:
    if placed.empty:
        return f"{subject.label} : pas d’entonnoir sans effectifs publiés"
    out = len(_in(placed, OUTSIDE))
    if not out:
        said = f"{subject.none} ne sort de l’entonnoir, ces écarts peuvent venir du hasard"
        return f"{subject.label} : {said}"
    verb = "sort" if out == 1 else "sortent"
    return f"{subject.label} : {subject.nouns(out)} sur {len(placed)} {verb} de l’entonnoir"


def _alt(placed: pd.DataFrame, subject: Subject, absent: str) -> str:
    parts = [f"Entonnoir : {subject.nouns(len(placed))}, {subject.label} ({subject.unit})."]
    if len(placed):
        parts.append(f"Ligne du milieu : {subject.number(placed['target'].iloc[0])}.")
    for zone in (OUTSIDE, EDGE_ZONE):
        found = _in(placed, zone)
        if len(found):
            parts.append(f"{sentence(_WORDS[zone])} : {subject.some(found, with_figures=True)}.")
    if inside := len(_in(placed, INSIDE)):
        parts.append(f"Dans l’entonnoir : {subject.nouns(inside)}.")
    return " ".join([*parts, absent]).strip()


def _table(rows: pd.DataFrame, placed: pd.DataFrame, subject: Subject, base_name: str) -> pd.DataFrame:
    order = [*placed.index, *rows.index.difference(placed.index, sort=False)]
    table = subject.table(rows.loc[order]).set_axis(order).drop(columns=["Intervalle : de", "Intervalle : à"])
    table.insert(1, base_name, rows["base"].round().astype("Int64"))
    if len(placed):
        for level, words in (("95", "95 %"), ("99.8", "99,8 %")):
            table[f"Limites à {words} : de"] = placed[f"low_{level}"].round(subject.decimals)
            table[f"Limites à {words} : à"] = placed[f"high_{level}"].round(subject.decimals)
    table["Lecture"] = placed["zone"].map(_WORDS).reindex(order).fillna(table.pop("Lecture"))
    return table.reset_index(drop=True)


def _reading(placed: pd.DataFrame, subject: Subject) -> list[str]:
    shown = (
        f"Ce que montre la figure. {subject.shows} Chaque signe est un territoire. "
        "Il est d’autant plus à droite que sa population est grande. "
        "L’entonnoir est la zone où le hasard seul peut placer un territoire, si rien ne le distingue. "
        "Il est large à gauche, car un petit nombre varie beaucoup d’une année à l’autre. "
        "Hors du trait plein (99,8 %), le hasard n’explique presque jamais l’écart. "
        "Entre le tiret (95 %) et le trait plein, il l’explique encore souvent."
    )
    hidden = f"Ce qu’elle ne montre pas. {subject.hides} Sortir de l’entonnoir ne dit pas pourquoi."
    if len(placed) and len(_in(placed, OUTSIDE)) > _MANY * len(placed):
        hidden += (
            " Ici, beaucoup de territoires en sortent. Ils diffèrent donc par autre chose que le hasard : "
            "revenus, âge, offre de soins."
        )
    return [text.replace("  ", " ") for text in (shown, hidden)]


def _round_sizes(small: float, large: float, most: int) -> list[float]:
    """Return round sizes to write under the axis, at most `most`."""
    powers = 10.0 ** np.arange(np.floor(np.log10(small)), np.ceil(np.log10(large)) + 1)
    marks: list[float] = []
    for digits in ((1, 2, 5), (1, 3), (1,)):
        sizes = [float(digit * power) for power in powers for digit in digits]
        marks = [size for size in sizes if small <= size <= large]
        if len(marks) <= most:
            return marks
    return marks[:: len(marks) // most + 1]


def _point(spot: NDArray[np.float64]) -> Point:
    return float(spot[0]), float(spot[1])
