"""« Profil »: what really differs from a larger territory, and what becomes a need."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from territ_kit.charts.profile import ProfileChart
from territ_kit.charts.subject import Subject
from territ_kit.diagnosis.profile import BARE, READINGS, UNREAD, WORSE, what_differs
from territ_kit.dossier import NEEDS, Dossier, Evidence, Finding, Need
from territ_kit.french import count, fr
from territ_kit.observation.figures import level_of
from territ_kit.observation.reading import Reference, read_profile
from territ_kit.widgets.diagnose.tables import need_of
from territ_kit.widgets.fragment import Fragment
from territ_kit.widgets.layout import box
from territ_kit.widgets.steps.asker import Asker, choice
from territ_kit.widgets.steps.desk import Desk
from territ_kit.widgets.steps.drawing import Build, Drawing, Drawn
from territ_kit.widgets.steps.task import Task

WHOLE = "tout"
AGAINST = {"departement": "Le département", "region": "La région", "france": "La France"}
KEEP = {"id": "keep", "label": "En faire un besoin", "primary": True}
_NAMED = 8


class Profile(Task):
    """A place beside a larger territory."""

    id = "profil"
    label = "Qu’est-ce qui diffère vraiment ?"
    lead = "Comparez un lieu à un territoire plus grand, puis gardez comme besoins les écarts nets."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        quarters = desk.territory.qpv.index  # where a mean over the whole territory hides the gaps
        self.choices = {
            "area": str(quarters[0]) if len(quarters) else WHOLE,
            "against": "departement",
            "measure": None,
        }
        self.form = Asker(title="Vos choix", level=2, css_class="t-colle")
        self.form.on_change(self._follow)
        self.form.on_action(self._act)
        self.words = Fragment(live=True)
        self.figure = Drawing(self._draw, banner=desk.territory.banner)
        self.view = box("t-grille", self.form, box("t-pile", self.words, self.figure))
        self._shown: object = None

    def show(self) -> None:
        """Follow the choices and the dossier."""
        key = (self.choices["area"], self.choices["against"])
        moved = key != self._shown
        if moved:
            self._shown = key
            self._read()
        self._ask()
        self._say()
        if moved:
            self.figure.refresh()

    def _read(self) -> None:
        """Measure every indicator of the place, and rank what differs."""
        territory, area = self.desk.territory, self._code
        catalogue = territory.catalogue
        rows = read_profile(
            territory,
            list(catalogue.index[catalogue["equal_age"] == ""]),  # a crude rate says how old people are
            against=str(self.choices["against"]),
            level=level_of(territory, "" if area == territory.code else area),
            area=area,
        )
        known = rows["value"].where(~rows["suppressed"]).notna()
        self.rows = rows[known]
        self.absent = int((~known).sum())
        names = territory.area_names()
        self.found = what_differs(
            pd.DataFrame(
                {
                    "label": self.rows["name"],
                    "area": str(names[area]),
                    "value": self.rows["value"].astype(float),
                    "low": self.rows["low"].astype(float),
                    "high": self.rows["high"].astype(float),
                    "reference": np.where(self.rows["reading"].ne(""), 100.0, np.nan),
                    "direction": self.rows["direction"],
                }
            )
        )

    @property
    def _code(self) -> str:
        area = str(self.choices["area"])
        return self.desk.territory.code if area == WHOLE else area

    def _ask(self) -> None:
        territory = self.desk.territory
        names = territory.area_names()
        places = {WHOLE: "Tout le territoire"}
        for table in (territory.qpv, territory.communes):
            places |= {str(code): str(names[code]) for code in table.index}
        measures = {
            str(key): f"{row['label']} : {row['words']}"
            for key, row in self.found.iterrows()
            if row["reading"] == WORSE or (row["reading"] == BARE and _unfavourable(row))
        }
        if self.choices["measure"] not in measures:
            self.choices["measure"] = next(iter(measures), None)
        spec = [
            choice("area", "Lieu", places),
            choice("against", "Comparer à", AGAINST, kind="radio"),
        ]
        if measures:
            hint = "Les écarts nets et défavorables viennent d’abord."
            spec.append(choice("measure", "Écart à garder", measures, hint=hint))
        self.form.ask(spec, self.choices)
        kept = self.desk.dossier.observation.kept
        take = {
            "id": "take",
            "label": f"Reprendre {count(len(kept), 'constat')} de l’étape Observer",
            "primary": False,
        }
        self.form.actions = [*([KEEP] if measures else []), *([take] if kept else [])]

    def _say(self) -> None:
        clear = self.found[self.found["reading"] == WORSE]
        self.words.show(
            "diagnose_profile",
            place=str(self.desk.territory.area_names()[self._code]),
            lines=[_line(row) for _, row in clear.head(_NAMED).iterrows()],
            others=max(len(clear) - _NAMED, 0),
            numbers={
                READINGS[name]: int((self.found["reading"] == name).sum())
                for name in READINGS
                if name != UNREAD and (self.found["reading"] == name).any()
            },
            absent=self.absent,
        )

    def _draw(self, build: Build) -> Drawn | None:
        if self.rows.empty:
            return None
        landmark = Reference(100.0, str(self.choices["against"]), "")
        subject = Subject(
            label=str(self.desk.territory.area_names()[self._code]),
            unit=f"indice, 100 pour {landmark.the}",
            decimals=0,
            reference=landmark,
            level="indicateur",
            shows="Chaque ligne est un indicateur, rapporté à la valeur de référence.",
            hides="Un lieu qui ressemble à la référence peut cacher de forts écarts en son sein.",
        )
        rows = self.rows.loc[self.found.index]
        chart = build(_Ordered, len(rows))
        return chart.show(rows, subject, highlight=self.choices["measure"]), chart.png

    def _follow(self, values: dict[str, Any]) -> None:
        moved = values.get("measure") not in {None, self.choices["measure"]}
        self.choices |= {name: value for name, value in values.items() if value}
        self.desk.tell("")
        if moved:
            self.figure.refresh()

    def _act(self, action: str) -> None:
        if action == "take":
            self._take()
            return
        measure = str(self.choices["measure"])
        row, definition = self.found.loc[measure], self.desk.territory.catalogue.loc[measure]
        source = f"{definition['source']}, {definition['year']}"
        piece = Evidence(kind="figure", text=row["sentence"], source=source, of=measure)
        area = "" if self._code == self.desk.territory.code else self._code
        title = f"{row['area']} : {str(row['label']).lower()}"
        theme = str(definition["theme"])
        self.desk.change(
            lambda dossier: argue(dossier, piece, title, theme, (area, str(row["area"]))),
            f"Gardé dans « Constats » : {title}.",
        )

    def _take(self) -> None:
        """Make evidence of what was kept while observing; what is there already stays as it is."""

        def take(dossier: Dossier) -> Dossier:
            for kept in dossier.observation.kept:
                dossier = _from_finding(dossier, kept, self.desk.territory.catalogue)
            return dossier

        self.desk.change(take, "Les constats de l’étape Observer sont dans « Constats ».")


def _line(row: Any) -> str:
    """Return a gap in few words: its indicator, its index, its margin."""
    low, high = (fr(row[side], 0) for side in ("index_low", "index_high"))
    return f"{row['label']} : indice {fr(row['index'], 0)} (marge d’incertitude : de {low} à {high})"


def _unfavourable(row: Any) -> bool:
    """Tell whether a figure without a margin is on the unfavourable side."""
    return bool((row["index"] > 100) == (row["direction"] == "higher_is_worse"))


class _Ordered(ProfileChart):
    """Rows in the order given."""

    def __init__(self, number: int, *, size: Any) -> None:
        super().__init__(number, size=size, ranked=False)


def argue(dossier: Dossier, piece: Evidence, title: str, theme: str, area: tuple[str, str]) -> Dossier:
    """Give a piece of evidence to the need of an area on a theme, made if it is not there."""
    code, name = area
    need = need_of(dossier, theme, code)
    if need is None:
        need = Need(id=NEEDS.new_id(dossier, title), title=title, theme=theme, area=code, area_name=name)
    if piece not in need.evidence:
        need = need.but(evidence=(*need.evidence, piece))
    return NEEDS.put(dossier, need)


def _from_finding(dossier: Dossier, kept: Finding, catalogue: pd.DataFrame) -> Dossier:
    theme = str(catalogue.loc[kept.indicator, "theme"]) if kept.indicator in catalogue.index else ""
    source = ", ".join(filter(None, (kept.source, kept.year)))
    piece = Evidence(kind="figure", text=kept.sentence, source=source, of=kept.id)
    code = "" if kept.level == "epci" else kept.area
    title = f"{kept.area_name} : {kept.label[:1].lower()}{kept.label[1:]}"
    return argue(dossier, piece, title, theme, (code, kept.area_name))
