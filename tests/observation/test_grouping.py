"""Groups of neighbouring areas: cases by hand, properties, refusals."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.errors import InputError
from territ_kit.observation.grouping import group_areas

LINE = {"A": ["B"], "B": ["C"], "C": ["D"], "D": []}


@st.composite
def territories(draw):
    """Return the events of some areas and which of them touch."""
    areas = list(range(draw(st.integers(1, 25))))
    events = draw(st.lists(st.integers(0, 15), min_size=len(areas), max_size=len(areas)))
    pairs = draw(st.lists(st.tuples(st.sampled_from(areas), st.sampled_from(areas)), max_size=40))
    neighbours = {area: [] for area in areas}
    for one, other in pairs:
        neighbours[one].append(other)
    return dict(zip(areas, events, strict=True)), neighbours


def together(start, members, neighbours):
    """Return what can be reached from one area without leaving the members."""
    reached, waiting = {start}, [start]
    while waiting:
        one = waiting.pop()
        touching = {*neighbours[one], *(area for area, others in neighbours.items() if one in others)}
        new = touching & set(members) - reached
        reached |= new
        waiting += new
    return reached


def test_the_smallest_joins_the_smallest_of_its_neighbours():
    """B (1 event) touches A (8) and C (12): with A it has 9, which then joins C."""
    groups = group_areas({"A": 8, "B": 1, "C": 12, "D": 40}, LINE)
    assert groups.labels.to_dict() == {"A": "A", "B": "A", "C": "A", "D": "D"}
    assert groups.events.to_dict() == {"A": 21, "D": 40}
    assert groups.short == ()


def test_areas_with_enough_events_stay_alone():
    groups = group_areas({"A": 10, "B": 11, "C": 12, "D": 40}, LINE)
    assert groups.labels.tolist() == ["A", "B", "C", "D"]


def test_an_island_without_enough_events_is_reported():
    groups = group_areas(pd.Series({"A": 30, "île": 2}), {"A": []})
    assert groups.short == ("île",)
    assert groups.labels.tolist() == ["A", "île"]


def test_neighbours_out_of_the_territory_are_left_out():
    groups = group_areas({"A": 3, "B": 20}, {"A": ["ailleurs", "A"], "ailleurs": ["A", "B"]})
    assert groups.short == ("A",)


def test_another_threshold_groups_inhabitants():
    groups = group_areas({"A": 900, "B": 800, "C": 4_000, "D": 700}, LINE, fewest=1_500)
    assert groups.events.to_dict() == {"A": 1_700, "C": 4_700}


@given(territories(), st.integers(1, 30))
def test_every_group_holds_together_and_has_enough_or_has_no_one_left_to_join(territory, fewest):
    events, neighbours = territory
    groups = group_areas(events, neighbours, fewest=fewest)
    assert list(groups.labels.index) == list(events)
    for name, members in groups.labels.groupby(groups.labels):
        inside = list(members.index)
        assert name == inside[0]
        assert groups.events[name] == sum(events[area] for area in inside)
        assert together(name, inside, neighbours) == set(inside)
        if name in groups.short:
            assert together(name, events, neighbours) == set(inside)
        else:
            assert groups.events[name] >= fewest


@given(territories())
def test_the_same_territory_always_gives_the_same_groups(territory):
    events, neighbours = territory
    backwards = {area: list(reversed(neighbours[area])) for area in reversed(neighbours)}
    assert group_areas(events, neighbours).labels.equals(group_areas(events, backwards).labels)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: group_areas({"A": 3, "B": -1}, LINE), r"« events » vaut -1 \(zone B\)"),
        (lambda: group_areas({"A": 3, "B": math.nan}, LINE), r"« events » vaut nan \(zone B\)"),
        (lambda: group_areas({}, LINE), "« events » n’est pas une liste simple"),
        (lambda: group_areas({"A": 3}, LINE, fewest=0), "« fewest » vaut 0"),
    ],
)
def test_what_cannot_be_used_is_refused_in_three_beats(call, sentence):
    with pytest.raises(InputError, match=sentence) as refusal:
        call()
    assert "attendu :" in str(refusal.value)
