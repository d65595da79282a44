"""A piece of page written by Python."""

from __future__ import annotations

from pathlib import Path

import anywidget
import traitlets

from territ_kit.widgets.style import stylesheet


class Fragment(anywidget.AnyWidget):
    """HTML made by our own code; every value in it is escaped by its author. `live` announces its changes."""

    _esm = Path(__file__).with_suffix(".js")
    _css = stylesheet()

    html = traitlets.Unicode().tag(sync=True)
    live = traitlets.Bool(False).tag(sync=True)
