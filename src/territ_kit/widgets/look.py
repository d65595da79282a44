"""One picture of a territory and the sentence that reads it, for the notebooks of the course."""

from __future__ import annotations

import ipywidgets

from territ_kit.errors import InputError
from territ_kit.french import listing
from territ_kit.widgets.layout import box
from territ_kit.widgets.observer import ObserverPanel
from territ_kit.widgets.observer.views import VIEWS


def look(
    case: str,
    indicator: str = "",
    *,
    area: str = "",
    level: str = "",
    view: str = "profile",
    against: str = "",
) -> ipywidgets.Box:
    """Return one way of looking at a territory, and one place of it in plain words.

    The traps stay for the page: here the text around leads to them.

    Parameters
    ----------
    case, indicator : str
        Ids; a view of people, not of figures, needs no indicator.
    area : str
        Name or code of a place; by default the whole territory.
    level : {"commune", "group", "qpv"}
        What the view compares, where it lets choose.
    view : str
        A way of looking of the page: overview, profile, map, funnel, smoothed, gradient, concentration,
        pyramid, access.
    against : {"departement", "region", "france"}

    Raises
    ------
    InputError
        If one of these does not exist here.
    """
    panel = ObserverPanel(case)
    codes = {str(name): str(code) for code, name in panel.territory.area_names().items()}
    asked = {"view": view, "indicator": indicator, "level": level, "against": against}
    asked = {name: choice for name, choice in asked.items() if choice}
    if area:
        asked["area"] = codes.get(area, area)
    panel.restore(asked)
    shown = {**panel.form.value, "indicator": panel.asked.indicator}
    refused = [choice for name, choice in asked.items() if shown.get(name) != choice]
    if refused:
        raise InputError(
            f"Dans {panel.territory.name}, {listing([str(choice) for choice in refused])} n’existe pas ou ne "
            "se lit pas ainsi. Le kit attendait ce que propose la page « Observer ». Corrigez l’appel."
        )
    return box("t-pile", panel.figure, *([panel.words] if VIEWS[panel.choices["view"]].reads else []))
