"""Questions and their keys as printed sheets, to be answered by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

import mistune

from territ_kit.dossier import REASONS
from territ_kit.exercises.key import Key, TextKey
from territ_kit.exercises.question import (
    AllocationQuestion,
    Assignment,
    ChoiceQuestion,
    GridQuestion,
    NumberQuestion,
    Option,
    PlacementQuestion,
    Question,
    RankingQuestion,
    TextQuestion,
)
from territ_kit.exercises.words import answer_in_words, decimal, points_in_words

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LINE = '<div class="line"></div>'
FINDINGS = 5


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
            f"{_list(_said(question, key), 'small')}{_by_hand(question, key)}</section>"
        )


def shortlist() -> Iterable[str]:
    """Yield how to fill the list, then room for each finding: its figure, its reasons, one's own words."""
    yield (
        "<p>Gardez trois à cinq constats, du plus parlant au moins parlant. Dites pourquoi chacun compte, "
        "avec vos mots.</p><p>Territoire : ____________________ Groupe : ____________________</p>"
    )
    reasons = "".join(
        f'<span class="reason"><span class="box"></span>{reason}</span>' for reason in REASONS.values()
    )
    for number in range(1, FINDINGS + 1):
        yield (
            f"<section><h2>{number}. Le constat, en une phrase</h2>{LINE}"
            "<p>Lieu : ____________________ Valeur : ________ de ________ à ________ "
            "Repère : ________</p>"
            f"<p>{reasons}</p><p><i>Nos mots, pour un habitant ou un élu.</i></p>{LINE * 2}"
            f"<p><i>À vérifier, et auprès de qui.</i></p>{LINE}</section>"
        )


def _room(question: Question) -> str:  # noqa: PLR0911 # one a kind
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
            lines = table(("À classer", "Lettre"), [(row.label, "") for row in question.rows])
            return f"<p><i>Écrivez une lettre par ligne.</i> {columns}</p>{lines}"
        case AllocationQuestion():
            unit = question.unit or "Nombre"
            total = decimal(question.total) if question.total else ""
            rows = [*((option.label, "") for option in question.options), ("Total", total)]
            return table(("À répartir", unit[:1].upper() + unit[1:]), rows)
        case PlacementQuestion():
            return _square(question)
        case NumberQuestion():
            return f"<p>Votre réponse : ____________________ {escape(question.unit)}</p>"
    return LINE * 3


def _boxes(how: str, options: Sequence[Option]) -> str:
    each = "".join(f'<li><span class="box"></span>{escape(option.label)}</li>' for option in options)
    return f'<p><i>{how}</i></p><ul class="open">{each}</ul>'


def _square(question: PlacementQuestion) -> str:
    """Return the square of the two axes, empty, and the items to place in it by their letter."""
    items = " · ".join(
        f"<b>{letter}</b> {escape(item.label)}" for letter, item in zip(LETTERS, question.items, strict=False)
    )
    x, y = question.x, question.y
    return (
        f"<p><i>Écrivez chaque lettre à sa place dans le carré.</i> {items}</p>"
        f"<p>En hauteur : {escape(y.label)} (en bas, {escape(y.low)} ; en haut, {escape(y.high)}). "
        f"En largeur : {escape(x.label)} (à gauche, {escape(x.low)} ; à droite, {escape(x.high)}).</p>"
        '<svg viewBox="0 0 100 100" width="80mm" height="80mm" aria-hidden="true">'
        '<path d="M1 1H99V99H1Z" fill="none" stroke="#000"/>'
        '<path d="M50 1V99M1 50H99" stroke="#000" stroke-width=".5" stroke-dasharray="2 2"/></svg>'
    )


def _said(question: Question, key: Key) -> list[str]:
    """Return what the key says of each choice, of each expected error, of each broken rule."""
    labels = {part.id: part.label for name in question.lists for part in getattr(question, name)}
    content = key.model_dump(mode="json")
    lines = []
    for name, said in content.get("explanations", {}).items():
        lines += list(said.values()) if isinstance(said, dict) else [f"{labels[name]} → {said}"]
    lines += content.get("column_explanations", {}).values()
    lines += [error["explanation"] for error in content.get("errors", ())]
    lines += [f"{labels[name]} → {place['explanation']}" for name, place in content.get("places", {}).items()]
    rules = ("precedences", "exclusions", "checks")
    lines += [rule["explanation"] for name in rules for rule in content.get(name, ())]
    return lines


def _by_hand(question: Question, key: Key) -> str:
    """Return how to give the points that only a trainer can give."""
    if not (isinstance(question, TextQuestion) and isinstance(key, TextKey) and key.rubric):
        return ""
    points = points_in_words(question.manual_points, question.manual_points).split(" sur ")[0]
    return f"<p><b>À la main ({points})</b></p>{mistune.html(key.rubric)}"


def _list(lines: Iterable[str], css_class: str = "") -> str:
    return f'<ul class="{css_class}">' + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
