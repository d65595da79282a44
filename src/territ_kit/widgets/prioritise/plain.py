"""« Simple »: an order without a score, for residents, and what several orders have in common."""

from __future__ import annotations

from typing import Any

from territ_kit.dossier import CANDIDATES, Dossier
from territ_kit.errors import InputError
from territ_kit.french import fr
from territ_kit.prioritisation.direct import common_order, common_sentence
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.prioritise.start import Start
from territ_kit.widgets.prioritise.tables import names
from territ_kit.widgets.steps.asker import Asker, choice, text
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.task import Task

ADD = {"id": "add", "label": "Garder ce classement", "primary": True}
DROP = {"id": "drop", "label": "Retirer le dernier classement", "primary": False}


class Plain(Task):
    """A list to put in order on the left, what the orders kept have in common on the right."""

    id = "simple"
    label = "Classer simplement, avec des habitants"
    lead = "Mettez en haut ce qui compte le plus pour vous. Il n’y a ni note ni calcul."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.start = Start(desk)
        self.form = Asker(title="Votre classement")
        self.form.on_change(self._follow)
        self.form.on_action(self._act)
        self.words = Fragment(live=True)
        self.view = box("t-pile", self.start, box("t-deux", self.form, self.words))
        self.order: list[str] = []
        self.unknown: list[str] = []
        self.said = ""

    def show(self) -> None:
        """Follow the dossier; the order being made stays."""
        self.start.follow()
        labels = names(CANDIDATES.of(self.desk.dossier))
        self.order = [key for key in dict.fromkeys([*self.order, *labels]) if key in labels]
        self.unknown = [key for key in self.unknown if key in labels]
        self.form.layout.display = None if labels else "none"
        if labels:
            options = [{"id": key, "label": label} for key, label in labels.items()]
            ranking = {
                "name": "order",
                "kind": "ranking",
                "label": "Du plus au moins important",
                "options": options,
            }
            self.form.ask(
                [
                    ranking,
                    choice(
                        "unknown",
                        "Je ne sais pas où les mettre",
                        labels,
                        kind="checkbox",
                        advanced="Je ne sais pas",
                    ),
                    text(
                        "said",
                        "Vos raisons",
                        lines=3,
                        hint="Pour le premier, et pour le dernier. Sans nom de personne.",
                    ),
                ],
                {"order": self.order, "unknown": self.unknown, "said": self.said},
            )
        kept = self.desk.dossier.prioritisation.plain
        self.form.actions = [ADD, DROP] if kept else [ADD]
        self._say(labels)

    def _follow(self, values: dict[str, Any]) -> None:
        self.order = values["order"] or self.order
        self.unknown = values["unknown"] or []
        self.said = values["said"] or ""

    def _act(self, action: str) -> None:
        if action == "add":
            order = tuple(key for key in self.order if key not in self.unknown)
            if not order:
                raise InputError(
                    "Ce classement est vide ; attendu : un besoin placé, au moins. "
                    "Décochez ce que vous savez placer."
                )
            said = self.said
            if self.desk.change(lambda dossier: _with(dossier, order, said), "Le classement est gardé."):
                self.said, self.unknown = "", []
                self.show()
        else:
            self.form.focus = "add"
            self.desk.change(_without, "Le dernier classement est retiré, vous pouvez annuler.")

    def _say(self, labels: dict[str, str]) -> None:
        part = self.desk.dossier.prioritisation
        orders = [[labels[key] for key in order if key in labels] for order in part.plain]
        said: dict[str, Any] = {"orders": len(orders), "empty": not labels}
        if any(orders):
            table = common_order(orders, list(labels.values()))
            said["sentence"] = common_sentence(table, len(orders))
            said["rows"] = [
                {
                    "name": str(name),
                    "places": _places(row["best"], row["worst"]),
                    "firsts": int(row["firsts"]),
                }
                for name, row in table.iterrows()
            ]
            said["words"] = [words for words in part.plain_words if words.strip()]
        self.words.show("prioritise_plain", **{"sentence": "", "rows": [], "words": [], **said})


def _places(best: float, worst: float) -> str:
    low, high = (fr(place, 0 if place == round(place) else 1) for place in (best, worst))
    return low if low == high else f"de {low} à {high}"


def _with(dossier: Dossier, order: tuple[str, ...], said: str) -> Dossier:
    part = dossier.prioritisation
    words = (*part.plain_words, *[""] * (len(part.plain) - len(part.plain_words)))
    return dossier.but(prioritisation=part.but(plain=(*part.plain, order), plain_words=(*words, said)))


def _without(dossier: Dossier) -> Dossier:
    part = dossier.prioritisation
    left = part.plain[:-1]
    return dossier.but(prioritisation=part.but(plain=left, plain_words=part.plain_words[: len(left)]))
