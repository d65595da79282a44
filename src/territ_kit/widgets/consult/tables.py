"""The consultation of a dossier as the methods read it."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pandas as pd

from territ_kit.consultation.ballots import Paper
from territ_kit.consultation.voting import (
    GRADES,
    approval,
    rules_from_grades,
    rules_from_points,
    rules_from_rankings,
)
from territ_kit.dossier import ACTORS, GOALS, Actor, Dossier, Goal, Option, Vote
from territ_kit.territory import Territory
from territ_kit.widgets.figure import slug

APPROVAL = "Approbation"


def actor_names(dossier: Dossier) -> dict[str, str]:
    """Return the name of each actor by id, in their order."""
    return {actor.id: actor.name or "Sans nom" for actor in ACTORS.of(dossier)}


def actors_table(dossier: Dossier) -> pd.DataFrame:
    """Return the actors by id, with `name`, `power` and `interest` (NaN where nobody has placed them)."""
    table = ACTORS.table(dossier).set_index("id")
    table["name"] = list(actor_names(dossier).values())
    return table.astype({"power": float, "interest": float})


def influences_table(dossier: Dossier) -> pd.DataFrame:
    """Return the influence of each actor on each other, 0 where nobody has said."""
    given, ids = dossier.consultation.influences, list(actor_names(dossier))
    rows = [
        [given.get(source, {}).get(target, 0) if source != target else 0 for target in ids] for source in ids
    ]
    return pd.DataFrame(rows, index=ids, columns=ids, dtype=int)


def stances_table(dossier: Dossier) -> pd.DataFrame:
    """Return the stance of each actor on each goal, NaN where nobody has said."""
    given = dossier.consultation.stances
    goals = [goal.id for goal in GOALS.of(dossier)]
    rows = [[given.get(actor, {}).get(goal, math.nan) for goal in goals] for actor in actor_names(dossier)]
    return pd.DataFrame(rows, index=list(actor_names(dossier)), columns=goals, dtype=float)


def take_case(dossier: Dossier, territory: Territory) -> Dossier:
    """Return the dossier with the actors of the territory, what they want and weigh; nothing is replaced."""
    for key, row in territory.actors.iterrows():
        if ACTORS.find(dossier, str(key)) is None:
            known = {str(field): value for field, value in row.items()}
            dossier = ACTORS.put(dossier, Actor(id=str(key), **known))
    for key, label in territory.objectives["label"].items():
        if GOALS.find(dossier, str(key)) is None:
            dossier = GOALS.put(dossier, Goal(id=str(key), label=label))
    part = dossier.consultation
    stances, influences = (
        {str(actor): {str(key): int(value) for key, value in row.items()} for actor, row in table.iterrows()}
        for table in (territory.positions, territory.influences)
    )
    return dossier.but(
        consultation=part.but(stances=stances | part.stances, influences=influences | part.influences)
    )


def options_from(lines: Iterable[str], old: tuple[Option, ...]) -> tuple[Option, ...]:
    """Return one option for each line, those already there with their id, so that their ballots stay.

    A line that takes the place of another, when their number is the same, is the same option renamed.
    """
    labels = list(dict.fromkeys(line.strip() for line in lines if line.strip()))
    known = {option.label: option.id for option in old}
    renamed = len(labels) == len(old)
    taken: set[str] = {known[label] for label in labels if label in known}
    options = []
    for place, label in enumerate(labels):
        identifier = known.get(label, old[place].id if renamed and old[place].id not in taken else "")
        if not identifier:
            stem, number = slug(label), 1
            identifier = stem
            while identifier in taken:
                number += 1
                identifier = f"{stem}-{number}"
        taken.add(identifier)
        options.append(Option(id=identifier, label=label))
    return tuple(options)


def paper_of(vote: Vote) -> Paper:
    """Return the ballot paper of a vote."""
    return Paper(vote.rule, tuple(option.label for option in vote.options), vote.grades or GRADES)


def ballots_table(vote: Vote) -> pd.DataFrame:
    """Return the ballots by option label, NaN where a person does not say."""
    rows = [[ballot.get(option.id, math.nan) for option in vote.options] for ballot in vote.ballots]
    return pd.DataFrame(rows, columns=[option.label for option in vote.options], dtype=float)


def with_ballots(vote: Vote, values: pd.DataFrame) -> Vote:
    """Return the vote with more ballots, from a table by option label."""
    ids = {option.label: option.id for option in vote.options}
    more = [
        {ids[str(label)]: float(value) for label, value in row.items() if not math.isnan(value)}
        for _, row in values.iterrows()
    ]
    return vote.but(ballots=(*vote.ballots, *more))


def results(vote: Vote) -> dict[str, pd.DataFrame]:
    """Return the table of each rule that the ballots allow; options that nobody judged are left out.

    Raises
    ------
    InputError
        If no ballot says anything.
    """
    values = ballots_table(vote)
    known = values.loc[:, values.notna().any()]
    if vote.rule == "judgement" and len(known.columns):
        return rules_from_grades(known, list(vote.grades or GRADES))
    if vote.rule == "ranking":
        return rules_from_rankings(values)
    if vote.rule == "points":
        return rules_from_points(values)
    return {APPROVAL: approval(values)}
