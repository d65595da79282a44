"""What the guide, the quiz, the notebooks and the cards of module 05 say, held against the tables."""

from __future__ import annotations

import json
import re
from math import isclose

import pytest

from territ_kit.course import files
from territ_kit.course.printed_prioritisation import evidence, prepared_needs, sheets
from territ_kit.exercises.key import load_keys
from territ_kit.exercises.question import load_assignment
from territ_kit.exercises.reading import typeset
from territ_kit.french import fr
from territ_kit.observation.reading import find_reference, read_indicator
from territ_kit.territory import load_case

MODULE = files() / "modules/05-prioriser"
CASES = ANCELLE, BREZONNE, AUBRELLE = tuple(
    map(load_case, ("port-ancelle", "pays-de-brezonne", "val-d-aubrelle"))
)
GUIDE = (MODULE / "guide.md").read_text("utf-8")
SPAN = "{value} (de {low} à {high})"
SHARE = "{value} % (de {low} à {high})"

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)


def spaced(words):
    """Read every kind of space as one: the figures are tested here, the typography elsewhere."""
    return re.sub(r"[\u00a0\u202f ]+", " ", words)


def row(case, indicator, area, against="departement"):
    reference = find_reference(case, indicator, against)
    for level in ("epci", "group", "commune", "qpv"):
        rows = read_indicator(case, indicator, level=level, reference=reference.value if reference else None)
        rows = rows.set_index("name")
        if area in rows.index:
            return rows.loc[area]
    raise KeyError(area)


def the_part_on(case):
    name = {"port-ancelle": "Port-Ancelle", "pays-de-brezonne": "le Pays", "val-d-aubrelle": "le Val"}[
        case.id
    ]
    return spaced(re.search(rf"(?s)## Animer avec {name}.*?(?=\n## )", GUIDE)[0])


# The guide


@pytest.mark.parametrize(
    ("case", "indicator", "area", "decimals", "words", "against"),
    [
        (ANCELLE, "sans-medecin-traitant", "Les Corvelles", 0, SHARE + ", soit {events} personnes",
         "departement"),
        (ANCELLE, "sans-medecin-traitant", "Brévaumer", 1,
         "À Brévaumer, {value} % des adultes n’ont pas de médecin traitant, pour {reference} %",
         "departement"),
        (ANCELLE, "non-recours-c2s", "Phare-Nord", 0, SHARE + ", pour {reference} %", "departement"),
        (ANCELLE, "non-recours-c2s", "Phare-Nord", 0, "Mais {events} personnes", "departement"),
        (ANCELLE, "part-75-ans", "Havrelle-Plage", 0, "{events} personnes de 75 ans et plus", "departement"),
        (ANCELLE, "renoncement-soins", ANCELLE.short_name, 0, SHARE + ", pour {reference} %", "departement"),
        (BREZONNE, "connait-lieu-ecoute", BREZONNE.short_name, 0,
         SHARE + " des élèves interrogés, pour {reference} % dans la région", "region"),
        (BREZONNE, "sans-medecin-traitant", BREZONNE.short_name, 1, SHARE + ", pour {reference} %",
         "departement"),
        (BREZONNE, "sans-emploi-ni-formation", BREZONNE.short_name, 1, SHARE + ", pour {reference} %",
         "departement"),
        (BREZONNE, "alcool-16-18-ans", BREZONNE.short_name, 0, SHARE + ", pour {reference} % dans la région",
         "region"),
        (AUBRELLE, "suicides-icm", "Neuf communes rurales", 0, "est de " + SPAN, "departement"),
        (AUBRELLE, "ald-psychiatriques", "Autour de l’établissement de santé mentale", 0,
         SPAN + " pour 100 000", "departement"),
        (AUBRELLE, "mal-etre-enquete", AUBRELLE.short_name, 0, SHARE, "departement"),
        (AUBRELLE, "delai-psychiatre", AUBRELLE.short_name, 0, "{value} mois, pour {reference}",
         "departement"),
    ],
)  # fmt: skip
def test_each_figure_of_the_guide_is_that_of_the_tables(case, indicator, area, decimals, words, against):
    found = row(case, indicator, area, against)
    figures = {name: fr(found[name], decimals) for name in ("value", "low", "high")}
    reference = find_reference(case, indicator, against)
    said = words.format(reference=fr(reference.value, decimals), events=fr(found["events"]), **figures)
    assert spaced(said) in the_part_on(case)


def test_the_people_who_live_outside_the_quarters_are_counted():
    inside = read_indicator(ANCELLE, "sans-medecin-traitant", level="qpv")["events"].sum()
    whole = row(ANCELLE, "sans-medecin-traitant", ANCELLE.short_name)["events"]
    assert spaced(f"{fr(whole - inside)} sur {fr(whole)}") in the_part_on(ANCELLE)


@pytest.mark.parametrize(
    ("case", "indicator", "area", "against", "reading"),
    [
        (ANCELLE, "renoncement-soins", ANCELLE.short_name, "departement", "undetermined"),
        (BREZONNE, "alcool-16-18-ans", BREZONNE.short_name, "region", "undetermined"),
        (BREZONNE, "urgences-alcool-15-24-ans", BREZONNE.short_name, "departement", "undetermined"),
        (BREZONNE, "sans-emploi-ni-formation", BREZONNE.short_name, "departement", "higher"),
        (AUBRELLE, "suicides-icm", "Neuf communes rurales", "departement", "undetermined"),
        (ANCELLE, "mortalite-icm", "Havrelle-Plage", "departement", "undetermined"),
    ],
)
def test_what_can_be_concluded_is_what_the_guide_and_the_cards_say(case, indicator, area, against, reading):
    assert row(case, indicator, area, against)["reading"] == reading


def test_the_guide_counts_the_questions_and_the_points_of_the_exercise():
    found = load_assignment(files() / "exercises/source/05-prioriser/questions.toml")
    assert len(found.questions) == 19
    assert isclose(sum(question.points for question in found.questions), 33)
    assert "dix-neuf questions et trente-trois points" in spaced(GUIDE)


def test_the_worked_sums_of_the_guide_are_those_of_the_sheets():
    grid, formulas = (spaced(" ".join(sheets(ANCELLE)[name][1])) for name in ("grille.html", "hanlon.html"))
    assert 8 * 50 + 5 * 30 + 6 * 20 == 670
    assert "670 ÷ 100 = <b>6,7</b>" in grid
    assert (f"{(7 + 6) * 5 / 3:.1f}", (7 + 2 * 6) * 5) == ("21.7", 95)
    assert all(figure in formulas for figure in ("<b>21,7</b>", "<b>95</b>"))
    guide = spaced(GUIDE)
    assert "670 sur 100, soit 6,7" in guide
    assert "La première formule donne 21,7, la seconde 95" in guide


# The quiz


def test_the_figures_of_the_quiz_are_those_of_the_tables():
    questions, keys = load_assignment(MODULE / "quiz.toml"), load_keys(MODULE / "quiz_keys.toml")
    inside = read_indicator(ANCELLE, "non-recours-c2s", level="qpv")["events"].sum()
    whole = row(ANCELLE, "non-recours-c2s", ANCELLE.short_name)["events"]
    said, key = spaced(questions.question("ampleur-ecart").statement), keys["ampleur-ecart"]
    assert spaced(f"{fr(whole)} personnes") in said
    assert spaced(f"{fr(inside)} d’entre elles") in said
    people = 100 * ANCELLE.qpv["population"].sum() / ANCELLE.communes["population"].sum()
    share = 100 * inside / whole
    assert isclose(key.answer, share, abs_tol=0.05)
    assert [error.value for error in key.errors] == [
        round(share / 100, 3), round(100 - share, 1), round(people, 1)
    ]  # fmt: skip
    assert spaced(f"réunissent {fr(people, 0)} % des habitants") in spaced(key.explanation)
    assert keys["note"].answer == (8 * 50 + 4 * 30 + 6 * 20) / 100
    assert [error.value for error in keys["note"].errors] == [6, 640, 18]


# The cards and the sheets


@each_case
def test_each_case_has_five_to_eight_needs_each_with_its_evidence(case):
    needs = prepared_needs(case)
    assert 5 <= len(needs) <= 8
    assert len({need.title for need in needs}) == len(needs)
    for need in needs:
        line = evidence(case, need)
        assert not re.search(r"[{}]|\bnan\b|–", line)
        assert bool(need.indicator) == bool(re.search(r"Département|Région", line))
        if need.indicator:
            named = "departement" if "Département" in line else "region"
            assert find_reference(case, need.indicator, named)
            if named == "region":
                assert not find_reference(case, need.indicator, "departement")


def test_what_the_cards_say_without_an_indicator_is_in_the_case():
    said = {need.title: need.evidence for case in CASES for need in prepared_needs(case)}
    people = AUBRELLE.actions["people"]
    landlord, families = people["referent-locataires"], people["permanence-familles"]
    assert f"{landlord} locataires" in said["Des voisinages tendus à La Villorbe"]
    assert f"{families} proches" in said["Les proches, le soir et le week-end"]
    assert AUBRELLE.actions["schedule"]["permanence-familles"] == "Premier jeudi du mois"
    women = row(AUBRELLE, "enquete-femmes-60-ans", AUBRELLE.short_name)["value"]
    assert 60 < women < 70  # « deux réponses sur trois »
    publics = " ".join(BREZONNE.actions["public"]).lower()
    assert not re.search("apprenti|mfr|maison familiale", publics)
    assert "apprentis n’ont pas été interrogés" in BREZONNE.catalogue.loc["connait-lieu-ecoute", "hides"]


@each_case
def test_the_sheets_say_the_same_needs_under_the_same_letters(case):
    found = {name: " ".join(parts) for name, (_, parts) in sheets(case).items()}
    assert set(found) == {
        "recit.html", "besoins.html", "criteres.html", "grille.html", "hanlon.html", "solidite.html",
        "habitants.html", "retenir.html", "vecu.html",
    }  # fmt: skip
    for letter, need in zip("ABCDEFGH", prepared_needs(case), strict=False):
        for name in ("besoins.html", "grille.html", "hanlon.html", "solidite.html"):
            assert f"{letter}. {need.title}" in found[name]
        assert need.title in found["habitants.html"]


@each_case
def test_residents_are_handed_neither_a_figure_nor_a_formula(case):
    title, parts = sheets(case)["habitants.html"]
    said = title + " ".join(parts)
    assert not any(evidence(case, need) in said for need in prepared_needs(case))
    assert not re.search(r"%|÷|×|Hanlon|critère|poids|pondér", said)
    for name in ("grille.html", "hanlon.html"):
        assert name.removesuffix(".html") not in said


def test_a_territory_without_prepared_needs_has_blank_lines(monkeypatch):
    other = load_case("port-ancelle")
    monkeypatch.setattr("territ_kit.course.printed_prioritisation.prepared_needs", lambda territory: [])
    found = sheets(other)
    assert "Un autre besoin" in found["besoins.html"][1][-1]
    assert "A. " in " ".join(found["grille.html"][1])


# The notebooks

NOTEBOOKS = {
    "05-prioriser": ["simple", "notes", "methodes", "solidite", "retenir"],
    "05-prioriser-pays-de-brezonne": ["simple", "notes", "hanlon", "solidite", "retenir"],
    "05-prioriser-val-d-aubrelle": ["simple", "notes", "hanlon", "solidite", "methodes", "retenir"],
}


def cells(name, kind):
    found = json.loads((files() / f"notebooks/parcours/{name}.ipynb").read_text("utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in found if cell["cell_type"] == kind]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_shows_the_tasks_in_the_order_of_the_session(name):
    code = "\n".join(cells(name, "code"))
    assert re.findall(r'work\("prioriser", CASE, "(\w+)"\)', code) == NOTEBOOKS[name]
    case = name.removeprefix("05-prioriser-") if "-prioriser-" in name else "port-ancelle"
    assert f'CASE = "{case}"' in code


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_typeset(name):
    assert all(typeset(text) == text for text in cells(name, "markdown"))


def test_the_worked_examples_of_the_notebooks_are_right():
    ancelle, brezonne, aubrelle = (spaced("\n".join(cells(name, "markdown"))) for name in NOTEBOOKS)
    assert "Un besoin noté 8, 5 et 6, avec les poids 50, 30 et 20, obtient 6,7" in ancelle
    for size, words in (
        (60, "60 points pour l’ampleur et 40 pour l’inégalité"),
        (50, "50 et 50"),
        (40, "40 et 60"),
    ):
        first, second = ((size * a + (100 - size) * b) / 100 for a, b in ((9, 3), (5, 7)))
        assert f"{words} : {fr(first, 1)} contre {fr(second, 1)}" in ancelle
    assert (0.5 * 6 + 0.5 * 2, 0.5 * 6 + 0.5 * 8) == (4, 7)
    assert "Sa note va de 4,0 à 7,0" in brezonne
    ratings = ((7, 6, 5), (9, 4, 5))
    assert [f"{(a + b) * c / 3:.1f}" for a, b, c in ratings] == ["21.7", "21.7"]
    assert [(a + 2 * b) * c for a, b, c in ratings] == [95, 85]
    assert "21,7 et 21,7. La seconde donne 95 et 85" in brezonne
    assert isclose((7.1 - 6.8) / 0.3, 1)
    assert "7,1 et 6,8. L’écart est de 0,3" in aubrelle
