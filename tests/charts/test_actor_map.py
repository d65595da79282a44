"""Actor maps: where each stands, who must be strengthened, and no name over another."""

import io

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from territ_kit.charts.actor_map import ActorMap, short_name
from territ_kit.charts.live import draw
from territ_kit.charts.style import text_width
from territ_kit.consultation.stakeholders import stakeholder_map
from territ_kit.territory import load_case


def pixels(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def words(chart):
    return [label.get_text() for label in chart.words.labels]


def mapped(*rows):
    return stakeholder_map(
        pd.DataFrame(rows, columns=["name", "power", "interest"], index=list("abcdefgh")[: len(rows)])
    )


@pytest.fixture
def four():
    return mapped(("GEM", 0.2, 0.9), ("EPSM", 0.9, 0.9), ("EPCI", 0.9, 0.2), ("Club", 0.2, 0.2))


@pytest.fixture
def fifty():
    rng = np.random.default_rng(3)
    return stakeholder_map(
        pd.DataFrame(
            {"name": [f"Acteur numéro {n}" for n in range(50)]}
            | {axis: rng.integers(0, 11, 50) / 10 for axis in ("power", "interest")}
        )
    )


@pytest.mark.parametrize(("size", "width"), [("wide", 1420), ("phone", 645)])
def test_each_size_is_its_own_drawing(four, size, width):
    chart = ActorMap(size=size)
    chart.show(four)
    assert pixels(chart.png()).shape[1] == width


def test_the_title_names_who_cares_without_power(four):
    assert ActorMap().show(four).title == "Très concerné, sans pouvoir : GEM"
    assert ActorMap().show(four.drop(index="a")).title == "Aucun acteur très concerné n’est sans pouvoir"
    two = mapped(("GEM", 0.2, 0.9), ("Unafam", 0.3, 0.9), ("EPSM", 0.9, 0.9))
    assert ActorMap().show(two).title == "Très concernés, mais sans pouvoir : 2 acteurs sur 3"


def test_interest_goes_across_and_power_upwards(four):
    chart = ActorMap()
    chart.show(four)
    assert chart._points["renforcer"].get_offsets() == pytest.approx(np.array([[0.9, 0.2]]))
    assert chart._points["interesser"].get_offsets() == pytest.approx(np.array([[0.2, 0.9]]))


def test_each_quarter_has_its_own_sign(four):
    chart = ActorMap()
    chart.show(four)
    assert len({tuple(points.get_paths()[0].vertices.ravel()) for points in chart._points.values()}) == 4


def test_a_border_case_is_hollow_and_told():
    picture_of = ActorMap()
    picture = picture_of.show(mapped(("MSA", 0.5, 0.9), ("EPSM", 0.9, 0.9)))
    faces = picture_of._points["associer"].get_facecolor()
    assert faces[0].tolist() != faces[1].tolist()
    assert "À la limite de deux cases : MSA." in picture.alt


def test_actors_of_one_place_stand_side_by_side():
    chart = ActorMap()
    chart.show(mapped(("a", 0.3, 0.9), ("b", 0.3, 0.9)))
    offsets = chart._points["renforcer"].get_offsets()
    assert offsets[0][0] < 0.9 < offsets[1][0]
    assert offsets[:, 1].tolist() == [0.3, 0.3]


def test_who_is_not_placed_is_told_and_not_drawn():
    picture = ActorMap().show(mapped(("GEM", 0.2, 0.9), ("Club", np.nan, 0.2)))
    assert picture.alt.endswith("À placer : Club.")
    assert picture.table["Case"].tolist() == ["Renforcer le pouvoir", "à placer"]


def test_nobody_placed_makes_an_empty_map():
    chart = ActorMap()
    picture = chart.show(mapped(("Club", np.nan, np.nan)))
    assert picture.title == "Aucun acteur n’est encore placé"
    assert chart.png().startswith(b"\x89PNG")


@pytest.mark.parametrize("size", ["wide", "phone"])
@pytest.mark.parametrize("case", ["port-ancelle", "pays-de-brezonne", "val-d-aubrelle"])
def test_no_word_covers_another_on_a_case(case, size):
    chart = ActorMap(size=size)
    chart.show(stakeholder_map(load_case(case).actors))
    assert_apart(chart)


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_fifty_actors_are_all_named_or_numbered_and_no_word_covers_another(fifty, size):
    chart = ActorMap(size=size)
    chart.show(fifty)
    assert_apart(chart)
    said = " ".join(words(chart))
    numbered = sum(word.isdigit() for word in words(chart))
    named = sum(word.startswith("Acteur numéro") and "·" not in word for word in words(chart))
    assert numbered + named == 50
    assert f"{numbered}.\u00a0Acteur" in said


def test_the_chosen_actor_is_ringed_and_named_first(four):
    chart = ActorMap()
    chart.show(four, highlight="d")
    names = [word for word in words(chart) if word in {"GEM", "EPSM", "EPCI", "Club"}]
    assert names[0] == "Club"
    assert chart._ring.get_xydata() == pytest.approx(np.array([[0.2, 0.2]]))


def test_the_fast_path_gives_the_pixels_of_a_whole_drawing(four, fifty):
    chart = ActorMap()
    chart.show(fifty)
    chart.png()
    chart.show(four, highlight="a")
    assert np.array_equal(pixels(chart.png()), pixels(draw(chart.figure)))


@pytest.mark.parametrize("width", [0.9, 1.35, 2.3])
def test_a_short_name_fits_and_keeps_its_acronym(width):
    name = "Délégation départementale de l’agence régionale de santé (ARS)"
    short = short_name(name, width)
    assert text_width(short, 10, "bold") <= width + 0.05
    assert short.endswith("… (ARS)")
    assert short_name("Sous-préfète chargée de la politique", 2.3) == "Sous-préfète chargée…"


def test_the_words_say_that_a_map_is_no_verdict(four):
    assert "pas un verdict" in ActorMap().show(four).reading[1]


def assert_apart(chart):
    chart.png()
    renderer = chart.figure.canvas.get_renderer()
    boxes = [label.get_window_extent(renderer) for label in chart.words.labels]
    for place, box in enumerate(boxes):
        assert box.x0 >= 0
        assert box.x1 <= chart.figure.bbox.width
        assert not any(box.overlaps(other) for other in boxes[place + 1 :] if meets(box, other))


def meets(box, other):
    """Whether two boxes share more than a pixel at their edges."""
    across = min(box.x1, other.x1) - max(box.x0, other.x0)
    down = min(box.y1, other.y1) - max(box.y0, other.y0)
    return across > 2 and down > 6
