"""What the methods of this step read: anything that has these fields.

The objects of the dossier have them; so has a row of `DataFrame.itertuples`. A text that nobody has written
is "", a month that nobody has said is None.
"""

# ruff: noqa: D102 # a field says itself; each class says the rest

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Protocol


class IndicatorPart(Protocol):
    """What will be measured; `baseline` and `target` are texts with their unit: « 32 % »."""

    @property
    def label(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def baseline(self) -> str: ...
    @property
    def target(self) -> str: ...
    @property
    def date(self) -> str: ...
    @property
    def source(self) -> str: ...


class ObjectivePart(Protocol):
    """An objective; `under` is the id of the one above, `level` one of `objectives.LEVELS`, `axis` an id."""

    @property
    def id(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def under(self) -> str: ...
    @property
    def axis(self) -> str: ...
    @property
    def public(self) -> str: ...
    @property
    def indicator(self) -> IndicatorPart: ...


class TimedPart(Protocol):
    """What the calendar needs of an action: months count from 1, the first of the programme."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def start(self) -> int | None: ...
    @property
    def months(self) -> int | None: ...
    @property
    def after(self) -> Sequence[str]: ...
    @property
    def half_days(self) -> float: ...


class ActionPart(TimedPart, Protocol):
    """An action sheet; `costs` in euros by year, `shares` the same by funder."""

    @property
    def axis(self) -> str: ...
    @property
    def objective(self) -> str: ...
    @property
    def finding(self) -> str: ...
    @property
    def public(self) -> str: ...
    @property
    def determinant(self) -> str: ...
    @property
    def steps(self) -> str: ...
    @property
    def pilot(self) -> str: ...
    @property
    def partners(self) -> str: ...
    @property
    def costs(self) -> Sequence[float]: ...
    @property
    def shares(self) -> Mapping[str, Sequence[float]]: ...
    @property
    def indicators(self) -> Sequence[IndicatorPart]: ...
    @property
    def links(self) -> str: ...
    @property
    def participation(self) -> str: ...
    @property
    def universalism(self) -> str: ...


class FunderPart(Protocol):
    """Who may pay; `rule` is a key of `RULES`, or ""."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def rule(self) -> str: ...


class StatePart(Protocol):
    """What is said of an action at a meeting; meetings count from 1."""

    @property
    def action(self) -> str: ...
    @property
    def meeting(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def cause(self) -> str: ...
    @property
    def decision(self) -> str: ...
    @property
    def next_date(self) -> str: ...
    @property
    def who(self) -> str: ...


class ProgrammePart(Protocol):
    """A whole programme: `fte` and `post_cost` (euros a year) are those of the coordinator's post."""

    @property
    def years(self) -> int: ...
    @property
    def fte(self) -> float: ...
    @property
    def post_cost(self) -> float: ...
    @property
    def post_shares(self) -> Mapping[str, float]: ...
    @property
    def funders(self) -> Sequence[FunderPart]: ...
    @property
    def objectives(self) -> Sequence[ObjectivePart]: ...
    @property
    def actions(self) -> Sequence[ActionPart]: ...


def plain(text: str) -> str:
    """Return a text without capitals nor accents, its apostrophes straight, to look for words in it.

    Examples
    --------
    >>> plain("Part d’élèves formés")
    "part d'eleves formes"
    """
    letters = unicodedata.normalize("NFKD", text.lower().replace("’", "'").replace("œ", "oe"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def number_in(text: str) -> float | None:
    r"""Return the first number of a French text, or None.

    Examples
    --------
    >>> number_in("22 %"), number_in("1\u202f200 jeunes"), number_in("12,5 pour 1 000"), number_in("aucun")
    (22.0, 1200.0, 12.5, None)
    """
    found = re.search(r"[-−]?\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)(?:,\d+)?|[-−]?\d+(?:[.,]\d+)?", text)
    if not found:
        return None
    return float(re.sub(r"[ \u00a0\u202f]", "", found.group()).replace("−", "-").replace(",", "."))


def year_in(text: str) -> int | None:
    """Return the last year of the 21st century that a text names, or None.

    Examples
    --------
    >>> year_in("décembre 2029"), year_in("31/12/2028"), year_in("bientôt")
    (2029, 2028, None)
    """
    years = re.findall(r"(?<!\d)20\d\d(?!\d)", text)
    return int(years[-1]) if years else None
