"""The one place where numbers are rounded and written, in the manner of each language."""

import math
from datetime import date
from functools import cache

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_decimal
from babel.units import format_unit

from evaluation.core.language import Language

DECIMALS = {
    "count": 0,
    "proportion": 1,
    "percent": 1,
    "rate": 2,
    "rate_ratio": 2,
    "published": 6,
    "share": 1,
    "proportion_difference": 1,
    "relative_change": 1,
    "coverage": 1,
    "product": 1,
    "money": 0,
    "duration": 1,
    "index": 1,
    "mean": 1,
    "mean_change": 1,
    "mean_difference": 1,
    "agreement": 1,
    "floor": 1,
    "ceiling": 1,
    "missing": 1,
    "reliable_change": 1,
    "rank": 0,
    "third": 0,
    "rank_shift": 0,
    "days_after_due": 0,
    "days_after_deadline": 0,
}
_ENDS = ("floor", "ceiling", "missing")
_PERCENT = ("proportion", "percent", "share", "relative_change", "coverage", "product", *_ENDS)
_FRACTIONS = (
    "proportion",
    "share",
    "proportion_difference",
    "relative_change",
    "coverage",
    "product",
    *_ENDS,
)
_SIGNED = ("proportion_difference", "relative_change", "mean_change", "mean_difference")
_NEGATIVE = (*_SIGNED, "correlation", "krippendorff_alpha", "kappa")
PARTIAL = ("partial_count", "partial_money")
AT_LEAST = "count_at_least"
_PLAIN = {"partial_count": "count", "partial_money": "money", AT_LEAST: "count"}
_POINTS = {"ro": "p.p.", "en": "pp"}
_TO = {"ro": " până la ", "en": " to "}


def format_number(value: float, *, quantity: str, language: str) -> str:
    """A number as printed: decimals of its quantity, Romanian or English separators, percent where due.

    ``proportion``, ``share``, ``coverage`` and ``product`` are fractions of one and printed as percentages;
    ``percent`` already is one; ``proportion_difference`` is printed in percentage points and
    ``relative_change`` in percent, both with their sign; ``money`` is in lei, ``duration`` in days;
    ``published`` keeps the digits of its source. Every negative number has the minus sign. Halves round to even, as Babel does.

    >>> format_number(1234.5, quantity="published", language="ro")
    '1.234,5'
    """
    if math.isnan(value):
        raise ValueError("a number that is not there cannot be printed; print its status")
    quantity = plain_quantity(quantity)
    shown = value * 100 if quantity in _FRACTIONS else value
    places = DECIMALS.get(quantity, 2)
    shown = shown if round(shown, places) else abs(shown)  # no minus before a nought
    fraction = "#" * places if quantity in ("published", "percent", "duration") else "0" * places
    pattern = "#,##0" + (f".{fraction}" if places else "")
    plus = "+" if quantity in _SIGNED and round(shown, places) else ""
    pattern = f"{plus}{pattern};\N{MINUS SIGN}{pattern}"
    if quantity == "duration":
        return str(format_unit(value, "duration-day", format=pattern, locale=_locale(language)))
    text = str(format_decimal(shown, format=pattern, locale=_locale(language)))
    return f"{text}{_unit(quantity, language=language)}"


def plain_quantity(quantity: str) -> str:
    """How a quantity is printed: of an incomplete count or a lower limit, the number itself like a count."""
    return _PLAIN.get(quantity, quantity)


def format_short(value: float, *, quantity: str, language: str) -> str:
    """A number for a narrow place: money and counts of a million and more in millions, money without its unit.

    >>> format_short(12345678.0, quantity="money", language="ro")
    '12,3\xa0mil.'
    """
    if quantity in ("count", "money") and abs(value) >= 1e6:
        return str(format_compact_decimal(value, locale=_locale(language), fraction_digits=1))
    kind = {"money": "count", "duration": "published"}.get(quantity, quantity)
    return format_number(value, quantity=kind, language=language)


def format_interval(low: float, high: float, *, quantity: str, language: str) -> str:
    """An interval with an en dash, of signed limits with a word; its limits are written like the estimate."""
    joint = _TO[language] if quantity in _NEGATIVE or low < 0 else "–"
    return joint.join(format_number(limit, quantity=quantity, language=language) for limit in (low, high))


def _unit(quantity: str, *, language: str) -> str:
    if quantity in _PERCENT:
        return "%"
    if quantity == "proportion_difference":
        return f"\xa0{_POINTS[language]}"
    return "\xa0lei" if quantity == "money" else ""


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
