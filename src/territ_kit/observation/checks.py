"""What the measures refuse, and how they say it: the name, the value, its place, the remedy.

One number, one column by age and a table of thousands of areas go through the same checks. Where many areas
are read at once a missing figure is normal (`missing=True`) and gives a missing result.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from territ_kit.errors import InputError
from territ_kit.french import fr

Numbers: TypeAlias = NDArray[np.float64]
Axis: TypeAlias = tuple[str, Any]  # what an axis holds, and its labels (None: 1, 2, 3…)

AGES: Axis = ("classe d’âge", None)


def check_confidence(confidence: float) -> None:
    """Refuse a confidence level out of (0, 1)."""
    if not 0 < confidence < 1:
        raise InputError(
            f"« confidence » vaut {confidence} ; attendu : un nombre entre 0 et 1, bornes exclues. "
            "Pour 95 %, écrivez 0.95."
        )


def check_settings(confidence: float, per: float) -> None:
    """Refuse a confidence level out of (0, 1) or a unit that is not positive."""
    check_confidence(confidence)
    if not (math.isfinite(per) and per > 0):
        raise InputError(
            f"« per » vaut {per} ; attendu : un nombre positif. Pour 100 000 habitants, écrivez 100_000."
        )


def check_counts(name: str, numbers: ArrayLike, *axes: Axis, missing: bool = False) -> None:
    """Refuse what is not a whole number of events, 0 or more."""
    counts = np.asarray(numbers, dtype=float)
    check_not_negative(name, counts, *axes, missing=missing, expected="un nombre entier, 0 ou plus")
    partial = ~np.isnan(counts) & (counts != np.round(counts))
    if partial.any():
        raise InputError(
            f"{_found(name, counts, partial, axes)}, qui n’est pas entier ; attendu : un nombre "
            "d’événements comptés. Pour une moyenne par an, donnez le total des années et multipliez la "
            "population par leur nombre."
        )


def check_not_negative(
    name: str,
    numbers: ArrayLike,
    *axes: Axis,
    missing: bool = False,
    expected: str = "un nombre, 0 ou plus",
) -> None:
    """Refuse a negative, infinite or (unless `missing`) missing number."""
    values = np.asarray(numbers, dtype=float)
    wrong = _unusable(values, missing=missing) | (values < 0)
    if wrong.any():
        raise InputError(
            f"{_found(name, values, wrong, axes)} ; attendu : {expected}. "
            "Retirez la ligne ou déclarez la donnée non disponible."
        )


def check_finite(name: str, numbers: ArrayLike, *axes: Axis, missing: bool = False) -> None:
    """Refuse an infinite or (unless `missing`) missing number."""
    values = np.asarray(numbers, dtype=float)
    wrong = _unusable(values, missing=missing)
    if wrong.any():
        raise InputError(
            f"{_found(name, values, wrong, axes)} ; attendu : un nombre. "
            "Retirez la ligne ou complétez la donnée."
        )


def check_population(
    name: str, numbers: ArrayLike, *axes: Axis, missing: bool = False, empty: ArrayLike = False
) -> None:
    """Refuse a population that is not more than 0; where `empty` is true, 0 will do."""
    people = np.asarray(numbers, dtype=float)
    wrong = _unusable(people, missing=missing) | (people < 0) | ((people == 0) & ~np.asarray(empty))
    if wrong.any():
        raise InputError(
            f"{_found(name, people, wrong, axes)} ; attendu : un effectif plus grand que 0. "
            "Corrigez le fichier, ou regroupez les communes ou les classes d’âge vides."
        )


def check_part(count: ArrayLike, total: ArrayLike, *axes: Axis) -> None:
    """Refuse a part that is larger than its total."""
    counts, totals = np.asarray(count, dtype=float), np.asarray(total, dtype=float)
    larger = counts > totals
    if larger.any():
        first = tuple(np.argwhere(larger)[0])
        raise InputError(
            f"« count » ({fr(counts[first])}) dépasse « total » ({fr(totals[first])})"
            f"{_place(larger, axes)} ; attendu : une partie du total. Vérifiez l’ordre des deux nombres ; "
            "pour des événements qui se répètent, prenez crude_rate."
        )


def one_number(name: str, value: Any) -> float:
    """Return a single number as a float; refuse anything else."""
    number = _floats(name, value)
    if number.ndim:
        raise InputError(
            f"« {name} » n’est pas un seul nombre (forme : {number.shape}) ; attendu : un nombre. "
            "Pour plusieurs lieux, prenez la fonction au pluriel."
        )
    return float(number)


def vector(name: str, values: ArrayLike, *, each: str = "classe d’âge") -> Numbers:
    """Return a column as an array of floats; refuse anything else than a list of numbers."""
    array = _floats(name, values)
    if array.ndim != 1 or not array.size:
        raise InputError(
            f"« {name} » n’est pas une liste simple de nombres (forme : {array.shape}) ; attendu : un "
            f"nombre par {each}. Donnez une seule colonne."
        )
    return array


def vectors(each: str, /, **columns: ArrayLike) -> list[Numbers]:
    """Return columns of the same length as arrays."""
    arrays = [vector(name, values, each=each) for name, values in columns.items()]
    if len({array.size for array in arrays}) > 1:
        sizes = ", ".join(
            f"{array.size} pour « {name} »" for name, array in zip(columns, arrays, strict=True)
        )
        raise InputError(
            f"Les colonnes ne se correspondent pas : {sizes} ; attendu : un nombre par {each} dans chacune. "
            f"Alignez-les (une ligne par {each})."
        )
    return arrays


def table(name: str, values: Any) -> Numbers:
    """Return a table of areas (rows) by age (columns) as an array."""
    array = _floats(name, values)
    if array.ndim != 2 or not array.size:
        raise InputError(
            f"« {name} » n’est pas un tableau (forme : {array.shape}) ; attendu : une ligne par zone, une "
            "colonne par classe d’âge. Pour une seule zone, prenez la fonction au singulier."
        )
    return array


def areas(**tables: Any) -> pd.Index[Any]:
    """Return the areas that the tables share: the index of pandas objects, else positions from 0.

    Two pandas objects whose areas differ, or come in another order, are refused: matched by position they
    would give each area the figures of another.
    """
    sizes = {name: len(values) for name, values in tables.items()}
    if len(set(sizes.values())) > 1:
        said = ", ".join(f"{size} pour « {name} »" for name, size in sizes.items())
        raise InputError(
            f"Les zones ne se correspondent pas : {said} ; attendu : le même nombre. "
            "Alignez les colonnes sur le code de la zone."
        )
    indexes = [values.index for values in tables.values() if isinstance(values, pd.Series | pd.DataFrame)]
    if any(not index.equals(indexes[0]) for index in indexes[1:]):
        names = " et ".join(f"« {name} »" for name in tables)
        raise InputError(
            f"{names} ne portent pas les mêmes zones dans le même ordre ; attendu : le même index. "
            "Alignez l’un sur l’autre, par exemple avec population.reindex(events.index)."
        )
    return indexes[0] if indexes else pd.RangeIndex(next(iter(sizes.values())))


def _floats(name: str, values: Any) -> Numbers:
    try:
        return np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise InputError(
            f"« {name} » contient autre chose que des nombres ; attendu : des nombres. "
            "Vérifiez que la colonne ne contient ni texte ni espace."
        ) from None


def _unusable(values: Numbers, *, missing: bool) -> NDArray[np.bool_]:
    return np.isinf(values) if missing else ~np.isfinite(values)


def _found(name: str, values: Numbers, wrong: NDArray[np.bool_], axes: Sequence[Axis]) -> str:
    """Say the first faulty value, where it stands and how many there are."""
    return f"« {name} » vaut {values[tuple(np.argwhere(wrong)[0])]:.12g}{_place(wrong, axes)}"


def _place(wrong: NDArray[np.bool_], axes: Sequence[Axis]) -> str:
    if not axes:
        return ""
    first = np.argwhere(wrong)[0]
    words = [
        f"{noun} {position + 1 if labels is None else labels[position]}"
        for position, (noun, labels) in zip(first, axes, strict=True)
    ]
    others = int(wrong.sum()) - 1
    more = f", et {others} autre{'s' if others > 1 else ''}" if others else ""
    return f" ({', '.join(words)}{more})"
