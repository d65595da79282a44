"""Deprivation indices: published weights, cases by hand, properties, refusals."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from territ_kit.errors import InputError
from territ_kit.observation.deprivation import EDI_WEIGHTS, edi, fdep

INCOME = [24.1, 21.9, 20.4, 18.8, 16.2, 19.5]
GRADUATES = [41, 35, 31, 28, 19, 33]
WORKERS = [14, 21, 23, 31, 36, 25]
UNEMPLOYMENT = [6.1, 8.4, 10.2, 12.9, 17.3, 9.0]
VARIABLES = (INCOME, GRADUATES, WORKERS, UNEMPLOYMENT)
LEVELS = [-1.5, -1, 0, 0.5, 2]


def test_four_variables_that_go_together_make_one_axis():
    """Each is ± the same level: loadings ± 1/2, all of the variance, an index of twice the standard level."""
    rich, poor = [50 - 3 * level for level in LEVELS], [10 + 2 * level for level in LEVELS]
    found = fdep(rich, rich, poor, poor)
    assert list(found.loadings.values()) == pytest.approx([-0.5, -0.5, 0.5, 0.5])
    assert found.explained == pytest.approx(1)
    assert found.index == pytest.approx(2 * np.array(LEVELS) / np.std(LEVELS))


def test_the_index_is_the_first_component_of_the_singular_values():
    """Rey et al. (2009): first component of the four standardised variables, by another decomposition."""
    scores = np.column_stack([(np.array(one) - np.mean(one)) / np.std(one) for one in VARIABLES])
    left, singular, _ = np.linalg.svd(scores, full_matrices=False)
    found = fdep(*VARIABLES)
    assert np.abs(found.index) == pytest.approx(np.abs(left[:, 0] * singular[0]))
    assert found.explained == pytest.approx(singular[0] ** 2 / (singular**2).sum())


def test_the_poorest_commune_has_the_highest_index():
    found = fdep(*VARIABLES)
    assert (found.index.argmin(), found.index.argmax()) == (0, 4)
    assert found.index.mean() == pytest.approx(0)


def test_what_each_variable_adds_sums_to_the_index():
    found = fdep(*VARIABLES)
    assert found.contributions.sum(axis=1).to_numpy() == pytest.approx(found.index)
    assert list(found.contributions.columns) == list(found.loadings)


def test_inhabitants_weigh_as_so_many_communes():
    """A commune of weight 3 is three communes of weight 1."""
    weights = [3, 1, 2, 1, 1, 2]
    repeated = [np.repeat(one, weights) for one in VARIABLES]
    weighted, counted = fdep(*VARIABLES, population=weights), fdep(*repeated)
    assert np.repeat(weighted.index, weights) == pytest.approx(counted.index)
    assert weighted.explained == pytest.approx(counted.explained)


def test_a_commune_without_inhabitants_has_an_index_and_no_weight():
    weights = [3, 1, 2, 1, 1, 0]
    found = fdep(*VARIABLES, population=weights)
    without = fdep(*(one[:5] for one in VARIABLES), population=weights[:5])
    assert found.index[:5] == pytest.approx(without.index)
    assert np.isfinite(found.index[5])


@pytest.mark.parametrize("missing", range(5))
def test_a_commune_with_a_missing_figure_has_no_index_and_takes_no_part(missing):
    given_columns = [[*one, 12] for one in (*VARIABLES, [100] * 6)]
    given_columns[missing][6] = None
    found = fdep(*given_columns)
    assert np.isnan(found.index[6])
    assert found.index[:6] == pytest.approx(fdep(*VARIABLES).index)


def test_series_give_a_series_with_their_codes():
    codes = pd.Index([f"7600{number}" for number in range(6)])
    found = fdep(*(pd.Series(one, index=codes) for one in VARIABLES))
    assert isinstance(found.index, pd.Series)
    assert found.index.index.equals(codes)


@given(st.floats(0.01, 1_000), st.floats(-100, 100))
def test_the_unit_of_a_variable_does_not_matter(scale, shift):
    moved = fdep(np.array(INCOME) * scale + shift, *VARIABLES[1:])
    assert moved.index == pytest.approx(fdep(*VARIABLES).index, abs=1e-6)


@given(st.permutations(range(6)))
def test_the_order_of_the_communes_does_not_matter(order):
    moved = fdep(*(np.array(one)[order] for one in VARIABLES))
    assert moved.index == pytest.approx(fdep(*VARIABLES).index[order])


def test_the_weights_of_the_edi_are_the_published_ones():
    """Pornet et al. (2012), table 5: ten coefficients, which sum to 3.64."""
    assert len(EDI_WEIGHTS) == 10
    assert sum(EDI_WEIGHTS.values()) == pytest.approx(3.64)


def test_one_standard_deviation_everywhere_is_an_edi_of_3_64():
    """Half of the communes at 0, half at 2: all their standardised values are -1 or 1."""
    found = edi({name: [0, 2, 0, 2, 0, 2] for name in EDI_WEIGHTS})
    assert found.index == pytest.approx([-3.64, 3.64] * 3)


def test_each_variable_of_the_edi_has_its_weight():
    variables = {name: [0, 2, 0, 2, 0, 2] for name in EDI_WEIGHTS} | {"no_car": [2, 0, 2, 0, 2, 0]}
    assert edi(variables).index[1] == pytest.approx(3.64 - 2 * 0.52)


def test_the_edi_of_a_table_follows_its_codes_and_ignores_other_columns():
    table = pd.DataFrame({name: [0, 2, 0, 2, 0, 2] for name in EDI_WEIGHTS}, index=list("ABCDEF"))
    table["name"] = "Une commune"
    table.loc["A", "no_heating"] = np.nan
    found = edi(table, population=pd.Series([10, 20, 30, 20, 30, 20], index=table.index))
    assert np.isnan(found.index["A"])
    assert found.index["B"] > 0 > found.index["C"]


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: fdep(*(one[:4] for one in VARIABLES)), "4 communes avec toutes les variables ; attendu : 5"),
        (lambda: fdep(INCOME, GRADUATES, [20] * 6, UNEMPLOYMENT), "« workers » est la même dans toutes"),
        (lambda: fdep(INCOME, GRADUATES[:5], WORKERS, UNEMPLOYMENT), "5 pour « graduates »"),
        (lambda: fdep(*VARIABLES, population=[1, 1, 1, 1, 1, -1]), "« population » vaut -1"),
        (lambda: fdep(*VARIABLES, population=[1, 0, 0, 0, 0, 0]), "1 commune avec toutes les variables"),
        (lambda: fdep([np.inf, 1, 2, 3, 4, 5], *VARIABLES[1:]), "« income » contient un nombre infini"),
        (lambda: edi({"no_car": [1] * 6}), "Il manque à l’EDI « overcrowding », « no_heating »"),
        (lambda: edi({name: [3] * 6 for name in EDI_WEIGHTS}), "« overcrowding » est la même"),
    ],
)
def test_what_makes_no_index_is_refused_in_three_beats(call, sentence):
    with pytest.raises(InputError, match=sentence) as refusal:
        call()
    assert "attendu :" in str(refusal.value)
