"""The marking rules: a key and a well-formed answer give a share of the points, and reasons.

The formulas stand in the docstrings of the keys.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from territ_kit.errors import CourseError
from territ_kit.exercises.key import (
    AllocationCheck,
    AllocationKey,
    ChoiceKey,
    GridKey,
    Key,
    NumberKey,
    PlacementKey,
    RankingKey,
    TextCheck,
    TextKey,
)
from territ_kit.exercises.question import (
    AllocationQuestion,
    ChoiceQuestion,
    GridQuestion,
    NumberQuestion,
    PlacementQuestion,
    Question,
    RankingQuestion,
    TextQuestion,
)
from territ_kit.exercises.reading import mentions, read_date, read_number
from territ_kit.french import count, fr

Judged = tuple[float, list[str]]
_SLACK = 1e-9  # 0.1 + 0.2 is 0.3 for a person


def judge(question: Question, key: Key, value: object) -> Judged:  # noqa: PLR0911 # one a kind
    """Return the share earned (it may leave 0 to 1: the caller bounds it) and the reasons, in French.

    Raises
    ------
    CourseError
        The key is not of the question's kind.
    """
    match question, key, value:
        case ChoiceQuestion(), ChoiceKey(), str():
            return _one(key, value)
        case ChoiceQuestion(), ChoiceKey(), list():
            return _several(question, key, value)
        case NumberQuestion(), NumberKey(), int() | float():
            return _number(key, float(value))
        case RankingQuestion(), RankingKey(), list():
            return _ranking(key, value)
        case AllocationQuestion(), AllocationKey(), dict():
            return _allocation(question, key, value)
        case GridQuestion(), GridKey(), dict():
            return _grid(key, value)
        case PlacementQuestion(), PlacementKey(), dict():
            return _placement(key, value)
        case TextQuestion(), TextKey(), dict():
            return _text(key, value)
    raise CourseError(
        f"La clé de « {question.id} » est de la sorte « {key.kind} ». "
        f"La question attendait « {question.kind} ». Corrigez « kind » dans le fichier des clés."
    )


def _one(key: ChoiceKey, chosen: str) -> Judged:
    share = 1.0 if chosen == key.answer else key.credits.get(chosen, 0.0)
    return share, [key.explanations.get(chosen, "")]


def _several(question: ChoiceQuestion, key: ChoiceKey, chosen: Sequence[str]) -> Judged:
    right = set(key.answer)
    wrong_options = len(question.options) - len(right)
    cost = key.wrong_cost if key.wrong_cost is not None else 1 / max(wrong_options, 1)
    hits, slips = len(right & set(chosen)), len(set(chosen) - right)
    labels = {option.id: option.label for option in question.options}
    reasons = [
        f"« {labels[c].rstrip('.')} » : {key.explanations[c]}" for c in chosen if key.explanations.get(c)
    ]
    if hits < len(right):
        reasons.append(f"Il manque {count(len(right) - hits, 'réponse')}.")
    return hits / len(right) - slips * cost, reasons


def _number(key: NumberKey, value: float) -> Judged:
    if _near(value, key.answer, key.tolerance):
        return 1.0, []
    for error in key.errors:
        if _near(value, error.value, error.tolerance):
            return error.share, [error.explanation]
    return 0.0, []


def _near(value: float, target: float, tolerance: float) -> bool:
    return abs(value - target) <= tolerance + _SLACK * max(1.0, abs(target))


def _ranking(key: RankingKey, order: Sequence[str]) -> Judged:
    for exclusion in key.exclusions:
        if exclusion.option in order[: exclusion.first]:
            return 0.0, [exclusion.explanation]
    if not key.precedences:
        placed = sum(mine == theirs for mine, theirs in zip(order, key.answer, strict=True))
        return placed / len(order), [f"{count(placed, 'élément')} à la bonne place, sur {len(order)}."]
    place = {option: rank for rank, option in enumerate(order)}
    held = [place[rule.before] < place[rule.after] for rule in key.precedences]
    reasons = [rule.explanation for rule, holds in zip(key.precedences, held, strict=True) if not holds]
    return _weighted([rule.weight for rule in key.precedences], held), reasons


def _allocation(question: AllocationQuestion, key: AllocationKey, parts: Mapping[str, float]) -> Judged:
    spent = sum(parts.values())
    if question.total is not None and key.exact_total and not _near(spent, question.total, 0.0):
        unit = f" {question.unit}" if question.unit else ""
        return 0.0, [f"La somme doit faire {fr(question.total)}{unit}. La vôtre fait {fr(spent)}{unit}."]
    earned = [_met(check, parts) for check in key.checks]
    unmet = [check for check, part in zip(key.checks, earned, strict=True) if part < 1]
    weights = [0.0 if check.penalty else check.weight for check in key.checks]
    lost = sum(check.penalty for check in unmet)
    return _weighted(weights, earned) - lost, [check.explanation for check in unmet]


def _met(check: AllocationCheck, parts: Mapping[str, float]) -> float:
    amounts = [parts.get(box, 0.0) for box in check.boxes]
    if check.proportional and check.minimum:
        return min(1.0, sum(amounts) / check.minimum)
    low = -_SLACK + (check.minimum if check.minimum is not None else float("-inf"))
    high = _SLACK + (check.maximum if check.maximum is not None else float("inf"))
    return float(all(low <= amount <= high for amount in (amounts if check.each else [sum(amounts)])))


def _grid(key: GridKey, cells: Mapping[str, str | None]) -> Judged:
    rows = list(key.answer)
    earned, reasons, slips = [], [], []
    for row in rows:
        column = cells.get(row)
        if column is None:
            earned.append(0.0)
            continue
        default = 1.0 if column == key.answer[row] else 0.0
        earned.append(default or key.credits.get(row, {}).get(column, default))
        reasons.append(key.explanations.get(row, {}).get(column, ""))
        if earned[-1] < 1 and column not in slips:
            slips.append(column)
    right, unset = sum(part >= 1 for part in earned), sum(cells.get(row) is None for row in rows)
    reasons += [key.column_explanations.get(column, "") for column in slips]
    reasons.append(f"{count(right, 'ligne juste', 'lignes justes')} sur {len(rows)}.")
    if unset:
        reasons.append(f"{count(unset, 'ligne')} sans réponse.")
    return _weighted([key.weights.get(row, 1.0) for row in rows], earned), reasons


def _placement(key: PlacementKey, points: Mapping[str, Sequence[float] | None]) -> Judged:
    earned, reasons = [], []
    for item, place in key.places.items():
        point = points.get(item)
        axes = 0 if point is None else sum(
            low - _SLACK <= at <= high + _SLACK
            for at, (low, high) in zip(point, (place.x, place.y), strict=True)
        )  # fmt: skip
        earned.append((0.0, key.adjacent, 1.0)[axes])
        if axes < 2:
            reasons.append(place.explanation)
    return _weighted([place.weight for place in key.places.values()], earned), reasons


def _text(key: TextKey, texts: Mapping[str, str | None]) -> Judged:
    written = {name: text.strip() for name, text in texts.items() if text}
    held = [
        all(_holds(check, written.get(name, ""), written) for name in check.fields) for check in key.checks
    ]
    reasons = [check.explanation for check, holds in zip(key.checks, held, strict=True) if not holds]
    return _weighted([check.weight for check in key.checks], held), reasons


def _holds(check: TextCheck, text: str, written: Mapping[str, str]) -> bool:
    number = read_number(text)
    parts = [read_number(written.get(name, "")) for name in check.equals_sum_of]
    known = [part for part in parts if part is not None]
    return (
        len(text) >= check.length
        and (not check.mentions or any(mentions(text, word) for word in check.mentions))
        and not any(mentions(text, word) for word in check.avoids)
        and (check.format != "date" or read_date(text) is not None)
        and (check.format != "number" or number is not None)
        and (check.minimum is None or (number is not None and number >= check.minimum))
        and (check.maximum is None or (number is not None and number <= check.maximum))
        and (not parts or (number is not None and parts == known and _near(number, sum(known), 0.5)))
    )


def _weighted(weights: Sequence[float], earned: Sequence[float]) -> float:
    total = sum(weights)
    return sum(w * e for w, e in zip(weights, earned, strict=True)) / total if total else 0.0
