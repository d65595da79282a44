"""Map of access to care: what is within reach of each commune, where doctors are, who falls under a line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
import shapely
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch, Rectangle
from numpy.typing import NDArray

from territ_kit.charts import live
from territ_kit.charts.classes import breaks_through, class_names, classify
from territ_kit.charts.land import lay, to_path
from territ_kit.charts.land_map import MARGIN, LandMap
from territ_kit.charts.legend import LINE, draw_classes, draw_signs, draw_strip, stripes
from territ_kit.charts.pen import Point
from territ_kit.charts.picture import Picture
from territ_kit.charts.style import INK, INK_2, PAPER, WIDTHS, Size, new_figure, style, text_width
from territ_kit.charts.subject import WORDS, Subject, sentence
from territ_kit.french import NO_BREAK_SPACE, fr
from territ_kit.observation.reading import Reference

_DOCTORS = "Médecins (équivalents temps plein)"
_LARGEST: dict[Size, float] = {"wide": 0.46, "phone": 0.34}  # inches: side of the largest square
_ROOM = 0.03  # inches kept free around a square
_HEIGHT = 0.26  # inches: of the strip of the inhabitants


class AccessMap(LandMap):
    """A map of access that follows its controls: the land is laid once, the shades and signs move.

    Parameters
    ----------
    contours : dict
        GeoJSON FeatureCollection of the communes, property `code`.
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(self, contours: dict[str, Any], *, size: Size = "wide") -> None:
        self.size = size
        self._phone = size == "phone"
        land = lay(contours, None, WIDTHS[size] - 2 * MARGIN, 4.4)
        left = (WIDTHS[size] - land.width) / 2
        figure, names = new_figure(WIDTHS[size], land.height + 3), 2 if self._phone else 5
        with style():
            super().__init__(figure, land, left, around=left - 0.06, font=10, most_names=names)

    def show(
        self,
        rows: pd.DataFrame,
        subject: Subject,
        *,
        supply: pd.DataFrame,
        threshold: float,
        inhabitants: pd.Series[float] | None = None,
        highlight: str | None = None,
    ) -> Picture:
        """Shade the map with these rows, and return the picture with its words.

        Parameters
        ----------
        rows : DataFrame
            Rows of `read_reach`: `value` is what is within reach of one inhabitant, at least 0.
        subject : Subject
        supply : DataFrame
            Doctors, indexed by the code of their commune: `lon` and `lat` in the coordinates of the contours,
            `quantity` in full-time equivalents, more than 0.
        threshold : float
            In the unit of the subject; a commune at the threshold is not under it.
        inhabitants : Series, optional
            Of each commune, to share them out between the classes; the `base` of the rows when omitted.
        highlight : str, optional
            Code of the commune to outline.

        Notes
        -----
        The mean per inhabitant is always weighted by the `base` of the rows.
        """
        subject = replace(subject, reference=Reference(threshold, "threshold", "Seuil")).fitted(rows)
        people = rows["base"] if inhabitants is None else inhabitants.reindex(rows.index)
        found = _find(rows, people, threshold, subject)
        squares = self._squares(supply)
        self.avoid = shapely.union_all(squares).buffer(_ROOM) if squares else None
        with style():
            self.shade(rows, subject.kinds(rows), found.breaks)
            self.outline(highlight)
            self.name(rows, highlight)
            self._hatch(found.under)
            for square in squares:
                west, south, east, _ = square.bounds
                self._square((west, south), east - west)
            bottom = self._draw_strip(found, self._draw_legend(rows, found, supply))
        top = self.land.height + MARGIN
        self.figure.set_size_inches(self._width, top - bottom)  # the paper ends under the strip
        self.frame(bottom, top)
        return Picture(
            figure=self.figure,
            title=_title(found),
            alt=_alt(rows, found, supply),
            table=_table(rows, found, supply),
            reading=_reading(subject),
            note=f"{subject.note} {found.mean}".strip(),
            decimals=subject.decimals,
        )

    def png(self, density: float = 2) -> bytes:
        """Return the picture of the last `show`, at `density` pixels for one of the page."""
        self.figure.set_dpi(96 * density)
        return live.draw(self.figure)

    def _squares(self, supply: pd.DataFrame) -> list[Any]:
        """Return the squares of the doctors, largest first: a small one stays on top of a large one."""
        places = supply.sort_values("quantity", ascending=False, kind="stable")
        x, y = self.land.on_paper(places[["lon", "lat"]].to_numpy(dtype=float)).T
        half = self._sides(places["quantity"].to_numpy(dtype=float), supply) / 2
        return list(shapely.box(x - half, y - half, x + half, y + half))

    def _sides(self, quantities: NDArray[np.float64], supply: pd.DataFrame) -> NDArray[np.float64]:
        """Return the sides of squares whose areas are proportional to quantities, in inches."""
        return np.asarray(_LARGEST[self.size] * np.sqrt(quantities / float(supply["quantity"].max())))

    def _square(self, corner: Point, side: float) -> None:
        square = self.pen.add(Rectangle(corner, side, side, zorder=6))
        square.set(facecolor=PAPER, edgecolor=INK, linewidth=1.3)

    def _hatch(self, under: pd.DataFrame) -> None:
        """Hatch the communes under the threshold, but for the names, and outline them together."""
        lands = [self.land.communes[code] for code in under.index if code in self.land.communes]
        if not lands:
            return
        whole = shapely.union_all(lands).buffer(0.01).buffer(-0.01)
        self.pen.add(stripes(whole.difference(shapely.union_all(self._covered))))
        self.pen.add(PathPatch(to_path(whole), fill=False, edgecolor=INK, linewidth=2.2, zorder=4.2))

    def _draw_legend(self, rows: pd.DataFrame, found: _Found, supply: pd.DataFrame) -> float:
        """Draw the classes and the signs; return where they end (inches)."""
        left, top, subject = MARGIN - self._left, -0.2, found.subject
        width = self._width - 2 * MARGIN if self._phone else 3.9
        bottom = draw_strip(
            self.pen, (left, top), width, rows, subject, breaks=found.breaks, hatched=found.hatched
        )
        x, y = (left, bottom - 0.18) if self._phone else (left + 4.45, top - 0.08)
        if found.hatched:
            box = self.pen.add(Rectangle((x, y - 0.08), 0.26, 0.16))
            box.set(facecolor=PAPER, edgecolor=INK, linewidth=2.2)
            self.pen.add(stripes(shapely.box(x, y - 0.08, x + 0.26, y + 0.08)))
            self.pen.say(x + 0.36, y, f"Sous le seuil de {subject.number(found.threshold)}", ha="left")
            y -= LINE
        if len(supply):
            self.pen.say(x, y, _DOCTORS, ha="left")
            quantities = supply["quantity"]
            sizes = np.array(sorted({_rounded(quantities.median()), _rounded(quantities.max())}))
            sides = self._sides(sizes, supply)
            y -= 0.15 + sides.max()
            for size, side, across in zip(sizes, sides, (0.02, 0.75), strict=False):
                self._square((x + across, y), side)
                self.pen.say(x + across + side + 0.1, y + side / 2, fr(size), ha="left")
            y -= 0.16
        return min(bottom, draw_signs(self.pen, (x, y + 0.08), set(subject.kinds(rows))))

    def _draw_strip(self, found: _Found, top: float) -> float:
        """Share out the inhabitants between the classes; return where the strip ends (inches)."""
        shares = found.shares
        if not shares:
            return top
        left, width = MARGIN - self._left, self._width - 2 * MARGIN
        self.pen.say(left, top - 0.12, "Part des habitants dans chaque classe", ha="left", color=INK_2)
        y = top - 0.46 - _HEIGHT
        draw_classes(self.pen, (left, y), [share * width for share in shares], _HEIGHT, hatched=found.hatched)
        start = left
        for share in shares:
            words = _percent(share)
            if text_width(words) < share * width:
                self.pen.say(start + share * width / 2, y + _HEIGHT + 0.1, words, color=INK_2)
            start += share * width
        under = found.share_under
        if 0 < under < 1:
            x = left + under * width
            self.pen.add(Line2D([x, x], [y - 0.06, y + _HEIGHT], color=INK, linewidth=2.2, zorder=3))
        how = {"weight": "bold", "color": INK, "va": "top"}
        if under > 0:
            self.pen.say(left, y - 0.1, f"{_percent(under)} sous le seuil", ha="left", **how)
        words = f"{_percent(1 - under)} au seuil ou plus"
        taken = text_width(f"{_percent(under)} sous le seuil  {words}", 10, "bold")
        if under < 1 and taken < width:
            self.pen.say(left + width, y - 0.1, words, ha="right", **how)
        return y - 0.36


@dataclass(frozen=True, slots=True)
class _Found:
    """What the rows say: who is under the threshold, how the inhabitants share out between the classes."""

    subject: Subject
    threshold: float
    known: pd.DataFrame
    under: pd.DataFrame
    breaks: list[float]
    hatched: int
    shares: list[float]
    share_under: float
    mean: str

    @property
    def limit(self) -> str:
        """The threshold and its unit, in French."""
        return fr(self.threshold, self.subject.decimals, unit=self.subject.unit)


def _find(rows: pd.DataFrame, people: pd.Series[float], threshold: float, subject: Subject) -> _Found:
    known = rows[rows["value"].notna()].sort_values("value", kind="stable")
    under = known[known["value"] < threshold]
    breaks = breaks_through(known["value"].tolist(), threshold)
    places = classify(known["value"].tolist(), breaks)
    weights = people[known.index].to_numpy(dtype=float)
    hatched = int(places[len(under) - 1]) + 1 if len(under) else 0
    shares, share_under, mean = np.empty(0), 0.0, ""
    if len(known):
        shares = np.bincount(places, weights, minlength=len(breaks) + 1) / weights.sum()
        share_under = float(weights[: len(under)].sum() / weights.sum())
        mean = f"Moyenne par habitant : {subject.number(np.average(known['value'], weights=known['base']))}."
    return _Found(
        subject=subject,
        threshold=threshold,
        known=known,
        under=under,
        breaks=breaks,
        hatched=hatched,
        shares=shares.tolist(),
        share_under=share_under,
        mean=mean,
    )


def _title(found: _Found) -> str:
    """Return the finding."""
    if found.known.empty:
        return found.subject.title(found.known)
    if found.under.empty:
        return f"Aucun habitant n’est sous le seuil de {found.limit}"
    if len(found.under) == len(found.known):
        return f"Tous les habitants sont sous le seuil de {found.limit}"
    return f"{sentence(_percent(found.share_under))} des habitants sont sous le seuil de {found.limit}"


def _alt(rows: pd.DataFrame, found: _Found, supply: pd.DataFrame) -> str:
    """Return what the map says, with its figures."""
    subject = found.subject
    limit = f"sous le seuil de {subject.number(found.threshold)}"
    parts = [replace(subject, reference=None).alt(rows, drawing="Carte"), found.mean]
    if found.under.empty:
        parts.append(f"{sentence(limit)} : {subject.none}.")
    else:
        number, who = subject.nouns(len(found.under)), subject.some(found.under, with_figures=True)
        parts.append(
            f"{sentence(limit)} : {_percent(found.share_under)} des habitants, "
            f"{number} sur {len(found.known)}, {who}."
        )
    if found.breaks:
        classes = zip(class_names(found.breaks), found.shares, strict=True)
        said = " ; ".join(f"{name}, {_percent(share)}" for name, share in classes)
        parts.append(f"Part des habitants par classe : {said}.")
    if supply.empty:
        parts.append("Aucun médecin sur place.")
    else:
        most = supply.sort_values("quantity").iloc[-1]
        parts.append(
            f"{_DOCTORS} : {fr(supply['quantity'].sum())}, dans {subject.nouns(len(supply))} ; "
            f"le plus, {most['name']} ({fr(most['quantity'])})."
        )
    return " ".join(part for part in parts if part)


def _table(rows: pd.DataFrame, found: _Found, supply: pd.DataFrame) -> pd.DataFrame:
    """Return the communes, the least served first."""
    ranked = rows.sort_values("value", na_position="last", kind="stable")
    kinds = found.subject.kinds(ranked)
    under = np.where(ranked["value"] < found.threshold, "oui", "non")
    doctors = supply["quantity"].reindex(ranked.index, fill_value=0).astype(float)
    return pd.DataFrame(
        {
            "Commune": ranked["name"],
            sentence(found.subject.unit): ranked["value"].astype(float).round(found.subject.decimals),
            "Médecins sur place (équivalents temps plein)": doctors,
            "Sous le seuil": np.where(ranked["value"].notna(), under, kinds.map(WORDS)),
        }
    ).reset_index(drop=True)


def _reading(subject: Subject) -> list[str]:
    shown = (
        f"{subject.shows} Le calcul suppose une distance : au-delà, un médecin ne compte plus. "
        "Les hachures marquent les communes sous le seuil, la bande compte leurs habitants. "
        "Les pourcentages sont arrondis."
    )
    hidden = (
        f"{subject.hides} Les droits des patients n’entrent pas dans le calcul. "
        "Les médecins hors du territoire ne sont pas comptés : au bord, l’accès peut être meilleur."
    )
    return [f"Ce que montre la carte. {shown.strip()}", f"Ce qu’elle ne montre pas. {hidden.strip()}"]


def _percent(share: float) -> str:
    """Return a share in whole percents: a few inhabitants are not nobody."""
    percent = 100 * share
    if 0 < percent < 0.5:
        return f"moins de 1{NO_BREAK_SPACE}%"
    if 99.5 <= percent < 100:
        return f"plus de 99{NO_BREAK_SPACE}%"
    return fr(percent, 0, unit="%")


def _rounded(quantity: float) -> float:
    """Return the largest of 1, 2 and 5 times a power of ten that is not above a quantity."""
    power = 10.0 ** np.floor(np.log10(quantity))
    return float(max(digit * power for digit in (1, 2, 5) if digit * power <= quantity))
