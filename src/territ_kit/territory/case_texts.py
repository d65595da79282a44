"""Fill the figures quoted in the texts of a case from its tables, so that they can never drift apart.

A text writes `{{communes}}`, `{{population:AREA}}` or `{{INDICATOR:AREA}}`. After an indicator, `:number`
leaves the unit out, `:numerator` and `:denominator` give the counts. AREA is a code, `epci`, `qpv` (all
neighbourhoods together) or a level of landmarks (`departement`, `region`, `france`).
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from territ_kit.errors import Fault
from territ_kit.french import fr
from territ_kit.territory.case_sheets import CaseSheet, PressSheet

FIGURE = re.compile(r"\{\{([^{}]*)\}\}")


class Figures:
    """The figures of a case by the name that its texts give them."""

    def __init__(self, code: str, tables: dict[str, pd.DataFrame], catalogue: pd.DataFrame) -> None:
        self.code, self.catalogue = code, catalogue
        self.communes, self.qpv = (
            tables[name].set_index("code")["population"] for name in ("communes", "qpv")
        )
        self.groups = tables["communes"].groupby("group")["population"].sum()
        self.indicators, self.references = tables["indicators"], tables["references"]

    def say(self, name: str) -> str:
        """Return the figure as French text; KeyError when the tables do not hold it."""
        what, _, rest = name.strip().partition(":")
        area, _, part = rest.partition(":")
        if what == "communes":
            return fr(len(self.communes))
        if what == "population":
            return fr(self._population(area))
        entry: dict[Any, Any] = self.catalogue.loc[what].to_dict()
        if part in ("numerator", "denominator"):
            return fr(float(self._rows(what, area)[part].sum()))
        if part not in ("", "number"):
            raise KeyError(part)
        number = fr(self._value(what, area, int(entry["per"])), int(entry["decimals"]))
        if part == "number":
            return number
        return f"{number}\u00a0%" if entry["kind"] == "proportion" else f"{number} {entry['unit']}"

    def _population(self, area: str) -> float:
        if area == "epci":
            return float(self.communes.sum())
        if area == "qpv":
            return float(self.qpv.sum())
        return float(pd.concat([self.communes, self.qpv, self.groups])[area])

    def _rows(self, indicator: str, area: str) -> pd.DataFrame:
        rows = self.indicators[
            (self.indicators["indicator"] == indicator) & (self.indicators["missing"] == "")
        ]
        rows = (
            rows[rows["level"] == "qpv"]
            if area == "qpv"
            else rows[rows["area"] == area.replace("epci", self.code)]
        )
        if rows.empty:
            raise KeyError(area)
        return rows

    def _value(self, indicator: str, area: str, per: int) -> float:
        if area in ("departement", "region", "france"):
            landmarks = self.references.set_index(["indicator", "level"])["value"]
            return float(landmarks.to_dict()[indicator, area])
        rows = self._rows(indicator, area)
        if rows["denominator"].notna().all():
            return float(rows["numerator"].sum() / rows["denominator"].sum()) * per
        if len(rows) > 1 or rows["value"].isna().any():
            raise KeyError(area)
        return float(rows["value"].iloc[0])


def fill_texts(case: CaseSheet, figures: Figures) -> tuple[CaseSheet, list[Fault]]:
    """Return the sheet with its figures in words, and a fault for each one that the tables do not hold."""
    faults: list[Fault] = []

    def fill(where: str, text: str) -> str:
        def one(match: re.Match[str]) -> str:
            try:
                return figures.say(match[1])
            except KeyError:
                rule = "Ce chiffre est absent des tableaux du cas."
                remedy = "Vérifiez l’indicateur et le code, par exemple {{pauvrete:epci}}."
                faults.append(Fault("case.toml", "", where, match[0], rule, remedy))
                return match[0]

        return FIGURE.sub(one, text)

    filled = case.model_copy(
        update={
            name: fill(name, getattr(case, name))
            for name in ("story", "email", "event", "debate", "question")
        }
    )
    filled.press = PressSheet(title=case.press.title, text=fill("press", case.press.text))
    filled.voices = [voice.model_copy(update={"text": fill("voices", voice.text)}) for voice in case.voices]
    return filled, faults
