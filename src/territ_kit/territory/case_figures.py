"""What the figures of a case owe their catalogue and each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from territ_kit.errors import Fault
from territ_kit.territory.case_faults import Tables, sum_fault, totals, unknown

COUNTED = ["proportion", "crude_rate"]
BY_AGE = ["standardised_rate", "life_expectancy"]
UNITS = {"standardised_ratio": 100, "life_expectancy": 1}
FILE = "indicators.csv"
ROUNDING = 0.5  # expected events have decimals; people are whole


def broken_catalogue(sheets: dict[str, Any]) -> Iterator[Fault]:
    """Check that indicators fit their kind, name siblings that exist and hold one role each."""
    indicators = sheets["catalogue"].indicator
    siblings = [one.equal_age for one in indicators.values()]
    yield from unknown("catalogue.toml", "equal_age", siblings, {*indicators, ""}, "un indicateur du fichier")
    taken: set[str] = set()
    for name, one in indicators.items():
        if one.per != (due := UNITS.get(one.kind, one.per)):
            rule = f"Une mesure de cette sorte s’exprime avec per = {due}."
            yield Fault("catalogue.toml", name, "per", str(one.per), rule, f"Écrivez per = {due}.")
        if one.role and one.role in taken:
            rule = "Un seul indicateur tient ce rôle dans l’indice de défavorisation."
            yield Fault("catalogue.toml", name, "role", one.role, rule, "Retirez-le à l’un des deux.")
        taken.add(one.role)


def broken_figures(tables: Tables, sheets: dict[str, Any]) -> Iterator[Fault]:
    """Check that each row of indicators holds its figures, or says which kind of nothing it is and why."""
    table = tables["indicators"]
    kind = table["indicator"].map({name: one.kind for name, one in sheets["catalogue"].indicator.items()})
    counted, ratio, by_age = kind.isin(COUNTED), kind == "standardised_ratio", kind.isin(BY_AGE)
    numerator, denominator = table["numerator"], table["denominator"]
    some, both = numerator.notna() | denominator.notna(), numerator.notna() & denominator.notna()
    here = table["missing"] == ""
    aged = {*_areas(tables["ages"])} & {*_areas(tables["deaths"])}
    with_ages = pd.Series([area in aged for area in _areas(table)], index=table.index, dtype=bool)
    for where, column, rule, remedy in (
        (
            here & (counted | ratio & some) & ~both,
            "numerator",
            "Le nombre de cas et l’effectif sont attendus.",
            "Complétez-les.",
        ),
        (
            here & (kind != "level") & table["value"].notna(),
            "value",
            "La valeur est calculée.",
            "Videz cette case.",
        ),
        (
            here & (kind == "level") & table["value"].isna(),
            "value",
            "Une valeur est attendue.",
            "Complétez-la.",
        ),
        (
            here & by_age & some,
            "numerator",
            "Cet indicateur est calculé avec ages.csv et deaths.csv.",
            "Videz le nombre de cas et l’effectif.",
        ),
        (
            here & (by_age | ratio & ~some) & ~with_ages,
            "area",
            "Les décès et les habitants par âge de ce territoire sont attendus.",
            "Ajoutez-les, ou dites pourquoi l’indicateur manque ici.",
        ),
        (
            ~here & (some | table["value"].notna()),
            "missing",
            "Une donnée absente n’a pas de chiffre.",
            "Videz les trois chiffres.",
        ),
        (~here & (table["reason"] == ""), "reason", "Une absence a sa raison.", "Écrivez-la en une phrase."),
        (
            (denominator == 0) | counted & (denominator % 1 > 0),
            "denominator",
            "L’effectif est plus grand que zéro, et entier sauf pour un nombre de cas attendus.",
            "Corrigez le nombre.",
        ),
        (
            (kind == "proportion") & (numerator > denominator),
            "numerator",
            "Le nombre de cas ne dépasse pas l’effectif.",
            "Vérifiez les deux nombres.",
        ),
    ):
        for row in table.index[where]:
            value = str(table.loc[row, column]).removesuffix(".0")
            yield Fault(FILE, f"ligne {row + 2}", column, value, rule, remedy)
    if (here & ratio & ~some).any() and "departement" not in {level for level, _ in aged}:
        rule = "Les rapports se calculent avec les décès et les habitants par âge du département."
        remedy = "Ajoutez ses lignes à ages.csv et à deaths.csv."
        yield Fault("deaths.csv", "", "level", "departement", rule, remedy)


def _areas(table: pd.DataFrame) -> list[tuple[str, str]]:
    return list(table[["level", "area"]].itertuples(index=False, name=None))


def broken_sums(tables: Tables, sheets: dict[str, Any]) -> Iterator[Fault]:
    """Check that each indicator speaks of every area, and that communes and groups add up to the EPCI.

    Groups are optional. Where some areas are missing, those that are there stay below the EPCI.
    """
    table = tables["indicators"]
    areas = {*tables["communes"]["code"], *tables["qpv"]["code"], sheets["case"].code}
    for name in sheets["catalogue"].indicator:
        for area in sorted(areas - set(table["area"][table["indicator"] == name])):
            rule = "Chaque indicateur a une ligne par territoire, même sans donnée."
            remedy = "Ajoutez la ligne, avec la sorte d’absence et sa raison."
            yield Fault(FILE, "", name, area, rule, remedy)
    whole = table[table["level"] == "epci"]
    for level, size in (("commune", len(tables["communes"])), ("group", len(tables["groups"]))):
        parts = table[table["level"] == level]
        known = parts[parts["missing"] == ""].groupby("indicator").size()
        for column in ("numerator", "denominator"):
            expected = totals(whole, ["indicator"], column)
            for name, found in totals(parts, ["indicator"], column).items():
                due = expected.get(name, found)
                short = known.get(name) == size and found < due - ROUNDING
                if short or found > due + ROUNDING:
                    yield sum_fault(FILE, f"{name}, {column}", found, due, "celui de l’EPCI")
    for file, columns in (("deaths", ["deaths"]), ("ages", ["population", "women"])):
        rows = tables[file]
        for column in columns:
            expected = totals(rows[rows["level"] == "epci"], ["age_start"], column)
            for age, found in totals(rows[rows["level"] == "commune"], ["age_start"], column).items():
                if found != expected.get(age, found):
                    what = f"{age} ans, {column}"
                    yield sum_fault(f"{file}.csv", what, found, expected[age], "celui de l’EPCI")
