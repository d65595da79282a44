"""« Budget »: what each line costs, who pays it, and the rules that the plan breaks."""

from __future__ import annotations

from typing import Any

from territ_kit.charts.budget import BudgetChart
from territ_kit.dossier import ACTIONS, FUNDERS, Action, Dossier, Funder, Programme
from territ_kit.french import fr, listing
from territ_kit.planning.cofunding import POST, Cofunding, programme_funding
from territ_kit.planning.funding_rules import RULES
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.plan.parts import figure, kept, titles
from territ_kit.widgets.steps.asker import Asker, Field, choice, number, text
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.drawing import Build, Drawing, Drawn
from territ_kit.widgets.steps.lines import Lines
from territ_kit.widgets.steps.task import Task

WHAT = {"lines": "Les coûts et les parts", "funders": "Les financeurs"}
_COST = "cout"
_MOST_EUROS = 10_000_000
_USUAL = (
    ("ars", "Agence régionale de santé (ARS)", ""),
    ("region", "Région Normandie", "rtps-region"),
    ("porteur", "Structure porteuse", "own"),
)
BALANCE = {"id": "balance", "label": "La structure porteuse prend le reste", "primary": False}
USUAL = {"id": "usual", "label": "Commencer avec trois financeurs", "primary": True}


class FunderLines(Lines[Funder]):
    """Who may pay."""

    shelf = FUNDERS
    title = "Les financeurs"
    noun = "financeur"
    add = "Ajouter un financeur"
    empty = "Aucun financeur n’est encore nommé."

    def line(self, item: Funder) -> str:
        """Return the name."""
        return item.name

    def fields(self, item: Funder) -> list[Field]:  # noqa: ARG002 # the same for every line
        """Return the name, the rule it follows, and what is known of it."""
        rules = {"": "Aucune règle connue", **{name: rule.label for name, rule in RULES.items()}}
        return [
            text("name", "Nom", length=200),
            choice("rule", "Règle", rules),
            text("words", "À savoir", lines=2, hint="Appel à projets, date de dépôt, interlocuteur."),
        ]

    def blank(self, identifier: str) -> Funder:
        """Return a funder without a name."""
        return Funder(id=identifier)

    def read(self, item: Funder, values: dict[str, Any]) -> Funder:
        """Return the funder as it was filled."""
        return item.but(**{name: values[name] or "" for name in ("name", "rule", "words")})


class Budget(Task):
    """Lines and funders, and the plan that they make."""

    id = "budget"
    label = "Qui paie ? Le budget et les cofinancements"
    lead = "Écrivez ce que coûte chaque ligne et qui la paie. Un plafond dit « au plus », jamais un droit."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.what, self.chosen = "lines", POST
        self.form = Asker(css_class="t-sobre")
        self.form.on_change(self._turn)
        self.editor = Asker(title="Une ligne du budget")
        self.editor.on_change(self._follow)
        self.editor.on_action(self._act)
        self.funders = FunderLines(desk)
        self.words = Fragment(live=True)
        self.figure = Drawing(self._draw, banner=desk.territory.banner)
        self.view = box("t-pile", self.form, self.editor, self.funders.view, self.words, self.figure)
        self._shown: object = None

    def show(self) -> None:
        """Follow the dossier."""
        dossier = self.desk.dossier
        programme, actions = dossier.programme, kept(dossier)
        self.form.ask([choice("what", "Vous écrivez", WHAT, kind="radio")], {"what": self.what})
        self.editor.layout.display = None if self.what == "lines" else "none"
        self.funders.view.layout.display = None if self.what == "funders" else "none"
        self._ask(programme, actions)
        self.funders.show()
        self.plan = programme_funding(programme, actions)
        self.words.show("plan_budget", **_told(self.plan, programme))
        shown = (
            programme.start_year, programme.years, programme.fte, programme.post_cost,
            sorted(programme.post_shares.items()), programme.funders,
            [(one.title, one.costs, sorted(one.shares.items())) for one in actions],
        )  # fmt: skip
        if shown != self._shown:
            self._shown = shown
            self.figure.refresh()

    def _ask(self, programme: Programme, actions: list[Action]) -> None:
        names = {POST: "Poste de coordination", **titles(actions)}
        if self.chosen not in names:
            self.chosen = POST
        if not programme.funders:
            self.editor.ask([], {})
            self.editor.status = "Aucun financeur n’est encore nommé : qui pourrait payer ?"
            self.editor.actions = [USUAL]
            return
        if any(action["id"] == "usual" for action in self.editor.actions):
            self.editor.status = ""
        self.editor.actions = [BALANCE] if self._carrier else []
        years = {str(year): str(programme.start_year + year) for year in range(programme.years)}
        columns = {"0": "Par an"} if self.chosen == POST else years
        rows = {_COST: "Coût total (€)", **{one.id: one.name or "Sans nom" for one in programme.funders}}
        table = {
            "name": "euros", "kind": "table", "label": "Euros", "corner": "Coût, puis parts",
            "rows": [{"id": name, "label": label} for name, label in rows.items()],
            "columns": [{"id": name, "label": label} for name, label in columns.items()],
        }  # fmt: skip
        spec = [choice("line", "Ligne", names), table]
        values: dict[str, Any] = {"line": self.chosen, "euros": self._euros(programme)}
        if self.chosen == POST:
            spec.append(number("fte", "Temps du poste", unit="ETP", hint="0,5 pour un mi-temps."))
            values["fte"] = programme.fte
        self.editor.ask(spec, values)

    def _euros(self, programme: Programme) -> dict[str, dict[str, float]]:
        if self.chosen == POST:
            amounts: dict[str, tuple[float, ...]] = {_COST: (programme.post_cost,)}
            amounts |= {funder: (share,) for funder, share in programme.post_shares.items()}
        else:
            action = ACTIONS.find(self.desk.dossier, self.chosen)
            amounts = {_COST: action.costs, **action.shares} if action else {}
        known = {_COST, *(one.id for one in programme.funders)}
        cells = {
            row: {str(year): euros for year, euros in enumerate(listed[: programme.years]) if euros}
            for row, listed in amounts.items()
            if row in known
        }
        return {row: found for row, found in cells.items() if found}

    @property
    def _carrier(self) -> str:
        """The funder who pays the balance, if one is named."""
        return next((one.id for one in FUNDERS.of(self.desk.dossier) if one.rule == "own"), "")

    def _draw(self, build: Build) -> Drawn | None:
        if not self.plan.cost_eur:
            return None
        chart = build(BudgetChart)
        return chart.show(self.plan, start_year=self.desk.dossier.programme.start_year), chart.png

    def _turn(self, values: dict[str, Any]) -> None:
        self.what = values["what"] or self.what
        self.desk.tell("")

    def _follow(self, values: dict[str, Any]) -> None:
        if values["line"] != self.chosen:
            self.chosen = values["line"] or POST
            self.editor.status = ""
            self.desk.tell("")
            return
        programme, chosen = self.desk.dossier.programme, self.chosen
        amounts = _read(values["euros"] or {}, programme, 1 if chosen == POST else programme.years)
        fte = figure("Temps du poste", values["fte"], high=5) if chosen == POST else None
        self.editor.status = ""
        self.desk.change(lambda dossier: _priced(dossier, chosen, amounts, fte))

    def _act(self, action: str) -> None:
        if action == "usual":

            def name(dossier: Dossier) -> Dossier:
                for identifier, called, rule in _USUAL:
                    dossier = FUNDERS.put(dossier, Funder(id=identifier, name=called, rule=rule))
                return dossier

            self.desk.change(name, "Trois financeurs sont là : renommez-les dans « Les financeurs ».")
            self.editor.focus = "balance"
            return
        programme, carrier, chosen = self.desk.dossier.programme, self._carrier, self.chosen
        years = 1 if chosen == POST else programme.years
        amounts = _read(self._euros(programme), programme, years)
        others = [listed for name, listed in amounts.items() if name not in {_COST, carrier}]
        given = [sum(parts) for parts in zip(*others, strict=True)] if others else [0.0] * years
        rest = [max(cost - paid, 0.0) for cost, paid in zip(amounts[_COST], given, strict=True)]
        told = "La structure porteuse paie ce qui restait à trouver."
        if not any(rest):
            told = "Sur cette ligne, il ne reste rien à payer pour la structure porteuse."
        self.desk.change(lambda dossier: _priced(dossier, chosen, {**amounts, carrier: rest}, None), told)


def _read(cells: dict[str, Any], programme: Programme, years: int) -> dict[str, list[float]]:
    """Return euros by row and year.

    Raises
    ------
    InputError
        A cell holds no amount.
    """
    names = {_COST: "Coût total", **{one.id: one.name for one in programme.funders}}
    amounts: dict[str, list[float]] = {name: [0.0] * years for name in names}
    for row, listed in cells.items():
        for year, value in listed.items():
            if row in amounts and int(year) < years:
                amounts[row][int(year)] = figure(names[row], value, high=_MOST_EUROS) or 0.0
    return amounts


def _priced(dossier: Dossier, line: str, amounts: dict[str, list[float]], fte: float | None) -> Dossier:
    """Return the dossier with the amounts of one line; shares of funders who are gone stay."""
    shares = {name: tuple(listed) for name, listed in amounts.items() if name != _COST}
    if line != POST:
        return ACTIONS.change(
            dossier,
            line,
            lambda one: one.but(costs=tuple(amounts[_COST]), shares=_without_zeros({**one.shares, **shares})),
        )
    programme = dossier.programme
    yearly = {name: listed[0] for name, listed in shares.items()}
    paid = {name: share for name, share in {**programme.post_shares, **yearly}.items() if share}
    return dossier.but(
        programme=programme.but(
            post_cost=amounts[_COST][0], post_shares=paid, fte=programme.fte if fte is None else fte
        )
    )


def _without_zeros(shares: dict[str, tuple[float, ...]]) -> dict[str, tuple[float, ...]]:
    return {name: listed for name, listed in shares.items() if any(listed)}


def _told(plan: Cofunding, programme: Programme) -> dict[str, Any]:
    ceilings = []
    groups: Any = plan.ceilings.groupby(["rule", "funder", "ceiling", "given"])
    for (rule, _, ceiling, given), rows in groups:
        years = [str(programme.start_year + year - 1) for year in rows["year"]]
        ceilings.append(
            {
                "label": RULES[rule].label,
                "when": "chaque année" if len(years) == programme.years > 1 else listing(years),
                "ceiling": fr(ceiling, 0, unit="€"),
                "given": fr(given, 0, unit="€"),
                "caution": RULES[rule].caution,
            }
        )
    rules = {RULES[rule].words: RULES[rule].source for rule in plan.ceilings["rule"]}
    breaches = plan.breaches.drop_duplicates("sentence").head(8).to_dict("records")
    holes = plan.lines[plan.lines["missing"] > 0]
    missing = [
        {"title": row["title"], "euros": fr(row["missing"], 0, unit="€")} for _, row in holes.iterrows()
    ]
    return {
        "verdict": plan.verdict(),
        "breaches": breaches,
        "ceilings": ceilings,
        "rules": rules,
        "missing": missing,
    }
