"""The ranked list at a glance: which kinds of evidence each need rests on."""

from __future__ import annotations

import pandas as pd

from territ_kit.charts.picture import Picture
from territ_kit.charts.sheet import LINE, Sheet, shorten
from territ_kit.charts.style import EDGE, GRID, INK_2, PAPER, PINE, Size, style, wrap
from territ_kit.diagnosis.findings import EVIDENCE, summarise
from territ_kit.diagnosis.needs import READINGS
from territ_kit.errors import InputError
from territ_kit.french import count

_MOST: dict[Size, int] = {"wide": 15, "phone": 10}
_MARGIN = 0.12
_HEADS = {"figure": "Chiffre", "words": "Paroles", "action": "Action", "resource": "Ressource"}


class StrengthsChart(Sheet):
    """Needs in rows, in their order; a disc for each kind of evidence, full when it is there.

    Parameters
    ----------
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(self, *, size: Size = "wide") -> None:
        super().__init__(size)

    def show(self, ranked: pd.DataFrame) -> Picture:
        """Draw the first needs, count the others, and return the picture with its words.

        Parameters
        ----------
        ranked : DataFrame
            From `diagnosis.findings.rank_needs`; one row or more.
        """
        if ranked.empty:
            raise InputError(
                "La liste n’a encore aucun besoin ; attendu : un besoin au moins. "
                "Gardez une case du croisement, ou écrivez un besoin."
            )
        shown = ranked.head(_MOST[self.size])
        self.pen.wipe()
        with style():
            bottom = self._rows(shown)
            others = len(ranked) - len(shown)
            if others:
                words = f"Et {count(others, 'autre besoin', 'autres besoins')} : voir le tableau."
                bottom = self.lines(_MARGIN, bottom + 0.06, words, self.width - 2 * _MARGIN, color=INK_2)
            self.end(bottom + 0.08)
        return Picture(
            figure=self.figure,
            title=summarise(ranked).rstrip("."),
            alt=_alt(ranked, shown),
            table=_table(ranked),
            reading=_READING,
            note="Nombre d’appuis de sources différentes, dans l’ordre de la liste.",
            decimals=0,
        )

    def _rows(self, shown: pd.DataFrame) -> float:
        """Draw the heads of the columns and the rows; return the bottom."""
        step = 0.72 if not self.phone else (self.width - 2 * _MARGIN) / len(EVIDENCE)
        first = self.width - _MARGIN - step * len(EVIDENCE)
        centres = {kind: first + (place + 0.5) * step for place, kind in enumerate(EVIDENCE)}
        for kind, x in centres.items():
            self.say(x, 0.14, _HEADS[kind], ha="center", weight="bold", size=9.5)
        top = 0.32
        room = self.width - 2 * _MARGIN if self.phone else first - _MARGIN - 0.1
        for rank, need in enumerate(shown.to_dict("records"), 1):
            self.path([(_MARGIN, top), (self.width - _MARGIN, top)], color=GRID, linewidth=1)
            lines = wrap(f"{rank}. {need['title']}", room, 10).split("\n")
            if len(lines) > 2:
                lines = [lines[0], shorten(" ".join(lines[1:]), room)]
            for place, line in enumerate(lines):
                self.say(_MARGIN, top + 0.06 + (place + 0.5) * LINE, line)
            words = f"{READINGS.get(str(need['reading']), 'pas encore lu')}, {need['argued']}"
            self.say(
                _MARGIN,
                top + 0.06 + (len(lines) + 0.5) * LINE,
                shorten(words, room, 9.5),
                size=9.5,
                color=INK_2,
            )
            text = (len(lines) + 1) * LINE + 0.12
            y = top + text + 0.12 if self.phone else top + text / 2
            for kind, x in centres.items():
                self._disc(x, y, int(need[kind]))
            top += text + 0.34 if self.phone else text
        return top

    def _disc(self, x: float, y: float, number: int) -> None:
        """Draw a full disc and its number, or a hollow one."""
        there = number > 0
        self.path(
            [(x, y)], marker="o", markersize=13, ls="", color=PINE if there else PAPER,
            markeredgecolor=PINE if there else EDGE, markeredgewidth=1.2, zorder=3,
        )  # fmt: skip
        words = str(number) if there else "0"
        self.say(
            x, y, words, ha="center", size=9.5, color=PAPER if there else INK_2, zorder=4,
            weight="bold" if there else "normal",
        )  # fmt: skip


def _alt(ranked: pd.DataFrame, shown: pd.DataFrame) -> str:
    parts = [f"{count(len(ranked), 'besoin rangé', 'besoins rangés')}, avec leurs appuis."]
    for rank, need in enumerate(shown.to_dict("records"), 1):
        there = [f"{EVIDENCE[kind]} {need[kind]}" for kind in EVIDENCE if need[kind]]
        parts.append(f"{rank}. {str(need['title']).rstrip(' .')} : {', '.join(there) or 'sans preuve'}.")
    if len(ranked) > len(shown):
        parts.append(f"{count(len(ranked) - len(shown), 'autre besoin', 'autres besoins')} dans le tableau.")
    return " ".join(parts)


def _table(ranked: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Rang": range(1, len(ranked) + 1),
            "Besoin": ranked["title"].to_numpy(),
            "Lecture": [READINGS.get(reading, "pas encore lu") for reading in ranked["reading"]],
            **{_HEADS[kind]: ranked[kind].to_numpy() for kind in EVIDENCE},
            "Solidité": ranked["argued"].to_numpy(),
        }
    )


_READING = [
    "Ce que montre la figure. Chaque besoin, et les sortes d’appuis qu’il a : un chiffre, des paroles, ce "
    "qui se fait, les ressources. Deux sortes qui se recoupent valent mieux que dix de la même.",
    "Ce qu’elle ne montre pas. La gravité du besoin, ni la qualité de chaque appui. "
    "Un cercle vide dit ce qu’il reste à chercher, pas que le besoin est faux.",
]
