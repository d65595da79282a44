"""Write the tables of a case."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

Case = tuple[dict[str, pd.DataFrame], dict[str, Any]]


def read_facilities(folder: Path) -> pd.DataFrame:
    """Return the facilities of a case: written by hand, because doctors make the accessibility figures."""
    return pd.read_csv(folder / "facilities.csv", dtype={"commune": str, "qpv": str})


def long_minutes(minutes: pd.DataFrame) -> pd.DataFrame:
    """Return travel times with one row a trip."""
    table = minutes.rename_axis("origin").reset_index()
    return table.melt("origin", var_name="destination", value_name="minutes")


def write_case(folder: Path, tables: dict[str, pd.DataFrame], contours: dict[str, Any]) -> None:
    """Write each table under its name (without .csv), and the contours."""
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    text = json.dumps(contours, ensure_ascii=False, separators=(",", ":")) + "\n"
    (folder / "contours.geojson").write_text(text, encoding="utf-8")


def run(folder: Path, make: Callable[[], Case]) -> None:
    """Make a case and write it, in its folder or in that of the option `--vers`."""
    parser = argparse.ArgumentParser(description=f"Recalcule les tableaux du cas {folder.name}.")
    parser.add_argument(
        "--vers", type=Path, default=folder, help="dossier où écrire (par défaut, celui du cas)"
    )
    write_case(parser.parse_args().vers, *make())
