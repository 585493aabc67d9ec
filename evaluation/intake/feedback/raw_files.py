"""Files as they arrived: the rows of one person found, emptied or changed, everything else left as it is."""

import csv
import io
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

from evaluation.core.errors import IntakeError
from evaluation.intake.feedback.codes import check_code, refusal
from evaluation.intake.feedback.tables import replace_file
from evaluation.intake.feedback.words import load_feedback_words
from evaluation.intake.returns.delimited import decode, delimiter_of
from evaluation.intake.training.matching import plain

Row = list[str]
Change = Callable[[Row, Row], Row]
"""Headings and row of a person to the row that stays; an empty row is taken out."""


def raw_rows(path: Path) -> list[tuple[Row, Row]]:
    """Headings and cells of every filled row of a file, as text; other kinds of files than CSV and XLSX are refused."""
    if path.suffix.lower() == ".csv":
        rows = _csv_rows(path)[0]
        return [(rows[0], row) for row in rows[1:] if any(row)]
    found = []
    for sheet in _book(path).worksheets:
        rows = [[_text(cell.value) for cell in row] for row in sheet.iter_rows()]
        head = _head(rows)
        found += [(rows[head], row) for row in rows[head + 1 :] if any(row)]
    return found


def is_of(row: Row, code: str) -> bool:
    """True for a row that holds the code in some cell, however it is typed."""
    return any(0 < len(cell) <= 40 and not refusal(cell) and check_code(cell) == code for cell in row)


def change_rows(path: Path, code: str, change: Change) -> int:
    """Change the rows of a person and write the file anew; the number of rows changed.

    A CSV file loses rows that become empty. In a workbook their cells are emptied, with comments, so that formulas keep
    their places; what formulas had worked out is forgotten with the writing.
    """
    return (
        _change_csv(path, code, change) if path.suffix.lower() == ".csv" else _change_book(path, code, change)
    )


def set_cell(headings: Collection[str], value: str) -> Change:
    """A change that sets the cells under one of some plain headings, wherever a program put its group."""

    def change(head: Row, row: Row) -> Row:
        places = {place for place, told in enumerate(head) if _told(told) & set(headings)}
        return [value if place in places else cell for place, cell in enumerate(row)]

    return change


def take_out(_head: Row, _row: Row) -> Row:
    """A change that leaves nothing."""
    return []


def _change_csv(path: Path, code: str, change: Change) -> int:
    rows, delimiter = _csv_rows(path)
    count, kept = 0, []
    for row in rows:
        if not is_of(row, code):
            kept.append(row)
            continue
        count += 1
        if changed := change(rows[0], row):
            kept.append(changed)
    if count:
        buffer = io.StringIO(newline="")
        csv.writer(buffer, delimiter=delimiter, lineterminator="\n").writerows(kept)
        replace_file(path, buffer.getvalue().encode("utf-8"))
    return count


def _change_book(path: Path, code: str, change: Change) -> int:
    book = _book(path)
    count = 0
    for sheet in book.worksheets:
        rows = [[_text(cell.value) for cell in row] for row in sheet.iter_rows()]
        head = rows[_head(rows)] if rows else []
        for cells, row in zip(sheet.iter_rows(), rows, strict=True):
            if not is_of(row, code):
                continue
            count += 1
            changed = change(head, row)
            for place, cell in enumerate(cells):
                _set(cell, row[place], changed[place] if changed else "")
    if count:
        buffer = io.BytesIO()
        book.save(buffer)
        replace_file(path, buffer.getvalue())
    return count


def _set(cell: Any, old: str, new: str) -> None:
    """Only what changes is written, so that numbers stay numbers; merged cells have one that can be written."""
    if new != old and hasattr(cell, "comment"):
        cell.value = new or None
        cell.comment = None


def _csv_rows(path: Path) -> tuple[list[Row], str]:
    text = decode(path.read_bytes())[0]
    delimiter = delimiter_of(text)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)), delimiter


def _book(path: Path) -> Any:
    from openpyxl import load_workbook

    if path.suffix.lower() != ".xlsx":
        raise IntakeError(
            f"feedback/raw/{path.name}: neither .csv nor .xlsx, so one person's rows cannot be taken out; save it as one "
            "of these and erase this one."
        )
    try:
        return load_workbook(path)
    except Exception:  # damaged and protected workbooks raise many kinds of errors, some of which quote cells
        problem = f"feedback/raw/{path.name}: the workbook cannot be opened; mend it or take it away."
    raise IntakeError(problem)


def _head(rows: list[Row]) -> int:
    """The row of headings: the one near the top with a column of codes, else the first."""
    marks = {plain(one) for one in load_feedback_words().roles["person_code"]} | {"personcode"}
    heads = (place for place, row in enumerate(rows[:15]) if any(marks & _told(told) for told in row))
    return max(heads, default=0)


def _told(heading: str) -> set[str]:
    """A heading as a whole, and without the group in front."""
    return {plain(heading), plain(heading.rsplit("/", 1)[-1])}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def raw_files(home: Path) -> Iterator[Path]:
    """Every file in the folder of files as they arrived."""
    yield from sorted(
        path for path in (home / "raw").rglob("*") if path.is_file() and not path.name.startswith(".")
    )
