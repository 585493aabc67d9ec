"""The matrix as printed: a row a sub-question with nothing empty, ids in words, and criteria left out with a reason."""

from pathlib import Path

import pytest

from evaluation.core.project import Project
from evaluation.judgement.matrix import load_matrix, matrix_source
from evaluation.judgement.matrix_listing import list_left_out, list_matrix
from evaluation.judgement.matrix_lists import matrix_lists

SOURCE = matrix_source(Project(Path(__file__).resolve().parents[2]), "interim-2026")


@pytest.fixture(params=["interim-2026", "final-2028"])
def matrix(request):
    return load_matrix(request.param)


def test_every_row_is_there_once_and_no_cell_is_empty(matrix):
    texts = list_matrix(matrix, SOURCE).texts
    assert texts["id"].tolist() == [one.id for one in matrix.rows]
    assert not texts.map(lambda cell: cell.strip() == "").any(axis=None)


def test_ids_of_lists_are_told_in_words_of_each_language(matrix):
    texts = list_matrix(matrix, SOURCE).texts.set_index("id")
    names = {one.id: one.name for one in matrix_lists(matrix)["methods"]}
    for row in matrix.rows:
        assert texts.loc[row.id, "methods.ro"] == "; ".join(names[one].ro for one in row.methods)
        assert texts.loc[row.id, "methods.en"] == "; ".join(names[one].en for one in row.methods)


def test_what_has_no_indicator_says_why(matrix):
    texts = list_matrix(matrix, SOURCE).texts.set_index("id")
    without = [one for one in matrix.rows if not one.indicators.ids]
    reasons = {one.id: one.name.en for one in matrix.reasons}
    assert without and all(
        texts.loc[one.id, "indicators.en"] == reasons[one.indicators.reason] for one in without
    )


def test_criteria_left_out_have_their_reason(matrix):
    texts = list_left_out(matrix, SOURCE).texts
    assert len(texts) == len(matrix.left_out) > 0
    assert (texts["reason.ro"].str.len() > 20).all()
