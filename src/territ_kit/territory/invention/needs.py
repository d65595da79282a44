"""The zones of a case, and who needs what in each: the start of the simulation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from territ_kit.territory.invention.people import share_out

QUINTILES = 5
QPV_NEED = 1.15  # need in a priority neighbourhood over that of the same income elsewhere (chosen)
MOST = 0.95  # no share reaches 1: someone is always well, or always out of reach


def zone_table(
    communes: pd.DataFrame, qpv: pd.DataFrame, zones: Mapping[str, tuple[str, str]]
) -> pd.DataFrame:
    """Return the zones by id: each neighbourhood, then the communes without theirs.

    `zones` gives the name and the kind (urban, suburban, coastal, rural) of each zone of the communes.
    """
    people = communes.groupby("zone")["population"].sum()
    inside = qpv.groupby(qpv["commune"].map(communes["zone"]))["population"].sum()
    people = people.sub(inside, fill_value=0)
    rows = [(code, one["name"], "qpv", int(one["population"])) for code, one in qpv.iterrows()]
    rows += [(zone, name, kind, int(people[zone])) for zone, (name, kind) in zones.items()]
    return pd.DataFrame(rows, columns=["id", "name", "kind", "population"]).set_index("id")


def strata_table(
    zones: pd.DataFrame,
    shares: Mapping[str, Sequence[float]],
    needs: Mapping[str, tuple[Sequence[float], Sequence[float]]],
    cover: Mapping[tuple[str, str], float],
) -> pd.DataFrame:
    """Return people, share in need and share of need covered by zone, quintile and theme.

    Parameters
    ----------
    zones : DataFrame
        From `zone_table`.
    shares : mapping
        By zone (« qpv » for every neighbourhood): weights of the five fifths of income, the poorest first.
    needs : mapping
        By theme: share in need of each fifth, then share of that need covered (0 to 1).
    cover : mapping
        By (theme, zone): what is done, or not done, in that zone; multiplies the covered share.
    """
    rows = []
    for code, zone in zones.iterrows():
        quarter = zone["kind"] == "qpv"
        people = share_out(int(zone["population"]), shares["qpv" if quarter else str(code)])
        for quintile in range(QUINTILES):
            for theme, (in_need, covered) in needs.items():
                need = min(QPV_NEED * in_need[quintile], MOST) if quarter else in_need[quintile]
                share = min(covered[quintile] * cover.get((theme, str(code)), 1.0), MOST)
                rows.append((code, quintile + 1, theme, people[quintile], round(need, 3), round(share, 3)))
    columns = ["zone", "quintile", "theme", "population", "need_share", "covered_share"]
    return pd.DataFrame(rows, columns=columns)
