"""Influence maps: who weighs, who depends, and the strongest links only."""

import io

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from territ_kit.charts.influence_map import InfluenceMap
from territ_kit.charts.live import draw
from territ_kit.consultation.influence import mactor
from territ_kit.territory import load_case

NAMES = pd.Series({"epci": "Agglomération", "ars": "ARS", "gem": "GEM"})


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def links(*rows):
    return mactor(pd.DataFrame(rows, index=NAMES.index, columns=NAMES.index))


@pytest.fixture
def three():
    return links([0, 3, 4], [2, 0, 3], [0, 0, 0])


def visible(chart):
    return [arrow for arrow in chart._arrows if arrow.get_visible()]


@pytest.mark.parametrize(("size", "width"), [("wide", 1420), ("phone", 645)])
def test_each_size_is_its_own_drawing(three, size, width):
    chart = InfluenceMap(size=size)
    chart.show(three, NAMES)
    assert pixels(chart.png()).shape[1] == width


def test_the_title_names_the_most_favourable_balance_of_power(three):
    title = InfluenceMap().show(three, NAMES).title
    assert title.startswith("Rapport de force le plus favorable : Agglomération (")
    assert title.endswith(" fois la moyenne)")


def test_tied_actors_are_all_named(three):
    tied = links([0, 1, 2], [1, 0, 2], [0, 0, 0])
    assert "Agglomération et ARS" in InfluenceMap().show(tied, NAMES).title
    alike = links([0, 1, 1], [1, 0, 1], [1, 1, 0])
    assert InfluenceMap().show(alike, NAMES).title == "Tous les acteurs ont le même rapport de force"


def test_arrows_are_the_strong_links_the_strongest_first(three):
    chart = InfluenceMap()
    picture = chart.show(three, NAMES)
    assert len(visible(chart)) == 3
    assert "Agglomération sur GEM (4) ; Agglomération sur ARS (3)" in picture.alt


def test_a_chosen_actor_shows_its_own_links(three):
    chart = InfluenceMap()
    chart.show(three, NAMES, highlight="ars")
    assert len(visible(chart)) == 2
    assert len(chart._ring.get_xdata()) == 1


def test_links_without_an_arrow_are_counted():
    rng = np.random.default_rng(2)
    table = rng.choice([0, 1, 3], (50, 50))
    np.fill_diagonal(table, 0)
    chart = InfluenceMap(size="phone")
    chart.show(mactor(table), pd.Series([f"Acteur {n}" for n in range(50)]))
    assert len(visible(chart)) == 3
    said = " ".join(label.get_text() for label in chart.words.labels)
    assert f"{(table == 3).sum() - 3} autres dans le" in said.replace("\n", " ")


def test_the_table_says_on_whom_each_weighs(three):
    table = InfluenceMap().show(three, NAMES).table
    assert table["Acteur"].tolist()[0] == "Agglomération"
    assert table.set_index("Acteur").loc["ARS", "Pèse fortement sur"] == "GEM"
    assert table.set_index("Acteur").loc["GEM", "Pèse fortement sur"] == "personne"


def test_the_convention_of_the_formula_is_said(three):
    picture = InfluenceMap().show(three, NAMES)
    assert "à vérifier" in picture.note
    assert "diagonale" in picture.reading[1]


@pytest.mark.parametrize("case", ["port-ancelle", "pays-de-brezonne", "val-d-aubrelle"])
def test_a_case_is_drawn_from_its_own_positions(case):
    territory = load_case(case)
    chart = InfluenceMap()
    picture = chart.show(mactor(territory.influences), territory.actors["name"])
    assert len(picture.table) == len(territory.actors)
    assert np.array_equal(pixels(chart.png()), pixels(draw(chart.figure)))
