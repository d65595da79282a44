"""The coordinator's time, beside what the post gives."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.dossier import Action
from territ_kit.errors import InputError
from territ_kit.planning.programme import calendar
from territ_kit.planning.workload import HALF_DAYS_PER_FTE, workload


@pytest.fixture
def plan():
    return calendar(
        [Action(id="a", title="a", start=1, months=2), Action(id="b", title="b", start=2, months=2)],
        horizon=4,
    )


def test_half_days_add_up_month_by_month(plan):
    load = workload(plan, {"a": 10, "b": 12}, fte=0.5)
    assert load.months["needed"].tolist() == [10, 22, 12, 0]
    assert load.capacity == 18
    assert load.months["over"].tolist() == [0, 4, 0, 0]
    assert (load.overloaded, load.peak) == ((2,), 2)


def test_the_running_of_the_network_counts_each_month(plan):
    assert workload(plan, {}, fte=0.5, running=6).months["needed"].tolist() == [6, 6, 6, 6]


def test_an_overload_that_could_be_spread_says_so(plan):
    assert "étalez" in workload(plan, {"a": 10, "b": 12}, fte=0.5).summary()


def test_an_overload_that_cannot_be_spread_counts_the_post_that_is_missing(plan):
    """30 + 60 + 30 = 120 half-days for 4 × 18 = 72: 48 missing over 4 months of 36, a third of a post."""
    assert "il manque 0,33 ETP" in workload(plan, {"a": 30, "b": 30}, fte=0.5).summary()


def test_a_post_that_is_enough_is_told(plan):
    assert workload(plan, {"a": 10}, fte=0.5).summary() == (
        "Le poste de 0,50 équivalent temps plein (ETP) suffit chaque mois."
    )


def test_what_runs_after_the_end_is_counted_too():
    plan = calendar([Action(id="a", title="a", start=4, months=3)], horizon=4)
    assert workload(plan, {"a": 5}).months.index.tolist() == [1, 2, 3, 4, 5, 6]


def test_an_action_without_dates_takes_no_time():
    plan = calendar([Action(id="a", title="a")], horizon=2)
    assert workload(plan, {"a": 5}).months["needed"].tolist() == [0, 0]


@given(st.floats(0, 2), st.floats(1, 60), st.floats(0, 30), st.floats(0, 60))
def test_over_is_what_the_post_does_not_give(fte, per_fte, running, time):
    plan = calendar([Action(id="a", title="a", start=1, months=2)], horizon=3)
    load = workload(plan, {"a": time}, fte=fte, half_days_per_fte=per_fte, running=running)
    assert load.months["over"].tolist() == pytest.approx(
        [max(running + time - fte * per_fte, 0)] * 2 + [max(running - fte * per_fte, 0)], abs=0.0051
    )


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"fte": -1}, "« fte » vaut -1"),
        ({"running": math.nan}, "« running » vaut nan"),
        ({"half_days_per_fte": 0}, "plus de 0 demi-journée"),
    ],
)
def test_time_that_cannot_be_used_is_refused(plan, settings, sentence):
    with pytest.raises(InputError, match=sentence):
        workload(plan, {}, **settings)


def test_half_days_below_zero_are_refused_by_name(plan):
    with pytest.raises(InputError, match="demi-journées de a"):
        workload(plan, {"a": -2})


def test_the_default_is_about_the_half_days_worked_in_a_month():
    assert HALF_DAYS_PER_FTE * 12 / 2 == 216


@pytest.mark.parametrize("time", [None, "deux jours"])
def test_a_time_that_is_no_number_is_refused(time):
    plan = calendar([Action(id="a", title="Former", start=1, months=1)])
    with pytest.raises(InputError, match="demi-journées de Former"):
        workload(plan, {"a": time})
