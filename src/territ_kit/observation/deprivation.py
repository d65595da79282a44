"""Social deprivation of communes: FDep, drawn from the data, and the French EDI, with published weights.

Both are ecological: they describe places, never persons. Most deprived persons do not live in the most
deprived communes, and a deprived commune houses persons who are not.

References
----------
Rey G., Jougla E., Fouillet A., Hémon D. (2009). Ecological association between a deprivation index and
mortality in France over the period 1997-2001. BMC Public Health 9:33. doi:10.1186/1471-2458-9-33
Pornet C. et al. (2012). Construction of an adaptable European transnational ecological deprivation index: the
French version. Journal of Epidemiology and Community Health 66, 982-989, table 5.
doi:10.1136/jech-2011-200311
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from territ_kit.errors import InputError
from territ_kit.french import count, listing
from territ_kit.observation.checks import Numbers, check_population
from territ_kit.observation.columns import communes, read_columns

FDEP_SIGNS: Mapping[str, int] = {"income": -1, "graduates": -1, "workers": 1, "unemployment": 1}
"""Sense in which each variable of the FDep goes with deprivation."""

EDI_WEIGHTS: Mapping[str, float] = {
    "overcrowding": 0.11,
    "no_heating": 0.34,
    "not_owner": 0.55,
    "unemployment": 0.47,
    "foreign_nationality": 0.23,
    "no_car": 0.52,
    "unskilled_or_farm_worker": 0.37,
    "large_household": 0.45,
    "low_education": 0.19,
    "single_parent": 0.41,
}
"""Weight of each standardised variable of the French EDI: Pornet et al. (2012), table 5."""

FEWEST_COMMUNES = 5


@dataclass(frozen=True, slots=True)
class Fdep:
    """The FDep of a set of communes.

    Attributes
    ----------
    index : array or Series, shape (n_communes,)
        Higher is more deprived; NaN where a variable is missing. Mean 0 and variance 4 x `explained`, each
        commune with its weight.
    loadings : dict
        Variable -> its coefficient; their squares sum to 1. Negative for income and graduates, as a rule: any
        other sign says that the set does not follow the usual structure.
    explained : float
        Share of the variance of the four variables that the index keeps, in [0.25, 1].
    contributions : DataFrame, shape (n_communes, 4)
        What each variable adds to the index of each commune; each row sums to the index.
    """

    index: NDArray[np.float64] | pd.Series[float]
    loadings: dict[str, float]
    explained: float
    contributions: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Edi:
    """The French EDI of a set of communes.

    Attributes
    ----------
    index : array or Series, shape (n_communes,)
        Higher is more deprived; mean 0; NaN where a variable is missing.
    contributions : DataFrame, shape (n_communes, 10)
        What each variable adds to the index of each commune; each row sums to the index.
    """

    index: NDArray[np.float64] | pd.Series[float]
    contributions: pd.DataFrame


def fdep(
    income: ArrayLike,
    graduates: ArrayLike,
    workers: ArrayLike,
    unemployment: ArrayLike,
    population: ArrayLike | None = None,
) -> Fdep:
    """Return the FDep: the first principal component of four standardised variables, oriented by deprivation.

    Parameters
    ----------
    income : array_like, shape (n_communes,)
        Median income of the households (per consumption unit in recent sources).
    graduates : array_like, shape (n_communes,)
        Share of those aged 15 and over who hold the baccalauréat.
    workers : array_like, shape (n_communes,)
        Share of blue-collar workers in the labour force.
    unemployment : array_like, shape (n_communes,)
        Share of the labour force that is unemployed.
    population : array_like, shape (n_communes,), optional
        Inhabitants, >= 0: each commune then weighs its inhabitants in the means, the standard deviations and
        the component. Without it, a hamlet weighs as much as a town.

    Returns
    -------
    Fdep
        `index` is a Series when a variable is one.

    Raises
    ------
    InputError
        If fewer than 5 communes have all the variables, or if one of these is constant.

    Notes
    -----
    - Units do not matter: each variable is standardised (population formula, division by n).
    - The index compares the communes given with each other, at their date. It is not that of another
      territory or year, nor the national FDep read at these communes.
    - A commune with a missing figure has no index and takes no part.

    Examples
    --------
    >>> found = fdep([24, 22, 20, 18, 16], [40, 36, 30, 27, 20], [15, 20, 24, 33, 35], [6, 9, 10, 13, 17])
    >>> found.index.round(2).tolist()
    [-2.73, -1.36, -0.18, 1.38, 2.9]
    >>> round(found.explained, 2), {name: round(loading, 2) for name, loading in found.loadings.items()}
    (0.98, {'income': -0.5, 'graduates': -0.5, 'workers': 0.5, 'unemployment': 0.5})
    """
    columns = {"income": income, "graduates": graduates, "workers": workers, "unemployment": unemployment}
    scores, weights = _standardised(columns, population)
    complete = scores.notna().all(axis=1).to_numpy()
    loadings, explained = first_component(scores.to_numpy()[complete], weights[complete])
    if loadings @ list(FDEP_SIGNS.values()) < 0:
        loadings = -loadings
    contributions = scores * loadings
    index = contributions.sum(axis=1, skipna=False)
    return Fdep(
        _as_given(index, *columns.values(), population),
        dict(zip(columns, loadings.tolist(), strict=True)),
        explained,
        contributions,
    )


def edi(variables: pd.DataFrame | Mapping[str, ArrayLike], population: ArrayLike | None = None) -> Edi:
    """Return the French European deprivation index: ten standardised variables with published weights.

    Parameters
    ----------
    variables : DataFrame or mapping of array_like, shape (n_communes,)
        The ten shares named in `EDI_WEIGHTS`; other columns are ignored.
    population : array_like, shape (n_communes,), optional
        Inhabitants, >= 0: weights of the means and standard deviations that standardise the shares.

    Returns
    -------
    Edi
        `index` is a Series when the variables are a DataFrame or Series.

    Raises
    ------
    InputError
        If a variable is absent or constant, or if fewer than 5 communes have all of them.

    Notes
    -----
    - The ten variables are those of table 5: overcrowded housing; no central or electric heating; not owner;
      unemployed; foreign nationality; no access to a car; unskilled or farm worker; household of more than
      six; low level of education; single-parent household.
    - The weights come from a 2006 survey of persons in France (EU-SILC, 19 253 of them). The published
      national index standardises over the whole country: here, over the communes given.
    - A commune with a missing figure has no index and takes no part.

    Examples
    --------
    >>> shares = {name: [10, 12, 14, 16, 18] for name in EDI_WEIGHTS}
    >>> edi(shares).index.round(2).tolist()
    [-5.15, -2.57, 0.0, 2.57, 5.15]
    """
    absent = [name for name in EDI_WEIGHTS if name not in variables]
    if absent:
        raise InputError(
            f"Il manque à l’EDI {listing([f'« {name} »' for name in absent])} ; attendu : les dix variables. "
            "Renommez les colonnes, ou prenez l’indice FDep, qui en demande quatre."
        )
    columns = {name: variables[name] for name in EDI_WEIGHTS}
    scores, _ = _standardised(columns, population)
    contributions = scores * list(EDI_WEIGHTS.values())
    index = contributions.sum(axis=1, skipna=False)
    return Edi(_as_given(index, *columns.values(), population), contributions)


def first_component(scores: Numbers, weights: Numbers) -> tuple[Numbers, float]:
    """Return the coefficients of the first principal component and its share of variance, without any check.

    Parameters
    ----------
    scores : array, shape (n_areas, n_variables)
        Standardised with the same weights.
    weights : array, shape (n_areas,)
        Sum > 0.
    """
    correlations = (scores * (weights / weights.sum())[:, None]).T @ scores
    variances, directions = np.linalg.eigh(correlations)
    return directions[:, -1], float(variances[-1] / variances.sum())


def _standardised(
    columns: Mapping[str, ArrayLike], population: ArrayLike | None
) -> tuple[pd.DataFrame, Numbers]:
    """Return the standardised variables, a row of NaN where one is missing, and the communes' weights."""
    given = dict(columns) | ({} if population is None else {"population": population})
    arrays, labels = read_columns(**given)
    figures = np.column_stack(arrays[: len(columns)])
    weights = np.ones(len(figures)) if population is None else arrays[-1]
    check_population("population", weights, communes(labels), missing=True, empty=True)
    complete = np.isfinite(figures).all(axis=1) & np.isfinite(weights)
    counted = int((complete & (weights > 0)).sum())
    if counted < FEWEST_COMMUNES:
        raise InputError(
            f"{count(counted, 'commune')} avec toutes les variables ; attendu : {FEWEST_COMMUNES} ou plus. "
            "Complétez les variables ou agrandissez le territoire."
        )
    shares = weights[complete] / weights[complete].sum()
    centred = figures[complete] - shares @ figures[complete]
    deviations = np.sqrt(shares @ centred**2)
    constant = deviations <= 1e-12 * np.abs(figures[complete]).max(axis=0)
    if constant.any():
        raise InputError(
            f"« {list(columns)[int(constant.argmax())]} » est la même dans toutes les communes ; attendu : "
            "une variable qui les distingue. Vérifiez la colonne, ou agrandissez le territoire."
        )
    scores = np.full(figures.shape, np.nan)
    scores[complete] = centred / deviations
    return pd.DataFrame(scores, index=labels, columns=list(columns)), weights


def _as_given(index: pd.Series[float], *given: object) -> NDArray[np.float64] | pd.Series[float]:
    return index if any(isinstance(one, pd.Series) for one in given) else np.asarray(index, dtype=float)
