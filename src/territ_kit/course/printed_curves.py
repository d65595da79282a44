"""A territory's figures as printed drawings, in black and white: the funnel, then the slope."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from html import escape

import numpy as np
import pandas as pd

from territ_kit.french import decimals_for, fr
from territ_kit.observation.gradient import read_gradient
from territ_kit.observation.reading import find_reference, read_indicator
from territ_kit.observation.small_numbers import funnel_limits
from territ_kit.territory import Territory

KINDS = {"proportion": "proportion", "crude_rate": "rate", "standardised_ratio": "ratio"}
WIDTH, HEIGHT, LEFT, BOTTOM = 700, 360, 60, 40
TICKS = 4
SOLID, DASHED, DOTTED = "", "6 4", "1 3"


def funnel(territory: Territory, indicator: str) -> str:
    """Return the communes by size, with what chance alone would do around the département's value."""
    definition = territory.catalogue.loc[indicator]
    reference = find_reference(territory, indicator, "departement")
    if reference is None:
        raise ValueError(f"{indicator} has no value for the département: no funnel can be drawn around it")
    rows = read_indicator(territory, indicator).dropna(subset=["value", "base"])
    sizes = np.geomspace(0.8 * rows["base"].min(), 1.2 * rows["base"].max(), 60)
    limits = funnel_limits(
        reference.value, sizes, kind=KINDS[str(definition["kind"])], per=float(str(definition["per"]))
    )
    ticks = _ticks(max(float(rows["value"].max()), 2 * reference.value))
    top = ticks[-1]

    def at(size: float, value: float) -> tuple[float, float]:
        share = math.log(size / sizes[0]) / math.log(sizes[-1] / sizes[0])
        return _place(share, value / top)

    lines = [
        _line([at(*pair) for pair in zip(sizes, limits[column].clip(upper=top), strict=True)], dash)
        for column, dash in (
            ("target", DOTTED), ("low_95", DASHED), ("high_95", DASHED),
            ("low_99.8", SOLID), ("high_99.8", SOLID),
        )
    ]  # fmt: skip
    lines += _dots(territory, rows, [at(*pair) for pair in rows[["base", "value"]].to_numpy()])
    return _drawing(
        f"L’entonnoir : {definition['label']}",
        "Chaque point est une commune, avec son numéro. À gauche, les petites ; à droite, les grandes. "
        f"Les points serrés : la valeur du département, {fr(reference.value, 1)}. Si rien ne différait, le "
        "hasard laisserait 95 communes sur 100 entre les tirets, et presque toutes entre les traits pleins.",
        lines,
        ticks,
        str(definition["unit"]),
    )


def slope(territory: Territory, indicator: str) -> str:
    """Return the communes from the most to the least deprived, with the line that sums them up."""
    definition, found = territory.catalogue.loc[indicator], read_gradient(territory, indicator)
    values, slope_ends = found.rows["value"], (found.slope.fitted_most, found.slope.fitted_least)
    ticks = _ticks(max(float(values.max()), *slope_ends))
    top = ticks[-1]
    places = [_place(rank, value / top) for rank, value in zip(found.slope.ridits, values, strict=True)]
    ends = [_place(rank, value / top) for rank, value in enumerate(slope_ends)]
    return _drawing(
        f"La pente : {definition['label']}",
        "Chaque point est une commune, avec son numéro. À gauche, les habitants des communes les plus "
        "défavorisées ; à droite, ceux des moins défavorisées. Le trait résume la pente.",
        [_line(ends, SOLID), *_dots(territory, found.rows, places)],
        ticks,
        str(definition["unit"]),
    )


def _ticks(largest: float) -> list[float]:
    """Return round figures from 0 to beyond the largest one, five at least."""
    size = 10.0 ** math.floor(math.log10(largest))
    step = next(part * size for part in (2.0, 1.0, 0.5, 0.2) if largest / (part * size) > TICKS - 1)
    return [step * number for number in range(math.ceil(largest / step) + 1)]


def _place(across: float, up: float) -> tuple[float, float]:
    """Return where a point stands, from shares of the width and of the height."""
    wide, high = WIDTH - LEFT - 10, HEIGHT - BOTTOM - 10
    return round(LEFT + across * wide, 1), round(HEIGHT - BOTTOM - up * high, 1)


def _line(points: Iterable[tuple[float, float]], dash: str) -> str:
    path = "L".join(f"{x} {y}" for x, y in points)
    return f'<path d="M{path}" fill="none" stroke="#000" stroke-dasharray="{dash or "none"}"/>'


def _dots(territory: Territory, rows: pd.DataFrame, places: Sequence[tuple[float, float]]) -> list[str]:
    """Return a dot and a number for each commune, the number of the list of places."""
    numbers = {code: number for number, code in enumerate(territory.communes.index, 1)}
    return [
        f'<circle cx="{x}" cy="{y}" r="3"/>'
        f'<text x="{x + 4:.1f}" y="{y - 4:.1f}" font-size="11">{numbers[code]}</text>'
        for code, (x, y) in zip(rows.index, places, strict=True)
    ]


def _drawing(title: str, words: str, parts: Sequence[str], ticks: Sequence[float], unit: str) -> str:
    """Return the title, how to read, and the drawing with its vertical scale."""
    frame = [_line([_place(0, 1), _place(0, 0), _place(1, 0)], SOLID)]
    for tick in ticks:
        x, y = _place(0, tick / ticks[-1])
        figure = fr(tick, decimals_for(ticks))
        frame.append(f'<text x="{x - 5}" y="{y + 4:.1f}" font-size="11" text-anchor="end">{figure}</text>')
    return (
        f"<section><h2>{escape(title)}</h2><p>{escape(words)}</p><p>En {escape(unit)}.</p>"
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" role="img" aria-label="{escape(title)}">'
        f"{''.join(frame)}{''.join(parts)}</svg></section>"
    )
