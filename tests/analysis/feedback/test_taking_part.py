"""Who answered, who was lost and what was left unanswered, on tables counted by hand."""

import pytest

from evaluation.analysis.feedback.scores import score_domains
from evaluation.analysis.feedback.taking_part import describe_attrition, describe_lost, describe_missing
from evaluation.analysis.limits import wilson_limits

from .conftest import for_analysis, row, same


def people(instrument):
    """Forty women and forty men at inclusion; at month 3 thirty women and twenty men; one seen only at month 3."""
    rows = [row(f"w{one}", "inclusion", same("4")) for one in range(40)]
    rows += [row(f"m{one}", "inclusion", same("2" if one >= 20 else "4"), sex="male") for one in range(40)]
    rows += [row(f"w{one}", "month_3", same("4")) for one in range(30)]
    rows += [row(f"m{one}", "month_3", same("4"), sex="male") for one in range(20)]
    rows += [row("late", "month_3", same("4")), row("w39", "month_3", [""] * 6)]
    return score_domains(for_analysis(rows), instrument)


def rows_of(result, **where):
    table = result.table
    for name, value in where.items():
        table = table[table[name] == value]
    return table


def test_attrition_is_of_people_at_inclusion(instrument):
    result = describe_attrition(people(instrument))
    found = rows_of(result, measure="answered", period="month_3", group="all").iloc[0]
    limits = wilson_limits(50, 80)
    assert (found["numerator"], found["denominator"]) == (50, 80)
    assert (found["estimate"], found["ci_low"], found["ci_high"]) == (50 / 80, limits.low, limits.high)
    assert rows_of(result, measure="included").iloc[0]["estimate"] == 80
    assert rows_of(result, measure="without_inclusion").iloc[0]["estimate"] == 1


def test_attrition_by_group_adds_up_and_an_empty_sheet_is_no_answer(instrument):
    found = rows_of(describe_attrition(people(instrument)), period="month_3", group="sex").set_index("level")
    assert dict(found["numerator"]) == {"female": 30, "male": 20}
    assert dict(found["denominator"]) == {"female": 40, "male": 40}


def test_under_thirty_people_there_are_counts_and_no_share(instrument):
    rows = [row(f"p{one}", "inclusion", same("4")) for one in range(29)] + [row("p0", "month_3", same("4"))]
    found = rows_of(
        describe_attrition(score_domains(for_analysis(rows), instrument)), period="month_3", group="all"
    )
    assert (found.iloc[0]["status"], found.iloc[0]["numerator"], found.iloc[0]["denominator"]) == (
        "too_few",
        1,
        29,
    )


def test_a_fact_not_recorded_is_a_level_of_its_own(instrument):
    rows = [row(f"p{one}", "inclusion", same("4"), sex="" if one < 5 else "male") for one in range(40)]
    rows += [row("p0", "month_3", same("4"), sex="")]
    found = rows_of(
        describe_attrition(score_domains(for_analysis(rows), instrument)), period="month_3", group="sex"
    )
    assert dict(found.set_index("level")["denominator"]) == {"male": 35, "not_recorded": 5}


def test_the_lost_are_compared_with_those_who_stayed_at_inclusion(instrument):
    found = rows_of(describe_lost(people(instrument)), measure="support").set_index("level")
    # stayed: 50 with the answer 4 (75); lost: 10 women with 4 (75) and 20 men with 2 (25)
    assert found.loc["stayed", "estimate"] == 75
    assert found.loc["lost", "estimate"] == pytest.approx((10 * 75 + 20 * 25) / 30)
    assert found.loc["lost_less_stayed", "estimate"] == pytest.approx((10 * 75 + 20 * 25) / 30 - 75)
    assert found.loc["lost_less_stayed", "ci_high"] < 0


def test_who_left_with_an_exit_interview_was_not_lost(instrument):
    rows = [row(f"p{one}", "inclusion", same("3")) for one in range(60)]
    rows += [row(f"p{one}", "month_12", same("3")) for one in range(20)]
    rows += [row(f"p{one}", "exit", same("3"), months=5.0) for one in range(20, 30)]
    found = rows_of(describe_lost(score_domains(for_analysis(rows), instrument)), measure="safety").set_index(
        "level"
    )
    assert (found.loc["stayed", "n"], found.loc["lost", "n"]) == (30, 30)


def test_missing_answers_are_counted_apart_by_reason(instrument):
    rows = [
        row(f"p{one}", "inclusion", ["na", "pn", "", "3", "3", "3"] if one < 10 else same("3"))
        for one in range(40)
    ]
    found = rows_of(
        describe_missing(score_domains(for_analysis(rows), instrument)), measure="safety", period="inclusion"
    )
    found = found.set_index("level")
    assert dict(found["numerator"]) == {"na": 10, "pn": 10, "empty": 10}
    assert set(found["denominator"]) == {160}
    assert found.loc["na", "estimate"] == pytest.approx(10 / 160)
    # each person has none or one of four: fully alike within people up to the three other items
    assert found.loc["na", "ci_low"] < 10 / 160 < found.loc["na", "ci_high"]
