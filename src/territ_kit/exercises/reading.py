"""Reading what people write, forgivingly: numbers, dates, words, and French spaces."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_NUMBER = re.compile(r"([+-]?\d{1,15}(?:[.,]\d{1,15})?)(?![\d.,]*\d)\D{0,40}")
_DATES = (
    re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<month>\d{1,2})[/.-](?P<year>\d{4})"),
    re.compile(r"(?:(?P<day>\d{1,2})(?:er)? )?(?P<name>[a-z]+) (?P<year>\d{4})"),
)
_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin",
    "juillet", "aout", "septembre", "octobre", "novembre", "decembre",
)  # fmt: skip


def read_number(text: str) -> float | None:
    """Return the number that a text starts with, its unit forgiven; None when there is none.

    Examples
    --------
    >>> read_number("12 000,50 €"), read_number("−3"), read_number("douze")
    (12000.5, -3.0, None)
    """
    compact = _SPACES.sub("", text).replace("\u2212", "-")
    found = _NUMBER.fullmatch(compact)
    return float(found[1].replace(",", ".")) if found else None


def read_date(text: str) -> date | None:
    """Return the date of a text: 15/03/2027, 2027-03-15, 03/2027, mars 2027, 15 mars 2027; None otherwise.

    A month without a day is its first day.
    """
    words = fold(text)
    for pattern in _DATES:
        if found := pattern.fullmatch(words):
            parts = found.groupdict()
            name = parts.get("name")
            if name is not None and name not in _MONTHS:
                continue
            month = int(parts["month"]) if name is None else _MONTHS.index(name) + 1
            try:
                return date(int(parts["year"]), month, int(parts.get("day") or 1))
            except ValueError:
                continue
    return None


def typeset(text: str) -> str:
    r"""Return a French text with its no-break spaces and its apostrophes, however it was typed.

    Examples
    --------
    >>> typeset("L'écart : « faible » ?")
    'L’écart\xa0: «\xa0faible\xa0»\u202f?'
    """
    text = re.sub(r"(?<=\w)'(?=\w)", "’", text)
    text = re.sub(r"(?<=\S)[ \u00a0\u202f]([;?!])", "\u202f\\1", text)
    text = re.sub(r"(?<=\S)[ \u202f]([:»])", "\u00a0\\1", text)
    return re.sub(r"«[ \u202f]", "«\u00a0", text)


def fold(text: str) -> str:
    """Return a text without capitals, accents, typographic apostrophes, dashes or doubled spaces.

    Examples
    --------
    >>> fold("  L’Élu  référent ")
    "l'elu referent"
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    plain = plain.replace("’", "'").replace("œ", "oe")
    return _SPACES.sub(" ", re.sub(r"[\u2010-\u2015\u2212]", "-", plain)).strip()


def mentions(text: str, beginning: str) -> bool:
    """Tell whether a word of the text, or a run of words, begins with `beginning`.

    Examples
    --------
    >>> mentions("Des apprentis du CFA", "apprenti"), mentions("la commission", "mission")
    (True, False)
    """
    return re.search(rf"(?<!\w){re.escape(fold(beginning))}", fold(text)) is not None
