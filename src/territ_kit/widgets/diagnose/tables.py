"""The dossier's lists as the tables that the methods of the diagnosis read, and back."""

from __future__ import annotations

from typing import Any

import pandas as pd

from territ_kit.diagnosis.needs import READINGS, cross
from territ_kit.dossier import NEEDS, Dossier, Evidence, Need
from territ_kit.dossier.crossing import BY_HAND, LEVELS
from territ_kit.territory import Territory


def names_of(labels: pd.Series) -> dict[str, str]:
    """Return French names by id, as a menu offers them."""
    return {str(key): str(label) for key, label in labels.items()}


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
