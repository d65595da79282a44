"""The follow-up board: where each action stands, and what the committee must decide."""

from types import SimpleNamespace

import pytest

from territ_kit.dossier import Action, State
from territ_kit.errors import InputError
from territ_kit.planning.follow_up import board
from territ_kit.planning.programme import calendar


def state(action, said, meeting=2, **more):
    return State(id=f"{action}-{meeting}", action=action, state=said, meeting=meeting, **more)


@pytest.fixture
def actions():
    return [
        Action(id="a", title="Former", pilot="Mission locale", start=1, months=6),
        Action(id="b", title="Écouter", pilot="CCAS", start=4, months=6, after=("a",)),
    ]


def kinds(found):
    return list(zip(found.to_decide["item"], found.to_decide["kind"], strict=True))


def test_what_was_said_last_holds_until_something_new_is_said(actions):
    found = board(actions, [state("a", "late", 1, cause="Départ"), state("b", "on_time", 3)], 2)
    assert found.table["state"].to_dict() == {"a": "late", "b": "not_started"}
    assert found.table["meeting"].to_dict() == {"a": 1, "b": 0}


def test_an_action_late_without_a_decision_is_put_to_the_committee(actions):
    assert kinds(board(actions, [state("a", "late", cause="Locaux")], 2)) == [("a", "no_decision")]


def test_late_twice_without_a_decision_comes_first(actions):
    said = [state("a", "late", 1, cause="Locaux"), state("a", "late", 2, cause="Locaux")]
    assert kinds(board(actions, said, 2))[0] == ("a", "late_again")


def test_a_decision_needs_a_date_and_someone(actions):
    said = [state("a", "late", cause="Locaux", decision="Changer de lieu", who="CCAS")]
    assert kinds(board(actions, said, 2)) == [("a", "no_follow_up")]
    said = [state("a", "late", cause="Locaux", decision="Changer de lieu", who="CCAS", next_date="mars 2028")]
    assert kinds(board(actions, said, 2)) == []


def test_a_stopped_action_says_what_waits_for_it(actions):
    found = board(actions, [state("a", "stopped", cause="Crédit refusé")], 2)
    assert found.to_decide["sentence"].tolist() == [
        "«\u00a0Former\u00a0» est arrêtée, et «\u00a0Écouter\u00a0» l’attend."
    ]


def test_no_pilot_and_the_coordinator_as_pilot_are_told_apart(actions):
    alone = [actions[0].but(pilot=""), actions[1].but(pilot="La coordonnatrice")]
    assert kinds(board(alone, [], 1)) == [("a", "no_pilot"), ("b", "coordinator")]


def test_the_calendar_tells_what_should_have_started_or_ended(actions):
    plan = calendar(actions)
    found = board(actions, [state("a", "on_time")], 2, plan=plan, month=10)
    assert kinds(found) == [("b", "should_start"), ("a", "should_end")]


def test_what_is_done_asks_nothing(actions):
    said = [state("a", "done"), state("b", "done")]
    assert kinds(board(actions, said, 2, plan=calendar(actions), month=30)) == []


def test_four_of_twelve_late_without_a_pilot_is_the_sentence_of_the_exercise():
    """Exercise 6.3 of the course: mid-term, 4 of 12 actions late, all four lost their pilot."""
    twelve = [Action(id=str(i), title=str(i), pilot="" if i < 4 else "CCAS") for i in range(12)]
    found = board(twelve, [state(str(i), "late", cause="Pilote parti") for i in range(4)], 2)
    assert found.summary() == "4 actions sur 12 sont en retard, dont 4 sans pilote."


def test_the_other_summaries(actions):
    assert board(actions, [], 1).summary() == "Aucune des 2 actions n’est en retard."
    assert "pas d’action" in board([], [], 1).summary()
    assert board(actions, [state("a", "late")], 2).summary() == "1 action sur 2 est en retard."


def test_what_is_said_of_an_action_that_is_gone_is_left_out(actions):
    assert board(actions, [state("z", "late")], 2).table.index.tolist() == ["a", "b"]


def test_an_unknown_state_is_refused(actions):
    with pytest.raises(InputError, match="L’état « paused »"):
        board(actions, [SimpleNamespace(action="a", meeting=1, state="paused")], 1)
