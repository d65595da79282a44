"""Influence map: who weighs on the others, who depends on them, and the strongest links."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch
from numpy.typing import NDArray

from territ_kit.charts.actor_map import short_name
from territ_kit.charts.picture import Picture
from territ_kit.charts.plot import Box, Margins, Plot, Point, around, place_names
from territ_kit.charts.style import EDGE, INK, INK_2, PINE, Size, style, text_width
from territ_kit.consultation.influence import CONVENTION, PLACES, STRONG, Influence
from territ_kit.french import count, fr, listing

_BEND = 0.14
_CORNERS = {"dominant": (0, 1), "relais": (1, 1), "autonome": (0, 0), "dominé": (1, 0)}


class InfluenceMap(Plot):
    """An influence map that follows its controls: dependence across, influence upwards.

    Parameters
    ----------
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(self, *, size: Size = "wide") -> None:
        phone = size == "phone"
        margins = Margins(0.42, 0.16, 0.42, 0.62) if phone else Margins(0.46, 0.2, 0.42, 0.62)
        super().__init__(size, 3.9 if phone else 4.4, margins)
        with style():
            axes = self.axes
            axes.grid(visible=False)
            self.in_french()
            self._cuts = (
                axes.axhline(0, color=EDGE, linewidth=1.1),
                axes.axvline(0, color=EDGE, linewidth=1.1),
            )
            self._arrows: list[Any] = [
                axes.add_patch(
                    FancyArrowPatch(
                        (0, 0), (1, 1), arrowstyle="-|>", mutation_scale=13, shrinkA=6, shrinkB=7,
                        connectionstyle=f"arc3,rad={_BEND}", color=INK_2, linewidth=1.4, zorder=2,
                    )
                )
                for _ in range(3 if phone else 6)
            ]  # fmt: skip
            self._points = axes.scatter([], [], zorder=5, color=PINE, edgecolors="white", linewidths=1.2)
            self._points.set_clip_on(False)
            self._ring = Line2D([], [], ls="", marker="o", markersize=21, color="none", markeredgecolor=INK)
            self._ring.set(markeredgewidth=1.6, zorder=4)
            axes.add_line(self._ring)
        self.follow([*self._cuts, *self._arrows, self._ring, self._points])

    def show(self, links: Influence, names: pd.Series[str], *, highlight: str | None = None) -> Picture:
        """Move the actors, and return the picture with its words.

        Parameters
        ----------
        links : Influence
            From `consultation.influence.mactor`.
        names : Series by actor
        highlight : str, optional
            Actor to ring; the arrows are then those of this actor.
        """
        actors = links.actors.assign(name=names.reindex(links.actors.index).fillna("").astype(str))
        strongest = _strongest(links, highlight)
        shown = strongest[: len(self._arrows)]
        more = len(strongest) - len(shown)
        whose = "les plus fortes" if highlight is None else "fortes de l’acteur choisi, et sur lui"
        note = f"Flèches : les influences directes {whose} (3 ou 4 sur 4)."
        if more:
            note += f" {count(more, 'autre', 'autres')} dans le tableau."
        with style():
            self.surround("Influence sur les autres ↑", "Dépendance envers les autres →", note)
            self._scale(actors)
            self._move(actors, shown, highlight)
            self._write(actors, shown, highlight)
        return Picture(
            figure=self.figure,
            title=_title(actors),
            alt=_alt(actors, links, strongest),
            table=_table(actors, links),
            reading=_READING,
            note="Influences directes et indirectes, en points. Formule de MACTOR (Godet, 1991), à vérifier.",
            decimals=2,
        )

    def _scale(self, actors: pd.DataFrame) -> None:
        for column, limit in (("dependence", self.axes.set_xlim), ("influence", self.axes.set_ylim)):
            low, high = float(actors[column].min()), float(actors[column].max())
            room = 0.14 * (high - low or 1)
            limit(low - room, high + 1.3 * room)

    def _move(self, actors: pd.DataFrame, arrows: list[tuple[str, str]], highlight: str | None) -> None:
        across, up = self._cuts
        across.set_ydata([actors["influence"].mean()] * 2)
        up.set_xdata([actors["dependence"].mean()] * 2)
        places = actors[["dependence", "influence"]].astype(float)
        self._points.set_offsets(places.to_numpy())
        self._points.set_sizes((40 + 70 * actors["power"].clip(0, 3)).tolist())
        for arrow, pair in zip(self._arrows, [*arrows, *[None] * len(self._arrows)], strict=False):
            arrow.set_visible(pair is not None)
            if pair is not None:
                start, end = (tuple(places.loc[actor]) for actor in pair)
                arrow.set_positions(start, end)
        chosen = places[places.index == highlight]
        self._ring.set_data(chosen["dependence"], chosen["influence"])

    def _write(self, actors: pd.DataFrame, arrows: list[tuple[str, str]], highlight: str | None) -> None:
        left, bottom, right, top = self.room
        taken: list[Box] = []
        for words, (east, north) in _CORNERS.items():
            width = text_width(words, 10)
            x = right - 0.05 if east else left + 0.05
            y = top - 0.1 if north else bottom + 0.12
            self.words.say(x, y, words.capitalize(), ha="right" if east else "left", color=INK_2)
            taken.append(around(x - width / 2 if east else x + width / 2, y, width / 2 + 0.05, 0.1))
        first = actors.index == highlight
        order = pd.concat([actors[first], actors[~first].sort_values("rank", kind="stable")])
        order = order.head(10 if self.phone else 14)
        widest = 1.2 if self.phone else 2.1
        points: list[Point] = [
            (float(x), float(y)) for x, y in self.inches(order["dependence"], order["influence"])
        ]
        names = [short_name(name, widest) for name in order["name"]]
        curves = [self._curve(actors, pair) for pair in arrows]
        heads = [curve[-3] for curve in curves]
        taken += [around(float(x), float(y), 0.1, 0.1) for x, y in heads]
        discs = self.inches(actors["dependence"], actors["influence"])
        taken += [around(float(x), float(y), 0.09, 0.08) for x, y in discs]
        drawn = np.vstack(curves) if curves else None
        found = place_names(names, points, (left, bottom, right, top + 0.08), taken=taken, lines=drawn)
        for name, spot in zip(names, found, strict=True):
            if spot:
                self.words.say(*spot, name, weight="bold", over=True, color=INK)

    def _curve(self, actors: pd.DataFrame, pair: tuple[str, str]) -> NDArray[np.float64]:
        """Return points of an arrow, in inches: the curve that matplotlib draws."""
        start, end = self.inches(*(actors.loc[list(pair), axis] for axis in ("dependence", "influence")))
        across, up = end - start
        middle = (start + end) / 2 + _BEND * np.array([up, -across])
        along = np.linspace(0, 1, 24)[:, None]
        return np.asarray((1 - along) ** 2 * start + 2 * along * (1 - along) * middle + along**2 * end)


def _strongest(links: Influence, highlight: str | None) -> list[tuple[str, str]]:
    """Return the strong direct links, the strongest first; those of one actor when there is one."""
    power = links.actors["power"]
    pairs = [
        (int(links.direct.loc[source, target]), float(power[source]), source, target)
        for source in links.direct.index
        for target in links.direct.index
        if links.direct.loc[source, target] >= STRONG and highlight in {None, source, target}
    ]
    pairs.sort(key=lambda pair: pair[:2], reverse=True)
    return [(source, target) for _, _, source, target in pairs]


def _title(actors: pd.DataFrame) -> str:
    first = actors[actors["rank"] == 1]
    if len(first) == len(actors):
        return "Tous les acteurs ont le même rapport de force"
    names, times = listing(first["name"].tolist()), fr(float(first["power"].iloc[0]), 1)
    return f"Rapport de force le plus favorable : {names} ({times} fois la moyenne)"


def _alt(actors: pd.DataFrame, links: Influence, strongest: list[tuple[str, str]]) -> str:
    parts = [f"Plan de {count(len(actors), 'acteur')} : dépendance en largeur, influence en hauteur."]
    for place, meaning in PLACES.items():
        names = actors.loc[actors["place"] == place, "name"].tolist()
        if names:
            more = f" et {count(len(names) - 8, 'autre', 'autres')}" if len(names) > 8 else ""
            parts.append(f"{place.capitalize()} ({meaning}) : {', '.join(names[:8])}{more}.")
    named = actors["name"]
    said = [
        f"{named[source]} sur {named[target]} ({int(links.direct[target][source])})"
        for source, target in strongest[:6]
    ]
    if said:
        parts.append(f"Influences directes les plus fortes, sur 4 : {' ; '.join(said)}.")
    return " ".join(parts)


def _table(actors: pd.DataFrame, links: Influence) -> pd.DataFrame:
    named = actors["name"]
    targets = [
        ", ".join(
            named[target] for target in links.direct.columns if links.direct.loc[source, target] >= STRONG
        )
        for source in actors.index
    ]
    table = pd.DataFrame(
        {
            "Acteur": named,
            "Influence": actors["influence"],
            "Dépendance": actors["dependence"],
            "Rapport de force (1 = moyenne)": actors["power"].astype(float).round(2),
            "Place": actors["place"],
            "Pèse fortement sur": np.where(np.array(targets, dtype=object) == "", "personne", targets),
        }
    )
    return table.sort_values("Rapport de force (1 = moyenne)", ascending=False, kind="stable").reset_index(
        drop=True
    )


_READING = [
    "Ce que montre la figure. En haut, les acteurs qui pèsent sur les autres. À droite, ceux qui dépendent "
    "des autres. Plus le rond est grand, plus le rapport de force est favorable. "
    "Les deux traits gris sont les moyennes.",
    f"Ce qu’elle ne montre pas. Ce que les acteurs veulent, ni leur confiance. {CONVENTION}",
]
