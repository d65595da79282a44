"""What the methods of the consultation refuse, and how they say it: the cell, its value, the remedy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from territ_kit.errors import InputError
from territ_kit.french import fr

Numbers: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of numbers, and the names of its rows and columns.

    Attributes
    ----------
    name : str
        Of the argument, for the sentences.
    numbers : array, shape (n_rows, n_columns)
    rows, columns : Index
        Labels of a DataFrame, else positions from 0.
    row, column : str
        What a row and a column are, in French.
    named : bool
        Whether the labels come from the person; positions are said from 1.
    """

    name: str
    numbers: Numbers
    rows: pd.Index[Any]
    columns: pd.Index[Any]
    row: str
    column: str
    named: bool

    def place(self, row: int, column: int) -> str:
        """Return where a cell is, in words."""
        which = (self.rows[row], self.columns[column]) if self.named else (row + 1, column + 1)
        return f"{self.row} « {which[0]} », {self.column} « {which[1]} »"

    def refuse(self, wrong: Flags, expected: str, remedy: str) -> None:
        """Refuse the cells flagged: the first is named, with how many others there are."""
        if not wrong.any():
            return
        row, column = (int(place) for place in np.argwhere(wrong)[0])
        value = self.numbers[row, column]
        said = "n’est pas rempli" if np.isnan(value) else f"vaut {value:.12g}".replace(".", ",")
        others = int(wrong.sum()) - 1
        more = f", et {others} autre{'s' if others > 1 else ''}" if others else ""
        raise InputError(
            f"« {self.name} » {said} ({self.place(row, column)}{more}) ; attendu : {expected}. {remedy}"
        )


def grid(name: str, values: Any, *, row: str, column: str) -> Grid:
    """Return a table as numbers with its labels; refuse text, an empty table and any other shape."""
    if isinstance(values, Mapping):  # by row or by column? Both are usual: to guess would be silent
        raise InputError(
            f"« {name} » est un dictionnaire ; attendu : un tableau, une ligne par {row}. "
            f'Écrivez pd.DataFrame.from_dict({name}, orient="index") si chaque clé est le nom d’une ligne.'
        )
    named = isinstance(values, pd.DataFrame)
    try:
        read = np.asarray(values, dtype=object if named else None)
        if read.dtype.kind in "mMc":  # dates and complex numbers would pass for numbers
            raise TypeError
        numbers = np.where(pd.isna(read), np.nan, read).astype(float)
    except (TypeError, ValueError):
        raise InputError(
            f"« {name} » contient autre chose que des nombres ; attendu : des nombres. "
            "Vérifiez que le tableau ne contient ni texte ni espace."
        ) from None
    if numbers.ndim != 2 or not numbers.size:
        raise InputError(
            f"« {name} » n’est pas un tableau (forme : {numbers.shape}) ; attendu : une ligne par {row}, "
            f"une colonne par {column}. Complétez le tableau."
        )
    rows: pd.Index[Any] = values.index if named else pd.RangeIndex(len(numbers))
    columns: pd.Index[Any] = values.columns if named else pd.RangeIndex(numbers.shape[1])
    rows, columns = (
        labels.to_flat_index() if isinstance(labels, pd.MultiIndex) else labels for labels in (rows, columns)
    )
    for labels, what in ((rows, row), (columns, column)):
        if labels.has_duplicates:
            twice = labels[labels.duplicated()][0]
            raise InputError(
                f"« {name} » porte deux fois le nom « {twice} » ; attendu : un nom par {what}. "
                "Renommez ou retirez l’un des deux."
            )
    return Grid(name, numbers, rows, columns, row, column, named)


def check_between(
    table: Grid, low: float, high: float, *, whole: bool = False, missing: bool = False
) -> None:
    """Refuse a number out of [low, high], infinite, not whole, or (unless `missing`) missing."""
    numbers = table.numbers
    unknown = np.isnan(numbers)
    wrong = np.isinf(numbers) | (numbers < low) | (numbers > high) | (False if missing else unknown)
    if whole:
        wrong |= ~unknown & (numbers != np.round(numbers))
    kind = "un nombre entier" if whole else "un nombre"
    if np.isfinite(high):
        kind += f" de {fr(low)} à {fr(high)}"
    elif np.isfinite(low):
        kind += f" à partir de {fr(low)}"
    table.refuse(wrong, kind, "Corrigez ou complétez la case.")


def is_number(value: Any) -> bool:
    """Return whether a value is a number: no text, no list, nothing missing."""
    return isinstance(value, Real) and not np.isnan(float(value))


def ranks_from(scores: Numbers) -> Numbers:
    """Return whole ranks from 1, the highest score first; equal scores share the same rank (1, 1, 3)."""
    return np.asarray([int((scores > score).sum()) + 1 for score in scores])
