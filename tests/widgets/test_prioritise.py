"""The page « Prioriser » without a browser: each task reads the dossier, changes it, says what it is."""

from __future__ import annotations

from itertools import product

import pytest

from territ_kit.dossier import CANDIDATES, CRITERIA, NEEDS, Candidate, Criterion, Need, Rating
from territ_kit.territory import list_cases
from territ_kit.widgets.prioritise import TASKS
from territ_kit.widgets.prioritise.formulas import formula_ranks, ratings, turning_weights
from territ_kit.widgets.prioritise.tables import Scores, calculated, names, settled
from territ_kit.widgets.steps import board as make_board
from territ_kit.workspace import Workspace

PA = "port-ancelle"
LABELS = {"a": "Droits", "b": "Médecin", "c": "Écrans"}
NOTES = {"a": (7, 6, 8), "b": (5, 7, 10), "c": (4, 4, 4)}
RATINGS = {"a": (6, 8, 7), "b": (8, 5, 5), "c": (9, 7, 4)}
POINTS = {"ampleur": 50, "gravite": 30, "inegalite": 20}


@pytest.fixture
def page(tmp_path):
    made = make_board("prioriser", PA)
    made.keep_in(Workspace.open(tmp_path))
    return made


@pytest.fixture
def scored(page):
    """Three needs scored on three criteria: 6.9, 6.6 and 4."""
    for key, weight in POINTS.items():
        page.desk.put(CRITERIA, Criterion(id=key, label=key.capitalize(), weight=weight))
    for key, label in LABELS.items():
        scores = dict(zip(POINTS, NOTES[key], strict=True))
        size, seriousness, effectiveness = RATINGS[key]
        rating = Rating(size=size, seriousness=seriousness, effectiveness=effectiveness)
        page.desk.put(CANDIDATES, Candidate(id=key, label=label, scores=scores, hanlon=rating))
    return page


def task(page, name):
    page.restore({"task": name})
    return page.tasks[name]


def change(form, **values):
    """Move controls as a person does: one after another."""
    for name, value in values.items():
        kind = next(field["kind"] for field in form.spec if field["name"] == name)
        form.value = {**form.value, name: {name: value} if kind == "text" else value}


def press(form, action):
    assert action in {one["id"] for one in form.actions}, form.actions
    form.press(action)


def shown(part):
    return part.layout.display != "none"


def part_of(page):
    return page.desk.dossier.prioritisation


def candidate(page, key="a"):
    return CANDIDATES.find(page.desk.dossier, key)


def words(html):
    return html.replace("\u00a0", " ").replace("\u202f", " ").replace("&nbsp;", " ")


# All the tasks


@pytest.mark.parametrize(("case", "name"), list(product(list_cases(), [kind.id for kind in TASKS])))
def test_every_task_of_every_case_opens_empty_then_on_the_worked_dossier(case, name):
    made = make_board("prioriser", case)
    assert len(task(made, name).lead.split()) <= 20
    made._fill()
    opened = task(made, name)
    if name == "notes":
        change(opened.choice, part="order")
    else:
        assert not shown(opened.start)
    if hasattr(opened, "figure"):
        assert opened.figure.png


@pytest.mark.parametrize("name", ["hanlon", "methodes", "solidite", "simple", "retenir"])
def test_a_task_without_needs_offers_one_button(page, name):
    start = task(page, name).start
    assert shown(start)
    assert [action["label"] for action in start.actions] == ["Reprendre les cartes de la séance"]
    press(start, "cards")
    assert len(CANDIDATES.of(page.desk.dossier)) == 7
    assert not shown(start)


def test_the_needs_of_the_diagnosis_come_first_and_lose_nothing(page):
    for key, keep in (("x", True), ("y", False)):
        page.desk.put(NEEDS, Need(id=key, title=f"Besoin {key}", kept=keep))
    start = task(page, "simple").start
    press(start, "needs")
    page.desk.put(CANDIDATES, candidate(page, "x").but(scores={"ampleur": 3}))
    page.desk.put(NEEDS, Need(id="z", title="Besoin z"))
    again = task(page, "notes")
    change(again.choice, part="scores")
    press(again.start, "needs")
    assert [one.id for one in CANDIDATES.of(page.desk.dossier)] == ["x", "z"]
    assert candidate(page, "x").scores == {"ampleur": 3}


def test_two_needs_of_the_same_name_are_told_apart():
    twins = [Candidate(id=key, label="Droits") for key in "abc"] + [Candidate(id="d")]
    assert list(names(twins).values()) == ["Droits", "Droits (2)", "Droits (3)", "Sans titre"]


# Scores


def test_four_usual_criteria_share_the_points_and_can_be_undone(page):
    notes = task(page, "notes")
    press(notes.usual, "usual")
    assert [one.weight for one in CRITERIA.of(page.desk.dossier)] == [25] * 4
    assert not shown(notes.usual)
    page._undo()
    assert CRITERIA.of(page.desk.dossier) == ()
    assert shown(notes.usual)


def test_points_are_saved_and_a_total_that_is_not_a_hundred_is_told(scored):
    notes = task(scored, "notes")
    change(notes.points, points={"ampleur": 40, "gravite": 30, "inegalite": 20})
    assert [one.weight for one in CRITERIA.of(scored.desk.dossier)] == [40, 30, 20]
    assert "Le total est de 90" in words(notes.points.status)
    change(notes.points, points={"ampleur": 50, "gravite": 30, "inegalite": 20})
    assert notes.points.status == ""


@pytest.mark.parametrize("typed", ["beaucoup", -3, 140])
def test_points_that_are_not_a_number_are_refused_and_nothing_is_lost(scored, typed):
    notes = task(scored, "notes")
    change(notes.points, points={"ampleur": typed, "gravite": 30, "inegalite": 20})
    assert "n’est pas compris" in notes.points.errors["points"]
    assert CRITERIA.of(scored.desk.dossier)[0].weight == 50


def test_a_score_and_its_doubt_are_kept_and_an_empty_one_is_not_a_zero(scored):
    notes = task(scored, "notes")
    change(notes.choice, part="scores")
    lines = notes.candidates
    change(lines.editor, **{"score ampleur": 9, "doubt ampleur": 2})
    assert candidate(scored).scores["ampleur"] == 9
    assert candidate(scored).doubt == {"ampleur": 2}
    change(lines.editor, **{"score gravite": None})
    assert "gravite" not in candidate(scored).scores
    assert "(à noter)" in lines.line(candidate(scored))
    assert Scores(scored.desk.dossier).waiting == ["Droits"]


def test_a_score_out_of_the_scale_is_refused_and_nothing_is_lost(scored):
    notes = task(scored, "notes")
    change(notes.choice, part="scores")
    change(notes.candidates.editor, **{"score ampleur": 12})
    assert "« 12 » n’est pas compris" in words(notes.candidates.editor.status)
    assert candidate(scored).scores["ampleur"] == 7


def test_at_most_six_controls_of_a_need_are_open(scored):
    for key in "defgh":
        scored.desk.put(CRITERIA, Criterion(id=key, label=key, weight=1))
    notes = task(scored, "notes")
    change(notes.choice, part="scores")
    assert len([one for one in notes.candidates.editor.spec if not one.get("advanced")]) <= 6


def test_the_order_is_explained_and_the_sum_written_out(scored):
    notes = task(scored, "notes")
    change(notes.choice, part="order")
    assert "(7 × 50 + 6 × 30 + 8 × 20) ÷ 100 = 6,90" in words(notes.words.html)
    assert words(notes.figure.title) == "« Droits » devance « Médecin » surtout par « Ampleur »"


@pytest.mark.parametrize(
    ("name", "part"), [("notes", "order"), ("methodes", ""), ("solidite", ""), ("retenir", "")]
)
def test_a_task_says_what_is_missing_while_scores_are(page, name, part):
    page.desk.put(CANDIDATES, Candidate(id="a", label="Droits"))
    opened = task(page, name)
    if part:
        change(opened.choice, part=part)
    said = words(getattr(opened, "cards", None).html if name == "solidite" else opened.words.html)
    assert "Aucun critère n’est encore choisi" in said or "Rien n’est encore retenu" in said


def test_criteria_without_points_are_asked_for(scored):
    change(task(scored, "notes").points, points={"ampleur": 0, "gravite": 0, "inegalite": 0})
    assert "répartissez 100 points" in Scores(scored.desk.dossier).missing


# Hanlon


def test_the_ranks_are_those_of_the_exercise_of_the_module(scored):
    ranks = formula_ranks(ratings(CANDIDATES.of(scored.desk.dossier)))
    assert ranks["Hanlon et Pickett"].tolist() == [1, 2, 3]
    assert ranks["La gravité compte double (à vérifier)"].tolist() == [1, 3, 2]
    said = turning_weights(ratings(CANDIDATES.of(scored.desk.dossier)))
    assert "« Écrans » passe devant « Médecin » si la gravité compte plus de 1,33 fois." in said


def test_a_zero_of_the_filter_asks_to_rework_and_keeps_the_need(scored):
    formulas = task(scored, "hanlon")
    change(formulas.lines.editor, pearl={"P": "yes", "L": "no"})
    assert candidate(scored).hanlon.pearl == {"P": True, "L": False}
    said = words(formulas.words.html)
    assert "0 en légalité : la réponse est à retravailler, le besoin reste." in said
    change(formulas.lines.editor, rework="Avec l’accord écrit.")
    assert candidate(scored).hanlon.rework == "Avec l’accord écrit."
    change(formulas.lines.editor, pearl={"P": "yes", "L": "yes"})
    assert "à retravailler</h2>" not in words(formulas.words.html)
    assert candidate(scored).hanlon.rework == "Avec l’accord écrit."


def test_a_rating_out_of_its_scale_is_refused(scored):
    formulas = task(scored, "hanlon")
    change(formulas.lines.editor, size=15)
    assert "Écrivez un nombre de 0 à 10" in formulas.lines.editor.status
    assert candidate(scored).hanlon.size == 6


# Methods


def test_the_method_chosen_gives_the_order(scored):
    methods = task(scored, "methodes")
    assert list(calculated(scored.desk.dossier)) == ["a", "b", "c"]
    change(methods.form, method="promethee_2")
    assert part_of(scored).method == "promethee_2"
    assert next(iter(calculated(scored.desk.dossier))) == "a"
    assert "Part des duels gagnés" in methods.words.html


# Solidity


def test_a_weight_that_is_tried_moves_the_picture_and_saves_nothing(scored):
    solidity = task(scored, "solidite")
    change(solidity.form, criterion="Ampleur")
    before, history = solidity.swing.png, scored.desk.undoable
    change(solidity.form, weight=30)
    assert solidity.swing.png != before
    assert "Avec 30 points pour « Ampleur », « Médecin » passe devant" in words(solidity.swing.title)
    assert "L’ordre change." in words(solidity.order.html)
    assert scored.desk.undoable == history


def test_a_weight_that_is_tried_can_be_kept_the_others_in_proportion(scored):
    solidity = task(scored, "solidite")
    change(solidity.form, criterion="Ampleur")
    change(solidity.form, weight=30)
    press(solidity.form, "keep")
    assert [one.weight for one in CRITERIA.of(scored.desk.dossier)] == [30, 42, 28]
    assert solidity.trial is None
    assert solidity.form.actions == []


def test_a_weight_that_is_tried_can_be_left(scored):
    solidity = task(scored, "solidite")
    change(solidity.form, weight=10)
    press(solidity.form, "back")
    assert solidity.trial is None
    assert [one.weight for one in CRITERIA.of(scored.desk.dossier)] == [50, 30, 20]


def test_a_weight_that_is_not_a_number_is_told(scored):
    solidity = task(scored, "solidite")
    change(solidity.form, weight="lourd")
    assert "n’est pas compris" in solidity.form.errors["weight"]
    assert solidity.trial is None


def test_weights_drawn_near_the_groups_own_leave_its_first_more_often(scored):
    solidity = task(scored, "solidite")
    all_ = solidity.found.first["Droits"]
    change(solidity.form, draws="near")
    assert solidity.found.first["Droits"] > all_


def test_the_cards_say_what_moves_and_never_promise_health(scored):
    said = words(task(scored, "solidite").cards.html)
    assert "7,5 points" in said
    assert "tirages sur 100" in said
    assert "santé" not in said


def test_one_need_alone_has_nothing_to_be_compared_with(scored):
    for key in "bc":
        scored.desk.change(lambda dossier, key=key: CANDIDATES.drop(dossier, key))
    solidity = task(scored, "solidite")
    assert "Il faut deux besoins notés" in words(solidity.cards.html)
    assert not shown(solidity.form)
    assert not shown(solidity.swing)


# The plain way


def test_an_order_without_scores_is_kept_with_its_reasons(scored):
    plain = task(scored, "simple")
    change(plain.form, order=["b", "a", "c"])
    change(plain.form, said="Le médecin d’abord.")
    press(plain.form, "add")
    assert part_of(scored).plain == (("b", "a", "c"),)
    assert part_of(scored).plain_words == ("Le médecin d’abord.",)
    assert "Un seul classement : il met « Médecin » en premier." in words(plain.words.html)
    press(plain.form, "drop")
    assert part_of(scored).plain == ()


def test_what_a_person_does_not_know_is_not_placed(scored):
    plain = task(scored, "simple")
    change(plain.form, unknown=["c"])
    press(plain.form, "add")
    assert part_of(scored).plain == (("a", "b"),)
    change(plain.form, unknown=["a", "b", "c"])
    press(plain.form, "add")
    assert "Ce classement est vide" in words(plain.form.status)
    assert len(part_of(scored).plain) == 1


def test_residents_meet_neither_a_score_nor_a_formula(scored):
    plain = task(scored, "simple")
    press(plain.form, "add")
    said = words(str(plain.form.spec) + plain.words.html).lower()
    for word in ("critère", "poids", "hanlon", "pondér", "sur 10", "formule", "%"):
        assert word not in said


# What is kept


def test_a_number_of_priorities_keeps_the_first_ones(scored):
    keeping = task(scored, "retenir")
    assert "Rien n’est encore retenu" in words(keeping.words.html)
    change(keeping.order, number="3")
    assert part_of(scored).chosen == ("a", "b", "c")
    assert part_of(scored).order == ()
    change(keeping.order, number="2")
    assert "C’est peu" in words(keeping.words.html)


def test_moving_a_need_by_hand_asks_why_and_leaves_a_trace(scored):
    keeping = task(scored, "retenir")
    change(keeping.order, number="2")
    change(keeping.order, order=["c", "a", "b"])
    assert part_of(scored).order == ("c", "a", "b")
    assert part_of(scored).chosen == ("c", "a")
    assert keeping.current == "c"
    assert "« Écrans » n’est pas à sa place calculée" in words(keeping.why.status)
    asked = next(field for field in keeping.why.spec if field["name"] == "reason")
    assert words(asked["label"]) == "Pourquoi 1er, et non 3e comme au calcul ?"
    change(keeping.why, reason="La présidente le décide : rien n’existe.")
    assert part_of(scored).reasons == {"c": "La présidente le décide : rien n’existe."}
    assert keeping.why.status == ""
    assert "(rang calculé : 3e). La présidente le décide" in words(keeping.words.html)


def test_the_calculated_order_can_be_taken_back_and_the_reasons_stay(scored):
    keeping = task(scored, "retenir")
    change(keeping.order, number="2")
    change(keeping.order, order=["c", "a", "b"])
    change(keeping.why, reason="Décidé en comité.")
    press(keeping.order, "back")
    assert part_of(scored).order == ()
    assert part_of(scored).chosen == ("a", "b")
    assert part_of(scored).reasons == {"c": "Décidé en comité."}
    assert keeping.order.actions == []


def test_a_phrase_can_be_written_for_a_need_that_is_left(scored):
    keeping = task(scored, "retenir")
    change(keeping.order, number="2")
    change(keeping.why, need="c")
    change(keeping.why, reason="L’an prochain, avec le collège.")
    assert "L’an prochain, avec le collège." in words(keeping.words.html)


def test_without_scores_the_plain_orders_are_the_order(page):
    for key, label in LABELS.items():
        page.desk.put(CANDIDATES, Candidate(id=key, label=label))
    plain = task(page, "simple")
    change(plain.form, order=["c", "b", "a"])
    press(plain.form, "add")
    assert settled(page.desk.dossier) == ["c", "b", "a"]


def test_the_order_says_how_many_pairs_the_plain_ones_share(scored):
    scored.desk.set("prioritisation", plain=(("b", "a", "c"),))
    assert "Classement 1 : 2 paires sur 3." in words(task(scored, "retenir").words.html)


# A hundred needs


def test_a_hundred_needs_are_followed(page):
    criteria = tuple(Criterion(id=f"k{n}", label=f"Critère {n}", weight=20) for n in range(5))
    candidates = tuple(
        Candidate(id=f"b{n}", label=f"Besoin {n}", scores={f"k{k}": (7 * n + 3 * k) % 11 for k in range(5)})
        for n in range(100)
    )
    page.desk.set("prioritisation", criteria=criteria, candidates=candidates)
    for kind in TASKS:
        opened = task(page, kind.id)
        assert opened.view.layout.display is None
    change(page.tasks["solidite"].form, weight=33)
    assert "Rien n’est enregistré" in page.tasks["solidite"].order.html
