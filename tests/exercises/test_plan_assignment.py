"""The graded exercise of module 06: its figures, from the cases or said assumed, and its marks."""

from __future__ import annotations

import json
import re
from itertools import combinations
from math import isclose

import pytest

from territ_kit.course import files
from territ_kit.course.modules import load_module
from territ_kit.exercises.generate import load_course_assignment
from territ_kit.exercises.marking import mark_question
from territ_kit.exercises.question import ChoiceQuestion, GridQuestion
from territ_kit.observation.reading import read_indicator
from territ_kit.planning.funding import FundingPlan, FundingRule, Post, region_share
from territ_kit.territory import load_case

COURSE = files() / "exercises"
ANCELLE, BREZONNE, AUBRELLE = map(load_case, ("port-ancelle", "pays-de-brezonne", "val-d-aubrelle"))


@pytest.fixture(scope="module")
def assignment():
    return load_course_assignment(COURSE, "06-planifier")


def spaced(words):
    return re.sub(r"[\u00a0\u202f ]+", " ", words)


def said(assignment, name):
    """Return what the learner reads of a question, with plain spaces."""
    question = assignment[0].question(name)
    parts = [part.label for listed in question.lists for part in getattr(question, listed)]
    return spaced(" ".join([question.statement, question.hint, *parts]))


def points(assignment, name, value):
    questions, keys = assignment
    return mark_question(questions.question(name), keys[name], value).points


def row(case, indicator, area, level):
    return read_indicator(case, indicator, level=level).set_index("name").loc[area]


# What the questions quote


def test_the_rights_of_phare_nord_are_those_of_the_tables(assignment):
    north = row(ANCELLE, "non-recours-c2s", "Phare-Nord", "qpv")
    whole = row(ANCELLE, "non-recours-c2s", ANCELLE.short_name, "epci")
    words = said(assignment, "droits-nombre") + said(assignment, "droits-objectif")
    assert "1 160 personnes ont droit" in words
    assert "545 ne l’ont pas : c’est 47 %" in words
    assert (north["events"], north["base"]) == (545, 1160)
    assert (round(north["value"]), round(whole["value"])) == (47, 31)
    more = north["events"] - 0.4 * north["base"]
    key = assignment[1]["droits-nombre"]
    assert key.answer == round(more)
    assert isclose(key.errors[1].value, 0.07 * north["events"], abs_tol=0.5)
    assert isclose(key.errors[3].value, 0.4 * north["events"], abs_tol=1)
    assert key.errors[4].value == north["base"] - north["events"]
    mediations = ANCELLE.actions.loc[["mediation-cpam-corvelles", "mediation-asv-corvelles"]]
    assert list(mediations["people"]) == [210, 180]
    assert mediations["place"].nunique() == mediations["schedule"].nunique() == 1
    assert "390" in assignment[1]["droits-objectif"].explanations["zero"]


def test_the_counters_and_the_dwellings_of_port_ancelle_are_those_of_the_tables(assignment):
    near = {
        area: round(row(ANCELLE, "qpv-guichet-proche", area, "qpv")["value"])
        for area in ("Les Corvelles", "Phare-Nord", "Hauts-de-Brévaumer")
    }
    assert near == {"Les Corvelles": 92, "Phare-Nord": 18, "Hauts-de-Brévaumer": 24}
    assert "92 % aux Corvelles, 18 % à Phare-Nord, 24 % aux Hauts-de-Brévaumer" in said(
        assignment, "credit-refuse"
    )
    crowded = row(ANCELLE, "logements-surpeuples", "Les Corvelles", "qpv")["value"]
    everywhere = row(ANCELLE, "logements-surpeuples", ANCELLE.short_name, "epci")["value"]
    assert (round(crowded), round(everywhere)) == (22, 5)
    assert "22 % aux Corvelles, 5 % dans l’agglomération" in said(assignment, "amenagement")


def opening_month(steps):
    """Return when every step is done: `steps` gives months and what each waits for."""

    def end(step):
        months, waits = steps[step]
        return months + max(map(end, waits), default=0)

    return max(map(end, steps))


COUNTER = {
    "habitants": (2, ()),
    "convention": (4, ("habitants",)),
    "recruter": (3, ("convention",)),
    "former": (1, ("recruter",)),
    "local": (5, ("habitants",)),
}


def test_the_counter_opens_when_the_longest_chain_ends(assignment):
    words = said(assignment, "guichet-mois")
    for fragment in ("habitants : 2 mois", "convention : 4 mois", "médiatrice : 3 mois", "former : 1 mois",
                     "local : 5 mois"):  # fmt: skip
        assert fragment in words
    key = assignment[1]["guichet-mois"]
    assert key.answer == opening_month(COUNTER)
    assert key.errors[0].value == sum(months for months, _ in COUNTER.values())
    faster_place = {**COUNTER, "local": (3, ("habitants",))}
    faster_paper = {**COUNTER, "convention": (2, ("habitants",))}
    assert opening_month(faster_place) == key.answer
    assert opening_month(faster_paper) == 8  # said of the right answer
    assert opening_month({**COUNTER, "habitants": (0, ())}) == 8  # said of the answer « apres »


def test_the_post_of_brezonne_follows_the_rule_of_the_region(assignment):
    keys = assignment[1]
    assert "56 000 €" in spaced(str(BREZONNE.projects.loc["rtps", "note"]))
    assert "14 000 € au plus" in spaced(str(BREZONNE.projects.loc["rtps", "note"]))
    ceiling = region_share(56_000, 1)
    rule = FundingRule(rate=0.25, cap_eur=20_000, max_posts=1)
    assert keys["rtps-region"].answer == ceiling == 14_000
    assert keys["rtps-reste"].answer == 56_000 - 28_000 - ceiling
    assert keys["rtps-mi-temps"].answer == rule.share([Post(56_000), Post(28_000, 0.5)])
    assert "28 000 € sans la Région" in spaced(keys["rtps-phrase"].explanations["plafond"])
    assert FundingPlan(56_000, {"ARS": 28_000, "Région": ceiling}, own_eur=14_000).missing_eur == 0


def test_the_gap_of_the_listening_place_is_the_least_that_the_rules_leave(assignment):
    words, key = said(assignment, "ecoute-manque"), assignment[1]["ecoute-manque"]
    assert "18 000 €" in words
    assert "18 000 € par an" in spaced(str(BREZONNE.projects.loc["point-ecoute", "note"]))
    shares = {"MSA": 6_000, "Mission locale": 4_000, "ARS": FundingRule(rate=0.5).share([Post(14_000)])}
    gap = FundingPlan(32_000, shares, own_eur=4_000).missing_eur
    assert key.answer == gap == 11_000
    assert [error.value for error in key.errors] == [
        gap + 7_000, gap + 7_000 - 0.5 * 32_000, gap - 7_000, 3 * gap,
    ]  # fmt: skip


def test_what_is_known_of_the_young_of_brezonne_is_in_the_tables(assignment):
    place = row(BREZONNE, "connait-lieu-ecoute", BREZONNE.short_name, "epci")
    words = said(assignment, "fiche-alcool")
    assert "22 % (de 16 à 30)" in words
    assert [round(place[name]) for name in ("value", "low", "high")] == [22, 16, 30]
    talks = BREZONNE.actions[BREZONNE.actions.index.str.startswith("alcool-")]
    assert len(talks) == 3
    assert set(talks["public"]) == {"Élèves de quatrième"}
    assert "Cent bénévoles, huit fêtes par an" in BREZONNE.actors.loc["comite-fetes", "brings"]
    assert "21 sur 24" in said(assignment, "indicateurs")  # three years of eight feasts
    assert row(BREZONNE, "suicides-15-24-ans", BREZONNE.short_name, "epci")["events"] == 3


def test_the_days_of_the_coordinator_add_up(assignment):
    days = [4 * 6, 8 * 8, 22, 40, 10]
    available = 200 * AUBRELLE.projects.loc["clsm", "fte"]
    keys = assignment[1]
    assert keys["charge"].answer == sum(days) - available == 60
    assert keys["charge"].errors[1].value == 200 - sum(days)
    assert "24, 64, 22, 40 et 10 font 160 jours" in keys["charge"].explanation
    assert isclose(60 / 200, 0.3)
    assert sum(days) * 3 / 4 == 120  # said of « etaler »: still above 100
    assert sum(days) - 64 <= available  # the tempting answer « pilotes » does fit


def test_the_best_set_is_found_by_trying_them_all(assignment):
    question, key = assignment[0].question("portefeuille"), assignment[1]["portefeuille"]
    found = {
        option.id: re.search(r"(\d+ 000) €, (\d+) points", spaced(option.label)).groups()
        for option in question.options
    }
    costs = {name: int(cost.replace(" ", "")) for name, (cost, _) in found.items()}
    worth = {name: int(value) for name, (_, value) in found.items()}
    allowed = [
        chosen
        for size in range(1, len(found) + 1)
        for chosen in combinations(found, size)
        if sum(costs[name] for name in chosen) <= 30_000
        and not {"deux-semaines", "une-semaine"} <= set(chosen)
        and {"secours-rural", "entraide-rural"} & set(chosen)
    ]
    best = max(sum(worth[name] for name in chosen) for chosen in allowed)
    winners = [chosen for chosen in allowed if sum(worth[name] for name in chosen) == best]
    assert [set(chosen) for chosen in winners] == [set(key.answer)]
    assert (best, sum(costs[name] for name in key.answer)) == (23, 29_000)
    assert max(worth, key=worth.get) == "ligne"


def test_the_decrease_that_the_elected_member_asks_for_is_too_small_to_be_seen(assignment):
    rural = row(AUBRELLE, "suicides-icm", "Neuf communes rurales", "group")
    assert rural["events"] == 26
    assert AUBRELLE.catalogue.loc["suicides-icm", "years"] == 10
    expected = 3 * rural["events"] / 10
    key = assignment[1]["baisse"]
    assert isclose(key.answer, 0.1 * expected)
    assert [error.value for error in key.errors] == pytest.approx([0.1 * 26, expected, 0.1 * 26 / 10])


@pytest.mark.parametrize(
    ("number", "choice"),
    [("rtps-region", "rtps-phrase"), ("ecoute-manque", "ecoute-page"), ("charge", "charge-phrase")],
)
def test_the_choice_that_follows_a_number_does_not_give_it_away(assignment, number, choice):
    answer = f"{assignment[1][number].answer:,.0f}".replace(",", " ")
    assert not re.search(rf"\b{answer}\b", said(assignment, choice))


# Marks


def test_the_reference_answers_earn_every_point_and_a_blank_copy_none(assignment):
    questions, keys = assignment
    full = [
        points(assignment, q.id, keys[q.id].model_dump(mode="json")["answer"]) for q in questions.questions
    ]
    assert full == [q.automatic_points for q in questions.questions]
    assert sum(q.points for q in questions.questions) == 48
    assert sum(full) == 44  # four points of the action sheet are given by hand
    assert not any(points(assignment, q.id, None) for q in questions.questions)


def test_the_questions_are_of_all_kinds_and_ask_for_every_skill(assignment):
    questions = assignment[0].questions
    assert len(questions) == 22
    assert {q.kind for q in questions} == {
        "choice", "number", "ranking", "allocation", "grid", "placement", "text",
    }  # fmt: skip
    module = load_module(files() / "modules/06-planifier/module.toml")
    assert {q.skill for q in questions} == set(module.skills.values())


PLACED = ("volet", "accord", "journee", "affiche", "formation")


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("droits-nombre", 80, 1),
        ("droits-nombre", 7, 0),  # points of percentage taken for people
        ("droits-nombre", 38, 0.33),
        ("droits-nombre", 464, 0.5),
        ("droits-objectif", "permanences", 0.67),  # what we do, not what changes
        ("droits-objectif", "agglomeration", 0),
        ("guichet-mois", 15, 0.5),  # everything added up
        ("guichet-mois", 7, 0.5),
        ("guichet-mois", 5, 0),
        ("guichet-gagner", "local", 0),  # what the elected member proposes
        ("guichet-gagner", "apres", 0.5),
        ("credit-refuse", {"phare": 18, "hauts": 10, "interprete": 9, "affiches": 8}, 2),
        ("credit-refuse", {"corvelles": 25, "affiches": 20}, 0),
        ("credit-refuse", {"phare": 18, "hauts": 12, "interprete": 15}, 2.5),  # residents and follow-up cut
        ("credit-refuse", {"phare": 18, "hauts": 12, "interprete": 9}, 0),  # does not add up to 45
        ("fusion", ["alerter", "vice-presidente", "mesurer", "reunir", "scenarios", "decision"], 0),
        ("fusion", ["mesurer", "reunir", "vice-presidente", "scenarios", "decision", "alerter"], 2.25),
        ("fusion", ["decision", "scenarios", "reunir", "mesurer", "vice-presidente", "alerter"], 0),
        ("amenagement", ["habitat", "marche"], 2),
        ("amenagement", ["habitat", "marche", "guichet", "coordonnatrice"], 2),
        ("amenagement", ["travaux", "attendre", "coordonnatrice"], 0),
        ("rtps-region", 20_000, 0),  # the cap instead of the rate
        ("rtps-reste", 8_000, 0.5),  # right subtraction, the cap again
        ("rtps-mi-temps", 20_000, 0),
        ("rtps-mi-temps", 21_000, 0),
        ("rtps-phrase", "acquis", 0),  # « au plus » taken for a promise
        ("rtps-phrase", "attendre", 0.67),
        ("indicateurs", {"comites": "realisation", "decision": "realisation"}, 0.38),
        ("indicateurs", {"ecoute": "resultat", "suicide": "resultat"}, 0.75),
        ("pilote-perdu", "coordonnateur", 0),  # what everybody does
        ("pilote-perdu", "couleur", 0.67),
        ("ecoute-manque", 18_000, 0.33),
        ("ecoute-manque", 33_000, 0.5),
        ("ecoute-page", "en-cours", 0),
        ("charge", 40, 0),  # a full-time post
        ("charge", 160, 0.33),
        ("charge-phrase", "etaler", 0),
        ("charge-phrase", "pilotes", 0.67),
        ("portefeuille", ["ligne"], 0),  # the best-rated first
        ("portefeuille", ["secours-rural", "entraide-rural", "secours-ville"], 1),
        ("risques", {name: [0.9, 0.9] for name in PLACED}, 1.8),
        ("risques", {name: [0.5, 0.5] for name in PLACED}, 0),
        ("baisse", 0.8, 1),
        ("baisse", 2.6, 0.33),
        ("evaluation", "promettre", 0),
        ("evaluation", "reunions", 0.67),
    ],
)
def test_partial_answers_earn_what_was_meant(assignment, name, value, expected):
    assert points(assignment, name, value) == pytest.approx(expected, abs=0.005)


@pytest.mark.parametrize(
    "value",
    [
        {"phare": 18, "hauts": 12, "corvelles": 0, "interprete": 9, "habitants": 3, "suivi": 3},
        {"phare": 20, "hauts": 11, "interprete": 8, "habitants": 2, "suivi": 2, "affiches": 2},
    ],
)
def test_several_ways_of_sharing_out_what_is_left_are_right(assignment, value):
    assert points(assignment, "credit-refuse", value) == 3


@pytest.mark.parametrize(
    ("changed", "lost"),
    [
        ({"public": "Les collégiens de Sarvelac"}, 0.5),
        ({"pilote": "Le coordonnateur du réseau"}, 0.5),
        ({"pilote": "La coordination"}, 0.5),
        ({"pilote": "Tous les partenaires"}, 0.5),
        ({"cible": "plus de jeunes"}, 0.17),
        ({"echeance": "bientôt"}, 0.17),
        ({"source": ""}, 0.17),
        ({"processus": ""}, 0.5),
        ({"fin": "48"}, 0.5),
        ({"autres": "2 000"}, 0.5),  # the shares no longer make the cost
        ({"ars": ""}, 0.5),
        ({"articulation": "Avec tout le monde"}, 0.5),
        ({"participation": "Ils viendront."}, 0.5),
        ({"pilote": "Mission locale", "public": "16-18 ans déscolarisés", "fin": "18 mois"}, 0),
        ({"public": "élèves de la mfr et apprentis du BTP", "echeance": "2029-06-30", "cible": "40 %"}, 0),
    ],
)
def test_each_check_of_the_action_sheet_costs_half_a_point(assignment, changed, lost):
    sheet = assignment[1]["fiche-alcool"].answer
    assert points(assignment, "fiche-alcool", {**sheet, **changed}) == pytest.approx(4 - lost, abs=0.01)


def test_a_first_draft_earns_almost_nothing(assignment):
    draft = {"objectif": "Sensibiliser les jeunes", "public": "Les jeunes", "pilote": "Le coordonnateur"}
    assert points(assignment, "fiche-alcool", draft) == 0


# What is said


def test_every_choice_is_explained(assignment):
    questions, keys = assignment
    for question in questions.questions:
        key = keys[question.id]
        assert key.reread
        if isinstance(question, ChoiceQuestion):
            assert set(key.explanations) == set(question.ids("options"))
        if isinstance(question, GridQuestion):
            assert set(key.column_explanations) == set(question.ids("columns"))
            assert all(key.answer[name] in key.explanations[name] for name in question.ids("rows"))
    assert all(check.explanation for name in ("credit-refuse", "fiche-alcool") for check in keys[name].checks)
    assert all(rule.explanation for rule in keys["fusion"].precedences)
    assert all(place.explanation for place in keys["risques"].places.values())
    assert keys["fiche-alcool"].rubric


NOTEBOOKS = {
    "06-planifier": "dans le document du module 06",
    "06-planifier-pays-de-brezonne": "dans le document « Pays de Brézonne »",
    "06-planifier-val-d-aubrelle": "dans le document « Val d’Aubrelle »",
}


def titles_of(name):
    notebook = json.loads((files() / f"notebooks/parcours/{name}.ipynb").read_text("utf-8"))
    return {
        line.lstrip("# ").strip()
        for cell in notebook["cells"] if cell["cell_type"] == "markdown"
        for line in "".join(cell["source"]).splitlines() if line.startswith("#")
    }  # fmt: skip


def test_what_to_read_again_is_a_title_of_the_learner_s_notebook(assignment):
    titles = {name: titles_of(name) for name in NOTEBOOKS}
    for key in assignment[1].values():
        title = re.search(r"«\s*(.+?)\s*»", key.reread).group(1)
        assert any(title in titles[name] for name, words in NOTEBOOKS.items() if words in spaced(key.reread))


def test_the_learner_s_questions_hold_no_answer_and_say_what_is_invented(assignment):
    public = (COURSE / "source/06-planifier/questions.toml").read_text("utf-8")
    assert all(
        reason not in public
        for key in assignment[1].values()
        for reason in getattr(key, "explanations", {}).values()
        if isinstance(reason, str)
    )
    assert "fictifs" in assignment[0].intro
    assert "hypothèses pédagogiques" in assignment[0].intro
    assert "à vérifier auprès de la Région" in assignment[0].intro
