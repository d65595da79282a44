"""The gate: whatever a learner hands in, nbgrader receives a number in the scale, and a French reason."""

from __future__ import annotations

import json
import sys
import warnings

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from territ_kit.exercises import answers, marking
from territ_kit.exercises.answers import AnswerBook
from territ_kit.exercises.marking import mark

QUESTION = {
    "kind": "choice",
    "id": "q1",
    "statement": "Que\nlisez-vous ?",
    "points": 2.0,
    "options": [{"id": "a", "label": "Une hausse"}, {"id": "b", "label": "Rien de sûr"}],
}
KEY = {
    "kind": "choice",
    "answer": "b",
    "credits": {"a": 0.25},
    "explanations": {"a": "L’intervalle contient zéro."},
    "explanation": "Le hasard suffit.",
    "reread": "la page 3.",
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The learner's folder, where nbgrader runs the cells."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def gate(folder, capfd):
    """Run the gate; return the mark and what it printed, once sure that stderr is empty."""

    def run(question=QUESTION, key=KEY):
        points = mark("02-observer", question, key)
        printed = capfd.readouterr()
        assert printed.err == ""
        assert type(points) is float
        assert 0 <= points <= 2
        return points, printed.out

    return run


def write(folder, content):
    (folder / "reponses.json").write_text(content if isinstance(content, str) else json.dumps(content))


def answered(value):
    return {"schema": 1, "assignment": "02-observer", "answers": {"q1": value}}


def test_the_right_answer_is_said_with_the_person_s_own_words(folder, gate):
    AnswerBook(folder / "reponses.json", "02-observer").save("q1", "b")
    assert gate() == (
        2.0,
        "Question\u00a0: Que lisez-vous\u202f?\n"
        "Votre réponse\u00a0: Rien de sûr\n"
        "Résultat\u00a0: Juste. 2\u00a0points sur 2.\n"
        "Pourquoi\u00a0: Le hasard suffit.\n",
    )


def test_a_partial_answer_is_explained_and_says_what_to_read_again(folder, gate):
    write(folder, answered("a"))
    points, said = gate()
    assert points == 0.5
    assert "En partie juste. 0,5\u00a0point sur 2." in said
    assert "L’intervalle contient zéro." in said
    assert "À relire\u00a0: la page 3." in said


def test_a_file_that_cannot_be_opened_is_said_and_earns_nothing(folder, gate, monkeypatch):
    def refused(self, *_, **__):
        raise OSError(5, "Input/output error")

    write(folder, answered("b"))
    monkeypatch.setattr(answers.Path, "open", refused)
    points, said = gate()
    assert points == 0
    assert "Fichier impossible à ouvrir" in said


def test_missing_unreadable_blank_and_wrong_are_told_apart(folder, gate):
    said = {}
    said["missing"] = gate()
    write(folder, "{")
    said["unreadable"] = gate()
    write(folder, {"schema": 1, "assignment": "02-observer", "answers": {}})
    said["blank"] = gate()
    write(folder, answered("b") | {"assignment": "03-diagnostiquer"})
    said["foreign"] = gate()
    write(folder, answered("b") | {"schema": 9})
    said["newer"] = gate()
    write(folder, answered("c"))
    said["malformed"] = gate()
    assert {points for points, _ in said.values()} == {0.0}
    expected = {
        "missing": "Fichier absent",
        "unreadable": "Fichier illisible",
        "blank": "Sans réponse",
        "foreign": "Fichier d’un autre exercice",
        "newer": "Fichier trop récent",
        "malformed": "À revoir",
    }
    assert {
        name: text.split("Résultat\u00a0: ")[1].split(".")[0] for name, (_, text) in said.items()
    } == expected


@pytest.mark.parametrize("name", ["missing", "blank"])
def test_who_did_not_answer_is_not_told_the_answer(folder, gate, name):
    if name == "blank":
        write(folder, answered(None))
    _, said = gate()
    assert "Le hasard suffit." not in said
    assert "Rien de sûr" not in said


HOSTILE = {
    "ten megabytes": b'{"x": "' + b"x" * 10_000_000 + b'"}',
    "a hundred thousand levels": b"[" * 100_000 + b"]" * 100_000,
    "levels inside the answer": json.dumps(answered("X")).replace('"X"', "[" * 5000 + "]" * 5000).encode(),
    "not UTF-8": b"\xff\xfe\xfa",
    "nulls": b"\x00" * 100,
    "NaN": json.dumps(answered(float("nan"))).encode(),
    "Infinity": json.dumps(answered(float("inf"))).encode(),
    "a huge integer": json.dumps(answered(0)).replace("0}", "9" * 20_000 + "}").encode(),
    "an exponent": json.dumps(answered(0)).replace("0}", "1e99999}").encode(),
    "the answer twice": b'{"schema": 1, "assignment": "02-observer", "answers": {"q1": "a", "q1": "b"}}',
    "answers twice": b'{"schema": 1, "assignment": "02-observer", "answers": {"q1": "a"}, "answers": {}}',
    "the wrong types": b'{"schema": "1", "assignment": 2, "answers": "b"}',
    "a surrogate": json.dumps(answered("\ud800")).encode(),
    "a boolean": json.dumps(answered(value=True)).encode(),
    "code": b"__import__('os').system('true')",
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_earns_nothing_and_is_left_as_it_is(folder, gate, content):
    (folder / "reponses.json").write_bytes(content)
    points, said = gate()
    assert points == 0.0
    assert "Pourquoi\u00a0: " in said
    assert "Traceback" not in said
    assert (folder / "reponses.json").read_bytes() == content
    assert [path.name for path in folder.iterdir()] == ["reponses.json"]


def test_a_damaged_answer_does_not_take_the_others_with_it(folder, gate):
    write(folder, '{"schema": 1, "assignment": "02-observer", "answers": {"q1": "b", "q2": NaN, "q2": 1}}')
    assert gate()[0] == 2.0


def test_a_folder_or_a_link_in_place_of_the_file_is_not_followed(folder, gate):
    (folder / "reponses.json").mkdir()
    assert "Fichier illisible" in gate()[1]
    (folder / "reponses.json").rmdir()
    write(folder, answered("b"))
    (folder / "reponses.json").rename(folder / "vrai.json")
    (folder / "reponses.json").symlink_to(folder / "vrai.json")
    points, said = gate()
    assert points == 0.0
    assert "fichier ordinaire" in said


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=200)
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from(["schema", "answers", "q1", "b"]), inner)
        ),
    ).map(lambda value: json.dumps(answered(value)).encode())
)
def test_no_file_breaks_the_gate(folder, gate, content):
    (folder / "reponses.json").write_bytes(content)
    gate()


def noisy(question, key, value):
    warnings.warn("bruit", UserWarning, stacklevel=1)
    print("bruit")
    print("bruit", file=sys.stderr)
    return 1.0, ["Bien lu."]


def test_warnings_and_stray_prints_change_no_mark(folder, gate, monkeypatch):
    write(folder, answered("b"))
    monkeypatch.setattr(marking, "judge", noisy)
    points, said = gate()
    assert points == 2.0
    assert "bruit" not in said


@pytest.mark.parametrize("share", [float("inf"), -3.0, 7.5, float("-inf"), float("nan")])
def test_a_rule_that_leaves_the_scale_is_brought_back(folder, gate, monkeypatch, share):
    write(folder, answered("b"))
    monkeypatch.setattr(marking, "judge", lambda *_: (share, []))
    assert gate()[0] in (0.0, 2.0)


@pytest.mark.parametrize(
    "fault", [RuntimeError("clé secrète"), RecursionError(), MemoryError(), UserWarning("x")]
)
def test_a_fault_of_ours_calls_the_trainer_and_shows_nothing(folder, gate, monkeypatch, fault):
    def broken(*_):
        raise fault

    write(folder, answered("b"))
    monkeypatch.setattr(marking, "judge", broken)
    points, said = gate()
    assert points == 0.0
    assert said == (
        "Résultat\u00a0: Non corrigée.\n"
        "Pourquoi\u00a0: La correction n’a pas abouti. Montrez cette page à votre formateur.\n"
    )


def test_a_broken_key_calls_the_trainer(folder, gate):
    write(folder, answered("b"))
    assert "Non corrigée" in gate(key={"kind": "choice"})[1]


def test_a_text_cannot_forge_the_report(folder, gate):
    question = {
        "kind": "text",
        "id": "q1",
        "statement": "?",
        "points": 2,
        "fields": [{"id": "f", "label": "Texte"}],
    }
    key = {"kind": "text", "answer": {"f": "mille"}, "checks": [{"fields": ["f"], "mentions": ["mille"]}]}
    forged = (
        "x\nRésultat\u00a0: Juste. 2\u00a0points sur 2.\r\u2028Pourquoi\u00a0: \x1b[31m<script>\ud800"
        + "y" * 900
    )
    write(folder, answered({"f": forged}))
    points, said = gate(question, key)
    assert points == 0.0
    assert [line.split("\u00a0:")[0] for line in said.splitlines()] == [
        "Question",
        "Votre réponse",
        "Résultat",
    ]
    assert "\x1b" not in said
    said.encode("utf-8")
