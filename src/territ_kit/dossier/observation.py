"""What the first step leaves: the indicators that stand out, and what the person says of them."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from territ_kit.dossier.part import Part

LONGEST_TEXT = 2000
REASONS = {
    "net": "L’écart est net.",
    "nombre": "Beaucoup de personnes sont concernées.",
    "injuste": "Certains lieux ou certains habitants sont bien plus touchés.",
    "parole": "Des habitants ou des professionnels en parlent.",
    "agir": "Nous pouvons agir dessus.",
    "verifier": "Il faut vérifier avant d’en parler.",
}
"""Why a finding may be kept, as the page and the printed list offer it."""


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def _none_for_nan(value: Any) -> Any:
    """Return None for NaN: the measures say with it that there is no figure, and JSON cannot."""
    return None if isinstance(value, float) and math.isnan(value) else value


def _each_once(kept: tuple[Finding, ...]) -> tuple[Finding, ...]:
    if len({finding.id for finding in kept}) < len(kept):
        raise PydanticCustomError("kept_twice", "a finding is kept twice")
    return kept


Words = Annotated[str, Field(max_length=LONGEST_TEXT)]
Text = Annotated[str, Field(min_length=1, max_length=LONGEST_TEXT)]
Figure = Annotated[float | None, BeforeValidator(_none_for_nan)]
Reasons = Annotated[tuple[Text, ...], AfterValidator(lambda reasons: tuple(dict.fromkeys(reasons)))]
Moment = Annotated[AwareDatetime, AfterValidator(lambda moment: moment.astimezone(UTC))]


def finding_id(indicator: str, level: str, area: str, against: str = "") -> str:
    """Return the id of a finding: an indicator is kept once by area and by reference.

    Examples
    --------
    >>> finding_id("pauvrete", "commune", "X1001", "departement")
    'pauvrete-commune-X1001-departement'
    """
    return "-".join(filter(None, (indicator, level, area, against)))


class Finding(Part):
    """An indicator that stands out in one area, with what its figures allow to say.

    Attributes
    ----------
    indicator, label : str
        Id in the catalogue, and its French name.
    level, area, area_name : str
        Level of the area ("commune", "qpv", "epci"), its code, its name.
    against : str
        Level of the reference ("departement", "region", "france"); "" when there is none.
    value, low, high, reference : float or None
        In `unit`; NaN is kept as None. `low` and `high` are None when the source gives no interval.
    unit, year, source : str
        As written beside the figure; `year` may be a period, « 2019-2021 ».
    reading : {"higher", "lower", "undetermined", "none"}
        The area beside the reference; "none" when nothing can be read.
    sentence : str
        What the figures allow to say, in French.
    reasons : tuple of str
        Why it is kept, each once: « écart net », « les habitants en parlent »…
    words : str
        The learner's own, at most 2000 characters.
    kept_at : datetime
        When it was first kept, UTC.
    """

    indicator: Text
    label: Text
    level: Text
    area: Text
    area_name: Text
    against: Words = ""
    value: Figure = None
    low: Figure = None
    high: Figure = None
    reference: Figure = None
    unit: Words = ""
    year: Words = ""
    source: Words = ""
    reading: Literal["higher", "lower", "undetermined", "none"] = "none"
    sentence: Text
    reasons: Reasons = ()
    words: Words = ""
    kept_at: Moment = Field(default_factory=_now)

    @property
    def id(self) -> str:
        """The stable id, given by `finding_id`."""
        return finding_id(self.indicator, self.level, self.area, self.against)


class Observation(Part):
    """What the first step leaves: the findings kept, the most telling first."""

    kept: Annotated[tuple[Finding, ...], AfterValidator(_each_once)] = ()
