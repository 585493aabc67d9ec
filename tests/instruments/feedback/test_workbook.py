"""The workbook for typing in feedback: columns, lists, two entries, and the sheet that compares them."""

import io
import re
import shutil
import subprocess

import openpyxl
import pytest

from evaluation.core.errors import InstrumentError
from evaluation.instruments.feedback.protocol import Protocol
from evaluation.instruments.feedback.workbook import make_feedback_workbook, write_feedback_workbook
from evaluation.strategy.words import load_as
from tests.kit.feedback import ITEMS, minors, protocol_content, small_instrument

FIELDS = ["sheet", "person_code", "wave", "months", "collector", "language", "consent_version", "consent_analysis",
          "consent_quotation", "consent_recontact", "sex", *ITEMS]  # fmt: skip
FIRST = 6
"""The first row of answers, from 1; the hidden row above it holds the fields."""


def book(instrument=None, **settings):
    content = make_feedback_workbook(instrument or small_instrument(), **settings)
    return openpyxl.load_workbook(io.BytesIO(content))


def lists(made):
    return {
        column[0].value: [cell.value for cell in column[1:] if cell.value is not None]
        for column in made["_lists"].columns
    }


def rules(page):
    return {
        str(place): rule for rule in page.data_validations.dataValidation for place in str(rule.sqref).split()
    }


def letter(field):
    return openpyxl.utils.get_column_letter(FIELDS.index(field) + 1)


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("ro", ["Citește-mă", "Răspunsuri 1", "Răspunsuri 2", "Comparație", "_kit", "_liste"]),
        ("en", ["Read me", "Answers 1", "Answers 2", "Comparison", "_kit", "_lists"]),
    ],
)
def test_sheets_stand_in_the_order_of_use(language, names):
    made = book(language=language)
    assert made.sheetnames == names
    assert [page.sheet_state for page in made] == ["visible"] * 4 + ["hidden"] * 2


def test_the_first_entry_names_its_fields_in_the_hidden_row_above_the_answers_and_the_second_does_not():
    first, second = (book()[f"Răspunsuri {n}"] for n in (1, 2))
    assert [cell.value for cell in first[FIRST - 1]] == FIELDS
    assert first.row_dimensions[FIRST - 1].hidden
    assert {cell.value for cell in second[FIRST - 1]} == {None}


def test_items_stand_under_their_printed_numbers():
    page = book()["Răspunsuri 1"]
    assert [cell.value for cell in page[FIRST - 2]][11:] == ["1", "2", "3", "4", "5", "6", "7"]


def test_answers_are_chosen_from_lists_with_the_special_ones_last():
    found = lists(book(language="en"))
    assert found["agreement"] == [1, 2, 3, 4, 5, "na", "pn"]
    assert found["help_used"][:2] == ["Yes", "I do not know"] and len(found["help_used"]) == 4
    assert found["wave"] == ["at inclusion", "at 3 months", "at 6 months", "at 12 months", "at exit"]
    assert found["yes_no"] == ["Yes", "No"] and found["sex"] == ["female", "male"]
    assert found["consent_version"] == ["1.0"] and len(found["language"]) == 9


def test_what_may_be_typed_where():
    found = {
        place.split(":")[0].rstrip("0123456789"): rule
        for place, rule in rules(book(rows=2)["Răspunsuri 1"]).items()
    }
    assert (found[letter("person_code")].type, found[letter("person_code")].formula1) == ("textLength", "9")
    assert (found[letter("months")].formula1, found[letter("months")].formula2) == ("0", "120")
    closed = [one for one in FIELDS if one not in ("sheet", "person_code", "months", "told_change")]
    assert {found[letter(one)].type for one in closed} == {"list"}


def test_the_hint_tells_the_question_and_the_answers():
    found = {
        place.split(":")[0]: rule for place, rule in rules(book(rows=2, language="en")["Answers 1"]).items()
    }
    hint = found[f"{letter('safe_1')}{FIRST}"]
    assert hint.promptTitle == "Question 1"
    assert hint.prompt.startswith("I feel safe here. 1 = Strongly disagree; 2 = Rather disagree")


def test_spreadsheet_programs_do_not_cut_any_message():
    for page in book(rows=2):
        for rule in page.data_validations.dataValidation:
            assert len(rule.promptTitle or "") <= 32 and len(rule.errorTitle or "") <= 32
            assert len(rule.prompt or "") <= 255 and len(rule.error or "") <= 255


def test_written_answers_are_entered_once():
    first, second = (book()[f"Răspunsuri {n}"] for n in (1, 2))
    place = f"{letter('told_change')}{FIRST}"
    assert (first[place].protection.locked, second[place].protection.locked) == (False, True)


def test_the_rest_is_protected_and_only_the_comparison_has_formulas():
    made = book(rows=2)
    page = made["Răspunsuri 1"]
    assert page.protection.sheet
    assert [cell.protection.locked for cell in page[FIRST]] == [True] + [False] * (len(FIELDS) - 1)
    for one in made:
        kinds = {cell.data_type for line in one.iter_rows() for cell in line}
        assert ("f" in kinds) == (one.title == "Comparație")


def test_the_kit_sheet_says_what_the_workbook_is_of():
    page = book()["_kit"]
    values = {page.cell(row, 1).value: page.cell(row, 2).value for row in range(1, 8)}
    assert (values["format"], values["instrument"], values["instrument_version"]) == (
        "snitp-feedback-answers", "victim_feedback_small", "0.1",
    )  # fmt: skip
    assert [cell.value for cell in page["D"]] == FIELDS


def test_the_workbook_says_that_the_questionnaire_is_experimental():
    text = " ".join(str(cell.value) for line in book()["Citește-mă"].iter_rows() for cell in line)
    assert (
        "EXPERIMENTAL" in text
        and "snitp feedback gather" in text
        and "--instrument victim_feedback_small" in text
    )


def test_under_a_protocol_the_guardians_consent_has_a_column():
    protocol = load_as(Protocol, protocol_content(), file="test")
    page = book(minors(), protocol=protocol)["Răspunsuri 1"]
    fields = [cell.value for cell in page[FIRST - 1]]
    assert fields[7:9] == ["consent_guardian", "consent_analysis"]


def test_equal_input_gives_equal_bytes(tmp_path):
    one, other = (write_feedback_workbook(small_instrument(), tmp_path / f"{name}.xlsx") for name in "ab")
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("settings", [{"rows": 0}, {"rows": 1001}, {"language": "uk"}])
def test_what_makes_no_workbook_is_refused(settings):
    with pytest.raises(InstrumentError):
        book(**settings)


def test_the_comparison_looks_at_every_typed_column_but_the_written_answer():
    made = book(rows=2)["Comparație"]
    formula = next(cell.value for line in made.iter_rows() for cell in line if "TRIM(" in str(cell.value))
    compared = set(re.findall(r"TRIM\('Răspunsuri 1'!([A-Z]+)6\)", formula))
    assert compared == {letter(one) for one in FIELDS if one not in ("sheet", "told_change")}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice works the formulas out")
def test_the_comparison_names_the_cells_that_differ(tmp_path):
    made = book(rows=3)
    for name in ("Răspunsuri 1", "Răspunsuri 2"):
        for column, value in enumerate(
            ["7KTM-29XB", "la includere", None, None, None, "1.0", "Da", "Nu", "Nu"], 2
        ):
            made[name].cell(FIRST, column, value)
    made["Răspunsuri 2"][f"{letter('safe_2')}{FIRST}"] = 4
    made.save(tmp_path / "filled.xlsx")
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to",
         "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,false,false,false,4",
         "--outdir", str(tmp_path), str(tmp_path / "filled.xlsx")],
        check=True, capture_output=True,
    )  # fmt: skip
    lines = [
        line.split("\t")
        for line in next(tmp_path.glob("filled*.csv")).read_text(encoding="utf-8").splitlines()
    ]
    assert lines[10][2:4] == ["1", f"{letter('safe_2')}{FIRST}"]
