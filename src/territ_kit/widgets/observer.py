"""The panel « Observer »: choose an indicator, look at it, read what may be said of it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import mistune
import pandas as pd

from territ_kit.charts.choropleth import ChoroplethChart
from territ_kit.charts.profile import ProfileChart
from territ_kit.charts.subject import CLEAR, WORSE, Subject
from territ_kit.french import count, fr
from territ_kit.observation.reading import Reference, explain, find_reference, read_indicator
from territ_kit.territory import Territory, list_cases, load_case
from territ_kit.widgets.figure import Figure
from territ_kit.widgets.form import Form
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box

LEVELS = {"commune": "Les communes", "qpv": "Les quartiers prioritaires (QPV)"}
VIEWS = {"map": "Sur une carte", "profile": "En points, avec leur marge d’incertitude"}
AGAINST = {"departement": "Le département", "region": "La région", "france": "La France"}
START = {"indicator": "mortalite-brute", "level": "commune", "view": "profile", "against": "departement", "confidence": 95}
WHOLE = ""


class ObserverPanel:
    """Controls on the left, findings and picture on the right; `changed(choices)` is called after each move."""

    def __init__(self, case: str, changed: Callable[[dict[str, Any]], None] = lambda _choices: None) -> None:
        self.changed = changed
        self.charts: dict[tuple[Any, ...], Any] = {}
        self.form = Form(title="Vos choix", css_class="t-colle")
        self.banner, self.story = Fragment(), Fragment()
        self.findings, self.words = Fragment(live=True), Fragment(live=True)
        self.figure = Figure(level=2)
        self.territory = load_case(case)
        self._tell_story()
        self._ask({"case": case, **START, "area": WHOLE})
        self.form.on_change(self._follow)
        self.figure.observe(lambda _change: self.draw(), names="client_width")
        self.draw()
        results = box("t-pile", self.findings, self.figure, self.words, self.story)
        self.view = box("t-pile", self.banner, box("t-grille", self.form, results))

    def restore(self, kept: dict[str, Any]) -> None:
        """Put back choices kept from an earlier visit, if they still make sense."""
        possible = {name: [option["id"] for option in field["options"]] for name, field in self._fields().items() if "options" in field}
        sound = {name: value for name, value in kept.items() if name in possible and value in possible[name]}
        confidence = kept.get("confidence")
        if isinstance(confidence, int) and 80 <= confidence <= 99:
            sound["confidence"] = confidence
        if sound:
            self.form.value = {**self.form.value, **sound}

    def _fields(self) -> dict[str, dict[str, Any]]:
        return {field["name"]: field for field in self.form.spec}

    def _ask(self, value: dict[str, Any]) -> None:
        """Offer only what exists: the areas of the level, the territories that publish the indicator."""
        catalogue = self.territory.catalogue
        frame = self.territory.communes if value["level"] == "commune" else self.territory.qpv
        areas = {WHOLE: "Tout le territoire", **frame["name"].sort_values().to_dict()}
        against = {level: label for level, label in AGAINST.items() if find_reference(self.territory, value["indicator"], level)}
        if value["area"] not in areas:
            value["area"] = WHOLE
        if value["against"] not in against and against:
            value["against"] = next(iter(against))
        spec = [
            _choice("case", "select", "Territoire", list_cases(), "Un territoire fictif, pour s’exercer."),
            _choice("indicator", "select", "Indicateur", catalogue["label"].to_dict()),
            _choice("level", "radio", "Ce que l’on compare", LEVELS),
            *([_choice("view", "radio", "Voir", VIEWS)] if value["level"] == "commune" else []),
            *([_choice("against", "radio", "Comparer à", against)] if against else []),
            _choice("area", "select", "Lire en clair", areas, "Une phrase explique ce que dit le chiffre."),
            {
                "name": "confidence", "kind": "range", "label": "Niveau de confiance", "min": 80, "max": 99, "unit": "%",
                "hint": "Plus il est haut, plus la marge d’incertitude est large. L’usage est 95 %.", "advanced": True,
            },
        ]  # fmt: skip
        names = {field["name"] for field in spec}
        with self.form.hold_sync():
            if spec != self.form.spec:
                self.form.spec = spec
            kept = {name: part for name, part in value.items() if name in names}
            if kept != self.form.value:
                self.form.value = kept

    def _follow(self, value: dict[str, Any]) -> None:
        if value.get("confidence") is None or isinstance(value["confidence"], str) or not 80 <= value["confidence"] <= 99:
            self.form.errors = {"confidence": "Écrivez un nombre entre 80 et 99. Le dessin garde la valeur d’avant."}
            return
        if self.form.errors:
            self.form.errors = {}
        if value["case"] != self.territory.id:
            self.territory = load_case(value["case"])
            self.charts.clear()
            self._tell_story()
        self._ask({**START, "area": WHOLE, **value})
        self.draw()
        self.changed(dict(self.form.value))

    def draw(self) -> None:
        """Draw the picture and say what it says, for the present choices."""
        chosen = {**START, "area": WHOLE, **self.form.value}
        definition = self.territory.catalogue.loc[chosen["indicator"]]
        reference = find_reference(self.territory, chosen["indicator"], chosen["against"])
        confidence = chosen["confidence"] / 100
        asked = {"confidence": confidence, "reference": reference.value if reference else None}
        rows = read_indicator(self.territory, chosen["indicator"], level=chosen["level"], **asked)
        whole = read_indicator(self.territory, chosen["indicator"], level="epci", **asked)
        subject = Subject.of(definition, reference=reference, confidence=confidence, level=chosen["level"])
        chart = self._chart(chosen["level"], chosen["view"], len(rows))
        picture = chart.show(rows, subject, highlight=chosen["area"] or None)
        width, height = (round(inches * 96) for inches in picture.figure.get_size_inches())
        self.figure.banner = self.territory.banner
        self.figure.show(picture, chart.png(), (width, height))
        self.findings.html = findings(rows, whole.iloc[0], subject)
        row = rows.loc[chosen["area"]] if chosen["area"] else whole.iloc[0]
        self.words.html = in_plain_words(row, definition, reference, confidence)

    def _chart(self, level: str, view: str, count: int) -> Any:
        size = "phone" if self.figure.phone else "wide"
        key = (level, view, size)
        if key not in self.charts:
            drawn_as_map = level == "commune" and view == "map"
            self.charts[key] = ChoroplethChart(self.territory.contours, self.territory.qpv, size=size) if drawn_as_map else ProfileChart(count, size=size)
        return self.charts[key]

    def _tell_story(self) -> None:
        self.banner.html = banner(self.territory)
        self.story.html = story(self.territory)


def _choice(name: str, kind: str, label: str, options: dict[str, str], hint: str = "") -> dict[str, Any]:
    listed = [{"id": key, "label": text} for key, text in options.items()]
    return {"name": name, "kind": kind, "label": label, "hint": hint, "options": listed}


def findings(rows: pd.DataFrame, whole: pd.Series[Any], subject: Subject) -> str:
    """Return the figures to remember, as cards: the whole territory, how many differ, who differs most."""
    kinds = subject.kinds(rows)
    clear = rows[kinds.isin(CLEAR)]
    worse = rows[kinds == WORSE]
    cards = []
    if pd.notna(whole["value"]):
        sure = subject.kind(whole) in CLEAR
        cards.append(_card(subject.number(whole["value"]), whole["name"], _margin(whole, subject), sure=sure))
    if subject.reference:
        text = f"Leur marge d’incertitude ne contient pas la valeur {subject.reference.of}."
        cards.append(_card(str(len(clear)), f"écart{'s' * (len(clear) > 1)} net{'s' * (len(clear) > 1)} sur {rows['value'].notna().sum()}", text, sure=len(clear) > 0))
    if not worse.empty:
        higher = subject.direction == "higher_is_worse"
        far = worse.loc[worse["value"].idxmax() if higher else worse["value"].idxmin()]
        cards.append(_card(subject.number(far["value"]), far["name"], f"L’écart défavorable le plus grand. {_margin(far, subject)}"))
    return f'<h2>Les chiffres à retenir</h2><div class="t-constats">{"".join(cards)}</div>' if cards else ""


def _margin(row: pd.Series[Any], subject: Subject) -> str:
    unit = subject.unit[:1].upper() + subject.unit[1:]
    if pd.isna(row["low"]):
        return f"{unit}."
    return f"{unit}. Intervalle : de {subject.number(row['low'])} à {subject.number(row['high'])}."


def _card(value: str, name: Any, text: str, *, sure: bool = True) -> str:
    edge = "" if sure else ' style="border-left-style:dashed;border-left-color:var(--contour)"'
    return (
        f'<div class="t-constat"{edge}><span class="t-valeur">{escape(value)}</span>'
        f"<p><strong>{escape(str(name))}</strong><br><small>{escape(text)}</small></p></div>"
    )


def in_plain_words(row: pd.Series[Any], definition: pd.Series[Any], reference: Reference | None, confidence: float) -> str:
    """Return the card that explains one figure and its interval."""
    text = explain(row, definition, reference=reference, confidence=confidence)
    return (
        f'<section class="t-carte t-carte--menthe"><h2>En clair : {escape(str(row["name"]))}</h2><p>{escape(text)}</p>'
        f'<p class="t-petit">{escape(str(definition["label"]))} : {escape(str(definition["definition"]))}</p></section>'
    )


def banner(territory: Territory) -> str:
    """Return the strip that names the territory and says that it is fictitious."""
    people = fr(territory.communes["population"].sum())
    return (
        f'<p class="t-bandeau"><strong>{escape(territory.name)}</strong> <span class="t-puce t-puce--safran">territoire fictif</span> '
        f"{len(territory.communes)} communes, {people} habitants, {count(len(territory.qpv), 'quartier prioritaire', 'quartiers prioritaires')} "
        "de la politique de la ville (QPV).</p>"
    )


def story(territory: Territory) -> str:
    """Return the territory's story and voices, closed until asked for."""
    voices = "".join(
        f'<blockquote class="t-voix"><p>{escape(voice.text)}</p><footer>{escape(voice.role)} (personnage fictif)</footer></blockquote>'
        for voice in territory.voices
    )
    return (
        f'<section class="t-carte t-carte--sable"><h2>Le territoire en quelques mots</h2><p>{escape(territory.in_plain_words)}</p>'
        f'<details><summary>Lire son histoire et trois paroles</summary><div class="t-prose">{mistune.html(territory.story)}{voices}</div></details></section>'
    )
