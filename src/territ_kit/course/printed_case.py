"""A territory as printed sheets, readable in black and white: its story, outline, places and figures."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

import mistune
import numpy as np
import pandas as pd

from territ_kit.course.printed_curves import funnel, slope
from territ_kit.course.printed_questions import table
from territ_kit.french import fr
from territ_kit.observation.reading import MISSING, find_reference, read_indicator
from territ_kit.territory import Territory


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed of a case: its tables (indicator, level), a funnel, slopes."""

    tables: tuple[tuple[str, str], ...]
    funnel: str
    slopes: tuple[str, ...]


PRINTED = {
    "port-ancelle": Printed(
        tables=(
            ("mortalite-brute", "commune"),
            ("mortalite-standardisee", "commune"),
            ("pauvrete", "commune"),
            ("sans-medecin-traitant", "qpv"),
            ("depistage-eligibles", "qpv"),
            ("depistage-invites", "qpv"),
            ("non-recours-c2s", "qpv"),
        ),
        funnel="mortalite-prematuree",
        slopes=("sans-medecin-traitant", "mortalite-brute"),
    ),
    "pays-de-brezonne": Printed(
        tables=(
            ("part-15-24-ans", "group"),
            ("scolarises-hors-territoire", "group"),
            ("urgences-alcool-15-24-ans", "group"),
            ("suicides-15-24-ans", "epci"),
            ("alcool-16-18-ans", "epci"),
            ("connait-lieu-ecoute", "epci"),
            ("apl-medecins", "commune"),
            ("sans-medecin-traitant", "commune"),
            ("pauvrete", "commune"),
        ),
        funnel="sans-medecin-traitant",
        slopes=("sans-medecin-traitant",),
    ),
    "val-d-aubrelle": Printed(
        tables=(
            ("ald-psychiatriques", "commune"),
            ("ald-psychiatriques", "group"),
            ("ald-psychiatriques-icm", "group"),
            ("suicides-icm", "group"),
            ("apl-medecins", "commune"),
            ("mal-etre-enquete", "epci"),
            ("enquete-femmes-60-ans", "epci"),
            ("pauvrete", "commune"),
            ("pauvrete", "qpv"),
        ),
        funnel="ald-psychiatriques",
        slopes=("apl-medecins",),
    ),
}
TOO_FEW = "Moins de dix événements : non calculé."
LARGE = 100_000
HEAD = ("Lieu", "Valeur", "de", "à", "Marge", "Votre lecture")


def sheets(territory: Territory) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the title and the parts of each sheet of module 02, by file name."""
    name = territory.short_name
    return {
        "recit.html": (f"{name} : le récit", (story(territory),)),
        "carte.html": (f"{name} : la carte et la liste des lieux", (outline(territory), places(territory))),
        "tableaux.html": (
            f"{name} : les tableaux, avec leur marge d’incertitude",
            tuple(measures(territory)),
        ),
        "courbes.html": (f"{name} : l’entonnoir et la pente", tuple(curves(territory))),
    }


def story(territory: Territory) -> str:
    """Return the story, the voices, the press cutting and the e-mail."""
    documents = [(f"{voice.role} (personnage fictif)", voice.text) for voice in territory.voices]
    documents.append((f"Dans la presse (article fictif) : « {territory.press.title} »", territory.press.text))
    documents.append(("Un courriel (fictif)", territory.email))
    return str(mistune.html(territory.story)) + "".join(
        f"<section><h2>{escape(title)}</h2><blockquote>{mistune.html(text)}</blockquote></section>"
        for title, text in documents
    )


def outline(territory: Territory) -> str:
    """Return the communes' outlines, numbered as in the list, the neighbourhoods as black diamonds."""
    rings = [ring for feature in territory.contours["features"] for ring in _rings(feature["geometry"])]
    longitudes = [point[0] for ring in rings for point in ring]
    latitudes = [point[1] for ring in rings for point in ring]
    scale = 680 / (max(longitudes) - min(longitudes))

    def at(lon: float, lat: float) -> tuple[float, float]:
        return round(10 + (lon - min(longitudes)) * scale, 1), round(10 + (max(latitudes) - lat) * scale, 1)

    lines = ("M" + "L".join("{} {}".format(*at(*point[:2])) for point in ring) + "Z" for ring in rings)
    drawn = [f'<path d="{line}" fill="none" stroke="#000"/>' for line in lines]
    for number, (_, town) in enumerate(territory.communes.iterrows(), 1):
        x, y = at(town["lon"], town["lat"])
        drawn.append(f'<text x="{x}" y="{y}" font-size="15" text-anchor="middle">{number}</text>')
    for _, quarter in territory.qpv.iterrows():
        x, y = at(quarter["lon"], quarter["lat"])
        drawn.append(f'<path d="M{x} {y - 7:.1f}l7 7l-7 7l-7-7z"/>')
    height = round(20 + (max(latitudes) - min(latitudes)) * scale)
    words = "Communes numérotées comme dans la liste. Un losange noir par quartier prioritaire."
    picture = f'<svg viewBox="0 0 700 {height}" width="100%" role="img" aria-label="{words}">'
    return f"<p>{words}</p>{picture}{''.join(drawn)}</svg>"


def places(territory: Territory) -> str:
    """Return the communes and the neighbourhoods as lists, on a new page."""
    towns = [
        (str(number), town["name"], town["density"], fr(town["population"]))
        for number, (_, town) in enumerate(territory.communes.iterrows(), 1)
    ]
    quarters = [
        ("◆", quarter["name"], territory.communes.loc[quarter["commune"], "name"], fr(quarter["population"]))
        for _, quarter in territory.qpv.iterrows()
    ]
    caption = "Les quartiers prioritaires de la politique de la ville (QPV)"
    return (
        '<h2 class="page">Les lieux</h2>'
        + table(("N°", "Commune", "Type de commune", "Habitants"), towns, "Les communes")
        + table(("", "Quartier", "Commune", "Habitants"), quarters, caption)
    )


def measures(territory: Territory) -> Iterable[str]:
    """Yield how to read, then the tables: each value, its interval, and room for one's own reading."""
    yield (
        "<p>Le point est la valeur. Le trait est la marge d’incertitude (intervalle de confiance à 95 %). "
        "La ligne pointillée est la valeur du département, ou de la région à défaut. "
        "Une flèche : le trait sort de la feuille.</p>"
        "<p>Écrivez votre lecture : <b>net défavorable</b>, <b>net favorable</b>, "
        "ou <b>on ne peut pas conclure</b>.</p>"
    )
    yield from (_measure(territory, indicator, level) for indicator, level in PRINTED[territory.id].tables)


def curves(territory: Territory) -> Iterable[str]:
    """Yield the funnel and the slopes."""
    printed = PRINTED[territory.id]
    yield funnel(territory, printed.funnel)
    yield from (slope(territory, indicator) for indicator in printed.slopes)


def _rings(geometry: dict[str, Any]) -> list[Any]:
    found = geometry["coordinates"]
    return [part[0] for part in ([found] if geometry["type"] == "Polygon" else found)]


def _measure(territory: Territory, indicator: str, level: str) -> str:
    definition: dict[Any, Any] = territory.catalogue.loc[indicator].to_dict()
    # Whole numbers would hide which side of the line, but for large ones.
    decimals = max(int(definition["per"] < LARGE), int(definition["decimals"]))
    landmarks = (find_reference(territory, indicator, level) for level in ("departement", "region"))
    reference = next(filter(None, landmarks), None)
    landmark = reference.value if reference else math.nan
    beside = f"{reference.short} : {fr(landmark, 1)}" if reference else "Aucun repère publié"
    rows = read_indicator(territory, indicator, level=level).sort_values("value", ascending=False)
    end = float(np.nanmax(rows[["value", "high"]].to_numpy()))
    if reference:
        end = min(end, 4 * landmark)
    whole = read_indicator(territory, indicator, level="epci")
    lines = []
    for _, row in (rows if level == "epci" else pd.concat([whole, rows])).iterrows():
        cells = f'<td colspan="5">{escape(_why(row))}</td>'
        if pd.notna(row["value"]):
            figures = [float(row[column]) for column in ("value", "low", "high")]
            cells = "".join(f'<td class="n">{fr(figure, decimals)}</td>' for figure in figures)
            cells += f"<td>{_strip(*figures, landmark=landmark, end=end)}</td><td></td>"
        lines.append(f'<tr><th scope="row">{escape(str(row["name"]))}</th>{cells}</tr>')
    head = "".join(f'<th scope="col">{word}</th>' for word in HEAD)
    texts = ("definition", "shows", "hides", "unit", "source")
    said = {name: escape(str(definition[name])) for name in texts}
    return (
        f"<section><h2>{escape(str(definition['label']))}</h2><p>{said['definition']} "
        f"<b>Montre :</b> {said['shows']} <b>Ne montre pas :</b> {said['hides']}</p>"
        f"<table><caption>Unité : {said['unit']}. {beside}. "
        f"{said['source']}, {definition['year']}.</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table></section>"
    )


def _why(row: pd.Series[Any]) -> str:
    """Return why a row has no value."""
    if not row["missing"]:
        return TOO_FEW
    return str(row["reason"]) or f"{MISSING[str(row['missing'])].capitalize()}."


def _strip(value: float, low: float, high: float, *, landmark: float, end: float) -> str:
    """Return a dot and its interval on a scale from 0 to `end`; an arrow when the interval goes beyond."""

    def at(figure: float) -> float:
        return round(4 + 152 * min(figure, end) / end, 1)

    dashes = f'<path d="M{at(landmark)} 0V14" stroke="#000" stroke-dasharray="2 2"/>'
    parts = [
        "" if math.isnan(landmark) else dashes,
        "" if math.isnan(low) else f'<path d="M{at(low)} 7H{at(high)}" stroke="#000" stroke-width="2"/>',
        f'<circle cx="{at(value)}" cy="7" r="4"/>',
        f'<path d="M{at(end)} 2l5 5l-5 5" fill="none" stroke="#000"/>' if high > end else "",
    ]
    return f'<svg viewBox="0 0 164 14" width="41mm" height="3.5mm" aria-hidden="true">{"".join(parts)}</svg>'
