"""Age pyramid: men on the left, women on the right, and the outline of a larger territory."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.collections import PolyCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.ticker import FixedLocator, FuncFormatter
from numpy.typing import NDArray

from territ_kit.charts.picture import Picture
from territ_kit.charts.plot import LINE, Margins, Plot, tick
from territ_kit.charts.style import (
    DIVERGING,
    INK,
    INK_2,
    PALE_SAFFRON,
    PAPER,
    SEQUENTIAL,
    Size,
    style,
)
from territ_kit.charts.subject import sentence
from territ_kit.french import fr, listing

SEXES = {"men": "hommes", "women": "femmes"}
_OLD, _YOUNG = 65, 20
_ROW, _GAP = 0.2, 0.8  # inches: height of an age, width of the ages' names
_ALIKE = 0.5  # points of percentage under which two shares are told as close


class PyramidChart(Plot):
    """An age pyramid that follows its territory.

    Parameters
    ----------
    groups : int
        Number of age groups.
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(self, groups: int = 19, *, size: Size = "wide") -> None:
        self.groups = groups
        self._caption = 2 if size == "phone" else 1  # lines of words above the oldest
        top = self._caption + 0.5
        super().__init__(size, _ROW * (groups + top), Margins(0.14, 0.14, 0.36, 0.62))
        with style():
            axes = self.axes
            axes.set(ylim=(-0.5, groups - 0.5 + top), yticks=[])
            axes.grid(visible=False, axis="y")
            axes.grid(visible=True, axis="x")
            self._band = Rectangle((0, 0), 1, 1, color=PALE_SAFFRON, zorder=0.4)
            self._band.set_transform(axes.get_yaxis_transform())
            axes.add_patch(self._band)
            self._bars = {sex: PolyCollection([], linewidth=0.7, zorder=2) for sex in SEXES}
            self._bars["men"].set(facecolor=SEQUENTIAL[2], edgecolor=PAPER)
            self._bars["women"].set(facecolor=DIVERGING[2], edgecolor=DIVERGING[0], hatch="////")
            self._outlines = [Line2D([], [], color=INK, linewidth=1.8, zorder=4) for _ in SEXES]
            for bars in self._bars.values():
                axes.add_collection(bars, autolim=False)
            for outline in self._outlines:
                outline.set_solid_joinstyle("miter")
                axes.add_line(outline)
        self.follow([self._band, *self._bars.values(), *self._outlines])

    def show(
        self,
        ages: pd.DataFrame,
        reference: pd.DataFrame | None = None,
        *,
        name: str,
        reference_name: str = "",
    ) -> Picture:
        """Move the bars and the outline to these ages, and return the picture with its words.

        Parameters
        ----------
        ages : DataFrame
            Inhabitants, columns `men` and `women`, indexed by the first age of each group (years,
            increasing); NaN where the number is not published.
        reference : DataFrame, optional
            The same for a larger territory.
        name, reference_name : str
            « Port-Ancelle » and « le département ».
        """
        here = _Shares(ages)
        there = _Shares(reference if reference is not None else ages * math.nan)
        with style():
            self._scale(here, there)
            self._draw(here, there)
            self._write(here, there, reference_name)
        return Picture(
            figure=self.figure,
            title=_title(here, there, name, reference_name),
            alt=_alt(here, there, name, reference_name),
            table=_table(here, there, reference_name),
            reading=_reading(there, reference_name),
            note=f"En % des habitants, tous âges réunis. {name} : {fr(here.total, 0)} habitants.",
            decimals=1,
        )

    def _scale(self, here: _Shares, there: _Shares) -> None:
        most = max(1.0, here.most, there.most) * 1.06
        half = (self.width - _GAP) / 2
        self._gap = _GAP / 2 * most / half  # in % of the inhabitants
        ends = most + self._gap
        self.axes.set_xlim(-ends, ends)
        wanted = 3 if self.phone else 5
        step = next(one for one in (0.5, 1, 2, 5, 10, 20, 50) if most / one <= wanted)
        marks = np.arange(0, most, step) + self._gap
        self.axes.xaxis.set_major_locator(FixedLocator([*-marks[::-1], *marks]))
        self.axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: tick(round(abs(x) - self._gap, 6))))

    def _draw(self, here: _Shares, there: _Shares) -> None:
        old = int(np.searchsorted(here.starts, _OLD))
        self._band.set_bounds(0, old - 0.5, 1, self.axes.get_ylim()[1] - old + 0.5)
        for side, (sex, outline) in zip((-1, 1), zip(SEXES, self._outlines, strict=True), strict=True):
            starts = side * self._gap
            ends = side * (self._gap + np.nan_to_num(here.shares[sex]))
            self._bars[sex].set_verts(
                [
                    [(starts, row - 0.42), (end, row - 0.42), (end, row + 0.42), (starts, row + 0.42)]
                    for row, end in enumerate(ends)
                ]
            )
            edges = np.arange(len(there.starts) + 1) - 0.5
            steps = side * (self._gap + there.shares[sex].to_numpy())
            outline.set_data(np.repeat(steps, 2), np.repeat(edges, 2)[1:-1])
            outline.set_visible(there.total > 0)

    def _write(self, here: _Shares, there: _Shares, reference_name: str) -> None:
        words = self.words
        outline = f"Trait noir : {reference_name}." if there.total else ""
        self.surround("", "% des habitants", outline, _absent(here))
        left, _, right, top = self.room
        middle = (left + right) / 2
        for row, label in enumerate(_age_names(here.starts)):
            _, y = self.inches(0, row)[0]
            words.say(middle, y, label, color=INK, va="center_baseline")
        heads = (middle - _GAP / 2 - 0.06, "Hommes", "right"), (middle + _GAP / 2 + 0.06, "Femmes", "left")
        for x, label, ha in heads:
            words.say(x, top + 0.2, label, ha=ha, weight="bold", size=10.5, color=INK)
        words.say(middle, top + 0.2, "Âge", color=INK_2)
        if here.total:
            captions = [f"65 ans et plus : {_percent(here.old)} des habitants"]
            captions += [f"{sentence(reference_name)} : {_percent(there.old)}"] if there.total else []
            for line, caption in enumerate(captions if self.phone else [". ".join(captions)]):
                weight = "normal" if line else "bold"
                words.say(middle, top - 0.14 - LINE * line, caption, weight=weight, color=INK)
        else:
            self.say_nothing("Aucun effectif publié")


class _Shares:
    """Inhabitants by age and sex, and their shares of the whole (%)."""

    def __init__(self, ages: pd.DataFrame) -> None:
        self.ages = ages[list(SEXES)].astype(float)
        self.starts: NDArray[np.int64] = ages.index.to_numpy(dtype=int)
        self.total = float(np.nansum(self.ages.to_numpy()))
        self.shares = self.ages * (100 / self.total if self.total else math.nan)
        self.most = float(np.nanmax(self.shares.fillna(0).to_numpy(), initial=0))
        both = self.shares.sum(axis=1)
        self.young = float(both[self.starts < _YOUNG].sum())
        self.old = float(both[self.starts >= _OLD].sum())
        self.between = 100 - self.young - self.old


def _title(here: _Shares, there: _Shares, name: str, reference_name: str) -> str:
    """Return the finding: how many inhabitants are old, and whether that is more than elsewhere."""
    if not here.total:
        return f"{name} : aucun effectif par âge publié"
    said = f"{name} : {_percent(here.old)} des habitants ont 65 ans ou plus"
    if not there.total:
        return said
    if abs(here.old - there.old) < _ALIKE:
        return f"{said}, comme pour {reference_name}"
    return f"{said}, contre {_percent(there.old)} pour {reference_name}"


def _alt(here: _Shares, there: _Shares, name: str, reference_name: str) -> str:
    if not here.total:
        return f"Pyramide des âges vide : {name}, aucun effectif publié."
    parts = [f"Pyramide des âges : {name}, {fr(here.total, 0)} habitants."]
    for words, old, between, young in [
        (name, here.old, here.between, here.young),
        (reference_name, there.old, there.between, there.young),
    ][: 2 if there.total else 1]:
        parts.append(
            f"{sentence(words)} : moins de 20 ans, {_percent(young)} ; de 20 à 64 ans, {_percent(between)} ; "
            f"65 ans et plus, {_percent(old)}."
        )
    row, sex = divmod(int(np.nanargmax(here.shares.to_numpy())), 2)
    names = _age_names(here.starts, " ans")
    parts.append(
        f"Groupe le plus nombreux : {list(SEXES.values())[sex]} de {names[row]}, "
        f"{fr(here.most, 1)} % des habitants."
    )
    if there.total and list(here.starts) == list(there.starts):
        gaps = (here.shares.sum(axis=1) - there.shares.sum(axis=1)).to_numpy()
        row = int(np.argmax(np.abs(gaps)))
        parts.append(
            f"Plus grand écart avec {reference_name} : {names[row]}, "
            f"{fr(gaps[row], 1, signed=True)} {'points' if abs(gaps[row]) >= 2 else 'point'}."
        )
    return " ".join([*parts, _absent(here)]).strip()


def _table(here: _Shares, there: _Shares, reference_name: str) -> pd.DataFrame:
    table = pd.DataFrame({"Âge (ans)": _age_names(here.starts)})
    for sex, label in SEXES.items():
        table[f"{sentence(label)} (nombre)"] = here.ages[sex].round().astype("Int64").to_numpy()
        table[f"{sentence(label)} (%)"] = here.shares[sex].round(1).to_numpy()
    if there.total:
        for sex, label in SEXES.items():
            shares = there.shares[sex].reindex(here.ages.index).round(1)
            table[f"{sentence(label)}, {reference_name} (%)"] = shares.to_numpy()
    return table


def _reading(there: _Shares, reference_name: str) -> list[str]:
    shown = (
        "Ce que montre la figure. Chaque barre est la part des habitants d’un sexe et d’un âge. "
        "Les hommes sont à gauche, les femmes à droite, les plus âgés en haut."
    )
    if there.total:
        shown += (
            f" Le trait noir donne les mêmes parts pour {reference_name}. "
            "Une barre qui dépasse le trait signale un âge plus présent ici."
        )
    return [
        shown,
        "Ce qu’elle ne montre pas. La santé et les revenus de ces habitants. "
        "Un internat ou un établissement pour personnes âgées suffit à gonfler un âge.",
    ]


def _absent(here: _Shares) -> str:
    names = _age_names(here.starts, " ans")
    missing = [
        f"{label} de {names[row]}"
        for sex, label in SEXES.items()
        for row in np.flatnonzero(here.ages[sex].isna())
    ]
    return f"Sans effectif publié : {listing(missing)}." if missing and here.total else ""


def _age_names(starts: NDArray[np.int64], unit: str = "") -> list[str]:
    """Return the names of the groups, such as « 0–4 » and « 90 et plus »."""
    closed = [f"{low}–{high - 1}{unit}" for low, high in pairwise(starts)]
    return [*closed, f"{starts[-1]}{unit} et plus"]


def _percent(share: float) -> str:
    return fr(share, 0, unit="%")
