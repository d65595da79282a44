"""What the home page says: the course map, where the person is, what is next."""

from __future__ import annotations

import math
from bisect import bisect
from functools import cache
from itertools import groupby
from typing import Any

from shapely import unary_union
from shapely.geometry import shape

from territ_kit.course import Progress, Step, load_course
from territ_kit.french import count, fr
from territ_kit.territory import Territory, list_cases, load_case
from territ_kit.workspace import Workspace

CASE, EXERCISE = "port-ancelle", "page/exercice"
STEPS, SHADES = (0.4, 0.8, 0.97), ("#EDF3E6", "#C4DDC9", "#86BDB0", "#3F8F8F")


def duration(minutes: int) -> str:
    """Return minutes as people say them.

    Examples
    --------
    >>> duration(50), duration(120), duration(150)
    ('50 min', '2 h', '2 h 30')
    """
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"


def card(step: Step, progress: Progress, last: str) -> dict[str, Any]:
    """Return one line of the course map."""
    module = step.module
    if module is None:
        return {
            "step": step,
            "state": "à venir",
            "link": "",
            "exercise": "",
            "status": "À venir",
            "done": 0,
            "total": 0,
        }
    counts = progress.assignment(module.assignment) if module.assignment else None
    done, total = (counts.answered, counts.total) if counts else (0, 0)
    time = duration(module.minutes)
    if counts and done == total:
        state, status = "fait", f"Terminé, {time}"
    elif done or last.startswith(f"page/{module.app}"):
        state, status = "ici", f"En cours, {time}"
    else:
        state, status = "à faire", f"À faire, {time}"
    return {
        "step": step,
        "state": state,
        "link": f"page/{module.app}",
        "exercise": f"{EXERCISE}?devoir={module.assignment}",
        "status": status,
        "done": done,
        "total": total,
    }


def miniature(case: Territory) -> str:
    """Return the territory's outline as a drawing of 316 by 225 pixels, the quarters as diamonds."""
    shapes = [shape(feature["geometry"]) for feature in case.contours["features"]]
    west, south, east, north = unary_union(shapes).bounds
    middle = math.cos(math.radians((south + north) / 2))
    scale = min(304 / ((east - west) * middle), 213 / (north - south))

    def at(lon: float, lat: float) -> str:
        return f"{6 + (lon - west) * middle * scale:.1f} {6 + (north - lat) * scale:.1f}"

    ranks = case.communes["population"].rank(pct=True)
    fills = {code: SHADES[bisect(STEPS, rank)] for code, rank in ranks.items()}
    paths = []
    for feature, area in zip(case.contours["features"], shapes, strict=True):
        rings = [part.exterior.coords for part in getattr(area, "geoms", [area])]
        line = " ".join("M" + "L".join(at(*point[:2]) for point in ring) + "Z" for ring in rings)
        fill = fills[feature["properties"]["code"]]
        paths.append(f'<path d="{line}" fill="{fill}" stroke="#fff" stroke-width="1.3"/>')
    for _, quarter in case.qpv.iterrows():
        x, y = at(quarter["lon"], quarter["lat"]).split()
        diamond = f"M{x} {float(y) - 6:.1f}l6 6l-6 6l-6-6z"
        paths.append(f'<path d="{diamond}" fill="#F4B73B" stroke="#14282B" stroke-width="1.5"/>')
    words = f"Carte simplifiée : {len(shapes)} communes et {len(case.qpv)} quartiers prioritaires."
    size = 'viewBox="0 0 316 225" width="316" height="225"'
    return f'<svg {size} role="img" aria-label="{words}">{"".join(paths)}</svg>'


@cache
def territory_card(case_id: str) -> dict[str, Any]:
    """Return what the card « Votre territoire » shows; it does not change while the server runs."""
    case = load_case(case_id)
    people = fr(case.communes["population"].sum())
    return {
        "name": case.name,
        "lead": case.in_plain_words,
        "map": miniature(case),
        "communes": len(case.communes),
        "people": people,
        "qpv": len(case.qpv),
    }


def context(workspace: Workspace) -> dict[str, Any]:
    """Return what `accueil.html` shows to the owner of `workspace`."""
    progress = Progress(workspace)
    last = progress.last()
    cards = [card(step, progress, last) for step in load_course()]
    groups = [(title, list(lines)) for title, lines in groupby(cards, key=lambda line: line["step"].group)]
    chosen = progress.choices("observer").get("case")
    case = chosen if isinstance(chosen, str) and chosen in list_cases() else CASE
    exercises = [line for line in cards if line["total"]]
    return {
        "titre": "Le parcours",
        "page": "",
        "groups": groups,
        "exercises": exercises,
        "resume": resume(last, cards),
        "case": territory_card(case),
        "others": {one: territory_card(one) for one in list_cases() if one != case},
    }


def resume(last: str, cards: list[dict[str, Any]]) -> dict[str, str]:
    """Return the card « Vous en êtes ici »: a heading, a sentence, a link and its label."""
    exercises = [line for line in cards if line["total"]]
    if last == EXERCISE and exercises:
        last = exercises[0]["exercise"]
    if found := next((line for line in exercises if last == line["exercise"]), None):
        done, total = found["done"], found["total"]
        title = f"Exercice du module {found['step'].number}"
        if done < total:
            text = f"Vous avez répondu à {count(done, 'question')} sur {total}. Vos réponses sont gardées."
            return {"title": title, "text": text, "link": last, "label": "Reprendre l’exercice"}
        text = "Vous avez répondu à toutes les questions. Vous pouvez encore les changer."
        return {"title": title, "text": text, "link": last, "label": "Relire mes réponses"}
    at = next((line for line in cards if line["link"] and last == line["link"]), None)
    line = at or next(line for line in cards if line["link"])
    text = (
        "Votre dossier et vos choix sont gardés. Reprenez où vous en étiez."
        if at
        else "Un territoire fictif vous attend. Ouvrez sa carte et cherchez ce qui sort de l’ordinaire."
    )
    title = f"Module {line['step'].number} : {line['step'].title.lower()}"
    return {"title": title, "text": text, "link": line["link"], "label": "Reprendre" if at else "Commencer"}
