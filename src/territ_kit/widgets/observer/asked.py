"""What a way of looking is given, and what it gives back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, ClassVar

import pandas as pd

from territ_kit.charts.picture import Picture
from territ_kit.charts.style import Size
from territ_kit.charts.subject import CLEAR, WORSE, Subject
from territ_kit.observation.figures import level_of
from territ_kit.observation.rates import FEWEST_TO_PUBLISH
from territ_kit.observation.reading import Reference, find_reference, read_indicator
from territ_kit.territory import Territory

Card = dict[str, Any]
MOST_CARDS = 3


@lru_cache(maxsize=64)
def _read(
    territory: Territory, indicator: str, level: str, confidence: float, reference: float | None
) -> pd.DataFrame:
    """Read once what the picture, the words and the traps of one screen all need; nobody changes it."""
    return read_indicator(territory, indicator, level=level, confidence=confidence, reference=reference)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person asks for."""

    territory: Territory
    indicator: str
    level: str
    area: str
    against: str
    confidence: float
    decay: str
    local: bool

    @property
    def reference(self) -> Reference | None:
        """The value to compare with."""
        return find_reference(self.territory, self.indicator, self.against)

    @property
    def definition(self) -> Any:
        """The row of the catalogue."""
        return self.territory.catalogue.loc[self.indicator]

    @property
    def row(self) -> Any:
        """The row of the place that is read."""
        level = level_of(self.territory, self.area)
        return self.read(level).loc[self.area or self.territory.code]

    def read(self, level: str) -> pd.DataFrame:
        """Return the indicator at a level, compared with the reference."""
        value = self.reference.value if self.reference else None
        return _read(self.territory, self.indicator, level, self.confidence, value)

    def subject(self, level: str) -> Subject:
        """Return what the rows of a level are about."""
        return Subject.of(self.definition, reference=self.reference, confidence=self.confidence, level=level)


@dataclass(slots=True)
class Stage:
    """The charts of one territory, built once each for a screen size."""

    size: Size = "wide"
    charts: dict[Hashable, Any] = field(default_factory=dict)

    def chart(self, key: Hashable, build: Callable[[Size], Any]) -> Any:
        """Return the chart of this key at the present size."""
        if (key, self.size) not in self.charts:
            self.charts[key, self.size] = build(self.size)
        return self.charts[key, self.size]


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture, how to draw it again, and the figures to remember beside it."""

    picture: Picture
    png: Callable[[float], bytes]
    cards: Callable[[], list[Card]] = list
    """Asked for once the picture has left."""


class View(ABC):
    """One way of looking; the defaults are those of most."""

    id: ClassVar[str]
    label: ClassVar[str]
    asks: ClassVar[tuple[str, ...]]
    """Fields of the form besides the territory and the question."""
    any_area: ClassVar[bool] = False
    """Whether any place may be read, and not only those of one level."""
    reads: ClassVar[bool] = True
    """Whether the view shows an indicator, that can be said in plain words and kept."""
    by_deprivation: ClassVar[bool] = False
    """Whether it sets the communes out from the most to the least deprived."""

    lead: ClassVar[str] = ""
    """What is said before the plain words, when they speak of another figure than the picture."""

    def offers(self, territory: Territory, indicator: str) -> bool:
        """Tell whether the view can show an indicator; by default any, if only to say why it is absent."""
        return indicator in territory.catalogue.index

    @abstractmethod
    def show(self, asked: Asked, stage: Stage) -> Shown:
        """Draw."""


def of_areas(rows: pd.DataFrame, asked: Asked, level: str) -> list[Card]:
    """Return the whole territory, how many areas differ, and the one that differs most."""
    subject, whole = asked.subject(level), asked.read("epci")
    kinds = subject.kinds(rows)
    clear, worse = rows[kinds.isin(CLEAR)], rows[(kinds == WORSE) & ~_few(rows, asked)]
    found = []
    if whole["value"].notna().all() and not _few(whole, asked).any():
        sure = subject.kinds(whole).isin(CLEAR).all()
        found.append(_card(whole.iloc[0], subject) | {"sure": sure})
    if subject.reference and rows["low"].notna().any():
        name = f"{'écarts nets' if len(clear) > 1 else 'écart net'} sur {rows['value'].notna().sum()}"
        text = f"Leur marge d’incertitude ne contient pas la valeur {subject.reference.of}."
        found.append({"value": len(clear), "name": name, "text": text, "sure": not clear.empty})
    if not worse.empty:
        ranked = worse.sort_values("value", ascending=subject.direction == "higher_is_better")
        found.append(_card(ranked.iloc[0], subject, "L’écart défavorable le plus grand. "))
    return found


def _few(rows: pd.DataFrame, asked: Asked) -> pd.Series[bool]:
    """Tell which rows count too few events to be figures to remember."""
    counted = str(asked.definition["kind"]) != "proportion"
    few: pd.Series[bool] = rows["events"] < (FEWEST_TO_PUBLISH if counted else 0)
    return few


def of_indicators(worst: list[Asked], level: str) -> list[Card]:
    """Return the indicators that stand out, each in its own unit."""
    cards = []
    told = [one for one in worst if not _few(one.row.to_frame().T, one).any()]
    for one in told[:MOST_CARDS]:
        subject = one.subject(level)
        cards.append(_card(one.row, subject) | {"name": subject.label})
    return cards


def _card(row: pd.Series[Any], subject: Subject, lead: str = "") -> Card:
    subject = subject.fitted(row.to_frame().T)
    text = f"{lead}{subject.unit[:1].upper()}{subject.unit[1:]}."
    if pd.notna(row["low"]):
        text += f" Intervalle : de {subject.number(row['low'])} à {subject.number(row['high'])}."
    return {"value": subject.number(row["value"]), "name": row["name"], "text": text, "sure": True}
