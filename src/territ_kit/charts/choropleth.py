"""Map of the communes: a shade for each class, a sign where a gap is sure, a hatch for what is not known."""

from __future__ import annotations

from typing import Any

import pandas as pd

from territ_kit.charts import live
from territ_kit.charts.classes import class_breaks, classes_in_words
from territ_kit.charts.land import lay
from territ_kit.charts.land_map import MARGIN, LandMap
from territ_kit.charts.legend import draw_signs, draw_strip
from territ_kit.charts.picture import Picture
from territ_kit.charts.style import WIDTHS, Size, new_figure, style
from territ_kit.charts.subject import CLEAR, Subject


class ChoroplethChart(LandMap):
    """A map that follows its controls: the land is laid once, the shades and words move.

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
        land = lay(contours, qpv, WIDTHS[size] - 2 * MARGIN, 4.4)
        left = (WIDTHS[size] - land.width) / 2
        figure = new_figure(WIDTHS[size], land.height + 2)
        font, most_names = (9.5, 3) if self._phone else (10.0, 5)
        with style():
            super().__init__(figure, land, left, around=left, font=font, most_names=most_names)

    def show(self, rows: pd.DataFrame, subject: Subject, *, highlight: str | None = None) -> Picture:
        """Shade the map with these rows, and return the picture with its words.

        Parameters
        ----------
        rows : DataFrame
            From `read_indicator` at the level of the communes.
        subject : Subject
        highlight : str, optional
            Code of the commune to outline.
        """
        subject = subject.fitted(rows)
        values = rows["value"].dropna()
        breaks = class_breaks(values.tolist())
        kinds = subject.kinds(rows)
        clear = [code for code in rows.index[kinds.isin(CLEAR)] if code in self._patches]
        with style():
            self.shade(rows, kinds, breaks)
            self.outline(highlight)
            self.name(rows, highlight)
            self.sign(clear)
            left, top = MARGIN - self._left, -0.2
            strip = self._width - 2 * MARGIN if self._phone else 3.9
            bottom = draw_strip(self.pen, (left, top), strip, rows, subject, breaks=breaks)
            corner = (left, bottom - 0.1) if self._phone else (left + 4.45, top)
            disc = f"Écart net avec {subject.reference.the}" if clear and subject.reference else ""
            end = draw_signs(self.pen, corner, set(kinds), quarters=bool(self.land.quarters), disc=disc)
        bottom, top = min(bottom, end) - 0.02, self.land.height + MARGIN
        self.figure.set_size_inches(self._width, top - bottom)  # the paper ends under the legend
        self.frame(bottom, top)
        classes = classes_in_words(values, breaks, subject.nouns)
        return Picture(
            figure=self.figure,
            title=subject.title(rows),
            alt=f"{subject.alt(rows, drawing='Carte')} {classes}".strip(),
            table=subject.table(rows.sort_values("value", ascending=False, na_position="last")),
            reading=_reading(subject, signed=bool(clear)),
            note=subject.note,
            decimals=subject.decimals,
        )

    def png(self, density: float = 2) -> bytes:
        """Return the picture of the last `show`, at `density` pixels for one of the page."""
        self.figure.set_dpi(96 * density)
        return live.draw(self.figure)


def choropleth(
    contours: dict[str, Any],
    rows: pd.DataFrame,
    subject: Subject,
    *,
    qpv: pd.DataFrame | None = None,
    size: Size = "wide",
    highlight: str | None = None,
) -> Picture:
    """Return one map that will not move; the parameters are those of `ChoroplethChart` and its `show`."""
    return ChoroplethChart(contours, qpv, size=size).show(rows, subject, highlight=highlight)


def _reading(subject: Subject, *, signed: bool) -> list[str]:
    shown = f"Ce que montre la carte. {subject.shows} Plus la couleur est foncée, plus la valeur est élevée."
    if signed and subject.reference:
        shown += f" Un point marque un écart net avec {subject.reference.the}."
    hides = "Une grande commune attire l’œil, même peu peuplée."
    return [shown.replace("  ", " "), f"Ce qu’elle ne montre pas. {subject.hides} {hides}".replace("  ", " ")]
