"""Reading a form that came back: its lines, and whatever is wrong with them, cell by cell; nothing typed is quoted."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from evaluation.core.errors import JudgementError
from evaluation.judgement.forms.model import Form, FormColumn, problem_text
from evaluation.judgement.forms.workbook import FIELDS_ROW, FIRST_ROW, KIT_SHEET, Lists, fixed_digest
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.workbook import Workbook

LARGEST = 30_000_000
"""Bytes that the parts of a workbook may unpack to."""
MOST_ROWS = 2000
DAY_FORMS = ("%Y-%m-%d", "%d.%m.%Y")


@dataclass(frozen=True, slots=True)
class FormProblem:
    """What is wrong at a cell, with the remedy; the cell's own text is never quoted."""

    cell: str
    text: Text

    def __str__(self) -> str:
        return f"{self.cell}: {self.text.en}"


@dataclass(frozen=True, slots=True)
class FormLine:
    """A line that came back: its row in the sheet and its cells by field, as they were written."""

    row: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FormReading:
    """A form as it came back: for which assessment, from which stored file, its filled lines and the problems."""

    form: Form
    assessment: str
    stored: str
    lines: tuple[FormLine, ...]
    problems: tuple[FormProblem, ...]

    def cell(self, line: FormLine, field: str) -> str:
        """The name of a cell, such as D7."""
        return cell_name(self.form, field, line.row)


def read_form_workbook(path: Path, form: Form, lists: Lists, *, language: str = "en") -> FormReading:
    """The lines in which something is filled in; every other problem of the sheet is told with its cell.

    Lines that were written may neither vanish nor move, their locked cells may not change, and a line that was
    not written is refused where the form has no free lines.
    """
    book = _open(path, form, language)
    page, kit = book[form.sheet.ro], book[KIT_SHEET]
    written = _written(kit)
    problems: list[FormProblem] = []
    lines = []
    for row in range(FIRST_ROW + 1, min(page.max_row, MOST_ROWS) + 1):
        found = _line(page, row, form, lists, problems)
        if row in written:
            _check_fixed(form, row, found, written[row], problems)
        elif any(
            text for field, text in found.items() if field not in form.open_fields or not form.free_rows
        ):
            problems.append(FormProblem(f"A{row}", problem_text("unknown_row")))
        if any(found[field] for field in form.open_fields):
            lines.append(FormLine(row, found))
            problems += _needed(form, row, found, problems)
    lost = [row for row in written if row > page.max_row]
    problems += [FormProblem(f"A{row}", problem_text("row_lost", key=written[row][0])) for row in lost]
    assessment, stored = (str(kit.cell(row, 1).value or "") for row in (2, 5))
    return FormReading(form, assessment, stored, tuple(lines), tuple(problems))


def refuse_problems(path: Path, problems: tuple[FormProblem, ...], language: str) -> None:
    """Nothing is taken from a form that has a problem; all of them are told, in one language."""
    if problems:
        listed = "; ".join(f"{one.cell}: {getattr(one.text, language)}" for one in problems)
        head = problem_text("refused", file=path.name, count=str(len(problems)))
        raise JudgementError(f"{getattr(head, language)} {listed}.")


def refuse_older(
    path: Path, reading: FormReading, *, stored: str | None, assessment: str, language: str
) -> None:
    """A form written before the stored file last changed would lose what came since; None asks for no proof."""
    if stored is not None and reading.assessment == assessment and reading.stored != stored:
        raise JudgementError(f"{path.name}: {getattr(problem_text('older'), language)}.")


def cell_name(form: Form, field: str, row: int) -> str:
    """The name of a field's cell in a row of the sheet."""
    from openpyxl.utils import get_column_letter

    return f"{get_column_letter(form.place(field) + 1)}{row}"


def _open(path: Path, form: Form, language: str) -> "Workbook":
    """The workbook with formulas as formulas; refused when it is none, too large or not this form."""
    from openpyxl import load_workbook

    def refused(kind: str, **facts: str) -> JudgementError:
        return JudgementError(f"{path.name}: {getattr(problem_text(kind, **facts), language)}.")

    try:
        with ZipFile(path) as parts:
            size = sum(one.file_size for one in parts.infolist())
    except (BadZipFile, OSError):
        raise refused("not_workbook") from None
    if size > LARGEST:
        raise refused("too_large")
    try:
        book = load_workbook(path, keep_links=False)
    except Exception as error:
        raise refused("damaged", error=type(error).__name__) from None
    missing = sorted({form.sheet.ro, KIT_SHEET} - set(book.sheetnames))
    if missing:
        raise refused("sheet_missing", sheet=", ".join(missing))
    if book[KIT_SHEET].cell(1, 1).value != form.format:
        raise refused("other_form")
    page = book[form.sheet.ro]
    for place, column in enumerate(form.columns, 1):
        if page.cell(FIELDS_ROW + 1, place).value != column.field:
            raise refused("column_moved", field=column.field)
    return book


def _written(kit: Any) -> dict[int, tuple[str, str]]:
    """Of each line that the kit wrote: its row in the sheet, its key and the digest of its locked cells."""
    rows = kit.iter_rows(min_col=2, max_col=3, max_row=MOST_ROWS, values_only=True)
    return {FIRST_ROW + 1 + place: (str(key), str(digest)) for place, (key, digest) in enumerate(rows) if key}


def _line(page: Any, row: int, form: Form, lists: Lists, problems: list[FormProblem]) -> dict[str, str]:
    cells = {}
    for place, column in enumerate(form.columns, 1):
        cell = page.cell(row, place)
        text, problem = _day(cell) if column.takes == "date" else _text(cell)
        if text and column.takes == "one":
            codes = {one.label: one.code for one in lists[column.choices]}
            text, problem = (codes[text], "") if text in codes else ("", "not_listed")
        if problem:
            problems.append(FormProblem(str(cell.coordinate), problem_text(problem)))
        cells[column.field] = text
    return cells


def _text(cell: "Cell") -> tuple[str, str]:
    """A cell as text, or the kind of problem."""
    value: Any = cell.value
    if value is None:
        return "", ""
    if cell.data_type == "f":
        return "", "formula"
    if not isinstance(value, str) or cell.data_type == "e":
        return "", "not_text"
    return ("", "character") if has_control(value.strip()) else (value.strip(), "")


def has_control(text: str) -> bool:
    """A character that no file of the judgement can keep: control characters and separators of lines, but for \\n and \\t."""
    return any(unicodedata.category(one) in ("Cc", "Zl", "Zp") and one not in "\n\t" for one in text)


def _day(cell: "Cell") -> tuple[str, str]:
    """A cell as a day, or the kind of problem; a day may also be typed as 31.12.2027 or 2027-12-31."""
    value: Any = cell.value
    if isinstance(value, datetime):
        return value.date().isoformat(), ""
    if isinstance(value, date):
        return value.isoformat(), ""
    text, problem = _text(cell)
    if not text:
        return "", "not_day" if problem == "not_text" else problem
    for form in DAY_FORMS:
        try:
            return datetime.strptime(text, form).date().isoformat(), ""
        except ValueError:
            continue
    return "", "not_day"


def _check_fixed(
    form: Form, row: int, found: Mapping[str, str], written: tuple[str, str], problems: list[FormProblem]
) -> None:
    key, digest = written
    if found[form.columns[0].field] != key:
        problems.append(FormProblem(f"A{row}", problem_text("key_changed", key=key)))
    elif fixed_digest(form, found) != digest:
        problems.append(FormProblem(f"A{row}", problem_text("fixed_changed")))


def _needed(form: Form, row: int, found: Mapping[str, str], problems: list[FormProblem]) -> list[FormProblem]:
    """Cells that must be filled in once anything in the line is."""
    told = {one.cell for one in problems}

    def is_empty(column: FormColumn) -> bool:
        return column.needed and not found[column.field] and cell_name(form, column.field, row) not in told

    return [
        FormProblem(cell_name(form, one.field, row), problem_text("empty"))
        for one in form.columns
        if is_empty(one)
    ]
