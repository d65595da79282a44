"""The graded exercise of module 04: its figures are those of the cases, its marks those intended."""

from __future__ import annotations

import json
import re
from math import isclose

import pandas as pd
import pytest

from territ_kit.consultation.consensus import kendall_w, ranks_from_scores, stability
from territ_kit.consultation.influence import mactor
from territ_kit.consultation.participation import LADDER, participation_level
from territ_kit.consultation.stakeholders import stakeholder_map
from territ_kit.consultation.voting import (
    GRADES,
    compare_rules,
    majority_judgement,
    rules_from_grades,
    rules_from_rankings,
)
from territ_kit.course import files
from territ_kit.course.modules import load_module
from territ_kit.exercises.generate import load_course_assignment
from territ_kit.exercises.marking import mark_question
from territ_kit.exercises.question import ChoiceQuestion, GridQuestion
from territ_kit.french import fr
from territ_kit.territory import load_case

COURSE = files() / "exercises"
ANCELLE, BREZONNE, AUBRELLE = map(load_case, ("port-ancelle", "pays-de-brezonne", "val-d-aubrelle"))


@pytest.fixture(scope="module")
def assignment():
    return load_course_assignment(COURSE, "04-concerter")


def points(assignment, name, value):
    questions, keys = assignment
    return mark_question(questions.question(name), keys[name], value).points


def spaced(words):
    """Read every kind of space as one: the figures are tested here, the typography elsewhere."""
    return re.sub(r"[\u00a0\u202f ]+", " ", words)


def text(assignment, name):
    """Return what the learner reads of a question."""
    question = assignment[0].question(name)
    parts = [part for name in ("options", "rows", "items") for part in getattr(question, name, ())]
    return spaced(" ".join([question.statement, question.hint, *(part.label for part in parts)]))


def tallies(shown, ideas):
    """Read « Name : 5 « Très bien », 1 « Passable ». » for each idea, grades from worst to best."""
    rows = {}
    for idea in ideas:
        said = re.search(rf"{idea} : ([^.]+)\.", shown)[1]
        given = {grade: int(number) for number, grade in re.findall(r"(\d+) « ([^»]+) »", said)}
        rows[idea] = [given.pop(grade, 0) for grade in GRADES]
        assert not given
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(GRADES))


def ballots(table):
    """Return ballots that give these tallies, one idea by column, as places in the scale."""
    return pd.DataFrame(
        {
            idea: [place for place, number in enumerate(row) for _ in range(number)]
            for idea, row in zip(table.index, table.to_numpy(), strict=True)
        }
    )


# Port-Ancelle


def test_those_who_are_missing_from_the_map_of_port_ancelle_are_missing_from_the_case():
    assert len(ANCELLE.actors) == 10
    workshop = ANCELLE.projects[ANCELLE.projects["kind"] == "ASV"].iloc[0]
    assert workshop["carrier"] == "Ville de Port-Ancelle"
    assert (
        not ANCELLE.actors["name"]
        .str.contains("ville de Port-Ancelle|maire de Port-Ancelle", case=False)
        .any()
    )
    assert set(ANCELLE.qpv.loc[~ANCELLE.qpv["asv"], "name"]) == {"Phare-Nord", "Hauts-de-Brévaumer"}
    assert (len(ANCELLE.qpv), int(ANCELLE.qpv["asv"].sum())) == (5, 3)
    assert (ANCELLE.actors["kind"] == "resident").sum() == 1
    assert (ANCELLE.actors["kind"] == "state").sum() == 2  # « l’État est déjà là deux fois »
    resident = next(voice.text for voice in ANCELLE.voices if voice.kind == "resident")
    assert "le mardi matin, je fais des ménages" in spaced(resident)


def test_what_the_two_coordinators_defend_is_counted_as_the_key_says(assignment):
    first, second = (ANCELLE.positions.loc[f"coordonnatrice-{one}"] for one in ("asv", "rtps"))
    quoted = text(assignment, "terrain-commun")
    for pair in zip(first, second, strict=True):
        assert ": {} et {}".format(*(f"−{-one}" if one < 0 else one for one in pair)) in quoted
    key = assignment[1]["terrain-commun"]
    same, opposed = (first * second > 0).sum(), (first * second < 0).sum()
    assert (key.answer, opposed) == (same, 1)
    assert [error.value for error in key.errors] == [
        same + ((first == 0) & (second == 0)).sum(), opposed, (first == second).sum()
    ]  # fmt: skip


def test_the_opponent_of_port_ancelle_is_that_of_the_case(assignment):
    actor = ANCELLE.actors.loc["coordonnatrice-asv"]
    shown = text(assignment, "opposant")
    assert actor["red_line"].lower().rstrip(".") in shown
    assert actor["brings"].rstrip(".").lower() in shown.lower()
    stances = ANCELLE.positions["coordination-unique"]
    assert (stances["coordonnatrice-asv"], (stances > 0).sum(), (stances < 0).sum()) == (-3, 5, 4)


RANKINGS = pd.DataFrame(
    [[1, 2, 3]] * 5 + [[3, 1, 2]] * 4,
    columns=["Guichet du soir", "Convention avec les médecins", "Relance des droits"],
)


def test_the_points_of_the_nine_residents_are_those_of_the_key(assignment):
    rules = rules_from_rankings(RANKINGS)
    scores = rules["Borda"]["score"]
    key = assignment[1]["rangs-points"]
    evening, doctors, _ = RANKINGS.columns
    assert key.answer == scores[doctors] == 13
    assert [error.value for error in key.errors] == [
        scores[doctors] + len(RANKINGS), scores[evening], (RANKINGS[doctors] == 1).sum(),
        2 * (RANKINGS[doctors] == 1).sum(),
    ]  # fmt: skip
    assert "Le guichet en a 10, la relance des droits 4" in spaced(key.explanation)
    assert list(scores[list(RANKINGS.columns)]) == [10, 13, 4]


def test_the_two_rules_of_port_ancelle_disagree_on_the_same_people(assignment):
    table = tallies(text(assignment, "rangs-phrase"), RANKINGS.columns)
    assert (table.sum(axis=1) == len(RANKINGS)).all()
    assert majority_judgement(table).index[0] == "Guichet du soir"
    assert rules_from_rankings(RANKINGS)["Borda"].index[0] == "Convention avec les médecins"
    # five people and four: the grades of a person follow the order in which they rank
    five = [["Très bien", "Bien", "Passable"]] * 5
    four = [["À rejeter", "Très bien", "Bien"]] * 4
    grades = pd.DataFrame(five + four, columns=RANKINGS.columns)
    assert all(
        (grades[idea] == grade).sum() == table.loc[idea, grade] for idea in table.index for grade in GRADES
    )


def test_the_agreement_of_port_ancelle_is_that_of_the_method(assignment):
    agreed = kendall_w(ranks_from_scores(ANCELLE.positions))
    shown = text(assignment, "accord")
    assert f"vaut {fr(agreed.w, 2)}" in shown
    assert f"environ {fr(100 * agreed.p, 0)} fois sur 100" in shown
    assert (agreed.judges, agreed.options) == (10, 6)
    for objective in ("medecin-pour-tous", "droits-ouverts"):
        assert (ANCELLE.positions[objective] > 0).all()


# Pays de Brézonne


def test_the_weight_of_the_young_councillors_follows_from_the_influences_of_the_case(assignment):
    table = BREZONNE.influences
    young, target = "conseil-jeunes", "presidente"
    direct = table.loc[young, target]
    relays = {
        one: min(table.loc[young, one], table.loc[one, target]) for one in table if one not in {young, target}
    }
    key = assignment[1]["relais"]
    assert key.answer == direct + sum(relays.values()) == mactor(table).total.loc[young, target] == 3
    assert {one for one, weight in relays.items() if weight} == {"vice-presidente-jeunesse", "comite-fetes"}
    lots = sum(table.loc[one, target] for one, weight in relays.items() if weight)
    assert [error.value for error in key.errors] == [
        direct, sum(relays.values()), direct + lots,
        direct + lots + sum(table.loc[young, one] for one, weight in relays.items() if weight),
    ]  # fmt: skip
    assert "la présidente, le comité des fêtes pèse 3" in text(assignment, "relais")


def test_the_allies_of_the_young_councillors_are_those_of_the_case(assignment):
    stances = BREZONNE.positions["point-ecoute"]
    shown = text(assignment, "relais-conseil")
    assert (
        f"vice-présidente {stances['vice-presidente-jeunesse']}, comité des fêtes {stances['comite-fetes']}"
        in shown
    )
    assert f"présidente {stances['presidente']}." in shown
    assert f"pour le sujet : {fr(10 * BREZONNE.actors.loc['presidente', 'interest'])} sur 10" in shown
    assert "samedi" in BREZONNE.actors.loc["conseil-jeunes", "wants"]


FACTS = {"when": "before", "voice": "sit", "decides": "organiser", "money": "organiser", "published": "yes"}


@pytest.mark.parametrize(
    ("row", "facts"),
    [
        ("reunion", {"when": "after", "voice": "listen"}),
        ("questionnaire", {"voice": "answer", "published": "no"}),
        ("sieges", {}),
        ("budget", {"decides": "part", "money": "participants"}),
        ("marche", {"decides": "together", "money": "shared"}),
    ],
)
def test_each_line_of_the_report_is_named_as_the_page_names_it(assignment, row, facts):
    assert participation_level(FACTS | facts).rung == assignment[1]["echelle"].answer[row]


def test_the_rungs_are_those_of_the_page(assignment):
    columns = assignment[0].question("echelle").columns
    assert [(column.id, column.label) for column in columns] == [
        (key, rung.name) for key, rung in LADDER.items()
    ]


def rounds(assignment):
    shown = text(assignment, "tours-part")
    return [
        [int(note) for note in re.search(rf"Tour {number} : ([\d, ]+)\.", shown)[1].split(",")]
        for number in (1, 2, 3)
    ]


def test_the_rounds_are_read_as_the_page_reads_them(assignment):
    first, second, third = ([[note] for note in notes] for notes in rounds(assignment))
    before, after = (stability(*pair).iloc[0] for pair in ((first, second), (second, third)))
    key = assignment[1]["tours-part"]
    assert isclose(key.answer, 100 * after["changed"], abs_tol=0.05)
    assert (after["judges"], after["reading"]) == (12, "stable, avis partagés")
    expected = (100 * before["changed"], 100 * (1 - after["changed"]), after["changed"], 100 * 8 / 12, 1)
    for error, value in zip(key.errors, expected, strict=True):
        assert isclose(error.value, value, abs_tol=max(error.tolerance, 1e-9) / 2)
    last = rounds(assignment)[2]
    assert ", ".join(map(str, last)) in text(assignment, "tours-phrase")
    assert (sum(last) / len(last), 6 in last) == (6, False)  # « personne n’a donné 6 »
    assert (sum(note > 5 for note in last), sum(note < 5 for note in last)) == (8, 4)


def test_the_time_is_given_to_those_whom_the_case_does_not_reach(assignment):
    actor = BREZONNE.actors.loc["conseil-jeunes"]
    shown = text(assignment, "temps")
    assert (
        f"leur pouvoir est de {fr(10 * actor['power'])} sur 10, "
        f"leur intérêt de {fr(10 * actor['interest'])} sur 10" in shown
    )
    assert (BREZONNE.actions["public"] == "Élèves de quatrième").sum() == 3
    assert not BREZONNE.actions["public"].str.contains("pprenti|MFR|rurale").any()


# Val d'Aubrelle


def test_the_actors_of_aubrelle_are_placed_as_the_case_places_them(assignment):
    key = assignment[1]["carte"]
    actors = {
        "psychiatrie": "secteur-psychiatrie", "bailleur": "bailleur",
        "presidente": "presidente-agglomeration", "entraide": "gem", "msa": "msa",
    }  # fmt: skip
    placed = stakeholder_map(AUBRELLE.actors)
    for item, actor in actors.items():
        place = key.places[item]
        power, interest = AUBRELLE.actors.loc[actor, ["power", "interest"]]
        assert place.x[0] <= interest <= place.x[1]
        assert place.y[0] <= power <= place.y[1]
        assert key.answer[item] == (interest, power)
    assert placed.loc[list(actors.values()), "quadrant"].tolist() == [
        "associer", "associer", "interesser", "renforcer", "renforcer"
    ]  # fmt: skip
    assert placed.loc["msa", "border"]  # « both accepted »
    elected = next(voice.text for voice in AUBRELLE.voices if voice.kind == "elected")
    assert "Je l’ai découvert dans le journal" in spaced(elected)


IDEAS = {"Cellule de situations": "cellule", "Premiers secours": "secours", "Ligne d’écoute": "ligne"}


def test_the_grades_of_the_eleven_ballots_are_those_of_the_method(assignment):
    """The published rule, and the same count by hand: eleven ballots in order, the sixth is read."""
    table = tallies(text(assignment, "votes-regle"), IDEAS)
    assert (table.sum(axis=1) == 11).all()
    columns = {column.label: column.id for column in assignment[0].question("votes-mention").columns}
    medians = majority_judgement(table)["median_grade"]
    for idea, short in IDEAS.items():
        by_hand = sorted(ballots(table)[idea], reverse=True)[5]
        assert (
            columns[medians[idea]] == columns[GRADES[by_hand]] == assignment[1]["votes-mention"].answer[short]
        )
    asked = text(assignment, "votes-mention").replace(" en santé mentale dans les communes rurales :", " :")
    assert table.equals(tallies(asked, IDEAS))


def test_the_winner_of_the_eleven_ballots_depends_on_the_rule(assignment):
    table = tallies(text(assignment, "votes-regle"), IDEAS)
    rules = rules_from_grades(ballots(table))
    winners = compare_rules({name: rules[name] for name in list(rules)[:3]}).winners
    answer = assignment[1]["votes-regle"].answer
    assert [IDEAS[one] for winner in winners.values() for one in winner] == [
        answer["mention"], answer["coeur"], answer["approbation"]
    ]  # fmt: skip
    said = spaced(assignment[1]["votes-regle"].explanations["approbation"]["secours"])
    approved = rules["Approbation"]["score"]
    assert f"{approved['Premiers secours']:.0f} pour les premiers secours" in said
    assert (
        f"{approved['Ligne d’écoute']:.0f} pour la ligne, {approved['Cellule de situations']:.0f} pour la"
        in said
    )


# The marks


def test_the_reference_answers_earn_every_point_and_a_blank_copy_none(assignment):
    questions, keys = assignment
    full = [
        points(assignment, q.id, keys[q.id].model_dump(mode="json")["answer"]) for q in questions.questions
    ]
    assert full == [q.points for q in questions.questions]
    assert [round(sum(full[start : start + 6]), 2) for start in (0, 6, 12)] == [12, 12, 9]
    assert [points(assignment, q.id, None) for q in questions.questions] == [0] * 18


def test_the_questions_are_of_many_kinds(assignment):
    kinds = {q.kind for q in assignment[0].questions if not getattr(q, "several", False)}
    assert kinds == {"choice", "number", "ranking", "allocation", "grid", "placement"}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("absents", ["ville", "oublies"], 2),
        ("absents", ["ville", "oublies", "horaires", "association"], 2),  # one voice for all
        ("absents", ["association", "experts", "sommet"], 0),
        ("terrain-commun", 5, 0.4),  # two zeros taken for an agreement
        ("terrain-commun", 1, 0),
        ("terrain-commun", 2, 0),  # equal marks only
        ("opposant", "ecarter", 0),  # what a real colleague says
        ("opposant", "convaincre", 0.6),
        ("opposant", "ceder", 0),
        ("rangs-points", 22, 0.6),  # 3, 2 and 1 points
        ("rangs-points", 10, 0),
        ("rangs-points", 8, 0.4),
        ("rangs-phrase", "majorite", 0.6),
        ("rangs-phrase", "points", 0),
        ("accord", "significatif", 0),  # what a real colleague says
        ("accord", "pourcent", 0),
        ("accord", "aucun", 1),
        ("relais", 1, 0),
        ("relais", 2, 0.6),
        ("relais", 5, 0.4),  # the strongest link
        ("relais", 7, 0),
        ("relais-conseil", "parole", 0.6),
        ("relais-conseil", "courrier", 0),
        ("echelle", {"reunion": "information", "sieges": "apaisement", "budget": "delegation"}, 1.8),
        ("echelle", {"questionnaire": "apaisement"}, 0.6),  # accepted
        (
            "echelle",
            {"reunion": "consultation", "sieges": "partenariat", "marche": "delegation"},
            0.9,
        ),  # adjacent
        ("echelle", {"budget": "controle", "marche": "apaisement", "questionnaire": "information"}, 0.9),
        (
            "echelle",
            dict.fromkeys(("reunion", "questionnaire", "sieges", "budget", "marche"), "partenariat"),
            1.2,
        ),
        ("tours-part", 8, 0),
        ("tours-part", 8.33, 1.2),
        ("tours-part", 33, 0.4),  # the other pair of rounds
        ("tours-part", 91.7, 0.6),
        ("tours-part", 0.083, 0.6),  # the unit
        ("tours-part", 66.7, 0),
        ("tours-phrase", "quatrieme", 0),  # what a real colleague says
        ("tours-phrase", "moyenne", 0),
        ("tours-phrase", "adopter", 0.6),
        ("temps", {"reunion": 4, "college": 4, "institutions": 4}, 0),
        ("temps", {"mfr": 3, "apprentis": 3, "conseil": 3, "fetes": 3}, 2.5),
        ("temps", {"mfr": 4, "apprentis": 4, "institutions": 4}, 2),
        ("temps", {"mfr": 3}, 0),
        ("carte", {"psychiatrie": [0.9, 0.9], "bailleur": [0.6, 0.8], "presidente": [0.9, 0.9]}, 1),
        ("carte", {"entraide": [0.9, 0.9], "msa": [0.3, 0.4]}, 0.6),  # where one would like them to be
        ("carte", {"msa": [0.5, 0.5]}, 0.4),
        ("carte", {"presidente": [0.9, 0.1]}, 0),
        ("entraide", "informer", 0),  # what the handbook says
        ("entraide", "temoin", 0.33),
        ("votes-mention", {"cellule": "tres-bien", "secours": "bien", "ligne": "assez-bien"}, 0.67),
        ("votes-mention", {"cellule": "assez-bien", "secours": "bien", "ligne": "bien"}, 0.33),
        ("votes-regle", {"mention": "secours", "coeur": "cellule", "approbation": "ligne"}, 0.67),
        ("votes-regle", {"mention": "cellule", "coeur": "cellule"}, 0.33),
        ("votes-phrase", "coeur", 0),  # what a real colleague says
        ("votes-phrase", "rejetee", 0),
        ("preparer", ["regle", "engagement", "preparer", "discuter", "voter", "rendre"], 3),
        ("preparer", ["voter", "engagement", "regle", "preparer", "discuter", "rendre"], 0),
        ("preparer", ["engagement", "regle", "discuter", "preparer", "voter", "rendre"], 2.25),
        ("preparer", ["engagement", "discuter", "preparer", "voter", "regle", "rendre"], 1.5),
    ],
)
def test_partial_answers_earn_what_was_meant(assignment, name, value, expected):
    assert points(assignment, name, value) == pytest.approx(expected, abs=0.005)


def test_an_adjacent_rung_of_the_ladder_earns_half_and_no_other_does(assignment):
    rungs = assignment[0].question("echelle").ids("columns")
    key = assignment[1]["echelle"]
    for row, right in key.answer.items():
        place = rungs.index(right)
        near = {rungs[one] for one in (place - 1, place + 1) if 0 <= one < len(rungs)}
        assert set(key.credits[row]) == near
        accepted = {"apaisement"} if row == "questionnaire" else set()
        assert all(credit == (1 if rung in accepted else 0.5) for rung, credit in key.credits[row].items())


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
    assert all(rule.explanation for rule in (*keys["preparer"].precedences, *keys["preparer"].exclusions))
    assert all(place.explanation for place in keys["carte"].places.values())
    assert all(check.explanation for check in keys["temps"].checks)


def test_each_skill_of_the_module_is_asked_by_a_question_and_each_question_asks_one(assignment):
    module = load_module(files() / "modules/04-concerter/module.toml")
    assert {spaced(q.skill) for q in assignment[0].questions} == {
        spaced(one) for one in module.skills.values()
    }


NOTEBOOKS = {
    "04-concerter": "dans le document du module 04",
    "04-concerter-pays-de-brezonne": "dans le document « Concerter au Pays de Brézonne »",
    "04-concerter-val-d-aubrelle": "dans le document « Concerter au Val d’Aubrelle »",
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


def test_the_learner_s_questions_hold_no_answer_and_say_that_all_is_fictitious(assignment):
    public = (COURSE / "source/04-concerter/questions.toml").read_text("utf-8")
    assert all(
        reason not in public
        for key in assignment[1].values()
        for reason in getattr(key, "explanations", {}).values()
        if isinstance(reason, str)
    )
    assert "fictif" in assignment[0].intro
