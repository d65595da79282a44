"""Hanlon's basic priority rating in its published variants; and, re-exported, its filter PEARL.

References
----------
Pickett G., Hanlon J. J. (1990). Public Health: Administration and Practice, 9th ed. Times Mirror/Mosby.
NACCHO. Guide to prioritization techniques (the exact formula of the guide remains to be verified).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from territ_kit.errors import InputError
from territ_kit.french import listing
from territ_kit.prioritisation.checks import by_label, plain
from territ_kit.prioritisation.pearl import PEARL, passes, to_rework

__all__ = ["PEARL", "UNVERIFIED", "VARIANTS", "Variant", "break_even", "priority_rating", "to_rework"]

Numbers: TypeAlias = NDArray[np.float64]
Range: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Variant:
    """A published variant of the rating.

    Attributes
    ----------
    label, formula, source : str
        In French.
    status : str
        « à vérifier » when the formula was not read in the source itself, else "".
    weight : float
        Of the seriousness in (A + weight × B) × C ÷ divisor.
    divisor : float
    size, seriousness, effectiveness : tuple of float
        Lowest and highest of A, B and C.
    """

    label: str
    formula: str
    source: str
    status: str
    weight: float
    divisor: float
    size: Range
    seriousness: Range
    effectiveness: Range


VARIANTS = {
    "uic": Variant(
        "Hanlon et Pickett",
        "(A + B) × C ÷ 3",
        "Hanlon et Pickett, université de l’Illinois à Chicago",
        "", 1, 3, (0, 10), (0, 20), (0, 10),
    ),
    "naccho": Variant(
        "La gravité compte double",
        "(A + 2 × B) × C",
        "guide de l’association américaine des services de santé locaux (NACCHO)",
        "à vérifier", 2, 1, (0, 10), (0, 10), (0, 10),
    ),
    "fr": Variant(
        "Variante francophone",
        "(A + B) × C, avec C de 0,5 à 1,5",
        "cours francophone de planification en santé",
        "", 1, 1, (0, 10), (0, 10), (0.5, 1.5),
    ),
}  # fmt: skip
"""By id, named after their source."""

UNVERIFIED = {
    "ops": "La variante « ops » ajoute l’inéquité et le positionnement, mais son équation exacte n’est pas "
    "vérifiée. Attendu : une variante vérifiable. Prenez « uic », « naccho » ou « fr »."
}
"""Variants that are known by name only, and why they are refused."""


_NAMES = {"size": "ampleur (A)", "seriousness": "gravité (B)", "effectiveness": "savoir agir (C)"}


def priority_rating(
    size: ArrayLike,
    seriousness: ArrayLike,
    effectiveness: ArrayLike,
    pearl: Any = None,
    *,
    variant: str = "uic",
) -> Numbers:
    """Return the priority rating of each need.

    Parameters
    ----------
    size, seriousness, effectiveness : array_like or Series by need, shape (n,)
        A, B and C of the variant, on its own scales (see `VARIANTS`). Series are matched by their names, in
        the order of the first one.
    pearl : array_like of 0/1 or bool, shape (n, 5) or (n,), optional
        Answers to the five questions in the order of `PEARL`, or their product D. A DataFrame with the five
        letters as columns may have them in any order. Without it, D is 1.
    variant : {"uic", "naccho", "fr"}
        « hanlon_uic » and so on will do.

    Returns
    -------
    array, shape (n,)
        0 where one answer is 0: the answer must be reworked (see `to_rework`), the need is not dropped.

    Raises
    ------
    InputError
        If a figure is missing or out of its scale, PEARL is not 0 or 1, the lengths or the names differ, or
        the variant is unknown or not verified.

    Notes
    -----
    Ratings of two variants are on two scales: compare ranks, never the numbers. « uic » takes B to 20, as
    its first publication did; with B to 10 as the others, it ends at 66.7. Give all the needs the same scale.

    Examples
    --------
    >>> a, b, c = [6, 8, 9], [8, 5, 7], [7, 5, 4]
    >>> priority_rating(a, b, c).round(1).tolist()
    [32.7, 21.7, 21.3]
    >>> priority_rating(a, b, c, variant="naccho").tolist()
    [154.0, 90.0, 92.0]
    """
    chosen = _variant(variant)
    columns = {"size": size, "seriousness": seriousness, "effectiveness": effectiveness}
    needs = next((one.index for one in columns.values() if isinstance(one, pd.Series)), None)
    if needs is not None:
        columns = {name: by_label(_NAMES[name], one, needs) for name, one in columns.items()}
        pearl = by_label("filtre", pearl, needs)
    given = {name: _column(name, values, getattr(chosen, name)) for name, values in columns.items()}
    lengths = {len(values) for values in given.values()}
    if len(lengths) > 1:
        said = listing([f"{_NAMES[name]} : {len(values)}" for name, values in given.items()])
        raise InputError(
            f"Les notes n’ont pas le même nombre de besoins ({said}) ; attendu : autant pour chacune. "
            "Complétez la plus courte."
        )
    filtered = passes(pearl, lengths.pop())
    rating = (given["size"] + chosen.weight * given["seriousness"]) * given["effectiveness"] / chosen.divisor
    return rating * filtered


def break_even(first: tuple[float, float, float], second: tuple[float, float, float]) -> float | None:
    """Return the weight of the seriousness at which two needs are equal: k in (A + k × B) × C.

    Parameters
    ----------
    first, second : tuple of three float
        A, B and C of each need, >= 0.

    Returns
    -------
    float or None
        At least 0; None when no weight makes them equal, or when all do.

    Raises
    ------
    InputError
        If a need does not have three figures from 0.

    Examples
    --------
    The order of (8, 5, 5) and (9, 7, 4) turns at 4/3:

    >>> round(break_even((8, 5, 5), (9, 7, 4)), 3)
    1.333
    """
    sizes, slopes = [], []
    for need in (first, second):
        try:
            figures = np.asarray(need, dtype=float)
        except (TypeError, ValueError):
            figures = np.empty(0)
        if figures.shape != (3,) or not (np.isfinite(figures) & (figures >= 0)).all():
            raise InputError(
                f"Le besoin est noté {need} ; attendu : trois nombres à partir de 0, l’ampleur, la gravité "
                "et le savoir agir. Complétez les notes."
            )
        a, b, c = figures.tolist()
        sizes.append(a * c)
        slopes.append(b * c)
    if slopes[0] == slopes[1]:
        return None
    weight = (sizes[0] - sizes[1]) / (slopes[1] - slopes[0])
    return weight + 0.0 if weight >= 0 else None


def _variant(name: str) -> Variant:
    identifier = str(name).lower().removeprefix("hanlon_")
    if identifier in UNVERIFIED:
        raise InputError(UNVERIFIED[identifier])
    if identifier not in VARIANTS:
        raise InputError(
            f"La variante « {name} » n’est pas connue ; attendu : {listing(list(VARIANTS))}. "
            "Choisissez-en une."
        )
    return VARIANTS[identifier]


def _column(name: str, values: ArrayLike, scale: Range) -> Numbers:
    try:
        numbers = np.atleast_1d(np.asarray(values, dtype=float))
    except (TypeError, ValueError):
        numbers = np.empty((0, 0))
    if numbers.ndim != 1:
        raise InputError(
            f"« {_NAMES[name]} » n’est pas une liste de nombres ; attendu : un nombre par besoin. "
            "Vérifiez la colonne."
        )
    low, high = scale
    wrong = ~((numbers >= low) & (numbers <= high))
    if wrong.any():
        place = int(np.flatnonzero(wrong)[0])
        said = "n’est pas rempli" if np.isnan(numbers[place]) else f"vaut {plain(numbers[place])}"
        raise InputError(
            f"« {_NAMES[name]} » {said} (besoin {place + 1}) ; attendu : "
            f"un nombre de {plain(low)} à {plain(high)}. Corrigez ou complétez la note."
        )
    return numbers
