"""Workbooks for the tests: opened as the readers get them, filled in as people do."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evaluation.intake.returns.raw import RawBook, RawCell, RawSheet

FIELDS_ROW = 4


def raw_book(path: Path, *changes: Callable[[Workbook], None]) -> RawBook:
    """A file as plain cells, after somebody has worked on it."""
    book = openpyxl.load_workbook(path)
    for change in changes:
        change(book)
    return RawBook(path.name, "", tuple(_sheet(page) for page in book.worksheets))


def write(sheet: str, key: str, *, place: int = 0, **values: object) -> Callable[[Workbook], None]:
    """Write into the cells of a line; ``place`` counts lines with the same key."""

    def change(book: Workbook) -> None:
        page = book[sheet]
        row = lines_of(page, key)[place]
        for field, value in values.items():
            page.cell(row, columns_of(page)[field]).value = value

    return change


def columns_of(page: Worksheet) -> dict[str, int]:
    """The column of each field."""
    return {str(cell.value): cell.column for cell in page[FIELDS_ROW] if cell.value is not None}


def lines_of(page: Worksheet, key: str) -> list[int]:
    """The rows of a key."""
    return [cell.row for cell in page["A"] if cell.value == key]


def _sheet(page: Worksheet) -> RawSheet:
    cells = {}
    for row in page.iter_rows():
        for cell in row:
            if cell.value is None:
                continue
            value, kind = cell.value, "number"
            if isinstance(value, datetime | date):
                value, kind = value.isoformat()[:10], "date"
            elif isinstance(value, str):
                kind = "formula" if cell.data_type == "f" else "text"
            cells[cell.row, cell.column] = RawCell(cell.row, cell.column, value, kind, cell.number_format)
    return RawSheet(page.title, page.sheet_state != "visible", cells)
