"""The matrix as a workbook: comes back as it went, and every wrong cell is named without quoting it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from evaluation.core.errors import JudgementError
from evaluation.judgement.matrix import load_matrix
from evaluation.judgement.matrix_read import (
    inspect_matrix_workbook,
    matrix_of_workbook,
    read_matrix_workbook,
)
from evaluation.judgement.matrix_workbook import write_matrix_workbook

SHEET = "Matrice"
# Columns as the sheet has them: A id, B assessments, C scope, D criterion, E drawn from, F-G question, H-I sub-question,
# J-K yes, L-M partly, N-O no, P indicators, Q their reason, R baseline, S its reason, T sources, U owner, V methods,
# W sample, X breakdowns, Y their reason, Z limits. The first sub-question stands on line 3.


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_matrix_workbook("interim-2026", tmp_path_factory.mktemp("book") / "matrice.xlsx")


@pytest.fixture
def edit(written: Path, tmp_path: Path) -> Callable[[dict[str, Any]], Path]:
    def change(cells: dict[str, Any]) -> Path:
        book = load_workbook(written)
        for cell, value in cells.items():
            book[SHEET][cell].value = value
        path = tmp_path / "edited.xlsx"
        book.save(path)
        return path

    return change


def problems(path: Path) -> list[str]:
    return [str(one) for one in inspect_matrix_workbook(path).problems]


def test_untouched_workbook_reads_back_as_the_matrix(written: Path):
    assert read_matrix_workbook(written) == load_matrix("interim-2026").rows
    assert matrix_of_workbook(written) == load_matrix("interim-2026")


def test_equal_matrix_gives_equal_bytes(written: Path, tmp_path: Path):
    again = write_matrix_workbook("interim-2026", tmp_path / "again.xlsx")
    assert again.read_bytes() == written.read_bytes()


def test_sheets_languages_drop_downs_and_locked_ids(written: Path):
    book = load_workbook(written)
    assert book.sheetnames == ["Instrucțiuni", SHEET, "Liste", "_kit"]
    page = book[SHEET]
    assert page["F1"].value == "Întrebare (română)\nQuestion (Romanian)"
    assert (page["A3"].protection.locked, page["F3"].protection.locked) == (True, False)
    assert page.protection.sheet
    lists = {
        str(one.sqref).split(":")[0] for one in page.data_validations.dataValidation if one.type == "list"
    }
    assert {"C3", "D3"} <= lists


def test_changed_text_arrives(edit: Callable[[dict[str, Any]], Path]):
    rows = read_matrix_workbook(edit({"G3": "Does it answer?"}))
    assert rows[0].question.en == "Does it answer?"


def test_new_sub_question_on_a_free_line_arrives(edit: Callable[[dict[str, Any]], Path], written: Path):
    page = load_workbook(written)[SHEET]
    assert page["A33"].value is None
    copied = {f"{cell.column_letter}33": cell.value for cell in page[3]}
    rows = read_matrix_workbook(edit(copied | {"A33": "EQ-relevance-strategy-2"}))
    assert (len(rows), rows[-1].id) == (31, "EQ-relevance-strategy-2")


def test_code_that_became_a_number_is_read(edit: Callable[[dict[str, Any]], Path], written: Path):
    page = load_workbook(written)[SHEET]
    line = next(row for row in range(3, 33) if page[f"A{row}"].value == "EQ-relevance-1-1")
    assert read_matrix_workbook(edit({f"C{line}": 1})) == load_matrix("interim-2026").rows


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"F3": None}, ["F3: empty; every text and code is needed"]),
        ({"G3": "   "}, ["G3: empty; every text and code is needed"]),
        ({"L3": None, "M4": None}, [f"{one}: empty; every text and code is needed" for one in ("L3", "M4")]),
        ({"T3": " ; "}, ["T3: empty; every text and code is needed"]),
        ({"H3": '=HYPERLINK("http://x","y")'}, ["H3: a formula; type the text itself"]),
        (
            {"H3": datetime(2026, 1, 2)},
            ["H3: not text (a date, an error or a logical value); type it as text"],
        ),
        ({"H3": True}, ["H3: not text (a date, an error or a logical value); type it as text"]),
        ({"H3": "#N/A"}, ["H3: not text (a date, an error or a logical value); type it as text"]),
        ({"B3": "final-2028"}, ["B3: the assessment of this workbook, interim-2026, is missing"]),
        ({"U3": "SECRET"}, ["U3: the code is not in the list; see the sheet 'Liste'"]),
        ({"S3": "SECRET"}, ["S3: the code is not in the list; see the sheet 'Liste'"]),
        (
            {"P3": "IND-1.1.1-1; SECRET; IND-1.1.1-2; SECRET2"},
            ["P3: code number 2, 4 in the cell is not in the list; see the sheet 'Liste'"],
        ),
        ({"R3": None, "S3": None}, ["R3: neither an id nor the reason why there is none"]),
        (
            {"A3": "EQ-relevance-strategy-7"},
            ["A3: the locked code was changed; put back EQ-relevance-strategy-1"],
        ),
        ({"L3": "x", "N3": "X"}, ["J3: two of the three levels are the same text (ro)"]),
        ({"D3": "impact"}, ["A3: not EQ-impact-strategy-<number>"]),
    ],
)
def test_wrong_cell_is_named(
    edit: Callable[[dict[str, Any]], Path], cells: dict[str, Any], expected: list[str]
):
    found = problems(edit(cells))
    assert found == expected
    assert "SECRET" not in " ".join(found)


def test_problems_are_told_in_both_languages(edit: Callable[[dict[str, Any]], Path]):
    (found,) = inspect_matrix_workbook(edit({"U3": "SECRET"})).problems
    assert found.text.ro == "codul nu este în listă; vedeți foaia „Liste”"


def test_line_emptied_with_its_code_is_missed(edit: Callable[[dict[str, Any]], Path], written: Path):
    page = load_workbook(written)[SHEET]
    emptied = {f"{cell.column_letter}3": None for cell in page[3]}
    assert problems(edit(emptied)) == ["A3: the locked code was changed; put back EQ-relevance-strategy-1"]


def test_code_given_twice_on_free_lines_is_refused(edit: Callable[[dict[str, Any]], Path], written: Path):
    page = load_workbook(written)[SHEET]
    copied = {f"{cell.column_letter}{line}": cell.value for line in (33, 34) for cell in page[3]}
    new = {"A33": "EQ-relevance-strategy-2", "A34": "EQ-relevance-strategy-2", "F33": None}
    assert problems(edit(copied | new)) == [
        "F33: empty; every text and code is needed",
        "A34: the code is used already; give the next number",
    ]


def test_used_code_on_a_free_line_is_refused(edit: Callable[[dict[str, Any]], Path], written: Path):
    page = load_workbook(written)[SHEET]
    copied = {f"{cell.column_letter}33": cell.value for cell in page[3]}
    assert problems(edit(copied)) == ["A33: the code is used already; give the next number"]


def test_refusal_lists_every_cell(edit: Callable[[dict[str, Any]], Path]):
    with pytest.raises(JudgementError) as caught:
        read_matrix_workbook(edit({"F3": None, "U5": "SECRET"}))
    message = str(caught.value)
    assert message.startswith("edited.xlsx: not accepted.")
    assert "F3: empty" in message
    assert "U5: the code is not in the list" in message
    assert "SECRET" not in message


def test_emptied_line_takes_the_sub_question_out(edit: Callable[[dict[str, Any]], Path], written: Path):
    page = load_workbook(written)[SHEET]
    line = next(row for row in range(3, 33) if page[f"A{row}"].value == "EQ-coherence-1-1")
    emptied = {f"{cell.column_letter}{line}": None for cell in page[line] if cell.column_letter != "A"}
    rows = read_matrix_workbook(edit(emptied))
    assert len(rows) == 29
    assert "EQ-coherence-1-1" not in {one.id for one in rows}


def test_taking_out_the_only_question_on_a_criterion_is_refused(
    edit: Callable[[dict[str, Any]], Path], written: Path
):
    page = load_workbook(written)[SHEET]
    line = next(row for row in range(3, 33) if page[f"A{row}"].value == "EQ-impact-strategy-1")
    emptied = {f"{cell.column_letter}{line}": None for cell in page[line] if cell.column_letter != "A"}
    assert problems(edit(emptied)) == [
        "interim-2026: criterion impact is neither asked about nor left out with a reason"
    ]


def test_moved_column_is_refused(edit: Callable[[dict[str, Any]], Path]):
    with pytest.raises(JudgementError, match=r"the column of question.ro was moved"):
        inspect_matrix_workbook(edit({"F2": "question.en", "G2": "question.ro"}))


def test_what_is_no_workbook_is_refused(tmp_path: Path):
    path = tmp_path / "x.xlsx"
    path.write_text("text", encoding="utf-8")
    with pytest.raises(JudgementError, match=r"x.xlsx: not a workbook"):
        read_matrix_workbook(path)


def test_workbook_without_the_sheet_is_refused(written: Path, tmp_path: Path):
    book = load_workbook(written)
    del book[SHEET]
    book.save(tmp_path / "y.xlsx")
    with pytest.raises(JudgementError, match=r"y.xlsx: sheet Matrice is missing"):
        read_matrix_workbook(tmp_path / "y.xlsx")
