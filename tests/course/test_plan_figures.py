"""What module 06 says of the three cases, its quiz and its printed sheets, held against the tables."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from territ_kit.course import files
from territ_kit.course.modules import load_module
from territ_kit.course.printed_programme import CHECKS, FIELDS, Openings, sheets
from territ_kit.exercises.key import load_keys
from territ_kit.exercises.question import load_assignment
from territ_kit.exercises.source import read_source
from territ_kit.french import fr
from territ_kit.observation.reading import find_reference, read_indicator
from territ_kit.planning.funding import FundingPlan, FundingRule, Post, region_share
from territ_kit.territory import load_case

MODULE = files() / "modules/06-planifier"
OPENINGS = read_source(MODULE / "depart.toml", Openings).openings
CASES = {name: load_case(name) for name in load_module(MODULE / "module.toml").cases}
ANCELLE, BREZONNE, AUBRELLE = CASES.values()
NOTEBOOKS = ("06-planifier", "06-planifier-pays-de-brezonne", "06-planifier-val-d-aubrelle")
TASKS = (
    "objectifs",
    "logique",
    "fiches",
    "calendrier",
    "budget",
    "choisir",
    "suivi",
    "evaluation",
    "document",
)
MENTAL, RURAL = "Autour de l’établissement de santé mentale", "Neuf communes rurales"
SPAN, SHARE = "{value} (de {low} à {high})", "{value} % (de {low} à {high})"


def spaced(words):
    return re.sub(r"[\u00a0\u202f ]+", " ", words)


def notebook(name):
    return json.loads((files() / f"notebooks/parcours/{name}.ipynb").read_text("utf-8"))


def prose(name):
    cells = [cell for cell in notebook(name)["cells"] if cell["cell_type"] == "markdown"]
    return spaced("\n".join("".join(cell["source"]) for cell in cells))


GUIDE = spaced((MODULE / "guide.md").read_text("utf-8"))
START = {name: spaced(" ".join(opening.known)) for name, opening in OPENINGS.items()}
READ = {name: prose(book) for name, book in zip(CASES, NOTEBOOKS, strict=True)}


def row(case, indicator, area):
    for level in ("epci", "group", "commune", "qpv"):
        rows = read_indicator(case, indicator, level=level).set_index("name")
        if area in rows.index:
            return rows.loc[area]
    raise KeyError(area)


@pytest.mark.parametrize(
    ("case", "indicator", "area", "words", "places"),
    [
        (ANCELLE, "non-recours-c2s", "Phare-Nord", SHARE, (START, READ, GUIDE)),
        (ANCELLE, "non-recours-c2s", "Phare-Nord", "{events} personnes sur {base} ne l’ont pas", (GUIDE,)),
        (ANCELLE, "non-recours-c2s", "Hauts-de-Brévaumer", SHARE + " aux Hauts", (START,)),
        (ANCELLE, "non-recours-c2s", ANCELLE.short_name, "{value} %", (START, READ, GUIDE)),
        (ANCELLE, "qpv-guichet-proche", "Les Corvelles", "{value} %", (START, READ, GUIDE)),
        (ANCELLE, "qpv-guichet-proche", "Phare-Nord", "{value} %", (START, READ)),
        (ANCELLE, "qpv-guichet-proche", "Phare-Nord", "À Phare-Nord, ils sont {value} %", (GUIDE,)),
        (ANCELLE, "qpv-guichet-proche", "Hauts-de-Brévaumer", "{value} %", (START,)),
        (ANCELLE, "logements-surpeuples", "Les Corvelles", "surpeuplés y sont {value} %", (READ,)),
        (ANCELLE, "logements-surpeuples", ANCELLE.short_name, "contre {value} %", (READ,)),
        (BREZONNE, "connait-lieu-ecoute", BREZONNE.short_name, SHARE, (START, READ, GUIDE)),
        (BREZONNE, "connait-lieu-ecoute", BREZONNE.short_name, "{reference} % dans la région", (START,)),
        (BREZONNE, "scolarises-hors-territoire", BREZONNE.short_name, SHARE, (START, READ, GUIDE)),
        (AUBRELLE, "ald-psychiatriques", RURAL, SPAN, (START,)),
        (AUBRELLE, "ald-psychiatriques", MENTAL, SPAN, (START,)),
        (AUBRELLE, "suicides-icm", RURAL, "{events}, pour {base} attendus", (START,)),
        (AUBRELLE, "suicides-icm", RURAL, "{events} personnes sont mortes par suicide en dix ans", (READ,)),
        (AUBRELLE, "suicides-icm", RURAL, "en dix ans, pour {base} attendues", (READ,)),
        (AUBRELLE, "suicides-icm", RURAL, "Avec {events} décès en dix ans", (GUIDE,)),
    ],
)  # fmt: skip
def test_each_figure_is_that_of_the_tables(case, indicator, area, words, places):
    found, region = row(case, indicator, area), find_reference(case, indicator, "region")
    figures = {name: fr(found[name], 0) for name in ("value", "low", "high", "base")}
    figures |= {"events": fr(found["events"]), "reference": fr(region.value, 0) if region else ""}
    expected = spaced(words.format(**figures))
    for place in places:
        assert expected in (place[case.id] if isinstance(place, dict) else place)


def test_what_is_said_of_the_actions_and_the_delay_is_true():
    assert row(AUBRELLE, "delai-psychiatre", AUBRELLE.short_name)["value"] == 4
    rural = AUBRELLE.communes[AUBRELLE.communes["group"] == "rural"]
    assert len(rural) == 9
    assert not set(AUBRELLE.actions["area"]) & set(rural.index)
    assert len(AUBRELLE.communes) == 22
    together = ANCELLE.actions.loc[["mediation-cpam-corvelles", "mediation-asv-corvelles"]]
    assert together["place"].nunique() == together["schedule"].nunique() == 1
    north = ANCELLE.actions.loc["cls-droits-phare-nord"]
    assert (north["place"], north["schedule"]) == ("Lieu non fixé", "Date non fixée")
    weeks = AUBRELLE.actions.loc[["semaines-information-ville", "semaines-information-epsm"], "schedule"]
    assert set(weeks) == {"Deuxième semaine d’octobre"}


def test_the_arithmetic_of_the_guide_is_right():
    assert "c’est 81 personnes de plus" in GUIDE
    assert round(545 - 0.4 * 1160) == 81
    assert region_share(56_000, 1) == 14_000
    assert "La Région paie au plus 14 000 €" in GUIDE
    assert FundingPlan(56_000, {"ARS": 28_000, "Région": 14_000}).missing_eur == 14_000
    assert "24, 64, 22, 40 et 10 jours, soit 160" in GUIDE
    assert "23 points pour 29 000 €, contre 10 points" in GUIDE
    assert "0,8 décès de moins en trois ans" in GUIDE
    assert round(0.1 * 26 / 10 * 3, 1) == 0.8


@pytest.mark.parametrize("case", CASES)
def test_the_opening_of_a_case_can_be_closed_and_says_its_sums(case):
    opening = OPENINGS[case]
    most = sum(one.ceiling or 0 for one in opening.funders)
    assert sum(one.ceiling is None for one in opening.funders) == 1
    part = GUIDE.split("## Animer avec")[1 + list(CASES).index(case)]
    assert f"Les maximums font {spaced(fr(most))} €" in part
    rest = opening.cost - most
    assert (
        f"Il reste {spaced(fr(rest))} €" if rest > 0 else f"pour un coût de {spaced(fr(opening.cost))} €"
    ) in part
    assert set(opening.roles) <= set(CASES[case].actors.index)
    assert re.search(r"refuse ses (\d+) 000 €", spaced(opening.credit_refused))[1] in {
        str(one.ceiling // 1000) for one in opening.funders if one.ceiling
    }


def test_the_listening_place_of_brezonne_is_the_same_in_the_opening_and_the_guide():
    tour = FundingRule(rate=0.5).share([Post(14_000)])
    by_name = {one.name: one.ceiling for one in OPENINGS["pays-de-brezonne"].funders}
    assert by_name["Agence régionale de santé"] == tour
    assert "18 000 € par an" in spaced(str(BREZONNE.projects.loc["point-ecoute", "note"]))
    assert by_name["Département"] == 18_000
    plan = FundingPlan(32_000, {"MSA": 6_000, "Mission locale": 4_000, "ARS": tour}, own_eur=4_000)
    assert f"Il manque au moins {spaced(fr(plan.missing_eur))} € par an" in GUIDE


def test_the_guide_counts_the_questions_and_the_points():
    exercise = load_assignment(files() / "exercises/source/06-planifier/questions.toml")
    assert (len(exercise.questions), sum(q.points for q in exercise.questions)) == (22, 48)
    assert "vingt-deux questions et quarante-huit points" in GUIDE
    assert "sept à Port-Ancelle, neuf au Pays de Brézonne, six au Val d’Aubrelle" in GUIDE
    ids = [q.id for q in exercise.questions]
    assert (ids.index("rtps-region"), ids.index("charge")) == (7, 16)
    assert ids.index("fiche-alcool") == 11  # « la question 12 »
    assert {ids.index(name) + 1 for name in ("indicateurs", "baisse", "evaluation")} == {13, 21, 22}


# The quiz


def test_the_numbers_of_the_quiz_are_right():
    keys = load_keys(MODULE / "quiz_keys.toml")
    assert keys["plafond"].answer == region_share(90_000, 1)
    assert keys["plafond"].errors[0].value == 0.25 * 90_000
    assert keys["duree"].answer == max(3, 5) + 2
    assert keys["duree"].errors[0].value == 3 + 5 + 2


# The sheets

NAMES = {
    "recit.html", "depart.html", "arbre-objectifs.html", "fiche-action.html", "calendrier.html",
    "cofinancement.html", "cartes-evenement.html", "tableau-de-suivi.html", "plan-evaluation.html",
    "experience-vecue.html",
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_each_case_has_every_sheet_of_the_module(case):
    found = sheets(CASES[case])
    assert set(found) == NAMES
    assert all(title.startswith(CASES[case].short_name) and parts for title, parts in found.values())
    asked = {one.paper.removeprefix("papier/") for one in load_module(MODULE / "module.toml").sequences}
    assert asked - {"", "exercice.html"} <= NAMES


def test_the_action_sheet_has_its_fields_and_its_eight_checks():
    text = "".join(sheets(BREZONNE)["fiche-action.html"][1])
    assert all(name in text for name, _ in FIELDS)
    assert len(CHECKS) == 8
    assert text.count('class="box"') == 8


def test_the_calendar_has_a_cell_for_each_of_its_thirty_six_months():
    text = sheets(ANCELLE)["calendrier.html"][1][0]
    rows = re.findall(r"<tr style[^>]*>(.*?)</tr>", text)
    assert len(rows) == 8
    assert all(line.count("<td") == 2 + 36 for line in rows)
    assert ">36</th>" in text


@pytest.mark.parametrize("case", CASES)
def test_the_funding_sheet_says_at_most_and_what_is_assumed(case):
    text = spaced("".join(sheets(CASES[case])["cofinancement.html"][1]))
    assert "Au plus, par an" in text
    assert "hypothèses pédagogiques" in text
    assert "non daté, à vérifier" in text
    assert f"{spaced(fr(OPENINGS[case].cost))} €" in text


@pytest.mark.parametrize("case", CASES)
def test_the_cards_replay_a_lost_pilot_a_refused_credit_and_the_event_of_the_case(case):
    opening, text = OPENINGS[case], spaced("".join(sheets(CASES[case])["cartes-evenement.html"][1]))
    for said in (opening.pilot_gone, opening.credit_refused, CASES[case].event.strip()):
        assert spaced(said) in text
    for role in opening.roles:
        assert spaced(str(CASES[case].actors.loc[role, "red_line"])) in text


def test_a_territory_of_one_s_own_has_its_sheets_to_write_in():
    own = sheets(replace(ANCELLE, id="chez-nous", short_name="Chez nous"))
    assert set(own) == NAMES
    text = spaced("".join("".join(parts) for name, (_, parts) in own.items() if name != "recit.html"))
    assert "60 000 €" not in text
    assert "Le pilote de votre action change de poste" in text


def test_no_sheet_relies_on_colour():
    for case in CASES.values():
        for name, (_, parts) in sheets(case).items():
            assert not re.search(r"background|color:|#(?!000\b|666\b)[0-9a-fA-F]{3}\b", "".join(parts)), name


# The notebooks


def test_the_notebooks_show_every_task_of_the_page_between_them():
    shown = {
        task
        for name in NOTEBOOKS
        for cell in notebook(name)["cells"]
        for task in re.findall(r'work\("planifier", CASE, "([a-z]+)"\)', "".join(cell["source"]))
    }
    assert shown == set(TASKS)


@pytest.mark.parametrize(("case", "name"), list(zip(CASES, NOTEBOOKS, strict=True)))
def test_a_notebook_is_about_its_own_case(case, name):
    source = "".join("".join(cell["source"]) for cell in notebook(name)["cells"])
    assert f'CASE = "{case}"' in source
    if case != "port-ancelle":
        assert "3114" in source
