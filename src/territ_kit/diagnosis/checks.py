"""What every table of the diagnosis must hold, refused in French otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from territ_kit.errors import InputError
from territ_kit.french import listing


def check_columns(name: str, table: pd.DataFrame, columns: Iterable[str]) -> None:
    """Refuse what is no table, and a table that lacks a column."""
    if not isinstance(table, pd.DataFrame):
        raise InputError(
            f"« {name} » n’est pas un tableau ; attendu : "
            f"{listing([f'« {column} »' for column in columns])} en colonnes. "
            "Écrivez-le dans un DataFrame."
        )
    lost = [f"« {column} »" for column in columns if column not in table.columns]
    if lost:
        raise InputError(
            f"Le tableau « {name} » n’a pas {'la colonne' if len(lost) == 1 else 'les colonnes'} "
            f"{listing(lost)} ; attendu : {listing([f'« {column} »' for column in columns])}. "
            "Ajoutez ce qui manque, ou renommez vos colonnes."
        )


def check_codes(name: str, values: pd.Series, known: Mapping[str, str]) -> None:
    """Refuse a code that is not known; `known` gives each code its French words."""
    wrong = [(place, value) for place, value in enumerate(values, 1) if value not in list(known)]
    if wrong:
        place, value = wrong[0]
        said = ", ".join(f"« {code} » ({words})" for code, words in known.items())
        raise InputError(
            f"« {name} » vaut « {value} » (ligne {place}) ; attendu : {said}. Choisissez l’un de ces codes."
        )


def read_numbers(table: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Return the table with these columns as numbers, NaN where nothing is written; refuse text."""
    read = {}
    for column in columns:
        read[column] = pd.to_numeric(table[column], errors="coerce").astype(float)
        wrong = read[column].isna() & table[column].notna()
        if wrong.any():
            raise InputError(
                f"« {column} » vaut « {table.loc[wrong, column].iloc[0]} » (ligne "
                f"{int(wrong.to_numpy().argmax()) + 1}) ; attendu : un nombre, ou rien. Corrigez la case."
            )
    return table.assign(**read)


def check_unique(name: str, table: pd.DataFrame, columns: list[str]) -> None:
    """Refuse two rows with the same key."""
    twice = table[table.duplicated(columns)]
    if not twice.empty:
        key = ", ".join(f"« {value} »" for value in twice.iloc[0][columns])
        raise InputError(
            f"Le tableau « {name} » contient deux fois {key} ; attendu : une seule ligne pour chacun. "
            "Supprimez ou réunissez les lignes en double."
        )
