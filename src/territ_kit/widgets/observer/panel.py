"""The panel « Observer »: ask a question, look, read what may be said, keep what stands out."""

from __future__ import annotations

from collections.abc import Callable

import mistune

from territ_kit.french import fr
from territ_kit.observation.figures import level_of
from territ_kit.observation.reading import explain
from territ_kit.observation.traps import Scene, find_traps
from territ_kit.territory import list_cases, load_case
from territ_kit.widgets.figure import Figure
from territ_kit.widgets.form import Form
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.observer.asked import Asked, Stage, View
from territ_kit.widgets.observer.fields import CONFIDENCE, LEAST, MOST, START, Choices, Offer, is_offered
from territ_kit.widgets.observer.shortlist import KEEP, Shortlist, finding
from territ_kit.widgets.observer.views import VIEWS
from territ_kit.workspace import Workspace


class ObserverPanel:
    """Controls on the left; picture, words, traps and list on the right.

    `changed(choices)` follows each move. What stands out can be kept once `keep_in` has said where.
    """

    def __init__(self, case: str, changed: Callable[[Choices], None] = lambda _choices: None) -> None:
        self.changed = changed
        self.choices: Choices = {**START, "case": case}
        self.asking = False
        self.form = Form(title="Vos choix", css_class="t-colle")
        self.figure = Figure()
        self.banner, self.story, self.traps = Fragment(), Fragment(), Fragment()
        self.findings, self.words = Fragment(live=True), Fragment(live=True)
        self.keeper = Form(css_class="t-sobre")
        self.shortlist: Shortlist | None = None
        self.said = (self.findings, self.figure, self.words, self.keeper, self.traps)
        self.results = box("t-pile", *self.said, self.story)
        self._open(case)
        self._ask({})
        self.draw()
        self.view = box("t-pile", self.banner, box("t-grille", self.form, self.results))
        self.form.on_change(self._follow)
        self.keeper.on_action(lambda _action: self._keep())
        self.figure.observe(lambda _change: self.draw(), names=["client_width", "density"])

    def keep_in(self, workspace: Workspace) -> None:
        """Keep the list in a person's folder, and show what is already there."""
        self.shortlist = Shortlist(workspace, self.territory)
        self.results.children = (*self.said, self.shortlist.view, self.story)
        self.draw()

    def restore(self, kept: Choices) -> None:
        """Put back choices kept from an earlier visit, those that still make sense."""
        case = kept.get("case")
        if isinstance(case, str) and case != self.territory.id and case in list_cases():
            self._open(case)
        self._ask({name: kept[name] for name in START if name in kept})
        self.draw()

    def _open(self, case: str) -> None:
        self.territory = territory = load_case(case)
        self.choices["case"] = case
        self.stage = Stage()
        self.offer = Offer.of(territory, VIEWS)
        self.banner.show("banner", territory=territory, people=fr(territory.population))
        self.story.show("story", territory=territory, story=mistune.html(territory.story))
        if self.shortlist:
            self.shortlist.open(territory)

    def _ask(self, chosen: Choices) -> None:
        """Ask what the view needs, and keep the choices that are still offered."""
        spec, self.choices = self.offer.fit({**self.choices, **chosen})
        value = {field["name"]: self.choices[field["name"]] for field in spec}
        self.asking = True
        try:
            with self.form.hold_sync():
                if spec != self.form.spec:
                    self.form.spec = spec
                if value != self.form.value:
                    self.form.value = value
        finally:
            self.asking = False

    def _follow(self, chosen: Choices) -> None:
        """Follow a move; a confidence that makes no sense is told, and the last good one stays in force."""
        if self.asking:
            return
        confidence = chosen.get("confidence", self.choices["confidence"])
        sound = is_offered(CONFIDENCE, confidence)
        said = f"Écrivez un nombre entier entre {LEAST} et {MOST}. Le dessin garde la valeur d’avant."
        self.form.errors = {} if sound else {"confidence": said}
        kept = {**chosen, "confidence": confidence if sound else self.choices["confidence"]}
        moved = {name for name, choice in kept.items() if self.choices[name] != choice}
        if "case" in moved:
            self._open(kept["case"])
        if moved - {"confidence"}:
            self._ask(kept)
        self.choices |= {"confidence": kept["confidence"]}
        if moved:
            self.draw()
            self.changed(self.choices)

    # -- what is shown

    def draw(self) -> None:
        """Draw the picture and say what it says, for the present choices."""
        chosen = self.choices
        view = VIEWS[chosen["view"]]
        self.stage.size = "phone" if self.figure.phone else "wide"
        offered = self.offer.indicators[view.id]
        asked_for = chosen["indicator"]
        self.asked = asked = Asked(
            territory=self.territory,
            indicator=asked_for if asked_for in offered or not offered else offered[0],
            level=chosen["level"] if "level" in view.asks else "commune",
            area=chosen["area"],
            against=chosen["against"],
            confidence=(chosen if "confidence" in view.asks else START)["confidence"] / 100,
            decay=chosen["decay"],
            local=chosen["local"] == "neighbours",
        )
        shown = view.show(asked, self.stage)
        # The picture leaves first: the eye is on it, the words follow.
        self.figure.banner = self.territory.banner
        self.figure.show(shown.picture, shown.png)
        cards = shown.cards()
        self.findings.show("findings", cards=cards)
        if view.reads:
            self._explain(asked, view)
        # Hidden rather than taken out: a box whose children change draws them all again, open table included.
        for part, wanted in (
            (self.findings, bool(cards)),
            (self.words, view.reads),
            (self.keeper, view.reads and self.shortlist is not None),
            (self.traps, view.reads),
        ):
            part.layout.display = None if wanted else "none"

    def _explain(self, asked: Asked, view: View) -> None:
        """Say one place in plain words, and the traps met on the way."""
        row, definition = asked.row, asked.definition
        self.words.show(
            "words",
            name=row["name"],
            text=view.lead + explain(row, definition, reference=asked.reference, confidence=asked.confidence),
            label=definition["label"],
            definition=definition["definition"],
        )
        self.keeper.actions = [KEEP]
        self.keeper.status = ""
        level = level_of(self.territory, asked.area) if view.any_area else asked.level
        rows = asked.read(level)
        if view.any_area:
            rows = rows.loc[[asked.area or self.territory.code]]
        scene = Scene(
            self.territory,
            asked.indicator,
            level,
            rows,
            asked.reference,
            asked.confidence,
            by_deprivation=view.by_deprivation,
        )
        self.traps.show("traps", traps=find_traps(scene))

    def _keep(self) -> None:
        if self.shortlist:
            self.keeper.status = self.shortlist.keep(finding(self.asked))
