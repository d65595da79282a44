"""The output of the diagnosis: an argued, ranked list of needs, each with its evidence and what it lacks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from territ_kit.diagnosis.checks import check_codes, check_columns, check_unique
from territ_kit.diagnosis.needs import LEVELS, NEED, READINGS, TO_DOCUMENT
from territ_kit.french import count, fr, listing

EVIDENCE = {"figure": "chiffre", "words": "paroles", "action": "action", "resource": "ressource"}
"""French names of the four kinds of evidence; none ranks above another."""

STRENGTH = (
    "sans preuve",
    "une sorte d’appui",
    "deux sortes d’appuis",
    "trois sortes d’appuis",
    "quatre sortes d’appuis",
)
"""French words, by number of kinds of evidence that agree."""

ORDER_RULE = (
    "D’abord la lecture : angle mort, saturation, à documenter, réponse en place, rien à signaler.",
    "Puis le besoin le plus fort.",
    "Puis le plus d’appuis différents, et le plus de personnes entendues.",
    "À égalité, votre ordre reste.",
)
"""The order in French: show it; the group may change it."""

_MISSING = {
    "figure": "un chiffre",
    "words": "la parole de personnes concernées",
    "action": "ce qui se fait déjà",
    "resource": "les ressources sur place",
}


def rank_needs(needs: pd.DataFrame, evidence: pd.DataFrame) -> pd.DataFrame:
    """Return the needs ranked, each with how strongly it is argued and what is missing.

    Parameters
    ----------
    needs : DataFrame
        `id` (unique), `title` (French), `need` (level of `needs.LEVELS`) and `reading` (of `needs.READINGS`,
        "" when it has none yet).
    evidence : DataFrame
        One row a piece. `need` (an id), `kind` ("figure", "words", "action", "resource"), `source` (who says
        it). Pieces of a need that is not there are left out.

    Returns
    -------
    DataFrame by id, ranked
        `title`, `need`, `reading`, `rank` (from 1); `figure`, `words`, `action`, `resource`: numbers of
        pieces from different sources; `strength` (0 to 4: kinds of evidence that are there); `argued` (French
        words of the strength), `missing` (list of kinds), `sentence` (French).

    Raises
    ------
    InputError
        If a column is absent, an id comes twice, or a code is unknown.

    Notes
    -----
    Evidence is crossed (triangulation): two kinds that agree weigh more than ten pieces of one kind. Two
    pieces of the same kind from the same source count once; a source left empty is one source. The order is
    in words in `ORDER_RULE`; it is stable, and no score is made of it.

    Examples
    --------
    >>> needs = pd.DataFrame({"id": ["a", "b"], "title": ["A", "B"], "need": "high", "reading": "blind_spot"})
    >>> evidence = pd.DataFrame({"need": "b", "kind": ["figure", "words"], "source": ["CPAM", "Une mère"]})
    >>> rank_needs(needs, evidence)[["rank", "argued"]].to_dict("index")
    {'b': {'rank': 1, 'argued': 'deux sortes d’appuis'}, 'a': {'rank': 2, 'argued': 'sans preuve'}}
    """
    check_columns("needs", needs, ["id", "title", "need", "reading"])
    check_columns("evidence", evidence, ["need", "kind", "source"])
    check_unique("needs", needs, ["id"])
    check_codes("need", needs["need"], NEED)
    check_codes("reading", needs["reading"], {"": "pas encore lu", **READINGS})
    check_codes("kind", evidence["kind"], EVIDENCE)
    pieces = evidence.drop_duplicates(["need", "kind", "source"])
    numbers = pd.crosstab(pieces["need"], pieces["kind"]) if len(pieces) else pd.DataFrame()
    numbers = numbers.reindex(index=needs["id"], columns=list(EVIDENCE), fill_value=0).astype(int)
    ranked = needs.set_index("id")[["title", "need", "reading"]].join(numbers)
    ranked["strength"] = (numbers > 0).sum(axis=1)
    ranked["argued"] = ranked["strength"].map(lambda kinds: STRENGTH[kinds])
    ranked["missing"] = [[kind for kind in EVIDENCE if not row[kind]] for row in ranked.to_dict("records")]
    ranked["sentence"] = [_explain(row) for row in ranked.to_dict("records")]
    reading = ranked["reading"].replace("", TO_DOCUMENT).map(list(READINGS).index).to_numpy()
    level = ranked["need"].map(LEVELS.index).to_numpy()
    order = np.lexsort((
        np.arange(len(ranked)), -ranked["words"].to_numpy(), -ranked["strength"].to_numpy(), -level, reading
    ))  # fmt: skip
    ranked = ranked.iloc[order]
    ranked["rank"] = np.arange(1, len(ranked) + 1)
    return ranked


def _explain(row: dict[Any, Any]) -> str:
    """Return how strongly one need is argued, and what would argue it better."""
    there = [f"{EVIDENCE[kind]} ({fr(row[kind])})" for kind in EVIDENCE if row[kind]]
    said = f"{row['argued'][:1].upper()}{row['argued'][1:]}"
    if there:
        said += f" : {listing(there)}"
    missing = listing([_MISSING[kind] for kind in row["missing"]])
    return f"{said}. Manque : {missing}." if missing else f"{said}."


def summarise(ranked: pd.DataFrame) -> str:
    """Return in French how well the whole list is argued.

    Parameters
    ----------
    ranked : DataFrame
        From `rank_needs`.

    Examples
    --------
    >>> summarise(pd.DataFrame({"strength": [3, 1, 0]}))
    '1 besoin sur 3 repose sur deux appuis différents ou plus.'
    """
    if ranked.empty:
        return "Aucun besoin n’est encore écrit. Commencez par croiser besoins, ressources et actions."
    crossed = int((ranked["strength"] >= 2).sum())
    if not crossed:
        return "Aucun besoin ne repose encore sur deux appuis différents."
    verb = "reposent" if crossed > 1 else "repose"
    return f"{count(crossed, 'besoin')} sur {fr(len(ranked))} {verb} sur deux appuis différents ou plus."
