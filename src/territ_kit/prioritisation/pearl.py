"""PEARL: five questions that an answer must pass as it is written, or be reworked.

References
----------
Pickett G., Hanlon J. J. (1990). Public Health: Administration and Practice, 9th ed. Times Mirror/Mosby.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from territ_kit.errors import InputError
from territ_kit.french import count, listing
from territ_kit.prioritisation.checks import by_label, plain


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the filter.

    Attributes
    ----------
    word, asks, rework : str
        Its name, the question put to the group, and what to rework when the answer is no.
    """

    word: str
    asks: str
    rework: str


PEARL = {
    "P": Question(
        "pertinence",
        "Est-ce à nous d’agir ?",
        "cherchez qui peut porter la réponse, ou la part qui vous revient",
    ),
    "E": Question(
        "économie",
        "La dépense va-t-elle avec l’effet attendu ?",
        "cherchez une forme moins coûteuse, ou un effet plus grand",
    ),
    "A": Question(
        "acceptabilité",
        "Les personnes concernées l’acceptent-elles ?",
        "réécrivez la réponse avec les personnes concernées",
    ),
    "R": Question(
        "ressources",
        "Avons-nous, ou aurons-nous, les personnes et l’argent ?",
        "cherchez un partenaire, un financeur ou une étape plus petite",
    ),
    "L": Question(
        "légalité",
        "La loi le permet-elle ?",
        "réécrivez la réponse dans un cadre permis, avec l’accord des personnes",
    ),
}
"""By letter: propriety, economics, acceptability, resources, legality."""


def to_rework(pearl: Mapping[str, bool]) -> str:
    """Return what to rework, in French; "" when no answer is no.

    Parameters
    ----------
    pearl : mapping of letter to bool
        Letters of `PEARL`; a question without an answer yet says nothing.

    Raises
    ------
    InputError
        If a letter is not one of the five.

    Examples
    --------
    >>> to_rework({"P": True, "L": True})
    ''
    """
    for letter in pearl:
        if letter not in PEARL:
            raise InputError(
                f"« {letter} » n’est pas une question du filtre ; attendu : {listing(list(PEARL))}. "
                "Corrigez la lettre."
            )
    failed = [question for letter, question in PEARL.items() if not pearl.get(letter, True)]
    if not failed:
        return ""
    words = listing([question.word for question in failed])
    todo = " ".join(f"{question.rework[0].upper()}{question.rework[1:]}." for question in failed)
    return f"0 en {words} : la réponse est à retravailler, le besoin reste. {todo} Puis repassez le filtre."


def passes(pearl: Any, needs: int) -> NDArray[np.float64]:
    """Return D of each need: 1 when no answer is 0, else 0.

    Parameters
    ----------
    pearl : array_like of 0/1 or bool, shape (needs, 5) or (needs,), or None
        None passes all.
    needs : int

    Raises
    ------
    InputError
        If the shape or the letters do not fit, or an answer is neither 0 nor 1.

    Examples
    --------
    >>> passes([[1, 1, 1, 1, 1], [1, 1, 1, 1, 0]], 2).tolist()
    [1.0, 0.0]
    """
    if pearl is None:
        return np.ones(needs)
    if isinstance(pearl, pd.DataFrame):
        pearl = by_label("filtre", pearl.T, pd.Index(list(PEARL))).T
    try:
        answers = np.atleast_1d(np.asarray(pearl, dtype=float))
    except (TypeError, ValueError):
        raise InputError(
            "Le filtre contient autre chose que des 0 et des 1 ; attendu : cinq réponses par besoin, ou une "
            "seule. Écrivez 1 pour oui, 0 pour non."
        ) from None
    if needs == 1 and answers.shape == (len(PEARL),):
        answers = answers[None, :]
    if answers.shape not in {(needs,), (needs, len(PEARL))}:
        raise InputError(
            f"Le filtre a la forme {answers.shape} pour {count(needs, 'besoin')} ; attendu : cinq réponses "
            "par besoin, ou une seule. Complétez les réponses."
        )
    if not np.isin(answers, (0, 1)).all():
        wrong = answers[~np.isin(answers, (0, 1))][0]
        said = "est vide" if np.isnan(wrong) else f"vaut {plain(wrong)}"
        raise InputError(
            f"Une réponse du filtre {said} ; attendu : 0 ou 1. "
            "On ne négocie pas un 0 : retravaillez l’action, puis repassez le filtre."
        )
    return np.asarray(answers.min(axis=1) if answers.ndim == 2 else answers, dtype=float)
