"""The coordinator's half-days, month by month, beside what the post gives."""

from __future__ import annotations

import pandas as pd

from territ_kit.charts.picture import Picture
from territ_kit.charts.sheet import LINE, Sheet
from territ_kit.charts.style import DIVERGING, GRID, INK, INK_2, SEQUENTIAL, Size, style, text_width
from territ_kit.french import count, fr
from territ_kit.planning.programme import month_name
from territ_kit.planning.workload import HALF_DAYS_PER_FTE, Workload

_MARGIN, _LEFT, _HEAD = 0.12, 0.42, 0.62


class WorkloadChart(Sheet):
    """One column by month, and a line for what the post gives.

    Parameters
    ----------
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(self, *, size: Size = "wide") -> None:
        super().__init__(size)
        self._height = 1.9 if self.phone else 2.4

    def show(self, load: Workload, *, start_year: int | None = None) -> Picture:
        """Draw the months, and return the picture with its words.

        Parameters
        ----------
        load : Workload
        start_year : int, optional
            First year of the programme; years are numbered without it.
        """
        self.pen.wipe()
        with style():
            self._draw(load, start_year)
        whose = "hypothèse pédagogique" if load.half_days_per_fte == HALF_DAYS_PER_FTE else "votre chiffre"
        return Picture(
            figure=self.figure,
            title=_title(load),
            alt=_alt(load, start_year),
            table=_table(load, start_year),
            reading=_reading(load),
            note=f"Demi-journées par mois. Un temps plein en donne {fr(load.half_days_per_fte)} ({whose}).",
            decimals=1,
        )

    def _draw(self, load: Workload, start_year: int | None) -> None:
        months = load.months
        most = max(float(months["needed"].max()), load.capacity, 1.0) * 1.08
        step = (self.width - _LEFT - _MARGIN) / len(months)
        bottom = _HEAD + self._height

        def up(half_days: float) -> float:
            return bottom - half_days / most * self._height

        self.say(_MARGIN, 0.14, "demi-journées par mois", size=10, color=INK_2)
        for mark in marks(most):
            self.path([(_LEFT, up(mark)), (self.width - _MARGIN, up(mark))], color=GRID, linewidth=0.8)
            self.say(_LEFT - 0.06, up(mark), fr(mark), ha="right", color=INK_2)
        for place, (needed, over) in enumerate(zip(months["needed"], months["over"], strict=True)):
            x, wide = _LEFT + step * (place + 0.12), step * 0.76
            held = needed - over
            if held > 0:
                self.tile(x, up(held), wide, bottom - up(held), SEQUENTIAL[2], linewidth=0, zorder=2)
            if over > 0:
                self.tile(
                    x, up(needed), wide, up(held) - up(needed), DIVERGING[2], edgecolor=DIVERGING[0],
                    hatch="////", linewidth=0.8, zorder=2,
                )  # fmt: skip
        line = up(load.capacity)
        self.path([(_LEFT, line), (self.width - _MARGIN, line)], color=INK, linewidth=1.8, zorder=4)
        words = f"Le poste donne {fr(load.capacity)}"
        self._name_line(words, line)
        self.path([(_LEFT, bottom), (self.width - _MARGIN, bottom)], linewidth=0.9, zorder=4)
        for first in range(0, len(months), 12):
            wide = min(12, len(months) - first)
            year = f"Année {first // 12 + 1}" if start_year is None else str(start_year + first // 12)
            if wide * step > text_width(year, 10):
                self.say(_LEFT + step * (first + wide / 2), bottom + 0.16, year, ha="center", color=INK_2)
            if first:
                x = _LEFT + step * first
                self.path([(x, bottom), (x, bottom + 0.26)], linewidth=0.9)
        top = bottom + 0.36
        if load.overloaded:
            self.tile(_MARGIN, top, 0.22, 0.12, DIVERGING[2], edgecolor=DIVERGING[0], hatch="////")
            self.say(_MARGIN + 0.28, top + 0.06, "au-delà du poste", size=9.5, color=INK_2)
            top += LINE + 0.04
        self.end(top + 0.04)

    def _name_line(self, words: str, line: float) -> None:
        """Name the line above the columns, and join the two."""
        right = self.width - _MARGIN
        self.say(right, _HEAD - 0.2, words, ha="right", weight="bold")
        x = right - 0.05
        if line - _HEAD > 0.02:
            self.path(
                [(x, _HEAD - 0.1), (x, line)], color=INK, linewidth=1, linestyle=(0, (1, 1.5)), zorder=4
            )


def marks(most: float, wanted: int = 5) -> list[float]:
    """Return round marks of an axis from 0 to `most`, about `wanted` of them.

    Examples
    --------
    >>> marks(38), marks(0.9)
    ([0, 10, 20, 30], [0.0, 0.2, 0.4, 0.6, 0.8])
    """
    power = 10 ** len(f"{int(most)}") if most >= 1 else 1
    steps = [power * share for share in (0.01, 0.02, 0.025, 0.05, 0.1, 0.2, 0.25, 0.5, 1)]
    step = next((one for one in steps if most / one <= wanted), power)
    step = int(step) if step == int(step) else step
    return [round(step * place, 6) for place in range(int(most / step) + 1)]


def _title(load: Workload) -> str:
    number = len(load.overloaded)
    if not load.months["needed"].any():
        return "Aucune action ne prend de temps au coordonnateur"
    if not number:
        return "Le poste suffit chaque mois"
    return f"Le poste ne suffit pas {'un mois' if number == 1 else f'{number} mois'} sur {len(load.months)}"


def _alt(load: Workload, start_year: int | None) -> str:
    needed = load.months["needed"]
    parts = [
        f"Charge du coordonnateur sur {len(needed)} mois : de {fr(needed.min())} à {fr(needed.max())} "
        f"demi-journées par mois. Le poste de {fr(load.fte)} équivalent temps plein en donne "
        f"{fr(load.capacity)}.",
    ]
    if needed.any():
        peak = month_name(load.peak, start_year)
        parts.append(f"Mois le plus chargé : {peak}, {fr(needed.max())} demi-journées.")
    if load.overloaded:
        over = load.months["over"].sum()
        parts.append(
            f"{count(len(load.overloaded), 'mois', 'mois')} au-delà, {fr(over)} demi-journées en tout."
        )
    return " ".join(parts)


def _table(load: Workload, start_year: int | None) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Mois": [month_name(int(month), start_year) for month in load.months.index],
            "Demandé (demi-journées)": load.months["needed"].to_numpy(),
            "Donné par le poste": load.months["capacity"].to_numpy(),
            "Au-delà": load.months["over"].to_numpy(),
        }
    )


def _reading(load: Workload) -> list[str]:
    return [
        "Ce que montre la figure. Chaque colonne additionne les demi-journées que les actions en cours "
        f"prennent au coordonnateur. Le trait est ce que donne le poste. {load.summary()}",
        "Ce qu’elle ne montre pas. Le temps des pilotes et des partenaires n’y est pas, ni les imprévus. "
        "Une charge juste sous le trait ne laisse rien pour écouter, apprendre et réagir.",
    ]
