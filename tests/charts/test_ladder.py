"""The ladder: activities on their rungs, and the promises that the facts do not hold."""

import io

import pandas as pd
import pytest
from PIL import Image

from territ_kit.charts.ladder import LadderChart


def activities(*rows):
    return pd.DataFrame(rows, columns=["title", "rung", "announced"])


@pytest.fixture
def three():
    return activities(("Réunion", 3, 4), ("Comité", 7, 7), ("Balade", 0, 0))


def words(chart):
    return [artist.get_text() for artist in chart.pen._drawn if hasattr(artist, "get_text")]


@pytest.mark.parametrize(("size", "width"), [("wide", 1420), ("phone", 645)])
def test_each_size_is_its_own_drawing(three, size, width):
    chart = LadderChart(size=size)
    chart.show(three)
    assert Image.open(io.BytesIO(chart.png())).size[0] == width


def test_the_title_counts_the_activities_that_share_the_decision(three):
    assert LadderChart().show(three).title == "1 action sur 2 partage la décision avec les participants"
    assert LadderChart().show(activities(("a", 3, 0), ("b", 4, 0))).title == (
        "Aucune des 2 actions ne partage la décision avec les participants"
    )
    assert LadderChart().show(activities(("a", 3, 0))).title.startswith("L’action ne partage pas")


def test_an_announcement_that_the_facts_do_not_hold_is_written_and_told(three):
    chart = LadderChart()
    picture = chart.show(three)
    assert "Réunion (annoncé : consultation)" in words(chart)
    assert "Comité" in words(chart)
    assert "Annoncé plus haut que les faits : Réunion." in picture.alt


def test_what_is_not_judged_waits_apart(three):
    picture = LadderChart().show(three)
    assert picture.alt.endswith("À placer : Balade.")
    assert picture.table["Barreau"].tolist() == ["Information", "Délégation", "à placer"]


def test_all_the_rungs_are_there_even_without_an_activity():
    chart = LadderChart(size="phone")
    picture = chart.show(activities())
    assert picture.title == "Aucune action n’est encore placée"
    assert sum(word[:1].isdigit() for word in words(chart)) == 8


def test_the_announcement_may_be_unknown(three):
    assert LadderChart().show(three.drop(columns="announced")).table["Annoncé"].tolist() == ["rien"] * 3


def test_what_would_raise_an_activity_is_in_the_table(three):
    assert "avis" in LadderChart().show(three).table["Pour monter d’un barreau"][0]
