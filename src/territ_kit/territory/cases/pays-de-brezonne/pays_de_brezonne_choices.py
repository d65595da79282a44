"""The figures chosen for Brézonne: who lives where, what is high, what is low, what is hidden."""

from __future__ import annotations

EPCI, DEPARTEMENT = "X00000002", ("X2", 312_600, 0.035)  # code, inhabitants, ageing
YEARS = 5  # deaths and suicides are counted together over five years: one year has too few
DEATHS = 1204  # in five years: 12.2 a year for 1 000 inhabitants
YOUNG = 2050  # inhabitants aged 15 to 24
SUICIDES = 3  # of people aged 15 to 24, in five years
GROUPS = {
    "sarvelac": "Sarvelac et ses abords",
    "ormezan": "Bassin d’Ormezan",
    "castelbrune": "Vallée de Castelbrune",
    "plateau": "Plateau de Vergnoux",
}
TOWN, VILLAGE = "Bourg rural", "Rural à habitat dispersé"
SCATTERED = "Rural à habitat très dispersé"
# name, inhabitants, zone, group, density label, deprivation (0 = middle), ageing (0 = usual structure)
COMMUNES: list[tuple[str, int, str, str, str, float, float]] = [
    ("Sarvelac", 3150, "bourg-centre", "sarvelac", "Petite ville", 0.3, 0.06),
    ("Castelbrune", 1540, "bourgs", "castelbrune", TOWN, 0.4, 0.06),
    ("Quercenac", 1130, "bourgs", "plateau", TOWN, 0.1, 0.05),
    ("Ormezan", 1110, "bourgs", "ormezan", TOWN, 0.2, 0.05),
    ("Mauvérac", 690, "campagne", "ormezan", VILLAGE, 0.3, 0.07),
    ("Vergnoux-le-Haut", 412, "plateau", "plateau", SCATTERED, 0.4, 0.08),
    ("Saint-Orvain", 295, "plateau", "plateau", SCATTERED, 0.5, 0.09),
    ("Arvelonne", 624, "campagne", "castelbrune", VILLAGE, 0.0, 0.03),
    ("Bastervelle", 571, "campagne", "sarvelac", VILLAGE, -0.3, 0.01),
    ("Brionsac", 612, "plateau", "plateau", VILLAGE, 0.1, 0.05),
    ("Campelorde", 457, "campagne", "castelbrune", VILLAGE, 0.2, 0.06),
    ("Chantervane", 474, "plateau", "plateau", SCATTERED, 0.2, 0.06),
    ("Combrezonne", 743, "campagne", "sarvelac", VILLAGE, -0.4, 0.0),
    ("Escarvelle", 436, "campagne", "ormezan", VILLAGE, 0.0, 0.05),
    ("Fontrizac", 508, "campagne", "castelbrune", VILLAGE, 0.1, 0.05),
    ("Gravelonzac", 612, "campagne", "ormezan", VILLAGE, -0.2, 0.02),
    ("La Brandorelle", 466, "campagne", "sarvelac", VILLAGE, -0.2, 0.02),
    ("Lavergnole", 341, "campagne", "ormezan", VILLAGE, 0.0, 0.04),
    ("Malvirac", 189, "campagne", "castelbrune", SCATTERED, 0.4, 0.08),
    ("Montorvelac", 566, "plateau", "plateau", VILLAGE, 0.2, 0.06),
    ("Nauvezac", 389, "campagne", "ormezan", VILLAGE, 0.0, 0.04),
    ("Pierrevalude", 152, "plateau", "castelbrune", SCATTERED, 0.6, 0.1),
    ("Puyvermeil", 231, "plateau", "plateau", SCATTERED, 0.4, 0.08),
    ("Roquelonde", 286, "campagne", "castelbrune", SCATTERED, 0.3, 0.07),
    ("Saint-Ambrac-sur-Brézonne", 884, "campagne", "sarvelac", VILLAGE, -0.3, 0.01),
    ("Saint-Clavin-du-Bois", 703, "plateau", "plateau", VILLAGE, 0.0, 0.03),
    ("Sainte-Orlande", 652, "campagne", "sarvelac", VILLAGE, -0.3, 0.01),
    ("Salvernac", 547, "campagne", "ormezan", VILLAGE, 0.0, 0.04),
    ("Tressignoux", 174, "plateau", "plateau", SCATTERED, 0.4, 0.08),
    ("Valdorbière", 518, "campagne", "sarvelac", VILLAGE, -0.2, 0.02),
    ("Vergnoux-le-Bas", 338, "plateau", "plateau", SCATTERED, 0.3, 0.07),
]
# Four communes whose reach and weight an exercise quotes; the others follow, up to the mean of the EPCI.
REACH = {"Sarvelac": 3.4, "Ormezan": 2.0, "Mauvérac": 1.1, "Saint-Orvain": 0.5}
REACH_WEIGHT = {"Sarvelac": 3400, "Ormezan": 1100, "Mauvérac": 700, "Saint-Orvain": 300}
REACH_MEAN = 1.9
# indicator: rate in the EPCI, then how fast it grows with deprivation
RATES: dict[str, tuple[float, float]] = {
    "sans-medecin-traitant": (0.148, 0.4),
    "pauvrete": (0.162, 0.5),
    "bacheliers": (0.358, -0.35),
    "ouvriers": (0.322, 0.25),
    "chomage": (0.104, 0.4),
}
INCOME, INCOME_GRADIENT = 21_600, -0.14
NEITHER = 0.171, 0.3  # of people aged 15 to 24: neither working nor learning
STUDYING = 0.64  # of people aged 15 to 24: at school, apprentices apart
# Published by group of communes only: share of the pupils who study outside; emergencies in three years.
AWAY = {"sarvelac": 0.80, "ormezan": 0.90, "castelbrune": 0.87, "plateau": 0.91}
ALCOHOL = {"sarvelac": 39, "ormezan": 21, "castelbrune": 15, "plateau": 19}
ALCOHOL_YEARS = 3
SURVEY = {"alcool-16-18-ans": (57, 118), "connait-lieu-ecoute": (26, 118)}
# département, Région, France: invented, in the unit of the catalogue; None = from the tables, or none
LANDMARKS: dict[str, tuple[float | None, float | None, float | None]] = {
    "apl-medecins": (2.4, 3.1, 3.4),
    "sans-medecin-traitant": (12.6, 10.3, 10.8),
    "temps-cmpea": (38, 29, 27),
    "part-15-24-ans": (None, 11.6, 11.8),
    "scolarises-hors-territoire": (41.0, 33.0, None),
    "sans-emploi-ni-formation": (15.2, 14.1, 12.8),
    "suicides-15-24-ans": (8.2, 7.5, 6.9),
    "urgences-alcool-15-24-ans": (12.4, 11.0, 9.2),
    "alcool-16-18-ans": (None, 41.0, 37.0),
    "connait-lieu-ecoute": (None, 44.0, None),
    "pauvrete": (15.1, 14.2, 14.9),
    "revenu-median": (21_500, 22_300, 23_200),
    "bacheliers": (38.4, 42.6, 47.8),
    "ouvriers": (28.9, 25.4, 19.4),
    "chomage": (11.2, 12.0, 11.7),
    "mortalite-brute": (None, 10.6, 9.4),
    "mortalite-standardisee": (None, 9.1, 8.5),
}
# theme: share in need by quintile (1 = poorest fifth of the country), then share of need covered
NEEDS: dict[str, tuple[list[float], list[float]]] = {
    "acces-soins": ([0.40, 0.34, 0.29, 0.25, 0.22], [0.34, 0.40, 0.46, 0.51, 0.55]),
    "sante-mentale": ([0.26, 0.22, 0.19, 0.17, 0.15], [0.18, 0.22, 0.26, 0.30, 0.33]),
    "addictions": ([0.24, 0.22, 0.20, 0.18, 0.16], [0.20, 0.22, 0.24, 0.26, 0.28]),
    "lien-social": ([0.30, 0.24, 0.19, 0.15, 0.12], [0.30, 0.35, 0.39, 0.42, 0.45]),
}
ZONES = {  # zone: name, kind
    "bourg-centre": ("Sarvelac", "urban"),
    "bourgs": ("Castelbrune, Ormezan et Quercenac", "suburban"),
    "campagne": ("Communes des vallées", "rural"),
    "plateau": ("Communes du plateau", "rural"),
}
SHARES = {  # zone: weights of the five fifths of income, the poorest first
    "bourg-centre": [24, 25, 21, 17, 13],
    "bourgs": [22, 25, 22, 18, 13],
    "campagne": [15, 22, 24, 22, 17],
    "plateau": [20, 26, 24, 18, 12],
}
# What is already done, or not done, in one place: multiplies the covered share.
LOCAL_COVER = {
    ("acces-soins", "bourg-centre"): 1.35,
    ("acces-soins", "plateau"): 0.65,
    ("sante-mentale", "bourg-centre"): 1.30,
    ("sante-mentale", "plateau"): 0.60,
    ("addictions", "bourg-centre"): 1.25,
    ("addictions", "plateau"): 0.70,
    ("lien-social", "bourg-centre"): 1.20,
    ("lien-social", "plateau"): 0.80,
}
