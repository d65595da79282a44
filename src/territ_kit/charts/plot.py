"""A pair of axes that follows its controls, and the words laid around it in inches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter
from numpy.typing import ArrayLike, NDArray

from territ_kit.charts.label import Label
from territ_kit.charts.live import Live
from territ_kit.charts.style import INK_2, PAPER, WIDTHS, Size, in_figure, new_figure, style, text_width, wrap
from territ_kit.charts.subject import sentence
from territ_kit.french import fr

Point = tuple[float, float]
Box = tuple[float, float, float, float]
LINE = 0.18  # inches between two lines of text


class Margins(NamedTuple):
    """Inches around the axes."""

    left: float
    right: float
    head: float
    foot: float


class Words(Artist):
    """Labels laid in inches from the bottom left of the figure, drawn and wiped together."""

    def __init__(self, figure: Figure) -> None:
        super().__init__()
        self.set_figure(figure)
        self.set_zorder(8)
        self._figure = figure
        self.labels: list[Label] = []

    def wipe(self) -> None:
        """Remove all words."""
        self.labels = []

    def say(self, x: float, y: float, words: str, *, over: bool = False, **how: Any) -> None:
        """Write words centred on a point unless told otherwise; `over` hides the lines behind them."""
        label = Label(x, y, in_figure(words), **{"ha": "center", "va": "center", "size": 10, **how})
        label.set_figure(self._figure)
        label.set_transform(self._figure.dpi_scale_trans)
        if over:
            label.background = to_rgba(PAPER, 0.88)
        self.labels.append(label)

    def draw(self, renderer: RendererBase) -> None:
        """Draw the words."""
        for label in self.labels:
            label.draw(renderer)


class Plot:
    """A figure of one pair of axes: its fixed part is drawn once, its artists and words move.

    Parameters
    ----------
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    height : float
        Of the axes, in inches.
    margins : Margins
        With one line of words above the axes, one under, and no note.
    """

    def __init__(self, size: Size, height: float, margins: Margins) -> None:
        self.size = size
        self.phone = size == "phone"
        self.margins = margins
        self.width, self.height = WIDTHS[size] - margins.left - margins.right, height
        self.figure = new_figure(WIDTHS[size], margins.head + height + margins.foot)
        self._scaled: object = None
        with style():
            self.axes = self.figure.add_axes((0, 0, 1, 1))
            self.words = Words(self.figure)
            self.axes.add_artist(self.words)
        self._fit(margins.foot, margins.head + height + margins.foot)

    def png(self, density: float = 2) -> bytes:
        """Return the picture of the last `show`, fast, at `density` pixels for one of the page."""
        self.figure.set_dpi(96 * density)
        return self._live.draw()

    def in_french(self) -> None:
        """Write the numbers of both axes in French (a new scale undoes it)."""
        for axis in (self.axes.xaxis, self.axes.yaxis):
            axis.set_major_formatter(FuncFormatter(lambda value, _: tick(value)))

    def follow(self, moving: Iterable[Artist]) -> None:
        """Say which artists move; the words always do."""
        self._live = Live(self.figure, [*moving, self.words])

    def inches(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.float64]:
        """Return where data lie, in inches from the bottom left of the figure: shape (n, 2)."""
        points = np.column_stack([np.atleast_1d(x), np.atleast_1d(y)]).astype(float)
        return np.asarray(self.axes.transData.transform(points) / self.figure.dpi)

    @property
    def room(self) -> Box:
        """The box of the axes, in inches: left, bottom, right, top."""
        left, bottom = self.margins.left, self._foot
        return left, bottom, left + self.width, bottom + self.height

    def surround(self, above: str, under: str, *notes: str) -> None:
        """Wipe the words, write what each axis measures and notes at the foot, and make room for them."""
        width = self.figure.get_figwidth()
        above, under = (wrap(sentence(words), width - 0.2, 10) for words in (above, under))
        lines = [line for note in notes if note for line in wrap(note, width - 0.2, 10).split("\n")]
        head = self.margins.head + LINE * above.count("\n")
        foot = self.margins.foot + LINE * (under.count("\n") + len(lines)) + 0.08 * bool(lines)
        self._fit(foot, foot + self.height + head)
        self.words.wipe()
        top = foot + self.height + head - 0.06
        self.words.say(0.08, top, above, ha="left", va="top", color=INK_2, linespacing=1.15)
        left, _, right, _ = self.room
        half = max(text_width(line, 10) for line in under.split("\n")) / 2 + 0.08
        centre = min(max((left + right) / 2, half), width - half)
        self.words.say(centre, foot - 0.32, under, va="top", color=INK_2, linespacing=1.15)
        for place, line in enumerate(reversed(lines)):
            self.words.say(0.08, 0.08 + LINE * place, line, ha="left", va="bottom", color=INK_2)

    def _fit(self, foot: float, height: float) -> None:
        """Give the figure its height, and the axes their place in it."""
        width = self.figure.get_figwidth()
        self._foot = foot
        self.figure.set_size_inches(width, height)
        self.axes.set_position(
            (self.margins.left / width, foot / height, self.width / width, self.height / height)
        )

    def say_nothing(self, words: str) -> None:
        """Say in the middle of the axes why they are empty."""
        left, bottom, right, top = self.room
        self.words.say((left + right) / 2, (bottom + top) / 2, words, over=True, color=INK_2)

    def scale_y(self, values: Sequence[float], subject: object) -> None:
        """Choose limits that hold these values; those of the same subject stay while they serve."""
        low, high = min(values), max(values)
        room = 0.08 * (high - low or abs(high) or 1)
        start = 0.0 if 0 <= low < 0.35 * high else low - room
        end = high + room
        if subject != self._scaled or not holds(self.axes.get_ylim(), start, end):
            self._scaled = subject
            self.axes.set_ylim(start, end)


def tick(value: float) -> str:
    """Return a number under an axis: whole numbers have no decimals."""
    return in_figure(fr(value, 0 if value == round(value) else None))


def extent(values: list[float], lows: pd.Series[float], highs: pd.Series[float]) -> tuple[float, float]:
    """Return limits that hold all points, and all intervals unless a few long ones would flatten the rest."""
    if lows.empty:
        return min(values), max(values)
    most = min([*values, float(lows.quantile(0.1))]), max([*values, float(highs.quantile(0.9))])
    whole = min([*values, lows.min()]), max([*values, highs.max()])
    return whole if whole[1] - whole[0] <= 1.4 * (most[1] - most[0]) else most


def holds(limits: tuple[float, float], start: float, end: float) -> bool:
    """Tell whether limits can stay: they hold the figures, which fill half of them."""
    fits = limits[0] <= start + 0.01 * (end - start) and end <= limits[1] + 0.01 * (end - start)
    return bool(fits and end - start > 0.5 * (limits[1] - limits[0]))


def place_names(
    names: Sequence[str],
    points: Sequence[Point],
    room: Box,
    *,
    taken: Sequence[Box] = (),
    lines: NDArray[np.float64] | None = None,
) -> list[Point | None]:
    """Return the centre of each name beside its point, or None where it would cover something.

    Parameters
    ----------
    names : sequence of str
        The most important first; they are written in bold, 10 pt.
    points : sequence of (x, y)
        Where each name belongs, in inches.
    room : (left, bottom, right, top)
        No name leaves it.
    taken : sequence of boxes
        What no name may cover.
    lines : ndarray of shape (n, 2), optional
        Points of lines that names rather avoid.
    """
    busy = np.array([*taken, *[around(*point, 0.06, 0.06) for point in points]]).reshape(-1, 4)
    drawn = np.empty((0, 2)) if lines is None else lines
    found: list[Point | None] = []
    for name, (x, y) in zip(names, points, strict=True):
        width = text_width(name, 10, "bold")
        best: tuple[float, Point] | None = None
        for order, (across, up) in enumerate(_OFFSETS):
            centre = x + across * 0.13 + np.sign(across) * width / 2, y + up
            box = around(*centre, width / 2 + 0.02, 0.085)
            if not _inside(box, room) or _meets(box, busy):
                continue
            cost = order + 8 * _crossed(box, drawn)
            if best is None or cost < best[0]:
                best = cost, (float(centre[0]), float(centre[1]))
        found.append(best[1] if best else None)
        if best:
            busy = np.vstack([busy, around(*best[1], width / 2 + 0.03, 0.095)])
    return found


def free_spot(
    spots: Iterable[Point], half: Point, room: Box, taken: Sequence[Box], lines: NDArray[np.float64]
) -> Point | None:
    """Return the first centre of a box that neither leaves the room, nor meets what is taken, nor a line.

    Parameters
    ----------
    spots : sequence of (x, y)
        Centres to try, in inches.
    half : (width, height)
        Half of the size of the box.
    room, taken, lines
        As in `place_names`.
    """
    busy = np.array(taken).reshape(-1, 4)
    for x, y in spots:
        box = around(float(x), float(y), *half)
        if _inside(box, room) and not _meets(box, busy) and not _crossed(box, lines):
            return float(x), float(y)
    return None


# Beside, above and below, then a little further: sides across, inches up.
_OFFSETS = [
    (1, 0), (-1, 0), (0, 0.17), (0, -0.17), (1, 0.12), (-1, 0.12), (1, -0.12), (-1, -0.12),
    (1, 0.22), (-1, 0.22), (1, -0.22), (-1, -0.22), (0, 0.26), (0, -0.26),
    (1, 0.36), (-1, 0.36), (1, -0.36), (-1, -0.36), (0, 0.4), (0, -0.4),
]  # fmt: skip


def around(x: float, y: float, half_width: float, half_height: float) -> Box:
    """Return the box around a centre."""
    return x - half_width, y - half_height, x + half_width, y + half_height


def _inside(box: Box, room: Box) -> bool:
    return room[0] <= box[0] and room[1] <= box[1] and box[2] <= room[2] and box[3] <= room[3]


def _meets(box: Box, boxes: NDArray[np.float64]) -> bool:
    left, bottom, right, top = boxes.T
    return bool(((left < box[2]) & (right > box[0]) & (bottom < box[3]) & (top > box[1])).any())


def _crossed(box: Box, points: NDArray[np.float64]) -> bool:
    x, y = points.T
    return bool(((x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])).any())
