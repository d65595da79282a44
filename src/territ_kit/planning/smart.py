"""SMART: five letters looked for in an objective, each with what was found and the question to ask.

The reading is a set of documented word rules, not a judgement. A person decides.

References
----------
Doran G. T. (1981). There's a S.M.A.R.T. way to write management's goals and objectives. Management Review 70,
35-36. Several words are in use for A and R; those kept here are « atteignable » and « relié à un besoin ».
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from territ_kit.french import count, listing
from territ_kit.planning.parts import ObjectivePart, number_in, plain, year_in

HIDING_VERBS = (
    "sensibiliser", "organiser", "informer", "communiquer", "promouvoir", "mettre en place",
    "mettre en oeuvre", "animer", "mener", "creer", "developper", "proposer", "realiser", "distribuer",
    "diffuser", "accompagner", "soutenir", "former", "poursuivre", "favoriser", "contribuer", "participer",
    "travailler", "reflechir",
)  # fmt: skip
"""Verbs (folded by `plain`) that say what the team does and hide what changes for people."""

_VAGUE_PUBLICS = (
    "tous", "tout public", "tout le monde", "toute la population", "la population", "population generale",
    "grand public", "les habitants", "habitants", "les jeunes", "jeunes", "les personnes agees", "usagers",
)  # fmt: skip
_ALL_OR_NOTHING = ("eradiquer", "supprimer", "eliminer", "plus aucun", "zero ")


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of SMART.

    Attributes
    ----------
    letter, word : str
        « S », « Spécifique ».
    looked_for : str
        What the reading looked for, in French.
    found : bool
    says : str
        What it found, or did not.
    question : str
        To put to the group; "" when the letter is there.
    """

    letter: str
    word: str
    looked_for: str
    found: bool
    says: str
    question: str = ""


@dataclass(frozen=True, slots=True)
class SmartReading:
    """The five letters of one objective, and what to say of them together."""

    letters: tuple[Letter, ...]
    summary: str
    advice: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The letters to work on."""
        return tuple(letter.letter for letter in self.letters if not letter.found)

    def table(self) -> pd.DataFrame:
        """Return one row a letter, French columns."""
        rows = [
            (f"{one.letter} · {one.word}", "trouvé" if one.found else "à préciser", one.says, one.question)
            for one in self.letters
        ]
        return pd.DataFrame(rows, columns=["Lettre", "Lecture", "Ce qui est lu", "Question à se poser"])


def is_vague_public(public: str) -> bool:
    """Tell whether a public is so wide that nobody knows whether it has been reached.

    Examples
    --------
    >>> is_vague_public("Les jeunes"), is_vague_public("Apprentis de 16 à 18 ans")
    (True, False)
    """
    return plain(public).strip(" .") in _VAGUE_PUBLICS


def hiding_verb(text: str) -> str:
    """Return the verb that opens an objective if it hides what changes, else "".

    Examples
    --------
    >>> hiding_verb("Sensibiliser les jeunes à l’alcool"), hiding_verb("D’ici 2029, réduire l’attente")
    ('sensibiliser', '')
    """
    start = plain(text).strip()
    return next((verb for verb in HIDING_VERBS if start.startswith((f"{verb} ", f"{verb},"))), "")


def smart(
    objective: ObjectivePart, *, first_year: int | None = None, last_year: int | None = None
) -> SmartReading:
    """Read an objective letter by letter: specific, measurable, attainable, relevant, dated.

    Parameters
    ----------
    objective : ObjectivePart
        Its indicator holds the baseline, the target, the date and the source, as texts.
    first_year, last_year : int, optional
        Of the programme: a date outside them is told.

    Returns
    -------
    SmartReading

    Notes
    -----
    S: a public that is not everyone, and a first verb that is not in `HIDING_VERBS`. M: an indicator, a
    baseline and a target with figures, a source. A: a move between the two figures that keeps within 0 to
    100 %, and is not more than a doubling, a halving, all or nothing; this asks for a discussion and forbids
    nothing. R: an objective above, or for a general one the axis it serves. T: a year, within the programme.
    A general objective gives a direction: its letters are read all the same, and the advice says so.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> indicator = SimpleNamespace(
    ...     label="Part connaissant un lieu d’écoute", kind="outcome", baseline="22 %", target="40 %",
    ...     date="décembre 2029", source="enquête au CFA",
    ... )
    >>> reading = smart(SimpleNamespace(
    ...     id="o", text="Les apprentis connaissent un lieu d’écoute", level="specific", under="g",
    ...     public="Apprentis de 16 à 18 ans", indicator=indicator,
    ... ))
    >>> reading.missing, reading.summary
    ((), 'Les cinq lettres sont là. Relisez l’objectif à voix haute devant les personnes concernées.')
    """
    letters = (
        _specific(objective),
        _measurable(objective),
        _attainable(objective),
        _relevant(objective),
        _timed(objective, first_year, last_year),
    )
    missing = [f"{one.letter} ({one.word.lower()})" for one in letters if not one.found]
    if not missing:
        summary = "Les cinq lettres sont là. Relisez l’objectif à voix haute devant les personnes concernées."
    else:
        summary = f"{count(5 - len(missing), 'lettre')} sur 5. À préciser : {', '.join(missing)}."
    advice = ""
    if objective.level == "general":
        advice = (
            "Un objectif général donne une direction, sans chiffre obligatoire. "
            "Ce sont les objectifs spécifiques et opérationnels qui demandent les cinq lettres."
        )
    return SmartReading(letters, summary, advice)


def _specific(objective: ObjectivePart) -> Letter:
    looked = "un public précis, et un verbe qui dit ce qui change"
    verb, public = hiding_verb(objective.text), objective.public.strip()
    said, asked = [], []
    if not objective.text.strip():
        said.append("L’objectif n’est pas écrit.")
        asked.append("Qu’est-ce qui aura changé, et pour qui ?")
    elif verb:
        said.append("Le premier verbe dit ce que vous faites, pas ce qui change.")
        asked.append(
            "Combien de personnes, et avant quand ?"
            if objective.level == "operational"
            else "Qu’est-ce qui aura changé pour ces personnes ?"
        )
    if not public:
        said.append("Le public n’est pas nommé.")
        asked.append("Pour qui, précisément ?")
    elif is_vague_public(public):
        said.append(f"« {public} » est trop large : on ne saura pas qui a été touché.")
        asked.append("Qui d’abord : quel âge, quel lieu, quelle situation ?")
    if said:
        return Letter("S", "Spécifique", looked, found=False, says=" ".join(said), question=" ".join(asked))
    return Letter(
        "S", "Spécifique", looked, found=True, says=f"Public : {public}. Le verbe dit un changement."
    )


def _measurable(objective: ObjectivePart) -> Letter:
    looked = "un indicateur, un point de départ, une cible et une source"
    indicator = objective.indicator
    holes = [
        name
        for name, there in [
            ("l’indicateur", indicator.label.strip()),
            ("le point de départ chiffré", number_in(indicator.baseline) is not None),
            ("la cible chiffrée", number_in(indicator.target) is not None),
            ("la source", indicator.source.strip()),
        ]
        if not there
    ]
    if holes:
        return Letter(
            "M", "Mesurable", looked, found=False,
            says=f"Il manque {listing(holes)}.",
            question="Quel chiffre regarderez-vous, d’où part-il, et qui le produit ?",
        )  # fmt: skip
    says = f"{indicator.label} : de {indicator.baseline} à {indicator.target}. Source : {indicator.source}."
    return Letter("M", "Mesurable", looked, found=True, says=says)


def _attainable(objective: ObjectivePart) -> Letter:
    looked = "un écart ni nul ni démesuré entre le point de départ et la cible"
    indicator = objective.indicator
    start, end = number_in(indicator.baseline), number_in(indicator.target)
    question = ""
    whole = end == 100 and "%" in indicator.target
    if whole or any(words in plain(f"{objective.text} {indicator.target}") for words in _ALL_OR_NOTHING):
        says, question = "La cible est tout ou rien.", "Quelle part du chemin ferez-vous avec vos moyens ?"
    elif start is None or end is None:
        says, question = "Sans les deux chiffres, l’ambition ne se lit pas.", "De combien à combien ?"
    elif start == end:
        says, question = (
            "La cible est égale au point de départ.",
            "Voulez-vous un progrès, ou éviter une baisse ?",
        )
    elif "%" in indicator.target and not 0 <= end <= 100:
        says, question = (
            f"La cible vaut {indicator.target} : une part reste entre 0 et 100 %.",
            "Quelle part visez-vous ?",
        )
    elif start and not 0.5 <= end / start <= 2:
        says, question = (
            "La cible fait plus que doubler, ou réduit de plus de moitié.",
            "Où cela a-t-il déjà été atteint, et avec quels moyens ?",
        )
    else:
        says = "L’écart se discute : il n’est ni nul, ni plus du double, ni moins de la moitié."
    return Letter("A", "Atteignable", looked, found=not question, says=says, question=question)


def _relevant(objective: ObjectivePart) -> Letter:
    looked = "un objectif au-dessus, auquel celui-ci contribue"
    above = objective.under.strip() or (objective.level == "general" and objective.axis.strip())
    if above:
        return Letter(
            "R", "Relié à un besoin", looked, found=True, says="L’objectif est relié à plus large que lui."
        )
    if objective.level == "general":
        return Letter(
            "R", "Relié à un besoin", "un axe, donc une priorité, que cet objectif sert", found=False,
            says="L’objectif n’est relié à aucun axe.",
            question="À quelle priorité du diagnostic répond-il ?",
        )  # fmt: skip
    return Letter(
        "R", "Relié à un besoin", looked, found=False,
        says="L’objectif n’est relié à aucun autre.",
        question="Si vous l’atteignez, à quoi cela aura-t-il servi ?",
    )  # fmt: skip


def _timed(objective: ObjectivePart, first_year: int | None, last_year: int | None) -> Letter:
    looked = "une année, dans la durée du programme"
    date = objective.indicator.date.strip()
    year = year_in(date) or year_in(objective.text)
    if year is None:
        return Letter(
            "T", "Daté", looked, found=False,
            says=f"« {date} » ne dit pas l’année." if date else "Aucune date n’est écrite.",
            question="Au plus tard quand, avec l’année ?",
        )  # fmt: skip
    if first_year is not None and year < first_year:
        says, question = (
            f"{year} est avant le début du programme ({first_year}).",
            "La date est-elle la bonne ?",
        )
    elif last_year is not None and year > last_year:
        says, question = (
            f"{year} est après la fin du programme ({last_year}).",
            "Que verra-t-on avant la fin ?",
        )
    else:
        return Letter("T", "Daté", looked, found=True, says=f"Échéance : {date or year}.")
    return Letter("T", "Daté", looked, found=False, says=says, question=question)
