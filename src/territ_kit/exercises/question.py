"""What a question is: public data, in seven kinds, with the form that an answer takes.

An answer is a JSON value that holds option ids, never labels or positions; `None` is "not answered".

========== =============================== ==============================================
kind       answer                          example
========== =============================== ==============================================
choice     option id, or list of them      ``"b"``, ``["a", "c"]``
number     number                          ``29.1``
ranking    list of every option id         ``["b", "a", "c"]``
allocation option id to number (>= 0)      ``{"a": 4, "b": 6}``
grid       row id to column id             ``{"r1": "c2"}``
placement  item id to [x, y], 0 to 1 each  ``{"epsm": [0.8, 0.9]}``
text       field id to text                ``{"public": "…"}``
========== =============================== ==============================================
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal, TypeGuard

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from territ_kit.exercises.reading import typeset
from territ_kit.exercises.source import read_source

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
Prose = Annotated[str, AfterValidator(typeset)]
Sentence = Annotated[Prose, StringConstraints(min_length=1, strip_whitespace=True)]
Points = Annotated[float, Field(gt=0, le=100)]

LARGEST = 1e15


class Data(BaseModel):
    """Data of the course: an unknown field is a fault, and nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Option(Data):
    """Something to tick, rank, fill or place: a stable id and the words shown."""

    id: Identifier
    label: Sentence


Options = Annotated[tuple[Option, ...], Field(min_length=2)]


class QuestionData(Data):
    """What every kind of question has.

    `points` is the weight of the question in its assignment, with two decimals at most: an exercise in two
    steps worth 60 % and 40 % of 3 points is two questions of 1.8 and 1.2 points.
    """

    id: Identifier
    statement: Sentence
    hint: Prose = ""
    points: Points = 3.0
    skill: Prose = ""

    lists: ClassVar[tuple[str, ...]] = ()

    @field_validator("points")
    @classmethod
    def _two_decimals(cls, points: float) -> float:
        if round(points, 2) != points:
            raise ValueError("les points ont deux décimales au plus")
        return points

    @model_validator(mode="after")
    def _ids_are_unique(self) -> QuestionData:
        for name in self.lists:
            ids = self.ids(name)
            if len(set(ids)) < len(ids):
                raise ValueError(f"un identifiant de « {name} » est donné deux fois")
        return self

    @property
    def automatic_points(self) -> float:
        """The points that the kit gives itself; the rest is given by the trainer."""
        return self.points

    def ids(self, name: str) -> list[str]:
        """Return the ids of one list of the question (`options`, `rows`, `columns`, `items`, `fields`)."""
        return [part.id for part in getattr(self, name)]

    def is_blank(self, value: object) -> bool:
        """Tell whether nothing was answered."""
        parts = list(value.values()) if isinstance(value, dict) else [value]
        empty = [part is None or (isinstance(part, str) and not part.strip()) for part in parts]
        return value == [] or all(empty)

    def faults(self, value: object) -> list[str]:
        """Return French sentences that say why a value is not an answer; [] when it is, or is None."""
        return [] if value is None else self._faults(value)

    def usable(self, value: object) -> Any:
        """Return a value that the file holds when it answers the question; None when blank or ill-formed."""
        return None if self.is_blank(value) or self.faults(value) else value

    @abstractmethod
    def _faults(self, value: object) -> list[str]:
        """Return what is wrong with a value that is not None."""


class ChoiceQuestion(QuestionData):
    """Tick one option, or several of them."""

    kind: Literal["choice"] = "choice"
    options: Options
    several: bool = False

    lists = ("options",)

    def _faults(self, value: object) -> list[str]:
        chosen: object = value if self.several else [value]
        if not isinstance(chosen, list):
            return ["Cochez une ou plusieurs réponses de la liste."]
        if _are_distinct(chosen, self.ids("options")):
            return []
        return ["Choisissez seulement parmi les réponses proposées, sans répétition."]


class NumberQuestion(QuestionData):
    """Write a number, in a unit; `minimum` and `maximum` are the bounds of what may be written."""

    kind: Literal["number"] = "number"
    unit: str = ""
    minimum: float = -LARGEST
    maximum: float = LARGEST

    def _faults(self, value: object) -> list[str]:
        if not is_number(value):
            return ["Écrivez un nombre, par exemple 12,5."]
        if not self.minimum <= value <= self.maximum:
            return ["Ce nombre sort de ce qui est possible ici. Vérifiez l’unité et la virgule."]
        return []


class RankingQuestion(QuestionData):
    """Put every option in order, from first to last."""

    kind: Literal["ranking"] = "ranking"
    options: Options

    lists = ("options",)

    def _faults(self, value: object) -> list[str]:
        ids = self.ids("options")
        if isinstance(value, list) and len(value) == len(ids) and _are_distinct(value, ids):
            return []
        return ["Le classement doit contenir chaque élément de la liste, une seule fois."]


class AllocationQuestion(QuestionData):
    """Share out an amount between boxes; `total` is what must be spent, None when it is free."""

    kind: Literal["allocation"] = "allocation"
    options: Options
    unit: str = ""
    total: Annotated[float, Field(gt=0)] | None = None

    lists = ("options",)

    def _faults(self, value: object) -> list[str]:
        if not isinstance(value, dict) or not set(value) <= set(self.ids("options")):
            return ["Répartissez seulement entre les postes proposés."]
        if all(is_number(part) and part >= 0 for part in value.values()):
            return []
        return ["Chaque part est un nombre, zéro ou plus."]


class GridQuestion(QuestionData):
    """Give each row one column: matching, sorting, matrix."""

    kind: Literal["grid"] = "grid"
    rows: Options
    columns: Options

    lists = ("rows", "columns")

    def _faults(self, value: object) -> list[str]:
        if not isinstance(value, dict) or not set(value) <= set(self.ids("rows")):
            return ["Répondez seulement aux lignes du tableau."]
        columns = self.ids("columns")
        if all(part is None or (isinstance(part, str) and part in columns) for part in value.values()):
            return []
        return ["Pour chaque ligne, choisissez une des réponses proposées."]


class Axis(Data):
    """An axis: what it measures, and the words at its two ends (0 and 1)."""

    label: Sentence
    low: Sentence = "faible"
    high: Sentence = "fort"


class PlacementQuestion(QuestionData):
    """Place items on two axes, each from 0 to 1."""

    kind: Literal["placement"] = "placement"
    items: Options
    x: Axis
    y: Axis

    lists = ("items",)

    def _faults(self, value: object) -> list[str]:
        if not isinstance(value, dict) or not set(value) <= set(self.ids("items")):
            return ["Placez seulement les éléments proposés."]
        if all(part is None or _is_point(part) for part in value.values()):
            return []
        return ["Chaque élément se place entre 0 et 1 sur les deux axes."]


class TextField(Data):
    """One field of a form; `lines` is the height shown, `length` the longest text accepted."""

    id: Identifier
    label: Sentence
    hint: Prose = ""
    lines: Annotated[int, Field(ge=1, le=20)] = 1
    length: Annotated[int, Field(ge=1, le=4000)] = 1000


class TextQuestion(QuestionData):
    """Fill in a form; the trainer gives `manual_points` of the points by hand, the kit gives the rest."""

    kind: Literal["text"] = "text"
    fields: Annotated[tuple[TextField, ...], Field(min_length=1)]
    manual_points: Annotated[float, Field(ge=0)] = 0.0

    lists = ("fields",)

    @model_validator(mode="after")
    def _some_points_are_automatic(self) -> TextQuestion:
        if round(self.manual_points, 2) != self.manual_points or self.manual_points >= self.points:
            raise ValueError("« manual_points » a deux décimales au plus et reste sous « points »")
        return self

    @property
    def automatic_points(self) -> float:
        """The points that the kit gives itself."""
        return round(self.points - self.manual_points, 2)

    def _faults(self, value: object) -> list[str]:
        if not isinstance(value, dict) or not set(value) <= set(self.ids("fields")):
            return ["Remplissez seulement les champs du formulaire."]
        if not all(part is None or isinstance(part, str) for part in value.values()):
            return ["Chaque champ attend un texte."]
        return [
            f"Le champ « {field.label} » dépasse {field.length} caractères. Raccourcissez-le."
            for field in self.fields
            if len(value.get(field.id) or "") > field.length
        ]


Question = Annotated[
    ChoiceQuestion
    | NumberQuestion
    | RankingQuestion
    | AllocationQuestion
    | GridQuestion
    | PlacementQuestion
    | TextQuestion,
    Field(discriminator="kind"),
]


class Assignment(Data):
    """A set of questions handed in together; `cases` and `module` are the ids that it goes with."""

    id: Identifier
    title: Sentence
    intro: Prose = ""
    cases: tuple[str, ...] = ()
    module: str = ""
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Assignment:
        ids = [question.id for question in self.questions]
        if len(set(ids)) < len(ids):
            raise ValueError("deux questions portent le même identifiant")
        return self

    def question(self, identifier: str) -> Question:
        """Return one question by its id.

        Raises
        ------
        KeyError
            The assignment has no such question.
        """
        for question in self.questions:
            if question.id == identifier:
                return question
        raise KeyError(identifier)

    def answered(self, answers: Mapping[str, object]) -> set[str]:
        """Return the ids of the questions that hold a usable answer, given what the file holds."""
        return {q.id for q in self.questions if q.usable(answers.get(q.id)) is not None}


def load_assignment(path: str | Path) -> Assignment:
    """Read `questions.toml`.

    Raises
    ------
    CourseError
        The file cannot be read or breaks the format; every fault is listed.
    """
    return read_source(Path(path), Assignment)


def is_number(value: object) -> TypeGuard[float]:
    """Tell whether a JSON value is a number that can be computed with: finite, below 10^15, not a boolean."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -LARGEST <= value <= LARGEST


def _are_distinct(values: Sequence[object], ids: Sequence[str]) -> bool:
    texts = [value for value in values if isinstance(value, str) and value in ids]
    return len(texts) == len(values) == len(set(texts))


def _is_point(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(is_number(v) and 0 <= v <= 1 for v in value)
