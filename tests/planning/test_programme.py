"""The calendar: dependencies, room, the critical chain, what cannot be dated."""

from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.dossier import Action
from territ_kit.errors import InputError
from territ_kit.planning.programme import calendar, month_name

# Seven activities of a network in precedence, durations in weeks read as months: project of 25, critical path
# A-C-E-G, total float of B 11, D 10, F 4, worked by hand (forward and backward pass).
NETWORK = {
    "A": (4, ""),
    "B": (3, ""),
    "C": (9, "A"),
    "D": (5, "AB"),
    "E": (6, "C"),
    "F": (2, "C"),
    "G": (6, "DEF"),
}


def network():
    return [
        Action(id=i, title=i, months=months, after=tuple(after)) for i, (months, after) in NETWORK.items()
    ]


def test_the_critical_path_of_a_network_worked_by_hand():
    plan = calendar(network())
    assert plan.end == 25
    assert plan.chain == ("A", "C", "E", "G")
    assert plan.table["start"].to_dict() == {"A": 1, "B": 1, "C": 5, "D": 5, "E": 14, "F": 14, "G": 20}
    assert plan.table["room"].to_dict() == {"A": 0, "B": 11, "C": 0, "D": 10, "E": 0, "F": 4, "G": 0}
    assert plan.table.index[plan.table["critical"]].tolist() == list("ACEG")


def test_a_wished_month_is_kept_when_dependencies_allow_it():
    plan = calendar(
        [Action(id="a", title="a", months=2), Action(id="b", title="b", start=6, months=1, after=("a",))]
    )
    assert plan.table.loc["b", ["earliest", "start", "end"]].tolist() == [3, 6, 6]
    assert plan.chain == ("b",)


def test_a_wished_month_too_early_is_pushed_and_told():
    plan = calendar(
        [
            Action(id="a", title="Recruter", start=1, months=4),
            Action(id="b", title="Former", start=2, months=1, after=("a",)),
        ]
    )
    assert plan.table.loc["b", "start"] == 5
    assert plan.notes["kind"].tolist() == ["pushed"]
    assert "attend «\u00a0Recruter\u00a0». Elle commence au mois 5." in plan.notes["sentence"].iloc[0]


def test_a_missing_length_is_told_and_so_is_what_waits_for_it():
    plan = calendar(
        [Action(id="a", title="a", start=1), Action(id="b", title="b", start=1, months=1, after=("a",))]
    )
    assert plan.table["start"].isna().all()
    assert plan.notes["kind"].tolist() == ["no_length", "waits"]
    assert (plan.end, plan.chain) == (0, ())


def test_an_action_without_a_date_starts_at_once_and_it_is_told():
    plan = calendar([Action(id="a", title="a", months=2)])
    assert plan.table.loc["a", "start"] == 1
    assert plan.notes["kind"].tolist() == ["no_start"]


def test_what_ends_after_the_programme_is_told():
    plan = calendar([Action(id="a", title="Former", start=35, months=4)])
    assert "finit 2 mois après la fin" in plan.notes["sentence"].iloc[0]


def test_no_action_gives_an_empty_calendar():
    plan = calendar([])
    assert (len(plan.table), plan.end, plan.chain) == (0, 0, ())


@given(
    st.lists(
        st.tuples(st.integers(1, 6), st.none() | st.integers(1, 20), st.sets(st.integers(0, 7))), max_size=8
    )
)
def test_nothing_starts_before_what_it_waits_for_and_room_never_delays_the_end(rows):
    """Each action may wait only for those listed before it, so no circle is possible."""
    actions = [
        Action(
            id=str(i), title=str(i), months=months, start=start, after=tuple(str(j) for j in after if j < i)
        )
        for i, (months, start, after) in enumerate(rows)
    ]
    plan = calendar(actions)
    table = plan.table
    for one in actions:
        for other in one.after:
            assert table.loc[one.id, "start"] > table.loc[other, "end"]
    if actions:
        assert (table["room"] >= 0).all()
        assert table["critical"].any()
        slipped = [
            one.but(start=int(table.loc[one.id, "start"] + table.loc[one.id, "room"])) for one in actions
        ]
        for one in slipped:
            rest = [one if other.id == one.id else other for other in actions]
            assert calendar(rest).end == plan.end


@pytest.mark.parametrize(
    ("actions", "horizon", "sentence"),
    [
        (
            [("a", 1, 1, "b"), ("b", 1, 1, "c"), ("c", 1, 1, "a")], 36,
            "s’attendent en rond : « A » attend « B », qui attend « C », qui attend « A »",
        ),
        ([("a", 1, 1, "a")], 36, "« A » s’attend elle-même"),
        ([("a", 1, 1, "z")], 36, "« A » attend « z », qui n’est pas au programme"),
        ([("a", 1, 1, ""), ("a", 1, 1, "")], 36, "même identifiant"),
        ([], 0, "vaut 0 mois ; attendu : 1 à 60"),
        ([], 61, "vaut 61 mois"),
    ],
)  # fmt: skip
def test_what_cannot_be_dated_is_refused_and_named(actions, horizon, sentence):
    made = [
        Action(id=i, title=i.upper(), start=start, months=months, after=tuple(after))
        for i, start, months, after in actions
    ]
    with pytest.raises(InputError, match=sentence):
        calendar(made, horizon=horizon)


def test_the_named_circle_really_is_one():
    """Each of the circle is said to wait for one that it does wait for."""
    waits = {"a": "c", "b": "a", "c": "b"}
    made = [Action(id=i, title=i, start=1, months=1, after=(waits[i],)) for i in "bca"]
    with pytest.raises(InputError) as told:
        calendar(made)
    circle = [words[0] for words in str(told.value).split("«\u00a0")[1:]]
    assert len(circle) == 4
    assert all(waits[one] == other for one, other in pairwise(circle))


def test_months_are_named():
    assert [month_name(m, 2027) for m in (1, 12, 13)] == ["janvier 2027", "décembre 2027", "janvier 2028"]
    assert month_name(25) == "mois 25 (année 3)"


@pytest.mark.parametrize("months", ["3", 1.5, float("nan")])
def test_a_length_that_is_no_whole_number_of_months_is_refused(months):
    action = SimpleNamespace(id="a", title="Former", start=None, months=months, after=(), half_days=0)
    with pytest.raises(InputError, match=r"« durée » vaut .*un mois entier"):
        calendar([action])
