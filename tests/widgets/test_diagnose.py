"""The page « Diagnostiquer » without a browser: each task reads the dossier, changes it, says what it is."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from territ_kit.dossier import CELLS, NEEDS, SWOT, TREE, VOICES, Evidence, Finding, Need, Statement
from territ_kit.dossier.worked import STEPS, worked
from territ_kit.dossier.worked import fill as fill_with
from territ_kit.territory import list_cases
from territ_kit.widgets.diagnose import TASKS
from territ_kit.widgets.diagnose.tables import read_again
from territ_kit.widgets.steps import board as make_board
from territ_kit.workspace import Workspace

PA = "port-ancelle"
PHARE_NORD = "acces-droits--QNX103M"


@pytest.fixture
def page(tmp_path):
    made = make_board("diagnostiquer", PA)
    made.keep_in(Workspace.open(tmp_path))
    return made


def task(page, name):
    page.restore({"task": name})
    return page.tasks[name]


def change(form, **values):
    """Move controls as a person does: one after another."""
    for name, value in values.items():
        wrapped = {name: value} if isinstance(value, str) and _kind(form, name) == "text" else value
        form.value = {**form.value, name: wrapped}


def _kind(form, name):
    return next(field["kind"] for field in form.spec if field["name"] == name)


def fields(form):
    return {field["name"]: field for field in form.spec}


def offered(form, name):
    return [option["id"] for option in fields(form)[name]["options"]]


def buttons(form):
    return {action["id"]: action["label"] for action in form.actions}


def shown(part):
    return part.layout.display != "none"


def needs(page):
    return NEEDS.of(page.desk.dossier)


@pytest.mark.parametrize(("case", "name"), list(product(list_cases(), [kind.id for kind in TASKS])))
def test_every_task_of_every_case_opens_on_an_empty_dossier(case, name):
    opened = task(make_board("diagnostiquer", case), name)
    assert opened.label
    assert len(opened.lead.split()) <= 20
    if hasattr(opened, "figure") and shown(opened.figure):
        assert opened.figure.title
        assert len(opened.figure.alt) > 40
        assert opened.figure.png.startswith(b"\x89PNG")


def test_no_task_shows_more_than_six_controls_at_once(page):
    fill(page)
    for kind in TASKS:
        opened = task(page, kind.id)
        forms = [one for one in walk(opened.view) if hasattr(one, "spec") and shown(one)]
        visible = [field for form in forms for field in form.spec if not field.get("advanced")]
        assert len(visible) <= 8, kind.id  # two lists side by side, at most six in one
        assert all(len([f for f in form.spec if not f.get("advanced")]) <= 6 for form in forms)


def walk(view):
    yield view
    for child in getattr(view, "children", ()):
        if shown(child):
            yield from walk(child)


def fill(page):
    task(page, "croiser")._act("all")
    task(page, "paroles")._take()
    page.desk.put(TREE, Statement(id="p", text="Trop de renoncements", kind="problem"))
    page.desk.put(TREE, Statement(id="a", text="Rendez-vous en ligne seulement", kind="cause", under="p"))


# Profil


def test_the_profile_starts_where_a_mean_would_hide_the_gaps(page):
    profile = task(page, "profil")
    assert profile.choices["area"] == "QNX101M"
    assert "Surpeuplement" in profile.words.html


def test_a_crude_rate_is_left_to_its_sibling_at_equal_age(page):
    profile = task(page, "profil")
    change(profile.form, area="X1003")
    assert "mortalite-brute" not in profile.found.index
    assert "mortalite-standardisee" in profile.found.index


def test_a_clear_gap_becomes_a_need_with_its_figure(page):
    profile = task(page, "profil")
    change(profile.form, measure="sans-medecin-traitant")
    profile._act("keep")
    (need,) = needs(page)
    assert (need.theme, need.area, need.area_name) == ("acces-soins", "QNX101M", "Les Corvelles")
    assert need.evidence[0].kind == "figure"
    assert "indice 352" in need.evidence[0].text
    profile._act("keep")
    assert len(needs(page)[0].evidence) == 1


def test_findings_of_the_first_step_become_evidence_once(page):
    kept = Finding(
        indicator="non-recours-c2s", label="Non-recours à la C2S", level="qpv", area="QNX103M",
        area_name="Phare-Nord", sentence="Phare-Nord : 47 %.", source="CPAM", year="2023",
    )  # fmt: skip
    page.desk.change(lambda dossier: dossier.keep(kept))
    profile = task(page, "profil")
    assert buttons(profile.form)["take"] == "Reprendre 1 constat de l’étape Observer"
    profile._act("take")
    profile._act("take")
    (need,) = needs(page)
    assert [piece.of for piece in need.evidence] == [kept.id]


# Croiser


def test_the_grid_opens_on_the_first_blind_spot_with_its_reasons(page):
    crossing = task(page, "croiser")
    assert crossing.chosen == PHARE_NORD
    assert "un périmètre n’est pas une action" in crossing.words.html
    assert crossing.figure.title == "12 angles morts et 2 saturations sur 50 cases croisées"


def test_a_level_corrected_by_the_group_changes_the_reading_and_stays(page, tmp_path):
    crossing = task(page, "croiser")
    change(crossing.form, actions="medium")
    assert crossing.row["label"] == "réponse en place"
    assert crossing.figure.title.startswith("11 angles morts")
    again = make_board("diagnostiquer", PA)
    again.keep_in(Workspace.open(tmp_path))
    assert task(again, "croiser").grid.loc[PHARE_NORD, "label"] == "réponse en place"


def test_the_proposed_level_can_be_taken_back(page):
    crossing = task(page, "croiser")
    change(crossing.form, actions="medium")
    crossing._act("back")
    assert crossing.row["label"] == "angle mort"
    assert CELLS.of(page.desk.dossier) == ()


def test_another_cell_is_read_without_changing_anything(page):
    crossing = task(page, "croiser")
    change(crossing.form, zone="QNX101M")
    assert crossing.row["label"] == "saturation"
    assert page.desk.undoable == 0


def test_a_need_that_is_kept_follows_its_cell(page):
    crossing = task(page, "croiser")
    crossing._act("keep")
    (need,) = needs(page)
    assert (need.title, need.reading, need.kept) == ("Phare-Nord\u00a0: accès aux droits", "blind_spot", True)
    assert {piece.kind for piece in need.evidence} == {"figure", "action"}
    change(crossing.form, actions="high")
    assert needs(page)[0].reading == "saturation"
    crossing._act("drop")
    assert needs(page) == ()


def test_all_that_calls_for_something_is_kept_once(page):
    crossing = task(page, "croiser")
    assert buttons(crossing.form)["all"] == "Garder les 14 angles morts et saturations"
    crossing._act("keep")
    crossing._act("all")
    assert len(needs(page)) == 14
    assert "all" not in buttons(crossing.form)


def test_a_need_of_a_public_is_a_row_of_its_own(page):
    page.desk.put(
        NEEDS,
        Need(id="x", title="Apprentis", theme="acces-soins", public="Apprentis de 16 à 18 ans", need="high",
             resources="low", actions="none", reading="blind_spot"),
    )  # fmt: skip
    crossing = task(page, "croiser")
    assert "Apprentis de 16 à 18 ans" in offered(crossing.form, "zone")
    change(crossing.form, zone="Apprentis de 16 à 18 ans")
    assert crossing.row["label"] == "angle mort"
    assert len(crossing.grid) == 51


def test_a_commune_that_is_a_whole_zone_stands_for_it():
    page = make_board("diagnostiquer", "pays-de-brezonne")
    levels = {"need": "medium", "resources": "medium", "actions": "high"}
    page.desk.put(NEEDS, Need(id="x", title="Séances", theme="addictions", area="X2001", **levels))
    crossing = task(page, "croiser")
    assert len(crossing.grid) == 16
    change(crossing.form, zone="bourg-centre", theme="addictions")
    assert crossing.kept.id == "x"
    change(crossing.form, actions="low")
    assert needs(page)[0].actions == "low"


@pytest.mark.parametrize("case", list_cases())
def test_the_worked_dossier_is_read_by_every_task(case):
    page = make_board("diagnostiquer", case)
    example = worked(case)
    if example is None:
        pytest.skip(f"{case} has no worked dossier")
    page.desk.change(lambda dossier: fill_with(dossier, example, STEPS))
    for kind in TASKS:
        opened = task(page, kind.id)
        assert page.desk.said == ""
        if hasattr(opened, "figure"):
            assert opened.figure.title
    for need in needs(page):
        assert not need.reading or read_again(need).reading == need.reading


def test_a_territory_without_strata_nor_actions_says_what_to_do(page, monkeypatch):
    bare = replace(
        page.desk.territory, strata=page.desk.territory.strata[:0], actions=page.desk.territory.actions[:0]
    )
    monkeypatch.setattr(page.desk, "territory", bare)
    crossing = task(page, "croiser")
    assert "Écrivez un besoin" in crossing.form.status
    assert not shown(crossing.figure)


# Paroles


def test_the_voices_of_the_case_are_taken_once(page):
    voices = task(page, "paroles")
    assert buttons(voices.case) == {"take": "Reprendre 3 paroles du cas"}
    voices._take()
    assert [voice.way for voice in VOICES.of(page.desk.dossier)] == ["case"] * 3
    assert not shown(voices.case)


def test_themes_ticked_are_counted_by_kind_of_person(page):
    voices = task(page, "paroles")
    voices._take()
    change(voices.lines.editor, themes=["acces-droits"])
    assert VOICES.of(page.desk.dossier)[0].themes == ("acces-droits",)
    assert "Accès aux droits" in voices.summary.html
    assert "associations" in voices.summary.html


# Déterminants


def test_determinants_are_ticked_for_a_need_and_drawn_in_layers(page):
    fill(page)
    causes = task(page, "determinants")
    change(causes.form, lifestyle=["alimentation", "sommeil"])
    change(causes.form, individual=["age"])
    assert needs(page)[0].determinants == ("age", "alimentation", "sommeil")
    assert "Personne n’est à blâmer" in causes.words.html


def test_determinants_wait_for_a_need(page):
    causes = task(page, "determinants")
    assert "Commencez par croiser" in causes.form.status
    assert not shown(causes.figure)


# Arbre


def test_the_first_line_is_the_problem_and_the_next_a_cause_of_it(page):
    lines = task(page, "arbre").lines
    lines._act("add")
    change(lines.editor, text="Trop de renoncements")
    lines._act("add")
    first, second = TREE.of(page.desk.dossier)
    assert (first.kind, second.kind, second.under) == ("problem", "cause", first.id)


def test_what_is_wanted_instead_survives_a_change_of_sort(page):
    fill(page)
    tree = task(page, "arbre")
    tree.lines.choose("a")
    change(tree.lines.editor, objective="Un guichet ouvert")
    change(tree.lines.editor, kind="disguised")
    change(tree.lines.editor, kind="cause")
    assert TREE.find(page.desk.dossier, "a").objective == "Un guichet ouvert"


def test_a_disguised_solution_is_asked_back_under_the_line(page):
    fill(page)
    tree = task(page, "arbre")
    tree.lines.choose("a")
    change(tree.lines.editor, text="Il manque un bus santé")
    assert "Que se passe-t-il, pour qui" in fields(tree.lines.editor)["text"]["hint"]
    assert "ressemble à une solution" in tree.words.html
    change(tree.lines.editor, kind="disguised")
    assert TREE.find(page.desk.dossier, "a").under == ""
    assert "1 solution déguisée" in tree.figure.note


def test_a_line_never_hangs_from_what_hangs_from_it(page):
    fill(page)
    page.desk.put(TREE, Statement(id="b", text="Courrier compliqué", kind="cause", under="a"))
    tree = task(page, "arbre")
    tree.lines.choose("a")
    assert offered(tree.lines.editor, "under") == ["", "p"]


def test_objectives_are_written_beside_each_line_and_drawn(page):
    fill(page)
    tree = task(page, "arbre")
    tree.lines.choose("p")
    assert fields(tree.lines.editor)["objective"]["hint"].endswith("Moins de renoncements")
    change(tree.lines.editor, objective="Chacun se soigne à temps")
    change(tree.form, drawn="objectives")
    assert tree.figure.title == "Chacun se soigne à temps"


# Forces


def test_two_answers_send_a_point_to_its_list(page):
    swot = task(page, "forces")
    swot.lines._act("add")
    change(swot.lines.editor, text="Un poste pour deux", helps="no")
    assert SWOT.of(page.desk.dossier)[0].side == "weakness"
    change(swot.lines.editor, ours="no")
    assert SWOT.of(page.desk.dossier)[0].side == "threat"


# Constats


def test_evidence_of_the_dossier_is_proposed_then_added_then_removed(page):
    fill(page)
    voices = task(page, "paroles")
    change(voices.lines.editor, themes=["acces-droits"])
    findings = task(page, "constats")
    proofs = findings.proofs
    (voice,) = [key for key in proofs.proposals if key.startswith("cas-")]
    change(proofs.form, chosen=voice)
    proofs._act("add")
    need = needs(page)[0]
    assert [piece.kind for piece in need.evidence] == ["figure", "action", "words"]
    assert voice not in proofs.proposals
    change(proofs.form, chosen="there:2")
    assert buttons(proofs.form) == {"remove": "Retirer cet appui"}
    proofs._act("remove")
    assert [piece.kind for piece in needs(page)[0].evidence] == ["figure", "action"]


def test_evidence_by_hand_is_typed_then_added_and_never_empty(page):
    fill(page)
    proofs = task(page, "constats").proofs
    proofs._act("add")
    assert proofs.form.errors == {"text": "Écrivez ce que dit cet appui, puis ajoutez-le."}
    change(proofs.form, kind="resource", text="Une permanence le lundi", source="Le CCAS")
    proofs._act("add")
    added = needs(page)[0].evidence[-1]
    assert added == Evidence(kind="resource", text="Une permanence le lundi", source="Le CCAS")
    assert proofs.form.values["text"] == ""


def test_what_is_typed_survives_a_refusal(page):
    fill(page)
    proofs = task(page, "constats").proofs
    change(proofs.form, text="x" * 3000)
    proofs.form.press("add")
    assert proofs.form.values["text"] == "x" * 3000
    assert "Raccourcissez" in proofs.form.status


def test_the_list_is_put_in_the_proposed_order_and_can_be_undone(page):
    fill(page)
    page.desk.change(lambda dossier: NEEDS.move(dossier, needs(page)[-1].id, -20))
    findings = task(page, "constats")
    first = needs(page)[0].id
    assert buttons(findings.order) == {"sort": "Ranger dans l’ordre proposé"}
    findings._sort()
    assert needs(page)[0].id != first
    assert not shown(findings.order)
    page.desk.undo()
    assert needs(page)[0].id == first


def test_a_need_written_by_hand_is_read_when_its_levels_are_given(page):
    findings = task(page, "constats")
    findings.lines._act("add")
    change(findings.lines.editor, title="Apprentis sans lieu d’écoute", need="high", resources="low")
    change(findings.lines.editor, actions="none")
    assert needs(page)[0].reading == "blind_spot"


def test_a_hundred_needs_are_listed_and_drawn(page):
    many = tuple(Need(id=f"n{place}", title=f"Besoin {place}", need="high") for place in range(100))
    page.desk.set("diagnosis", needs=many)
    findings = task(page, "constats")
    assert len(offered(findings.lines.menu, "line")) == 100
    assert len(findings.figure.table["rows"]) == 100
    assert task(page, "determinants").form.spec


def test_a_damaged_reading_is_no_reason_to_fail(page):
    page.desk.put(NEEDS, Need(id="a", title="A", reading="autre chose", determinants=("inconnu",)))
    assert task(page, "constats").figure.title
    assert task(page, "determinants").form.spec
