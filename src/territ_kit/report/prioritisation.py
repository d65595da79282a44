"""What the report says of the fourth step: criteria, scores, order, what turns it, priorities."""

from __future__ import annotations

import pandas as pd

from territ_kit.dossier import Candidate, Dossier
from territ_kit.errors import InputError
from territ_kit.french import fr
from territ_kit.prioritisation.multicriteria import METHODS, rank
from territ_kit.prioritisation.pearl import to_rework
from territ_kit.prioritisation.robustness import rank_chances, smallest_change
from territ_kit.report.paper import Paper


def write(paper: Paper, dossier: Dossier) -> None:
    """Write the part « Les priorités »."""
    paper.head("Les priorités", new_page=True)
    part = dossier.prioritisation
    if not part.candidates:
        paper.missing("aucun besoin n’est encore à classer à l’étape « Prioriser ».")
        return
    _criteria(paper, dossier)
    _scores(paper, dossier)
    _chosen(paper, dossier)
    _rework(paper, part.candidates)


def _criteria(paper: Paper, dossier: Dossier) -> None:
    criteria = dossier.prioritisation.criteria
    if not criteria:
        return
    paper.head("Ce qui compte pour le groupe", 2)
    paper.table(
        ("Critère", "Ce qu’il veut dire", "Points sur 100"),
        [(one.label, one.explanation, fr(one.weight)) for one in criteria],
        "Les critères et leurs points",
        widths=(3, 7, 2),
        numeric=(2,),
    )


def _scores(paper: Paper, dossier: Dossier) -> None:
    part = dossier.prioritisation
    scored = [one for one in part.candidates if all(c.id in one.scores for c in part.criteria)]
    if not (part.criteria and scored):
        paper.missing("les notes de chaque besoin sur chaque critère.")
        return
    labels = {one.id: one.label for one in scored}
    scores = pd.DataFrame({one.id: one.scores for one in scored}).T[[c.id for c in part.criteria]]
    doubt = pd.DataFrame({one.id: one.doubt for one in scored}).T.reindex_like(scores).fillna(0.0)
    weights, senses = [c.weight for c in part.criteria], [c.sense for c in part.criteria]
    method = part.method if part.method in METHODS else "weighted_sum"
    try:
        ranked = rank(scores, weights, senses, method=method)
        named, around = scores.rename(labels), doubt.rename(labels)
        chances = rank_chances(named, weights, doubt=around, senses=senses)
    except InputError as error:
        paper.missing(str(error))
        return
    paper.head("Le classement, et s’il tient", 2)
    paper.table(
        ("Besoin", "Rang", *(c.label for c in part.criteria), "En tête, sur 100 essais"),
        [
            (
                labels[str(one)],
                fr(row["rank"]),
                *(fr(float(scores[c.id][str(one)])) for c in part.criteria),
                fr(100 * chances.first[labels[str(one)]], 0),
            )
            for one, row in ranked.iterrows()
        ],
        f"Les notes, de 0 à 10, et le rang ({METHODS[method].label})",
        widths=(5, 1, *([1.6] * len(part.criteria)), 2),
        numeric=range(1, len(part.criteria) + 3),
    )
    paper.say(chances.sentence)
    if len(scored) > 1:
        paper.say(smallest_change(named, weights, senses).sentence)
    paper.say(
        f"Essais : {fr(chances.draws)} tirages de tous les poids possibles, et des notes dans la limite de "
        "leur doute (hypothèse pédagogique)."
    )


def _chosen(paper: Paper, dossier: Dossier) -> None:
    part = dossier.prioritisation
    paper.head("Ce que le groupe retient", 2)
    labels = {one.id: one.label for one in part.candidates}
    rows = [(labels[one], part.reasons.get(one, "")) for one in part.chosen if one in labels]
    if not rows:
        paper.missing("les priorités retenues, et pourquoi.")
        return
    paper.table(
        ("Rang", "Priorité", "Pourquoi"),
        [(fr(place), *row) for place, row in enumerate(rows, 1)],
        "Les priorités retenues",
        widths=(1, 5, 6),
    )
    left = [labels[one.id] for one in part.candidates if one.id not in part.chosen]
    if left:
        paper.say("Besoins connus, qui ne sont pas retenus cette fois :")
        paper.list(left)


def _rework(paper: Paper, candidates: tuple[Candidate, ...]) -> None:
    failing = [one for one in candidates if not all(one.hanlon.pearl.values())]
    if not failing:
        return
    paper.head("À retravailler avant d’agir", 2)
    for one in failing:
        paper.say(one.label, bold=True)
        paper.say(to_rework(one.hanlon.pearl))
        paper.say(one.hanlon.rework)
