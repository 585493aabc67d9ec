"""Reliable and important change, worked by hand."""

import math

import numpy as np
import pytest

from evaluation.analysis.feedback.change import estimate_change, reliable_change
from evaluation.analysis.feedback.scores import score_domains
from evaluation.analysis.limits import wilson_limits

from .conftest import for_analysis, row, same


def moved(instrument, people=60):
    """Of every ten people at inclusion half have 2 and half 4; six months later two rise by a step, one falls by one."""
    rows = []
    for one in range(people):
        before = 2 if one % 2 else 4
        step = {0: 1, 1: 1, 2: -1}.get(one % 10, 0)
        rows += [
            row(f"p{one}", "inclusion", same(str(before))),
            row(f"p{one}", "month_6", same(str(before + step))),
        ]
    return score_domains(for_analysis(rows), instrument)


def test_the_criterion_is_that_of_jacobson_and_truax_by_hand():
    """s = 7.5 and r = 0.80: SE = 7.5 sqrt(0.2) = 3.354, SE_diff = sqrt(2) 3.354 = 4.743, times 1.96 = 9.297."""
    before = np.array([-1.0, 1.0]) * 7.5 / math.sqrt(2)  # standard deviation 7.5
    assert reliable_change(before, 0.80) == pytest.approx(9.297, abs=1e-3)


def test_shares_of_people_improved_same_and_worse(instrument):
    found = estimate_change(moved(instrument), retest={"safety": 0.95}).table
    mine = found[(found["measure"] == "safety") & (found["group"] == "reliable")].set_index("level")
    # s of thirty times 25 and thirty times 75 is 25.21; criterion 1.96 x 25.21 x sqrt(0.1) = 15.6 < 25, one step
    assert dict(mine["numerator"]) == {"improved": 12, "same": 42, "worse": 6}
    assert set(mine["denominator"]) == {60}
    limits = wilson_limits(12, 60)
    assert mine.loc["improved", ["estimate", "ci_low", "ci_high"]].tolist() == [0.2, limits.low, limits.high]


def test_a_less_reliable_score_calls_the_same_step_no_change(instrument):
    found = estimate_change(moved(instrument), retest={"safety": 0.80}).table
    mine = found[(found["measure"] == "safety") & (found["group"] == "reliable")].set_index("level")
    # criterion 1.96 x 25.21 x sqrt(0.4) = 31.3 > 25
    assert dict(mine["numerator"]) == {"improved": 0, "same": 60, "worse": 0}


def test_the_criterion_and_the_reliability_are_shown_with_their_origin(instrument):
    found = estimate_change(moved(instrument), retest={"safety": 0.95}).table.set_index(
        ["measure", "quantity"]
    )
    assert found.loc[("safety", "reliability"), "method"] == "icc_test_retest"
    assert found.loc[("support", "reliability"), "method"] == "alpha"
    s = math.sqrt(60 * 625 / 59)
    criterion = 1.959964 * s * math.sqrt(0.1)
    assert found.loc[("safety", "reliable_change"), "estimate"].tolist() == pytest.approx(criterion, abs=1e-4)


def test_under_thirty_pairs_there_are_counts_and_no_share(instrument):
    found = estimate_change(moved(instrument, people=28), retest={"safety": 0.95}).table
    mine = found[(found["measure"] == "safety") & (found["group"] == "reliable")]
    assert set(mine["status"]) == {"too_few"}


def test_without_a_reliability_nobody_is_called_changed(instrument):
    found = estimate_change(moved(instrument, people=40)).table
    assert set(found["status"]) == {"too_few"}
    assert found["numerator"].isna().all()


def test_important_change_stands_only_where_one_is_published(with_slot):
    rows = []
    for one in range(40):
        start, later = (2, 3) if one < 10 else (2, 2)
        answers = {f"who5_{item}": str(start) for item in range(1, 6)}
        after = (
            answers
            | {f"who5_{item}": str(later) for item in (1, 2, 3)}
            | ({"who5_4": "3"} if one < 4 else {})
        )
        rows += [
            row(f"p{one}", "inclusion", same("3")) | answers,
            row(f"p{one}", "month_6", same("3")) | after,
        ]
    found = estimate_change(score_domains(for_analysis(rows), with_slot)).table
    mine = found[found["group"] == "important"].set_index("level")
    # three answers up by one are 12 points, four 16: ten people changed by 10 or more
    assert set(mine["measure"]) == {"who5"}
    assert dict(mine["numerator"]) == {"improved": 10, "same": 30, "worse": 0}
