"""What a vote says: its profile, and whether another rule on the same ballots says the same."""

from __future__ import annotations

from typing import Any

import pandas as pd

from territ_kit.charts.agreement import AgreementChart
from territ_kit.charts.merit import MeritChart
from territ_kit.consultation.consensus import kendall_w
from territ_kit.consultation.voting import GRADES, RuleComparison, compare_rules, tally_grades
from territ_kit.dossier import Vote
from territ_kit.errors import InputError
from territ_kit.french import count, fr
from territ_kit.widgets.consult.tables import ballots_table, results
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.drawing import Build, Drawing, Drawn

_SCORES = {"ranking": "Points de Borda", "points": "Points", "approval": "Oui"}


class Outcome:
    """The result of one vote."""

    def __init__(self, desk: Desk) -> None:
        self.words = Fragment(live=True)
        self.figure = Drawing(self._draw, banner=desk.territory.banner)
        self.view = box("t-pile", self.words, self.figure)
        self.vote = Vote(id="vote")
        self._shown: Vote | None = None

    def show(self, vote: Vote) -> None:
        """Follow the vote."""
        self.vote = vote
        self._say()
        if vote != self._shown:
            self._shown = vote
            self.figure.refresh()

    def _say(self) -> None:
        vote = self.vote
        if not vote.ballots:
            self.words.show(
                "consult_nothing", text="Ce vote n’a encore aucun bulletin. Recueillez-les d’abord."
            )
            return
        try:
            tables = results(vote)
        except InputError as error:
            self.words.show("consult_nothing", text=str(error))
            return
        compared = compare_rules(tables)
        known = ballots_table(vote).notna()
        self.words.show(
            "consult_outcome",
            question=vote.question or "Le vote",
            sentence=compared.sentence,
            depends=compared.depends,
            alone="Un seul bulletin : ce n’est pas encore un vote de groupe."
            if len(vote.ballots) == 1
            else "",
            rules=list(compared.ranks.columns),
            rows=_rows(compared),
            unknown=[f"{label} : {number}" for label, number in (~known).sum().items() if number],
            ballots=count(len(vote.ballots), "bulletin"),
            blank=int((~known).all(axis=1).sum()),
            scores=_scores(vote, tables),
        )

    def _draw(self, build: Build) -> Drawn | None:
        values = ballots_table(self.vote)
        if self.vote.rule == "judgement":
            known = values.loc[:, values.notna().any()]
            if known.empty or not len(known.columns):
                return None
            tallies = tally_grades(known, list(self.vote.grades or GRADES))
            chart = build(MeritChart)
            return chart.show(tallies, unknown=known.isna().sum()), chart.png
        complete = values.dropna()
        if self.vote.rule != "ranking" or len(complete) < 2:
            return None
        chart = build(AgreementChart)
        try:
            return chart.show(kendall_w(complete)), chart.png
        except InputError:  # everyone ties everything: the words have said it
            return None


def _rows(compared: RuleComparison) -> list[dict[str, Any]]:
    return [{"label": str(option), "ranks": row.tolist()} for option, row in compared.ranks.iterrows()]


def _scores(vote: Vote, tables: dict[str, pd.DataFrame]) -> dict[str, str]:
    """Return what the main rule counts, by option, for the votes that no figure shows."""
    if vote.rule == "judgement":
        return {}
    table = list(tables.values())[-1 if vote.rule == "ranking" else 0]
    return {"": _SCORES[vote.rule]} | {
        str(option): fr(row["score"], 0 if row["score"] == round(row["score"]) else 1)
        for option, row in table.iterrows()
    }
