"""A drawing of words and boxes, measured in inches from its top left, as tall as what it holds."""

from __future__ import annotations

from typing import Any

from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Rectangle

from territ_kit.charts import live
from territ_kit.charts.pen import Pen, Point
from territ_kit.charts.style import EDGE, INK, WIDTHS, Size, new_figure, style, text_width, wrap

LINE = 0.18  # inches between two lines of 10 pt


class Sheet:
    """A sheet of paper that is wiped and drawn again.

    Parameters
    ----------
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(self, size: Size) -> None:
        self.size, self.phone, self.width = size, size == "phone", WIDTHS[size]
        self.figure = new_figure(self.width, 1.0)
        with style():
            self._axes = self.figure.add_axes((0, 0, 1, 1))
        self._axes.set_axis_off()
        self.pen = Pen(self._axes)

    def end(self, height: float) -> None:
        """Cut the paper `height` inches from its top."""
        self.figure.set_size_inches(self.width, height)
        self._axes.set(xlim=(0, self.width), ylim=(height, 0))

    def png(self, density: float = 2) -> bytes:
        """Return the picture of the last `show`, at `density` pixels for one of the page."""
        self.figure.set_dpi(96 * density)
        return live.draw(self.figure)

    def say(self, x: float, y: float, words: str, **how: Any) -> None:
        """Write one line in ink from a point, its middle at that height, unless told otherwise."""
        self.pen.say(x, y, words, **{"ha": "left", "va": "center", "color": INK, **how})

    def lines(self, x: float, top: float, words: str, width: float, **how: Any) -> float:
        """Write words on as many lines as they need; return where they end."""
        size, weight = how.get("size", 10), how.get("weight", "normal")
        # Bold is a little wider than what `wrap` measures.
        room = width * (0.94 if weight == "bold" else 1.0)
        for line in wrap(words, room, size).split("\n"):
            self.say(x, top + LINE / 2, line, **how)
            top += LINE * size / 10
        return top

    def tile(
        self, x: float, y: float, width: float, height: float, face: str, *, round_: bool = False, **how: Any
    ) -> None:
        """Draw a box from its top left."""
        how = {"facecolor": face, "edgecolor": EDGE, "linewidth": 0.9, "zorder": 1.5, **how}
        if round_:
            box = "round,pad=0,rounding_size=0.06"
            self.pen.add(FancyBboxPatch((x, y), width, height, boxstyle=box, **how))
        else:
            self.pen.add(Rectangle((x, y), width, height, **how))

    def path(self, points: list[Point], **how: Any) -> None:
        """Draw a line through points."""
        x, y = zip(*points, strict=True)
        self.pen.add(Line2D(x, y, **{"color": EDGE, "linewidth": 1.3, "zorder": 1, **how}))


def lines_of(words: str, width: float, size: float = 10) -> int:
    """Return how many lines words take."""
    return wrap(words, width, size).count("\n") + 1


def shorten(words: str, width: float, size: float = 10, weight: str = "normal") -> str:
    """Return words cut to one line of `width` inches, between two words where possible."""
    if text_width(words, size, weight) <= width:
        return words
    kept = words
    while kept and text_width(f"{kept}…", size, weight) > width:
        kept = kept.rpartition(" ")[0] if " " in kept else kept[:-1]
    return f"{kept.rstrip(' ,.;:·')}…"
