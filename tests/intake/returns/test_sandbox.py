"""What arrives from a workbook that is opened safely; openpyxl is the second opinion."""

import datetime
import importlib.util
import threading
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles.numbers import is_date_format as openpyxl_says_date

from evaluation.intake.returns import children
from evaluation.intake.returns.formats import is_date_format, serial_to_iso
from evaluation.intake.returns.sandbox import FileRefused, Limits, open_book

_SPEC = importlib.util.spec_from_file_location("hostile", Path(__file__).with_name("hostile.py"))
hostile = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(hostile)


def cells(path):
    return {place: (cell.value, cell.kind) for place, cell in open_book(path).sheets[0].cells.items()}


def written(path, fill, *, name="Date"):
    book = xlsxwriter.Workbook(path)
    fill(book, book.add_worksheet(name))
    book.close()
    return path


def mixed(book, sheet):
    percent, day = book.add_format({"num_format": "0.0%"}), book.add_format({"num_format": "dd.mm.yyyy"})
    moment = book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
    sheet.write_row("A1", ["Județ", "Număr", "Pondere", "Data"])
    sheet.write_row("A2", ["Iaşi", 125])
    sheet.write_number("C2", 0.45, percent)
    sheet.write_datetime("D2", datetime.datetime(2025, 3, 15), day)
    sheet.write_datetime("D3", datetime.datetime(2025, 3, 15, 10, 30), moment)
    sheet.write_boolean("A3", True)
    sheet.write_number("B3", -1.5)
    sheet.write_rich_string("A4", "a", book.add_format({"bold": True}), "b", "c")
    sheet.write_formula("B4", "=B2*2", None, 250)
    sheet.write_string("C4", "   ")
    sheet.merge_range("A6:C6", "titlu")


def test_the_reader_agrees_with_openpyxl_on_every_value(tmp_path):
    path = written(tmp_path / "mixed.xlsx", mixed)
    found = open_book(path).sheets[0]
    other = openpyxl.load_workbook(path, data_only=True).active
    expected = {}
    for row in other.iter_rows():
        for cell in row:
            value = cell.value
            if isinstance(value, datetime.datetime):
                value = value.isoformat().removesuffix("T00:00:00")
            if value is not None and str(value).strip():
                expected[cell.row, cell.column] = (
                    str(value).replace("ş", "ș") if isinstance(value, str) else value
                )
    assert {place: cell.value for place, cell in found.cells.items()} == expected
    formats = {place: other.cell(*place).number_format for place in found.cells}
    assert {place: cell.number_format for place, cell in found.cells.items()} == formats
    assert found.merged == ((6, 1, 6, 3),)


def test_cedilla_letters_become_romanian_ones_and_the_book_says_so(tmp_path):
    book = open_book(written(tmp_path / "mixed.xlsx", mixed))
    assert book.sheets[0].cells[2, 1].value == "Iași"
    assert "cedilla" in book.properties


def test_hidden_rows_columns_and_sheets_are_named(tmp_path):
    def fill(book, sheet):
        sheet.write_column("A1", [1, 2, 3])
        sheet.write("C1", 1)
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column("B:B", None, None, {"hidden": True})
        book.add_worksheet("Ascuns").hide()

    shown, hidden = open_book(written(tmp_path / "hidden.xlsx", fill)).sheets
    assert (shown.hidden_rows, shown.hidden_columns, shown.hidden) == ({2}, {2}, False)
    assert (hidden.name, hidden.hidden) == ("Ascuns", True)


def test_a_formula_without_a_calculated_value_has_none(tmp_path):
    made = openpyxl.Workbook()
    made.active["A1"] = "=1+1"
    made.save(tmp_path / "formula.xlsx")
    assert cells(tmp_path / "formula.xlsx") == {(1, 1): (None, "formula")}


def test_the_zero_that_a_program_writes_for_a_formula_it_cannot_compute_is_no_value(tmp_path):
    path = written(tmp_path / "zero.xlsx", lambda _, sheet: sheet.write_formula("A1", "=5+5"))
    book = open_book(path)
    assert (book.sheets[0].cells[1, 1].kind, book.properties) == ("formula", ("never_calculated",))


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "0",
        "#,##0.00",
        "0.0%",
        "dd.mm.yyyy",
        "[$-418]d mmmm yyyy",
        '#,##0 "zile"',
        "h:mm",
        "[h]:mm:ss",
        "[Red]0",
        "@",
    ],
)
def test_dates_are_told_from_numbers_as_openpyxl_tells_them(code):
    assert is_date_format(code) == bool(openpyxl_says_date(code))


def test_serial_numbers_count_from_1900_with_its_false_leap_day_or_from_1904():
    # Excel: 1 is 1900-01-01, 59 is 1900-02-28, 61 is 1900-03-01; with the 1904 calendar 0 is 1904-01-01
    assert [serial_to_iso(n, early=False) for n in (1, 59, 61)] == ["1900-01-01", "1900-02-28", "1900-03-01"]
    assert serial_to_iso(1, early=True) == "1904-01-02"


@pytest.mark.parametrize(
    ("encoding", "delimiter", "noticed"),
    [
        ("utf-8", ";", ()),
        ("utf-8-sig", ",", ()),
        ("cp1250", ";", ("cedilla", "cp1250")),
        ("iso8859_2", "\t", ("cedilla", "cp1250")),
        ("utf-16", "|", ("utf-16",)),
    ],
)
def test_a_text_file_is_read_in_its_encoding_and_with_its_delimiter(tmp_path, encoding, delimiter, noticed):
    old = encoding in ("cp1250", "iso8859_2")
    lines = [["județ", "număr", "pondere"], ["Iași", "007", "3.5"], ["Bistrița-Năsăud", "1.234", "NA"]]
    text = "\r\n".join(delimiter.join(line) for line in lines)
    text = text.replace("ș", "ş").replace("ț", "ţ") if old else text
    (tmp_path / "date.csv").write_bytes(text.encode(encoding))
    book = open_book(tmp_path / "date.csv")
    found = [[book.sheets[0].cells[row, column].value for column in (1, 2, 3)] for row in (1, 2, 3)]
    assert (found, book.properties) == (lines, noticed)


def test_letters_that_went_through_a_wrong_encoding_come_back_where_that_is_certain(tmp_path):
    wrong = [
        "Iași".encode().decode("cp1250"),
        "în țară".encode().decode("cp1252"),
        "Judeþul Iaºi",
        "São Tomé",
    ]
    path = written(tmp_path / "wrong.xlsx", lambda _, sheet: sheet.write_column("A1", wrong))
    book = open_book(path)
    assert [cell.value for cell in book.sheets[0].cells.values()] == [
        "Iași",
        "în țară",
        "Județul Iași",
        "São Tomé",
    ]
    assert "mojibake" in book.properties


def test_an_opendocument_sheet_keeps_its_cells_in_their_places(tmp_path):
    cell = '<table:table-cell office:value-type="float" office:value="3.5"/>'
    table = f'<table:table table:name="S"><table:table-row/><table:table-row><table:table-cell/>{cell}</table:table-row></table:table>'
    (tmp_path / "place.ods").write_bytes(hostile.ods(table))
    assert cells(tmp_path / "place.ods") == {(2, 2): (3.5, "number")}


def test_a_child_that_needs_more_memory_than_allowed_is_ended_and_the_file_refused(tmp_path):
    path = tmp_path / "cells.xlsx"
    path.write_bytes(hostile.workbook(hostile.sheet(f"<row>{'<c/>' * 400_000}</row>")))
    with pytest.raises(FileRefused) as refused:
        open_book(path, limits=Limits(memory_bytes=48_000_000))
    assert refused.value.code in (
        "file_too_heavy",
        "file_damaged",
    )  # the XML parser reports it as an error of the file


def test_a_child_that_takes_longer_than_allowed_is_ended_and_the_file_refused(tmp_path):
    path = tmp_path / "cells.xlsx"
    path.write_bytes(hostile.workbook(hostile.sheet(f"<row>{'<c/>' * 400_000}</row>")))
    with pytest.raises(FileRefused) as refused:
        open_book(path, limits=Limits(wall_seconds=0.001))
    assert refused.value.code == "file_too_heavy"


def test_a_file_reads_the_same_in_a_forked_child_and_in_a_new_process(tmp_path, monkeypatch):
    path = written(tmp_path / "mixed.xlsx", mixed)
    forked = open_book(path)
    monkeypatch.setattr(children, "CAN_FORK", False)
    assert open_book(path) == forked


def test_every_file_has_a_child_of_its_own(tmp_path, monkeypatch):
    path = written(tmp_path / "mixed.xlsx", mixed)
    open_book(path)
    seen, number = [], children._Server._number
    monkeypatch.setattr(children._Server, "_number", lambda one: seen.append(number(one)) or seen[-1])
    open_book(path)
    open_book(path)
    assert seen[1] == seen[3] == 0  # number of the child, its status, and the same again
    assert seen[0] != seen[2]


def test_a_file_is_read_although_the_process_that_forks_was_ended(tmp_path):
    path = written(tmp_path / "mixed.xlsx", mixed)
    first = open_book(path)
    server = children._idle().get_nowait()
    children._idle().put(server)
    server.process.kill()
    assert open_book(path) == first
    children.end_children()
    assert open_book(path) == first


def test_files_can_be_opened_from_several_threads(tmp_path):
    path = written(tmp_path / "mixed.xlsx", mixed)
    found = []
    threads = [threading.Thread(target=lambda: found.append(open_book(path).digest)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len(set(found)) == 1
