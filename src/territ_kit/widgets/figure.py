"""A picture on the page: one message carries the image, its words and its table."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import pandas as pd
import traitlets

from territ_kit.charts.export import framed
from territ_kit.charts.picture import Picture
from territ_kit.exercises.reading import typeset
from territ_kit.widgets.style import stylesheet


class Figure(anywidget.AnyWidget):
    """Shows a `Picture`; offers its image, its table as xlsx and its data as csv, each marked by `banner`."""

    _esm = Path(__file__).with_suffix(".js")
    _css = stylesheet()

    png = traitlets.Bytes().tag(sync=True)
    width = traitlets.Int(710).tag(sync=True)
    height = traitlets.Int(380).tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    level = traitlets.Int(2).tag(sync=True)
    note = traitlets.Unicode().tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)
    reading: traitlets.List[str] = traitlets.List().tag(sync=True)
    table = traitlets.Dict().tag(sync=True)
    client_width = traitlets.Int(800).tag(sync=True)
    density = traitlets.Float(1.0).tag(sync=True)

    def __init__(self, banner: str = "", **traits: Any) -> None:
        super().__init__(**traits)
        self.banner = banner
        self.data = pd.DataFrame()
        self.draw: Callable[[float], bytes] = lambda _density: b""
        self.on_msg(lambda _widget, message, _buffers: self._download(message["download"]))

    @property
    def phone(self) -> bool:
        """Whether the picture must be the narrow drawing."""
        return self.client_width < 560

    def show(self, picture: Picture, draw: Callable[[float], bytes]) -> None:
        """Show `picture`, whose PNG is `draw(density)`: as fine as the screen here, finer in a download."""
        self.data, self.draw = picture.table, draw
        width, height = (round(inches * 96) for inches in picture.figure.get_size_inches())
        with self.hold_sync():
            self.png = draw(self.density)
            self.width, self.height = width, height
            self.title = typeset(picture.title)
            self.note = typeset(picture.note)
            self.alt = typeset(picture.alt)
            self.reading = [typeset(text) for text in picture.reading]
            self.table = table(picture)

    def _download(self, kind: str) -> None:
        content = {"png": self.image, "csv": self.csv, "xlsx": self.xlsx}[kind]()
        self.send({"kind": kind, "name": f"{slug(self.title)}.{kind}"}, buffers=[content])

    def image(self) -> bytes:
        """Return the picture as it may be shown elsewhere, with its title and the banner."""
        return framed(self.draw(2), self.title, self.note, self.banner)

    def csv(self) -> bytes:
        """Return the table as French spreadsheets read it: « ; », decimal comma, UTF-8 with its mark."""
        body = self.data.to_csv(index=False, sep=";", decimal=",", lineterminator="\r\n")
        return f"{self.banner}\r\n{body}".encode("utf-8-sig")

    def xlsx(self) -> bytes:
        """Return the table as a workbook."""
        import openpyxl  # noqa: PLC0415 # a fifth of a second that pages without a download need not pay
        from openpyxl.styles import Font  # noqa: PLC0415

        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = "Données"
        sheet.append([self.title])
        sheet.append([self.banner])
        sheet.append([])
        sheet.append(list(self.data.columns))
        for row in self.data.itertuples(index=False):
            sheet.append([None if pd.isna(cell) else cell for cell in row])
        for cell in (*sheet[1], *sheet[4]):
            cell.font = Font(bold=True)
        sheet.column_dimensions["A"].width = 34
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()


def table(picture: Picture) -> dict[str, Any]:
    """Return the picture's table as French text, ready to be shown."""
    data = picture.table
    return {
        "caption": picture.title,
        "columns": [str(name) for name in data.columns],
        "rows": picture.french_table().astype(str).to_numpy().tolist(),
        "numeric": [pd.api.types.is_numeric_dtype(data[name]) for name in data.columns],
    }


def slug(title: str) -> str:
    """Return a file name for `title`.

    Examples
    --------
    >>> slug("Voir un généraliste : plus difficile à l’ouest")
    'voir-un-generaliste-plus-difficile-a-l-ouest'
    """
    plain = unicodedata.normalize("NFKD", title.replace("’", " ")).encode("ascii", "ignore").decode()
    return "-".join("".join(c if c.isalnum() else " " for c in plain.lower()).split())[:60] or "figure"
