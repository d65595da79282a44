"""What the fifth step leaves: objectives, action sheets, calendar, co-funding, follow-up, evaluation."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from territ_kit.dossier.part import Part
from territ_kit.dossier.shelf import Item, Listed, Words

Euros = Annotated[float, Field(ge=0)]
HORIZON_YEARS = 5


class Axis(Item):
    """A strategic axis, and the priority that it answers (a candidate's or a need's id)."""

    label: Words = ""
    priority: Words = ""


class Indicator(Part):
    """What will be measured.

    Attributes
    ----------
    kind : {"process", "output", "outcome"}
    baseline, target : str
        With their units, as people write them: « 32 % ».
    """

    label: Words = ""
    kind: Literal["process", "output", "outcome"] = "output"
    baseline: Words = ""
    target: Words = ""
    date: Words = ""
    source: Words = ""


class Objective(Item):
    """An objective, under another or under an axis.

    Attributes
    ----------
    under : str
        Id of the objective above; "" for a general one.
    axis : str
    indicator : Indicator
    """

    text: Words = ""
    level: Literal["general", "specific", "operational"] = "general"
    under: Words = ""
    axis: Words = ""
    public: Words = ""
    indicator: Indicator = Indicator()


class Action(Item):
    """An action sheet.

    Attributes
    ----------
    axis, objective, need : str
        Ids.
    start, months : int or None
        First month of the programme (1 = its first) and length; None while nobody has said.
    after : tuple of str
        Ids of the actions that must be finished first.
    half_days : float
        Of the coordinator, by month while it runs.
    costs : tuple of float
        Euros by year of the programme.
    shares : dict of funder id to tuple of float
        Euros by year.
    value : float
        What the group expects of it, 0 to 10.
    equity : bool
        Whether it goes first to those who have least.
    chosen : bool
        Whether it stays in the programme.
    """

    title: Words = ""
    axis: Words = ""
    objective: Words = ""
    need: Words = ""
    finding: Words = ""
    public: Words = ""
    area: Words = ""
    determinant: Words = ""
    steps: Words = ""
    pilot: Words = ""
    partners: Words = ""
    start: Annotated[int, Field(ge=1, le=12 * HORIZON_YEARS)] | None = None
    months: Annotated[int, Field(ge=1, le=12 * HORIZON_YEARS)] | None = None
    after: tuple[str, ...] = ()
    half_days: Annotated[float, Field(ge=0, le=60)] = 0
    costs: tuple[Euros, ...] = ()
    shares: dict[str, tuple[Euros, ...]] = Field(default_factory=dict)
    indicators: tuple[Indicator, ...] = ()
    links: Words = ""
    participation: Words = ""
    universalism: Words = ""
    value: Annotated[float, Field(ge=0, le=10)] = 0
    equity: bool = False
    chosen: bool = True


class Funder(Item):
    """Who may pay; `rule` is the id of a rule of `planning.funding`, "" when none is known."""

    name: Words = ""
    rule: Words = ""
    words: Words = ""


class State(Item):
    """Where an action stands at a meeting of the steering committee.

    Attributes
    ----------
    action : str
        Id of the action.
    meeting : int
        1 for the first.
    state : {"not_started", "on_time", "late", "stopped", "done"}
    """

    action: Words = ""
    meeting: Annotated[int, Field(ge=1, le=40)] = 1
    state: Literal["not_started", "on_time", "late", "stopped", "done"] = "not_started"
    cause: Words = ""
    decision: Words = ""
    next_date: Words = ""
    who: Words = ""


class Enquiry(Item):
    """A question that the evaluation must answer: for whom, by which criterion, how."""

    text: Words = ""
    criterion: Words = ""
    public: Words = ""
    how: Words = ""
    date: Words = ""


class Choice(Part):
    """What the choice of the actions must respect.

    Attributes
    ----------
    staff : float or None
        Half-days of the coordinator over the programme; None without a limit.
    equity : float
        Least share of the value that goes first to those who have least, in [0, 1].
    mandatory, excluded, either_or : tuple of str
        Ids of actions; at most one of `either_or` is kept.
    """

    staff: Annotated[float, Field(ge=0)] | None = None
    equity: Annotated[float, Field(ge=0, le=1)] = 0
    mandatory: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    either_or: tuple[str, ...] = ()


class Programme(Part):
    """What the fifth step leaves.

    Attributes
    ----------
    title, carrier : str
    start_year, years : int
    fte : float
        Of the coordinator's post.
    post_cost : float
        Full cost of that post, euros a year.
    post_shares : dict of funder id to float
        Euros a year towards the post.
    half_days_per_fte : float
        Half-days a month of a full-time post: a « hypothèse pédagogique » until the group gives its own.
    running : float
        Half-days that meetings and the life of the network take each month.
    budget : float or None
        Euros that may be spent on the actions over the programme; None while nobody has said.
    choice : Choice
    meeting_every : int
        Months between two meetings of the steering committee.
    """

    title: Words = ""
    carrier: Words = ""
    start_year: Annotated[int, Field(ge=2000, le=2100)] = 2027
    years: Annotated[int, Field(ge=1, le=HORIZON_YEARS)] = 3
    fte: Annotated[float, Field(ge=0, le=5)] = 1
    post_cost: Euros = 0
    post_shares: dict[str, Euros] = Field(default_factory=dict)
    half_days_per_fte: Annotated[float, Field(gt=0, le=60)] = 36
    running: Annotated[float, Field(ge=0, le=60)] = 0
    budget: Euros | None = None
    choice: Choice = Choice()
    meeting_every: Annotated[int, Field(ge=1, le=12)] = 6
    axes: Listed[Axis] = ()
    objectives: Listed[Objective] = ()
    actions: Listed[Action] = ()
    funders: Listed[Funder] = ()
    follow_up: Listed[State] = ()
    enquiries: Listed[Enquiry] = ()
