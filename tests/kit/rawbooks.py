"""Returned files as their cells, typed as small tables inside the tests."""

from collections.abc import Iterable, Sequence

from evaluation.intake.returns.raw import CellValue, RawBook, RawCell, RawSheet

FORMULA = object()
"""A formula that was never calculated."""


def sheet(
    *rows: Sequence[object],
    name: str = "Foaie1",
    hidden: bool = False,
    merged: Iterable[tuple[int, int, int, int]] = (),
    hidden_rows: Iterable[int] = (),
    hidden_columns: Iterable[int] = (),
) -> RawSheet:
    """A sheet of rows from the top; None leaves a cell empty."""
    cells = {
        (row, column): _cell(row, column, value)
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values, start=1)
        if value is not None
    }
    return RawSheet(name, hidden, cells, tuple(merged), frozenset(hidden_rows), frozenset(hidden_columns))


def book(*sheets: RawSheet, file: str = "date.xlsx") -> RawBook:
    """A file of some sheets."""
    return RawBook(file, "0" * 64, sheets)


def _cell(row: int, column: int, value: object) -> RawCell:
    if value is FORMULA:
        return RawCell(row, column, None, "formula")
    if isinstance(value, RawCell):
        return RawCell(row, column, value.value, value.kind, value.number_format)
    kind = "bool" if isinstance(value, bool) else "number" if isinstance(value, int | float) else "text"
    held: CellValue = value if isinstance(value, str | int | float | bool) else None
    return RawCell(row, column, held, kind)
