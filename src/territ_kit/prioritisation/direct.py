"""An order without scores: what several people, or tables, put first, and what they have in common.

It is the plain way, for residents: no criterion, no weight, no score. Nothing is averaged but places.

References
----------
Borda J.-C. de (1781). Mémoire sur les élections au scrutin. Histoire de l’Académie royale des sciences. (The
mean place orders the candidates as Borda's points do.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from territ_kit.errors import InputError
from territ_kit.french import count, fr, listing
from territ_kit.prioritisation.checks import shared_ranks


def common_order(orders: Any, candidates: Sequence[Any] | None = None) -> pd.DataFrame:
    """Return the candidates by their mean place in several orders.

    Parameters
    ----------
    orders : sequence of sequences of labels
        One a person or a table, the most important first.
    candidates : sequence of labels, optional
        Those to rank: what an order says of others is left out. By default all those named.

    Returns
    -------
    DataFrame, by candidate, the first one first
        `rank` (shared by ties), `mean_place`, `best`, `worst` (places from 1) and `firsts` (orders that put
        it first).

    Raises
    ------
    InputError
        If there is no order, one is not a list or names a candidate twice, or there is nothing to rank.

    Notes
    -----
    The candidates that an order does not name share its last places evenly: silence is not a refusal.

    Examples
    --------
    >>> orders = [["droits", "médecin"], ["médecin", "droits"], ["droits", "médecin"]]
    >>> common_order(orders)[["rank", "firsts"]]
             rank  firsts
    droits      1       2
    médecin     2       1
    """
    if orders is None or any(np.ndim(order) == 0 and not isinstance(order, str) for order in orders):
        raise InputError(
            "Les classements ne sont pas des listes ; attendu : une liste de noms par personne ou par table. "
            "Pour un seul classement, écrivez-le entre deux crochets."
        )
    named = list(dict.fromkeys(label for order in orders for label in order))
    kept = list(named if candidates is None else candidates)
    if not len(orders) or not kept:
        raise InputError(
            "Aucun classement n’est encore donné ; attendu : celui d’une personne ou d’une table, au moins. "
            "Classez les besoins, puis gardez cet ordre."
        )
    places = np.array([_places(order, kept) for order in orders])
    table = pd.DataFrame(
        {
            "rank": shared_ranks(-places.mean(axis=0)),
            "mean_place": places.mean(axis=0),
            "best": places.min(axis=0),
            "worst": places.max(axis=0),
            "firsts": (places == 1).sum(axis=0),
        },
        index=pd.Index(kept),
    )
    return table.sort_values("rank", kind="stable")


def common_sentence(table: pd.DataFrame, orders: int) -> str:
    """Return what `orders` orders have in common, in French, from the table of `common_order`.

    Examples
    --------
    >>> orders = [["droits", "médecin"]] * 3
    >>> common_sentence(common_order(orders), 3)
    'Les 3 classements mettent « droits » en premier.'
    """
    leaders = table.index[table["rank"] == 1].tolist()
    names = listing([f"« {name} »" for name in leaders])
    if orders == 1:
        return f"Un seul classement : il met {names} en premier. Recueillez-en d’autres."
    if len(leaders) > 1:
        return f"{names} arrivent à égalité. Parlez-en avant de choisir."
    firsts = int(table["firsts"].iloc[0])
    if firsts == orders:
        return f"Les {fr(orders)} classements mettent {names} en premier."
    others = table.index[table["firsts"] > 0].drop(leaders)
    said = (
        f"{names} arrive le plus haut au total : premier dans {count(firsts, 'classement')} sur {fr(orders)}."
    )
    return (
        f"{said} D’autres mettent d’abord {listing([f'« {name} »' for name in others])}."
        if len(others)
        else said
    )


@dataclass(frozen=True, slots=True)
class Pairs:
    """How two orders put the needs that both name, two by two.

    Attributes
    ----------
    same, total : int
        Pairs in the same order, and pairs compared.
    reversed : tuple of pairs of labels
        Those in the other order, as the first order puts them, the highest first.
    """

    same: int
    total: int
    reversed: tuple[tuple[Any, Any], ...]


def same_pairs(first: Sequence[Any], second: Sequence[Any]) -> Pairs:
    """Return how many pairs two orders put in the same order; two random orders share half of them.

    Parameters
    ----------
    first, second : sequences of labels
        Each label once, the most important first.

    Returns
    -------
    Pairs

    Notes
    -----
    Kendall's tau is 2 × same ÷ total − 1.

    Examples
    --------
    >>> same_pairs("ABCD", "BACD")
    Pairs(same=5, total=6, reversed=(('A', 'B'),))
    """
    place = {label: number for number, label in enumerate(second)}
    known = [label for label in first if label in place]
    pairs = list(combinations(known, 2))
    other_way = tuple((one, two) for one, two in pairs if place[one] > place[two])
    return Pairs(len(pairs) - len(other_way), len(pairs), other_way)


def _places(order: Sequence[Any], kept: list[Any]) -> list[float]:
    """Return the place of each candidate in an order."""
    known = [label for label in order if label in kept]
    if len(set(known)) < len(known):
        twice = next(label for label in known if known.count(label) > 1)
        raise InputError(
            f"Un classement nomme deux fois « {twice} » ; attendu : chaque besoin une fois. "
            "Retirez l’un des deux."
        )
    last = (len(known) + 1 + len(kept)) / 2
    return [known.index(label) + 1.0 if label in known else last for label in kept]
