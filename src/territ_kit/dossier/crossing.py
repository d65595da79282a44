"""The crossed grid of a dossier: what the territory's tables propose, corrected by the group."""

from __future__ import annotations

import pandas as pd

from territ_kit.diagnosis.needs import cross
from territ_kit.dossier.diagnosis import Cell, Need
from territ_kit.dossier.dossier import Dossier
from territ_kit.territory import Territory

LEVELS = ["need", "resources", "actions"]
BY_HAND = "Niveaux donnés par le groupe."


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
