"""What the fourth step leaves: criteria, scores with their doubt, and a ranked list with its reasons."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from territ_kit.dossier.part import Part
from territ_kit.dossier.shelf import Item, Listed, Words

Score = Annotated[float, Field(ge=0, le=10)]


class Criterion(Item):
    """What counts in the order.

    Attributes
    ----------
    weight : float
        Points out of 100 that the group gives it.
    sense : {"max", "min"}
        Whether more is better.
    """

    label: Words = ""
    explanation: Words = ""
    weight: Annotated[float, Field(ge=0, le=100)] = 0
    sense: Literal["max", "min"] = "max"


class Rating(Part):
    """Hanlon's ratings, as the variant scales them; None while nobody has given them.

    Attributes
    ----------
    pearl : dict of str to bool
        By letter (P, E, A, R, L): False asks to rework.
    rework : str
        What must be reworked, and how.
    """

    size: Annotated[float, Field(ge=0, le=20)] | None = None
    seriousness: Annotated[float, Field(ge=0, le=20)] | None = None
    effectiveness: Annotated[float, Field(ge=0, le=10)] | None = None
    pearl: dict[str, bool] = Field(default_factory=dict)
    rework: Words = ""


class Candidate(Item):
    """Something to rank; its id is that of the need it comes from, if any.

    Attributes
    ----------
    scores : dict of criterion id to float
        0 to 10.
    doubt : dict of criterion id to float
        Points that the score may be wrong by, either way; 0 when absent.
    """

    label: Words = ""
    scores: dict[str, Score] = Field(default_factory=dict)
    doubt: dict[str, Annotated[float, Field(ge=0, le=5)]] = Field(default_factory=dict)
    hanlon: Rating = Rating()


class Prioritisation(Part):
    """What the fourth step leaves.

    Attributes
    ----------
    method, variant : str
        Of `prioritisation.multicriteria` and of `prioritisation.hanlon`.
    order : tuple of str
        Ids of the candidates as the group has settled them, first first; () while the method decides.
    reasons : dict of str to str
        Why the group has moved a candidate, or keeps it, by id.
    chosen : tuple of str
        Ids of the priorities that go on, 3 to 5 as a rule.
    plain : tuple of tuple of str
        Orders given without scores, one a person or a table; what it could not place is not named.
    plain_words : tuple of str
        What was said with each of these orders; may be shorter.
    """

    criteria: Listed[Criterion] = ()
    candidates: Listed[Candidate] = ()
    method: Words = "weighted_sum"
    variant: Words = "uic"
    order: tuple[str, ...] = ()
    reasons: dict[str, Words] = Field(default_factory=dict)
    chosen: tuple[str, ...] = ()
    plain: tuple[tuple[str, ...], ...] = ()
    plain_words: tuple[Words, ...] = ()
