"""« Évaluation »: what the indicators can tell, and the questions to answer."""

from __future__ import annotations

from typing import Any

from territ_kit.dossier import ENQUIRIES, OBJECTIVES, Dossier, Enquiry
from territ_kit.planning.evaluation import CRITERIA, CRITERIA_NOTE, EvaluationPlan, evaluation_plan
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.plan.parts import kept
from territ_kit.widgets.steps.asker import Asker, Field, choice, text
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.lines import Lines
from territ_kit.widgets.steps.task import Task

PROPOSE = {"id": "propose", "label": "Proposer une question par critère", "primary": False}
_MOST = 40  # rows on the page; the workbook has them all


class EnquiryLines(Lines[Enquiry]):
    """The questions of the evaluation."""

    shelf = ENQUIRIES
    title = "Les questions d’évaluation"
    noun = "question"
    add = "Ajouter une question"
    empty = "Aucune question. Que voudrez-vous savoir à la fin, et qui la posera ?"
    ordered = True

    def line(self, item: Enquiry) -> str:
        """Return the question."""
        return item.text

    def fields(self, item: Enquiry) -> list[Field]:
        """Return the question, its criterion, for whom, how, when."""
        criteria = {"": "Aucun", **{name: name.capitalize() for name in CRITERIA}}
        if item.criterion not in criteria:
            criteria[item.criterion] = item.criterion
        return [
            text("text", "La question", lines=2, length=400),
            choice("criterion", "Critère", criteria, hint=CRITERIA_NOTE),
            text("public", "Qui se la pose ?", hint="Élus, financeurs, habitants, équipes.", length=200),
            text(
                "how", "Comment y répondre ?", lines=2, hint="Chiffre suivi, entretiens, atelier.", length=500
            ),
            text("date", "Quand ?", length=100),
        ]

    def blank(self, identifier: str) -> Enquiry:
        """Return a question without words."""
        return Enquiry(id=identifier)

    def read(self, item: Enquiry, values: dict[str, Any]) -> Enquiry:
        """Return the question as it was filled."""
        return item.but(
            **{name: values[name] or "" for name in ("text", "criterion", "public", "how", "date")}
        )


class Evaluation(Task):
    """Indicators read, questions written."""

    id = "evaluation"
    label = "Comment saurons-nous ? Le plan d’évaluation"
    lead = "Lisez ce que vos indicateurs peuvent dire, puis écrivez les questions qui comptent."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.words = Fragment(live=True)
        self.offer = Asker(css_class="t-sobre")
        self.offer.on_action(lambda _action: self._propose())
        self.lines = EnquiryLines(desk)
        self.view = box("t-pile", self.words, self.offer, self.lines.view)

    def show(self) -> None:
        """Follow the dossier."""
        dossier = self.desk.dossier
        months = 12 * dossier.programme.years
        self.plan: EvaluationPlan = evaluation_plan(kept(dossier), OBJECTIVES.of(dossier), months=months)
        table = self.plan.french_table()
        self.words.show(
            "plan_evaluation",
            summary=self.plan.summary(),
            advice=self.plan.advice["sentence"].head(12).tolist(),
            more=max(len(self.plan.advice) - 12, 0),
            columns=list(table.columns),
            rows=table.head(_MOST).to_numpy().tolist(),
            hidden=max(len(table) - _MOST, 0),
        )
        self.lines.show()
        absent = self._absent()
        self.offer.actions = [PROPOSE] if absent else []
        self.offer.layout.display = None if absent else "none"

    def _absent(self) -> list[str]:
        asked = {one.criterion for one in ENQUIRIES.of(self.desk.dossier)}
        return [criterion for criterion in CRITERIA if criterion not in asked]

    def _propose(self) -> None:
        absent = self._absent()

        def propose(dossier: Dossier) -> Dossier:
            for criterion in absent:
                identifier = ENQUIRIES.new_id(dossier, criterion)
                new = Enquiry(id=identifier, text=CRITERIA[criterion], criterion=criterion)
                dossier = ENQUIRIES.put(dossier, new)
            return dossier

        self.desk.change(propose, "Une question par critère : gardez-en trois, dites qui la pose et comment.")
        self.lines.menu.focus = "add"
