"""Questions and their keys as printed sheets, to be answered by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import mistune

from territ_kit.exercises.key import Key
from territ_kit.exercises.question import (
    Assignment,
    ChoiceQuestion,
    GridQuestion,
    NumberQuestion,
    Option,
    Question,
    RankingQuestion,
)
from territ_kit.exercises.words import answer_in_words, points_in_words

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str = "") -> str:
    """Return an HTML table of plain words."""
    columns = "".join(f'<th scope="col">{escape(word)}</th>' for word in head)
    lines = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    title = f"<caption><b>{escape(caption)}</b></caption>" if caption else ""
    return f"<table>{title}<thead><tr>{columns}</tr></thead><tbody>{lines}</tbody></table>"


def questions(assignment: Assignment) -> Iterable[str]:
    """Yield the introduction, then each question with room to answer it."""
    yield f"{mistune.html(assignment.intro)}<p>Nom ou code : ____________________</p>"
    for number, question in enumerate(assignment.questions, 1):
        points = points_in_words(question.points, question.points).split(" sur ")[0]
        hint = f"<p>{escape(question.hint)}</p>" if question.hint else ""
        yield (
            f"<section><h2>{number}. {escape(question.statement)} <small>({points})</small></h2>"
            f"{hint}{_room(question)}</section>"
        )


def answers(assignment: Assignment, keys: dict[str, Key]) -> Iterable[str]:
    """Yield the expected answer of each question and what to say of the others."""
    yield f"<h2>{escape(assignment.title)}</h2>"
    for number, question in enumerate(assignment.questions, 1):
        key = keys[question.id]
        expected = answer_in_words(question, key.model_dump(mode="json")["answer"])
        yield (
            f"<section><h2>{number}. {escape(question.statement)}</h2><p><b>Réponse attendue</b></p>"
            f"{_list(expected)}<p>{escape(key.explanation)}</p>"
            f"{_list(_said(question, key), 'small')}</section>"
        )


def _room(question: Question) -> str:
    match question:
        case ChoiceQuestion():
            return _boxes("Plusieurs cases." if question.several else "Une seule case.", question.options)
        case RankingQuestion():
            return _boxes("Écrivez le rang dans chaque case, 1 pour le premier.", question.options)
        case GridQuestion():
            columns = " · ".join(
                f"<b>{letter}</b> {escape(column.label)}"
                for letter, column in zip(LETTERS, question.columns, strict=False)
            )
            rows = ((row.label, "") for row in question.rows)
            lines = table(("À classer", "Lettre"), rows)
            return f"<p><i>Écrivez une lettre par ligne.</i> {columns}</p>{lines}"
        case NumberQuestion():
            return f"<p>Votre réponse : ____________________ {escape(question.unit)}</p>"
    return '<div class="line"></div>' * 3


def _boxes(how: str, options: Sequence[Option]) -> str:
    each = "".join(f'<li><span class="box"></span>{escape(option.label)}</li>' for option in options)
    return f'<p><i>{how}</i></p><ul class="open">{each}</ul>'


def _said(question: Question, key: Key) -> list[str]:
    """Return what the key says of each choice, of each expected error, of each broken rule."""
    labels = {part.id: part.label for name in question.lists for part in getattr(question, name)}
    content = key.model_dump(mode="json")
    lines = []
    for name, said in content.get("explanations", {}).items():
        lines += list(said.values()) if isinstance(said, dict) else [f"{labels[name]} → {said}"]
    lines += content.get("column_explanations", {}).values()
    lines += [error["explanation"] for error in content.get("errors", ())]
    lines += [rule["explanation"] for name in ("precedences", "exclusions") for rule in content.get(name, ())]
    return lines


def _list(lines: Iterable[str], css_class: str = "") -> str:
    return f'<ul class="{css_class}">' + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
