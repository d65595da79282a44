"""Ranks side by side: what changes, what does not, and the words."""

import io

import pandas as pd
import pytest
from PIL import Image

from territ_kit.charts.methods_compared import MethodsComparedChart

METHODS = ["Somme pondérée", "TOPSIS", "VIKOR", "PROMETHEE II"]


def table(*rows):
    return pd.DataFrame(rows, index=list("ABCDEFGH")[: len(rows)], columns=METHODS)


def words(chart):
    return [artist.get_text() for artist in chart.pen._drawn if hasattr(artist, "get_text")]


def title(ranks, *nouns):
    return MethodsComparedChart(*nouns).show(ranks).title.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(("size", "width"), [("wide", 1420), ("phone", 645)])
def test_each_size_is_its_own_drawing(size, width):
    chart = MethodsComparedChart(size=size)
    chart.show(table([1, 1, 2, 2], [2, 2, 1, 1]))
    assert Image.open(io.BytesIO(chart.png())).size[0] == width


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (([1] * 4, [2] * 4), "Les quatre méthodes donnent le même ordre"),
        (([1] * 4, [1] * 4), "Rien ne départage les besoins avec les quatre méthodes"),
        (
            ([1] * 4, [2, 3, 2, 2], [3, 2, 3, 3]),
            "« A » est premier avec les quatre méthodes ; la suite change",
        ),
        (([1, 1, 2, 2], [2, 2, 1, 1]), "Le premier dépend de la méthode : « A » ou « B »"),
        (([1, 1, 2, 1], [2, 2, 1, 1]), "Le premier dépend de la méthode : « A » ou « B »"),
        (
            ([1] * 4, [1] * 4, [3, 3, 4, 3], [4, 4, 3, 4]),
            "« A » et « B » sont premiers à égalité avec les quatre méthodes ; la suite change",
        ),
        (
            ([1, 4, 4, 4], [2, 1, 2, 2], [3, 2, 1, 3], [4, 3, 3, 1]),
            "Le premier dépend de la méthode",
        ),
    ],
)
def test_the_title_says_whether_the_first_depends_on_the_method(rows, said):
    assert title(table(*rows)) == said


def test_formulas_are_named_as_such():
    ranks = pd.DataFrame([[1, 1], [2, 3], [3, 2]], index=list("ABC"), columns=["Une", "Autre"])
    assert title(ranks, "formule", "formules") == "« A » est premier avec les deux formules ; la suite change"


def test_a_rank_that_changes_says_by_how_much_and_is_counted():
    chart = MethodsComparedChart()
    picture = chart.show(table([1, 1, 2, 2], [2, 2, 1, 1], [3, 3, 3, 3]))
    assert "2 (−1)" in words(chart)
    assert "1 (+1)" in words(chart)
    assert "2 besoins changent de rang selon la méthode." in picture.reading[0]
    assert "A : 1, 1, 2, 2." in picture.alt.replace("\u00a0", " ")
    assert "C : 3 partout." in picture.alt.replace("\u00a0", " ")


def test_the_rows_follow_the_first_column():
    picture = MethodsComparedChart().show(table([2, 1, 1, 1], [1, 2, 2, 2]))
    assert picture.table["Besoin"].tolist() == ["B", "A"]


def test_a_hundred_needs_leave_the_first_ones_drawn_and_all_in_the_table():
    ranks = pd.DataFrame({name: range(1, 101) for name in METHODS})
    chart = MethodsComparedChart(size="phone")
    assert len(chart.show(ranks).table) == 100
    assert "Et 90 autres besoins" in " ".join(words(chart))
