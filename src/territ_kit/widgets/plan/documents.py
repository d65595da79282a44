"""« Document »: what the dossier gives to a steering committee."""

from __future__ import annotations

from territ_kit.dossier.worked import STEPS, empty_steps
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.steps.asker import Asker
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.task import Task


class Documents(Task):
    """The documents that the app can make, each a button."""

    id = "document"
    label = "Que donnons-nous au comité ? Les documents"
    lead = "Le dossier devient un document à relire et à compléter. Rien n’est envoyé : il se télécharge ici."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.words = Fragment()
        self.form = Asker(title="Préparer un document")
        self.form.on_action(self._make)
        self.view = box("t-pile", self.words, self.form)

    def show(self) -> None:
        """Follow the dossier."""
        empty = set(empty_steps(self.desk.dossier))
        documents = list(self.desk.documents)
        self.words.show(
            "plan_document",
            steps=[{"name": said, "there": name not in empty} for name, said in STEPS.items()],
            documents=documents,
        )
        self.form.layout.display = None if documents else "none"
        self.form.actions = [
            {"id": one.name, "label": one.label, "primary": place == 0} for place, one in enumerate(documents)
        ]

    def _make(self, name: str) -> None:
        document = next((one for one in self.desk.documents if one.name == name), None)
        if document is None:
            return
        content = document.make(self.desk.dossier, self.desk.territory)
        self.form.offer(
            f"{document.name}-{self.desk.territory.id}.{document.kind}", content, document.media_type
        )
        self.form.status = f"« {document.label} » est téléchargé. Relisez-le avant de le donner."
        self.form.focus = name
