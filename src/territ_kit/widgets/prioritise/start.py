"""What a task shows while there is nothing to rank: what is missing, and one button."""

from __future__ import annotations

from territ_kit.course.printed_prioritisation import prepared_needs
from territ_kit.dossier import CANDIDATES, Candidate
from territ_kit.french import count
from territ_kit.widgets.form import Form
from territ_kit.widgets.prioritise.tables import NOBODY, take_cards, take_needs, waiting_needs
from territ_kit.widgets.steps.desk import Desk


class Start(Form):
    """Offers the needs of the diagnosis, else the cards of the session, else a first need.

    While needs are already there, `also` still offers those of the diagnosis that are not.
    """

    def __init__(self, desk: Desk, *, also: bool = False) -> None:
        super().__init__(css_class="t-carte--sable")
        self.desk, self._also = desk, also
        self.on_action(self._act)

    def follow(self) -> None:
        """Show itself only when there is something to offer."""
        dossier = self.desk.dossier
        empty = not CANDIDATES.of(dossier)
        waiting = waiting_needs(dossier)
        self.layout.display = None if empty or (self._also and waiting) else "none"
        needs = count(len(waiting), "besoin")
        if waiting:
            why = f"Le diagnostic a gardé {needs} à classer."
            offered = "needs", "Reprendre les besoins du diagnostic", why
        elif prepared_needs(self.desk.territory):
            why = "Le module a préparé des cartes pour ce territoire."
            offered = "cards", "Reprendre les cartes de la séance", why
        else:
            offered = "one", "Ajouter un besoin", "Ajoutez le premier."
        action, label, why = offered
        self.status = f"{NOBODY} {why}" if empty else why
        self.actions = [{"id": action, "label": label, "primary": empty}]

    def _act(self, action: str) -> None:
        desk = self.desk
        if action == "needs":
            desk.change(take_needs, "Les besoins du diagnostic sont repris.")
        elif action == "cards":
            desk.change(lambda dossier: take_cards(dossier, desk.territory), "Les cartes sont reprises.")
        else:
            desk.put(CANDIDATES, Candidate(id=CANDIDATES.new_id(desk.dossier, "besoin")))
