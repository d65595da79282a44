"""Actor map: power and interest, and what each quarter calls for."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from territ_kit.charts.picture import Picture
from territ_kit.charts.plot import Box, Margins, Plot, Point, around, place_names
from territ_kit.charts.sheet import shorten
from territ_kit.charts.style import (
    EDGE,
    GRID,
    INK,
    INK_2,
    PAPER,
    PINE,
    SAFFRON,
    SEQUENTIAL,
    Size,
    style,
    text_width,
)
from territ_kit.consultation.stakeholders import QUADRANTS
from territ_kit.french import count, listing

_LOOKS = {
    "renforcer": ("D", 76, SAFFRON, INK),
    "associer": ("o", 88, PINE, PINE),
    "interesser": ("^", 118, SEQUENTIAL[0], SEQUENTIAL[3]),
    "garder_le_lien": ("s", 76, GRID, EDGE),
}
"""Marker, size, face and edge of each quarter, the first to be named first."""
_CORNERS = {"interesser": (0, 1), "associer": (1, 1), "garder_le_lien": (0, 0), "renforcer": (1, 0)}
_SIDE = 0.15  # inches between two actors of one place


class ActorMap(Plot):
    """An actor map that follows its controls: interest across, power upwards.

    Parameters
    ----------
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(self, *, size: Size = "wide") -> None:
        phone = size == "phone"
        margins = Margins(0.16, 0.16, 0.42, 0.5) if phone else Margins(0.2, 0.2, 0.42, 0.5)
        super().__init__(size, 4.2 if phone else 4.6, margins)
        with style():
            axes = self.axes
            axes.set(xlim=(-0.06, 1.07), ylim=(-0.14, 1.14), xticks=[], yticks=[])
            axes.grid(visible=False)
            axes.axhline(0.5, color=EDGE, linewidth=1.1, zorder=1)
            axes.axvline(0.5, color=EDGE, linewidth=1.1, zorder=1)
            self._ring = Line2D([], [], ls="", marker="o", markersize=17, color=PAPER, markeredgecolor=INK)
            self._ring.set(markeredgewidth=1.6, zorder=3)
            axes.add_line(self._ring)
            self._points = {
                key: axes.scatter([], [], marker=marker, s=side, linewidths=1.5, zorder=5, clip_on=False)
                for key, (marker, side, _, _) in _LOOKS.items()
            }
        self.follow([self._ring, *self._points.values()])

    def show(self, actors: pd.DataFrame, *, highlight: str | None = None) -> Picture:
        """Move the actors, and return the picture with its words.

        Parameters
        ----------
        actors : DataFrame by id
            From `consultation.stakeholders.stakeholder_map`, with `name`.
        highlight : str, optional
            Id of the actor to ring.
        """
        order = list(_LOOKS)
        placed = actors[actors["quadrant"].isin(order)].sort_values(
            "quadrant", key=lambda column: column.map(order.index), kind="stable"
        )
        absent = actors.loc[actors["quadrant"] == "", "name"].tolist()
        waiting = f"À placer : {_some(absent)}." if absent else ""
        with style():
            above, under = "Pouvoir de faire avancer ou d’arrêter le projet ↑", "Intérêt pour le sujet →"
            self.surround(above, under, waiting)
            spots = self._spots(placed)
            numbered = self._write(placed, spots, highlight)
            if numbered:
                names = " · ".join(f"{place}.\u00a0{name}" for place, name in enumerate(numbered, 1))
                self.surround(above, under, names, waiting)
                self._write(placed, self._spots(placed), highlight)
        return Picture(
            figure=self.figure,
            title=_title(placed),
            alt=_alt(placed, absent),
            table=_table(actors),
            reading=_READING,
            note="De 0 (aucun) à 10 (très fort), d’après le groupe. Cases usuelles, à vérifier.",
            decimals=1,
        )

    def _spots(self, placed: pd.DataFrame) -> NDArray[np.float64]:
        """Draw the actors, those of one place side by side, and return where they are, in inches."""
        x, y = (placed[column].to_numpy(dtype=float) for column in ("interest", "power"))
        spots = self.inches(x, y) if len(placed) else np.empty((0, 2))
        same = pd.DataFrame(np.round(np.column_stack([x, y]), 2)).groupby([0, 1])
        shift = (same.cumcount() - (same[0].transform("size") - 1) / 2).to_numpy(dtype=float)
        spots[:, 0] += _SIDE * shift
        left, _, right, _ = self.room
        span = self.axes.get_xlim()
        across = span[0] + (spots[:, 0] - left) / (right - left) * (span[1] - span[0])
        for key, points in self._points.items():
            mine = (placed["quadrant"] == key).to_numpy()
            _, _, face, edge = _LOOKS[key]
            points.set_offsets(np.column_stack([across[mine], y[mine]]).reshape(-1, 2))
            points.set_edgecolor(edge)
            points.set_facecolor([PAPER if border else face for border in placed.loc[mine, "border"]])
        return spots

    def _write(self, placed: pd.DataFrame, spots: NDArray[np.float64], highlight: str | None) -> list[str]:
        """Write the quarters and the names; return the names that found no room: they get a number."""
        left, bottom, right, top = self.room
        taken: list[Box] = []
        for key, (east, north) in _CORNERS.items():
            words = QUADRANTS[key].label
            width = text_width(words, 10)
            x = right - 0.05 if east else left + 0.05
            y = top - 0.1 if north else bottom + 0.12
            self.words.say(x, y, words, ha="right" if east else "left", color=INK_2)
            taken.append(around(x - width / 2 if east else x + width / 2, y, width / 2 + 0.03, 0.1))
        chosen = placed.index == highlight
        here = np.flatnonzero(chosen)
        self._ring.set_data(*self._data(spots[here])) if len(here) else self._ring.set_data([], [])
        order = [*here, *np.flatnonzero(~chosen)]
        widest = 1.35 if self.phone else 2.3
        names = [short_name(str(placed["name"].iloc[place]), widest) for place in order]
        points: list[Point] = [(float(spots[place, 0]), float(spots[place, 1])) for place in order]
        taken += [around(*point, 0.09, 0.08) for point in points]
        found = place_names(names, points, (left, bottom, right, top + 0.08), taken=taken)
        numbered: list[str] = []
        for place, name, point, spot in zip(order, names, points, found, strict=True):
            if spot:
                self.words.say(*spot, name, weight="bold", over=True, color=INK)
                continue
            numbered.append(str(placed["name"].iloc[place]))
            hollow = placed["border"].iloc[place] or placed["quadrant"].iloc[place] != "associer"
            said: dict[str, Any] = {"size": 8.5, "weight": "bold", "color": INK if hollow else PAPER}
            self.words.say(*point, str(len(numbered)), **said)
        return numbered

    def _data(self, spots: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        data = self.axes.transData.inverted().transform(spots * self.figure.dpi)
        return data[:, 0], data[:, 1]


def short_name(name: str, width: float) -> str:
    """Return a name in one bold line of `width` inches, its acronym kept.

    Examples
    --------
    >>> short_name("Délégation départementale de l’agence régionale de santé (ARS)", 1.5)
    'Délégation… (ARS)'
    >>> short_name("Maire de Pontaubrelle, président du conseil", 2)
    'Maire de Pontaubrelle'
    """
    if text_width(name, 10, "bold") <= width:
        return name
    acronym = re.search(r" \(\w+\)", name)
    head = re.split(r",| «| \(", name)[0]
    if text_width(head, 10, "bold") <= width:
        return head
    end = acronym[0] if acronym else ""
    words = shorten(head, width - text_width(end, 10, "bold"), 10, "bold").rstrip("…").split(" ")
    while len(words) > 1 and len(words[-1]) <= 3:  # « chargée de la… » says no more than « chargée… »
        words.pop()
    return f"{' '.join(words)}…{end}"


def _some(names: list[str], most: int = 4) -> str:
    if len(names) <= most:
        return listing(names)
    return f"{', '.join(names[:most])} et {count(len(names) - most, 'autre', 'autres')}"


def _title(placed: pd.DataFrame) -> str:
    if placed.empty:
        return "Aucun acteur n’est encore placé"
    weak = placed.loc[placed["quadrant"] == "renforcer", "name"].tolist()
    if not weak:
        return "Aucun acteur très concerné n’est sans pouvoir"
    who = listing(weak) if len(weak) == 1 else f"{count(len(weak), 'acteur')} sur {len(placed)}"
    return (
        f"Très concernés, mais sans pouvoir : {who}"
        if len(weak) > 1
        else f"Très concerné, sans pouvoir : {who}"
    )


def _alt(placed: pd.DataFrame, absent: list[str]) -> str:
    parts = [f"Carte de {count(len(placed), 'acteur')}, selon leur pouvoir et leur intérêt."]
    for key, quadrant in QUADRANTS.items():
        names = placed.loc[placed["quadrant"] == key, "name"].tolist()
        if names:
            parts.append(f"{quadrant.label} ({quadrant.place}) : {_some(names, 8)}.")
    border = placed.loc[placed["border"].astype(bool), "name"].tolist()
    if border:
        parts.append(f"À la limite de deux cases : {_some(border, 8)}.")
    if absent:
        parts.append(f"À placer : {_some(absent)}.")
    return " ".join(parts)


def _table(actors: pd.DataFrame) -> pd.DataFrame:
    labels = {key: quadrant.label for key, quadrant in QUADRANTS.items()} | {"": "à placer"}
    return pd.DataFrame(
        {
            "Acteur": actors["name"],
            "Pouvoir (sur 10)": 10 * actors["power"].astype(float),
            "Intérêt (sur 10)": 10 * actors["interest"].astype(float),
            "Case": actors["quadrant"].map(labels),
            "À la limite": np.where(actors["border"].astype(bool), "oui", "non"),
            "Ce que cela demande": actors["call"],
        }
    ).reset_index(drop=True)


_READING = [
    "Ce que montre la figure. Où le groupe place chaque acteur aujourd’hui, et ce que sa place demande. "
    "Un signe vide est à la limite de deux cases : discutez-en. "
    "Des acteurs à la même place sont posés côte à côte.",
    "Ce qu’elle ne montre pas. Ce que les acteurs en diraient eux-mêmes, ni qui manque à la table. "
    "La carte est un point de départ, pas un verdict.",
]
