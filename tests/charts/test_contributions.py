"""Why the order is what it is: pieces, sums, ties and the words."""

import io

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from territ_kit.charts.contributions import ContributionsChart
from territ_kit.prioritisation.multicriteria import contributions

NEEDS = pd.DataFrame(
    [[7, 6, 8], [5, 7, 10], [4, 4, 4]],
    index=["Droits", "Médecin", "Écrans"],
    columns=["Ampleur", "Gravité", "Inégalité"],
)
WEIGHTS = [50, 30, 20]


def shown(needs=NEEDS, weights=WEIGHTS, size="wide"):
    chart = ContributionsChart(size=size)
    return chart, chart.show(contributions(needs, weights), weights)


def words(chart):
    return [artist.get_text() for artist in chart.pen._drawn if hasattr(artist, "get_text")]


@pytest.mark.parametrize(("size", "width"), [("wide", 1420), ("phone", 645)])
def test_each_size_is_its_own_drawing(size, width):
    assert Image.open(io.BytesIO(shown(size=size)[0].png())).size[0] == width


def test_the_pieces_add_up_to_the_score():
    chart, picture = shown()
    table = picture.table.set_index("Besoin")
    assert table.loc["Droits"].tolist() == pytest.approx([3.5, 1.8, 1.6, 6.9])
    assert {"3,5", "1,8", "1,6", "6,9", "Ampleur (50)"} <= set(words(chart))


def test_the_title_says_by_what_the_first_is_ahead():
    title = shown()[1].title.replace("\u00a0", " ")
    assert title == "« Droits » devance « Médecin » surtout par « Ampleur »"


def test_the_reading_says_where_the_second_does_better():
    said = shown()[1].reading[0].replace("\u00a0", " ")
    assert "L’écart entre les deux premiers est de 0,30 point." in said
    assert "Sur « Inégalité », c’est pourtant le deuxième qui l’emporte." in said


def test_equal_scores_share_their_rank_and_are_written_alike():
    """0.5 × 5 + 0.3 × 9.5 and 0.5 × 8 + 0.3 × 4.5 are both 5.35, whatever the machine adds up."""
    tied = pd.DataFrame([[5, 9.5], [8, 4.5]], index=["A", "B"], columns=["Ampleur", "Gravité"])
    chart, picture = shown(tied, [50, 30])
    said = words(chart)
    assert "1. A" in said
    assert "1. B" in said
    assert picture.title.endswith("sont à égalité")


def test_one_need_has_its_score_for_title():
    title = shown(NEEDS.iloc[:1])[1].title.replace("\u00a0", " ")
    assert title == "« Droits » obtient 6,9 sur 10"


def test_a_hundred_needs_leave_the_first_ones_drawn_and_all_in_the_table():
    scores = pd.DataFrame(np.random.default_rng(1).integers(0, 11, (100, 9)))
    chart, picture = shown(scores, [1] * 9)
    assert len(picture.table) == 100
    assert "Et 88 autres besoins\u00a0: voir le tableau." in words(chart)


def test_scores_all_at_zero_are_drawn():
    chart, picture = shown(NEEDS * 0)
    assert chart.png().startswith(b"\x89PNG")
    assert "égalité" in picture.title
