"""The ballot paper: what people are asked, and what a cell of a ballot may hold."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from territ_kit.consultation.voting import GRADES
from territ_kit.french import fr

Kind = Literal["judgement", "ranking", "points", "approval"]

KINDS: dict[str, str] = {
    "judgement": "Une mention par option",
    "ranking": "Un classement des options",
    "points": "Des points à répartir",
    "approval": "Oui ou non à chaque option",
}
"""What each kind asks, in French."""

_NO_ANSWER = {"", "nsp", "?", "-", "–", "—", "abstention", "blanc", "je ne sais pas", "ne sait pas"}
_YES, _NO = {"oui", "o", "1", "x", "vrai", "true"}, {"non", "n", "0", "faux", "false"}


@dataclass(frozen=True, slots=True)
class Paper:
    """What people are asked.

    Attributes
    ----------
    kind : {"judgement", "ranking", "points", "approval"}
        A cell is a grade (word, initials such as « TB », or number from 1 = worst), a rank from 1 = best,
        points, or yes and no (« oui », « x », 1).
    options : tuple of str
        Their names; () when the first row of a table of ballots gives them.
    grades : tuple of str
        From worst to best.
    budget : float
        Most points on a ballot.

    Examples
    --------
    >>> paper = Paper("judgement")
    >>> paper.value("très bien"), paper.value("AB"), paper.value("1"), paper.value("nsp")
    (4.0, 2.0, 0.0, nan)
    """

    kind: Kind
    options: tuple[str, ...] = ()
    grades: tuple[str, ...] = GRADES
    budget: float = 100

    def value(self, written: str) -> float:
        """Return what a cell holds: position of the grade, rank, points, 1 or 0; NaN if it says nothing.

        Raises
        ------
        ValueError
            The cell breaks a rule, which is the message.
        """
        said = plain(written)
        if said in _NO_ANSWER:
            return math.nan
        if self.kind == "judgement":
            return self._grade(said)
        if self.kind == "approval":
            if said not in _YES | _NO:
                raise ValueError("La réponse est oui ou non.")
            return float(said in _YES)
        return self._number(said)

    @property
    def remedy(self) -> str:
        """What to write in a cell."""
        remedies: dict[Kind, str] = {
            "judgement": f"Écrivez {', '.join(self.grades)}, ou un nombre de 1 à {len(self.grades)}.",
            "approval": "Écrivez oui, non, ou laissez vide.",
            "ranking": "Écrivez 1 pour la préférée, 2 pour la suivante.",
            "points": "Écrivez un nombre, par exemple 20.",
        }
        return remedies[self.kind]

    def refusals(self, ballot: Sequence[float]) -> Iterator[tuple[str, str, str]]:
        """Yield what a whole ballot breaks: the value, the rule, the remedy."""
        known = [value for value in ballot if not math.isnan(value)]
        if self.kind == "points" and sum(known) > self.budget * (1 + 1e-12):
            rule = f"Un bulletin donne {fr(self.budget)} points au plus."
            yield fr(sum(known)), rule, "Demandez à la personne ce qu’elle enlève."
        if self.kind == "ranking" and max(known, default=0) > len(ballot):
            rule = f"Le dernier rang est {len(ballot)}, le nombre d’options."
            yield fr(max(known)), rule, "Classez à partir de 1, sans sauter de rang."

    def _grade(self, said: str) -> float:
        initials = [re.sub(r"(\w)\w*\W*", r"\1", plain(grade)) for grade in self.grades]
        for place, grade in enumerate(self.grades):
            short = initials[place] if initials.count(initials[place]) == 1 else ""
            if said in {plain(grade), str(place + 1), short}:
                return float(place)
        raise ValueError("Cette mention n’est pas sur le bulletin.")

    def _number(self, said: str) -> float:
        try:
            value = float(said.replace(" ", "").replace(",", "."))
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise ValueError("Un nombre est attendu.")
        if self.kind == "ranking" and (value < 1 or value != int(value)):
            raise ValueError("Un rang est un nombre entier, à partir de 1.")
        if value < 0:
            raise ValueError("Un nombre de points n’est jamais négatif.")
        return value


def plain(words: str) -> str:
    """Return words in small letters, without accents nor double spaces.

    Examples
    --------
    >>> plain(" Très  Bien"), plain("N°")
    ('tres bien', 'no')
    """
    bare = unicodedata.normalize("NFKD", words.casefold().replace("°", "o"))
    return " ".join("".join(letter for letter in bare if not unicodedata.combining(letter)).split())
