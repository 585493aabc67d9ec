"""A change is shown beside both of its values or not at all, and says nothing when it is not shown."""

import numpy as np
import pytest

from evaluation.core.errors import DisclosureError
from evaluation.core.results import NUMBER_COLUMNS
from evaluation.disclosure.release import release, release_together
from evaluation.disclosure.structure import REPORTED
from evaluation.disclosure.verify import check_witnesses

from .cases import STANDARD, figure, returned


def _change(last: float, first: float, quantity: str = "rate_ratio", **more):
    estimate = last / first if quantity == "rate_ratio" else last - first
    row = {"quantity": quantity, "period": "2024-2025", "group": "reading", "level": "improved"}
    return figure("IND-P", estimate, numerator=last, denominator=first, **row) | more


def _both(first: float, last: float, *rows, **more):
    values = returned(
        "monitoring_values", figure("IND-P", first, period="2024"), figure("IND-P", last, period="2025")
    )
    changes = returned("monitoring_changes", *(rows or (_change(last, first),)), **more)
    return release_together([values, changes], STANDARD, structure=REPORTED)


def test_a_change_of_two_shown_values_is_shown():
    # 40 / 20 = 2.
    values, changed = _both(20, 40)
    assert values.table["estimate"].tolist() == [20.0, 40.0]
    assert changed.table[["estimate", "numerator", "denominator"]].to_numpy().tolist() == [[2.0, 40.0, 20.0]]


@pytest.mark.parametrize(("first", "last"), [(4, 40), (40, 4)])
def test_a_ratio_and_one_value_do_not_give_the_other(first, last):
    # 40 shown and a ratio of 10 would say 40 / 10 = 4.
    values, changed = _both(first, last)
    assert values.table["estimate"].dropna().tolist() == [40.0]
    assert changed.table["status"].tolist() == ["suppressed"]
    assert changed.table[list(NUMBER_COLUMNS)].isna().all(axis=None)


def test_a_suppressed_change_does_not_say_which_way_it_went():
    words = {"label.ro": ["Victime"], "label.en": ["Victims"], "source_rows": ["2025/a.xlsx H1"]}
    told = {
        "reading.ro": ["mai bine"],
        "reading.en": ["better"],
        "reading_key": ["improved"],
        "note.ro": ["x"],
    }
    _, changed = _both(4, 40, texts=words | told)
    assert changed.table["level"].tolist() == ["suppressed"]
    assert changed.texts[list(told)].iloc[0].tolist() == [""] * len(told)
    assert changed.texts[list(words)].iloc[0].tolist() == [one[0] for one in words.values()]


@pytest.mark.parametrize("status", ["undefined", "too_few", "not_applicable"])
def test_that_a_change_cannot_be_computed_does_not_say_that_a_value_is_nought(status):
    # The first value is 0, so that there is no ratio: the reason would give the 0 away.
    row = _change(40, 1, estimate=np.nan, denominator=0.0, status=status)
    _, changed = _both(0, 40, row)
    assert changed.table["status"].tolist() == ["suppressed"]


def test_a_change_follows_the_values_of_its_own_table_too():
    rows = (figure("IND-P", 4, period="2024"), figure("IND-P", 40), _change(40, 4))
    released = release(returned("t", *rows), STANDARD)
    assert released.table["status"].tolist() == ["suppressed", "ok", "suppressed"]


def test_a_change_without_its_values_is_refused():
    with pytest.raises(DisclosureError, match=r"row 0.*together"):
        release(returned("monitoring_changes", _change(40, 20)), STANDARD)


def test_a_change_with_one_of_its_values_is_refused():
    rows = (figure("IND-P", 40), _change(40, 20))
    with pytest.raises(DisclosureError, match=r"row 1.*together"):
        release(returned("t", *rows), STANDARD)


@pytest.mark.parametrize("wrong", [{"estimate": 2.5}, {"numerator": 9137.0}, {"denominator": 21.0}])
def test_a_change_that_is_not_made_of_its_values_is_refused(wrong):
    with pytest.raises(DisclosureError, match="together") as caught:
        _both(20, 40, _change(40, 20) | wrong)
    assert "9137" not in str(caught.value)


def test_the_number_of_events_of_a_change_is_not_printed():
    _, changed = _both(20, 40, _change(40, 20, n=60.0))
    assert changed.table["n"].isna().all()


def test_the_limits_of_a_change_are_suppressed_with_it():
    _, changed = _both(4, 40, _change(40, 4, ci_low=3.6, ci_high=38.4, ci_level=0.95, p_value=0.001))
    assert changed.table[["ci_low", "ci_high", "ci_level", "p_value"]].isna().all(axis=None)


def test_differences_of_shares_follow_their_shares():
    # 30/60 and 57/60: three of the sixty said no, so the later share is suppressed.
    def share(count, period):
        return figure(
            "IND-P", count / 60, quantity="proportion", n=60, numerator=count, denominator=60, period=period
        )

    change = _change(57 / 60, 30 / 60, "proportion_difference")
    released = release(returned("t", share(30, "2024"), share(57, "2025"), change), STANDARD)
    assert released.table["status"].tolist() == ["ok", "suppressed", "suppressed"]


def test_the_checker_refuses_a_change_beside_a_suppressed_value():
    released = release(
        returned("t", figure("IND-P", 4, period="2024"), figure("IND-P", 40), _change(40, 4)), STANDARD
    )
    released.table.loc[2, ["status", "estimate"]] = ["ok", 10.0]
    with pytest.raises(DisclosureError, match="change of a suppressed"):
        check_witnesses(released)


def test_a_gap_between_shares_follows_the_county_and_the_total_that_it_is_made_of():
    # Contacts 60 = 4 + 20 + 36: the 4 goes with one more; their gaps go too.
    def contacts(level, count, group="county"):
        row = {"quantity": "coverage", "group": group, "level": level, "denominator": 1000.5, "n": 42}
        return figure("target_group_reached", count / 1000.5, numerator=count, **row)

    def gap(level, effort):
        row = {"quantity": "proportion_difference", "group": "county", "level": level}
        return figure("effort_need_gap", effort - 0.3, numerator=effort, denominator=0.3, **row)

    rows = [contacts("all", 60, "country"), contacts("AB", 4), contacts("AR", 20), contacts("AG", 36)]
    rows += [gap("AB", 4 / 60), gap("AR", 20 / 60), gap("AG", 36 / 60)]
    table = release(returned("match", *rows), STANDARD, structure=REPORTED).table
    assert table["status"].tolist() == [
        "ok",
        "suppressed",
        "suppressed",
        "ok",
        "suppressed",
        "suppressed",
        "ok",
    ]
