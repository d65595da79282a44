"""The Word document that the reports are written on."""

from __future__ import annotations

import io
import zipfile

import docx
import pandas as pd
import pytest
from docx.oxml.ns import qn
from PIL import Image

from territ_kit.charts.picture import Picture
from territ_kit.charts.style import new_figure
from territ_kit.report.paper import Paper


def png():
    stream = io.BytesIO()
    Image.new("RGB", (20, 10), "white").save(stream, format="png")
    return stream.getvalue()


def write():
    paper = Paper("Projet : essai", "Territoire fictif.", contents=True)
    paper.head("Diagnostic")
    paper.say("Une phrase : oui ?")
    paper.table(("Besoin", "Part (%)"), [("Droits", "12"), ("Soins", "31")], "Les besoins", numeric=(1,))
    paper.head("Détail", 2)
    paper.list(["un", "deux"])
    paper.sheet("Contenu", [("Pilote", "CCAS"), ("Public", "")])
    picture = Picture(
        new_figure(2, 1), "Un titre", "Ce que dit l’image.", pd.DataFrame(), ["Lire ainsi."], ""
    )
    paper.picture(picture, png())
    return paper.content()


@pytest.fixture(scope="module")
def reopened():
    return docx.Document(io.BytesIO(write()))


def test_headings_are_real_styles(reopened):
    styles = [
        (p.style.name, p.text) for p in reopened.paragraphs if p.style.name.startswith(("Title", "Head"))
    ]
    assert styles == [("Title", "Projet\u00a0: essai"), ("Heading 1", "Diagnostic"), ("Heading 2", "Détail")]


def test_the_contents_lead_to_the_headings(reopened):
    body = reopened.element.body
    anchors = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    marks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]
    assert anchors == marks
    assert len(marks) == 2
    assert any("TOC" in (code.text or "") for code in body.iter(qn("w:instrText")))


def test_a_header_row_is_repeated_and_the_table_has_a_name(reopened):
    table = reopened.tables[0]
    assert table.rows[0]._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Les besoins"


def test_what_is_empty_is_told(reopened):
    assert [cell.text for cell in reopened.tables[1].columns[1].cells] == ["Contenu", "CCAS", "À compléter"]


def test_a_picture_has_its_alternative_text(reopened):
    (shape,) = reopened.inline_shapes
    assert shape._inline.docPr.get("descr") == "Ce que dit l’image."


def test_the_document_is_in_french(reopened):
    language = reopened.styles["Normal"].element.rPr.find(qn("w:lang"))
    assert language.get(qn("w:val")) == "fr-FR"
    assert reopened.core_properties.title == "Projet\u00a0: essai"


def test_the_banner_stands_at_the_foot_of_each_page(reopened):
    assert "Territoire fictif." in reopened.sections[0].footer.paragraphs[0].text


def test_the_same_content_gives_the_same_bytes():
    assert write() == write()


def test_the_parts_of_the_file_are_all_there():
    assert zipfile.ZipFile(io.BytesIO(write())).testzip() is None
