"""Who pays what, year by year, and what nobody pays yet."""

from __future__ import annotations

import pandas as pd

from territ_kit.charts.picture import Picture
from territ_kit.charts.sheet import LINE, Sheet, shorten
from territ_kit.charts.style import (
    DIVERGING,
    INK_2,
    PAPER,
    SAFFRON,
    SAND,
    SEQUENTIAL,
    Size,
    style,
    text_colour,
    text_width,
)
from territ_kit.french import count, fr, listing
from territ_kit.planning.cofunding import Cofunding
from territ_kit.planning.funding import GAP
from territ_kit.planning.funding_rules import RULES

_MARGIN, _BAR = 0.12, 0.34
_FACES = (SEQUENTIAL[4], SEQUENTIAL[2], SAFFRON, SEQUENTIAL[0], DIVERGING[1], DIVERGING[4], SAND)
_OTHERS = "Autres financeurs"


class BudgetChart(Sheet):
    """One bar by year, cut between the funders; each part bears the number of its line below.

    Parameters
    ----------
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(self, *, size: Size = "wide") -> None:
        super().__init__(size)

    def show(self, plan: Cofunding, *, start_year: int | None = None) -> Picture:
        """Draw the years, and return the picture with its words.

        Parameters
        ----------
        plan : Cofunding
        start_year : int, optional
            First year of the programme; years are numbered without it.
        """
        paid = _paid(plan)
        self.pen.wipe()
        with style():
            self._draw(plan, paid, start_year)
        return Picture(
            figure=self.figure,
            title=_title(plan),
            alt=_alt(plan, paid, start_year),
            table=_table(plan, start_year),
            reading=_reading(plan),
            note="Euros par année du programme. Une part non signée est demandée ou espérée.",
            decimals=0,
        )

    def _draw(self, plan: Cofunding, paid: pd.DataFrame, start_year: int | None) -> None:
        most = max(float((paid.sum(axis=1) + plan.years["missing"]).max()), 1.0)
        room = self.width - 2 * _MARGIN
        top = 0.06
        costs, holes = plan.years["cost"].tolist(), plan.years["missing"].tolist()
        for place, parts in enumerate(paid.to_numpy().tolist()):
            cost, missing = fr(costs[place], 0, unit="€"), holes[place]
            self.say(_MARGIN, top + LINE / 2, f"{_year(place + 1, start_year)} : {cost}", weight="bold")
            top += LINE + 0.05
            x = _MARGIN
            for number, amount in enumerate(parts, 1):
                wide = amount / most * room
                if wide > 0:
                    face = _FACES[number - 1]
                    self.tile(x, top, wide, _BAR, face, edgecolor=PAPER, linewidth=1.2, zorder=2)
                    if wide > 0.16:
                        self.say(
                            x + wide / 2, top + _BAR / 2, str(number), ha="center", weight="bold",
                            color=text_colour(face), zorder=4,
                        )  # fmt: skip
                x += wide
            if missing:
                self._hole(x, top, missing / most * room, fr(missing, 0, unit="€"))
            top += _BAR + 0.16
        self._legend(plan, paid, top + 0.04)

    def _hole(self, x: float, top: float, wide: float, amount: str) -> None:
        self.tile(
            x, top, wide, _BAR, PAPER, edgecolor=DIVERGING[0], hatch="////", linewidth=1.2,
            linestyle=(0, (4, 2)), zorder=2,
        )  # fmt: skip
        words = f"manque {amount}"
        half = text_width(words, 9.5, "bold") / 2 + 0.05
        if 2 * half < wide:
            self.tile(x + wide / 2 - half, top + 0.07, 2 * half, _BAR - 0.14, PAPER, linewidth=0, zorder=3)
            self.say(x + wide / 2, top + _BAR / 2, words, ha="center", size=9.5, weight="bold", zorder=4)

    def _legend(self, plan: Cofunding, paid: pd.DataFrame, top: float) -> None:
        total = plan.cost_eur or 1.0
        rows = [(str(number), _FACES[number - 1], str(name), float(paid[name].sum()))
                for number, name in enumerate(paid, 1)]  # fmt: skip
        for number, face, name, amount in rows:
            self.tile(_MARGIN, top, 0.24, 0.17, face, linewidth=0.8)
            self.say(
                _MARGIN + 0.12,
                top + 0.085,
                number,
                ha="center",
                size=9,
                weight="bold",
                color=text_colour(face),
            )
            top = self._entry(top, name, amount, total)
        if plan.missing_eur:
            self.tile(_MARGIN, top, 0.24, 0.17, PAPER, edgecolor=DIVERGING[0], hatch="////", linewidth=1)
            top = self._entry(top, GAP, plan.missing_eur, total)
        self.end(top + 0.04)

    def _entry(self, top: float, name: str, amount: float, total: float) -> float:
        """Write one line of the list, its figures below it on a phone; return where it ends."""
        figures = f"{fr(amount, 0, unit='€')} ({fr(100 * amount / total, 0, unit='%')})"
        x = _MARGIN + 0.32
        if self.phone:
            self.say(x, top + 0.085, shorten(name, self.width - x - _MARGIN, 10))
            self.say(x, top + 0.085 + LINE, figures, color=INK_2)
            return top + 2 * LINE + 0.06
        self.say(x, top + 0.085, shorten(name, 4.9 - x - text_width(figures, 10) - 0.1, 10))
        self.say(4.9, top + 0.085, figures, ha="right")
        return top + LINE + 0.06


def _paid(plan: Cofunding) -> pd.DataFrame:
    """Return euros by year and funder, those who pay most first, the small ones together."""
    paid = plan.years[list(plan.funders)].rename(columns=plan.funders)
    paid = paid.loc[:, paid.sum() > 0]
    paid = paid[paid.sum().sort_values(ascending=False, kind="stable").index]
    if paid.shape[1] > len(_FACES):
        kept = len(_FACES) - 1
        paid = paid.iloc[:, :kept].assign(**{_OTHERS: paid.iloc[:, kept:].sum(axis=1)})
    return paid


def _year(year: int, start_year: int | None) -> str:
    return f"Année {year}" if start_year is None else str(start_year + year - 1)


def _title(plan: Cofunding) -> str:
    if not plan.cost_eur:
        return "Aucun coût n’est encore écrit"
    if plan.missing_eur:
        share = fr(100 * plan.missing_eur / plan.cost_eur, 0, unit="%")
        return f"Il manque {fr(plan.missing_eur, 0, unit='€')}, soit {share} du coût"
    rules = len(plan.breaches)
    if rules:
        verb = "sont" if rules > 1 else "est"
        return f"Tout est couvert sur le papier, mais {count(rules, 'règle')} {verb} à revoir"
    return f"Le plan couvre les {fr(plan.cost_eur, 0, unit='€')} du programme"


def _alt(plan: Cofunding, paid: pd.DataFrame, start_year: int | None) -> str:
    parts = [f"Plan de financement sur {count(len(plan.years), 'an')}, {fr(plan.cost_eur, 0, unit='€')}."]
    holes = plan.years["missing"].tolist()
    for place, (row, missing) in enumerate(zip(paid.to_numpy().tolist(), holes, strict=True)):
        shares = [
            f"{name} {fr(amount, 0, unit='€')}" for name, amount in zip(paid, row, strict=True) if amount
        ]
        if missing:
            shares.append(f"{GAP.lower()} {fr(missing, 0, unit='€')}")
        if shares:
            parts.append(f"{_year(place + 1, start_year)} : {listing(shares)}.")
    return " ".join([*parts, *plan.breaches["sentence"].tolist()])


def _table(plan: Cofunding, start_year: int | None) -> pd.DataFrame:
    table = plan.table()
    if start_year is None:
        return table
    years = {f"Année {year} (€)": f"{start_year + year - 1} (€)" for year in plan.years.index}
    return table.rename(columns=years)


def _reading(plan: Cofunding) -> list[str]:
    rules = dict.fromkeys(plan.ceilings["rule"])
    told = " ".join(f"{RULES[rule].words} ({RULES[rule].source}.)" for rule in rules)
    return [
        "Ce que montre la figure. Chaque barre est le coût d’une année ; ses morceaux sont les parts des "
        f"financeurs, dans l’ordre de la liste. Ce qui est hachuré n’a pas de financeur. {plan.verdict()}",
        "Ce qu’elle ne montre pas. Une part écrite n’est pas une part obtenue : un plafond dit « au plus », "
        f"jamais un droit. {told}".strip(),
    ]
