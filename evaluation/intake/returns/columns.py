"""The columns of a table: roles, what wide columns stand for, and cells as text."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from evaluation.intake.returns.headings import plain, read_group, read_heading, says_total
from evaluation.intake.returns.names import find_county, find_level
from evaluation.intake.returns.raw import CellValue, RawCell, RawSheet
from evaluation.intake.returns.recognise import Recogniser, indicator_code
from evaluation.strategy.request import RequestRules

NAMING = ("serial", "measure", "indicator", "year", "period", "county", "institution", "level")
"""Roles of columns that say what a row is about; a table is known by one of them."""
REPORTING = ("value", "numerator", "denominator", "stage", "date", "reason", "remark", "document")
FACETED = ("value", "numerator", "denominator")
_YEAR = re.compile(r"20\d\d(\.0)?")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its role, and in wide tables the period, county, category or indicator that it stands for."""

    place: int
    role: str
    heading: str = ""
    period: str = ""
    county: str = ""
    group: str = ""
    level: str = ""
    indicator: str = ""

    @property
    def facets(self) -> tuple[str, str, str, str, str]:
        """What distinguishes the figures of one row."""
        return self.period, self.county, self.group, self.level, self.indicator


@dataclass(frozen=True, slots=True)
class Reader:
    """What is needed to understand a heading; ``period_of`` reads a period's label or gives an empty text."""

    recogniser: Recogniser
    rules: RequestRules
    period_of: Callable[[str], str]

    def facet(self, text: str, *, group: str = "") -> dict[str, str]:
        """The one thing that a heading of a wide table stands for: period, county, category or indicator."""
        if indicator_code(text) in self.recogniser.cards:
            return {"indicator": indicator_code(text)}
        if period := self.period_of(text):
            return {"period": period}
        counted = {"numar", "numarul", "nr"} & set(plain(text).split())
        short = len(text.split()) <= 4 and not counted
        if short and not group and (county := find_county(text)):
            return {"county": county}
        if short and len(levels := self.levels(text, group=group)) == 1:
            return dict(zip(("group", "level"), levels[0], strict=True))
        found = "" if short else self.recogniser.find(text).indicator
        return {"indicator": found} if found else {}

    def levels(self, text: str, *, group: str = "") -> list[tuple[str, str]]:
        """Every category that a text could name, with its breakdown."""
        found = (
            (one.id, find_level(text, one))
            for one in self.rules.breakdown_list
            if not one.open and group in ("", one.id)
        )
        return [(one, level) for one, level in found if level]

    def is_heading(self, text: str) -> bool:
        """True for words that name a column or stand for one."""
        return bool(
            read_heading(text)
            or read_group(text)
            or says_total(text)
            or self.facet(text)
            or self.levels(text)
        )


def text_of(value: CellValue) -> str:
    """A cell's content as trimmed text; whole numbers without a decimal point."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).replace("\u00a0", " ").strip()


def spread(sheet: RawSheet, *, down_only: bool = False) -> dict[tuple[int, int], tuple[int, int]]:
    """For every place of a merged range the place of its content."""
    return {
        (row, column): (top, left)
        for top, left, bottom, right in sheet.merged
        for row in range(top, bottom + 1)
        for column in range(left, (left if down_only else right) + 1)
    }


def has_numbers(cells: dict[int, RawCell]) -> bool:
    """True for a row with a figure; a year is none."""
    return any(
        cell.kind in ("number", "bool", "formula", "error") and not _YEAR.fullmatch(text_of(cell.value))
        for cell in cells.values()
    )
