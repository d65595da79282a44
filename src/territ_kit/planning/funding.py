"""Funding arithmetic: what a rule can pay, and whether a plan is complete.

The amounts of each arrangement are in the catalogue of dispositifs; here are only the rules' arithmetic and
the one published ceiling of the course, Region Normandie's share of an RTPS post (réseau territorial de
promotion de la santé).
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from territ_kit.errors import InputError
from territ_kit.french import fr
from territ_kit.planning.checks import check_euros, is_number, is_whole

OWN, GAP = "Structure porteuse", "Reste à trouver"


@dataclass(frozen=True, slots=True)
class Post:
    """A post of one person: full cost over the period (euros, >= 0), full-time equivalent in (0, 1]."""

    cost_eur: float
    fte: float = 1.0

    def __post_init__(self) -> None:
        check_euros("cost_eur", self.cost_eur)
        if not (is_number(self.fte, high=1) and self.fte):
            raise InputError(
                f"« fte » vaut {self.fte} ; attendu : plus de 0 et au plus 1, car un poste est tenu par une "
                "personne (0,5 pour un mi-temps). Décrivez chaque poste à part."
            )


@dataclass(frozen=True, slots=True)
class FundingRule:
    """What a funder can pay at most for posts: a share of the cost, up to a cap, for a number of posts.

    Parameters
    ----------
    rate : float
        Share of the cost, in [0, 1].
    cap_eur : float
        Cap of one full-time post, euros, >= 0; `math.inf` when the rule has none.
    max_posts : int, optional
        Posts that can be funded in one territory; no limit when None.
    prorata : bool
        Whether a part-time post has a part of the cap.
    max_fte : float
        Full-time equivalents that the rule pays at most in one territory, >= 0: 0.5 for « a half-time post at
        most »; `math.inf` when the rule has none.
    """

    rate: float
    cap_eur: float = math.inf
    max_posts: int | None = None
    prorata: bool = True
    max_fte: float = math.inf

    def __post_init__(self) -> None:
        if not is_number(self.rate, high=1):
            raise InputError(
                f"« rate » vaut {self.rate} ; attendu : une part entre 0 et 1. Pour 25 %, écrivez 0.25."
            )
        if self.cap_eur != math.inf and not is_number(self.cap_eur):
            raise InputError(
                f"« cap_eur » vaut {self.cap_eur} ; attendu : un montant en euros, 0 ou plus. "
                "Sans plafond, n’écrivez rien."
            )
        if self.max_posts is not None and not is_whole(self.max_posts, 0, sys.maxsize):
            raise InputError(
                f"« max_posts » vaut {self.max_posts} ; attendu : un nombre de postes, 0 ou plus. "
                "Sans limite, n’écrivez rien."
            )
        if self.max_fte != math.inf and not is_number(self.max_fte):
            raise InputError(
                f"« max_fte » vaut {self.max_fte} ; attendu : des équivalents temps plein, 0 ou plus. "
                "Sans limite, n’écrivez rien."
            )

    def ceiling(self, post: Post) -> float:
        """Return the most that the rule allows for one post, in euros."""
        part = min(self.rate, self.max_fte / post.fte)
        return min(part * post.cost_eur, self.cap_eur * (post.fte if self.prorata else 1))

    def share(self, posts: Sequence[Post]) -> float:
        """Return the most that the rule allows for the posts of one territory, in euros.

        When the rule limits the number of posts, those with the highest ceilings are counted; when it limits
        full-time equivalents, the dearest by full-time equivalent are counted first.

        Examples
        --------
        >>> FundingRule(rate=0.25, cap_eur=20_000, max_posts=1).share([Post(50_000), Post(40_000)])
        12500.0
        """
        counted = sorted(posts, key=self.ceiling, reverse=True)[: self.max_posts]
        left, total = self.max_fte, 0.0
        for post in sorted(counted, key=lambda one: one.cost_eur / one.fte, reverse=True):
            paid = min(self.ceiling(post), min(left / post.fte, 1) * post.cost_eur)
            total += paid
            left -= paid / post.cost_eur * post.fte if post.cost_eur else 0.0
        return float(total)


def region_share(post_cost_eur: float, fte: float, *, prorata: bool = True) -> float:
    """Return the ceiling of Region Normandie's share of an RTPS post: « au plus », never an entitlement.

    The Region pays at most 25 % of one post a territory, up to 20 000 euros for one full-time equivalent; a
    second post is allowed and receives nothing.

    Parameters
    ----------
    post_cost_eur : float
        Full cost of the post over the period, euros, >= 0.
    fte : float
        Full-time equivalent, in (0, 1].
    prorata : bool
        The published rule does not say how part-time counts. True: the cap is 20 000 × `fte`. False: the cap
        is whole. The two differ only above 80 000 euros per full-time equivalent.

    Returns
    -------
    float
        Euros, in [0, 20 000].

    Raises
    ------
    InputError
        If the cost or the full-time equivalent cannot be used.

    Examples
    --------
    >>> region_share(50_000, 1), region_share(95_000, 1), region_share(60_000, 0.5)
    (12500.0, 20000.0, 10000.0)
    >>> region_share(60_000, 0.5, prorata=False)
    15000.0
    """
    rule = FundingRule(rate=0.25, cap_eur=20_000, max_posts=1, prorata=prorata)
    return rule.share([Post(post_cost_eur, fte)])


@dataclass(frozen=True, slots=True)
class FundingPlan:
    r"""The cost of an action, what each funder brings and what the carrying body pays itself, in euros.

    A funder cannot bear the name of one of the table's own lines, `OWN` or `GAP`.

    Examples
    --------
    >>> plan = FundingPlan(80_000, {"Région": 20_000, "ARS": 30_000}, own_eur=25_000)
    >>> plan.missing_eur
    5000.0
    >>> plan.verdict().replace("\u202f", " ").replace("\xa0", " ")
    'Il manque 5 000 €.'
    """

    cost_eur: float
    shares: Mapping[str, float] = field(default_factory=dict)
    own_eur: float = 0.0

    def __post_init__(self) -> None:
        check_euros("cost_eur", self.cost_eur)
        check_euros("own_eur", self.own_eur)
        for funder, share in self.shares.items():
            if funder in (OWN, GAP):
                raise InputError(
                    f"« {funder} » est une ligne du tableau ; attendu : le nom d’un financeur. "
                    f"Pour la part de la structure, utilisez « own_eur ». Sinon, donnez un autre nom."
                )
            check_euros(f"part de {funder}", share)

    @property
    def granted_eur(self) -> float:
        """What the funders bring together."""
        return float(sum(self.shares.values()))

    @property
    def missing_eur(self) -> float:
        """What nobody pays yet, to the cent; negative when the shares exceed the cost."""
        return round(self.cost_eur - self.granted_eur - self.own_eur, 2)

    def verdict(self) -> str:
        """Return in one French sentence whether the plan is complete."""
        gap = self.missing_eur
        if gap == 0:
            return "Le plan est équilibré : les parts couvrent le coût."
        amount = fr(abs(gap), 0 if gap == round(gap) else 2, unit="€")
        return f"Il manque {amount}." if gap > 0 else f"Les parts dépassent le coût de {amount}."

    def table(self) -> pd.DataFrame:
        """Return one row a payer (French columns: amount in euros, share of the cost in %), gap included."""
        amounts = {**self.shares, OWN: self.own_eur, GAP: self.missing_eur}
        rows = pd.DataFrame({"Financeur": list(amounts), "Montant (€)": list(amounts.values())})
        rows["Part (%)"] = 100 * rows["Montant (€)"] / self.cost_eur if self.cost_eur else 0.0
        return rows
