"""« Paroles »: what people say, with the same rank as figures."""

from __future__ import annotations

from typing import Any

from territ_kit.diagnosis.voices import KINDS, WAYS, count_themes, describe, saturation
from territ_kit.dossier import VOICES, Dossier, Voice
from territ_kit.french import count
from territ_kit.widgets.diagnose.tables import names_of, voices_table
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.steps.asker import Asker, Field, choice, text
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.lines import Lines
from territ_kit.widgets.steps.task import Task

_KIND = {
    "resident": "Un habitant, une habitante",
    "professional": "Un professionnel, une professionnelle",
    "elected": "Un élu, une élue",
    "association": "Une association",
    "other": "Une autre personne",
}


class VoiceLines(Lines[Voice]):
    """The voices of the dossier."""

    shelf = VOICES
    title = "Les paroles"
    noun = "parole"
    add = "Ajouter une parole"
    empty = "Aucune parole n’est encore notée. Ajoutez la première, ou reprenez celles du cas."

    def line(self, item: Voice) -> str:
        """Return who speaks."""
        return item.who

    def fields(self, item: Voice) -> list[Field]:  # noqa: ARG002 # the same for every line
        """Return who, what, about what."""
        territory = self.desk.territory
        names = {"": "Tout le territoire", **names_of(territory.area_names().drop(territory.code))}
        return [
            text("who", "Qui parle ?", hint="Un rôle, jamais un nom : « une mère de deux enfants »."),
            text("text", "Ce que la personne dit", lines=4, hint="Ses mots, sans les corriger."),
            choice("themes", "De quoi parle-t-elle ?", names_of(territory.themes), kind="checkbox"),
            choice("kind", "C’est", _KIND, advanced="Qui, où et comment"),
            choice("way", "Entendu lors de", _ways(), advanced="Qui, où et comment"),
            choice("area", "Lieu", names, advanced="Qui, où et comment"),
        ]

    def blank(self, identifier: str) -> Voice:
        """Return a voice without words."""
        return Voice(id=identifier)

    def values(self, item: Voice) -> dict[str, Any]:
        """Return the values of the fields."""
        return {**super().values(item), "themes": list(item.themes)}

    def read(self, item: Voice, values: dict[str, Any]) -> Voice:
        """Return the voice as it was filled."""
        kept = {name: values[name] or "" for name in ("who", "text", "area")}
        kind, way = values["kind"] or item.kind, values["way"] or item.way
        return item.but(**kept, themes=tuple(values["themes"] or ()), kind=kind, way=way)


def _ways() -> dict[str, str]:
    return {code: words[:1].upper() + words[1:] for code, words in WAYS.items()}


class Voices(Task):
    """Who was heard, and about what."""

    id = "paroles"
    label = "Que disent les gens ? Les paroles"
    lead = "Notez ce que disent habitants, professionnels et élus. Une parole pèse autant qu’un chiffre."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.lines = VoiceLines(desk)
        self.case = Asker(css_class="t-sobre")
        self.case.on_action(lambda _action: self._take())
        self.summary = Fragment(live=True)
        self.view = box("t-pile", self.lines.view, self.case, self.summary)

    def show(self) -> None:
        """Follow the dossier."""
        self.lines.show()
        absent = self._absent()
        label = f"Reprendre {count(len(absent), 'parole')} du cas"
        self.case.actions = [{"id": "take", "label": label, "primary": False}] if absent else []
        self.case.layout.display = None if absent else "none"
        table, names = voices_table(self.desk.dossier), names_of(self.desk.territory.themes)
        counts = count_themes(table)
        self.summary.show(
            "diagnose_voices",
            sentence=describe(table, names),
            saturation=saturation(table).sentence if len(table) else "",
            kinds=list(KINDS.values()),
            rows=[
                {
                    "theme": names.get(str(theme), theme),
                    "numbers": row[list(KINDS)].tolist(),
                    "total": row["total"],
                }
                for theme, row in counts.iterrows()
            ],
        )

    def _absent(self) -> list[Voice]:
        """Return the voices of the case that are not in the dossier."""
        there = {voice.text for voice in VOICES.of(self.desk.dossier)}
        voices = [
            Voice(id=f"cas-{place}", who=one.role, kind=one.kind, way="case", text=one.text.strip())
            for place, one in enumerate(self.desk.territory.voices, 1)
        ]
        return [voice for voice in voices if voice.text not in there]

    def _take(self) -> None:
        absent = self._absent()

        def take(dossier: Dossier) -> Dossier:
            for voice in absent:
                new = voice.but(id=VOICES.new_id(dossier, voice.id))
                dossier = VOICES.put(dossier, new)
            return dossier

        self.desk.change(take, "Les paroles du cas sont là : cochez de quoi chacune parle.")
