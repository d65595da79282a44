"""Who weighs on whom, and who wants the same thing: the MACTOR method.

References
----------
Godet M. (1991). Actors' moves and strategies: the MACTOR method. Futures 23, 605-622.
doi:10.1016/0016-3287(91)90082-D
The formulas are written in several ways; the convention kept here is said in `mactor` and on screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from territ_kit.consultation.alliances import Alliances, alliances
from territ_kit.consultation.checks import Grid, Numbers, check_between, grid, ranks_from
from territ_kit.errors import InputError

__all__ = ["CONVENTION", "PLACES", "STRONG", "Alliances", "Influence", "alliances", "mactor"]

CONVENTION = (
    "Un acteur ne pèse pas sur lui-même : la diagonale ne compte ni dans l’influence, ni dans la dépendance. "
    "D’autres auteurs écrivent la formule autrement ; l’ordre peut changer un peu."
)
"""What a screen says of the convention."""

STRONG = 3
"""A direct influence that counts as strong: on the missions of the other, or on its existence."""

PLACES = {
    "dominant": "pèse sur les autres, et peu d’acteurs pèsent sur lui",
    "relais": "pèse sur les autres, qui pèsent aussi sur lui",
    "dominé": "pèse peu, et beaucoup d’acteurs pèsent sur lui",
    "autonome": "pèse peu, et peu d’acteurs pèsent sur lui",
}
"""The four places of the plane, and what each means."""


@dataclass(frozen=True, slots=True)
class Influence:
    """Direct and indirect influences between actors.

    Attributes
    ----------
    direct : DataFrame
        As given: influence of the row's actor on the column's, 0 to 4.
    total : DataFrame
        MIDI: direct, plus what passes through one other actor. Its diagonal is what an actor gets back from
        those on whom it weighs.
    actors : DataFrame
        By actor, in the given order: `influence` and `dependence` (sums of its row and column of `total`
        without the diagonal), `ratio` (r), `power` (Q*: 1 is the mean, 2 twice the mean), `rank` (by power,
        1 = strongest, ties share it) and `place` (key of `PLACES`, cut at the two means).
    """

    direct: pd.DataFrame
    total: pd.DataFrame
    actors: pd.DataFrame


def mactor(direct: Any) -> Influence:
    """Return who weighs on whom, directly or through another actor.

    Parameters
    ----------
    direct : DataFrame or array_like, shape (n_actors, n_actors)
        Influence of the row's actor on the column's: 0 none, 1 on its ways of working, 2 on its projects,
        3 on its missions, 4 on its existence. Whole numbers, 0 on the diagonal, rows and columns in the same
        order. `Territory.influences` will do.

    Returns
    -------
    Influence

    Raises
    ------
    InputError
        If the table is not square, a cell is out of 0 to 4 or missing, an actor weighs on itself, or nobody
        weighs on anybody.

    Notes
    -----
    ``MIDI_ij = MID_ij + Σ_k min(MID_ik, MID_kj)``; ``I_i = Σ_{j≠i} MIDI_ij``; ``D_i = Σ_{j≠i} MIDI_ji``;
    ``r_i = (I_i − MIDI_ii) / ΣI · I_i / (I_i + D_i)``; ``Q*_i = r_i / mean(r)``. Published formulas differ on
    the diagonal; this is the kit's convention, to be verified. An actor linked to nobody has r = 0. Figures
    sum opinions on a scale of five: an order of size, to be discussed with the actors themselves.

    Examples
    --------
    The first weighs on the second, who weighs on the third:

    >>> links = mactor([[0, 3, 0], [0, 0, 2], [0, 0, 0]])
    >>> links.total.to_numpy().tolist()
    [[0, 3, 2], [0, 0, 2], [0, 0, 0]]
    >>> links.actors["power"].round(2).tolist()
    [2.59, 0.41, 0.0]
    """
    given = grid("direct", direct, row="acteur", column="acteur influencé")
    _check_square(given)
    check_between(given, 0, 4, whole=True)
    given.refuse(
        np.eye(len(given.rows), dtype=bool) & (given.numbers != 0),
        "0 : un acteur ne pèse pas sur lui-même",
        "Mettez 0 sur la diagonale.",
    )
    if not given.numbers.any():
        raise InputError(
            "Personne ne pèse sur personne : toutes les cases valent 0 ; attendu : au moins une influence. "
            "Demandez qui peut faire changer les projets d’un autre."
        )
    mid = given.numbers.astype(int)
    through = np.minimum(mid[:, :, None], mid[None, :, :]).sum(axis=1)
    midi = mid + through
    back = np.diag(midi)
    influence, dependence = midi.sum(axis=1) - back, midi.sum(axis=0) - back
    both = influence + dependence
    share = np.divide(influence, both, out=np.zeros(len(both)), where=both > 0)
    ratio = (influence - back) / influence.sum() * share
    power = ratio / ratio.mean() if ratio.any() else np.ones(len(ratio))
    table = pd.DataFrame(
        {
            "influence": influence,
            "dependence": dependence,
            "ratio": ratio,
            "power": power,
            "rank": ranks_from(power.round(9)),
            "place": _places(influence, dependence),
        },
        index=given.rows.rename("actor"),
    )
    direct, total = (pd.DataFrame(links, index=given.rows, columns=given.rows) for links in (mid, midi))
    return Influence(direct, total, table)


def _places(influence: Numbers, dependence: Numbers) -> list[str]:
    words = {
        (True, False): "dominant",
        (True, True): "relais",
        (False, True): "dominé",
        (False, False): "autonome",
    }
    strong, held = influence >= influence.mean(), dependence >= dependence.mean()
    return [words[bool(up), bool(down)] for up, down in zip(strong, held, strict=True)]


def _check_square(given: Grid) -> None:
    rows, columns = given.numbers.shape
    if rows != columns:
        raise InputError(
            f"Le tableau des influences a {rows} lignes et {columns} colonnes ; "
            "attendu : les mêmes acteurs en lignes et en colonnes. Complétez le tableau."
        )
    if not given.rows.equals(given.columns):
        raise InputError(
            "Les lignes et les colonnes ne portent pas les mêmes acteurs dans le même ordre ; "
            "attendu : le même ordre. Alignez les colonnes, par exemple avec direct[direct.index]."
        )
    if rows < 2:
        raise InputError("Il n’y a qu’un acteur ; attendu : au moins deux. Ajoutez un acteur à la carte.")
