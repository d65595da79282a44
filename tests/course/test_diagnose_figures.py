"""What the guide, the quiz and the sheets of module 03 say of the three cases, held against their tables."""

from __future__ import annotations

import json
import re
from math import isclose

import pytest

from territ_kit.course import files
from territ_kit.course.modules import load_module
from territ_kit.course.printed_crossing import action, figure, lines
from territ_kit.course.printed_diagnosis import sheets
from territ_kit.diagnosis.needs import BLIND_SPOT, NOTHING, READINGS, cross
from territ_kit.diagnosis.proposal import propose_levels
from territ_kit.errors import CourseError
from territ_kit.exercises.key import load_keys, unknown_ids
from territ_kit.exercises.marking import mark_question
from territ_kit.exercises.question import ChoiceQuestion, load_assignment
from territ_kit.french import fr
from territ_kit.observation.reading import find_reference, read_indicator
from territ_kit.territory import load_case
from territ_kit.widgets.diagnose import TASKS

MODULE = files() / "modules/03-diagnostiquer"
GUIDE = (MODULE / "guide.md").read_text("utf-8")
ANCELLE, BREZONNE, AUBRELLE = CASES = [
    load_case(case) for case in ("port-ancelle", "pays-de-brezonne", "val-d-aubrelle")
]
WHOLE = BREZONNE.short_name
SHARE, SPAN = "{value} % (de {low} à {high})", "{value} (de {low} à {high})"
NOTEBOOKS = sorted((files() / "notebooks/parcours").glob("03-diagnostiquer*.ipynb"))

each_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)


def spaced(words):
    """Read every kind of space as one: the figures are tested here, the typography elsewhere."""
    return re.sub(r"[\u00a0\u202f ]+", " ", words)


def part(case):
    """Return what the guide says of a case."""
    title = {ANCELLE.id: "Port-Ancelle", BREZONNE.id: "le Pays de Brézonne", AUBRELLE.id: "le Val d’Aubrelle"}
    return spaced(re.search(rf"## Animer avec {title[case.id]}\n(.*?)\n## ", GUIDE, re.DOTALL).group(1))


def row(case, indicator, area):
    for level in ("epci", "group", "commune", "qpv"):
        rows = read_indicator(case, indicator, level=level).set_index("name")
        if area in rows.index:
            return rows.loc[area]
    raise KeyError(area)


@pytest.mark.parametrize(
    ("case", "indicator", "area", "decimals", "words"),
    [
        (ANCELLE, "non-recours-c2s", "Les Corvelles", 0, SHARE + ", pour {dep} % dans le département"),
        (ANCELLE, "non-recours-c2s", "Phare-Nord", 0, SHARE),
        (ANCELLE, "depistage-eligibles", "Hauts-de-Brévaumer", 0, SHARE + " des éligibles, pour {dep} %"),
        (ANCELLE, "sans-medecin-traitant", "Les Corvelles", 0, SHARE + " d’adultes sans médecin traitant"),
        (ANCELLE, "sans-medecin-traitant", "Bassin-Vergne", 0, "pour {events} adultes sans médecin"),
        (ANCELLE, "mortalite-icm", "Havrelle-Plage", 0, SPAN),
        (ANCELLE, "urgences-motifs-courants", "Les Corvelles", 0, "{value} passages aux urgences"),
        (BREZONNE, "alcool-16-18-ans", WHOLE, 0, SHARE + " pour {reg} % dans la région"),
        (BREZONNE, "sans-medecin-traitant", "Plateau de Vergnoux", 1, SHARE),
        (BREZONNE, "sans-medecin-traitant", "Plateau de Vergnoux", 1, "pour {dep} % dans le département"),
        (BREZONNE, "connait-lieu-ecoute", WHOLE, 0, SHARE + " des élèves"),
        (BREZONNE, "temps-cmpea", WHOLE, 0, "{value} minutes"),
        (BREZONNE, "part-15-24-ans", WHOLE, 0, "{events} jeunes de 15 à 24 ans"),
        (BREZONNE, "scolarises-hors-territoire", WHOLE, 0, "{events} jeunes étudient ailleurs"),
        (AUBRELLE, "ald-psychiatriques", "Autour de l’établissement de santé mentale", 0, SPAN),
        (AUBRELLE, "enquete-femmes-60-ans", AUBRELLE.short_name, 0, "{base} réponses, {value} % de femmes"),
    ],
)  # fmt: skip
def test_each_figure_of_the_guide_is_that_of_the_tables(case, indicator, area, decimals, words):
    found = row(case, indicator, area)
    references = (find_reference(case, indicator, level) for level in ("departement", "region"))
    dep, reg = (fr(one.value, decimals) if one else "" for one in references)
    figures = {column: fr(found[column], decimals) for column in ("value", "low", "high")}
    counts = {column: fr(found[column]) for column in ("events", "base")}
    assert spaced(words.format(**figures, **counts, dep=dep, reg=reg)) in part(case)


@pytest.mark.parametrize(
    ("case", "identifier", "words"),
    [
        (ANCELLE, "convention-medecin-traitant", "{people} personnes accompagnées par an"),
        (ANCELLE, "depistage-corvelles", "Quatre samedis au marché, {people} personnes"),
        (ANCELLE, "mediation-cpam-corvelles", "le {schedule}"),
        (BREZONNE, "alcool-gendarmerie", "les mêmes {people} élèves de quatrième"),
        (BREZONNE, "point-ecoute", "le point écoute, {people} personnes par an"),
        (BREZONNE, "ethylotests-bal", "{people} personnes, portée par le comité des fêtes"),
        (AUBRELLE, "equipe-precarite", "l’équipe mobile aux Chantornes, {people} personnes"),
        (AUBRELLE, "groupe-entraide", "Le groupe d’entraide, {people} personnes"),
        (AUBRELLE, "referent-locataires", "Le référent des locataires, {people}."),
        (AUBRELLE, "consultations-cmp", "Il reçoit {people} adultes"),
    ],
)
def test_what_the_guide_says_of_an_action_is_in_the_list(case, identifier, words):
    found = case.actions.loc[identifier].to_dict()
    said = words.format(people=fr(found["people"]), schedule=found["schedule"])
    assert spaced(said).casefold() in part(case).casefold()


def test_the_counts_of_the_guide_are_those_of_the_tables():
    quarters = {name: row(ANCELLE, "non-recours-c2s", name)["events"] for name in ANCELLE.qpv["name"]}
    left = sum(quarters.values()) - quarters["Les Corvelles"]
    assert f"{fr(100 * left / sum(quarters.values()), 1)} % des personnes" in part(ANCELLE)
    young = row(BREZONNE, "part-15-24-ans", WHOLE)["events"]
    away, pupils = row(BREZONNE, "scolarises-hors-territoire", WHOLE)[["events", "base"]]
    said = f"Il en reste {fr(young - away)}, dont {fr(young - pupils)} ne sont plus élèves"
    assert said in part(BREZONNE)
    talks = BREZONNE.actions.loc[["alcool-gendarmerie", "alcool-infirmiere", "alcool-association"], "people"]
    assert f"{talks.sum()} additionne trois fois {talks.iloc[0]} élèves" in part(BREZONNE)
    towns = AUBRELLE.communes["population"]
    assert isclose(towns[["X3001", "X3002"]].sum() / towns.sum(), 0.5, abs_tol=0.005)  # « La moitié »
    access = read_indicator(AUBRELLE, "apl-medecins")["value"]
    assert access[AUBRELLE.communes["group"] == "rural"].max() < 2.5  # « Aucune n’atteint le seuil »
    assert row(AUBRELLE, "delai-psychiatre", AUBRELLE.short_name)["value"] == 4  # « quatre mois »


def test_the_readings_that_the_guide_lends_to_the_page_are_those_proposed():
    ancelle, aubrelle = (cross(propose_levels(case)) for case in (ANCELLE, AUBRELLE))
    assert (ancelle["reading"] == BLIND_SPOT).sum() == 12  # « douze angles morts en tout »
    assert "etat-de-sante" not in set(ancelle["theme"])  # « pas de case pour la mortalité »
    mutual_aid = aubrelle.query("theme == 'lien-social' and zone_name.str.startswith('Pontaubrelle')")
    assert mutual_aid["reading"].tolist() == [NOTHING]


def test_the_session_lasts_half_a_day_and_the_guide_counts_the_questions():
    module = load_module(MODULE / "module.toml")
    assert 165 <= module.minutes <= 200
    assert "| 205 à 215 |" in GUIDE
    questions = load_assignment(files() / "exercises/source/03-diagnostiquer/questions.toml").questions
    assert len(questions) == 17
    assert sum(question.points for question in questions) == 42
    assert questions[10].id == "constat"  # « À la question 11, un point se donne à la main »


def test_the_guide_names_the_tasks_as_the_page_does():
    said = spaced(GUIDE)
    assert [task.label for task in TASKS if spaced(task.label) not in said] == []


# The quiz


@pytest.fixture(scope="module")
def quiz():
    return load_assignment(MODULE / "quiz.toml"), load_keys(MODULE / "quiz_keys.toml")


def test_the_quiz_and_its_keys_go_together(quiz):
    questions, keys = quiz
    assert list(keys) == [question.id for question in questions.questions]
    for question in questions.questions:
        key = keys[question.id]
        assert not unknown_ids(question, key)
        assert mark_question(question, key, key.model_dump(mode="json")["answer"]).verdict == "right"
        if isinstance(question, ChoiceQuestion):
            assert set(key.explanations) == set(question.ids("options"))


def test_the_figures_of_the_quiz_are_those_of_the_tables(quiz):
    questions, keys = quiz
    without = row(ANCELLE, "sans-medecin-traitant", "Bassin-Vergne")["events"]
    people = ANCELLE.actions.loc["convention-medecin-traitant", "people"]
    statement = spaced(questions.question("accompagnes").statement)
    assert f"{without:.0f} adultes" in statement
    assert f"accompagne {people} par an" in statement
    assert isclose(keys["accompagnes"].answer, 100 * people / without, abs_tol=0.05)
    assert isclose(keys["accompagnes"].errors[1].value, 100 - 100 * people / without, abs_tol=0.05)


# The sheets


@each_case
def test_the_grid_holds_every_action_of_the_case_and_nothing_unknown(case):
    found = lines(case.id)
    assert {one for line in found for one in line.actions} == set(case.actions.index)
    assert {one for line in found for one in line.facilities} <= set(case.facilities.index)
    assert {line.theme for line in found} <= set(case.themes.index)
    assert all(figure(case, *pair) for line in found for pair in line.figures)


def test_a_line_of_the_grid_that_is_ill_written_is_told_in_french(tmp_path, monkeypatch):
    folder = tmp_path / "modules/03-diagnostiquer"
    folder.mkdir(parents=True)
    (folder / "croisement.toml").write_text('[[line]]\ncase = "port-ancelle"\n', encoding="utf-8")
    monkeypatch.setattr("territ_kit.course.printed_crossing.files", lambda: tmp_path)
    with pytest.raises(CourseError, match=r"line\.1, who.*ce champ est obligatoire"):
        lines("port-ancelle")


def test_a_figure_of_the_grid_carries_its_interval_its_reference_or_why_there_is_none():
    assert spaced(figure(ANCELLE, "sans-medecin-traitant", "QNX101M")) == (
        "Adultes sans médecin traitant déclaré, Les Corvelles : 32,0 % des assurés de 17 ans et plus "
        "(de 30,5 à 33,5). Département : 9,1."
    )
    assert spaced(figure(BREZONNE, "temps-cmpea", BREZONNE.code)).endswith(
        "55 minutes en voiture. Département : 38."
    )
    assert "trop peu de réponses" in figure(ANCELLE, "renoncement-soins", "QNX101M")


def test_an_action_that_is_only_announced_says_so_and_counts_nobody():
    title, said = action(ANCELLE, "cls-droits-phare-nord")
    assert "périmètre" in title
    assert said[-1] == "Annoncée, pas commencée, personnes touchées non comptées"
    assert "140 personnes par an" in action(ANCELLE, "convention-medecin-traitant")[1][-1]


@each_case
def test_a_case_has_its_eight_sheets_and_the_grid_leaves_the_reading_to_the_group(case):
    made = sheets(case)
    assert set(made) == {
        f"{name}.html"
        for name in ("croisement", "cartes", "arbre", "etages", "forces", "constats", "ecouter", "vecu")
    }
    grid = "".join(made["croisement.html"][1])
    rows = grid.count("<tr>") + grid.count('<tr class="free">') - 1
    assert rows == len(lines(case.id)) + 3
    assert all(grid.count(f"></span>{word}</p>") == rows for word in READINGS.values())


@each_case
def test_the_cards_hold_the_actions_the_voices_and_the_arrangements(case):
    cards = "".join(sheets(case)["cartes.html"][1])
    assert cards.count("<section>") == len(case.actions) + len(case.voices) + len(case.projects)
    assert all(voice.role in cards for voice in case.voices)


@each_case
def test_the_sheets_are_black_and_white_and_hold_no_address(case):
    for _, parts in sheets(case).values():
        text = "".join(parts)
        assert set(re.findall(r"#[0-9a-fA-F]{3,6}\b", text)) <= {"#000"}
        assert "http" not in text
        assert not re.search(r"\bnan\b|None", text)


@each_case
def test_the_sheets_are_typeset(case):
    for title, parts in sheets(case).values():
        words = re.sub(r"<style>.*?</style>|<[^>]+>", "", " ".join([title, *parts]), flags=re.DOTALL)
        assert re.findall(r".{12} [:;?!»]", words) == []
        assert re.findall(r"« .{12}", words) == []


def test_the_walk_asks_the_question_of_the_case_and_says_where_help_is():
    for case in CASES:
        text = spaced("".join(sheets(case)["ecouter.html"][1]))
        assert spaced(case.question) in text
        assert "3114" in text
        assert spaced(case.question) in part(case)


# The notebooks


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_walks_through_every_task_of_the_page_on_its_own_case(path):
    cells = json.loads(path.read_text("utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    tasks = re.findall(r'work\("diagnostiquer", CASE, "(\w+)"\)', code)
    assert tasks == ["profil", "croiser", "paroles", "determinants", "arbre", "forces", "constats"]
    case = re.search(r'CASE = "([\w-]+)"', code).group(1)
    assert path.stem in (f"03-diagnostiquer-{case}", "03-diagnostiquer")
    quoted = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', code)) - {case}
    known = {*load_case(case).actions.index, *load_case(case).catalogue.index}
    assert quoted <= known


def test_there_is_a_notebook_for_each_case():
    assert {f"notebooks/parcours/{path.name}" for path in NOTEBOOKS} == set(
        load_module(MODULE / "module.toml").notebooks
    )
