"""Where the causes of a group lie: five half rings, from the person to the whole society."""

from __future__ import annotations

from collections import Counter

import pandas as pd
from matplotlib.patches import Wedge

from territ_kit.charts.picture import Picture
from territ_kit.charts.sheet import LINE, Sheet, shorten
from territ_kit.charts.style import EDGE, INK_2, PAPER, SEQUENTIAL, Size, style, text_colour
from territ_kit.diagnosis.determinants import ATTRIBUTION, LAYERS, LayerCount
from territ_kit.french import count, listing

# Darker is nearer the person; the number of causes is written, never told by the shade.
_FACES = dict(zip(LAYERS, reversed(SEQUENTIAL), strict=True))
_MARGIN = 0.12


class LayersChart(Sheet):
    """Half rings with their number of causes, and the causes of each in words.

    Parameters
    ----------
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(self, *, size: Size = "wide") -> None:
        super().__init__(size)

    def show(self, found: LayerCount) -> Picture:
        """Draw the layers, and return the picture with its words.

        Parameters
        ----------
        found : LayerCount
            From `diagnosis.determinants.count_layers`.
        """
        self.pen.wipe()
        ring = 0.31 if self.phone else 0.44
        radius = ring * len(LAYERS)
        left = (self.width - 2 * radius) / 2 if self.phone else _MARGIN
        with style():
            self._rings(found.table, left + radius, radius + 0.06, ring)
            if self.phone:
                bottom = self._words(found.table, _MARGIN, radius + 0.24, self.width - 2 * _MARGIN)
            else:
                bottom = self._beside(found.table, left + radius, ring)
            self.end(bottom + 0.06)
        return Picture(
            figure=self.figure,
            title=_title(found),
            alt=_alt(found.table),
            table=_table(found.table),
            reading=_READING,
            note=f"{ATTRIBUTION}. Nombre de causes écrites par le groupe.",
            decimals=0,
        )

    def _rings(self, table: pd.DataFrame, x: float, y: float, ring: float) -> None:
        """Draw the half rings, the widest first, and the number of causes at the top of each."""
        for place in reversed(range(len(LAYERS))):
            layer, radius = table.index[place], ring * (place + 1)
            face = _FACES[layer]
            # The axis of heights points down: the upper half goes from 180 to 360 degrees.
            wedge = Wedge((x, y), radius, 180, 360, facecolor=face, edgecolor=PAPER, linewidth=1.6, zorder=2)
            self.pen.add(wedge)
            number = str(table.loc[layer, "number"])
            self.say(
                x, y - radius + ring / 2, number, ha="center", weight="bold", size=11, color=text_colour(face)
            )

    def _beside(self, table: pd.DataFrame, middle: float, ring: float) -> float:
        """Write each layer beside its ring, joined by a line; return the bottom."""
        radius = ring * len(LAYERS)
        x = middle + radius + 0.35
        for place, layer in enumerate(reversed(table.index)):
            y = 0.06 + ring * (place + 0.5)
            self.path([(middle + 0.14, y), (x - 0.08, y)], color=EDGE, linewidth=0.9, zorder=3)
            self._layer(table.loc[layer], x, y - LINE, self.width - x - _MARGIN)
        return 0.06 + radius

    def _words(self, table: pd.DataFrame, x: float, top: float, width: float) -> float:
        """Write the layers one under the other, the outermost first; return the bottom."""
        for layer in reversed(table.index):
            self.tile(x, top + 0.03, 0.14, 0.14, _FACES[layer])
            self._layer(table.loc[layer], x + 0.22, top, width - 0.22)
            top += 2 * LINE + 0.08
        return top

    def _layer(self, row: pd.Series, x: float, top: float, width: float) -> None:
        """Write a layer's name, and its causes as far as they hold on one line."""
        self.say(x, top + LINE / 2, str(row["label"]), weight="bold")
        causes = " · ".join(_told(row["causes"])) or "rien encore"
        self.say(x, top + 1.5 * LINE, shorten(causes, width, 9.5), size=9.5, color=INK_2)


def _told(causes: list[str]) -> list[str]:
    """Return each cause once, with its number when several needs have it."""
    return [f"{cause} ({number})" if number > 1 else cause for cause, number in Counter(causes).items()]


def _title(found: LayerCount) -> str:
    number = int(found.table["number"].sum())
    if not number:
        return "Aucune cause n’est encore placée"
    if found.all_behaviour:
        return "La plupart de vos causes tiennent aux personnes : que cherchez-vous autour d’elles ?"
    if found.empty:
        names = [LAYERS[layer].lower() for layer in found.empty]
        return f"{count(number, 'cause')} : rien encore du côté {listing([_of(name) for name in names])}"
    return f"{count(number, 'cause')}, dans toutes les couches"


def _of(name: str) -> str:
    return f"des {name}"


def _alt(table: pd.DataFrame) -> str:
    parts = ["Cinq demi-anneaux, du plus proche de la personne au plus large."]
    for _, row in table.iterrows():
        causes = f" : {' ; '.join(_told(row['causes']))}" if row["causes"] else ""
        parts.append(f"{row['label']}, {count(int(row['number']), 'cause')}{causes}.")
    return " ".join(parts)


def _table(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Couche": table["label"],
            "Causes (nombre)": table["number"],
            "Causes": [" ; ".join(_told(causes)) for causes in table["causes"]],
        }
    ).reset_index(drop=True)


_READING = [
    "Ce que montre la figure. Où le groupe cherche les causes, de la personne à la société. "
    "Une couche vide est une question : sans effet ici, ou pas encore regardée ?",
    "Ce qu’elle ne montre pas. Le poids de chaque cause. "
    "Un comportement a lui-même des causes, dans les couches plus larges : personne n’est à blâmer.",
]
