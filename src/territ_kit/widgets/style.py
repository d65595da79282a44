"""The stylesheet of our elements in JupyterLab, held inside `.territ` so that the rest keeps its own."""

from __future__ import annotations

import os
import re
from pathlib import Path

from territ_kit import web

SHEET = Path(web.__file__).parent / "share/jupyter/voila/templates/territ/static/territ.css"


def scoped(sheet: str) -> str:
    """Return `sheet` with every rule held inside `.territ` (CSS nesting), the page's own rules moved onto it.

    Examples
    --------
    >>> scoped(":root{--encre:#000} body{margin:0} h1{color:red}")
    '.territ{ &{--encre:#000} &{margin:0} h1{color:red} }'
    """
    inner = re.sub(r"(?m)(^|[}\s])(:root|body)(?=\s*[{,])", r"\1&", sheet)
    # A box carries `territ` itself: its layout is its own, not that of something inside it.
    inner = re.sub(r"(\.lm-Widget\.t-|\.t-[a-z]+>\.lm-Widget)", r"&\1", inner)
    return f".territ{{ {inner} }}"


def stylesheet() -> str:
    """Return what a widget must bring: nothing on our Voilà pages, which have the sheet already."""
    return "" if "VOILA_PREHEAT" in os.environ else scoped(SHEET.read_text(encoding="utf-8"))
