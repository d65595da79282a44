"""The panel « Observer »: choose an indicator, look at it, read what may be said of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mistune
import pandas as pd

from territ_kit.charts.choropleth import ChoroplethChart
from territ_kit.charts.profile import ProfileChart
from territ_kit.charts.style import Size
from territ_kit.charts.subject import CLEAR, WORSE, Subject
from territ_kit.french import fr
from territ_kit.observation.reading import explain, find_reference, read_indicator
from territ_kit.territory import list_cases, load_case
from territ_kit.widgets.figure import Figure
from territ_kit.widgets.form import Form
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box

Choices = dict[str, Any]

LEVELS = {"commune": "Les communes", "qpv": "Les quartiers prioritaires (QPV)"}
VIEWS = {"map": "Sur une carte", "profile": "En points, avec leur marge d’incertitude"}
AGAINST = {"departement": "Le département", "region": "La région", "france": "La France"}
WHOLE = ""
START: Choices = {
    "indicator": "mortalite-brute",
    "level": "commune",
    "view": "profile",
    "against": "departement",
    "area": WHOLE,
    "confidence": 95,
}
LEAST, MOST = 80, 99
CONFIDENCE = {
    "name": "confidence",
    "kind": "range",
    "label": "Niveau de confiance",
    "hint": "Plus il est haut, plus la marge d’incertitude est large. L’usage est 95 %.",
    "min": LEAST,
    "max": MOST,
    "unit": "%",
    "advanced": True,
}


class ObserverPanel:
    """Controls on the left, findings and picture on the right; `changed(choices)` follows each move."""

    def __init__(self, case: str, changed: Callable[[Choices], None] = lambda _choices: None) -> None:
        self.changed = changed
        self.drawn: Choices = {}
        self.asking = False
        self.confidence = START["confidence"]
        self.charts: dict[tuple[str, str, Size], ProfileChart | ChoroplethChart] = {}
        self.form = Form(title="Vos choix", css_class="t-colle")
        self.figure = Figure()
        self.banner, self.story = Fragment(), Fragment()
        self.findings, self.words = Fragment(live=True), Fragment(live=True)
        self._open(case)
        self._ask({**START, "case": case})
        self.draw()
        self.form.on_change(self._follow)
        self.figure.observe(lambda _change: self.draw(), names=["client_width", "density"])
        results = box("t-pile", self.findings, self.figure, self.words, self.story)
        self.view = box("t-pile", self.banner, box("t-grille", self.form, results))

    def restore(self, kept: Choices) -> None:
        """Put back choices kept from an earlier visit, those that still make sense."""
        value = dict(self.form.value)
        if kept.get("case") in list_cases():
            value["case"] = kept["case"]
        for name in ("indicator", "level", "view", "against", "area", "confidence"):
            if name in kept and name in value | START and self._is_offered(name, kept[name], value):
                value[name] = kept[name]
        self.form.value = value

    def _is_offered(self, name: str, choice: object, value: Choices) -> bool:
        if name == "confidence":
            return isinstance(choice, int) and LEAST <= choice <= MOST
        fields = {field["name"]: field for field in self._fields(value)}
        return name in fields and choice in [option["id"] for option in fields[name]["options"]]

    def _open(self, case: str) -> None:
        self.territory = load_case(case)
        self.charts.clear()
        people = fr(self.territory.communes["population"].sum())
        self.banner.show("banner", territory=self.territory, people=people)
        self.story.show("story", territory=self.territory, story=mistune.html(self.territory.story))

    def _fields(self, chosen: Choices) -> list[dict[str, Any]]:
        """Return the fields for these choices: the areas of the level, who else publishes the indicator."""
        communes = chosen["level"] == "commune"
        frame = self.territory.communes if communes else self.territory.qpv
        areas = {WHOLE: "Tout le territoire", **frame["name"].sort_values().to_dict()}
        found = {level: find_reference(self.territory, chosen["indicator"], level) for level in AGAINST}
        mark = " (valeur fictive)" if self.territory.fictitious else ""
        against = {level: f"{AGAINST[level]}{mark}" for level, reference in found.items() if reference}
        fields = [
            _choice("case", "select", "Territoire", list_cases(), "Un territoire fictif, pour s’exercer."),
            _choice("indicator", "select", "Indicateur", self.territory.catalogue["label"].to_dict()),
            _choice("level", "radio", "Ce que l’on compare", LEVELS),
            _choice("view", "radio", "Voir", VIEWS) if communes else None,
            _choice("against", "radio", "Comparer à", against) if against else None,
            _choice("area", "select", "Lire en clair", areas, "Une phrase explique ce que dit le chiffre."),
            CONFIDENCE,
        ]
        return [field for field in fields if field]

    def _ask(self, chosen: Choices) -> None:
        """Offer only what exists, and keep the choices that are still offered."""
        fields = self._fields(chosen)
        value: Choices = {}
        for field in fields:
            name = field["name"]
            value[name] = chosen.get(name, START.get(name))
            offered = [option["id"] for option in field.get("options", [])]
            if offered and value[name] not in offered:
                value[name] = offered[0]
        with self.form.hold_sync():
            if fields != self.form.spec:
                self.form.spec = fields
            if value != self.form.value:
                self.form.value = value

    def _follow(self, chosen: Choices) -> None:
        """Follow a move; a confidence that makes no sense is told, and the last good one stays in force."""
        if self.asking:
            return
        sound = self._is_offered("confidence", chosen["confidence"], chosen)
        said = f"Écrivez un nombre entier entre {LEAST} et {MOST}. Le dessin garde la valeur d’avant."
        self.form.errors = {} if sound else {"confidence": said}
        if sound:
            self.confidence = chosen["confidence"]
        if chosen["case"] != self.territory.id:
            self._open(chosen["case"])
        if chosen | {"confidence": self.drawn.get("confidence")} != self.drawn:
            self.asking = True
            try:
                self._ask(dict(chosen))
            finally:
                self.asking = False
        self.draw()
        if sound:
            self.changed(self.drawn)

    def draw(self) -> None:
        """Draw the picture and say what it says, for the present choices."""
        self.drawn = dict(self.form.value)
        chosen = {**START, **self.drawn}
        level, confidence = chosen["level"], self.confidence / 100
        definition = self.territory.catalogue.loc[chosen["indicator"]]
        reference = find_reference(self.territory, chosen["indicator"], chosen["against"])

        def read(level: str) -> pd.DataFrame:
            value = reference.value if reference else None
            return read_indicator(
                self.territory, chosen["indicator"], level=level, confidence=confidence, reference=value
            )

        rows = read(level)
        subject = Subject.of(definition, reference=reference, confidence=confidence, level=level)
        chart = self._chart(level, chosen["view"] if level == "commune" else "profile", len(rows))
        # The picture leaves first: the eye is on it, the words follow.
        self.figure.banner = self.territory.banner
        self.figure.show(chart.show(rows, subject, highlight=chosen["area"] or None), chart.png)
        whole = read("epci")
        self.findings.show("findings", cards=findings(rows, whole, subject))
        row = rows.loc[chosen["area"]] if chosen["area"] else whole.iloc[0]
        self.words.show(
            "words",
            name=row["name"],
            text=explain(row, definition, reference=reference, confidence=confidence),
            label=definition["label"],
            definition=definition["definition"],
        )

    def _chart(self, level: str, view: str, count: int) -> ProfileChart | ChoroplethChart:
        size: Size = "phone" if self.figure.phone else "wide"
        key = (level, view, size)
        if key not in self.charts:
            self.charts[key] = (
                ChoroplethChart(self.territory.contours, self.territory.qpv, size=size)
                if view == "map"
                else ProfileChart(count, size=size)
            )
        return self.charts[key]


def _choice(name: str, kind: str, label: str, options: dict[Any, str], hint: str = "") -> dict[str, Any]:
    listed = [{"id": key, "label": text} for key, text in options.items()]
    return {"name": name, "kind": kind, "label": label, "hint": hint, "options": listed}


def findings(rows: pd.DataFrame, whole: pd.DataFrame, subject: Subject) -> list[dict[str, Any]]:
    """Return the figures to remember: the whole territory, how many areas differ, which differs most."""
    kinds = subject.kinds(rows)
    clear, worse = rows[kinds.isin(CLEAR)], rows[kinds == WORSE]
    cards = []
    if whole["value"].notna().all():
        sure = subject.kinds(whole).isin(CLEAR).all()
        cards.append(_card(whole.iloc[0], subject) | {"sure": sure})
    if subject.reference and rows["low"].notna().any():
        name = f"{'écarts nets' if len(clear) > 1 else 'écart net'} sur {rows['value'].notna().sum()}"
        text = f"Leur marge d’incertitude ne contient pas la valeur {subject.reference.of}."
        cards.append({"value": len(clear), "name": name, "text": text, "sure": not clear.empty})
    if not worse.empty:
        ranked = worse.sort_values("value", ascending=subject.direction == "higher_is_better")
        cards.append(_card(ranked.iloc[0], subject, "L’écart défavorable le plus grand. "))
    return cards


def _card(row: pd.Series[Any], subject: Subject, lead: str = "") -> dict[str, Any]:
    text = f"{lead}{subject.unit[:1].upper()}{subject.unit[1:]}."
    if pd.notna(row["low"]):
        text += f" Intervalle : de {subject.number(row['low'])} à {subject.number(row['high'])}."
    return {"value": subject.number(row["value"]), "name": row["name"], "text": text, "sure": True}
