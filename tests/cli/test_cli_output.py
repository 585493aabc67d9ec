"""CSV: RFC 4180, a byte order mark, texts that stay texts, and an exact way back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.cli.output import make_csv, read_csv

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def test_csv_begins_with_the_mark_that_spreadsheets_look_for():
    assert make_csv([{"a": "ș"}]) == b"\xef\xbb\xbfa\r\n\xc8\x99\r\n"


@pytest.mark.parametrize("text", ["=1+1", "+40", "-5", "@SUM(A1)"])
def test_a_text_that_looks_like_a_formula_does_not_begin_like_one(text):
    cell = next(csv.reader(io.StringIO(make_csv([{"a": text}]).decode("utf-8-sig").split("\r\n")[1])))[0]
    assert cell == f"\t{text}"
    assert read_csv(make_csv([{"a": text}])) == [{"a": text}]


def test_a_negative_number_stays_a_number():
    assert make_csv([{"a": -5}]).endswith(b"\r\n-5\r\n")


def test_quotes_commas_and_line_ends_follow_rfc_4180():
    assert make_csv([{"a": 'x "y", z', "b": "1\n2"}]).endswith(b'a,b\r\n"x ""y"", z","1\n2"\r\n')


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1))
def test_every_text_comes_back_exactly(rows):
    records = [{"a": first, "b": second} for first, second in rows]
    assert read_csv(make_csv(records)) == records


def test_nested_parts_become_dotted_columns_and_lists_become_lines():
    record = {
        "name": {"ro": "r", "en": "e"},
        "list": ["x", "y"],
        "due": [{"start": "1", "end": "2"}],
        "none": None,
    }
    assert read_csv(make_csv([record])) == [
        {"name.ro": "r", "name.en": "e", "list": "x\ny", "due.start": "1", "due.end": "2", "none": ""}
    ]


def test_a_part_that_is_absent_in_one_record_keeps_the_columns_of_the_others():
    shown = read_csv(make_csv([{"a": 1, "note": None, "z": 2}, {"a": 2, "note": {"ro": "r"}, "z": 3}]))
    assert [list(one) for one in shown] == [["a", "note.ro", "z"]] * 2
