"""The graded exercise of module 05: its figures are recomputed here, its marks are those intended."""

from __future__ import annotations

import json
import re
from itertools import combinations

import numpy as np
import pytest

from territ_kit.course import files
from territ_kit.exercises.generate import load_course_assignment
from territ_kit.exercises.key import unknown_ids
from territ_kit.exercises.marking import mark_question
from territ_kit.exercises.question import ChoiceQuestion, GridQuestion
from territ_kit.french import fr

COURSE = files() / "exercises"
DRAWS = 40_000


@pytest.fixture(scope="module")
def assignment():
    return load_course_assignment(COURSE, "05-prioriser")


def points(assignment, name, value):
    questions, keys = assignment
    return mark_question(questions.question(name), keys[name], value).points


def spaced(words):
    """Read every kind of space as one: the figures are tested here, the typography elsewhere."""
    return re.sub(r"[\u00a0\u202f ]+", " ", words)


def hint(assignment, name):
    return spaced(assignment[0].question(name).hint)


def notes(text, name):
    """Read the notes that a hint gives to a need, as « Droits à Phare-Nord : 5, 7, 10 »."""
    found = re.search(rf"{re.escape(name)} : ([\d, ]+\d)", text)
    return np.array([float(note) for note in found[1].split(", ")])


def errors(assignment, name):
    return [error.value for error in assignment[1][name].errors]


# Port-Ancelle


def test_the_weighted_sum_of_port_ancelle_is_worked_by_hand(assignment):
    text, weights = hint(assignment, "somme"), np.array([50, 30, 20])
    doctor, age, rights = (
        notes(text, name)
        for name in ("Médecin traitant aux Corvelles", "Grand âge à Havrelle-Plage", "Droits à Phare-Nord")
    )
    assert [doctor @ weights, age @ weights, rights @ weights] == [690, 670, 660]
    key = assignment[1]["somme"]
    assert key.answer == 6.6
    assert errors(assignment, "somme") == [round(rights.mean(), 2), 660, rights.sum(), 6.9]
    assert "5 × 50 + 7 × 30 + 10 × 20 = 660" in spaced(key.explanation)


def test_the_order_turns_where_the_key_says(assignment):
    text = hint(assignment, "bascule")
    doctor, rights = (notes(text, name) for name in ("Médecin traitant aux Corvelles", "Droits à Phare-Nord"))

    def ahead(inequality):
        return (rights - doctor) @ np.array([70 - inequality, 30, inequality])

    answer = assignment[1]["bascule"].answer
    assert ahead(answer) == 0
    assert ahead(answer - 1) < 0 < ahead(answer + 1)
    assert ahead(21) - ahead(20) == 4  # « 4 centièmes » a point
    assert errors(assignment, "bascule") == [answer - 20, 70 - answer, 30, 35]


def test_the_pairs_that_two_rankings_share_are_counted(assignment):
    text = hint(assignment, "paires")
    grid, residents = (
        [word.strip() for word in re.search(rf"{who} : ([^.]+)\.", text)[1].split(",")]
        for who in ("Grille", "Habitants")
    )
    pairs = list(combinations(grid, 2))
    same = [pair for pair in pairs if residents.index(pair[0]) < residents.index(pair[1])]
    assert (len(pairs), len(same)) == (10, assignment[1]["paires"].answer)
    inverted = ", ".join(f"{a} et {b}" for a, b in pairs if (a, b) not in same)
    told = spaced(assignment[1]["paires"].explanation)
    assert sorted(re.findall(r"\w+ et \w+", told)) == sorted(re.findall(r"\w+ et \w+", inverted))
    equal_places = sum(a == b for a, b in zip(grid, residents, strict=True))
    assert errors(assignment, "paires") == [10 - len(same), equal_places, 10 * len(same)]
    assert residents.index("logement") + 1 == 2  # « Douze habitants placent « logement » deuxième »
    assert grid.index("logement") + 1 == 4


# Pays de Brézonne


def ratings(assignment):
    options = assignment[0].question("hanlon-une").options
    found = {o.id: re.search(r"A (\d+), B (\d+), C (\d+)", spaced(o.label)) for o in options}
    return {name: tuple(map(int, one.groups())) for name, one in found.items()}


def value(rating, k):
    size, seriousness, means = rating
    return (size + k * seriousness) * means


def test_the_two_variants_are_those_published_with_their_figures(assignment):
    """The toy ratings of the kit's domain notes: 32.67, 21.67, 21.33, then 154, 90, 92."""
    rated = ratings(assignment)
    assert rated == {"ecoute": (6, 8, 7), "medecin": (8, 5, 5), "alcool": (9, 7, 4)}
    for name, k, divisor, decimals in (("hanlon-une", 1, 3, 1), ("hanlon-deux", 2, 1, 0)):
        key = assignment[1][name]
        assert list(key.answer) == sorted(rated, key=lambda one: -value(rated[one], k))
        told = spaced(key.explanation)
        for one in rated:
            assert fr(value(rated[one], k) / divisor, decimals) in told
    labels = [
        [(o.id, o.label) for o in assignment[0].question(n).options] for n in ("hanlon-une", "hanlon-deux")
    ]
    assert labels[0] == labels[1]


def test_the_weight_of_seriousness_that_inverts_two_needs_is_four_thirds(assignment):
    rated, key = ratings(assignment), assignment[1]["hanlon-seuil"]
    assert value(rated["medecin"], 4 / 3) == pytest.approx(value(rated["alcool"], 4 / 3))
    assert key.answer == round(4 / 3, 2)
    assert (value(rated["medecin"], 1), value(rated["alcool"], 1)) == (65, 64)
    assert (value(rated["medecin"], 1.5), value(rated["alcool"], 1.5)) == (77.5, 78)
    assert (value(rated["medecin"], 2), value(rated["alcool"], 2)) == (90, 92)
    assert all(
        value(rated["ecoute"], k) > max(value(rated["medecin"], k), value(rated["alcool"], k))
        for k in np.linspace(0, 100, 201)
    )  # « le même besoin vient en tête avec les deux formules »


def test_the_sentence_to_choose_does_not_name_the_need_that_comes_first(assignment):
    options = assignment[0].question("hanlon-phrase").options
    assert not any("à qui parler" in spaced(option.label) for option in options)


def test_the_need_that_nobody_measured_moves_as_its_key_says(assignment):
    others = [7.4, 6.8, 6.2, 5.9]

    def total(size):
        return 0.4 * size + 0.3 * 7 + 0.3 * 9

    def place(size):
        return 1 + sum(other > total(size) for other in others)

    assert all(fr(other, 1) in hint(assignment, "absents") for other in others)
    assert total(assignment[1]["note-inconnue"].answer) == pytest.approx(others[0])
    assert (total(3), total(9)) == (pytest.approx(6.0), pytest.approx(8.4))
    assert (place(3), place(9), place(0), place(6)) == (4, 1, 5, 2)
    assert total(6) == pytest.approx(7.2)
    missing = others[0] - total(0)
    assert errors(assignment, "note-inconnue")[:2] == pytest.approx([missing, missing * 0.4])


# Val d’Aubrelle


def drawn(criteria):
    return np.random.default_rng(5).dirichlet(np.ones(criteria), DRAWS)


def test_the_shares_of_random_weights_are_those_of_the_statement(assignment):
    text = hint(assignment, "tirages")
    names = ("Un rendez-vous plus tôt", "Écouter les communes rurales", "Apaiser le voisinage")
    scores = np.array([notes(text, name) for name in names])
    weights = drawn(3)
    first = (weights @ scores.T).argmax(axis=1)
    shares = 100 * np.bincount(first, minlength=3) / DRAWS
    said = [
        int(share) for share in re.findall(r"(\d+) %", spaced(assignment[0].question("tirages").statement))
    ]
    assert said == [46, 41, 13]
    assert shares == pytest.approx(said, abs=1)
    third = weights[first == 2]  # « beaucoup d’ampleur, et peu de gravité »
    assert third[:, 1].max() < 1 / 6
    assert third[:, 0].mean() > 1 / 2


def test_the_places_of_the_square_are_those_of_random_weights(assignment):
    text, keys = hint(assignment, "carre"), assignment[1]["carre"]
    names = {
        "rendez-vous": "Rendez-vous", "mal-etre": "Mal-être", "proches": "Proches",
        "voisinage": "Voisinage", "public": "Grand public",
    }  # fmt: skip
    scores = np.array([notes(text, name) for name in names.values()])
    own = scores @ np.array([30, 30, 25, 15])
    assert [list(names)[place] for place in (-own).argsort()] == [
        "rendez-vous", "mal-etre", "proches", "voisinage", "public"
    ]  # fmt: skip
    ranks = (-(drawn(4) @ scores.T)).argsort(axis=1).argsort(axis=1) + 1
    share = {
        name: 100 * np.bincount(ranks[:, place], minlength=6) / DRAWS for place, name in enumerate(names)
    }
    labels = {item.id: spaced(item.label) for item in assignment[0].question("carre").items}
    for name, place, said in (("mal-etre", 4, 40), ("rendez-vous", 1, 94), ("voisinage", 2, 48)):
        assert f"dans {said} tirages sur 100" in labels[name]
        assert share[name][place] == pytest.approx(said, abs=1)
    assert share["public"][5] > 99
    assert {name for name in labels if share[name].max() > 90} == {"rendez-vous", "public"}
    for name, place in keys.places.items():
        assert (place.x[1] == 1) == (share[name].max() > 90)
        assert (place.y[1] == 1) == (own[list(names).index(name)] > np.median(own))


def test_the_smallest_change_of_a_note_that_draws_level_is_that_of_the_key(assignment):
    gap, weight = 6.9 - 6.7, 0.4
    assert assignment[1]["ecart-note"].answer == pytest.approx(gap / weight)
    assert errors(assignment, "ecart-note") == pytest.approx([gap, gap * weight, gap * 40])


# The marks


def test_the_reference_answers_earn_every_point_and_a_blank_copy_none(assignment):
    questions, keys = assignment
    full = [
        points(assignment, q.id, keys[q.id].model_dump(mode="json")["answer"]) for q in questions.questions
    ]
    assert full == [q.points for q in questions.questions]
    assert sum(full) == pytest.approx(33)
    assert [points(assignment, q.id, None) for q in questions.questions] == [0] * 19
    assert not any(unknown_ids(q, keys[q.id]) for q in questions.questions)


def test_the_questions_are_of_many_kinds(assignment):
    assert {q.kind for q in assignment[0].questions} == {
        "choice", "number", "ranking", "allocation", "grid", "placement"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("somme", 6.6, 1),
        ("somme", 7.33, 0.33),  # mean of the notes, without the weights
        ("somme", 7.3, 0.33),
        ("somme", 660, 0.5),
        ("somme", 22, 0),
        ("bascule", 28, 1),
        ("bascule", 7.5, 0.5),  # points moved, not reached
        ("bascule", 42.5, 0.33),
        ("bascule", 30, 0.5),
        ("bascule-phrase", "calcul", 0),
        ("bascule-phrase", "regler", 0),  # what a colleague in a hurry does
        ("bascule-phrase", "rien", 0.33),
        ("criteres", {"adultes": "ampleur", "urgences": "ampleur"}, 0.67),
        ("criteres", {"urgences": "double", "pauvrete": "inegalite", "promesse": "hors"}, 1.33),
        ("criteres", dict.fromkeys(("ecart", "pauvrete"), "inegalite"), 0.67),
        ("criteres", {"promesse": "faisabilite"}, 0.08),
        ("paires", 3, 0.5),
        ("paires", 1, 0.33),
        ("paires", 70, 0.5),
        ("paires", 5, 0),
        ("habitants", ["pourquoi", "cote"], 1.33),
        ("habitants", ["pourquoi", "cote", "qui", "moyenne"], 1.33),
        ("habitants", ["moyenne"], 0),
        ("hanlon-une", ["ecoute", "alcool", "medecin"], 0.3),
        ("hanlon-une", ["alcool", "medecin", "ecoute"], 0),  # by the size only
        ("hanlon-deux", ["ecoute", "medecin", "alcool"], 0.3),
        ("hanlon-seuil", 1.3, 0.9),
        ("hanlon-seuil", 0.75, 0.3),
        ("hanlon-seuil", 1.5, 0.45),
        ("hanlon-seuil", 1, 0),
        ("hanlon-phrase", "recente", 0),
        ("hanlon-phrase", "moyenne", 0),
        ("note-inconnue", 2.6, 0.75),
        ("note-inconnue", 7.4, 0),
        ("absents", "zero", 0),  # what the hand writes on an empty line
        ("absents", "milieu", 0.75),
        ("absents", "ecarter", 0.5),
        ("presidente", "note", 0),  # what is often done to avoid a conflict
        ("presidente", "poids", 0),
        ("presidente", "refuser", 1),
        ("pearl", "demi", 0),
        ("pearl", "abandonner", 1),
        ("tirages", ["egalite"], 1.5),
        ("tirages", ["egalite", "sous-poids", "sante"], 1.5),
        ("tirages", ["sante", "clos"], 0),
        ("carre", {"rendez-vous": [0.9, 0.9], "mal-etre": [0.9, 0.9]}, 1.12),  # by the place only
        ("carre", {"rendez-vous": [0.5, 0.5], "public": [0.9, 0.1]}, 0.75),
        ("ecart-note", 0.2, 0.5),
        ("ecart-note", 0.08, 0.33),
        ("ex-aequo", "virgule", 0),
        ("ex-aequo", "critere", 0),
        ("ex-aequo", "sort", 0.67),
        ("seance", {"presenter": 60, "decider": 60}, 0.5),  # the colleague's hour of method
        ("seance", {"presenter": 10, "criteres": 20, "entendre": 5, "noter": 45, "solidite": 20,
                    "decider": 20}, 2.25),
        ("seance", {"presenter": 20, "criteres": 20, "entendre": 20, "noter": 25, "solidite": 15,
                    "decider": 20}, 3),
        ("seance", {"entendre": 30}, 0),
    ],
)  # fmt: skip
def test_partial_answers_earn_what_was_meant(assignment, name, value, expected):
    assert points(assignment, name, value) == pytest.approx(expected, abs=0.006)


def test_the_three_parts_of_the_two_variants_weigh_40_30_and_30(assignment):
    weigh = {q.id: q.points for q in assignment[0].questions}
    assert weigh["hanlon-une"] + weigh["hanlon-deux"] == pytest.approx(0.4 * 3)
    assert weigh["hanlon-seuil"] == weigh["hanlon-phrase"] == pytest.approx(0.3 * 3)


def test_every_choice_is_explained(assignment):
    questions, keys = assignment
    for question in questions.questions:
        key = keys[question.id]
        assert question.skill
        assert key.reread
        assert key.explanation
        if isinstance(question, ChoiceQuestion):
            assert set(key.explanations) == set(question.ids("options"))
        if isinstance(question, GridQuestion):
            assert set(key.column_explanations) == set(question.ids("columns"))
            assert all(key.answer[r] in key.explanations[r] for r in question.ids("rows"))
    assert all(rule.explanation for name in ("hanlon-une", "hanlon-deux") for rule in keys[name].precedences)
    assert all(place.explanation for place in keys["carre"].places.values())
    assert all(check.explanation for check in keys["seance"].checks)


NOTEBOOKS = {
    "05-prioriser": "dans le document du module 05",
    "05-prioriser-pays-de-brezonne": "dans le document « Pays de Brézonne »",
    "05-prioriser-val-d-aubrelle": "dans le document « Val d’Aubrelle »",
}


def titles_of(name):
    notebook = json.loads((files() / f"notebooks/parcours/{name}.ipynb").read_text("utf-8"))
    return {
        spaced(line.lstrip("# ").strip())
        for cell in notebook["cells"] if cell["cell_type"] == "markdown"
        for line in "".join(cell["source"]).splitlines() if line.startswith("#")
    }  # fmt: skip


def test_what_to_read_again_is_a_title_of_the_learner_s_notebook(assignment):
    titles = {name: titles_of(name) for name in NOTEBOOKS}
    for key in assignment[1].values():
        told = spaced(key.reread)
        title = re.search(r"« (.+?) »", told).group(1)
        assert any(title in titles[name] for name, words in NOTEBOOKS.items() if words in told)


def test_the_learner_s_questions_hold_no_answer_and_say_that_all_is_fictitious(assignment):
    public = (COURSE / "source/05-prioriser/questions.toml").read_text("utf-8")
    assert all(
        reason not in public
        for key in assignment[1].values()
        for reason in getattr(key, "explanations", {}).values()
        if isinstance(reason, str)
    )
    assert "fictif" in assignment[0].intro
    assert "hypothèses pédagogiques" in spaced(assignment[0].intro)


def test_the_notebook_holds_the_questions_of_each_case_that_its_end_announces(assignment):
    ids = [q.id for q in assignment[0].questions]
    assert ids.index("habitants") + 1 == 6  # « ses six premières questions »
    assert (ids.index("hanlon-une") + 1, ids.index("presidente") + 1) == (7, 13)
    assert (ids.index("pearl") + 1, ids.index("seance") + 1) == (14, 19)
