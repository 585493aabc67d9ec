"""What an edited matrix asks otherwise than the one before it, sub-question by sub-question."""

from dataclasses import dataclass
from typing import Literal

from evaluation.judgement.matrix_rows import Matrix, Row
from evaluation.judgement.matrix_sheet import Column, Layout, cells_of, sheet_layout, split_ids


@dataclass(frozen=True, slots=True)
class RowChange:
    """A sub-question that was added, edited or removed; ``columns`` are the edited ones, in the order of the sheet."""

    row: str
    kind: Literal["added", "edited", "removed"]
    columns: tuple[Column, ...] = ()


def compare_matrices(before: Matrix, after: Matrix) -> tuple[RowChange, ...]:
    """The sub-questions that differ: those of the later matrix in its order, then those that are gone.

    The order of sub-questions, and of ids within a cell, is no difference: the digest of a matrix does not know it.
    """
    layout, old = sheet_layout(), {one.id: one for one in before.rows}
    changes = []
    for row in after.rows:
        if row.id not in old:
            changes.append(RowChange(row.id, "added"))
        elif columns := _edited(old[row.id], row, layout):
            changes.append(RowChange(row.id, "edited", columns))
    kept = {one.id for one in after.rows}
    return (*changes, *(RowChange(one, "removed") for one in old if one not in kept))


def _edited(before: Row, after: Row, layout: Layout) -> tuple[Column, ...]:
    pairs = zip(layout.columns, cells_of(before, layout), cells_of(after, layout), strict=True)
    return tuple(column for column, old, new in pairs if _content(column, old) != _content(column, new))


def _content(column: Column, cell: str) -> object:
    return sorted(split_ids(cell)) if column.takes == "several" else cell
