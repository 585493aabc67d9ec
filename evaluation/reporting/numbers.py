"""The one place where numbers are rounded and written, in the manner of each language."""

import math
from datetime import date
from functools import cache

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from evaluation.core.language import Language

DECIMALS = {
    "count": 0,
    "proportion": 1,
    "percent": 1,
    "rate": 2,
    "rate_ratio": 2,
    "published": 6,
    "share": 1,
}
_PERCENT = ("proportion", "percent", "share")


def format_number(value: float, *, quantity: str, language: str) -> str:
    """A number as printed: decimals of its quantity, Romanian or English separators, percent where due.

    ``proportion`` and ``share`` are fractions of one and printed as percentages; ``percent`` already is
    one; ``published`` keeps the digits of its source. Halves round to even, as Babel does.

    >>> format_number(1234.5, quantity="published", language="ro")
    '1.234,5'
    """
    if math.isnan(value):
        raise ValueError("a number that is not there cannot be printed; print its status")
    shown = value * 100 if quantity in ("proportion", "share") else value
    places = DECIMALS.get(quantity, 2)
    fraction = "#" * places if quantity in ("published", "percent") else "0" * places
    pattern = "#,##0" + (f".{fraction}" if places else "")
    text = str(format_decimal(shown, format=pattern, locale=_locale(language)))
    return f"{text}%" if quantity in _PERCENT else text


def format_interval(low: float, high: float, *, quantity: str, language: str) -> str:
    """An interval with an en dash; its limits are written like the estimate."""
    return "–".join(format_number(limit, quantity=quantity, language=language) for limit in (low, high))


def plural_form(value: float, *, language: str) -> str:
    """The CLDR plural category of a whole number: Romanian one, few, other; English one, other."""
    return str(_locale(language).plural_form(round(value)))


def format_day(day: date, *, language: str) -> str:
    """A date in words: 31 decembrie 2026, 31 December 2026."""
    return str(format_date(day, format="d MMMM y", locale=_locale(language)))


def join_words(words: list[str], *, language: str) -> str:
    """An enumeration with the language's own last conjunction."""
    return str(format_list(words, locale=_locale(language)))


@cache
def _locale(language: str) -> Locale:
    return Locale.parse({"ro": "ro_RO", "en": "en_GB"}[Language(language)])
