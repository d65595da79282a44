"""The faults that several rules of a case find: a code that nobody defines, a sum that is not the total."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from territ_kit.errors import Fault

Tables = dict[str, pd.DataFrame]
MEND_CODE = "Corrigez le code, ou ajoutez-le au tableau qui le définit."
MEND_SUM = "Reprenez les effectifs de ce fichier."


def unknown(
    file: str, column: str, cells: Iterable[object], known: Iterable[object], what: str
) -> Iterator[Fault]:
    """Yield a fault for each cell of a column that is not a known code."""
    allowed = set(known)
    for row, value in enumerate(cells):
        if value not in allowed:
            place = f"ligne {row + 2}" if file.endswith(".csv") else f"élément {row + 1}"
            yield Fault(file, place, column, str(value), f"Ce code n’est pas {what}.", MEND_CODE)


def totals(table: pd.DataFrame, by: list[str], column: str = "population") -> dict[Any, float]:
    """Return the sum of a column by group."""
    return table.groupby(by[0] if len(by) == 1 else by)[column].sum().to_dict()


def sum_fault(file: str, what: str, found: float, expected: float, than: str) -> Fault:
    """Return the fault of a sum that is not the total."""
    seen, due = (f"{number:.1f}".removesuffix(".0") for number in (found, expected))
    return Fault(file, "", what, seen, f"Le total attendu est {due} : {than}.", MEND_SUM)
