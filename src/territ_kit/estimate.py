"""The result of every measure that carries an interval."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and its confidence interval, in the unit of the measure.

    A suppressed estimate has too few events to be published: its three figures are NaN.
    """

    value: float
    low: float
    high: float
    suppressed: bool = False

    @classmethod
    def suppress(cls) -> Estimate:
        """Return the estimate that says only that it must not be published."""
        return cls(math.nan, math.nan, math.nan, suppressed=True)
