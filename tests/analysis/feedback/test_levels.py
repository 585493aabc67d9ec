"""Levels, agreement and the interviewer effect, by hand and as planted."""

import math

import numpy as np
import pytest
from scipy import stats

from evaluation.analysis.feedback.levels import describe_agreement, describe_collectors, describe_levels
from evaluation.analysis.feedback.scores import score_domains

from .conftest import drawn, for_analysis, row, same


def test_the_level_is_the_mean_with_student_s_interval(instrument):
    rows = [row(f"p{one}", "inclusion", same("2" if one < 20 else "4")) for one in range(40)]
    found = (
        describe_levels(score_domains(for_analysis(rows), instrument))
        .table.set_index("measure")
        .loc["support"]
    )
    # twenty times 25 and twenty times 75: mean 50, s^2 = 40 x 625 / 39
    half = stats.t.ppf(0.975, 39) * math.sqrt(40 * 625 / 39 / 40)
    assert found["estimate"] == 50
    assert (found["ci_low"], found["ci_high"]) == pytest.approx((50 - half, 50 + half))


@pytest.mark.parametrize(
    ("people", "status", "bare"),
    [(9, "too_few", True), (10, "ok", True), (29, "ok", True), (30, "ok", False)],
)
def test_few_people_are_described_and_not_tested(instrument, people, status, bare):
    rows = [row(f"p{one}", "inclusion", same("2" if one % 2 else "4")) for one in range(people)]
    found = describe_levels(score_domains(for_analysis(rows), instrument)).table.iloc[0]
    assert found["status"] == status
    assert math.isnan(found["ci_low"]) is bare


def test_agreement_turns_reversed_items_and_leaves_out_what_is_not_on_the_scale(instrument):
    rows = [row(f"p{one}", "inclusion", ["5", "3", "2", "na", "1", "4"]) for one in range(35)]
    rows += [row("q", "inclusion", ["pn", "4", "5", "2", "", "1"])]
    found = describe_agreement(score_domains(for_analysis(rows), instrument)).table.set_index("measure")
    assert (found.loc["saf_1", "numerator"], found.loc["saf_1", "denominator"]) == (35, 35)
    assert (found.loc["saf_2", "numerator"], found.loc["saf_2", "denominator"]) == (
        1,
        36,
    )  # 3 is no agreement
    assert (found.loc["saf_3", "numerator"], found.loc["saf_3", "denominator"]) == (35, 36)  # 2 turned is 4
    assert (found.loc["saf_4", "status"], found.loc["saf_4", "denominator"]) == ("too_few", 1)


def within_four_errors(found, truth):
    """One sample in 16,000 is further off; the intervals' own level is tested by simulation, not on one sample."""
    errors = (found["ci_high"] - found["ci_low"]) / (2 * 1.96)
    return ((found["estimate"] - truth).abs() < 4 * errors).all()


@pytest.mark.parametrize("planted", [0.0, 12.0])
def test_the_interviewer_effect_is_the_planted_one_at_inclusion_and_over_waves(instrument, planted):
    found = describe_collectors(
        score_domains(for_analysis(drawn(300, seed=11, service=planted)), instrument)
    ).table
    assert list(found["period"]) == ["inclusion", "all"] * 2
    assert within_four_errors(found, planted)
    assert bool((found["ci_low"] > 0).all()) is (planted > 0)


def test_the_difference_over_waves_in_balanced_data_is_that_of_the_means(instrument):
    """Everybody at every wave and one collector a person: GEE weighs all alike, so the means differ by it."""
    scores = score_domains(for_analysis(drawn(80, seed=3, service=5.0)), instrument)
    sides = scores.table.groupby("collector")["safety"].mean()
    found = describe_collectors(scores).table.set_index(["measure", "period"]).loc[("safety", "all")]
    assert found["estimate"] == pytest.approx(sides["service"] - sides["independent"])


def test_sheets_filled_in_alone_are_in_no_comparison(instrument):
    rows = [row(f"p{one}", "inclusion", same("3"), collector="alone") for one in range(100)]
    found = describe_collectors(score_domains(for_analysis(rows), instrument)).table
    assert set(found["status"]) == {"too_few"}
    assert np.all(found["n"] == 0)
