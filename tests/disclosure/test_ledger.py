"""What is public already counts when the next table is released."""

import json

import pytest

from evaluation.core.errors import DisclosureError
from evaluation.disclosure.ledger import ReleaseLedger, check_difference, make_record, read_ledger
from evaluation.disclosure.release import release
from evaluation.disclosure.structure import Structure

from .cases import STANDARD, counts, shares

SEXES = (("sex", "all", 32), ("sex", "female", 28), ("sex", "male", 4))


def test_the_same_table_may_be_published_again():
    first = release(counts(*SEXES), STANDARD)
    check_difference(make_record(first), release(counts(*SEXES, name="again"), STANDARD))


def test_a_second_table_may_not_print_what_the_first_one_suppressed():
    # The first hides 28 and 4 of 32; the second shows the 28 by itself: 32 - 28 = 4.
    first = release(counts(*SEXES), STANDARD)
    alone = release(counts(("sex", "female", 28), name="later"), STANDARD)
    with pytest.raises(DisclosureError, match="worked out"):
        check_difference(make_record(first), alone)


def test_two_safe_tables_that_give_a_figure_away_together_are_refused():
    # First: A 4, B 30, C 40 of 74; the cheapest partner of A is B, and C = 40 stays.
    # Second: B and C by two ages each, without A: B = 15 + 15 is printed, so A = 74 - 30 - 40.
    first = release(counts(("c", "all", 74), ("c", "A", 4), ("c", "B", 30), ("c", "C", 40)), STANDARD)
    rows = [("age*c", f"{age}*{c}", n) for c, n in (("B", 15), ("C", 20)) for age in ("adult", "child")]
    second = release(counts(*rows, ("c", "B", 30), name="ages"), STANDARD, structure=Structure(nested=True))
    with pytest.raises(DisclosureError, match="worked out"):
        check_difference(make_record(first), second)


def test_one_withdrawal_does_not_show_by_subtraction():
    # 50 - 49 = 1.
    first = release(counts(("sex", "all", 50), digest="before"), STANDARD)
    second = release(counts(("sex", "all", 49), digest="after"), STANDARD)
    with pytest.raises(DisclosureError, match="below the threshold"):
        check_difference(make_record(first), second)


def test_a_difference_of_the_threshold_or_none_may_be_published():
    first = release(counts(("sex", "all", 50), digest="before"), STANDARD)
    for later in (50, 60):
        check_difference(make_record(first), release(counts(("sex", "all", later), digest="after"), STANDARD))


def test_a_small_change_in_the_rest_of_a_share_is_refused():
    # Numerator and base grow by 12 and 20, both above 10: the rest, 30 before and 38 after, differs by 8.
    first = release(shares(("", "all", 30, 60), digest="before"), STANDARD)
    second = release(shares(("", "all", 42, 80), digest="after"), STANDARD)
    with pytest.raises(DisclosureError, match="below the threshold"):
        check_difference(make_record(first), second)


def test_a_small_change_in_a_suppressed_sum_is_refused():
    # B grows by 10 and the total by 13: the suppressed pair grows by 3.
    before = (("c", "all", 74), ("c", "A", 4), ("c", "B", 30), ("c", "C", 40))
    after = (("c", "all", 87), ("c", "A", 4), ("c", "B", 33), ("c", "C", 50))
    first = release(counts(*before, digest="before"), STANDARD)
    second = release(counts(*after, digest="after"), STANDARD)
    assert first.table["status"].tolist() == second.table["status"].tolist()
    with pytest.raises(DisclosureError, match="below the threshold"):
        check_difference(make_record(first), second)


def test_a_figure_that_falls_under_the_threshold_after_a_change_is_noticed():
    # 10 printed before, 9 suppressed after: the reader knows that one left.
    first = release(counts(("sex", "all", 10), digest="before"), STANDARD)
    second = release(counts(("sex", "all", 9), digest="after"), STANDARD)
    with pytest.raises(DisclosureError, match="one of the two"):
        check_difference(make_record(first), second)


def test_the_ledger_comes_back_from_its_file_and_still_refuses(tmp_path):
    path = tmp_path / "ledger.jsonl"
    ReleaseLedger().add(release(counts(*SEXES), STANDARD)).write(path)
    ledger = read_ledger(path)
    with pytest.raises(DisclosureError):
        ledger.add(release(counts(("sex", "female", 28), name="later"), STANDARD))


def test_the_ledger_never_holds_a_suppressed_figure(tmp_path):
    record = make_record(release(counts(*SEXES), STANDARD))
    rows = [row for row in record["rows"] if row["status"] == "suppressed"]
    assert [row["estimate"] for row in rows] == [None, None]
    assert json.loads(json.dumps(record)) == record


def test_a_damaged_ledger_is_refused(tmp_path):
    path = tmp_path / "ledger.jsonl"
    path.write_text('{"id": "t"}\n', encoding="utf-8")
    with pytest.raises(DisclosureError, match="line 1"):
        read_ledger(path)


def test_a_ledger_that_does_not_exist_is_empty(tmp_path):
    assert read_ledger(tmp_path / "none.jsonl").records == ()
