"""Majority judgement: the median grade, and ties broken by taking medians away."""

import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.consultation.voting import GRADES, grade_shares, majority_judgement
from territ_kit.errors import InputError

COPIL = pd.DataFrame(
    [[5, 1, 0, 0, 5], [0, 0, 4, 6, 1], [2, 2, 2, 3, 2]],
    index=["Cellule de situations", "Premiers secours", "Ligne d’écoute"],
    columns=list(GRADES),
)
counts = st.lists(st.integers(0, 3), min_size=4, max_size=4)
boxes = st.lists(counts.filter(any), min_size=1, max_size=3)


def walk(row, *, upper=False):
    """Take the median ballot away one by one: the definition, ballot after ballot."""
    ballots = [grade for grade, number in enumerate(row) for _ in range(number)]
    taken = []
    while ballots:
        taken.append(ballots.pop(len(ballots) // 2 if upper else (len(ballots) - 1) // 2))
    return taken


def by_removal(box, *, upper=False):
    walks = [walk(row, upper=upper) for row in box]
    return [1 + sum(other > own for other in walks) for own in walks]


def same_size(box):
    """Copy ballots until all options hold as many."""
    whole = math.lcm(*(sum(row) for row in box))
    return [[number * whole // sum(row) for number in row] for row in box]


def test_the_copil_of_val_d_aubrelle_prefers_what_divides_least():
    """TEACHING.md, question 4.2: eleven ballots; the option with most « Très bien » comes last but one."""
    table = majority_judgement(COPIL)
    assert table["median_grade"].to_dict() == {
        "Premiers secours": "Bien", "Ligne d’écoute": "Assez bien", "Cellule de situations": "Passable"
    }  # fmt: skip
    assert table.index[0] == "Premiers secours"
    assert COPIL["Très bien"].idxmax() == "Cellule de situations"


def test_the_house_case_is_a_bien_minus():
    """DOMAIN.md 2.3: ten ballots, 3 TB, 3 B, 2 AB, 2 P: lower median B, 30 % above, 40 % below."""
    row = majority_judgement(pd.DataFrame([[2, 2, 3, 3]], index=["x"], columns=["P", "AB", "B", "TB"])).loc[
        "x"
    ]
    assert (row["median_grade"], row["sign"], row["rank"]) == ("B", "−", 1)
    assert row["share_above"] == pytest.approx(0.3)
    assert row["share_below"] == pytest.approx(0.4)


def test_an_even_number_of_ballots_takes_the_lower_of_both_middles_unless_told_otherwise():
    assert majority_judgement([[1, 0, 1]])["median_grade"].tolist() == [0]
    assert majority_judgement([[1, 0, 1]], tie="upper")["median_grade"].tolist() == [2]


def test_a_grade_with_more_above_than_below_is_a_plus_and_comes_first():
    table = majority_judgement([[1, 3, 2], [2, 3, 1]])
    assert table.index.tolist() == [0, 1]
    assert table["sign"].tolist() == ["+", "−"]


def test_a_tied_gauge_is_broken_by_the_next_medians():
    """Same median, same shares above and below; the second has better grades above."""
    table = majority_judgement([[0, 3, 4, 3, 0], [0, 3, 4, 0, 3]])
    assert table["share_above"].tolist() == table["share_below"].tolist()
    assert table.index.tolist() == [1, 0]
    assert table["rank"].tolist() == [1, 2]


def test_options_with_the_same_ballots_stay_tied():
    table = majority_judgement(
        pd.DataFrame([[1, 2], [2, 1], [1, 2]], index=["a", "b", "c"], columns=["non", "oui"])
    )
    assert table["rank"].to_dict() == {"a": 1, "c": 1, "b": 3}


def test_who_does_not_know_an_option_does_not_lower_it():
    """The same shares from 4 and from 6 ballots: nothing separates them."""
    assert majority_judgement([[2, 2, 0], [3, 3, 0]])["rank"].tolist() == [1, 1]


def test_one_ballot_is_its_own_median():
    assert majority_judgement([[0, 1, 0]])["median_grade"].tolist() == [1]


@given(boxes, st.booleans())
def test_ranks_are_those_of_removing_medians_one_by_one(box, upper):
    copied = same_size(box)
    table = majority_judgement(np.array(box), tie="upper" if upper else "lower")
    assert table.sort_index()["rank"].tolist() == by_removal(copied, upper=upper)


@given(boxes)
def test_the_gauge_never_contradicts_the_whole_rule(box):
    """Balinski and Laraki: α+ before α−; among α+ the larger share above, among α− the smaller below."""
    table = majority_judgement(np.array(box)).sort_index()

    def gauge(place):
        row, median = box[place], table["median_grade"][place]
        above, below = Fraction(sum(row[median + 1 :]), sum(row)), Fraction(sum(row[:median]), sum(row))
        return (median, 1, above) if above > below else (median, 0, -below)

    for one in range(len(box)):
        for other in range(len(box)):
            if gauge(one) > gauge(other):
                assert table["rank"][one] < table["rank"][other]


@given(boxes)
def test_a_better_grade_never_worsens_a_rank(box):
    """Monotonicity: one ballot moves up by one grade."""
    before = majority_judgement(np.array(box)).sort_index()["rank"][0]
    raised = [list(row) for row in box]
    lowest = next(place for place, number in enumerate(raised[0]) if number)
    if lowest < 3:
        raised[0][lowest] -= 1
        raised[0][lowest + 1] += 1
    assert majority_judgement(np.array(raised)).sort_index()["rank"][0] <= before


def test_hundred_options_and_five_hundred_ballots_with_abstentions_are_ranked():
    rng = np.random.default_rng(7)
    box = rng.integers(1, 120, size=(100, 7))
    assert sorted(majority_judgement(box)["rank"])[0] == 1


def test_the_profile_gives_shares_that_sum_to_one():
    assert grade_shares(COPIL).sum(axis=1).tolist() == pytest.approx([1, 1, 1])


@pytest.mark.parametrize(
    ("tallies", "said"),
    [
        ([[0, 0], [0, 0]], "Le vote est vide"),
        ([[1, 0], [0, 0]], "L’option « 2 » n’a reçu aucune mention"),
        (
            COPIL.replace(5, -1),
            "vaut -1 .option « Cellule de situations », mention « À rejeter », et 1 autre",
        ),
        ([[1, math.nan]], "n’est pas rempli"),
        ([[1.5, 1]], "un nombre entier"),
        ([[math.inf, 1]], "vaut inf"),
        ([1, 2], "n’est pas un tableau"),
        ([], "n’est pas un tableau"),
        ([["deux", 1]], "autre chose que des nombres"),
        (pd.DataFrame([[1], [2]], index=["a", "a"]), "deux fois le nom « a »"),
    ],
)
def test_what_cannot_be_counted_is_refused(tallies, said):
    with pytest.raises(InputError, match=said):
        majority_judgement(tallies)


def test_an_unknown_median_is_refused():
    with pytest.raises(InputError, match="« tie » vaut « middle »"):
        majority_judgement([[1]], tie="middle")


@pytest.mark.parametrize("tie", [None, ["lower"], "LOWER"])
def test_another_median_of_any_kind_is_refused_in_words(tie):
    with pytest.raises(InputError, match="attendu : « lower » ou « upper »"):
        majority_judgement([[1, 2]], tie=tie)


def test_a_dictionary_is_not_guessed_by_row_or_by_column():
    with pytest.raises(InputError, match=r'Écrivez pd.DataFrame.from_dict.tallies, orient="index"'):
        majority_judgement({"Bus": [1, 2], "Maison": [2, 1]})


def test_dates_do_not_pass_for_ballots():
    with pytest.raises(InputError, match="autre chose que des nombres"):
        majority_judgement(np.array([["2027-01-01", "2027-01-02"]], dtype="datetime64[D]"))


def test_options_named_on_two_levels_keep_their_two_names():
    options = pd.MultiIndex.from_tuples([("Port", "Bus"), ("Plage", "Maison")])
    table = majority_judgement(pd.DataFrame([[1, 2], [2, 1]], index=options))
    assert table.index.tolist() == [("Port", "Bus"), ("Plage", "Maison")]
