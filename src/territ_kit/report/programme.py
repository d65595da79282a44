"""What the report says of the last two steps: priorities, axes, action sheets, calendar, money, follow-up."""

from __future__ import annotations

from territ_kit.dossier import Action, Dossier
from territ_kit.errors import InputError
from territ_kit.french import fr, listing
from territ_kit.planning.action_sheet import FIELDS
from territ_kit.planning.cofunding import Cofunding, programme_funding
from territ_kit.planning.evaluation import KINDS, evaluation_plan
from territ_kit.planning.follow_up import STATES, board
from territ_kit.planning.objectives import objective_tree
from territ_kit.planning.programme import calendar, month_name
from territ_kit.planning.workload import workload
from territ_kit.report import pictures
from territ_kit.report.paper import Paper
from territ_kit.territory import Territory

UNTITLED, WHOLE = "Action sans titre", "Tout le territoire"


def kept_actions(dossier: Dossier) -> list[Action]:
    """Return the actions that stay in the programme."""
    return [action for action in dossier.programme.actions if action.chosen]


def priorities(dossier: Dossier) -> dict[str, str]:
    """Return the priorities that the group has chosen: label by id, in their order."""
    part = dossier.prioritisation
    labels = {one.id: one.label for one in part.candidates}
    return {one: labels[one] for one in part.chosen if one in labels}


def euros(amount: float) -> str:
    """Return an amount, without cents."""
    return fr(amount, 0, unit="€")


def write(paper: Paper, dossier: Dossier, territory: Territory) -> None:
    """Write the part « Le programme »."""
    paper.head("Axes et objectifs", new_page=True)
    programme, actions = dossier.programme, kept_actions(dossier)
    if not (programme.axes or programme.objectives or programme.actions):
        paper.missing("rien n’est encore écrit à l’étape « Planifier ».")
        return
    _objectives(paper, dossier)
    paper.head("Fiches actions", new_page=True)
    if not actions:
        paper.missing("aucune action n’est encore retenue.")
    for place, action in enumerate(actions):
        paper.head(action.title or UNTITLED, 2, new_page=place > 0)
        _sheet(paper, dossier, action, territory)
    paper.head("Calendrier et temps de coordination", new_page=True)
    _calendar(paper, dossier, actions)
    paper.head("Plan de cofinancement", new_page=True)
    _money(paper, dossier, actions)
    paper.head("Suivi et évaluation", new_page=True)
    _follow_up(paper, dossier, actions)
    _evaluation(paper, dossier, actions)


def _objectives(paper: Paper, dossier: Dossier) -> None:
    programme, chosen = dossier.programme, priorities(dossier)
    if not (programme.axes or programme.objectives):
        paper.missing("aucun axe ni aucun objectif n’est encore écrit.")
    if programme.axes:
        paper.table(
            ("Axe stratégique", "Priorité à laquelle il répond"),
            [(one.label, chosen.get(one.priority, "")) for one in programme.axes],
            "Les axes du programme",
        )
    if not programme.objectives:
        return
    pictures.logic_model(paper, dossier)
    rows = objective_tree(programme.objectives).rows
    by_id = {one.id: one.indicator for one in programme.objectives}
    paper.table(
        ("N°", "Objectif", "Niveau", "Indicateur, départ, cible et échéance"),
        [
            (
                row["number"],
                row["text"],
                row["level"],
                ", ".join(
                    filter(None, (by_id[one].label, by_id[one].baseline, by_id[one].target, by_id[one].date))
                ),
            )
            for one, row in ((str(one), row) for one, row in rows.iterrows())
        ],
        "Les objectifs, du plus général au plus opérationnel",
        widths=(1, 6, 2, 5),
    )


def _sheet(paper: Paper, dossier: Dossier, action: Action, territory: Territory) -> None:
    programme = dossier.programme
    axes = {one.id: one.label for one in programme.axes}
    objectives = {one.id: one.text for one in programme.objectives}
    said = {name: str(getattr(action, name)) for name in FIELDS if hasattr(action, name)}
    said |= {
        "axis": axes.get(action.axis, ""),
        "objective": objectives.get(action.objective, ""),
        "area": str(territory.area_names().get(action.area, action.area)) if action.area else WHOLE,
        "calendar": _when(action, dossier),
        "budget": _budget(action, dossier),
        "indicators": "\n".join(
            f"{KINDS[one.kind].capitalize()} : {one.label}"
            f"{f', de {one.baseline} à {one.target}' if one.baseline and one.target else ''}"
            f"{f', {one.date}' if one.date else ''}{f' ({one.source})' if one.source else ''}"
            for one in action.indicators
            if one.label
        ),
    }
    paper.sheet("Contenu", [(label, said[name]) for name, (label, _) in FIELDS.items() if name != "title"])


def _when(action: Action, dossier: Dossier) -> str:
    programme = dossier.programme
    titles = {one.id: one.title for one in programme.actions}
    parts = []
    if action.start:
        parts.append(f"à partir de {month_name(action.start, programme.start_year)}")
    if action.months:
        parts.append(f"pendant {action.months} mois")
    if action.after:
        waited = listing([f"« {titles.get(one, one)} »" for one in action.after])
        parts.append(f"après {waited}")
    said = ", ".join(parts)
    return said[:1].upper() + said[1:]


def _budget(action: Action, dossier: Dossier) -> str:
    if not sum(action.costs):
        return ""
    names = {one.id: one.name for one in dossier.programme.funders}
    yearly = ", ".join(f"année {year} : {euros(cost)}" for year, cost in enumerate(action.costs, 1) if cost)
    shares = [f"{names.get(one, one)} : {euros(sum(paid))}" for one, paid in action.shares.items()]
    missing = sum(action.costs) - sum(sum(paid) for paid in action.shares.values())
    if missing > 0:
        shares.append(f"Reste à trouver : {euros(missing)}")
    return "\n".join([f"Coût : {euros(sum(action.costs))} ({yearly})", *shares])


def _calendar(paper: Paper, dossier: Dossier, actions: list[Action]) -> None:
    programme = dossier.programme
    kept = {one.id for one in actions}
    timed = [one.but(after=tuple(other for other in one.after if other in kept)) for one in actions]
    try:
        plan = calendar(timed, horizon=12 * programme.years)
    except InputError as error:
        paper.missing(str(error))
        return
    if not plan.end:
        paper.missing("aucune action n’a de durée.")
        return
    load = workload(
        plan,
        {one.id: one.half_days for one in actions},
        fte=programme.fte,
        half_days_per_fte=programme.half_days_per_fte,
        running=programme.running,
    )
    pictures.calendar(paper, plan, load, programme.start_year)
    paper.say(load.summary())
    paper.list(plan.notes["sentence"])


def _money(paper: Paper, dossier: Dossier, actions: list[Action]) -> None:
    try:
        plan = programme_funding(dossier.programme, actions)
    except InputError as error:
        paper.missing(str(error))
        return
    if not plan.cost_eur:
        paper.missing("aucun coût n’est écrit.")
        return
    paper.say(plan.verdict(), bold=True)
    pictures.budget(paper, plan, dossier.programme.start_year)
    funding_table(paper, plan)
    lines = plan.lines
    paper.table(
        ("Ligne", "Coût", "Financé", "Reste à trouver"),
        [
            (row["title"], euros(row["cost"]), euros(row["granted"]), euros(row["missing"]))
            for _, row in lines.iterrows()
        ],
        "Le coût de chaque ligne",
        widths=(6, 2, 2, 2),
        numeric=(1, 2, 3),
    )
    if len(plan.breaches):
        paper.head("Règles à revoir", 2)
        paper.list(f"{row['sentence']} Source : {row['source']}." for _, row in plan.breaches.iterrows())


def funding_table(paper: Paper, plan: Cofunding) -> None:
    """Write who pays what, year by year; a ceiling is « au plus »."""
    capped = set(plan.ceilings["funder"].map(plan.funders)) if len(plan.ceilings) else set()
    table = plan.table()
    rows = []
    for row in table.itertuples(index=False):
        name, *amounts, share = row
        said = f"{name} (au plus, à confirmer)" if name in capped else str(name)
        rows.append((said, *(fr(amount, 0) for amount in amounts), fr(share, 0)))
    paper.table(
        tuple(table.columns),
        rows,
        "Qui paie quoi, par année",
        widths=(4, *([2] * (len(table.columns) - 1))),
        numeric=range(1, len(table.columns)),
    )


def _follow_up(paper: Paper, dossier: Dossier, actions: list[Action]) -> None:
    states = dossier.programme.follow_up
    if not states:
        return
    last = max(one.meeting for one in states)
    now = board(actions, states, last)
    paper.head(f"État des actions au comité de pilotage n° {last}", 2)
    paper.say(now.summary())
    paper.table(
        ("Action", "Pilote", "État", "Cause", "Décision", "Prochaine date"),
        [
            (
                row["title"],
                row["pilot"],
                STATES[row["state"]],
                row["cause"],
                row["decision"],
                row["next_date"],
            )
            for _, row in now.table.iterrows()
        ],
        "Le tableau de suivi",
        widths=(4, 3, 2, 3, 3, 2),
    )
    if len(now.to_decide):
        paper.say("À décider par le comité de pilotage :", bold=True)
        paper.list(now.to_decide["sentence"])


def _evaluation(paper: Paper, dossier: Dossier, actions: list[Action]) -> None:
    programme = dossier.programme
    plan = evaluation_plan(actions, programme.objectives, months=12 * programme.years)
    paper.head("Indicateurs", 2)
    paper.say(plan.summary())
    if len(plan.table):
        table = plan.french_table()
        paper.table(
            tuple(table.columns),
            table.astype(str).to_numpy().tolist(),
            "Le plan d’évaluation",
            widths=(4, 4, 2, 2, 2, 2, 2, 3),
        )
    if programme.enquiries:
        paper.head("Questions d’évaluation", 2)
        paper.table(
            ("Question", "Critère", "Pour qui", "Comment", "Quand"),
            [(one.text, one.criterion, one.public, one.how, one.date) for one in programme.enquiries],
            "Ce que l’évaluation devra dire",
            widths=(5, 2, 3, 4, 2),
        )
