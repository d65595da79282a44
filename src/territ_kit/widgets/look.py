"""One picture of a territory and the sentence that reads it, for the notebooks of the course."""

from __future__ import annotations

import ipywidgets

from territ_kit.errors import InputError
from territ_kit.french import listing
from territ_kit.widgets.layout import box
from territ_kit.widgets.observer import ObserverPanel


def look(
    case: str,
    indicator: str,
    *,
    area: str = "",
    level: str = "commune",
    view: str = "profile",
    against: str = "departement",
) -> ipywidgets.Box:
    """Return an indicator drawn over a territory, and one area of it in plain words.

    Parameters
    ----------
    case, indicator : str
        Ids.
    area : str
        Name of a commune or of a neighbourhood; by default the whole territory.
    level : {"commune", "qpv"}
    view : {"profile", "map"}
        Neighbourhoods have no map.
    against : {"departement", "region", "france"}

    Raises
    ------
    InputError
        If one of these does not exist here.
    """
    panel = ObserverPanel(case)
    codes = {str(name): str(code) for code, name in panel.territory.area_names().items()}
    asked = {"indicator": indicator, "level": level, "against": against}
    if level == "commune":
        asked["view"] = view
    panel.restore(asked)
    if area:
        asked["area"] = codes.get(area, area)
        panel.restore({"area": asked["area"]})
    refused = [value for name, value in asked.items() if panel.form.value.get(name) != value]
    if refused:
        raise InputError(
            f"Dans {panel.territory.name}, {listing([f'« {value} »' for value in refused])} n’existe pas. "
            "Le kit attendait ce que propose la page « Observer ». Corrigez l’appel."
        )
    return box("t-pile", panel.figure, panel.words)
