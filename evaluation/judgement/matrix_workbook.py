"""The matrix as a workbook that the team edits: written from the matrix, read back with every problem by cell."""

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaluation.core.provenance import KIT_VERSION
from evaluation.judgement.matrix import MATRIX, digest_matrix, load_matrix
from evaluation.judgement.matrix_lists import Terms, matrix_lists
from evaluation.judgement.matrix_read import (
    Reading,
    inspect_matrix_workbook,
    read_matrix_workbook,
)
from evaluation.judgement.matrix_rows import Matrix
from evaluation.judgement.matrix_sheet import (
    FIELDS_ROW,
    FIRST_ROW,
    FORMAT,
    FREE_ROWS,
    HEAD_ROW,
    KIT_SHEET,
    Column,
    Layout,
    cells_of,
    sheet_layout,
)
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

__all__ = [
    "Reading",
    "inspect_matrix_workbook",
    "make_matrix_workbook",
    "read_matrix_workbook",
    "write_matrix_workbook",
]

TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
STAMP = datetime(2024, 1, 1)
"""Written as the time of making, so that equal input gives equal bytes."""
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16},
    "prose": {"text_wrap": True, "valign": "top"},
    "head": {
        "bold": True,
        "text_wrap": True,
        "valign": "vcenter",
        "bg_color": "#1F3864",
        "font_color": "#FFFFFF",
    },
    "fixed": {"bold": True, "valign": "top", "bg_color": "#E7E6E6", "border": 1, "border_color": "#BFBFBF"},
    "open": {
        "text_wrap": True,
        "valign": "top",
        "border": 1,
        "border_color": "#BFBFBF",
        "num_format": "@",
        "locked": False,
    },
}


def write_matrix_workbook(assessment: str, path: Path, *, file: Path = MATRIX) -> Path:
    """The matrix of an assessment as a workbook with both languages side by side; equal input, equal bytes."""
    path.write_bytes(make_matrix_workbook(load_matrix(assessment, file=file), assessment))
    return path


def make_matrix_workbook(matrix: Matrix, assessment: str) -> bytes:
    """The workbook as bytes: instructions, the sub-questions, the lists to choose from."""
    from xlsxwriter import Workbook

    layout, buffer = sheet_layout(), BytesIO()
    with Workbook(buffer, {"in_memory": True, **TEXT_ONLY}) as workbook:
        workbook.set_properties({"title": layout.title.ro, "created": STAMP})
        styles = {name: workbook.add_format(look) for name, look in STYLES.items()}
        pages = {name: workbook.add_worksheet(text.ro) for name, text in layout.sheets.items()}
        lists = matrix_lists(matrix)
        _write_readme(pages["readme"], layout, styles, assessment)
        ranges = _write_lists(pages["lists"], layout, styles, lists)
        _write_rows(pages["matrix"], matrix, layout, styles, ranges)
        _write_kit(workbook, matrix, assessment)
        pages["matrix"].activate()
    return buffer.getvalue()


def _write_readme(page: "Worksheet", layout: Layout, styles: dict[str, Any], assessment: str) -> None:
    """What to do, in the order of doing it, Romanian at the left and English at the right."""
    page.hide_gridlines(2)
    page.set_column(0, 0, 4)
    page.set_column(1, 2, 70)
    page.write_string(0, 1, layout.title.ro, styles["title"])
    page.write_string(0, 2, layout.title.en, styles["title"])
    page.write_string(1, 1, assessment, styles["prose"])
    lines = [("", layout.lead), *((f"{place}.", one) for place, one in enumerate(layout.steps, 1))]
    for row, (mark, text) in enumerate([*lines, ("", layout.rule)], 3):
        page.write_string(row, 0, mark, styles["prose"])
        page.write_string(row, 1, text.ro, styles["prose"])
        page.write_string(row, 2, text.en, styles["prose"])
    page.protect()


def _write_lists(
    page: "Worksheet", layout: Layout, styles: dict[str, Any], lists: dict[str, Terms]
) -> dict[str, str]:
    """Every id with its name, list under list; gives the cells of each list's ids."""
    names = {one.list: one.head for one in layout.columns if one.list and not one.field.endswith(".reason")}
    names["reason"] = Text(ro="Motive", en="Reasons")
    for place, head in enumerate(layout.list_heads.values()):
        page.write_string(0, place, _both(head), styles["head"])
    ranges, row = {}, 1
    for field, terms in lists.items():
        ranges[field] = f"='{layout.sheets['lists'].ro}'!$B${row + 1}:$B${row + len(terms)}"
        for term in terms:
            for place, text in enumerate((_both(names[field]), term.id, term.name.ro, term.name.en)):
                page.write_string(row, place, text, styles["prose"])
            row += 1
    page.set_column(0, 1, 22)
    page.set_column(2, 3, 70)
    page.freeze_panes(1, 2)
    page.autofilter(0, 0, row - 1, 3)
    page.protect("", {"autofilter": True, "sort": True})
    return ranges


def _write_rows(
    page: "Worksheet", matrix: Matrix, layout: Layout, styles: dict[str, Any], ranges: dict[str, str]
) -> None:
    """One line a sub-question; the ids of those that exist are locked, everything else is open."""
    last = FIRST_ROW + len(matrix.rows) + FREE_ROWS - 1
    for place, column in enumerate(layout.columns):
        page.set_column(place, place, column.width)
        page.write_string(HEAD_ROW, place, _both(column.head, mark="\n"), styles["head"])
        page.write_string(FIELDS_ROW, place, column.field)
        if column.takes in layout.hints:
            page.data_validation(FIRST_ROW, place, last, place, _choice(column, layout, ranges))
    for number, row in enumerate(matrix.rows, FIRST_ROW):
        for place, cell in enumerate(cells_of(row, layout)):
            fixed = layout.columns[place].takes == "id"
            page.write_string(number, place, cell, styles["fixed" if fixed else "open"])
    for number in range(FIRST_ROW + len(matrix.rows), last + 1):
        for place in range(len(layout.columns)):
            page.write_blank(number, place, None, styles["open"])
    page.set_row(HEAD_ROW, 48)
    page.set_row(FIELDS_ROW, None, None, {"hidden": True})
    page.freeze_panes(FIRST_ROW, 1)
    page.set_landscape()
    page.repeat_rows(HEAD_ROW)
    page.protect("", {"format_rows": True, "format_columns": True})


def _choice(column: Column, layout: Layout, ranges: dict[str, str]) -> dict[str, Any]:
    """A drop-down for one id; for several only the hint, because a drop-down takes one."""
    hint = _both(layout.hints[column.takes], mark="\n")
    if column.takes == "several":
        return {"validate": "any", "input_title": column.head.ro[:32], "input_message": hint}
    return {
        "validate": "list",
        "source": ranges[column.list],
        "input_title": column.head.ro[:32],
        "input_message": hint,
        "error_message": _both(layout.wrong, mark="\n"),
    }


def _write_kit(workbook: "Workbook", matrix: Matrix, assessment: str) -> None:
    """What the reader needs: the format, the assessment, the digest and the ids that were written."""
    page = workbook.add_worksheet(KIT_SHEET)
    facts = (FORMAT, assessment, digest_matrix(matrix), KIT_VERSION)
    for row, value in enumerate(facts):
        page.write_string(row, 0, value)
    for row, one in enumerate(matrix.rows):
        page.write_string(row, 1, one.id)
    page.protect()
    page.hide()


def _both(text: Text, *, mark: str = " / ") -> str:
    return text.ro if text.ro == text.en else f"{text.ro}{mark}{text.en}"
