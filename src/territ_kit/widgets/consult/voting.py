"""« Voter »: prepare a vote, gather its ballots, read its result by several rules."""

from __future__ import annotations

from typing import Any

from territ_kit.consultation.ballots import KINDS
from territ_kit.consultation.voting import GRADES
from territ_kit.dossier import GOALS, NEEDS, VOTES, Dossier, Vote
from territ_kit.errors import InputError
from territ_kit.french import count
from territ_kit.widgets.consult.gathering import Gathering
from territ_kit.widgets.consult.outcome import Outcome
from territ_kit.widgets.consult.tables import options_from
from territ_kit.widgets.layout import box
from territ_kit.widgets.steps.asker import Asker, Field, choice, text
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.lines import Lines
from territ_kit.widgets.steps.task import Task

PARTS = {"prepare": "Préparer", "gather": "Recueillir les bulletins", "read": "Lire le résultat"}
_MORE = "Les mentions et vos notes"


class VoteLines(Lines[Vote]):
    """The votes: their question, what people do on the ballot, the options."""

    shelf = VOTES
    title = "Les votes"
    noun = "vote"
    add = "Ajouter un vote"
    empty = "Aucun vote n’est encore préparé."

    def line(self, item: Vote) -> str:
        """Return the question, the round and the number of ballots."""
        turn = f", tour {item.round}" if item.series else ""
        return f"{item.question or 'Sans question'} ({count(len(item.ballots), 'bulletin')}{turn})"

    def fields(self, item: Vote) -> list[Field]:
        """Return the question, the rule, the options one a line, and the rest in a closed group."""
        hint = "Une par ligne. Disons d’abord ce que le vote décide, et par quelle règle."
        fields = [
            text("question", "La question", lines=2, length=300),
            choice("rule", "Ce que fait chaque votant", KINDS),
            text("options", "Les options", lines=6, hint=hint, length=8000),
        ]
        if item.rule == "judgement":
            said = "De la plus sévère à la meilleure, une par ligne."
            fields.append(text("grades", "Les mentions", lines=5, hint=said, advanced=_MORE))
        return [*fields, text("words", "Vos notes", lines=2, advanced=_MORE)]

    def values(self, item: Vote) -> dict[str, Any]:
        """Return the fields, lists as lines."""
        return {
            "question": item.question,
            "rule": item.rule,
            "options": "\n".join(option.label for option in item.options),
            "grades": "\n".join(item.grades or GRADES),
            "words": item.words,
        }

    def read(self, item: Vote, values: dict[str, Any]) -> Vote:
        """Return the vote; its rule and grades cannot change once it has ballots."""
        rule = values["rule"] or item.rule
        grades = _grades(values.get("grades") or "") if rule == "judgement" else ()
        if item.ballots and (rule != item.rule or grades != (item.grades or grades)):
            raise InputError(
                "Ce vote a déjà des bulletins : leur règle et leurs mentions ne changent plus. "
                "Pour une autre règle, ajoutez un vote."
            )
        return item.but(
            question=values["question"] or "",
            rule=rule,
            grades=grades,
            options=options_from((values["options"] or "").split("\n"), item.options),
            words=values["words"] or "",
        )

    def blank(self, identifier: str) -> Vote:
        """Return a vote by grades, without options."""
        return Vote(id=identifier, grades=GRADES)


class Voting(Task):
    """A vote, in three moments: the result stays hidden while ballots come in."""

    id = "voter"
    label = "Choisir ensemble : préparer un vote et le lire"
    lead = "Dites la règle avant de voter. Le résultat attend la fin, pour n’influencer personne."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.part = "prepare"
        self.choice = Asker(css_class="t-sobre")
        self.choice.on_change(self._follow)
        self.offer = Asker(css_class="t-sobre")
        self.offer.on_action(self._take)
        self.lines = VoteLines(desk)
        self.gathering = Gathering(desk)
        self.outcome = Outcome(desk)
        self.preparing = box("t-pile", self.offer, self.lines.view)
        self.view = box("t-pile", self.choice, self.preparing, self.gathering.view, self.outcome.view)

    def show(self) -> None:
        """Follow the dossier."""
        votes = VOTES.of(self.desk.dossier)
        if not votes:
            self.part = "prepare"
        self.lines.show()
        vote = self.lines.item
        asked = [choice("part", "Où en êtes-vous ?", PARTS, kind="radio")] if votes else []
        values = {"part": self.part}
        if vote and self.part != "prepare":
            asked.append(choice("vote", "Vote", {one.id: self.lines.line(one) for one in votes}))
            values["vote"] = vote.id
        self.choice.ask(asked, values)
        shown = {"prepare": self.preparing, "gather": self.gathering.view, "read": self.outcome.view}
        for name, part in shown.items():
            part.layout.display = None if name == self.part else "none"
        if self.part == "prepare":
            self._offer()
        elif vote and self.part == "gather":
            self.gathering.show(vote)
        elif vote:
            self.outcome.show(vote)

    def _follow(self, values: dict[str, Any]) -> None:
        self.part = values["part"] or self.part
        if values.get("vote"):
            self.lines.current = values["vote"]
        self.desk.tell("")

    def _offer(self) -> None:
        """Offer as options what the dossier already holds."""
        dossier, vote = self.desk.dossier, self.lines.item
        there = {option.label for option in vote.options} if vote else set()
        actions = [
            {"id": name, "label": label, "primary": False}
            for name, label in (
                ("needs", "Voter sur les besoins du diagnostic"),
                ("goals", "Voter sur les objectifs en débat"),
            )
            if set(_labels(dossier, name)) - there
        ]
        self.offer.actions = actions
        self.offer.layout.display = None if actions and not (vote and vote.ballots) else "none"

    def _take(self, action: str) -> None:
        """Add these options to the vote, or to a new one; those already there stay."""
        vote = self.lines.item or self.lines.blank(VOTES.new_id(self.desk.dossier, "vote"))
        lines = [option.label for option in vote.options] + _labels(self.desk.dossier, action)
        self.lines.current = vote.id
        self.desk.put(
            VOTES, vote.but(options=options_from(lines, vote.options)), "Les options sont reprises."
        )


def _labels(dossier: Dossier, name: str) -> list[str]:
    if name == "needs":
        return [need.title for need in NEEDS.of(dossier) if need.title.strip()]
    return [goal.label for goal in GOALS.of(dossier) if goal.label.strip()]


def _grades(lines: str) -> tuple[str, ...]:
    """Return the grades written one a line.

    Raises
    ------
    InputError
        There are fewer than two.
    """
    grades = tuple(dict.fromkeys(line.strip() for line in lines.split("\n") if line.strip()))
    if len(grades) < 2:
        raise InputError("Il faut au moins deux mentions. Écrivez-en une par ligne, la plus sévère d’abord.")
    return grades
