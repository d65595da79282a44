"""What people say: themes by kind of person, who has not been heard, whether new voices still bring news.

Words stand beside figures with the same rank. Counting voices says how widely a theme is shared among those
who were heard, never how many inhabitants it concerns: nobody drew them by lot.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from territ_kit.diagnosis.checks import check_codes, check_columns
from territ_kit.errors import InputError
from territ_kit.french import count, listing

KINDS = {
    "resident": "habitants",
    "professional": "professionnels",
    "elected": "élus",
    "association": "associations",
    "other": "autres",
}
WAYS = {
    "interview": "entretien",
    "walk": "marche exploratoire",
    "focus_group": "groupe de parole",
    "survey": "enquête",
    "case": "parole du cas",
    "meeting": "réunion",
}
FEW_NEWS = 3
"""Voices without a new theme after which a group may think that it has heard the main things."""

_COLUMNS = ["who", "kind", "themes"]


def count_themes(voices: pd.DataFrame) -> pd.DataFrame:
    """Return how many voices speak of each theme, by kind of person.

    Parameters
    ----------
    voices : DataFrame
        One row a voice. `who` (a role), `kind` ("resident", "professional", "elected", "association",
        "other"), `themes` (a list of themes; a theme counts once a voice).

    Returns
    -------
    DataFrame by theme
        One column a kind (numbers of voices), `total`, and `kinds` (how many kinds speak of it). The most
        shared first: by kinds, then by voices, then by name.

    Raises
    ------
    InputError
        If a column is absent, a kind is unknown, or themes are not a list.

    Examples
    --------
    >>> voices = pd.DataFrame({
    ...     "who": ["une habitante", "un infirmier"], "kind": ["resident", "professional"],
    ...     "themes": [["droits", "soins"], ["soins"]],
    ... })
    >>> count_themes(voices)[["resident", "professional", "total", "kinds"]].loc["soins"].tolist()
    [1, 1, 2, 2]
    """
    themes = _themes(voices)
    pairs = [
        (theme, kind) for said, kind in zip(themes, voices["kind"], strict=True) for theme in sorted(said)
    ]
    names = sorted({theme for theme, _ in pairs})
    table = pd.DataFrame(0, index=pd.Index(names, name="theme"), columns=list(KINDS))
    for theme, kind in pairs:
        table.loc[theme, kind] += 1
    spoken = table[list(KINDS)]
    table["total"], table["kinds"] = spoken.sum(axis=1), (spoken > 0).sum(axis=1)
    return table.sort_values(["kinds", "total"], ascending=False, kind="stable")


def _themes(voices: pd.DataFrame) -> list[set[str]]:
    check_columns("voices", voices, _COLUMNS)
    check_codes("kind", voices["kind"], KINDS)
    wrong = [
        type(said) for said in voices["themes"] if isinstance(said, str) or not isinstance(said, Collection)
    ]
    if wrong:
        raise InputError(
            "« themes » contient autre chose que des listes ; attendu : une liste de thèmes par parole, "
            'même vide. Écrivez par exemple ["droits"].'
        )
    return [set(said) for said in voices["themes"]]


def find_absent(voices: pd.DataFrame, expected: Sequence[str] = tuple(KINDS)[:4]) -> list[str]:
    """Return the kinds of people that nobody heard, in French, in the order expected.

    Parameters
    ----------
    voices : DataFrame
        As in `count_themes`.
    expected : sequence of str
        Kinds that should be heard; by default all but « other ».

    Notes
    -----
    A kind heard is not a public heard: one inhabitant does not speak for apprentices, nor for people without
    a home. Ask the group by name who is missing.

    Examples
    --------
    >>> voices = pd.DataFrame({"who": ["un infirmier"], "kind": ["professional"], "themes": [[]]})
    >>> find_absent(voices)
    ['habitants', 'élus', 'associations']
    """
    check_columns("voices", voices, _COLUMNS)
    heard = set(voices["kind"])
    return [KINDS[kind] for kind in expected if kind not in heard]


@dataclass(frozen=True)
class Saturation:
    """Whether new voices still bring new themes.

    Attributes
    ----------
    observed : ndarray of int
        Number of different themes after each voice, in the order in which they were heard.
    expected : ndarray of float
        The same on average over every order.
    since_news : int
        Voices heard since the last new theme.
    reached : bool
        Whether `FEW_NEWS` voices brought nothing new.
    sentence : str
        French.
    """

    observed: NDArray[np.int64]
    expected: NDArray[np.float64]
    since_news: int
    reached: bool
    sentence: str


def saturation(voices: pd.DataFrame) -> Saturation:
    """Return how the number of different themes grows with the number of voices.

    Parameters
    ----------
    voices : DataFrame
        As in `count_themes`, in the order in which they were heard.

    Notes
    -----
    The average over every order needs no drawing of lots: a theme told by m voices out of n is absent from
    k of them with the chance C(n − m, k) / C(n, k). Saturation among people who are alike says nothing of
    those who were not heard; three voices is a teaching threshold.

    Examples
    --------
    >>> voices = pd.DataFrame({"who": "x", "kind": "resident", "themes": [["a"], ["a", "b"], ["b"]]})
    >>> found = saturation(voices)
    >>> found.observed.tolist(), found.expected.round(2).tolist(), found.since_news
    ([1, 2, 2], [1.33, 2.0, 2.0], 1)
    """
    themes = _themes(voices)
    number = len(themes)
    told: dict[str, int] = {}
    observed, last = [], 0
    for place, said in enumerate(themes, 1):
        if said - set(told):
            last = place
        for theme in said:
            told[theme] = told.get(theme, 0) + 1
        observed.append(len(told))
    expected = np.zeros(number)
    for times in told.values():
        expected += 1 - _absent(number, times)
    since = number - last
    return Saturation(
        np.array(observed, dtype=np.int64), expected, since, since >= FEW_NEWS and bool(told),
        _say(number, len(told), since),
    )  # fmt: skip


def _absent(number: int, times: int) -> NDArray[np.float64]:
    """Return the chance that a theme told by `times` voices is absent from the first 1, 2… `number`."""
    taken = np.arange(number)
    shares = np.maximum(number - times - taken, 0) / (number - taken)
    return np.asarray(np.cumprod(shares), dtype=np.float64)


def _say(number: int, themes: int, since: int) -> str:
    if not themes:
        return "Aucun thème n’est encore noté. Reprenez chaque parole : de quoi parle-t-elle ?"
    heard = f"{count(number, 'parole')} : {count(themes, 'thème différent', 'thèmes différents')}."
    if since >= FEW_NEWS:
        return (
            f"{heard} Les {since} dernières n’apportent rien de nouveau. "
            "Allez maintenant vers ceux qui n’ont pas été entendus."
        )
    return f"{heard} Les dernières apportent encore du neuf : continuez à écouter."


def describe(voices: pd.DataFrame, names: dict[str, str] | None = None) -> str:
    """Return in French what these voices share, and who is missing.

    Parameters
    ----------
    voices : DataFrame
        As in `count_themes`.
    names : dict of str, optional
        French names of the themes, by the codes used in `themes`.
    """
    if voices.empty:
        return (
            "Aucune parole n’est encore notée. Commencez par une personne que vos chiffres ne montrent pas."
        )
    counts = count_themes(voices)
    shared = [str((names or {}).get(theme, theme)) for theme in _names(counts[counts["kinds"] > 1])]
    said = (
        f"Plusieurs sortes de personnes parlent des mêmes thèmes : {listing(shared)}."
        if shared
        else "Aucun thème n’est encore dit par deux sortes de personnes."
    )
    absent = find_absent(voices)
    return f"{said} Pas encore entendus : {listing(absent)}." if absent else said


def _names(table: pd.DataFrame) -> list[Any]:
    return table.index.tolist()
