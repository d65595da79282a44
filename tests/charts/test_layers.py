"""The half rings of the determinants: numbers, causes, and the question of the empty ones."""

import pytest

from territ_kit.charts.layers import LayersChart
from territ_kit.diagnosis.determinants import LAYERS, count_layers


@pytest.fixture
def found():
    return count_layers(
        ["Cars rares", "Loyers chers", "Peu de marche"], ["mobilite", "logement", "lifestyle"]
    )


def words(chart):
    return [label.get_text() for label in chart.figure.axes[0].texts if label.get_text()]


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_every_layer_has_its_name_and_its_number(found, size):
    chart = LayersChart(size=size)
    chart.show(found)
    assert set(LAYERS.values()) <= set(words(chart))
    assert sorted(word for word in words(chart) if word.isdigit()) == ["0", "0", "0", "1", "2"]
    assert chart.png().startswith(b"\x89PNG")


def test_the_alternative_text_gives_the_causes_of_each_layer(found):
    assert "Conditions de vie et de travail, 2 causes\u00a0: Cars rares\u202f; Loyers chers." in (
        LayersChart().show(found).alt
    )


def test_the_attribution_is_to_be_checked(found):
    assert "attribution à vérifier" in LayersChart().show(found).note


@pytest.mark.parametrize(
    ("determinants", "title"),
    [
        ([], "Aucune cause n’est encore placée"),
        (["alimentation", "sommeil", "addictions"], "La plupart de vos causes tiennent aux personnes"),
        (["logement"], "1 cause\u00a0: rien encore du côté des facteurs individuels, des modes de vie"),
        (list(LAYERS), "5 causes, dans toutes les couches"),
    ],
)
def test_the_title_is_the_finding(determinants, title):
    found = count_layers([str(place) for place in range(len(determinants))], determinants)
    assert LayersChart().show(found).title.startswith(title)


def test_a_hundred_causes_stay_on_their_line_and_are_all_in_the_table():
    found = count_layers([f"Une cause numéro {place}" for place in range(100)], ["logement"] * 100)
    chart = LayersChart()
    picture = chart.show(found)
    chart.png()
    right = max(
        label.get_window_extent(chart.figure.canvas.get_renderer()).x1 for label in chart.figure.axes[0].texts
    )
    assert right <= chart.figure.bbox.x1
    assert "numéro 99" in picture.table["Causes"].iloc[3]


def test_a_cause_of_several_needs_is_named_once_with_its_number():
    found = count_layers(["Mobilité", "Mobilité", "Logement"], ["mobilite", "mobilite", "logement"])
    assert "3 causes\u00a0: Mobilité (2)\u202f; Logement." in LayersChart().show(found).alt
