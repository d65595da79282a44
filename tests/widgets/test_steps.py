"""The board on which the steps after observation work: one desk, one task at a time, lists line by line."""

from __future__ import annotations

from typing import ClassVar

import ipywidgets
import pytest

from territ_kit.dossier import NEEDS, Dossier, DossierFile, Need
from territ_kit.dossier.worked import worked
from territ_kit.errors import InputError
from territ_kit.widgets.layout import box
from territ_kit.widgets.steps import PAGES, board, work
from territ_kit.widgets.steps.asker import Asker, choice, number, text
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.lines import Lines
from territ_kit.widgets.steps.panel import Board
from territ_kit.widgets.steps.task import Task
from territ_kit.workspace import Workspace

PA, PB = "port-ancelle", "pays-de-brezonne"


class Needs(Lines[Need]):
    shelf = NEEDS
    title, noun, add, empty = "Les besoins", "besoin", "Ajouter un besoin", "Aucun besoin."
    ordered = True

    def line(self, item):
        return item.title

    def fields(self, item):
        return [text("title", "Le besoin"), choice("need", "Niveau", {"": "À dire", "high": "Fort"})]

    def blank(self, identifier):
        return Need(id=identifier)

    def read(self, item, values):
        if values["title"].startswith("!"):
            raise InputError("Ce titre commence par « ! ».")
        return super().read(item, values)


class One(Task):
    id, label, lead = "un", "Une tâche", "Ce que l’on fait ici."

    def __init__(self, desk):
        super().__init__(desk)
        self.lines = Needs(desk)
        self.view = self.lines.view

    def show(self):
        self.lines.show()


class Two(Task):
    id, label, lead = "deux", "Une autre", "Autre chose."
    made: ClassVar[list[int]] = []

    def __init__(self, desk):
        super().__init__(desk)
        self.made.append(1)
        self.view = box("t-pile")

    def show(self):
        pass


@pytest.fixture
def made():
    Two.made.clear()
    return Board("diagnosis", (One, Two), PA)


def press(form, action):
    form.press(action)


def type_in(form, **values):
    """Change fields as the page does: a text comes in a dict."""
    kinds = {field["name"]: field["kind"] for field in form.spec}
    sent = {name: {name: value} if kinds[name] == "text" else value for name, value in values.items()}
    form.value = {**form.value, **sent}


def lines(board):
    return board.tasks["un"].lines


# The board


def test_a_task_is_built_when_it_is_first_shown(made):
    assert Two.made == []
    made.restore({"task": "deux"})
    made.restore({"task": "un"})
    made.restore({"task": "deux"})
    assert Two.made == [1]


def test_only_the_chosen_task_is_shown(made):
    made.restore({"task": "deux"})
    shown = [name for name, task in made.tasks.items() if task.view.layout.display != "none"]
    assert shown == ["deux"]


def test_choosing_a_task_is_remembered(made):
    kept = []
    made.changed = kept.append
    made.choice.value = {**made.choice.value, "task": "deux"}
    assert kept == [{"case": PA, "task": "deux"}]


def test_another_territory_has_another_dossier(made):
    press(lines(made).menu, "add")
    made.choice.value = {**made.choice.value, "case": PB}
    assert made.desk.territory.id == PB
    assert NEEDS.of(made.desk.dossier) == ()


def test_choices_that_no_longer_make_sense_are_left(made):
    made.restore({"task": "inconnue", "case": "nulle-part"})
    assert made.choices == {"case": PA, "task": "un"}


def test_the_worked_dossier_fills_only_what_is_empty_and_is_undone_at_once(made):
    press(lines(made).menu, "add")
    press(made.start, "fill")
    dossier = made.desk.dossier
    assert dossier.observation == worked(PA).observation
    assert len(NEEDS.of(dossier)) == 1
    assert dossier.programme == Dossier(territory="x", territory_name="X").programme
    press(made.bar, "undo")
    assert made.desk.dossier.observation.kept == ()
    assert len(NEEDS.of(made.desk.dossier)) == 1


def test_nothing_is_offered_when_nothing_is_empty(made):
    press(made.start, "fill")
    assert made.start.layout.display == "none"


# The list


def test_a_line_is_added_written_and_saved(made, tmp_path):
    made.keep_in(Workspace.open(tmp_path))
    press(lines(made).menu, "add")
    assert lines(made).editor.focus == "first"
    type_in(lines(made).editor, title="Un guichet du soir", need="high")
    kept = DossierFile(Workspace(tmp_path).dossier_of(PA)).read()
    assert [(need.title, need.need) for need in NEEDS.of(kept)] == [("Un guichet du soir", "high")]
    assert "Enregistré à" in made.bar.status


def test_lines_are_moved_and_dropped_and_the_keyboard_keeps_a_button(made):
    desk, part = made.desk, lines(made)
    for name in "abc":
        desk.put(NEEDS, Need(id=name, title=name))
    part.choose("c")
    press(part.menu, "up")
    assert [need.id for need in NEEDS.of(desk.dossier)] == ["a", "c", "b"]
    assert part.menu.focus == "up"
    press(part.menu, "drop")
    assert [need.id for need in NEEDS.of(desk.dossier)] == ["a", "b"]
    assert part.current == "b"
    press(made.bar, "undo")
    assert [need.id for need in NEEDS.of(desk.dossier)] == ["a", "c", "b"]


def test_what_cannot_be_kept_is_told_and_nothing_changes(made):
    press(lines(made).menu, "add")
    type_in(lines(made).editor, title="! refusé")
    assert "commence par" in lines(made).editor.status
    assert NEEDS.of(made.desk.dossier)[0].title == ""


def test_a_hundred_lines_are_one_list(made):
    def fill(dossier):
        for number_ in range(100):
            dossier = NEEDS.put(dossier, Need(id=f"n{number_}", title=f"Besoin {number_}"))
        return dossier

    made.desk.change(fill)
    (field,) = lines(made).menu.spec
    assert len(field["options"]) == 100
    assert field["size"] == 8


def test_an_empty_list_says_so(made):
    assert lines(made).menu.status == "Aucun besoin."
    assert lines(made).editor.layout.display == "none"


# The form


def test_a_form_does_not_hear_what_its_page_puts_in_it():
    form, heard = Asker(), []
    form.on_change(heard.append)
    spec = [text("words", "Vos mots"), number("cost", "Coût"), choice("who", "Qui", {"a": "A"})]
    form.ask(spec, {"words": "Bonjour", "cost": 12.5, "who": "a"})
    assert heard == []
    assert form.values == {"words": "Bonjour", "cost": 12.5, "who": "a"}
    form.value = {**form.value, "cost": 3}
    assert heard == [{"words": "Bonjour", "cost": 3, "who": "a"}]


def test_a_file_and_a_button_are_told_apart():
    form, files, actions = Asker(), [], []
    form.on_file(lambda field, name, content: files.append((field, name, content)))
    form.on_action(actions.append)
    form._handle_custom_msg({"file": "votes.csv", "field": "ballots"}, [b"a;b"])
    press(form, "go")
    assert files == [("ballots", "votes.csv", b"a;b")]
    assert actions == ["go"]


# The desk


def test_a_fault_is_told_and_the_dossier_stays():
    desk = Desk(PA)
    assert not desk.change(lambda dossier: NEEDS.move(dossier, "absent", 1))
    assert "n’est plus dans le dossier" in desk.said
    assert desk.dossier.diagnosis.needs == ()


def test_without_a_folder_nothing_says_that_it_is_saved():
    desk = Desk(PA)
    assert desk.set("programme", budget=1000.0)
    assert desk.dossier.programme.budget == 1000
    assert "Enregistré" not in desk.said


# Every page


@pytest.mark.parametrize("page", sorted(PAGES))
def test_every_task_of_every_page_opens_empty_and_on_the_worked_dossier(page):
    made = board(page, PA)
    for state in ("empty", "worked"):
        for task, kind in made.kinds.items():
            made.restore({"task": task})
            assert made.tasks[task].view.layout.display != "none", state
            assert len(kind.lead) <= 160
        press(made.start, "fill")
    assert made.desk.dossier.observation == worked(PA).observation


def test_a_notebook_shows_one_task_on_the_person_s_dossier(tmp_path, monkeypatch):
    monkeypatch.setenv("TERRIT_ESPACE", str(tmp_path))
    assert isinstance(work("prioriser", PA, "notes"), ipywidgets.Box)


def test_a_page_or_a_task_that_does_not_exist_is_told():
    with pytest.raises(InputError, match=r"diagnostiquer.*planifier"):
        work("decider", PA, "notes")
    with pytest.raises(InputError, match=r"notes.*retenir"):
        work("prioriser", PA, "voter")


def test_a_press_that_comes_with_what_was_typed_is_followed_after_it():
    """The browser gathers changes while Python is busy: the values come first, each press is heard once."""
    form, heard = Asker(), []
    form.ask([number("cost", "Coût")], {"cost": 1})
    form.on_change(lambda values: heard.append(values["cost"]))
    form.on_action(heard.append)
    presses = [{"number": 1, "action": "add"}, {"number": 2, "action": "add"}]
    form.set_state({"value": {"cost": 2}, "pressed": presses})
    form.set_state({"pressed": [*presses, {"number": 5, "action": "drop"}]})
    assert heard == [2, "add", "add", "drop"]
