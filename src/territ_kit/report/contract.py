"""A framework contract to be completed with the signatories, prepared from the programme.

The articles are ours; only what the law asks of a contrat local de santé is told as such, with its source.
"""

from __future__ import annotations

from territ_kit.dossier import Dossier
from territ_kit.french import fr
from territ_kit.planning.cofunding import programme_funding
from territ_kit.report.paper import Paper
from territ_kit.report.programme import funding_table, kept_actions, priorities
from territ_kit.territory import Territory

BLANK = "[à compléter]"
LEGAL = (
    "L’agence régionale de santé (ARS) et la collectivité signent un contrat local de santé (CLS). "
    "D’autres signataires peuvent les rejoindre (article L. 1434-10, IV, du code de la santé publique).",
    "Le contrat garantit la participation des usagers (même article).",
    "Il comporte un volet santé mentale, qui tient compte du projet territorial de santé mentale "
    "(loi n° 2022-217, article 122).",
)
"""What the law asks, in our words; to be checked against the text in force."""


def make(dossier: Dossier, territory: Territory) -> bytes:
    """Return the framework, as a docx file; what the dossier does not know is left to be completed."""
    programme = dossier.programme
    paper = Paper(f"{territory.short_name} : trame de contrat-cadre", territory.banner)
    paper.say(
        "Cette trame prépare la discussion entre signataires. Elle ne remplace pas une relecture juridique. "
        "Vérifiez chaque texte sur Légifrance."
    )
    paper.head("Ce que la loi demande", 2)
    paper.list(LEGAL)
    paper.head("Article 1 : les signataires", 2)
    carrier = programme.carrier or BLANK
    paper.table(
        ("Signataire", "Représenté par", "Ce à quoi il s’engage"),
        [(carrier, BLANK, BLANK), ("Agence régionale de santé", BLANK, BLANK), (BLANK, BLANK, BLANK)],
        "Signataires",
    )
    paper.head("Article 2 : le territoire et les publics", 2)
    publics = sorted({one.public for one in kept_actions(dossier) if one.public})
    paper.say(f"Territoire du contrat : {territory.name}, {territory.departement}.")
    paper.list(publics or [BLANK])
    paper.head("Article 3 : les priorités et les axes", 2)
    paper.list(priorities(dossier).values() or [BLANK], numbered=True)
    paper.list(f"Axe : {one.label}" for one in programme.axes)
    paper.head("Article 4 : les actions", 2)
    rows = [(one.title or BLANK, one.pilot or BLANK, one.partners or BLANK) for one in kept_actions(dossier)]
    paper.table(
        ("Action", "Pilote", "Partenaires"),
        rows or [(BLANK,) * 3],
        "Les actions du contrat",
        widths=(5, 3, 4),
    )
    paper.head("Article 5 : la gouvernance", 2)
    paper.list(
        [
            f"Comité de pilotage : composition {BLANK}, présidence {BLANK}, {BLANK} réunions par an.",
            f"Comité technique : composition {BLANK}.",
            f"Place des habitants et des usagers : {_participation(dossier)}",
            f"Coordination : {fr(programme.fte)} équivalent temps plein, structure porteuse : {carrier}.",
        ]
    )
    paper.head("Article 6 : le financement", 2)
    plan = programme_funding(programme, kept_actions(dossier))
    if plan.cost_eur:
        funding_table(paper, plan)
        paper.say(plan.verdict())
    else:
        paper.missing("le plan de cofinancement.")
    paper.head("Article 7 : le suivi et l’évaluation", 2)
    paper.list([one.text for one in programme.enquiries] or [BLANK])
    paper.say(f"Les signataires se rendent compte une fois par an, le {BLANK}.")
    paper.head("Article 8 : la durée", 2)
    paper.say(
        f"Le contrat dure {programme.years} ans à compter du {BLANK} {programme.start_year}. "
        f"Il est modifié par avenant, et prend fin {BLANK}."
    )
    paper.head("Signatures", 2)
    paper.say(f"Fait à {BLANK}, le {BLANK}.")
    return paper.content()


def _participation(dossier: Dossier) -> str:
    titles = [one.title for one in dossier.consultation.activities if one.title]
    return " ; ".join(titles) if titles else BLANK
