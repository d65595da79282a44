"""What the guide, the quiz, the notebooks and the sheets of module 04 say, held against cases and methods."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest

from territ_kit.consultation.consensus import kendall_w, ranks_from_scores, stability
from territ_kit.consultation.participation import LADDER
from territ_kit.consultation.stakeholders import QUADRANTS, stakeholder_map
from territ_kit.consultation.voting import GRADES, majority_judgement, rules_from_grades, rules_from_rankings
from territ_kit.course import files
from territ_kit.course.printed_consultation import EXAMPLE, FROM_THE_TOP, IDEAS, sheets
from territ_kit.course.printed_participation import EXCHANGE, NOMINAL, shared_sheets
from territ_kit.exercises.key import load_keys
from territ_kit.exercises.question import load_assignment
from territ_kit.french import fr
from territ_kit.territory import load_case
from territ_kit.widgets.consult import TASKS

ROOT = files()
CASES = ("port-ancelle", "pays-de-brezonne", "val-d-aubrelle")
ANCELLE, BREZONNE, AUBRELLE = TERRITORIES = tuple(map(load_case, CASES))


def spaced(words):
    """Read every kind of space as one: the figures are tested here, the typography elsewhere."""
    return re.sub(r"[\u00a0\u202f ]+", " ", words)


GUIDE = spaced((ROOT / "modules/04-concerter/guide.md").read_text("utf-8"))


def notebook(name):
    cells = json.loads((ROOT / f"notebooks/parcours/{name}.ipynb").read_text("utf-8"))["cells"]
    return spaced("\n\n".join("".join(cell["source"]) for cell in cells))


def placed(case):
    """Return the actors in each quadrant, those at its border apart."""
    table = stakeholder_map(case.actors)
    inside = table[~table["border"]].groupby("quadrant").groups
    return {name: set(actors) for name, actors in inside.items()} | {
        "border": set(table.index[table["border"]])
    }


def counts(case, objective):
    stances = case.positions[objective]
    return tuple(int(test.sum()) for test in (stances > 0, stances < 0, stances == 0))


def strongest(case):
    """Return who has the largest influence on whom."""
    table = case.influences
    return {
        (one, other)
        for one in table.index
        for other in table
        if table.loc[one, other] == table.to_numpy().max()
    }


# The guide


def test_the_map_of_port_ancelle_is_told_as_the_case_places_it():
    found = placed(ANCELLE)
    assert len(ANCELLE.actors) == 10  # « dix acteurs »
    assert found["associer"] == {"vice-presidente", "maire-brevaumer", "cpts", "cpam", "hopital-pass", "ars"}
    assert found["border"] == {"sous-prefete"}
    weak = {"coordonnatrice-asv", "coordonnatrice-rtps", "habitants"}
    assert found["renforcer"] == weak == set(ANCELLE.actors["power"].nsmallest(3).index)
    assert strongest(ANCELLE) == {("vice-presidente", "coordonnatrice-rtps")}


def test_the_stances_of_port_ancelle_are_told_as_they_are():
    assert counts(ANCELLE, "medecin-pour-tous") == counts(ANCELLE, "droits-ouverts") == (10, 0, 0)
    assert counts(ANCELLE, "coordination-unique") == (5, 4, 1)
    assert "cinq favorables, quatre opposés" in GUIDE
    first, second = (ANCELLE.positions.loc[f"coordonnatrice-{one}"] for one in ("asv", "rtps"))
    assert ((first * second) > 0).sum() == 4  # « quatre objectifs sur six »
    assert len(ANCELLE.objectives) == 6
    refuses = ANCELLE.positions.index[ANCELLE.positions["guichet-du-soir"] < 0]
    assert list(refuses) == ["cpts"]
    assert "le soir, sans indemnité" in ANCELLE.actors.loc["cpts", "red_line"]


def test_the_map_of_brezonne_is_told_as_the_case_places_it():
    found = placed(BREZONNE)
    assert len(BREZONNE.actors) == 12
    assert found["associer"] == {"hopital-sarvelac", "ars"}
    assert found["border"] == {"college", "msa", "comite-fetes"}
    assert found["interesser"] == {"presidente", "departement"}
    assert found["renforcer"] == {
        "vice-presidente-jeunesse",
        "mfr",
        "mission-locale",
        "parents",
        "conseil-jeunes",
    }
    assert strongest(BREZONNE) == {("departement", "mission-locale")}
    assert BREZONNE.influences["departement"].max() == 1  # « personne ne pèse beaucoup sur lui »
    on_president = BREZONNE.influences["presidente"]
    assert (on_president["comite-fetes"], on_president["conseil-jeunes"]) == (3, 1)


def test_the_stances_of_brezonne_are_told_as_they_are():
    assert counts(BREZONNE, "moins-de-buvettes") == (5, 3, 4)
    assert "cinq favorables, trois opposés, quatre sans parti" in GUIDE
    assert counts(BREZONNE, "fete-sans-drame")[:2] == (10, 0)
    feasts = BREZONNE.positions.loc["comite-fetes"]
    assert (feasts["moins-de-buvettes"], feasts["fete-sans-drame"]) == (-3, 2)
    both = (BREZONNE.positions[["rtps-epci", "rtps-hopital"]] > 0).all(axis=1)
    assert set(BREZONNE.positions.index[both]) == {"ars", "mfr", "msa", "parents"}
    refuses = BREZONNE.positions.index[BREZONNE.positions["apprentis-mfr"] < 0]
    assert list(refuses) == ["college"]
    assert f"un pouvoir de {fr(10 * BREZONNE.actors.loc['conseil-jeunes', 'power'])} sur 10" in GUIDE


def test_the_map_of_aubrelle_is_told_as_the_case_places_it():
    found = placed(AUBRELLE)
    assert len(AUBRELLE.actors) == 11
    assert found["associer"] == {"maire-pontaubrelle", "secteur-psychiatrie", "bailleur", "ars"}
    assert found["interesser"] == {"presidente-agglomeration"}
    assert found["renforcer"] == {"unafam", "gem", "coordonnatrice"}
    assert found["garder_le_lien"] == {"club-employeurs"}
    assert found["border"] == {"msa", "police-municipale"}
    assert strongest(AUBRELLE) == {("maire-pontaubrelle", "police-municipale")}


def test_the_stances_of_aubrelle_are_told_as_they_are():
    assert counts(AUBRELLE, "cellule-situations") == (7, 3, 1)
    assert "sept favorables, trois opposés, un sans parti" in GUIDE
    cell = AUBRELLE.positions["cellule-situations"]
    assert list(cell.index[cell <= -2]) == ["gem"]
    assert counts(AUBRELLE, "place-des-personnes") == (7, 0, 4)
    mayor, president = (
        AUBRELLE.positions.loc[one] for one in ("maire-pontaubrelle", "presidente-agglomeration")
    )
    assert set(AUBRELLE.objectives.index[(mayor * president > 0).to_numpy()]) == {
        "ligne-ecoute",
        "rendez-vous",
    }
    assert len(AUBRELLE.communes[AUBRELLE.communes["group"] == "rural"]) == 9
    rural = set(AUBRELLE.communes.index[AUBRELLE.communes["group"] == "rural"])
    assert not rural & set(AUBRELLE.actions["area"])  # « aucune action n’est recensée »


def test_the_agreements_quoted_are_those_of_the_method():
    w = [fr(kendall_w(ranks_from_scores(case.positions)).w, 2) for case in TERRITORIES]
    assert f"l’indice d’accord vaut {w[0]}" in GUIDE
    assert f"{w[0]} est plus près de 0 que de 1" in notebook("04-concerter")
    agreed = {one for one in AUBRELLE.objectives.index if counts(AUBRELLE, one)[:2] == (10, 0)}
    assert len(agreed) == 2  # the notebook: two objectives have ten favourable of eleven, and none against


def test_the_two_stories_told_in_plenary_follow_from_the_rule():
    first = pd.DataFrame([[6, 0, 1, 0, 6], [0, 4, 0, 7, 2]], index=["A", "B"], columns=list(GRADES))
    assert majority_judgement(first)["median_grade"].to_dict() == {"B": "Bien", "A": "Assez bien"}
    second = pd.DataFrame(
        [[7, 0, 0, 0, 8], [0, 0, 0, 8, 7]], index=["divise", "rassemble"], columns=list(GRADES)
    )
    assert majority_judgement(second).index[0] == "divise"
    assert majority_judgement(second).loc["divise", "median_grade"] == "Très bien"


def test_the_guide_names_the_tasks_as_the_page_does():
    assert [task.label for task in TASKS if spaced(task.label) not in GUIDE] == []


def test_the_guide_says_how_many_points_each_case_is_worth():
    found = load_assignment(ROOT / "exercises/source/04-concerter/questions.toml").questions
    worth = [sum(q.points for q in found[start : start + 6]) for start in (0, 6, 12)]
    assert np.allclose(worth, [12, 12, 9])
    assert "dix-huit questions et trente-trois points" in GUIDE
    assert "douze à Port-Ancelle, douze au Pays de Brézonne, neuf au Val d’Aubrelle" in GUIDE


# The quiz


@pytest.fixture(scope="module")
def quiz():
    module = ROOT / "modules/04-concerter"
    return load_assignment(module / "quiz.toml"), load_keys(module / "quiz_keys.toml")


def test_the_ballot_in_the_middle_is_the_one_the_method_reads(quiz):
    grades = list(range(25))
    ranked = majority_judgement(pd.DataFrame([[1] * 25], index=["idée"], columns=grades))
    assert quiz[1]["rang-du-milieu"].answer == 25 - ranked.loc["idée", "median_grade"]


def test_an_even_number_of_ballots_is_read_as_the_method_reads_them(quiz):
    shown = spaced(quiz[0].question("nombre-pair").statement)
    given = {grade: int(number) for number, grade in re.findall(r"(\d+) « ([^»]+) »", shown)}
    table = pd.DataFrame([[given.get(grade, 0) for grade in GRADES]], columns=list(GRADES))
    labels = {option.id: option.label for option in quiz[0].question("nombre-pair").options}
    assert majority_judgement(table)["median_grade"].iloc[0] in labels[quiz[1]["nombre-pair"].answer]
    assert table.to_numpy()[0, ::-1].tolist() != list(EXAMPLE)  # the counting sheet gives no answer away


# Kendall W of a published table: ranks X(1,1,2,3) Y(3,2,3,1) Z(2,3,1,2), W = 1/16.
PUBLISHED = [[1, 3, 2], [1, 2, 3], [2, 3, 1], [3, 1, 2]]


def test_the_index_of_four_judges_is_the_published_one(quiz):
    agreed = kendall_w(PUBLISHED)
    assert agreed.w == pytest.approx(1 / 16)
    assert f"vaut {fr(agreed.w, 2)}" in spaced(quiz[0].question("quatre-juges").statement)


# The notebooks


def test_the_relay_of_the_notebook_is_counted_as_it_says():
    direct, by_chemist, by_school = 1, min(2, 3), min(3, 1)
    said = notebook("04-concerter-pays-de-brezonne")
    assert f"{direct} + {by_chemist} + {by_school}, soit {direct + by_chemist + by_school}" in said


def test_the_rounds_of_the_notebook_move_then_stand_still():
    said = notebook("04-concerter-pays-de-brezonne")
    rounds = [
        [[int(note)] for note in re.search(rf"\| {name} \| ([\d, ]+) \|", said)[1].split(",")]
        for name in ("Premier", "Deuxième", "Troisième")
    ]
    assert stability(*rounds[:2])["changed"].iloc[0] == 0.5  # « la moitié »
    assert stability(*rounds[1:])["changed"].iloc[0] == 0
    last = [note for (note,) in rounds[2]]
    assert (sum(note > 5 for note in last), sum(note < 5 for note in last)) == (5, 3)
    assert f"la moyenne, {fr(np.mean(last), 1)}" in said


def test_the_seven_residents_of_the_notebook_give_two_winners():
    ranks = pd.DataFrame([[1, 2, 3]] * 4 + [[3, 1, 2]] * 3, columns=["navette", "guide", "numéro"])
    rules = rules_from_rankings(ranks)
    assert rules["Premier choix"]["score"].head(2).to_dict() == {"navette": 4, "guide": 3}
    assert rules["Borda"]["score"][["navette", "guide"]].tolist() == [8, 10]
    said = notebook("04-concerter")
    assert "4 fois 2, soit 8" in said
    assert "4 fois 1 et 3 fois 2, soit 10" in said


def test_the_seven_ballots_of_the_notebook_have_the_grade_it_says():
    split = rules_from_grades(pd.DataFrame({"idée": [4, 4, 4, 3, 0, 0, 0]}))["Jugement majoritaire"]
    assert split.loc["idée", "median_grade"] == "Bien"


# The sheets


class Balanced(HTMLParser):
    """Fail on a tag that is not closed in its turn."""

    def __init__(self):
        super().__init__()
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in {"br", "path"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in {"br", "path"}:
            assert self.open.pop() == tag


ALL_SHEETS = [
    *(
        (f"{case.id}/{name}", "".join(parts))
        for case in TERRITORIES
        for name, (_, parts) in sheets(case).items()
    ),
    *((name, "".join(parts)) for name, (_, parts) in shared_sheets().items()),
]


@pytest.mark.parametrize(("name", "html"), ALL_SHEETS, ids=[name for name, _ in ALL_SHEETS])
def test_a_sheet_is_sound_and_prints_in_black_and_white(name, html):
    parser = Balanced()
    parser.feed(html)
    parser.close()
    assert parser.open == []
    assert set(re.findall(r"#[0-9a-fA-F]{3,6}\b", html)) <= {"#000"}
    assert not re.search(r"\bnan\b", html)


@pytest.mark.parametrize("case", TERRITORIES, ids=CASES)
def test_each_actor_has_a_card_and_a_letter_and_each_objective_a_line(case):
    found = {name: spaced("".join(parts)) for name, (_, parts) in sheets(case).items()}
    for name, wants, red_line, brings in case.actors[["name", "wants", "red_line", "brings"]].to_numpy():
        for words in (name, wants, red_line, brings):
            assert spaced(words) in found["cartes-a-decouper.html"]
        assert spaced(name) in found["carte-acteurs.html"]
    for label in case.objectives["label"]:
        assert found["bulletins.html"].count(f">{label}</td>") == 4  # four ballots on the page
        assert label in found["depouillement.html"]
    assert found["depouillement.html"].count("Votre idée :") == IDEAS
    assert found["bulletins.html"].count("Je ne sais pas") == 8  # four to judge, four blank
    stances = case.positions.to_numpy()
    assert found["positions.html"].count("<td>−3</td>") == (stances == -3).sum()
    assert found["positions.html"].count("<td>·</td>") == (stances == 0).sum()


def test_the_map_to_fill_names_the_quarters_as_the_page_does():
    text = "".join(sheets(ANCELLE)["carte-acteurs.html"][1])
    found = re.findall(r'<text x="(\d+)" y="(\d+)"[^>]*>([^<]+)<', text)
    places = {word: (float(x), float(y)) for x, y, word in found}
    for quadrant in QUADRANTS.values():
        x, y = places[quadrant.label]
        assert (x > 50) == ("beaucoup d’intérêt" in quadrant.place)
        assert (y < 50) == ("beaucoup de pouvoir" in quadrant.place)


def test_the_example_of_the_counting_sheet_is_counted_as_the_method_counts_it():
    row = majority_judgement(pd.DataFrame([EXAMPLE[::-1]], columns=list(GRADES))).iloc[0]
    assert (row["median_grade"], row["sign"], row["ballots"]) == ("Bien", "−", 10)
    text = spaced("".join(sheets(ANCELLE)["depouillement.html"][1]))
    assert "la mention est <b>Bien</b>. Trois bulletins au-dessus, quatre au-dessous : « − »" in text
    assert (row["share_above"], row["share_below"]) == (0.3, 0.4)


@pytest.mark.parametrize(
    "tally", [(3, 3, 2, 2, 0), (5, 0, 0, 1, 5), (1, 0, 0, 0, 1), (0, 2, 1, 0, 0), (4, 0, 0, 0, 4)]
)
def test_the_hand_rule_of_the_sheet_gives_the_published_grade(tally):
    """The first line, from the top, where the sum goes over half of the ballots."""
    over = next(place for place in range(5) if sum(tally[: place + 1]) > sum(tally) / 2)
    table = pd.DataFrame([tally[::-1]], columns=list(GRADES))
    assert FROM_THE_TOP[over] == majority_judgement(table)["median_grade"].iloc[0]


def test_the_example_of_agreement_is_the_published_one():
    text = spaced("".join(shared_sheets()["accord.html"][1]))
    sums = np.sum(PUBLISHED, axis=0)
    for idea, ranks, total in zip("XYZ", np.transpose(PUBLISHED), sums, strict=True):
        cells = "".join(f"<td>{number}</td>" for number in (*ranks, total))
        assert f"<td>Idée {idea}</td>{cells}" in text
    assert ((sums - sums.mean()) ** 2).sum() == 2  # « S = 2 »
    assert f"soit {fr(kendall_w(PUBLISHED).w, 2)}" in text


def test_the_ladder_is_printed_from_the_top_and_the_timings_add_up():
    text = spaced("".join(shared_sheets()["echelle.html"][1]))
    places = [text.index(f"<td>{rung.name}</td><td>{rung.meaning}</td>") for rung in LADDER.values()]
    assert places == sorted(places, reverse=True)
    minutes = [sum(int(step[0].split()[0]) for step in steps) for steps in (NOMINAL, EXCHANGE)]
    assert minutes == [30, 45]
