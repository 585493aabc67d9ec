"""The sheet that compares the two entries: formulas that count what differs and name the cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaluation.instruments.answer_layout import FIRST_ROW, answer_columns
from evaluation.instruments.answer_pen import BookPen, Pen
from evaluation.instruments.answer_sheets import FIXED
from evaluation.instruments.model import ItemKind
from evaluation.instruments.pages import tell

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

SUMMARY_ROW = 3
SUMMARY = ("entered_first", "entered_second", "entered_both", "differences", "verdict")
HEAD = SUMMARY_ROW + len(SUMMARY) + 1
FIRST = HEAD + 1
"""The first row of the list, from 0; it belongs to the first row of the answers sheets."""


def write_comparison(pen: Pen) -> None:
    """A summary, then a line a sheet of paper: how many cells differ and which."""
    columns = answer_columns(pen.instrument)
    compared = [
        place
        for place, one in enumerate(columns)
        if one.field not in FIXED and one.group != ItemKind.OPEN.value
    ]
    heads = [tell(one.heading, pen.language) for one in pen.layout.columns[:2]]
    numbers = [(n // pen.rows + 1, n % pen.rows + 1) for n in range(pen.sessions * pen.rows)]
    write_pairs(pen, compared, heads=heads, numbers=numbers)


def write_pairs(
    pen: BookPen, compared: Sequence[int], *, heads: Sequence[str], numbers: Sequence[tuple[int, int]]
) -> None:
    """The sheet that compares the columns at these places, a line for each row of the sheets of answers.

    Two numbers under ``heads`` begin a line and say which sheet of paper it is.
    """
    page, count, pair = pen.add_sheet("compare"), len(numbers), _Pair.of(pen, compared)
    for place, width in enumerate((30, 12, 14, 70)):
        page.set_column(place, place, width)
    _write_summary(pen, page, pair, FIRST + 1, FIRST + count)
    told = [*heads, pen.phrase("compare", "count_head"), pen.phrase("compare", "cells_head")]
    for place, text in enumerate(told):
        page.write_string(HEAD, place, text, pen.style("head"))
    for place, (one, other) in enumerate(numbers):
        page.write_number(FIRST + place, 0, one, pen.style("fixed"))
        page.write_number(FIRST + place, 1, other, pen.style("fixed"))
        row = FIRST_ROW + place + 1
        page.write_formula(FIRST + place, 2, pair.differences(row), pen.style("found_number"), "")
        page.write_formula(FIRST + place, 3, pair.cells(row), pen.style("found"), "")
    _mark(pen, page, FIRST + count - 1)
    page.freeze_panes(FIRST, 0)
    page.repeat_rows(HEAD)
    pen.finish(page, landscape=False)


def _write_summary(pen: BookPen, page: "Worksheet", pair: "_Pair", first: int, last: int) -> None:
    """Five lines over the list; the last one is a sentence."""
    start, end = FIRST_ROW + 1, FIRST_ROW + last - first + 1
    differences, cells = f"C{first}:C{last}", f"D{first}:D{last}"
    once, twice, _, differ = (f"B{SUMMARY_ROW + place}" for place in range(1, 5))
    words = {
        name: _quoted(pen.phrase("compare", name))
        for name in ("nothing", "once", "some_once", "differs", "same")
    }
    formulas: dict[str, tuple[str, int | str]] = {
        "entered_first": (f'=SUMPRODUCT(--({pair.typed_column(pair.first, start, end)}<>""))', 0),
        "entered_second": (f'=SUMPRODUCT(--({pair.typed_column(pair.second, start, end)}<>""))', 0),
        "entered_both": (f"=COUNT({differences})", 0),
        "differences": (f"=SUM({differences})", 0),
        "verdict": (
            f"=IF({once}+{twice}=0,{words['nothing']},IF({twice}=0,{words['once']},IF({differ}>0,{words['differs']},"
            f'IF(SUMPRODUCT(--({cells}<>""))>0,{words["some_once"]},{words["same"]}))))',
            pen.phrase("compare", "nothing"),
        ),
    }
    for place, name in enumerate(SUMMARY):
        formula, value = formulas[name]
        page.write_string(SUMMARY_ROW + place, 0, pen.phrase("compare", name), pen.style("label"))
        if name == "verdict":
            page.merge_range(SUMMARY_ROW + place, 1, SUMMARY_ROW + place, 3, "", pen.style("found"))
        style = pen.style("found" if name == "verdict" else "found_number")
        page.write_formula(SUMMARY_ROW + place, 1, formula, style, value)


def _mark(pen: BookPen, page: "Worksheet", last: int) -> None:
    rule = {"type": "formula", "criteria": f'=$D{FIRST + 1}<>""', "format": pen.style("wrong")}
    page.conditional_format(FIRST, 2, last, 3, rule)


@dataclass(frozen=True, slots=True)
class _Pair:
    """The two entries as formulas see them."""

    first: str
    second: str
    compared: tuple[str, ...]
    """Letters of the columns that are compared: all that are typed but the written answer."""
    once: tuple[str, str]
    """What is said of a sheet that stands in one entry only."""

    @classmethod
    def of(cls, pen: BookPen, compared: Sequence[int]) -> "_Pair":
        from xlsxwriter.utility import xl_col_to_name

        return cls(
            first=f"'{pen.sheet_name('first')}'!",
            second=f"'{pen.sheet_name('second')}'!",
            compared=tuple(xl_col_to_name(place) for place in compared),
            once=(
                _quoted(pen.phrase("compare", "only_first")),
                _quoted(pen.phrase("compare", "only_second")),
            ),
        )

    def typed_column(self, sheet: str, start: int, end: int) -> str:
        """The typed cells of each row of a sheet joined to one text; a row without any is empty."""
        return "&".join(f"{sheet}{letter}{start}:{letter}{end}" for letter in self.compared)

    def differences(self, row: int) -> str:
        """How many cells of a row differ; empty where an entry has no such sheet."""
        told = "+".join(f"({self._differ(letter, row)})" for letter in self.compared)
        return f'=IF(OR({self._empty(self.first, row)},{self._empty(self.second, row)}),"",{told})'

    def cells(self, row: int) -> str:
        """The names of the cells that differ, or that the sheet was entered once."""
        named = "&".join(f'IF({self._differ(letter, row)},"{letter}{row} ","")' for letter in self.compared)
        first, second = self._empty(self.first, row), self._empty(self.second, row)
        return f'=IF(AND({first},{second}),"",IF({second},{self.once[0]},IF({first},{self.once[1]},TRIM({named}))))'

    def _differ(self, letter: str, row: int) -> str:
        return f"TRIM({self.first}{letter}{row})<>TRIM({self.second}{letter}{row})"

    def _empty(self, sheet: str, row: int) -> str:
        first, last = self.compared[0], self.compared[-1]
        return f"COUNTA({sheet}{first}{row}:{last}{row})=0"


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
