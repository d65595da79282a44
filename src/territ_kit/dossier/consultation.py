"""What the third step leaves: actors, what they want and weigh, how people take part, what was voted."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from territ_kit.dossier.part import Part
from territ_kit.dossier.shelf import Identifier, Item, Listed, Words

Share = Annotated[float, Field(ge=0, le=1)]


class Actor(Item):
    """Someone who counts: a role, never a person's name.

    Attributes
    ----------
    kind : str
        elected, professional, institution, coordinator, resident, state, association, other.
    power, interest : float or None
        From 0 (none) to 1; None while nobody has placed them.
    wants, red_line, brings, words : str
    """

    name: Words = ""
    kind: Words = "other"
    power: Share | None = None
    interest: Share | None = None
    wants: Words = ""
    red_line: Words = ""
    brings: Words = ""
    words: Words = ""


class Goal(Item):
    """Something that actors are for or against."""

    label: Words = ""


class Activity(Item):
    """A way in which people take part.

    Attributes
    ----------
    rung : int
        Of Arnstein's ladder, 1 (manipulation) to 8 (citizen control); 0 while it is not judged.
    answers : dict of str to str
        To the plain questions that lead to the rung.
    """

    title: Words = ""
    public: Words = ""
    date: Words = ""
    rung: Annotated[int, Field(ge=0, le=8)] = 0
    answers: dict[str, str] = Field(default_factory=dict)
    words: Words = ""


class Option(Item):
    """What people vote on."""

    label: Words = ""


class Vote(Item):
    """A question put to a group, and its ballots, without names.

    Attributes
    ----------
    rule : {"judgement", "ranking", "points", "approval"}
    grades : tuple of str
        Words of the judgement, worst to best; () for the other rules.
    ballots : tuple of dict
        One a voter, by option id: place of the grade (0 = worst), rank (1 = first), points, or 1 when
        approved. An option without an entry was not judged.
    round : int
        1 for a first round; the same question put again has the next number, and the same `series`.
    series : str
        Id that the rounds of one question share; "" for a vote taken once.
    linked : bool
        Whether the ballot at one place is the same person's at each round (Delphi by code).
    """

    question: Words = ""
    rule: Literal["judgement", "ranking", "points", "approval"] = "judgement"
    options: Listed[Option] = ()
    grades: tuple[str, ...] = ()
    ballots: Annotated[tuple[dict[str, float], ...], Field(max_length=2000)] = ()
    round: Annotated[int, Field(ge=1, le=20)] = 1
    series: Words = ""
    linked: bool = False
    words: Words = ""


Stances = dict[Identifier, dict[Identifier, Annotated[int, Field(ge=-3, le=3)]]]
Influences = dict[Identifier, dict[Identifier, Annotated[int, Field(ge=0, le=4)]]]


class Consultation(Part):
    """What the third step leaves.

    Attributes
    ----------
    stances : dict of actor id to dict of goal id to int
        −3 (against) to 3 (for).
    influences : dict of actor id to dict of actor id to int
        0 (none) to 4, of the first on the second.
    """

    actors: Listed[Actor] = ()
    goals: Listed[Goal] = ()
    stances: Stances = Field(default_factory=dict)
    influences: Influences = Field(default_factory=dict)
    activities: Listed[Activity] = ()
    votes: Listed[Vote] = ()
