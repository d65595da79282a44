"""The action sheet: its fields, and eight checks that explain themselves.

The fields are composed from public calls for projects, contracts and usual practice; no text fixes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from territ_kit.french import count, fr, listing
from territ_kit.planning.evaluation import missing_fields
from territ_kit.planning.follow_up import is_coordinator
from territ_kit.planning.parts import ActionPart, plain
from territ_kit.planning.smart import is_vague_public

FIELDS = {
    "title": ("Intitulé", "Un verbe et un public, en une ligne."),
    "axis": ("Axe stratégique", "La priorité que l’action sert."),
    "finding": ("Constat et indicateur source", "Le chiffre ou la parole qui la justifie."),
    "objective": ("Objectif", "Ce qui doit changer, pour qui, avant quand."),
    "public": ("Public", "Âge, situation, lieu : qui d’abord ?"),
    "area": ("Territoire", "Communes, quartier prioritaire, établissement."),
    "determinant": ("Déterminant visé", "Accès aux droits, logement, liens, comportements…"),
    "steps": ("Description et étapes", "Ce qui se fait, dans l’ordre."),
    "pilot": ("Pilote", "Une structure et une fonction, pas le coordonnateur."),
    "partners": ("Partenaires", "Qui apporte quoi."),
    "calendar": ("Calendrier", "Début, durée, ce qu’il faut attendre."),
    "budget": ("Budget et cofinancement", "Coût par année, part de chaque financeur."),
    "indicators": ("Indicateurs", "Processus, réalisation, résultat."),
    "links": ("Articulation", "Autres dispositifs, politiques, établissements."),
    "participation": ("Participation", "Comment les personnes concernées y prennent part."),
    "universalism": ("Universalisme proportionné", "Pour tous, et davantage pour ceux qui ont le moins."),
}
"""Field → (French label, what to write), in the order of the sheet."""
_NOTHING = {
    "",
    "aucun",
    "aucune",
    "neant",
    "non",
    "rien",
    "a definir",
    "a preciser",
    "a voir",
    "?",
    "-",
    "nc",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a sheet: whether it is met, what was read, and what to do when it is not."""

    id: str
    label: str
    met: bool
    says: str
    advice: str = ""


def check_sheet(action: ActionPart, *, horizon: int = 36, publics: Sequence[str] = ()) -> tuple[Check, ...]:
    """Read an action sheet against eight checks.

    Parameters
    ----------
    action : ActionPart
    horizon : int
        Months of the programme.
    publics : sequence of str
        Words that the public must hold, for an exercise: « 16-18 », « non scolarisés ». None by default.

    Returns
    -------
    tuple of Check
        public, pilot, outcome, process, calendar, funding, links, participation, always in this order. A met
        check says that the field is there, not that it is good.
    """
    return (
        _public(action, publics),
        _pilot(action),
        _outcome(action),
        _process(action),
        _calendar(action, horizon),
        _funding(action),
        _written("links", "Articulation", action.links, "Avec qui cette action se coordonne-t-elle ?"),
        _written(
            "participation",
            "Participation",
            action.participation,
            "Que décident ou que font les personnes concernées dans cette action ?",
        ),
    )


def summary(checks: Sequence[Check]) -> str:
    """Return in French how many checks are met, and which are left."""
    left = [check.label.lower() for check in checks if not check.met]
    if not left:
        return (
            f"Les {len(checks)} points sont remplis. Reste à juger si l’action peut atteindre son objectif."
        )
    met = len(checks) - len(left)
    return f"{count(met, 'point rempli', 'points remplis')} sur {len(checks)}. À reprendre : {listing(left)}."


def check_table(checks: Sequence[Check]) -> pd.DataFrame:
    """Return one row a check, French columns."""
    rows = [(one.label, "rempli" if one.met else "à reprendre", one.says, one.advice) for one in checks]
    return pd.DataFrame(rows, columns=["Point", "Lecture", "Ce qui est lu", "Que faire"])


def _public(action: ActionPart, publics: Sequence[str]) -> Check:
    public = action.public.strip()
    if not _is_written(public):
        return Check("public", "Public", met=False, says="Le public n’est pas écrit.", advice="Qui d’abord ?")
    if is_vague_public(public):
        return Check(
            "public", "Public", met=False, says=f"« {public} » est trop large.",
            advice="Précisez l’âge, la situation ou le lieu.",
        )  # fmt: skip
    absent = [word for word in publics if plain(word) not in plain(public)]
    if absent:
        return Check(
            "public", "Public", met=False, says=f"Le public ne dit pas : {listing(absent)}.",
            advice="Ajoutez ceux que les actions en place ne touchent pas.",
        )  # fmt: skip
    return Check("public", "Public", met=True, says=f"Public : {public}.")


def _pilot(action: ActionPart) -> Check:
    pilot = action.pilot.strip()
    if not _is_written(pilot):
        return Check(
            "pilot",
            "Pilote",
            met=False,
            says="Personne ne pilote.",
            advice="Qui en rend compte au comité ?",
        )
    if is_coordinator(pilot):
        return Check(
            "pilot", "Pilote", met=False, says="Le coordonnateur est nommé pilote.",
            advice="Cherchez une structure qui porte l’action ; le coordonnateur l’accompagne.",
        )  # fmt: skip
    return Check("pilot", "Pilote", met=True, says=f"Pilote : {pilot}.")


def _outcome(action: ActionPart) -> Check:
    outcomes = [one for one in action.indicators if one.kind == "outcome" and one.label.strip()]
    label = "Indicateur de résultat"
    if not outcomes:
        return Check(
            "outcome", label, met=False, says="Aucun indicateur de résultat.",
            advice="Qu’est-ce qui aura changé pour les personnes ?",
        )  # fmt: skip
    lacks = min((missing_fields(one) for one in outcomes), key=len)
    if lacks:
        return Check(
            "outcome", label, met=False, says=f"Il manque {listing(lacks)}.",
            advice="Un résultat se lit avec un départ, une cible, une date et une source.",
        )  # fmt: skip
    return Check("outcome", label, met=True, says="Départ, cible, date et source sont écrits.")


def _process(action: ActionPart) -> Check:
    there = any(one.kind == "process" and one.label.strip() for one in action.indicators)
    label = "Indicateur de processus"
    if there:
        return Check("process", label, met=True, says="Un indicateur suit la conduite de l’action.")
    return Check(
        "process", label, met=False, says="Aucun indicateur de processus.",
        advice="Comment saurez-vous que l’action se mène comme prévu ?",
    )  # fmt: skip


def _calendar(action: ActionPart, horizon: int) -> Check:
    label = "Calendrier"
    if action.start is None or action.months is None:
        return Check(
            "calendar", label, met=False, says="Le début ou la durée manque.",
            advice="Donnez un premier mois et un nombre de mois.",
        )  # fmt: skip
    end = action.start + action.months - 1
    if end > horizon:
        return Check(
            "calendar", label, met=False,
            says=f"L’action finit au mois {end}, le programme au mois {horizon}.",
            advice="Avancez le début, raccourcissez, ou dites ce qui viendra après.",
        )  # fmt: skip
    return Check("calendar", label, met=True, says=f"Du mois {action.start} au mois {end}, sur {horizon}.")


def _funding(action: ActionPart) -> Check:
    label = "Co-financement"
    cost = sum(action.costs)
    paid = sum(sum(shares) for shares in action.shares.values())
    if not cost:
        return Check(
            "funding", label, met=False, says="Le coût n’est pas écrit.", advice="Combien, année par année ?"
        )  # fmt: skip
    gap = round(cost - paid, 2)
    if abs(gap) >= 1:
        told = (
            f"Il manque {fr(gap, 0, unit='€')}"
            if gap > 0
            else f"Les parts dépassent de {fr(-gap, 0, unit='€')}"
        )
        return Check(
            "funding", label, met=False, says=f"{told} sur {fr(cost, 0, unit='€')}.",
            advice="Les parts additionnées doivent donner le coût.",
        )  # fmt: skip
    return Check("funding", label, met=True, says=f"Les parts couvrent {fr(cost, 0, unit='€')}.")


def _written(identifier: str, label: str, text: str, question: str) -> Check:
    if _is_written(text):
        return Check(identifier, label, met=True, says=text.strip())
    return Check(identifier, label, met=False, says="Ce champ n’est pas rempli.", advice=question)


def _is_written(text: str) -> bool:
    return plain(text).strip(" .") not in _NOTHING
