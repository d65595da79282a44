"""Agreement: the ranks that judges give to each option, and how near they are."""

from __future__ import annotations

import numpy as np
import pandas as pd

from territ_kit.charts.picture import Picture
from territ_kit.charts.sheet import LINE, Sheet
from territ_kit.charts.style import GRID, INK, INK_2, PAPER, PINE, Size, style, text_width
from territ_kit.consultation.consensus import Agreement
from territ_kit.french import count, fr

_MARGIN = 0.14
_MOST = 20  # rows; the table holds the others


class AgreementChart(Sheet):
    """One row by option, the best placed first: a disc as large as the number of judges at each rank.

    Parameters
    ----------
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(self, *, size: Size = "wide") -> None:
        super().__init__(size)

    def show(self, agreement: Agreement) -> Picture:
        """Draw the ranks, and return the picture with its words.

        Parameters
        ----------
        agreement : Agreement
            From `consultation.consensus.kendall_w`.
        """
        self.pen.wipe()
        with style():
            self._draw(agreement)
        return Picture(
            figure=self.figure,
            title=_title(agreement),
            alt=_alt(agreement),
            table=_table(agreement),
            reading=_reading(agreement),
            note=f"Rangs donnés par {count(agreement.judges, 'juge')}. 1 est le premier rang.",
            decimals=1,
        )

    def _draw(self, agreement: Agreement) -> None:
        shown = agreement.mean_ranks.index[:_MOST]
        left = _MARGIN if self.phone else 2.9
        step = (self.width - left - _MARGIN) / agreement.options
        marks = range(1, agreement.options + 1)
        every = 1 if step > 0.24 else 5
        for mark in marks:
            if mark == 1 or mark % every == 0:
                x = left + (mark - 0.5) * step
                self.say(x, 0.14, fr(mark), ha="center", color=INK_2)
        largest = min(0.42, 0.92 * step)
        top = 0.32
        for option in shown:
            self.path([(_MARGIN, top), (self.width - _MARGIN, top)], color=GRID, linewidth=1)
            given = agreement.ranks[option].value_counts()
            room = (self.width if self.phone else left) - 2 * _MARGIN
            end = self.lines(_MARGIN, top + 0.1, str(option), room)
            height = end - top + 0.54 if self.phone else max(end - top + 0.1, 0.62)
            y = top + height - 0.24
            for rank, judges in given.items():
                x = left + (float(str(rank)) - 0.5) * step
                diameter = max(largest * float(np.sqrt(judges / agreement.judges)), 0.07)
                self.path(
                    [(x, y)], marker="o", markersize=72 * diameter, ls="", color=PINE, markeredgewidth=0
                )
                if diameter > max(0.19, text_width(fr(judges), 9.5, "bold") + 0.05):
                    self.say(x, y, fr(judges), ha="center", color=PAPER, weight="bold", size=9.5, zorder=4)
            mean = left + (agreement.mean_ranks[option] - 0.5) * step
            self.path([(mean, y - largest / 2 - 0.06)], marker="v", markersize=8, ls="", color=INK, zorder=5)
            top += height
        others = agreement.options - len(shown)
        if others:
            words = f"Et {count(others, 'autre option', 'autres options')} : voir le tableau."
            top = self.lines(_MARGIN, top + 0.06, words, self.width - 2 * _MARGIN, color=INK_2)
        words = "Triangle : rang moyen. Rond : nombre de juges à ce rang."
        end = self.lines(_MARGIN, top + LINE / 2, words, self.width - 2 * _MARGIN, color=INK_2)
        self.end(end + 0.1)


def _title(agreement: Agreement) -> str:
    words = agreement.words[:1].upper() + agreement.words[1:]
    return f"{words} entre {count(agreement.judges, 'juge')} : {fr(agreement.w, 2)} sur 1"


def _chance(p: float) -> str:
    if p < 0.001:
        return "moins d’une fois sur 1 000"
    return f"environ {count(max(round(1000 * p), 1), 'fois', 'fois')} sur 1 000"


def _alt(agreement: Agreement) -> str:
    parts = [
        f"Rangs de {count(agreement.options, 'option')} selon {count(agreement.judges, 'juge')}.",
        f"Concordance (W de Kendall) : {fr(agreement.w, 2)}, {agreement.words}.",
    ]
    for option, mean in list(agreement.mean_ranks.items())[:10]:
        ranks = agreement.ranks[option]
        span = f"de {fr(ranks.min())} à {fr(ranks.max())}" if ranks.min() < ranks.max() else "sans écart"
        parts.append(f"{option} : rang moyen {fr(mean, 1)}, {span}.")
    return " ".join(parts)


def _table(agreement: Agreement) -> pd.DataFrame:
    ranks = agreement.ranks[agreement.mean_ranks.index]
    return pd.DataFrame(
        {
            "Option": [str(option) for option in ranks.columns],
            "Rang moyen": agreement.mean_ranks.to_numpy(),
            "Meilleur rang": ranks.min().to_numpy(),
            "Moins bon rang": ranks.max().to_numpy(),
        }
    )


def _reading(agreement: Agreement) -> list[str]:
    shown = (
        "Ce que montre la figure. Les rangs donnés à chaque option ; plus les ronds se dispersent, moins on "
        "s’accorde. La mesure de l’accord (W de Kendall) va de 0 à 1. "
        "Les mots « faible », « moyen » et « fort » suivent des repères à vérifier. "
        f"Si chacun classait au hasard, un tel accord arriverait {_chance(agreement.p)}."
    )
    if abs(agreement.w - agreement.w_uncorrected) > 0.005:
        shown += f" Sans tenir compte des ex aequo, la mesure serait {fr(agreement.w_uncorrected, 2)}."
    hidden = (
        "Ce qu’elle ne montre pas. Qui a raison, ni pourquoi l’on diffère. "
        "Deux camps soudés donnent un faible accord : demandez les raisons."
    )
    return [shown, hidden]
