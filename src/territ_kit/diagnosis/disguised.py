"""A solution told as if it were a problem: patterns that suggest it, never decide it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

QUESTION = "Que se passe-t-il, pour qui, parce que cela manque ?"

# Read on text without accents or capitals; each has the words shown to the person.
_PATTERNS = (
    (r"\bil (?:nous |leur |y )?(?:manque|faut|faudrait)\b", "« il manque », « il faut »"),
    (r"\bon (?:a besoin|devrait|doit|veut)\b", "« on a besoin », « on devrait »"),
    (r"\b(?:absence|manque) d", "« absence de », « manque de »"),
    (r"\bpas assez d(?:e |')", "« pas assez de »"),
    (r"\b(?:creer|ouvrir|installer|embaucher|recruter|organiser|developper|financer|renforcer"
     r"|mettre en place)\b",
     "un verbe d’action"),
    (r"\b(?:campagnes?|bus|maisons? de sante|centres? de sante|plaquettes?|affiches?|forums?|mediateurs?"
     r"|plateformes?|msp|cls)\b", "un moyen déjà choisi"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What in a statement looks like a solution, and the question to ask back (both French)."""

    sign: str
    question: str = QUESTION


def spot_solution(text: str) -> Suspicion | None:
    """Return what makes a statement look like a disguised solution, or None.

    Parameters
    ----------
    text : str
        One statement of a problem tree, in French.

    Returns
    -------
    Suspicion or None
        The sign found, and a question for the group; None says that no sign was found, not that the
        statement is a problem.

    Notes
    -----
    The patterns are those of spoken French: « il manque », « il faut », « absence de », « pas assez de », a
    verb of action, or a means that is already chosen (a bus, a campaign, a health centre). They suggest and
    never decide: « le bus ne passe plus le soir » is a cause, and is suspected too.

    Examples
    --------
    >>> spot_solution("Il manque un bus santé").sign
    '« il manque », « il faut »'
    >>> spot_solution("32 % d’adultes sans médecin traitant") is None
    True
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    plain = re.sub(r"\s+", " ", plain.replace("’", "'"))
    return next((Suspicion(sign) for pattern, sign in _PATTERNS if re.search(pattern, plain)), None)
