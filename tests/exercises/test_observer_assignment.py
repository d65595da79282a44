"""The graded exercise of module 02: its figures are those of the tables, its marks those intended."""

from __future__ import annotations

import json
import re
from math import isclose

import pytest

from territ_kit.course import files
from territ_kit.exercises.generate import load_course_assignment, stale_notebooks
from territ_kit.exercises.marking import mark_question
from territ_kit.exercises.question import ChoiceQuestion, GridQuestion
from territ_kit.french import fr
from territ_kit.observation.reading import find_reference, read_indicator
from territ_kit.territory import load_case

COURSE = files() / "exercises"
CASE, BREZONNE, AUBRELLE = map(load_case, ("port-ancelle", "pays-de-brezonne", "val-d-aubrelle"))
AREAS = {name: code for code, name in CASE.area_names().items()}
QUARTERS = list(CASE.qpv["name"])
WHOLE = CASE.short_name
GRID = {"defavorable": "higher", "favorable": "higher", "indecis": "undetermined"}


@pytest.fixture(scope="module")
def assignment():
    return load_course_assignment(COURSE, "02-observer")


def points(assignment, name, value):
    questions, keys = assignment
    return mark_question(questions.question(name), keys[name], value).points


def text(assignment, name, option=None):
    """Return what the learner reads: the whole question, or one of its options or rows."""
    question = assignment[0].question(name)
    parts = [part for name in ("options", "rows", "items") for part in getattr(question, name, ())]
    if option:
        return next(part.label for part in parts if part.id == option)
    return " ".join([question.statement, question.hint, *(part.label for part in parts)])


def level(code):
    return "epci" if code == CASE.code else "qpv" if code in CASE.qpv.index else "commune"


def row(indicator, area, case=CASE):
    for one in ("epci", "group", "commune", "qpv"):
        rows = read_indicator(case, indicator, level=one).set_index("name")
        if area in rows.index:
            return rows.loc[area]
    raise KeyError(area)


def counts(indicator, area):
    table, code = CASE.indicators, AREAS[area]
    found = table[
        (table["indicator"] == indicator) & (table["area"] == code) & (table["level"] == level(code))
    ]
    return int(found["numerator"].iloc[0]), int(found["denominator"].iloc[0])


def in_quarters(indicator):
    return tuple(sum(part) for part in zip(*(counts(indicator, name) for name in QUARTERS), strict=True))


def deaths(area):
    return int(
        CASE.deaths.loc[
            (CASE.deaths["area"] == AREAS[area]) & (CASE.deaths["level"] == "commune"), "deaths"
        ].sum()
    )


CRUDE, EQUAL, EARLY = "mortalite-brute", "mortalite-standardisee", "mortalite-prematuree"
DOCTOR, SCREENED = "sans-medecin-traitant", "depistage-eligibles"
APL_TOWNS = ("Sarvelac", "Ormezan", "Mauvérac", "Saint-Orvain")
YOUNG_SUICIDES = "suicides-15-24-ans"
SPAN = "{value} (de {low} à {high})"
SHARE = "{value} % (de {low} à {high}). Département : {dep} %"
RATE = "{value} pour 1 000 (de {low} à {high}). Département : {dep}"
OBSERVED = "{value} (de {low} à {high}). {events} décès, {base} attendus"
UNDER_65 = "{value} décès pour 100 000 habitants de moins de 65 ans (de {low} à {high}). Département : {dep}"

QUOTED = [
    ("titre", None, CRUDE, "Havrelle-Plage", 1, SPAN),
    ("titre", None, CRUDE, WHOLE, 1, "{value} dans l’agglomération"),
    ("titre", None, EQUAL, "Havrelle-Plage", 1, SPAN),
    ("titre", None, EQUAL, WHOLE, 1, "{value} dans l’agglomération"),
    ("tri", "corvelles", DOCTOR, "Les Corvelles", 0, SHARE),
    ("tri", "agglomeration", DOCTOR, WHOLE, 1, SHARE),
    ("tri", "roncevelle", SCREENED, "Roncevelle", 0, SHARE),
    ("preuves", "corvelles", DOCTOR, "Les Corvelles", 0, SHARE + ". {total} adultes"),
    ("preuves", "hauts", SCREENED, "Hauts-de-Brévaumer", 0, SHARE + ". {total} personnes"),
    ("preuves", "lanquevert", EQUAL, "Lanquevert", 1, RATE),
    ("preuves", "carquemare", EQUAL, "Carquemare", 1, RATE),
    ("preuves", "bosc-virelle", CRUDE, "Bosc-Virelle", 1, "{value} pour 1 000"),
    ("petits-nombres", None, EARLY, "Lanquevert", 0, UNDER_65),
]


MENTAL, RURAL = "Autour de l’établissement de santé mentale", "Neuf communes rurales"
SUICIDES, CARE = "suicides-icm", "ald-psychiatriques"
QUOTED_OF_AUBRELLE = [
    ("ald", None, CARE, MENTAL, 0, SPAN + " autour de l’établissement"),
    ("ald", None, CARE, RURAL, 0, SPAN + " dans les neuf communes rurales"),
    ("groupes", "ville", SUICIDES, "Ville-centre", 0, OBSERVED),
    ("groupes", "etablissement", SUICIDES, MENTAL, 0, OBSERVED),
    ("groupes", "couronne", SUICIDES, "Reste de la couronne", 0, OBSERVED),
    ("groupes", "rural", SUICIDES, RURAL, 0, OBSERVED),
    ("carre", "chantornes", "pauvrete", "Les Chantornes", 0, SHARE),
    ("carre", "rivombre", EQUAL, "Rivombre", 1, RATE),
    ("carre", "haubervelle", "bacheliers", "Haubervelle", 0, SHARE),
    ("carre", "enquete", "mal-etre-enquete", AUBRELLE.short_name, 0, "{value} % (de {low} à {high})"),
    ("carre", "pontaubrelle", "chomage", "Pontaubrelle", 1, SHARE),
]
ALL_QUOTED = [(CASE, *quoted) for quoted in QUOTED] + [(AUBRELLE, *quoted) for quoted in QUOTED_OF_AUBRELLE]


def spaced(words):
    """Read every kind of space as one: the figures are tested here, the typography elsewhere."""
    return re.sub(r"[\u00a0\u202f ]+", " ", words)


@pytest.mark.parametrize(("case", "name", "option", "indicator", "area", "decimals", "words"), ALL_QUOTED)
def test_each_figure_quoted_is_that_of_the_tables(
    assignment, case, name, option, indicator, area, decimals, words
):
    found, reference = row(indicator, area, case), find_reference(case, indicator, "departement")
    figures = {column: fr(found[column], decimals) for column in ("value", "low", "high")}
    expected = words.format(
        **figures,
        dep=fr(reference.value, decimals),
        total=fr(found["base"]),
        events=fr(found["events"]),
        base=fr(found["base"], 1),
    )
    assert spaced(expected) in spaced(text(assignment, name, option))


def test_the_accessibility_of_brezonne_is_weighed_as_its_key_says(assignment):
    towns = BREZONNE.communes.set_index("name").loc[list(APL_TOWNS)]
    access = read_indicator(BREZONNE, "apl-medecins").set_index("name").loc[towns.index, "value"].round(1)
    people = towns["standardised_population"]
    for name in APL_TOWNS:
        quoted = spaced(f"{name} : {fr(access[name], 1)} pour {fr(people[name])} habitants.")
        assert all(quoted in spaced(text(assignment, question)) for question in ("apl-moyenne", "apl-part"))
    mean, below = (access * people).sum() / people.sum(), 100 * people[access < 2.5].sum() / people.sum()
    keys = assignment[1]
    assert isclose(keys["apl-moyenne"].answer, mean, abs_tol=0.005)
    assert isclose(keys["apl-part"].answer, below, abs_tol=0.05)
    assert isclose(keys["apl-moyenne"].errors[0].value, access.mean(), abs_tol=0.005)
    said = spaced(keys["apl-moyenne"].explanation)
    assert spaced(f"{fr(round((access * people).sum()))} pour {fr(people.sum())} habitants") in said
    assert isclose(keys["apl-part"].errors[0].value, 100 * (access < 2.5).mean())
    assert isclose(keys["apl-part"].errors[1].value, 100 - below, abs_tol=0.05)


def test_the_signal_of_brezonne_is_that_of_the_tables(assignment):
    found = row(YOUNG_SUICIDES, BREZONNE.short_name, BREZONNE)
    region = find_reference(BREZONNE, YOUNG_SUICIDES, "region").value
    said = spaced(text(assignment, "signal"))
    assert found["events"] == 3  # « trois jeunes »
    assert 3.5 < found["value"] / region < 4.5  # « quatre fois »
    assert found["low"] < region < found["high"]
    figures = [fr(found[column], 1) for column in ("value", "low", "high")]
    assert spaced(SPAN.format(value=f"{figures[0]} décès pour 100 000 jeunes et par an", low=figures[1],
                              high=figures[2])) in said  # fmt: skip
    assert f"Région : {fr(region, 1)}" in said


def test_the_evidence_of_aubrelle_is_placed_as_the_page_reads_it(assignment):
    places = assignment[1]["carre"].places
    for name, indicator, area in (
        ("chantornes", "pauvrete", "Les Chantornes"),
        ("rivombre", EQUAL, "Rivombre"),
        ("haubervelle", "bacheliers", "Haubervelle"),
        ("pontaubrelle", "chomage", "Pontaubrelle"),
    ):
        found, reference = row(indicator, area, AUBRELLE), find_reference(AUBRELLE, indicator, "departement")
        solid = not found["low"] <= reference.value <= found["high"]
        worse = AUBRELLE.catalogue.loc[indicator, "direction"] == "higher_is_worse"
        assert (places[name].x[1] == 1) == solid
        assert (places[name].y[1] == 1) == ((found["value"] > reference.value) == worse)
    survey = row("mal-etre-enquete", AUBRELLE.short_name, AUBRELLE)
    women = row("enquete-femmes-60-ans", AUBRELLE.short_name, AUBRELLE)
    assert survey["value"] < find_reference(AUBRELLE, "mal-etre-enquete", "region").value
    assert "412 réponses, dont 280" in spaced(text(assignment, "verifier"))
    assert (survey["base"], women["base"], women["events"]) == (412, 412, 280)


def test_the_groups_of_aubrelle_are_read_as_the_page_reads_them(assignment):
    groups = read_indicator(AUBRELLE, SUICIDES, level="group", reference=100)
    assert set(groups["reading"]) == {"undetermined"}
    assert groups["value"].idxmax() == "rural"
    assert read_indicator(AUBRELLE, CARE, level="group")["value"].idxmin() == "rural"
    assert row(SUICIDES, "La Villorbe", AUBRELLE)["missing"] == "not_available"
    said = spaced(assignment[1]["groupes"].explanations["rural"]["signal"])
    rural = groups.loc["rural"]
    assert f"{fr(rural['events'])} décès pour {fr(rural['base'], 0)} attendus" in said
    equal = [row("ald-psychiatriques-icm", area, AUBRELLE)["value"] for area in (MENTAL, RURAL)]
    said = spaced(assignment[1]["ald"].explanations["age"])
    assert f"{fr(equal[0], 0)} contre {fr(equal[1], 0)}" in said


def test_the_counts_of_the_screening_are_those_of_the_tables(assignment):
    shown = spaced(text(assignment, "taux"))
    for name in QUARTERS:
        tests, eligible = counts("depistage-eligibles", name)
        invited = counts("depistage-invites", name)[1]
        assert spaced(f"{name} : {fr(tests)}, {fr(invited)}, {fr(eligible)}.") in shown


def test_the_screening_rates_and_the_expected_errors_follow_from_the_counts(assignment):
    key = assignment[1]["taux"]
    tests, eligible = in_quarters("depistage-eligibles")
    invited = in_quarters("depistage-invites")[1]
    rates = [100 * part / whole for part, whole in (counts("depistage-eligibles", name) for name in QUARTERS)]
    simple = sum(rates) / len(rates)
    exact = 100 * tests / eligible
    assert isclose(key.answer, exact, abs_tol=0.05)
    assert [error.value for error in key.errors] == [
        round(simple, 1), round(100 * tests / invited, 1), round(exact / 100, 3),
        round(row("depistage-eligibles", WHOLE)["value"], 1),
        round(100 * invited / eligible, 1), round(100 * (1 - invited / eligible), 1),
    ]  # fmt: skip


def test_the_email_quotes_the_tables(assignment):
    shown = spaced(text(assignment, "courriel"))
    gaps = []
    for tests, eligible, invited in (
        (*in_quarters("depistage-eligibles"), in_quarters("depistage-invites")[1]),
        (*counts("depistage-eligibles", WHOLE), counts("depistage-invites", WHOLE)[1]),
    ):
        rates = (
            f"{fr(100 * tests / eligible, 0)} % des éligibles, {fr(100 * tests / invited, 0)} % des invités"
        )
        assert spaced(rates) in shown
        assert spaced(f"{fr(eligible - invited)} sur {fr(eligible)}") in shown
        gaps.append(100 * (1 - invited / eligible))
    said = spaced(assignment[1]["courriel"].explanations["deux"])
    assert (
        f"{fr(gaps[0], 0)} % des éligibles dans les quartiers, {fr(gaps[1], 0)} % dans l’agglomération"
        in said
    )
    assert gaps[0] > 25  # « plus d’un quart »


def test_the_numbers_written_in_words_are_those_of_the_tables(assignment):
    assert (deaths("Bosc-Virelle"), deaths("Lanquevert"), deaths("Carquemare")) == (9, 10, 14)
    assert counts("mortalite-prematuree", "Lanquevert") == (2, 245)
    rate = row("mortalite-prematuree", "Lanquevert")["value"]
    assert 4 <= rate / find_reference(CASE, "mortalite-prematuree", "departement").value < 4.5
    crude = row("mortalite-brute", "Havrelle-Plage")["value"] / row("mortalite-brute", WHOLE)["value"]
    assert 1.45 < crude < 1.65  # « une fois et demie »
    assert CASE.communes.loc[AREAS["Bosc-Virelle"], "population"] == 397
    assert CASE.communes.loc[AREAS["Havrelle-Plage"], "population"] == 6400


def test_the_grid_says_what_the_page_says(assignment):
    answer = assignment[1]["tri"].answer
    for name, indicator, area in (
        ("corvelles", "sans-medecin-traitant", "Les Corvelles"),
        ("agglomeration", "sans-medecin-traitant", WHOLE),
        ("roncevelle", "depistage-eligibles", "Roncevelle"),
    ):
        code, reference = AREAS[area], find_reference(CASE, indicator, "departement").value
        found = read_indicator(CASE, indicator, level=level(code), reference=reference).loc[code]
        assert found["reading"] == GRID[answer[name]]
    missing = {"secret": "secret", "absent": "not_available", "sans-objet": "not_applicable"}
    for name, indicator, area in (
        ("bosc-virelle", "pauvrete", "Bosc-Virelle"),
        ("phare-nord", "mortalite-brute", "Phare-Nord"),
        ("yvremare", "qpv-guichet-proche", "Yvremare"),
    ):
        assert row(indicator, area)["missing"] == missing[answer[name]]


def test_the_order_of_the_evidence_follows_from_the_intervals():
    reference = find_reference(CASE, "mortalite-standardisee", "departement").value
    lanquevert, carquemare, bosc = (
        row("mortalite-standardisee", area) for area in ("Lanquevert", "Carquemare", "Bosc-Virelle")
    )
    assert lanquevert["low"] > reference
    assert carquemare["low"] < reference < carquemare["high"]
    assert bosc["suppressed"]


def test_the_reference_answers_earn_every_point_and_a_blank_copy_none(assignment):
    questions, keys = assignment
    full = [
        points(assignment, q.id, keys[q.id].model_dump(mode="json")["answer"]) for q in questions.questions
    ]
    assert full == [q.points for q in questions.questions]
    assert sum(full) == 36
    assert [points(assignment, q.id, None) for q in questions.questions] == [0] * 14


def test_the_questions_are_of_many_kinds(assignment):
    kinds = {q.kind for q in assignment[0].questions if not getattr(q, "several", False)}
    assert kinds == {"choice", "number", "ranking", "allocation", "grid", "placement"}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("titre", "net", 0),  # what the mayor's own office says
        ("titre", "moins", 0),
        ("titre", "egal", 1.5),
        ("titre", "rien", 1),
        ("taux", 24, 3),
        ("taux", 23.94, 3),
        ("taux", 24.2, 1.5),  # mean of the five rates
        ("taux", 33.1, 1),  # the other denominator
        ("taux", 33, 1),
        ("taux", 0.239, 1.5),  # the unit
        ("taux", 36, 0),
        ("taux", 27.6, 0),
        ("courriel", "corriger", 0),
        ("courriel", "milieu", 0),
        ("courriel", "garder", 1),
        ("tri", {"corvelles": "defavorable", "agglomeration": "indecis", "roncevelle": "favorable"}, 1.5),
        ("tri", {"corvelles": "defavorable", "roncevelle": "defavorable"}, 0.5),
        ("tri", {"corvelles": "defavorable", "agglomeration": "indecis", "bosc-virelle": "favorable"}, 0.5),
        ("tri", {"bosc-virelle": "absent", "phare-nord": "secret"}, 0.5),
        ("preuves", ["hauts", "corvelles", "lanquevert", "carquemare", "bosc-virelle"], 2.67),
        (
            "preuves",
            ["corvelles", "lanquevert", "bosc-virelle", "carquemare", "hauts"],
            1,
        ),  # by size of the gap
        ("preuves", ["bosc-virelle", "corvelles", "hauts", "lanquevert", "carquemare"], 0),
        ("petits-nombres", ["taire", "elargir"], 2),
        ("petits-nombres", ["taire", "signal", "elargir", "intervalle"], 2),
        ("petits-nombres", ["taire", "signal", "elargir", "intervalle", "titrer", "classer"], 0),
        ("apl-moyenne", 2.69, 1),
        ("apl-moyenne", 1.75, 0),  # mean of the communes
        ("apl-part", 38, 1),
        ("apl-part", 75, 0),  # share of the communes
        ("apl-part", 61.8, 0.33),
        ("apl-part", 0.382, 0.5),
        ("apl-phrase", "tout-va", 0),  # what the president's own office says
        ("apl-phrase", "desert", 0),
        ("signal", ["taire", "croiser"], 2),
        ("signal", ["taire", "croiser", "elargir", "rien"], 1.5),
        ("signal", ["titrer", "elargir"], 0),
        ("ald", "suivre", 0),  # what the elected member says
        ("ald", "age", 0),
        ("ald", "jeter", 1),
        (
            "groupes",
            {"ville": "indecis", "etablissement": "favorable", "couronne": "indecis", "rural": "publier"},
            1,
        ),
        ("groupes", dict.fromkeys(("ville", "etablissement", "couronne", "rural"), "indecis"), 2),
        ("groupes", {"rural": "favorable", "villorbe": "absent"}, 0),
        ("carre", {"chantornes": [0.9, 0.9], "rivombre": [0.9, 0.9]}, 0.9),  # by size of the figure
        ("carre", {"chantornes": [0.5, 0.5], "rivombre": [0.5, 0.5], "enquete": [0.9, 0.9]}, 0),
        ("verifier", {"relance": 6, "soignants": 2, "calculs": 2}, 0.94),
        ("verifier", {"soignants": 4, "urgences": 2, "concernes": 2, "agricole": 2}, 3),
        ("verifier", {"soignants": 7, "urgences": 0, "concernes": 0, "agricole": 0, "calculs": 3}, 1.8),
        ("verifier", {"soignants": 3}, 0),
    ],
)
def test_partial_answers_earn_what_was_meant(assignment, name, value, expected):
    assert points(assignment, name, value) == pytest.approx(expected, abs=0.005)


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
            assert all(key.answer[r] in key.explanations[r] for r in question.ids("rows"))
    assert all(rule.explanation for rule in keys["preuves"].precedences)
    assert all(place.explanation for place in keys["carre"].places.values())
    assert all(check.explanation for check in keys["verifier"].checks)


NOTEBOOKS = {
    "02-observer": "dans le document du module 02",
    "02-observer-pays-de-brezonne": "dans le document « Pays de Brézonne »",
    "02-observer-val-d-aubrelle": "dans le document « Val d’Aubrelle »",
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
    public = (COURSE / "source/02-observer/questions.toml").read_text("utf-8")
    assert all(
        reason not in public
        for key in assignment[1].values()
        for reason in getattr(key, "explanations", {}).values()
        if isinstance(reason, str)
    )
    assert "fictif" in assignment[0].intro


def test_the_notebook_is_up_to_date():
    assert stale_notebooks(COURSE) == []
