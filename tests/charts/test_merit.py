"""Merit profiles: every grade received, the median that decides, what divides."""

import io

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from territ_kit.charts.merit import MeritChart
from territ_kit.consultation.voting import GRADES

COPIL = pd.DataFrame(
    [[5, 1, 0, 0, 5], [0, 0, 4, 6, 1], [2, 2, 2, 3, 2]],
    index=["Cellule", "Formation", "Ligne d’écoute"],
    columns=list(GRADES),
)


def words(chart):
    return [artist.get_text() for artist in chart.pen._drawn if hasattr(artist, "get_text")]


@pytest.mark.parametrize(("size", "width"), [("wide", 1420), ("phone", 645)])
def test_each_size_is_its_own_drawing(size, width):
    chart = MeritChart(size=size)
    chart.show(COPIL)
    assert Image.open(io.BytesIO(chart.png())).size[0] == width


def test_the_title_names_the_winner_and_its_grade():
    assert MeritChart().show(COPIL).title == "En tête : Formation, avec la mention « Bien »"


def test_a_tie_is_said():
    tied = COPIL.loc[["Formation"]].rename({"Formation": "A"})
    two = pd.concat([tied, tied.rename({"A": "B"}), COPIL.loc[["Cellule"]]])
    assert MeritChart().show(two).title == "En tête, à égalité : A et B, avec la mention « Bien »"
    assert MeritChart().show(two.head(2)).title == (
        "Rien ne départage les options : toutes obtiennent « Bien »"
    )


def test_options_come_in_their_rank_with_their_gauge():
    chart = MeritChart(size="phone")
    chart.show(COPIL)
    said = " ".join(words(chart))
    assert said.index("1. Formation") < said.index("2. Ligne d’écoute") < said.index("3. Cellule")
    assert "Bien − (9\u00a0% au-dessus, 36\u00a0% au-dessous)" in said


def test_every_grade_is_named_in_the_legend():
    chart = MeritChart()
    chart.show(COPIL)
    assert set(GRADES) <= set(words(chart))


def test_what_divides_is_to_be_reworked_before_the_vote():
    reading = MeritChart().show(COPIL).reading[0]
    assert "Qui divise : « Cellule »" in reading
    assert "À retravailler avant de voter." in reading
    assert "Qui divise" not in MeritChart().show(COPIL.drop(index="Cellule")).reading[0]


def test_not_knowing_is_counted_apart():
    picture = MeritChart().show(COPIL, unknown=pd.Series({"Cellule": 3}))
    assert picture.table.set_index("Option")["Je ne sais pas"].to_dict() == {
        "Formation": 0, "Ligne d’écoute": 0, "Cellule": 3
    }  # fmt: skip


def test_numbers_of_voters_that_differ_are_said():
    fewer = COPIL.copy()
    fewer.loc["Cellule", "À rejeter"] = 2
    assert "de 8 à 11 votants selon l’option" in MeritChart().show(fewer).note
    assert "11 votants" in MeritChart().show(COPIL).note


def test_the_alternative_text_holds_every_share():
    alt = MeritChart().show(COPIL).alt
    assert "1. Formation, mention Bien − : 9\u00a0% Très bien, 55\u00a0% Bien, 36\u00a0% Assez bien." in alt


def test_thirty_options_and_seven_grades_are_drawn():
    rng = np.random.default_rng(1)
    many = pd.DataFrame(rng.integers(1, 40, (30, 7)), index=[f"Option {n}" for n in range(30)])
    chart = MeritChart(size="phone")
    assert len(chart.show(many).table) == 30
    assert chart.png().startswith(b"\x89PNG")
