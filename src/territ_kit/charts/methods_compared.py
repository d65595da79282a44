"""The same needs ranked by several methods, side by side."""

from __future__ import annotations

import pandas as pd

from territ_kit.charts.picture import Picture
from territ_kit.charts.sheet import LINE, Sheet, lines_of
from territ_kit.charts.style import INK_2, PAPER, SAFFRON, SEQUENTIAL, Size, style, text_colour, wrap
from territ_kit.exercises.reading import typeset
from territ_kit.french import count, fr, listing

_MARGIN, _CELL, _GAP = 0.1, 0.38, 0.06
_NAMES = 2.75  # inches, on a wide drawing; on a phone names stand above their row
_ROWS = {"wide": 14, "phone": 10}
_NUMBERS = {2: "deux", 3: "trois", 4: "quatre", 5: "cinq"}


class MethodsComparedChart(Sheet):
    """A row by need, a column by method, the rank in each cell.

    Parameters
    ----------
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    noun, plural : str
        Feminine French words of what is compared: « méthode » or « formule ».
    """

    def __init__(self, noun: str = "méthode", plural: str = "méthodes", *, size: Size = "wide") -> None:
        super().__init__(size)
        self._noun, self._plural = noun, plural

    def show(self, ranks: pd.DataFrame, *, note: str = "") -> Picture:
        """Draw the ranks, and return the picture with its words.

        Parameters
        ----------
        ranks : DataFrame, needs by methods
            Ranks from 1, shared by ties; labels are names to show. The first column gives the order of the
            rows, and is what the others are compared with.
        note : str
            What the reader must know of these ranks, in French.
        """
        ranks = ranks.sort_values(ranks.columns[0], kind="stable")
        self.pen.wipe()
        with style():
            self._draw(ranks)
        return Picture(
            figure=self.figure,
            title=typeset(self._title(ranks)),
            alt=typeset(self._alt(ranks)),
            table=_table(ranks),
            reading=[typeset(text) for text in self._reading(ranks)],
            note=typeset(note or "Rang de chaque besoin. Des besoins à égalité partagent leur rang."),
            decimals=0,
        )

    def _draw(self, ranks: pd.DataFrame) -> None:
        shown = ranks.head(_ROWS[self.size])
        left = _MARGIN if self.phone else _NAMES + _MARGIN
        step = (self.width - left - _MARGIN) / len(ranks.columns)
        heads = [wrap(str(name), step - _GAP, 9.5) for name in ranks.columns]
        tall = max(head.count("\n") for head in heads) + 1
        for place, head in enumerate(heads):
            lines = head.split("\n")
            for row, line in enumerate(lines):
                y = 0.14 + LINE * (tall - len(lines) + row)
                self.say(left + (place + 0.5) * step - _GAP / 2, y, line, ha="center", size=9.5, color=INK_2)
        top = 0.14 + LINE * tall
        for name, given in zip(shown.index, shown.to_numpy().tolist(), strict=True):
            top = self._row(top, (left, step), str(name), given, len(shown))
        words = "Bord jaune : rang qui change."
        others = len(ranks) - len(shown)
        if others:
            words = f"{words} Et {count(others, 'autre besoin', 'autres besoins')} : voir le tableau."
        changes = (ranks.ne(ranks.iloc[:, 0], axis=0)).any(axis=None)
        if changes or others:
            top = self.lines(_MARGIN, top + 0.02, typeset(words), self.width - 2 * _MARGIN, color=INK_2)
        self.end(top + 0.06)

    def _row(self, top: float, at: tuple[float, float], name: str, ranks: list[int], most: int) -> float:
        """Draw a need: its name and its ranks; return where the next begins."""
        left, step = at
        if self.phone:
            top = self.lines(left, top + 0.04, name, self.width - 2 * _MARGIN) + 0.03
            height = 0.32
        else:
            taken = lines_of(name, _NAMES - 0.12)
            height = max(_CELL, LINE * taken + 0.1)
            self.lines(_MARGIN, top + height / 2 - LINE / 2 * taken, name, _NAMES - 0.12)
        for place, rank in enumerate(ranks):
            face = _face(rank, most)
            moved = ranks[0] - rank
            how = {"edgecolor": SAFFRON, "linewidth": 3, "zorder": 2} if moved else {"linewidth": 0}
            self.tile(left + place * step, top, step - 2 * _GAP, height, face, **how)
            sign = "" if not moved else f" ({fr(moved, 0, signed=True)})"
            middle = left + place * step + step / 2 - _GAP
            self.say(
                middle, top + height / 2, f"{fr(rank)}{sign}", ha="center", color=text_colour(face), zorder=3
            )
        return top + height + 1.5 * _GAP

    def _title(self, ranks: pd.DataFrame) -> str:
        methods = len(ranks.columns)
        all_ = f"les {_NUMBERS.get(methods, fr(methods))} {self._plural}"
        if (ranks.to_numpy() == 1).all():
            return f"Rien ne départage les besoins avec {all_}"
        if ranks.eq(ranks.iloc[:, 0], axis=0).all(axis=None):
            return f"{all_[:1].upper()}{all_[1:]} donnent le même ordre"
        leaders = ranks.index[(ranks == 1).any(axis=1)]
        always = ranks.index[(ranks == 1).all(axis=1)]
        if len(leaders) == len(always) == 1:
            return f"« {always[0]} » est premier avec {all_} ; la suite change"
        names = [f"« {name} »" for name in leaders]
        if len(always) == len(leaders):
            return f"{listing(names)} sont premiers à égalité avec {all_} ; la suite change"
        if len(names) > 3:
            return f"Le premier dépend de la {self._noun}"
        return f"Le premier dépend de la {self._noun} : {', '.join(names[:-1])} ou {names[-1]}"

    def _alt(self, ranks: pd.DataFrame) -> str:
        methods = ", ".join(str(name) for name in ranks.columns)
        parts = [f"Rangs de {count(len(ranks), 'besoin')} selon : {methods}."]
        for name, row in ranks.head(_ROWS["wide"]).iterrows():
            given = row.tolist()
            if len(set(given)) == 1:
                parts.append(f"{name} : {fr(given[0])} partout.")
            else:
                parts.append(f"{name} : {', '.join(fr(rank) for rank in given)}.")
        return " ".join(parts)

    def _reading(self, ranks: pd.DataFrame) -> list[str]:
        moved = int(ranks.ne(ranks.iloc[:, 0], axis=0).any(axis=1).sum())
        said = (
            "Aucun besoin ne change de rang."
            if not moved
            else f"{count(moved, 'besoin change', 'besoins changent')} de rang selon la {self._noun}."
        )
        shown = (
            f"Ce que montre la figure. Les mêmes notes, lues par plusieurs {self._plural}. "
            f"Entre parenthèses, les places gagnées (+) ou perdues (−) sur la première colonne. {said}"
        )
        hidden = (
            f"Ce qu’elle ne montre pas. Aucune {self._noun} n’a raison contre les autres. "
            "Quand l’ordre change, discutez des notes et des poids au lieu de choisir le calcul qui arrange."
        )
        return [shown, hidden]


def _face(rank: int, most: int) -> str:
    """Return a shade: the first ranks are darker."""
    shades = [*reversed(SEQUENTIAL), PAPER]
    return shades[min(round((rank - 1) * 5 / max(most - 1, 5)), 5)]


def _table(ranks: pd.DataFrame) -> pd.DataFrame:
    table = ranks.astype(int)
    table.columns = pd.Index([str(name) for name in ranks.columns])
    table.insert(0, "Besoin", [str(name) for name in ranks.index])
    return table.reset_index(drop=True)
