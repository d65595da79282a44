"""Chance of each rank: how often each need takes each place when weights and scores are drawn."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.colors import to_hex, to_rgb
from numpy.typing import NDArray

from territ_kit.charts.picture import Picture
from territ_kit.charts.sheet import Sheet, lines_of
from territ_kit.charts.style import INK_2, PAPER, SEQUENTIAL, Size, style, text_colour
from territ_kit.exercises.reading import typeset
from territ_kit.french import count, fr, listing
from territ_kit.prioritisation.robustness import SOLID, RankChances

RIVAL = 0.15
"""Share of the draws from which a need is said to contend for the first place (our choice)."""

_MARGIN, _CELL, _GAP = 0.1, 0.38, 0.05
_NAMES = 2.75  # inches, on a wide drawing; on a phone names stand above their row
_ROWS = {"wide": 12, "phone": 10}
_COLUMNS = {"wide": 10, "phone": 8}
_LISTED = 20  # ranks of the table
_STEPS = (0.05, 0.2, 0.35, 0.5, 0.7, 0.9)
_PALE = to_hex(tuple((0.4 * np.array(to_rgb(SEQUENTIAL[0])) + 0.6).tolist()))
_SHADES = (PAPER, _PALE, *SEQUENTIAL)
_WORDS = ("deux", "trois", "quatre", "cinq", "six", "sept")


class RankChancesChart(Sheet):
    """A table of shaded cells: a row by need, a column by rank.

    Parameters
    ----------
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(self, *, size: Size = "wide") -> None:
        super().__init__(size)

    def show(self, found: RankChances) -> Picture:
        """Draw the cells, and return the picture with its words.

        Parameters
        ----------
        found : RankChances
            From `prioritisation.robustness.rank_chances`, its labels being names to show.
        """
        self.pen.wipe()
        with style():
            self._draw(found.chances)
        return Picture(
            figure=self.figure,
            title=typeset(_title(found)),
            alt=typeset(_alt(found)),
            table=_table(found.chances),
            reading=[typeset(text) for text in _reading(found)],
            note=(
                f"{fr(found.draws)} tirages des poids, et des notes dans la limite de leur doute "
                "(hypothèse pédagogique)."
            ),
            decimals=0,
        )

    def _draw(self, chances: pd.DataFrame) -> None:
        shown, heads = _cells(chances, _ROWS[self.size], _COLUMNS[self.size])
        left = _MARGIN if self.phone else _NAMES + _MARGIN
        step = min((self.width - left - _MARGIN) / len(heads), 1.1)
        self.say(left, 0.12, "Part des tirages à chaque rang, en %", color=INK_2)
        for place, head in enumerate(heads):
            self.say(left + (place + 0.5) * step, 0.36, head, ha="center")
        top = 0.52
        for name, row in zip(shown.index, shown.to_numpy(), strict=True):
            top = self._row(top, left, step, str(name), row)
        others = len(chances) - len(shown)
        if others:
            words = f"Et {count(others, 'autre besoin', 'autres besoins')} : voir le tableau."
            top = self.lines(_MARGIN, top, words, self.width - 2 * _MARGIN, color=INK_2) + 0.06
        self.end(top + 0.04)

    def _row(self, top: float, left: float, step: float, name: str, shares: NDArray[np.float64]) -> float:
        """Draw a need: its name and its cells; return where the next begins."""
        if self.phone:
            top = self.lines(left, top + 0.04, name, self.width - 2 * _MARGIN) + 0.03
            height = 0.3
        else:
            taken = lines_of(name, _NAMES - 0.12)
            height = max(_CELL, 0.18 * taken + 0.1)
            self.lines(_MARGIN, top + height / 2 - 0.09 * taken, name, _NAMES - 0.12)
        most = shares.argmax()
        for place, share in enumerate(shares):
            face = _SHADES[int(np.searchsorted(_STEPS, share, side="right"))]
            x = left + place * step
            self.tile(x, top, step - _GAP, height, face, linewidth=0)
            how = {"color": text_colour(face) if share >= _STEPS[0] else INK_2}
            weight = "bold" if place == most else "normal"
            self.say(
                x + (step - _GAP) / 2, top + height / 2, percent(share), ha="center", weight=weight, **how
            )
        return top + height + _GAP


def percent(share: float) -> str:
    """Return a share as whole percents, without the sign; a rare one is not said to be none.

    Examples
    --------
    >>> percent(0.664), percent(0.003), percent(0.0), percent(0.998), percent(1.0)
    ('66', '< 1', '0', '> 99', '100')
    """
    if 0 < share < 0.005:
        return "< 1"
    return "> 99" if 0.995 <= share < 1 else fr(100 * share, 0)


def _cells(chances: pd.DataFrame, rows: int, columns: int) -> tuple[pd.DataFrame, list[str]]:
    """Return the cells to draw and the heads of their columns; the last one may gather several ranks."""
    heads = [ordinal(int(rank)) for rank in chances.columns[:columns]]
    drawn = chances.iloc[:rows, :columns].copy()
    if len(chances.columns) > columns:
        drawn[columns] = chances.iloc[:rows, columns - 1 :].sum(axis=1)
        heads[-1] += " +"
    return drawn, heads


def ordinal(rank: int) -> str:
    """Return a rank in French.

    Examples
    --------
    >>> ordinal(1), ordinal(2)
    ('1er', '2e')
    """
    return "1er" if rank == 1 else f"{rank}e"


def _title(found: RankChances) -> str:
    first = found.first.sort_values(ascending=False, kind="stable")
    if len(first) == 1:
        return f"« {first.index[0]} » est seul : rien à comparer"
    if first.iloc[0] >= SOLID:
        return f"« {first.index[0]} » garde la première place dans {_of_a_hundred(first.iloc[0])}"
    rivals = int((first >= RIVAL).sum())
    if rivals == 0:
        return "Aucun besoin ne se détache"
    if rivals == 1:
        return f"« {first.index[0]} » est en tête le plus souvent, mais pas toujours"
    number = _WORDS[rivals - 2] if rivals - 2 < len(_WORDS) else fr(rivals)
    return f"{number[:1].upper()}{number[1:]} besoins se disputent la première place"


def _of_a_hundred(share: float) -> str:
    return "tous les tirages" if share == 1 else f"{percent(share)} tirages sur 100"


def _alt(found: RankChances) -> str:
    parts = [
        f"Tableau coloré : part des tirages où {count(len(found.chances), 'besoin')} obtiennent chaque rang."
    ]
    for name, row in found.chances.head(_ROWS["wide"]).iterrows():
        best = row.sort_values(ascending=False, kind="stable")
        said = [
            f"{ordinal(int(str(rank)))} {percent(share)} %"
            for rank, share in best.head(2).items()
            if share > 0
        ]
        parts.append(f"{name} : {', '.join(said)}.")
    return " ".join(parts)


def _table(chances: pd.DataFrame) -> pd.DataFrame:
    shown, heads = _cells(chances, len(chances), _LISTED)
    table = (100 * shown).round().astype(int)
    table.columns = pd.Index([f"{head} (%)" for head in heads])
    table.insert(0, "Besoin", [str(name) for name in chances.index])
    return table.reset_index(drop=True)


def _reading(found: RankChances) -> list[str]:
    shown = (
        "Ce que montre la figure. Chaque ligne est un besoin, chaque colonne un rang. "
        "Plus la case est foncée, plus le besoin obtient souvent ce rang. "
        f"{found.sentence} {_together(found)}"
    ).strip()
    hidden = (
        "Ce qu’elle ne montre pas. Les tirages changent vos poids et vos notes, rien d’autre. "
        "Ils ne disent pas ce qu’une action fera pour la santé. "
        "Un besoin qui n’est premier que sous certains poids appelle un débat sur ces poids."
    )
    return [shown, hidden]


def _together(found: RankChances) -> str:
    """Say which leaders come before all the others together, when two or three contend."""
    rivals = found.first.index[found.first >= RIVAL]
    others = found.first.index.difference(rivals)
    if not 2 <= len(rivals) <= 3 or not len(others):
        return ""
    if found.pairwise.loc[rivals, others].to_numpy().min() < SOLID:
        return ""
    names = listing([f"« {name} »" for name in rivals])
    return (
        f"{names} devancent presque toujours les autres. "
        "Les retenir ensemble est plus solide que les départager."
    )
