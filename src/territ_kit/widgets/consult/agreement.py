"""« Accord »: how far people agree, and what moves from one round to the next."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from territ_kit.charts.agreement import AgreementChart
from territ_kit.consultation.consensus import Agreement, kappa_words, kendall_w, ranks_from_scores, stability
from territ_kit.consultation.voting import GRADES
from territ_kit.dossier import VOTES, Vote
from territ_kit.errors import InputError
from territ_kit.french import count, fr
from territ_kit.widgets.consult.tables import ballots_table
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.steps.asker import Asker, choice
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.drawing import Build, Drawing, Drawn
from territ_kit.widgets.steps.task import Task

_LINKED = {"yes": "Oui, chaque bulletin est à la même place aux deux tours"}


class Agreed(Task):
    """Agreement within a vote, and stability between two rounds."""

    id = "accord"
    label = "Sommes-nous d’accord ? Mesurer l’accord et le second tour"
    lead = "Un vote désigne. L’accord dit si l’on pense de même, et si les avis bougent encore."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.vote, self.second = "", ""
        self.form = Asker(title="Ce que vous comparez", css_class="t-colle")
        self.form.on_change(self._follow)
        self.form.on_action(lambda _action: self._new_round())
        self.words = Fragment(live=True)
        self.rounds = Fragment(live=True)
        self.figure = Drawing(self._draw, banner=desk.territory.banner)
        self.results = box("t-pile", self.words, self.figure, self.rounds)
        self.view = box("t-grille", self.form, self.results)
        self._shown: object = None
        self.agreement: Agreement | None = None

    def show(self) -> None:
        """Follow the dossier."""
        votes = {vote.id: vote for vote in VOTES.of(self.desk.dossier)}
        if self.vote not in votes or not votes[self.vote].ballots:
            counted = [vote for vote in votes.values() if vote.ballots]
            # A question put twice has more to say: it comes first.
            self.vote = min(counted, key=lambda vote: not vote.series).id if counted else ""
        self.form.layout.display = None if self.vote else "none"
        if not self.vote:
            self.agreement = None
            self.words.show(
                "consult_nothing",
                text="Il faut d’abord un vote avec des bulletins. Choisissez la tâche « Choisir ensemble ».",
            )
            self.rounds.html = ""
            self.figure.layout.display = "none"
            self._shown = None
            return
        here = votes[self.vote]
        others = {key: vote for key, vote in votes.items() if _other_round(here, vote)}
        self.second = self.second if self.second in others else next(iter(others), "")
        self._ask(votes, others)
        self._measure(here)
        self._compare(self._pair())
        if here != self._shown:
            self._shown = here
            self.figure.refresh()

    def _pair(self) -> tuple[Vote, Vote] | None:
        """Return both rounds in their order; the later one says whether each person can be followed."""
        found = [VOTES.find(self.desk.dossier, key) for key in (self.vote, self.second)]
        rounds = sorted((vote for vote in found if vote), key=lambda vote: vote.round)
        return (rounds[0], rounds[1]) if len(rounds) > 1 else None

    def _ask(self, votes: dict[str, Vote], others: dict[str, Vote]) -> None:
        spec = [choice("vote", "Vote", {key: _named(vote) for key, vote in votes.items() if vote.ballots})]
        values: dict[str, Any] = {"vote": self.vote}
        if others:
            spec.append(choice("second", "Comparé avec", {key: _named(vote) for key, vote in others.items()}))
            label = "Peut-on suivre chaque personne d’un tour à l’autre ?"
            spec.append(choice("linked", label, _LINKED, kind="checkbox"))
            pair = self._pair()
            values |= {"second": self.second, "linked": ["yes"] if pair and pair[1].linked else []}
        self.form.ask(spec, values)
        self.form.actions = [{"id": "round", "label": "Préparer un second tour", "primary": not others}]

    def _measure(self, vote: Vote) -> None:
        """Say how far the people who gave a whole ballot agree."""
        values = ballots_table(vote)
        complete = values.dropna()
        left = len(values) - len(complete)
        self.agreement = None
        if len(complete) < 2:
            said = "Il faut deux bulletins remplis en entier : une personne seule s’accorde avec elle-même."
            self.words.show("consult_nothing", text=said)
            return
        try:
            ranks = complete if vote.rule == "ranking" else ranks_from_scores(complete)
            self.agreement = kendall_w(ranks)
        except InputError as error:
            self.words.show("consult_nothing", text=str(error))
            return
        self.words.show(
            "consult_agreement",
            agreement=self.agreement,
            w=fr(self.agreement.w, 2),
            plain=fr(self.agreement.w_uncorrected, 2),
            chi2=fr(self.agreement.chi2, 1),
            p="moins de 0,001" if self.agreement.p < 0.001 else fr(self.agreement.p, 3),
            left=left,
        )

    def _compare(self, pair: tuple[Vote, Vote] | None) -> None:
        """Say what moved between two rounds, if both have ballots."""
        if pair is None:
            self.rounds.html = ""
            return
        first, second = pair
        before, after = ballots_table(first), ballots_table(second)
        if not len(after) or not len(before):
            self.rounds.show("consult_nothing", text="Un des deux tours n’a encore aucun bulletin.")
            return
        labels = [label for label in before.columns if label in after.columns]
        before, after = before[labels], after[labels]
        same = len(before) == len(after)
        if second.linked and same and len(before) > 1:
            self.rounds.show("consult_rounds", lines=_moves(before, after, first))
        else:
            middles = {label: (before[label].median(), after[label].median()) for label in labels}
            lines = [
                {"label": label, "before": _value(one, first), "after": _value(two, first)}
                for label, (one, two) in middles.items()
            ]
            self.rounds.show("consult_medians", lines=lines, uneven=second.linked and not same)

    def _draw(self, build: Build) -> Drawn | None:
        if self.agreement is None:
            return None
        chart = build(AgreementChart)
        return chart.show(self.agreement), chart.png

    def _follow(self, values: dict[str, Any]) -> None:
        linked, pair = bool(values.get("linked")), self._pair()
        if values["vote"] != self.vote or values.get("second", self.second) != self.second:
            self.vote, self.second = values["vote"] or self.vote, values.get("second") or self.second
            self.desk.tell("")
        elif pair and pair[1].linked != linked:
            self.desk.put(VOTES, pair[1].but(linked=linked))

    def _new_round(self) -> None:
        """Put the same question again, without ballots."""
        first = VOTES.find(self.desk.dossier, self.vote)
        if first is None:
            return
        series = first.series or first.id
        rounds = [vote.round for vote in VOTES.of(self.desk.dossier) if vote.series == series]
        identifier = VOTES.new_id(self.desk.dossier, first.id)
        again = first.but(id=identifier, ballots=(), series=series, round=max([*rounds, first.round]) + 1)
        self.second = identifier
        self.desk.change(
            lambda dossier: VOTES.put(VOTES.put(dossier, first.but(series=series)), again),
            "Le second tour est prêt : recueillez ses bulletins avec la tâche « Choisir ensemble ».",
        )


def _moves(before: pd.DataFrame, after: pd.DataFrame, vote: Vote) -> list[dict[str, str]]:
    """Return, for each option, who changed and how the middle moved."""
    return [
        {
            "label": str(label),
            "changed": fr(100 * row["changed"], 0, unit="%"),
            "before": _value(row["median_before"], vote),
            "after": _value(row["median_after"], vote),
            "kappa": f"{fr(row['kappa'], 2)} ({kappa_words(row['kappa'])})",
            "reading": row["reading"] or "personne aux deux tours",
        }
        for label, row in stability(before, after).iterrows()
    ]


def _other_round(one: Vote, other: Vote) -> bool:
    return bool(one.series) and other.series == one.series and other.id != one.id


def _named(vote: Vote) -> str:
    turn = f", tour {vote.round}" if vote.series else ""
    return f"{vote.question or 'Sans question'} ({count(len(vote.ballots), 'bulletin')}{turn})"


def _value(number: float, vote: Vote) -> str:
    """Return a median as people read it: a grade, or between two, or a number."""
    if math.isnan(number):
        return "personne"
    if vote.rule != "judgement":
        return fr(number, 0 if number == round(number) else 1)
    grades = vote.grades or GRADES
    low, high = grades[int(number)], grades[int(-(-number // 1))]
    return low if low == high else f"entre {low} et {high}"
