"""Returned figures through the gate: several tables as one audit, two policies in one table, what lacks its base."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from evaluation.core.errors import DisclosureError
from evaluation.core.results import Result
from evaluation.disclosure.joining import policy_of
from evaluation.disclosure.ledger import ReleaseLedger, make_record
from evaluation.disclosure.monitoring import public_result, release_monitoring
from evaluation.disclosure.release import join_released, release, release_together
from evaluation.disclosure.stored import check_stored, store_released
from evaluation.disclosure.structure import REPORTED, Structure, Term
from evaluation.disclosure.verify import check_witnesses
from evaluation.reporting.register import make_entry

from .cases import ACTIVITY, CLASSES, STANDARD, figure, returned

POLICIES = {"monitoring_activity": ACTIVITY, "standard": STANDARD}


def _status(released):
    return released.table["status"].tolist()


def _levels(group, total, *parts, quantity="count"):
    """A total and its levels a, b, c …"""
    whole = figure("IND-P", total, group=group, quantity=quantity)
    return [whole, *(figure("IND-P", n, group=group, level=x) for x, n in zip("abcdef", parts, strict=False))]


def _release(*rows, structure=REPORTED, name="monitoring_values"):
    return release(returned(name, *rows), STANDARD, structure=structure)


# Levels that institutions gave separately from the total


def test_a_total_of_some_institutions_is_the_total_of_its_levels():
    # 32 = 28 + 4 by another name of the count: hiding the 4 alone would give it back.
    assert _status(_release(*_levels("sex", 32, 28, 4, quantity="partial_count"))) == [
        "ok",
        "suppressed",
        "suppressed",
    ]


def test_what_levels_leave_of_their_total_is_a_figure_too():
    # 60 = 30 + 25 + a rest of 5, which nobody named: one more figure goes, and no refusal.
    assert _status(_release(*_levels("sex", 60, 30, 25))).count("suppressed") == 1
    # A rest of 10 is no small figure.
    assert _status(_release(*_levels("sex", 60, 30, 20))) == ["ok", "ok", "ok"]
    with pytest.raises(DisclosureError, match="do not add"):
        _release(*_levels("sex", 60, 30, 20), structure=Structure())


def test_a_large_rest_hides_a_small_level_by_itself():
    # 4 + rest = 60 - 30 = 30: a reader finds 0 to 30 for each.
    assert _status(_release(*_levels("sex", 60, 30, 4))) == ["ok", "ok", "suppressed"]


def test_the_witnesses_protect_the_rest():
    released = _release(*_levels("sex", 60, 30, 25))
    (frame,) = [one for one in released.witnesses if one["kind"] == "system"]
    (rest,) = frame["rests"]
    assert rest in {one["cell"] for one in released.witnesses if one["kind"] == "cell"}
    proofs = tuple(one for one in released.witnesses if one["kind"] != "cell" or one["cell"] != rest)
    with pytest.raises(DisclosureError, match="rest"):
        check_witnesses(replace(released, witnesses=proofs))


def test_levels_that_add_to_more_than_their_total_are_suppressed():
    # 40 + 30 = 70 of 60: the levels contradict the total, which stays.
    assert _status(_release(*_levels("sex", 60, 40, 30))) == ["ok", "suppressed", "suppressed"]


def test_a_level_that_was_not_reported_does_not_stop_the_others():
    rows = [
        *_levels("sex", 60, 30),
        figure("IND-P", float("nan"), group="sex", level="b", status="not_collected"),
    ]
    assert _status(_release(*rows)) == ["ok", "ok", "not_collected"]


# What lacks its base, and the kinds of figures


@pytest.mark.parametrize("quantity", ["proportion", "ratio", "median", "money", "duration", "rating"])
def test_a_figure_without_its_base_is_suppressed_and_the_others_stay(quantity):
    rows = (figure("IND-P", 40), figure("IND-Q", 0.5, quantity=quantity))
    assert _status(_release(*rows)) == ["ok", "suppressed"]


@pytest.mark.parametrize(("vouchers", "status"), [(9, "suppressed"), (10, "ok")])
def test_money_for_victims_needs_ten_of_them(vouchers, status):
    rows = [figure("IND-P", 5000.5, quantity=one, n=vouchers) for one in ("money", "median")]
    assert _status(_release(*rows)) == [status, status]


@pytest.mark.parametrize(
    ("numerator", "denominator", "status"), [(40, 20, "ok"), (4, 20, "suppressed"), (40, 9, "suppressed")]
)
def test_both_counts_of_a_ratio_are_protected(numerator, denominator, status):
    numbers = {"numerator": numerator, "denominator": denominator, "n": denominator}
    table = _release(figure("IND-P", numerator / denominator, quantity="ratio", **numbers)).table
    assert table["status"].tolist() == [status]
    assert table["n"].isna().all()


def test_a_share_of_money_is_not_shown():
    assert _status(_release(figure("IND-P", 0.4, quantity="share", numerator=4e6, denominator=1e7))) == [
        "suppressed"
    ]


def test_undefined_for_want_of_a_base_does_not_say_that_the_base_is_nought():
    nothing = figure("IND-P", float("nan"), quantity="proportion", denominator=0, n=0, numerator=0)
    undefined = figure("IND-Q", float("nan"), quantity="proportion")
    released = _release(nothing | {"status": "undefined"}, undefined | {"status": "undefined"})
    assert _status(released) == ["suppressed", "undefined"]


def test_the_limits_of_a_small_count_go_with_it():
    # Garwood's limits of 4 are 1.09 and 10.24: either one gives the count.
    row = figure("IND-P", 4, n=4, numerator=4, ci_low=1.09, ci_high=10.24, ci_level=0.95)
    assert _release(row).table[["ci_low", "ci_high", "n"]].isna().all(axis=None)


# Several tables


def _tables():
    """The total 32 alone, and by sex: 28 and 4."""
    return (
        returned("monitoring_values", figure("IND-P", 32)),
        returned("monitoring_sex", *_levels("sex", 32, 28, 4)),
    )


def test_a_figure_of_two_tables_is_shown_in_both_or_in_neither():
    # 9 is below the threshold, 40 is not.
    values = returned("monitoring_values", figure("IND-P", 9), figure("IND-Q", 40))
    again = returned("monitoring_again", figure("IND-P", 9), figure("IND-Q", 40))
    one, other = release_together([values, again], STANDARD, structure=REPORTED)
    assert _status(one) == _status(other) == ["suppressed", "ok"]


def test_the_total_of_one_table_is_used_in_the_attack_on_another():
    # The second table has no total row: alone its 28 could stay, beside the printed 32 it gives the 4.
    total = returned("monitoring_values", figure("IND-P", 32))
    sexes = returned("monitoring_sex", *_levels("sex", 32, 28, 4)[1:])
    assert _status(release(sexes, STANDARD, structure=REPORTED)) == ["ok", "suppressed"]
    _, together = release_together([total, sexes], STANDARD, structure=REPORTED)
    assert _status(together) == ["suppressed", "suppressed"]


def test_each_table_of_several_carries_its_own_proof_and_the_ledger_takes_all():
    ledger = ReleaseLedger()
    for released in release_together(_tables(), STANDARD, structure=REPORTED):
        check_stored(json.loads(json.dumps(store_released(released))))
        ledger = ledger.add(released)
    assert len(ledger.records) == 2


def test_two_tables_of_the_same_returns_released_apart_are_refused_when_they_give_a_figure_away():
    # Different rows of the same file, so the two origins differ; 32 - 28 = 4 all the same.
    total = release(returned("monitoring_values", figure("IND-P", 32)), STANDARD)
    sexes = returned("monitoring_sex", *_levels("sex", 32, 28, 4)[1:])
    origin = replace(sexes.provenance, rows_in=7, rows_used=7)
    apart = release(Result("monitoring_sex", sexes.table, origin), STANDARD)
    assert make_record(total)["data"] != make_record(apart)["data"]
    with pytest.raises(DisclosureError, match="worked out"):
        ReleaseLedger().add(total).add(apart)


def test_a_total_shown_in_one_table_and_suppressed_in_another_is_refused():
    shown = release(returned("monitoring_values", figure("IND-P", 45)), STANDARD)
    stricter = replace(STANDARD, threshold=50, width=50)
    hidden = release(returned("monitoring_sex", *_levels("sex", 45, 25, 20)), stricter, structure=REPORTED)
    assert _status(hidden) == ["suppressed"] * 3
    with pytest.raises(DisclosureError, match="worked out"):
        ReleaseLedger().add(shown).add(hidden)


def test_the_same_total_in_two_tables_of_one_report_is_one_figure():
    values = release(returned("monitoring_values", figure("IND-P", 60)), STANDARD)
    sexes = release(returned("monitoring_sex", *_levels("sex", 60, 30, 30)), STANDARD)
    assert len(ReleaseLedger().add(values).add(sexes).records) == 2


def test_invented_figures_do_not_stand_in_the_way_of_real_ones():
    real = returned("monitoring_values", figure("IND-P", 50))
    source = replace(real.provenance.sources[0], digest="other")
    invented = replace(real.provenance, sources=(source,), synthetic=True)
    near = Result("monitoring_values", returned("t", figure("IND-P", 49)).table, invented)
    ledger = ReleaseLedger().add(release(near, STANDARD))
    assert len(ledger.add(release(real, STANDARD)).records) == 2
    with pytest.raises(DisclosureError, match="below the threshold"):
        ledger.add(release(Result(near.id, near.table, replace(invented, synthetic=False)), STANDARD)).add(
            release(real, STANDARD)
        )


def test_equations_name_rows_of_one_table():
    with pytest.raises(DisclosureError, match="one table"):
        release_together(_tables(), STANDARD, structure=Structure(equations=((Term(0),),)))


# Two policies in one table


def _mixed(*more, texts=True):
    rows = [figure("IND-T", 3), figure("IND-P", 4), figure("IND-O", 1), figure("IND-Q", 50), *more]
    names = [str(row["measure"]) for row in rows]
    words = {"label.ro": names, "label.en": names, "reading_key": ["up"] * len(rows)}
    return returned("monitoring_detection", *rows, texts=words if texts else None)


def test_a_mixed_table_comes_back_in_its_order_with_both_policies():
    (released,) = release_monitoring([_mixed()], POLICIES, classes=CLASSES)
    assert released.table["measure"].tolist() == ["IND-T", "IND-P", "IND-O", "IND-Q"]
    assert released.texts["label.ro"].tolist() == released.table["measure"].tolist()
    assert _status(released) == ["ok", "suppressed", "ok", "ok"]
    assert released.policy == "monitoring_activity+standard"
    assert [policy_of(released, row) for row in range(4)] == [
        "monitoring_activity",
        "standard",
        "monitoring_activity",
        "standard",
    ]
    assert [one.row for one in released.decisions if one.action == "suppress"] == [1]


def test_a_joined_table_can_be_checked_stored_and_registered():
    (released,) = release_monitoring([_mixed()], POLICIES, classes=CLASSES)
    check_witnesses(released)
    check_stored(json.loads(json.dumps(store_released(released))))
    entries = [make_entry(released, row, "estimate") for row in range(4)]
    assert [one.policy for one in entries] == ["monitoring_activity", "standard"] * 2
    assert [one.decision for one in entries] == ["keep", "suppress", "keep", "release"]
    assert [one.value for one in entries] == [3.0, None, 1.0, 50.0]


def test_a_kept_row_cannot_be_passed_off_as_one_of_the_audit():
    (released,) = release_monitoring([_mixed()], POLICIES, classes=CLASSES)
    frame = dict(released.witnesses[0])
    frame["kept"] = {"policy": "monitoring_activity", "rows": [0, 2, 3]}
    with pytest.raises(DisclosureError, match="both"):
        check_witnesses(replace(released, witnesses=(frame, *released.witnesses[1:])))


def test_a_verdict_on_rows_of_which_one_is_suppressed_is_suppressed():
    verdict = figure(
        "detection", 0.5, quantity="proportion", group="reading", level="fall_with_less_detection"
    )
    published = figure("victims_identified", 1.2, quantity="rate_ratio", period="2024-2025")
    (released,) = release_monitoring([_mixed(verdict, published)], POLICIES, classes=CLASSES)
    assert _status(released)[4:] == ["suppressed", "ok"]
    assert released.table["level"][4] == "suppressed"
    assert released.texts["reading_key"][4] == ""


def test_a_table_of_one_class_keeps_one_policy():
    only = [
        returned("monitoring_values", figure("IND-T", 3)),
        returned("monitoring_sex", figure("IND-P", 30)),
    ]
    kept, audited = release_monitoring(only, POLICIES, classes=CLASSES)
    assert (kept.policy, audited.policy) == ("monitoring_activity", "standard")


def test_parts_of_different_results_are_not_joined():
    one = release(returned("a", figure("IND-T", 3)), ACTIVITY, classes=CLASSES)
    other = release(returned("b", figure("IND-P", 30)), STANDARD)
    with pytest.raises(DisclosureError, match="not of one result"):
        join_released(one, other)
    with pytest.raises(DisclosureError, match="both parts were protected"):
        join_released(other, other)


def test_row_counts_withheld_by_one_part_stay_withheld():
    # The origin says that 9 rows were used, and the suppressed total is 9.
    mixed = returned("monitoring_values", figure("IND-T", 3), figure("IND-P", 9), figure("IND-Q", 30))
    origin = replace(mixed.provenance, rows_in=9, rows_used=9)
    result = Result(mixed.id, mixed.table, origin)
    (released,) = release_monitoring([result], POLICIES, classes=CLASSES)
    assert released.provenance.rows_used == 0


def test_invented_data_stay_marked_to_the_register():
    mixed = _mixed(texts=False)
    result = Result(mixed.id, mixed.table, replace(mixed.provenance, synthetic=True))
    (released,) = release_monitoring([result], POLICIES, classes=CLASSES)
    assert released.provenance.synthetic
    assert make_entry(released, 0, "estimate").as_record()["synthetic"] is True
    assert store_released(released)["synthetic"] is True
    assert make_record(released)["synthetic"] is True


def test_what_was_released_can_be_counted():
    (released,) = release_monitoring([_mixed()], POLICIES, classes=CLASSES)
    public = public_result(released)
    assert isinstance(public, Result)
    pd.testing.assert_frame_equal(public.table, released.table)
