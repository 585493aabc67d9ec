"""The sheets of .xls and .ods files through calamine: values only, because number formats do not come with it."""

import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO

from evaluation.intake.returns.plain import BOOL, DATE, NUMBER, TEXT, PlainBook, PlainSheet, RefusedError


def read_older(data: bytes, form: str, book: PlainBook) -> None:
    """Every worksheet into the book; which rows, columns and formulas are hidden is not known for these forms."""
    from python_calamine import CalamineWorkbook, PasswordError, SheetVisibleEnum

    if form == "ods":
        _check_parts(data)
    book.properties.add(f"values_only_{form}")
    try:
        opened = CalamineWorkbook.from_filelike(BytesIO(data))
        metadata = opened.sheets_metadata
    except PasswordError:
        raise RefusedError("file_encrypted") from None
    for index, about in enumerate(metadata):
        hidden = about.visible != SheetVisibleEnum.Visible
        sheet = book.sheet(about.name, hidden=hidden)
        content = opened.get_sheet_by_index(index)
        if content.end and (content.end[0] >= book.most_rows or content.end[1] >= book.most_columns):
            raise RefusedError("sheet_too_wide")
        _fill(sheet, content.iter_rows(), first_column=(content.start or (0, 0))[1] + 1)
        for (top, left), (bottom, right) in content.merged_cell_ranges or ():
            sheet.merged.append((top + 1, left + 1, bottom + 1, right + 1))
            if len(sheet.merged) > int(book.limits["merged"]):
                raise RefusedError("file_too_heavy")


def _fill(sheet: PlainSheet, rows: Iterable[Sequence[object]], *, first_column: int) -> None:
    """The rows begin at the top of the sheet, but their values at the first used column."""
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=first_column):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                place = sheet.book.text(value)
                if place is not None:
                    sheet.add(row, column, TEXT, place)
            elif isinstance(value, bool):
                sheet.add(row, column, BOOL, value)
            elif isinstance(value, int | float):
                sheet.add(row, column, NUMBER, int(value) if float(value).is_integer() else value)
            elif isinstance(value, date | time | timedelta):
                sheet.add(row, column, DATE, sheet.book.text(_iso(value)))


def _iso(value: date | time | timedelta) -> str:
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, datetime) and value.time() == time(0):
        return value.date().isoformat()
    return value.isoformat()


def _check_parts(data: bytes) -> None:
    """No document type in the XML parts and no run of repeated cells that fills a sheet."""
    with zipfile.ZipFile(BytesIO(data)) as opened:
        for part in opened.namelist():
            if not part.endswith(".xml"):
                continue
            with opened.open(part) as handle:
                tail = b""
                while block := handle.read(1_000_000):
                    if re.search(rb"<!DOCTYPE|<!ENTITY", tail + block):
                        raise RefusedError("file_entities")
                    tail = block[-10:]
