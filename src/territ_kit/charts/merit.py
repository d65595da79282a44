"""Merit profile: the grades that each option received, and the median that decides."""

from __future__ import annotations

import numpy as np
import pandas as pd

from territ_kit.charts.picture import Picture
from territ_kit.charts.sheet import LINE, Sheet, lines_of
from territ_kit.charts.style import DIVERGING, INK, INK_2, PAPER, Size, style, text_colour, text_width
from territ_kit.consultation.voting import divided_options, grade_shares, majority_judgement
from territ_kit.french import count, fr, listing

_MARGIN, _BAR, _GAP = 0.14, 0.3, 0.16


class MeritChart(Sheet):
    """One bar by option, the best first, from the worst grade on the left to the best on the right.

    Parameters
    ----------
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(self, *, size: Size = "wide") -> None:
        super().__init__(size)

    def show(self, tallies: pd.DataFrame, *, unknown: pd.Series[int] | None = None) -> Picture:
        """Draw the bars, and return the picture with its words.

        Parameters
        ----------
        tallies : DataFrame, options by grades
            Number of ballots, as for `consultation.voting.majority_judgement`.
        unknown : Series by option, optional
            Ballots that say « je ne sais pas ».
        """
        result = majority_judgement(tallies)
        shares = grade_shares(tallies).loc[result.index]
        silent = (
            pd.Series(0, index=result.index) if unknown is None else unknown.reindex(result.index).fillna(0)
        )
        colours = [DIVERGING[round(place)] for place in np.linspace(0, 6, len(shares.columns))]
        self.pen.wipe()
        with style():
            top = self._legend([str(grade) for grade in shares.columns], colours)
            heads = [
                (f"{row['rank']}. {option}", _gauge(row, unsure))
                for (option, row), unsure in zip(result.iterrows(), silent.astype(int), strict=True)
            ]
            room = 0.9 * (self.width - 2 * _MARGIN)
            beside = not self.phone and all(lines_of(f"{one}   {two}", room) == 1 for one, two in heads)
            for (name, gauge), option in zip(heads, result.index, strict=True):
                top = self._row(top, name, gauge, shares.loc[option], colours, beside=beside)
            self.say(self.width / 2, top - 0.02, "50 %", ha="center", weight="bold")
            self.end(top + 0.14)
        return Picture(
            figure=self.figure,
            title=_title(result),
            alt=_alt(result, shares),
            table=_table(tallies, result, silent),
            reading=_reading(tallies),
            note=f"Part des mentions reçues, {_voters(result)}. « Je ne sais pas » est compté à part.",
            decimals=0,
        )

    def _legend(self, grades: list[str], colours: list[str]) -> float:
        """Name the grades, the worst first, on as many lines as they need; return where they end."""
        x, y = _MARGIN, 0.16
        for grade, colour in zip(grades, colours, strict=True):
            width = text_width(grade, 10) + 0.24
            if x + width > self.width - _MARGIN and x > _MARGIN:
                x, y = _MARGIN, y + 0.22
            self.tile(x, y - 0.07, 0.16, 0.14, colour)
            self.say(x + 0.22, y, grade)
            x += width + 0.16
        return y + 0.2

    def _row(
        self,
        top: float,
        name: str,
        gauge: str,
        shares: pd.Series[float],
        colours: list[str],
        *,
        beside: bool,
    ) -> float:
        """Draw an option: its name, its gauge, its bar and the middle; return the bottom."""
        room = self.width - 2 * _MARGIN
        end = self.lines(_MARGIN, top + 0.04, name, room, weight="bold")
        if beside:
            self.say(self.width - _MARGIN, top + 0.04 + LINE / 2, gauge, ha="right", color=INK_2)
        else:
            end = self.lines(_MARGIN, end, gauge, room, color=INK_2)
        left = _MARGIN
        for share, colour in zip(shares, colours, strict=True):
            width = share * room
            if width <= 0:
                continue
            self.tile(left, end + 0.05, width, _BAR, colour, edgecolor=PAPER, linewidth=1.2)
            said = fr(100 * share, 0, unit="%")
            if text_width(said, 10) + 0.08 < width and not _hidden(left, width, said, self.width / 2):
                self.say(
                    left + width / 2, end + 0.05 + _BAR / 2, said, ha="center", color=text_colour(colour)
                )
            left += width
        middle = self.width / 2
        self.path([(middle, end + 0.01), (middle, end + _BAR + 0.09)], color=INK, linewidth=2.2, zorder=5)
        return end + 0.05 + _BAR + _GAP


def _hidden(left: float, width: float, said: str, middle: float) -> bool:
    """Tell whether the line of the middle would cross these words."""
    return abs(left + width / 2 - middle) < text_width(said, 10) / 2 + 0.04


def _gauge(row: pd.Series, silent: int) -> str:
    above, below = (fr(100 * row[side], 0, unit="%") for side in ("share_above", "share_below"))
    unsure = f", {count(silent, 'sans avis', 'sans avis')}" if silent else ""
    return f"{row['median_grade']} {row['sign']} ({above} au-dessus, {below} au-dessous{unsure})"


def _voters(result: pd.DataFrame) -> str:
    low, high = int(result["ballots"].min()), int(result["ballots"].max())
    return count(high, "votant") if low == high else f"de {fr(low)} à {count(high, 'votant')} selon l’option"


def _title(result: pd.DataFrame) -> str:
    first = result[result["rank"] == 1]
    grade = first["median_grade"].iloc[0]
    if len(first) == len(result) > 1:
        return f"Rien ne départage les options : toutes obtiennent « {grade} »"
    names = listing([str(option) for option in first.index])
    return f"En tête{', à égalité' if len(first) > 1 else ''} : {names}, avec la mention « {grade} »"


def _alt(result: pd.DataFrame, shares: pd.DataFrame) -> str:
    parts = [f"Profil de mérite de {count(len(result), 'option')}."]
    for (option, row), received in zip(result.iterrows(), shares.to_numpy().tolist(), strict=True):
        given = [
            f"{fr(100 * share, 0, unit='%')} {grade}"
            for grade, share in zip(shares.columns[::-1], received[::-1], strict=True)
            if share
        ]
        mention = f"{row['median_grade']} {row['sign']}"
        parts.append(f"{row['rank']}. {option}, mention {mention} : {', '.join(given)}.")
    return " ".join(parts)


def _table(tallies: pd.DataFrame, result: pd.DataFrame, silent: pd.Series) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "Rang": result["rank"],
            "Option": [str(option) for option in result.index],
            "Mention": result["median_grade"].astype(str) + " " + result["sign"],
            "Au-dessus (%)": (100 * result["share_above"]).round(),
            "Au-dessous (%)": (100 * result["share_below"]).round(),
        }
    )
    for grade in reversed(tallies.columns):
        table[str(grade)] = tallies.loc[result.index, grade].astype(int)
    table["Je ne sais pas"] = silent.astype(int)
    return table.reset_index(drop=True)


def _reading(tallies: pd.DataFrame) -> list[str]:
    shown = (
        "Ce que montre la figure. Toutes les mentions reçues, de la plus sévère à la meilleure. "
        "Le trait des 50 % traverse la mention de l’option (la médiane, celle du milieu). "
        "La moitié des votants au moins donne cette mention, ou mieux. "
        "Le signe + dit que plus de votants sont au-dessus de cette mention qu’au-dessous."
    )
    if divided := divided_options(tallies):
        who = listing([f"« {option} »" for option in divided])
        shown += (
            f" Qui divise : {who}, avec un tiers des votants au moins à chaque bout. "
            "À retravailler avant de voter."
        )
    hidden = (
        "Ce qu’elle ne montre pas. Qui a voté, et qui n’était pas là. "
        "Une autre règle peut désigner une autre option : comparez."
    )
    return [shown, hidden]
