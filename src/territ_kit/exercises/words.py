"""Points and answers in French words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from territ_kit.exercises.question import (
    AllocationQuestion,
    ChoiceQuestion,
    GridQuestion,
    NumberQuestion,
    Option,
    PlacementQuestion,
    Question,
    RankingQuestion,
    TextField,
    TextQuestion,
)
from territ_kit.french import NO_BREAK_SPACE, THIN_SPACE, fr

_LONGEST = 2000
_FRENCH_SPACES = NO_BREAK_SPACE + THIN_SPACE


def points_in_words(points: float, out_of: float) -> str:
    """Return for instance "1,5 point sur 3" (the plural begins at 2)."""
    return f"{decimal(points)}{NO_BREAK_SPACE}{'points' if points >= 2 else 'point'} sur {decimal(out_of)}"


def answer_in_words(question: Question, value: object) -> list[str]:
    """Return the lines that say an answer with the labels shown; one text when the value is not an answer.

    Nothing that the person wrote can break a line, hide, or fill the page.
    """
    return [_bounded(one_line(line, " / ")) for line in _lines(question, value)]


def _lines(question: Question, value: object) -> list[str]:  # noqa: PLR0911 # one a kind
    match question, value:
        case ChoiceQuestion(), str():
            return [_label(question.options, value)]
        case ChoiceQuestion(), list():
            return [_label(question.options, option) for option in value]
        case RankingQuestion(), list():
            return [f"{rank}. {_label(question.options, option)}" for rank, option in enumerate(value, 1)]
        case NumberQuestion(), int() | float():
            return [f"{decimal(value)}{NO_BREAK_SPACE}{question.unit}".strip()]
        case AllocationQuestion(), dict():
            return [f"{_label(question.options, box)} : {decimal(part)}" for box, part in value.items()]
        case GridQuestion(), dict():
            return [
                f"{_label(question.rows, row)} : {_label(question.columns, column)}"
                for row, column in value.items()
                if column is not None
            ]
        case PlacementQuestion(), dict():
            return [
                f"{_label(question.items, item)} : {question.x.label} {decimal(point[0])}, "
                f"{question.y.label} {decimal(point[1])}"
                for item, point in value.items()
                if point is not None
            ]
        case TextQuestion(), dict():
            return [f"{_label(question.fields, field)} : {text}" for field, text in value.items() if text]
    return []


def _label(options: Sequence[Option | TextField], identifier: str) -> str:
    labels: Mapping[str, str] = {option.id: option.label for option in options}
    return labels.get(identifier, identifier)


def decimal(number: float) -> str:
    """Return a number with two decimals at most, as "1,5" or "12"."""
    text = fr(number, 2)
    return text.rstrip("0").rstrip(",") if "," in text else text


def one_line(text: str, join: str = " ") -> str:
    """Return a text as one printable line: no line break, control character or lone surrogate."""
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in text.splitlines())
    return "".join(c for c in join.join(filter(None, lines)) if c.isprintable() or c in _FRENCH_SPACES)


def _bounded(line: str) -> str:
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]} […]"
