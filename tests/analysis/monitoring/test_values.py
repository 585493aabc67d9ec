"""The value of a year: what is added, what is a ratio of sums, and when there is no national figure."""

import pytest

from evaluation.analysis.monitoring._intervals import median_limits, poisson_columns
from evaluation.analysis.monitoring.values import annual_values
from evaluation.core.results import Result
from tests.analysis.monitoring.ledger import asked, definitions, ledger, line, real_plan, words


def values(text: str, *, years: tuple[int, ...] = (2025,), group: str = "", objective: str = "") -> Result:
    return annual_values(
        real_plan(),
        ledger(text),
        asked=asked(*years),
        years=years,
        definitions=definitions(),
        group=group,
        objective=objective,
    )


THREE = """
| indicator   | year | institution | value |
| IND-1.1.2-1 | 2025 | ANITP       | 4     |
| IND-1.1.2-1 | 2025 | MEAT        | 1     |
| IND-1.1.2-1 | 2025 | MTI         | 5     |
"""


def test_a_count_is_the_sum_over_the_institutions_asked():
    row = line(values(THREE), "IND-1.1.2-1")
    assert (row["quantity"], row["estimate"], row["status"]) == ("count", 10, "ok")  # 4 + 1 + 5


def test_a_count_has_garwoods_interval():
    row = line(values(THREE), "IND-1.1.2-1")
    # Garwood (1936), 10 events: 4.795 to 18.390
    assert (row["ci_low"], row["ci_high"]) == pytest.approx((4.795, 18.390), abs=5e-4)


def test_a_semestrial_count_is_the_sum_of_its_halves():
    result = values("""
    | indicator   | year | period  | institution | value |
    | IND-1.3.3-1 | 2025 | 2025-S1 | ANITP       | 2     |
    | IND-1.3.3-1 | 2025 | 2025-S2 | ANITP       | 3     |
    | IND-1.3.3-1 | 2025 | 2025-S1 | MAE         | 4     |
    | IND-1.3.3-1 | 2025 | 2025-S2 | MAE         | 5     |
    """)
    assert line(result, "IND-1.3.3-1")["estimate"] == 14  # 2 + 3 + 4 + 5


def test_a_figure_for_the_whole_year_stands_for_its_halves():
    result = values("""
    | indicator   | year | period  | institution | value |
    | IND-1.3.3-1 | 2025 | 2025    | ANITP       | 5     |
    | IND-1.3.3-1 | 2025 | 2025-S1 | MAE         | 4     |
    | IND-1.3.3-1 | 2025 | 2025-S2 | MAE         | 5     |
    """)
    assert line(result, "IND-1.3.3-1")["estimate"] == 14  # 5 + 4 + 5


def test_halves_stand_for_a_year_asked_as_one_figure():
    result = values("""
    | indicator   | year | period  | institution | value |
    | IND-1.1.1-1 | 2025 | 2025-S1 | ANITP       | 5     |
    | IND-1.1.1-1 | 2025 | 2025-S2 | ANITP       | 6     |
    """)
    assert line(result, "IND-1.1.1-1")["estimate"] == 11  # 5 + 6


def test_a_year_is_not_counted_twice_when_halves_and_year_are_given():
    result = values("""
    | indicator   | year | period  | institution | value |
    | IND-1.1.1-1 | 2025 | 2025    | ANITP       | 12    |
    | IND-1.1.1-1 | 2025 | 2025-S1 | ANITP       | 5     |
    | IND-1.1.1-1 | 2025 | 2025-S2 | ANITP       | 6     |
    """)
    assert line(result, "IND-1.1.1-1")["estimate"] == 12


def test_a_missing_half_leaves_a_partial_count():
    result = values("""
    | indicator   | year | period  | institution | value |
    | IND-1.3.3-1 | 2025 | 2025-S1 | ANITP       | 2     |
    | IND-1.3.3-1 | 2025 | 2025-S2 | ANITP       | 3     |
    | IND-1.3.3-1 | 2025 | 2025-S1 | MAE         | 4     |
    """)
    row = line(result, "IND-1.3.3-1")
    assert (row["quantity"], row["estimate"]) == ("partial_count", 9)  # 2 + 3 + 4, one of four cells missing
    assert row["ci_low"] != row["ci_low"]


def test_a_partial_count_says_how_many_answered():
    result = values("""
    | indicator   | year | institution | value |
    | IND-1.1.2-1 | 2025 | ANITP       | 4     |
    """)
    said = words(result, line(result, "IND-1.1.2-1"))
    assert (said["answered"], said["asked"]) == ("1", "3")


def test_an_institution_that_is_not_concerned_has_answered():
    result = values("""
    | indicator   | year | institution | value | status         |
    | IND-1.1.2-1 | 2025 | ANITP       | 4     | reported       |
    | IND-1.1.2-1 | 2025 | MEAT        | 1     | reported       |
    | IND-1.1.2-1 | 2025 | MTI         |       | not_applicable |
    """)
    row = line(result, "IND-1.1.2-1")
    assert (row["quantity"], row["estimate"]) == ("count", 5)


def test_no_answer_is_not_collected_and_says_silent():
    result = values("")
    row = line(result, "IND-1.1.1-1")
    assert row["status"] == "not_collected"
    assert words(result, row)["reason_key"] == "silent"


def test_a_reason_that_was_given_is_kept():
    result = values("""
    | indicator   | year | institution | status        | reason   |
    | IND-1.1.1-1 | 2025 | ANITP       | not_available | no_staff |
    """)
    row = line(result, "IND-1.1.1-1")
    assert row["status"] == "not_collected"
    assert words(result, row)["reason_key"] == "no_staff"


def test_superseded_and_contradicted_rows_are_not_counted():
    result = values("""
    | indicator   | year | institution | value | state        |
    | IND-1.1.1-1 | 2025 | ANITP       | 4     | superseded   |
    | IND-1.1.1-1 | 2025 | ANITP       | 6     | current      |
    | IND-1.1.1-2 | 2025 | ANITP       | 7     | contradicted |
    | IND-1.1.1-2 | 2025 | ANITP       | 8     | contradicted |
    """)
    assert line(result, "IND-1.1.1-1")["estimate"] == 6
    other = line(result, "IND-1.1.1-2")
    assert other["status"] == "not_collected"
    assert words(result, other)["reason_key"] == "contradicted"


def test_rows_of_institutions_that_were_not_asked_are_left_out():
    result = values("""
    | indicator   | year | institution | value |
    | IND-1.1.1-1 | 2025 | ANITP       | 6     |
    | IND-1.1.1-1 | 2025 | IGPR        | 9     |
    """)
    assert line(result, "IND-1.1.1-1")["estimate"] == 6
    assert result.provenance.excluded == {"other_part_or_not_asked": 1}


def test_a_limit_makes_a_least_sum_with_a_wider_interval():
    result = values("""
    | indicator   | year | institution | value | qualifier | lower | upper |
    | IND-1.1.2-1 | 2025 | ANITP       | 2     | exact     |       |       |
    | IND-1.1.2-1 | 2025 | MEAT        | 1     | exact     |       |       |
    | IND-1.1.2-1 | 2025 | MTI         |       | less_than | 0     | 4     |
    """)
    row = line(result, "IND-1.1.2-1")
    assert (row["quantity"], row["estimate"]) == ("count_at_least", 3)  # 2 + 1 + 0
    # Garwood: lower limit of 3 events 0.619, upper limit of 2 + 1 + 4 = 7 events 14.423
    assert (row["ci_low"], row["ci_high"]) == pytest.approx((0.619, 14.423), abs=5e-4)


def test_more_than_has_no_upper_limit():
    result = values("""
    | indicator   | year | institution | qualifier | lower |
    | IND-1.1.1-1 | 2025 | ANITP       | more_than | 101   |
    """)
    row = line(result, "IND-1.1.1-1")
    assert (row["quantity"], row["estimate"]) == ("count_at_least", 101)
    assert row["ci_high"] != row["ci_high"]


def test_a_proportion_is_the_ratio_of_sums_and_no_mean_of_shares():
    result = values("""
    | indicator   | year | institution | value | numerator | denominator |
    | IND-1.2.1-4 | 2025 | IGPR        | 0.9   | 9         | 10          |
    | IND-1.2.1-4 | 2025 | ANITP       | 0.4   | 41        | 90          |
    """)
    row = line(result, "IND-1.2.1-4")
    assert row["estimate"] == pytest.approx(0.5)  # (9 + 41) / (10 + 90); the mean of the shares would be 0.65
    # Wilson 50 of 100: 0.4038 to 0.5962
    assert (row["ci_low"], row["ci_high"]) == pytest.approx((0.4038, 0.5962), abs=5e-5)


def test_shares_without_their_parts_are_not_averaged():
    result = values("""
    | indicator   | year | institution | value |
    | IND-1.2.1-4 | 2025 | IGPR        | 0.9   |
    | IND-1.2.1-4 | 2025 | ANITP       | 0.4   |
    """)
    row = line(result, "IND-1.2.1-4")
    assert row["status"] == "not_collected"
    assert words(result, row)["reason_key"] == "no_denominator"


def test_a_proportion_of_fewer_than_ten_units_is_too_few():
    result = values("""
    | indicator   | year | institution | value | numerator | denominator |
    | IND-1.2.1-4 | 2025 | IGPR        | 0.5   | 2         | 4           |
    | IND-1.2.1-4 | 2025 | ANITP       | 0.4   | 2         | 5           |
    """)
    assert line(result, "IND-1.2.1-4")["status"] == "too_few"


def test_a_numerator_above_its_denominator_gives_no_share():
    result = values("""
    | indicator   | year | institution | numerator | denominator |
    | IND-1.2.1-4 | 2025 | IGPR        | 20        | 10          |
    | IND-1.2.1-4 | 2025 | ANITP       | 20        | 20          |
    """)
    assert words(result, line(result, "IND-1.2.1-4"))["reason_key"] == "impossible"


def test_a_ratio_is_the_ratio_of_sums():
    result = values("""
    | indicator   | year | institution | numerator | denominator |
    | IND-2.2.7-4 | 2025 | DIICOT      | 100       | 10          |
    | IND-2.2.7-4 | 2025 | MP          | 50        | 10          |
    | IND-2.2.7-4 | 2025 | IGPR        | 30        | 10          |
    """)
    assert line(result, "IND-2.2.7-4")["estimate"] == 6  # 180 / 30


def test_a_share_of_money_has_no_interval():
    result = values(
        """
        | indicator   | year | period  | institution    | numerator | denominator |
        | IND-3.1.2-3 | 2026 | 2026-S1 | COMITET_MEMBRI | 300000    | 1000000     |
        | IND-3.1.2-3 | 2026 | 2026-S2 | COMITET_MEMBRI | 500000    | 1000000     |
        """,
        years=(2026,),
    )
    row = line(result, "IND-3.1.2-3")
    assert (row["quantity"], row["estimate"]) == ("share", pytest.approx(0.4))  # 800000 / 2000000
    assert row["ci_low"] != row["ci_low"]


def test_durations_are_weighted_by_the_number_of_cases():
    result = values("""
    | indicator   | year | institution | value | denominator |
    | IND-2.2.7-1 | 2025 | DIICOT      | 100   | 30          |
    | IND-2.2.7-1 | 2025 | MP          | 200   | 10          |
    | IND-2.2.7-1 | 2025 | IGPR        | 50    | 10          |
    """)
    assert line(result, "IND-2.2.7-1")["estimate"] == 110  # (3000 + 2000 + 500) / 50


def test_durations_without_cases_are_not_put_together():
    result = values("""
    | indicator   | year | institution | value |
    | IND-2.2.7-1 | 2025 | DIICOT      | 100   |
    | IND-2.2.7-1 | 2025 | MP          | 200   |
    | IND-2.2.7-1 | 2025 | IGPR        | 50    |
    """)
    row = line(result, "IND-2.2.7-1")
    assert row["status"] == "not_collected"
    assert words(result, row)["reason_key"] == "no_weights"


def test_money_is_added_without_an_interval():
    result = values("""
    | indicator   | year | period    | institution | value  |
    | IND-3.6.2-4 | 2025 | 2024-2026 | MJ          | 1500.5 |
    """)
    row = line(result, "IND-3.6.2-4")
    assert (row["estimate"], row["method"]) == (1500.5, "sum")
    assert row["ci_low"] != row["ci_low"]


def test_a_degree_without_a_scale_is_undefined_whatever_was_reported():
    result = values("""
    | indicator   | year | institution | value |
    | IND-4.1.8-2 | 2025 | ANITP       | 3     |
    """)
    assert line(result, "IND-4.1.8-2")["status"] == "undefined"


def test_an_indicator_whose_period_has_not_begun_is_not_due():
    assert line(values(""), "IND-2.2.2-3")["status"] == "not_due"  # 2.2.2 begins in 2026


def test_an_indicator_whose_period_is_over_does_not_apply():
    assert line(values(""), "IND-2.2.4-1")["status"] == "not_applicable"  # 2.2.4 ended in 2024


def counties(number: int, *, each: int = 2) -> str:
    from tests.analysis.monitoring.ledger import rules

    head = "| indicator | year | institution | county | value |\n"
    return head + "\n".join(
        f"| IND-1.5.4-1 | 2025 | IM | {name} | {each} |" for name in rules().counties[:number]
    )


def test_all_counties_stand_for_a_missing_national_row():
    assert line(values(counties(42)), "IND-1.5.4-1")["estimate"] == 84  # 42 counties of 2


def test_some_counties_leave_a_partial_count():
    row = line(values(counties(40)), "IND-1.5.4-1")
    assert (row["quantity"], row["estimate"]) == ("partial_count", 80)  # 40 counties of 2


def test_county_rows_follow_their_total():
    result = values(counties(42), group="county")
    row = line(result, "IND-1.5.4-1", level="AB")
    assert (row["group"], row["estimate"]) == ("county", 2)


def test_levels_of_a_breakdown_stand_beside_the_total():
    result = values(
        """
        | indicator   | year | institution | group       | level | value |
        | IND-1.1.1-1 | 2025 | ANITP       |             |       | 10    |
        | IND-1.1.1-1 | 2025 | ANITP       | environment | rural | 4     |
        | IND-1.1.1-1 | 2025 | ANITP       | environment | urban | 6     |
        """,
        group="environment",
    )
    found = result.table[result.table["measure"] == "IND-1.1.1-1"].set_index("level")["estimate"]
    assert found.to_dict() == {"all": 10, "rural": 4, "urban": 6}


def test_places_name_the_cells_and_stop_at_four():
    text = "| indicator | year | institution | county | value | cell |\n"
    from tests.analysis.monitoring.ledger import rules

    text += "\n".join(
        f"| IND-1.5.4-1 | 2025 | IM | {name} | 1 | C{place} |" for place, name in enumerate(rules().counties)
    )
    result = values(text, group="county")
    said = words(result, line(result, "IND-1.5.4-1", level="AB"))["source_rows"]
    assert said == "2025/IM.xlsx Indicatori!C0"


def test_every_row_read_is_used_or_left_out_with_a_reason():
    origin = values(THREE + "| IND-1.1.2-2 | 2025 | IGPR | 9 |").provenance
    assert (origin.rows_in, origin.rows_used) == (4, 3)


def test_an_objective_keeps_its_own_indicators():
    result = values(THREE, objective="1.1")
    assert set(result.texts["objective"]) == {"1.1"}


def test_invented_data_stay_marked():
    assert values(THREE).provenance.synthetic


def test_the_median_of_six_values_lies_between_the_least_and_the_greatest():
    # 1 - 2 / 2**6 = 0.969, the first confidence above 0.95; five values reach 1 - 2 / 2**5 = 0.9375 only
    assert median_limits([3, 1, 2, 6, 5, 4]) == (1, 6)
    assert median_limits([1, 2, 3, 4, 5]) is None


def test_limits_of_no_event_and_of_a_broken_count():
    low, high = poisson_columns([0, 1.5], [0, 1.5])
    assert (low[0], high[0]) == pytest.approx((0, 3.689), abs=5e-4)  # -ln(0.025)
    assert low[1] != low[1]
