"""A piece of page written by Python, from a template that escapes every value."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Self

import anywidget
import traitlets
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from territ_kit.exercises.reading import typeset
from territ_kit.widgets.style import stylesheet


class Fragment(anywidget.AnyWidget):
    """A piece of page; `live` announces its changes to screen readers."""

    _esm = Path(__file__).with_suffix(".js")
    _css = stylesheet()

    html = traitlets.Unicode().tag(sync=True)
    live = traitlets.Bool(default_value=False).tag(sync=True)

    def show(self, template: str, **names: Any) -> Self:
        """Fill the piece with `html/<template>.html`."""
        self.html = _templates().get_template(f"{template}.html").render(**names)
        return self


@cache
def _templates() -> Environment:
    loader = FileSystemLoader(Path(__file__).parent / "html")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, finalize=_french)


def _french(shown: object) -> object:
    """Typeset a text about to be shown; HTML passes as it is."""
    return typeset(shown) if isinstance(shown, str) and not isinstance(shown, Markup) else shown
