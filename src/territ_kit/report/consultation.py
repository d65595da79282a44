"""What the report says of the third step: who counts, how people take part, what was voted."""

from __future__ import annotations

import pandas as pd

from territ_kit.consultation.majority import majority_judgement
from territ_kit.consultation.participation import LADDER
from territ_kit.consultation.stakeholders import QUADRANTS, stakeholder_map
from territ_kit.consultation.voting import (
    APPROVAL,
    approval,
    compare_rules,
    rules_from_grades,
    rules_from_points,
    rules_from_rankings,
    tally_grades,
)
from territ_kit.dossier import ACTORS, Dossier, Vote
from territ_kit.errors import InputError
from territ_kit.french import fr
from territ_kit.report import pictures
from territ_kit.report.paper import Paper

_RUNGS = {rung.level: rung for rung in LADDER.values()}


def write(paper: Paper, dossier: Dossier) -> None:
    """Write the part « La concertation »."""
    paper.head("La concertation", new_page=True)
    part = dossier.consultation
    if part == type(part)():
        paper.missing("rien n’est encore écrit à l’étape « Concerter ».")
        return
    _actors(paper, dossier)
    _activities(paper, dossier)
    for vote in part.votes:
        _vote(paper, vote)


def _actors(paper: Paper, dossier: Dossier) -> None:
    if not dossier.consultation.actors:
        return
    paper.head("Les acteurs", 2)
    actors = ACTORS.table(dossier).set_index("id").astype({"power": float, "interest": float})
    placed = stakeholder_map(actors)
    quadrants = placed["quadrant"]
    if quadrants.astype(bool).any():
        pictures.actor_map(paper, placed)
    paper.table(
        ("Acteur", "Ce qu’il attend", "Ce qu’il apporte", "Ce que sa place appelle"),
        [
            (
                one.name,
                one.wants,
                one.brings,
                QUADRANTS[quadrants[one.id]].label if quadrants[one.id] else "À placer",
            )
            for one in dossier.consultation.actors
        ],
        "Les acteurs et leurs attentes",
        widths=(3, 4, 4, 2),
    )


def _activities(paper: Paper, dossier: Dossier) -> None:
    activities = dossier.consultation.activities
    if not activities:
        return
    paper.head("La place des habitants", 2)
    paper.table(
        ("Temps de participation", "Public", "Date", "Niveau (échelle d’Arnstein, à vérifier)"),
        [
            (one.title, one.public, one.date, _RUNGS[one.rung].name if one.rung else "À situer")
            for one in activities
        ],
        "Ce que les personnes peuvent décider",
        widths=(5, 3, 2, 3),
    )


def _vote(paper: Paper, vote: Vote) -> None:
    paper.head(f"Vote : {vote.question}", 2)
    if not vote.ballots:
        paper.missing("aucun bulletin n’est encore entré.")
        return
    labels = {option.id: option.label for option in vote.options}
    ballots = pd.DataFrame(list(vote.ballots)).reindex(columns=list(labels)).rename(columns=labels)
    try:
        if vote.rule == "judgement":
            pictures.merit(paper, vote, ballots)
            _judgement(paper, vote, ballots)
            rules = rules_from_grades(ballots, vote.grades)
        elif vote.rule == "ranking":
            rules = rules_from_rankings(ballots)
        elif vote.rule == "points":
            rules = rules_from_points(ballots)
        else:
            rules = {APPROVAL: approval(ballots)}
        paper.say(compare_rules(rules).sentence)
    except InputError as error:
        paper.missing(str(error))
    paper.say(f"{fr(len(vote.ballots))} bulletins, sans nom.")


def _judgement(paper: Paper, vote: Vote, ballots: pd.DataFrame) -> None:
    ranked = majority_judgement(tally_grades(ballots, vote.grades))
    paper.table(
        ("Proposition", "Rang", "Mention majoritaire", "Au-dessus", "Au-dessous", "Bulletins"),
        [
            (
                str(option),
                fr(row["rank"]),
                f"{row['median_grade']} {row['sign']}",
                fr(100 * row["share_above"], 0, unit="%"),
                fr(100 * row["share_below"], 0, unit="%"),
                fr(row["ballots"]),
            )
            for option, row in ranked.iterrows()
        ],
        "Le jugement majoritaire",
        widths=(6, 1, 3, 2, 2, 2),
        numeric=(1, 3, 4, 5),
    )
