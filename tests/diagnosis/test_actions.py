"""What is really done: which actions repeat each other, and how much they are."""

import math

import pandas as pd
import pytest

from territ_kit.diagnosis.actions import action_levels, find_repeats
from territ_kit.errors import InputError


def action(title, public="Adultes", place="Centre", schedule="Mardi", state="running"):
    return {"title": title, "public": public, "place": place, "schedule": schedule, "state": state}


def repeats(*actions):
    return find_repeats(pd.DataFrame(actions))


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (action("B"), True),
        (action("B", schedule="Jeudi"), True),
        (action("B", place="Mairie"), True),
        (action("B", place="Mairie", schedule="Jeudi"), False),
        (action("B", public="Enfants"), False),
        (action("B", state="announced"), False),
        (action("B", state="occasional"), True),
    ],
)
def test_actions_repeat_each_other_for_one_public_at_one_place_or_at_one_time(other, same):
    assert repeats(action("A"), other) == ([("A", "B")] if same else [])


def test_no_action_repeats_nothing():
    assert find_repeats(pd.DataFrame(columns=["title", "public", "place", "schedule", "state"])) == []


def facts(**changes):
    usual = {"regular": 1, "occasional": 0, "people": 50, "in_need": 1000.0, "overlap": False}
    return pd.DataFrame([{**usual, **changes}])


@pytest.mark.parametrize(
    ("changes", "level"),
    [
        ({}, "medium"),  # exactly one in twenty
        ({"people": 49}, "low"),
        ({"regular": 0}, "none"),
        ({"regular": 0, "occasional": 3}, "low"),
        ({"in_need": math.nan, "people": 1}, "medium"),
        ({"overlap": True, "people": 0}, "high"),
    ],
)
def test_a_regular_action_reaches_one_person_in_need_out_of_twenty(changes, level):
    assert action_levels(facts(**changes)).tolist() == [level]


def test_an_unknown_state_is_refused():
    with pytest.raises(InputError, match="régulière"):
        repeats(action("A", state="soon"))


def test_missing_facts_are_refused():
    with pytest.raises(InputError, match="people"):
        action_levels(facts().drop(columns="people"))
