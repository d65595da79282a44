"""Make the tables of the Port-Ancelle case from a seed: run this file, and the committed tables come back.

Every figure is invented. The constants below are the choices of the case; `facilities.csv` is written by
hand and read here, because doctors make the accessibility figures.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import figures
import geography
import needs
import pandas as pd
import people

HERE = Path(__file__).parent


def tables() -> dict[str, pd.DataFrame]:
    """Return every generated table by file name."""
    communes, qpv = people.communes(), people.qpv()
    ages = people.ages(communes, qpv)
    deaths = people.deaths(ages, figures.SEED)
    minutes = pd.DataFrame(
        geography.travel_minutes(list(communes["name"])), index=communes.index, columns=communes.index
    )
    facilities = pd.read_csv(HERE / "facilities.csv", dtype={"commune": str, "qpv": str})
    reach = figures.accessibility(communes, minutes, facilities)
    zones = needs.zone_table(communes, qpv)
    return {
        "communes.csv": communes.drop(columns=["deprivation", "ageing"]).reset_index(),
        "qpv.csv": qpv.drop(columns=["ageing"]).reset_index(),
        "zones.csv": zones.reset_index(),
        "ages.csv": _long(ages, "population"),
        "deaths.csv": _long(deaths, "deaths").assign(years=1),
        "travel_minutes.csv": minutes.rename_axis("origin")
        .reset_index()
        .melt("origin", var_name="destination", value_name="minutes"),
        "indicators.csv": figures.indicator_table(communes, qpv, ages, deaths, reach),
        "references.csv": figures.reference_table(ages, deaths),
        "strata.csv": needs.strata_table(zones),
    }


def _long(by_age: pd.DataFrame, what: str) -> pd.DataFrame:
    return (
        by_age.reset_index()
        .melt(["level", "area"], var_name="age_start", value_name=what)
        .sort_values(["level", "area", "age_start"])
    )


def write(folder: Path) -> None:
    """Write the tables and the contours into a folder."""
    made = tables()
    for name, table in made.items():
        table.to_csv(folder / name, index=False, lineterminator="\n")
    communes = made["communes.csv"]
    contours = geography.feature_collection(dict(zip(communes["name"], communes["code"], strict=True)))
    (folder / "contours.geojson").write_text(
        json.dumps(contours, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Recalcule les tableaux du cas Port-Ancelle.")
    parser.add_argument(
        "--vers", type=Path, default=HERE, help="dossier où écrire (par défaut, celui du cas)"
    )
    write(parser.parse_args().vers)
