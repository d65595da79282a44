"""How much a supply counts by the minutes of the trip to it.

References
----------
Barlet M., Coldefy M., Collin C., Lucas-Gabrielli V. (2012). L'accessibilité potentielle localisée (APL).
DREES, Études et résultats 795 (steps of 2012).
Dai D. (2010). Black residential segregation, disparities in spatial access to health care facilities, and
late-stage breast cancer diagnosis in metropolitan Detroit. Health & Place 16, 1038-1052.
doi:10.1016/j.healthplace.2010.06.012
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from territ_kit.errors import InputError
from territ_kit.observation.checks import Numbers

Decay: TypeAlias = Mapping[float, float] | Sequence[tuple[float, float]] | Callable[[Numbers], ArrayLike]

DREES_2012: tuple[tuple[float, float], ...] = ((5, 1.0), (10, 0.3), (15, 0.1))
"""1 up to 5 minutes, 0.3 up to 10, 0.1 up to 15, then nothing: first version of the APL (2012)."""


def decay_weights(minutes: Numbers, decay: Decay) -> Numbers:
    """Return the weight of each trip.

    Parameters
    ----------
    minutes : array, shape (n_trips,)
        >= 0.
    decay
        As `floating_catchment` takes it.

    Raises
    ------
    InputError
        If the decay gives a weight that is negative, infinite or missing, or has no step.

    Examples
    --------
    >>> decay_weights(np.array([0, 5, 5.1, 15, 16]), DREES_2012).tolist()
    [1.0, 1.0, 0.3, 0.1, 0.0]
    """
    if callable(decay):
        weights = np.asarray(decay(minutes), dtype=float)
        if weights.shape != minutes.shape:
            raise InputError(
                f"« decay » rend {weights.size} poids pour {minutes.size} trajets ; attendu : un poids par "
                "trajet. Écrivez une fonction qui s’applique à un tableau."
            )
    else:
        steps = np.array(sorted(decay.items() if isinstance(decay, Mapping) else decay), dtype=float)
        if steps.ndim != 2 or steps.shape[1] != 2:
            raise InputError(
                "« decay » n’a pas de palier ; attendu : des couples (minutes, poids). "
                "Écrivez par exemple [(5, 1), (10, 0.3), (15, 0.1)]."
            )
        weights = np.append(steps[:, 1], 0.0)[np.searchsorted(steps[:, 0], minutes)]
    wrong = ~(np.isfinite(weights) & (weights >= 0))
    if wrong.any():
        raise InputError(
            f"« decay » donne le poids {weights[wrong][0]:g} à un trajet de {minutes[wrong][0]:g} minutes ; "
            "attendu : un nombre, 0 ou plus. Corrigez la décroissance."
        )
    return weights


def gaussian_decay(reach: float) -> Callable[[Numbers], Numbers]:
    """Return a decay that goes smoothly from 1 on the spot to 0 at `reach` minutes (Dai 2010).

    Parameters
    ----------
    reach : float
        Minutes from which nothing counts, > 0.

    Raises
    ------
    InputError
        If `reach` is not positive.

    Examples
    --------
    >>> gaussian_decay(20)(np.array([0.0, 10, 20, 30])).round(2).tolist()
    [1.0, 0.7, 0.0, 0.0]
    """
    if not reach > 0:
        raise InputError(
            f"« reach » vaut {reach} ; attendu : un nombre de minutes plus grand que 0. "
            "Écrivez par exemple 20."
        )
    edge = math.exp(-0.5)

    def decay(minutes: Numbers) -> Numbers:
        weights = (np.exp(-0.5 * (minutes / reach) ** 2) - edge) / (1 - edge)
        return np.where(minutes < reach, weights, 0.0)

    return decay
