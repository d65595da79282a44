"""What a picture is about, and the words that follow from its figures: finding, alternative text, table."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from territ_kit.french import count, fr, listing
from territ_kit.observation.rates import FEWEST_TO_PUBLISH
from territ_kit.observation.reading import MISSING, Reference, telling_decimals

WORSE, BETTER, ABOVE, BELOW = "worse", "better", "above", "below"
UNSURE, UNREAD, BARE, FEW = "unsure", "unread", "bare", "few"

CLEAR = (WORSE, BETTER, ABOVE, BELOW)
_NOUNS = {
    "commune": ("commune", "communes"),
    "group": ("groupe de communes", "groupes de communes"),
    "qpv": ("quartier", "quartiers"),
    "indicateur": ("indicateur", "indicateurs"),
}
_NONE = {
    "commune": "aucune commune",
    "group": "aucun groupe de communes",
    "qpv": "aucun quartier",
    "indicateur": "aucun indicateur",
}
WORDS = {
    WORSE: "écart net, moins favorable",
    BETTER: "écart net, plus favorable",
    ABOVE: "écart net, au-dessus",
    BELOW: "écart net, au-dessous",
    UNSURE: "on ne peut pas conclure",
    UNREAD: "sans comparaison",
    BARE: "publié sans marge d’incertitude",
    FEW: f"moins de {FEWEST_TO_PUBLISH} événements, non calculé",
    **MISSING,
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What the rows of a picture measure.

    Parameters
    ----------
    label, unit : str
        French; the unit follows a number (« % des adultes »).
    decimals : int
        Digits after the comma in every number of the picture.
    direction : {"higher_is_worse", "higher_is_better", "neutral"}
        The column `direction` of the rows, when there is one, comes first.
    reference : Reference, optional
        The value of the line.
    confidence : float
        Of the intervals, in (0, 1).
    level : str
        What a row is: « commune », « group », « qpv » or « indicateur ».
    shows, hides, source : str
        French sentences of the catalogue, and where the figures come from.
    """

    label: str
    unit: str
    decimals: int = 1
    direction: str = "neutral"
    reference: Reference | None = None
    confidence: float = 0.95
    level: str = "commune"
    shows: str = ""
    hides: str = ""
    source: str = ""

    @classmethod
    def of(
        cls,
        definition: pd.Series[Any],
        *,
        reference: Reference | None = None,
        confidence: float = 0.95,
        level: str = "commune",
    ) -> Subject:
        """Return the subject of one indicator, from its row of the catalogue."""
        return cls(
            label=str(definition["short_label"]),
            unit=str(definition["unit"]),
            decimals=int(definition["decimals"]),
            direction=str(definition["direction"]),
            reference=reference,
            confidence=confidence,
            level=level,
            shows=str(definition["shows"]),
            hides=str(definition["hides"]),
            source=f"{definition['source']}, {definition['year']}",
        )

    def fitted(self, rows: pd.DataFrame) -> Subject:
        """Return the subject with one more decimal when these rows could not be told apart without."""
        reference = self.reference.value if self.reference else math.nan
        known = rows.loc[rows["value"].notna(), ["value", "low", "high"]].to_numpy(dtype=float)
        needed = [
            telling_decimals(self.decimals, value, (low, high), reference, most=1)
            for value, low, high in known
        ]
        return replace(self, decimals=max([self.decimals, *needed]))

    def kinds(self, rows: pd.DataFrame) -> pd.Series[str]:
        """Return what may be said of each row: one key of the words of this file."""
        directions = rows["direction"] if "direction" in rows else [self.direction] * len(rows)
        columns = (rows[name] for name in ("missing", "suppressed", "reading", "low"))
        found = [_kind(*row) for row in zip(*columns, directions, strict=True)]
        return pd.Series(found, index=rows.index, dtype=object)

    def number(self, value: float) -> str:
        """Return a value without its unit, in French."""
        return fr(value, self.decimals)

    def nouns(self, number: int) -> str:
        """Return how many rows there are, in words such as « 26 communes »."""
        return count(number, *_NOUNS[self.level])

    @property
    def plural(self) -> str:
        """The words of the rows, such as « communes »."""
        return _NOUNS[self.level][1]

    @property
    def none(self) -> str:
        """The words of no row at all, such as « aucune commune »."""
        return _NONE[self.level]

    def absent(self, rows: pd.DataFrame) -> str:
        """Return how many rows have no figure, for each reason; nothing when all have one."""
        kinds = self.kinds(rows)
        numbers = {kind: int((kinds == kind).sum()) for kind in (FEW, *MISSING)}
        said = [f"{self.nouns(number)}, {WORDS[kind]}" for kind, number in numbers.items() if number]
        return f"Hors figure : {' ; '.join(said)}." if said else ""

    def title(self, rows: pd.DataFrame) -> str:
        """Return the finding."""
        values, reference = rows["value"].dropna(), self.reference
        if values.empty:
            return f"{self.label} : aucun chiffre publié à cette échelle"
        if reference is None:
            highest = fr(values.max(), self.decimals, unit=self.unit)
            return f"{self.label} : de {self.number(values.min())} à {highest}"
        kinds = self.kinds(rows)
        if kinds[values.index].eq(BARE).all():
            return self._bare_title(values, reference)
        apart = rows.loc[kinds.isin(CLEAR), "name"].tolist()
        if not apart:
            return f"{self.label} : {self.none} ne s’écarte nettement {reference.of}"
        who = listing(apart) if len(apart) < 3 else f"{self.nouns(len(apart))} sur {len(values)}"
        verb = "s’écarte" if len(apart) == 1 else "s’écartent"
        if len(apart) <= self._by_chance(rows):
            return f"{self.label} : {who} {verb} {reference.of}, ce que le hasard peut expliquer"
        worse = int((kinds == WORSE).sum())
        mixed = f", dont {worse} du côté défavorable" if 0 < worse < len(apart) else ""
        return f"{self.label} : {who} {verb} nettement {reference.of}{mixed}"

    def _bare_title(self, values: pd.Series[float], reference: Reference) -> str:
        """Return the finding of figures without intervals: how many stand on the unfavourable side."""
        below = self.direction == "higher_is_better"
        number = int((values < reference.value).sum() if below else (values > reference.value).sum())
        who = f"{self.nouns(number)} sur {len(values)}" if number else self.none
        return f"{self.label} : {who} {'sous' if below else 'au-dessus de'} la valeur {reference.of}"

    def alt(self, rows: pd.DataFrame, *, drawing: str) -> str:
        """Return what a drawing of these rows says, with its figures."""
        kinds, values = self.kinds(rows), rows["value"].dropna()
        parts = [f"{drawing} : {self.nouns(len(rows))}, {self.label} ({self.unit})."]
        if self.reference:
            parts.append(f"Valeur {self.reference.of} : {self.number(self.reference.value)}.")
        if not values.empty:
            ends = [
                f"{self.number(rows.loc[end, 'value'])} ({rows.loc[end, 'name']})" for end in _ends(values)
            ]
            parts.append(f"De {ends[0]} à {ends[1]}.")
        for kind in (*CLEAR, UNSURE):
            found = rows[kinds == kind]
            if not found.empty:
                parts.append(f"{sentence(WORDS[kind])} : {self.some(found, with_figures=kind != UNSURE)}.")
        for kind in (FEW, *MISSING):
            found = rows[kinds == kind]
            if not found.empty:
                parts.append(f"{sentence(WORDS[kind])} : {self.some(found, with_figures=False)}.")
        return " ".join(parts)

    def table(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Return the rows with French column names, numbers rounded as they are drawn."""
        figures = rows[["value", "low", "high"]].astype(float).round(self.decimals)
        return pd.DataFrame(
            {
                sentence(_NOUNS[self.level][0]): rows["name"],
                f"Valeur ({self.unit})": figures["value"],
                "Intervalle : de": figures["low"],
                "Intervalle : à": figures["high"],
                "Lecture": [WORDS[kind] for kind in self.kinds(rows)],
            }
        ).reset_index(drop=True)

    def limits_of_reading(self, rows: pd.DataFrame) -> str:
        """Return what the figures do not show; among many areas, chance alone sets a few apart."""
        said = f"Ce qu’elle ne montre pas. {self.hides}".strip()
        by_chance = self._by_chance(rows)
        if self.reference is None or by_chance < 1:
            return said
        return (
            f"{said} Sur {self.nouns(len(rows['low'].dropna()))}, le hasard seul peut en écarter "
            f"environ {fr(by_chance)}."
        )

    def _by_chance(self, rows: pd.DataFrame) -> int:
        """Return how many rows chance alone sets apart, on average: 1 in 20 at 95 %."""
        return round(len(rows["low"].dropna()) * (1 - self.confidence))

    @property
    def note(self) -> str:
        """The unit line under the title."""
        return f"{sentence(self.unit)}. {self.source}".strip().rstrip(".") + "."

    def some(self, rows: pd.DataFrame, *, with_figures: bool) -> str:
        """Return the first names of some rows, each with its value and interval, and how many others."""
        names = []
        for _, row in rows.head(6).iterrows():
            figures = self.number(row["value"])
            if not math.isnan(row["low"]):
                figures += f", de {self.number(row['low'])} à {self.number(row['high'])}"
            names.append(f"{row['name']} ({figures})" if with_figures else str(row["name"]))
        others = len(rows) - len(names)
        return listing([*names, f"{fr(others)} autres"] if others > 1 else names + rows["name"].tolist()[6:])


def _kind(missing: str, suppressed: bool, reading: str, low: float, direction: str) -> str:  # noqa: FBT001
    if missing or suppressed:
        return missing or FEW
    if reading not in {"higher", "lower"}:
        return UNSURE if reading else UNREAD
    if math.isnan(low):
        return BARE
    return side(direction, above=reading == "higher")


def side(direction: str, *, above: bool) -> str:
    """Return on which side a value stands: one of `CLEAR`, from the direction of its indicator."""
    if direction not in {"higher_is_worse", "higher_is_better"}:
        return ABOVE if above else BELOW
    return WORSE if above == (direction == "higher_is_worse") else BETTER


def _ends(values: pd.Series[float]) -> tuple[Any, Any]:
    return values.idxmin(), values.idxmax()


def sentence(words: str) -> str:
    """Return words with a capital."""
    return words[:1].upper() + words[1:]
