"""Short sheets of ways to consult: what for, with whom, how long, step by step.

The steps are the kit's own words on common practices of community health; durations and numbers are orders of
size, teaching hypotheses.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MethodSheet:
    """One way to consult.

    Attributes
    ----------
    name, aim, people, needs : str
        French: its name, what it is for, with whom, what is needed.
    minutes : int
        For one meeting.
    steps : tuple of str
        In order.
    trap : str
        What makes it fail.
    rung : str
        Id in `participation.LADDER`: how high it goes when it is held as written.
    """

    name: str
    aim: str
    people: str
    minutes: int
    needs: str
    steps: tuple[str, ...]
    trap: str
    rung: str


METHOD_SHEETS: dict[str, MethodSheet] = {
    "marche": MethodSheet(
        name="Marche exploratoire",
        aim="Voir un lieu avec ceux qui y vivent, et écrire ensemble ce qui gêne et ce qui aide.",
        people="Six à douze habitants, un élu et un technicien qui écoutent.",
        minutes=120,
        needs="Un plan agrandi, des carnets, un appareil photo, une salle pour finir assis.",
        steps=(
            "Choisissez le parcours avec les habitants, et l’heure qui leur pose problème.",
            "Marchez lentement. À chaque arrêt, chacun dit ce qu’il voit, les habitants d’abord.",
            "Notez le lieu, le constat, et la personne à qui en parler.",
            "Au retour, écrivez le compte rendu ensemble, puis relisez-le à voix haute.",
            "Six mois après, refaites le même parcours avec le compte rendu en main.",
        ),
        trap="Les photos partent sur le site de la mairie, et personne ne répond aux constats.",
        rung="partenariat",
    ),
    "comite": MethodSheet(
        name="Comité d’habitants avec un budget",
        aim="Confier à des habitants une ligne de budget, et la décision qui va avec.",
        people="Dix à quinze habitants, dont la moitié tirée au sort, renouvelés chaque année.",
        minutes=120,
        needs="Une somme écrite dans une délibération, un animateur, une garde d’enfants, un repas.",
        steps=(
            "Faites voter la somme et la règle avant la première réunion.",
            "Le comité écrit ses critères, puis appelle des projets en une page.",
            "Il entend les porteurs, et questionne un technicien sur ce qui est faisable.",
            "Il vote, puis publie ses choix et ses raisons.",
            "Il suit les dépenses, et rend compte en réunion publique.",
        ),
        trap="Un élu garde un droit de refus que personne n’avait annoncé.",
        rung="delegation",
    ),
    "nominal": MethodSheet(
        name="Groupe nominal",
        aim="Faire sortir les idées de tous, même de ceux qui parlent peu, et les classer.",
        people="Six à douze personnes autour d’une seule question, et un animateur.",
        minutes=90,
        needs="Une question écrite, des cartons, un tableau, cinq gommettes numérotées par personne.",
        steps=(
            "Silence, dix minutes : chacun écrit ses idées, seul, une par carton.",
            "Tour de table : chacun lit une idée à la fois, sans débat, jusqu’à la dernière.",
            "Clarification : le groupe demande ce que veut dire une idée, et réunit les doublons.",
            "Vote : chacun choisit cinq idées, et leur donne de 5 à 1 points.",
            "Lecture : regardez les points, et le nombre de personnes qui soutiennent chaque idée.",
        ),
        trap="L’animateur reformule les idées avec ses propres mots.",
        rung="consultation",
    ),
}
"""By id; each is held to the rung it names only if all its steps are."""
