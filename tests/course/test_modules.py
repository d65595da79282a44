"""What every module promises its trainer and its learners; what module 02 says, held against the tables."""

from __future__ import annotations

import json
import re
from html import unescape
from math import isclose

import pytest

from territ_kit.course import files, modules
from territ_kit.course.modules import load_course, load_module
from territ_kit.course.printed_curves import HEIGHT, WIDTH
from territ_kit.course.sheets import OF_A_CASE, main, sheets, stale_sheets
from territ_kit.errors import CourseError
from territ_kit.exercises.key import load_keys, unknown_ids
from territ_kit.exercises.marking import mark_question
from territ_kit.exercises.question import ChoiceQuestion, load_assignment
from territ_kit.french import fr
from territ_kit.observation.gradient import read_gradient
from territ_kit.observation.reading import find_reference, read_indicator
from territ_kit.observation.smoothed import read_smoothed
from territ_kit.territory import list_cases, load_case

ROOT = files()
FOLDERS = sorted(path.parent for path in (ROOT / "modules").glob("[0-9][0-9]-*/module.toml"))
OBSERVER = ROOT / "modules/02-observer"
TALK, LONGEST_TALK, LONGEST_ALONE = 0.25, 15, 20

OPENING_AND_CLOSING = ("00", "10")  # a session of their own kind: nothing to compute, nothing to mark

every_module = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
every_teaching_module = pytest.mark.parametrize(
    "folder",
    [folder for folder in FOLDERS if not folder.name.startswith(OPENING_AND_CLOSING)],
    ids=lambda folder: folder.name,
)


def spaced(words):
    """Read every kind of space as one: the figures are tested here, the typography elsewhere."""
    return re.sub(r"[\u00a0\u202f ]+", " ", words)


def minutes(module, form):
    return [sequence.minutes for sequence in module.sequences if sequence.form == form]


@every_module
def test_a_session_starts_from_experience_and_is_held_in_small_groups_and_plenary(folder):
    module = load_module(folder / "module.toml")
    assert any(sequence.start == "vécu des participants" for sequence in module.sequences)
    assert minutes(module, "petits groupes")
    assert minutes(module, "plénière")


@every_module
def test_nobody_is_talked_at_for_long(folder):
    module = load_module(folder / "module.toml")
    talk = minutes(module, "exposé")
    assert sum(talk) <= TALK * module.minutes
    assert max(talk, default=0) <= LONGEST_TALK


@every_module
def test_nobody_stays_long_alone_at_a_screen(folder):
    module = load_module(folder / "module.toml")
    alone = [one.minutes for one in module.sequences if one.form == "individuel" and one.screen]
    assert max(alone, default=0) <= LONGEST_ALONE


@every_module
def test_each_screen_has_its_paper(folder):
    for sequence in load_module(folder / "module.toml").sequences:
        if sequence.screen:
            assert sequence.paper.startswith("papier/")
            assert (folder / sequence.paper).is_file()


@every_module
def test_the_files_that_a_module_names_exist(folder):
    module = load_module(folder / "module.toml")
    assert module.id == folder.name
    assert all((ROOT / notebook).is_file() for notebook in module.notebooks)
    assert set(module.cases) <= set(list_cases())
    if module.app:
        assert (ROOT / f"notebooks/apps/{module.app}.ipynb").is_file()
    if module.assignment:
        assert (ROOT / f"exercises/source/{module.assignment}/{module.assignment}.ipynb").is_file()
        assert (ROOT / f"exercises/keys/{module.assignment}.toml").is_file()
    assert (folder / "guide.md").is_file()


@every_teaching_module
def test_a_module_that_teaches_has_a_page_an_exercise_and_a_notebook_for_each_case(folder):
    module = load_module(folder / "module.toml")
    assert module.app
    assert module.assignment
    assert module.cases
    assert len(module.notebooks) == len(module.cases)
    assert load_assignment(ROOT / f"exercises/source/{module.assignment}/questions.toml").cases == tuple(
        module.cases
    )


@every_module
def test_the_plain_line_is_short_and_has_no_acronym(folder):
    plain = load_module(folder / "module.toml").plain
    assert len(plain.split()) <= 20
    assert not re.search(r"\b[A-Z]{2,}", plain)


@every_teaching_module
def test_the_skills_of_a_module_are_those_that_its_exercise_asks_for(folder):
    module = load_module(folder / "module.toml")
    asked = {
        q.skill
        for q in load_assignment(ROOT / f"exercises/source/{module.assignment}/questions.toml").questions
    }
    assert set(module.skills.values()) <= asked


@every_module
def test_the_guide_follows_the_manifest_minute_by_minute(folder):
    """The break is in the guide only: it is nobody's work."""
    rows = re.findall(
        r"^\| (\d+) à (\d+) \| ([^|]+) \|", (folder / "guide.md").read_text("utf-8"), re.MULTILINE
    )
    ends = [0, *(int(end) for _, end, _ in rows)]
    assert [int(start) for start, _, _ in rows] == ends[:-1]
    work = [(int(end) - int(start), title.strip()) for start, end, title in rows if title.strip() != "Pause"]
    assert work == [(one.minutes, one.title) for one in load_module(folder / "module.toml").sequences]


def test_the_session_of_module_02_lasts_half_a_day():
    assert 165 <= load_module(OBSERVER / "module.toml").minutes <= 195


def test_a_manifest_or_a_map_at_fault_is_told_in_french(tmp_path, monkeypatch):
    manifest = (OBSERVER / "module.toml").read_text("utf-8")
    broken = tmp_path / "module.toml"
    broken.write_text(re.sub(r"(?m)^form = .*$", 'form = "sieste"', manifest, count=1), encoding="utf-8")
    with pytest.raises(CourseError, match=r"sequences\.1, form.*'tour de positions'.* ou .*Choisissez"):
        load_module(broken)
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "parcours.toml").write_text('[[step]]\ntitle = "Observer"\n', encoding="utf-8")
    monkeypatch.setattr(modules, "files", lambda: tmp_path)
    with pytest.raises(CourseError, match=r"step\.1, number.*ce champ est obligatoire"):
        load_course()


def test_the_map_holds_the_modules_that_are_written():
    written = [step.module.id for step in load_course() if step.module]
    assert written == [folder.name for folder in FOLDERS]


# The quizzes


@every_teaching_module
def test_a_quiz_and_its_keys_go_together(folder):
    questions, keys = load_assignment(folder / "quiz.toml"), load_keys(folder / "quiz_keys.toml")
    assert set(keys) == {question.id for question in questions.questions}
    assert len(keys) >= 7
    for question in questions.questions:
        key = keys[question.id]
        assert not unknown_ids(question, key)
        if question.kind != "text":
            assert mark_question(question, key, key.model_dump(mode="json")["answer"]).verdict == "right"
        if isinstance(question, ChoiceQuestion):
            assert set(key.explanations) == set(question.ids("options"))


@pytest.fixture(scope="module")
def quiz():
    return load_assignment(OBSERVER / "quiz.toml"), load_keys(OBSERVER / "quiz_keys.toml")


def test_the_figures_of_the_quiz_are_those_of_the_tables(quiz):
    case, (questions, keys) = load_case("port-ancelle"), quiz
    table = case.indicators[case.indicators["indicator"] == "sans-medecin-traitant"]
    whole = table[table["level"] == "epci"].iloc[0]
    quarters = table.loc[table["level"] == "qpv", ["numerator", "denominator"]].sum()
    statement = re.sub(r"\s", "", questions.question("part-quartiers").statement)
    assert f"compte{whole['numerator']:.0f}adultes" in statement
    assert f"{quarters['numerator']:.0f}vivent" in statement
    key = keys["part-quartiers"]
    assert isclose(key.answer, 100 * quarters["numerator"] / whole["numerator"], abs_tol=0.05)
    assert isclose(key.errors[1].value, 100 * quarters["numerator"] / quarters["denominator"], abs_tol=0.05)
    assert round(100 * quarters["denominator"] / whole["denominator"]) == 12
    zero = read_indicator(case, "mortalite-prematuree").set_index("name").loc["Noirevanne"]
    assert (zero["value"], round(zero["high"])) == (0, 889)
    assert round(find_reference(case, "mortalite-prematuree", "departement").value) == 197


def test_what_the_quiz_says_of_smoothing_slope_and_secrecy_is_true(quiz):
    case, questions = load_case("port-ancelle"), quiz[0]
    smoothed = read_smoothed(case, "mortalite-prematuree")
    before, after = (rows.set_index("name")["value"] for rows in (smoothed.before, smoothed.after))
    people = smoothed.before.set_index("name")["base"]
    said = spaced(questions.question("lissage").statement + questions.question("lissage").hint)
    for name in ("Lanquevert", "Port-Ancelle"):
        assert f"passe de {before[name]:.0f} à {after[name]:.0f}" in said
        assert spaced(f"{fr(people[name])} à {name}") in said
    assert read_gradient(case, "sans-medecin-traitant").slope.sii_high < 0
    brezonne = load_case("pays-de-brezonne")
    hidden = (read_indicator(brezonne, "pauvrete")["missing"] == "secret").sum()
    assert f"{hidden} communes sur {len(brezonne.communes)}" in spaced(questions.question("secret").statement)


# The sheets


@pytest.fixture(scope="module", params=sorted(OF_A_CASE))
def printed(request):
    """A module, its cases, and its sheets by name."""
    module = load_module(ROOT / "modules" / request.param / "module.toml")
    return ROOT / "modules" / request.param, module.cases, sheets(request.param)


def test_every_teaching_module_has_its_sheets():
    assert set(OF_A_CASE) == {
        folder.name for folder in FOLDERS if not folder.name.startswith(OPENING_AND_CLOSING)
    }


def test_the_sheets_say_what_the_tables_say_today(printed):
    folder, _, found = printed
    assert {
        path.relative_to(folder / "papier").as_posix() for path in (folder / "papier").rglob("*.html")
    } == set(found)
    assert [
        name for name, text in found.items() if (folder / "papier" / name).read_text("utf-8") != text
    ] == []


def test_a_sheet_that_no_longer_follows_the_tables_is_told(tmp_path, capsys):
    (tmp_path / "carte.html").write_text("ancienne", encoding="utf-8")
    assert tmp_path / "carte.html" in stale_sheets(tmp_path, "02-observer")
    assert main(["--check"]) == 0
    assert capsys.readouterr().out == ""


def test_every_sheet_says_that_its_territory_is_fictitious(printed):
    _, cases, found = printed
    banners = {case: load_case(case).banner for case in cases}
    for name, text in found.items():
        case = name.split("/")[0] if "/" in name else cases[0]
        assert spaced(banners[case]) in spaced(text)
        if name in {"exercice.html", "quiz.html", "corrige-formateur.html"}:
            assert all(spaced(banner) in spaced(text) for banner in banners.values())


def test_each_case_has_the_same_sheets(printed):
    _, cases, found = printed
    of_case = {name.split("/")[1] for name in found if name.startswith(f"{cases[1]}/")}
    assert of_case
    for case in cases[1:]:
        assert {name for name in found if name.startswith(f"{case}/")} == {
            f"{case}/{name}" for name in of_case
        }
    assert of_case <= set(found)


def test_the_funnel_and_the_slope_are_printed_in_their_frame():
    """Every point of every curve stands inside the picture."""
    for name, text in sheets("02-observer").items():
        if name.endswith("courbes.html"):
            places = re.findall(r'<circle cx="([-\d.]+)" cy="([-\d.]+)"', text)
            assert len(places) >= 20
            assert all(0 < float(x) < WIDTH and 0 < float(y) < HEIGHT for x, y in places)
            assert not re.search(r"\bnan\b", text)


def test_only_the_trainer_s_sheet_holds_the_answers(printed):
    folder, _, found = printed
    module = load_module(folder / "module.toml")
    keys = [
        load_keys(ROOT / f"exercises/keys/{module.assignment}.toml"),
        load_keys(folder / "quiz_keys.toml"),
    ]
    said = [spaced(key.explanation) for group in keys for key in group.values() if key.explanation]
    for name, text in found.items():
        assert any(sentence in spaced(unescape(text)) for sentence in said) == (
            name == "corrige-formateur.html"
        )


# Plain language and notebooks

NOTEBOOKS = sorted(
    path.relative_to(ROOT / "notebooks").with_suffix("").as_posix()
    for shelf in ("parcours", "reutiliser")
    for path in (ROOT / "notebooks" / shelf).glob("*.ipynb")
)


def notebook(name):
    return json.loads((ROOT / f"notebooks/{name}.ipynb").read_text("utf-8"))


def prose(text):
    """Return a learner's text without code, tables and marks, each item of a list apart."""
    text = re.sub(r"(?s:```.*?```)|`[^`\n]*`|^\|.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^\s*(?:-|\d+\.)\s", "\n\n", text, flags=re.MULTILINE)
    return re.sub(r"[*_>#]", " ", text)


def learner_texts():
    for name in NOTEBOOKS:
        cells = [cell for cell in notebook(name)["cells"] if cell["cell_type"] == "markdown"]
        yield name, "\n\n".join(prose("".join(cell["source"])) for cell in cells)
    for folder in FOLDERS:
        module = load_module(folder / "module.toml")
        yield module.id, "\n\n".join([module.plain, *module.objectives])
        yield f"guide of {module.id}", prose((folder / "guide.md").read_text("utf-8"))
        pairs = [(folder / "quiz.toml", folder / "quiz_keys.toml")]
        if module.assignment:
            source = ROOT / f"exercises/source/{module.assignment}/questions.toml"
            pairs.append((source, ROOT / f"exercises/keys/{module.assignment}.toml"))
        for questions, keys in pairs:
            assignment = load_assignment(questions)
            texts = [assignment.intro]
            for question in assignment.questions:
                texts += [question.statement, question.hint, question.skill]
                texts += [part.label for part_list in question.lists for part in getattr(question, part_list)]
            texts += [said for said in re.findall(r'"([^"\n]*)"', keys.read_text("utf-8")) if len(said) >= 25]
            yield assignment.id, "\n\n".join(map(prose, texts))


@pytest.mark.parametrize(("name", "text"), list(learner_texts()))
def test_sentences_are_short(name, text):
    sentences = [" ".join(part.split()) for part in re.split(r"[.!?…:](?=\s|$)|\n\s*\n", text)]
    assert [sentence for sentence in sentences if len(re.findall(r"[^\W_]+", sentence)) > 25] == []


@pytest.mark.parametrize(("name", "text"), list(learner_texts()))
def test_an_acronym_is_spelled_out_where_it_first_stands(name, text):
    codes = {"A", "B", "CODE"}
    unexplained = []
    for acronym in sorted(set(re.findall(r"\b[A-ZÉ]{2,}\b", text)) - codes):
        first = text.index(acronym)
        if text[first - 1] != "(":
            unexplained.append(acronym)
    assert unexplained == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_clean(name):
    found = notebook(name)
    assert found["metadata"]["kernelspec"]["name"] == "python3"
    ids = [cell["id"] for cell in found["cells"]]
    assert len(set(ids)) == len(ids)
    code = [cell for cell in found["cells"] if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)
    hidden = [cell["metadata"].get("jupyter", {}).get("source_hidden", False) for cell in code]
    assert hidden == [name.startswith("parcours")] * len(code)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_runs_from_top_to_bottom(name):
    nbclient, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    found = nbformat.read(ROOT / f"notebooks/{name}.ipynb", 4)
    nbformat.validate(found)
    nbclient.NotebookClient(found, timeout=180, kernel_name="python3").execute()
    assert all(
        cell["outputs"] for cell in found.cells if cell.cell_type == "code" and cell["source"][-1] == ")"
    )
