"""The calendar of a programme: one bar by action, what each one waits for, and the room it has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D

from territ_kit.charts.label import Label
from territ_kit.charts.picture import Picture
from territ_kit.charts.sheet import LINE, Sheet, shorten
from territ_kit.charts.style import (
    DIVERGING,
    EDGE,
    GRID,
    INK,
    INK_2,
    PAPER,
    PINE,
    SEQUENTIAL,
    Size,
    in_figure,
    style,
    wrap,
)
from territ_kit.french import count, fr, listing
from territ_kit.planning.follow_up import STATES
from territ_kit.planning.programme import Calendar, month_name

_MARGIN, _BAR = 0.12, 0.2
_MOST: dict[Size, int] = {"wide": 40, "phone": 30}
_NAMED = 8  # in the alternative text


class CalendarChart(Sheet):
    """Actions in rows and months across; on a phone the name stands above its bar.

    Parameters
    ----------
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(self, *, size: Size = "wide") -> None:
        super().__init__(size)
        self._left = _MARGIN if self.phone else 2.5
        self._row = 0.5 if self.phone else 0.42

    def show(
        self,
        plan: Calendar,
        *,
        start_year: int | None = None,
        month: int | None = None,
        states: Mapping[str, str] | None = None,
    ) -> Picture:
        """Draw the actions, and return the picture with its words.

        Parameters
        ----------
        plan : Calendar
        start_year : int, optional
            First year of the programme; years are numbered without it.
        month : int, optional
            Today: a line is drawn there.
        states : mapping of action id to state, optional
            Keys of `planning.follow_up.STATES`, written beside the name.
        """
        said = states or {}
        self.pen.wipe()
        with style():
            self._draw(plan, start_year, month, said)
        return Picture(
            figure=self.figure,
            title=_title(plan, start_year),
            alt=_alt(plan, start_year),
            table=_table(plan, said),
            reading=_READING,
            note=f"Programme de {plan.horizon} mois. Une case vaut trois mois.",
            decimals=0,
        )

    def _draw(
        self, plan: Calendar, start_year: int | None, month: int | None, states: Mapping[str, str]
    ) -> None:
        rows = plan.table.head(_MOST[self.size])
        last = max(plan.horizon, plan.end)
        self._month = (self.width - self._left - _MARGIN) / last
        top = 0.34
        bottom = top + self._row * max(len(rows), 1)
        self._years(plan.horizon, last, top, bottom, start_year)
        middles = {identifier: top + self._row * (row + 0.5) for row, identifier in enumerate(rows.index)}
        if self.phone:
            middles = {identifier: middle + 0.1 for identifier, middle in middles.items()}
        for identifier, row in rows.iterrows():
            self._action(row, middles[identifier], plan.horizon, states.get(str(identifier), ""))
        self._links(rows, middles)
        if month is not None and month <= last:
            x = self._x(month) - self._month / 2
            dashes = (0, (4, 2))
            self.path([(x, top), (x, bottom + 0.04)], color=INK, linewidth=1.4, linestyle=dashes, zorder=5)
            bottom += LINE
            self.say(x, bottom - 0.06, "aujourd’hui", ha="center", size=9, weight="bold")
        self._legend(bottom + 0.12, plan, len(plan.table) - len(rows), outside=last > plan.horizon)

    def _x(self, month: float) -> float:
        """Return where a month ends, in inches from the left."""
        return self._left + month * self._month

    def _years(self, horizon: int, last: int, top: float, bottom: float, start_year: int | None) -> None:
        for first in range(0, last, 12):
            end = min(first + 12, last)
            year = f"Année {first // 12 + 1}" if start_year is None else str(start_year + first // 12)
            name = year if (end - first) * self._month > 0.55 else ""
            self.say((self._x(first) + self._x(end)) / 2, 0.14, name, ha="center", weight="bold", color=INK_2)
        over = self._x(last) - self._x(horizon)
        for row_top, row_bottom in self._bands(top, bottom):
            for month in range(0, last + 1, 3):
                colour = GRID if month % 12 else EDGE
                line = [(self._x(month), row_top), (self._x(month), row_bottom)]
                self.path(line, color=colour, linewidth=0.8)
            if over:
                self.tile(
                    self._x(horizon), row_top, over, row_bottom - row_top, PAPER, hatch="///",
                    edgecolor=GRID, linewidth=0, zorder=0.5,
                )  # fmt: skip

    def _bands(self, top: float, bottom: float) -> list[tuple[float, float]]:
        """Return where months are ruled: everywhere, or around the bars only when names stand above them."""
        if not self.phone:
            return [(top - 0.04, bottom)]
        rows = round((bottom - top) / self._row)
        middles = [top + self._row * (row + 0.5) + 0.1 for row in range(rows)]
        return [(middle - 0.14, middle + 0.14) for middle in middles]

    def _action(self, row: pd.Series[Any], middle: float, horizon: int, state: str) -> None:
        name = f"{row['title'] or 'Action sans titre'}"
        if state:
            name = f"{name} ({STATES[state]})"
        weight = "bold" if row["critical"] else "normal"
        if self.phone:
            words = in_figure(shorten(name, self.width - 2 * _MARGIN, 10, weight))
            label = Label(
                _MARGIN, middle - 0.23, words, ha="left", va="center", size=10, color=INK, weight=weight
            )
            label.background = to_rgba(PAPER, 0.88)  # arrows pass behind it
            label.set_zorder(6)
            self.pen.add(label)
        else:
            lines = two_lines(name, self._left - _MARGIN - 0.12, 10, weight)
            for line, words in enumerate(lines):
                up = (line - (len(lines) - 1) / 2) * LINE
                self.say(_MARGIN, middle + up, words, weight=weight)
        if pd.isna(row["start"]):
            self.say(self._left + 0.06, middle, "pas encore datée", size=9.5, color=INK_2, style="italic")
            return
        left, right = self._x(row["start"] - 1), self._x(row["end"])
        if row["room"]:
            end = self._x(min(row["end"] + row["room"], horizon))
            self.path(
                [(right, middle), (max(end, right), middle)], color=EDGE, linewidth=2, linestyle=(0, (1, 1.4))
            )
        face = PINE if row["critical"] else SEQUENTIAL[1]
        self.tile(left, middle - _BAR / 2, right - left, _BAR, face, edgecolor=INK_2, linewidth=0.8, zorder=3)
        if row["end"] > horizon:
            start = max(left, self._x(horizon))
            self.tile(
                start, middle - _BAR / 2, right - start, _BAR, DIVERGING[2], edgecolor=DIVERGING[0],
                hatch="////", zorder=3.2,
            )  # fmt: skip

    def _links(self, rows: pd.DataFrame, middles: Mapping[Any, float]) -> None:
        for identifier, row in rows.iterrows():
            for other in row["after"]:
                if other not in middles or pd.isna(row["start"]) or pd.isna(rows.loc[other, "end"]):
                    continue
                start, end = self._x(rows.loc[other, "end"]), self._x(row["start"] - 1)
                from_, to = middles[other], middles[identifier]
                down = 1 if to > from_ else -1
                turn = end + min(0.06, self._month)
                tip = to - down * (_BAR / 2 + 0.01)
                line = [(start, from_), (turn, from_), (turn, tip)]
                self.path(line, color=INK, linewidth=1.1, zorder=3.6)
                marker = "v" if down > 0 else "^"
                head = Line2D([turn], [tip - down * 0.03], marker=marker, markersize=4.5, color=INK, ls="")
                head.set_zorder(3.7)
                self.pen.add(head)

    def _legend(self, top: float, plan: Calendar, hidden: int, *, outside: bool) -> None:
        signs: list[tuple[str, dict[str, Any]]] = []
        if plan.table["critical"].any():
            signs.append(("sans marge", {"face": PINE}))
        if (plan.table["room"] > 0).any():
            signs.append(("avec marge (pointillé)", {"face": SEQUENTIAL[1]}))
        if outside:
            signs.append(("après la fin", {"face": DIVERGING[2], "hatch": "////", "edgecolor": DIVERGING[0]}))
        x, y = _MARGIN, top + LINE / 2
        for words, look in signs:
            wide = 0.34 + 0.075 * len(words)
            if x + wide > self.width:
                x, y = _MARGIN, y + LINE + 0.04
            self.tile(x, y - 0.06, 0.22, 0.12, **{"edgecolor": INK_2, "linewidth": 0.8, **look})
            self.say(x + 0.28, y, words, size=9.5, color=INK_2)
            x += wide + 0.1
        bottom = y + LINE if signs else top
        if hidden:
            words = f"Et {count(hidden, 'autre action', 'autres actions')} : voir le tableau."
            bottom = self.lines(_MARGIN, bottom, words, self.width - 2 * _MARGIN, color=INK_2)
        self.end(bottom + 0.06)


def two_lines(words: str, width: float, size: float = 10, weight: str = "normal") -> list[str]:
    """Return words on two lines at most, the second one cut where it must."""
    # Bold is a little wider than what `wrap` measures.
    first, *rest = wrap(words, width * (0.93 if weight == "bold" else 1), size).split("\n")
    return [first, shorten(" ".join(rest), width, size, weight)] if rest else [first]


_READING = [
    "Ce que montre la figure. Chaque barre va du premier au dernier mois d’une action. Une flèche part de ce "
    "qu’il faut finir d’abord. Une action sans marge retarde tout le programme si elle glisse. "
    "Le pointillé dit de combien de mois une action peut glisser sans cela.",
    "Ce qu’elle ne montre pas. Le calendrier ne dit rien de la disponibilité des personnes : lisez aussi la "
    "charge du coordonnateur. Les durées sont des prévisions, à revoir à chaque comité de pilotage.",
]


def _title(plan: Calendar, start_year: int | None) -> str:
    table = plan.table
    if table.empty:
        return "Aucune action n’est au calendrier"
    undated = int(table["start"].isna().sum())
    late = int((table["end"] > plan.horizon).sum())
    if late:
        verb = "finissent" if late > 1 else "finit"
        return f"{count(late, 'action')} sur {len(table)} {verb} après la fin du programme"
    if undated:
        verb = "ne sont pas datées" if undated > 1 else "n’est pas datée"
        return f"{count(undated, 'action')} sur {len(table)} {verb}"
    tight = int(table["critical"].sum())
    verb = "n’ont" if tight > 1 else "n’a"
    return (
        f"{count(len(table), 'action')} jusqu’en {month_name(plan.end, start_year)}"
        if start_year is not None
        else f"{count(len(table), 'action')} jusqu’au mois {plan.end}"
    ) + (", sans aucune marge" if tight == len(table) else f", dont {fr(tight)} {verb} aucune marge")


def _alt(plan: Calendar, start_year: int | None) -> str:
    table = plan.table
    parts = [f"Calendrier de {count(len(table), 'action')} sur {plan.horizon} mois."]
    dated = table.dropna(subset=["start"])
    told = [
        f"{row['title']}, du mois {row['start']} au mois {row['end']}"
        for _, row in dated.head(_NAMED).iterrows()
    ]
    if told:
        parts.append(f"{' ; '.join(told)}.")
    if len(dated) > _NAMED:
        parts.append(f"{count(len(dated) - _NAMED, 'autre action', 'autres actions')} dans le tableau.")
    if plan.chain:
        names = listing([str(table.loc[one, "title"]) for one in plan.chain])
        end = month_name(plan.end, start_year)
        parts.append(f"La fin du programme, {end}, tient à la suite : {names}.")
    undated = table[table["start"].isna()]
    if len(undated):
        parts.append(f"Sans date : {listing(undated['title'].tolist())}.")
    return " ".join(parts)


def _table(plan: Calendar, states: Mapping[str, str]) -> pd.DataFrame:
    table = plan.table
    names = table["title"].to_dict()
    rows = pd.DataFrame(
        {
            "Action": table["title"],
            "Premier mois": table["start"],
            "Dernier mois": table["end"],
            "Durée (mois)": table["months"],
            "Marge (mois)": table["room"],
            "Attend": [listing([str(names[one]) for one in waited]) for waited in table["after"]],
        }
    )
    if states:
        rows["État"] = [STATES.get(states.get(str(one), ""), "") for one in table.index]
    return rows.reset_index(drop=True)
