"""Read an indicator of a territory: each area's value, its margin of uncertainty, what may be concluded."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from territ_kit.errors import InputError
from territ_kit.estimate import Estimate
from territ_kit.french import fr, listing
from territ_kit.observation.figures import read_figures
from territ_kit.observation.rates import FEWEST_TO_PUBLISH

if TYPE_CHECKING:
    from territ_kit.territory import Territory

MISSING = {
    "secret": "secret statistique",
    "not_available": "donnée non disponible",
    "not_applicable": "sans objet",
}
_MISSING_SENTENCES = {
    "secret": "le nombre est trop petit pour être publié, des personnes pourraient être reconnues.",
    "not_available": "ce n’est pas un zéro, personne n’a publié ce nombre.",
    "not_applicable": "l’indicateur n’a pas de sens ici.",
}
_SHORT = {"departement": "Département", "region": "Région", "france": "France"}
_THE = {"departement": "le département", "region": "la région", "france": "la France"}
_OF = {"departement": "du département", "region": "de la région", "france": "de la France"}


@dataclass(frozen=True, slots=True)
class Reference:
    """A value to compare with: that of a larger territory, in the unit of the indicator."""

    value: float
    level: str = "departement"
    label: str = "Département"

    @property
    def short(self) -> str:
        """The name that fits beside a line, such as « Département »."""
        return _SHORT.get(self.level, self.label)

    @property
    def the(self) -> str:
        """The name in a sentence, such as « le département »."""
        return _THE.get(self.level, self.label)

    @property
    def of(self) -> str:
        """The words that follow « la valeur », such as « du département »."""
        return _OF.get(self.level, f"de référence ({self.label})")


def find_reference(territory: Territory, indicator: str, level: str) -> Reference | None:
    """Return an indicator's value in the département, the region or France; None when nobody gives it."""
    table = territory.references
    found = table[(table["indicator"] == indicator) & (table["level"] == level)].dropna(subset=["value"])
    if found.empty:
        return None
    return Reference(float(found["value"].iloc[0]), level, str(found["label"].iloc[0]))


def compare(estimate: Estimate, reference: float) -> str:
    """Return whether an estimate is beyond a reference value: « higher », « lower » or « undetermined ».

    It is beyond only when the whole interval is. A value whose source gives no interval (`low` and `high` are
    NaN) is compared as it is.

    Examples
    --------
    >>> compare(Estimate(31, 28, 34), 25), compare(Estimate(31, 28, 34), 30)
    ('higher', 'undetermined')
    """
    if estimate.suppressed or math.isnan(estimate.value) or math.isnan(reference):
        return "undetermined"
    low, high = (estimate.value if math.isnan(limit) else limit for limit in (estimate.low, estimate.high))
    return "higher" if low > reference else "lower" if high < reference else "undetermined"


def read_indicator(
    territory: Territory,
    indicator: str,
    *,
    level: str = "commune",
    confidence: float = 0.95,
    reference: float | None = None,
) -> pd.DataFrame:
    """Return an indicator in every area of a level, with its interval.

    Parameters
    ----------
    territory : Territory
    indicator : str
        Id of the catalogue.
    level : {"commune", "group", "qpv", "epci"}
    confidence : float
        In (0, 1).
    reference : float, optional
        Value to compare with, in the unit of the indicator.

    Returns
    -------
    DataFrame
        Indexed by area code, in the territory's order. `name`; `events` and `base` (what was counted among
        how many, NaN when nothing is); `value`, `low`, `high` in the unit of the catalogue (NaN when there is
        none; `low` and `high` are NaN for a figure published without interval); `missing` ("", "secret",
        "not_available", "not_applicable") and its French `reason`; `suppressed` (too few events); `reading`
        ("higher", "lower", "undetermined", or "" when nothing can be read).

    Raises
    ------
    InputError
        If the indicator or the level is unknown, or a figure cannot be used.
    """
    if indicator not in territory.catalogue.index:
        raise InputError(
            f"L’indicateur « {indicator} » n’existe pas dans {territory.name} ; attendu : "
            f"{listing(list(territory.catalogue.index))}. Choisissez l’un d’eux."
        )
    rows = read_figures(territory, [indicator], level, confidence=confidence).droplevel("indicator")
    rows["reading"] = "" if reference is None else _readings(rows, reference)
    return rows


def _readings(rows: pd.DataFrame, reference: float) -> list[str]:
    estimates = rows[["value", "low", "high"]].itertuples(index=False)
    return ["" if math.isnan(row[0]) else compare(Estimate(*row), reference) for row in estimates]


def read_profile(
    territory: Territory,
    indicators: Sequence[str],
    *,
    against: str = "departement",
    level: str = "epci",
    area: str | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Return several indicators of one area as indices: 100 is the value of a larger territory.

    Parameters
    ----------
    territory : Territory
    indicators : sequence of str
        Ids of the catalogue.
    against : {"departement", "region", "france"}
        The larger territory; an indicator that it does not give is « not_available ».
    level, area : str
        The area read; by default the whole territory.
    confidence : float
        In (0, 1).

    Returns
    -------
    DataFrame
        Indexed by indicator; the columns of `read_indicator` (`value`, `low`, `high` are indices), and
        `direction` of the catalogue.
    """
    code = territory.code if area is None else area
    rows = read_figures(territory, indicators, level, confidence=confidence, areas=[code]).droplevel("code")
    definitions = territory.catalogue.loc[list(indicators)]
    rows["name"], rows["direction"] = definitions["short_label"], definitions["direction"]
    table = territory.references[territory.references["level"] == against]
    references = table.set_index("indicator")["value"].reindex(rows.index)
    rows["reading"] = [
        "" if math.isnan(value) or math.isnan(reference) else compare(Estimate(value, low, high), reference)
        for value, low, high, reference in rows[["value", "low", "high"]]
        .assign(at=references)
        .to_numpy(float)
    ]
    usable = references > 0
    rows.loc[~usable, "reading"] = ""
    rows[["value", "low", "high"]] = rows[["value", "low", "high"]].mul(
        100 / references.where(usable), axis=0
    )
    rows.loc[~usable & (rows["missing"] == ""), ["missing", "reason"]] = (
        "not_available",
        f"La valeur {_OF[against]} n’est pas publiée.",
    )
    return rows


def explain(
    row: pd.Series[Any],
    indicator: pd.Series[Any],
    *,
    reference: Reference | None = None,
    confidence: float = 0.95,
) -> str:
    """Say in plain French what one row of `read_indicator` allows to say.

    Parameters
    ----------
    row : Series
        A row of `read_indicator`.
    indicator : Series
        The row of the catalogue.
    reference : Reference, optional
        The value that the row was compared with.
    confidence : float
        That of the row, in (0, 1).
    """
    name = str(row["name"])
    if row["missing"]:
        kind = str(row["missing"])
        own_sentence = f"{MISSING[kind].capitalize()} : {_MISSING_SENTENCES[kind]}"
        return f"{name}. {row['reason'] or own_sentence}"
    if row["suppressed"]:
        return (
            f"{name} : moins de {FEWEST_TO_PUBLISH} événements, le taux n’est pas calculé. "
            "Il changerait trop d’une année à l’autre."
        )
    value, low, high = (float(row[column]) for column in ("value", "low", "high"))
    decimals = telling_decimals(
        int(indicator["decimals"]), value, (low, high), reference.value if reference else math.nan
    )
    said = f"{name} : {fr(value, decimals, unit=str(indicator['unit']))}."
    if math.isnan(low):
        said += " La source donne ce chiffre sans marge d’incertitude."
    else:
        said += (
            f" La valeur vraie se situe probablement entre {fr(low, decimals)} et {fr(high, decimals)} "
            f"(intervalle de confiance à {fr(confidence * 100)} %)."
        )
    few = indicator["kind"] != "proportion" and row["events"] < FEWEST_TO_PUBLISH
    caution = " Moins de dix événements : ne publiez pas ce chiffre." if few else ""
    if reference is None:
        return said + caution
    landmark = f"la valeur {reference.of} ({fr(reference.value, decimals)})"
    reading = compare(Estimate(value, low, high), reference.value)
    if reading == "undetermined":
        subject = "L’intervalle contient" if not math.isnan(low) else "C’est aussi"
        return f"{said} {subject} {landmark} : on ne peut pas conclure.{caution}"
    subject = "Tout l’intervalle est" if not math.isnan(low) else "Ce chiffre est"
    side = "au-dessus" if reading == "higher" else "au-dessous"
    judged = judge(reading, str(indicator["direction"]))
    return f"{said} {subject} {side} de {landmark} : {judged}.{caution}"


def telling_decimals(
    decimals: int, value: float, interval: tuple[float, float], reference: float, *, most: int = 2
) -> int:
    """Return the decimals with which the written figures still say what the true ones do.

    Rounded too far, an interval is « de 9 à 9 », or touches a reference that it does not contain.

    Parameters
    ----------
    decimals : int
        The usual number.
    value, reference : float
        The reference is NaN when there is none.
    interval : tuple of float
        Its limits are NaN when there is none.
    most : int
        Decimals that may be added.

    Examples
    --------
    >>> telling_decimals(0, 9.0, (8.82, 9.19), 9.1), telling_decimals(0, 31.0, (28.0, 34.0), 25.0)
    (1, 0)
    """
    low, high = (value if math.isnan(limit) else limit for limit in interval)
    for digits in range(decimals, decimals + most):
        shown_low, shown_high, landmark = (round(number, digits) for number in (low, high, reference))
        apart = (low > reference) == (shown_low > landmark) and (high < reference) == (shown_high < landmark)
        if apart and (low < high) == (shown_low < shown_high):
            return digits
    return decimals + most


def judge(reading: str, direction: str) -> str:
    """Return what a clear difference means, by the direction of the indicator (French, no final stop).

    Examples
    --------
    >>> judge("higher", "higher_is_worse"), judge("lower", "neutral")
    ('la situation y est moins favorable', 'l’écart est net')
    """
    if direction not in {"higher_is_worse", "higher_is_better"}:
        return "l’écart est net"
    worse = (reading == "higher") == (direction == "higher_is_worse")
    return f"la situation y est {'moins' if worse else 'plus'} favorable"
