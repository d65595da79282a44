"""The crossing grid of a case on paper: for whom, which need, what there is, what is done.

Nothing is judged beforehand: `croisement.toml` names what the case knows, its tables give the figures and the
words, and the reading is left to the group.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from html import escape
from typing import Any

from territ_kit.course.files import files
from territ_kit.diagnosis.needs import ANSWERED, BLIND_SPOT, NOTHING, READINGS, SATURATION, TO_DOCUMENT
from territ_kit.exercises.question import Data
from territ_kit.exercises.source import read_source
from territ_kit.french import decimals_for, fr
from territ_kit.observation.reading import MISSING, find_reference, read_indicator
from territ_kit.territory import Territory

MEANINGS = {
    BLIND_SPOT: "un besoin, et aucune action qui touche les personnes",
    SATURATION: "plusieurs actions pour les mêmes personnes",
    ANSWERED: "un besoin, et une action qui touche les personnes",
    NOTHING: "aucun besoin particulier ne se voit, et rien ne se répète",
    TO_DOCUMENT: "on ne sait pas encore",
}
"""What each reading of `diagnosis.needs` means, in a few words."""
WORDS = [READINGS[reading] for reading in MEANINGS]
HEAD = {
    "Pour qui, sur quoi": 13,
    "Le besoin, en chiffres": 23,
    "Les ressources": 15,
    "Les actions": 24,
    "Les paroles": 13,
    "Notre lecture": 12,
}
"""The columns, and the share of the width that each takes (%)."""
NO_FIGURE, NO_RESOURCE = "Aucun chiffre dans le dossier. Qui en aurait un ?", "Aucune ressource recensée."
NO_ACTION = "Aucune action recensée."
EMPTY_LINES = 3
STATES = {"running": "Régulière", "occasional": "Ponctuelle", "announced": "Annoncée, pas commencée"}


class Line(Data):
    """A line of the grid: people, a theme, and the ids of what their case knows of them.

    `figures` holds pairs: an indicator, the code of an area. `note` is said after them.
    """

    case: str
    who: str
    theme: str
    figures: tuple[tuple[str, str], ...] = ()
    note: str = ""
    facilities: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


class Grid(Data):
    """What `croisement.toml` holds."""

    line: tuple[Line, ...]


def lines(case: str) -> list[Line]:
    """Return the lines of one case.

    Raises
    ------
    CourseError
        The file cannot be read or breaks its format.
    """
    found = read_source(files() / "modules" / "03-diagnostiquer" / "croisement.toml", Grid).line
    return [line for line in found if line.case == case]


def grid(territory: Territory) -> Iterable[str]:
    """Yield how to read the grid, then the grid, with room for lines of one's own."""
    meanings = (
        f"<b>{word.capitalize()}</b> : {about}." for word, about in zip(WORDS, MEANINGS.values(), strict=True)
    )
    yield (
        "<p>Les faits du dossier sont écrits. Posez les cartes de parole dans leur colonne. "
        "Cochez ensuite une lecture par ligne. Les dernières lignes sont à vous. "
        "<b>Un périmètre n’est pas une action.</b></p>"
        f"<p>{' '.join(meanings)} Ces lectures sont une hypothèse pédagogique.</p>"
    )
    columns = "".join(f'<col style="width:{share}%">' for share in HEAD.values())
    head = "".join(f'<th scope="col">{word}</th>' for word in HEAD)
    body = "".join(_row(territory, line) for line in lines(territory.id))
    empty = f'<tr class="free">{"<td></td>" * (len(HEAD) - 1)}<td>{boxes(WORDS)}</td></tr>' * EMPTY_LINES
    yield (
        f'<div class="wide"><table class="cross"><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}{empty}</tbody></table></div>"
    )


def figure(territory: Territory, indicator: str, code: str) -> str:
    """Return a figure in words: its area, its value, its interval, its reference; or why there is none."""
    definition: dict[Any, Any] = territory.catalogue.loc[indicator].to_dict()
    levels = (read_indicator(territory, indicator, level=one) for one in ("epci", "group", "commune", "qpv"))
    row: dict[Any, Any] = next(rows.loc[code].to_dict() for rows in levels if code in rows.index)
    name = f"{definition['label']}, {row['name']}"
    if math.isnan(row["value"]):
        return f"{name} : {row['reason'] or MISSING[str(row['missing'])]}"
    decimals = decimals_for([row["value"], row["low"], row["high"]])
    said = f"{name} : {fr(row['value'], decimals, unit=definition['unit'])}"
    if not math.isnan(row["low"]):
        said += f" (de {fr(row['low'], decimals)} à {fr(row['high'], decimals)})"
    landmarks = (find_reference(territory, indicator, level) for level in ("departement", "region"))
    reference = next(filter(None, landmarks), None)
    beside = f" {reference.short} : {fr(reference.value, decimals)}." if reference else ""
    return f"{said}.{beside}"


def action(territory: Territory, identifier: str) -> tuple[str, list[str]]:
    """Return the title of an action, then what the file says of it: for whom, where, when, how many."""
    row: dict[Any, Any] = territory.actions.loc[identifier].to_dict()
    people = f"{fr(row['people'])} personnes par an" if row["people"] else "personnes touchées non comptées"
    told = f"{STATES[row['state']]}, {people}"
    return str(row["title"]), [f"Pour : {row['public']}", str(row["place"]), str(row["schedule"]), told]


def boxes(words: Iterable[str]) -> str:
    """Return one box to tick for each word."""
    return "".join(f'<p><span class="box"></span>{escape(word)}</p>' for word in words)


def paragraphs(words: Iterable[str]) -> str:
    """Return one paragraph for each text."""
    return "".join(f"<p>{escape(word)}</p>" for word in words)


def _row(territory: Territory, line: Line) -> str:
    known = [figure(territory, *pair) for pair in line.figures] + [line.note] * bool(line.note)
    figures = known or [NO_FIGURE]
    places = territory.facilities.loc[list(line.facilities), ["name", "opening"]].astype(str)
    resources = [". ".join(filter(None, place)) for place in places.itertuples(index=False)]
    told = [action(territory, identifier) for identifier in line.actions]
    actions = "".join(f"<p><b>{escape(title)}</b>. {escape('. '.join(said))}.</p>" for title, said in told)
    theme = escape(str(territory.themes[line.theme]))
    return (
        f'<tr><th scope="row">{escape(line.who)}<p class="small">{theme}</p></th>'
        f"<td>{paragraphs(figures)}</td><td>{paragraphs(resources or [NO_RESOURCE])}</td>"
        f"<td>{actions or paragraphs([NO_ACTION])}</td><td></td><td>{boxes(WORDS)}</td></tr>"
    )
