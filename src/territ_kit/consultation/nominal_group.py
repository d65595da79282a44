"""Nominal group: everyone writes alone, everyone speaks in turn, the group clarifies, everyone votes.

The four times are told to be verified in DOMAIN's sources; the vote gives 5 points to the idea a person puts
first, then 4, 3, 2, 1.

References
----------
Delbecq A. L., Van de Ven A. H. (1971). A group process model for problem identification and program planning.
Journal of Applied Behavioral Science 7, 466-492. doi:10.1177/002188637100700404
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from territ_kit.consultation.checks import check_between, grid, ranks_from
from territ_kit.errors import InputError


def nominal_vote(votes: Any, *, most: int = 5) -> pd.DataFrame:
    """Return the ideas by their points.

    Parameters
    ----------
    votes : DataFrame or array_like, shape (n_persons, n_ideas)
        Points from `most` (first choice) to 1, each given once at most by a person; NaN or 0 elsewhere.
    most : int
        Number of ideas each person chooses, >= 1.

    Returns
    -------
    DataFrame
        Indexed by idea, the best first: `score`, `rank` (ties share it), `supporters` (persons who chose it).

    Raises
    ------
    InputError
        If a number is no place of the scale, a person uses one twice, or everyone abstains.

    Notes
    -----
    Read points and supporters together: an idea that three people put first and one that nine people put
    fourth can have near scores, and do not call for the same discussion.

    Examples
    --------
    >>> nominal_vote([[5, 4, 3], [3, 5, 0]])["score"].to_dict()
    {1: 9.0, 0: 8.0, 2: 3.0}
    """
    given = grid("votes", votes, row="personne", column="idée")
    check_between(given, 0, most, whole=True, missing=True)
    points = np.nan_to_num(given.numbers)
    for place, row in enumerate(points):
        chosen = row[row > 0]
        if len(set(chosen)) < chosen.size:
            twice = next(int(point) for point in sorted(chosen) if (chosen == point).sum() > 1)
            name = given.rows[place] if given.named else place + 1
            raise InputError(
                f"La personne « {name} » donne deux fois {twice} ; attendu : chaque nombre de points "
                "une seule fois. Demandez-lui laquelle des deux idées passe devant."
            )
    if not points.any():
        raise InputError(
            "Le vote est vide : personne n’a donné de points ; attendu : au moins un vote. "
            "Recueillez les votes, puis recommencez."
        )
    scores = points.sum(axis=0)
    counted = {"score": scores, "rank": ranks_from(scores), "supporters": (points > 0).sum(axis=0)}
    return pd.DataFrame(counted, index=given.columns.rename("idea")).sort_values("rank", kind="stable")
