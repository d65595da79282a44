"""Figures of the inhabitants drawn from the figures of the places where they live.

The mean of the communes is that of nobody: a hamlet counts there as much as a town.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from territ_kit.errors import InputError
from territ_kit.observation.checks import Numbers, check_population
from territ_kit.observation.columns import communes, read_columns


@dataclass(frozen=True, slots=True)
class PopulationFigure:
    """A figure of the inhabitants of several places, and the share of them that it speaks of.

    Attributes
    ----------
    value : float
    known_share : float
        Share of the inhabitants whose place has a value, in (0, 1].
    """

    value: float
    known_share: float


def population_mean(values: ArrayLike, population: ArrayLike) -> PopulationFigure:
    """Return the mean per inhabitant: each place weighs its inhabitants.

    Parameters
    ----------
    values : array_like, shape (n_places,)
        NaN where the figure is missing.
    population : array_like, shape (n_places,)
        Inhabitants, >= 0.

    Returns
    -------
    PopulationFigure
        In the unit of the values.

    Raises
    ------
    InputError
        If nobody lives where there is a value, or a population cannot be used.

    Examples
    --------
    >>> population_mean([3.0, 1.0, None], [900, 100, 250])
    PopulationFigure(value=2.8, known_share=0.8)
    """
    figures, people, known_share = _known(values, population)
    return PopulationFigure(float(figures @ people / people.sum()), known_share)


def share_below(values: ArrayLike, population: ArrayLike, threshold: float) -> PopulationFigure:
    """Return the share of the inhabitants who live where the value is below a threshold.

    Parameters
    ----------
    values : array_like, shape (n_places,)
        NaN where the figure is missing.
    population : array_like, shape (n_places,)
        Inhabitants, >= 0.
    threshold : float
        In the unit of the values; a place at the threshold is not below it.

    Returns
    -------
    PopulationFigure
        A share of the inhabitants of places with a value, in [0, 1].

    Raises
    ------
    InputError
        If nobody lives where there is a value, or a population cannot be used.

    Examples
    --------
    >>> share_below([3.1, 2.5, 1.9], [500, 300, 200], 2.5)
    PopulationFigure(value=0.2, known_share=1.0)
    """
    figures, people, known_share = _known(values, population)
    return PopulationFigure(float(people[figures < threshold].sum() / people.sum()), known_share)


def _known(values: ArrayLike, population: ArrayLike) -> tuple[Numbers, Numbers, float]:
    (figures, people), labels = read_columns(values=values, population=population)
    check_population("population", people, communes(labels), empty=True)
    known = ~np.isnan(figures)
    if not people[known].sum() > 0:
        raise InputError(
            "Aucun habitant ne vit là où il y a une valeur ; attendu : au moins un. "
            "Choisissez un indicateur mieux renseigné."
        )
    return figures[known], people[known], float(people[known].sum() / people.sum())
