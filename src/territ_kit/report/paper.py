"""A Word document with real styles, a table of contents, header rows and alternative texts.

The same content gives the same bytes: nothing of the day or of the machine goes into the file.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from territ_kit.charts.picture import Picture
from territ_kit.charts.style import INK, INK_2, PINE, SAND
from territ_kit.exercises.reading import typeset
from territ_kit.report.same import undated

FONT = "Arial"
PAGE_CM, MARGIN_CM = (21.0, 29.7), 2.0
ROOM_CM = PAGE_CM[0] - 2 * MARGIN_CM
_SIZES = {"Title": 26, "Heading 1": 18, "Heading 2": 14, "Heading 3": 12, "Caption": 9.5}


class Paper:
    """A document being written, from top to bottom.

    Parameters
    ----------
    title : str
    banner : str
        Said under the title and at the foot of each page.
    contents : bool
        Whether a table of contents stands after the title.
    """

    def __init__(self, title: str, banner: str, *, contents: bool = False) -> None:
        self.document = docx.Document()
        self.banner = typeset(banner)
        self._marks = 0
        self._headings: list[tuple[int, str, str]] = []
        self._dress(typeset(title))
        self.document.add_paragraph(typeset(title), style="Title")
        if banner:
            self.say(banner, bold=True)
        self._contents = self.document.add_paragraph() if contents else None

    # -- words

    def head(self, text: str, level: int = 1, *, new_page: bool = False) -> None:
        """Write a heading (levels 1 to 3)."""
        heading = self.document.add_heading(typeset(text), level)
        heading.paragraph_format.page_break_before = new_page
        self._marks += 1
        name = f"_titre{self._marks}"
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for mark in (start, end):
            mark.set(qn("w:id"), str(self._marks))
        start.set(qn("w:name"), name)
        heading._p.insert(1, start)  # after the paragraph's properties
        heading._p.append(end)
        self._headings.append((level, typeset(text), name))

    def say(self, text: str, *, bold: bool = False, style: str | None = None) -> None:
        """Write a paragraph, if there is something to say."""
        for line in filter(None, (part.strip() for part in text.split("\n"))):
            run = self.document.add_paragraph(style=style).add_run(typeset(line))
            run.bold = bold or None

    def list(self, items: Iterable[str], *, numbered: bool = False) -> None:
        """Write a list."""
        for item in items:
            self.say(item, style="List Number" if numbered else "List Bullet")

    def missing(self, text: str) -> None:
        """Say what the dossier does not hold yet: an empty part must not look like a finished one."""
        run = self.document.add_paragraph().add_run(typeset(f"À compléter : {text}"))
        run.italic = True
        run.font.color.rgb = _colour(INK_2)

    # -- tables and pictures

    def table(
        self,
        head: Sequence[str],
        rows: Iterable[Sequence[str]],
        caption: str = "",
        *,
        widths: Sequence[float] = (),
        numeric: Sequence[int] = (),
    ) -> None:
        """Write a table: its header row is repeated on each page, its first column names the rows.

        Parameters
        ----------
        widths : sequence of float
            Shares of the width; even when empty.
        numeric : sequence of int
            Columns aligned to the right.
        """
        lines = [[str(cell) for cell in row] for row in rows]
        if caption:
            self._caption(caption)
        made = self.document.add_table(1 + len(lines), len(head), style="Table Grid")
        made.alignment = WD_TABLE_ALIGNMENT.LEFT
        made.autofit = False
        shares = [share / sum(widths or [1] * len(head)) for share in (widths or [1] * len(head))]
        for place, (row, cells) in enumerate(zip(made.rows, [list(head), *lines], strict=True)):
            _keep_whole(row)
            for column, (cell, text, share) in enumerate(zip(row.cells, cells, shares, strict=True)):
                cell.width = Cm(ROOM_CM * share)
                self._fill(cell, text, bold=not place or not column, right=column in numeric)
                if not place:
                    _shade(cell)
        _repeat(made.rows[0])
        self._describe(made, caption)
        self.document.add_paragraph().paragraph_format.space_after = Pt(2)

    def sheet(self, title: str, rows: Iterable[tuple[str, str]]) -> None:
        """Write a sheet of two columns: what, and its answer; an empty answer is left to be written."""
        self.table(("Rubrique", title), [(what, said or "À compléter") for what, said in rows], widths=(3, 7))

    def picture(self, picture: Picture, png: bytes, *, width_cm: float = ROOM_CM) -> None:
        """Put a picture, its finding above it, its alternative text inside, how to read it below."""
        self._caption(picture.title)
        placed = self.document.add_picture(io.BytesIO(png), width=Cm(width_cm))
        placed._inline.docPr.set("descr", typeset(picture.alt))
        placed._inline.docPr.set("title", typeset(picture.title))
        placed._inline.docPr.set("name", f"Figure {placed._inline.docPr.id}")
        for text in (picture.note, *picture.reading):
            self.say(text, style="Body Text")

    # -- the file

    def content(self) -> bytes:
        """Return the file: the same bytes for the same content."""
        if self._contents is not None:
            self._write_contents(self._contents)
        stream = io.BytesIO()
        self.document.save(stream)
        return undated(stream)

    # -- below

    def _dress(self, title: str) -> None:
        document = self.document
        section = document.sections[0]
        section.page_width, section.page_height = Cm(PAGE_CM[0]), Cm(PAGE_CM[1])
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(section, side, Cm(MARGIN_CM))
        normal = document.styles["Normal"]
        normal.font.name, normal.font.size = FONT, Pt(10.5)
        normal.paragraph_format.space_after = Pt(6)
        properties = normal.element.get_or_add_rPr()
        language = OxmlElement("w:lang")
        for name in ("w:val", "w:eastAsia", "w:bidi"):
            language.set(qn(name), "fr-FR")
        properties.append(language)
        for name, size in _SIZES.items():
            style = document.styles[name]
            style.font.name, style.font.size, style.font.bold = FONT, Pt(size), True
            style.font.color.rgb = _colour(INK if name == "Caption" else PINE)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(theme), None)
            style.paragraph_format.keep_with_next = True
        document.styles["Body Text"].font.size = Pt(9.5)
        core = document.core_properties
        core.title, core.language, core.author, core.comments = title, "fr-FR", "territ_kit", self.banner
        core.last_modified_by, core.revision = "", 1
        foot = section.footer.paragraphs[0]
        foot.paragraph_format.tab_stops.add_tab_stop(Cm(ROOM_CM), WD_TAB_ALIGNMENT.RIGHT)
        said = foot.add_run(f"{self.banner}\t")
        said.font.size = Pt(8)
        _field(foot, "PAGE", "1")

    def _caption(self, text: str) -> None:
        self.document.add_paragraph(typeset(text), style="Caption")

    def _fill(self, cell: Any, text: str, *, bold: bool, right: bool) -> None:
        for place, line in enumerate(text.split("\n")):
            paragraph = cell.paragraphs[0] if not place else cell.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(1)
            if right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            run = paragraph.add_run(typeset(line))
            run.font.size = Pt(9.5)
            run.bold = bold or None

    def _describe(self, table: Any, caption: str) -> None:
        """Name the table for screen readers, and say which cells are headers."""
        properties = table._tbl.tblPr
        if caption:
            name = OxmlElement("w:tblCaption")
            name.set(qn("w:val"), typeset(caption))
            properties.append(name)
        look = properties.find(qn("w:tblLook"))
        if look is not None:
            for attribute, value in (("w:firstRow", "1"), ("w:firstColumn", "1"), ("w:noHBand", "1")):
                look.set(qn(attribute), value)

    def _write_contents(self, place: Any) -> None:
        """Write the contents as a field that Word can renew, filled already for those who cannot."""
        listed = [heading for heading in self._headings if heading[0] <= 2]
        after = place
        for number, (level, text, mark) in enumerate(listed):
            line = place if not number else Paragraph(_after(after._p), place._parent)
            after = line
            line.paragraph_format.left_indent = Cm(0.6 * (level - 1))
            line.paragraph_format.space_after = Pt(2)
            if not number:
                _part(line, "begin")
                code = OxmlElement("w:instrText")
                code.set(qn("xml:space"), "preserve")
                code.text = r' TOC \o "1-2" \h '
                line.add_run()._r.append(code)
                _part(line, "separate")
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), mark)
            link.append(line.add_run(text)._r)
            line._p.append(link)
            if number == len(listed) - 1:
                _part(line, "end")


def _after(paragraph: Any) -> Any:
    new = OxmlElement("w:p")
    paragraph.addnext(new)
    return new


def _part(paragraph: Any, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def _field(paragraph: Any, code: str, shown: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = paragraph.add_run(shown)
    run.font.size = Pt(8)
    field.append(run._r)
    paragraph._p.append(field)


def _repeat(row: Any) -> None:
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(head)


def _keep_whole(row: Any) -> None:
    whole = OxmlElement("w:cantSplit")
    whole.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(whole)


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", SAND.lstrip("#"))):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _colour(code: str) -> RGBColor:
    return RGBColor.from_string(code.lstrip("#"))
