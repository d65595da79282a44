"""The fast path: a picture that follows a control draws again only what moves."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from territ_kit.charts.style import palette, style


def encode(canvas: Any) -> bytes:
    """Return the drawn canvas as a PNG in our 256 colours, quickly rather than tightly packed."""
    picture = Image.frombuffer("RGBA", canvas.get_width_height(physical=True), canvas.buffer_rgba())
    packed = io.BytesIO()
    picture.convert("RGB").quantize(palette=_palette_image(), dither=Image.Dither.NONE).save(
        packed, format="png", compress_level=1
    )
    return packed.getvalue()


def draw(figure: Figure) -> bytes:
    """Draw a whole figure, moving artists included, and return its PNG."""
    canvas = _canvas(figure)
    with style():
        canvas.draw()
        moving = [artist for axes in figure.axes for artist in axes.get_children() if artist.get_animated()]
        for artist in sorted(moving, key=Artist.get_zorder):
            figure.draw_artist(artist)
    return encode(canvas)


class Live:
    """A figure whose fixed part is drawn once.

    Parameters
    ----------
    figure : Figure
        Built once, with fixed margins.
    moving : sequence of Artist
        All that may change, and all that lies above it. The rest is drawn again only when the limits of an
        axis or the size of the figure change, or when `refresh` says that something else did.
    """

    def __init__(self, figure: Figure, moving: Sequence[Artist]) -> None:
        self.figure = figure
        self.moving = sorted(moving, key=Artist.get_zorder)
        for artist in self.moving:
            artist.set_animated(True)
        self._canvas = _canvas(figure)
        self._background: object = None
        self._frame: tuple[object, ...] = ()

    def refresh(self) -> None:
        """Say that something fixed has changed: the next drawing is a whole one."""
        self._background = None

    def draw(self, update: Callable[[], object] | None = None) -> bytes:
        """Apply a change to the moving artists, and return the picture as a PNG."""
        if update:
            update()
        frame = self._limits()
        with style():
            if self._background is None or frame != self._frame:
                self._canvas.draw()
                self._background = self._canvas.copy_from_bbox(self.figure.bbox)
                self._frame = frame
            else:
                self._canvas.restore_region(self._background)
            for artist in self.moving:
                self.figure.draw_artist(artist)
        return encode(self._canvas)

    def _limits(self) -> tuple[object, ...]:
        axes = tuple(
            (*axis.get_xlim(), *axis.get_ylim(), *axis.get_position().bounds) for axis in self.figure.axes
        )
        return (*self.figure.get_size_inches(), self.figure.dpi, axes)


@cache
def _palette_image() -> Image.Image:
    image = Image.new("P", (1, 1))
    image.putpalette(palette())
    return image


def _canvas(figure: Figure) -> Any:  # matplotlib gives no types for this class
    canvas = figure.canvas
    return canvas if isinstance(canvas, FigureCanvasAgg) else FigureCanvasAgg(figure)
