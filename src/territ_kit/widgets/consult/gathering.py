"""Ballots of a vote: one by one, pasted, or from a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from territ_kit.consultation.ballots import BallotFaults, Ballots, ballots_from_file, ballots_from_text
from territ_kit.dossier import VOTES, Vote
from territ_kit.french import count, fr
from territ_kit.widgets.consult.tables import paper_of, with_ballots
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.steps.asker import Asker, Field, choice, text
from territ_kit.widgets.steps.desk import Desk

WAYS = {"hand": "Un par un", "paste": "Coller un tableau", "file": "Ouvrir un fichier"}
_YES_NO = {"1": "Oui", "0": "Non"}
_MOST_FAULTS = 50


class Gathering:
    """Where ballots come in, without their result."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.way, self.pasted = "hand", ""
        self.vote: Vote = Vote(id="vote")
        self.form = Asker(title="Ajouter des bulletins")
        self.form.on_change(self._follow)
        self.form.on_action(self._act)
        self.form.on_file(lambda _field, name, content: self._open(name, content))
        self.state = Fragment(live=True)
        self.mending = Fragment(live=True)
        self.view = box("t-deux", self.form, box("t-pile", self.state, self.mending))
        self.faults: BallotFaults | None = None
        self._kept = False  # whether what is ticked on the ballot stays: until the ballot is added

    def show(self, vote: Vote) -> None:
        """Follow the vote."""
        if vote.id != self.vote.id:
            self.faults, self._kept = None, False
        self.vote = vote
        self.mending.html = ""
        if len(vote.options) < 2:
            self.form.layout.display = "none"
            self.state.show(
                "consult_nothing", text="Ce vote attend au moins deux options. Revenez à « Préparer »."
            )
            return
        self.form.layout.display = None
        spec = [choice("way", "Comment ?", WAYS, kind="radio")]
        values: dict[str, Any] = {"way": self.way}
        actions = [("add", "Ajouter ce bulletin")]
        if self.way == "hand":
            spec.append(_by_hand(vote))
            values["ballot"] = self.form.value.get("ballot") if self._kept else None
        elif self.way == "paste":
            hint = "Copiez depuis votre tableur : les options en première ligne, puis un bulletin par ligne."
            spec.append(text("pasted", "Les bulletins", lines=8, hint=hint, length=200_000))
            values["pasted"] = self.pasted
            actions = [("read", "Lire ces bulletins"), ("model", "Télécharger un modèle")]
        else:
            hint = "Un fichier .csv ou .xlsx : les options en première ligne, puis un bulletin par ligne."
            spec.append(
                {
                    "name": "opened",
                    "kind": "file",
                    "label": "Le fichier",
                    "hint": hint,
                    "accept": ".csv,.xlsx",
                }
            )
            actions = [("model", "Télécharger un modèle")]
        self.form.ask(spec, values)
        if vote.ballots:
            actions.append(("drop", "Retirer le dernier bulletin"))
        listed = [
            {"id": key, "label": label, "primary": not place} for place, (key, label) in enumerate(actions)
        ]
        if listed != self.form.actions:
            self.form.actions = listed
        self.state.show(
            "consult_ballots",
            number=count(len(vote.ballots), "bulletin"),
            blank=sum(not ballot for ballot in vote.ballots),
        )
        if self.faults:
            faults = self.faults.faults
            others = max(len(faults) - _MOST_FAULTS, 0)
            self.mending.show("consult_faults", faults=faults[:_MOST_FAULTS], others=others)

    def _follow(self, values: dict[str, Any]) -> None:
        self._kept = True
        self.pasted = values.get("pasted", self.pasted) or ""
        if values["way"] and values["way"] != self.way:
            self.way, self.faults, self._kept = values["way"], None, False
            self.desk.tell("")

    def _act(self, action: str) -> None:
        acts: dict[str, Callable[[], None]] = {
            "add": self._add,
            "read": lambda: self._read(lambda: ballots_from_text(self.pasted, paper_of(self.vote))),
            "model": self._model,
            "drop": self._drop,
        }
        acts[action]()
        self.form.focus = action

    def _add(self) -> None:
        """Add the ballot filled by hand; an empty one is a blank ballot."""
        paper, given = paper_of(self.vote), self.form.value.get("ballot") or {}
        row = {option.label: _number(given.get(option.id)) for option in self.vote.options}
        refused = [f"{rule} {remedy}" for _, rule, remedy in paper.refusals(list(row.values()))]
        unread = [
            f"« {written} » n’est pas compris. {paper.remedy}"
            for written in given.values()
            if isinstance(written, str) and not _is_number(written)
        ]
        if said := [*unread, *refused]:
            self.form.errors = {"ballot": " ".join(said)}
            return
        self._keep(pd.DataFrame([row]), "Bulletin ajouté." if given else "Bulletin blanc ajouté.")

    def _open(self, name: str, content: bytes) -> None:
        self._read(lambda: ballots_from_file(name, content, paper_of(self.vote)))

    def _read(self, read: Callable[[], Ballots]) -> None:
        """Add the ballots read, or show every fault and add none."""
        try:
            ballots = read()
        except BallotFaults as faults:
            self.faults = faults
            self.desk.tell("Les bulletins ne sont pas lus : rien n’a changé. Voyez ce qui est à reprendre.")
            return
        blank = f", dont {count(ballots.blank, 'blanc')}" if ballots.blank else ""
        self._keep(ballots.values, f"{count(len(ballots.values), 'bulletin')} de plus{blank}.")

    def _keep(self, values: pd.DataFrame, said: str) -> None:
        self.faults, self._kept, self.pasted = None, False, ""
        vote = self.vote.id
        self.desk.change(
            lambda dossier: VOTES.change(dossier, vote, lambda known: with_ballots(known, values)), said
        )

    def _drop(self) -> None:
        vote = self.vote.id
        self.desk.change(
            lambda dossier: VOTES.change(dossier, vote, lambda known: known.but(ballots=known.ballots[:-1])),
            "Le dernier bulletin est retiré, vous pouvez annuler.",
        )

    def _model(self) -> None:
        """Offer an empty table with the options of the vote, as French spreadsheets open it."""
        stream = io.StringIO()
        writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
        writer.writerow(["bulletin", *(option.label for option in self.vote.options)])
        writer.writerows([number, *[""] * len(self.vote.options)] for number in range(1, 21))
        self.form.offer("modele-bulletins.csv", stream.getvalue().encode("utf-8-sig"), "text/csv")


def _by_hand(vote: Vote) -> Field:
    """Return the field of one ballot."""
    options = [{"id": option.id, "label": option.label} for option in vote.options]
    field: Field = {"name": "ballot", "kind": "grid", "label": "Le bulletin", "rows": options}
    field["hint"] = "Laissez vide ce que la personne ne connaît pas."
    if vote.rule == "points":
        budget = paper_of(vote).budget
        hint = f"{fr(budget)} points au plus. La personne peut en garder."
        return field | {"kind": "allocation", "options": options, "total": budget, "hint": hint}
    if vote.rule == "ranking":
        words = {str(rank): f"{rank}{'er' if rank == 1 else 'e'}" for rank in range(1, len(options) + 1)}
    elif vote.rule == "approval":
        words = _YES_NO
    else:
        words = {str(place): grade for place, grade in reversed(list(enumerate(paper_of(vote).grades)))}
    return field | {"columns": [{"id": key, "label": label} for key, label in words.items()]}


def _is_number(written: Any) -> bool:
    try:
        float(written)
    except (TypeError, ValueError):
        return False
    return True


def _number(written: Any) -> float:
    return float(written) if _is_number(written) else np.nan
