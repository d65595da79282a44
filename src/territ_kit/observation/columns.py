"""Columns of numbers, one per commune, as the measures of a whole territory read them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from territ_kit.errors import InputError
from territ_kit.observation.checks import Axis, Numbers, areas, vectors


def read_columns(**columns: ArrayLike) -> tuple[list[Numbers], pd.Index[Any]]:
    """Return columns of the same communes as arrays, and the labels of these communes.

    Parameters
    ----------
    **columns : array_like, shape (n_areas,)
        Under the name that a message gives them; NaN and None are missing figures.

    Returns
    -------
    list of arrays, shape (n_areas,)
    Index
        That of the pandas objects, else 0, 1, 2…

    Raises
    ------
    InputError
        If a column holds anything else than finite or missing numbers, or if the columns are not of the same
        communes in the same order.

    Examples
    --------
    >>> (events, population), labels = read_columns(events=[3, None], population=[1_000, 800])
    >>> events.tolist(), list(labels)
    ([3.0, nan], [0, 1])
    """
    arrays = vectors("commune", **columns)
    for name, array in zip(columns, arrays, strict=True):
        if np.isinf(array).any():
            raise InputError(
                f"« {name} » contient un nombre infini ; attendu : un nombre par commune, ou vide s’il "
                "manque. Une division par zéro en est souvent la cause : corrigez-la, ou videz la case."
            )
    return arrays, areas(**columns)


def communes(labels: pd.Index[Any]) -> Axis:
    """Return what a check needs to name the faulty commune: its code, or its row from 1 without one."""
    return "commune", None if isinstance(labels, pd.RangeIndex) else labels.tolist()
