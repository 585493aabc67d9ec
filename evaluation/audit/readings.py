"""Reads printed numbers as a reader does, and says whether an entry of the register explains them."""

import math
import re
from dataclasses import dataclass
from typing import Any

_TOKEN = re.compile(r"[+\-\N{MINUS SIGN}]?\d[\d.,]*\d|[+\-\N{MINUS SIGN}]?\d")
_FRACTION = re.compile(r"^(\d[\d.,]*) (?:din|of) (\d[\d.,]*)$")
_MILLIONS = {"ro": ("mil.", "mld."), "en": ("M", "B")}
_SCALES = (1e6, 1e9)
_OVER = 1e-6


@dataclass(frozen=True, slots=True)
class Reading:
    """A number read back: its value, and how much rounding may have changed it."""

    value: float
    half: float


def read_tokens(text: str, language: str) -> list[str]:
    """The numbers in a text, written the English way, without their signs for thousands.

    >>> read_tokens("1.234,5 din 3%", "ro")
    ['1234.5', '3']
    """
    thousands, decimal = (".", ",") if language == "ro" else (",", ".")
    found = []
    for token in _TOKEN.findall(_without_ranges(text)):
        plain = token.replace("\N{MINUS SIGN}", "-").replace(thousands, "").replace(decimal, ".")
        found.append(plain)
    return found


def _without_ranges(text: str) -> str:
    """A hyphen between two numbers joins them and is no sign."""
    return re.sub(r"(?<=\d)-(?=\d)", " ", text)


def _reading(token: str) -> Reading:
    places = len(token.split(".")[1]) if "." in token else 0
    try:
        return Reading(float(token), 0.5 * 10.0**-places)
    except ValueError:
        return Reading(math.nan, 0.0)


def explains(entry: dict[str, Any], text: str, language: str) -> bool:
    """Every number in the text is the entry's value, a limit of its interval, its n, or part and whole of its share.

    A value that is not there explains no number at all; words without a number are always explained.
    """
    tokens = read_tokens(text, language)
    if not tokens:
        return entry["value"] is None or entry["status"] != "ok" or math.isinf(entry["value"])
    if entry["status"] != "ok" or entry["value"] is None:
        return False
    part = _FRACTION.match(text.strip(" .,;:"))
    if part is not None:
        return _is_share(entry, [_reading(one) for one in tokens])
    head, *rest = [_reading(one) for one in tokens]
    known = [entry[one] for one in ("value", "ci_low", "ci_high", "n") if entry[one] is not None]
    scale = _scale(text, language)
    first = known if rest else known[:1]
    return _near(head, first, scale) and all(_near(one, known, scale) or _is_count(one) for one in rest)


def is_value(entry: dict[str, Any], token: str) -> bool:
    """A number, written the English way, is the entry's value or a limit of its interval, rounded."""
    known = [entry[one] for one in ("value", "ci_low", "ci_high") if entry[one] is not None]
    return _near(_reading(token), known, 1.0)


def _is_share(entry: dict[str, Any], readings: list[Reading]) -> bool:
    part, whole = (one.value for one in readings)
    value = entry["value"]
    if math.isclose(part, value, rel_tol=1e-9):
        return True
    return whole > 0 and math.isclose(part / whole, value, rel_tol=1e-9, abs_tol=1e-12)


def _scale(text: str, language: str) -> float:
    for word, scale in zip(_MILLIONS[language], _SCALES, strict=True):
        if re.search(rf"\d\s?{re.escape(word)}", text):
            return scale
    return 1.0


def _near(reading: Reading, known: list[float], scale: float) -> bool:
    return any(
        abs(reading.value * scale - value * times) <= reading.half * scale * (1 + _OVER) + 1e-9
        for value in known
        for times in (1, 100)
    )


def _is_count(reading: Reading) -> bool:
    """A whole number beside the value: how many answered of how many asked."""
    return reading.half == 0.5 and reading.value >= 0
