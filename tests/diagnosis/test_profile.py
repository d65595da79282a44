"""What really differs from its reference, and in which order it is told."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from territ_kit.diagnosis.profile import READINGS, what_differs
from territ_kit.errors import InputError

COLUMNS = ["label", "area", "value", "low", "high", "reference", "direction"]
WORSE, BETTER = "higher_is_worse", "higher_is_better"


def table(*rows):
    return pd.DataFrame(rows, columns=COLUMNS)


def row(label="Taux", value=30.0, low=28.0, high=33.0, reference=20.0, direction=WORSE):
    return (label, "Les Corvelles", value, low, high, reference, direction)


def reading(**how):
    return what_differs(table(row(**how)))["reading"].iloc[0]


def test_an_index_says_how_many_for_a_hundred_of_the_reference():
    found = what_differs(table(row(value=30, low=28, high=33, reference=20))).iloc[0]
    assert (found["index"], found["index_low"], found["index_high"]) == (150, 140, 165)


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({}, "worse"),
        ({"direction": BETTER}, "better"),
        ({"direction": "neutral"}, "apart"),
        ({"value": 10, "low": 8, "high": 12}, "better"),
        ({"value": 10, "low": 8, "high": 12, "direction": BETTER}, "worse"),
        ({"low": 19}, "unsure"),
        ({"low": 20}, "unsure"),
        ({"low": math.nan, "high": math.nan}, "bare"),
        ({"value": math.nan, "low": math.nan, "high": math.nan}, "unread"),
        ({"reference": math.nan}, "unread"),
        ({"reference": 0}, "unread"),
    ],
)
def test_only_an_interval_wholly_beyond_the_reference_is_a_clear_gap(how, expected):
    assert reading(**how) == expected


def test_the_clearest_unfavourable_gap_comes_first():
    found = what_differs(
        table(
            row("Incertain", value=30, low=10, high=50),
            row("Favorable", value=5, low=4, high=6),
            row("Double", value=40, low=38, high=42),
            row("Triple mais mal connu", value=60, low=22, high=100),
        )
    )
    assert found["label"].tolist() == ["Double", "Triple mais mal connu", "Favorable", "Incertain"]
    assert found["rank"].tolist() == [1, 2, 3, 4]


def test_half_as_much_weighs_as_twice_as_much():
    found = what_differs(
        table(
            row("Moitié", value=10, low=10, high=10, direction=BETTER),
            row("Double", value=40, low=40, high=40),
        )
    )
    assert found["label"].tolist() == ["Moitié", "Double"]  # a tie: the order of the rows stays


def test_nobody_at_all_is_the_farthest_gap():
    found = what_differs(
        table(row("Dix fois moins", 2, 2, 2, 20, BETTER), row("Personne", 0, 0, 0, 20, BETTER))
    )
    assert found["label"].iloc[0] == "Personne"


def test_a_sentence_gives_the_index_its_margin_and_what_it_allows_to_say():
    assert what_differs(table(row("Renoncement")))["sentence"].iloc[0] == (
        "Les Corvelles, Renoncement\u00a0: indice 150 (marge d’incertitude\u00a0: de 140 à 165), "
        "pour une référence à 100. L’écart est net et défavorable."
    )


def test_a_missing_figure_says_which_one_is_missing():
    found = what_differs(table(row(value=math.nan), row(reference=math.nan)))["sentence"]
    assert "pas de chiffre publié" in found.iloc[0]
    assert "pas de valeur de référence" in found.iloc[1]


@settings(deadline=None, max_examples=40)
@given(
    st.lists(
        st.tuples(st.floats(0.1, 1e4), st.floats(0, 1), st.floats(0, 1), st.floats(0.1, 1e4)),
        min_size=1,
        max_size=20,
    )
)
def test_every_measure_is_told_once_in_the_order_of_the_readings(figures):
    rows = [row(str(i), v, v * (1 - a / 2), v * (1 + b), r) for i, (v, a, b, r) in enumerate(figures)]
    found = what_differs(table(*rows))
    assert sorted(found["label"]) == sorted(str(i) for i in range(len(figures)))
    places = [list(READINGS).index(one) for one in found["reading"]]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (table(row()).drop(columns="reference"), "n’a pas la colonne «\u00a0reference\u00a0»"),
        (table(row(direction="up")), "«\u00a0direction\u00a0» vaut «\u00a0up\u00a0»"),
        (table(row(low=35)), "attendu\u00a0: une valeur entre les deux limites"),
        (table(row(value=30, low=31, high=29)), "une valeur entre les deux limites"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(rows, said):
    with pytest.raises(InputError, match=said):
        what_differs(rows)


def test_a_hole_is_no_value_and_a_word_is_refused_with_its_line():
    row = ("Renoncement", "Port", None, None, None, 20.0, WORSE)
    assert what_differs(pd.DataFrame([row], columns=COLUMNS))["reading"].tolist() == ["unread"]
    with pytest.raises(InputError, match=r"beaucoup.*ligne 1.*un nombre, ou rien"):
        what_differs(pd.DataFrame([row], columns=COLUMNS).assign(value="beaucoup"))
