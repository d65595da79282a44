"""A person's folder: one way in, and no way out of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territ_kit.errors import WorkspaceError
from territ_kit.workspace import Workspace


def test_opening_creates_the_folder(tmp_path):
    workspace = Workspace.open(tmp_path / "a" / "b")
    assert workspace.root.is_dir()


def test_each_exercise_has_a_folder_of_its_own(tmp_path):
    folder = Workspace.open(tmp_path).assignment_folder("02-observer")
    assert folder.is_dir()
    assert folder.is_relative_to(tmp_path)
    assert folder != Workspace.open(tmp_path).assignment_folder("03-diagnostiquer")


@pytest.mark.parametrize(
    "identifier", ["..", "../autre", "a/b", "a\\b", "", "/etc", "A", "a--b", "é", "x" * 65, "a\n", "."]
)
def test_an_exercise_that_could_lead_elsewhere_is_refused(tmp_path, identifier):
    with pytest.raises(WorkspaceError, match="n’est pas reconnu"):
        Workspace.open(tmp_path).assignment_folder(identifier)


def test_a_new_code_is_readable_and_accepted():
    code = Workspace.new_code()
    assert Workspace.read_code(code) == code
    assert not set(code) & set("ilo01ILO")


def test_codes_are_not_given_twice():
    assert len({Workspace.new_code() for _ in range(500)}) == 500


def test_a_code_dictated_with_capitals_and_spaces_is_understood():
    assert Workspace.read_code(" ABCD 2345 wxyz ") == "abcd-2345-wxyz"


@pytest.mark.parametrize(
    "code",
    [
        "",
        "..",
        "../../etc",
        "abcd-2345-wxy",
        "abcd-2345-wxyz-x",
        "abcd/2345/wxyz",
        "abcd-2345-wxy\x00",
        "a" * 200,
        "abcd-2345-wxyé",
        "abcd-2345-wxyi",
        "abcd_2345_wxyz",
        "abcd-2345-wxyz\n/",
    ],
)
def test_what_is_not_a_code_is_refused(tmp_path, code):
    with pytest.raises(WorkspaceError, match="n’est pas reconnu"):
        Workspace.of_person(tmp_path, code)


@settings(deadline=None)
@given(st.text())
def test_no_text_leads_out_of_the_folder_of_people(text):
    try:
        root = Workspace.of_person("salle", text).root
    except WorkspaceError:
        return
    assert root.parent == Path("salle").absolute() / "personnes"


def test_a_person_s_folder_that_is_a_link_is_refused(tmp_path):
    elsewhere = tmp_path / "ailleurs"
    elsewhere.mkdir()
    people = tmp_path / "salle" / "personnes"
    people.mkdir(parents=True)
    (people / "abcd-2345-wxyz").symlink_to(elsewhere)
    with pytest.raises(WorkspaceError, match="raccourci"):
        Workspace.of_person(tmp_path / "salle", "abcd-2345-wxyz")


def test_the_current_workspace_is_the_opened_folder(tmp_path):
    assert Workspace.current({"TERRIT_ESPACE": str(tmp_path)}).root == tmp_path


def test_in_a_room_the_current_workspace_is_the_person_s(tmp_path):
    environment = {"TERRIT_ESPACE": str(tmp_path), "HTTP_X_TERRIT_PERSONNE": "abcd-2345-wxyz"}
    assert Workspace.current(environment).root == tmp_path / "personnes" / "abcd-2345-wxyz"


def test_in_a_room_an_empty_code_never_opens_the_shared_folder(tmp_path):
    with pytest.raises(WorkspaceError, match="n’est pas reconnu"):
        Workspace.current({"TERRIT_ESPACE": str(tmp_path), "HTTP_X_TERRIT_PERSONNE": ""})


def test_without_an_opened_folder_the_person_is_told_what_to_run():
    with pytest.raises(WorkspaceError, match="territ start"):
        Workspace.current({})


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path):
    (tmp_path / "fichier").write_text("")
    with pytest.raises(WorkspaceError, match="ne peut pas être créé"):
        Workspace.open(tmp_path / "fichier")


def test_progress_stands_in_the_person_s_folder(tmp_path):
    assert Workspace(tmp_path).progress.parent == tmp_path


def test_each_territory_has_a_dossier_of_its_own(tmp_path):
    workspace = Workspace(tmp_path)
    assert workspace.dossier_of("port-ancelle") == tmp_path / "dossiers" / "port-ancelle.json"
    assert workspace.dossier_of("port-ancelle") != workspace.dossier_of("val-d-aubrelle")


@pytest.mark.parametrize(
    "territory", ["..", "../autre", "a/b", "a\\b", "", "A", "é", "x" * 65, "a\n", "a.json"]
)
def test_a_territory_that_could_lead_elsewhere_is_refused(tmp_path, territory):
    with pytest.raises(WorkspaceError, match="n’est pas reconnu"):
        Workspace(tmp_path).dossier_of(territory)
