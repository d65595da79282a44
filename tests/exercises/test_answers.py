"""Answers are saved whole, one at a time, and nothing is ever lost in silence."""

from __future__ import annotations

import json
import multiprocessing
import os
import time

import pytest
from filelock import FileLock

from territ_kit import safe_file
from territ_kit.errors import AnswersError
from territ_kit.exercises import answers
from territ_kit.exercises.answers import LARGEST_FILE, LONGEST_HISTORY, AnswerBook, AnswersFileError, Damaged


@pytest.fixture
def book(tmp_path):
    return AnswerBook(tmp_path / "02-observer" / "reponses.json", "02-observer")


def written(book, content):
    book.path.parent.mkdir(parents=True, exist_ok=True)
    book.path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")


def content(**changes):
    return {"schema": 1, "assignment": "02-observer", "answers": {"q1": "a"}, "history": []} | changes


def test_a_book_without_a_file_is_empty(book):
    assert book.read().answers == {}
    assert not book.path.exists()


@pytest.mark.parametrize(
    "value", ["b", ["a", "c"], 29.1, {"r1": "c2"}, {"epsm": [0.8, 0.9]}, {"public": "Été « œ » 🙂"}, 0]
)
def test_what_is_saved_is_read_again(book, value):
    book.save("q1", value)
    assert AnswerBook(book.path, "02-observer").value("q1") == value


def test_the_file_says_its_schema_and_its_assignment(book):
    book.save("q1", "a")
    kept = json.loads(book.path.read_text(encoding="utf-8"))
    assert (kept["schema"], kept["assignment"], kept["answers"]) == (1, "02-observer", {"q1": "a"})


def test_saving_one_question_leaves_the_others(book):
    book.save("q1", "a")
    book.save("q2", "b")
    book.save("q1", "c")
    assert book.read().answers == {"q1": "c", "q2": "b"}


def test_an_answer_taken_back_is_not_answered(book):
    book.save("q1", "a")
    book.save("q1", None)
    assert book.read().answers == {}


def test_the_history_keeps_the_changes_in_order(book):
    book.save("q1", "a")
    book.save("q1", "b")
    assert [(change["question"], change["value"]) for change in book.read().history] == [
        ("q1", "a"),
        ("q1", "b"),
    ]


def test_the_history_is_bounded_by_number(book):
    written(book, content(history=[{"question": "q1", "value": n, "at": ""} for n in range(LONGEST_HISTORY)]))
    book.save("q1", "z")
    history = book.read().history
    assert (len(history), history[0]["value"], history[-1]["value"]) == (LONGEST_HISTORY, 1, "z")


def test_the_history_is_bounded_by_size_and_the_answers_are_kept(book):
    for n in range(6):
        book.save("q1", {"public": str(n) * 200_000})
    assert book.path.stat().st_size <= LARGEST_FILE
    assert book.value("q1") == {"public": "5" * 200_000}


def test_an_answer_too_long_for_the_file_is_refused_and_the_others_are_intact(book):
    book.save("q1", "a")
    with pytest.raises(AnswersError, match="trop longues"):
        book.save("q2", "x" * LARGEST_FILE)
    assert book.read().answers == {"q1": "a"}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"a": float("-inf")}, {1, 2}, object(), b"x"])
def test_what_json_cannot_hold_is_refused(book, value):
    with pytest.raises(AnswersError, match="n’est pas enregistrée"):
        book.save("q1", value)
    assert not book.path.exists()


def test_the_folder_s_name_is_the_assignment_by_default(tmp_path):
    AnswerBook(tmp_path / "03-diagnostiquer" / "reponses.json").save("q1", "a")
    assert AnswerBook(tmp_path / "03-diagnostiquer" / "reponses.json").read().assignment == "03-diagnostiquer"


UNREADABLE = {
    "truncated": '{"schema": 1, "assignment": "02-obs',
    "empty": "",
    "a list": "[]",
    "a number": "12",
    "without schema": '{"assignment": "02-observer", "answers": {}}',
    "schema true": '{"schema": true, "assignment": "02-observer", "answers": {}}',
    "answers twice": '{"schema": 1, "assignment": "02-observer", "answers": {}, "answers": {"q1": "b"}}',
    "answers in a list": '{"schema": 1, "assignment": "02-observer", "answers": []}',
    "too deep": "[" * 100_000,
    "too big": '{"schema": 1, "x": "' + "x" * 10_000_000 + '"}',
}


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_an_unreadable_file_is_said_and_left_as_it_is(book, text):
    written(book, text)
    with pytest.raises(AnswersFileError, match=r"ne peut pas être lu : .*\.$") as caught:
        book.read()
    assert caught.value.status == "unreadable"
    assert book.path.read_text(encoding="utf-8") == text


def test_a_file_that_is_not_utf8_is_said(book):
    written(book, "")
    book.path.write_bytes(b"\xff\xfe\x00{")
    with pytest.raises(AnswersFileError, match="mal écrit"):
        book.read()


def test_a_file_saved_by_a_text_editor_with_its_mark_is_read(book):
    written(book, "")
    book.path.write_bytes(b"\xef\xbb\xbf" + json.dumps(content()).encode())
    assert book.value("q1") == "a"


def test_a_folder_a_link_or_a_pipe_is_not_opened(book, tmp_path):
    book.path.mkdir(parents=True)
    with pytest.raises(AnswersFileError, match="fichier ordinaire"):
        book.read()
    book.path.rmdir()
    target = tmp_path / "ailleurs.json"
    target.write_text(json.dumps(content()))
    book.path.symlink_to(target)
    with pytest.raises(AnswersFileError, match="fichier ordinaire"):
        book.read()
    book.path.unlink()
    os.mkfifo(book.path)
    with pytest.raises(AnswersFileError, match="fichier ordinaire"):
        book.read()


def test_saving_over_an_unreadable_file_keeps_it_under_a_new_name_each_time(book):
    for number, text in enumerate(["{", "["], 1):
        written(book, text)
        saved = book.save("q1", "a")
        kept = book.path.with_name(f"reponses.json.{number}.bak")
        assert kept.read_text() == text
        assert kept.name in saved.notice
    assert book.path.with_name("reponses.json.1.bak").read_text() == "{"
    assert book.value("q1") == "a"


def test_an_ordinary_save_has_nothing_to_say(book):
    assert book.save("q1", "a").notice == ""


def test_a_damaged_answer_is_set_apart_from_the_sound_ones(book):
    text = (
        '{"schema": 1, "assignment": "02-observer", "answers":'
        ' {"q1": "a", "q2": NaN, "q3": {"r": "a", "r": "b"}, "q4": 1e999, "q5": "x", "q5": "y", "q6": '
        + "[" * 50
        + "]" * 50
        + ', "q7": '
        + "9" * 5000
        + "}}"
    )
    written(book, text)
    found = book.read().answers
    assert found.pop("q1") == "a"
    assert len(found) == 6
    assert all(isinstance(value, Damaged) for value in found.values())
    assert book.value("q5") is None
    saved = book.save("q2", 3)
    assert "abîmée" in saved.notice
    assert book.read().answers == {"q1": "a", "q2": 3}
    assert book.path.with_name("reponses.json.1.bak").read_text() == text


def test_a_file_from_a_newer_kit_is_refused_and_kept(book):
    written(book, content(schema=2))
    before = book.path.read_bytes()
    with pytest.raises(AnswersFileError, match="version plus récente") as caught:
        book.save("q1", "b")
    assert caught.value.status == "newer"
    assert book.path.read_bytes() == before


def test_the_file_of_another_exercise_is_refused_and_kept(book):
    written(book, content(assignment="03-diagnostiquer"))
    before = book.path.read_bytes()
    with pytest.raises(AnswersFileError, match="autre exercice"):
        book.save("q1", "b")
    assert book.path.read_bytes() == before


@pytest.mark.parametrize("folder", ["source", "release"])
def test_nothing_is_saved_in_a_trainer_s_folder(tmp_path, folder):
    path = tmp_path / "cours" / folder / "02-observer" / "reponses.json"
    with pytest.raises(AnswersError, match="celui du formateur"):
        AnswerBook(path).save("q1", "a")
    assert not path.exists()


def test_nothing_is_saved_deeper_in_a_trainer_s_folder(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("")
    with pytest.raises(AnswersError, match="celui du formateur"):
        AnswerBook(tmp_path / "source" / "02-observer" / "annexes" / "suite" / "reponses.json").save(
            "q1", "a"
        )


def test_a_person_s_own_folder_named_source_is_not_a_trainer_s(tmp_path):
    book = AnswerBook(tmp_path / "source" / "territ-espace" / "exercices" / "02-observer" / "reponses.json")
    book.save("q1", "a")
    assert book.value("q1") == "a"


def test_a_folder_that_refuses_is_said(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    book = AnswerBook(tmp_path / "reponses.json")
    book.save("q1", "a")
    monkeypatch.setattr(safe_file.os, "fsync", full)
    with pytest.raises(AnswersError, match="réponses précédentes sont intactes"):
        book.save("q1", "b")
    assert book.value("q1") == "a"


def test_a_file_held_for_a_moment_by_another_reader_is_replaced_in_the_end(book, monkeypatch):
    refusals = [PermissionError(), PermissionError()]
    replace = safe_file.Path.replace

    def busy(self, target):
        if refusals:
            raise refusals.pop()
        return replace(self, target)

    monkeypatch.setattr(safe_file.Path, "replace", busy)
    book.save("q1", "a")
    assert book.value("q1") == "a"


def refusing(monkeypatch, errors):
    """Make opening a file for reading fail with each error in turn."""
    opens = safe_file.Path.open

    def open_file(self, mode="r", *rest, **options):
        if mode == "rb" and errors:
            raise errors.pop()
        return opens(self, mode, *rest, **options)

    monkeypatch.setattr(safe_file.Path, "open", open_file)


def test_a_file_held_for_a_moment_is_read_in_the_end(book, monkeypatch):
    book.save("q1", "a")
    refusing(monkeypatch, [PermissionError(), PermissionError()])
    assert book.value("q1") == "a"


@pytest.mark.parametrize(
    "error", [PermissionError(13, "sharing violation"), OSError(5, "Input/output error")]
)
def test_a_file_that_cannot_be_opened_now_is_neither_set_aside_nor_replaced(book, monkeypatch, error):
    book.save("q1", "a")
    before = book.path.read_bytes()
    monkeypatch.setattr(safe_file, "_PAUSE_SECONDS", 0)
    with monkeypatch.context() as held:
        refusing(held, [error] * 1000)
        with pytest.raises(AnswersFileError, match=r"intactes\. Attendez un instant") as caught:
            book.save("q1", "b")
    assert caught.value.status == "refused"
    assert book.path.read_bytes() == before
    assert not list(book.path.parent.glob("*.bak"))


def test_a_page_that_never_finishes_is_said(book, monkeypatch):
    monkeypatch.setattr(answers, "_LOCK_SECONDS", 0.1)
    book.path.parent.mkdir()
    with FileLock(book.path.with_name(".reponses.json.lock")):
        with pytest.raises(AnswersError, match="une autre page"):
            book.save("q1", "a")


def save_many(path, name):
    for n in range(60):
        AnswerBook(path, "02-observer").save(f"{name}{n}", n)


def test_two_pages_saving_different_questions_lose_nothing(book):
    processes = [
        multiprocessing.get_context("spawn").Process(target=save_many, args=(book.path, name))
        for name in "ab"
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    assert book.read().answers == {f"{name}{n}": n for name in "ab" for n in range(60)}


def save_for_ever(path):
    book, n = AnswerBook(path, "02-observer"), 0
    while True:
        n += 1
        book.save("q2", {"public": f"{n} " * 20_000})


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork: thirty starts of Python would be slow")
def test_a_kill_in_the_middle_of_a_save_never_leaves_an_unreadable_file(book):
    book.save("q1", "précieuse")
    for kill in range(30):
        process = multiprocessing.get_context("fork").Process(target=save_for_ever, args=(book.path,))
        before = book.path.stat().st_mtime_ns
        process.start()
        deadline = time.monotonic() + 20
        while book.path.stat().st_mtime_ns == before and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(kill * 0.0007)  # a different moment of the next save each time
        process.kill()
        process.join()
        assert book.path.stat().st_mtime_ns != before
        assert book.value("q1") == "précieuse"
    book.save("q3", "c")
    assert book.read().answers.keys() == {"q1", "q2", "q3"}
    assert not list(book.path.parent.glob("*.bak"))
