"""Boxes that take the page's grid."""

from __future__ import annotations

from typing import Any

import ipywidgets


def box(css_class: str, *children: Any, also: str = "") -> ipywidgets.Box:
    """Return a box laid out by the classes `css_class` and `also` of the stylesheet."""
    made = ipywidgets.Box(children)
    for name in ("territ", css_class, also):
        if name:
            made.add_class(name)
    return made
