"""The dossier's lists as the tables that the methods of the diagnosis read, and back."""

from __future__ import annotations

from typing import Any

import pandas as pd

from territ_kit.diagnosis.needs import READINGS, cross
from territ_kit.dossier import NEEDS, Dossier, Evidence, Need, Shelf
from territ_kit.dossier.diagnosis import Cell
from territ_kit.territory import Territory

CELLS = Shelf("diagnosis", "cells", Cell)
LEVELS = ["need", "resources", "actions"]
BY_HAND = "Niveaux donnés par le groupe."


def names_of(labels: pd.Series) -> dict[str, str]:
    """Return French names by id, as a menu offers them."""
    return {str(key): str(label) for key, label in labels.items()}


def cell_id(theme: str, area: str) -> str:
    """Return the id of the corrected levels of a theme in an area."""
    return f"{theme}--{area}"[:80]


def grid(territory: Territory, proposal: pd.DataFrame, dossier: Dossier) -> pd.DataFrame:
    """Return the crossed grid: the proposal, the group's own levels over it, and the needs outside it.

    Rows have the index of `cell_id`. A need without a zone of the grid is a row of its own, for its public.
    """
    columns = ["theme", "theme_name", "zone", "zone_name", *LEVELS, "why"]
    rows = {cell_id(row["theme"], row["zone"]): row for row in proposal[columns].to_dict("records")}
    own: dict[str, Cell | Need] = {}
    for need in dossier.diagnosis.needs:
        if need.theme and any(getattr(need, level) for level in LEVELS):
            own[cell_id(need.theme, place_of(need, territory))] = need
    own |= {cell.id: cell for cell in dossier.diagnosis.cells}
    names = territory.area_names()
    for key, one in own.items():
        if key not in rows:
            place = place_of(one, territory) if isinstance(one, Need) else one.area
            name = (one.public or one.area_name) if isinstance(one, Need) else ""
            rows[key] = {
                "theme": one.theme,
                "theme_name": str(territory.themes.get(one.theme, one.theme)),
                "zone": place,
                "zone_name": name or str(names.get(place, place)),
                "why": BY_HAND,
            }
        rows[key] |= {level: getattr(one, level) for level in LEVELS}
    return cross(pd.DataFrame.from_dict(rows, orient="index", columns=columns))


def place_of(need: Need, territory: Territory) -> str:
    """Return what stands for the zone of a need in the grid: its public when it names one, or its area.

    A commune that is a whole zone by itself stands for this zone.
    """
    communes = territory.communes
    if not need.public and need.area in communes.index:
        zone = str(communes.loc[need.area, "zone"])
        people, inhabitants = territory.zones["population"], communes["population"]
        if people.to_dict()[zone] == inhabitants.to_dict()[need.area]:
            return zone
    return need.public or need.area or need.area_name or "Tout le territoire"


def need_of(dossier: Dossier, theme: str, area: str) -> Need | None:
    """Return the need of everyone in an area on a theme, or None."""
    needs = NEEDS.of(dossier)
    return next((one for one in needs if (one.theme, one.area, one.public) == (theme, area, "")), None)


def new_need(dossier: Dossier, row: Any) -> Need:
    """Return the need of a row of the grid, with its levels and its reading."""
    title = f"{row.zone_name} : {row.theme_name.lower()}"
    action = Evidence(kind="action", text=row.sentence, source="Besoins, ressources et actions croisés")
    figure = Evidence(kind="figure", text=row.why, source="Tableaux du territoire")
    return Need(
        id=NEEDS.new_id(dossier, f"{row.theme} {row.zone_name}"),
        title=title,
        theme=row.theme,
        area=row.zone,
        area_name=row.zone_name,
        need=row.need,
        resources=row.resources,
        actions=row.actions,
        reading=row.reading,
        evidence=(action,) if row.why == BY_HAND else (figure, action),
    )


def read_again(need: Need) -> Need:
    """Return the need with the reading that its levels give."""
    levels = {level: [getattr(need, level)] for level in LEVELS}
    reading = cross(pd.DataFrame({"theme": ["t"], "zone": ["z"], **levels}))["reading"].iloc[0]
    return need.but(reading=str(reading) if any(value[0] for value in levels.values()) else "")


def needs_table(dossier: Dossier) -> pd.DataFrame:
    """Return the needs as `rank_needs` reads them, each with the reading of its levels."""
    needs = dossier.diagnosis.needs
    ids = [one.id for one in needs]
    levels = {level: [getattr(one, level) for one in needs] for level in LEVELS}
    read = cross(pd.DataFrame({"theme": "", "zone": ids, **levels}, dtype=object))["reading"]
    kept = [one.reading if one.reading in READINGS else "" for one in needs]
    given = [any(row) for row in zip(*levels.values(), strict=True)]
    readings = [str(new) if known else old for new, old, known in zip(read, kept, given, strict=True)]
    titles = [one.title or "Sans titre" for one in needs]
    table = pd.DataFrame({"id": ids, "title": titles, "need": levels["need"]}, dtype=object)
    return table.assign(reading=pd.Series(readings, dtype=object))


def evidence_table(dossier: Dossier) -> pd.DataFrame:
    """Return the evidence of all needs."""
    rows = [
        (need.id, piece.kind, piece.of or piece.source or piece.text)
        for need in dossier.diagnosis.needs
        for piece in need.evidence
    ]
    return pd.DataFrame(rows, columns=["need", "kind", "source"], dtype=object)


def voices_table(dossier: Dossier) -> pd.DataFrame:
    """Return the voices as `count_themes` reads them."""
    rows = [(one.who, one.kind, list(one.themes)) for one in dossier.diagnosis.voices]
    return pd.DataFrame(rows, columns=["who", "kind", "themes"], dtype=object)


def statements_table(dossier: Dossier) -> pd.DataFrame:
    """Return the lines of the problem tree."""
    rows = [(one.id, one.text, one.kind, one.under, one.objective) for one in dossier.diagnosis.tree]
    return pd.DataFrame(rows, columns=["id", "text", "kind", "under", "objective"], dtype=object)


def points_table(dossier: Dossier) -> pd.DataFrame:
    """Return the strengths, weaknesses, opportunities and threats that have words."""
    rows = [(one.text, one.side) for one in dossier.diagnosis.swot if one.text.strip()]
    return pd.DataFrame(rows, columns=["text", "side"], dtype=object)


def wider_areas(territory: Territory, area: str) -> set[str]:
    """Return an area (a zone, a commune, a neighbourhood), what it lies in and what it is made of.

    "" is the whole territory: every area.
    """
    communes, quarters = territory.communes, territory.qpv
    if not area or area == territory.code:
        return {territory.code, *communes.index, *quarters.index}
    if area in quarters.index:
        return {area, str(quarters.loc[area, "commune"]), territory.code}
    if area in communes.index:
        return {area, territory.code, *quarters.index[quarters["commune"] == area]}
    return {area, territory.code, *communes.index[communes["zone"] == area]}
