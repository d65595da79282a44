"""What turns the order of the first two: by hand, by linear programming and by trying every weight."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from territ_kit.errors import InputError
from territ_kit.prioritisation.robustness import score_lines, smallest_change, swing

QUARTERS = pd.DataFrame(
    {"Ampleur": [7, 5], "Gravité": [6, 7], "Inégalité": [8, 10]}, index=["Corvelles", "Phare-Nord"]
)
WEIGHTS = [50, 30, 20]
problems = st.integers(2, 4).flatmap(
    lambda criteria: st.tuples(
        st.lists(st.lists(st.integers(0, 10), min_size=criteria, max_size=criteria), min_size=2, max_size=4),
        st.lists(st.integers(0, 20), min_size=criteria, max_size=criteria).filter(any),
    )
)


def test_the_weight_that_swaps_the_first_two_is_the_one_found_by_hand():
    """Gap −2 on inequality; the others, five parts of size for three of severity, make 7/8: 0.875 / 2.875."""
    found = swing(QUARTERS, WEIGHTS)
    assert (found.first, found.second) == ("Corvelles", "Phare-Nord")
    assert found.table.loc["Inégalité", "at"] == pytest.approx(100 * 0.875 / 2.875)


def test_moving_points_from_size_to_inequality_turns_the_order_as_in_the_exercise():
    """Severity keeps its 30 points: 0.3 is missing, each point moved brings 0.04."""
    found = smallest_change(QUARTERS, WEIGHTS)
    assert found.points == pytest.approx(7.5)
    assert found.moves.to_dict() == pytest.approx({"Ampleur": -7.5, "Gravité": 0, "Inégalité": 7.5})
    assert found.sentence == (
        "Il suffit de passer 7,5 points de « Ampleur » à « Inégalité » pour les mettre à égalité."
    )


@settings(max_examples=200)
@given(problem=problems)
def test_at_the_weight_found_the_first_two_are_equal_and_the_others_keep_their_proportions(problem):
    scores, weights = np.array(problem[0]), np.array(problem[1], dtype=float)
    found = swing(scores, weights)
    now = 100 * weights / weights.sum()
    gaps = scores[found.first] - scores[found.second]
    for criterion, at in found.table["at"].dropna().items():
        others = np.delete(now, criterion)
        others = others if others.sum() else np.ones(len(others))
        moved = np.insert((100 - at) * others / others.sum(), criterion, at)
        assert moved @ gaps == pytest.approx(0, abs=1e-6)


@settings(max_examples=200)
@given(problem=problems)
def test_no_other_weights_bring_the_second_level_with_fewer_points(problem):
    scores, weights = np.array(problem[0], dtype=float), np.array(problem[1], dtype=float)
    found = smallest_change(scores, weights)
    now, count = 100 * weights / weights.sum(), len(weights)
    gaps = scores[found.first] - scores[found.second]
    # What each takes, then what each gives: as little as possible, for a gap of zero or less.
    solved = linprog(
        np.ones(2 * count) / 2,
        A_ub=[np.concatenate([gaps, -gaps])],
        b_ub=[-float(now @ gaps)],
        A_eq=[np.concatenate([np.ones(count), -np.ones(count)])],
        b_eq=[0],
        bounds=[(0, None)] * count + [(0, points) for points in now],
    )
    if found.points is None:
        assert solved.status == 2
    else:
        assert found.points == pytest.approx(solved.fun, abs=1e-6)
        assert found.weights.to_numpy() @ gaps == pytest.approx(0, abs=1e-6)
        assert found.weights.sum() == pytest.approx(100)
        assert (found.weights >= -1e-9).all()


def test_no_whole_points_do_better_when_every_weight_is_tried():
    found = smallest_change(QUARTERS, WEIGHTS)
    gaps = (QUARTERS.iloc[0] - QUARTERS.iloc[1]).to_numpy()
    tried = np.array([(a, b, 100 - a - b) for a in range(101) for b in range(101 - a)])
    moved = np.abs(tried - WEIGHTS).sum(axis=1) / 2
    assert moved[tried @ gaps <= 0].min() == np.ceil(found.points)


def test_a_first_above_everywhere_never_turns():
    scores = [[8, 9], [5, 5]]
    assert swing(scores, [60, 40]).table["at"].isna().all()
    assert "ne fait jamais passer" in swing(scores, [60, 40]).sentence
    found = smallest_change(scores, [60, 40])
    assert found.points is None
    assert found.weights.tolist() == [60, 40]
    assert "l’ordre des deux est solide" in found.sentence


def test_two_that_meet_only_when_a_criterion_holds_everything_do_not_swap():
    assert swing([[8, 5], [5, 5]], [50, 50]).table["at"].isna().all()


def test_two_at_the_same_score_are_told_equal():
    assert "à égalité" in swing([[4, 6], [6, 4]], [50, 50]).sentence
    assert smallest_change([[4, 6], [6, 4]], [50, 50]).points == 0


def test_a_criterion_that_holds_all_the_points_gives_evenly_to_the_others():
    assert swing([[9, 2, 2], [3, 8, 4]], [100, 0, 0]).table.loc[0, "at"] == pytest.approx(40)


def test_less_is_better_where_the_criterion_says_so():
    turned = QUARTERS.assign(Ampleur=10 - QUARTERS["Ampleur"])
    assert swing(turned, WEIGHTS, ["min", "max", "max"]).table.equals(swing(QUARTERS, WEIGHTS).table)


def test_the_lines_start_without_the_criterion_and_end_with_it_alone():
    lines = score_lines(QUARTERS, WEIGHTS, "Inégalité")
    assert lines.loc["Corvelles"].tolist() == pytest.approx([5.3 / 0.8, 8])
    assert lines.loc["Phare-Nord"].tolist() == pytest.approx([4.6 / 0.8, 10])


def test_one_candidate_has_no_rival():
    with pytest.raises(InputError, match="qu’un candidat ; attendu : au moins deux"):
        swing([[5, 5]], [1, 1])
    with pytest.raises(InputError, match="qu’un candidat"):
        smallest_change([[5, 5]], [1, 1])


def test_a_criterion_that_is_not_there_is_refused():
    with pytest.raises(InputError, match="« Coût » n’est pas dans les notes ; attendu : Ampleur, Gravité et"):
        score_lines(QUARTERS, WEIGHTS, "Coût")
