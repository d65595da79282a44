"""What is really done in a zone: how many actions, for how many people, which ones repeat each other."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from territ_kit.diagnosis.checks import check_codes, check_columns

STATES = {"running": "régulière", "occasional": "ponctuelle", "announced": "annoncée"}
ONE_IN = 20
"""A regular answer reaches at least one person in need out of this many (teaching assumption)."""


def find_repeats(actions: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the pairs of actions that do the same for the same people.

    Two actions repeat each other when they have the same public, and the same place or the same hours; one
    that is only announced repeats nothing.

    Parameters
    ----------
    actions : DataFrame
        Of one theme in one zone. Columns `title`, `public`, `place`, `schedule`, `state` (running,
        occasional, announced).

    Returns
    -------
    list of (str, str)
        Titles.

    Raises
    ------
    InputError
        If a column is absent, or a state is unknown.

    Examples
    --------
    >>> actions = pd.DataFrame({
    ...     "title": ["Cuisine", "Goûter"], "public": "6 à 11 ans", "place": ["Centre", "Centre"],
    ...     "schedule": ["Mercredi", "Mardi"], "state": "running",
    ... })
    >>> find_repeats(actions)
    [('Cuisine', 'Goûter')]
    """
    check_columns("actions", actions, ["title", "public", "place", "schedule", "state"])
    check_codes("state", actions["state"], STATES)
    done = actions[actions["state"] != "announced"]
    return [
        (str(one["title"]), str(other["title"]))
        for one, other in combinations(done.to_dict("records"), 2)
        if one["public"] == other["public"]
        and (one["place"] == other["place"] or one["schedule"] == other["schedule"])
    ]


def action_levels(facts: pd.DataFrame) -> pd.Series[str]:
    """Return the level of action of each cell, from its facts.

    Parameters
    ----------
    facts : DataFrame
        One row a cell. `regular` and `occasional`: numbers of actions, announced ones left out; `people`:
        reached in a year by the regular ones; `in_need`: people in need (NaN when unknown); `overlap`:
        whether two actions repeat each other.

    Returns
    -------
    Series of str
        "none"; "low" (occasional, or few people); "medium" (regular, at least one person in need out of
        `ONE_IN`); "high" (they repeat each other).

    Raises
    ------
    InputError
        If a column is absent.

    Notes
    -----
    The threshold is a teaching assumption. Where nobody knows how many people are in need, a regular action
    counts as « medium ».

    Examples
    --------
    >>> facts = pd.DataFrame({
    ...     "regular": [0, 0, 1, 1, 2], "occasional": [0, 1, 0, 0, 0], "people": [0, 0, 30, 90, 200],
    ...     "in_need": 1000.0, "overlap": [False, False, False, False, True],
    ... })
    >>> action_levels(facts).tolist()
    ['none', 'low', 'low', 'medium', 'high']
    """
    check_columns("facts", facts, ["regular", "occasional", "people", "in_need", "overlap"])
    enough = ~(ONE_IN * facts["people"] < facts["in_need"])
    levels = np.select(
        [
            facts["overlap"].astype(bool),
            (facts["regular"] > 0) & enough,
            (facts["regular"] > 0) | (facts["occasional"] > 0),
        ],
        ["high", "medium", "low"],
        "none",
    )
    return pd.Series(levels, index=facts.index, name="actions")
