"""``snitp baselines``, ``baselines audit`` and ``sources``: the keys of the contract and a few known facts."""

import json
from functools import cache

import pytest

VERDICTS = {"consistent", "inconsistent", "depends_on_reading", "not_determinable"}


@pytest.fixture(scope="module")
def records(invoke):
    return cache(lambda *command: json.loads(invoke(*command, "--format", "json").stdout))


def test_a_baseline_has_the_keys_of_the_contract(records):
    keys = "id quantity value lower upper unit population period place breakdown objective source"
    for one in records("baselines"):
        assert set(keys.split()) <= set(one)
        assert set(one["source"]) == {"document", "line", "quote"}
        assert one["lower"] <= one["value"] <= one["upper"]


def test_a_baseline_is_quoted_from_its_line(records):
    first = next(one for one in records("baselines") if one["id"] == "BL-001")
    assert (first["value"], first["source"]["line"]) == (4, 166)
    assert first["source"]["quote"] == "al 4-lea stat european"


def test_a_finding_has_the_keys_of_the_contract_and_a_known_verdict(records):
    keys = "id claim formula inputs stated recomputed verdict question"
    for one in records("baselines", "audit"):
        assert set(keys.split()) <= set(one)
        assert set(one["recomputed"]) == {"lower", "upper"}
        assert one["verdict"] in VERDICTS


def test_every_input_of_the_audit_is_a_baseline_or_given_beside_it(records):
    known = {one["id"] for one in records("baselines")}
    for one in records("baselines", "audit"):
        assert set(one["inputs"]) <= known | {constant["id"] for constant in one["external"]}


def test_the_two_bars_of_the_chart_add_up_to_the_total(records):
    first = next(one for one in records("baselines", "audit") if one["id"] == "AR-01")
    # 1562 + 1234
    assert first["recomputed"] == {"lower": 2796, "upper": 2796}
    assert first["verdict"] == "consistent"


def test_a_contradiction_in_the_strategy_is_a_finding_and_no_failure(invoke, records):
    assert "inconsistent" in {one["verdict"] for one in records("baselines", "audit")}
    assert invoke("baselines", "audit").exit_code == 0


def test_the_table_of_the_audit_says_the_verdicts_in_words(invoke):
    assert "\nconcordant: " in invoke("baselines", "audit").stdout


def test_every_published_value_names_its_source(records):
    for one in records("sources"):
        assert one["values"]
        assert all(value["source_id"] and value["publisher"] for value in one["values"])


def test_sources_that_disagree_have_values_or_checks_that_show_it(records):
    for one in records("sources"):
        if one["disagreement"]:
            assert one["checks"]


def test_the_table_of_the_sources_is_in_romanian_order(invoke):
    shown = invoke("sources").stdout
    assert shown.index("Adăposturi") < shown.index("Cetățeni") < shown.index("Copii") < shown.index("Victime")
