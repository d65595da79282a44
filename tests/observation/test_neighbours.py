"""Neighbours: every form at the door, contiguity from contours, refusals."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from territ_kit.errors import InputError
from territ_kit.observation.neighbours import contiguity, read_neighbours
from territ_kit.territory import load_case

ROAD = [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
CODES = pd.Index(["76217", "76540", "76351"])
BY_CODE = {"76217": ["76540"], "76540": ["76217", "76351"], "76351": ["76540"]}


def square(code, left, bottom=0.0, side=1.0):
    corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0)]
    ring = [[left + side * x, bottom + side * y] for x, y in corners]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"code": code}, "geometry": geometry}


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


@pytest.mark.parametrize(
    "form",
    [
        BY_CODE,
        dict(reversed(BY_CODE.items())),
        [[1], [0, 2], [1]],
        ((1,), (2, 0), (1,)),
        {2: [1], 0: [1], 1: [0, 2]},
        np.array(ROAD),
        ROAD,
        sparse.coo_array(np.array(ROAD)),
        sparse.csc_matrix(np.array(ROAD)),
        pd.DataFrame(ROAD, index=CODES, columns=CODES),
        pd.DataFrame(ROAD, index=CODES, columns=CODES).loc[CODES[::-1], CODES[::-1]],
        SimpleNamespace(neighbors=BY_CODE, id_order=list(CODES)),
        SimpleNamespace(neighbors={0: [1], 1: [0, 2], 2: [1]}, id_order=[0, 1, 2]),
        SimpleNamespace(neighbors=BY_CODE, weights={"76217": [1], "76540": [1, 1], "76351": [1]},
                        id_order=list(CODES)),
    ],
)  # fmt: skip
def test_every_form_gives_the_same_matrix(form):
    assert read_neighbours(form, CODES).toarray().tolist() == ROAD


@pytest.mark.parametrize(
    "form", [BY_CODE, SimpleNamespace(neighbors=BY_CODE, id_order=list(BY_CODE)), np.array(ROAD)]
)
def test_without_labels_the_order_is_that_of_the_keys(form):
    assert read_neighbours(form, 3).toarray().tolist() == ROAD
    assert read_neighbours(form, pd.RangeIndex(3)).toarray().tolist() == ROAD


def test_labels_that_are_numbers_come_before_positions():
    labels = pd.Index([2, 0, 1])
    near = {0: [1], 1: [0], 2: []}
    assert read_neighbours(near, labels).toarray().tolist() == [[0, 0, 0], [0, 0, 1], [0, 1, 0]]


def test_lists_that_all_name_everyone_are_positions_and_not_a_matrix():
    everyone = [[0, 1, 2], [1, 0, 2], [2, 1, 0]]
    assert read_neighbours(everyone, 3).toarray().tolist() == [[0, 1, 1], [1, 0, 1], [1, 1, 0]]


def test_weights_are_kept():
    weights = read_neighbours([[0, 0.5], [2, 0]], 2)
    assert weights.toarray().tolist() == [[0, 0.5], [2, 0]]


def test_an_area_is_not_its_own_neighbour():
    assert read_neighbours([[0, 1], [1]], 2).toarray().tolist() == [[0, 1], [0, 0]]


def test_a_neighbour_listed_twice_counts_once():
    assert read_neighbours({"a": ["b", "b"], "b": []}, ["a", "b"]).toarray().tolist() == [[0, 1], [0, 0]]


def test_an_island_has_an_empty_row():
    assert read_neighbours([[1], [0], []], 3).sum(axis=1).tolist() == [1, 1, 0]


@given(st.integers(2, 12), st.data())
def test_lists_and_matrix_say_the_same(size, data):
    links = data.draw(st.sets(st.tuples(st.integers(0, size - 1), st.integers(0, size - 1))))
    matrix = np.zeros((size, size))
    for one, other in links:
        matrix[one, other] = one != other
    lists = [np.flatnonzero(row).tolist() for row in matrix]
    assert (read_neighbours(matrix, size) != read_neighbours(lists, size)).nnz == 0


@pytest.mark.parametrize(
    ("form", "areas", "sentence"),
    [
        ({"a": ["c"], "b": []}, ["a", "b"], "« c » figure parmi les voisins sans être"),
        ({"a": [], "b": [], "c": []}, ["a", "b"], "« c » figure parmi les voisins sans être"),
        ({"a": ["b"]}, ["a", "b"], "« b » n’a pas de liste de voisins .1 oubli. ; .* vide pour une île"),
        ({"a": [], "b": []}, ["a", "a"], "« a » apparaît deux fois"),
        ({"a": [], "b": []}, 3, "2 × 2 pour 3 valeurs"),
        ([[1], [0]], 3, "2 listes de voisins pour 3 valeurs"),
        ([[1], [2]], 2, "« 2 » n’est pas une position ; attendu : un entier de 0 à 1"),
        ([[-1], [0]], 2, "« -1 » n’est pas une position"),
        ([["b"], ["a"]], 2, "« b » n’est pas une position.* dictionnaire de codes"),
        (np.ones((2, 3)), 2, "2 × 3 pour 2 valeurs"),
        (np.array([[0, -1], [1, 0]]), 2, "poids de voisinage est négatif"),
        (np.array([[0, np.nan], [1, 0]]), 2, "négatif, infini ou manquant"),
    ],
)
def test_neighbours_that_cannot_be_read_are_refused(form, areas, sentence):
    with pytest.raises(InputError, match=sentence) as refusal:
        read_neighbours(form, areas)
    assert "attendu :" in str(refusal.value)


def test_squares_that_share_a_side_or_a_corner_touch():
    grid = collection(*[square(f"{x}{y}", x, y) for y in range(3) for x in range(3)])
    near = contiguity(grid)
    assert near["11"] == ("00", "10", "20", "01", "21", "02", "12", "22")
    assert near["00"] == ("10", "01", "11")


@pytest.mark.parametrize(("tolerance", "near"), [(1e-5, ("B",)), (0, ())])
def test_a_metre_between_two_borders_does_not_part_them(tolerance, near):
    """9e-6 degree of longitude is about a metre at the equator."""
    drawn = collection(square("A", 0), square("B", 1 + 9e-6))
    assert contiguity(drawn, tolerance=tolerance)["A"] == near


def test_an_enclave_touches_what_surrounds_it():
    ring = square("A", 0, side=3.0)
    ring["geometry"]["coordinates"].append(square("", 1, 1)["geometry"]["coordinates"][0])
    assert contiguity(collection(ring, square("B", 1, 1))) == {"A": ("B",), "B": ("A",)}


def test_an_island_has_no_neighbour():
    assert contiguity(collection(square("A", 0), square("B", 9)))["B"] == ()


def test_pieces_of_one_area_are_one_area():
    near = contiguity(collection(square("A", 0), square("B", 1), square("A", 5), square("C", 6)))
    assert near == {"A": ("B", "C"), "B": ("A",), "C": ("A",)}


def test_the_case_is_one_piece_and_touching_is_mutual():
    near = contiguity(load_case("port-ancelle").contours)
    assert all(one in near[other] for one, others in near.items() for other in others)
    reached, ahead = set(), [next(iter(near))]
    while ahead:
        one = ahead.pop()
        if one not in reached:
            reached.add(one)
            ahead += near[one]
    assert reached == set(near)


@pytest.mark.parametrize(
    ("features", "sentence"),
    [
        ([square(None, 0)], "contour n° 1 n’a pas de code"),
        ([square("A", 0) | {"geometry": None}], "« A » est vide"),
        ([square("A", 0) | {"geometry": {"type": "Polygon", "coordinates": []}}], "« A » est vide"),
    ],
)
def test_contours_without_code_or_shape_are_refused(features, sentence):
    with pytest.raises(InputError, match=sentence):
        contiguity(collection(*features))


def test_a_negative_tolerance_is_refused():
    with pytest.raises(InputError, match="« tolerance » vaut -1"):
        contiguity(collection(square("A", 0)), tolerance=-1)


@pytest.mark.parametrize("given", [None, 3, "AB", np.array(2)])
def test_what_is_no_list_of_neighbours_is_refused(given):
    with pytest.raises(InputError, match=r"les voisins de chaque lieu.*prenez contiguity"):
        read_neighbours(given, 3)
