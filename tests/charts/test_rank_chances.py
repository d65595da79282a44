"""Chances of each rank: what the cells, the title and the words say, from two needs to a hundred."""

import io

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from territ_kit.charts.rank_chances import RankChancesChart
from territ_kit.prioritisation.robustness import rank_chances

NEEDS = pd.DataFrame(
    [[6, 8, 6], [5, 6, 9], [7, 3, 7], [1, 1, 1]],
    index=["Rendez-vous", "Communes rurales", "Voisinage", "Affiches"],
    columns=["Ampleur", "Gravité", "Inégalité"],
)
FOUND = rank_chances(NEEDS, [1, 1, 1])


def words(chart):
    return [artist.get_text() for artist in chart.pen._drawn if hasattr(artist, "get_text")]


@pytest.mark.parametrize(("size", "width"), [("wide", 1420), ("phone", 645)])
def test_each_size_is_its_own_drawing(size, width):
    chart = RankChancesChart(size=size)
    chart.show(FOUND)
    assert Image.open(io.BytesIO(chart.png())).size[0] == width


def test_every_cell_holds_its_share():
    chart = RankChancesChart()
    chart.show(FOUND)
    share = f"{100 * FOUND.chances.loc['Voisinage', 1]:.0f}"
    assert share in words(chart)
    assert words(chart).count("100") == 1  # the last one, always last


@pytest.mark.parametrize(
    ("matrix", "title"),
    [
        ([[6, 8, 6], [5, 6, 9], [1, 1, 1]], "Deux besoins se disputent la première place"),
        ([[9, 9, 9], [5, 6, 9.5], [7, 3, 7]], "« A » garde la première place dans"),
        ([[9, 9, 9], [5, 6, 8], [7, 3, 7]], "« A » garde la première place dans tous les tirages"),
        ([[9, 9, 9]], "« A » est seul"),
        ([[5, 5, 5]] * 3, "Trois besoins se disputent la première place"),
        ([[5, 5, 5]] * 9, "Aucun besoin ne se détache"),
    ],
)
def test_the_title_says_who_contends(matrix, title):
    found = rank_chances(pd.DataFrame(matrix, index=list("ABCDEFGHI")[: len(matrix)]), [1, 1, 1])
    said = RankChancesChart().show(found).title
    assert said.replace("\u00a0", " ").startswith(title)


def test_two_ahead_of_all_the_others_are_better_kept_together():
    table = NEEDS.drop(index="Voisinage")
    assert "Les retenir ensemble" in RankChancesChart().show(rank_chances(table, [1, 1, 1])).reading[0]


def test_the_draws_are_said_to_be_an_assumption_and_not_to_speak_of_health():
    picture = RankChancesChart().show(FOUND)
    assert "10\u202f000 tirages" in picture.note
    assert "hypothèse pédagogique" in picture.note
    assert "Ils ne disent pas ce qu’une action fera pour la santé." in picture.reading[1]


def test_the_alternative_text_gives_the_two_most_frequent_ranks():
    alt = RankChancesChart().show(FOUND).alt.replace("\u00a0", " ")
    assert "Affiches : 4e 100 %." in alt
    assert "Rendez-vous : 1er 46 %" in alt


def test_a_hundred_needs_leave_the_first_ones_drawn_and_all_in_the_table():
    scores = pd.DataFrame(np.random.default_rng(1).integers(0, 11, (100, 5)))
    chart = RankChancesChart(size="phone")
    picture = chart.show(rank_chances(scores, [1] * 5, draws=500))
    assert len(picture.table) == 100
    assert "Et 90 autres besoins : voir le tableau." in words(chart)
    assert "8e +" in words(chart)
    assert picture.table.columns[-1] == "20e + (%)"
