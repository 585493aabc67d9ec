"""The answer workbook: what can be typed where, and what tells the reader which item a cell holds."""

import io
import re
import shutil
import subprocess

import openpyxl
import pytest

from evaluation.core.errors import InstrumentError
from evaluation.instruments.answer_layout import (
    FIELDS_ROW,
    FIRST_ROW,
    FORMAT,
    HEAD_ROW,
    KIT_MAP_COLUMN,
    SESSION_FIELD_COLUMN,
    SESSION_FIRST_ROW,
    answer_columns,
    item_of,
    load_answer_layout,
    session_column,
)
from evaluation.instruments.answer_workbook import make_answer_workbook, write_answer_workbook
from evaluation.strategy.counties import load_counties
from tests.kit.instruments import sample_instrument

NAMES = {
    "ro": ["Citește-mă", "Sesiunea", "Răspunsuri 1", "Răspunsuri 2", "Comparație", "_kit", "_liste"],
    "en": ["Read me", "Session", "Answers 1", "Answers 2", "Comparison", "_kit", "_lists"],
}
PAIRS = [f"pair_{one}" for one in ("mother", "older", "birthplace", "month", "given", "family")]
FIELDS = ["session", "sheet", "occasion", "form", *PAIRS, *(f"q{number:02}" for number in range(1, 13))]
FIELDS += ["open_signs", "react_clear", "react_useful"]
CODES = ("K7QM-3TXB-1", "K7QM-3TXB-2")


def book(instrument=None, **settings):
    content = make_answer_workbook(instrument or sample_instrument(), **settings)
    return openpyxl.load_workbook(io.BytesIO(content))


def row(page, number):
    """A row counted from 0, as text; empty cells are empty."""
    return ["" if cell.value is None else str(cell.value) for cell in page[number + 1]]


def rules(page):
    """The entry rule of each cell that has one."""
    return {
        str(place): rule for rule in page.data_validations.dataValidation for place in str(rule.sqref).split()
    }


@pytest.mark.parametrize("language", ["ro", "en"])
def test_sheets_stand_in_the_order_of_use_and_the_technical_ones_are_hidden(language):
    made = book(language=language)
    assert made.sheetnames == NAMES[language]
    assert [page.sheet_state for page in made] == ["visible"] * 5 + ["hidden"] * 2


@pytest.mark.parametrize("sheet", ["Răspunsuri 1", "Răspunsuri 2"])
def test_both_entries_have_the_same_columns_named_in_a_hidden_row(sheet):
    page = book()[sheet]
    assert row(page, FIELDS_ROW) == FIELDS
    assert page.row_dimensions[FIELDS_ROW + 1].hidden
    assert row(page, HEAD_ROW)[10:25] == [str(number) for number in range(1, 16)]


def test_a_question_number_holds_another_item_on_each_form():
    # on the form of sums an anchor stands at 1, 4, 7 and 10, and the form's own items between
    columns = {one.field: one for one in answer_columns(sample_instrument())}
    found = [
        (item_of(columns[name], "A"), item_of(columns[name], "B")) for name in ("q01", "q02", "q05", "q12")
    ]
    assert found == [
        ("core_who", "core_who"),
        ("sum_a1", "sum_b1"),
        ("sum_a3", "sum_b3"),
        ("sum_a8", "sum_b8"),
    ]
    assert item_of(columns["form"], "A") == ""


def test_the_kit_sheet_says_what_the_workbook_was_made_from_and_maps_its_columns():
    page = book(sessions=2, people=15, language="en")["_kit"]
    values = {page.cell(place, 1).value: page.cell(place, 2).value for place in range(1, 9)}
    assert (values["format"], values["instrument"], values["instrument_version"]) == (
        FORMAT,
        "training_sample",
        "0.1",
    )
    assert (values["language"], values["sessions"], values["sheets_per_session"]) == ("en", "2", "30")
    told = [[cell.value for cell in line[KIT_MAP_COLUMN:]] for line in page.iter_rows(min_row=1, max_row=13)]
    assert told[0] == ["field", "A", "B"] and told[12] == ["q02", "sum_a1", "sum_b1"]


def test_sessions_follow_each_other_and_sheets_are_numbered_within_them():
    page = book(sessions=2, people=3)["Răspunsuri 1"]
    found = [tuple(row(page, FIRST_ROW + place)[:2]) for place in range(12)]
    assert found == [(session, str(number)) for session in "12" for number in range(1, 7)]
    assert page.max_row == FIRST_ROW + 12


def test_the_session_sheet_has_a_line_a_fact_and_a_column_a_session():
    page = book(sessions=2, codes=CODES)["Sesiunea"]
    facts = [one.field for one in load_answer_layout().session_fields]
    lines = {
        row(page, SESSION_FIRST_ROW + place)[SESSION_FIELD_COLUMN]: row(page, SESSION_FIRST_ROW + place)
        for place in range(len(facts))
    }
    assert list(lines) == facts
    assert [lines["code"][session_column(number)] for number in (1, 2)] == list(CODES)
    assert lines["measure"][session_column(1)] == "1.2.7"
    assert page.cell(SESSION_FIRST_ROW + 1, session_column(1) + 1).protection.locked


def test_a_code_that_is_not_known_is_typed():
    page = book()["Sesiunea"]
    cell = page.cell(SESSION_FIRST_ROW + 1, session_column(1) + 1)
    assert cell.value is None and not cell.protection.locked


def test_every_cell_to_fill_in_is_open_and_the_rest_is_protected():
    page = book()["Răspunsuri 1"]
    assert page.protection.sheet
    locked = [cell.protection.locked for cell in page[FIRST_ROW + 1]]
    assert locked == [True, True] + [False] * 23
    assert page.cell(HEAD_ROW + 1, 5).protection.locked


def test_the_written_answer_is_entered_once():
    first, second = (book()[f"Răspunsuri {number}"] for number in (1, 2))
    place = FIELDS.index("open_signs") + 1
    assert not first.cell(FIRST_ROW + 1, place).protection.locked
    assert second.cell(FIRST_ROW + 1, place).protection.locked


def test_answers_are_chosen_from_lists_and_numbers_have_bounds():
    made = book(people=2)
    found = {place[0]: rule for place, rule in rules(made["Răspunsuri 1"]).items()}
    lists = made["_liste"]
    named = {
        column[0].value: [cell.value for cell in column[1:] if cell.value is not None]
        for column in lists.columns
    }
    assert named["choice"] == ["a", "b", "c", "d"] and named["scale"] == [1, 2, 3, 4, 5]
    assert named["occasion"] == ["înainte", "după"] and named["form"] == ["A", "B"]
    assert named["county"] == [one.name for one in load_counties()] and len(named["county"]) == 42
    assert [found[letter].type for letter in "CDKVXY"] == ["list"] * 6
    assert (found["E"].type, found["F"].type, found["F"].formula1, found["F"].formula2) == (
        "textLength",
        "whole",
        "0",
        "9",
    )
    assert (found["H"].formula1, found["H"].formula2) == ("1", "12")


@pytest.mark.parametrize(("language", "word"), [("ro", "Alegeți din listă"), ("en", "Choose from the list")])
def test_a_refusal_is_told_in_the_language_of_the_workbook(language, word):
    found = rules(book(language=language)[NAMES[language][2]])
    assert next(rule for place, rule in found.items() if place.startswith("K")).errorTitle == word


def test_spreadsheet_programs_do_not_cut_any_message():
    for page in book(sessions=2):
        for rule in page.data_validations.dataValidation:
            assert len(rule.promptTitle or "") <= 32 and len(rule.errorTitle or "") <= 32
            assert len(rule.prompt or "") <= 255 and len(rule.error or "") <= 255
            assert not (rule.prompt or "").endswith("…")


def test_only_the_comparison_has_formulas_and_a_text_like_one_stays_a_text():
    made = book(sample_instrument(title={"ro": "=1+1", "en": "=1+2"}))
    for page in made:
        kinds = {cell.data_type for line in page.iter_rows() for cell in line}
        assert ("f" in kinds) == (page.title == "Comparație")
    assert made["Citește-mă"]["A2"].value == "=1+1" and made["Citește-mă"]["A2"].data_type == "s"


def test_the_workbook_says_that_the_questionnaire_is_a_draft():
    text = " ".join(str(cell.value) for line in book()["Citește-mă"].iter_rows() for cell in line)
    assert "CIORNĂ" in text and "snitp training score raspunsuri.xlsx" in text


def test_equal_input_gives_equal_bytes(tmp_path):
    paths = [
        write_answer_workbook(sample_instrument(), tmp_path / f"{one}.xlsx", sessions=2, codes=CODES)
        for one in "ab"
    ]
    assert paths[0].read_bytes() == paths[1].read_bytes()


def test_words_of_the_lists_lead_back_to_their_codes_in_both_languages():
    layout = load_answer_layout()
    assert [layout.code_of("occasion", word) for word in ("înainte", "După", "before", "AFTER", "?")] == [
        "pre", "post", "pre", "post", "",
    ]  # fmt: skip
    assert layout.code_of("month", "mai") == layout.code_of("month", "May") == "05"


@pytest.mark.parametrize("settings", [{"sessions": 0}, {"people": 0}, {"sessions": 2, "codes": ("S-1",)}])
def test_sizes_that_make_no_workbook_are_refused(settings):
    with pytest.raises(InstrumentError):
        book(**settings)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice works the formulas out")
def test_the_comparison_counts_and_names_the_cells_that_differ(tmp_path):
    made = book(people=3)
    for place, name in enumerate(("Răspunsuri 1", "Răspunsuri 2")):
        page = made[name]
        for number in range(3 - place):  # sheet 3 is entered once
            for column, value in enumerate(["înainte", "A", "M", 2, "C", 5, "A", "U", *"abcdabcdabcd"], 3):
                page.cell(FIRST_ROW + 1 + number, column, value)
    made["Răspunsuri 1"].cell(FIRST_ROW + 1, 23, "numai prima dată")  # a written answer is not compared
    second = made["Răspunsuri 2"]
    second["K7"], second["H7"], second["C6"] = "d", 6, "Înainte "  # capitals and spaces are no difference
    made.save(tmp_path / "filled.xlsx")
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,false,false,false,5",
         "--outdir", str(tmp_path), str(tmp_path / "filled.xlsx")],
        check=True, capture_output=True,
    )  # fmt: skip
    text = next(tmp_path.glob("filled*.csv")).read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines()]
    assert [line[1] for line in lines[3:7]] == ["3", "2", "2", "2"]
    assert re.match("Există diferențe", lines[7][1])
    assert [line[2:4] for line in lines[10:14]] == [
        ["0", ""],
        ["2", "H7 K7"],
        ["", "numai în prima introducere"],
        ["", ""],
    ]
