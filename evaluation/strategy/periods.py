"""Printed periods of the plan turned into dates."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from evaluation.core.errors import StrategyError

_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2}
_MONTHS = {"annual": 12, "semestrial": 6, "quarterly": 3}
_RECURRING = {"anual": "annual", "anuală": "annual", "semestrial": "semestrial", "trimestrial": "quarterly"}


@dataclass(frozen=True, slots=True)
class Window:
    """A closed span of days."""

    start: date
    end: date


class Break(Protocol):
    """A break in a reported series, as the list of breaks gives it."""

    @property
    def indicator(self) -> str: ...
    @property
    def from_period(self) -> str: ...
    @property
    def note_ro(self) -> str: ...
    @property
    def note_en(self) -> str: ...


def read_period(printed: str, *, within: Window) -> tuple[Window, ...]:
    """The windows that a printed period stands for, inside the plan's own dates.

    "Permanent" is the plan's whole span; a year, a span of years, a semester or a quarter is itself, also
    beyond the plan's end (some evaluation stages lie in 2027); a recurring word ("Anual", "Semestrial",
    "Trimestrial") gives one window per interval. "și la nevoie" (and as needed) adds no date.

    >>> read_period("Semestrul II 2024", within=Window(date(2024, 1, 1), date(2026, 12, 31)))
    (Window(start=datetime.date(2024, 7, 1), end=datetime.date(2024, 12, 31)),)
    """
    text = re.sub(r"\s+", " ", printed).strip().lower().removesuffix(" și la nevoie")
    if text == "permanent":
        return (within,)
    if text in _RECURRING:
        return split_window(within, frequency=_RECURRING[text])
    if "/" in text and all(part in _RECURRING for part in text.split("/")):
        shortest = min((_RECURRING[part] for part in text.split("/")), key=_MONTHS.__getitem__)
        return split_window(within, frequency=shortest)
    match = re.fullmatch(r"(20\d\d)(?:\s*[-–—]\s*(20\d\d))?", text)
    if match and match[1] <= (match[2] or match[1]):
        return (Window(date(int(match[1]), 1, 1), date(int(match[2] or match[1]), 12, 31)),)
    if match := re.fullmatch(r"(?:sem|semestrul)\.? ?(ii|i|1|2) (20\d\d)", text):
        return (_part_of_year(int(match[2]), _ROMAN[match[1].upper()], months=6),)
    if match := re.fullmatch(r"trimestrul (iv|iii|ii|i) (20\d\d)", text):
        return (_part_of_year(int(match[2]), _ROMAN[match[1].upper()], months=3),)
    raise StrategyError(
        f"period «{printed}»: not a form that the plan uses; write it as printed (Permanent, Anual, 2025, "
        "2024-2026, Semestrul I 2026, Trimestrul IV 2024)."
    )


def is_recurring(printed: str) -> bool:
    """True when a printed stage names an interval ("Anual") and not a date ("2027")."""
    text = re.sub(r"\s+", " ", printed).strip().lower().removesuffix(" și la nevoie")
    return all(part in _RECURRING for part in text.split("/"))


def split_window(window: Window, *, frequency: str) -> tuple[Window, ...]:
    """A window cut at the calendar's years, semesters or quarters; "once" leaves it whole."""
    if frequency == "once":
        return (window,)
    months = _MONTHS[frequency]
    pieces = []
    for year in range(window.start.year, window.end.year + 1):
        for part in range(1, 12 // months + 1):
            piece = _part_of_year(year, part, months=months)
            if piece.end >= window.start and piece.start <= window.end:
                pieces.append(Window(max(piece.start, window.start), min(piece.end, window.end)))
    return tuple(pieces)


def _part_of_year(year: int, part: int, *, months: int) -> Window:
    first_month = (part - 1) * months + 1
    next_year, next_month = divmod(first_month - 1 + months, 12)
    return Window(date(year, first_month, 1), date(year + next_year, next_month + 1, 1) - timedelta(days=1))
