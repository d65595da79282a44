"""The prioritisation of a dossier as the methods read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from territ_kit.course.printed_prioritisation import CRITERIA as USUAL
from territ_kit.course.printed_prioritisation import prepared_needs
from territ_kit.dossier import CANDIDATES, CRITERIA, NEEDS, Candidate, Criterion, Dossier, Need
from territ_kit.errors import InputError
from territ_kit.french import fr
from territ_kit.prioritisation.direct import common_order
from territ_kit.prioritisation.multicriteria import METHODS, rank
from territ_kit.territory import Territory

NOBODY = "Aucun besoin n’est encore à classer."


def names(items: Sequence[Candidate | Criterion]) -> dict[str, str]:
    """Return a name for each item by id, never twice the same."""
    found: dict[str, str] = {}
    for item in items:
        name = item.label.strip() or "Sans titre"
        number = sum(other == name or other.startswith(f"{name} (") for other in found.values())
        found[item.id] = f"{name} ({number + 1})" if number else name
    return found


@dataclass(frozen=True)
class Scores:
    """What the calculation reads, by names to show.

    A criterion without points is out, and so is a need that is not scored on every other.
    """

    dossier: Dossier

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """Those with points."""
        return tuple(one for one in CRITERIA.of(self.dossier) if one.weight > 0)

    @cached_property
    def names(self) -> dict[str, str]:
        """Every candidate, by id."""
        return names(CANDIDATES.of(self.dossier))

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """Those scored on every criterion."""
        wanted = {one.id for one in self.criteria}
        if not wanted:
            return ()
        return tuple(one for one in CANDIDATES.of(self.dossier) if wanted <= one.scores.keys())

    @property
    def waiting(self) -> list[str]:
        """Names of the needs that are not scored everywhere."""
        known = {one.id for one in self.candidates}
        return [name for key, name in self.names.items() if key not in known]

    @property
    def missing(self) -> str:
        """What must be done before anything can be calculated; "" when all is there."""
        if not self.names:
            return NOBODY
        if not CRITERIA.of(self.dossier):
            return "Aucun critère n’est encore choisi. Ouvrez « Noter et comparer », puis « Les critères »."
        if not self.criteria:
            return "Aucun critère n’a de points. Ouvrez « Noter et comparer », et répartissez 100 points."
        if not self.candidates:
            return (
                "Aucun besoin n’a encore toutes ses notes. Ouvrez « Noter et comparer », puis « Les notes »."
            )
        return ""

    @cached_property
    def table(self) -> pd.DataFrame:
        """The scores, needs by criteria."""
        return self._table({one.id: one.scores for one in self.candidates})

    @cached_property
    def doubt(self) -> pd.DataFrame:
        """How far each score may be from the truth."""
        return self._table({one.id: one.doubt for one in self.candidates}).fillna(0.0)

    @cached_property
    def weights(self) -> pd.Series[float]:
        """The points of each criterion."""
        labels = names(self.criteria)
        return pd.Series({labels[one.id]: one.weight for one in self.criteria}, dtype=float)

    @property
    def senses(self) -> list[str]:
        """Whether more is better, by criterion."""
        return [one.sense for one in self.criteria]

    def _table(self, given: dict[str, dict[str, float]]) -> pd.DataFrame:
        rows = [[given[one.id].get(key.id) for key in self.criteria] for one in self.candidates]
        index = [self.names[one.id] for one in self.candidates]
        return pd.DataFrame(rows, index=index, columns=list(self.weights.index), dtype=float)


def calculated(dossier: Dossier) -> dict[str, int]:
    """Return the rank of each need by id, the first one first, as the group's method gives it.

    Without any calculation, the orders given without scores decide, or else the list as it stands. A need
    that cannot be ranked comes last, without a rank.
    """
    scores, ids = Scores(dossier), [one.id for one in CANDIDATES.of(dossier)]
    part = dossier.prioritisation
    if not scores.missing:
        method = part.method if part.method in METHODS else "weighted_sum"
        table = rank(scores.table, scores.weights, scores.senses, method=method)["rank"]
        keys = {scores.names[one.id]: one.id for one in scores.candidates}
        return {keys[str(name)]: int(place) for name, place in table.items()}
    if ids and any(set(order) & set(ids) for order in part.plain):
        return {str(key): int(place) for key, place in common_order(part.plain, ids)["rank"].items()}
    return {}


def settled(dossier: Dossier) -> list[str]:
    """Return the ids in the order of the group: its own, then those it has not placed as calculated."""
    ids = [one.id for one in CANDIDATES.of(dossier)]
    return [
        key
        for key in dict.fromkeys([*dossier.prioritisation.order, *calculated(dossier), *ids])
        if key in ids
    ]


def waiting_needs(dossier: Dossier) -> list[Need]:
    """Return the needs of the diagnosis that go on and are not yet to be ranked."""
    return [
        need
        for need in NEEDS.of(dossier)
        if need.kept and need.title.strip() and CANDIDATES.find(dossier, need.id) is None
    ]


def take_needs(dossier: Dossier) -> Dossier:
    """Return the dossier with the needs of the diagnosis to rank, after those already there."""
    for need in waiting_needs(dossier):
        dossier = CANDIDATES.put(dossier, Candidate(id=need.id, label=need.title))
    return dossier


def take_cards(dossier: Dossier, territory: Territory) -> Dossier:
    """Return the dossier with the needs prepared for the session."""
    for need in prepared_needs(territory):
        dossier = CANDIDATES.put(
            dossier, Candidate(id=CANDIDATES.new_id(dossier, need.title), label=need.title)
        )
    return dossier


def take_criteria(dossier: Dossier) -> Dossier:
    """Return the dossier with four usual criteria of the same weight."""
    for label, question in USUAL:
        identifier = CRITERIA.new_id(dossier, label)
        weight = 100 / len(USUAL)
        dossier = CRITERIA.put(
            dossier, Criterion(id=identifier, label=label, explanation=question, weight=weight)
        )
    return dossier


def read_number(value: Any, low: float, high: float) -> float | None:
    """Return a number that a field gave, None when it is empty.

    Raises
    ------
    InputError
        It is not a number of this range.
    """
    if value is None or value == "":
        return None
    if not isinstance(value, int | float) or not low <= value <= high:
        raise InputError(
            f"« {value} » n’est pas compris. Écrivez un nombre de {fr(low)} à {fr(high)}, "
            f"par exemple {fr(high / 2)}."
        )
    return float(value)
