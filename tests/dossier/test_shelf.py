"""The lists of the dossier, and the worked dossiers of the cases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.dossier import NEEDS, VOTES, Dossier, DossierFile, Need, Vote
from territ_kit.dossier.worked import STEPS, empty_steps, fill
from territ_kit.errors import DossierError

EMPTY = Dossier(territory="port-ancelle", territory_name="Port-Ancelle")


def with_needs(*ids):
    dossier = EMPTY
    for identifier in ids:
        dossier = NEEDS.put(dossier, Need(id=identifier, title=identifier.upper()))
    return dossier


def ids(dossier):
    return [need.id for need in NEEDS.of(dossier)]


def test_an_item_is_put_last_and_changed_where_it_stands():
    dossier = with_needs("a", "b", "c")
    dossier = NEEDS.put(dossier, Need(id="b", title="Autre"))
    assert ids(dossier) == ["a", "b", "c"]
    assert NEEDS.find(dossier, "b").title == "Autre"


def test_an_item_is_changed_in_place():
    dossier = NEEDS.change(with_needs("a", "b"), "a", lambda need: need.but(words="Vu."))
    assert NEEDS.find(dossier, "a").words == "Vu."
    assert ids(dossier) == ["a", "b"]


@given(st.integers(0, 4), st.integers(-9, 9))
def test_a_move_stops_at_either_end_and_keeps_everything(place, by):
    names = ["a", "b", "c", "d", "e"]
    moved = ids(NEEDS.move(with_needs(*names), names[place], by))
    assert sorted(moved) == names
    assert moved.index(names[place]) == min(max(place + by, 0), 4)


def test_dropping_twice_is_dropping_once():
    dossier = NEEDS.drop(with_needs("a", "b"), "a")
    assert ids(dossier) == ["b"]
    assert NEEDS.drop(dossier, "a") == dossier


def test_a_line_that_another_page_has_removed_is_told():
    with pytest.raises(DossierError, match="n’est plus dans le dossier"):
        NEEDS.move(EMPTY, "a", 1)


def test_a_list_holds_an_item_once():
    need = Need(id="a")
    with pytest.raises(DossierError, match="une fois"):
        EMPTY.diagnosis.but(needs=(need, need))


def test_a_new_id_is_plain_and_free():
    dossier = with_needs("sante-des-jeunes")
    assert NEEDS.new_id(dossier, "Santé des jeunes !") == "sante-des-jeunes-2"
    assert NEEDS.new_id(dossier, "???") == "ligne"


def test_a_list_is_a_table_even_when_empty():
    assert list(NEEDS.table(with_needs("a", "b"))["title"]) == ["A", "B"]
    assert list(NEEDS.table(EMPTY).columns) == list(Need.model_fields)


def test_undoing_a_change_of_one_list_leaves_the_others(tmp_path):
    file = DossierFile(tmp_path / "x.json", "port-ancelle", "Port-Ancelle")
    file.change(lambda dossier: NEEDS.put(dossier, Need(id="a")))
    file.change(lambda dossier: VOTES.put(dossier, Vote(id="v", question="Lequel ?")))
    file.change(lambda dossier: NEEDS.drop(dossier, "a"))
    undone = file.undo().dossier
    assert ids(undone) == ["a"]
    assert [vote.id for vote in VOTES.of(undone)] == ["v"]


def test_five_hundred_ballots_are_kept_and_their_changes_undone(tmp_path):
    file = DossierFile(tmp_path / "x.json", "port-ancelle", "Port-Ancelle")
    ballots = tuple({f"besoin-numero-{n}": float(n % 6) for n in range(10)} for _ in range(500))
    file.change(lambda dossier: VOTES.put(dossier, Vote(id="v", ballots=ballots)))
    for number in range(8):
        file.change(lambda dossier, n=number: NEEDS.put(dossier, Need(id=f"n{n}")))
    shown = file.undo()
    assert len(VOTES.find(shown.dossier, "v").ballots) == 500
    assert shown.undoable == 8


def test_a_dossier_of_the_first_format_opens_with_empty_steps(tmp_path):
    path = tmp_path / "x.json"
    path.write_text(
        '{"schema": 1, "territory": "x", "territory_name": "X", "observation": {"kept": []}, "history": []}',
        encoding="utf-8",
    )
    assert empty_steps(DossierFile(path).read()) == list(STEPS)


def test_filling_takes_only_the_steps_asked_for():
    example = with_needs("a")
    assert empty_steps(example) == ["observation", "consultation", "prioritisation", "programme"]
    filled = fill(EMPTY, example, ["diagnosis"])
    assert filled.diagnosis == example.diagnosis
    assert filled.programme == EMPTY.programme
