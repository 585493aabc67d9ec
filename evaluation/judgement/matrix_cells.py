"""The cells of an edited matrix workbook as text: what is not plain text is named by its cell and never read."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from evaluation.core.errors import JudgementError
from evaluation.judgement.matrix_problems import CellProblem, cell_problem
from evaluation.judgement.matrix_sheet import FIELDS_ROW, FIRST_ROW, FORMAT, KIT_SHEET, Layout

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook import Workbook

LARGEST = 30_000_000
"""Bytes that the parts of a workbook may unpack to; the matrix needs a hundredth of it."""
MOST_ROWS = 500


def open_matrix_workbook(path: Path, layout: Layout) -> "Workbook":
    """The workbook with formulas as formulas; refused when it is none, too large or not of this kit."""
    from openpyxl import load_workbook

    try:
        with ZipFile(path) as parts:
            size = sum(one.file_size for one in parts.infolist())
    except (BadZipFile, OSError):
        raise JudgementError(
            f"{path.name}: not a workbook that can be opened; save it as .xlsx and read it again."
        ) from None
    if size > LARGEST:
        raise JudgementError(f"{path.name}: too large for a matrix; copy the texts into a fresh workbook.")
    try:
        book = load_workbook(path, keep_links=False)
    except Exception as error:
        raise JudgementError(
            f"{path.name}: damaged ({type(error).__name__}); copy the texts into a fresh workbook."
        ) from None
    missing = sorted({layout.sheets["matrix"].ro, KIT_SHEET} - set(book.sheetnames))
    if missing:
        raise JudgementError(f"{path.name}: sheet {', '.join(missing)} is missing; use a fresh workbook.")
    _check_fields(book, path.name, layout)
    return book


def written_facts(book: "Workbook", name: str) -> tuple[str, str, dict[str, int]]:
    """The assessment, the digest, and the line on which each id was written."""
    page = book[KIT_SHEET]
    written = [row[1].value for row in page.iter_rows(max_row=MOST_ROWS, min_col=1, max_col=2)]
    found = [page.cell(row, 1).value for row in (1, 2, 3)]
    if found[0] != FORMAT:
        raise JudgementError(f"{name}: written by another version of the kit; use a fresh workbook.")
    lines = {str(one): FIRST_ROW + 1 + place for place, one in enumerate(written) if one}
    return str(found[1]), str(found[2]), lines


def read_lines(page: Any, layout: Layout) -> Iterator[tuple[int, dict[str, str], list[CellProblem]]]:
    """Every line with something in it: its number, its cells by field and what cannot be read of them."""
    if page.max_row > MOST_ROWS:
        raise JudgementError(
            f"sheet {page.title}: more than {MOST_ROWS} lines; delete the empty ones at the end."
        )
    last = len(layout.columns)
    for line in page.iter_rows(min_row=FIRST_ROW + 1, max_col=last):
        wrong: list[CellProblem] = []
        texts = [_text(cell, wrong) for cell in line]
        if any(texts) or wrong:
            yield (
                line[0].row,
                {one.field: text for one, text in zip(layout.columns, texts, strict=True)},
                wrong,
            )


def _check_fields(book: "Workbook", name: str, layout: Layout) -> None:
    """The hidden row of fields is as it was written, so that no column is taken for another."""
    page = book[layout.sheets["matrix"].ro]
    found = [page.cell(FIELDS_ROW + 1, place).value for place in range(1, len(layout.columns) + 1)]
    for column, field in zip(layout.columns, found, strict=True):
        if column.field != field:
            raise JudgementError(
                f"{name}: the column of {column.field} was moved or deleted; use a fresh workbook."
            )


def _text(cell: "Cell", wrong: list[CellProblem]) -> str:
    """A cell as text; a whole or decimal number is what a code like 1 or 1.2 becomes."""
    value: Any = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        wrong.append(cell_problem(cell.coordinate, "formula"))
        return ""
    if isinstance(value, str) and cell.data_type != "e":
        return value.strip()
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"{value:g}"
    wrong.append(cell_problem(cell.coordinate, "not_text"))
    return ""
