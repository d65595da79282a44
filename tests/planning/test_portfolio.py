"""The choice of actions: exact, with what binds and what the last euro buys."""

import math
from itertools import product

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territ_kit.errors import InputError
from territ_kit.planning.portfolio import Rules, choose, frontier


def table(*rows):
    return pd.DataFrame(
        rows, columns=["value", "cost", "staff", "equity"], index=list("abcdefghijklmno")[: len(rows)]
    )


@pytest.fixture
def actions():
    return table((8, 60, 10, False), (5, 40, 5, True), (4, 30, 5, True))


def holds(taken, rows, rules):
    place = {identifier: row for row, identifier in enumerate(rows.index)}
    chosen = rows[[bool(x) for x in taken]]
    value = chosen["value"].sum()
    return (
        chosen["cost"].sum() <= rules.budget
        and chosen["staff"].sum() <= rules.staff
        and (chosen["value"] * chosen["equity"]).sum() >= rules.equity * value - 1e-9
        and all(taken[place[one]] for one in rules.mandatory)
        and not any(taken[place[one]] for one in rules.excluded)
        and all(sum(taken[place[one]] for one in group) <= 1 for group in rules.either_or)
        and all(taken[place[need]] or not taken[place[one]] for one, need in rules.prerequisites)
    )


def by_exhaustive_search(rows, rules):
    """The most value, and the least cost that buys it, over all the 2^n choices."""
    found = [
        (sum(x * v for x, v in zip(taken, rows["value"], strict=True)),
         -sum(x * c for x, c in zip(taken, rows["cost"], strict=True)))
        for taken in product((0, 1), repeat=len(rows))
        if holds(taken, rows, rules)
    ]  # fmt: skip
    return max(found, default=None)


@st.composite
def choices(draw, most):
    size = draw(st.integers(1, most))
    row = st.tuples(st.integers(0, 10), st.integers(0, 50), st.integers(0, 9), st.booleans())
    rows = table(*draw(st.lists(row, min_size=size, max_size=size)))
    ids = list(rows.index)
    shuffled = st.permutations(ids)
    some = st.tuples(st.integers(0, 2), shuffled).map(lambda drawn: drawn[1][: drawn[0]])
    pair = shuffled.map(lambda order: tuple(order[:2]))
    rules = Rules(
        budget=draw(st.integers(0, 150)),
        staff=draw(st.sampled_from([math.inf, 5, 15, 30])),
        equity=draw(st.sampled_from([0.0, 0.25, 0.5])),
        mandatory=draw(some),
        excluded=draw(some),
        either_or=draw(st.lists(pair, max_size=2)),
        prerequisites=draw(st.lists(pair, max_size=2)) if size > 1 else [],
    )
    return rows, rules


@settings(max_examples=60, deadline=None)
@given(choices(most=9))
def test_the_choice_is_that_of_an_exhaustive_search(case):
    rows, rules = case
    best = by_exhaustive_search(rows, rules)
    if best is None:
        with pytest.raises(InputError, match="Aucun choix"):
            choose(rows, rules)
    else:
        found = choose(rows, rules)
        assert (found.value, -found.cost) == pytest.approx(best)
        assert holds([one in found.chosen for one in rows.index], rows, rules)


def test_fifteen_actions_are_chosen_as_by_an_exhaustive_search():
    rows = table(*[((7 * i) % 11 + 1, (13 * i) % 29 + 3, (5 * i) % 7, i % 3 == 0) for i in range(15)])
    rules = Rules(budget=90, staff=25, equity=0.4, prerequisites=[("b", "c")], either_or=[("d", "e")])
    best = by_exhaustive_search(rows, rules)
    found = choose(rows, rules)
    assert (found.value, -found.cost) == pytest.approx(best)


def test_the_cheapest_of_two_equal_choices_is_kept():
    assert choose(table((5, 40, 0, False), (5, 30, 0, False)), Rules(budget=40)).chosen == ("b",)


def test_what_binds_is_what_would_give_more_if_lifted(actions):
    found = choose(actions, Rules(budget=100, staff=30))
    assert found.chosen == ("a", "b")
    assert found.limits["binds"].to_dict() == {"budget": True, "staff": False}
    assert found.limits.loc["budget", "gain"] == 4
    assert found.limits["slack"].to_dict() == {"budget": 0, "staff": 15}


def test_the_next_and_the_last_euro(actions):
    """At 100, a and b (13). From 130 all three (17); one euro less, a and c (12)."""
    found = choose(actions, Rules(budget=100))
    assert (found.next_step.budget, found.next_step.value, found.next_step.added) == (130, 17, ("c",))
    assert (found.last_step.value, found.last_step.added, found.last_step.dropped) == (12, ("c",), ("b",))
    said = " ".join(found.sentences()).replace("\u00a0", " ")
    assert "Avec 30 € de plus, le choix gagnerait 4 points : « c » entre." in said
    assert "Le dernier euro compte pour 1 point. Sans lui : « c » entre, « b » sort." in said


def test_when_everything_is_bought_money_buys_nothing_more(actions):
    found = choose(actions, Rules(budget=500))
    assert found.next_step is None
    assert any("Aucune limite ne gêne" in said for said in found.sentences())


def test_a_budget_of_nothing_keeps_nothing(actions):
    found = choose(actions, Rules(budget=0))
    assert (found.chosen, found.value, found.last_step) == ((), 0, None)
    assert math.isnan(found.equity)
    assert found.next_step.added == ("c",)


def test_equity_changes_the_choice(actions):
    found = choose(actions, Rules(budget=100, equity=0.6))
    assert found.chosen == ("b", "c")
    assert found.equity == 1
    assert found.limits.loc["equity", "binds"]


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        (Rules(budget=50, mandatory=["a"]), "Desserrez le budget .il faut au moins 60.€. ou les act"),
        (Rules(staff=4, mandatory=["b"]), "temps de coordination .il faut au moins 5.demi-journées"),
        (Rules(mandatory=["a"], excluded=["a"]), "les actions obligatoires ou les actions écartées"),
        (Rules(equity=0.9, mandatory=["a"]), "la part d’équité"),
        (Rules(mandatory=["a", "b"], either_or=[["a", "b"]]), "l’une ou l’autre"),
    ],
)  # fmt: skip
def test_a_choice_that_cannot_be_says_what_to_relax(actions, rules, sentence):
    with pytest.raises(InputError, match=sentence):
        choose(actions, rules)


def test_when_two_limits_are_too_tight_only_what_is_mandatory_can_give_way(actions):
    with pytest.raises(InputError, match=r"Desserrez les actions obligatoires\."):
        choose(actions, Rules(budget=50, staff=8, mandatory=["a"]))


def test_the_frontier_never_falls_and_meets_the_choice(actions):
    line = frontier(actions, Rules(), points=14)
    assert line["value"].is_monotonic_increasing
    assert line.iloc[-1].tolist() == [130, 17]
    assert line.set_index("budget").loc[100, "value"] == choose(actions, Rules(budget=100)).value


def test_the_frontier_starts_where_something_holds(actions):
    assert frontier(actions, Rules(mandatory=["a"]), points=14)["budget"].min() == 60


def test_a_hundred_actions_are_chosen():
    rows = pd.DataFrame(
        {"value": [i * 37 % 10 + 1 for i in range(100)], "cost": [i * 53 % 97 + 5 for i in range(100)]}
    )
    found = choose(rows.set_axis([f"a{i}" for i in range(100)]), Rules(budget=1500))
    assert found.cost <= 1500
    assert found.limits.loc["budget", "binds"]


@pytest.mark.parametrize(
    ("rows", "rules", "sentence"),
    [
        (table(), {}, "aucune action à choisir"),
        (table((-1, 2, 0, 0)), {}, "« value » de « a » vaut -1"),
        (table((1, math.nan, 0, 0)), {}, "« cost » de « a » n’est pas rempli"),
        (table((1, 2, 0, 3)), {}, "dépasse 1"),
        (table((1, 2, 0, 0)).drop(columns="cost"), {}, "« cost » manque"),
        (table((1, 2, 0, 0)), {"mandatory": ["z"]}, "« z » n’est pas dans la liste"),
        (pd.concat([table((1, 2, 0, 0))] * 2), {}, "même identifiant"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(rows, rules, sentence):
    with pytest.raises(InputError, match=sentence):
        choose(rows, Rules(**rules))


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [({"budget": -1}, "« budget » vaut -1"), ({"staff": math.nan}, "« staff »"), ({"equity": 40}, "0.4")],
)
def test_a_rule_that_cannot_be_used_is_refused(rules, sentence):
    with pytest.raises(InputError, match=sentence):
        Rules(**rules)


@pytest.mark.parametrize("worth", [0, 1e-3, 1])
def test_an_equal_choice_is_never_said_to_be_better(worth):
    """The solver forgives a millionth: it gave the same choice again as a better one."""
    rows = table((worth, 60, 0, False), (0, 40, 0, False))
    found = choose(rows, Rules(budget=80))
    assert found.next_step is None
    assert not any("de plus, le choix gagnerait" in sentence for sentence in found.sentences())


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: Rules(budget="élevé"), "vaut élevé"),
        (lambda: Rules(equity=None), "une part entre 0 et 1"),
        (lambda: choose([[1, 2]], Rules()), "Les actions ne sont pas un tableau"),
        (lambda: choose(table(("fort", 1, 0, 0)), Rules()), "vaut fort"),
        (lambda: frontier(table((1, 1, 0, 0)), Rules(), points=1), "un nombre entier de 2 à 1000"),
    ],
)
def test_words_in_the_place_of_figures_are_refused(call, sentence):
    with pytest.raises(InputError, match=sentence):
        call()


def test_rules_name_actions_as_their_table_does():
    rows = pd.DataFrame({"value": [1, 2], "cost": [3, 4]})
    assert choose(rows, Rules(budget=4, mandatory=[0])).chosen == ("0",)
