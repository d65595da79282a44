"""Read an indicator of a territory: each area's value, its margin of uncertainty, what may be concluded."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from territ_kit.errors import InputError
from territ_kit.estimate import Estimate
from territ_kit.french import fr, listing
from territ_kit.observation.rates import FEWEST_TO_PUBLISH, crude_rate, proportion, standardised_rate

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
        """The name that fits beside a line, such as « Département »."""
        return _SHORT.get(self.level, self.label)

    @property
    def the(self) -> str:
        """The name in a sentence, such as « le département »."""
        return _THE.get(self.level, self.label)

    @property
    def of(self) -> str:
        """The words that follow « la valeur », such as « du département »."""
        return _OF.get(self.level, f"de référence ({self.label})")


def find_reference(territory: Territory, indicator: str, level: str) -> Reference | None:
    """Return an indicator's value in the département, the region or France; None when nobody gives it."""
    table = territory.references
    found = table[(table["indicator"] == indicator) & (table["level"] == level)].dropna(subset=["value"])
    if found.empty:
        return None
    return Reference(float(found["value"].iloc[0]), level, str(found["label"].iloc[0]))


def compare(estimate: Estimate, reference: float) -> str:
    """Return whether an estimate is beyond a reference value: « higher », « lower » or « undetermined ».

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
    level : {"commune", "qpv", "epci"}
    confidence : float
        In (0, 1).
    reference : float, optional
        Value to compare with, in the unit of the indicator.

    Returns
    -------
    DataFrame
        Indexed by area code, in the territory's order. `name`; `value`, `low`, `high` in the unit of the
        catalogue (NaN when there is none; `low` and `high` are NaN for a figure published without interval);
        `missing` ("", "secret", "not_available", "not_applicable") and its French `reason`; `suppressed`
        (too few events); `reading` ("higher", "lower", "undetermined", or "" when nothing can be read).

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
    definition: Any = territory.catalogue.loc[indicator]
    table = territory.indicators
    given = table[(table["indicator"] == indicator) & (table["level"] == level)].set_index("area")
    rows = {}
    for code, name in _areas(territory, level).items():
        figures: Any = given.loc[code] if code in given.index else None
        missing, reason = _absence(definition, figures)
        estimate = (
            Estimate(math.nan, math.nan, math.nan)
            if missing
            else _estimate(territory, definition, figures, (level, code), confidence)
        )
        readable = reference is not None and not math.isnan(estimate.value)
        rows[code] = {
            "name": name,
            "value": estimate.value,
            "low": estimate.low,
            "high": estimate.high,
            "missing": missing,
            "reason": reason,
            "suppressed": estimate.suppressed,
            "reading": compare(estimate, reference) if readable and reference is not None else "",
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("code")


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
        The larger territory; an indicator that it does not give is « not_available ».
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
    rows = {}
    for indicator in indicators:
        reference = find_reference(territory, indicator, against)
        read = read_indicator(
            territory,
            indicator,
            level=level,
            confidence=confidence,
            reference=reference.value if reference else None,
        )
        row = read.loc[area if area is not None else read.index[0]].copy()
        definition = territory.catalogue.loc[indicator]
        if reference and reference.value > 0:
            row[["value", "low", "high"]] = row[["value", "low", "high"]] * 100 / reference.value
        elif not row["missing"]:
            row[["value", "low", "high"]] = math.nan
            row[["missing", "reason"]] = "not_available", f"La valeur {_OF[against]} n’est pas publiée."
        row["name"], row["direction"] = definition["short_label"], definition["direction"]
        rows[indicator] = row
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("indicator")


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
    if reference is None:
        return said
    landmark = f"la valeur {reference.of} ({fr(reference.value, decimals)})"
    reading = compare(Estimate(value, low, high), reference.value)
    if reading == "undetermined":
        subject = "L’intervalle contient" if not math.isnan(low) else "C’est aussi"
        return f"{said} {subject} {landmark} : on ne peut pas conclure."
    subject = "Tout l’intervalle est" if not math.isnan(low) else "Ce chiffre est"
    side = "au-dessus" if reading == "higher" else "au-dessous"
    return f"{said} {subject} {side} de {landmark} : {judge(reading, str(indicator['direction']))}."


def telling_decimals(
    decimals: int, value: float, interval: tuple[float, float], reference: float, *, most: int = 2
) -> int:
    """Return the decimals with which the written figures still say what the true ones do.

    Rounded too far, an interval is « de 9 à 9 », or touches a reference that it does not contain.

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


def _areas(territory: Territory, level: str) -> Mapping[str, str]:
    if level == "epci":
        return {territory.code: territory.short_name}
    if level not in {"commune", "qpv"}:
        raise InputError(
            f"Le niveau « {level} » n’existe pas ; attendu : « commune », « qpv » ou « epci ». "
            "Choisissez l’un des trois."
        )
    frame = territory.communes if level == "commune" else territory.qpv
    return {str(code): str(name) for code, name in frame["name"].items()}


def _absence(definition: pd.Series[Any], figures: pd.Series[Any] | None) -> tuple[str, str]:
    """Return why an area has no figure, and the sentence; a rate by age needs no figures of its own."""
    if figures is not None:
        return str(figures["missing"] or ""), str(figures["reason"] or "")
    return ("", "") if definition["kind"] == "standardised_rate" else ("not_available", "")


def _estimate(
    territory: Territory,
    definition: pd.Series[Any],
    figures: pd.Series[Any] | None,
    area: tuple[str, str],
    confidence: float,
) -> Estimate:
    per = float(definition["per"])
    if definition["kind"] == "standardised_rate":
        return _by_age(territory, area, confidence, per)
    if figures is None:
        return Estimate(math.nan, math.nan, math.nan)
    if definition["kind"] == "level":
        return Estimate(float(figures["value"]), math.nan, math.nan)
    measure = proportion if definition["kind"] == "proportion" else crude_rate
    return measure(float(figures["numerator"]), float(figures["denominator"]), confidence=confidence, per=per)


def _by_age(territory: Territory, area: tuple[str, str], confidence: float, per: float) -> Estimate:
    """Standardise the deaths of one area; with too few deaths its ages need not even be known."""

    def of_area(frame: pd.DataFrame) -> pd.DataFrame:
        here = frame[(frame["level"] == area[0]) & (frame["area"] == area[1])]
        return here.set_index("age_start").sort_index()

    deaths, people = of_area(territory.deaths), of_area(territory.ages)["population"]
    if deaths["deaths"].sum() < FEWEST_TO_PUBLISH:
        return Estimate.suppress()
    years = people.loc[deaths.index] * deaths["years"]
    standard = territory.standard_population.loc[deaths.index]
    return standardised_rate(deaths["deaths"], years, standard, confidence=confidence, per=per)
