"""« Forces »: strengths, weaknesses, opportunities, threats, and what their meetings call for."""

from __future__ import annotations

from typing import Any

from territ_kit.diagnosis.swot import HELPS, IN_OUR_HANDS, SIDES, check_swot, cross_points, place
from territ_kit.dossier import SWOT, Point
from territ_kit.widgets.diagnose.tables import points_table
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.steps.asker import Field, choice, text
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.lines import Lines
from territ_kit.widgets.steps.task import Task

_OURS = {"yes": "Il dépend de nous", "no": "Il nous arrive du dehors"}
_HELPS = {"yes": "Il nous aide", "no": "Il nous gêne"}
_LISTED = 12


class PointLines(Lines[Point]):
    """The points of the four lists."""

    shelf = SWOT
    title = "Les points"
    noun = "point"
    add = "Ajouter un point"
    empty = "Aucun point n’est encore écrit. Commencez par ce qui marche déjà."

    def line(self, item: Point) -> str:
        """Return the text and its side."""
        return f"{item.text or 'Sans texte'} ({SIDES[item.side].lower().removesuffix('s')})"

    def fields(self, item: Point) -> list[Field]:  # noqa: ARG002 # the same for every line
        """Return the text and the two questions that sort it."""
        return [
            text("text", "Le point", lines=2, hint="Un fait sur votre projet ou autour de lui.", length=300),
            choice("ours", IN_OUR_HANDS, _OURS, kind="radio"),
            choice("helps", HELPS, _HELPS, kind="radio"),
        ]

    def values(self, item: Point) -> dict[str, Any]:
        """Return the answers that lead to the side of the point."""
        ours, helps = item.side in {"strength", "weakness"}, item.side in {"strength", "opportunity"}
        return {"text": item.text, "ours": "yes" if ours else "no", "helps": "yes" if helps else "no"}

    def read(self, item: Point, values: dict[str, Any]) -> Point:
        """Return the point on the side that the answers lead to."""
        side = place(ours=values["ours"] == "yes", helps=values["helps"] == "yes")
        return item.but(text=values["text"] or "", side=side)

    def blank(self, identifier: str) -> Point:
        """Return a strength without words."""
        return Point(id=identifier)


class Strengths(Task):
    """Four lists and their meetings."""

    id = "forces"
    label = "Sur quoi s’appuyer ? Forces et faiblesses"
    lead = "Pour chaque point, répondez à deux questions : il va de lui-même dans sa liste."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.lines = PointLines(desk)
        self.summary = Fragment(live=True)
        self.view = box("t-pile", self.lines.view, self.summary)

    def show(self) -> None:
        """Follow the dossier."""
        self.lines.show()
        points = points_table(self.desk.dossier)
        crossed = cross_points(points)["sentence"].tolist()
        self.summary.show(
            "diagnose_swot",
            sides={SIDES[side]: points.loc[points["side"] == side, "text"].tolist() for side in SIDES},
            cautions=[one.sentence for one in check_swot(points)],
            crossed=crossed[:_LISTED],
            others=max(len(crossed) - _LISTED, 0),
        )
