"""What makes health, in layers from the person to the whole society, and where a group looks for causes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from territ_kit.errors import InputError
from territ_kit.french import count, listing

LAYERS = {
    "individual": "Facteurs individuels",
    "lifestyle": "Modes de vie",
    "networks": "Réseaux sociaux et proches",
    "living": "Conditions de vie et de travail",
    "general": "Conditions générales de la société",
}
"""French names, from the centre outwards: individual factors, then four layers."""

ATTRIBUTION = "Couches d’après le modèle de Dahlgren et Whitehead (attribution à vérifier)"

_DETERMINANTS = (
    ("age", "Âge", "individual"),
    ("sexe", "Sexe", "individual"),
    ("heredite", "Hérédité et maladies déjà là", "individual"),
    ("alimentation", "Habitudes alimentaires", "lifestyle"),
    ("activite-physique", "Activité physique", "lifestyle"),
    ("addictions", "Tabac, alcool et autres addictions", "lifestyle"),
    ("sommeil", "Sommeil et écrans", "lifestyle"),
    ("entourage", "Famille et entourage", "networks"),
    ("lien-social", "Lien social ou isolement", "networks"),
    ("entraide", "Entraide, associations, participation", "networks"),
    ("acces-soins", "Accès aux soins et à la prévention", "living"),
    ("acces-droits", "Accès aux droits et à l’information", "living"),
    ("logement", "Logement", "living"),
    ("emploi", "Emploi et chômage", "living"),
    ("travail", "Conditions de travail et horaires", "living"),
    ("ecole", "École, formation, lecture", "living"),
    ("mobilite", "Transports et distances", "living"),
    ("offre-alimentaire", "Offre alimentaire et prix", "living"),
    ("cadre-de-vie", "Air, bruit, espaces verts", "living"),
    ("revenus", "Revenus et pauvreté", "general"),
    ("politiques", "Règles, budgets, choix publics", "general"),
    ("culture", "Langue, culture, discriminations", "general"),
    ("economie", "Économie et climat", "general"),
)
DETERMINANTS = pd.DataFrame(_DETERMINANTS, columns=["id", "label", "layer"]).set_index("id")
"""A working list for groups, neither complete nor weighted: `label` (French) and `layer` by id."""

FEWEST_CAUSES = 3  # fewer causes say nothing of where a group looks


@dataclass(frozen=True)
class LayerCount:
    """Where the causes of a group lie.

    Attributes
    ----------
    table : DataFrame by layer id
        From the centre outwards: `label`, `number` of causes, `share` (0 to 1; NaN without causes), `causes`
        (list of str, in the order given).
    all_behaviour : bool
        Whether more than half of at least three causes lie with the person: individual factors or lifestyle.
    empty : tuple of str
        Ids of the layers without a cause.
    sentence : str
        French: what this says, and the question to ask.
    """

    table: pd.DataFrame
    all_behaviour: bool
    empty: tuple[str, ...]
    sentence: str


def count_layers(causes: Sequence[str], determinants: Sequence[str]) -> LayerCount:
    """Return how many causes lie in each layer, with a warning when they all blame the person.

    Parameters
    ----------
    causes : sequence of str
        What the group wrote.
    determinants : sequence of str
        For each cause, the id of its determinant in `DETERMINANTS`, or of its layer in `LAYERS`.

    Raises
    ------
    InputError
        If the two lists differ in length, or an id is unknown.

    Notes
    -----
    More than half is a teaching threshold, not a norm: it opens a discussion. Several causes may be true at
    once, and a behaviour may have causes of its own in the outer layers.

    Examples
    --------
    >>> found = count_layers(["Ils ne bougent pas", "Fast-food", "Bus rare"],
    ...                      ["activite-physique", "alimentation", "mobilite"])
    >>> found.table["number"].tolist(), found.all_behaviour
    ([0, 2, 0, 1, 0], True)
    """
    if len(causes) != len(determinants):
        raise InputError(
            f"Il y a {len(causes)} causes et {len(determinants)} déterminants ; attendu : un déterminant par "
            "cause. Complétez la liste la plus courte."
        )
    layers = [_layer(identifier) for identifier in determinants]
    placed = pd.DataFrame({"layer": layers, "cause": list(causes)})
    grouped = placed.groupby("layer")["cause"].agg(list)
    table = pd.DataFrame({"label": LAYERS})
    table["causes"] = [grouped.get(layer, []) for layer in LAYERS]
    table["number"] = table["causes"].map(len)
    total = len(layers)
    table["share"] = table["number"] / total if total else float("nan")
    near = int(table.loc[["individual", "lifestyle"], "number"].sum())
    blames = total >= FEWEST_CAUSES and 2 * near > total
    empty = tuple(table.index[table["number"] == 0])
    return LayerCount(table, blames, empty, _say(table, near, total, blames=blames))


def _layer(identifier: str) -> str:
    if identifier in LAYERS:
        return identifier
    if identifier in DETERMINANTS.index:
        return str(DETERMINANTS.loc[identifier, "layer"])
    raise InputError(
        f"Le déterminant « {identifier} » n’est pas dans la liste ; attendu : "
        f"{listing(list(DETERMINANTS.index))}. Choisissez le plus proche, ou une couche."
    )


def _say(table: pd.DataFrame, near: int, total: int, *, blames: bool) -> str:
    if not total:
        return "Aucune cause n’est encore placée. Commencez par celle dont les habitants parlent le plus."
    if blames:
        return (
            f"{count(near, 'cause')} sur {total} tiennent aux personnes et à leurs comportements. "
            "Personne n’est à blâmer : qu’est-ce qui rend ce choix difficile ici ? "
            "Cherchez du côté des prix, des horaires, du logement, des transports et de l’accueil."
        )
    empty = [str(label).lower() for label in table.loc[table["number"] == 0, "label"]]
    if not empty:
        return f"Vos {total} causes touchent toutes les couches. Lesquelles pouvez-vous changer ici ?"
    return (
        f"{count(total, 'cause placée', 'causes placées')}. Rien encore du côté : {listing(empty)}. "
        "Est-ce sans effet ici, ou n’a-t-on pas regardé ?"
    )
