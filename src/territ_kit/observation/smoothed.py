"""Read an indicator before and after smoothing, and say whether neighbours look alike."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from territ_kit.errors import InputError
from territ_kit.observation.neighbours import contiguity
from territ_kit.observation.reading import read_indicator
from territ_kit.observation.smoothing import empirical_bayes, local_empirical_bayes
from territ_kit.observation.spatial import Moran, moran

if TYPE_CHECKING:
    from territ_kit.territory import Territory


@dataclass(frozen=True, slots=True)
class Smoothed:
    """An indicator by commune, raw then smoothed.

    Attributes
    ----------
    before, after : DataFrame
        Rows of `read_indicator`; `after` has no interval and no reading.
    likeness : Moran or None
        Whether neighbouring communes look alike before smoothing; None for too few communes.
    """

    before: pd.DataFrame
    after: pd.DataFrame
    likeness: Moran | None


def read_smoothed(territory: Territory, indicator: str, *, local: bool = False) -> Smoothed:
    """Return an indicator by commune, raw and smoothed by the empirical Bayes estimator.

    Parameters
    ----------
    territory : Territory
    indicator : str
        Id of an indicator that is counted (a rate or a proportion).
    local : bool
        Draw each commune towards its neighbours and itself, instead of the whole territory.

    Notes
    -----
    A commune without a figure takes no part: it is nobody's neighbour.
    """
    before = read_indicator(territory, indicator)
    known = before.index[before["events"].notna() & before["value"].notna()]
    events, base = before.loc[known, "events"], before.loc[known, "base"]
    per = float(territory.catalogue.loc[indicator, "per"])  # type: ignore[arg-type] # one number
    around = {
        code: [one for one in near if one in known]
        for code, near in contiguity(territory.contours).items()
        if code in known
    }
    around = {code: around.get(code, []) for code in known}
    rates = local_empirical_bayes(events, base, around) if local else empirical_bayes(events, base)
    after = before.assign(low=math.nan, high=math.nan, reading="")
    after.loc[known, "value"] = pd.Series(rates, index=known) * per
    raw = before.loc[known, "value"]
    try:
        likeness = moran(raw, around)
    except InputError:  # too few communes, or none that touches another
        likeness = None
    return Smoothed(before, after, likeness)
