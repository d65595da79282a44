"""Logic model: means → activities → outputs → outcomes → impact, and the links that break.

References
----------
W. K. Kellogg Foundation (2004). Logic Model Development Guide: the five stages and the « if… then » reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from territ_kit.errors import InputError
from territ_kit.planning.parts import ActionPart, ObjectivePart, ProgrammePart

STAGES = {
    "inputs": "Moyens",
    "activities": "Activités",
    "outputs": "Réalisations",
    "outcomes": "Effets",
    "impact": "Impact",
}
"""From what is spent to what is hoped for, in French."""
STAGE_HELP = {
    "inputs": "Ce que le programme mobilise : personnes, argent, lieux.",
    "activities": "Ce que les équipes font.",
    "outputs": "Ce qui sort directement des activités, et qui se compte.",
    "outcomes": "Ce qui change pour les personnes.",
    "impact": "Ce à quoi le programme contribue, avec d’autres, à plus long terme.",
}


@dataclass(frozen=True, slots=True)
class LogicModel:
    """A logic model, its broken links and the place of each box.

    Attributes
    ----------
    items : DataFrame by `id`
        stage (key of `STAGES`), text, row (place in its column, from 0), broken (bool).
    links : tuple of (str, str)
        Ids, from cause to effect.
    broken : DataFrame
        item (id), kind, sentence: what to mend, in French; `item` is "" for an empty column.
    """

    items: pd.DataFrame
    links: tuple[tuple[str, str], ...]
    broken: pd.DataFrame

    @property
    def summary(self) -> str:
        """Whether the chain holds, in one French sentence."""
        if self.items.empty:
            return "Le modèle logique est vide."
        number = len(self.broken)
        if not number:
            return "La chaîne tient : chaque activité mène à un effet."
        return "Un maillon manque." if number == 1 else f"{number} maillons manquent."


def logic_model(
    items: Mapping[str, tuple[str, str]], links: Iterable[tuple[str, str]], *, tell_empty: bool = True
) -> LogicModel:
    """Return a logic model: boxes laid in their columns, and what breaks the chain.

    Parameters
    ----------
    items : mapping of id to (stage, text)
        Stages are the keys of `STAGES`.
    links : iterable of (str, str)
        From a box to one of a later column.
    tell_empty : bool
        Whether empty columns are told among the broken links.

    Returns
    -------
    LogicModel

    Raises
    ------
    InputError
        A stage is unknown, a link joins an unknown box or goes back.

    Notes
    -----
    A box is broken when no path leads from it to an outcome (means, activities, outputs) or to an impact
    (outcomes, when an impact is written), or when nothing leads to it (outputs, outcomes, impact). In a
    column, boxes follow the mean place of their neighbours, which keeps crossings few.

    Examples
    --------
    >>> model = logic_model(
    ...     {"a": ("activities", "Atelier au CFA"), "o": ("outputs", "60 apprentis rencontrés"),
    ...      "e": ("outcomes", "Les apprentis savent où aller"), "b": ("activities", "Affiches")},
    ...     [("a", "o"), ("o", "e")], tell_empty=False,
    ... )
    >>> model.broken["item"].tolist()
    ['b']
    """
    stages = list(STAGES)
    for identifier, (stage, _) in items.items():
        if stage not in STAGES:
            raise InputError(
                f"« {identifier} » est dans la colonne « {stage} » ; attendu : {', '.join(stages)}. "
                "Choisissez l’une de ces colonnes."
            )
    pairs = tuple(dict.fromkeys((cause, effect) for cause, effect in links))
    place = {identifier: stages.index(stage) for identifier, (stage, _) in items.items()}
    for cause, effect in pairs:
        unknown = next((end for end in (cause, effect) if end not in place), None)
        if unknown is not None:
            raise InputError(
                f"Un lien mène à « {unknown} », qui n’existe pas ; attendu : deux cases du modèle. "
                "Ajoutez cette case, ou retirez le lien."
            )
        if place[cause] >= place[effect]:
            raise InputError(
                f"Le lien de « {items[cause][1]} » vers « {items[effect][1]} » revient en arrière ; "
                "attendu : une case d’une colonne suivante. Inversez le lien, ou changez de colonne."
            )
    broken = _broken(items, pairs, place, tell_empty=tell_empty)
    table = pd.DataFrame(
        [(identifier, *item) for identifier, item in items.items()], columns=["id", "stage", "text"]
    ).set_index("id")
    table["row"] = _rows(items, pairs)
    table["broken"] = table.index.isin(broken["item"])
    return LogicModel(table, pairs, broken)


def programme_logic(programme: ProgrammePart) -> LogicModel:
    """Return the logic model that a programme already holds, without anything typed twice.

    Means are the coordinator's time and the funders of each action; activities are the actions; outputs their
    indicators of this kind; outcomes are the specific objectives, and the outcome indicators of actions that
    serve none; impact is made of the general objectives. An operational objective stands for the one above
    it.
    """
    items: dict[str, tuple[str, str]] = {}
    links: list[tuple[str, str]] = []
    objectives = {one.id: one for one in programme.objectives}
    for one in objectives.values():
        stage = {"general": "impact", "specific": "outcomes"}.get(one.level)
        if stage:
            items[f"objective:{one.id}"] = stage, one.text or "Objectif sans texte"
    for one in objectives.values():
        above = objectives.get(one.under)
        if one.level == "specific" and above is not None and above.level == "general":
            links.append((f"objective:{one.id}", f"objective:{above.id}"))
    for action in programme.actions:
        _add_action(action, objectives, items, links)
    return logic_model(items, links)


def _add_action(
    action: ActionPart,
    objectives: Mapping[str, ObjectivePart],
    items: dict[str, tuple[str, str]],
    links: list[tuple[str, str]],
) -> None:
    activity = f"action:{action.id}"
    items[activity] = "activities", action.title or "Action sans titre"
    means = [("time", "Temps de coordination")] if action.half_days else []
    if sum(action.costs):
        means.append(("money", "Crédits du plan de financement"))
    for key, text in means:
        items[f"input:{key}"] = "inputs", text
        links.append((f"input:{key}", activity))
    served = _served(objectives.get(action.objective), objectives)
    specific = served is not None and served.level == "specific"
    ends = [f"objective:{served.id}"] if served and specific else []
    for place, indicator in enumerate(action.indicators):
        if indicator.kind == "outcome" and not specific and indicator.label:
            ends.append(f"outcome:{action.id}:{place}")
            items[ends[-1]] = "outcomes", indicator.label
            if served:
                links.append((ends[-1], f"objective:{served.id}"))
    outputs = []
    for place, indicator in enumerate(action.indicators):
        if indicator.kind == "output" and indicator.label:
            output = f"output:{action.id}:{place}"
            target = f" : {indicator.target}" if indicator.target else ""
            items[output] = "outputs", f"{indicator.label}{target}"
            outputs.append(output)
    links += [(activity, output) for output in outputs]
    links += [(cause, end) for cause in outputs or [activity] for end in ends]


def _served(objective: ObjectivePart | None, objectives: Mapping[str, ObjectivePart]) -> ObjectivePart | None:
    """Return the specific objective that an action serves, or the general one, climbing if need be."""
    seen: set[str] = set()
    while objective is not None and objective.level == "operational" and objective.id not in seen:
        seen.add(objective.id)
        objective = objectives.get(objective.under)
    return objective if objective is not None and objective.level != "operational" else None


def _broken(
    items: Mapping[str, tuple[str, str]],
    links: Sequence[tuple[str, str]],
    place: Mapping[str, int],
    *,
    tell_empty: bool,
) -> pd.DataFrame:
    stages = list(STAGES)
    forward: dict[str, list[str]] = {identifier: [] for identifier in items}
    fed = set()
    for cause, effect in links:
        forward[cause].append(effect)
        fed.add(effect)
    reaches = {identifier: _reach(identifier, forward, place) for identifier in items}
    filled = {stage for stage, _ in items.values()}
    rows = []
    if tell_empty and items:
        rows = [
            ("", f"empty_{stage}", f"La colonne « {STAGES[stage]} » est vide. {STAGE_HELP[stage]}")
            for stage in stages
            if stage not in filled
        ]
    outcome, impact = stages.index("outcomes"), stages.index("impact")
    for identifier in sorted(items, key=lambda one: place[one]):
        stage, text = items[identifier]
        if place[identifier] < outcome and not reaches[identifier] & {outcome, impact}:
            rows.append(
                (
                    identifier,
                    "leads_nowhere",
                    f"« {text} » ne mène à aucun effet : à quoi sert-elle ?"
                    if stage == "activities"
                    else f"« {text} » ne mène à aucun effet.",
                )
            )
        elif stage == "outcomes" and "impact" in filled and impact not in reaches[identifier]:
            rows.append((identifier, "leads_nowhere", f"« {text} » ne mène à aucun objectif général."))
        if place[identifier] >= stages.index("outputs") and identifier not in fed:
            asked = {"outputs": "quelle activité la produit ?"}.get(stage, "qu’est-ce qui le produit ?")
            rows.append((identifier, "comes_from_nowhere", f"Rien ne mène à « {text} » : {asked}"))
    return pd.DataFrame(rows, columns=["item", "kind", "sentence"])


def _reach(start: str, forward: Mapping[str, Sequence[str]], place: Mapping[str, int]) -> set[int]:
    """Return the columns that can be reached from a box (columns only grow: no circle is possible)."""
    seen, waiting = set(), [start]
    while waiting:
        for effect in forward[waiting.pop()]:
            if effect not in seen:
                seen.add(effect)
                waiting.append(effect)
    return {place[identifier] for identifier in seen}


def _rows(items: Mapping[str, tuple[str, str]], links: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Return the place of each box in its column: each column is sorted in turn by its neighbours."""
    columns: dict[str, list[str]] = {stage: [] for stage in STAGES}
    for identifier, (stage, _) in items.items():
        columns[stage].append(identifier)
    rows = {identifier: row for column in columns.values() for row, identifier in enumerate(column)}
    near: dict[str, list[str]] = {identifier: [] for identifier in items}
    for cause, effect in links:
        near[cause].append(effect)
        near[effect].append(cause)
    order = [stage for stage in STAGES if columns[stage]]
    for sweep in [pairwise(order), pairwise(reversed(order))] * 2:
        for fixed, moved in sweep:

            def key(identifier: str, fixed: str = fixed) -> float:
                places = [rows[one] for one in near[identifier] if items[one][0] == fixed]
                return sum(places) / len(places) if places else rows[identifier]

            columns[moved].sort(key=key)
            rows.update({identifier: row for row, identifier in enumerate(columns[moved])})
    return rows
