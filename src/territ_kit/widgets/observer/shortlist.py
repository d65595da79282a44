"""« Ma liste »: the indicators that stand out, kept in the dossier with their reasons and one's own words."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

from territ_kit.dossier import LONGEST_TEXT, REASONS, Dossier, DossierFile, Finding, Shown
from territ_kit.errors import TerritError
from territ_kit.estimate import Estimate
from territ_kit.french import count
from territ_kit.observation.figures import level_of
from territ_kit.observation.reading import compare, explain
from territ_kit.territory import Territory
from territ_kit.widgets.form import Form
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.observer.asked import Asked
from territ_kit.workspace import Workspace

KEEP = {"id": "keep", "label": "Garder ce constat dans ma liste", "primary": True}
UNDO = {"id": "undo", "label": "Annuler la dernière action", "primary": False}
_CHECKS = [{"id": name, "label": label} for name, label in REASONS.items()]
BUTTONS = {"up": "Monter", "down": "Descendre", "drop": "Retirer"}


def finding(asked: Asked) -> Finding:
    """Return what is kept of the place that is read."""
    row, definition, reference = asked.row, asked.definition, asked.reference
    estimate = Estimate(float(row["value"]), float(row["low"]), float(row["high"]))
    readable = reference is not None and not math.isnan(estimate.value)
    return Finding(
        indicator=asked.indicator,
        label=str(definition["label"]),
        level=level_of(asked.territory, asked.area),
        area=asked.area or asked.territory.code,
        area_name=str(row["name"]),
        against=reference.level if reference else "",
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        reference=reference.value if reference else None,
        unit=str(definition["unit"]),
        year=str(definition["year"]),
        source=str(definition["source"]),
        reading=compare(estimate, reference.value) if reference and readable else "none",
        sentence=explain(row, definition, reference=reference, confidence=asked.confidence),
    )


class KeptCard(Form):
    """One finding of the list: why it is kept, in one's own words, and what to do with it."""

    def __init__(self, kept: Finding, place: int, total: int) -> None:
        why = {"label": "Pourquoi ce constat compte", "hint": kept.sentence, "options": _CHECKS}
        hint = "Pour un habitant ou pour un élu. Enregistré à chaque changement."
        words = {"id": "words", "label": "Vos mots", "hint": hint, "lines": 3, "length": LONGEST_TEXT}
        possible = {"up": place > 0, "down": place < total - 1, "drop": True}
        super().__init__(
            title=f"{place + 1}. {kept.area_name} : {kept.label}",
            level=3,
            spec=[
                {"name": "reasons", "kind": "checkbox", **why},
                {"name": "words", "kind": "text", "label": "Ce que vous en dites", "fields": [words]},
            ],
            value={
                "reasons": [one for one, said in REASONS.items() if said in kept.reasons],
                "words": {"words": kept.words} if kept.words else None,
            },
            actions=[
                {"id": name, "label": label, "said": f"{label} : {kept.area_name}, {kept.label}"}
                for name, label in BUTTONS.items()
                if possible[name]
            ],
        )
        self.kept = kept


class Shortlist:
    """The findings that one person keeps, on one territory at a time."""

    def __init__(self, workspace: Workspace, territory: Territory) -> None:
        self.workspace = workspace
        self.cards: list[KeptCard] = []
        self.intro = Fragment(live=True)
        self.undo = Form(css_class="t-sobre")
        self.undo.on_action(self._undo)
        self.stack = box("t-pile")
        self.view = box("t-pile")
        self.open(territory)

    def open(self, territory: Territory) -> None:
        """Show what was kept of a territory."""
        self.file = DossierFile(self.workspace.dossier_of(territory.id), territory.id, territory.name)
        self._show(self.file.read_for_display)

    def keep(self, kept: Finding) -> str:
        """Add a finding, and return the sentence that says so, or why it cannot be kept."""
        fault = self._show(lambda: self.file.change(lambda dossier: dossier.keep(kept)))
        return fault or f"Gardé dans « Ma liste », plus bas : {kept.area_name}, {kept.label}."

    def _undo(self, _action: str) -> None:
        self._show(self.file.undo, "La dernière action est annulée.")

    def _show(self, act: Callable[[], Shown], said: str = "") -> str:
        """Use the file, then draw the whole list again; return why the file refused, "" when it did not."""
        try:
            shown = act()
        except TerritError as error:
            self._tell(str(error))
            return str(error)
        kept = shown.dossier.observation.kept
        self.cards = [KeptCard(one, place, len(kept)) for place, one in enumerate(kept)]
        for card in self.cards:
            card.on_change(partial(self._write, card))
            card.on_action(partial(self._act, card.kept))
        self.stack.children = tuple(self.cards)
        self._compose(shown)
        self._tell(f"{shown.notice} {said}".strip())
        return ""

    def _compose(self, shown: Shown) -> None:
        self.undo.actions = [UNDO] if shown.undoable else []
        stack = [self.stack] if self.cards else []
        self.view.children = (self.intro, *stack, *([self.undo] if shown.undoable else []))

    def _tell(self, said: str) -> None:
        number = len(self.cards)
        self.intro.show("shortlist", said=said, kept=count(number, "constat"), number=number)

    def _write(self, card: KeptCard, value: dict[str, Any]) -> None:
        """Save what the person writes of a finding; its card stays as it is."""
        words = (value["words"] or {}).get("words", "")
        reasons = [REASONS[one] for one in value["reasons"] or ()]
        shown = self.file.change(
            lambda dossier: dossier.write(card.kept.id, words).give_reasons(card.kept.id, reasons)
        )
        self._compose(shown)
        at = f"Enregistré à {shown.saved_at.astimezone():%H h %M}." if shown.saved_at else ""
        card.status = f"{shown.notice} {at}".strip()

    def _act(self, kept: Finding, action: str) -> None:
        """Move or drop a finding, and leave the keyboard a button to stand on."""
        acts: dict[str, tuple[Callable[[Dossier], Dossier], str]] = {
            "up": (lambda dossier: dossier.move(kept.id, -1), "Monté d’un rang"),
            "down": (lambda dossier: dossier.move(kept.id, 1), "Descendu d’un rang"),
            "drop": (lambda dossier: dossier.drop(kept.id), "Retiré, vous pouvez annuler"),
        }
        act, said = acts[action]
        self._show(lambda: self.file.change(act), f"{said} : {kept.area_name}, {kept.label}.")
        moved = [card for card in self.cards if card.kept.id == kept.id]
        (moved[0] if moved else self.undo).focus = action
