"""What the team changed, row by row and column by column; the order of things is no change."""

import pytest

from evaluation.judgement.matrix import load_matrix
from evaluation.judgement.matrix_changes import compare_matrices
from evaluation.judgement.matrix_rows import Matrix, Row
from evaluation.strategy.words import Text

FIRST = "EQ-relevance-strategy-1"


@pytest.fixture
def matrix() -> Matrix:
    return load_matrix("interim-2026")


def with_rows(matrix: Matrix, *rows: Row) -> Matrix:
    return matrix.model_copy(update={"rows": rows})


def changes(before: Matrix, after: Matrix) -> list[tuple[str, str, list[str]]]:
    found = compare_matrices(before, after)
    return [(one.row, one.kind, [column.field for column in one.columns]) for one in found]


def test_nothing_changed_in_the_same_matrix_in_another_order(matrix: Matrix):
    turned = [row.model_copy(update={"sources": row.sources[::-1]}) for row in matrix.rows[::-1]]
    assert changes(matrix, with_rows(matrix, *turned)) == []


def test_an_edited_level_names_its_columns(matrix: Matrix):
    first, *rest = matrix.rows
    levels = first.judgement.model_copy(update={"no": Text(ro=first.judgement.no.ro, en="Other words.")})
    edited = first.model_copy(update={"judgement": levels, "owner": "ANITP"})
    assert first.id == FIRST and first.owner != "ANITP"
    assert changes(matrix, with_rows(matrix, edited, *rest)) == [
        (FIRST, "edited", ["judgement.no.en", "owner"])
    ]


def test_added_rows_come_in_their_place_and_removed_ones_last(matrix: Matrix):
    _, second, *rest = matrix.rows
    new = second.model_copy(update={"id": f"{second.id}9"})
    after = with_rows(matrix, new, second, *rest)
    assert changes(matrix, after) == [(new.id, "added", []), (FIRST, "removed", [])]
