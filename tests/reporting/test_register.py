"""The register entry of one number: an id that depends on the cell alone, and everything behind the number."""

import pandas as pd

from evaluation.reporting.register import make_entry
from tests.kit.released import published

ROWS = [
    {"measure": "victims", "quantity": "count", "period": "2023", "group": "age", "level": "minor", "n": 9,
     "estimate": 4.25, "ci_low": 3, "ci_high": 6, "method": "tally"},
    {"measure": "victims", "quantity": "count", "period": "2024", "status": "suppressed"},
]  # fmt: skip


def test_an_entry_says_which_cell_it_is():
    entry = make_entry(published(ROWS), 0, "estimate")
    assert entry.id == "victims.1.estimate"
    assert (entry.result, entry.row, entry.column) == ("victims", 1, "estimate")
    assert (entry.measure, entry.quantity, entry.period, entry.group, entry.level) == (
        "victims",
        "count",
        "2023",
        "age",
        "minor",
    )


def test_an_entry_keeps_the_number_in_full_with_interval_and_base():
    entry = make_entry(published(ROWS), 0, "estimate")
    assert (entry.value, entry.ci_low, entry.ci_high, entry.n) == (4.25, 3, 6, 9)


def test_an_entry_of_another_column_has_that_value():
    assert make_entry(published(ROWS), 0, "n").value == 9
    assert make_entry(published(ROWS), 0, "n").id == "victims.1.n"


def test_a_row_that_was_not_released_has_no_value():
    entry = make_entry(published(ROWS), 1, "estimate")
    assert (entry.value, entry.ci_low, entry.n, entry.status) == (None, None, None, "suppressed")


def test_an_entry_names_method_policy_decision_and_kit():
    entry = make_entry(published(ROWS), 0, "estimate")
    assert (entry.method, entry.policy, entry.decision, entry.kit_version) == (
        "tally",
        "published_source",
        "keep",
        "0.1.0",
    )


def test_a_row_without_a_method_has_that_of_its_result():
    assert make_entry(published(ROWS), 1, "estimate").method == "count"


def test_sources_are_those_of_the_result():
    sources = make_entry(published(ROWS), 0, "estimate").sources
    assert [(one["file"], one["rows"]) for one in sources] == [("data_raw/secondary/series.csv", "2-9")]


def test_a_row_can_name_its_own_source_rows():
    texts = pd.DataFrame({"source_rows": ["7", ""]})
    released = published(ROWS, texts=texts)
    assert make_entry(released, 0, "estimate").sources[0]["rows"] == "7"
    assert make_entry(released, 1, "estimate").sources[0]["rows"] == "2-9"
