"""The figures chosen for Port-Ancelle: who lives where, what is high, what is low."""

from __future__ import annotations

EPCI, DEPARTEMENT = "X00000001", ("X1", 598_400, 0.012)  # code, inhabitants, ageing
DEATHS = 1137  # 9.6 for 1 000 inhabitants of the agglomeration
HAVRELLE = {"X1003": 96}  # 15.0 for 1 000 inhabitants: a crude rate that ageing alone explains
GROUPS = {
    "villes": "Port-Ancelle et Brévaumer",
    "littoral": "Communes du littoral",
    "couronne": "Communes de la couronne",
    "rural": "Communes rurales",
}
# name, inhabitants, zone, group, density label, deprivation (0 = middle), ageing (0 = as the agglomeration)
COMMUNES: list[tuple[str, int, str, str, str, float, float]] = [
    ("Port-Ancelle", 61200, "ville-centre", "villes", "Grand centre urbain", 0.1, -0.03),
    ("Brévaumer", 14800, "brevaumer", "villes", "Centre urbain intermédiaire", 0.2, 0.01),
    ("Havrelle-Plage", 6400, "littoral", "littoral", "Petite ville", -0.2, 0.137),
    ("Estranvaux", 2914, "littoral", "littoral", "Bourg rural", 0.1, 0.06),
    ("Granquerelle", 2286, "littoral", "littoral", "Bourg rural", 0.0, 0.08),
    ("Montcorvelle", 4683, "couronne", "couronne", "Ceinture urbaine", -0.5, -0.01),
    ("Rivaumer", 3317, "couronne", "couronne", "Ceinture urbaine", -0.4, 0.0),
    ("Sainte-Hermeline", 3122, "couronne", "couronne", "Ceinture urbaine", -0.3, 0.01),
    ("Ambrevent", 607, "rural", "rural", "Rural à habitat dispersé", 0.2, 0.04),
    ("Bosc-Virelle", 397, "rural", "rural", "Rural à habitat très dispersé", 0.4, 0.06),
    ("Carquemare", 792, "rural", "rural", "Rural à habitat dispersé", 0.3, 0.03),
    ("Doucelmont", 1163, "rural", "rural", "Rural à habitat dispersé", 0.0, 0.02),
    ("Épinquerel", 951, "couronne", "couronne", "Ceinture urbaine", -0.3, -0.02),
    ("Fontremesle", 2439, "couronne", "couronne", "Ceinture urbaine", -0.4, -0.03),
    ("Gonvelmare", 1034, "rural", "rural", "Rural à habitat dispersé", 0.2, 0.02),
    ("Hautebrise-l’Estran", 1428, "littoral", "littoral", "Bourg rural", -0.1, 0.12),
    ("Lanquevert", 336, "rural", "rural", "Rural à habitat très dispersé", 0.5, 0.07),
    ("Merquebec", 301, "rural", "rural", "Rural à habitat très dispersé", 0.4, 0.05),
    ("Noirevanne", 549, "rural", "rural", "Rural à habitat dispersé", 0.2, 0.03),
    ("Ormequerre", 858, "rural", "rural", "Rural à habitat dispersé", 0.1, 0.02),
    ("Pommelvue", 1242, "rural", "rural", "Bourg rural", 0.1, 0.03),
    ("Queurmont", 1067, "rural", "rural", "Rural à habitat dispersé", 0.1, 0.02),
    ("Roncevelle", 3638, "couronne", "couronne", "Ceinture urbaine", -0.5, -0.02),
    ("Saint-Ervelin-des-Grèves", 1863, "littoral", "littoral", "Bourg rural", -0.1, 0.09),
    ("Trévaubec", 653, "rural", "rural", "Rural à habitat dispersé", 0.3, 0.04),
    ("Yvremare", 360, "rural", "rural", "Rural à habitat très dispersé", 0.4, 0.06),
]
# name, commune, inhabitants, has a health coordinator (ASV), ageing
QPV: list[tuple[str, str, int, bool, float]] = [
    ("Les Corvelles", "Port-Ancelle", 5200, True, -0.13),
    ("Bassin-Vergne", "Port-Ancelle", 3400, True, -0.08),
    ("Phare-Nord", "Port-Ancelle", 2900, False, -0.10),
    ("Tournevent", "Port-Ancelle", 2100, True, -0.11),
    ("Hauts-de-Brévaumer", "Brévaumer", 1700, False, -0.09),
]
# indicator: agglomeration rate, then rates of the five QPV, then how fast it grows with deprivation
RATES: dict[str, tuple[float, list[float], float]] = {
    "sans-medecin-traitant": (0.090, [0.32, 0.21, 0.24, 0.18, 0.22], 0.5),
    "non-recours-c2s": (0.310, [0.36, 0.38, 0.47, 0.37, 0.45], 0.2),
    "depistage-eligibles": (0.360, [0.22, 0.26, 0.23, 0.27, 0.23], -0.25),
    "pauvrete": (0.158, [0.49, 0.43, 0.46, 0.39, 0.42], 0.7),
    "urgences-motifs-courants": (0.112, [0.265, 0.215, 0.250, 0.205, 0.190], 0.3),
    "logements-surpeuples": (0.052, [0.22, 0.18, 0.20, 0.16, 0.17], 0.4),
}
DEPRIVATION: dict[str, tuple[float, list[float], float]] = {  # the same, for the deprivation index
    "bacheliers": (0.412, [0.21, 0.26, 0.23, 0.28, 0.25], -0.40),
    "ouvriers": (0.258, [0.43, 0.39, 0.41, 0.37, 0.42], 0.35),
    "chomage": (0.124, [0.33, 0.28, 0.31, 0.26, 0.27], 0.50),
}
# Euros a year: in the middle of deprivation, then in each QPV; one unit of deprivation takes 16 % away.
INCOME = 21_850, [14_650, 15_420, 14_980, 15_960, 15_510]
INCOME_GRADIENT = -0.16
INVITED = 0.877, [0.70, 0.75, 0.71, 0.76, 0.72]  # of the eligible: agglomeration, then each QPV
NEAR_A_COUNTER = [0.92, 0.71, 0.18, 0.64, 0.24]
# département, Région, France: invented, in the unit of the catalogue; None = from the tables, or none
LANDMARKS: dict[str, tuple[float | None, float | None, float | None]] = {
    "apl-medecins": (3.2, 3.1, 3.4),
    "sans-medecin-traitant": (9.1, 10.3, 10.8),
    "non-recours-c2s": (31.2, 31.9, 33.0),
    "depistage-eligibles": (35.8, 35.1, 33.9),
    "depistage-invites": (41.2, 40.4, 39.0),
    "mortalite-brute": (None, 10.6, 9.4),
    "mortalite-standardisee": (None, 9.1, 8.5),
    "mortalite-prematuree": (None, 219.0, 192.0),
    "pauvrete": (15.7, 14.2, 14.9),
    "urgences-motifs-courants": (111.4, 114.0, 109.0),
    "part-75-ans": (None, 10.9, 10.4),
    "logements-surpeuples": (5.1, 4.3, 8.6),
    "renoncement-soins": (27.9, 27.1, 26.4),
    "mortalite-icm": (None, None, None),
    "esperance-de-vie": (None, 81.4, 82.5),
    "revenu-median": (21900, 22300, 23200),
    "bacheliers": (41.0, 42.6, 47.8),
    "ouvriers": (26.1, 25.4, 19.4),
    "chomage": (12.6, 12.0, 11.7),
}
# theme: share in need by quintile (1 = poorest fifth of the country), then share of need covered
NEEDS: dict[str, tuple[list[float], list[float]]] = {
    "acces-droits": ([0.42, 0.26, 0.14, 0.07, 0.03], [0.46, 0.55, 0.62, 0.68, 0.72]),
    "acces-soins": ([0.38, 0.30, 0.24, 0.19, 0.16], [0.44, 0.52, 0.58, 0.63, 0.67]),
    "depistage": ([0.30, 0.28, 0.26, 0.25, 0.24], [0.24, 0.31, 0.36, 0.41, 0.45]),
    "nutrition": ([0.34, 0.28, 0.22, 0.17, 0.13], [0.22, 0.26, 0.31, 0.36, 0.40]),
    "sante-mentale": ([0.27, 0.22, 0.18, 0.16, 0.14], [0.28, 0.33, 0.37, 0.41, 0.44]),
}
ZONES = {  # zone: name, kind
    "ville-centre": ("Port-Ancelle hors quartiers prioritaires", "urban"),
    "brevaumer": ("Brévaumer hors quartier prioritaire", "urban"),
    "littoral": ("Littoral", "coastal"),
    "couronne": ("Couronne de Port-Ancelle", "suburban"),
    "rural": ("Communes rurales", "rural"),
}
SHARES = {  # zone: weights of the five fifths of income, the poorest first
    "qpv": [62, 25, 9, 3, 1],
    "ville-centre": [16, 21, 22, 21, 20],
    "brevaumer": [20, 24, 22, 19, 15],
    "littoral": [12, 18, 22, 24, 24],
    "couronne": [8, 15, 22, 27, 28],
    "rural": [17, 24, 24, 20, 15],
}
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
