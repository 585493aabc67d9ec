"""Tables with fixed columns, and types that never print a row."""

import math

import pandas as pd
import pytest

from evaluation.core.errors import AnalysisError
from evaluation.core.results import COLUMNS, Listing, Result, check_table, make_table
from tests.kit.released import listing, provenance, published
from tests.kit.tables import frame

# The sixteen columns of the design, typed again so that a renamed column is noticed.
FIXED = [
    "measure",
    "quantity",
    "period",
    "group",
    "level",
    "n",
    "numerator",
    "denominator",
    "estimate",
    "ci_low",
    "ci_high",
    "ci_level",
    "p_value",
    "p_adjusted",
    "method",
    "status",
]


def test_the_columns_are_the_fixed_ones_in_order():
    assert list(COLUMNS) == FIXED
    assert list(make_table([]).columns) == FIXED


def test_what_a_row_does_not_name_is_empty_text_no_number_and_ok():
    row = make_table([{"measure": "victims", "estimate": 3}]).iloc[0]
    assert (row["period"], row["method"], row["status"]) == ("", "", "ok")
    assert math.isnan(row["n"])


def test_numbers_are_kept_in_full():
    assert make_table([{"estimate": 1 / 3}])["estimate"].tolist() == [1 / 3]


def test_a_text_in_a_number_column_is_refused_without_quoting_it():
    with pytest.raises(AnalysisError, match="row 1, column n") as refused:
        make_table([{"n": 3, "estimate": 1}, {"n": "CANARY", "estimate": 1}])
    assert "CANARY" not in str(refused.value)


def test_a_column_that_is_not_one_of_the_fixed_is_refused():
    with pytest.raises(AnalysisError, match="estimat:"):
        make_table([{"estimat": 3}])


def test_a_missing_column_is_refused():
    with pytest.raises(AnalysisError, match="fixed columns"):
        check_table(make_table([]).drop(columns="n"), "r")


def test_columns_in_another_order_are_refused():
    with pytest.raises(AnalysisError, match="fixed columns"):
        check_table(make_table([])[list(reversed(COLUMNS))], "r")


@pytest.mark.parametrize(
    ("status", "estimate", "accepted"),
    [
        ("ok", 1.0, True),
        ("ok", None, False),
        ("suppressed", None, True),
        ("suppressed", 0.0, False),
        ("undefined", None, True),
        ("not_collected", 3.0, False),
    ],
)
def test_a_number_stands_exactly_where_the_status_is_ok(status, estimate, accepted):
    table = make_table([{"estimate": estimate, "status": status}])
    if accepted:
        check_table(table, "r")
    else:
        with pytest.raises(AnalysisError, match="row 0"):
            check_table(table, "r")


def test_an_unknown_status_is_refused_without_quoting_it():
    with pytest.raises(AnalysisError, match="row 1 has an unknown status") as refused:
        check_table(make_table([{"estimate": 1}, {"status": "CANARY"}]), "r")
    assert "CANARY" not in str(refused.value)


def test_texts_must_have_the_rows_of_the_table():
    texts = pd.DataFrame({"name.ro": ["a", "b"], "name.en": ["a", "b"]})
    with pytest.raises(AnalysisError, match="different rows"):
        Result("r", make_table([{"estimate": 1}]), provenance(1), texts)


def test_no_type_prints_a_row():
    texts = pd.DataFrame({"name.ro": ["CANARY"], "name.en": ["CANARY"]})
    rows = [{"measure": "CANARY", "estimate": 987654}]
    shown = [
        Result("r", make_table(rows), provenance(1), texts),
        Listing("r", texts, provenance(1)),
        published(rows, texts=texts),
        listing(texts),
    ]
    for one in shown:
        assert "1 rows" in repr(one)
        for text in (repr(one), str(one), f"{one}"):
            assert "CANARY" not in text
            assert "987654" not in text


def test_a_typed_table_reads_numbers_texts_and_gaps():
    table = frame("""
        | measure | n | place |
        | a       | 3 | Alba  |
        | b       |   |       |
    """)
    assert table["n"].tolist()[0] == 3.0
    assert table["n"].isna().tolist() == [False, True]
    assert table["place"].isna().tolist() == [False, True]
