"""Numbers and short lists as French readers write them."""

from __future__ import annotations

import math
from collections.abc import Sequence

THIN_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
DASH = "–"


def fr(number: float, decimals: int | None = None, *, unit: str = "", signed: bool = False) -> str:
    r"""Return a number in French typography.

    Parameters
    ----------
    number : float
        NaN and infinities give a dash: a screen never shows « nan ».
    decimals : int, optional
        Digits after the comma; chosen by `decimals_for` when omitted.
    unit : str, optional
        Written after a no-break space, as in « 31 % ».
    signed : bool, optional
        Write the plus sign of a positive number.

    Examples
    --------
    >>> fr(12.5), fr(-9), fr(46, signed=True), fr(31, unit="%")
    ('12,5', '−9', '+46', '31\xa0%')
    >>> fr(70500)
    '70\u202f500'
    """
    if not math.isfinite(number):
        return DASH
    digits = f"{abs(number):,.{decimals_for([number]) if decimals is None else decimals}f}"
    text = digits.replace(",", THIN_SPACE).replace(".", ",")
    if any(figure in text for figure in "123456789"):  # a rounded zero has no sign
        text = (MINUS if number < 0 else "+" if signed else "") + text
    return f"{text}{NO_BREAK_SPACE}{unit}" if unit else text


def decimals_for(numbers: Sequence[float]) -> int:
    """Return the decimals that make a series readable: 0 from 100 or for whole numbers, 1 from 1, else 2.

    Examples
    --------
    >>> decimals_for([198.4, 212.0]), decimals_for([12.5, 8.0]), decimals_for([3, 4]), decimals_for([0.31])
    (0, 1, 0, 2)
    """
    finite = [abs(number) for number in numbers if math.isfinite(number)]
    largest = max(finite, default=0.0)
    if largest >= 100 or all(number == round(number) for number in finite):
        return 0
    return 1 if largest >= 1 else 2


def listing(words: Sequence[str]) -> str:
    """Return the words joined as in a sentence.

    Examples
    --------
    >>> listing(["le CLS", "le RTPS", "l’ASV"])
    'le CLS, le RTPS et l’ASV'
    """
    *first, last = words or [""]
    return f"{', '.join(first)} et {last}" if first else last


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number and its noun, in the plural from 2 upwards (French counts 0 as singular).

    Examples
    --------
    >>> count(0, "commune"), count(1, "réseau", "réseaux"), count(2, "réseau", "réseaux")
    ('0 commune', '1 réseau', '2 réseaux')
    """
    return f"{fr(number)} {(plural or noun + 's') if number >= 2 else noun}"
