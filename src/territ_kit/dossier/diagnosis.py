"""What the second step leaves: needs beside resources and actions, words, causes, strengths."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from territ_kit.dossier.part import Part
from territ_kit.dossier.shelf import Item, Listed, Words

Level = Literal["", "none", "low", "medium", "high"]
"""How much; "" when nobody knows yet."""


class Evidence(Part):
    """Why a need is believed.

    Attributes
    ----------
    kind : {"figure", "words", "action", "resource"}
    text : str
        The figure in its sentence, the quotation, what is or is not done.
    source : str
        Who says it, with the year.
    of : str
        Id of the finding, the voice or the action that it comes from; "" when written by hand.
    """

    kind: Literal["figure", "words", "action", "resource"]
    text: Words
    source: Words = ""
    of: Words = ""


class Need(Item):
    """A need of some people somewhere, beside what already answers it.

    Attributes
    ----------
    title : str
        In one sentence: who, where, what.
    theme, area, area_name : str
        Id of a theme of the territory; code of the area, "" for the whole territory; its name.
    public : str
        Whom it concerns.
    need, resources, actions : Level
        As the group judges them.
    reading : str
        What the crossing says, as `diagnosis.needs` names it; "" while something is unknown.
    determinants : tuple of str
        Ids of `diagnosis.determinants`.
    evidence : tuple of Evidence
    words : str
        The group's own.
    kept : bool
        Whether it goes on to the next steps.
    """

    title: Words = ""
    theme: Words = ""
    area: Words = ""
    area_name: Words = ""
    public: Words = ""
    need: Level = ""
    resources: Level = ""
    actions: Level = ""
    reading: Words = ""
    determinants: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    words: Words = ""
    kept: bool = True


class Cell(Item):
    """The levels that a group gave a theme in an area, whether or not it keeps a need of it.

    Attributes
    ----------
    theme, area : str
        Id of a theme of the territory, id of a zone.
    need, resources, actions : Level
    """

    theme: Words = ""
    area: Words = ""
    need: Level = ""
    resources: Level = ""
    actions: Level = ""


class Voice(Item):
    """What a person of the place said, without a name.

    Attributes
    ----------
    who : str
        Their role: « une habitante des Corvelles ».
    kind : {"resident", "professional", "elected", "association", "other"}
    way : {"interview", "walk", "focus_group", "survey", "case", "meeting"}
        How it was heard.
    text : str
    themes : tuple of str
        Ids of the territory's themes that it speaks of.
    area : str
        Code of the area; "" when the speech is of the whole territory.
    """

    who: Words = ""
    kind: Literal["resident", "professional", "elected", "association", "other"] = "resident"
    way: Literal["interview", "walk", "focus_group", "survey", "case", "meeting"] = "interview"
    text: Words = ""
    themes: tuple[str, ...] = ()
    area: Words = ""


class Statement(Item):
    """A line of the problem tree.

    Attributes
    ----------
    text : str
    kind : {"problem", "cause", "consequence", "disguised"}
        "disguised": a solution told as if it were a problem.
    under : str
        Id of the statement that it explains (a cause) or that it follows from (a consequence).
    objective : str
        The same, turned into what is wanted; "" until the group has written it.
    """

    text: Words = ""
    kind: Literal["problem", "cause", "consequence", "disguised"] = "cause"
    under: Words = ""
    objective: Words = ""


class Point(Item):
    """A line of the strengths, weaknesses, opportunities and threats."""

    text: Words = ""
    side: Literal["strength", "weakness", "opportunity", "threat"] = "strength"


class Diagnosis(Part):
    """What the second step leaves.

    Attributes
    ----------
    cells : tuple of Cell
        What the group corrected in the grid that the territory's tables propose.
    needs : tuple of Need
        Ranked, the most argued first.
    """

    cells: Annotated[Listed[Cell], Field(max_length=400)] = ()
    needs: Annotated[Listed[Need], Field(max_length=200)] = ()
    voices: Listed[Voice] = ()
    tree: Listed[Statement] = ()
    swot: Listed[Point] = ()
