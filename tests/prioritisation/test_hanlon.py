"""Hanlon: three variants of one idea, and a filter that asks to rework."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.errors import InputError
from territ_kit.prioritisation.hanlon import PEARL, VARIANTS, break_even, priority_rating, to_rework

A, B, C = [6, 8, 9], [8, 5, 7], [7, 5, 4]
NOTES = st.floats(0, 10)


def test_the_illinois_variant_gives_the_ratings_computed_by_hand():
    assert priority_rating(A, B, C) == pytest.approx([98 / 3, 65 / 3, 64 / 3])


def test_the_variant_that_doubles_seriousness_swaps_the_second_and_the_third():
    assert priority_rating(A, B, C, variant="naccho").tolist() == [154, 90, 92]


def test_the_french_variant_multiplies_by_what_can_be_done_from_a_half_to_one_and_a_half():
    assert priority_rating([6, 8], [8, 5], [1.5, 0.5], variant="fr").tolist() == [21, 6.5]


@pytest.mark.parametrize(("variant", "most"), [("naccho", 300), ("fr", 30)])
def test_the_best_marks_give_the_known_maximum(variant, most):
    chosen = VARIANTS[variant]
    best = (chosen.size[1], chosen.seriousness[1], chosen.effectiveness[1])
    assert priority_rating(*best, variant=variant).tolist() == [most]


def test_the_illinois_maximum_is_two_thirds_of_a_hundred_when_seriousness_ends_at_ten():
    assert priority_rating(10, 10, 10) == pytest.approx([66.67], abs=0.01)


def test_one_answer_of_zero_brings_the_rating_to_zero():
    answers = [[1, 1, 1, 1, 1], [1, 1, 1, 1, 0], [1, 0, 1, 0, 1]]
    assert priority_rating(A, B, C, answers).tolist() == [pytest.approx(98 / 3), 0, 0]
    assert priority_rating(A, B, C, [True, False, True])[1] == 0


def test_the_letters_of_the_filter_may_come_in_any_order():
    answers = pd.DataFrame(True, index=range(3), columns=list("LRAEP"))
    answers.loc[1, "P"] = False
    assert priority_rating(A, B, C, answers)[1] == 0


def test_the_five_answers_of_one_need_are_not_five_needs():
    assert priority_rating(6, 8, 7, [1, 1, 1, 1, 0]).tolist() == [0]


def test_the_weight_of_seriousness_that_turns_the_order_is_four_thirds():
    assert break_even((8, 5, 5), (9, 7, 4)) == pytest.approx(4 / 3)


def test_no_weight_turns_the_order_of_a_need_above_on_both_sides():
    assert break_even((9, 8, 7), (5, 4, 3)) is None


def test_two_needs_alike_have_no_turning_weight():
    assert break_even((5, 5, 5), (5, 5, 5)) is None


@given(first=st.tuples(NOTES, NOTES, NOTES), second=st.tuples(NOTES, NOTES, NOTES))
def test_at_the_turning_weight_both_needs_are_equal(first, second):
    weight = break_even(first, second)
    if weight is not None and weight < 1e6:
        one, two = ((a + weight * b) * c for a, b, c in (first, second))
        assert one == pytest.approx(two, rel=1e-6, abs=1e-6)


@given(a=st.lists(NOTES, min_size=2, max_size=5), more=st.floats(0, 1))
def test_a_larger_need_is_never_rated_lower(a, more):
    b, c = np.full(len(a), 5.0), np.full(len(a), 1.2)
    larger = np.minimum(np.array(a) + more, 10)
    for variant in VARIANTS:
        assert (
            priority_rating(larger, b, c, variant=variant) >= priority_rating(a, b, c, variant=variant)
        ).all()


def test_a_zero_asks_to_rework_and_never_to_drop():
    said = to_rework({"P": True, "E": True, "A": True, "R": True, "L": False})
    assert "0 en légalité" in said
    assert "à retravailler" in said
    assert "abandonn" not in said
    assert to_rework(dict.fromkeys(PEARL, True)) == ""


def test_a_question_without_an_answer_yet_says_nothing():
    assert to_rework({"L": True}) == ""


def test_the_variant_whose_equation_is_not_verified_is_refused():
    with pytest.raises(InputError, match="équation exacte n’est pas vérifiée"):
        priority_rating(A, B, C, variant="ops")


def test_an_unknown_variant_is_refused():
    with pytest.raises(InputError, match="« dare » n’est pas connue ; attendu : uic, naccho et fr"):
        priority_rating(A, B, C, variant="dare")


@pytest.mark.parametrize(
    ("notes", "variant", "said"),
    [
        (([11, 8, 9], B, C), "uic", r"ampleur \(A\) » vaut 11 \(besoin 1\) ; attendu : un nombre de 0 à 10"),
        ((A, [8, 12, 7], C), "naccho", r"gravité \(B\) » vaut 12 \(besoin 2\)"),
        ((A, B, C), "fr", "de 0,5 à 1,5"),
        ((A, B, [7, None, 4]), "uic", r"savoir agir \(C\) » n’est pas rempli \(besoin 2\)"),
        ((A, B, [7, 5]), "uic", "pas le même nombre de besoins"),
        ((["beaucoup"], [1], [1]), "uic", "n’est pas une liste de nombres"),
    ],
)
def test_marks_off_their_scale_are_refused(notes, variant, said):
    with pytest.raises(InputError, match=said):
        priority_rating(*notes, variant=variant)


@pytest.mark.parametrize(
    ("pearl", "said"),
    [
        ([1, 0.5, 1], "vaut 0,5 ; attendu : 0 ou 1"),
        ([1, 1], "cinq réponses par besoin, ou"),
        (["oui"], "autre chose que des 0 et des 1"),
    ],
)
def test_answers_other_than_zero_or_one_are_refused(pearl, said):
    with pytest.raises(InputError, match=said):
        priority_rating(A, B, C, pearl)


def test_a_letter_that_is_not_a_question_is_refused():
    with pytest.raises(InputError, match="« X » n’est pas une question du filtre"):
        to_rework({"X": False})


def test_a_need_without_its_three_marks_has_no_turning_weight():
    with pytest.raises(InputError, match="trois nombres à partir de 0"):
        break_even((8, 5), (9, 7, 4))


def test_series_are_matched_by_the_name_of_the_need():
    needs = ["droits", "médecin", "écrans"]
    a, b, c = (pd.Series(values, index=needs) for values in (A, B, C))
    passed = pd.Series([0, 1, 1], index=needs)
    expected = priority_rating(A, B, C, [0, 1, 1])
    assert priority_rating(a, b[::-1], c, passed[::-1]).tolist() == expected.tolist()
    with pytest.raises(InputError, match="porte les noms"):
        priority_rating(a, b.rename({"droits": "autre"}), c)


def test_answers_under_other_letters_are_refused():
    with pytest.raises(InputError, match="« filtre » porte les noms « A », « B », « C », « D » et « E »"):
        priority_rating(A, B, C, pd.DataFrame(np.ones((3, 5)), columns=list("ABCDE")))


@pytest.mark.parametrize("name", ["hanlon_naccho", "NACCHO"])
def test_a_variant_answers_to_its_full_name(name):
    assert priority_rating(A, B, C, variant=name).tolist() == [154, 90, 92]


def test_the_variant_that_nobody_could_verify_is_refused_under_its_full_name_too():
    with pytest.raises(InputError, match="« ops »"):
        priority_rating(A, B, C, variant="hanlon_ops")


def test_one_need_and_one_answer_need_no_list():
    assert priority_rating(6, 8, 7, 0).tolist() == [0]
