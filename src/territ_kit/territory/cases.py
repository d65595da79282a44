"""Find, read and check the case studies."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pandas as pd

from territ_kit.errors import CaseError, Fault
from territ_kit.french import count, listing
from territ_kit.territory.case_rules import KEYS, broken_rules
from territ_kit.territory.case_sheets import (
    ActionsSheet,
    ActorsSheet,
    CaseSheet,
    CatalogueSheet,
    PositionsSheet,
    ProjectsSheet,
    Sheet,
    read_sheet,
)
from territ_kit.territory.case_tables import TABLES, read_table
from territ_kit.territory.case_texts import Figures, fill_texts
from territ_kit.territory.territory import Press, Territory, Voice

CASES = Path(__file__).with_name("cases")
SHEETS: dict[str, tuple[type[Sheet], str]] = {
    "case": (CaseSheet, ""),
    "catalogue": (CatalogueSheet, "indicator"),
    "actors": (ActorsSheet, ""),
    "actions": (ActionsSheet, ""),
    "projects": (ProjectsSheet, ""),
    "positions": (PositionsSheet, ""),
}


def list_cases() -> dict[str, str]:
    """Return the name of each case that comes with the kit, by id."""
    sheets = sorted(CASES.glob("*/case.toml"))
    return {path.parent.name: tomllib.loads(path.read_text(encoding="utf-8"))["name"] for path in sheets}


def load_case(id_or_path: str | Path) -> Territory:
    """Read a case study, by its id or from its folder.

    Raises
    ------
    CaseError
        The id is not known, or the folder breaks the format: `faults` lists every fault at once.
    """
    folder = _folder(id_or_path)
    tables, sheets, faults = {}, {}, []
    for name, columns in TABLES.items():
        tables[name], found = read_table(folder / f"{name}.csv", columns)
        faults += found
    for name, (model, under) in SHEETS.items():
        sheets[name], found = read_sheet(folder / f"{name}.toml", model, under=under)
        faults += found
    contours, found = _read_contours(folder / "contours.geojson")
    faults += found
    unread = {Path(fault.file).stem for fault in faults}
    faults += broken_rules(tables, sheets, contours, unread)
    if not unread & {"case", "catalogue", "communes", "qpv", "indicators", "references"}:
        catalogue = _catalogue(sheets["catalogue"])
        tables["indicators"] = _with_values(tables["indicators"], catalogue)
        figures = Figures(sheets["case"].code, tables, catalogue)
        sheets["case"], found = fill_texts(sheets["case"], figures)
        faults += found
    if faults:
        raise _refusal(folder.name, faults)
    return _assemble(folder.name, tables, sheets, catalogue, contours)


def _folder(id_or_path: str | Path) -> Path:
    for folder in (CASES / str(id_or_path), Path(id_or_path)):
        if (folder / "case.toml").is_file():
            return folder.resolve()
    known = listing([f"«\u00a0{one}\u00a0»" for one in list_cases()])
    message = (
        f"Le cas «\u00a0{id_or_path}\u00a0» n’existe pas. Les cas livrés avec le kit sont\u00a0: {known}. "
    )
    raise CaseError(message + "Écrivez l’un de ces noms, ou le chemin d’un dossier qui contient case.toml.")


def _refusal(name: str, faults: list[Fault]) -> CaseError:
    error = CaseError(
        f"Le cas «\u00a0{name}\u00a0» ne peut pas être ouvert\u00a0: "
        f"ses fichiers ont {count(len(faults), 'défaut')}. "
        "Le format attendu est décrit dans LISEZMOI.md. Corrigez les lignes citées, puis réessayez.",
        faults,
    )
    for fault in faults:  # a traceback shows notes: in a notebook the list is read without asking for it
        place = ", ".join(part for part in (fault.file, fault.row, fault.column) if part)
        value = f" «\u00a0{fault.value}\u00a0»." if fault.value else ""
        error.add_note(f"- {place}\u00a0:{value} {fault.rule} {fault.remedy}")
    return error


def _read_contours(path: Path) -> tuple[dict[str, Any], list[Fault]]:
    try:
        contours = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}, [Fault(path.name, "", "", "", "Ce fichier est attendu.", "Ajoutez-le au dossier du cas.")]
    except ValueError:
        contours = None
    features = contours.get("features") if isinstance(contours, dict) else None
    if not isinstance(features, list) or not all(
        isinstance(one, dict) and isinstance(one.get("properties"), dict) for one in features
    ):
        rule = "Le fichier est une collection GeoJSON (FeatureCollection), avec des propriétés."
        return {}, [Fault(path.name, "", "", "", rule, "Exportez-le à nouveau sous ce format.")]
    return contours, []


def _frame(sheets: list[Any], index: str) -> pd.DataFrame:
    return pd.DataFrame([sheet.model_dump() for sheet in sheets]).set_index(index)


def _catalogue(sheet: CatalogueSheet) -> pd.DataFrame:
    rows = {name: one.model_dump() for name, one in sheet.indicator.items()}
    return pd.DataFrame(list(rows.values()), index=pd.Index(rows, name="indicator"))


def _with_values(indicators: pd.DataFrame, catalogue: pd.DataFrame) -> pd.DataFrame:
    """Fill the values of counted indicators, in the unit of the catalogue."""
    counted = (
        indicators["numerator"] / indicators["denominator"] * indicators["indicator"].map(catalogue["per"])
    )
    return indicators.assign(value=indicators["value"].fillna(counted))


def _assemble(
    name: str,
    tables: dict[str, pd.DataFrame],
    sheets: dict[str, Any],
    catalogue: pd.DataFrame,
    contours: dict[str, Any],
) -> Territory:
    case, positions = sheets["case"], sheets["positions"]
    for table, key in KEYS:
        tables[table] = tables[table].set_index(key)
    minutes = tables["travel_minutes"].pivot_table("minutes", "origin", "destination").astype("int64")
    tables["travel_minutes"] = minutes.loc[tables["communes"].index, tables["communes"].index]
    objectives, actors = _frame(positions.objective, "id"), _frame(sheets["actors"].actor, "id")
    texts = case.model_dump(exclude={"population", "themes", "press", "voices"})
    return Territory(
        id=name,
        **texts,
        voices=tuple(Voice(one.role, one.kind, one.text) for one in case.voices),
        press=Press(case.press.title, case.press.text),
        themes=pd.Series(case.themes, name="label", dtype=str).rename_axis("id"),
        catalogue=catalogue,
        actors=actors,
        actions=_frame(sheets["actions"].action, "id"),
        projects=_frame(sheets["projects"].project, "id"),
        objectives=objectives,
        positions=pd.DataFrame(positions.stances, index=objectives.index).T.loc[actors.index],
        influences=pd.DataFrame(positions.influences, index=actors.index).T.loc[actors.index],
        contours=contours,
        **tables,
    )
