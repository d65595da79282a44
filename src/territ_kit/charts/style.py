"""Colours, fonts and measures that every picture shares."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Literal

import matplotlib as mpl
import numpy as np
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from territ_kit.french import NO_BREAK_SPACE, THIN_SPACE

INK = "#14282B"
INK_2 = "#455A5D"
EDGE = "#6B7C7D"
GRID = "#E2E6DF"
PAPER = "#FFFFFF"
PINE = "#0A6661"
SAFFRON = "#F4B73B"
PALE_SAFFRON = "#FFF3D6"
SAND = "#F5F0E4"
# Darker is more; the ends of the diverging scale say less favourable (ochre) and more favourable (blue).
SEQUENTIAL = ("#C4DDC9", "#86BDB0", "#3F8F8F", "#0F5A66", "#0A2F42")
DIVERGING = ("#7A3208", "#C2743A", "#EBC49E", "#F3F1EA", "#A9CFDC", "#3F8BB0", "#0B4A72")
_OTHERS = (INK_2, EDGE, GRID, PINE, SAFFRON, PALE_SAFFRON, SAND)
CATEGORIES = ("#B35A16", "#0558D1", "#820D6E", "#107E7B", "#5C4620", "#494E50", "#4293C8", "#521421")

Size = Literal["wide", "phone"]
WIDTHS: dict[Size, float] = {"wide": 7.4, "phone": 3.36}


@cache
def _settings() -> dict[Any, Any]:
    """Read the style sheet and name an installed font outright (a missing one is a warning on stderr)."""
    settings = dict(
        mpl.rc_params_from_file(Path(__file__).with_name("territ.mplstyle"), use_default_template=False)
    )
    wanted = settings["font.sans-serif"]
    installed = set(font_manager.get_font_names())
    settings["font.family"] = next(name for name in wanted if name in installed)
    return settings


@contextmanager
def style() -> Iterator[None]:
    """Draw what is inside with the product's style; nothing outside changes."""
    with mpl.rc_context(_settings()):
        yield


def new_figure(width: float, height: float) -> Figure:
    """Return an empty figure of the product's style (inches), with a canvas of its own."""
    with style():
        figure = Figure(figsize=(width, height))
    FigureCanvasAgg(figure)
    return figure


def in_figure(text: str) -> str:
    """Return a text for a picture: the fonts of many machines have no thin no-break space."""
    return text.replace(THIN_SPACE, NO_BREAK_SPACE)


def wrap(text: str, width: float, size: float = 10.5) -> str:
    """Return a text broken into lines of at most `width` inches, between words."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        lines = [*lines[:-1], longer] if text_width(longer, size) <= width else [*lines, word]
    return "\n".join(line for line in lines if line)


@cache
def text_width(text: str, size: float = 10.5, weight: str = "normal") -> float:
    """Return the width of a line of text in inches (`size` in points)."""
    path = font_manager.findfont(
        font_manager.FontProperties(family=str(_settings()["font.family"]), weight=weight)
    )
    font = font_manager.get_font(path)
    font.set_size(size, 192)
    font.set_text(in_figure(text), 0)
    return float(font.get_width_height()[0]) / 64 / 192


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, in [0, 1] (WCAG 2)."""
    channels = np.array(to_rgb(colour))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21 (WCAG 2)."""
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def text_colour(background: str) -> str:
    """Return white or ink, whichever reads better over a background."""
    return max((PAPER, INK), key=lambda colour: contrast(colour, background))


@cache
def palette() -> bytes:
    """Return the 256 colours of a picture's PNG (RGB bytes): our colours, and their blends at the edges.

    A fixed palette keeps every picture small and quick to encode, and lets a moving picture bring in a colour
    that its first drawing did not have.
    """
    white, ink = np.array(to_rgb(PAPER)), np.array(to_rgb(INK))
    ours = [np.array(to_rgb(name)) for name in (*SEQUENTIAL, *DIVERGING, *CATEGORIES, *_OTHERS)]
    blends = [share * ink + (1 - share) * white for share in np.linspace(0.04, 0.96, 24)]
    blends += [
        share * one + (1 - share) * white for one in ours for share in (0.85, 0.7, 0.55, 0.4, 0.25, 0.12)
    ]
    blends += [share * ink + (1 - share) * one for one in ours for share in (0.33, 0.67)]
    table = [white, ink, *ours]
    for colour in blends:
        # A near double of a flat colour would take its place over whole surfaces.
        if len(table) < 256 and min(np.abs(np.array(table) - colour).max(axis=1)) > 0.03:
            table.append(colour)
    return bytes(np.rint(np.array(table) * 255).astype(np.uint8))
