"""A picture that leaves the page: its finding above it, its warning below."""

from __future__ import annotations

import io
from textwrap import wrap

from matplotlib.font_manager import FontProperties, findfont
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from territ_kit.charts.style import INK, INK_2, PAPER, SAND, in_figure, style

_MARGIN, _TITLE, _SMALL = 32, 30, 22  # pixels of the image, which is twice as dense as a screen


def framed(png: bytes, title: str, note: str, banner: str) -> bytes:
    """Return the PNG with its title and unit line on top and `banner` at the foot, also in its metadata."""
    drawing = Image.open(io.BytesIO(png)).convert("RGB")
    room = drawing.width - 2 * _MARGIN
    head = [
        *[(line, _font(_TITLE, bold=True), INK) for line in _lines(title, room, _TITLE)],
        *[(line, _font(_SMALL), INK_2) for line in _lines(note, room, _SMALL)],
    ]
    foot = [(line, _font(_SMALL, bold=True), INK) for line in _lines(banner, room, _SMALL)]
    above, below = _height(head), _height(foot)
    page = Image.new("RGB", (drawing.width, above + drawing.height + below), PAPER)
    page.paste(drawing, (0, above))
    pen = ImageDraw.Draw(page)
    pen.rectangle((0, above + drawing.height, page.width, page.height), fill=SAND)
    _write(pen, head, 0)
    _write(pen, foot, above + drawing.height)
    words = PngInfo()
    words.add_itxt("Title", title, lang="fr")
    words.add_itxt("Description", f"{note} {banner}", lang="fr")
    packed = io.BytesIO()
    page.quantize(256).save(packed, format="png", pnginfo=words, optimize=True)
    return packed.getvalue()


Line = tuple[str, ImageFont.FreeTypeFont, str]


def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    with style():
        return ImageFont.truetype(findfont(FontProperties(weight="bold" if bold else "normal")), size)


def _lines(text: str, room: int, size: int) -> list[str]:
    return wrap(in_figure(text), max(20, int(room / (size * 0.52))), break_on_hyphens=False)


def _height(lines: list[Line]) -> int:
    return round(sum(font.size * 1.35 for _, font, _ in lines)) + _MARGIN


def _write(pen: ImageDraw.ImageDraw, lines: list[Line], top: float) -> None:
    y = top + _MARGIN / 2
    for text, font, colour in lines:
        pen.text((_MARGIN, y), text, font=font, fill=colour)
        y += font.size * 1.35
