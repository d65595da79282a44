"""Needs × resources × actions: one cell for a theme in a zone, its reading in colour, sign and word."""

from __future__ import annotations

from typing import Any

import pandas as pd

from territ_kit.charts.picture import Picture
from territ_kit.charts.sheet import LINE, Sheet, shorten
from territ_kit.charts.style import (
    DIVERGING,
    GRID,
    INK,
    INK_2,
    PAPER,
    SAFFRON,
    SAND,
    Size,
    style,
    text_colour,
    text_width,
    wrap,
)
from territ_kit.diagnosis.needs import (
    ACTIONS,
    ANSWERED,
    BLIND_SPOT,
    NEED,
    NOTHING,
    READINGS,
    RESOURCES,
    SATURATION,
    TO_DOCUMENT,
    count_readings,
)
from territ_kit.errors import InputError
from territ_kit.french import count, fr, listing

_FACES = {
    BLIND_SPOT: DIVERGING[0],
    SATURATION: DIVERGING[2],
    TO_DOCUMENT: SAND,
    ANSWERED: DIVERGING[4],
    NOTHING: PAPER,
}
# Drawn, not written: many fonts have no check mark. Lines through points, in twelfths of an inch.
_STROKES = {ANSWERED: [(-0.6, 0.0), (-0.15, 0.5), (0.7, -0.5)], NOTHING: [(-0.4, 0.0), (0.4, 0.0)]}
_SHORT = {**READINGS, ANSWERED: "en place", NOTHING: "rien"}  # where the cells are narrow
_PLURALS = {BLIND_SPOT: "angles morts", SATURATION: "saturations"}
_MOST_THEMES, _MOST_ZONES = 8, 30  # a larger grid is told as a list
_LISTED: dict[Size, int] = {"wide": 16, "phone": 14}
_NAMED = 6  # in the alternative text
_MARGIN, _ROW, _GAP = 0.12, 0.42, 0.03


class CrossingChart(Sheet):
    """A grid of readings; on a phone, or beyond 30 zones or 8 themes, the list of what to discuss first.

    Parameters
    ----------
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(self, *, size: Size = "wide") -> None:
        super().__init__(size)

    def show(self, crossed: pd.DataFrame, *, highlight: object = None) -> Picture:
        """Draw the cells, and return the picture with its words.

        Parameters
        ----------
        crossed : DataFrame
            From `diagnosis.needs.cross`; one row or more.
        highlight : label of a row, optional
            The cell to outline.
        """
        if crossed.empty:
            raise InputError(
                "Il n’y a aucune case à croiser ; attendu : un thème et une zone au moins. "
                "Ajoutez une ligne, avec son besoin, ses ressources et ses actions."
            )
        cells = _named(crossed)
        self.pen.wipe()
        grid = not self.phone and cells["theme"].nunique() <= _MOST_THEMES
        with style():
            if grid and cells["zone"].nunique() <= _MOST_ZONES:
                bottom = self._grid(cells, highlight)
            else:
                bottom = self._list(cells, highlight)
            self.end(self._legend(cells, bottom) + 0.06)
        numbers = count_readings(cells)
        return Picture(
            figure=self.figure,
            title=_title(numbers, len(cells)),
            alt=_alt(cells, numbers),
            table=_table(cells),
            reading=_READING,
            note="Une case est un thème dans une zone ou pour un public. Règle : hypothèse pédagogique.",
            decimals=0,
        )

    def _grid(self, cells: pd.DataFrame, highlight: object) -> float:
        """Draw zones in rows and themes in columns; return the bottom."""
        zones, themes = (
            dict(zip(cells[side], cells[f"{side}_name"].astype(str), strict=True))
            for side in ("zone", "theme")
        )
        left = min(2.05, max(text_width(zone, 10) for zone in zones.values()) + 0.1)
        step = (self.width - left - 2 * _MARGIN) / len(themes)
        head = self._heads(list(themes.values()), _MARGIN + left, step)
        for row, zone in enumerate(zones.values()):
            first, *others = wrap(zone, left - 0.06, 10).split("\n")
            lines = [first, shorten(" ".join(others), left - 0.06)] if others else [first]
            for place, line in enumerate(lines):
                y = head + (row + 0.5) * _ROW + (place - (len(lines) - 1) / 2) * LINE
                self.say(_MARGIN, y, line)
        rows, columns = ({key: place for place, key in enumerate(side)} for side in (zones, themes))
        wide, tall = step - 2 * _GAP, _ROW - 2 * _GAP
        words = _words_of(wide, set(cells["reading"]))
        for cell in cells.itertuples():
            x = _MARGIN + left + columns[cell.theme] * step + _GAP
            y = head + rows[cell.zone] * _ROW + _GAP
            self._cell(x, y, wide, tall, str(cell.reading), words=words)
            if cell.Index == highlight:
                self._outline(x, y, wide, tall)
        return head + len(zones) * _ROW

    def _heads(self, themes: list[str], left: float, step: float) -> float:
        """Write the themes above their columns; return the bottom."""
        wrapped = [wrap(theme, step - 0.08, 10).split("\n") for theme in themes]
        head = max(len(lines) for lines in wrapped) * LINE + 0.14
        for column, lines in enumerate(wrapped):
            for place, line in enumerate(lines):
                y = head - 0.1 - (len(lines) - place - 0.5) * LINE
                self.say(left + (column + 0.5) * step, y, line, ha="center", weight="bold", size=9.5)
        return head

    def _cell(
        self, x: float, y: float, width: float, height: float, reading: str, *, words: dict[str, str]
    ) -> None:
        """Draw one cell: its colour, its sign, and its word when there are words."""
        face = _FACES[reading]
        quiet = reading == NOTHING
        dashed = {"linestyle": (0, (3, 2))} if reading == TO_DOCUMENT else {}
        self.tile(x, y, width, height, face, **({"edgecolor": GRID} if quiet else dashed))
        colour = INK_2 if quiet else text_colour(face)
        middle = x + width / 2
        self._sign(middle, y + (0.1 if words else height / 2), reading, colour)
        if words:
            self.say(middle, y + height - 0.11, words[reading], ha="center", size=9, color=colour)

    def _outline(self, x: float, y: float, width: float, height: float) -> None:
        """Outline the chosen cell, in ink around saffron."""
        for colour, line in ((INK, 5.0), (SAFFRON, 2.4)):
            self.tile(x, y, width, height, "none", edgecolor=colour, linewidth=line, zorder=4)

    def _sign(self, x: float, y: float, reading: str, colour: str) -> None:
        """Draw the sign of a reading around a point."""
        if reading in _STROKES:
            points = [(x + across / 12, y + down / 12) for across, down in _STROKES[reading]]
            self.path(points, color=colour, linewidth=1.8, zorder=3)
        elif reading == TO_DOCUMENT:
            self.say(x, y, "?", ha="center", size=10, weight="bold", color=colour)
        else:
            places = (x,) if reading == BLIND_SPOT else (x - 0.05, x + 0.05)
            marker = "^" if reading == BLIND_SPOT else "s"
            for place in places:
                self.path([(place, y)], color=colour, marker=marker, markersize=5, ls="", zorder=3)

    def _list(self, cells: pd.DataFrame, highlight: object) -> float:
        """List the cells that call for something, the first to discuss first; count the others."""
        calling = cells[cells["reading"] != NOTHING].sort_values("order")
        shown = calling.head(_LISTED[self.size])
        top = 0.08
        for cell in shown.itertuples():
            reading = str(cell.reading)
            self._cell(_MARGIN, top + 0.03, 0.34, 0.34, reading, words={})
            if cell.Index == highlight:
                self._outline(_MARGIN, top + 0.03, 0.34, 0.34)
            x, room = _MARGIN + 0.44, self.width - _MARGIN - 0.5
            word = READINGS[reading]
            name = shorten(str(cell.zone_name), room - text_width(word, 9.5) - 0.2, 10, "bold")
            self.say(x, top + 0.12, name, weight="bold")
            self.say(self.width - _MARGIN, top + 0.12, word, ha="right", size=9.5, color=INK_2)
            self.say(x, top + 0.3, shorten(str(cell.theme_name), room), color=INK_2)
            top += _ROW + 0.02
        others = len(calling) - len(shown)
        quiet = len(cells) - len(calling)
        said = [f"{count(others, 'autre case', 'autres cases')} à discuter"] if others else []
        said += [f"{count(quiet, 'case')} où il n’y a rien à signaler"] if quiet else []
        if said:
            words = f"{'Et ' if len(shown) else ''}{listing(said)} : voir le tableau."
            top = self.lines(_MARGIN, top + 0.06, words, self.width - 2 * _MARGIN, color=INK_2)
        return top

    def _legend(self, cells: pd.DataFrame, top: float) -> float:
        """Draw the sign and the word of each reading that is there, with its number; return the bottom."""
        x, y = _MARGIN, top + 0.14
        for reading, number in count_readings(cells).items():
            if not number:
                continue
            words = f"{READINGS[reading]} : {fr(number)}"
            width = 0.5 + text_width(words, 9.5)
            if x > _MARGIN and x + width > self.width - 0.05:
                x, y = _MARGIN, y + 0.3
            self._cell(x, y, 0.32, 0.24, reading, words={})
            self.say(x + 0.39, y + 0.12, words, size=9.5)
            x += width + 0.1
        return y + 0.3


def _words_of(width: float, there: set[str]) -> dict[str, str]:
    """Return the words of the readings that are there if they hold in a cell: whole, shorter, or none."""
    for words in (READINGS, _SHORT):
        if max(text_width(words[reading], 9) for reading in there) + 0.04 <= width:
            return words
    return {}


def _named(crossed: pd.DataFrame) -> pd.DataFrame:
    names = {
        side: crossed[f"{side}_name"] if f"{side}_name" in crossed else crossed[side]
        for side in ("zone", "theme")
    }
    return crossed.assign(zone_name=names["zone"], theme_name=names["theme"])


def _title(numbers: dict[str, int], total: int) -> str:
    found = [
        count(numbers[reading], READINGS[reading], _PLURALS[reading])
        for reading in (BLIND_SPOT, SATURATION)
        if numbers[reading]
    ]
    cells = count(total, "case croisée", "cases croisées")
    return f"{listing(found)} sur {cells}" if found else f"Aucun angle mort ni saturation sur {cells}"


def _alt(cells: pd.DataFrame, numbers: dict[str, int]) -> str:
    zones, themes = cells["zone"].nunique(), cells["theme"].nunique()
    parts = [f"Grille de {count(themes, 'thème')} et {count(zones, 'zone ou public', 'zones ou publics')}."]
    for reading, number in numbers.items():
        if not number:
            continue
        if reading == NOTHING:
            parts.append(f"Rien à signaler : {count(number, 'case')}.")
            continue
        found = cells[cells["reading"] == reading].sort_values("order").head(_NAMED)
        names = [f"{cell.zone_name}, {cell.theme_name}" for cell in found.itertuples()]
        more = f" ; {count(number - len(found), 'autre')}" if number > len(found) else ""
        parts.append(f"{READINGS[reading].capitalize()} ({fr(number)}) : {' ; '.join(names)}{more}.")
    return " ".join(parts)


def _table(cells: pd.DataFrame) -> pd.DataFrame:
    ordered = cells.sort_values("order")
    table: dict[str, Any] = {
        "À discuter": ordered["order"],
        "Zone ou public": ordered["zone_name"],
        "Thème": ordered["theme_name"],
        "Besoin": ordered["need"].map(NEED),
        "Ressources": ordered["resources"].map(RESOURCES),
        "Actions": ordered["actions"].map(ACTIONS),
        "Lecture": ordered["label"],
    }
    return pd.DataFrame(table).reset_index(drop=True)


_READING = [
    "Ce que montre la figure. Chaque case met un besoin en face des ressources et des actions connues. "
    "Le triangle dit un angle mort : le besoin est là, sans réponse suffisante. "
    "Les deux carrés disent une saturation : des actions font la même chose pour les mêmes personnes.",
    "Ce qu’elle ne montre pas. La qualité des actions, ni qui en reste à la porte. "
    "Une réponse en place peut ne pas atteindre ceux qui en ont le plus besoin. "
    "Une case sans rien à signaler peut cacher ce que personne n’a encore regardé.",
]
