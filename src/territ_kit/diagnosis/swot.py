"""Strengths, weaknesses, opportunities, threats: sorted by two questions, crossed, checked for balance."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from territ_kit.diagnosis.checks import check_codes, check_columns
from territ_kit.french import listing

SIDES = {
    "strength": "Forces",
    "weakness": "Faiblesses",
    "opportunity": "Opportunités",
    "threat": "Menaces",
}
IN_OUR_HANDS = "Dépend-il de nous, acteurs du projet, ou nous arrive-t-il du dehors ?"
HELPS = "Nous aide-t-il, ou nous gêne-t-il ?"
"""The two questions that sort a point: first inside or outside, then helpful or not."""

CROSSINGS = {
    ("strength", "opportunity"): "S’appuyer sur « {inside} » pour saisir « {outside} ».",
    ("strength", "threat"): "S’appuyer sur « {inside} » pour se protéger de « {outside} ».",
    ("weakness", "opportunity"): "Saisir « {outside} » pour corriger « {inside} ».",
    ("weakness", "threat"): "Éviter que « {outside} » n’aggrave « {inside} ».",
}
"""What each meeting of the inside and the outside calls for (French)."""

MANY_TIMES = 3  # one side three times as long as another deserves a question

_PEOPLE = re.compile(
    r"\d[\s\u00a0\u202f]?%|\bhabitants?\b|\badultes?\b|\bjeunes\b|\benfants?\b|\bpersonnes âgées\b|"
    r"\bisolement\b|\bmortalité\b|\brenonce|\bsans (?:médecin|droits|emploi)\b|\bpauvreté\b|"
    r"\bmal-être\b|\bsuicides?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing to look at again: the point it is about ("" for the whole) and a French sentence."""

    point: str
    sentence: str


def place(*, ours: bool, helps: bool) -> str:
    """Return the side that the two questions lead to.

    Parameters
    ----------
    ours : bool
        Whether it depends on the people of the project (`IN_OUR_HANDS`).
    helps : bool
        Whether it helps them (`HELPS`).

    Examples
    --------
    >>> place(ours=True, helps=False)
    'weakness'
    """
    if ours:
        return "strength" if helps else "weakness"
    return "opportunity" if helps else "threat"


def check_swot(points: pd.DataFrame) -> list[Caution]:
    """Return what unbalances the four lists, and the weaknesses that may be needs.

    Parameters
    ----------
    points : DataFrame
        Columns `text` (French) and `side` ("strength", "weakness", "opportunity", "threat").

    Returns
    -------
    list of Caution
        Empty sides first, then a side much longer than another, then weaknesses that speak of the health or
        the life of people instead of the project: those are needs.

    Raises
    ------
    InputError
        If a column is absent or a side is unknown.

    Notes
    -----
    A weakness is spotted as a need by its words (a percentage, inhabitants, isolation, mortality…): it
    suggests and never decides.

    Examples
    --------
    >>> points = pd.DataFrame({"text": ["32 % d’adultes sans médecin"], "side": ["weakness"]})
    >>> check_swot(points)[-1].point
    '32 % d’adultes sans médecin'
    """
    check_columns("points", points, ["text", "side"])
    check_codes("side", points["side"], SIDES)
    numbers = points["side"].value_counts().reindex(list(SIDES), fill_value=0)
    warnings = []
    empty = [SIDES[side].lower() for side in SIDES if numbers[side] == 0]
    if empty and len(points):
        warnings.append(Caution("", f"Rien encore dans : {listing(empty)}. Posez la question au groupe."))
    longest, shortest = str(numbers.idxmax()), str(numbers.idxmin())
    if numbers[shortest] and numbers[longest] >= MANY_TIMES * numbers[shortest]:
        warnings.append(
            Caution(
                "",
                f"Il y a {numbers[longest]} {SIDES[longest].lower()} et seulement {numbers[shortest]} "
                f"{_noun(shortest, int(numbers[shortest]))}. Le groupe regarde-t-il d’un seul côté ?",
            )
        )
    for text in points.loc[points["side"] == "weakness", "text"]:
        if _PEOPLE.search(str(text)):
            said = "Est-ce une faiblesse de vos organisations, ou un besoin des habitants ?"
            warnings.append(Caution(str(text), f"« {text} » : {said} Un besoin va avec les besoins."))
    return warnings


def _noun(side: str, number: int) -> str:
    noun = SIDES[side].lower()
    return noun if number > 1 else noun.removesuffix("s")


def cross_points(points: pd.DataFrame) -> pd.DataFrame:
    """Return what each meeting of an inside point and an outside point calls for.

    Parameters
    ----------
    points : DataFrame
        As in `check_swot`.

    Returns
    -------
    DataFrame
        `inside`, `outside` (the two texts), `inside_side`, `outside_side`, `sentence` (French, a beginning
        for the group to keep or drop). Strengths first, opportunities first, in the order of the rows.

    Examples
    --------
    >>> points = pd.DataFrame({"text": ["l’ASV", "le contrat"], "side": ["strength", "opportunity"]})
    >>> cross_points(points)["sentence"][0]
    'S’appuyer sur « l’ASV » pour saisir « le contrat ».'
    """
    check_columns("points", points, ["text", "side"])
    check_codes("side", points["side"], SIDES)
    texts = {side: points.loc[points["side"] == side, "text"].astype(str).tolist() for side in SIDES}
    rows = [
        (inside, outside, first, second, sentence.format(inside=inside, outside=outside))
        for (first, second), sentence in CROSSINGS.items()
        for inside in texts[first]
        for outside in texts[second]
    ]
    columns = ["inside", "outside", "inside_side", "outside_side", "sentence"]
    return pd.DataFrame(rows, columns=columns)
