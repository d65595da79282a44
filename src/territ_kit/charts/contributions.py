"""Why the order is what it is: what each criterion brings to the score of each need."""

from __future__ import annotations

from typing import Any

import pandas as pd

from territ_kit.charts.picture import Picture
from territ_kit.charts.sheet import Sheet
from territ_kit.charts.style import (
    DIVERGING,
    INK,
    INK_2,
    PAPER,
    SEQUENTIAL,
    Size,
    style,
    text_colour,
    text_width,
)
from territ_kit.exercises.reading import typeset
from territ_kit.french import count, fr
from territ_kit.prioritisation.checks import points, shared_ranks

_MARGIN, _BAR, _TOTAL = 0.1, 0.28, 0.5
_ROWS = {"wide": 12, "phone": 10}
# Neighbours in the bar differ in lightness; the name and the figure say which is which.
_FACES = (SEQUENTIAL[3], SEQUENTIAL[0], SEQUENTIAL[2], SEQUENTIAL[4], SEQUENTIAL[1], *DIVERGING[:3])
_EQUAL = 1e-9


class ContributionsChart(Sheet):
    """One bar by need, the best first, cut in as many pieces as criteria.

    Parameters
    ----------
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(self, *, size: Size = "wide") -> None:
        super().__init__(size)

    def show(self, brought: pd.DataFrame, weights: Any) -> Picture:
        """Draw the bars, and return the picture with its words.

        Parameters
        ----------
        brought : DataFrame, needs by criteria
            From `prioritisation.multicriteria.contributions`, its labels being names to show.
        weights : array_like or Series by criterion
            The group's points.
        """
        given = pd.Series(points(weights, brought.columns), index=brought.columns)
        self.pen.wipe()
        with style():
            self._draw(brought, given)
        return Picture(
            figure=self.figure,
            title=typeset(_title(brought)),
            alt=typeset(_alt(brought, given)),
            table=_table(brought),
            reading=[typeset(text) for text in _reading(brought)],
            note="Points de note apportés par chaque critère, avec vos poids. La somme est la note sur 10.",
            decimals=2,
        )

    def _draw(self, brought: pd.DataFrame, given: pd.Series) -> None:
        faces = [_FACES[place % len(_FACES)] for place in range(len(given))]
        top = self._legend(given, faces)
        shown = brought.head(_ROWS[self.size])
        # On the scale of the best one: the pieces are then large enough to hold their figures.
        room = self.width - 2 * _MARGIN - _TOTAL
        scale = room / max(float(brought.sum(axis=1).max()), 1.0)
        for rank, (name, row) in zip(_ranks(brought), shown.iterrows(), strict=False):
            top = self.lines(_MARGIN, top, f"{rank}. {name}", self.width - 2 * _MARGIN)
            left = _MARGIN
            for value, face in zip(row, faces, strict=True):
                width = max(float(value), 0.0) * scale
                if width:
                    self.tile(left, top + 0.03, width, _BAR, face, edgecolor=PAPER, linewidth=1.2)
                said = fr(float(value), 1)
                if text_width(said, 10) + 0.08 < width:
                    middle = top + 0.03 + _BAR / 2
                    self.say(left + width / 2, middle, said, ha="center", color=text_colour(face))
                left += width
            self.say(left + 0.08, top + 0.03 + _BAR / 2, _total(row), weight="bold", size=10.5)
            top += _BAR + 0.16
        others = len(brought) - len(shown)
        if others:
            words = f"Et {count(others, 'autre besoin', 'autres besoins')} : voir le tableau."
            top = self.lines(_MARGIN, top, typeset(words), self.width - 2 * _MARGIN, color=INK_2) + 0.06
        self.end(top)

    def _legend(self, given: pd.Series, faces: list[str]) -> float:
        """Name the criteria and their points, in the order of the pieces; return where they end."""
        x, y = _MARGIN, 0.14
        for (criterion, weight), face in zip(given.items(), faces, strict=True):
            words = f"{criterion} ({fr(float(weight), 0)})"
            width = text_width(words, 10) + 0.24
            if x + width > self.width - _MARGIN and x > _MARGIN:
                x, y = _MARGIN, y + 0.22
            self.tile(x, y - 0.07, 0.16, 0.14, face, edgecolor=INK, linewidth=0.6)
            self.say(x + 0.22, y, words)
            x += width + 0.16
        return y + 0.2


def _ranks(brought: pd.DataFrame) -> list[int]:
    return [int(rank) for rank in shared_ranks(brought.sum(axis=1).to_numpy())]


def _total(row: pd.Series) -> str:
    return fr(round(float(row.sum()), 6), 1)  # two equal scores must read the same


def _title(brought: pd.DataFrame) -> str:
    totals = brought.sum(axis=1)
    first = brought.index[0]
    if len(brought) == 1:
        return f"« {first} » obtient {fr(totals.iloc[0], 1)} sur 10"
    second = brought.index[1]
    gap = brought.iloc[0] - brought.iloc[1]
    if gap.sum() < _EQUAL:
        return f"« {first} » et « {second} » sont à égalité"
    if gap.max() < _EQUAL:  # a rounded tie
        return f"« {first} » devance « {second} » de peu"
    return f"« {first} » devance « {second} » surtout par « {gap.idxmax()} »"


def _alt(brought: pd.DataFrame, given: pd.Series) -> str:
    weights = ", ".join(f"{name} {fr(float(points_), 0)}" for name, points_ in given.items())
    parts = [f"Barres de {count(len(brought), 'besoin')}. Poids sur 100 : {weights}."]
    for rank, (name, row) in zip(_ranks(brought), brought.head(_ROWS["wide"]).iterrows(), strict=False):
        pieces = ", ".join(f"{criterion} {fr(float(value), 1)}" for criterion, value in row.items())
        parts.append(f"{rank}. {name}, {_total(row)} sur 10 : {pieces}.")
    return " ".join(parts)


def _table(brought: pd.DataFrame) -> pd.DataFrame:
    table = brought.copy()
    table.columns = pd.Index([str(name) for name in brought.columns])
    table.insert(0, "Besoin", [str(name) for name in brought.index])
    table["Note sur 10"] = brought.sum(axis=1).to_numpy()
    return table.reset_index(drop=True)


def _reading(brought: pd.DataFrame) -> list[str]:
    shown = (
        "Ce que montre la figure. Chaque barre est la note d’un besoin avec vos poids. "
        "Chaque morceau est ce qu’un critère apporte : sa note, multipliée par son poids. "
    )
    if len(brought) > 1:
        gap = brought.iloc[0] - brought.iloc[1]
        total = float(gap.sum())
        if total > _EQUAL:
            shown += f"L’écart entre les deux premiers est de {fr(total, 2)} point. "
            if gap.min() < -_EQUAL:
                shown += f"Sur « {gap.idxmin()} », c’est pourtant le deuxième qui l’emporte. "
    hidden = (
        "Ce qu’elle ne montre pas. Une note est l’avis du groupe mis en chiffre, pas une mesure. "
        "Un petit écart ne départage rien : regardez si l’ordre tient."
    )
    return [shown.strip(), hidden]
