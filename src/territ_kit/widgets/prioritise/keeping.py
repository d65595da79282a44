"""« Retenir »: the order of the group, the reasons of what it moves, and the few priorities that go on."""

from __future__ import annotations

from typing import Any

from territ_kit.dossier import CANDIDATES, Dossier
from territ_kit.french import fr
from territ_kit.prioritisation.direct import same_pairs
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.prioritise.start import Start
from territ_kit.widgets.prioritise.tables import calculated, names, settled
from territ_kit.widgets.steps.asker import Asker, choice, text
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.task import Task

FEW, MANY = 3, 5
BACK = {"id": "back", "label": "Revenir à l’ordre calculé", "primary": False}


class Keeping(Task):
    """The order on the left, what is kept and why on the right."""

    id = "retenir"
    label = "Ce que nous retenons, et pourquoi"
    lead = "Retenez trois à cinq priorités. Si vous changez l’ordre, écrivez pourquoi et qui décide."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.start = Start(desk)
        self.order = Asker(title="Votre ordre")
        self.order.on_change(self._move)
        self.order.on_action(lambda _action: self._back())
        self.why = Asker(title="Vos raisons")
        self.why.on_change(self._reason)
        self.words = Fragment(live=True)
        left, right = box("t-pile", self.order), box("t-pile", self.why, self.words)
        self.view = box("t-pile", self.start, box("t-deux", left, right))
        self.current = ""

    def show(self) -> None:
        """Follow the dossier."""
        self.start.follow()
        labels = names(CANDIDATES.of(self.desk.dossier))
        for form in (self.order, self.why):
            form.layout.display = None if labels else "none"
        if not labels:
            self.words.html = ""
            return
        order, ranks, part = (
            settled(self.desk.dossier),
            calculated(self.desk.dossier),
            self.desk.dossier.prioritisation,
        )
        if self.current not in labels:
            self.current = (self._unexplained(order, ranks) or order)[0]
        kept = [key for key in part.chosen if key in labels]
        self._ask_order(labels, order, len(kept))
        self._ask_why(labels, order, ranks)
        self.words.show(
            "prioritise_kept",
            kept=[_row(key, order, ranks, labels, part.reasons) for key in order if key in kept],
            left=[_row(key, order, ranks, labels, part.reasons) for key in order if key not in kept],
            many=len(kept) > MANY,
            few=0 < len(kept) < FEW,
            pairs=_pairs(part.plain, list(ranks)) if part.criteria else [],
        )

    def _ask_order(self, labels: dict[str, str], order: list[str], kept: int) -> None:
        numbers = {str(number): fr(number) for number in range(1, min(max(MANY, kept), len(order)) + 1)}
        ranking = {
            "name": "order", "kind": "ranking", "label": "Du premier au dernier",
            "options": [{"id": key, "label": labels[key]} for key in labels],
        }  # fmt: skip
        number = choice("number", "Combien de priorités retenez-vous ?", numbers, placeholder="Choisir…")
        self.order.ask([number, ranking], {"order": order, "number": str(kept) if kept else None})
        self.order.actions = [BACK] if order != settled(_unmoved(self.desk.dossier)) else []

    def _ask_why(self, labels: dict[str, str], order: list[str], ranks: dict[str, int]) -> None:
        reasons, waits = self.desk.dossier.prioritisation.reasons, set(self._unexplained(order, ranks))
        listed = {
            key: f"{place}. {labels[key]}{' (raison à écrire)' if key in waits else ''}"
            for place, key in enumerate(order, 1)
        }
        asked = text(
            "reason",
            _question(self.current, order, ranks),
            lines=3,
            hint="Qui décide, et pour quelle raison.",
        )
        self.why.ask(
            [choice("need", "Besoin", listed), asked],
            {"need": self.current, "reason": reasons.get(self.current, "")},
        )
        moved = f"« {labels[self.current]} » n’est pas à sa place calculée. Écrivez pourquoi."
        self.why.status = moved if self.current in waits else ""

    def _unexplained(self, order: list[str], ranks: dict[str, int]) -> list[str]:
        """Return the needs that were moved up without a reason."""
        reasons = self.desk.dossier.prioritisation.reasons
        return [
            key
            for place, key in enumerate(order, 1)
            if place < ranks.get(key, 0) and not reasons.get(key, "").strip()
        ]

    def _move(self, values: dict[str, Any]) -> None:
        before = settled(self.desk.dossier)
        order = values["order"] or before
        number = int(values["number"] or 0)
        if order != before:
            # The need that was moved is the one whose reason is asked.
            raised = [key for place, key in enumerate(order) if place < before.index(key)]
            self.current = raised[0] if raised else self.current
        moved = order != settled(_unmoved(self.desk.dossier))
        kept = tuple(order) if moved else ()
        self.desk.set("prioritisation", order=kept, chosen=tuple(order[:number]))

    def _back(self) -> None:
        self.order.focus = "back"
        number = len(self.desk.dossier.prioritisation.chosen)

        def again(dossier: Dossier) -> Dossier:
            bare = _unmoved(dossier)
            chosen = tuple(settled(bare)[:number])
            return bare.but(prioritisation=bare.prioritisation.but(chosen=chosen))

        self.desk.change(again, "L’ordre est de nouveau celui du calcul. Vos raisons sont gardées.")

    def _reason(self, values: dict[str, Any]) -> None:
        if values["need"] and values["need"] != self.current:
            self.current = values["need"]
            self.desk.tell("")
            return
        reasons = {**self.desk.dossier.prioritisation.reasons, self.current: values["reason"] or ""}
        self.desk.set("prioritisation", reasons={key: said for key, said in reasons.items() if said.strip()})


def _unmoved(dossier: Dossier) -> Dossier:
    """Return the dossier without what the group has moved."""
    return dossier.but(prioritisation=dossier.prioritisation.but(order=()))


def _question(key: str, order: list[str], ranks: dict[str, int]) -> str:
    place, rank = order.index(key) + 1, ranks.get(key)
    if rank is None or rank == place:
        return "Pourquoi cette place ?"
    return f"Pourquoi {_ordinal(place)}, et non {_ordinal(rank)} comme au calcul ?"


def _row(
    key: str, order: list[str], ranks: dict[str, int], labels: dict[str, str], reasons: dict[str, str]
) -> dict[str, Any]:
    place, rank = order.index(key) + 1, ranks.get(key)
    said = "sans rang calculé" if rank is None else f"rang calculé : {_ordinal(rank)}"
    reason = reasons.get(key, "")
    moved = rank is not None and rank != place
    return {"name": labels[key], "place": place, "rank": said, "moved": moved, "reason": reason}


def _ordinal(place: int) -> str:
    return "1er" if place == 1 else f"{place}e"


def _pairs(orders: tuple[tuple[str, ...], ...], ranked: list[str]) -> list[str]:
    """Say how many pairs each order given without scores puts as the calculation does."""
    said = []
    for number, order in enumerate(orders[:6], 1):
        found = same_pairs(order, ranked)
        if found.total:
            said.append(f"Classement {number} : {fr(found.same)} paires sur {fr(found.total)}.")
    return said
