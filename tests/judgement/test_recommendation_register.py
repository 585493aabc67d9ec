"""The register over time: every recommendation of every assessment, with what became of it on a day."""

import io
import shutil
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from evaluation.core.errors import JudgementError
from evaluation.judgement.recommendation_register import make_register_workbook, recommendation_rows

EXAMPLE = Path(__file__).resolve().parents[2] / "data_raw" / "example" / "judgement"
END = date(2028, 12, 31)


@pytest.fixture
def home(tmp_path):
    shutil.copytree(EXAMPLE / "interim-2026", tmp_path / "interim-2026")
    return tmp_path


def outcomes(rows):
    return {one["id"]: one["outcome.en"] for one in rows}


def test_the_outcome_is_that_of_the_day(home):
    # R-01 due 2027-12-31, under way; R-04 accepted in part, due 2028-06-30, under way; R-05 refused; R-02 done; unanswered
    early, late = (outcomes(recommendation_rows(home, on=day)) for day in (date(2028, 6, 30), END))
    assert early == {
        "R-01": "overdue", "R-02": "done", "R-03": "unanswered", "R-04": "under way", "R-05": "not accepted",
        "R-06": "unanswered",
    }  # fmt: skip
    assert late == early | {"R-04": "overdue"}


def test_a_rejected_recommendation_stays_in_the_register_without_an_outcome(home):
    file = home / "interim-2026" / "recommendations.yaml"
    text = file.read_text(encoding="utf-8")
    first, rest = text.split("  - id: R-02", 1)
    file.write_text(first + "  - id: R-02" + rest.replace("state: accepted", "state: rejected", 1).replace(
        'review: {reviewer: "evaluator fictiv", on: "2027-02-15"}',
        'review: {reviewer: "evaluator fictiv", on: "2027-02-15", note: {ro: "Repetă altă recomandare.", en: "Repeats another."}}',
        1,
    ), encoding="utf-8")  # fmt: skip
    row = next(one for one in recommendation_rows(home, on=END) if one["id"] == "R-02")
    assert (row["state.ro"], row["outcome.ro"], row["due"]) == ("respinsă", "", "")


def test_a_folder_that_is_no_assessment_is_refused(home):
    shutil.copytree(home / "interim-2026", home / "interim-2027")
    with pytest.raises(JudgementError, match="interim-2027 is no assessment"):
        recommendation_rows(home, on=END)


def test_the_workbook_has_every_row_the_day_and_the_mark(home):
    rows = recommendation_rows(home, on=END)
    made = make_register_workbook(rows, on=END)
    page = load_workbook(io.BytesIO(made)).worksheets[0]
    assert [cell.value for cell in page["B"]][4:] == ["R-01", "R-02", "R-03", "R-04", "R-05", "R-06"]
    assert "2028-12-31" in page["A2"].value and page["A3"].value == "DATE SINTETICE / SYNTHETIC DATA"
    assert made == make_register_workbook(rows, on=END)
