"""Our workbook read back: both entries compared, what differs is told and left out, facts without names."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from evaluation.intake.training.read import read_answers
from tests.intake.training.test_read import cells, codes, rows_of
from tests.kit.training import CANARIES, SESSION, expected_rows, own_workbook, place_of

FACTS = {
    "year": 2026, "month": "martie", "county": "Cluj", "locality": "urban", "institution": "ANITP, Centrul Regional Cluj",
    "measure": "1.2.7", "invited": 15, "present_pre": 12, "present_post": 12, "scorer": "formatorul",
}  # fmt: skip


@pytest.fixture
def book(sample, papers, tmp_path: Path) -> Path:
    return own_workbook(sample, papers, tmp_path / "raspunsuri.xlsx", facts=FACTS)


def change(book: Path, sheet: str, place: tuple[int, int], value: object) -> None:
    opened = load_workbook(book)
    opened[sheet].cell(*place).value = value
    opened.save(book)


def test_two_equal_entries_leave_nothing_to_say(sample, papers, book):
    read = read_answers(book, instrument=sample)
    assert rows_of(read) == expected_rows(sample, papers)
    assert read.problems == ()


def test_the_facts_of_the_session_are_words_of_the_lists_and_numbers(sample, book):
    (facts,) = read_answers(book, instrument=sample).sessions
    assert (facts.code, facts.year, facts.month, facts.county, facts.locality) == (
        SESSION,
        "2026",
        "03",
        "CJ",
        "urban",
    )
    assert (facts.invited, facts.present_pre, facts.scorer, facts.measure) == (15, 12, "trainer", "1.2.7")
    assert facts.institution == "ANITP"


@pytest.mark.parametrize("field", ["institution", "county", "measure"])
def test_a_name_written_among_the_facts_is_not_kept(sample, papers, tmp_path, field):
    book = own_workbook(sample, papers, tmp_path / "a.xlsx", facts=FACTS | {field: CANARIES[0]})
    read = read_answers(book, instrument=sample)
    assert getattr(read.sessions[0], field) == ""
    assert CANARIES[0] not in repr(read.sessions) + repr(read.problems)
    assert len(read.problems) == 1


def test_one_entry_alone_is_used_and_said_to_be_one(sample, papers, tmp_path):
    read = read_answers(own_workbook(sample, papers, tmp_path / "a.xlsx", twice=False), instrument=sample)
    assert rows_of(read) == expected_rows(sample, papers)
    assert codes(read) == {"single_entry": 24}


def test_a_cell_that_differs_between_the_entries_is_missing_and_named(sample, papers, book):
    row, column = place_of(sample, "q02", 1)
    right = papers[0].answers["sum_a1"]
    change(book, "Răspunsuri 2", (row, column), "a" if right != "a" else "b")
    papers[0].answers["sum_a1"] = ""
    read = read_answers(book, instrument=sample)
    assert rows_of(read) == expected_rows(sample, papers)
    assert cells(read, "entries_differ") == ["L6"]


def test_the_same_letter_in_capitals_is_no_difference(sample, papers, book):
    row, column = place_of(sample, "q02", 1)
    change(book, "Răspunsuri 2", (row, column), papers[0].answers["sum_a1"].upper())
    assert read_answers(book, instrument=sample).problems == ()


def test_an_answer_in_one_entry_only_is_missing(sample, papers, book):
    change(book, "Răspunsuri 2", place_of(sample, "q02", 1), None)
    read = read_answers(book, instrument=sample)
    assert codes(read) == {"entries_differ": 1}
    assert read.microdata.table["sum_a1"][0] == ""


def test_entries_that_differ_on_the_form_lose_the_sheet_with_its_reason(sample, book):
    change(book, "Răspunsuri 2", place_of(sample, "form", 1), "B")
    origin = read_answers(book, instrument=sample).microdata.provenance
    assert (origin.rows_in, origin.rows_used, dict(origin.excluded)) == (
        24,
        23,
        {"entries_differ_on_sheet": 1},
    )


def test_a_sheet_in_one_entry_only_is_used_and_told(sample, papers, book):
    opened = load_workbook(book)
    page = opened["Răspunsuri 2"]
    for column in range(3, page.max_column + 1):
        page.cell(6, column).value = None
    opened.save(book)
    read = read_answers(book, instrument=sample)
    assert rows_of(read) == expected_rows(sample, papers)
    assert cells(read, "entered_once") == ["A6"]


def test_a_formula_that_was_never_calculated_is_no_answer(sample, papers, book):
    for sheet in ("Răspunsuri 1", "Răspunsuri 2"):
        change(book, sheet, place_of(sample, "q02", 1), '=IF(TRUE,"a","b")')
    read = read_answers(book, instrument=sample)
    assert (codes(read), read.microdata.table["sum_a1"][0]) == ({"cell_not_text": 1}, "")


def test_a_row_that_is_hidden_is_not_used_unseen(sample, papers, book):
    opened = load_workbook(book)
    opened["Răspunsuri 1"].row_dimensions[6].hidden = True
    opened.save(book)
    assert dict(read_answers(book, instrument=sample).microdata.provenance.excluded) == {"row_hidden": 1}
