"""What the files of a case owe each other: codes that exist, counts that add up, figures that make sense."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import Any

import pandas as pd

from territ_kit.errors import Fault
from territ_kit.territory.territory import AGE_STARTS

Tables = dict[str, pd.DataFrame]
KEYS = (
    ("communes", "code"),
    ("qpv", "code"),
    ("zones", "id"),
    ("facilities", "id"),
)
MEND_CODE = "Corrigez le code, ou ajoutez-le au tableau qui le définit."
MEND_SUM = "Reprenez les effectifs de ce fichier."


def broken_rules(
    tables: Tables, sheets: dict[str, Any], contours: dict[str, Any], unread: set[str]
) -> list[Fault]:
    """Return every fault between files; a rule waits for the next time if a file that it needs is unread."""
    place, areas = {"communes", "qpv", "zones"}, {"communes", "qpv", "case"}
    rules: tuple[tuple[set[str], Callable[[], Iterator[Fault]]], ...] = (
        (set(tables) | set(sheets), lambda: _codes(tables, sheets)),
        (place | {"case", "ages", "deaths", "strata"}, lambda: _people(tables, sheets)),
        ({"indicators", "catalogue"}, lambda: _figures(tables, sheets)),
        (areas | {"indicators", "deaths", "catalogue"}, lambda: _sums(tables, sheets)),
        ({"communes", "travel_minutes", "contours"}, lambda: _places(tables, contours)),
        ({"actors", "positions"}, lambda: _positions(sheets)),
    )
    return [fault for needs, rule in rules if not needs & unread for fault in rule()]


def _unknown(
    file: str, column: str, cells: Iterable[object], known: Iterable[object], what: str
) -> Iterator[Fault]:
    """Yield a fault for each cell of a column that is not a known code."""
    allowed = set(known)
    for row, value in enumerate(cells):
        if value not in allowed:
            place = f"ligne {row + 2}" if file.endswith(".csv") else f"élément {row + 1}"
            yield Fault(file, place, column, str(value), f"Ce code n’est pas {what}.", MEND_CODE)


def _codes(tables: Tables, sheets: dict[str, Any]) -> Iterator[Fault]:
    communes, qpv, zones = (set(tables[name].iloc[:, 0]) for name in ("communes", "qpv", "zones"))
    code = sheets["case"].code
    themes, indicators = set(sheets["case"].themes), set(sheets["catalogue"].indicator)
    actors = [actor.id for actor in sheets["actors"].actor]
    areas = {"epci": {code}, "commune": communes, "qpv": qpv}
    for name, column, known, what in (
        ("communes", "zone", zones, "une zone de zones.csv"),
        ("qpv", "commune", communes, "une commune"),
        ("facilities", "commune", communes, "une commune"),
        ("facilities", "qpv", qpv | {""}, "un quartier prioritaire"),
        ("strata", "zone", zones, "une zone de zones.csv"),
        ("strata", "theme", themes, "un thème de case.toml"),
        ("indicators", "indicator", indicators, "un indicateur de catalogue.toml"),
        ("references", "indicator", indicators, "un indicateur de catalogue.toml"),
    ):
        yield from _unknown(f"{name}.csv", column, tables[name][column], known, what)
    for name in ("indicators", "ages", "deaths"):
        for row, level, area in tables[name][["level", "area"]].itertuples():
            if level in areas and area not in areas[level]:
                rule = "Ce code n’est pas un territoire de ce niveau."
                yield Fault(f"{name}.csv", f"ligne {row + 2}", "area", area, rule, MEND_CODE)
    sheet = sheets["catalogue"].indicator.values()
    yield from _unknown(
        "catalogue.toml", "theme", (one.theme for one in sheet), themes, "un thème de case.toml"
    )
    actions = sheets["actions"].action
    everywhere = communes | qpv | {code}
    yield from _unknown(
        "actions.toml", "theme", (one.theme for one in actions), themes, "un thème de case.toml"
    )
    yield from _unknown(
        "actions.toml", "area", (one.area for one in actions), everywhere, "un territoire du cas"
    )
    yield from _unknown("actions.toml", "lead", (one.lead for one in actions), actors, "un acteur")
    for project in sheets["projects"].project:
        yield from _unknown(
            "projects.toml", "perimeter", project.perimeter, everywhere, "un territoire du cas"
        )


def _totals(table: pd.DataFrame, by: list[str], column: str = "population") -> dict[Any, int]:
    return table.groupby(by[0] if len(by) == 1 else by)[column].sum().to_dict()


def _people(tables: Tables, sheets: dict[str, Any]) -> Iterator[Fault]:
    """Check that everyone is counted once: in communes, zones, ages and strata."""
    total = sheets["case"].population
    communes, qpv, zones = (_totals(tables[name], [key]) for name, key in KEYS[:3])
    for name, people in (("communes", communes), ("zones", zones)):
        if (found := sum(people.values())) != total:
            yield _sum_fault(f"{name}.csv", "population", found, total, "la population de case.toml")
    for code, found in _totals(tables["qpv"], ["commune"]).items():
        if found > communes.get(code, found):
            yield _sum_fault("qpv.csv", code, found, communes[code], "sa commune au plus")
    known = communes | qpv | {sheets["case"].code: total}
    for area, found in _totals(tables["ages"], ["area"]).items():
        if found != known.get(area, found):
            yield _sum_fault("ages.csv", area, found, known[area], "la population du territoire")
    for (zone, theme), found in _totals(tables["strata"], ["zone", "theme"]).items():
        if found != zones.get(zone, found):
            yield _sum_fault("strata.csv", f"{zone}, {theme}", found, zones[zone], "la zone")
    for name in ("ages", "deaths"):
        for area, groups in tables[name].groupby("area")["age_start"]:
            if set(groups) != set(AGE_STARTS):
                rule = "Les 19 groupes d’âge vont de 0 à 90, de cinq en cinq."
                remedy = "Complétez les lignes de ce territoire."
                yield Fault(f"{name}.csv", "", "age_start", str(area), rule, remedy)


def _sum_fault(file: str, what: str, found: int, expected: int, than: str) -> Fault:
    return Fault(file, "", what, f"{found}", f"Le total attendu est {expected} : {than}.", MEND_SUM)


def _figures(tables: Tables, sheets: dict[str, Any]) -> Iterator[Fault]:
    """Check that each row of indicators holds its figures, or says which kind of nothing it is and why."""
    table = tables["indicators"]
    kind = table["indicator"].map({name: one.kind for name, one in sheets["catalogue"].indicator.items()})
    counted = kind.isin(["proportion", "crude_rate"])
    both = table["numerator"].notna() & table["denominator"].notna()
    any_figure = table[["numerator", "denominator", "value"]].notna().any(axis=1)
    here = table["missing"] == ""
    for where, column, rule, remedy in (
        (
            here & counted & ~both,
            "numerator",
            "Le nombre de cas et l’effectif sont attendus.",
            "Complétez-les.",
        ),
        (here & counted & table["value"].notna(), "value", "La valeur est calculée.", "Videz cette case."),
        (
            here & (kind == "level") & table["value"].isna(),
            "value",
            "Une valeur est attendue.",
            "Complétez-la.",
        ),
        (
            ~here & any_figure,
            "missing",
            "Une donnée absente n’a pas de chiffre.",
            "Videz les trois chiffres.",
        ),
        (~here & (table["reason"] == ""), "reason", "Une absence a sa raison.", "Écrivez-la en une phrase."),
        (
            (kind == "proportion") & (table["numerator"] > table["denominator"]),
            "numerator",
            "Le nombre de cas ne dépasse pas l’effectif.",
            "Vérifiez les deux nombres.",
        ),
    ):
        for row in table.index[where]:
            yield Fault(
                "indicators.csv",
                f"ligne {row + 2}",
                column,
                str(table.loc[row, column]).removesuffix(".0"),
                rule,
                remedy,
            )


def _sums(tables: Tables, sheets: dict[str, Any]) -> Iterator[Fault]:
    """Check that each indicator speaks of every area, and that communes add up to the EPCI.

    Where some communes are missing, those that are there stay below the EPCI.
    """
    table = tables["indicators"]
    areas = {*tables["communes"]["code"], *tables["qpv"]["code"], sheets["case"].code}
    for name in sheets["catalogue"].indicator:
        for area in sorted(areas - set(table["area"][table["indicator"] == name])):
            rule = "Chaque indicateur a une ligne par territoire, même sans donnée."
            remedy = "Ajoutez la ligne, avec la sorte d’absence et sa raison."
            yield Fault("indicators.csv", "", name, area, rule, remedy)
    communes, whole = table[table["level"] == "commune"], table[table["level"] == "epci"]
    partial = set(communes["indicator"][communes["missing"] != ""])
    for column in ("numerator", "denominator"):
        expected = _totals(whole, ["indicator"], column)
        for name, found in _totals(communes, ["indicator"], column).items():
            due = expected.get(name, found)
            if found > due or (name not in partial and found < due):
                yield _sum_fault(
                    "indicators.csv", f"{name}, {column}", int(found), int(due), "celui de l’EPCI"
                )
    deaths = tables["deaths"]
    expected = _totals(deaths[deaths["level"] == "epci"], ["age_start"], "deaths")
    for age, found in _totals(deaths[deaths["level"] == "commune"], ["age_start"], "deaths").items():
        if found != expected.get(age, found):
            yield _sum_fault("deaths.csv", f"{age} ans", found, expected[age], "celui de l’EPCI")


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
