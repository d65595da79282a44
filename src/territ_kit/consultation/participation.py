"""Participation: on which rung of the ladder an activity stands, named honestly.

References
----------
Arnstein S. R. (1969). A ladder of citizen participation. Journal of the American Institute of Planners 35,
216-224. doi:10.1080/01944366908977225. The French names of the rungs vary with the translation: screens say
« à vérifier ». The questions and the rule that leads to a rung are the kit's own, a teaching hypothesis.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from territ_kit.errors import InputError

FAMILIES = ("Sans participation", "Participation symbolique", "Pouvoir partagé")


@dataclass(frozen=True, slots=True)
class Rung:
    """One rung of the ladder.

    Attributes
    ----------
    level : int
        1 (manipulation) to 8 (contrôle).
    name : str
    family : str
        One of `FAMILIES`.
    meaning : str
        What people can really do there, in French.
    higher : str
        What would raise the activity by one rung, in French; for the last one, what keeps it there.
    """

    level: int
    name: str
    family: str
    meaning: str
    higher: str


_RUNGS = (
    ("manipulation", "Manipulation", 0, "Leur présence sert à faire accepter un choix déjà fait.",
     "Dites ce qui est décidé, ce qui ne l’est pas, et cessez de citer leur accord."),
    ("therapie", "Thérapie", 0, "On veut les corriger, au lieu de changer ce qui pose problème.",
     "Donnez-leur l’information complète, sur le sujet et sur leurs droits."),
    ("information", "Information", 1, "Ils apprennent ce qui est décidé, sans pouvoir répondre.",
     "Demandez leur avis avant la décision, et gardez une trace de ce qui est dit."),
    ("consultation", "Consultation", 1, "Ils donnent un avis, et l’organisateur en fait ce qu’il veut.",
     "Réservez-leur des sièges, préparez les réunions avec eux, et publiez une réponse à chaque avis."),
    ("apaisement", "Apaisement", 1, "Ils siègent et discutent, sans voix quand on décide.",
     "Donnez-leur une voix qui compte autant que celle des autres."),
    ("partenariat", "Partenariat", 2, "Ils décident avec les autres, selon une règle écrite.",
     "Confiez-leur une décision entière, avec la ligne de budget qui va avec."),
    ("delegation", "Délégation", 2, "Ils décident seuls d’une part du projet, et de son budget.",
     "Confiez-leur l’ensemble : le projet, le budget et la conduite."),
    ("controle", "Contrôle", 2, "Ils conduisent tout le projet et tiennent son budget.",
     "Gardez ce cadre par écrit, et l’argent pour plusieurs années."),
)  # fmt: skip
LADDER: dict[str, Rung] = {
    key: Rung(level, name, FAMILIES[family], meaning, higher)
    for level, (key, name, family, meaning, higher) in enumerate(_RUNGS, 1)
}
"""The eight rungs by id, from the lowest."""


@dataclass(frozen=True, slots=True)
class Question:
    """A plain question on an activity, and its possible answers (id to French words)."""

    words: str
    answers: Mapping[str, str]


QUESTIONS: dict[str, Question] = {
    "when": Question(
        "À quel moment ?", {"before": "Avant la décision", "after": "La décision est déjà prise"}
    ),
    "decides": Question(
        "Qui décide à la fin ?",
        {
            "organiser": "L’organisateur",
            "together": "Tous ensemble, à voix égales",
            "part": "Les participants, sur une part du projet",
            "whole": "Les participants, sur tout le projet",
        },
    ),
    "voice": Question(
        "Que peuvent faire les participants ?",
        {
            "shown": "Être là : leur présence vaut accord",
            "corrected": "Suivre des conseils sur leur conduite",
            "listen": "Écouter",
            "answer": "Donner un avis",
            "sit": "Siéger et discuter",
        },
    ),
    "money": Question(
        "Qui tient l’argent de ce qui est décidé ?",
        {"organiser": "L’organisateur, ou tous ensemble", "participants": "Les participants"},
    ),
    "published": Question("Le résultat est-il publié, avec une réponse ?", {"yes": "Oui", "no": "Non"}),
}
"""What may be asked of an activity, in the order of the page; `questions_for` says what is."""


def questions_for(answers: Mapping[str, str]) -> list[str]:
    """Return the questions that count, given who decides: what people may do, or who holds the money.

    Examples
    --------
    >>> questions_for({"decides": "together"})
    ['when', 'decides', 'published']
    """
    decides = answers.get("decides", "")
    needed = {"voice": decides == "organiser", "money": decides in {"part", "whole"}}
    return [key for key in QUESTIONS if needed.get(key, True)]


@dataclass(frozen=True, slots=True)
class Level:
    """Where an activity stands.

    Attributes
    ----------
    rung : str
        Id in `LADDER`.
    reason : str
        What in the answers leads there, a French sentence.
    warnings : tuple of str
        What weakens it, in French.
    higher : str
        What would raise it by one rung.
    gap : int
        Rungs between what was announced and this one: above 0 when more was promised; 0 without announcement.
    """

    rung: str
    reason: str
    warnings: tuple[str, ...]
    higher: str
    gap: int


def participation_level(answers: Mapping[str, str], *, announced: str = "") -> Level:
    """Return the rung on which an activity stands, from plain answers.

    Parameters
    ----------
    answers : mapping of str to str
        Answer id by question id, for the questions of `questions_for`; others are not read.
    announced : str
        Id in `LADDER` of what the organiser calls it; "" when nothing was announced.

    Returns
    -------
    Level

    Raises
    ------
    InputError
        If a question has no answer, or an answer or a rung is not known.

    Notes
    -----
    The decision comes first: who decides, then with which money, then what people may do. A rung is no mark:
    informing well is better than a partnership in name only.

    Examples
    --------
    A committee of users spends 10 000 € as it decides:

    >>> level = participation_level(
    ...     {"when": "before", "decides": "part", "money": "participants", "published": "yes"},
    ...     announced="partenariat",
    ... )
    >>> level.rung, level.gap
    ('delegation', -1)
    """
    _check(answers, announced)
    rung, reason = _rung(answers)
    gap = LADDER[announced].level - LADDER[rung].level if announced else 0
    return Level(rung, reason, tuple(_warnings(answers, rung, gap)), LADDER[rung].higher, gap)


def _rung(answers: Mapping[str, str]) -> tuple[str, str]:
    """Return the first rung whose condition is met, and why."""
    decides, voice = answers["decides"], answers.get("voice")
    alone, purse = decides in {"part", "whole"}, answers.get("money") == "participants"
    rules = (
        (alone and not purse, "partenariat", "Les participants décident, mais ils ne tiennent pas l’argent."),
        (decides == "whole", "controle", "Les participants décident de tout et tiennent le budget."),
        (alone, "delegation", "Les participants décident d’une part du projet et tiennent son budget."),
        (decides == "together", "partenariat", "La décision se prend ensemble, à voix égales."),
        (
            voice == "shown",
            "manipulation",
            "La présence des participants vaut accord, et ils ne disent rien.",
        ),
        (voice == "corrected", "therapie", "L’activité veut changer les participants, pas leur situation."),
        (voice == "listen", "information", "Les participants écoutent, et l’organisateur décide."),
        (
            answers["when"] == "after",
            "information",
            "La décision est déjà prise : l’avis ne peut plus rien changer.",
        ),
        (voice == "answer", "consultation", "Les participants donnent un avis, et l’organisateur décide."),
        (True, "apaisement", "Les participants siègent et discutent, et l’organisateur décide."),
    )
    return next((rung, reason) for met, rung, reason in rules if met)


def _warnings(answers: Mapping[str, str], rung: str, gap: int) -> list[str]:
    said = []
    if gap > 0:
        said.append("L’annonce promet plus que les faits : changez le mot, ou changez la règle.")
    if answers["published"] == "no" and LADDER[rung].level > 2:
        said.append("Le résultat n’est pas publié : personne ne sait ce que les avis ont changé.")
    if answers["when"] == "after" and answers["decides"] != "organiser":
        said.append("La décision est déjà prise : vérifiez ce qu’il reste vraiment à décider.")
    return said


def _check(answers: Mapping[str, str], announced: str) -> None:
    for key in questions_for(answers):
        question = QUESTIONS[key]
        if key not in answers:
            raise InputError(
                f"La question « {question.words} » n’a pas de réponse ; attendu : une réponse à chacune. "
                "Répondez-y, même à peu près."
            )
        if answers[key] not in question.answers:
            raise InputError(
                f"« {key} » vaut « {answers[key]} » ; attendu : {', '.join(question.answers)}. "
                "Choisissez l’une de ces réponses."
            )
    if announced and announced not in LADDER:
        raise InputError(
            f"« announced » vaut « {announced} » ; attendu : {', '.join(LADDER)}. Choisissez un barreau."
        )
