"""Two maps with the same classes: raw, then smoothed."""

import io
import math

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from territ_kit.charts.before_after import BeforeAfterMap
from territ_kit.charts.style import SEQUENTIAL

CODES = list("ABCDEFG")


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def words(chart):
    return [
        artist.get_text()
        for axes in chart.figure.axes
        for artist in axes.get_children()
        if type(artist).__name__ == "Label"
    ]


def made(values, missing=""):
    frame = pd.DataFrame(
        {"name": [f"Lieu {code}" for code in CODES], "value": values, "low": math.nan, "high": math.nan}
        | {"missing": missing, "suppressed": False, "reading": ""},
        index=pd.Index(CODES, name="code"),
    )
    frame.loc[frame["value"].isna(), "missing"] = "secret"
    return frame


@pytest.fixture
def before():
    """Breaks 12, 20, 30, 40: 10 is in the lowest class, 40 and 50 in the highest."""
    return made([10.0, 12.0, 20.0, 30.0, 40.0, 50.0, math.nan])


@pytest.fixture
def after():
    """10 and 40 leave the extreme classes, 50 stays; 12 changes class without having been extreme."""
    return made([24.0, 22.0, 24.0, 30.0, 38.0, 49.0, math.nan])


@pytest.mark.parametrize(("size", "width"), [("wide", 1420), ("phone", 645)])
def test_each_size_is_its_own_drawing(before, after, subject, contours, size, width):
    chart = BeforeAfterMap(contours, size=size)
    chart.show(before, after, subject)
    assert pixels(chart.png()).shape[1] == width


def test_the_title_counts_the_extremes_that_join_the_middle(before, after, subject, contours):
    assert BeforeAfterMap(contours).show(before, after, subject).title == (
        "Renoncement aux soins : après lissage, 2 communes extrêmes sur 3 ne le sont plus"
    )


def test_one_and_none_are_said_in_the_singular(before, after, subject, contours):
    after.loc["E", "value"] = 40.0
    title = BeforeAfterMap(contours).show(before, after, subject).title
    assert title.endswith("1 commune extrême sur 3 ne l’est plus")
    title = BeforeAfterMap(contours).show(before, before, subject).title
    assert title.endswith("aucune commune extrême ne cesse de l’être")


def test_both_maps_have_the_classes_of_the_raw_values(before, after, subject, contours):
    chart = BeforeAfterMap(contours)
    chart.show(before, after, subject)
    raw, smooth = ([SEQUENTIAL.index(one._fills[code]) for code in "ABCDEF"] for one in chart._maps)
    assert raw == [0, 1, 2, 3, 4, 4]
    assert smooth == [2, 2, 2, 3, 3, 4]


def test_the_smoothed_map_marks_who_changed_class(before, after, subject, contours):
    chart = BeforeAfterMap(contours)
    chart.show(before, after, subject)
    discs = [
        line for line in chart.figure.axes[1].lines if line.get_marker() == "o" and min(line.get_ydata()) > 0
    ]
    assert sum(len(line.get_xdata()) for line in discs) == 3
    assert "Change de classe" in words(chart)


def test_without_a_change_there_is_no_disc_in_the_legend(before, subject, contours):
    chart = BeforeAfterMap(contours)
    picture = chart.show(before, before, subject)
    assert "Change de classe" not in words(chart)
    assert "Aucune commune ne change de classe." in picture.alt


def test_secrecy_is_hatched_on_both_and_told(before, after, subject, contours):
    chart = BeforeAfterMap(contours)
    picture = chart.show(before, after, subject)
    assert [one._patches["G"].get_hatch() for one in chart._maps] == ["////", "////"]
    assert "Secret statistique" in words(chart)
    assert picture.alt.endswith("Hors figure : 1 commune, secret statistique.")


def test_maps_stand_side_by_side_and_one_above_the_other_on_a_phone(before, after, subject, contours):
    """The same point of the land, in pixels of both drawings."""
    for size, across, down in (("wide", True, False), ("phone", False, True)):
        chart = BeforeAfterMap(contours, size=size)
        chart.show(before, after, subject)
        first, second = (axes.transData.transform((0.5, 0.5)) for axes in chart.figure.axes)
        assert bool(second[0] > first[0] + 100) is across
        assert bool(second[1] < first[1] - 100) is down


def test_one_legend_serves_both(before, after, subject, contours):
    chart = BeforeAfterMap(contours)
    chart.show(before, after, subject)
    assert words(chart).count("% des adultes") == 1
    assert {"Avant lissage", "Après lissage"} <= set(words(chart))


def test_quarters_are_drawn_and_named_when_given(before, after, subject, contours, qpv):
    chart = BeforeAfterMap(contours, qpv)
    chart.show(before, after, subject)
    assert "Quartier prioritaire (QPV)" in words(chart)


def test_the_alternative_text_holds_ranges_and_largest_changes(before, after, subject, contours):
    alt = BeforeAfterMap(contours).show(before, after, subject).alt
    assert "Avant lissage : de 10,0 à 50,0. Après lissage : de 22,0 à 49,0." in alt
    assert "Plus grands changements : Lieu A, de 10,0 à 24,0 ; Lieu B, de 12,0 à 22,0" in alt
    assert "3 communes changent de classe." in alt


def test_the_table_has_both_values(before, after, subject, contours):
    table = BeforeAfterMap(contours).show(before, after, subject).french_table()
    assert table.iloc[0].tolist() == ["Lieu F", "50,0", "49,0", "même classe"]
    assert table.iloc[-2].tolist() == ["Lieu A", "10,0", "24,0", "change de classe"]
    assert table.iloc[-1].tolist() == ["Lieu G", "–", "–", "secret statistique"]


def test_the_reading_says_what_smoothing_does_and_hides(before, after, subject, contours):
    shows, hides = BeforeAfterMap(contours).show(before, after, subject).reading
    assert "Le lissage rapproche chaque valeur de la moyenne." in shows
    assert "mais aussi de vrais écarts" in hides


@pytest.mark.parametrize("values", [[math.nan] * 7, [20.0] + [math.nan] * 6])
def test_too_few_figures_make_no_finding(values, subject, contours):
    picture = BeforeAfterMap(contours, size="phone").show(made(values), made(values), subject)
    assert picture.title.endswith("trop peu de chiffres pour montrer ce que fait le lissage")
    assert picture.png().startswith(b"\x89PNG")


def test_a_second_indicator_leaves_nothing_of_the_first(before, after, subject, contours):
    chart = BeforeAfterMap(contours)
    chart.show(after, before, subject, highlight="B")
    chart.show(before, after, subject)
    alone = BeforeAfterMap(contours)
    alone.show(before, after, subject)
    assert np.array_equal(pixels(chart.png()), pixels(alone.png()))
