"""Contours on the paper."""

import numpy as np
import pandas as pd
import pytest
import shapely

from territ_kit.charts.land import lay, to_path


def test_the_land_fills_the_paper_without_changing_shape(contours):
    land = lay(contours, None, 7.0, 4.0)
    assert (land.width, land.height) == pytest.approx((7.0, 2.0), rel=1e-3)


def test_a_tall_land_is_held_by_the_height(contours):
    land = lay(contours, None, 7.0, 1.0)
    assert (land.width, land.height) == pytest.approx((3.5, 1.0), rel=1e-3)


def test_degrees_of_longitude_are_narrower_in_the_north(contours):
    """At 60 degrees north a degree of longitude is half as long as one of latitude."""
    for feature in contours["features"]:
        ring = feature["geometry"]["coordinates"][0]
        feature["geometry"]["coordinates"][0] = [[x, y + 59.9] for x, y in ring]
    land = lay(contours, None, 7.0, 40.0)
    assert land.height / land.width == pytest.approx(0.2 / (0.7 * 0.5), rel=0.01)


def test_a_plane_in_metres_keeps_its_shape(contours):
    for feature in contours["features"]:
        ring = feature["geometry"]["coordinates"][0]
        feature["geometry"]["coordinates"][0] = [[x * 1e5 + 5e5, y * 1e5 + 6.8e6] for x, y in ring]
    land = lay(contours, None, 7.0, 40.0)
    assert land.height == pytest.approx(2.0)


def test_borders_are_drawn_once_and_never_on_the_outer_line(contours):
    land = lay(contours, None, 7.0, 4.0)
    assert len(land.borders) == 6
    assert len(land.outline) == 1


def test_a_box_is_found_inside_the_commune_and_off_the_quarters(contours, qpv):
    land = lay(contours, qpv, 7.0, 4.0)
    x, y = land.spot("A", 0.6, 0.2)
    box = shapely.box(x - 0.3, y - 0.1, x + 0.3, y + 0.1)
    assert land.communes["A"].contains(box)
    assert box.distance(shapely.Point(land.quarters[0])) > 0.09


def test_a_name_wider_than_its_commune_has_no_place(contours):
    assert lay(contours, None, 7.0, 4.0).spot("A", 1.2, 0.2) is None


def test_a_crossing_name_stays_centred_in_its_commune_and_off_the_quarters(contours, qpv):
    land = lay(contours, qpv, 7.0, 4.0)
    x, y = land.spot("A", 1.2, 0.2, crossing=True)
    assert land.communes["A"].contains(shapely.Point(x, y))
    assert shapely.box(x - 0.6, y - 0.1, x + 0.6, y + 0.1).distance(shapely.Point(land.quarters[0])) > 0.09


def test_a_sign_stands_neither_on_a_border_nor_on_a_quarter(contours, qpv):
    land = lay(contours, qpv, 7.0, 4.0)
    assert land.is_free("A", (0.5, 1.5))
    assert not land.is_free("A", land.quarters[0])
    assert not land.is_free("A", (1.0, 1.5))


def test_quarters_are_laid_with_the_same_scale(contours):
    land = lay(contours, pd.DataFrame({"lon": [0.7], "lat": [0.2]}), 7.0, 4.0)
    assert land.quarters[0] == pytest.approx((land.width, land.height))


def test_islands_and_lakes_are_kept():
    island = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 2, 2))
    path = to_path(shapely.MultiPolygon([island, shapely.box(5, 0, 6, 1)]))
    assert np.count_nonzero(path.codes == path.MOVETO) == 3
