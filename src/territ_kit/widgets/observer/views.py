"""The ways of looking at a territory: each answers one question with one picture."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import ClassVar

import numpy as np
import pandas as pd

from territ_kit.charts.access_map import AccessMap
from territ_kit.charts.before_after import BeforeAfterMap
from territ_kit.charts.choropleth import ChoroplethChart
from territ_kit.charts.concentration import ConcentrationChart
from territ_kit.charts.funnel import FunnelChart
from territ_kit.charts.gradient import GradientChart
from territ_kit.charts.profile import ProfileChart
from territ_kit.charts.pyramid import PyramidChart
from territ_kit.charts.subject import BETTER, CLEAR, UNSURE, WORSE, Subject
from territ_kit.french import fr
from territ_kit.observation.figures import ages_of, level_of
from territ_kit.observation.gradient import FEWEST_COMMUNES, ROLES, read_concentration, read_gradient
from territ_kit.observation.reach import DOCTOR, THRESHOLD, read_reach
from territ_kit.observation.reading import Reference, read_indicator, read_profile
from territ_kit.observation.small_numbers import funnel_limits
from territ_kit.observation.smoothed import read_smoothed
from territ_kit.observation.spatial import Moran
from territ_kit.territory import Territory
from territ_kit.widgets.observer.asked import Asked, Card, Shown, Stage, View, of_areas, of_indicators

REACH = "apl-medecins"
FIVE_IN_A_HUNDRED = 0.05
COUNTED = {
    "proportion": ("proportion", "Personnes comptées"),
    "crude_rate": ("rate", "Habitants multipliés par les années observées"),
    "standardised_ratio": ("ratio", "Nombre attendu, à âge égal"),
}
"""Kinds of indicators that are counted: the kind of their funnel, and what it counts along its axis."""


def _known_by_commune(territory: Territory, indicator: str) -> bool:
    return bool(read_indicator(territory, indicator)["value"].count() >= FEWEST_COMMUNES)


class Overview(View):
    """Every indicator of one place, 100 for the reference."""

    id = "overview"
    label = "Qui va moins bien ? Vue d’ensemble"
    asks = ("area", "indicator", "against", "confidence")
    any_area = True

    def show(self, asked: Asked, stage: Stage) -> Shown:
        """Draw the least favourable first."""
        territory = asked.territory
        level = level_of(territory, asked.area)
        rows = read_profile(
            territory,
            list(territory.catalogue.index),
            against=asked.against,
            level=level,
            area=asked.area or territory.code,
            confidence=asked.confidence,
        )
        landmark = Reference(100.0, asked.against, "")
        subject = Subject(
            label=str(territory.area_names()[asked.area or territory.code]),
            unit=f"indice, 100 pour {landmark.the}",
            decimals=0,
            reference=landmark,
            confidence=asked.confidence,
            level="indicateur",
            shows="Chaque ligne est un indicateur, rapporté à la valeur de référence.",
            hides="Un lieu qui ressemble à la référence peut cacher de forts écarts en son sein.",
        )
        rows = _least_favourable_first(rows, subject)
        chart = stage.chart(
            ("overview", len(rows)), lambda size: ProfileChart(len(rows), size=size, ranked=False)
        )
        picture = chart.show(rows, subject, highlight=asked.indicator)
        worst = [replace(asked, indicator=str(one)) for one in rows.index[subject.kinds(rows) == WORSE]]
        return Shown(picture, chart.png, lambda: of_indicators(worst, level))


def _least_favourable_first(rows: pd.DataFrame, subject: Subject) -> pd.DataFrame:
    kinds = subject.kinds(rows)
    places = {**dict.fromkeys(CLEAR, 1), WORSE: 0, UNSURE: 2, BETTER: 3}
    order = pd.DataFrame(
        {
            "kind": kinds.map(places).fillna(2.5).where(rows["value"].notna(), 9),
            "gap": -np.abs(np.log(rows["value"].astype(float).clip(lower=1e-9) / 100)),
        }
    )
    return rows.loc[order.sort_values(["kind", "gap"], kind="stable").index]


class Points(View):
    """One indicator, a line for each place, with its margin."""

    id = "profile"
    label = "Où ? Lieu par lieu"
    asks = ("indicator", "level", "against", "area", "confidence")

    def show(self, asked: Asked, stage: Stage) -> Shown:
        """Draw the least favourable place first."""
        rows = asked.read(asked.level)
        chart = stage.chart(("profile", len(rows)), lambda size: ProfileChart(len(rows), size=size))
        picture = chart.show(rows, asked.subject(asked.level), highlight=asked.area or None)
        return Shown(picture, chart.png, lambda: of_areas(rows, asked, asked.level))


class Map(View):
    """One indicator on the map of the communes."""

    id = "map"
    label = "Où ? Sur la carte"
    asks = ("indicator", "against", "area", "confidence")

    def show(self, asked: Asked, stage: Stage) -> Shown:
        """Shade the communes."""
        rows, territory = asked.read("commune"), asked.territory
        chart = stage.chart("map", lambda size: ChoroplethChart(territory.contours, territory.qpv, size=size))
        picture = chart.show(rows, asked.subject("commune"), highlight=asked.area or None)
        return Shown(picture, chart.png, lambda: of_areas(rows, asked, "commune"))


class Funnel(View):
    """One indicator by size of place, with what chance alone explains."""

    id = "funnel"
    label = "Est-ce sûr ? L’entonnoir"
    asks = ("indicator", "level", "against", "area")

    def offers(self, territory: Territory, indicator: str) -> bool:
        """Offer what is counted."""
        return territory.catalogue.loc[indicator, "kind"] in COUNTED and _known_by_commune(
            territory, indicator
        )

    def show(self, asked: Asked, stage: Stage) -> Shown:
        """Draw the limits around the reference, or around the whole territory where there is none."""
        rows = asked.read(asked.level)
        whole = asked.read("epci").iloc[0]
        target = asked.reference or Reference(float(whole["value"]), "", asked.territory.short_name)
        subject = replace(asked.subject(asked.level), reference=target)
        per = float(asked.definition["per"])
        chart = stage.chart("funnel", lambda size: FunnelChart(size=size))
        kind, base_name = COUNTED[asked.definition["kind"]]
        limits = partial(funnel_limits, target.value, kind=kind, per=per)
        picture = chart.show(rows, subject, limits=limits, base_name=base_name, highlight=asked.area or None)
        return Shown(picture, chart.png)


class Smoothing(View):
    """One indicator on two maps, before and after smoothing."""

    id = "smoothed"
    label = "Est-ce sûr ? La carte lissée"
    asks = ("indicator", "local", "area")

    def offers(self, territory: Territory, indicator: str) -> bool:
        """Offer what is counted: only counts can be smoothed."""
        kind = territory.catalogue.loc[indicator, "kind"]
        return kind in COUNTED and _known_by_commune(territory, indicator)

    def show(self, asked: Asked, stage: Stage) -> Shown:
        """Draw the two maps with the same classes."""
        territory = asked.territory
        smoothed = read_smoothed(territory, asked.indicator, local=asked.local)
        chart = stage.chart(
            "smoothed", lambda size: BeforeAfterMap(territory.contours, territory.qpv, size=size)
        )
        picture = chart.show(
            smoothed.before, smoothed.after, asked.subject("commune"), highlight=asked.area or None
        )
        return Shown(picture, chart.png, lambda: [_likeness(smoothed.likeness)] if smoothed.likeness else [])


def _likeness(moran: Moran) -> Card:
    """Return whether neighbours look alike more than chance would make them."""
    sure = moran.p < FIVE_IN_A_HUNDRED
    if not sure:
        said = "on ne peut pas conclure, le hasard suffit à l’expliquer"
    else:
        said = f"elles {'se ressemblent' if moran.i > moran.expected else 'diffèrent'} plus que par hasard"
    text = f"Indice de Moran des communes voisines, avant lissage : {said}."
    return {"value": fr(moran.i, 2, signed=True), "name": "Entre voisines", "text": text, "sure": sure}


class Slope(View):
    """One indicator along the deprivation of the communes."""

    id = "gradient"
    label = "Est-ce juste ? La pente sociale"
    asks: ClassVar[tuple[str, ...]] = ("indicator", "area", "confidence")
    by_deprivation = True

    def offers(self, territory: Territory, indicator: str) -> bool:
        """Leave out the four variables of the index: they would explain themselves."""
        role = territory.catalogue["role"]
        return set(ROLES) <= set(role) and not role[indicator] and _known_by_commune(territory, indicator)

    def show(self, asked: Asked, stage: Stage) -> Shown:
        """Draw the slope."""
        found = read_gradient(asked.territory, asked.indicator, confidence=asked.confidence)
        chart = stage.chart("gradient", lambda size: GradientChart(size=size))
        picture = chart.show(found.rows, found.slope, asked.subject("commune"), highlight=asked.area or None)
        return Shown(picture, chart.png)


class Concentration(Slope):
    """The share of the total that falls on the most deprived communes."""

    id = "concentration"
    label = "Est-ce juste ? La part de chacun"
    asks = ("indicator", "area")

    def offers(self, territory: Territory, indicator: str) -> bool:
        """Offer what is counted: a level has no total to share out."""
        counted = territory.catalogue.loc[indicator, "kind"] in ("proportion", "crude_rate")
        return counted and super().offers(territory, indicator)

    def show(self, asked: Asked, stage: Stage) -> Shown:
        """Draw the curve."""
        rows, index = read_concentration(asked.territory, asked.indicator)
        chart = stage.chart("concentration", lambda size: ConcentrationChart(size=size))
        picture = chart.show(rows, index, asked.subject("commune"), among="personnes comptées")
        return Shown(picture, chart.png)


class Pyramid(View):
    """Who lives here."""

    id = "pyramid"
    label = "Qui habite ici ? Les âges"
    asks = ("area",)
    any_area = True
    reads = False

    def show(self, asked: Asked, stage: Stage) -> Shown:
        """Draw one place over the département."""
        territory = asked.territory
        area = asked.area or territory.code
        chart = stage.chart("pyramid", lambda size: PyramidChart(size=size))
        picture = chart.show(
            ages_of(territory, level_of(territory, asked.area), area),
            ages_of(territory, "departement", ""),
            name=str(territory.area_names()[area]),
            reference_name="le département",
        )
        return Shown(picture, chart.png)


class Access(View):
    """Who can reach a family doctor, under a stated hypothesis."""

    id = "access"
    label = "Quel accès aux médecins ?"
    lead = "Chiffre publié : calculé autrement que la carte, il peut en différer. "
    asks = ("decay", "area")

    def offers(self, territory: Territory, indicator: str) -> bool:
        """Offer the accessibility figure, where the doctors are known."""
        return indicator == REACH and bool((territory.facilities["kind"] == DOCTOR).any())

    def show(self, asked: Asked, stage: Stage) -> Shown:
        """Draw the map and the share of people under the threshold."""
        territory, found = asked.territory, read_reach(asked.territory, asked.decay)
        chart = stage.chart("access", lambda size: AccessMap(territory.contours, size=size))
        picture = chart.show(
            found.rows,
            asked.subject("commune"),
            supply=found.supply,
            threshold=THRESHOLD,
            inhabitants=territory.communes["population"],
            highlight=asked.area or None,
        )
        return Shown(picture, chart.png)


VIEWS: dict[str, View] = {
    view.id: view
    for view in (
        Overview(), Points(), Map(), Funnel(), Smoothing(), Slope(), Concentration(), Pyramid(), Access()
    )
}  # fmt: skip
