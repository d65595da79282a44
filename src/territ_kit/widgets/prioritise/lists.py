"""The two lists of the step: the criteria and their points, the needs and their scores."""

from __future__ import annotations

from typing import Any

from territ_kit.dossier import CANDIDATES, CRITERIA, Candidate, Criterion
from territ_kit.errors import InputError
from territ_kit.french import fr
from territ_kit.widgets.prioritise.tables import names, read_number
from territ_kit.widgets.steps.asker import Asker, Field, choice, number, text
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.lines import Lines

SENSES = {
    "max": "Une note haute met le besoin en haut",
    "min": "Une note basse met le besoin en haut",
}
_DOUBT = "Jusqu’où chaque note peut se tromper"
_REST = "Les autres critères"
_AT_ONCE = 4


class CriterionLines(Lines[Criterion]):
    """What counts in the order."""

    shelf = CRITERIA
    title = "Ce qui compte"
    noun = "critère"
    add = "Ajouter un critère"
    empty = "Aucun critère n’est encore choisi. Trois à cinq suffisent."

    def line(self, item: Criterion) -> str:
        """Return the name and the points."""
        return f"{item.label or 'Sans titre'} ({fr(item.weight)} points)"

    def fields(self, item: Criterion) -> list[Field]:  # noqa: ARG002 # the same for every line
        """Return the name, the question and the sense."""
        return [
            text("label", "Nom du critère", length=80),
            text("explanation", "La question qu’il pose", lines=2, hint="La même pour tous, avant de noter."),
            choice("sense", "Sens de la note", SENSES, advanced=True),
        ]

    def blank(self, identifier: str) -> Criterion:
        """Return a criterion without points."""
        return Criterion(id=identifier)


class Points(Asker):
    """A hundred points to spread over the criteria."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(title="Vos cent points")
        self.desk = desk
        self.on_change(self._save)

    def show_points(self) -> None:
        """Follow the dossier."""
        criteria = CRITERIA.of(self.desk.dossier)
        self.layout.display = None if criteria else "none"
        options = [{"id": key, "label": name} for key, name in names(criteria).items()]
        spread = {
            "name": "points", "kind": "allocation", "label": "Répartissez 100 points", "options": options,
            "hint": "Plus un critère a de points, plus il pèse. Décidez avant de noter.", "total": 100,
        }  # fmt: skip
        self.ask([spread] if criteria else [], {"points": {one.id: one.weight for one in criteria}})
        total = sum(one.weight for one in criteria)
        off = criteria and abs(total - 100) > 0.05
        self.status = f"Le total est de {fr(total)} : le calcul le ramène à 100." if off else ""

    def _save(self, values: dict[str, Any]) -> None:
        given = values["points"] or {}
        try:
            points = {key: read_number(value, 0, 100) or 0.0 for key, value in given.items()}
        except InputError as error:
            self.errors = {"points": f"{error} Pas encore enregistré."}
            return

        def spread(criterion: Criterion) -> Criterion:
            return criterion.but(weight=points.get(criterion.id, 0.0))

        part = self.desk.dossier.prioritisation
        self.desk.set("prioritisation", criteria=tuple(spread(one) for one in part.criteria))


class CandidateLines(Lines[Candidate]):
    """The needs to rank, a score by criterion and its doubt."""

    shelf = CANDIDATES
    title = "Les besoins"
    noun = "besoin"
    add = "Ajouter un besoin"
    empty = "Aucun besoin n’est encore à classer."

    def line(self, item: Candidate) -> str:
        """Return the name, and whether scores are missing."""
        left = [one for one in CRITERIA.of(self.desk.dossier) if one.id not in item.scores]
        return f"{item.label or 'Sans titre'}{' (à noter)' if left else ''}"

    def fields(self, item: Candidate) -> list[Field]:  # noqa: ARG002 # the same for every line
        """Return the name, a score by criterion, and the doubts in a closed group."""
        fields = [text("label", "Le besoin", length=200)]
        criteria = CRITERIA.of(self.desk.dossier)
        labels = names(criteria)
        for place, one in enumerate(criteria):
            more = {"advanced": _REST} if place >= _AT_ONCE else {}
            ten = {"unit": "sur 10", "hint": one.explanation}
            fields.append(number(f"score {one.id}", labels[one.id], **ten, **more))
        doubt = {"hint": "En points, dans un sens et dans l’autre. De 0 à 5.", "advanced": _DOUBT}
        return [
            *fields,
            *(number(f"doubt {key}", f"Doute : {name}", **doubt) for key, name in labels.items()),
        ]

    def values(self, item: Candidate) -> dict[str, Any]:
        """Return the name, the scores and the doubts."""
        scores = {f"score {key}": value for key, value in item.scores.items()}
        return {"label": item.label} | scores | {f"doubt {key}": value for key, value in item.doubt.items()}

    def read(self, item: Candidate, values: dict[str, Any]) -> Candidate:
        """Return the need with its scores; an empty score is not a zero."""
        scores, doubt = dict(item.scores), dict(item.doubt)
        for one in CRITERIA.of(self.desk.dossier):
            for kept, kind, most in ((scores, "score", 10), (doubt, "doubt", 5)):
                value = read_number(values.get(f"{kind} {one.id}"), 0, most)
                kept.pop(one.id, None)
                if value is not None:
                    kept[one.id] = value
        return item.but(label=values["label"] or "", scores=scores, doubt=doubt)

    def blank(self, identifier: str) -> Candidate:
        """Return a need without scores."""
        return Candidate(id=identifier)
