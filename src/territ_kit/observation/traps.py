"""The traps of reading that a picture really holds, each explained when it is met."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from territ_kit.estimate import Estimate
from territ_kit.french import count, fr
from territ_kit.observation.comparisons import expected_by_chance
from territ_kit.observation.figures import populations
from territ_kit.observation.rates import FEWEST_TO_PUBLISH
from territ_kit.observation.reading import Reference, compare, find_reference, read_indicator
from territ_kit.observation.small_numbers import years_needed

if TYPE_CHECKING:
    from territ_kit.territory import Territory

NOUNS = {
    "commune": ("commune", "communes"),
    "group": ("groupe de communes", "groupes de communes"),
    "qpv": ("quartier", "quartiers"),
    "epci": ("territoire", "territoires"),
}
_CLEAR = ("higher", "lower")
_APART = 0.05  # a mean that differs by less is not worth a warning


@dataclass(frozen=True, slots=True)
class Trap:
    """One trap met: its name, and what to do about it (French)."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Scene:
    """What is on the screen: an indicator over the areas of a level, against a reference.

    `by_deprivation` tells that the areas are set out from the most to the least deprived.
    """

    territory: Territory
    indicator: str
    level: str
    rows: pd.DataFrame
    reference: Reference | None
    confidence: float
    by_deprivation: bool = False

    @property
    def definition(self) -> Any:
        """The row of the catalogue."""
        return self.territory.catalogue.loc[self.indicator]

    def areas(self, number: int) -> str:
        """Return a number of areas in words."""
        return count(number, *NOUNS[self.level])


def find_traps(scene: Scene) -> list[Trap]:
    """Return the traps that this scene holds, the most misleading first."""
    finders: tuple[Callable[[Scene], Iterator[Trap]], ...] = (
        _age, _average, _few, _secrecy, _weights, _chance, _people,
    )  # fmt: skip
    return [trap for find in finders for trap in find(scene)]


def _age(scene: Scene) -> Iterator[Trap]:
    """Warn that a crude rate says how old people are as much as how ill."""
    sibling = str(scene.definition["equal_age"])
    if not sibling or scene.reference is None:
        return
    landmark = find_reference(scene.territory, sibling, scene.reference.level)
    if landmark is None:
        return
    equal = read_indicator(
        scene.territory, sibling, level=scene.level, confidence=scene.confidence, reference=landmark.value
    )
    apart = scene.rows.index[scene.rows["reading"].isin(_CLEAR)]
    readings = equal.loc[apart, "reading"]
    faded = [equal.loc[code, "name"] for code in apart if readings[code] == "undetermined"]
    if len(apart) == 0:
        text = "Les lieux n’ont pas tous les mêmes âges. Regardez aussi le taux à âge égal."
    elif faded:
        text = (
            f"Ce taux est brut : un lieu plus âgé a plus de cas. À âge égal, {_some(faded)} "
            f"ne {'se distingue' if len(faded) == 1 else 'se distinguent'} plus nettement."
        )
    else:
        text = "Ce taux est brut : un lieu plus âgé a plus de cas. Vérifiez l’écart à âge égal."
    yield Trap("age", "L’âge se cache dans un taux brut", text)


def _average(scene: Scene) -> Iterator[Trap]:
    """Warn when the whole is like its reference and some neighbourhoods are not."""
    one_place = len(scene.rows) == 1 and scene.level != "epci"  # the others are another question
    if scene.reference is None or scene.level == "qpv" or one_place or scene.territory.qpv.empty:
        return
    value = scene.reference.value
    whole, quarters = (
        read_indicator(
            scene.territory, scene.indicator, level=level, confidence=scene.confidence, reference=value
        )
        for level in ("epci", "qpv")
    )
    apart = quarters[quarters["reading"].isin(_CLEAR) & quarters["low"].notna()]
    gap = abs(whole["value"].iloc[0] - value) / value if value else math.nan
    like = whole["reading"].iloc[0] == "undetermined"
    if not apart.empty and like and gap < 2 * _APART:
        yield Trap(
            "average",
            "La moyenne cache les quartiers",
            f"Le territoire entier ressemble à la valeur {scene.reference.of}. "
            f"Pourtant {count(len(apart), 'quartier')} sur {len(quarters)} s’en écartent nettement.",
        )


def _few(scene: Scene) -> Iterator[Trap]:
    """Warn that rates on a handful of events jump from one year to the next."""
    events = scene.rows["events"]
    few = scene.rows["suppressed"] | (events < FEWEST_TO_PUBLISH)
    if scene.definition["kind"] == "proportion" or not few.any():
        return
    number = int(few.sum())
    who = "Ce lieu" if len(few) == 1 else f"{scene.areas(number)} sur {len(few)}"
    text = (
        f"{who} {'comptent' if number > 1 else 'compte'} moins de dix événements. "
        "N’en publiez pas le taux : une personne de plus ou de moins le bouleverse."
    )
    seen = events[few & (events > 0)]
    if not seen.empty:
        years = count(years_needed(float(seen.median()) / int(scene.definition["years"])), "année")
        half = "Pour la moitié de ces lieux, il" if number > 1 else "Il"
        together = ", ou des communes voisines" if scene.level == "commune" else ""
        text += f" {half} faudrait réunir {years} ou plus{together}."
    yield Trap("few", "Les petits nombres sautent", text)


def _secrecy(scene: Scene) -> Iterator[Trap]:
    """Warn that a blank cell is not a zero."""
    hidden = scene.rows["missing"].isin(["secret", "not_available"])
    if not hidden.any() or hidden.all():
        return
    people = populations(scene.territory, scene.level)
    share, number = float(people[hidden].sum() / people.sum()), int(hidden.sum())
    none, these = ("n’ont pas", "Ces lieux réunissent") if number > 1 else ("n’a pas", "Ce lieu réunit")
    yield Trap(
        "secrecy",
        "Une case vide n’est pas un zéro",
        f"{scene.areas(number)} sur {len(hidden)} {none} de chiffre publié. "
        f"{these} {fr(100 * share, 0, unit='%')} des habitants : ne les oubliez pas.",
    )


def _weights(scene: Scene) -> Iterator[Trap]:
    """Warn that the mean of the communes is not that of the people."""
    known = scene.rows["value"].dropna()
    # Neighbourhoods are no partition of the territory, and a median is no mean.
    plain_level = scene.definition["kind"] == "level" and not scene.definition["role"]
    if not plain_level or scene.level != "commune" or len(known) < max(2, len(scene.rows)):
        return
    whole = read_indicator(scene.territory, scene.indicator, level="epci")["value"].iloc[0]
    plain = float(known.mean())
    if math.isnan(whole) or abs(plain - whole) < _APART * abs(whole):
        return
    decimals = max(1, int(scene.definition["decimals"])) if abs(whole) < 100 else 0
    yield Trap(
        "weights",
        "Une commune n’est pas un habitant",
        f"La moyenne simple des lieux est {fr(plain, decimals)}. "
        f"Celle du territoire entier est {fr(float(whole), decimals)} : les lieux peuplés y pèsent plus.",
    )


def _chance(scene: Scene) -> Iterator[Trap]:
    """Warn that many comparisons at once make false alarms."""
    compared = scene.rows[scene.rows["reading"].ne("") & scene.rows["low"].notna()]
    apart = int(compared["reading"].isin(_CLEAR).sum())
    by_chance = expected_by_chance(len(compared), scene.confidence)
    if by_chance < 0.5 or not apart:
        return
    stricter = _still_apart(scene, compared)
    yield Trap(
        "chance",
        "Comparer beaucoup, c’est se tromper un peu",
        f"Sur {scene.areas(len(compared))}, le hasard seul peut en écarter {_about(by_chance)}. "
        f"Avec une règle plus sévère, {_left(stricter, apart)}.",
    )


def _still_apart(scene: Scene, compared: pd.DataFrame) -> int:
    """Count the areas still apart when the confidence is shared among all comparisons (Bonferroni)."""
    if scene.reference is None:
        return 0
    shared = 1 - (1 - scene.confidence) / len(compared)
    rows = read_indicator(scene.territory, scene.indicator, level=scene.level, confidence=shared)
    estimates = rows.loc[compared.index, ["value", "low", "high"]].itertuples(index=False)
    return sum(compare(Estimate(*row), scene.reference.value) in _CLEAR for row in estimates)


def _people(scene: Scene) -> Iterator[Trap]:
    """Warn that what holds for communes need not hold for each inhabitant."""
    if scene.by_deprivation:
        yield Trap(
            "people",
            "Un lieu n’est pas une personne",
            "Une commune défavorisée a des habitants aisés, et l’inverse. "
            "Ce qui vaut pour les lieux ne dit rien de chaque habitant.",
        )


def _some(names: list[str]) -> str:
    shown = names if len(names) <= 3 else [*names[:2], f"{fr(len(names) - 2)} autres lieux"]
    *first, last = shown
    return f"{', '.join(first)} et {last}" if first else last


def _about(number: float) -> str:
    return "un environ" if round(number) <= 1 else f"environ {fr(round(number))}"


def _left(still: int, apart: int) -> str:
    if still == apart:
        return "tous les écarts nets tiennent" if apart > 1 else "l’écart net tient"
    if not still:
        return "il n’en reste aucun"
    return f"il en reste {fr(still)} sur {fr(apart)}"
