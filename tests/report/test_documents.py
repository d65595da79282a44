"""The four documents of a dossier: what they say is what the dossier holds."""

from __future__ import annotations

import io
import re
from functools import cache
from itertools import pairwise

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from territ_kit.dossier import ACTIONS, NEEDS, Action, Need
from territ_kit.dossier.worked import worked
from territ_kit.french import fr
from territ_kit.planning.cofunding import programme_funding
from territ_kit.report import DOCUMENTS
from territ_kit.territory import list_cases, load_case

BY_NAME = {document.name: document for document in DOCUMENTS}
WORD = [document.name for document in DOCUMENTS if document.kind == "docx"]


@cache
def made(name, case):
    """Return a document of a worked dossier; making one takes a second."""
    return BY_NAME[name].make(worked(case), load_case(case))


def spaced(text):
    return re.sub(r"[\u00a0\u202f]", " ", text)


def opened(content):
    return docx.Document(io.BytesIO(content))


def words(document):
    """Return all that a Word document says."""
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return spaced("\n".join([paragraph.text for paragraph in document.paragraphs] + cells))


@pytest.fixture(scope="module")
def report(dossier, territory):
    return opened(made("rapport", "port-ancelle"))


@pytest.mark.parametrize("case", list_cases())
@pytest.mark.parametrize("name", BY_NAME)
def test_the_same_dossier_gives_the_same_document(case, name):
    assert BY_NAME[name].make(worked(case), load_case(case)) == made(name, case)


@pytest.mark.parametrize("name", BY_NAME)
def test_an_empty_dossier_gives_a_document_that_says_what_is_missing(name, empty, territory):
    content = BY_NAME[name].make(empty, territory)
    if name in WORD:
        assert re.search(r"À compléter|\[à compléter\]", words(opened(content)))
    else:
        assert openpyxl.load_workbook(io.BytesIO(content))["Besoins"].max_row == 2


@pytest.mark.parametrize("case", list_cases())
@pytest.mark.parametrize("name", WORD)
def test_every_table_has_a_header_row_and_every_picture_its_words(case, name):
    document = opened(made(name, case))
    for table in document.tables:
        assert table.rows[0]._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
    for shape in document.inline_shapes:
        assert len(shape._inline.docPr.get("descr")) > 40
    levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", WORD)
def test_every_document_says_that_the_territory_is_fictitious(name, territory):
    document = opened(made(name, "port-ancelle"))
    assert spaced(territory.banner) in words(document)
    assert spaced(territory.banner) in spaced(document.sections[0].footer.paragraphs[0].text)


def test_the_report_has_the_figures_of_the_dossier(report, dossier):
    said = words(report)
    for finding in dossier.observation.kept:
        assert spaced(finding.sentence) in said
    for need in dossier.diagnosis.needs:
        assert spaced(need.title) in said
    plan = programme_funding(dossier.programme, [one for one in dossier.programme.actions if one.chosen])
    assert spaced(plan.verdict()) in said
    assert spaced(fr(plan.cost_eur, 0)) in said


def test_the_report_gives_the_priorities_in_the_order_of_the_group(report, dossier):
    labels = {one.id: one.label for one in dossier.prioritisation.candidates}
    listed = [p.text for p in report.paragraphs if p.style.name == "List Number"]
    assert listed[: len(dossier.prioritisation.chosen)] == [
        labels[one] for one in dossier.prioritisation.chosen
    ]


def test_the_report_has_a_sheet_for_each_action_that_stays(report, dossier):
    heads = [p.text for p in report.paragraphs if p.style.name == "Heading 2"]
    for action in dossier.programme.actions:
        assert (action.title in heads) == action.chosen


def test_a_ceiling_is_said_to_be_one(report):
    assert "Région Normandie (au plus, à confirmer)" in words(report)


def test_the_report_draws_what_people_would_rather_look_at(report):
    assert len(report.inline_shapes) >= 8


def test_the_note_fits_one_page():
    document = opened(made("note", "port-ancelle"))
    assert len(words(document).split()) < 420
    assert "Désigner un élu référent." in words(document)


def test_the_framework_tells_the_law_from_what_is_to_be_agreed():
    said = words(opened(made("contrat-cadre", "port-ancelle")))
    assert "article L. 1434-10, IV" in said
    assert "[à compléter]" in said
    assert "Elle ne remplace pas une relecture juridique." in said


def test_the_workbook_holds_every_list(dossier, territory):
    book = openpyxl.load_workbook(io.BytesIO(made("tableaux", "port-ancelle")))
    assert book["Besoins"].max_row == 2 + len(dossier.diagnosis.needs)
    assert book["Actions"].max_row == 2 + len(dossier.programme.actions)
    assert [book[f"Vote {n}"].max_row - 2 for n in range(1, 1 + len(dossier.consultation.votes))] == [
        len(vote.ballots) for vote in dossier.consultation.votes
    ]
    assert spaced(book["Besoins"]["A1"].value) == spaced(territory.banner)
    assert book["Besoins"].freeze_panes == "B3"


def test_a_text_that_looks_like_a_formula_stays_a_text(empty, territory):
    dossier = NEEDS.put(empty, Need(id="x", title="=1+1"))
    book = openpyxl.load_workbook(io.BytesIO(BY_NAME["tableaux"].make(dossier, territory)))
    assert book["Besoins"]["B3"].value == "'=1+1"


def test_a_cell_without_words_is_empty():
    book = openpyxl.load_workbook(io.BytesIO(made("tableaux", "port-ancelle")))
    assert not [cell.coordinate for sheet in book for row in sheet for cell in row if cell.value in {"", "'"}]


def test_a_sheet_says_what_its_action_still_lacks(report):
    said = words(report)
    assert "Reste à trouver : 3 000 €" in said
    assert "Tout le territoire" in said


def test_a_programme_without_aim_says_so(empty, territory):
    dossier = ACTIONS.put(empty, Action(id="a", title="Ouvrir un guichet"))
    assert "aucun axe ni aucun objectif" in words(opened(BY_NAME["rapport"].make(dossier, territory)))


def test_a_report_is_made_whatever_stops_a_method(empty, territory):
    """One method that refuses says why; the rest of the report is there."""
    needs = [Need(id=f"n{n}", title=f"Besoin {n}", theme="acces-droits") for n in range(2)]
    dossier = empty
    for need in needs:
        dossier = NEEDS.put(dossier, need)
    said = words(opened(BY_NAME["rapport"].make(dossier, territory)))
    assert "Besoin 1" in said
    assert "Sources et méthode" in said
