"""Strengths, weaknesses, opportunities, threats: sorted, crossed, balanced."""

from itertools import product

import pandas as pd
import pytest

from territ_kit.diagnosis.swot import SIDES, check_swot, cross_points, place
from territ_kit.errors import InputError


def points(**sides):
    rows = [(text, side) for side, texts in sides.items() for text in texts]
    return pd.DataFrame(rows, columns=["text", "side"])


FULL = points(strength=["f"], weakness=["w"], opportunity=["o"], threat=["t"])


def test_two_questions_lead_to_the_four_sides():
    assert [place(ours=ours, helps=helps) for ours, helps in product([True, False], repeat=2)] == list(SIDES)


def test_every_inside_point_meets_every_outside_point():
    crossed = cross_points(points(strength=["f", "g"], weakness=["w"], opportunity=["o"], threat=["t", "u"]))
    assert len(crossed) == 3 * 3
    assert crossed["sentence"].iloc[0] == "S’appuyer sur «\u00a0f\u00a0» pour saisir «\u00a0o\u00a0»."
    assert crossed["sentence"].iloc[-1] == "Éviter que «\u00a0u\u00a0» n’aggrave «\u00a0w\u00a0»."


def test_nothing_crosses_nothing():
    assert cross_points(points(strength=["f"], weakness=["w"])).empty


def test_balanced_lists_call_for_no_caution():
    assert check_swot(FULL) == []


def test_an_empty_side_is_a_question():
    said = check_swot(points(strength=["f"], weakness=["w"]))[0].sentence
    assert "opportunités et menaces" in said


def test_nothing_at_all_is_no_imbalance():
    assert check_swot(points()) == []


def test_one_side_three_times_as_long_is_looked_at():
    many = points(strength=["f"], weakness=["v", "w", "x"], opportunity=["o"], threat=["t"])
    assert "Il y a 3 faiblesses et seulement 1 force." in check_swot(many)[0].sentence
    assert check_swot(many.drop(index=1)) == []


@pytest.mark.parametrize(
    ("text", "need"),
    [
        ("32 % d’adultes sans médecin traitant", True),
        ("Isolement des plus âgés", True),
        ("Les jeunes ne connaissent pas le lieu d’écoute", True),
        ("Deux postes pour la même personne", False),
        ("Un comité qui ne se réunit plus", False),
    ],
)
def test_a_weakness_that_speaks_of_people_may_be_a_need(text, need):
    cautions = check_swot(points(strength=["f"], weakness=[text], opportunity=["o"], threat=["t"]))
    assert [one.point for one in cautions] == ([text] if need else [])


@pytest.mark.parametrize("call", [check_swot, cross_points])
def test_an_unknown_side_is_refused(call):
    with pytest.raises(InputError, match="«\u00a0side\u00a0» vaut «\u00a0plus\u00a0»"):
        call(points(plus=["x"]))
