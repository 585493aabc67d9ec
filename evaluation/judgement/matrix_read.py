"""Reading an edited matrix workbook: sub-questions as models, and whatever is wrong with them, cell by cell."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evaluation.core.errors import JudgementError
from evaluation.judgement.matrix import MATRIX, read_matrix
from evaluation.judgement.matrix_cells import open_matrix_workbook, read_lines, written_facts
from evaluation.judgement.matrix_check import Known, find_matrix_problems, known_ids, row_problems
from evaluation.judgement.matrix_problems import CellProblem, MatrixProblem, cell_problem
from evaluation.judgement.matrix_rows import Matrix, Row
from evaluation.judgement.matrix_sheet import Layout, content_of, sheet_layout, split_ids
from evaluation.strategy.frame import load_assessments


@dataclass(frozen=True, slots=True)
class Reading:
    """An edited workbook as read: the sub-questions that are sound, and the problems of the others."""

    assessment: str
    digest: str
    """Of the matrix that the workbook was written from."""
    rows: tuple[Row, ...]
    problems: tuple[CellProblem, ...]


def read_matrix_workbook(path: Path, *, file: Path = MATRIX) -> tuple[Row, ...]:
    """The sub-questions of an edited workbook; refused whole, with every problem named, if any cell is wrong."""
    return _accepted(path, file).rows


def matrix_of_workbook(path: Path, *, file: Path = MATRIX) -> Matrix:
    """The matrix of an assessment as the team edited it, with the lists and the reasons of the file."""
    return matrix_of_reading(_accepted(path, file), file=file)


def matrix_of_reading(reading: Reading, *, file: Path = MATRIX) -> Matrix:
    """The sound sub-questions of a workbook as a matrix, with the lists and the reasons of a file."""
    edited = read_matrix(file).model_copy(update={"rows": reading.rows})
    return edited.of_assessment(reading.assessment)


def assessment_of_workbook(path: Path) -> str:
    """The assessment whose matrix a workbook holds; refused when the strategy does not provide for it."""
    assessment, _digest, _lines = written_facts(open_matrix_workbook(path, sheet_layout()), path.name)
    if assessment not in {one.id for one in load_assessments()}:
        raise JudgementError(f"{path.name}: it names no assessment of the strategy; use a fresh workbook.")
    return assessment


def inspect_matrix_workbook(path: Path, *, file: Path = MATRIX) -> Reading:
    """What an edited workbook holds and everything that is wrong with it, in the order of the sheet."""
    layout, base = sheet_layout(), read_matrix(file)
    book = open_matrix_workbook(path, layout)
    assessment, digest, written = written_facts(book, path.name)
    known, seen = known_ids(base), _Seen(assessment, written, [])
    rows: list[Row] = []
    problems: list[CellProblem] = []
    for number, cells, wrong in read_lines(book[layout.sheets["matrix"].ro], layout):
        found = [*wrong, *_id_problems(number, cells["id"], seen)]
        emptied = not wrong and not any(text for field, text in cells.items() if field != "id")
        if not emptied:
            row = _row(number, cells, layout, found)
            found += _row_problems(number, row, known, layout, assessment) if row else []
            rows += [row] if row and not found else []
        problems += found
    problems += seen.lost()
    if not problems:
        problems += _whole(base, tuple(rows), known, assessment)
    return Reading(assessment, digest, tuple(rows), tuple(dict.fromkeys(problems)))


@dataclass(slots=True)
class _Seen:
    """The ids that were written, by the line they stood on, and those met so far."""

    assessment: str
    written: dict[str, int]
    met: list[str]

    def lost(self) -> list[CellProblem]:
        """Ids that were written and stand nowhere any more."""
        gone = [one for one in self.written if one not in self.met]
        return [cell_problem(f"A{self.written[one]}", "id_changed", {"expected": one}) for one in gone]


def _accepted(path: Path, file: Path) -> Reading:
    reading = inspect_matrix_workbook(path, file=file)
    if reading.problems:
        listed = "\n".join(f"  {one};" for one in reading.problems)
        raise JudgementError(f"{path.name}: not accepted.\n{listed}\ncorrect these cells and read it again.")
    return reading


def _id_problems(number: int, found: str, seen: _Seen) -> list[CellProblem]:
    """The ids that were written stand where they stood, and none is given twice."""
    expected = {line: one for one, line in seen.written.items()}.get(number, "")
    used = found in seen.written or found in seen.met
    seen.met.append(expected or found)
    if expected and found != expected:
        return [cell_problem(f"A{number}", "id_changed", {"expected": expected})]
    return [cell_problem(f"A{number}", "id_used")] if used and not expected else []


def _row(number: int, cells: dict[str, str], layout: Layout, found: list[CellProblem]) -> Row | None:
    """The model of a line, or the empty cells that keep it from being one."""
    told = {one.cell for one in found}
    empty = [
        f"{_letter(place)}{number}"
        for place, column in enumerate(layout.columns)
        if not column.optional and not split_ids(cells[column.field])
    ]
    found += [cell_problem(cell, "empty") for cell in empty if cell not in told]
    if empty:
        return None
    try:
        return Row.model_validate(content_of(cells, layout))
    except ValidationError as error:
        fields = [".".join(str(step) for step in one["loc"]) for one in error.errors(include_input=False)]
        found += [cell_problem(_cell(layout, field, number), "unreadable") for field in fields]
        return None


def _row_problems(
    number: int, row: Row, known: Known, layout: Layout, assessment: str
) -> Iterator[CellProblem]:
    """The problems of a sub-question at their cells; an unknown id by its place in the cell."""
    for one in row_problems(row, known):
        yield _at_cell(one, row, _cell(layout, one.field, number))
    if assessment not in row.assessments:
        yield cell_problem(
            _cell(layout, "assessments", number), "other_assessment", {"assessment": assessment}
        )


def _at_cell(problem: MatrixProblem, row: Row, cell: str) -> CellProblem:
    """A problem without the text that was typed."""
    if problem.kind != "unknown_id":
        return CellProblem(cell, problem.text)
    given: Any = row
    for step in problem.field.split("."):
        given = getattr(given, step)
    given = getattr(given, "ids", given)
    if isinstance(given, str):
        return cell_problem(cell, "code_not_listed")
    places = ", ".join(str(place) for place, one in enumerate(given, 1) if one in problem.ids)
    return cell_problem(cell, "codes_not_listed", {"places": places})


def _whole(base: Matrix, rows: tuple[Row, ...], known: Known, assessment: str) -> list[CellProblem]:
    """What the edited matrix as a whole no longer asks about."""
    edited = base.model_copy(update={"rows": rows})
    problems = find_matrix_problems(edited, known, assessments=(assessment,))
    return [CellProblem("", one.text) for one in problems]


def _cell(layout: Layout, field: str, number: int) -> str:
    return f"{_letter(layout.place(field))}{number}"


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    letter: str = get_column_letter(place + 1)
    return letter
