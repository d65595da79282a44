"""A list of the dossier, and what is done to it: the same gestures for needs, actors or actions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

import pandas as pd
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from territ_kit.dossier.part import Part
from territ_kit.errors import DossierError

if TYPE_CHECKING:
    from territ_kit.dossier.dossier import Dossier

LONGEST_TEXT = 2000
LONGEST_ID = 80

Words = Annotated[str, Field(max_length=LONGEST_TEXT)]
Identifier = Annotated[str, Field(min_length=1, max_length=LONGEST_ID)]


class Item(Part):
    """One thing of a list of the dossier.

    Attributes
    ----------
    id : str
        Stable: other parts of the dossier name it.
    """

    id: Identifier


I = TypeVar("I", bound=Item)  # noqa: E741 # an item


def _each_once(items: tuple[Any, ...]) -> tuple[Any, ...]:
    if len({item.id for item in items}) < len(items):
        raise PydanticCustomError("listed_twice", "an item is listed twice")
    return items


Listed = Annotated[tuple[I, ...], AfterValidator(_each_once)]
"""Items in the order that the person gave them, each once."""


@dataclass(frozen=True, slots=True)
class Shelf(Generic[I]):
    """Where a list stands in the dossier: the field of a step, and the field of that step's part.

    Examples
    --------
    >>> from territ_kit.dossier import NEEDS, Dossier, Need
    >>> dossier = Dossier(territory="port-ancelle", territory_name="Port-Ancelle")
    >>> dossier = NEEDS.put(dossier, Need(id="guichet", title="Un guichet fermé le soir"))
    >>> [need.title for need in NEEDS.of(dossier)]
    ['Un guichet fermé le soir']
    """

    step: str
    field: str
    item: type[I]

    def of(self, dossier: Dossier) -> tuple[I, ...]:
        """Return the items, in their order."""
        items: tuple[I, ...] = getattr(getattr(dossier, self.step), self.field)
        return items

    def find(self, dossier: Dossier, identifier: str) -> I | None:
        """Return an item, or None when it is not there."""
        return next((item for item in self.of(dossier) if item.id == identifier), None)

    def table(self, dossier: Dossier) -> pd.DataFrame:
        """Return the items as a table, one a row, columns named as their fields, even when there is none."""
        rows = [item.model_dump() for item in self.of(dossier)]
        return pd.DataFrame(rows, columns=list(self.item.model_fields))

    def put(self, dossier: Dossier, item: I) -> Dossier:
        """Return the dossier with the item in the place of the one of its id, or last."""
        items = self.of(dossier)
        if self.find(dossier, item.id):
            return self._with(dossier, (item if old.id == item.id else old for old in items))
        return self._with(dossier, (*items, item))

    def change(self, dossier: Dossier, identifier: str, function: Callable[[I], I]) -> Dossier:
        """Return the dossier with one item changed.

        Raises
        ------
        DossierError
            The item is not there, or its new value breaks a rule.
        """
        return self.put(dossier, function(self._found(dossier, identifier)))

    def drop(self, dossier: Dossier, identifier: str) -> Dossier:
        """Return the dossier without an item; nothing changes when it is already gone."""
        return self._with(dossier, (item for item in self.of(dossier) if item.id != identifier))

    def move(self, dossier: Dossier, identifier: str, places: int) -> Dossier:
        """Return the dossier with an item moved up (negative) or down; it stops at either end.

        Raises
        ------
        DossierError
            The item is not there.
        """
        items = list(self.of(dossier))
        place = items.index(self._found(dossier, identifier))
        items.insert(max(place + places, 0), items.pop(place))
        return self._with(dossier, items)

    def new_id(self, dossier: Dossier, words: str) -> str:
        """Return an id made from words, that no item of the list has.

        Examples
        --------
        >>> from territ_kit.dossier import NEEDS, Dossier
        >>> NEEDS.new_id(Dossier(territory="x", territory_name="X"), "Santé des jeunes !")
        'sante-des-jeunes'
        """
        plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
        stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:48].rstrip("-") or "ligne"
        taken = {item.id for item in self.of(dossier)}
        number = 1
        while (found := stem if number == 1 else f"{stem}-{number}") in taken:
            number += 1
        return found

    def _found(self, dossier: Dossier, identifier: str) -> I:
        if item := self.find(dossier, identifier):
            return item
        raise DossierError(
            f"« {identifier[:80]} » n’est plus dans le dossier. "
            "Cette ligne a peut-être été retirée dans une autre page. Rechargez la page, puis recommencez."
        )

    def _with(self, dossier: Dossier, items: Iterable[I]) -> Dossier:
        part: Part = getattr(dossier, self.step)
        return dossier.but(**{self.step: part.but(**{self.field: tuple(items)})})
