"""``snitp indicators`` and ``snitp status``: their records, and the page."""

import json

import pytest

from evaluation.analysis.monitoring.joining import join_plans
from evaluation.cli.indicator_records import indicator_records
from evaluation.cli.monitoring_inputs import Inputs
from evaluation.cli.status import status_records
from evaluation.cli.status_page import SYNTHETIC, status_page
from evaluation.core.project import Project
from evaluation.strategy.crosswalk import EvaluatedPlans
from tests.analysis.monitoring.ledger import asked, definitions, ledger, real_plan, registry, rules

TEXT = """
| indicator   | year | institution | value |
| IND-1.1.1-1 | 2024 | ANITP       | 10    |
| IND-1.1.1-1 | 2025 | ANITP       | 40    |
| IND-1.1.2-1 | 2025 | ANITP       | 7     |
"""


@pytest.fixture
def inputs(tmp_path):
    years = (2024, 2025)
    seen = ledger(
        TEXT,
        deliveries="| institution | year | received | file |\n| ANITP | 2025 | 2026-02-20 | a.xlsx |",
    )
    joined = join_plans(EvaluatedPlans(real_plan()), seen, registry=registry(), rules=rules(), years=years)
    project = Project(tmp_path, tmp_path)
    return Inputs(
        project, real_plan(), registry(), rules(), definitions(), seen, asked(*years), years, joined
    )


@pytest.fixture
def records(inputs):
    return indicator_records(inputs, wanted=frozenset({"IND-1.1.1-1", "IND-1.1.2-1"}))


def test_a_record_has_value_change_start_and_cells(records, inputs):
    last = next(one for one in records if one["id"] == "IND-1.1.1-1" and one["period"] == "2025")
    assert (last["value"], last["change"]["reading_key"]) == (40, "improved")
    assert last["starting_value"] == {"year": 2024, "value": 10}
    assert last["provenance"]["cells"] == [{"file": "2025/ANITP.xlsx", "sheet": "Indicatori", "cell": "H2"}]
    assert last["provenance"]["sources"] == [
        {"file": one.file, "digest": one.digest} for one in inputs.observations.sources
    ]
    assert last["synthetic"] is True


def test_a_record_says_why_there_is_no_baseline(records):
    assert {one["baseline"]["status"] for one in records} == {"undefined"}
    assert all(one["baseline"]["why"]["ro"] for one in records)


def test_an_incomplete_year_is_told_as_such(records):
    part = next(one for one in records if one["id"] == "IND-1.1.2-1" and one["period"] == "2025")
    assert (part["quantity"], part["answered"], part["asked"]) == ("partial_count", 1, 3)


def test_records_are_json_without_nan(inputs):
    assert json.dumps(indicator_records(inputs), allow_nan=False)


def test_a_year_asked_for_keeps_its_own_records(inputs):
    found = indicator_records(inputs, wanted=frozenset({"IND-1.1.1-1"}), year=2025)
    assert [one["period"] for one in found] == ["2025"]


def test_every_institution_that_was_asked_has_a_status(inputs):
    found = {one["institution"]: one for one in status_records(inputs, year=2025)}
    assert (found["ANITP"]["reported"], found["ANITP"]["days"]) == (
        2,
        5,
    )  # 20 February, five days after the 15th
    assert found["IGPR"]["timeliness"]["en"] == "not delivered"


def test_the_page_escapes_loads_nothing_and_is_marked(inputs):
    record = status_records(inputs, year=2025)[0] | {"short": "<script>x</script>"}
    page = status_page([record], year=2025, synthetic=True)
    assert "<script" not in page and "&lt;script&gt;" in page
    assert "http://" not in page and "https://" not in page and "src=" not in page
    assert page.count(SYNTHETIC) == 2
    assert 'lang="ro"' in page and 'lang="en"' in page


def test_a_page_of_real_returns_is_not_marked(inputs):
    assert SYNTHETIC not in status_page(status_records(inputs, year=2025), year=2025, synthetic=False)


def test_days_are_printed_with_their_sign_and_dates_in_words(inputs):
    page = status_page(status_records(inputs, year=2025), year=2025, synthetic=False)
    assert "+5</td>" in page and "15 februarie 2026" in page and "20 February 2026" in page


def test_an_existing_page_is_not_replaced_without_force(invoke, tmp_path):
    page = tmp_path / "page.html"
    page.write_text("pagina mea", encoding="utf-8")
    assert invoke("status", "--year", "2025", "--out", str(page)).exit_code == 2
    assert page.read_text(encoding="utf-8") == "pagina mea"


@pytest.mark.parametrize("command", [("indicators",), ("status", "--year", "2025")], ids=" ".join)
def test_a_folder_without_returns_falls_short(invoke, tmp_path, command):
    done = invoke(*command, "--data", str(tmp_path), "--lang", "en")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "There are no returns" in done.stderr and str(tmp_path) not in done.stderr


def test_the_folder_of_the_data_can_be_named(invoke, tmp_path):
    (tmp_path / "returns" / "2025").mkdir(parents=True)
    (tmp_path / "returns" / "2025" / "IGPR.csv").write_text(
        "Indicator;Valoare\nIND-1.2.1-1;12\n", encoding="utf-8"
    )
    call = ("indicators", "--data", str(tmp_path), "--indicator", "ind-1.2.1-1", "--format", "json")
    (one,) = json.loads(invoke(*call).stdout)
    assert one["provenance"]["cells"][0]["file"] == "2025/IGPR.csv"
    assert (one["provenance"]["sources"][0]["file"], one["synthetic"]) == ("data_raw/returns/2025", False)


def test_an_unknown_indicator_is_a_wrong_call(invoke):
    result = invoke("indicators", "--indicator", "9.9.9", "--lang", "en")
    assert result.exit_code == 2
