"""Who pays what, year by year: totals, what is missing, and the rules that the plan breaks.

References
----------
The rules and their sources are in `funding_rules`; a ceiling is « au plus », never an entitlement. That the
shares of a plan add up to its cost, and that the carrier pays the balance, is the usual rule of co-funding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

import pandas as pd

from territ_kit.errors import InputError
from territ_kit.french import fr
from territ_kit.planning.checks import check_euros, is_number, is_whole
from territ_kit.planning.funding import GAP, Post
from territ_kit.planning.funding_rules import RULES
from territ_kit.planning.parts import ActionPart, ProgrammePart

POST = "poste"
"""Line of the coordinator's post in a programme's plan."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something to pay: euros by year, and by funder and year; `fte` above 0 makes it a post."""

    title: str
    costs: Sequence[float] = ()
    shares: Mapping[str, Sequence[float]] = field(default_factory=dict)
    fte: float = 0.0


@dataclass(frozen=True, slots=True)
class Cofunding:
    """A plan by funder, year and line.

    Attributes
    ----------
    amounts : DataFrame
        line, year, funder (ids), amount (euros): one row a share above 0.
    lines : DataFrame by line id
        title, cost, granted, missing, excess (euros over all the years).
    years : DataFrame by year, from 1
        cost, one column a funder id, missing, excess.
    ceilings : DataFrame
        rule, funder, year, ceiling, given (euros): what each rule allows for posts, « au plus ».
    breaches : DataFrame
        kind (over, ceiling, posts, own), line, funder, year (0: all), sentence, source.
    funders : dict of id to name
    """

    amounts: pd.DataFrame
    lines: pd.DataFrame
    years: pd.DataFrame
    ceilings: pd.DataFrame
    breaches: pd.DataFrame
    funders: dict[str, str]

    @property
    def cost_eur(self) -> float:
        """What everything costs."""
        return float(self.lines["cost"].sum())

    @property
    def missing_eur(self) -> float:
        """What nobody pays yet; an excess elsewhere makes up for nothing."""
        return float(self.years["missing"].sum())

    def verdict(self) -> str:
        """Return in French whether the plan holds."""
        if not self.cost_eur:
            return "Aucun coût n’est écrit."
        holes = self.missing_eur
        money = f"Il manque {_euros(holes)} sur {_euros(self.cost_eur)}." if holes else "Tout est financé."
        number = len(self.breaches)
        if not number:
            return f"{money} Aucune règle connue n’est dépassée."
        return f"{money} {number} règle{'s' if number > 1 else ''} à revoir."

    def table(self) -> pd.DataFrame:
        """Return the plan as it is printed: funders by years (euros), what is missing and the total."""
        rows = {name: self.years[identifier] for identifier, name in self.funders.items()}
        rows[GAP] = self.years["missing"]
        rows["Coût"] = self.years["cost"]
        table = pd.DataFrame(rows).T
        table.columns = pd.Index([f"Année {year} (€)" for year in table.columns])
        table["Total (€)"] = table.sum(axis=1)
        total = self.cost_eur
        table["Part (%)"] = 100 * table["Total (€)"] / total if total else 0.0
        return table.rename_axis("Financeur").reset_index()


def programme_funding(programme: ProgrammePart, actions: Sequence[ActionPart] | None = None) -> Cofunding:
    """Return the co-funding of a programme: the coordinator's post and its actions.

    Parameters
    ----------
    programme : ProgrammePart
    actions : sequence of ActionPart, optional
        Those that stay; all by default.
    """
    lines = {
        one.id: Line(one.title or "Action sans titre", one.costs, one.shares)
        for one in (programme.actions if actions is None else actions)
    }
    if programme.post_cost:
        yearly = {funder: [share] * programme.years for funder, share in programme.post_shares.items()}
        post = Line("Poste de coordination", [programme.post_cost] * programme.years, yearly, programme.fte)
        lines = {POST: post, **lines}
    names = {one.id: one.name or one.id for one in programme.funders}
    rules = {one.id: one.rule for one in programme.funders if one.rule}
    return cofunding(lines, names, years=programme.years, rules=rules)


def cofunding(
    lines: Mapping[str, Line],
    funders: Mapping[str, str],
    *,
    years: int = 3,
    rules: Mapping[str, str] | None = None,
) -> Cofunding:
    """Return who pays what, what is missing, and each broken rule with its source.

    Parameters
    ----------
    lines : mapping of id to Line
        Amounts beyond `years` are left out.
    funders : mapping of id to French name
        A share of a funder who is not there is kept under its id.
    years : int
        1 to 5.
    rules : mapping of funder id to key of `funding_rules.RULES`

    Returns
    -------
    Cofunding

    Raises
    ------
    InputError
        An amount or a number of posts is below 0 or not a number, a rule is unknown, the number of years
        cannot be used.

    Notes
    -----
    The published ceiling of the Region does not say whether it is yearly; it is read by year. Its part-time
    reading is that of `funding.region_share`. A post of more than one full-time equivalent is read as several
    posts of equal pay.

    Examples
    --------
    >>> post = Line("Poste", [56_000], {"ars": [28_000], "region": [20_000], "epci": [8_000]}, fte=1)
    >>> plan = cofunding({"p": post}, {"region": "Région"}, years=1, rules={"region": "rtps-region"})
    >>> float(plan.ceilings["ceiling"].iloc[0]), plan.missing_eur, plan.breaches["kind"].tolist()
    (14000.0, 0.0, ['ceiling'])
    """
    if not is_whole(years, 1, 5):
        raise InputError(f"Le plan porte sur {years} ans ; attendu : 1 à 5. Corrigez ce nombre.")
    used = dict(rules or {})
    for funder, rule in used.items():
        if rule not in list(RULES):
            raise InputError(
                f"« {funder} » suit la règle « {rule} » ; attendu : {', '.join(RULES)}. "
                "Choisissez l’une d’elles, ou retirez la règle."
            )
    for line in lines.values():
        if not is_number(line.fte):
            raise InputError(
                f"« {line.title} » compte {line.fte} équivalent temps plein ; attendu : 0 ou plus, et 0 "
                "quand ce n’est pas un poste. Corrigez ce nombre."
            )
    costs, amounts = _costs(lines, years), _amounts(lines, years)
    given = amounts.groupby(["line", "year"])["amount"].sum()
    cells = costs.to_frame("cost").assign(granted=given).fillna({"granted": 0.0})
    gap = (cells["cost"] - cells["granted"]).round(2)
    cells["missing"], cells["excess"] = gap.clip(lower=0), (-gap).clip(lower=0)
    by_line = cells.groupby("line", sort=False)[["cost", "granted", "missing", "excess"]].sum()
    by_line.insert(0, "title", [lines[one].title for one in by_line.index])
    names = {**funders, **{one: one for one in amounts["funder"].unique() if one not in funders}}
    paid = amounts.pivot_table(index="year", columns="funder", values="amount", aggfunc="sum")
    paid = paid.reindex(index=range(1, years + 1), columns=list(names)).fillna(0.0)
    totals = cells.groupby("year")[["cost", "missing", "excess"]].sum().reindex(paid.index, fill_value=0.0)
    by_year = pd.concat([totals["cost"], paid, totals[["missing", "excess"]]], axis=1).rename_axis("year")
    ceilings, post_breaches = _posts(lines, amounts, names, used, years)
    rows = [*_over(cells, lines), *post_breaches, *_own(names, used, paid, float(costs.sum()))]
    breaches = pd.DataFrame(rows, columns=["kind", "line", "funder", "year", "sentence", "source"])
    return Cofunding(amounts, by_line, by_year, ceilings, breaches, names)


Breach = tuple[str, str, str, int, str, str]


def _costs(lines: Mapping[str, Line], years: int) -> pd.Series[float]:
    index = pd.MultiIndex.from_product([list(lines), range(1, years + 1)], names=["line", "year"])
    values = [
        _amount(cost, f"coût de {line.title}")
        for line in lines.values()
        for cost, _ in zip_longest(list(line.costs)[:years], range(years), fillvalue=0.0)
    ]
    return pd.Series(values, index=index, dtype=float)


def _amounts(lines: Mapping[str, Line], years: int) -> pd.DataFrame:
    rows = [
        (identifier, year, funder, _amount(share, f"part de {funder}, {line.title}"))
        for identifier, line in lines.items()
        for funder, shares in line.shares.items()
        for year, share in enumerate(list(shares)[:years], 1)
        if share != 0
    ]
    frame = pd.DataFrame(rows, columns=["line", "year", "funder", "amount"])
    return frame.astype({"year": int, "amount": float})


def _amount(value: float, name: str) -> float:
    check_euros(name, value)
    return float(value)


def _over(cells: pd.DataFrame, lines: Mapping[str, Line]) -> list[Breach]:
    over = cells[cells["excess"] > 0].reset_index()
    columns = (over[name] for name in ("line", "year", "granted", "cost"))
    return [
        (
            "over", line, "", int(year),
            f"« {lines[line].title} », année {year} : les parts font {_euros(granted)} pour un coût de "
            f"{_euros(cost)}.",
            "Règle générale : les financements ne dépassent jamais le coût",
        )
        for line, year, granted, cost in zip(*columns, strict=True)
    ]  # fmt: skip


def _posts(
    lines: Mapping[str, Line],
    amounts: pd.DataFrame,
    names: Mapping[str, str],
    rules: Mapping[str, str],
    years: int,
) -> tuple[pd.DataFrame, list[Breach]]:
    """Return what each rule allows for the posts of each year, and what goes beyond."""
    posts = {identifier: line for identifier, line in lines.items() if line.fte > 0}
    ceilings, breaches = [], []
    for funder, key in rules.items():
        rule, paid = RULES[key], amounts[(amounts["funder"] == funder) & amounts["line"].isin(list(posts))]
        if rule.posts is None or not posts:
            continue
        for year in range(1, years + 1):
            people = [person for line in posts.values() for person in _people(line, year)]
            ceiling = rule.posts.share(people)
            mine = paid[paid["year"] == year]
            given = float(mine["amount"].sum())
            ceilings.append((key, funder, year, ceiling, given))
            if given > ceiling + 0.01:
                breaches.append((
                    "ceiling", "", funder, year,
                    f"{names[funder]}, année {year} : {_euros(given)} sur les postes, pour {_euros(ceiling)} "
                    f"{rule.caution}.",
                    rule.source,
                ))  # fmt: skip
            most = rule.posts.max_posts
            if most is not None and mine["line"].nunique() > most:
                breaches.append((
                    "posts", "", funder, year,
                    f"{names[funder]}, année {year} : {mine['line'].nunique()} postes financés, "
                    f"pour {most} au plus.",
                    rule.source,
                ))  # fmt: skip
    return pd.DataFrame(ceilings, columns=["rule", "funder", "year", "ceiling", "given"]), breaches


def _people(line: Line, year: int) -> list[Post]:
    cost = list(line.costs)[year - 1] if year <= len(line.costs) else 0.0
    whole, rest = int(line.fte), round(line.fte - int(line.fte), 6)
    return [Post(cost * fte / line.fte, fte) for fte in [1.0] * whole + ([rest] if rest else [])]


def _own(names: Mapping[str, str], rules: Mapping[str, str], paid: pd.DataFrame, cost: float) -> list[Breach]:
    rule = RULES["own"]
    return [
        (
            "own", "", funder, 0,
            f"{names.get(funder, funder)} ne paie rien : la structure porteuse garde une part.",
            rule.source,
        )
        for funder, key in rules.items()
        if key == "own" and cost and not (funder in paid and paid[funder].sum() > 0)
    ]  # fmt: skip


def _euros(amount: float) -> str:
    return fr(amount, 0 if amount == round(amount) else 2, unit="€")
