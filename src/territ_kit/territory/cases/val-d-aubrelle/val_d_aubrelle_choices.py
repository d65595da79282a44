"""The figures chosen for the Val d’Aubrelle: who lives where, what is high, what is low."""

from __future__ import annotations

import numpy as np

EPCI, DEPARTEMENT = "X00000003", ("X3", 342_000, 0.02)  # code, inhabitants, ageing
DEATHS = 746  # 10.0 for 1 000 inhabitants
GROUPS = {
    "ville": "Ville-centre",
    "etablissement": "Autour de l’établissement de santé mentale",
    "couronne": "Reste de la couronne",
    "rural": "Neuf communes rurales",
}
# name, inhabitants, zone, group, density label, deprivation (0 = middle), ageing (0 = the usual structure)
COMMUNES: list[tuple[str, int, str, str, str, float, float]] = [
    ("Pontaubrelle", 33000, "ville-centre", "ville", "Centre urbain intermédiaire", 0.25, -0.01),
    ("Montfauvelle", 4300, "etablissement", "etablissement", "Ceinture urbaine", 0.1, 0.02),
    ("Tournelaye", 3900, "etablissement", "etablissement", "Ceinture urbaine", -0.2, 0.01),
    ("Quincerelle", 2800, "etablissement", "etablissement", "Ceinture urbaine", -0.2, 0.01),
    ("Haubervelle", 3600, "couronne", "couronne", "Ceinture urbaine", -0.5, -0.01),
    ("Vergelaye", 3050, "couronne", "couronne", "Ceinture urbaine", -0.5, 0.0),
    ("Marchecorne", 2700, "couronne", "couronne", "Ceinture urbaine", -0.4, 0.0),
    ("Saint-Orvelin", 2450, "couronne", "couronne", "Ceinture urbaine", -0.4, -0.01),
    ("Aubrillon", 2150, "couronne", "couronne", "Ceinture urbaine", -0.4, 0.01),
    ("Fresnelaye", 1950, "couronne", "couronne", "Bourg rural", -0.3, 0.0),
    ("Lonvaucelle", 1750, "couronne", "couronne", "Bourg rural", -0.2, 0.02),
    ("Bosvergne", 1450, "couronne", "couronne", "Bourg rural", -0.2, 0.02),
    ("Pontgarelle", 1300, "couronne", "couronne", "Bourg rural", -0.1, 0.02),
    ("Chantorne-le-Vieux", 1820, "rural", "rural", "Bourg rural", 0.2, 0.05),
    ("Sourdevane", 1540, "rural", "rural", "Bourg rural", 0.3, 0.05),
    ("Mérigneul", 1390, "rural", "rural", "Rural à habitat dispersé", 0.2, 0.04),
    ("Bellorbe", 1180, "rural", "rural", "Rural à habitat dispersé", 0.3, 0.05),
    ("Rivombre", 1060, "rural", "rural", "Rural à habitat dispersé", 0.1, 0.04),
    ("Tressevent", 980, "rural", "rural", "Rural à habitat dispersé", 0.2, 0.03),
    ("Vaucorbel", 870, "rural", "rural", "Rural à habitat dispersé", 0.2, 0.05),
    ("Saint-Orbert-des-Landes", 760, "rural", "rural", "Rural à habitat très dispersé", 0.4, 0.06),
    ("Hautombelle", 600, "rural", "rural", "Rural à habitat très dispersé", 0.4, 0.07),
]
# name, commune, inhabitants, has a health coordinator (ASV), ageing
QPV: list[tuple[str, str, int, bool, float]] = [
    ("Les Chantornes", "Pontaubrelle", 3700, True, -0.12),
    ("La Villorbe", "Pontaubrelle", 2200, True, -0.08),
]
# Poor people: 9 325 of 74 600 (12.5 %); 2 714 of the 5 900 of the QPV (46 %); then growth with deprivation.
POVERTY, POOR_QPV, POVERTY_GRADIENT = 0.125, [1739, 975], 0.8
# Psychiatric long-term illness (ALD) for 1 000 people of the département, by age group 0-4 … 90 and over.
ALD = np.array([1, 6, 11, 14, 16, 18, 21, 25, 30, 34, 36, 36, 34, 30, 26, 22, 20, 18, 16], dtype=float)
# Cases over those expected at equal age: living close to the hospital is what makes the figure.
ALD_RATIOS = {
    "Pontaubrelle": 1.12,
    "Montfauvelle": 2.6,
    "Tournelaye": 1.7,
    "Quincerelle": 1.6,
    "Haubervelle": 0.78,
    "Vergelaye": 0.74,
    "Marchecorne": 0.86,
    "Saint-Orvelin": 0.80,
    "Aubrillon": 0.76,
    "Fresnelaye": 0.70,
    "Lonvaucelle": 0.84,
    "Bosvergne": 0.82,
    "Pontgarelle": 0.70,
    "Chantorne-le-Vieux": 0.52,
    "Sourdevane": 0.46,
    "Mérigneul": 0.50,
    "Bellorbe": 0.46,
    "Rivombre": 0.54,
    "Tressevent": 0.56,
    "Vaucorbel": 0.46,
    "Saint-Orbert-des-Landes": 0.44,
    "Hautombelle": 0.42,
}
ALD_RATIOS_QPV = [1.5, 1.6]
FEWEST = 11  # under this number of people a count is secret
# Deaths by suicide a year for 100 000 people of the département, by age group; then observed, by group.
SUICIDES = np.array(
    [0, 0, 0.9, 5.5, 10, 13, 15.5, 18.5, 22, 25, 26, 25, 22, 21, 22, 25, 30, 35, 38], dtype=float
)
SUICIDE_YEARS = 10
SUICIDES_OBSERVED = {"ville": 53, "etablissement": 16, "couronne": 34, "rural": 26}
DELAY = 4  # months before a first appointment with a psychiatrist
ANSWERS, UNWELL, WOMEN_OVER_60 = 412, 74, 280  # 68 % of the answers come from women of 60 and over
# The deprivation index: agglomeration rate, rates of the two QPV, how fast it grows with deprivation.
DEPRIVATION: dict[str, tuple[float, list[float], float]] = {
    "bacheliers": (0.398, [0.24, 0.26], -0.40),
    "ouvriers": (0.270, [0.42, 0.40], 0.35),
    "chomage": (0.112, [0.31, 0.28], 0.50),
}
# Euros a year: in the middle of deprivation, then in each QPV; one unit of deprivation takes 16 % away.
INCOME = 21_700, [14_880, 15_240]
INCOME_GRADIENT = -0.16
# département, Région, France: invented, in the unit of the catalogue; None = from the tables, or none
LANDMARKS: dict[str, tuple[float | None, float | None, float | None]] = {
    "ald-psychiatriques": (None, 2260.0, 2310.0),
    "ald-psychiatriques-icm": (100.0, None, None),
    "suicides-icm": (100.0, None, None),
    "delai-psychiatre": (3.0, 3.0, None),
    "apl-medecins": (2.8, 3.1, 3.4),
    "mal-etre-enquete": (21.0, 22.0, 21.0),
    "enquete-femmes-60-ans": (None, None, None),
    "pauvrete": (13.1, 14.2, 14.9),
    "revenu-median": (21800, 22300, 23200),
    "bacheliers": (39.4, 42.6, 47.8),
    "ouvriers": (27.3, 25.4, 19.4),
    "chomage": (11.4, 12.0, 11.7),
    "mortalite-brute": (None, 10.6, 9.4),
    "mortalite-standardisee": (None, 9.1, 8.5),
    "mortalite-icm": (None, None, None),
    "esperance-de-vie": (None, 81.4, 82.5),
    "part-75-ans": (None, 10.9, 10.4),
}
# theme: share in need by quintile (1 = poorest fifth of the country), then share of need covered
NEEDS: dict[str, tuple[list[float], list[float]]] = {
    "sante-mentale": ([0.27, 0.22, 0.18, 0.16, 0.14], [0.28, 0.33, 0.37, 0.41, 0.44]),
    "acces-soins": ([0.38, 0.30, 0.24, 0.19, 0.16], [0.42, 0.50, 0.56, 0.61, 0.65]),
    "acces-droits": ([0.42, 0.26, 0.14, 0.07, 0.03], [0.48, 0.56, 0.62, 0.68, 0.72]),
    "lien-social": ([0.24, 0.20, 0.17, 0.15, 0.13], [0.22, 0.25, 0.28, 0.31, 0.34]),
    "logement": ([0.16, 0.11, 0.07, 0.04, 0.02], [0.30, 0.34, 0.38, 0.42, 0.45]),
}
ZONES = {  # zone: name, kind
    "ville-centre": ("Pontaubrelle hors quartiers prioritaires", "urban"),
    "etablissement": ("Autour de l’établissement de santé mentale", "suburban"),
    "couronne": ("Reste de la couronne", "suburban"),
    "rural": ("Communes rurales", "rural"),
}
SHARES = {  # zone: weights of the five fifths of income, the poorest first
    "qpv": [60, 26, 10, 3, 1],
    "ville-centre": [18, 22, 22, 20, 18],
    "etablissement": [12, 18, 23, 25, 22],
    "couronne": [8, 15, 23, 28, 26],
    "rural": [18, 25, 24, 20, 13],
}
# What is already done, or not done, in one place: multiplies the covered share.
LOCAL_COVER = {
    ("sante-mentale", "ville-centre"): 1.15,
    ("sante-mentale", "etablissement"): 1.40,
    ("sante-mentale", "QNX301M"): 1.25,
    ("sante-mentale", "rural"): 0.45,
    ("acces-soins", "rural"): 0.70,
    ("acces-droits", "rural"): 0.80,
    ("acces-droits", "QNX302M"): 1.15,
    ("lien-social", "ville-centre"): 1.20,
    ("lien-social", "QNX301M"): 1.30,
    ("lien-social", "rural"): 0.60,
    ("logement", "QNX302M"): 1.30,
    ("logement", "rural"): 0.60,
}
