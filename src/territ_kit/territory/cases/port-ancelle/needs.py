"""The zones of Port-Ancelle, and who needs what in each."""

from __future__ import annotations

import pandas as pd
from people import share_out

THEMES = ["acces-droits", "acces-soins", "depistage", "nutrition", "sante-mentale"]
# theme: share in need by quintile (1 = poorest fifth of the country), then share of need covered
NEEDS: dict[str, tuple[list[float], list[float]]] = {
    "acces-droits": ([0.42, 0.26, 0.14, 0.07, 0.03], [0.46, 0.55, 0.62, 0.68, 0.72]),
    "acces-soins": ([0.38, 0.30, 0.24, 0.19, 0.16], [0.44, 0.52, 0.58, 0.63, 0.67]),
    "depistage": ([0.30, 0.28, 0.26, 0.25, 0.24], [0.24, 0.31, 0.36, 0.41, 0.45]),
    "nutrition": ([0.34, 0.28, 0.22, 0.17, 0.13], [0.22, 0.26, 0.31, 0.36, 0.40]),
    "sante-mentale": ([0.27, 0.22, 0.18, 0.16, 0.14], [0.28, 0.33, 0.37, 0.41, 0.44]),
}
ZONES = {  # zone: name, kind, shares of the five quintiles
    "ville-centre": ("Port-Ancelle hors quartiers prioritaires", "urban", [16, 21, 22, 21, 20]),
    "brevaumer": ("Brévaumer hors quartier prioritaire", "urban", [20, 24, 22, 19, 15]),
    "littoral": ("Littoral", "coastal", [12, 18, 22, 24, 24]),
    "couronne": ("Couronne de Port-Ancelle", "suburban", [8, 15, 22, 27, 28]),
    "rural": ("Communes rurales", "rural", [17, 24, 24, 20, 15]),
}
QPV_SHARES = [62, 25, 9, 3, 1]
# What is already done, or not done, in one place: multiplies the covered share.
LOCAL_COVER = {
    ("acces-droits", "QNX101M"): 1.10,
    ("acces-droits", "QNX103M"): 0.45,
    ("acces-droits", "QNX105M"): 0.50,
    ("acces-soins", "QNX102M"): 1.25,
    ("acces-soins", "QNX103M"): 0.75,
    ("depistage", "QNX105M"): 0.60,
    ("nutrition", "QNX104M"): 1.60,
    ("acces-soins", "rural"): 0.80,
    ("acces-droits", "rural"): 0.85,
    ("sante-mentale", "rural"): 0.65,
}


def zone_table(communes: pd.DataFrame, qpv: pd.DataFrame) -> pd.DataFrame:
    """Return the zones: each neighbourhood, and the communes without their neighbourhoods."""
    zones = communes.groupby("zone")["population"].sum()
    zones = zones.sub(qpv.groupby(qpv["commune"].map(communes["zone"]))["population"].sum(), fill_value=0)
    rows = [(code, row["name"], "qpv", int(row["population"])) for code, row in qpv.iterrows()]
    rows += [(zone, name, kind, int(zones[zone])) for zone, (name, kind, _) in ZONES.items()]
    return pd.DataFrame(rows, columns=["id", "name", "kind", "population"]).set_index("id")


def strata_table(zones: pd.DataFrame) -> pd.DataFrame:
    """Return people, share in need and share of need covered by zone, quintile and theme."""
    rows = []
    for zone, population in zones["population"].items():
        shares = ZONES[str(zone)][2] if zone in ZONES else QPV_SHARES
        people = share_out(int(population), shares)
        for quintile in range(5):
            for theme in THEMES:
                need, cover = (part[quintile] for part in NEEDS[theme])
                if zone not in ZONES:
                    need = min(1.15 * need, 0.95)
                cover = min(cover * LOCAL_COVER.get((theme, str(zone)), 1.0), 0.95)
                rows.append((zone, quintile + 1, theme, people[quintile], round(need, 3), round(cover, 3)))
    columns = ["zone", "quintile", "theme", "population", "need_share", "covered_share"]
    return pd.DataFrame(rows, columns=columns)
