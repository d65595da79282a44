"""What the files of a case owe each other: codes that exist, people counted once, places all there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from territ_kit.errors import Fault
from territ_kit.territory.case_faults import MEND_CODE, Tables, sum_fault, totals, unknown
from territ_kit.territory.case_figures import broken_catalogue, broken_figures, broken_sums
from territ_kit.territory.territory import AGE_STARTS

KEYS = (
    ("communes", "code"),
    ("qpv", "code"),
    ("zones", "id"),
    ("groups", "id"),
    ("facilities", "id"),
)


def broken_rules(
    tables: Tables, sheets: dict[str, Any], contours: dict[str, Any], unread: set[str]
) -> list[Fault]:
    """Return every fault between files; a rule waits for the next time if a file that it needs is unread."""
    place, areas = {"communes", "qpv", "zones"}, {"communes", "groups", "qpv", "case"}
    figures = {"indicators", "catalogue", "ages", "deaths"}
    rules: tuple[tuple[set[str], Callable[[], Iterator[Fault]]], ...] = (
        (set(tables) | set(sheets), lambda: _codes(tables, sheets)),
        (place | {"case", "ages", "deaths", "strata"}, lambda: _people(tables, sheets)),
        ({"catalogue"}, lambda: broken_catalogue(sheets)),
        (figures, lambda: broken_figures(tables, sheets)),
        (areas | figures, lambda: broken_sums(tables, sheets)),
        ({"communes", "travel_minutes", "contours"}, lambda: _places(tables, contours)),
        ({"actors", "positions"}, lambda: _positions(sheets)),
    )
    return [fault for needs, rule in rules if not needs & unread for fault in rule()]


def _codes(tables: Tables, sheets: dict[str, Any]) -> Iterator[Fault]:
    communes, qpv, zones, groups = (set(tables[name][key]) for name, key in KEYS[:4])
    code = sheets["case"].code
    themes, indicators = set(sheets["case"].themes), set(sheets["catalogue"].indicator)
    actors = [actor.id for actor in sheets["actors"].actor]
    areas = {"epci": {code}, "group": groups, "commune": communes, "qpv": qpv}
    for name, column, known, what in (
        ("communes", "zone", zones, "une zone de zones.csv"),
        ("communes", "group", groups, "un groupe de groups.csv"),
        ("groups", "id", set(tables["communes"]["group"]), "le groupe d’une commune"),
        ("qpv", "commune", communes, "une commune"),
        ("facilities", "commune", communes, "une commune"),
        ("facilities", "qpv", qpv | {""}, "un quartier prioritaire"),
        ("strata", "zone", zones, "une zone de zones.csv"),
        ("strata", "theme", themes, "un thème de case.toml"),
        ("indicators", "indicator", indicators, "un indicateur de catalogue.toml"),
        ("references", "indicator", indicators, "un indicateur de catalogue.toml"),
    ):
        yield from unknown(f"{name}.csv", column, tables[name][column], known, what)
    for name in ("indicators", "ages", "deaths"):
        for row, level, area in tables[name][["level", "area"]].itertuples():
            if level in areas and area not in areas[level]:
                rule = "Ce code n’est pas un territoire de ce niveau."
                yield Fault(f"{name}.csv", f"ligne {row + 2}", "area", area, rule, MEND_CODE)
    sheet = sheets["catalogue"].indicator.values()
    yield from unknown(
        "catalogue.toml", "theme", (one.theme for one in sheet), themes, "un thème de case.toml"
    )
    actions = sheets["actions"].action
    everywhere = communes | qpv | {code}
    yield from unknown(
        "actions.toml", "theme", (one.theme for one in actions), themes, "un thème de case.toml"
    )
    yield from unknown(
        "actions.toml", "area", (one.area for one in actions), everywhere, "un territoire du cas"
    )
    yield from unknown("actions.toml", "lead", (one.lead for one in actions), actors, "un acteur")
    for project in sheets["projects"].project:
        yield from unknown(
            "projects.toml", "perimeter", project.perimeter, everywhere, "un territoire du cas"
        )


def _people(tables: Tables, sheets: dict[str, Any]) -> Iterator[Fault]:
    """Check that everyone is counted once: in communes, zones, ages and strata."""
    total = sheets["case"].population
    communes, qpv, zones = (totals(tables[name], [key]) for name, key in KEYS[:3])
    for name, people in (("communes", communes), ("zones", zones)):
        if (found := sum(people.values())) != total:
            yield sum_fault(f"{name}.csv", "population", found, total, "la population de case.toml")
    for code, found in totals(tables["qpv"], ["commune"]).items():
        if found > communes.get(code, found):
            yield sum_fault("qpv.csv", code, found, communes[code], "sa commune au plus")
    known = communes | qpv | {sheets["case"].code: total}
    for area, found in totals(tables["ages"], ["area"]).items():
        if found != known.get(area, found):
            yield sum_fault("ages.csv", area, found, known[area], "la population du territoire")
    for (zone, theme), found in totals(tables["strata"], ["zone", "theme"]).items():
        if found != zones.get(zone, found):
            yield sum_fault("strata.csv", f"{zone}, {theme}", found, zones[zone], "la zone")
    ages = tables["ages"]
    for row in ages.index[ages["women"] > ages["population"]]:
        rule, value = "Les femmes sont une partie des habitants.", str(ages.loc[row, "women"])
        yield Fault("ages.csv", f"ligne {row + 2}", "women", value, rule, "Vérifiez les deux nombres.")
    for name in ("ages", "deaths"):
        for area, groups in tables[name].groupby("area")["age_start"]:
            if set(groups) != set(AGE_STARTS):
                rule = "Les 19 groupes d’âge vont de 0 à 90, de cinq en cinq."
                remedy = "Complétez les lignes de ce territoire."
                yield Fault(f"{name}.csv", "", "age_start", str(area), rule, remedy)


def _places(tables: Tables, contours: dict[str, Any]) -> Iterator[Fault]:
    """Check that contours and travel times cover exactly the communes."""
    communes = set(tables["communes"]["code"])
    drawn = {str(one["properties"].get("code")) for one in contours["features"]}
    for code in sorted(drawn ^ communes):
        rule = "Les communes sont exactement celles de communes.csv."
        yield Fault("contours.geojson", "", "code", code, rule, "Ajoutez ou supprimez cette commune.")
    trips = set(tables["travel_minutes"][["origin", "destination"]].itertuples(index=False, name=None))
    for origin, destination in sorted(trips ^ set(product(communes, communes))):
        rule = "Il y a une ligne pour chaque départ et chaque arrivée entre communes."
        value = f"{origin}, {destination}"
        yield Fault("travel_minutes.csv", "", "", value, rule, "Ajoutez ou supprimez ce trajet.")


def _positions(sheets: dict[str, Any]) -> Iterator[Fault]:
    """Check that each actor has a stance on each objective and an influence on each actor."""
    actors = [actor.id for actor in sheets["actors"].actor]
    sheet = sheets["positions"]
    for part, rows, length in (
        ("stances", sheet.stances, len(sheet.objective)),
        ("influences", sheet.influences, len(actors)),
    ):
        for actor in sorted(set(rows) ^ set(actors)):
            rule = "Chaque acteur de actors.toml a une ligne, et lui seul."
            yield Fault("positions.toml", part, actor, "", rule, "Ajoutez ou supprimez cette ligne.")
        for actor, values in rows.items():
            if len(values) != length:
                rule, value = f"{length} nombres sont attendus.", f"{len(values)} nombres"
                yield Fault("positions.toml", part, actor, value, rule, "Complétez la liste.")
