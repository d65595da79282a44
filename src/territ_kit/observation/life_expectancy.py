"""Life expectancy at each age, from the deaths and the population of one period (abridged life table).

It is not a forecast: it is the mean length of life of people who would live, at each age, with the death
rates of the period.

References
----------
Chiang C. L. (1984). The Life Table and Its Applications. Krieger, chapters 6 and 8.
Silcocks P. B. S., Jenner D. A., Reza R. (2001). Life expectancy as a summary of mortality in a population.
Journal of Epidemiology and Community Health 55, 38-43. doi:10.1136/jech.55.1.38 (variance of the last group)
Eayres D., Williams E. S. (2004). Evaluation of methodologies for small area life expectancy estimation.
Journal of Epidemiology and Community Health 58, 243-249. doi:10.1136/jech.2003.009654
Public Health England, PHEindicatormethods: refused under 5 000 inhabitants, and without death in the last
age group.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from territ_kit.errors import InputError
from territ_kit.french import fr
from territ_kit.observation.checks import (
    AGES,
    Numbers,
    check_confidence,
    check_counts,
    check_population,
    vectors,
)
from territ_kit.observation.intervals import normal_quantile

FEWEST_PEOPLE = 5_000
SHARE_LIVED_FIRST = 0.1  # of the first age group by those who die in it: most die in the first days
SHARE_LIVED = 0.5


def life_table(deaths: Numbers, population: Numbers, age_starts: Numbers) -> tuple[Numbers, Numbers]:
    """Return the life expectancy at each age and its standard error, in years, without any check.

    Working back from the last age group, those alive at an age live through the group, wholly or in part, and
    the survivors have the expectancy of the next age.

    Examples
    --------
    >>> deaths, population = np.array([50.0, 100.0]), np.array([5_000.0, 1_000.0])
    >>> years, error = life_table(deaths, population, np.array([0.0, 65.0]))
    >>> years.round(1), error.round(1)
    (array([46.9, 10. ]), array([3.1, 1. ]))
    """
    widths = np.diff(age_starts)
    rates = deaths / population
    lived = np.full(widths.size, SHARE_LIVED)
    lived[:1] = SHARE_LIVED_FIRST
    dying = np.minimum(widths * rates[:-1] / (1 + (1 - lived) * widths * rates[:-1]), 1.0)
    dying_variance = dying**2 * (1 - dying) / np.maximum(deaths[:-1], 1)  # no death: no variance
    years, variance = np.empty(rates.size), np.empty(rates.size)
    years[-1] = 1 / rates[-1]
    variance[-1] = 1 / (deaths[-1] * rates[-1] ** 2)
    for age in range(widths.size - 1, -1, -1):
        surviving = 1 - dying[age]
        years[age] = widths[age] * (surviving + lived[age] * dying[age]) + surviving * years[age + 1]
        lost = (1 - lived[age]) * widths[age] + years[age + 1]  # by one who dies in the group
        variance[age] = surviving**2 * variance[age + 1] + lost**2 * dying_variance[age]
    return years, np.sqrt(variance)


def life_expectancy(
    deaths: ArrayLike, population: ArrayLike, age_starts: ArrayLike, *, confidence: float = 0.95
) -> pd.DataFrame:
    """Return the life expectancy at the start of each age group and its interval.

    Parameters
    ----------
    deaths : array_like, shape (n_ages,)
        Whole number of deaths of each age group over the whole period, >= 0; at least 1 in the last group.
    population : array_like, shape (n_ages,)
        Person-years of each age group, > 0 and at least the deaths; 5 000 or more in all.
    age_starts : array_like, shape (n_ages,)
        First age of each group, years, increasing from 0 (0, 1, 5, 10 … 90). The last group is open.
    confidence : float
        In (0, 1).

    Returns
    -------
    DataFrame
        Indexed by `age_start`: `value`, `low`, `high`, in years still to live at that age.

    Raises
    ------
    InputError
        If a figure cannot be used, or if the population or the deaths are too few for the method.

    Notes
    -----
    Those who die in a group have lived half of it on average, and a tenth of the first one. This holds for a
    first group 0-1 and also 0-4, where most deaths are those of the first days of life: with the published
    case of the tests the two differ by 0.03 year. A group in which everyone would die (a high rate over a
    wide group) leaves no survivor; the ages above keep the expectancy of their own rates.

    The published guide withholds a value whose 95 % interval is wider than 20 years; here the interval is
    shown and says it.

    Examples
    --------
    >>> years = life_expectancy([50, 150, 900], [40_000, 30_000, 12_000], [0, 40, 65])
    >>> years.round(1).loc[0].tolist()
    [71.9, 70.6, 73.1]
    """
    check_confidence(confidence)
    counts, people, starts = vectors(
        "classe d’âge", deaths=deaths, population=population, age_starts=age_starts
    )
    _check_ages(starts)
    check_counts("deaths", counts, AGES)
    check_population("population", people, AGES)
    _check_enough(counts, people, starts)
    years, error = life_table(counts, people, starts)
    margin = normal_quantile(confidence) * error
    index = pd.Index(np.asarray(age_starts), name="age_start")
    return pd.DataFrame({"value": years, "low": years - margin, "high": years + margin}, index=index)


def _check_ages(starts: Numbers) -> None:
    if starts[0] != 0 or not (np.isfinite(starts).all() and (np.diff(starts) > 0).all()):
        raise InputError(
            "« age_starts » ne commence pas à 0 ou ne monte pas d’une classe à la suivante ; attendu : le "
            "premier âge de chaque classe, par exemple 0, 1, 5, 10. Triez les lignes par âge."
        )


def _check_enough(deaths: Numbers, population: Numbers, starts: Numbers) -> None:
    if population.sum() < FEWEST_PEOPLE:
        raise InputError(
            f"« population » compte {fr(population.sum())} personnes en tout ; attendu : "
            f"{fr(FEWEST_PEOPLE)} ou plus. Regroupez des communes ou des années."
        )
    if deaths[-1] == 0:
        raise InputError(
            f"« deaths » vaut 0 dans la dernière classe ({fr(starts[-1])} ans et plus) ; attendu : au moins "
            "un décès. Regroupez des années, ou arrêtez-vous à un âge plus jeune."
        )
    if (deaths > population).any():
        age = int(np.argmax(deaths > population))
        raise InputError(
            f"« deaths » ({fr(deaths[age])}) dépasse « population » ({fr(population[age])}) à "
            f"{fr(starts[age])} ans ; attendu : pas plus de décès que d’habitants. "
            "Vérifiez que les deux couvrent les mêmes années."
        )
