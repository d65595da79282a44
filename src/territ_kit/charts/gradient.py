"""Social gradient: areas as wide as their population, the most deprived first, and the fitted line."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator
from numpy.typing import NDArray

from territ_kit.charts.picture import Picture
from territ_kit.charts.plot import LINE, Margins, Plot, around, extent, place_names
from territ_kit.charts.style import INK, INK_2, PAPER, PINE, SAFFRON, SEQUENTIAL, Size, style
from territ_kit.charts.subject import Subject
from territ_kit.errors import InputError
from territ_kit.french import fr
from territ_kit.observation.inequality import SCALES

if TYPE_CHECKING:
    from territ_kit.observation.inequality import SlopeIndex

NOT_PERSONS = "Un gradient entre communes n’est pas un gradient entre personnes."
_SEEN = 0.02  # share of the population from which an interval must hold in the frame
_LARGE = 0.1  # share of the population from which an area is always named


class GradientChart(Plot):
    """A gradient that follows its controls.

    Parameters
    ----------
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(self, *, size: Size = "wide") -> None:
        phone = size == "phone"
        margins = Margins(0.5, 0.74, 0.42, 0.62) if phone else Margins(0.6, 1.0, 0.42, 0.62)
        super().__init__(size, 3.1 if phone else 3.5, margins)
        with style():
            axes = self.axes
            axes.set_xlim(0, 100)
            axes.xaxis.set_major_locator(FixedLocator([0, 20, 40, 60, 80, 100]))
            self.in_french()
            self._bands = PolyCollection([], facecolor=SEQUENTIAL[0], edgecolor=SEQUENTIAL[0], zorder=1)
            self._bands.set(linewidth=1.0, alpha=0.7)
            self._chosen = LineCollection([], colors=SAFFRON, linewidths=10, capstyle="round", zorder=2.5)
            self._steps = LineCollection([], colors=PINE, linewidths=3.4, capstyle="round", zorder=3)
            for collection in (self._bands, self._chosen, self._steps):
                axes.add_collection(collection, autolim=False)
            self._line = Line2D([], [], color=INK, linewidth=1.9, zorder=4)
            self._level = Line2D([], [], color=INK_2, linewidth=1.1, linestyle=(0, (2, 2)), zorder=2)
            self._ends = Line2D([], [], ls="", marker="s", markersize=7, color=PAPER, markeredgecolor=INK)
            self._ends.set(markeredgewidth=1.8, zorder=5)
            self._gap = Line2D([], [], color=INK, linewidth=1.9, marker="_", markersize=9, zorder=4)
            self._lines = [self._line, self._level, self._ends, self._gap]
            for line in self._lines:
                axes.add_line(line)
                line.set_clip_on(line is self._line)
        self.follow([self._bands, self._chosen, self._steps, *self._lines])

    def show(
        self, rows: pd.DataFrame, slope: SlopeIndex, subject: Subject, *, highlight: str | None = None
    ) -> Picture:
        """Move the segments and the line to these rows, and return the picture with its words.

        Parameters
        ----------
        rows : DataFrame
            From `read_indicator`, with `population`, the most deprived area first. The areas without a value
            are told, not drawn.
        slope : SlopeIndex
            Of the areas that have a value, in the same order.
        subject : Subject
        highlight : str, optional
            Code of the area to underline.
        """
        known = rows[rows["value"].notna()]
        if len(known) != len(slope.shares):
            raise InputError(
                f"Les données ont {len(known)} valeurs et la droite en a {len(slope.shares)} ; attendu : "
                "autant. Calculez la droite sur les lignes qui ont une valeur."
            )
        subject = subject.fitted(rows)
        absent = subject.absent(rows)
        with style():
            self.surround(subject.unit, "% de la population, du plus au moins défavorisé", absent)
            self._scale(known, slope, subject)
            self._move(known, slope, highlight)
            self._write(known, slope, subject, highlight)
        return Picture(
            figure=self.figure,
            title=_title(slope, subject),
            alt=_alt(known, slope, subject, absent),
            table=_table(rows, known, slope, subject),
            reading=_reading(slope, subject),
            note=subject.note,
            decimals=subject.decimals,
        )

    def _scale(self, known: pd.DataFrame, slope: SlopeIndex, subject: Subject) -> None:
        values = [*known["value"], slope.fitted_most, slope.fitted_least]
        # The interval of a hamlet would flatten all the others: it may leave the frame.
        large = known[slope.shares >= _SEEN]
        ends = extent(values, large["low"].dropna(), large["high"].dropna())
        self.scale_y(ends, (subject.label, subject.unit))

    def _move(self, known: pd.DataFrame, slope: SlopeIndex, highlight: str | None) -> None:
        edges = 100 * np.append(0.0, np.cumsum(slope.shares))
        segments = [
            [(left, value), (right, value)]
            for left, right, value in zip(edges, edges[1:], known["value"], strict=False)
        ]
        self._steps.set_segments(segments)
        chosen = [segment for code, segment in zip(known.index, segments, strict=True) if code == highlight]
        self._chosen.set_segments(chosen)
        self._bands.set_verts(
            [
                [(left, low), (right, low), (right, high), (left, high)]
                for left, right, low, high in zip(edges, edges[1:], known["low"], known["high"], strict=False)
                if not math.isnan(low)
            ]
        )
        self._line.set_data(*_curve(slope))
        beyond = 100 + 16 / self.width  # a little right of the axes
        self._level.set_data([0, beyond], [slope.fitted_most] * 2)
        self._ends.set_data([0, 100], [slope.fitted_most, slope.fitted_least])
        self._gap.set_data([beyond] * 2, [slope.fitted_most, slope.fitted_least])

    def _write(self, known: pd.DataFrame, slope: SlopeIndex, subject: Subject, highlight: str | None) -> None:
        """Write the two ends, the gap, and the names worth it."""
        left, bottom, right, top = self.room
        fitted = [slope.fitted_most, slope.fitted_least]
        ends = self.inches([0, 100], fitted)
        middle = float(ends[:, 1].mean())
        x = right + 0.27
        self.words.say(x, middle + LINE / 2, "écart", ha="left", color=INK)
        self.words.say(x, middle - LINE / 2, _signed(slope.sii, subject), ha="left", weight="bold", color=INK)
        centres = self.inches(100 * slope.ridits, known["value"])
        named = _worth_naming(known, slope, highlight)[: 4 if self.phone else 7]
        places = known.index.get_indexer(pd.Index(named))
        words = [*(subject.number(value) for value in fitted), *known.loc[named, "name"]]
        points = [(float(x), float(y)) for x, y in [*ends, *centres[places]]]
        grid = self.inches(*_curve(slope))
        half = slope.shares * self.width / 2
        taken = [around(x, y, size, 0.05) for (x, y), size in zip(centres, half, strict=True)]
        spots = place_names(
            words, points, (left + 0.03, bottom + 0.03, right - 0.02, top + 0.12), taken=taken, lines=grid
        )
        for place, (word, spot) in enumerate(zip(words, spots, strict=True)):
            if spot:
                size = 10.5 if place < 2 else 10
                self.words.say(*spot, word, weight="bold", over=True, color=INK, size=size)


def _curve(slope: SlopeIndex) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the fitted line: straight on the scale of the index, drawn in the unit of the values."""
    scale = SCALES[slope.scale]
    most, least = (float(scale.to(np.array(end))) for end in (slope.fitted_most, slope.fitted_least))
    along = np.linspace(0, 1, 60)
    return 100 * along, np.asarray(scale.back(most + along * (least - most)))


def _worth_naming(known: pd.DataFrame, slope: SlopeIndex, highlight: str | None) -> list[str]:
    """Return the codes to name: the chosen one, the most populated, the two extremes."""
    chosen = [highlight] if highlight in known.index else []
    shares = pd.Series(slope.shares, index=known.index)
    large = shares[shares >= _LARGE].sort_values(ascending=False).index
    return list(dict.fromkeys([*chosen, *large, known["value"].idxmax(), known["value"].idxmin()]))


def _is_sure(slope: SlopeIndex) -> bool:
    return slope.sii_low > 0 or slope.sii_high < 0


def _signed(value: float, subject: Subject) -> str:
    return fr(value, subject.decimals, signed=True)


def _title(slope: SlopeIndex, subject: Subject) -> str:
    gap = subject.number(abs(slope.sii))
    if math.isnan(slope.sii_low):
        return f"{subject.label} : écart estimé de {gap} entre les deux extrémités de l’échelle sociale"
    if not _is_sure(slope):
        return f"{subject.label} : pas de gradient net entre {subject.plural}"
    height = "plus basse" if slope.sii > 0 else "plus haute"
    return f"{subject.label} : valeur {height} du côté défavorisé, écart estimé de {gap}"


def _gap_in_words(slope: SlopeIndex, subject: Subject) -> str:
    most, least = subject.number(slope.fitted_most), subject.number(slope.fitted_least)
    said = (
        f"Entre l’extrémité la plus défavorisée ({most}) et la plus favorisée ({least}), "
        f"l’écart estimé est de {_signed(slope.sii, subject)}"
    )
    if not math.isnan(slope.sii_low):
        low, high = _signed(slope.sii_low, subject), _signed(slope.sii_high, subject)
        said += f", de {low} à {high} (intervalle à {fr(100 * slope.confidence)} %)"
        said += "." if _is_sure(slope) else " : on ne peut pas conclure."
    else:
        said += "."
    if not math.isnan(slope.rii):
        said += f" La valeur estimée du côté favorisé est {fr(slope.rii, 2)} fois celle du côté défavorisé."
    return said


def _alt(known: pd.DataFrame, slope: SlopeIndex, subject: Subject, absent: str) -> str:
    first, last = known["name"].iloc[0], known["name"].iloc[-1]
    parts = [
        f"Gradient social : {subject.nouns(len(known))}, {subject.label} ({subject.unit}).",
        f"De la plus défavorisée, {first} ({subject.number(known['value'].iloc[0])}), "
        f"à la moins défavorisée, {last} ({subject.number(known['value'].iloc[-1])}).",
        _gap_in_words(slope, subject),
        absent,
    ]
    return " ".join(parts).strip()


def _table(rows: pd.DataFrame, known: pd.DataFrame, slope: SlopeIndex, subject: Subject) -> pd.DataFrame:
    order = [*known.index, *rows.index.difference(known.index, sort=False)]
    table = subject.table(rows.loc[order]).set_axis(order)
    table.insert(1, "Habitants", rows["population"].round().astype("Int64"))
    shares = pd.Series(100 * np.cumsum(slope.shares), index=known.index)
    table.insert(2, "Population cumulée (%)", shares.round(1))
    return table.reset_index(drop=True)


def _reading(slope: SlopeIndex, subject: Subject) -> list[str]:
    shown = (
        f"Ce que montre la figure. {subject.shows} Chaque trait est un territoire. "
        "Le plus défavorisé est à gauche, le moins défavorisé à droite. "
        "Sa largeur est sa part de la population. "
        f"La ligne noire résume la pente. {_gap_in_words(slope, subject)} "
        "L’écart s’appelle l’indice de pente (SII), le rapport l’indice relatif (RII)."
    )
    hidden = (
        f"Ce qu’elle ne montre pas. {subject.hides} {NOT_PERSONS} "
        "Dans chaque commune vivent des personnes favorisées et défavorisées."
    )
    return [text.replace("  ", " ") for text in (shown, hidden)]
