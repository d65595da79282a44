"""Agreement: the ranks of each option, W in words, and what chance would give."""

import io

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from territ_kit.charts.agreement import AgreementChart
from territ_kit.consultation.consensus import kendall_w, ranks_from_scores

PROJECTS = kendall_w(
    pd.DataFrame(
        [
            [1, 3, 4, 5, 2, 8, 6, 7, 10, 9],
            [2, 1, 4, 5, 6, 3, 8, 7, 10, 9],
            [3, 2, 1, 5, 7, 4, 6, 8, 9, 10],
            [4, 2, 3, 1, 6, 7, 5, 9, 8, 10],
        ],
        columns=[f"Projet {name}" for name in "ABCDEFGHIJ"],
    )
)


@pytest.mark.parametrize(("size", "width"), [("wide", 1420), ("phone", 645)])
def test_each_size_is_its_own_drawing(size, width):
    chart = AgreementChart(size=size)
    chart.show(PROJECTS)
    assert Image.open(io.BytesIO(chart.png())).size[0] == width


def test_the_title_says_the_agreement_in_words_and_its_figure():
    assert AgreementChart().show(PROJECTS).title == "Accord fort entre 4 juges : 0,79 sur 1"


def test_the_marks_of_the_words_are_said_to_be_verified_and_chance_is_told():
    reading = AgreementChart().show(PROJECTS).reading[0]
    assert "à vérifier" in reading
    assert "moins d’une fois sur 1 000" in reading


def test_ties_bring_both_figures():
    agreement = kendall_w(ranks_from_scores([[3, 2, 2], [3, 2, 2], [1, 2, 3]]))
    assert "Sans tenir compte des ex aequo, la mesure serait" in AgreementChart().show(agreement).reading[0]
    assert "Sans tenir compte" not in AgreementChart().show(PROJECTS).reading[0]


def test_the_best_placed_comes_first_in_the_table():
    table = AgreementChart().show(PROJECTS).table
    assert table.iloc[0].tolist() == ["Projet B", 2.0, 1.0, 3.0]


def test_options_beyond_the_drawing_are_counted_and_stay_in_the_table():
    rng = np.random.default_rng(1)
    agreement = kendall_w(ranks_from_scores(rng.integers(0, 9, (500, 30))))
    chart = AgreementChart(size="phone")
    picture = chart.show(agreement)
    assert len(picture.table) == 30
    assert any(
        "Et 10 autres options" in artist.get_text()
        for artist in chart.pen._drawn
        if hasattr(artist, "get_text")
    )
    assert chart.png().startswith(b"\x89PNG")
