"""Cards and panel on a person's file, whatever the file holds; no browser."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from territ_kit.exercises.answers import FILE_NAME, AnswerBook, AnswersFileError
from territ_kit.exercises.question import load_assignment
from territ_kit.widgets import question as module
from territ_kit.widgets.exercise import ExercisePanel
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.question import FIELD, QuestionCard, show

SOURCE = Path(__file__).parents[1] / "exercises" / "sample" / "source" / "sept-sortes"
TRUNCATED = '{"schema": 1, "assignment": "sept-sor'


def write(folder, answers, **changes):
    content = {"schema": 1, "assignment": "sept-sortes", "answers": answers, "history": []} | changes
    (folder / FILE_NAME).write_text(json.dumps(content), encoding="utf-8")


def card_of(panel, question):
    return next(card for card in panel.cards if card.question.id == question)


@pytest.fixture
def shown(monkeypatch):
    """Return what `show` displays."""
    displayed = []
    monkeypatch.setattr(module, "display", displayed.append)
    return displayed


def test_a_truncated_file_leaves_the_cards_empty_and_is_told_once(tmp_path):
    (tmp_path / FILE_NAME).write_text(TRUNCATED)
    panel = ExercisePanel(SOURCE, tmp_path)
    assert [card.value[FIELD] for card in panel.cards] == [None] * 8
    told = [card.status for card in panel.cards if card.status]
    assert len(told) == 1
    assert "ne peut pas être lu" in told[0]
    assert "gardé sous un autre nom" in told[0]
    assert "0 question sur 8" in panel.advance.html
    assert (tmp_path / FILE_NAME).read_text() == TRUNCATED


def test_answering_over_a_truncated_file_keeps_it_aside_and_saves(tmp_path):
    (tmp_path / FILE_NAME).write_text(TRUNCATED)
    panel = ExercisePanel(SOURCE, tmp_path)
    card_of(panel, "titre").value = {FIELD: "moins"}
    assert "reponses.json.1.bak" in card_of(panel, "titre").status
    assert (tmp_path / "reponses.json.1.bak").read_text() == TRUNCATED
    assert AnswerBook(tmp_path / FILE_NAME, "sept-sortes").read().answers == {"titre": "moins"}
    assert "1 question sur 8" in panel.advance.html
    card_of(panel, "part").value = {FIELD: 12.5}
    assert not (tmp_path / "reponses.json.2.bak").exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [({"assignment": "02-observer"}, "d’un autre exercice"), ({"schema": 9}, "version plus récente")],
)
def test_a_file_that_must_not_be_replaced_gives_a_message_instead_of_the_form(tmp_path, change, said):
    write(tmp_path, {"titre": "moins"}, **change)
    before = (tmp_path / FILE_NAME).read_bytes()
    panel = ExercisePanel(SOURCE, tmp_path)
    assert panel.cards == []
    assert said in panel.view.children[-1].html
    assert (tmp_path / FILE_NAME).read_bytes() == before


def test_a_file_that_cannot_be_opened_now_gives_a_message(tmp_path, monkeypatch):
    def refused(_book):
        raise AnswersFileError("refused", "L’ordinateur refuse.")

    monkeypatch.setattr(AnswerBook, "read", refused)
    assert "L’ordinateur refuse." in ExercisePanel(SOURCE, tmp_path).view.children[-1].html


def test_a_value_of_the_wrong_shape_is_neither_shown_nor_counted(tmp_path):
    wrong = {
        "titre": ["moins"],
        "part": {"a": 1},
        "ordre": "x",
        "journees": [],
        "manques": 3,
        "carte": {"gem": 1},
    }
    write(tmp_path, wrong | {"signal": ["taire"], "fiche": {"pilote": "  "}})
    panel = ExercisePanel(SOURCE, tmp_path)
    shown = {card.question.id: card.value[FIELD] for card in panel.cards}
    assert shown == dict.fromkeys([*wrong, "fiche"]) | {"signal": ["taire"]}
    assert "1 question sur 8" in panel.advance.html


@pytest.mark.parametrize(("typed", "kept"), [("31 %", 31), ("12,5 pour cent", 12.5), (29.1, 29.1)])
def test_a_number_is_read_with_its_unit(tmp_path, typed, kept):
    panel = ExercisePanel(SOURCE, tmp_path)
    card = card_of(panel, "part")
    card.value = {FIELD: typed}
    assert card.errors == {}
    assert panel.book.value("part") == kept


@pytest.mark.parametrize(
    ("typed", "said"), [("douze", "n’est pas reconnu"), ("310 %", "sort de ce qui est possible")]
)
def test_a_text_that_is_no_number_or_an_impossible_one_is_refused(tmp_path, typed, said):
    panel = ExercisePanel(SOURCE, tmp_path)
    card = card_of(panel, "part")
    card.value = {FIELD: typed}
    assert said in card.errors[FIELD]
    assert panel.book.value("part") is None


def test_a_number_with_its_unit_is_checked_too(tmp_path, sample_keys):
    question = load_assignment(SOURCE / "questions.toml").question("part")
    marks = []
    card = QuestionCard(
        question,
        3,
        AnswerBook(tmp_path / FILE_NAME),
        sample_keys["part"],
        lambda _q, mark: marks.append(mark),
    )
    card.value = {FIELD: "29,1 %"}
    card._check()
    assert marks[-1].verdict == "right"


def test_a_question_shown_on_a_damaged_file_can_be_answered(tmp_path, monkeypatch, shown):
    shutil.copy(SOURCE / "questions.toml", tmp_path)
    (tmp_path / FILE_NAME).write_text(TRUNCATED)
    monkeypatch.chdir(tmp_path)
    show("titre")
    (card,) = shown
    assert isinstance(card, QuestionCard)
    assert "ne peut pas être lu" in card.status


@pytest.mark.parametrize(
    ("question", "change", "said"),
    [
        ("disparue", {}, "n’existe pas dans cet exercice"),
        ("titre", {"assignment": "02-observer"}, "d’un autre exercice"),
        ("titre", {"schema": 9}, "version plus récente"),
    ],
)
def test_what_cannot_be_shown_is_said(tmp_path, monkeypatch, shown, question, change, said):
    shutil.copy(SOURCE / "questions.toml", tmp_path)
    write(tmp_path, {}, **change)
    monkeypatch.chdir(tmp_path)
    show(question)
    (message,) = shown
    assert isinstance(message, Fragment)
    assert said in message.html
