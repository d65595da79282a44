"""The evidence of one need: what the dossier already holds, or a line written by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from territ_kit.diagnosis.actions import STATES
from territ_kit.diagnosis.findings import EVIDENCE
from territ_kit.dossier import NEEDS, Evidence, Need
from territ_kit.french import fr
from territ_kit.widgets.diagnose.tables import wider_areas
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.steps.asker import Asker, choice, text
from territ_kit.widgets.steps.desk import Desk

HAND = "hand"
ADD = {"id": "add", "label": "Ajouter cet appui", "primary": True}
REMOVE = {"id": "remove", "label": "Retirer cet appui", "primary": False}
_THERE = "there:"  # before the place of a piece that the need already has
_KINDS = {
    "figure": "Un chiffre",
    "words": "Des paroles",
    "action": "Ce qui se fait, ou ne se fait pas",
    "resource": "Une ressource sur place",
}
_SHORT = 90  # characters of an evidence in a menu


class Proofs:
    """What a need rests on, shown, added and removed."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.need = ""
        self.chosen = HAND
        self.kind = "words"
        self.typed: dict[str, str] = {}
        self.form = Asker(title="Ajouter ou retirer un appui", level=3)
        self.form.on_change(self._follow)
        self.form.on_action(self._act)
        self.shown = Fragment(live=True)
        self.view = box("t-deux", self.shown, self.form)

    def show(self, need: Need | None, sentence: str) -> None:
        """Show the evidence of a need."""
        self.view.layout.display = None if need else "none"
        if need is None:
            return
        if need.id != self.need:
            self.need, self.chosen, self.typed = need.id, HAND, {}
        self.proposals = self._proposals(need)
        self.shown.show(
            "diagnose_proofs",
            title=need.title or "Sans titre",
            sentence=sentence,
            pieces=[
                {"kind": EVIDENCE[one.kind], "text": one.text, "source": one.source} for one in need.evidence
            ],
        )
        self._ask(need)

    def _ask(self, need: Need) -> None:
        offered = {HAND: "Écrire un appui à la main"}
        offered |= {key: f"Proposé. {_said(one)}" for key, one in self.proposals.items()}
        offered |= {f"{_THERE}{place}": f"Déjà là. {_said(one)}" for place, one in enumerate(need.evidence)}
        if self.chosen not in offered:
            self.chosen = HAND
        more = len(self.proposals)
        hint = f"Votre dossier en propose {fr(more)}." if more else ""
        spec = [choice("chosen", "Appui", offered, hint=hint)]
        if self.chosen == HAND:
            spec += [
                choice("kind", "C’est", _KINDS),
                text("text", "Ce qu’il dit", lines=2, length=600),
                text("source", "Qui le dit, quand ?", length=200),
            ]
        self.form.ask(spec, {**self.typed, "chosen": self.chosen, "kind": self.kind})
        self.form.actions = [REMOVE if self.chosen.startswith(_THERE) else ADD]

    def _proposals(self, need: Need) -> dict[str, Evidence]:
        """Return what the dossier and the territory hold on the theme and the area of a need."""
        territory, dossier = self.desk.territory, self.desk.dossier
        known = {piece.of for piece in need.evidence if piece.of}
        areas = wider_areas(territory, need.area)
        found: dict[str, Evidence] = {}
        for kept in dossier.observation.kept:
            same = kept.indicator in territory.catalogue.index and (
                territory.catalogue.loc[kept.indicator, "theme"] == need.theme
            )
            if same and (not need.area or kept.area == need.area):
                source = ", ".join(filter(None, (kept.source, kept.year)))
                found[kept.id] = Evidence(kind="figure", text=kept.sentence, source=source, of=kept.id)
        for voice in dossier.diagnosis.voices:
            if need.theme in voice.themes and (not voice.area or voice.area in areas):
                found[voice.id] = Evidence(kind="words", text=voice.text, source=voice.who, of=voice.id)
        actions = territory.actions[territory.actions["theme"] == need.theme]
        for key, one in actions[actions["area"].isin(areas)].iterrows():
            said = (
                f"{one['title']} : action {STATES[one['state']]}, pour : {one['public']}. {one['schedule']}."
            )
            source = str(territory.actors["name"].get(one["lead"], one["lead"]))
            found[str(key)] = Evidence(kind="action", text=said, source=source, of=str(key))
        return {key: one for key, one in found.items() if key not in known}

    def _follow(self, values: dict[str, Any]) -> None:
        moved = (values["chosen"] or HAND) != self.chosen
        self.chosen = values["chosen"] or HAND
        self.kind = values.get("kind") or self.kind
        self.typed |= {name: values[name] or "" for name in ("text", "source") if name in values}
        if moved:
            self.desk.tell("")

    def _act(self, action: str) -> None:
        need = self.need
        if action == "remove":
            place = int(self.chosen.removeprefix(_THERE))
            self._give(
                need, lambda given: given[:place] + given[place + 1 :], "Appui retiré, vous pouvez annuler."
            )
            return
        if self.chosen in self.proposals:
            piece = self.proposals[self.chosen]
        else:
            said, source = (self.typed.get(name, "").strip() for name in ("text", "source"))
            if not said:
                self.form.errors = {"text": "Écrivez ce que dit cet appui, puis ajoutez-le."}
                return
            piece = Evidence.read({"kind": self.kind, "text": said, "source": source})
            self.typed = {}
        self._give(need, lambda given: (*given, piece), "Appui ajouté.")

    def _give(
        self, need: str, change: Callable[[tuple[Evidence, ...]], tuple[Evidence, ...]], said: str
    ) -> None:
        """Change the evidence of a need."""
        self.desk.change(
            lambda dossier: NEEDS.change(dossier, need, lambda one: one.but(evidence=change(one.evidence))),
            said,
        )


def _said(piece: Evidence) -> str:
    words = f"{EVIDENCE[piece.kind].capitalize()} : {piece.text}"
    return words if len(words) <= _SHORT else f"{words[:_SHORT].rstrip()}…"
