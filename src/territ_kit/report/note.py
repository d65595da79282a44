"""One page for an elected official: what is decided, what it costs, what is asked of them."""

from __future__ import annotations

from territ_kit.dossier import Dossier
from territ_kit.french import fr
from territ_kit.planning.cofunding import programme_funding
from territ_kit.report.paper import Paper
from territ_kit.report.programme import UNTITLED, euros, kept_actions, priorities
from territ_kit.territory import Territory

MOST_ACTIONS = 5
DECISIONS = (
    "Délibérer sur le programme et son financement.",
    "Désigner un élu référent.",
    "Fixer la date du premier comité de pilotage, et y siéger.",
)
"""What an elected official can decide, whatever the programme."""


def make(dossier: Dossier, territory: Territory) -> bytes:
    """Return the note, as a docx file of one page for a programme of usual size."""
    paper = Paper(f"{territory.short_name} : note à l’élu", territory.banner)
    paper.head("Pourquoi", 2)
    needs = [one for one in dossier.diagnosis.needs if one.kept and one.title]
    if needs:
        paper.list(one.title for one in needs[:3])
    else:
        paper.missing("les besoins, à l’étape « Diagnostiquer ».")
    paper.head("Ce que nous proposons", 2)
    chosen = priorities(dossier)
    if chosen:
        paper.list(chosen.values(), numbered=True)
    else:
        paper.missing("les priorités, à l’étape « Prioriser ».")
    actions = kept_actions(dossier)
    if actions:
        paper.say(
            f"Les premières actions, sur {len(actions)} :" if len(actions) > MOST_ACTIONS else "Les actions :"
        )
        first = sorted(actions, key=lambda one: one.start or len(actions) * 12)[:MOST_ACTIONS]
        paper.list(f"{one.title or UNTITLED}{f' ({one.pilot})' if one.pilot else ''}" for one in first)
    _money(paper, dossier, territory)
    paper.head("Ce qui dépend de vous", 2)
    paper.list(DECISIONS)
    paper.head("Ce que nous ne savons pas", 2)
    paper.say(
        "Aucune étude ne garantit l’effet d’une coordination locale sur la santé. Le programme dit ce qu’il "
        "mesurera, et quand il vous rendra compte."
    )
    return paper.content()


def _money(paper: Paper, dossier: Dossier, territory: Territory) -> None:
    paper.head("Ce que cela coûte", 2)
    programme = dossier.programme
    plan = programme_funding(programme, kept_actions(dossier))
    if not plan.cost_eur:
        paper.missing("les coûts, à l’étape « Planifier ».")
        return
    yearly = plan.cost_eur / programme.years
    paper.say(
        f"{euros(plan.cost_eur)} sur {programme.years} ans, soit {euros(yearly)} par an "
        f"et {fr(yearly / territory.population, 2, unit='€')} par habitant et par an. {plan.verdict()}"
    )
    payers = plan.table().query("`Total (€)` > 0")
    paper.table(
        ("Qui paie", "Sur tout le programme"),
        [(str(row["Financeur"]), euros(row["Total (€)"])) for _, row in payers.iterrows()],
        numeric=(1,),
    )
