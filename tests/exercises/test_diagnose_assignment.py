"""The graded exercise of module 03: its figures are those of the tables, its marks those intended."""

from __future__ import annotations

import json
import re
from math import isclose

import pytest

from territ_kit.course import files
from territ_kit.course.modules import load_module
from territ_kit.diagnosis.disguised import spot_solution
from territ_kit.diagnosis.needs import READINGS, cross
from territ_kit.diagnosis.proposal import propose_levels
from territ_kit.exercises.generate import load_course_assignment
from territ_kit.exercises.marking import mark_question
from territ_kit.exercises.question import ChoiceQuestion, GridQuestion
from territ_kit.french import fr
from territ_kit.observation.reading import find_reference, read_indicator
from territ_kit.territory import load_case

COURSE = files() / "exercises"
ANCELLE, BREZONNE, AUBRELLE = map(load_case, ("port-ancelle", "pays-de-brezonne", "val-d-aubrelle"))
WHOLE = BREZONNE.short_name
RIGHTS, DOCTOR, SCREENED = "non-recours-c2s", "sans-medecin-traitant", "depistage-eligibles"
SPAN = "{value} (de {low} à {high})"
SHARE = "{value} % (de {low} à {high})"
NAMES = {
    "03-diagnostiquer": "dans le document du module 03",
    "03-diagnostiquer-pays-de-brezonne": "dans le document « Diagnostiquer le Pays de Brézonne »",
    "03-diagnostiquer-val-d-aubrelle": "dans le document « Diagnostiquer le Val d’Aubrelle »",
}


@pytest.fixture(scope="module")
def assignment():
    return load_course_assignment(COURSE, "03-diagnostiquer")


def points(assignment, name, value):
    questions, keys = assignment
    return mark_question(questions.question(name), keys[name], value).points


def text(assignment, name, option=None):
    """Return what the learner reads: the whole question, or one of its options or rows."""
    question = assignment[0].question(name)
    parts = [part for name in ("options", "rows") for part in getattr(question, name, ())]
    if option:
        return spaced(next(part.label for part in parts if part.id == option))
    return spaced(" ".join([question.statement, question.hint, *(part.label for part in parts)]))


def spaced(words):
    """Read every kind of space as one: the figures are tested here, the typography elsewhere."""
    return re.sub(r"[\u00a0\u202f ]+", " ", words)


def row(case, indicator, area):
    for level in ("epci", "group", "commune", "qpv"):
        rows = read_indicator(case, indicator, level=level).set_index("name")
        if area in rows.index:
            return rows.loc[area]
    raise KeyError(area)


def without_rights(*quarters):
    return sum(int(row(ANCELLE, RIGHTS, name)["events"]) for name in quarters or ANCELLE.qpv["name"])


def shown_at(case, *areas):
    """Return the actions under way whose place is one of these areas."""
    return case.actions[case.actions["area"].isin(areas) & (case.actions["state"] != "announced")]


@pytest.mark.parametrize(
    ("case", "name", "option", "indicator", "area", "decimals", "words"),
    [
        (ANCELLE, "croiser", "corvelles", RIGHTS, "Les Corvelles", 0, SHARE + ". Département : {dep} %"),
        (ANCELLE, "croiser", "phare-nord", RIGHTS, "Phare-Nord", 0, SHARE + ". Département : {dep} %"),
        (ANCELLE, "croiser", "havrelle", "mortalite-brute", "Havrelle-Plage", 1, "{value} décès pour 1 000"),
        (ANCELLE, "croiser", "havrelle", "mortalite-brute", ANCELLE.short_name, 1, "{value} dans l’agglo"),
        (ANCELLE, "croiser", "havrelle", "mortalite-icm", "Havrelle-Plage", 0, SPAN + ", pour {dep} dans"),
        (ANCELLE, "croiser", "hauts", SCREENED, "Hauts-de-Brévaumer", 0, SHARE + ". Département : {dep} %"),
        (ANCELLE, "croiser", "bassin", DOCTOR, "Bassin-Vergne", 0, SHARE + ". Département : {dep} %"),
        (ANCELLE, "droits-phrase", "moyenne", RIGHTS, ANCELLE.short_name, 0, "{value} % de non-recours"),
        (ANCELLE, "arbre", "medecin", DOCTOR, "Les Corvelles", 0, "{value} % des adultes des Corvelles"),
        (ANCELLE, "arbre", "urgences", "urgences-motifs-courants", "Les Corvelles", 0, "{value} passages"),
        (BREZONNE, "paroles", "apprenti", "connait-lieu-ecoute", WHOLE, 0, SHARE + " des élèves"),
        (BREZONNE, "paroles", "samedi", "urgences-alcool-15-24-ans", WHOLE, 1, "{value} passages"),
        (BREZONNE, "constat", None, "apl-medecins", WHOLE, 1, "{value} consultation par an"),
        (BREZONNE, "constat", None, "temps-cmpea", WHOLE, 0, "{value} minutes de route"),
        (BREZONNE, "constat", None, "connait-lieu-ecoute", WHOLE, 0, SHARE + " des élèves de 16 à 18 ans"),
        (BREZONNE, "constat", None, "connait-lieu-ecoute", WHOLE, 0, "{reg} % dans la région"),
        (AUBRELLE, "preuves", "suicides", "suicides-icm", "Neuf communes rurales", 0, SPAN + ", pour {dep}"),
        (AUBRELLE, "preuves", "besoin", "ald-psychiatriques", "Neuf communes rurales", 0, "{value} dans les"),
        (AUBRELLE, "preuves", "besoin", "ald-psychiatriques", "Autour de l’établissement de santé mentale", 0,
         "{value} personnes suivies"),
        (AUBRELLE, "preuves", "enquete", "mal-etre-enquete", AUBRELLE.short_name, 0,
         "{value} % de mal-être déclaré, {reg} % dans la région"),
        (AUBRELLE, "absents", None, "enquete-femmes-60-ans", AUBRELLE.short_name, 0,
         "{base} réponses : {value} %"),
    ],
)  # fmt: skip
def test_each_figure_quoted_is_that_of_the_tables(
    assignment, case, name, option, indicator, area, decimals, words
):
    found = row(case, indicator, area)
    references = (find_reference(case, indicator, level) for level in ("departement", "region"))
    dep, reg = (fr(one.value, decimals) if one else "" for one in references)
    figures = {column: fr(found[column], decimals) for column in ("value", "low", "high")}
    expected = words.format(**figures, dep=dep, reg=reg, base=fr(found["base"]))
    assert spaced(expected) in text(assignment, name, option)


def test_the_grid_is_read_as_the_page_proposes_to_read_it(assignment):
    """Havrelle-Plage is read by age, not by a level: the page of the first step says that nothing differs."""
    read = cross(propose_levels(ANCELLE)).set_index(["theme", "zone_name"])["reading"].map(READINGS)
    answer, columns = assignment[1]["croiser"].answer, assignment[0].question("croiser").columns
    words = {column.id: column.label.lower() for column in columns}
    for name, theme, area in (
        ("corvelles", "acces-droits", "Les Corvelles"),
        ("phare-nord", "acces-droits", "Phare-Nord"),
        ("hauts", "depistage", "Hauts-de-Brévaumer"),
        ("bassin", "acces-soins", "Bassin-Vergne"),
        ("tournevent", "nutrition", "Tournevent"),
    ):
        assert words[answer[name]] == read[theme, area]
    icm = read_indicator(ANCELLE, "mortalite-icm", reference=100).set_index("name").loc["Havrelle-Plage"]
    assert (icm["reading"], words[answer["havrelle"]]) == ("undetermined", "rien à signaler")


def test_what_the_grid_says_of_the_actions_is_in_their_list():
    actions = ANCELLE.actions
    corvelles = shown_at(ANCELLE, "QNX101M").query("theme == 'acces-droits'")
    assert list(corvelles["schedule"]) == ["Mardi de 9 h à 12 h"] * 2
    assert corvelles["place"].nunique() == 1
    assert list(actions[actions["area"] == "QNX103M"]["state"]) == ["announced"]
    assert list(actions[actions["area"] == "QNX105M"]["schedule"]) == ["Un mois par an"]
    assert list(actions[actions["area"] == "QNX102M"]["people"]) == [140]
    tournevent = actions[actions["area"] == "QNX104M"]
    assert (len(tournevent), set(tournevent["public"])) == (4, {"Enfants de 6 à 11 ans"})


def test_the_people_left_out_in_ancelle_are_counted_as_the_key_says(assignment):
    served = {"Les Corvelles"}
    assert {
        ANCELLE.area_names()[area]
        for area in shown_at(ANCELLE, *ANCELLE.qpv.index).query("theme == 'acces-droits'")["area"]
    } == served
    others = [name for name in ANCELLE.qpv["name"] if name not in served]
    left, total = without_rights(*others), without_rights()
    key, said = assignment[1]["droits-part"], text(assignment, "droits-part")
    for name in ANCELLE.qpv["name"]:
        assert f"{name} : {without_rights(name)}" in said
    eligible = sum(int(row(ANCELLE, RIGHTS, name)["base"]) for name in others)
    assert isclose(key.answer, 100 * left / total, abs_tol=0.05)
    assert spaced(f"{fr(left)} personnes sur {fr(total)}") in spaced(key.explanation)
    expected = [
        100 * (left - without_rights("Phare-Nord")) / total, 100 * (total - left) / total,
        100 * len(others) / len(ANCELLE.qpv), 100 * left / eligible, left / total,
    ]  # fmt: skip
    assert all(isclose(e.value, x, abs_tol=0.06) for e, x in zip(key.errors, expected, strict=True))
    assert "sept personnes sur dix" in assignment[1]["droits-phrase"].explanations["constat"]


def test_the_young_people_of_brezonne_are_counted_as_the_key_says(assignment):
    young = int(row(BREZONNE, "part-15-24-ans", WHOLE)["events"])
    away, pupils = (int(row(BREZONNE, "scolarises-hors-territoire", WHOLE)[c]) for c in ("events", "base"))
    said = text(assignment, "presents")
    assert all(spaced(fr(number)) in said for number in (young, pupils, away))
    key = assignment[1]["presents"]
    assert key.answer == young - away
    assert [e.value for e in key.errors[:3]] == [pupils - away, young - pupils, away]
    assert isclose(key.errors[3].value, 100 * (young - away) / young, abs_tol=0.05)
    assert f"{young - pupils} ne sont plus élèves" in text(assignment, "presents-phrase")


def test_the_talks_of_brezonne_always_meet_the_same_pupils(assignment):
    talks = BREZONNE.actions[BREZONNE.actions["lead"].isin(["college", "parents"])].query(
        "theme == 'addictions'"
    )
    assert (len(talks), set(talks["people"]), set(talks["public"])) == (3, {98}, {"Élèves de quatrième"})
    assert talks["place"].nunique() == 1
    assert f"{talks['people'].sum()} jeunes par an" in text(assignment, "seances")
    assert f"les {talks['people'].iloc[0]} élèves de quatrième" in text(assignment, "seances")
    others = BREZONNE.actions.query("theme == 'addictions'").drop(talks.index)
    assert list(others.index) == ["ethylotests-bal"]
    assert BREZONNE.actions.loc["point-ecoute", "people"] == 46  # « 46 personnes reçues par an »
    assert BREZONNE.actions.loc["point-ecoute", "schedule"] == "Mercredi de 14 h à 17 h"


def test_half_of_aubrelle_lives_where_no_action_takes_place(assignment):
    places = {
        AUBRELLE.qpv["commune"].get(area, area)
        for area in shown_at(AUBRELLE, *AUBRELLE.area_names().keys())["area"]
    }
    towns = AUBRELLE.communes["population"]
    assert {AUBRELLE.area_names()[area] for area in places} == {"Pontaubrelle", "Montfauvelle"}
    left, key = towns.drop(list(places)).sum(), assignment[1]["lieux"]
    assert isclose(key.answer, 100 * left / towns.sum(), abs_tol=0.05)
    assert spaced(f"{fr(left)} habitants") in spaced(key.explanation)
    rural = towns[AUBRELLE.communes["group"] == "rural"]
    expected = [0, 100 * rural.sum() / towns.sum(), 100 * (len(towns) - 2) / len(towns),
                100 * (1 - towns["X3001"] / towns.sum()), 0.5]  # fmt: skip
    assert all(isclose(e.value, x, abs_tol=0.05) for e, x in zip(key.errors, expected, strict=True))
    said = text(assignment, "lieux")
    numbers = (towns.sum(), towns["X3001"], towns["X3002"], rural.sum())
    assert all(spaced(fr(number)) in said for number in numbers)
    assert len(AUBRELLE.actions) == 15  # « Quatorze actions… Une quinzième est annoncée »
    assert (AUBRELLE.actions["state"] == "announced").sum() == 1


def test_the_two_weeks_of_aubrelle_share_their_public_their_date_and_their_credit(assignment):
    weeks = AUBRELLE.actions.loc[["semaines-information-ville", "semaines-information-epsm"]]
    assert weeks["public"].nunique() == weeks["schedule"].nunique() == weeks["area"].nunique() == 1
    assert all("crédit de prévention demandé" in title for title in weeks["title"])
    said = text(assignment, "doublon")
    assert all(f"{people} personnes" in said for people in (*weeks["people"], weeks["people"].sum()))
    assert "deux fois la même semaine" in AUBRELLE.actors.loc["ars", "red_line"]


def test_the_words_quoted_are_those_of_the_cases(assignment):
    told = spaced(" ".join([
        *(voice.text for case in (ANCELLE, BREZONNE, AUBRELLE) for voice in case.voices),
        BREZONNE.email, BREZONNE.press.text,
    ]))  # fmt: skip
    quoted = re.findall(r"« (.+?) »", text(assignment, "paroles") + text(assignment, "etages", "cars"))
    assert len(quoted) == 7
    for words in quoted[1:]:  # the first is the objection of a member of the committee
        beginning = re.split(r"[.,:]", words)[0].strip()
        assert beginning.replace("Il n’y a", "il n’y a") in told


def test_the_signs_of_a_disguised_solution_are_those_that_the_page_spots(assignment):
    for option in ("bus", "campagne"):
        assert spot_solution(text(assignment, "arbre", option))
    for option in ("medecin", "urgences"):
        assert spot_solution(text(assignment, "arbre", option)) is None


def test_the_reference_answers_earn_every_point_and_a_blank_copy_none(assignment):
    questions, keys = assignment
    full = [
        points(assignment, q.id, keys[q.id].model_dump(mode="json")["answer"]) for q in questions.questions
    ]
    assert full == [q.automatic_points for q in questions.questions]
    assert sum(q.points for q in questions.questions) == 42
    assert [points(assignment, q.id, None) for q in questions.questions] == [0] * 17


def test_the_questions_are_of_many_kinds(assignment):
    kinds = {q.kind for q in assignment[0].questions}
    assert kinds == {"choice", "number", "ranking", "allocation", "grid", "text"}


GRID = {
    "corvelles": "saturation", "phare-nord": "angle-mort", "havrelle": "rien",
    "hauts": "angle-mort", "bassin": "reponse", "tournevent": "saturation",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("croiser", {"corvelles": "saturation", "bassin": "reponse", "tournevent": "saturation"}, 1.5),
        ("croiser", GRID | {"corvelles": "reponse"}, 2.5),
        ("croiser", GRID | {"phare-nord": "rien"}, 2.5),
        ("croiser", GRID | {"phare-nord": "reponse"}, 2),  # the map of the future contract
        ("croiser", dict.fromkeys(GRID, "reponse"), 0),
        ("droits-part", 69, 1.8),
        ("droits-part", 46.7, 0.6),  # an announcement counted as an action
        ("droits-part", 80, 0),  # share of the neighbourhoods
        ("droits-part", 30.8, 0.6),
        ("droits-part", 0.692, 0.9),
        ("droits-phrase", "supprimer", 0),  # what a colleague in a hurry says
        ("droits-phrase", "moyenne", 0),
        ("droits-phrase", "quatre", 0.4),
        ("arbre", {"medecin": "probleme", "en-ligne": "cause", "droits": "cause"}, 1.5),
        ("arbre", {"bus": "cause", "campagne": "cause", "urgences": "consequence"}, 0.5),
        ("bus", "inscrire", 0),  # what a committee does
        ("bus", "refuser", 1),
        ("presents", 921, 1.8),
        ("presents", 183, 0.6),
        ("presents", 738, 0.6),
        ("presents", 45, 0.9),
        ("presents", 1129, 0),
        ("presents-phrase", "college", 0),  # what the head of the collège says
        ("presents-phrase", "samedi", 0.4),
        ("seances", "sept", 0),  # what the president's own office says
        ("seances", "quatrieme", 1),
        ("paroles", dict.fromkeys(("infirmiere", "apprenti", "samedi", "principal", "parent"), "ecarter"), 0),
        ("paroles", {"infirmiere": "complete", "apprenti": "complete", "samedi": "complete"}, 1.5),
        ("paroles", {"apprenti": "complete", "samedi": "ecarter"}, 0.3),
        ("forces", {"fetes": "force", "apprentis": "menace", "poste": "faiblesse"}, 0.75),
        ("constat", {"probleme": "Il manque une maison de santé pour les jeunes du territoire"}, 0),
        ("constat", {"probleme": "Des apprentis vont mal et n’osent en parler à personne", "chiffre": "aucun",
                     "qui": "Les apprentis", "parole": "« Je travaille », dit un apprenti"}, 1.33),
        ("lieux", 50, 1.8),
        ("lieux", 0, 0),  # the perimeter counted as an action
        ("lieux", 13.7, 0.6),
        ("lieux", 90.9, 0),  # share of the communes
        ("lieux", 55.8, 0.9),
        ("lieux-phrase", "acces", 0.4),
        ("lieux-phrase", "contrat", 0),
        ("doublon", ["public", "semaine"], 2),
        ("doublon", ["public", "semaine", "credit", "theme"], 2),
        ("doublon", ["theme", "total", "petit"], 0),
        ("etages", dict.fromkeys(("semaines", "gem", "locataires", "cars", "familles"), "personne"), 1),
        ("absents", {"gem": 3, "entreprises": 2, "marche": 2, "relance": 3}, 3),
        ("absents", {"gem": 5, "entreprises": 5}, 2.4),  # nobody at the market
        ("absents", {"relance": 5, "bulletin": 5}, 0),
        ("absents", {"gem": 2, "entreprises": 1, "marche": 1, "relance": 6}, 1.71),
        ("absents", {"gem": 3, "entreprises": 3, "marche": 3}, 0),  # nine half-days out of ten
        ("preuves", ["rural", "formations", "suicides", "besoin", "enquete"], 3),
        ("preuves", ["besoin", "formations", "rural", "suicides", "enquete"], 0),  # the surest figure
        ("preuves", ["enquete", "formations", "rural", "suicides", "besoin"], 0),
        ("preuves", ["formations", "suicides", "rural", "enquete", "besoin"], 2.5),
    ],
)  # fmt: skip
def test_partial_answers_earn_what_was_meant(assignment, name, value, expected):
    assert points(assignment, name, value) == pytest.approx(expected, abs=0.005)


def test_a_finding_written_otherwise_earns_every_automatic_point(assignment):
    mine = {
        "probleme": "Le soir et le week-end, des internes n’ont nulle part où parler de ce qui les ronge.",
        "qui": "Les lycéens qui rentrent le samedi",
        "chiffre": "1 129 jeunes étudient ailleurs, selon le recensement fictif",
        "parole": "L’infirmière scolaire : « Mes anciens élèves, je ne les revois qu’aux fêtes. »",
        "verifier": "Combien d’internes seraient venus le samedi : on le demande au conseil des jeunes.",
    }
    assert points(assignment, "constat", mine) == 2


def test_every_choice_is_explained(assignment):
    questions, keys = assignment
    for question in questions.questions:
        key = keys[question.id]
        assert question.skill
        assert key.reread
        if isinstance(question, ChoiceQuestion):
            assert set(key.explanations) == set(question.ids("options"))
        if isinstance(question, GridQuestion):
            assert set(key.column_explanations) == set(question.ids("columns"))
            for name in question.ids("rows"):
                assert set(key.explanations[name]) == set(question.ids("columns"))
    assert all(rule.explanation for rule in keys["preuves"].precedences + keys["preuves"].exclusions)
    assert all(check.explanation for name in ("absents", "constat") for check in keys[name].checks)


def test_the_skills_are_those_of_the_module(assignment):
    asked = {question.skill for question in assignment[0].questions}
    assert asked == set(load_module(files() / "modules/03-diagnostiquer/module.toml").skills.values())


def test_what_to_read_again_is_a_title_of_the_learner_s_notebook(assignment):
    titles = {name: titles_of(name) for name in NAMES}
    for key in assignment[1].values():
        title = re.search(r"«\s*(.+?)\s*»", key.reread).group(1)
        said = spaced(key.reread)
        assert any(title in titles[name] for name, words in NAMES.items() if words in said)


def titles_of(name):
    notebook = json.loads((files() / f"notebooks/parcours/{name}.ipynb").read_text("utf-8"))
    return {
        line.lstrip("# ").strip()
        for cell in notebook["cells"] if cell["cell_type"] == "markdown"
        for line in "".join(cell["source"]).splitlines() if line.startswith("#")
    }  # fmt: skip


def test_the_learner_s_questions_hold_no_answer_and_say_that_all_is_fictitious(assignment):
    public = (COURSE / "source/03-diagnostiquer/questions.toml").read_text("utf-8")
    assert all(
        reason not in public
        for key in assignment[1].values()
        for reason in getattr(key, "explanations", {}).values()
        if isinstance(reason, str)
    )
    assert "fictif" in assignment[0].intro
