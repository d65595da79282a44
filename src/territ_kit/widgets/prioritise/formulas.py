"""« Hanlon »: three figures a need, several published formulas, and a filter that asks to rework."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from territ_kit.charts.methods_compared import MethodsComparedChart
from territ_kit.dossier import CANDIDATES, Candidate
from territ_kit.errors import InputError
from territ_kit.french import fr
from territ_kit.prioritisation.checks import shared_ranks
from territ_kit.prioritisation.hanlon import (
    PEARL,
    UNVERIFIED,
    VARIANTS,
    break_even,
    priority_rating,
    to_rework,
)
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.prioritise.start import Start
from territ_kit.widgets.prioritise.tables import names, read_number
from territ_kit.widgets.steps.asker import Field, number, text
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.drawing import Build, Drawing, Drawn
from territ_kit.widgets.steps.lines import Lines
from territ_kit.widgets.steps.task import Task

FIGURES = {
    "size": ("A. Ampleur", "Combien de personnes sont touchées ?"),
    "seriousness": ("B. Gravité", "Que leur fait le problème ?"),
    "effectiveness": ("C. Savoir agir", "Que sait-on faire qui marche ?"),
}
_FILTER = "Le filtre de faisabilité (PEARL)"
_ANSWERS = [{"id": "yes", "label": "1 : oui"}, {"id": "no", "label": "0 : non"}]
_NOTE = (
    "Rang de chaque besoin. Comparez les rangs, jamais les nombres. Pour la variante francophone, C de 0 à "
    "10 est ramené de 0,5 à 1,5 (hypothèse pédagogique)."
)


class RatingLines(Lines[Candidate]):
    """The three figures of each need, and the five answers of the filter."""

    shelf = CANDIDATES
    title = "Les besoins"
    noun = "besoin"
    add = "Ajouter un besoin"
    empty = "Aucun besoin n’est encore à classer."

    def line(self, item: Candidate) -> str:
        """Return the name, and what it waits for."""
        missing = any(getattr(item.hanlon, name) is None for name in FIGURES)
        failed = to_rework(item.hanlon.pearl)
        waits = " (à noter)" if missing else " (à retravailler)" if failed else ""
        return f"{item.label or 'Sans titre'}{waits}"

    def fields(self, item: Candidate) -> list[Field]:
        """Return the three figures, and the filter in a closed group."""
        figures = [number(name, label, unit="sur 10", hint=hint) for name, (label, hint) in FIGURES.items()]
        asked = [
            {"id": letter, "label": f"{question.word[:1].upper()}{question.word[1:]} : {question.asks}"}
            for letter, question in PEARL.items()
        ]
        grid = {
            "name": "pearl", "kind": "grid", "label": "L’action envisagée, telle qu’elle est écrite",
            "rows": asked, "columns": _ANSWERS, "advanced": _FILTER,
        }  # fmt: skip
        fields = [*figures, grid]
        if to_rework(item.hanlon.pearl):
            hint = "Ce que vous changez dans l’action avant de repasser le filtre."
            fields.append(text("rework", "Ce que nous retravaillons", lines=3, hint=hint))
        return fields

    def values(self, item: Candidate) -> dict[str, Any]:
        """Return the figures, and the answers given."""
        rating = item.hanlon
        answers = {letter: "yes" if passed else "no" for letter, passed in rating.pearl.items()}
        return {name: getattr(rating, name) for name in FIGURES} | {
            "pearl": answers or None,
            "rework": rating.rework,
        }

    def read(self, item: Candidate, values: dict[str, Any]) -> Candidate:
        """Return the need with its ratings."""
        figures = {name: read_number(values[name], 0, 10) for name in FIGURES}
        pearl = {letter: answer == "yes" for letter, answer in (values["pearl"] or {}).items()}
        rework = values.get("rework", item.hanlon.rework) or ""
        return item.but(hanlon=item.hanlon.but(**figures, pearl=pearl, rework=rework))

    def blank(self, identifier: str) -> Candidate:
        """Return a need without figures."""
        return Candidate(id=identifier)


class Formulas(Task):
    """The figures, what each formula makes of them, and the filter."""

    id = "hanlon"
    label = "Deux formules et un filtre (méthode de Hanlon)"
    lead = "Les mêmes notes, plusieurs formules. Le filtre demande de retravailler, il ne condamne pas."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.start = Start(desk)
        self.lines = RatingLines(desk)
        self.lines.menu.level = 2
        self.words = Fragment(live=True)
        self.figure = Drawing(self._draw, banner=desk.territory.banner)
        self.view = box("t-pile", self.start, self.lines.view, self.words, self.figure)
        self._shown: object = None

    def show(self) -> None:
        """Follow the dossier."""
        self.start.follow()
        candidates = CANDIDATES.of(self.desk.dossier)
        self.lines.view.layout.display = None if candidates else "none"
        self.lines.show()
        if candidates != self._shown:
            self._shown = candidates
            self.figure.refresh()
        self._say(candidates)

    def _say(self, candidates: tuple[Candidate, ...]) -> None:
        table = ratings(candidates)
        labels = names(candidates)
        failing = [(labels[one.id], to_rework(one.hanlon.pearl), one.hanlon.rework) for one in candidates]
        self.words.show(
            "prioritise_hanlon",
            empty=not candidates,
            ready=len(table),
            variants=VARIANTS.values(),
            refused=UNVERIFIED.values(),
            turns=turning_weights(table),
            failing=[row for row in failing if row[1]],
        )

    def _draw(self, build: Build) -> Drawn | None:
        candidates = CANDIDATES.of(self.desk.dossier)
        table = ratings(candidates)
        if table.empty:
            return None
        chart = build(MethodsComparedChart, "formule", "formules")
        return chart.show(formula_ranks(table), note=_NOTE), chart.png


def ratings(candidates: tuple[Candidate, ...]) -> pd.DataFrame:
    """Return the three figures of the needs that have them, by name; those to rework are said to be."""
    labels = names(candidates)
    rows = {}
    for one in candidates:
        figures = [getattr(one.hanlon, name) for name in FIGURES]
        if None not in figures and max(figures) <= 10:
            failed = " (à retravailler)" if to_rework(one.hanlon.pearl) else ""
            rows[f"{labels[one.id]}{failed}"] = figures
    return pd.DataFrame.from_dict(rows, orient="index", columns=list(FIGURES), dtype=float)


def formula_ranks(table: pd.DataFrame) -> pd.DataFrame:
    """Return the rank of each need with each formula, before the filter."""
    found = {}
    for name, variant in VARIANTS.items():
        low, high = variant.effectiveness
        known = low + (high - low) * table["effectiveness"] / 10
        rating = priority_rating(table["size"], table["seriousness"], known, variant=name)
        said = f"{variant.label} ({variant.status})" if variant.status else variant.label
        found[said] = shared_ranks(np.asarray(rating))
    return pd.DataFrame(found, index=table.index)


def turning_weights(table: pd.DataFrame) -> list[str]:
    """Return, for neighbours of the first formula, the weight of the seriousness that makes them swap."""
    if len(table) < 2:
        return []
    order = table.assign(rating=priority_rating(*(table[name] for name in FIGURES))).sort_values(
        "rating", ascending=False, kind="stable"
    )
    said = []
    for first, second in pairwise(order.index):
        one, two = (tuple(order.loc[name, list(FIGURES)].astype(float)) for name in (first, second))
        try:
            weight = break_even(one, two)
        except InputError:  # a figure that no formula takes
            continue
        if weight is not None and weight > 0 and round(weight, 2) != 1:
            way = "plus" if weight > 1 else "moins"
            said.append(
                f"« {second} » passe devant « {first} » si la gravité compte {way} de {fr(weight, 2)} fois."
            )
    return said[:5]
