"""The whole cycle of unmodified nbgrader: what is handed in gets its mark, and a reason in French."""

from __future__ import annotations

import json
import re

import pytest

from territ_kit.exercises.answers import FILE_NAME

ASSIGNMENT = "sept-sortes"
FULL = {"titre": 3, "signal": 3, "part": 1.8, "ordre": 3, "journees": 3, "manques": 3, "carte": 4, "fiche": 4}
PARTIAL = {
    "titre": 1,
    "signal": 0.5,
    "part": 0.6,
    "ordre": 2,
    "journees": 1.11,
    "manques": 1.12,
    "carte": 3,
    "fiche": 3,
}
NOTHING = dict.fromkeys(FULL, 0)
LEARNERS = ["reference", "partiel", "bruyant", "blanc", "absent", "coupe", "etranger", "enorme", "douteux"]
SECRETS = [
    "HIDDEN TESTS",
    "MARK SCHEME",
    "GRILLE-DU-FORMATEUR",
    "EXPLICATION-MOINS",
    "EXPLICATION-TITRER",
    "territ_kit.exercises.marking",
    "29.1",
    "29,1",
    "column_explanations",
    "precedences",
    "coordonn",
    "L’élu est prévenu avant la presse.",
]


def test_the_reference_answers_earn_every_point(cycle):
    assert cycle.marks("reference") == FULL


def test_partial_answers_earn_their_known_part(cycle):
    assert cycle.marks("partiel") == PARTIAL


def test_warnings_and_stray_prints_in_the_kernel_change_no_mark(cycle):
    assert cycle.marks("bruyant") == PARTIAL
    assert "bruit" not in cycle.printed("bruyant")


@pytest.mark.parametrize(
    ("learner", "reason"),
    [
        ("blanc", "Vous n’avez pas répondu à cette question."),
        ("absent", "est absent"),
        ("coupe", "incomplet ou mal écrit"),
        ("etranger", "réponses d’un autre exercice"),
        ("enorme", "beaucoup trop gros"),
    ],
)
def test_a_file_that_cannot_be_used_earns_nothing_and_says_why(cycle, learner, reason):
    assert cycle.marks(learner) == NOTHING
    assert cycle.printed(learner).count(reason) == len(FULL)
    assert reason in cycle.page(learner)


def test_a_damaged_answer_costs_its_own_question_only(cycle):
    assert cycle.marks("douteux") == FULL | {"part": 0, "titre": 0}
    assert "un nombre qui n’en est pas un" in cycle.page("douteux")


@pytest.mark.parametrize("learner", LEARNERS)
def test_what_was_handed_in_is_left_byte_for_byte(cycle, learner):
    folder = cycle.course / "submitted" / learner / ASSIGNMENT
    path = folder / FILE_NAME
    assert (path.read_bytes() if path.exists() else None) == cycle.handed_in[learner]
    assert not list(folder.glob("*.bak"))


def test_points_by_hand_wait_for_the_trainer(cycle):
    assert "Cette partie n’est pas encore relue." in cycle.page("partiel")
    page = cycle.page("reference")
    assert "1,5\u00a0point sur 2" in page
    assert "<td>Relue</td>" in page
    assert "Objectif clair &amp; public &lt;nommé&gt;." in page
    assert "26,3\u00a0points sur 26,8" in page


def test_a_right_answer_without_a_word_to_add_is_simply_right(cycle):
    assert "pas abouti" not in cycle.page("reference")


def test_nothing_released_holds_a_key(cycle):
    folder = cycle.course / "release" / ASSIGNMENT
    assert {path.name for path in folder.iterdir()} == {"questions.toml", f"{ASSIGNMENT}.ipynb"}
    for path in folder.iterdir():
        text = path.read_text("utf-8")
        assert [secret for secret in SECRETS if secret in text] == []
    graded = [
        "".join(cell["source"])
        for cell in json.loads((folder / f"{ASSIGNMENT}.ipynb").read_text("utf-8"))["cells"]
        if cell["metadata"]["nbgrader"]["grade"]
    ]
    assert graded == ["# Cellule de correction : rien à écrire ici."] * 8


@pytest.mark.parametrize("learner", [name for name in LEARNERS if name not in ("reference", "douteux")])
def test_no_page_holds_a_key_a_test_or_a_traceback(cycle, learner):
    page = cycle.page(learner)
    assert [secret for secret in [*SECRETS, "Traceback", "Error", "mark("] if secret in page] == []


def test_the_page_is_french_and_calls_no_other_machine(cycle):
    page = cycle.page("partiel")
    assert page.lstrip().startswith("<!DOCTYPE html>") or page.lstrip().startswith("<!doctype html>")
    assert '<html lang="fr">' in page
    assert page.count("<main>") == page.count("<h1>") == 1
    assert "<script" not in page
    assert re.findall(r"""(?:src|href)=["'](?!#|data:)""", page) == []
    assert "//" not in page.replace("http://www.w3.org", "")


def test_what_the_learner_wrote_is_shown_and_never_run(cycle):
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; leurs familles" in cycle.page("partiel")


def test_the_page_says_each_answer_its_mark_and_why(cycle):
    page = cycle.page("partiel")
    assert "Sept sortes de questions" in page
    assert "12,33\u00a0points sur 26,8" in page
    assert "En partie juste. 0,6\u00a0point sur 1,8" in page
    assert "7,9 % est la part de la population." in page
    assert "On ne peut rien dire." in page
