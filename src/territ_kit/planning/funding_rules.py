"""The rules of co-funding that the course can name, each with its source and its caution.

A ceiling is « au plus », never an entitlement. The list is short because few rules are published.
"""

from __future__ import annotations

from dataclasses import dataclass

from territ_kit.planning.funding import FundingRule


@dataclass(frozen=True, slots=True)
class PublishedRule:
    """A funder's rule, with what must be said beside it.

    Attributes
    ----------
    label, words : str
        French: its short name, and what it says.
    source, region : str
        Where it comes from, and where it holds ("" everywhere).
    caution : str
        To show beside every figure that follows from it.
    posts : FundingRule, optional
        What it pays of posts; None for the carrier's own rule.
    """

    label: str
    words: str
    source: str
    region: str = ""
    caution: str = ""
    posts: FundingRule | None = None


RULES = {
    "rtps-region": PublishedRule(
        "Région Normandie, poste d’un RTPS",
        "La Région paie au plus 25 % d’un seul poste de réseau territorial de promotion de la santé (RTPS). "
        "Sa part ne dépasse pas 20 000 € pour un temps plein.",
        "Région Normandie, fiche d’aide aux RTPS, document non daté, à vérifier auprès de la Région",
        "Normandie",
        "au plus, à confirmer auprès de la Région",
        FundingRule(rate=0.25, cap_eur=20_000, max_posts=1),
    ),
    "clsm-ars-idf": PublishedRule(
        "ARS Île-de-France, poste d’un CLSM",
        "L’agence régionale de santé (ARS) paie au plus la moitié du temps de coordination. "
        "Sa part ne dépasse pas un mi-temps par conseil local de santé mentale (CLSM).",
        "ARS Île-de-France, projet stratégique de soutien aux CLSM, à vérifier auprès de l’ARS",
        "Île-de-France",
        "au plus, à confirmer auprès de l’ARS",
        FundingRule(rate=0.5, max_fte=0.5),
    ),
    "own": PublishedRule(
        "Structure porteuse : le solde",
        "La structure porteuse paie ce que les autres ne paient pas. Sa part n’est jamais nulle.",
        "Règle de travail du module (hypothèse pédagogique)",
    ),
}
"""Rules by id: a funder of the dossier names one of them."""
