"""Read the CSV tables of a case, and name every faulty cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd

from territ_kit.errors import Fault


@dataclass(frozen=True, slots=True)
class Column:
    """What the cells of one column may hold; `unique` columns together make the key of the table."""

    kind: Literal["text", "number", "whole", "flag"] = "text"
    empty: bool = False
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    unique: bool = False


TEXT, KEY, MAYBE = Column(), Column(unique=True), Column(empty=True)
PEOPLE, COUNT = Column("whole", low=1), Column("whole", low=0)
SHARE, PLACE = Column("number", low=0, high=1), Column("number", low=-180, high=180)
AGE = Column("whole", low=0, high=120, unique=True)
LEVEL = Column(choices=("epci", "group", "commune", "qpv"), unique=True)
AGE_LEVEL = Column(choices=("epci", "commune", "qpv", "departement"), unique=True)
NOTHING = ("", "secret", "not_available", "not_applicable")

TABLES: dict[str, dict[str, Column]] = {
    "communes": {"code": KEY, "name": TEXT, "population": PEOPLE, "zone": TEXT, "group": TEXT}
    | {"density": TEXT, "lon": PLACE, "lat": PLACE, "standardised_population": PEOPLE},
    "groups": {"id": KEY, "name": TEXT},
    "qpv": {"code": KEY, "name": TEXT, "commune": TEXT, "population": PEOPLE, "asv": Column("flag")}
    | {"lon": PLACE, "lat": PLACE},
    "zones": {"id": KEY, "name": TEXT, "kind": TEXT, "population": PEOPLE},
    "indicators": {"indicator": KEY, "level": LEVEL, "area": KEY}
    | {"numerator": Column("whole", low=0, empty=True), "denominator": Column("number", low=0, empty=True)}
    | {
        "value": Column("number", empty=True),
        "missing": Column(choices=NOTHING, empty=True),
        "reason": MAYBE,
    },
    "references": {
        "indicator": KEY,
        "level": Column(choices=("departement", "region", "france"), unique=True),
        "label": TEXT,
        "value": Column("number"),
    },
    "ages": {"level": AGE_LEVEL, "area": KEY, "age_start": AGE, "population": COUNT} | {"women": COUNT},
    "deaths": {"level": AGE_LEVEL, "area": KEY, "age_start": AGE, "deaths": COUNT, "years": PEOPLE},
    "facilities": {"id": KEY, "kind": TEXT, "name": TEXT, "commune": TEXT, "qpv": MAYBE}
    | {"quantity": Column("number", low=0), "unit": TEXT, "opening": MAYBE},
    "strata": {"zone": KEY, "quintile": Column("whole", low=1, high=5, unique=True), "theme": KEY}
    | {"population": COUNT, "need_share": SHARE, "covered_share": SHARE},
    "travel_minutes": {"origin": KEY, "destination": KEY, "minutes": COUNT},
}
FLAGS = {"True": True, "true": True, "oui": True, "False": False, "false": False, "non": False}


def read_table(path: Path, columns: Mapping[str, Column]) -> tuple[pd.DataFrame | None, list[Fault]]:
    """Return a table with typed columns, or None when it is too broken, and its faults.

    Numbers with empty cells are floats with NaN; other whole numbers are integers.
    """
    try:
        raw = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except FileNotFoundError:
        return None, [
            Fault(path.name, "", "", "", "Ce fichier est attendu.", "Ajoutez-le au dossier du cas.")
        ]
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        line = re.search(r"in line (\d+)", str(error))
        return None, [_no_table(path.name, f"ligne {line[1]}" if line else "")]
    if not isinstance(raw.index, pd.RangeIndex):  # every row has one cell too many
        return None, [_no_table(path.name, "")]
    lost = [name for name in columns if name not in raw.columns]
    if lost:
        rule, remedy = "Cette colonne est attendue.", "Ajoutez-la à la première ligne du fichier."
        return None, [Fault(path.name, "ligne 1", name, "", rule, remedy) for name in lost]
    faults: list[Fault] = []
    table = pd.DataFrame(index=raw.index)
    for name, column in columns.items():
        table[name], found = _read_column(path.name, raw[name], column)
        faults += found
    key = [name for name, column in columns.items() if column.unique]
    for row in raw.index[raw.duplicated(key)]:
        value = ", ".join(raw.loc[row, key])
        rule = "Chaque ligne est unique." if len(key) == 1 else "Chaque combinaison n’apparaît qu’une fois."
        faults.append(Fault(path.name, _line(row), ", ".join(key), value, rule, "Supprimez le doublon."))
    return table, faults


def _no_table(file: str, row: str) -> Fault:
    rule = "Le fichier est un tableau CSV en UTF-8, aux colonnes séparées par des virgules."
    remedy = "Enregistrez-le sous ce format. Les nombres s’écrivent avec un point, comme 12.5."
    return Fault(file, row, "", "", rule, remedy)


def _line(row: object) -> str:
    return f"ligne {int(str(row)) + 2}"


def _read_column(file: str, cells: pd.Series[str], column: Column) -> tuple[pd.Series, list[Fault]]:
    cells = cells.str.strip()
    faults = [
        Fault(file, _line(row), str(cells.name), cells.loc[row], rule, remedy)
        for where, rule, remedy in _refusals(cells, column)
        for row in cells.index[where]
    ]
    if column.kind == "flag":
        return cells.map(FLAGS).fillna(value=False).astype(bool), faults
    if column.kind == "text":
        return cells, faults
    numbers = pd.to_numeric(cells, errors="coerce")
    whole = column.kind == "whole" and not numbers.isna().any()
    return (numbers.astype("int64") if whole else numbers.astype("float64")), faults


def _refusals(cells: pd.Series[str], column: Column) -> Iterator[tuple[pd.Series[bool], str, str]]:
    """Yield, for each rule broken, the cells that break it, the rule and the remedy."""
    filled = cells != ""
    if not column.empty:
        yield ~filled, "Cette case ne peut pas être vide.", "Complétez-la."
    if column.choices:
        known = "Valeurs possibles : " + ", ".join(choice for choice in column.choices if choice) + "."
        yield filled & ~cells.isin(column.choices), known, "Choisissez l’une d’elles."
    if column.kind == "flag":
        yield filled & ~cells.isin(FLAGS), "La case contient true ou false.", "Écrivez true ou false."
    if column.kind in ("number", "whole"):
        numbers = pd.to_numeric(cells, errors="coerce")
        example = "12.5" if column.kind == "number" else "12"
        remedy = f"Écrivez un nombre, par exemple {example}, avec un point et sans espace."
        yield filled & numbers.isna(), "Un nombre est attendu.", remedy
        if column.kind == "whole":
            yield (
                numbers.notna() & (numbers % 1 != 0),
                "Un nombre entier est attendu.",
                "Arrondissez à l’unité.",
            )
        if column.low is not None:
            yield numbers < column.low, f"Le minimum est {column.low:g}.", "Corrigez le nombre."
        if column.high is not None:
            yield numbers > column.high, f"Le maximum est {column.high:g}.", "Corrigez le nombre."
