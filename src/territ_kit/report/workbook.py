"""All the tables of the dossier as one workbook: what people typed, and what the methods say of it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

import openpyxl
import pandas as pd
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from territ_kit.charts.style import SAND
from territ_kit.diagnosis.needs import ACTIONS, NEED, READINGS, RESOURCES
from territ_kit.diagnosis.problem_tree import KINDS as STATEMENTS
from territ_kit.diagnosis.swot import SIDES
from territ_kit.diagnosis.voices import KINDS, WAYS
from territ_kit.dossier import Dossier
from territ_kit.exercises.reading import typeset
from territ_kit.planning.cofunding import programme_funding
from territ_kit.planning.evaluation import evaluation_plan
from territ_kit.planning.follow_up import STATES
from territ_kit.report.programme import UNTITLED, WHOLE
from territ_kit.report.same import undated
from territ_kit.territory import Territory

_WIDEST = 60
_FORMULA = tuple("=+-@\t\r")
Sheet = tuple[str, Sequence[str], Sequence[Sequence[Any]]]


def make(dossier: Dossier, territory: Territory) -> bytes:
    """Return the workbook, as an xlsx file: one sheet a list, its header row frozen.

    The same dossier gives the same bytes.
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, head, rows in _sheets(dossier, territory):
        _write(book, name, head, rows, territory.banner)
    book.properties.creator = "territ_kit"
    book.properties.title = typeset(f"{territory.short_name} : tableaux du dossier")
    stream = io.BytesIO()
    book.save(stream)
    return undated(stream)


def _sheets(dossier: Dossier, territory: Territory) -> Iterator[Sheet]:
    names, themes = territory.area_names(), territory.themes
    yield (
        "Constats",
        ("Lieu", "Indicateur", "Valeur", "De", "À", "Repère", "Unité", "Année", "Source", "Phrase", "Raisons",
         "Nos mots"),
        [
            (one.area_name, one.label, one.value, one.low, one.high, one.reference, one.unit, one.year,
             one.source, one.sentence, " ; ".join(one.reasons), one.words)
            for one in dossier.observation.kept
        ],
    )  # fmt: skip
    part = dossier.diagnosis
    yield (
        "Besoins",
        ("Rang", "Besoin", "Thème", "Lieu", "Public", "Niveau du besoin", "Ressources", "Actions", "Lecture",
         "Retenu", "Preuves", "Nos mots"),
        [
            (rank, one.title, str(themes.get(one.theme, one.theme)), one.area_name, one.public,
             NEED[one.need], RESOURCES[one.resources], ACTIONS[one.actions], READINGS.get(one.reading, ""),
             "oui" if one.kept else "non", "\n".join(piece.text for piece in one.evidence), one.words)
            for rank, one in enumerate(part.needs, 1)
        ],
    )  # fmt: skip
    yield (
        "Paroles",
        ("Qui", "Personne", "Comment", "Ce qui est dit", "Thèmes", "Lieu"),
        [
            (one.who, KINDS[one.kind], WAYS[one.way], one.text,
             ", ".join(str(themes.get(theme, theme)) for theme in one.themes),
             str(names.get(one.area, one.area)))
            for one in part.voices
        ],
    )  # fmt: skip
    texts = {one.id: one.text for one in part.tree}
    yield (
        "Arbre",
        ("Énoncé", "Place", "Sous", "Objectif"),
        [(one.text, STATEMENTS[one.kind], texts.get(one.under, ""), one.objective) for one in part.tree],
    )
    yield "Forces et faiblesses", ("Point", "Case"), [(one.text, SIDES[one.side]) for one in part.swot]
    yield from _consultation(dossier)
    yield from _priorities(dossier)
    yield from _programme(dossier, territory)


def _consultation(dossier: Dossier) -> Iterator[Sheet]:
    part = dossier.consultation
    yield (
        "Acteurs",
        ("Acteur", "Pouvoir (0 à 1)", "Intérêt (0 à 1)", "Attend", "Ligne rouge", "Apporte", "Nos mots"),
        [
            (one.name, one.power, one.interest, one.wants, one.red_line, one.brings, one.words)
            for one in part.actors
        ],
    )
    yield (
        "Participation",
        ("Temps", "Public", "Date", "Niveau (1 à 8)"),
        [(one.title, one.public, one.date, one.rung or None) for one in part.activities],
    )
    for number, vote in enumerate(part.votes, 1):
        words = dict(enumerate(vote.grades))
        yield (
            f"Vote {number}",
            ("Bulletin", *(option.label for option in vote.options)),
            [
                (
                    place,
                    *(
                        words.get(int(ballot[option.id]), ballot[option.id]) if option.id in ballot else None
                        for option in vote.options
                    ),
                )
                for place, ballot in enumerate(vote.ballots, 1)
            ],
        )


def _priorities(dossier: Dossier) -> Iterator[Sheet]:
    part = dossier.prioritisation
    criteria = part.criteria
    yield (
        "Notes",
        (
            "À classer",
            *(f"{one.label} (poids {one.weight:g})" for one in criteria),
            "Ampleur",
            "Gravité",
            "Efficacité",
            "PEARL à retravailler",
        ),
        [
            (
                one.label,
                *(one.scores.get(criterion.id) for criterion in criteria),
                one.hanlon.size,
                one.hanlon.seriousness,
                one.hanlon.effectiveness,
                ", ".join(letter for letter, met in one.hanlon.pearl.items() if not met),
            )
            for one in part.candidates
        ],
    )
    labels = {one.id: one.label for one in part.candidates}
    yield (
        "Priorités",
        ("Rang", "Priorité", "Raison"),
        [(rank, labels.get(one, one), part.reasons.get(one, "")) for rank, one in enumerate(part.chosen, 1)],
    )


def _programme(dossier: Dossier, territory: Territory) -> Iterator[Sheet]:
    part, names = dossier.programme, territory.area_names()
    funders = {one.id: one.name for one in part.funders}
    yield (
        "Actions",
        ("Action", "Retenue", "Public", "Lieu", "Pilote", "Partenaires", "Premier mois", "Durée (mois)",
         "Demi-journées par mois", *(f"Coût année {year} (€)" for year in range(1, part.years + 1)),
         *(f"{name} (€)" for name in funders.values())),
        [
            (one.title or UNTITLED, "oui" if one.chosen else "non", one.public,
             str(names.get(one.area, one.area)) if one.area else WHOLE,
             one.pilot, one.partners, one.start, one.months, one.half_days,
             *(one.costs[year] if year < len(one.costs) else 0 for year in range(part.years)),
             *(sum(one.shares.get(funder, ())) for funder in funders))
            for one in part.actions
        ],
    )  # fmt: skip
    chosen = [one for one in part.actions if one.chosen]
    plan = programme_funding(part, chosen)
    if plan.cost_eur:
        yield _table("Cofinancement", plan.table())
    evaluation = evaluation_plan(chosen, part.objectives, months=12 * part.years)
    if len(evaluation.table):
        yield _table("Évaluation", evaluation.french_table())
    titles = {one.id: one.title for one in part.actions}
    yield (
        "Suivi",
        ("Comité", "Action", "État", "Cause", "Décision", "Prochaine date", "Qui"),
        [
            (one.meeting, titles.get(one.action, one.action), STATES[one.state], one.cause, one.decision,
             one.next_date, one.who)
            for one in part.follow_up
        ],
    )  # fmt: skip


def _table(name: str, table: pd.DataFrame) -> Sheet:
    return name, [str(column) for column in table.columns], table.to_numpy().tolist()


def _write(
    book: openpyxl.Workbook, name: str, head: Sequence[str], rows: Sequence[Sequence[Any]], banner: str
) -> None:
    sheet = book.create_sheet(name[:31])
    sheet.append([typeset(banner) if banner else name])
    sheet.append([typeset(column) for column in head])
    for row in rows:
        sheet.append([_cell(value) for value in row])
    for cell in sheet[2]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=SAND.lstrip("#"))
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "B3"
    for place, column in enumerate(sheet.iter_cols(min_row=2), 1):
        longest = max((len(str(cell.value)) for cell in column if cell.value is not None), default=8)
        sheet.column_dimensions[get_column_letter(place)].width = min(max(longest + 2, 10), _WIDEST)
        for cell in column[1:]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _cell(value: Any) -> Any:
    """Return what a cell holds: a text that begins like a formula stays a text, an empty one nothing."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value or None
    return None if value is None or pd.isna(value) else value
