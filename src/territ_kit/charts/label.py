"""A text that is rasterised once: drawing words is what takes the longest in a moving picture."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

_Agg: Any = RendererAgg  # matplotlib gives no types for this class
_PAD = 3  # pixels of background around the words


class _Sprite(NamedTuple):
    """The pixels of one line of text (bottom row first), and its metrics in pixels."""

    pixels: NDArray[np.uint8]
    width: float
    below: float
    height: float
    descent: float


class Label(Text):
    """A matplotlib text whose single line is kept as pixels, with an optional background.

    Two labels on one row share a baseline whatever their accents. Text on several lines, or with path
    effects, is drawn by matplotlib as usual.
    """

    background: tuple[float, float, float, float] | None = None

    def draw(self, renderer: RendererBase) -> None:
        """Draw the label, from memory when these words were drawn before."""
        words = self.get_text()
        if not self.get_visible() or not words:
            return
        if "\n" in words or self.get_path_effects() or not isinstance(renderer, RendererAgg):
            super().draw(renderer)
            return
        sprite = _rasterise(
            words, self.get_fontproperties(), to_rgba(self.get_color()), self.background, renderer.dpi
        )
        x, y = self.get_transform().transform(self.get_position())
        left = x - sprite.width * {"left": 0.0, "center": 0.5, "right": 1.0}[self.get_horizontalalignment()]
        ascent = sprite.height - sprite.descent
        down = {
            "baseline": 0.0,
            "bottom": -sprite.descent,
            "top": ascent,
            "center": ascent - sprite.height / 2,
            "center_baseline": ascent / 2,
        }[self.get_verticalalignment()]
        context = renderer.new_gc()
        renderer.draw_image(context, round(left) - _PAD, round(y - down - sprite.below) - _PAD, sprite.pixels)
        context.restore()


@lru_cache(maxsize=4096)
def _rasterise(
    words: str,
    font: FontProperties,
    colour: tuple[float, float, float, float],
    background: tuple[float, float, float, float] | None,
    dpi: float,
) -> _Sprite:
    probe = _Agg(1, 1, dpi)
    width, height, descent = probe.get_text_width_height_descent(words, font, ismath=False)
    _, usual_height, usual_descent = probe.get_text_width_height_descent("lp", font, ismath=False)
    above, below = max(height - descent, usual_height - usual_descent), max(descent, usual_descent)
    across, down = int(np.ceil(width)) + 2 * _PAD, int(np.ceil(above + below)) + 2 * _PAD
    canvas = _Agg(across, down, dpi)
    context = canvas.new_gc()
    if background:
        context.set_linewidth(0)
        canvas.draw_path(context, Path.unit_rectangle(), Affine2D().scale(across, down), background)
    context.set_foreground(colour, isRGBA=True)
    canvas.draw_text(context, _PAD, down - _PAD - below, words, font, 0)
    pixels = np.array(canvas.buffer_rgba())[::-1]
    return _Sprite(pixels, width, below, usual_height, usual_descent)
