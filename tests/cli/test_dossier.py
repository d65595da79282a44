"""`territ dossier report`: documents beside what was there, never over it."""

from __future__ import annotations

from territ_kit.cli import main
from territ_kit.dossier import NEEDS, DossierFile, Need
from territ_kit.report import DOCUMENTS
from territ_kit.territory import load_case
from territ_kit.workspace import Workspace

PA = "port-ancelle"
NAMES = {document.file_name(load_case(PA)) for document in DOCUMENTS}


def test_the_example_is_written_without_any_work_of_one_s_own(tmp_path, capsys):
    assert (
        main(["dossier", "report", PA, str(tmp_path / "espace"), "--exemple", "--vers", str(tmp_path)]) == 0
    )
    assert {path.name for path in tmp_path.iterdir()} == NAMES
    assert capsys.readouterr().out.count("Écrit : ") == len(NAMES)


def test_one_s_own_dossier_is_written(tmp_path):
    path = Workspace.open(tmp_path).dossier_of(PA)
    DossierFile(path, PA, "Port-Ancelle").change(lambda dossier: NEEDS.put(dossier, Need(id="a", title="A")))
    assert main(["dossier", "report", PA, str(tmp_path), "--vers", str(tmp_path / "documents")]) == 0
    assert {one.name for one in (tmp_path / "documents").iterdir()} == NAMES


def test_a_document_that_changed_is_kept_aside(tmp_path):
    command = ["dossier", "report", PA, str(tmp_path), "--exemple", "--vers", str(tmp_path)]
    assert main(command) == 0
    note = tmp_path / f"note-{PA}.docx"
    note.write_bytes(b"annotated by hand")
    assert main(command) == 0
    assert (tmp_path / f"{note.name}.1.bak").read_bytes() == b"annotated by hand"
    assert main(command) == 0
    assert len(list(tmp_path.glob("*.bak"))) == 1


def test_without_a_dossier_the_person_is_told_what_to_do(tmp_path, capsys):
    assert main(["dossier", "report", PA, str(tmp_path)]) == 2
    assert "ajoutez « --exemple »" in capsys.readouterr().err.replace("\u00a0", " ")


def test_an_unknown_territory_is_told(tmp_path, capsys):
    assert main(["dossier", "report", "atlantide", str(tmp_path)]) == 2
    assert "atlantide" in capsys.readouterr().err
