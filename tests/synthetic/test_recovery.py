"""Intake finds in the files of free form what is planted in them: the value, the outcome and the problem named."""

import json
import shutil
from pathlib import Path

import pytest

from evaluation.intake.returns.ledger import take_in
from evaluation.strategy.institutions import load_registry
from evaluation.strategy.plan import load_plan
from evaluation.strategy.request import load_request_rules

BUNDLED = Path(__file__).resolve().parents[2] / "data_raw" / "example"
DEFECTS = json.loads((BUNDLED / "truth.json").read_text(encoding="utf-8"))["defects"]
BROKEN = ("formula_without_value", "hidden_row")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    folder = tmp_path_factory.mktemp("returns")
    shutil.copy(BUNDLED / "returns" / "DATE_SINTETICE.yaml", folder)
    for name in {one["file"] for one in DEFECTS}:
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(BUNDLED / "returns" / name, folder / name)
        shutil.copy(BUNDLED / "returns" / name.split("/")[0] / "deliveries.csv", (folder / name).parent)
    return take_in(
        folder,
        relative=lambda path: path.name,
        plans=(load_plan(),),
        registry=load_registry(),
        rules=load_request_rules(),
        years=None,
        store=folder / "store",
    )


def row_of(ledger, key, file):
    indicator, period, institution, county, _ = key.split("|")
    table = ledger.table[(ledger.table["file"] == file) & (ledger.table["indicator"] == indicator)]
    names = ("period", "institution", "county", "group")
    return table[(table[list(names)] == [period, institution, county, ""]).all(axis=1)]


@pytest.mark.parametrize("one", DEFECTS, ids=lambda one: one["id"])
def test_the_problem_is_named(ledger, one):
    found = ledger.corrections[ledger.corrections["file"] == one["file"]]
    if "code" in one:
        assert one["outcome"] in set(found.loc[found["code"] == one["code"], "outcome"])


@pytest.mark.parametrize("one", [one for one in DEFECTS if "key" in one], ids=lambda one: one["id"])
def test_the_figure_is_what_was_meant_or_is_left_out(ledger, one):
    rows = row_of(ledger, one["key"], one["file"])
    if one["defect"] in BROKEN:
        assert rows.empty
        return
    (row,) = rows.to_dict("records")
    assert row["status"] == one.get("status", "reported")
    assert row["qualifier"] == one.get(
        "qualifier", "exact" if row["status"] == "reported" and not row["stage"] else ""
    )
    for name in ("lower", "upper"):
        assert name not in one or row[name] == float(one[name])
    if one["defect"].startswith("date"):
        assert row["date"] == one["value"]
    elif "value" in one:
        assert row["value"] == pytest.approx(float(one["value"]))


def test_one_institution_is_recognised_under_three_names(ledger):
    mine = ledger.deliveries[ledger.deliveries["institution"] == "DRP"]
    assert sorted(mine["year"]) == [2024, 2025, 2026]
    assert set(mine["state"]) == {"accepted"}


def test_files_that_cannot_be_opened_safely_are_refused(ledger):
    refused = ledger.deliveries[ledger.deliveries["state"] == "refused"]
    assert sorted(refused["file"]) == ["2024/CNV.xlsm", "2025/ANCOM.xls", "2025/INML.xlsx"]


def test_what_is_read_is_marked_as_invented(ledger):
    assert ledger.synthetic
