"""What the methods of the prioritisation refuse, and how they say it; what they all read first."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from numbers import Integral, Real
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from territ_kit.errors import InputError
from territ_kit.french import listing

Numbers: TypeAlias = NDArray[np.float64]
TOP = 10.0
"""The best score; a criterion where less is better is read from there down."""

_SIGNS: dict[Any, int] = {"max": 1, "min": -1, "benefit": 1, "cost": -1, 1: 1, -1: -1}


def plain(number: float) -> str:
    """Return a number as it was given, with a French comma.

    Examples
    --------
    >>> plain(0.5), plain(7.0)
    ('0,5', '7')
    """
    return f"{number:.12g}".replace(".", ",")


def score_table(
    scores: Any, *, low: float = -np.inf, high: float = np.inf, name: str = "notes"
) -> pd.DataFrame:
    """Return scores as a table of numbers, candidates by criteria.

    Raises
    ------
    InputError
        If it is not such a table, a label comes twice, or a score is missing or out of [low, high].
    """
    table = scores if isinstance(scores, pd.DataFrame) else pd.DataFrame(_two_dimensions(scores, name))
    for labels, what in ((table.index, "candidat"), (table.columns, "critère")):
        if labels.has_duplicates:
            raise InputError(
                f"« {name} » porte deux fois le nom « {labels[labels.duplicated()][0]} » ; attendu : un nom "
                f"par {what}. Renommez ou retirez l’un des deux."
            )
    try:
        table = table.astype(float)
    except (TypeError, ValueError):
        raise InputError(
            f"« {name} » contient autre chose que des nombres ; attendu : des nombres. "
            "Vérifiez que le tableau ne contient ni texte ni espace."
        ) from None
    if not table.size:
        raise InputError(
            f"« {name} » est vide ; attendu : un candidat et un critère au moins. Complétez le tableau."
        )
    numbers = table.to_numpy()
    wrong = ~np.isfinite(numbers) | (numbers < low) | (numbers > high)
    if wrong.any():
        row, column = (int(place) for place in np.argwhere(wrong)[0])
        value = numbers[row, column]
        where = [
            labels[place] if isinstance(scores, pd.DataFrame) else place + 1
            for labels, place in ((table.index, row), (table.columns, column))
        ]
        said = "n’est pas rempli" if np.isnan(value) else f"vaut {plain(value)}"
        wanted = f"un nombre de {plain(low)} à {plain(high)}" if np.isfinite(high) else "un nombre"
        raise InputError(
            f"« {name} » {said} (candidat « {where[0]} », critère « {where[1]} ») ; attendu : {wanted}. "
            "Corrigez ou complétez la case."
        )
    return table


def points(weights: Any, criteria: pd.Index[Any]) -> Numbers:
    """Return the weights in points that add up to 100, in the order of the criteria.

    Raises
    ------
    InputError
        If there is not one weight a criterion, they name other criteria, one is missing or negative, or all
        are zero.
    """
    named = by_label("poids", weights, criteria)
    try:
        given = np.asarray(named, dtype=float)
    except (TypeError, ValueError):
        raise InputError(
            "Les poids contiennent autre chose que des nombres ; attendu : un nombre par critère. "
            "Corrigez les poids."
        ) from None
    if given.shape != (len(criteria),):
        raise InputError(
            f"Les poids ont la forme {given.shape} ; attendu : un poids pour chacun des {len(criteria)} "
            "critères. Complétez les poids."
        )
    wrong = ~(np.isfinite(given) & (given >= 0))
    if wrong.any():
        place = int(np.flatnonzero(wrong)[0])
        said = "n’est pas rempli" if np.isnan(given[place]) else f"vaut {plain(given[place])}"
        name = criteria[place] if isinstance(criteria[place], str) else place + 1
        raise InputError(
            f"Le poids du critère « {name} » {said} ; attendu : un nombre à partir de 0. Corrigez ce poids."
        )
    if not given.any():
        raise InputError(
            "Tous les poids sont à zéro ; attendu : un critère au moins avec des points. "
            "Répartissez 100 points entre les critères."
        )
    given = np.ldexp(given, -np.frexp(given.max())[1])  # exact, and huge weights add up without overflow
    return np.asarray(100 * given / given.sum())


def by_label(name: str, values: Any, labels: pd.Index[Any]) -> Any:
    """Return what has names in the order of the labels, and what has none as it is.

    Raises
    ------
    InputError
        If a Series or a mapping names other things: to read it by place would be a silent mistake.

    Examples
    --------
    >>> by_label("poids", {"gravité": 30, "ampleur": 70}, pd.Index(["ampleur", "gravité"])).tolist()
    [70, 30]
    """
    if isinstance(values, Mapping):
        values = pd.Series(dict(values))
    if not isinstance(values, pd.Series | pd.DataFrame) or values.index.equals(pd.RangeIndex(len(values))):
        return values
    if values.index.has_duplicates or set(values.index) != set(labels):
        raise InputError(
            f"« {name} » porte les noms {_quoted(values.index)} ; attendu : {_quoted(labels)}. "
            "Reprenez ces noms, ou donnez une liste dans leur ordre."
        )
    return values.loc[labels]


def _quoted(labels: pd.Index[Any]) -> str:
    return listing([f"« {label} »" for label in labels])


def signs(senses: Any, criteria: pd.Index[Any]) -> NDArray[np.int64]:
    """Return 1 where more is better and −1 where less is, by criterion; all 1 when not given.

    Raises
    ------
    InputError
        If there is not one sense a criterion, they name other criteria, or one is unknown.
    """
    if senses is None:
        return np.ones(len(criteria), dtype=np.int64)
    named = by_label("sens", senses, criteria)
    given = [named] if isinstance(named, str) or np.ndim(named) == 0 else list(named)
    given = [sense.lower() if isinstance(sense, str) else sense for sense in given]
    if len(given) != len(criteria):
        raise InputError(
            f"Il y a {len(given)} sens pour {len(criteria)} critères ; attendu : un sens par critère. "
            "Complétez la liste."
        )
    for sense in given:
        if not isinstance(sense, Hashable) or sense not in _SIGNS:
            raise InputError(
                f"Le sens « {sense} » n’est pas connu ; attendu : « max » quand plus vaut mieux, « min » "
                "quand moins vaut mieux. Corrigez le sens du critère."
            )
    return np.array([_SIGNS[sense] for sense in given])


def gains(table: pd.DataFrame, sense: NDArray[np.int64]) -> Numbers:
    """Return the scores as gains: those of a criterion where less is better are read from 10 down."""
    numbers = table.to_numpy()
    return np.where(sense == 1, numbers, TOP - numbers)


def shared_ranks(totals: Numbers) -> NDArray[np.int64]:
    """Return whole ranks from 1, the highest first; equal totals share theirs (1, 1, 3).

    Examples
    --------
    >>> shared_ranks(np.array([6.9, 0.3 * 23, 7.4])).tolist()
    [2, 2, 1]
    """
    rounded = np.round(totals, 9)  # 0.1 + 0.2 and 0.3 are one score
    return np.asarray((rounded[None, :] > rounded[:, None]).sum(axis=1) + 1)


def is_number(value: Any, *, whole: bool = False) -> bool:
    """Return whether a value is a finite number: no text, no list, nothing missing."""
    return isinstance(value, Integral if whole else Real) and bool(np.isfinite(float(value)))


def one_score_for_equals(scores: pd.Series[float]) -> pd.Series[float]:
    """Return a criterion brought to [-1, 1] by a power of two, its equal scores made exactly equal.

    For the methods that read gaps: 0.3 and 0.1 + 0.2 are one score, and else a gap of a billionth of a
    billionth may win a duel or be all the regret.

    Examples
    --------
    >>> one_score_for_equals(pd.Series([0.3, 0.1 + 0.2, 0.5])).tolist()
    [0.3, 0.3, 0.5]
    """
    exact = np.ldexp(scores, -np.frexp(scores.abs().max())[1])
    _, first, place = np.unique(exact.round(12), return_index=True, return_inverse=True)
    return pd.Series(exact.to_numpy()[first][place], index=scores.index)


def _two_dimensions(scores: Any, name: str) -> Any:
    try:
        numbers = np.asarray(scores)
    except ValueError:  # rows of different lengths
        numbers = np.empty(0)
    if numbers.ndim != 2:
        raise InputError(
            f"« {name} » n’est pas un tableau ; attendu : une ligne par candidat, une colonne par critère. "
            "Complétez le tableau."
        )
    return numbers
