"""Concentration curve: what share of the cases the most deprived inhabitants gather."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator
from numpy.typing import NDArray

from territ_kit.charts.gradient import NOT_PERSONS
from territ_kit.charts.picture import Picture
from territ_kit.charts.plot import LINE, Margins, Plot, free_spot
from territ_kit.charts.style import EDGE, INK, INK_2, PINE, SAFFRON, WIDTHS, Size, style, text_width, wrap
from territ_kit.charts.subject import Subject, sentence
from territ_kit.errors import InputError
from territ_kit.french import fr

if TYPE_CHECKING:
    from territ_kit.observation.inequality import ConcentrationIndex

_CLOSE = 0.05  # index under which we speak of no side
_DEPRIVED = {
    "commune": "communes les plus défavorisées",
    "group": "groupes de communes les plus défavorisés",
    "qpv": "quartiers les plus défavorisés",
}
READ_AT = 20  # % of the inhabitants of which the figure tells the share


class _Words(NamedTuple):
    """What the values count, and among whom."""

    counted: str
    among: str


class ConcentrationChart(Plot):
    """A concentration curve that follows its controls.

    Parameters
    ----------
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(self, *, size: Size = "wide") -> None:
        phone = size == "phone"
        side = 2.66 if phone else 3.9  # the axes are square
        super().__init__(size, side, Margins(0.52, WIDTHS[size] - 0.52 - side, 0.42, 0.62))
        with style():
            axes = self.axes
            axes.set(xlim=(0, 100), ylim=(0, 100))
            for axis in (axes.xaxis, axes.yaxis):
                axis.set_major_locator(FixedLocator([0, 20, 40, 60, 80, 100]))
            self.in_french()
            diagonal = Line2D([0, 100], [0, 100], color=INK_2, linewidth=1.5, linestyle=(0, (5, 3)))
            axes.add_line(diagonal)
            self._area = PolyCollection([], facecolor="none", edgecolor=EDGE, hatch="///", zorder=1)
            self._area.set_linewidth(0)
            axes.add_collection(self._area, autolim=False)
            self._curve = Line2D([], [], color=PINE, linewidth=2.8, zorder=4)
            self._guide = Line2D([], [], color=INK, linewidth=1.3, linestyle=(0, (1, 2)), zorder=3)
            self._point = Line2D([], [], ls="", marker="o", markersize=9, color=SAFFRON, markeredgecolor=INK)
            self._point.set(markeredgewidth=1.4, zorder=5)
            for line in (self._curve, self._guide, self._point):
                axes.add_line(line)
        self.follow([self._area, self._curve, self._guide, self._point])

    def show(
        self,
        rows: pd.DataFrame,
        index: ConcentrationIndex,
        subject: Subject,
        *,
        counted: str = "des cas",
        among: str = "habitants",
    ) -> Picture:
        """Move the curve to these rows, and return the picture with its words.

        Parameters
        ----------
        rows : DataFrame
            From `read_indicator`, with `population` (those among whom the values are counted), the most
            deprived area first. The areas without a value are told, not drawn.
        index : ConcentrationIndex
            Of the areas that have a value, in the same order.
        subject : Subject
        counted : str
            What the values count, as it follows a percentage: « des décès ».
        among : str
            Who the population is, in the plural: « habitants ».
        """
        known = rows[rows["value"].notna()]
        if len(known) != len(index.shares):
            raise InputError(
                f"Les données ont {len(known)} valeurs et la courbe en a {len(index.shares)} ; attendu : "
                "autant. Calculez la courbe sur les lignes qui ont une valeur."
            )
        x, y = 100 * index.curve_x, 100 * index.curve_y
        drawn = not math.isnan(index.relative)
        words = _Words(counted, among)
        finding = _finding(index, subject, words)
        absent = subject.absent(rows)
        notes = [_index_in_words(index), absent] if drawn and self.phone else [absent]
        with style():
            self.surround(f"% {counted}", f"% des {among}, du plus au moins défavorisé", *notes)
            for artist in (self._area, self._curve, self._guide, self._point):
                artist.set_visible(drawn)
            if drawn:
                self._area.set_verts([np.column_stack([x, y])])
                self._curve.set_data(x, y)
                height = _share_at(index, READ_AT)
                self._guide.set_data([READ_AT, READ_AT, 0], [0, height, height])
                self._point.set_data([READ_AT], [height])
                self._write(index, words)
            else:
                self.say_nothing("Rien à répartir")
        return Picture(
            figure=self.figure,
            title=f"{subject.label} : {finding}",
            alt=_alt(known, index, subject, words, absent),
            table=_table(rows, known, index, subject, words),
            reading=_reading(index, subject, finding, among),
            note=subject.note,
            decimals=1,
        )

    def _write(self, index: ConcentrationIndex, words: _Words) -> None:
        """Name the diagonal on the side that the curve leaves free, then say the point in full words."""
        _, _, right, top = self.room
        share = _share_at(index, READ_AT)
        above = float(index.curve_y.mean() - index.curve_x.mean()) >= 0
        curve = np.vstack([self.inches(*self._curve.get_data()), self._dense(index)])
        along = np.linspace(62, 92, 16)
        equal = "Égalité"
        half = text_width(equal, 10) / 2 + 0.03
        across = (half + 0.08) * (1 if above else -1)
        diagonal = self.inches(along, along)
        beside = diagonal + np.array([across, -0.12 if above else 0.12])
        spot = free_spot(beside, (half, 0.085), self.room, [], curve)
        if spot:
            self.words.say(*spot, equal, over=True, color=INK_2)
        label = fr(share, 0, unit="%")
        x, y = self.inches(READ_AT, share)[0]
        aside = 0.13 + text_width(label, 10.5, "bold") / 2
        self.words.say(
            x + (-aside if above else aside), y + (0.14 if above else -0.14), label,
            over=True, weight="bold", size=10.5, color=INK,
        )  # fmt: skip
        if self.phone:
            return
        x, y = right + 0.35, top - 0.5
        width = self.margins.right - 0.45
        self.words.say(
            x, y, f"{fr(share, 0)} % {words.counted}", ha="left", weight="bold", size=20, color=INK
        )
        y -= 0.38
        lines = wrap(f"pour {READ_AT} % des {words.among}, dans les lieux les plus défavorisés.", width, 10.5)
        for line in [*lines.split("\n"), "", *wrap(_index_in_words(index), width, 10.5).split("\n")]:
            self.words.say(x, y, line, ha="left", size=10.5, color=INK)
            y -= LINE * 1.1

    def _dense(self, index: ConcentrationIndex) -> NDArray[np.float64]:
        along = np.linspace(0, 1, 200)
        return self.inches(100 * along, 100 * np.interp(along, index.curve_x, index.curve_y))


def _share_at(index: ConcentrationIndex, percent: float) -> float:
    """Return the share (%) that some of the inhabitants gather, the most deprived first."""
    return float(100 * np.interp(percent / 100, index.curve_x, index.curve_y))


def _finding(index: ConcentrationIndex, subject: Subject, words: _Words) -> str:
    if math.isnan(index.relative):
        return f"rien à répartir entre les {words.among}"
    share = fr(_share_at(index, READ_AT), 0, unit="%")
    where = _DEPRIVED[subject.level]
    of = "d’" if words.among[0] in "aehiou" else "de "
    return f"les {READ_AT} % {of}{words.among} des {where} réunissent {share} {words.counted}"


def _index_in_words(index: ConcentrationIndex) -> str:
    value = index.relative
    if abs(value) < _CLOSE:
        gathers = "la courbe reste proche de l’égalité"
    else:
        gathers = f"la concentration est du côté {'favorisé' if value > 0 else 'défavorisé'}"
    return f"Indice de concentration : {fr(value, 2, signed=True)} ; {gathers}."


def _alt(known: pd.DataFrame, index: ConcentrationIndex, subject: Subject, words: _Words, absent: str) -> str:
    parts = [f"Courbe de concentration : {subject.nouns(len(known))}, {subject.label} ({subject.unit})."]
    if not math.isnan(index.relative):
        points = [
            f"{percent} % des {words.among}, {fr(_share_at(index, percent), 0)} % {words.counted}"
            for percent in (20, 40, 60, 80)
        ]
        parts += [f"Du plus au moins défavorisé : {' ; '.join(points)}.", _index_in_words(index)]
    else:
        parts.append("Aucune courbe : il n’y a rien à répartir.")
    return " ".join([*parts, absent]).strip()


def _table(
    rows: pd.DataFrame, known: pd.DataFrame, index: ConcentrationIndex, subject: Subject, words: _Words
) -> pd.DataFrame:
    order = [*known.index, *rows.index.difference(known.index, sort=False)]
    table = subject.table(rows.loc[order]).set_axis(order)
    table.insert(1, sentence(words.among), rows["population"].round().astype("Int64"))
    for place, (label, curve) in enumerate(
        [
            (f"{sentence(words.among)}, cumul (%)", index.curve_x),
            (f"% {words.counted}, cumul", index.curve_y),
        ],
        3,
    ):
        table.insert(place, label, pd.Series(100 * curve[1:], index=known.index).round(1))
    return table.drop(columns=["Intervalle : de", "Intervalle : à"]).reset_index(drop=True)


def _reading(index: ConcentrationIndex, subject: Subject, finding: str, among: str) -> list[str]:
    shown = (
        f"Ce que montre la figure. {subject.shows} Les {among} se suivent selon leur lieu de vie, "
        "du plus défavorisé au moins défavorisé. La courbe additionne les valeurs dans cet ordre. "
        f"Ici, {finding}. Si tous avaient la même valeur, la courbe suivrait la diagonale. "
        "Au-dessus, la concentration est du côté défavorisé ; au-dessous, du côté favorisé."
    )
    if not math.isnan(index.relative):
        shown += f" {_index_in_words(index)} L’indice va de −1 à 1 ; 0 veut dire une répartition égale."
    hidden = (
        f"Ce qu’elle ne montre pas. {subject.hides} {NOT_PERSONS} "
        "La marge d’incertitude de chaque chiffre n’y est pas."
    )
    return [text.replace("  ", " ") for text in (shown, hidden)]
