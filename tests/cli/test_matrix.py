"""``snitp matrix``: out as a workbook, back as the matrix in force, whole or not at all."""

import csv
import io
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from evaluation.judgement.matrix import MATRIX, digest_matrix, load_matrix

ASSESSMENT = "interim-2026"
FIRST = "EQ-relevance-strategy-1"
SHEET = "Matrice"
# F is the question in Romanian, J and K what counts as yes; the first sub-question stands on line 3.


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


@pytest.fixture
def own(data: Path) -> Path:
    return data / "judgement" / ASSESSMENT / "matrix.yaml"


@pytest.fixture
def call(invoke):
    return lambda *args: invoke("--lang", "en", "matrix", *(str(one) for one in args))


@pytest.fixture
def written(call, data, tmp_path):
    """A workbook as it goes out, by the name given."""

    def made(name: str) -> Path:
        done = call("workbook", "--assessment", ASSESSMENT, "--data", data, "--out", tmp_path / name)
        assert done.exit_code == 0, done.stderr
        return tmp_path / name

    return made


def edit(path: Path, cells: dict[str, Any]) -> Path:
    book = load_workbook(path)
    for cell, value in cells.items():
        book[SHEET][cell].value = value
    book.save(path)
    return path


def emptied(path: Path, question: str) -> dict[str, None]:
    """The cells of a line but its id, which is how a sub-question is taken out."""
    page = load_workbook(path)[SHEET]
    line = next(row[0].row for row in page.iter_rows(min_row=3) if row[0].value == question)
    return {cell.coordinate: None for cell in page[line][1:]}


def register(invoke, data: Path) -> None:
    folder = data / "judgement" / ASSESSMENT
    folder.mkdir(parents=True, exist_ok=True)
    planned = "analyses:\n  - {ro: Livrarea la termen., en: Delivery on time.}\n"
    (folder / "planned_analyses.yaml").write_text(planned, encoding="utf-8")
    given = ("--assessment", ASSESSMENT, "--by", "E. Probă", "--on", "2024-07-15", "--data", str(data))
    assert invoke("register-plan", *given).exit_code == 0


def test_an_untouched_workbook_comes_back_with_the_same_digest(call, written, data, own):
    kit = MATRIX.read_bytes()
    done = call("read", written("m.xlsx"), "--data", data)
    assert done.exit_code == 0 and done.stdout.strip().endswith(f"judgement/{ASSESSMENT}/matrix.yaml")
    assert done.stderr.splitlines() == [
        "Sub-questions added: 0; edited: 0; removed: 0.",
        "No plan of analysis is registered.",
    ]
    assert digest_matrix(load_matrix(ASSESSMENT, file=own)) == digest_matrix(load_matrix(ASSESSMENT))
    assert MATRIX.read_bytes() == kit


def test_what_changed_is_said_and_a_second_reading_writes_nothing(call, written, data, own):
    book = edit(written("m.xlsx"), {"K3": "Another level."})
    edit(book, emptied(book, "EQ-coherence-1-1"))
    done = call("read", book, "--data", data)
    assert done.stderr.splitlines() == [
        f"{FIRST}: edited (What counts as yes (English))",
        "EQ-coherence-1-1: removed",
        "Sub-questions added: 0; edited: 1; removed: 1.",
        "No plan of analysis is registered.",
    ]
    once = own.read_bytes()
    again = call("read", book, "--data", data)
    assert (again.exit_code, again.stdout) == (0, "")
    assert again.stderr.splitlines()[0] == "The matrix says this already; nothing is written."
    assert own.read_bytes() == once


def test_the_next_workbook_is_written_from_the_teams_matrix(call, written, data):
    call("read", edit(written("m.xlsx"), {"K3": "Another level."}), "--data", data)
    assert load_workbook(written("next.xlsx"))[SHEET]["K3"].value == "Another level."


def test_one_wrong_cell_is_named_in_the_language_in_use_and_nothing_is_written(invoke, written, data, own):
    book = edit(written("m.xlsx"), {"F3": None, "U4": "SECRET", "K3": "Another level."})
    done = invoke("--lang", "ro", "matrix", "read", str(book), "--data", str(data))
    assert (done.exit_code, done.stdout, own.exists()) == (1, "", False)
    assert done.stderr.splitlines()[:2] == [
        "F3: goală; este nevoie de fiecare text și de fiecare cod",
        "U4: codul nu este în listă; vedeți foaia „Liste”",
    ]
    assert "SECRET" not in done.stderr


def test_a_workbook_from_an_older_matrix_is_refused_unless_forced(call, written, data, own):
    mine, theirs = written("mine.xlsx"), written("theirs.xlsx")
    assert call("read", edit(theirs, {"K3": "Their level."}), "--data", data).exit_code == 0
    before = own.read_bytes()
    done = call("read", edit(mine, {"K3": "My level."}), "--data", data)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "the matrix changed since this workbook was written" in done.stderr
    assert own.read_bytes() == before
    assert call("read", mine, "--data", data, "--force").exit_code == 0
    assert load_matrix(ASSESSMENT, file=own).row(FIRST).judgement.yes.en == "My level."


def test_after_the_plan_an_edit_is_a_deviation_to_be_declared(invoke, call, written, data, own):
    register(invoke, data)
    book = written("m.xlsx")
    told = call("check", "--assessment", ASSESSMENT, "--data", data)
    assert told.exit_code == 0 and "It is the matrix of the registered plan of analysis." in told.stderr
    done = call("read", edit(book, {"K3": "Another level."}), "--data", data)
    digest = digest_matrix(load_matrix(ASSESSMENT, file=own))
    row = f"declare the deviation in deviations.yaml, with concerns: matrix and digest: {digest}."
    assert done.exit_code == 0 and row in done.stderr
    checked = call("check", "--assessment", ASSESSMENT, "--data", data)
    assert (checked.exit_code, checked.stdout) == (1, f"{digest}\n")
    assert row in checked.stderr


def test_a_finding_without_its_question_is_named(call, written, data, own):
    findings = own.with_name("findings.yaml")
    findings.parent.mkdir(parents=True)
    example = Path(__file__).resolve().parents[2] / "data_raw" / "example" / "judgement" / ASSESSMENT
    text = (example / "findings.yaml").read_text(encoding="utf-8")
    findings.write_text(text, encoding="utf-8")
    book = written("m.xlsx")
    done = call("read", edit(book, emptied(book, "EQ-effectiveness-4-1")), "--data", data)
    assert done.exit_code == 0 and "the matrix does not ask: F-09;" in done.stderr
    checked = call("check", "--assessment", ASSESSMENT, "--data", data)
    assert checked.exit_code == 1 and "F-09" in checked.stderr


def test_a_matrix_that_is_not_sound_ends_the_check_with_1(call, data, own):
    own.parent.mkdir(parents=True)
    text = MATRIX.read_text(encoding="utf-8").replace("owner: IGPR", "owner: NOBODY", 1)
    own.write_text(text, encoding="utf-8")
    done = call("check", "--assessment", ASSESSMENT, "--data", data)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "owner: unknown id NOBODY" in done.stderr


def test_the_kits_matrix_is_sound_and_said_to_be_the_kits(call, data):
    done = call("check", "--assessment", "final-2028", "--data", data)
    assert (done.exit_code, done.stdout) == (0, f"{digest_matrix(load_matrix('final-2028'))}\n")
    assert done.stderr.splitlines()[0] == "The kit's matrix; the team has none of its own yet."


def test_a_workbook_that_names_another_place_as_its_assessment_is_refused(call, written, data, tmp_path):
    path = written("m.xlsx")
    book = load_workbook(path)
    book["_kit"]["A2"].value = "../../elsewhere"
    book.save(path)
    done = call("read", path, "--data", data)
    assert done.exit_code == 1 and "names no assessment of the strategy" in done.stderr
    assert "elsewhere" not in done.stderr and list(data.iterdir()) == []


def test_a_workbook_with_macros_is_refused_unread(call, written, data, own):
    path = written("m.xlsx")
    with ZipFile(path, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"Sub AutoOpen()")
    done = call("read", path, "--data", data)
    assert done.exit_code == 1 and "macro" in done.stderr and not own.exists()


def test_a_workbook_that_is_there_is_replaced_only_on_request(call, written, data):
    path = written("m.xlsx")
    given = ("workbook", "--assessment", ASSESSMENT, "--data", data, "--out", path)
    assert call(*given).exit_code == 2
    assert call(*given, "--force").exit_code == 0


def test_the_list_holds_every_field_for_programs_and_spreadsheets(call, data, written):
    call("read", edit(written("m.xlsx"), {"K3": "Another level."}), "--data", data)
    given = ("list", "--assessment", ASSESSMENT, "--data", data, "--format")
    records = json.loads(call(*given, "json").stdout)
    assert len(records) == 30 and records[0]["judgement"]["yes"]["en"] == "Another level."
    rows = list(csv.DictReader(io.StringIO(call(*given, "csv").stdout.removeprefix("\ufeff"))))
    assert len(rows) == 30 and rows[0]["judgement.yes.en"] == "Another level."
    assert "30 sub-questions." in call(*given, "table").stdout
