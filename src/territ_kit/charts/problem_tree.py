"""The problem tree drawn: consequences above, the problem, its causes below; or the tree of objectives."""

from __future__ import annotations

from typing import Any

import pandas as pd

from territ_kit.charts.picture import Picture
from territ_kit.charts.sheet import LINE, Sheet, lines_of
from territ_kit.charts.style import DIVERGING, INK, INK_2, PAPER, SAND, SEQUENTIAL, Size, style, text_colour
from territ_kit.diagnosis.problem_tree import KINDS, WANTED, lay_out, rooted, suspects, to_objectives
from territ_kit.errors import InputError
from territ_kit.french import count, listing

_PLURALS = {"cause": "causes", "consequence": "conséquences"}
_BANDS = {
    False: {"consequence": "Conséquences", "problem": "Problème", "cause": "Causes"},
    True: {"consequence": "Effets attendus", "problem": "Objectif général", "cause": "Objectifs à atteindre"},
}
_FACES = {"consequence": DIVERGING[3], "problem": SEQUENTIAL[4], "cause": SAND}
_WIDEST = 5  # more statements side by side are read one under the other
_MOST = 30  # beyond, the statements are counted
_MARGIN, _GAP, _DROP = 0.1, 0.14, 0.34  # inches: edges, between neighbours, between two rows
_INDENT = 0.26


class TreeChart(Sheet):
    """A tree of boxes joined by lines; a large one, or one on a phone, is read from top to bottom.

    Parameters
    ----------
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(self, *, size: Size = "wide") -> None:
        super().__init__(size)

    def show(self, statements: pd.DataFrame, *, objectives: bool = False) -> Picture:
        """Draw what leads to the problem, and return the picture with its words.

        Parameters
        ----------
        statements : DataFrame
            As in `diagnosis.problem_tree.check_tree`, with or without faults; `objective` when it is there.
        objectives : bool
            Draw the tree of objectives instead: an objective that nobody has written yet has a dashed edge.

        Raises
        ------
        InputError
            If no problem is written.
        """
        drawn = rooted(statements)
        if drawn.empty:
            raise InputError(
                "L’arbre n’a pas encore de problème ; attendu : une ligne de la sorte « problème ». "
                "Écrivez ce qui se passe, pour qui et où."
            )
        tree = lay_out(drawn)
        tree["shown"], tree["firm"] = tree["text"], True
        if objectives:
            turned = to_objectives(drawn)
            tree["firm"] = turned["written"]
            tree["shown"] = turned["objective"].where(turned["written"], turned["suggestion"])
        else:
            tree.loc[tree.index.isin(suspects(drawn).index), "firm"] = False
        self.pen.wipe()
        bands = _BANDS[objectives]
        with style():
            narrow = not self.phone and tree["y"].value_counts().max() <= _WIDEST
            fits = narrow and tree["x"].max() - tree["x"].min() < _WIDEST
            bottom = self._spread(tree, bands) if fits else self._pile(tree, bands)
            self.end(bottom + 0.08)
        return _picture(self, statements, tree, objectives=objectives)

    def _spread(self, tree: pd.DataFrame, bands: dict[str, str]) -> float:
        """Lay the tree out: one row of boxes for each depth."""
        span = tree["x"].max() - tree["x"].min() + 1
        step = min((self.width - 2 * _MARGIN) / span, 2.6)
        wide = step - _GAP
        left = (self.width - step * span) / 2
        tree = tree.assign(left=left + (tree["x"] - tree["x"].min()) * step + _GAP / 2)
        tops: dict[str, tuple[float, float]] = {}
        top, band = 0.02, ""
        for _, row in tree.sort_values("y", ascending=False, kind="stable").groupby("y", sort=False):
            kind = str(row["kind"].iloc[0])
            if kind != band:
                self.say(_MARGIN, top + 0.1, bands[kind], size=9.5, weight="bold", color=INK_2)
                band, top = kind, top + 0.24
            tall = max(_height(words, wide) for words in row["shown"])
            for one in _rows(row):
                self._box(one, float(one.left), top, wide, tall)
                tops[str(one.Index)] = (top, top + tall)
            top += tall + _DROP
        for one in _rows(tree[tree["kind"] != "problem"]):
            above = tree.loc[one.under]
            down = one.kind == "cause"
            start = tops[one.under][1 if down else 0]
            end = tops[str(one.Index)][0 if down else 1]
            # The bend lies just beside the parent, clear of the name of the band.
            bend = start + (0.1 if down else -0.1)
            x, to = float(above["left"]) + wide / 2, float(one.left) + wide / 2
            self.path([(x, start), (x, bend), (to, bend), (to, end)])
        return top - _DROP

    def _pile(self, tree: pd.DataFrame, bands: dict[str, str]) -> float:
        """Write the tree from top to bottom, each line under what it hangs from."""
        shown = tree.sort_values("order").head(_MOST)
        top = 0.02
        for kind in ("consequence", "problem", "cause"):
            part = shown[shown["kind"] == kind]
            if part.empty:
                continue
            self.say(_MARGIN, top + 0.1, bands[kind], size=9.5, weight="bold", color=INK_2)
            top += 0.24
            ends: dict[str, tuple[float, float]] = {}
            for one in _rows(part):
                left = _MARGIN + _INDENT * max(abs(int(one.y)) - 1, 0)
                wide = self.width - left - _MARGIN
                tall = _height(str(one.shown), wide)
                self._box(one, left, top, wide, tall)
                if one.under in ends:
                    x = ends[one.under][0] + 0.1
                    self.path([(x, ends[one.under][1]), (x, top + tall / 2), (left, top + tall / 2)])
                ends[str(one.Index)] = left, top + tall
                top += tall + 0.1
            top += 0.1
        if len(tree) > len(shown):
            more = count(len(tree) - len(shown), "autre ligne", "autres lignes")
            top = self.lines(_MARGIN, top, f"Et {more} : voir le tableau.", self.width - 0.2, color=INK_2)
        return top - 0.1

    def _box(self, one: Any, left: float, top: float, wide: float, tall: float) -> None:
        """Draw one statement in its box."""
        face = _FACES[str(one.kind)] if one.firm else PAPER
        dashed = {} if one.firm else {"linestyle": (0, (4, 2)), "edgecolor": INK, "linewidth": 1.3}
        self.tile(left, top, wide, tall, face, round_=True, **dashed)
        lines = lines_of(str(one.shown), wide - 0.16)
        start = top + (tall - lines * LINE) / 2
        self.lines(left + 0.08, start, str(one.shown), wide - 0.16, color=text_colour(face))


def _rows(table: pd.DataFrame) -> list[Any]:
    return list(table.itertuples())


def _height(words: str, width: float) -> float:
    return lines_of(words, width - 0.16) * LINE + 0.14


def _picture(chart: TreeChart, statements: pd.DataFrame, tree: pd.DataFrame, *, objectives: bool) -> Picture:
    root = tree[tree["kind"] == "problem"].iloc[0]
    numbers = {kind: int((tree["kind"] == kind).sum()) for kind in _PLURALS}
    found = [count(number, KINDS[kind], _PLURALS[kind]) for kind, number in numbers.items() if number]
    note, reading = _NOTES[objectives], _READINGS[objectives]
    title = str(root["shown"])
    aside = statements[statements["kind"] == "disguised"]["text"].tolist()
    loose = len(statements) - len(tree) - len(aside)
    if loose:
        note += f" Pas encore rattachées : {count(loose, 'ligne')}."
    if aside:
        note += f" Mis de côté : {count(len(aside), 'solution déguisée', 'solutions déguisées')}."
    if objectives:
        missing = int((~tree["firm"]).sum())
        if missing:
            note += f" Pas encore écrits par le groupe : {missing}."
    else:
        title += f" : {listing(found)}" if found else " : les causes restent à chercher"
    return Picture(
        figure=chart.figure,
        title=title,
        alt=_alt(tree, objectives=objectives),
        table=_table(statements, tree, objectives=objectives),
        reading=reading,
        note=note,
        decimals=0,
    )


def _alt(tree: pd.DataFrame, *, objectives: bool) -> str:
    """Return the tree read aloud: each line, and what it hangs from."""
    words = WANTED if objectives else KINDS
    parts = ["Arbre d’objectifs." if objectives else "Arbre à problèmes."]
    ordered = tree.sort_values("order").head(_MOST)
    for one in _rows(ordered):
        said = str(one.shown).rstrip(" .")
        name = words[str(one.kind)].capitalize()
        if one.kind == "problem" or tree.loc[one.under, "kind"] == "problem":
            parts.append(f"{name} : {said}.")
        else:
            below = str(tree.loc[one.under, "shown"]).rstrip(" .")
            parts.append(f"{name} {'pour' if objectives else 'de'} « {below} » : {said}.")
    if len(tree) > len(ordered):
        parts.append(f"Et {count(len(tree) - len(ordered), 'autre ligne', 'autres lignes')} dans le tableau.")
    return " ".join(parts)


def _table(statements: pd.DataFrame, tree: pd.DataFrame, *, objectives: bool) -> pd.DataFrame:
    ordered = tree.sort_values("order")
    rows = [
        (str(one.shown), (WANTED if objectives else KINDS)[str(one.kind)],
         "" if one.kind == "problem" else str(tree.loc[one.under, "shown"]))
        for one in _rows(ordered)
    ]  # fmt: skip
    rows += [
        (str(one.text), KINDS[str(one.kind)], "mis de côté" if one.kind == "disguised" else "à placer")
        for one in _rows(statements[~statements["id"].isin(tree.index)])
    ]
    return pd.DataFrame(rows, columns=["Ligne", "Sorte", "Rattachée à"])


_NOTES = {
    False: "Les causes sont sous le problème, ses conséquences au-dessus. Tirets : à relire, peut-être une "
    "solution.",
    True: "Même structure que l’arbre à problèmes. Tirets : une proposition, que le groupe n’a pas écrite.",
}
_READINGS = {
    False: [
        "Ce que montre la figure. Un problème, ce qui le produit et ce qu’il entraîne, vu par le groupe. "
        "Une cause placée sous une autre aide à l’expliquer.",
        "Ce qu’elle ne montre pas. Le poids de chaque cause, ni une preuve. "
        "Une flèche est une hypothèse du groupe : cherchez le chiffre ou la parole qui l’appuie.",
    ],
    True: [
        "Ce que montre la figure. Ce que le groupe veut voir à la place de chaque problème.",
        "Ce qu’elle ne montre pas. Si c’est possible, ni avec quels moyens. "
        "Le contraire d’une cause n’est pas toujours à votre portée : choisissez ensuite.",
    ],
}
