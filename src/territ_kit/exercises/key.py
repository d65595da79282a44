"""What the right answer is, how it earns points, and what to say of each answer.

Every rule gives a share of the question's points, between 0 and 1; its formula stands in the docstring of the
key. Shares are never negative: what is lost is lost within the question.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError, field_validator, model_validator

from territ_kit.errors import Fault
from territ_kit.exercises.question import Data, Prose, Question
from territ_kit.exercises.source import broken_source, read_toml, validation_faults

Share = Annotated[float, Field(ge=0, le=1)]
Weight = Annotated[float, Field(ge=0, le=100)]
Ids = dict[str, set[str]]


class KeyData(Data):
    """What every key has.

    `explanation` is said of every answer given, right or wrong; `reread` tells what to read again when the
    mark is not full. `answer` is one answer that earns every automatic point.
    """

    explanation: Prose = ""
    reread: Prose = ""

    def ids_used(self) -> Ids:
        """Return the ids that the key names, by list of the question (`options`, `rows`…)."""
        return {}


class ChoiceKey(KeyData):
    """The option, or the options, to tick.

    One option: share = 1 if right, else `credits[option]` (0 when not given).
    Several: share = right ticked / n - wrong ticked x `wrong_cost`, floor 0; n right options; `wrong_cost` is
    1 / m by default, m wrong options.
    """

    kind: Literal["choice"] = "choice"
    answer: str | Annotated[tuple[str, ...], Field(min_length=1)]
    credits: dict[str, Share] = Field(default_factory=dict)
    wrong_cost: Share | None = None
    explanations: dict[str, Prose] = Field(default_factory=dict)

    def ids_used(self) -> Ids:
        """Return the options named."""
        answer = {self.answer} if isinstance(self.answer, str) else set(self.answer)
        return {"options": answer | set(self.credits) | set(self.explanations)}


class ExpectedError(Data):
    """A wrong number that says what was misunderstood: `share` of the points, and what to tell."""

    value: float
    tolerance: Annotated[float, Field(ge=0)] = 0.0
    share: Share = 0.0
    explanation: Prose


class NumberKey(KeyData):
    """The number.

    Share = 1 if abs(value - answer) <= tolerance, else the share of the first expected error that the value
    meets within its own tolerance, else 0. The bounds are included.
    """

    kind: Literal["number"] = "number"
    answer: float
    tolerance: Annotated[float, Field(ge=0)] = 0.0
    errors: tuple[ExpectedError, ...] = ()


class Precedence(Data):
    """One option stands before another; said when it does not hold."""

    before: str
    after: str
    weight: Weight = 1.0
    explanation: Prose = ""


class Exclusion(Data):
    """An option that must not stand among the `first` ones: if it does, the share is 0."""

    option: str
    first: Annotated[int, Field(ge=1)]
    explanation: Prose = ""


class RankingKey(KeyData):
    """The order.

    With `precedences`: share = sum of weights of those that hold / sum of weights.
    Without: share = options at their exact place / n.
    Either way, an `exclusion` that is broken gives 0.
    """

    kind: Literal["ranking"] = "ranking"
    answer: tuple[str, ...]
    precedences: tuple[Precedence, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()

    def ids_used(self) -> Ids:
        """Return the options named."""
        pairs = {option for rule in self.precedences for option in (rule.before, rule.after)}
        return {"options": {*self.answer, *pairs, *(rule.option for rule in self.exclusions)}}


class AllocationCheck(Data):
    """A condition on the sum of `boxes`, or on each of them with `each`.

    It earns `weight` when it holds (with `proportional`: weight x min(1, sum / minimum)); a check with a
    `penalty` earns nothing and costs that share of the points when it does not hold.
    """

    boxes: Annotated[tuple[str, ...], Field(min_length=1)]
    minimum: float | None = None
    maximum: float | None = None
    each: bool = False
    proportional: bool = False
    weight: Weight = 1.0
    penalty: Share = 0.0
    explanation: Prose = ""

    @model_validator(mode="after")
    def _is_a_condition(self) -> AllocationCheck:
        if self.minimum is None and self.maximum is None:
            raise ValueError("un contrôle donne « minimum » ou « maximum »")
        if self.proportional and (self.each or self.maximum is not None or not (self.minimum or 0) > 0):
            raise ValueError("« proportional » demande un « minimum » positif, sans « maximum » ni « each »")
        return self


class AllocationKey(KeyData):
    """The conditions that a good sharing-out meets.

    Share = sum of weights earned / sum of weights (checks without penalty) - sum of penalties, 0 to 1.
    When the question has a total and `exact_total` is true, another sum gives 0.
    """

    kind: Literal["allocation"] = "allocation"
    answer: dict[str, float]
    exact_total: bool = True
    checks: Annotated[tuple[AllocationCheck, ...], Field(min_length=1)]

    def ids_used(self) -> Ids:
        """Return the boxes named."""
        return {"options": set(self.answer).union(*(check.boxes for check in self.checks))}


class GridKey(KeyData):
    """The column of each row.

    Share = sum of weight x credit / sum of weights, floor 0. Credit: 1 for the right column, else
    `credits[row][column]` (from -1 to 1; 1 for another accepted column, 0.5 for a near one, negative for an
    error that costs), else 0. `column_explanations` is said once when a column is used wrongly.
    """

    kind: Literal["grid"] = "grid"
    answer: dict[str, str]
    credits: dict[str, dict[str, Annotated[float, Field(ge=-1, le=1)]]] = Field(default_factory=dict)
    weights: dict[str, Weight] = Field(default_factory=dict)
    explanations: dict[str, dict[str, Prose]] = Field(default_factory=dict)
    column_explanations: dict[str, Prose] = Field(default_factory=dict)

    def ids_used(self) -> Ids:
        """Return the rows and the columns named."""
        columns = {*self.answer.values(), *self.column_explanations}
        return {
            "rows": {*self.answer, *self.credits, *self.weights, *self.explanations},
            "columns": columns.union(*self.credits.values(), *self.explanations.values()),
        }


Span = tuple[Share, Share]
_HALVES = {"bas": (0.0, 0.5 - 1e-6), "haut": (0.5 + 1e-6, 1.0)}


class Place(Data):
    """Where an item is expected: a span of each axis, its bounds included, or one of the two halves.

    "bas" is below 0.5 and "haut" is above: the middle belongs to neither, as it takes no side.
    """

    x: Span
    y: Span
    weight: Weight = 1.0
    explanation: Prose = ""

    @field_validator("x", "y", mode="before")
    @classmethod
    def _words(cls, span: object) -> object:
        return _HALVES.get(span, span) if isinstance(span, str) else span


class PlacementKey(KeyData):
    """The place of each item.

    Share = sum of weight x credit / sum of weights. Credit: 1 when both axes are right, `adjacent` (one half)
    when one of the two is, 0 otherwise.
    """

    kind: Literal["placement"] = "placement"
    answer: dict[str, tuple[Share, Share]]
    places: dict[str, Place]
    adjacent: Share = 0.5

    def ids_used(self) -> Ids:
        """Return the items named."""
        return {"items": {*self.answer, *self.places}}


class TextCheck(Data):
    """A condition on each of `fields`; all that is given must hold, and an empty field never does.

    `mentions`: at least one of these beginnings of words; `avoids`: none of them (capitals and accents do not
    count). `format`: "number" or "date"; `minimum` and `maximum` bound the number read. `equals_sum_of`: the
    number is the sum of those of these fields, to 0.5.
    """

    fields: Annotated[tuple[str, ...], Field(min_length=1)]
    length: Annotated[int, Field(ge=1)] = 1
    mentions: tuple[str, ...] = ()
    avoids: tuple[str, ...] = ()
    format: Literal["text", "number", "date"] = "text"
    minimum: float | None = None
    maximum: float | None = None
    equals_sum_of: tuple[str, ...] = ()
    weight: Weight = 1.0
    explanation: Prose = ""

    @model_validator(mode="after")
    def _bounds_need_a_number(self) -> TextCheck:
        if (self.minimum, self.maximum) != (None, None) and self.format != "number":
            raise ValueError('« minimum » et « maximum » demandent « format = "number" »')
        return self


class TextKey(KeyData):
    """The checks of a form; `rubric` guides the trainer for the points given by hand, and is never released.

    Share = sum of weights of the checks that hold / sum of weights.
    """

    kind: Literal["text"] = "text"
    answer: dict[str, str]
    checks: Annotated[tuple[TextCheck, ...], Field(min_length=1)]
    rubric: Prose = ""

    def ids_used(self) -> Ids:
        """Return the fields named."""
        named = {name for check in self.checks for name in (*check.fields, *check.equals_sum_of)}
        return {"fields": {*self.answer, *named}}


Key = Annotated[
    ChoiceKey | NumberKey | RankingKey | AllocationKey | GridKey | PlacementKey | TextKey,
    Field(discriminator="kind"),
]
KEY: TypeAdapter[Key] = TypeAdapter(Key)


def load_keys(path: str | Path) -> dict[str, Key]:
    """Read the keys of an assignment: question id to key.

    Raises
    ------
    CourseError
        The file cannot be read or breaks the format; every fault is listed.
    """
    keys: dict[str, Key] = {}
    faults: list[Fault] = []
    for identifier, content in read_toml(Path(path)).items():
        try:
            keys[identifier] = KEY.validate_python(content)
        except ValidationError as error:
            faults += validation_faults(Path(path), error, identifier)
    if faults:
        raise broken_source(Path(path), faults)
    return keys


def unknown_ids(question: Question, key: Key) -> Mapping[str, set[str]]:
    """Return the ids that a key names and that its question does not have, by list; {} when all is well."""
    used = key.ids_used() if key.kind == question.kind else {}
    unknown = {name: ids - set(question.ids(name)) for name, ids in used.items()}
    return {name: ids for name, ids in unknown.items() if ids}
