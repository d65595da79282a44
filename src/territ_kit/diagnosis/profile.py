"""What really differs: measures beside their references, the clearest unfavourable gaps first."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from territ_kit.diagnosis.checks import check_codes, check_columns, read_numbers
from territ_kit.errors import InputError
from territ_kit.french import fr

DIRECTIONS = {
    "higher_is_worse": "plus c’est haut, moins c’est favorable",
    "higher_is_better": "plus c’est haut, plus c’est favorable",
    "neutral": "ni l’un ni l’autre",
}
WORSE, APART, BETTER, BARE, UNSURE, UNREAD = "worse", "apart", "better", "bare", "unsure", "unread"
READINGS = {
    WORSE: "écart net, défavorable",
    APART: "écart net",
    BETTER: "écart net, favorable",
    BARE: "écart à confirmer",
    UNSURE: "on ne peut pas conclure",
    UNREAD: "sans comparaison",
}
"""French words of each reading, in the order of the ranking."""

_MEANS = {
    WORSE: "L’écart est net et défavorable.",
    APART: "L’écart est net ; il n’est ni bon ni mauvais en soi.",
    BETTER: "L’écart est net et favorable.",
    BARE: "La source ne donne pas de marge d’incertitude : l’écart reste à confirmer.",
    UNSURE: "On ne peut pas conclure : l’écart peut venir du hasard.",
}


def what_differs(measures: pd.DataFrame) -> pd.DataFrame:
    """Return measures ranked by how surely, then how far, they differ from their reference.

    Parameters
    ----------
    measures : DataFrame
        One row a measure in one area. `label`, `area` (French names); `value`, `low`, `high` (the same unit;
        NaN limits for a figure published without interval, NaN value for none); `reference` (> 0, NaN when
        there is none); `direction` ("higher_is_worse", "higher_is_better", "neutral").

    Returns
    -------
    DataFrame
        The same rows, ranked, with `index`, `index_low`, `index_high` (100 = the reference), `reading`
        ("worse", "apart", "better": the whole interval is beyond the reference; "bare": no interval;
        "unsure": the interval holds the reference; "unread": no value or no reference), `words` (French),
        `rank` (from 1) and `sentence` (French).

    Raises
    ------
    InputError
        If a column is absent or holds text, a direction is unknown, or an interval does not hold its value.

    Notes
    -----
    The order is that of `READINGS`; inside it, the sure part of the gap comes first: the ratio between the
    reference and the nearest limit of the interval, half as much weighing as twice as much; then the order of
    the rows. A relative gap has no meaning of its own: life expectancies always differ by little, so compare
    measures of one kind. Many comparisons at once raise a few by chance (one in twenty at 95 %).

    Examples
    --------
    >>> measures = pd.DataFrame({
    ...     "label": ["Sans médecin traitant", "Pauvreté"], "area": "Les Corvelles", "value": [32.0, 16.0],
    ...     "low": [30.0, 13.0], "high": [34.0, 19.0], "reference": [9.1, 15.7],
    ...     "direction": "higher_is_worse",
    ... })
    >>> what_differs(measures)[["index", "words"]].round().to_numpy().tolist()
    [[352.0, 'écart net, défavorable'], [102.0, 'on ne peut pas conclure']]
    """
    check_columns("measures", measures, ["label", "area", "value", "low", "high", "reference", "direction"])
    check_codes("direction", measures["direction"], DIRECTIONS)
    figures = ["value", "low", "high", "reference"]
    measures = read_numbers(measures, figures)
    value, low, high, reference = (measures[column].to_numpy() for column in figures)
    _check_intervals(measures, value, low, high)
    usable = np.isfinite(value) & (reference > 0)
    landmark = np.where(usable, reference, np.nan)
    bare = np.isnan(low) | np.isnan(high)
    above, below = low > reference, high < reference
    higher_is_worse = measures["direction"].eq("higher_is_worse").to_numpy()
    neutral = measures["direction"].eq("neutral").to_numpy()
    reading = np.select(
        [~usable, bare, ~(above | below), neutral, above == higher_is_worse],
        [UNREAD, BARE, UNSURE, APART, WORSE],
        BETTER,
    )
    found = measures.assign(
        **{
            name: 100 * numbers / landmark
            for name, numbers in (("index", value), ("index_low", low), ("index_high", high))
        }
    )
    found["reading"] = reading
    found["words"] = found["reading"].map(READINGS)
    nearest = np.where(above, low, np.where(below, high, value))
    with np.errstate(divide="ignore", invalid="ignore"):
        sure = np.abs(np.log(nearest / landmark))
    place = found["reading"].map(list(READINGS).index).to_numpy()
    order = np.lexsort((np.arange(len(found)), -np.nan_to_num(sure, posinf=np.inf), place))
    found["sentence"] = [_explain(row) for row in found.to_dict("records")]
    found = found.iloc[order]
    found["rank"] = np.arange(1, len(found) + 1)
    return found


def _check_intervals(
    measures: pd.DataFrame, value: np.ndarray[Any, Any], low: np.ndarray[Any, Any], high: np.ndarray[Any, Any]
) -> None:
    wrong = (low > value) | (value > high) | (low > high)
    if wrong.any():
        row = measures.iloc[int(np.argmax(wrong))]
        raise InputError(
            f"L’intervalle de « {row['label']} » ({row['area']}) va de {fr(row['low'])} à {fr(row['high'])} "
            f"et la valeur est {fr(row['value'])} ; attendu : une valeur entre les deux limites. "
            "Vérifiez l’ordre des colonnes."
        )


def _explain(row: dict[Any, Any]) -> str:
    """Return what one measure allows to say, in French."""
    name = f"{row['area']}, {row['label']}"
    if row["reading"] == UNREAD:
        lost = "pas de chiffre publié" if np.isnan(row["value"]) else "pas de valeur de référence"
        return f"{name} : {lost}, donc pas de comparaison."
    margin = ""
    if row["reading"] != BARE:
        margin = f" (marge d’incertitude : de {fr(row['index_low'], 0)} à {fr(row['index_high'], 0)})"
    return (
        f"{name} : indice {fr(row['index'], 0)}{margin}, pour une référence à 100. {_MEANS[row['reading']]}"
    )
