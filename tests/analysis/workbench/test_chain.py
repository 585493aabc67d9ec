"""The chain of protection: links, weakest link, product and what happens when a link is missing."""

import pytest

from evaluation.analysis.limits import wilson_limits
from evaluation.analysis.workbench.chain import product_limits, score_chain
from evaluation.core.errors import AnalysisError
from evaluation.strategy.definitions import get_definition
from tests.analysis.workbench.small import ORIGIN, estimates, row_of
from tests.kit.tables import frame

WHOLE = """
    | link     | numerator | denominator |
    | exposure | 300       | 1000        |
    | skill    | 500       | 1000        |
    | tool     | 400       | 1000        |
    | report   | 60        | 300         |
    | response | 30        | 60          |
"""


def scored(text: str = WHOLE):
    return score_chain(frame(text), get_definition("WB-4.1.8-4"), provenance=ORIGIN)


def test_each_link_is_its_numerator_over_its_denominator():
    found = estimates(scored(), measure="protection_link")
    assert found == {"exposure": 0.3, "skill": 0.5, "tool": 0.4, "report": 0.2, "response": 0.5}


def test_the_product_leaves_the_base_out():
    # .5 * .4 * .2 * .5 = .02; the smallest denominator is 60.
    row = row_of(scored(), measure="protection_product")
    assert (row["estimate"], row["n"]) == pytest.approx((0.02, 60))
    assert row["ci_low"] < 0.02 < row["ci_high"]


def test_the_weakest_link_is_named():
    result = scored()
    row = row_of(result, measure="weakest_link")
    assert (row["level"], row["estimate"]) == ("report", 0.2)
    assert result.texts.loc[row.name, "name.ro"] == "Raportare"
    assert result.texts.loc[row.name, "note.ro"] == ""


def test_a_link_without_numbers_is_not_collected_and_leaves_no_product():
    text = WHOLE.replace("| 30        | 60          |", "|           |             |")
    result = scored(text)
    assert row_of(result, measure="protection_link", level="response")["status"] == "not_collected"
    assert row_of(result, measure="protection_product")["status"] == "not_collected"
    assert row_of(result, measure="links_collected")["estimate"] == 3


def test_the_weakest_of_an_incomplete_chain_says_that_a_link_is_missing():
    result = scored("\n".join(WHOLE.splitlines()[:-2]))
    note = result.texts.loc[row_of(result, measure="weakest_link").name, "note.en"]
    assert "a link is missing" in note


def test_links_that_cannot_be_told_apart_are_said_to_be_so():
    result = scored(WHOLE.replace("| 60        | 300", "| 114       | 300"))
    # Report 114 / 300 = .38 beside tool .40: the intervals overlap.
    note = result.texts.loc[row_of(result, measure="weakest_link").name, "note.en"]
    assert "cannot be said" in note


def test_an_empty_table_has_only_rows_without_numbers():
    result = scored("| link | numerator | denominator |")
    assert row_of(result, measure="weakest_link")["status"] == "not_collected"
    assert result.table["estimate"].dropna().tolist() == [0]


def test_a_chain_of_one_link_has_wilsons_limits():
    found, wilson = product_limits([(40, 100)]), wilson_limits(40, 100)
    assert (found.low, found.high) == pytest.approx((wilson.low, wilson.high))


def test_a_link_given_twice_is_refused():
    with pytest.raises(AnalysisError, match="twice"):
        scored(WHOLE + "    | skill | 1 | 10 |\n")
