"""An order without scores: places by hand, partial orders, ties, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.errors import InputError
from territ_kit.prioritisation.direct import common_order, common_sentence, same_pairs

TABLES = [["droits", "médecin", "écrans"], ["médecin", "droits", "écrans"], ["droits", "écrans", "médecin"]]
orders = st.lists(st.permutations("ABCDE"), min_size=1, max_size=8)


def test_the_mean_place_is_that_of_the_hand():
    """droits: 1, 2, 1; médecin: 2, 1, 3; écrans: 3, 3, 2."""
    found = common_order(TABLES)
    assert found.index.tolist() == ["droits", "médecin", "écrans"]
    assert found["mean_place"].tolist() == pytest.approx([4 / 3, 2, 8 / 3])
    assert found.loc["médecin", ["best", "worst", "firsts"]].tolist() == [1, 3, 1]


@given(orders)
def test_the_places_are_those_of_borda(given_orders):
    """With n candidates, Borda's points are n minus the place, summed."""
    found = common_order(given_orders)
    points = {name: sum(5 - list(order).index(name) for order in given_orders) for name in "ABCDE"}
    ranked = sorted(points.values(), reverse=True)
    assert [points[name] for name in found.index] == ranked


@given(orders)
def test_the_mean_places_always_add_up_to_the_same(given_orders):
    shortened = [order[: place % 6] for place, order in enumerate(given_orders)]
    assert common_order(shortened, "ABCDE")["mean_place"].sum() == pytest.approx(15)


def test_those_an_order_does_not_name_share_its_last_places():
    found = common_order([["droits"]], ["médecin", "droits", "écrans"])
    assert found["mean_place"].to_dict() == {"droits": 1, "médecin": 2.5, "écrans": 2.5}
    assert found["rank"].tolist() == [1, 2, 2]


def test_a_candidate_withdrawn_since_is_left_out():
    assert common_order(TABLES, ["médecin", "écrans"]).index.tolist() == ["médecin", "écrans"]


@pytest.mark.parametrize(
    ("given_orders", "said"),
    [
        (TABLES, "« droits » arrive le plus haut au total : premier dans 2 classements sur 3. "
         "D’autres mettent d’abord « médecin »."),
        (TABLES[:1], "Un seul classement : il met « droits » en premier. Recueillez-en d’autres."),
        (TABLES[:2], "« droits » et « médecin » arrivent à égalité. Parlez-en avant de choisir."),
        (TABLES[:1] * 4, "Les 4 classements mettent « droits » en premier."),
        ([list("BAC"), list("CAB"), list("ABC")], "« A » arrive le plus haut au total : premier dans "
         "1 classement sur 3. D’autres mettent d’abord « B » et « C »."),
    ],
)  # fmt: skip
def test_the_sentence_says_what_the_orders_have_in_common(given_orders, said):
    assert common_sentence(common_order(given_orders), len(given_orders)) == said


@pytest.mark.parametrize(
    ("given_orders", "candidates", "said"),
    [
        ([], None, "Aucun classement n’est encore donné"),
        ([[]], None, "Aucun classement n’est encore donné"),
        ([["droits"]], [], "Aucun classement n’est encore donné"),
        ([["droits", "droits"]], None, "nomme deux fois « droits »"),
    ],
)
def test_what_cannot_be_ranked_is_refused(given_orders, candidates, said):
    with pytest.raises(InputError, match=said):
        common_order(given_orders, candidates)


def test_the_pairs_are_those_of_the_hand():
    """Six pairs of four needs: C goes from the first place to the last, three pairs turn."""
    found = same_pairs("CABD", "ABDC")
    assert (found.same, found.total) == (3, 6)
    assert found.reversed == (("C", "A"), ("C", "B"), ("C", "D"))


def test_only_the_needs_that_both_orders_name_are_compared():
    assert same_pairs("ABC", "CB").total == 1


@given(st.permutations("ABCDEF"))
def test_an_order_shares_all_its_pairs_with_itself_and_none_with_its_reverse(order):
    assert same_pairs(order, order).same == 15
    assert same_pairs(order, order[::-1]).same == 0


@pytest.mark.parametrize("orders", [None, [1, 2]])
def test_orders_that_are_no_lists_are_refused(orders):
    with pytest.raises(InputError, match="une liste de noms par personne"):
        common_order(orders)
