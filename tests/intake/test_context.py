"""Context tables are read strictly: faults are told by line and column, gaps stay gaps."""

import math

import pytest

from evaluation.core.errors import IntakeError
from evaluation.intake.context import load_context

COMPONENTS = "county,component,period,value\n"
GROUPS = "county,period,low,high\n"
CODINGS = "definition,unit,analyst,value\n"
CHAIN = "link,period,numerator,denominator\n"


def write(folder, name, text):
    (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def fault(folder, name, text):
    with pytest.raises(IntakeError) as caught:
        load_context(write(folder, name, text))
    return str(caught.value)


def test_a_table_arrives_with_its_lines_and_its_origin(tmp_path):
    write(tmp_path, "county_components", COMPONENTS + "AB,unemployment,2025,3.5\nAR,unemployment,2025,\n")
    context = load_context(tmp_path)
    assert context.county_components["row"].tolist() == [2, 3]
    origin = context.provenance("county_components")
    assert (origin.rows_in, origin.rows_used, dict(origin.excluded)) == (2, 1, {"not collected": 1})
    assert origin.sources[0].rows == "2-3"


def test_an_empty_number_is_not_collected_and_never_zero(tmp_path):
    write(tmp_path, "internet_chain", CHAIN + "response,2025,,\n")
    assert math.isnan(load_context(tmp_path).internet_chain.loc[0, "numerator"])


def test_a_missing_file_gives_an_empty_table_without_a_source(tmp_path):
    context = load_context(tmp_path)
    assert context.target_groups.empty
    assert context.provenance("target_groups").sources == ()


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("county_components", COMPONENTS + "ZZ,unemployment,2025,1\n", "line 2, county: not a known id"),
        ("county_components", COMPONENTS + "AB,secret,2025,1\n", "line 2, component: not a known id"),
        ("county_components", COMPONENTS + "AB,unemployment,25,1\n", "line 2, period: not a year"),
        (
            "county_components",
            COMPONENTS + 'AB,unemployment,2025,"1,5"\n',
            "line 2, value: not a plain number",
        ),
        ("county_components", COMPONENTS + "AB,unemployment,2025,-777\n", "line 2, value: below zero"),
        ("county_components", COMPONENTS + "AB,unemployment,2025\n", "line 2: not 4 cells"),
        (
            "county_components",
            COMPONENTS + "AB,unemployment,2025,1\n" * 2,
            "line 3, county, component, period",
        ),
        ("county_components", "county,value\n", "line 1: the columns must be"),
        ("target_groups", GROUPS + "AB,2025,777,5\n", "line 2, low: above high"),
        ("target_groups", GROUPS + "AB,2025,777,\n", "line 2, low and high: one of them is empty"),
        ("target_groups", GROUPS + "AB,2025,1.5,2\n", "line 2, low: not a whole number"),
        ("analyst_codings", CODINGS + "WB-4.1.8-3,AB,,1\n", "line 2, analyst: empty"),
        ("analyst_codings", CODINGS + "WB-1.1.1-1,AB,A1,1\n", "line 2, definition: not a known id"),
        ("internet_chain", CHAIN + "skill,2025,777,5\n", "line 2, numerator: above denominator"),
    ],
)
def test_a_fault_is_told_by_line_and_column(tmp_path, name, text, expected):
    message = fault(tmp_path, name, text)
    assert expected in message
    assert name in message


@pytest.mark.parametrize("value", ["-777", "777x", "nan", "1e9"])
def test_a_message_never_repeats_a_value(tmp_path, value):
    assert value not in fault(tmp_path, "county_components", COMPONENTS + f"AB,unemployment,2025,{value}\n")


def test_all_faults_of_a_file_are_told_at_once(tmp_path):
    text = COMPONENTS + "ZZ,unemployment,2025,1\nAB,unemployment,2025,x\n"
    assert len(fault(tmp_path, "county_components", text).splitlines()) == 2


def test_the_mark_of_invented_data_is_seen(tmp_path):
    assert not load_context(tmp_path).synthetic
    (tmp_path / "DATE_SINTETICE.yaml").write_text("seed: 1\n", encoding="utf-8")
    context = load_context(tmp_path)
    assert context.synthetic
    assert context.provenance("target_groups").synthetic


def test_one_year_can_be_chosen(tmp_path):
    write(tmp_path, "county_components", COMPONENTS + "AB,unemployment,2024,1\nAB,unemployment,2025,2\n")
    chosen = load_context(tmp_path).of_period("2025")
    assert chosen.county_components["value"].tolist() == [2]
    assert chosen.provenance("county_components").rows_in == 1
