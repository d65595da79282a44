"""Words and signs laid on a drawing measured in inches, and wiped together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from territ_kit.charts.label import Label
from territ_kit.charts.style import INK, SAFFRON, in_figure

_Drawn = TypeVar("_Drawn", bound=Artist)
Point = tuple[float, float]


class Pen:
    """What is written on axes since the last wipe.

    Parameters
    ----------
    axes : Axes
        One unit is one inch.
    """

    def __init__(self, axes: Axes) -> None:
        self._axes = axes
        self._drawn: list[Artist] = []

    def wipe(self) -> None:
        """Remove all that this pen has drawn."""
        for artist in self._drawn:
            artist.remove()
        self._drawn = []

    def add(self, artist: _Drawn) -> _Drawn:
        """Draw an artist that is ready."""
        self._axes.add_artist(artist)
        artist.set_clip_on(False)
        self._drawn.append(artist)
        return artist

    def say(self, x: float, y: float, words: str, **how: Any) -> None:
        """Write words, centred on a point unless told otherwise."""
        self.add(Label(x, y, in_figure(words), **{"ha": "center", "va": "center", "size": 10, **how}))

    def points(self, points: Sequence[Point], colour: str) -> None:
        """Draw the small discs that mean a clear gap."""
        x, y = zip(*points, strict=True)
        self.add(Line2D(x, y, color=colour, marker="o", markersize=4, markeredgewidth=0, ls="", zorder=6))

    def diamonds(self, points: Sequence[Point]) -> None:
        """Draw the saffron diamonds of the priority quarters."""
        x, y = zip(*points, strict=True)
        sign = Line2D(x, y, color=SAFFRON, marker="D", markersize=6, ls="", zorder=6)
        sign.set(markeredgecolor=INK, markeredgewidth=1.2)
        self.add(sign)
