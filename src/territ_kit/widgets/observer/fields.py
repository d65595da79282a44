"""The fields of the page « Observer »: each offers only what exists, given the choices made before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from territ_kit.observation.figures import LEVELS
from territ_kit.observation.reach import DECAY_WORDS
from territ_kit.territory import Territory, list_cases
from territ_kit.widgets.observer.asked import View

Choices = dict[str, Any]
Field = dict[str, Any]

WHOLE = ""
START: Choices = {
    "view": "overview",
    "indicator": "mortalite-brute",
    "level": "commune",
    "against": "departement",
    "area": WHOLE,
    "decay": "large",
    "local": "whole",
    "confidence": 95,
}
LEVEL_WORDS = {
    "commune": "Les communes",
    "group": "Les groupes de communes",
    "qpv": "Les quartiers prioritaires (QPV)",
}
LEADS = {"commune": "", "group": "Groupe : ", "qpv": "Quartier : "}
AGAINST = {"departement": "Le département", "region": "La région", "france": "La France"}
LOCAL = {"whole": "la moyenne de tout le territoire", "neighbours": "la moyenne des communes voisines"}
LEAST, MOST = 80, 99
CONFIDENCE: Field = {
    "name": "confidence",
    "kind": "range",
    "label": "Niveau de confiance",
    "hint": "Plus il est haut, plus la marge d’incertitude est large. L’usage est 95 %.",
    "min": LEAST,
    "max": MOST,
    "unit": "%",
    "advanced": True,
}


@dataclass(frozen=True, slots=True)
class Offer:
    """What one territory can show: its views, and the indicators of each."""

    territory: Territory
    views: Mapping[str, View]
    indicators: Mapping[str, list[str]]

    @classmethod
    def of(cls, territory: Territory, views: Mapping[str, View]) -> Offer:
        """Ask each view what it can show."""
        catalogue = territory.catalogue.index
        indicators = {
            name: [one for one in catalogue if view.offers(territory, one)] for name, view in views.items()
        }
        shown = {name: view for name, view in views.items() if indicators[name] or not view.reads}
        return cls(territory, shown, indicators)

    def fit(self, chosen: Choices) -> tuple[list[Field], Choices]:
        """Return the fields to ask, and the choices with those that are not offered replaced."""
        chosen, spec = dict(chosen), []
        names = ["case", "view"]
        for name in names:  # the view, once settled, says which come next
            field = _FIELDS[name](self, chosen)
            if field and not is_offered(field, chosen.get(name)):
                chosen[name] = _default(field)
            if field:
                spec.append(field)
            if name == "view":
                names += self.views[chosen["view"]].asks
        return spec, chosen


def is_offered(field: Field, choice: object) -> bool:
    """Tell whether a choice is one of a field's."""
    if field["kind"] == "range":
        return isinstance(choice, int) and field["min"] <= choice <= field["max"]
    return choice in [option["id"] for option in field["options"]]


def _default(field: Field) -> object:
    usual = START.get(field["name"])
    return usual if is_offered(field, usual) else field["options"][0]["id"]


def _choice(name: str, kind: str, label: str, options: Mapping[Any, str], hint: str = "") -> Field:
    listed = [{"id": key, "label": text} for key, text in options.items()]
    return {"name": name, "kind": kind, "label": label, "hint": hint, "options": listed}


def _indicator(offer: Offer, chosen: Choices) -> Field:
    labels = offer.territory.catalogue["label"][offer.indicators[chosen["view"]]]
    return _choice("indicator", "select", "Indicateur", labels.to_dict())


def _level(offer: Offer, _chosen: Choices) -> Field:
    there = {name: words for name, words in LEVEL_WORDS.items() if len(_table(offer.territory, name))}
    return _choice("level", "radio", "Ce que l’on compare", there)


def _against(offer: Offer, chosen: Choices) -> Field | None:
    table = offer.territory.references
    known = set(table["level"][table["indicator"] == chosen["indicator"]])
    mark = " (valeur fictive)" if offer.territory.fictitious else ""
    levels = {name: words + mark for name, words in AGAINST.items() if name in known}
    return _choice("against", "radio", "Comparer à", levels) if levels else None


def _area(offer: Offer, chosen: Choices) -> Field:
    """Offer every place, or those of the level asked, or of the map."""
    view, areas = offer.views[chosen["view"]], {WHOLE: "Tout le territoire"}
    asked = chosen["level"] if "level" in view.asks else "commune"
    for level in reversed(LEADS) if view.any_area else [asked]:
        lead = LEADS[level] if view.any_area else ""
        areas |= {
            code: lead + name for code, name in _table(offer.territory, level)["name"].sort_values().items()
        }
    if view.any_area:
        return _choice("area", "select", "Lieu", areas)
    return _choice("area", "select", "Lire en clair", areas, "Une phrase explique ce que dit le chiffre.")


def _table(territory: Territory, level: str) -> Any:
    return getattr(territory, LEVELS[level])


_FIELDS: dict[str, Callable[[Offer, Choices], Field | None]] = {
    "case": lambda _offer, _chosen: _choice(
        "case", "select", "Territoire", list_cases(), "Un territoire fictif, pour s’exercer."
    ),
    "view": lambda offer, _chosen: _choice(
        "view",
        "select",
        "Votre question",
        {name: view.label for name, view in offer.views.items()},
        "Chaque question a son dessin.",
    ),
    "indicator": _indicator,
    "level": _level,
    "against": _against,
    "area": _area,
    "decay": lambda _offer, _chosen: _choice(
        "decay", "radio", "Jusqu’où va-t-on chez le médecin ?", DECAY_WORDS
    ),
    "local": lambda _offer, _chosen: _choice("local", "radio", "Rapprocher chaque commune de", LOCAL),
    "confidence": lambda _offer, _chosen: CONFIDENCE,
}
