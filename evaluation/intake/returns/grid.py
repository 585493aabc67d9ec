"""Finding one's way in a request workbook that came back: rows by key, columns by field, never by position."""

import re
from dataclasses import dataclass

from evaluation.intake.returns.layout import FORMAT, KEY_FIELD, KIT_SHEET, load_layout
from evaluation.intake.returns.raw import RawBook, RawCell, RawSheet


@dataclass(frozen=True, slots=True)
class Facts:
    """What the sheet of keys says about a workbook, and the keys that each sheet was sent with."""

    version: str
    plan: str
    plan_digest: str
    institution: str
    year: int
    synthetic: bool
    sent: dict[str, dict[str, set[str]]]
    """Sheet, then key of a line, then the fields that are filled in."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet whose row of fields was found: places count from 1."""

    sheet: RawSheet
    fields_row: int
    columns: dict[str, int]
    lines: tuple[tuple[int, str], ...]
    """Row and key of every filled row below the row of fields; the key is empty in a row that has none."""

    def cell(self, row: int, field: str) -> RawCell | None:
        """The cell of a field, nothing where it is empty or the column is gone."""
        column = self.columns.get(field)
        found = None if column is None else self.sheet.cells.get((row, column))
        empty = (
            found is None or found.value is None or (isinstance(found.value, str) and not found.value.strip())
        )
        return None if empty and (found is None or found.kind not in ("formula", "error")) else found

    def name(self, row: int, field: str) -> str:
        """The name of the cell of a field."""
        return cell_name(row, self.columns.get(field, 1))


def find_facts(book: RawBook) -> Facts | None:
    """What the sheet of keys says; nothing when it is gone or not ours."""
    sheet = next((one for one in book.sheets if one.name == KIT_SHEET), None)
    if sheet is None:
        return None
    rows: dict[int, dict[int, str]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        rows.setdefault(row, {})[column] = text_of(cell)
    named = {one.get(1, ""): one.get(2, "") for one in reversed(rows.values())}
    if named.get("format") != FORMAT or not re.fullmatch(r"20[0-9][0-9]", named.get("year", "")):
        return None
    head = next((row for row, one in rows.items() if one.get(1) == "sheet" and one.get(4) == "key"), None)
    sent: dict[str, dict[str, set[str]]] = {}
    for row, one in rows.items():
        if head is not None and row > head:
            line = sent.setdefault(one.get(1, ""), {}).setdefault(one.get(4, ""), set())
            line.add(one.get(3, ""))
    return Facts(
        version=named.get("version", ""),
        plan=named.get("plan", ""),
        plan_digest=named.get("plan_digest", ""),
        institution=named.get("institution", ""),
        year=int(named["year"]),
        synthetic=named.get("synthetic") != "no",
        sent=sent,
    )


def find_grid(sheet: RawSheet) -> Grid | None:
    """The table on a sheet, known by the field of the key column; nothing when there is none."""
    place = next((place for place, cell in sorted(sheet.cells.items()) if text_of(cell) == KEY_FIELD), None)
    if place is None:
        return None
    fields_row, key_column = place
    columns = {
        text_of(cell): column
        for (row, column), cell in sorted(sheet.cells.items())
        if row == fields_row and text_of(cell)
    }
    heading = next(one.heading for one in load_layout().sheet("indicators").columns if one.field == KEY_FIELD)
    below = sorted({row for row, _ in sheet.cells if row > fields_row})
    keyed = ((row, _key(sheet, row, key_column)) for row in below)
    return Grid(sheet, fields_row, columns, tuple((row, key) for row, key in keyed if key != heading))


def text_of(cell: RawCell | None) -> str:
    """A cell as trimmed text; a whole number without its decimal point."""
    if cell is None or cell.value is None:
        return ""
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    return " ".join(str(cell.value).split())


def cell_name(row: int, column: int) -> str:
    """The name of a cell, from places that count from 1.

    >>> cell_name(1, 28)
    'AB1'
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def _key(sheet: RawSheet, row: int, column: int) -> str:
    return text_of(sheet.cells.get((row, column)))
