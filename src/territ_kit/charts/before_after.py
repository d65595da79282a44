"""Two maps with the same classes: a raw indicator, and the same one smoothed."""

from __future__ import annotations

from typing import Any

import pandas as pd

from territ_kit.charts import live
from territ_kit.charts.classes import class_breaks, classify
from territ_kit.charts.land import lay
from territ_kit.charts.land_map import MARGIN, LandMap
from territ_kit.charts.legend import draw_signs, draw_strip
from territ_kit.charts.picture import Picture
from territ_kit.charts.style import INK, WIDTHS, Size, new_figure, style
from territ_kit.charts.subject import Subject, sentence

BEFORE, AFTER = "Avant lissage", "Après lissage"
_HEAD, _GAP = 0.4, 0.3  # inches: title of a map, room between two
_FEWEST_CLASSES = 3


class BeforeAfterMap:
    """Two maps that follow their controls: side by side, or one above the other on a phone.

    Parameters
    ----------
    contours : dict
        GeoJSON FeatureCollection of the communes, property `code`.
    qpv : DataFrame, optional
        Priority quarters: columns `lon` and `lat`.
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(
        self, contours: dict[str, Any], qpv: pd.DataFrame | None = None, *, size: Size = "wide"
    ) -> None:
        self.size = size
        self._phone = size == "phone"
        width = WIDTHS[size]
        room = width - 2 * MARGIN
        across = room if self._phone else (room - _GAP) / 2
        land = lay(contours, qpv, across, 3.2)
        self.figure = new_figure(width, 2 * land.height)
        left = MARGIN + (across - land.width) / 2
        # Where the second map lies from the first: to its right, or under it.
        self._shift = (0.0, land.height + _HEAD) if self._phone else (across + _GAP, 0.0)
        self.land = land
        with style():
            self._maps = [
                LandMap(self.figure, land, left + shift, around=MARGIN, font=10, most_names=3)
                for shift in (0.0, self._shift[0])
            ]
        self._left = left

    def show(
        self, before: pd.DataFrame, after: pd.DataFrame, subject: Subject, *, highlight: str | None = None
    ) -> Picture:
        """Shade both maps, and return the picture with its words.

        Parameters
        ----------
        before, after : DataFrame
            Rows of `read_indicator` for the same communes; `after` has the smoothed values.
        subject : Subject
        highlight : str, optional
            Code of the commune to outline.
        """
        breaks = class_breaks(before["value"].dropna().tolist())
        pairs = _compare(before, after, breaks)
        moved = [code for code in pairs.index[pairs["moved"]] if code in self.land.communes]
        with style():
            for one, rows, title in zip(self._maps, (before, after), (BEFORE, AFTER), strict=True):
                one.shade(rows, subject.kinds(rows), breaks)
                one.outline(highlight)
                one.name(before, highlight)
                middle, above = self.land.width / 2, self.land.height + 0.2
                one.pen.say(middle, above, title, weight="bold", size=11.5, color=INK)
            self._maps[1].sign(moved)
            self._legend(before, subject, breaks, moved=bool(moved))
        return Picture(
            figure=self.figure,
            title=f"{subject.label} : {_finding(pairs, breaks, subject)}",
            alt=_alt(before, pairs, subject),
            table=_table(before, after, pairs, subject),
            reading=_reading(subject),
            note=subject.note,
            decimals=subject.decimals,
        )

    def png(self, density: float = 2) -> bytes:
        """Return the picture of the last `show`, at `density` pixels for one of the page."""
        self.figure.set_dpi(96 * density)
        return live.draw(self.figure)

    def _legend(self, rows: pd.DataFrame, subject: Subject, breaks: list[float], *, moved: bool) -> None:
        """Draw one legend under both maps, and end the paper there."""
        lowest = self._maps[1 if self._phone else 0]
        left, top = MARGIN - self._left, -0.2
        strip = self.figure.get_figwidth() - 2 * MARGIN if self._phone else 3.9
        bottom = draw_strip(lowest.pen, (left, top), strip, rows, subject, breaks=breaks)
        corner = (left, bottom - 0.1) if self._phone else (left + 4.45, top)
        disc = "Change de classe" if moved else ""
        kinds, quarters = set(subject.kinds(rows)), bool(self.land.quarters)
        end = draw_signs(lowest.pen, corner, kinds, quarters=quarters, disc=disc)
        bottom, top = min(bottom, end) - 0.02, self.land.height + _HEAD
        down = self._shift[1]
        self.figure.set_size_inches(self.figure.get_figwidth(), top + down - bottom)
        self._maps[0].frame(bottom - down, top)
        self._maps[1].frame(bottom, top + down)


def _compare(before: pd.DataFrame, after: pd.DataFrame, breaks: list[float]) -> pd.DataFrame:
    """Return the communes known both times: values, whether they changed class, were and stay extreme."""
    pairs = before[["name"]].assign(before=before["value"], after=after["value"]).dropna()
    first, second = (classify(pairs[column].tolist(), breaks) for column in ("before", "after"))
    last = len(breaks)
    return pairs.assign(
        moved=first != second,
        extreme=(first == 0) | (first == last),
        still=(second == 0) | (second == last),
    )


def _finding(pairs: pd.DataFrame, breaks: list[float], subject: Subject) -> str:
    if len(breaks) + 1 < _FEWEST_CLASSES:
        return "trop peu de chiffres pour montrer ce que fait le lissage"
    extreme = pairs[pairs["extreme"]]
    joined = int((~extreme["still"]).sum())
    if not joined:
        return f"après lissage, {subject.none} extrême ne cesse de l’être"
    ceased = "extrême sur {} ne l’est plus" if joined == 1 else "extrêmes sur {} ne le sont plus"
    return f"après lissage, {subject.nouns(joined)} {ceased.format(len(extreme))}"


def _alt(before: pd.DataFrame, pairs: pd.DataFrame, subject: Subject) -> str:
    who = f"{subject.nouns(len(before))}, {subject.label} ({subject.unit})"
    parts = [f"Deux cartes, avant et après lissage : {who}."]
    for words, column in ((BEFORE, "before"), (AFTER, "after")) if len(pairs) else ():
        low, high = pairs[column].min(), pairs[column].max()
        parts.append(f"{words} : de {subject.number(low)} à {subject.number(high)}.")
    gaps = (pairs["after"] - pairs["before"]).abs().sort_values(ascending=False, kind="stable")
    changes = []
    for code in gaps.index[:3]:
        name, old, new = (pairs.loc[code, column] for column in ("name", "before", "after"))
        if subject.number(old) != subject.number(new):
            changes.append(f"{name}, de {subject.number(old)} à {subject.number(new)}")
    if changes:
        parts.append(f"Plus grands changements : {' ; '.join(changes)}.")
    moved = int(pairs["moved"].sum())
    who = subject.nouns(moved) if moved else sentence(subject.none)
    parts.append(f"{who} {'changent' if moved > 1 else 'change' if moved else 'ne change'} de classe.")
    return " ".join([*parts, subject.absent(before)]).strip()


def _table(before: pd.DataFrame, after: pd.DataFrame, pairs: pd.DataFrame, subject: Subject) -> pd.DataFrame:
    table = subject.table(before).set_axis(before.index)
    value = table.columns[1]
    table = table.rename(columns={value: f"{BEFORE} ({subject.unit})"})
    table.insert(2, f"{AFTER} ({subject.unit})", after["value"].astype(float).round(subject.decimals))
    words = pairs["moved"].map({True: "change de classe", False: "même classe"})
    table["Lecture"] = words.reindex(before.index).fillna(table["Lecture"])
    order = before["value"].sort_values(ascending=False, na_position="last", kind="stable").index
    table = table.drop(columns=["Intervalle : de", "Intervalle : à"])
    return table.loc[order].reset_index(drop=True)


def _reading(subject: Subject) -> list[str]:
    shown = (
        f"Ce que montre la figure. {subject.shows} Le lissage rapproche chaque valeur de la moyenne. "
        "Cette moyenne est celle du territoire, ou des communes voisines, selon votre choix. "
        "Il le fait d’autant plus que le nombre de personnes est petit. "
        "Les deux cartes ont les mêmes classes ; un point marque un changement de classe. "
        "Est dite extrême une valeur de la classe la plus claire ou la plus foncée, avant lissage."
    )
    hidden = (
        f"Ce qu’elle ne montre pas. {subject.hides} "
        "Le lissage atténue le hasard, mais aussi de vrais écarts. "
        "Une valeur lissée est une estimation : ne la publiez jamais comme un chiffre observé."
    )
    return [text.replace("  ", " ") for text in (shown, hidden)]
