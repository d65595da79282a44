"""The ladder of participation, and the activities on their rungs."""

from __future__ import annotations

from itertools import groupby

import pandas as pd

from territ_kit.charts.picture import Picture
from territ_kit.charts.sheet import LINE, Sheet
from territ_kit.charts.style import DIVERGING, EDGE, GRID, INK, INK_2, PAPER, SAFFRON, Size, style
from territ_kit.consultation.participation import FAMILIES, LADDER, Rung
from territ_kit.french import count, listing

_MARGIN = 0.14
_FACES = dict(zip(FAMILIES, (DIVERGING[2], DIVERGING[3], DIVERGING[4]), strict=True))


class LadderChart(Sheet):
    """The eight rungs, the highest on top, and on each one its activities.

    Parameters
    ----------
    size : {"wide", "phone"}
        7.4 or 3.36 inches wide.
    """

    def __init__(self, *, size: Size = "wide") -> None:
        super().__init__(size)

    def show(self, activities: pd.DataFrame) -> Picture:
        """Draw the rungs, and return the picture with its words.

        Parameters
        ----------
        activities : DataFrame
            `title`; `rung` (1 to 8, 0 while it is not judged); `announced` (the same, 0 without), optional.
        """
        if "announced" not in activities:
            activities = activities.assign(announced=0)
        judged = activities[activities["rung"] > 0]
        self.pen.wipe()
        with style():
            top = 0.08
            rungs = list(LADDER.values())[::-1]
            for family, group in groupby(rungs, key=lambda rung: rung.family):
                self.say(_MARGIN, top + LINE / 2, family, weight="bold", color=INK_2)
                top += LINE + 0.06
                for rung in group:
                    top = self._rung(top, rung, judged[judged["rung"] == rung.level])
                top += 0.08
            self.end(top)
        return Picture(
            figure=self.figure,
            title=_title(judged),
            alt=_alt(activities),
            table=_table(activities),
            reading=_READING,
            note="Échelle d’Arnstein (1969), à vérifier. Le barreau vient de vos réponses.",
            decimals=0,
        )

    def _rung(self, top: float, rung: Rung, here: pd.DataFrame) -> float:
        """Draw one rung as high as its activities need, and return its bottom."""
        left = _MARGIN if self.phone else 1.95
        head = LINE if self.phone and len(here) else 0.0
        room = self.width - _MARGIN - left - 0.34
        y = top + head + 0.06
        words = [
            f"{title}{f' (annoncé : {_name(announced)})' if announced not in (0, rung.level) else ''}"
            for title, announced in here[["title", "announced"]].itertuples(index=False)
        ]
        spots = []
        for said in words:
            spots.append(y + LINE / 2)
            y = self.lines(left + 0.26, y, said, room, zorder=4)
        bottom = max(y, top + head + LINE + 0.06) + 0.06
        face, edge, ink = (_FACES[rung.family], EDGE, INK) if words else (PAPER, GRID, INK_2)
        self.tile(_MARGIN, top, self.width - 2 * _MARGIN, bottom - top, face, edgecolor=edge)
        name = f"{rung.level}. {rung.name}"
        self.say(_MARGIN + 0.08, top + 0.06 + LINE / 2, name, weight="bold", color=ink, zorder=4)
        mark = {"marker": "D", "markersize": 7, "ls": "", "markeredgewidth": 1.2, "zorder": 5}
        for spot in spots:
            self.path([(left + 0.13, spot)], color=SAFFRON, markeredgecolor=INK, **mark)
        return bottom + 0.04


def _name(level: int) -> str:
    return next(rung.name.lower() for rung in LADDER.values() if rung.level == level)


def _title(judged: pd.DataFrame) -> str:
    if judged.empty:
        return "Aucune action n’est encore placée"
    shared = int((judged["rung"] >= 6).sum())
    if not shared:
        who = (
            "L’action ne partage pas" if len(judged) == 1 else f"Aucune des {len(judged)} actions ne partage"
        )
        return f"{who} la décision avec les participants"
    verb = "partage" if shared == 1 else "partagent"
    return f"{count(shared, 'action')} sur {len(judged)} {verb} la décision avec les participants"


def _alt(activities: pd.DataFrame) -> str:
    parts = ["Échelle de huit barreaux, du contrôle en haut à la manipulation en bas."]
    for rung in reversed(LADDER.values()):
        here = activities.loc[activities["rung"] == rung.level, "title"].tolist()
        if here:
            parts.append(f"{rung.name} : {listing([str(title) for title in here])}.")
    above = activities[(activities["rung"] > 0) & (activities["announced"] > activities["rung"])][
        "title"
    ].tolist()
    if above:
        parts.append(f"Annoncé plus haut que les faits : {listing([str(title) for title in above])}.")
    if waiting := activities.loc[activities["rung"] == 0, "title"].tolist():
        parts.append(f"À placer : {listing([str(title) for title in waiting])}.")
    return " ".join(parts)


def _table(activities: pd.DataFrame) -> pd.DataFrame:
    rungs = {rung.level: rung for rung in LADDER.values()}
    return pd.DataFrame(
        {
            "Action": activities["title"].astype(str),
            "Barreau": [rungs[level].name if level else "à placer" for level in activities["rung"]],
            "Annoncé": [rungs[level].name if level else "rien" for level in activities["announced"]],
            "Famille": [rungs[level].family if level else "" for level in activities["rung"]],
            "Pour monter d’un barreau": [
                rungs[level].higher if level else "" for level in activities["rung"]
            ],
        }
    ).reset_index(drop=True)


_READING = [
    "Ce que montre la figure. Qui décide vraiment dans chaque action, quel que soit son nom. "
    "Monter demande de partager la décision, puis l’argent.",
    "Ce qu’elle ne montre pas. La qualité de l’accueil, ni qui est venu. "
    "Informer bien vaut mieux qu’un partenariat de façade.",
]
