"""Who can reach care: the two-step floating catchment area, the method behind the French APL.

First each supply is shared among the inhabitants within its reach; then each place adds up its shares of all
the supplies within reach. A doctor shared by many is thus worth less than one shared by few.

References
----------
Luo W., Wang F. (2003). Measures of spatial accessibility to health care in a GIS environment. Environment and
Planning B 30, 865-884. doi:10.1068/b29120
Barlet M., Coldefy M., Collin C., Lucas-Gabrielli V. (2012). L'accessibilité potentielle localisée (APL).
DREES, Études et résultats 795.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import sparse

from territ_kit.errors import InputError
from territ_kit.observation.checks import Numbers, check_not_negative, check_population, vector
from territ_kit.observation.decay import DREES_2012, Decay, decay_weights, gaussian_decay

__all__ = ["DREES_2012", "Catchment", "catchment", "floating_catchment", "gaussian_decay"]


@dataclass(frozen=True, slots=True)
class Catchment:
    """The two steps of a floating catchment.

    Attributes
    ----------
    access : array or Series, shape (n_places,)
        Supply per inhabitant of each place.
    ratios : array, shape (n_supplies,)
        First step: supply per inhabitant within reach; NaN when nobody is.
    demand : array, shape (n_supplies,)
        Inhabitants within reach of each supply, each counted by the decay.
    weights : csr_array, shape (n_places, n_supplies)
        Decay of each trip; `weights * ratios` says what each supply brings to each place.
    unreached_supply : float
        Supply that is within nobody's reach: it counts nowhere.
    """

    access: NDArray[np.float64] | pd.Series[float]
    ratios: Numbers
    demand: Numbers
    weights: Any
    unreached_supply: float


def floating_catchment(
    minutes: Any, population: ArrayLike, supply: ArrayLike, decay: Decay
) -> NDArray[np.float64] | pd.Series[float]:
    """Return the supply per inhabitant of each place, by the two-step floating catchment area.

    Parameters
    ----------
    minutes : array, DataFrame or scipy.sparse, shape (n_places, n_supplies)
        Minutes from each place to each supply, >= 0; NaN or infinite: out of reach. Of a sparse matrix only
        the stored cells are trips: store the zeros of who is on the spot.
    population : array_like, shape (n_places,)
        Inhabitants (or standardised inhabitants, by their needs), >= 0.
    supply : array_like, shape (n_supplies,)
        Quantity of each supply, >= 0: full-time equivalents, or consultations a year.
    decay : sequence or mapping of (limit, weight), or callable
        Steps: the weight of a trip is that of the first limit not exceeded (limits included), and 0 beyond
        the last. Or a function of an array of minutes that returns weights >= 0.

    Returns
    -------
    array or Series, shape (n_places,)
        In units of supply per inhabitant, >= 0; a Series when `minutes` is a DataFrame or `population` a
        Series.

    Raises
    ------
    InputError
        If the shapes do not match or a figure is negative or missing.

    Notes
    -----
    - Population x access sums to the supply, less what is within nobody's reach (`catchment` says how much).
    - Supply and inhabitants beyond the edge of the territory are not seen: places near the edge read too low,
      or too high. Give the surroundings as well.
    - It says what is near, not what is open to a person: cost, delays and refusals of new patients are not in
      it.

    Examples
    --------
    Three villages, 4 doctors in the first and 1 in the second; per 100 000 inhabitants:

    >>> minutes = [[0, 8, 14], [8, 0, 6], [14, 6, 0]]
    >>> access = floating_catchment(minutes, [5_000, 2_000, 1_000], [4, 1, 0], DREES_2012)
    >>> (access * 100_000).round(1).tolist()
    [78.1, 47.4, 14.9]
    """
    return catchment(minutes, population, supply, decay).access


def catchment(minutes: Any, population: ArrayLike, supply: ArrayLike, decay: Decay) -> Catchment:
    """Return both steps of a floating catchment: what a screen needs to explain the access of a place.

    Parameters
    ----------
    minutes, population, supply, decay
        As `floating_catchment` takes them.

    Returns
    -------
    Catchment

    Raises
    ------
    InputError
        If the shapes do not match or a figure is negative or missing.

    Examples
    --------
    >>> found = catchment([[0, 40], [10, 50]], [600, 400], [1, 2], DREES_2012)
    >>> found.demand.tolist(), found.unreached_supply
    ([720.0, 0.0], 2.0)
    """
    trips = _trips(minutes)
    people, offered = vector("population", population, each="lieu"), vector("supply", supply, each="offre")
    if trips.shape != (people.size, offered.size):
        raise InputError(
            f"« minutes » a {trips.shape[0]} lignes et {trips.shape[1]} colonnes pour {people.size} "
            f"populations et {offered.size} offres ; attendu : une ligne par lieu, une colonne par offre. "
            "Alignez les trois."
        )
    check_population("population", people, ("lieu", None), empty=True)
    check_not_negative("supply", offered, ("offre", None))
    _same_labels(minutes, population, supply)
    weights = sparse.csr_array((decay_weights(trips.data, decay), trips.indices, trips.indptr), trips.shape)
    demand = weights.T @ people
    reached = demand > 0
    ratios = np.divide(offered, demand, out=np.full(offered.size, np.nan), where=reached)
    access = weights @ np.where(reached, ratios, 0)
    labelled = next((one for one in (minutes, population) if isinstance(one, pd.DataFrame | pd.Series)), None)
    return Catchment(
        access if labelled is None else pd.Series(access, index=labelled.index),
        ratios,
        demand,
        weights,
        float(offered[~reached].sum()),
    )


def _trips(minutes: Any) -> Any:
    """Return the trips that can be made as a csr_array whose stored cells are minutes, zeros included."""
    if sparse.issparse(minutes):
        given = sparse.coo_array(minutes)
        durations, rows, columns = np.asarray(given.data, dtype=float), given.row, given.col
        shape = given.shape
    else:
        full = _dense(minutes)
        rows, columns = np.indices(full.shape).reshape(2, -1)
        durations, shape = full.ravel(), full.shape
    if (durations < 0).any():
        raise InputError(
            f"« minutes » contient {durations[durations < 0][0]:g} ; attendu : une durée, 0 ou plus. "
            "Laissez vide un trajet impossible."
        )
    possible = np.isfinite(durations)
    return sparse.csr_array((durations[possible], (rows[possible], columns[possible])), shape=shape)


def _dense(minutes: Any) -> Numbers:
    try:
        full = np.asarray(minutes, dtype=float)
    except (TypeError, ValueError):
        full = np.empty(0)
    if full.ndim != 2:
        raise InputError(
            "« minutes » n’est pas un tableau de nombres ; attendu : une ligne par lieu, une colonne par "
            "offre. Donnez un tableau à deux dimensions, et laissez vide un trajet impossible."
        )
    return full


def _same_labels(minutes: Any, population: ArrayLike, supply: ArrayLike) -> None:
    """Refuse columns whose labels are not those of the table of minutes."""
    if not isinstance(minutes, pd.DataFrame):
        return
    for name, column, labels, side in (
        ("population", population, minutes.index, "lignes"),
        ("supply", supply, minutes.columns, "colonnes"),
    ):
        if isinstance(column, pd.Series) and not column.index.equals(labels):
            raise InputError(
                f"« {name} » ne suit pas les {side} de « minutes » ; attendu : les mêmes codes dans le même "
                f"ordre. Écrivez {name}.reindex(minutes.{'index' if side == 'lignes' else 'columns'})."
            )
