"""What the figures of a plan must be before anything is computed with them."""

from __future__ import annotations

import math
from numbers import Integral, Real
from typing import Any

from territ_kit.errors import InputError


def is_number(value: Any, low: float = 0.0, high: float = math.inf) -> bool:
    """Return whether a value is a finite number from `low` to `high`: no text, no hole, no list.

    Examples
    --------
    >>> is_number(2.5), is_number("2.5"), is_number(None), is_number(math.nan), is_number(2, high=1)
    (True, False, False, False, False)
    """
    return isinstance(value, Real) and math.isfinite(value) and low <= float(value) <= high


def is_whole(value: Any, low: int, high: int) -> bool:
    """Return whether a value is a whole number from `low` to `high`."""
    return isinstance(value, Integral) and low <= int(value) <= high


def check_euros(name: str, amount: Any) -> None:
    """Refuse what is not an amount in euros, 0 or more."""
    if not is_number(amount):
        said = (
            "n’est pas rempli"
            if amount is None or (isinstance(amount, float) and math.isnan(amount))
            else f"vaut {amount}"
        )
        raise InputError(
            f"« {name} » {said} ; attendu : un montant en euros, 0 ou plus. "
            "Corrigez le montant, ou écrivez 0 s’il n’y en a pas."
        )
