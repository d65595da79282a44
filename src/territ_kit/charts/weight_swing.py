"""From which weight the order changes: the score of each need along the weight of one criterion."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from territ_kit.charts.picture import Picture
from territ_kit.charts.plot import Margins, Plot
from territ_kit.charts.sheet import shorten
from territ_kit.charts.style import (
    DIVERGING,
    EDGE,
    INK,
    PAPER,
    PINE,
    SEQUENTIAL,
    Size,
    in_figure,
    style,
    text_width,
)
from territ_kit.exercises.reading import typeset
from territ_kit.french import fr
from territ_kit.prioritisation.turning import Swing

_FIRST, _SECOND = PINE, DIVERGING[0]
_OTHERS = 6  # thin lines: those that follow the first two


class _Scores(MaxNLocator):
    """Marks of the scale of scores, which ends at 0 and 10 whatever room the names take."""

    def tick_values(self, vmin: float, vmax: float) -> Any:
        """Return the marks between two heights."""
        return super().tick_values(max(vmin, 0), min(vmax, 10))


class WeightSwingChart(Plot):
    """Two lines that cross, or do not, along the weight of a criterion.

    Parameters
    ----------
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(self, *, size: Size = "wide") -> None:
        super().__init__(size, 2.6, Margins(0.42, 0.34, 0.66, 0.62))
        with style():
            axes = self.axes
            axes.set_xlim(0, 100)
            self.in_french()
            axes.yaxis.set_major_locator(_Scores(6, steps=[1, 2, 5, 10]))
            axes.xaxis.set_major_locator(FixedLocator(range(0, 101, 25 if self.phone else 10)))
            axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: in_figure(fr(value, 0, unit="%"))))
            self._side = Rectangle((0, 0), 0, 1, transform=axes.get_xaxis_transform(), zorder=0.5)
            self._side.set(facecolor=SEQUENTIAL[0], alpha=0.4, linewidth=0)
            axes.add_patch(self._side)
            self._others = LineCollection([], colors=EDGE, linewidths=1, alpha=0.55, zorder=2)
            axes.add_collection(self._others, autolim=False)
            self._first = Line2D([], [], color=_FIRST, linewidth=2.8, zorder=4)
            self._second = Line2D([], [], color=_SECOND, linewidth=2.8, linestyle=(0, (6, 3)), zorder=4)
            self._now = Line2D([], [], color=INK, linewidth=1.9, zorder=3)
            self._trial = Line2D([], [], color=INK, linewidth=1.9, linestyle=(0, (5, 2, 1, 2)), zorder=3)
            self._drop = Line2D([], [], color=INK, linewidth=1.4, linestyle=(0, (2, 2)), zorder=3)
            self._cross = Line2D([], [], ls="", marker="o", markersize=9, color=PAPER, markeredgecolor=INK)
            self._cross.set(markeredgewidth=2.2, zorder=6)
            self._lines = [self._first, self._second, self._now, self._trial, self._drop, self._cross]
            for line in self._lines:
                axes.add_line(line)
                line.set_clip_on(False)
        self.follow([self._side, self._others, *self._lines])

    def show(
        self, lines: pd.DataFrame, swing: Swing, criterion: Any, *, trial: float | None = None
    ) -> Picture:
        """Move the lines to these scores, and return the picture with its words.

        Parameters
        ----------
        lines : DataFrame
            From `prioritisation.robustness.score_lines` for this criterion, its labels being names to show.
        swing : Swing
            From `prioritisation.robustness.swing`, of the same scores and weights.
        criterion : label
            One of the criteria of `swing`.
        trial : float, optional
            Another weight that the person tries, in points of 100.
        """
        now, turn, _change = (float(value) for value in swing.table.loc[criterion])
        with style():
            self.surround("Note globale sur 10", typeset(f"Poids donné au critère « {criterion} »"))
            self._scale(lines, criterion)
            self._move(lines, now, turn)
            self._write(lines, now, turn)
            self._try(trial)
        return Picture(
            figure=self.figure,
            title=typeset(_title(swing, criterion, now, turn, trial)),
            alt=typeset(_alt(lines, criterion, now, turn, trial)),
            table=_table(lines, criterion, now, turn),
            reading=[typeset(text) for text in _reading(lines, swing, criterion, now, turn)],
            note="Somme pondérée. Les autres critères gardent leurs proportions.",
            decimals=1,
        )

    def _scale(self, lines: pd.DataFrame, criterion: Any) -> None:
        drawn = lines.iloc[:2].to_numpy()
        # Room for the name of the upper line above it, and of the lower one below.
        room = 0.28 * (drawn.max() - drawn.min() or 1)
        self.scale_y([max(drawn.min() - room, -0.5), drawn.max() + room], criterion)

    def _move(self, lines: pd.DataFrame, now: float, turn: float) -> None:
        low, high = self.axes.get_ylim()
        first, second = (row.tolist() for row in lines.iloc[:2].to_numpy())
        self._first.set_data([0, 100], first)
        self._second.set_data([0, 100], second)
        self._others.set_segments(
            [[(0.0, start), (100.0, end)] for start, end in lines.iloc[2 : 2 + _OTHERS].to_numpy().tolist()]
        )
        self._now.set_data([now, now], [low, high])
        known = not math.isnan(turn)
        height = first[0] + (first[1] - first[0]) * turn / 100
        self._drop.set_data([turn, turn] if known else [], [low, height] if known else [])
        self._cross.set_data([turn] if known else [], [height] if known else [])
        # Tinted where the first stays first.
        start, end = (turn, 100.0) if known and now >= turn else (0.0, turn if known else 100.0)
        self._side.set_x(start)
        self._side.set_width(end - start)

    def _write(self, lines: pd.DataFrame, now: float, turn: float) -> None:
        left, bottom, right, top = self.room
        ends = lines.iloc[:2].to_numpy()
        upper = int(ends[:, 1].argmax())
        for place, colour in enumerate((_FIRST, _SECOND)):
            name = shorten(str(lines.index[place]), (0.85 if self.phone else 0.62) * self.width, 10, "bold")
            half = text_width(name, 10, "bold") / 2
            # Above the upper line or below the lower one, clear of it from end to end of the name.
            start, end = ends[place]
            along = np.array([1 - 2 * half / self.width, 1])
            heights = self.inches(100 * along, start + (end - start) * along)[:, 1]
            y = heights.max() + 0.16 if place == upper else heights.min() - 0.16
            self.words.say(right - half, y, name, over=True, weight="bold", color=colour)
        width = right - left
        x = left + width * now / 100
        said = typeset(f"Vos poids : {_percent(now)}")
        half = text_width(said, 10, "bold") / 2
        self.words.say(
            min(max(x, left + half), right + 0.2 - half), top + 0.13, said, weight="bold", color=INK
        )
        if not math.isnan(turn):
            said = typeset(f"Bascule : {_percent(turn)}")
            half = text_width(said, 10) / 2 + 0.07
            x = left + width * turn / 100
            after = x + 2 * half < right and (now < turn or x - 2 * half < left)
            self.words.say(x + half if after else x - half, bottom + 0.13, said, over=True, color=INK)

    def _try(self, trial: float | None) -> None:
        """Draw the weight that is tried, its name under the one of the group."""
        self._trial.set_data([], [])
        if trial is not None:
            self._trial.set_data([trial, trial], self.axes.get_ylim())
            left, _, right, top = self.room
            said = typeset(f"Essai : {_percent(trial)}")
            half = text_width(said, 10, "bold") / 2
            x = left + (right - left) * trial / 100
            x = min(max(x, left + half), right + 0.2 - half)
            self.words.say(x, top - 0.12, said, over=True, weight="bold", color=INK)


def _percent(points: float) -> str:
    return in_figure(fr(points, 0 if abs(points - round(points)) < 0.05 else 1, unit="%"))


def _points(points: float) -> str:
    return fr(points, 0 if abs(points - round(points)) < 0.05 else 1)


def _title(swing: Swing, criterion: Any, now: float, turn: float, trial: float | None) -> str:
    if math.isnan(turn):
        return f"Le poids de « {criterion} » ne change pas l’ordre des deux premiers"
    if turn == now:
        return "Les deux premiers sont à égalité avec vos poids"
    if trial is not None and (trial - turn) * (now - turn) < 0:
        return f"Avec {_points(trial)} points pour « {criterion} », « {swing.second} » passe devant"
    way = "moins" if turn < now else "plus"
    return f"« {swing.second} » passe devant si « {criterion} » pèse {way} de {_points(turn)} points sur 100"


def _alt(lines: pd.DataFrame, criterion: Any, now: float, turn: float, trial: float | None) -> str:
    parts = [f"Droites : la note de chaque besoin selon le poids de « {criterion} »."]
    for name, (start, end) in zip(lines.index[:2], lines.to_numpy()[:2], strict=True):
        way = "monte" if end > start else "baisse" if end < start else "reste"
        parts.append(f"{name} {way} de {fr(start, 1)} à {fr(end, 1)}.")
    known = not math.isnan(turn)
    parts.append(f"Elles se croisent à {_percent(turn)}." if known else "Elles ne se croisent pas.")
    parts.append(f"Vos poids donnent {_percent(now)} à ce critère.")
    if trial is not None:
        parts.append(f"Essai : {_percent(trial)}.")
    return " ".join(parts)


def _table(lines: pd.DataFrame, criterion: Any, now: float, turn: float) -> pd.DataFrame:
    turning = set() if math.isnan(turn) else {round(turn, 1)}
    weights = np.array(sorted({0.0, 25.0, 50.0, 75.0, 100.0, round(now, 1)} | turning))
    starts, ends = lines.to_numpy().T
    scores = starts[:, None] + (ends - starts)[:, None] * weights / 100
    names = pd.Index([str(name) for name in lines.index], name="Besoin")
    heads = [f"Note si « {criterion} » pèse {_percent(weight)}" for weight in weights]
    return pd.DataFrame(scores, names, [typeset(head) for head in heads]).reset_index()


def _reading(lines: pd.DataFrame, swing: Swing, criterion: Any, now: float, turn: float) -> list[str]:
    shown = (
        "Ce que montre la figure. La note des deux premiers quand ce critère pèse plus, ou moins. "
        "Le trait plein est le premier avec vos poids, le trait en tirets le deuxième. "
    )
    if math.isnan(turn):
        shown += f"« {swing.first} » reste devant quel que soit ce poids : débattez d’un autre critère."
    else:
        way = "moins" if turn < now else "plus"
        shown += (
            f"Si le groupe pense que « {criterion} » vaut {way} de {_points(turn)} points, l’ordre change. "
            "C’est de cela qu’il faut débattre."
        )
    if len(lines) > 2:
        shown += " Les traits fins sont les besoins qui suivent."
    hidden = (
        "Ce qu’elle ne montre pas. Un seul poids bouge à la fois, et les notes restent les mêmes. "
        "Un troisième besoin peut passer devant les deux : regardez les traits fins."
    )
    return [shown, hidden]
