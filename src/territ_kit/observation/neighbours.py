"""Who is whose neighbour: one matrix of weights inside, many forms at the door.

References
----------
Anselin L., Rey S. J. (2014). Modern Spatial Econometrics in Practice. GeoDa Press, chapter 3 (contiguity: the
queen's move counts a shared border and a shared corner).
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
import shapely
from scipy import sparse
from shapely.geometry import shape

from territ_kit.errors import InputError
from territ_kit.french import count

Weights = Any
"""A `scipy.sparse.csr_array` of shape (n_areas, n_areas): row i holds the weights of the neighbours of i."""

METRE = 1e-5
"""About a metre, in the degrees of a GeoJSON file: 1.1 m along a meridian, 0.7 m along the 48th parallel."""


def contiguity(contours: Mapping[str, Any], *, tolerance: float = METRE) -> dict[str, tuple[str, ...]]:
    """Return the areas that touch each area, be it by a corner.

    Parameters
    ----------
    contours : mapping
        A GeoJSON FeatureCollection; each feature has a `code` among its properties. Several features may
        share a code: an area made of several pieces.
    tolerance : float
        Largest gap between two areas that touch, >= 0, in the unit of the coordinates: borders drawn apart
        differ by a little. The default is about a metre in degrees; for coordinates in metres, write 1.

    Returns
    -------
    dict
        Code -> codes of the neighbours, both in the order of the file. An island has none: an empty tuple.

    Raises
    ------
    InputError
        If a feature has no code or no shape.

    Notes
    -----
    A bridge or a ferry does not make neighbours. The time grows as the number of areas (a tree of rectangles
    finds the candidates): a few seconds for the communes of France.

    Examples
    --------
    >>> def square(code, left):
    ...     ring = [[left, 0], [left + 1, 0], [left + 1, 1], [left, 1], [left, 0]]
    ...     polygon = {"type": "Polygon", "coordinates": [ring]}
    ...     return {"type": "Feature", "properties": {"code": code}, "geometry": polygon}
    >>> row = {"type": "FeatureCollection", "features": [square("A", 0), square("B", 1), square("C", 2)]}
    >>> contiguity(row)
    {'A': ('B',), 'B': ('A', 'C'), 'C': ('B',)}
    """
    if not tolerance >= 0:
        raise InputError(
            f"« tolerance » vaut {tolerance} ; attendu : une distance, 0 ou plus, dans l’unité des "
            "coordonnées. Pour un mètre en degrés, écrivez 1e-5."
        )
    codes, shapes = _shapes(contours)
    left, right = shapely.STRtree(shapes).query(shapes, predicate="dwithin", distance=tolerance)
    near: dict[str, set[str]] = {code: set() for code in codes}
    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        if codes[one] != codes[other]:
            near[codes[one]].add(codes[other])
    place = {code: position for position, code in enumerate(near)}
    return {code: tuple(sorted(others, key=place.__getitem__)) for code, others in near.items()}


def read_neighbours(neighbours: Any, areas: int | Collection[Hashable]) -> Weights:
    """Return the weights of the neighbours as a sparse matrix, whatever the form they come in.

    Parameters
    ----------
    neighbours : mapping, sequence, matrix or libpysal W
        One of: a mapping from each area to its neighbours (what `contiguity` returns); a sequence of
        sequences of positions, from 0; a square matrix of weights (array, scipy.sparse, DataFrame, or n lists
        of n numbers); an object with `.neighbors` and `.id_order` (libpysal).
    areas : int or collection
        The labels of the areas, in the order of the values; or how many they are, when they have no label. A
        RangeIndex, pandas' default index, only counts them.

    Returns
    -------
    csr_array, shape (n_areas, n_areas)
        Weights >= 0; 1 for each neighbour of a mapping or of a sequence. The diagonal is empty.

    Raises
    ------
    InputError
        If an area is unknown, forgotten or given twice, or if a weight is negative or missing.

    Notes
    -----
    - The keys of a mapping are the labels of the areas. When these have none, they are positions if they are
      the numbers from 0 to n - 1, and else they come in the order of the values.
    - An area listed among its own neighbours is not one: the measures count it themselves where they must.
    - A neighbour listed twice counts once. A may be a neighbour of B and B not one of A (nearest places).

    Examples
    --------
    >>> weights = read_neighbours({"A": ["B"], "B": ["A", "C"], "C": ["B"]}, ["A", "B", "C"])
    >>> weights.toarray().astype(int).tolist()
    [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
    >>> read_neighbours([[1], [0, 2], [1]], 3).nnz
    4
    """
    size = areas if isinstance(areas, int) else len(areas)
    labels = None if isinstance(areas, int | pd.RangeIndex) else list(areas)
    if labels is not None and len(set(labels)) < size:
        twice = next(one for one in labels if labels.count(one) > 1)
        raise InputError(
            f"Le code « {twice} » apparaît deux fois dans l’index ; attendu : un code par commune. "
            "Retirez le doublon."
        )
    if isinstance(neighbours, pd.DataFrame):
        weights = _from_frame(neighbours, labels)
    elif _is_matrix(neighbours, size):
        weights = sparse.coo_array(neighbours)
    elif hasattr(neighbours, "id_order"):
        weights = _from_libpysal(neighbours, labels, size)
    elif isinstance(neighbours, Mapping):
        weights = _from_mapping(neighbours, labels, size)
    elif isinstance(neighbours, Iterable) and not _is_scalar(neighbours):
        weights = _from_positions(neighbours, size)
    else:
        raise InputError(
            f"« neighbours » vaut {neighbours!r} ; attendu : les voisins de chaque lieu, en listes, en "
            "dictionnaire ou en matrice. Pour des contours, prenez contiguity."
        )
    return _checked(weights, size)


def _shapes(contours: Mapping[str, Any]) -> tuple[list[str], list[Any]]:
    codes, shapes = [], []
    for number, feature in enumerate(contours.get("features") or [], start=1):
        code = (feature.get("properties") or {}).get("code")
        if code is None:
            raise InputError(
                f"Le contour n° {number} n’a pas de code ; attendu : une propriété « code ». "
                "Ajoutez le code de la commune au fichier des contours."
            )
        drawn = shape(feature["geometry"]) if feature.get("geometry") else None
        if drawn is None or drawn.is_empty:
            raise InputError(
                f"Le contour « {code} » est vide ; attendu : un polygone. "
                "Corrigez le fichier des contours ou retirez cette commune."
            )
        codes.append(str(code))
        shapes.append(drawn)
    return codes, shapes


def _is_matrix(neighbours: Any, size: int) -> bool:
    if sparse.issparse(neighbours):
        return True
    if isinstance(neighbours, np.ndarray):
        return neighbours.ndim == 2
    if not isinstance(neighbours, list | tuple) or any(_length(one) != size for one in neighbours):
        return False
    # An area has n - 1 neighbours at most: n lists of n numbers are a matrix, unless all list everyone.
    return any(set(one) != set(range(size)) for one in neighbours)


def _is_scalar(neighbours: Any) -> bool:
    return isinstance(neighbours, str) or (isinstance(neighbours, np.ndarray) and neighbours.ndim == 0)


def _length(one: Any) -> int:
    return len(one) if isinstance(one, Sequence | np.ndarray) and not isinstance(one, str) else -1


def _from_frame(frame: pd.DataFrame, labels: list[Hashable] | None) -> Weights:
    if labels is not None and set(frame.index) == set(frame.columns) == set(labels):
        frame = frame.loc[labels, labels]
    return sparse.coo_array(frame.to_numpy(dtype=float))


def _from_libpysal(neighbours: Any, labels: list[Hashable] | None, size: int) -> Weights:
    order = list(neighbours.id_order)
    given = getattr(neighbours, "weights", None)
    values = [given[one] for one in order] if given else None
    return _from_mapping({one: neighbours.neighbors[one] for one in order}, labels, size, values)


def _from_mapping(
    near: Mapping[Hashable, Collection[Hashable]],
    labels: list[Hashable] | None,
    size: int,
    values: list[Sequence[float]] | None = None,
) -> Weights:
    keys = set(near)
    positions = keys == set(range(size)) and (labels is None or set(labels) != keys)
    names: Sequence[Hashable] = range(size) if positions else labels if labels is not None else list(near)
    place = {name: position for position, name in enumerate(names)}
    forgotten = [name for name in names if name not in keys]
    if forgotten:
        raise InputError(
            f"« {forgotten[0]} » n’a pas de liste de voisins ({count(len(forgotten), 'oubli')}) ; attendu : "
            "une liste par commune, vide pour une île. Ajoutez-la, ou retirez la commune des valeurs."
        )
    flat = list(chain.from_iterable(near.values()))
    rows = np.repeat([place.get(area, -1) for area in near], [len(others) for others in near.values()])
    columns = np.array([place.get(one, -1) for one in flat], dtype=int)
    stranger = next((one for one in chain(near, flat) if one not in place), None)
    if stranger is not None:
        raise InputError(
            f"« {stranger} » figure parmi les voisins sans être une commune connue ; attendu : les codes de "
            "l’index. Corrigez le code, ou retirez cette commune des voisins."
        )
    if values is not None:
        return sparse.coo_array((list(chain.from_iterable(values)), (rows, columns)), shape=(len(place),) * 2)
    return _binary(rows, columns, len(place))


def _from_positions(neighbours: Any, size: int) -> Weights:
    lists = [list(one) for one in neighbours]
    if len(lists) != size:
        raise InputError(
            f"Il y a {len(lists)} listes de voisins pour {size} valeurs ; attendu : une liste par commune, "
            "vide pour une île. Alignez les deux."
        )
    columns = np.array([one for near in lists for one in near] or np.empty(0, dtype=int))
    rows = np.repeat(np.arange(size), [len(near) for near in lists])
    wrong = columns if columns.dtype.kind not in "iu" else columns[(columns < 0) | (columns >= size)]
    if wrong.size:
        raise InputError(
            f"Le voisin « {wrong[0]} » n’est pas une position ; attendu : un entier de 0 à {size - 1}, la "
            "première commune étant 0. Corrigez la liste, ou donnez un dictionnaire de codes."
        )
    return _binary(rows, columns, size)


def _binary(rows: Any, columns: Any, size: int) -> Weights:
    weights = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(size, size))
    weights.data[:] = 1  # twice the same neighbour is one neighbour
    return weights.tocoo()


def _checked(weights: Weights, size: int) -> Weights:
    if weights.shape != (size, size):
        raise InputError(
            f"Les voisins forment un tableau de {weights.shape[0]} × {weights.shape[1]} pour {size} "
            "valeurs ; attendu : une ligne et une colonne par commune. Alignez les deux."
        )
    values = np.asarray(weights.data, dtype=float)
    if not (np.isfinite(values) & (values >= 0)).all():
        raise InputError(
            "Un poids de voisinage est négatif, infini ou manquant ; attendu : 0 ou plus, 0 pour deux "
            "communes qui ne sont pas voisines. Corrigez le tableau des poids."
        )
    kept = (weights.row != weights.col) & (values > 0)
    return sparse.csr_array((values[kept], (weights.row[kept], weights.col[kept])), shape=(size, size))
