"""Who wants the same thing: convergences, divergences, and the camps around each objective.

The second half of the MACTOR method (Godet 1991; see `influence`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from territ_kit.consultation.checks import check_between, grid
from territ_kit.errors import InputError


@dataclass(frozen=True, slots=True)
class Alliances:
    """Who stands with whom.

    Attributes
    ----------
    convergence, divergence : DataFrame
        Actors by actors: number of objectives that both want or both refuse, and that one wants and the other
        refuses. 0 on the diagonal.
    objectives : DataFrame
        By objective: `allies`, `opponents`, `undecided` (tuples of actors, the strongest stance first;
        undecided are those at 0 or unknown), `support` and `opposition` (sums of the stances, the second as a
        positive number), `balance` (support − opposition), `split` (share of the weaker camp in both, 0 when
        all agree to 0.5 when both are equal; 0 when nobody takes a side).
    weighted : bool
        Whether the stances were multiplied by the power of the actors.
    """

    convergence: pd.DataFrame
    divergence: pd.DataFrame
    objectives: pd.DataFrame
    weighted: bool


def alliances(stances: Any, *, power: Any = None) -> Alliances:
    """Return the convergences, the divergences and the camps of each objective.

    Parameters
    ----------
    stances : DataFrame or array_like, shape (n_actors, n_objectives)
        From −3 (strongly against) to 3 (strongly for); NaN: not known. `Territory.positions` will do.
    power : array_like, Series or mapping by actor, shape (n_actors,), optional
        Weight of each actor, >= 0 (`mactor(…).actors["power"]`): an objective can have many friends without
        power. A Series or a mapping is aligned on the actors.

    Returns
    -------
    Alliances

    Raises
    ------
    InputError
        If there are fewer than two actors, a stance is out of −3 to 3, a weight is missing or negative,
        or the weights bear other names than the actors.

    Notes
    -----
    Convergence counts objectives and not their strength (matrix 1CAA): two actors can want the same thing for
    opposite reasons. A stance is what others believe of an actor, until the actor has been asked.

    Examples
    --------
    >>> camps = alliances(pd.DataFrame({"msp": [3, 1, -2]}, index=["maire", "cpts", "asv"]))
    >>> print(*camps.objectives.loc["msp", ["allies", "opponents", "balance"]])
    ('maire', 'cpts') ('asv',) 2.0
    >>> int(camps.divergence.loc["maire", "asv"])
    1
    """
    given = grid("stances", stances, row="acteur", column="objectif")
    if len(given.rows) < 2:
        raise InputError("Il n’y a qu’un acteur ; attendu : au moins deux. Ajoutez un acteur à la carte.")
    check_between(given, -3, 3, missing=True)
    known = np.nan_to_num(given.numbers)
    wanted, refused = (known > 0).astype(int), (known < 0).astype(int)
    same = wanted @ wanted.T + refused @ refused.T
    np.fill_diagonal(same, 0)
    opposite = wanted @ refused.T + refused @ wanted.T
    weights = np.ones(len(given.rows)) if power is None else _weights(power, given.rows)
    lines = [_camps(known[:, place], weights, given.rows) for place in range(known.shape[1])]
    return Alliances(
        convergence=pd.DataFrame(same, index=given.rows, columns=given.rows),
        divergence=pd.DataFrame(opposite, index=given.rows, columns=given.rows),
        objectives=pd.DataFrame(lines, index=given.columns.rename("objective")),
        weighted=power is not None,
    )


def _camps(stances: Any, weights: Any, actors: pd.Index[Any]) -> dict[str, Any]:
    strongest = np.argsort(-np.abs(stances) * weights, kind="stable")
    weighted = stances * weights
    support, opposition = (float(np.abs(weighted[side]).sum()) for side in (weighted > 0, weighted < 0))
    both = support + opposition
    return {
        "allies": tuple(actors[place] for place in strongest if stances[place] > 0),
        "opponents": tuple(actors[place] for place in strongest if stances[place] < 0),
        "undecided": tuple(actors[place] for place in range(len(actors)) if stances[place] == 0),
        "support": support,
        "opposition": opposition,
        "balance": support - opposition,
        "split": min(support, opposition) / both if both else 0.0,
    }


def _weights(power: Any, actors: pd.Index[Any]) -> Any:
    if isinstance(power, pd.Series | Mapping):
        named = pd.Series(power)
        if named.index.has_duplicates or not set(actors) <= set(named.index):
            raise InputError(
                "« power » ne porte pas les mêmes acteurs que le tableau des positions ; "
                "attendu : un nombre par acteur. Reprenez les noms du tableau."
            )
        power = named.loc[actors]
    weights = grid("power", np.reshape(np.asarray(power), (1, -1)), row="ligne", column="acteur")
    if weights.numbers.size != len(actors):
        raise InputError(
            f"« power » a {weights.numbers.size} nombres pour {len(actors)} acteurs ; "
            "attendu : un nombre par acteur. Alignez-le sur le tableau des positions."
        )
    check_between(weights, 0, np.inf)
    return weights.numbers[0]
