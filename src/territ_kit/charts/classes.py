"""Classes of a map: breaks that share out the areas and that a person can remember."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from territ_kit.french import decimals_for, fr


def class_breaks(values: Sequence[float], classes: int = 5) -> list[float]:
    """Return the breaks between classes: quantiles, rounded as much as no class becoming empty allows.

    Parameters
    ----------
    values : sequence of float
        NaN are ignored.
    classes : int
        Most classes wanted; there are fewer when values are few or tied.

    Returns
    -------
    list of float
        Increasing; a value equal to a break belongs to the class above it. Empty when all values are equal.

    Examples
    --------
    >>> class_breaks([1.2, 2.9, 3.3, 3.4, 3.8, 4.1, 4.4, 5.2, 6.1, 9.7])
    [3.0, 3.5, 4.0, 5.5]
    """
    numbers = np.array([value for value in values if math.isfinite(value)])
    distinct = np.unique(numbers)
    for wanted in range(min(classes, len(distinct)), 1, -1):
        # Where many areas share a value, no quantile may separate them: the distinct values then do.
        for shared_out in (numbers, distinct):
            exact = np.quantile(shared_out, np.arange(1, wanted) / wanted)
            for step in _steps(float(np.ptp(numbers))):
                breaks = [round(float(line), 10) for line in np.round(exact / step) * step]
                filled = np.bincount(classify(numbers, breaks), minlength=wanted)
                if len(set(breaks)) == len(breaks) and filled.min() > 0 and _balanced(filled):
                    return breaks
    return []


def breaks_through(values: Sequence[float], line: float, classes: int = 5) -> list[float]:
    """Return the breaks between classes, one of which is a given line when values lie on both sides.

    Examples
    --------
    >>> breaks_through([1.2, 1.9, 2.1, 2.6, 3.0, 3.4, 4.1, 4.4], 2.5, 4)
    [2.0, 2.5, 4.0]
    """
    numbers = [value for value in values if math.isfinite(value)]
    below, above = [one for one in numbers if one < line], [one for one in numbers if one >= line]
    if not below or not above:
        return class_breaks(numbers, classes)
    under = min(max(round(classes * len(below) / len(numbers)), 1), classes - 1)
    return [*class_breaks(below, under), line, *class_breaks(above, classes - under)]


def classify(values: Sequence[float] | NDArray[np.float64], breaks: Sequence[float]) -> NDArray[np.intp]:
    """Return the class of each value, from 0."""
    return np.searchsorted(np.asarray(breaks), np.asarray(values), side="right")


def _balanced(filled: NDArray[np.intp]) -> bool:
    """Tell whether no class takes more than half of the areas (rounding too far would do that)."""
    return len(filled) < 4 or bool(filled.max() <= max(filled.sum() / 2, 2))


def _steps(span: float) -> Iterator[float]:
    """Yield rounding steps from the coarsest that could serve: 5, 2 and 1 times a power of ten."""
    power = math.floor(math.log10(span))
    for exponent in range(power, power - 10, -1):
        for digit in (5, 2, 1):
            yield digit * 10.0**exponent


def class_names(breaks: Sequence[float]) -> list[str]:
    """Return the classes in French, from the lowest; none without breaks.

    Examples
    --------
    >>> class_names([10, 20])
    ['moins de 10', 'de 10 à moins de 20', '20 ou plus']
    """
    lines = [fr(line, decimals_for(breaks)) for line in breaks]
    between = [f"de {low} à moins de {high}" for low, high in pairwise(lines)]
    return [f"moins de {lines[0]}", *between, f"{lines[-1]} ou plus"] if lines else []


def classes_in_words(values: pd.Series[float], breaks: Sequence[float], nouns: Callable[[int], str]) -> str:
    """Return in French how many areas each class holds (`nouns` writes a number of areas)."""
    if not breaks:
        return ""
    names = class_names(breaks)
    filled = np.bincount(classify(values.tolist(), breaks), minlength=len(names))
    said = [f"{name}, {nouns(int(number))}" for name, number in zip(names, filled, strict=True)]
    return f"Classes : {' ; '.join(said)}."
