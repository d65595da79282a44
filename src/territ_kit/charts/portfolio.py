"""What each budget buys, and the actions that the chosen one keeps."""

from __future__ import annotations

import math
from itertools import pairwise

import pandas as pd
from matplotlib.lines import Line2D

from territ_kit.charts.calendar import two_lines
from territ_kit.charts.picture import Picture
from territ_kit.charts.sheet import LINE, Sheet
from territ_kit.charts.style import GRID, INK, INK_2, PINE, SAFFRON, Size, style, text_width
from territ_kit.charts.workload import marks
from territ_kit.french import count, fr, listing
from territ_kit.planning.portfolio import FAMILIES, Portfolio

_MARGIN, _LEFT, _HEAD = 0.12, 0.42, 0.4
_MOST = 20  # actions listed; the table holds the others


class PortfolioChart(Sheet):
    """A stair of value by budget, and the list of what is kept; on a phone the list stands below.

    Parameters
    ----------
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(self, *, size: Size = "wide") -> None:
        super().__init__(size)
        self._right = self.width - _MARGIN if self.phone else 4.4
        self._height = 2.0 if self.phone else 2.7

    def show(
        self, frontier: pd.DataFrame, portfolio: Portfolio, actions: pd.DataFrame, *, budget: float
    ) -> Picture:
        """Draw the stair and the choice, and return the picture with its words.

        Parameters
        ----------
        frontier : DataFrame
            From `planning.portfolio.frontier`.
        portfolio : Portfolio
        actions : DataFrame
            As given to `planning.portfolio.choose`.
        budget : float
            Euros; infinite when there is no limit.
        """
        self.pen.wipe()
        with style():
            bottom = self._stair(frontier, portfolio, budget)
            if self.phone:
                bottom = self._list(portfolio, actions, _MARGIN, bottom + 0.12, self.width - 2 * _MARGIN)
            else:
                left = self._right + 0.3
                bottom = max(bottom, self._list(portfolio, actions, left, 0.08, self.width - left - _MARGIN))
            self.end(bottom + 0.06)
        return Picture(
            figure=self.figure,
            title=_title(portfolio, budget),
            alt=_alt(frontier, portfolio, budget),
            table=_table(portfolio, actions),
            reading=_reading(portfolio),
            note="Points donnés par le groupe à chaque action, additionnés. Budget de tout le programme.",
            decimals=1,
        )

    def _stair(self, frontier: pd.DataFrame, portfolio: Portfolio, budget: float) -> float:
        held = budget if math.isfinite(budget) else portfolio.cost
        most_x = max(float(frontier["budget"].max()) if len(frontier) else 0, held, 1.0) * 1.04
        most_y = max(float(frontier["value"].max()) if len(frontier) else 0, portfolio.value, 1.0) * 1.1
        bottom, wide = _HEAD + self._height, self._right - _LEFT - 0.1

        def at(cost: float, value: float) -> tuple[float, float]:
            return _LEFT + cost / most_x * wide, bottom - value / most_y * self._height

        self.say(_MARGIN, 0.14, "valeur du programme (points)", color=INK_2)
        for mark in marks(most_y):
            self.path([at(0, mark), at(most_x, mark)], color=GRID, linewidth=0.8)
            self.say(_LEFT - 0.06, at(0, mark)[1], fr(mark), ha="right", color=INK_2)
        for mark in marks(most_x / 1000, 4):
            self.say(at(1000 * mark, 0)[0], bottom + 0.14, fr(mark), ha="center", color=INK_2)
        self.say(
            (_LEFT + self._right) / 2, bottom + 0.34, "budget (milliers d’euros)", ha="center", color=INK_2
        )
        self.path([at(0, 0), at(most_x, 0)], linewidth=0.9, zorder=3)
        points = list(zip(frontier["budget"], frontier["value"], strict=True))
        if points and held > points[-1][0]:
            points.append((held, points[-1][1]))
        stair = [at(*points[0])] if points else []
        for (_, low), (cost, high) in pairwise(points):
            stair += [at(cost, low), at(cost, high)]
        if len(stair) > 1:
            self.path(stair, color=PINE, linewidth=2.6, zorder=4)
        if math.isfinite(budget):
            self.path(
                [at(held, 0), at(held, most_y)], color=INK, linewidth=1.3, linestyle=(0, (4, 2)), zorder=3
            )
        x, y = at(held, portfolio.value)
        sign = Line2D([x], [y], ls="", marker="o", markersize=10, color=SAFFRON, markeredgecolor=INK)
        sign.set(markeredgewidth=1.5, zorder=6)
        self.pen.add(sign)
        words = "votre budget" if math.isfinite(budget) else "sans limite"
        half = text_width(words, 10, "bold") / 2
        self.say(
            min(max(x, _LEFT + half), self._right - half), _HEAD - 0.1, words, ha="center", weight="bold"
        )
        return bottom + 0.46

    def _list(self, portfolio: Portfolio, actions: pd.DataFrame, x: float, top: float, width: float) -> float:
        kept = list(portfolio.chosen)
        left = [one for one in portfolio.titles if one not in set(kept)]
        costs = actions["cost"]
        costs.index = costs.index.astype(str)
        listed = 0
        for title, ids, full in [("Gardées", kept, True), ("Laissées", left, False)]:
            if not ids or listed >= _MOST:
                continue
            self.say(x, top + LINE / 2, f"{title} ({len(ids)})", weight="bold", size=10.5)
            top += LINE + 0.06
            for identifier in ids[: _MOST - listed]:
                price = fr(float(costs[identifier]), 0, unit="€")
                sign = Line2D([x + 0.06], [top + LINE / 2], ls="", marker="o" if full else "x", markersize=6)
                sign.set(color=PINE if full else INK_2, markeredgewidth=1.4, zorder=4)
                self.pen.add(sign)
                room = width - 0.2 - text_width(price, 9.5) - 0.14
                self.say(x + width, top + LINE / 2, price, size=9.5, ha="right", color=INK_2)
                for line in two_lines(portfolio.titles[identifier], room, 9.5):
                    self.say(x + 0.2, top + LINE / 2, line, size=9.5)
                    top += LINE * 0.95
                top += 0.04
                listed += 1
            top += 0.08
        hidden = len(portfolio.titles) - listed
        if hidden:
            words = f"Et {count(hidden, 'autre action', 'autres actions')} : voir le tableau."
            top = self.lines(x, top, words, width, size=9.5, color=INK_2)
        return top


def _title(portfolio: Portfolio, budget: float) -> str:
    number = len(portfolio.chosen)
    limit = f"Avec {fr(budget, 0, unit='€')}" if math.isfinite(budget) else "Sans limite de budget"
    if not number:
        return f"{limit}, aucune action n’est gardée"
    kept = f"{count(number, 'action')} sur {len(portfolio.titles)}"
    return f"{limit}, {kept} {'sont gardées' if number > 1 else 'est gardée'}"


def _alt(frontier: pd.DataFrame, portfolio: Portfolio, budget: float) -> str:
    parts = []
    if len(frontier):
        first, last = frontier.iloc[0], frontier.iloc[-1]
        parts.append(
            f"Valeur selon le budget : de {fr(first['value'])} points pour "
            f"{fr(first['budget'], 0, unit='€')} à {fr(last['value'])} points pour "
            f"{fr(last['budget'], 0, unit='€')}."
        )
    titles = [portfolio.titles[one] for one in portfolio.chosen]
    shown = titles[:8] + ([f"{len(titles) - 8} autres"] if len(titles) > 8 else [])
    limit = f"Avec {fr(budget, 0, unit='€')}" if math.isfinite(budget) else "Sans limite"
    parts.append(f"{limit}, sont gardées : {listing(shown)}." if shown else f"{limit}, rien n’est gardé.")
    return " ".join([*parts, *portfolio.sentences()])


def _table(portfolio: Portfolio, actions: pd.DataFrame) -> pd.DataFrame:
    kept = set(portfolio.chosen)
    columns = {
        "Action": [portfolio.titles[str(one)] for one in actions.index],
        "Choix": ["gardée" if str(one) in kept else "laissée" for one in actions.index],
        "Valeur (points)": actions["value"].to_numpy(dtype=float),
        "Coût (€)": actions["cost"].round().to_numpy(dtype=int),
    }
    if "staff" in actions:
        columns["Temps (demi-journées)"] = actions["staff"].to_numpy(dtype=float)
    return pd.DataFrame(columns)


def _reading(portfolio: Portfolio) -> list[str]:
    binding = [FAMILIES[str(one)] for one in portfolio.limits.index[portfolio.limits["binds"]]]
    limit = f" Ici, ce qui limite le choix est {listing(binding)}." if binding else ""
    return [
        "Ce que montre la figure. L’escalier donne la plus grande valeur que chaque budget permet d’acheter, "
        f"toutes vos règles respectées.{limit} Le point est votre choix.",
        "Ce qu’elle ne montre pas. Les points viennent du groupe : un point de plus pour une action peut "
        "changer la liste. Les actions y sont additionnées, comme si elles ne s’aidaient jamais.",
    ]
