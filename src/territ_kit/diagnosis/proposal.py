"""A first grid of needs, resources and actions, drawn from a territory's tables for a group to correct."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from territ_kit.diagnosis.actions import action_levels, find_repeats
from territ_kit.french import count, fr

if TYPE_CHECKING:
    from territ_kit.territory import Territory

HIGH_NEED, LOW_NEED = 3 / 2, 3 / 4
"""Need of a zone over that of the whole territory: a half more is high, a quarter less is low."""
ENOUGH, RARE = 4 / 3, 3 / 4
"""Share of need already covered, over that of the whole territory."""
FEWEST = 10  # under it, an indicator of a neighbourhood is not read

PROPOSAL_RULE = (
    "Besoin fort : il dépasse d’au moins moitié celui du territoire entier. Faible : il est plus bas d’un "
    "quart. Le signe le plus défavorable l’emporte.",
    "Ressources suffisantes : la part du besoin déjà couverte dépasse d’un tiers celle du territoire. "
    "Rares : elle est plus basse d’un quart.",
    "Actions régulières : elles touchent au moins une personne en besoin sur vingt.",
    "Seules comptent les actions menées dans la zone même. Une action plus large est citée, pas comptée.",
)
"""The rule of the proposal in French: show it as « hypothèse pédagogique »."""


def propose_levels(territory: Territory) -> pd.DataFrame:
    """Return a first grid of themes and zones with proposed levels, and what each one rests on.

    Parameters
    ----------
    territory : Territory
        Its `strata` (who needs what, and who is reached), `indicators`, `actions` and `zones`.

    Returns
    -------
    DataFrame
        One row a theme and zone, in the territory's order: `theme`, `theme_name`, `zone`, `zone_name`;
        `need`, `resources`, `actions` (levels of `needs.cross`); `in_need` (people, NaN when unknown);
        `need_ratio`, `cover_ratio` (over the whole territory); `regular`, `occasional`, `people` (a year, the
        sum of the regular actions: someone may be counted twice), `overlap`; `why` (French).

    Notes
    -----
    The levels are teaching assumptions, in words in `PROPOSAL_RULE`. The need is the higher of two readings:
    the share of people in need in `strata`, and, for a neighbourhood, the least favourable indicator of the
    theme that rests on ten people or more and has no better sibling at equal age. A theme without strata has
    unknown levels. What the tables do not hold stays out: a need of one commune inside a zone, or of a public
    such as apprentices; add a row for it.
    """
    strata = territory.strata.assign(
        in_need=territory.strata["population"] * territory.strata["need_share"],
    )
    strata["covered"] = strata["in_need"] * strata["covered_share"]
    sums = strata.groupby(["theme", "zone"])[["population", "in_need", "covered"]].sum()
    whole = strata.groupby("theme")[["population", "in_need", "covered"]].sum()
    told = set(strata["theme"]) | set(territory.actions["theme"])
    pairs = [
        (theme, zone) for theme in territory.themes.index if theme in told for zone in territory.zones.index
    ]
    grid = pd.DataFrame(pairs, columns=["theme", "zone"])
    grid.insert(1, "theme_name", grid["theme"].map(territory.themes))
    grid["zone_name"] = grid["zone"].map(territory.zones["name"])
    here = sums.reindex(pd.MultiIndex.from_frame(grid[["theme", "zone"]])).reset_index(drop=True)
    there = whole.reindex(grid["theme"]).reset_index(drop=True)
    grid["in_need"] = here["in_need"].round()
    share, usual = here["in_need"] / here["population"], there["in_need"] / there["population"]
    grid["need_ratio"] = pd.concat([share / usual, _told_by_indicators(territory, grid)], axis=1).max(axis=1)
    grid["cover_ratio"] = (here["covered"] / here["in_need"]) / (there["covered"] / there["in_need"])
    ratios = ["in_need", "need_ratio", "cover_ratio"]
    grid[ratios] = grid[ratios].astype(float)
    grid["need"] = _level(grid["need_ratio"], LOW_NEED, HIGH_NEED)
    grid["resources"] = _level(grid["cover_ratio"], RARE, ENOUGH)
    facts = [_facts(territory, theme, zone) for theme, zone in pairs]
    grid = pd.concat([grid, pd.DataFrame(facts, columns=_FACTS)], axis=1)
    grid["actions"] = action_levels(grid)
    grid["why"] = [_why(row) for row in grid.to_dict("records")]
    return grid[_COLUMNS]


_FACTS = ["regular", "occasional", "people", "overlap", "announced", "wider"]
_COLUMNS = [
    "theme", "theme_name", "zone", "zone_name", "need", "resources", "actions", "in_need", "need_ratio",
    "cover_ratio", "regular", "occasional", "people", "overlap", "why",
]  # fmt: skip


def _level(ratio: pd.Series[float], low: float, high: float) -> np.ndarray[Any, Any]:
    return np.select([ratio.isna(), ratio < low, ratio >= high], ["", "low", "high"], "medium")


def _told_by_indicators(territory: Territory, grid: pd.DataFrame) -> pd.Series[float]:
    """Return, for neighbourhoods, the least favourable indicator of the theme over the whole territory's."""
    known = territory.indicators[territory.indicators["missing"].fillna("") == ""]
    counted = known["numerator"].between(FEWEST, known["denominator"] - FEWEST)
    known = known[counted].assign(share=lambda table: table["numerator"] / table["denominator"])
    known = known.join(territory.catalogue[["theme", "direction", "equal_age"]], on="indicator")
    known = known[(known["direction"] != "neutral") & (known["equal_age"] == "")]
    usual = known[known["level"] == "epci"].set_index("indicator")["share"]
    local = known[known["area"].isin(territory.zones.index)].copy()
    local["ratio"] = local["share"] / local["indicator"].map(usual)
    better = local["direction"] == "higher_is_better"
    local["ratio"] = local["ratio"].where(~better, 1 / local["ratio"])
    worst = local.groupby(["theme", "area"])["ratio"].max()
    return worst.reindex(pd.MultiIndex.from_frame(grid[["theme", "zone"]])).reset_index(drop=True)


def _facts(territory: Territory, theme: str, zone: str) -> tuple[int, int, int, bool, int, int]:
    """Return what is done in the zone itself, announced there, and done around it."""
    actions = territory.actions[territory.actions["theme"] == theme]
    quarters, communes = territory.qpv, territory.communes
    if zone in quarters.index:
        own = actions["area"] == zone
        wider = actions["area"].isin([territory.code, quarters.loc[zone, "commune"]])
    else:
        own = actions["area"].map(communes["zone"]) == zone
        wider = actions["area"] == territory.code
    here = actions[own]
    regular = here["state"] == "running"
    return (
        int(regular.sum()),
        int((here["state"] == "occasional").sum()),
        int(here.loc[regular, "people"].sum()),
        bool(find_repeats(here)),
        int((actions.loc[own | wider, "state"] == "announced").sum()),
        int((actions.loc[wider, "state"] != "announced").sum()),
    )


def _why(row: dict[Any, Any]) -> str:
    """Return what the proposed levels rest on."""
    parts = []
    if not np.isnan(row["need_ratio"]):
        people = f", environ {fr(round(row['in_need'], -1))} personnes" if row["in_need"] > 0 else ""
        parts.append(f"Besoin : indice {fr(100 * row['need_ratio'], 0)} (territoire : 100){people}.")
    if not np.isnan(row["cover_ratio"]):
        parts.append(f"Part du besoin déjà couverte : indice {fr(100 * row['cover_ratio'], 0)}.")
    done = row["regular"] + row["occasional"]
    if done:
        most = ", jusqu’à " if row["overlap"] else ", "  # the same people may be counted twice
        reached = f"{most}{count(row['people'], 'personne')} par an" if row["people"] else ""
        parts.append(f"Ici : {count(done, 'action')}{reached}.")
    if row["announced"]:
        parts.append("Ce qui est annoncé ne compte pas : un périmètre n’est pas une action.")
    if row["wider"]:
        parts.append("Une action plus large existe : rien ne dit qui elle atteint ici.")
    return " ".join(parts)
