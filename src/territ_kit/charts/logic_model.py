"""The logic model drawn: five columns, what leads to what, and the links that are missing."""

from __future__ import annotations

import pandas as pd

from territ_kit.charts.picture import Picture
from territ_kit.charts.plot import Box
from territ_kit.charts.sheet import LINE, Sheet, lines_of
from territ_kit.charts.style import (
    DIVERGING,
    EDGE,
    INK,
    INK_2,
    PAPER,
    SEQUENTIAL,
    Size,
    style,
    text_colour,
    text_width,
)
from territ_kit.french import count, listing
from territ_kit.planning.logic_model import STAGES, LogicModel

_MARGIN, _GAP, _BETWEEN, _PAD = 0.1, 0.3, 0.12, 0.07
_FACES = dict(zip(STAGES, ("#F5F0E4", "#FFFFFF", "#E5F0EB", SEQUENTIAL[0], SEQUENTIAL[1]), strict=True))
_LETTERS = dict(zip(STAGES, "MARE I".replace(" ", ""), strict=True))
_MOST = 12  # boxes in a column; the table holds the others


class LogicModelChart(Sheet):
    """Columns joined by lines; on a phone, columns under one another, each box naming what it leads to.

    Parameters
    ----------
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(self, *, size: Size = "wide") -> None:
        super().__init__(size)

    def show(self, model: LogicModel) -> Picture:
        """Draw the boxes and the links, and return the picture with its words."""
        self.pen.wipe()
        codes = _codes(model)
        with style():
            bottom = self._stacked(model, codes) if self.phone else self._columns(model, codes)
            self.end(bottom + 0.06)
        return Picture(
            figure=self.figure,
            title=model.summary.rstrip("."),
            alt=_alt(model),
            table=_table(model, codes),
            reading=_READING,
            note="Un bord en tirets signale une case dont un lien manque.",
            decimals=0,
        )

    def _columns(self, model: LogicModel, codes: dict[str, str]) -> float:
        width = (self.width - 2 * _MARGIN - _GAP * (len(STAGES) - 1)) / len(STAGES)
        stacks = {}
        for stage in STAGES:
            column = _column(model, stage)
            heights = [
                _height(f"{codes[i]} {text}", width, 9)
                for i, text in zip(column.index, column["text"], strict=True)
            ]
            stacks[stage] = column, heights, sum(heights) + _BETWEEN * max(len(heights) - 1, 0)
        tallest = max(high for _, _, high in stacks.values())
        head = 0.34
        places: dict[str, tuple[float, float, float]] = {}
        for place, (stage, (column, heights, high)) in enumerate(stacks.items()):
            x = _MARGIN + place * (width + _GAP)
            self.say(x + width / 2, 0.15, STAGES[stage], ha="center", weight="bold", size=10.5)
            if column.empty:
                self._box((x, head, width, 0.5), "Rien d’écrit", PAPER, broken=True)
            top = head + (tallest - high) / 2
            for identifier, height in zip(column.index, heights, strict=True):
                row = column.loc[identifier]
                words = f"{codes[identifier]} {row['text']}"
                self._box((x, top, width, height), words, _FACES[stage], broken=bool(row["broken"]))
                places[identifier] = x, x + width, top + height / 2
                top += height + _BETWEEN
        for cause, effect in model.links:
            if cause in places and effect in places:
                self._link(places[cause], places[effect])
        return self._others(model, head + max(tallest, 0.5) + 0.08)

    def _link(self, cause: tuple[float, float, float], effect: tuple[float, float, float]) -> None:
        """Join the right of a box to the left of another, bending in the gaps only."""
        start, end = cause[1], effect[0]
        first, last = start + 0.09, end - 0.09
        line = [(start, cause[2]), (first, cause[2]), (last, effect[2]), (end, effect[2])]
        far = end - start > _GAP + 0.01
        self.path(line, color=EDGE, linewidth=1.2, zorder=0.8 if far else 1.4)
        self.pen.points([(end, effect[2])], INK)

    def _stacked(self, model: LogicModel, codes: dict[str, str]) -> float:
        top, width = 0.06, self.width - 2 * _MARGIN
        effects: dict[str, list[str]] = {}
        for cause, effect in model.links:
            effects.setdefault(cause, []).append(codes[effect])
        for place, (stage, title) in enumerate(STAGES.items()):
            if place:
                middle = self.width / 2
                self.path([(middle, top - 0.02), (middle, top + 0.14)], color=INK, linewidth=1.4)
                self.path([(middle - 0.06, top + 0.08), (middle, top + 0.15), (middle + 0.06, top + 0.08)],
                          color=INK, linewidth=1.4)  # fmt: skip
                top += 0.24
            self.say(_MARGIN, top + LINE / 2, title, weight="bold", size=10.5)
            top += LINE + 0.06
            column = _column(model, stage)
            if column.empty:
                self._box((_MARGIN, top, width, 0.34), "Rien d’écrit", PAPER, broken=True)
                top += 0.34 + 0.08
            for identifier, row in column.iterrows():
                leads = effects.get(str(identifier), [])
                words = f"{codes[str(identifier)]} {row['text']}"
                if leads:
                    words += f" →\u00a0{', '.join(leads)}"
                height = _height(words, width, 10)
                self._box(
                    (_MARGIN, top, width, height), words, _FACES[stage], broken=bool(row["broken"]), size=10
                )
                top += height + 0.08
        return self._others(model, top)

    def _box(self, box: Box, words: str, face: str, *, broken: bool, size: float = 9) -> None:
        x, top, width, height = box
        look = {"edgecolor": DIVERGING[0], "linewidth": 1.8, "linestyle": (0, (4, 2))} if broken else {}
        self.tile(x, top, width, height, face, round_=True, **{"zorder": 2, **look})
        room = width - 2 * _PAD
        words = _breakable(words, room, size)
        free = height - lines_of(words, room, size) * LINE * size / 10
        how = {"size": size, "color": text_colour(face), "zorder": 3}
        self.lines(x + _PAD, top + free / 2, words, room, **how)

    def _others(self, model: LogicModel, top: float) -> float:
        hidden = sum(max(int((model.items["stage"] == stage).sum()) - _MOST, 0) for stage in STAGES)
        if not hidden:
            return top
        words = f"Et {count(hidden, 'autre case', 'autres cases')} : voir le tableau."
        return self.lines(_MARGIN, top, words, self.width - 2 * _MARGIN, color=INK_2)


_READING = [
    "Ce que montre la figure. Elle se lit « si… alors… » : si nous mettons ces moyens, ces activités ont "
    "lieu. Si elles ont lieu, ceci est réalisé, et ces effets sont attendus. "
    "Une case au bord en tirets n’a rien derrière elle, ou rien devant.",
    "Ce qu’elle ne montre pas. Un trait dit une attente, pas une preuve. "
    "D’autres causes agissent sur les effets, et plus encore sur l’impact.",
]


def _codes(model: LogicModel) -> dict[str, str]:
    """Return the short name of each box: the letter of its column, and its place."""
    return {
        str(identifier): f"{_LETTERS[row['stage']]}{row['row'] + 1}"
        for identifier, row in model.items.iterrows()
    }


def _column(model: LogicModel, stage: str) -> pd.DataFrame:
    return model.items[model.items["stage"] == stage].sort_values("row").head(_MOST)


def _breakable(words: str, width: float, size: float) -> str:
    """Return words in which a name too long for a line may break after its hyphens."""
    return " ".join(
        word.replace("-", "- ") if text_width(word, size) > width else word for word in words.split(" ")
    )


def _height(words: str, width: float, size: float) -> float:
    words = _breakable(words, width - 2 * _PAD, size)
    return lines_of(words, width - 2 * _PAD, size) * LINE * size / 10 + 2 * _PAD


def _alt(model: LogicModel) -> str:
    parts = ["Modèle logique."]
    for stage, title in STAGES.items():
        texts = model.items.loc[model.items["stage"] == stage].sort_values("row")["text"].tolist()
        shown = texts[:6] + ([f"{len(texts) - 6} autres"] if len(texts) > 6 else [])
        parts.append(f"{title} : {listing(shown) if shown else 'rien d’écrit'}.")
    return " ".join([*parts, *model.broken["sentence"].head(6).tolist()])


def _table(model: LogicModel, codes: dict[str, str]) -> pd.DataFrame:
    leads: dict[str, list[str]] = {}
    for cause, effect in model.links:
        leads.setdefault(cause, []).append(codes[effect])
    lacks = model.broken.groupby("item")["sentence"].apply(" ".join).to_dict()
    order = list(STAGES)
    items = model.items.assign(place=[order.index(stage) for stage in model.items["stage"]])
    items = items.sort_values(["place", "row"])
    return pd.DataFrame(
        {
            "Case": [codes[str(one)] for one in items.index],
            "Colonne": [STAGES[stage] for stage in items["stage"]],
            "Texte": items["text"].tolist(),
            "Mène à": [", ".join(leads.get(str(one), [])) for one in items.index],
            "À compléter": [lacks.get(one, "") for one in items.index],
        }
    )
