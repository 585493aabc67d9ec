"""Change between two years: what the interval allows to say, and what cannot be compared."""

from dataclasses import dataclass

import pytest

from evaluation.analysis.monitoring._intervals import newcombe_limits, ratio_columns
from evaluation.analysis.monitoring.change import (
    baselines_of,
    changes,
    count_readings,
    count_values,
    starting_values,
)
from evaluation.analysis.monitoring.values import annual_values
from evaluation.core.results import Result
from evaluation.strategy.ledger import load_ledger
from tests.analysis.monitoring.ledger import SOURCES, asked, definitions, ledger, line, real_plan, words

YEARS = (2024, 2025)


@dataclass(frozen=True)
class Broken:
    indicator: str
    from_period: str
    note_ro: str = "definiție nouă"
    note_en: str = "new definition"


def values(text: str) -> Result:
    return annual_values(
        real_plan(), ledger(text), asked=asked(*YEARS), years=YEARS, definitions=definitions()
    )


def change(text: str, *breaks: Broken) -> Result:
    return changes(values(text), first=2024, last=2025, definitions=definitions(), breaks=breaks)


def two(indicator: str, before: object, after: object, *, institution: str = "ANITP") -> str:
    return f"""
    | indicator   | year | institution   | value    |
    | {indicator} | 2024 | {institution} | {before} |
    | {indicator} | 2025 | {institution} | {after}  |
    """


def test_a_count_changes_by_a_ratio_with_the_exact_conditional_interval():
    row = line(change(two("IND-1.1.1-1", 10, 40)), "IND-1.1.1-1")
    assert row["estimate"] == 4
    # Clopper-Pearson 40 of 50: 0.6628 to 0.8997; odds 1.966 and 8.97
    assert (row["ci_low"], row["ci_high"]) == pytest.approx((0.6628 / 0.3372, 0.8997 / 0.1003), rel=2e-3)


def test_a_clear_rise_of_what_should_rise_has_improved():
    assert line(change(two("IND-1.1.1-1", 10, 40)), "IND-1.1.1-1")["level"] == "improved"


def test_a_clear_fall_of_what_should_rise_has_worsened():
    assert line(change(two("IND-1.1.1-1", 40, 10)), "IND-1.1.1-1")["level"] == "worsened"


def test_a_clear_rise_of_what_should_fall_has_worsened():
    assert line(change(two("IND-1.5.7-2", 10, 40, institution="ME")), "IND-1.5.7-2")["level"] == "worsened"


def test_a_clear_change_without_a_wanted_direction_is_neutral():
    assert line(change(two("IND-1.1.1-4", 10, 40)), "IND-1.1.1-4")["level"] == "neutral"


def test_a_change_that_chance_explains_is_no_clear_change():
    assert line(change(two("IND-1.1.1-1", 20, 22)), "IND-1.1.1-1")["level"] == "no_clear_change"


def test_fewer_than_ten_events_are_too_few():
    row = line(change(two("IND-1.1.1-1", 2, 7)), "IND-1.1.1-1")
    assert (row["status"], row["level"]) == ("too_few", "not_comparable")


def test_a_missing_year_is_not_comparable():
    result = change("""
    | indicator   | year | institution | value |
    | IND-1.1.1-1 | 2025 | ANITP       | 40    |
    """)
    row = line(result, "IND-1.1.1-1")
    assert (row["status"], row["level"]) == ("not_collected", "not_comparable")


def test_a_partial_year_is_never_compared():
    result = change("""
    | indicator   | year | institution | value |
    | IND-1.1.2-1 | 2024 | ANITP       | 20    |
    | IND-1.1.2-1 | 2024 | MEAT        | 20    |
    | IND-1.1.2-1 | 2024 | MTI         | 20    |
    | IND-1.1.2-1 | 2025 | ANITP       | 20    |
    """)
    row = line(result, "IND-1.1.2-1")
    assert row["level"] == "not_comparable"
    assert words(result, row)["reason_key"] == "part_answered"


@pytest.mark.parametrize("start", ["2025", "2025-S1", "2024-S2"])
def test_a_break_between_the_years_is_not_comparable(start):
    result = change(two("IND-1.1.1-1", 10, 40), Broken("IND-1.1.1-1", start))
    row = line(result, "IND-1.1.1-1")
    assert (row["status"], row["level"]) == ("not_applicable", "not_comparable")
    assert words(result, row)["note.en"] == "new definition"


@pytest.mark.parametrize("start", ["2024", "2023-S2", "2026"])
def test_a_break_outside_the_years_changes_nothing(start):
    result = change(two("IND-1.1.1-1", 10, 40), Broken("IND-1.1.1-1", start))
    assert line(result, "IND-1.1.1-1")["level"] == "improved"


def test_a_proportion_changes_by_a_difference_with_newcombes_interval():
    result = change("""
    | indicator   | year | institution | numerator | denominator |
    | IND-1.2.1-4 | 2024 | IGPR        | 20        | 40          |
    | IND-1.2.1-4 | 2024 | ANITP       | 28        | 40          |
    | IND-1.2.1-4 | 2025 | IGPR        | 26        | 30          |
    | IND-1.2.1-4 | 2025 | ANITP       | 30        | 40          |
    """)
    row = line(result, "IND-1.2.1-4")
    assert row["estimate"] == pytest.approx(0.2)  # 56/70 - 48/80
    # Newcombe (1998), table II, example (a), method 10: 0.0524 to 0.3339
    assert (row["ci_low"], row["ci_high"]) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert row["level"] == "improved"


@pytest.mark.parametrize(
    ("later", "earlier", "low", "high"),
    [
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
    ],
)
def test_newcombes_interval_gives_his_published_examples(later, earlier, low, high):
    # Newcombe (1998), table II, examples (b), (c), (d), method 10
    assert newcombe_limits(later, earlier) == pytest.approx((low, high), abs=5e-5)


def test_a_duration_changes_without_an_interval():
    result = change("""
    | indicator   | year | institution | value | denominator |
    | IND-2.2.7-1 | 2024 | DIICOT      | 100   | 1           |
    | IND-2.2.7-1 | 2024 | MP          | 100   | 1           |
    | IND-2.2.7-1 | 2024 | IGPR        | 100   | 1           |
    | IND-2.2.7-1 | 2025 | DIICOT      | 80    | 1           |
    | IND-2.2.7-1 | 2025 | MP          | 80    | 1           |
    | IND-2.2.7-1 | 2025 | IGPR        | 80    | 1           |
    """)
    row = line(result, "IND-2.2.7-1")
    assert (row["estimate"], row["level"]) == (-20, "without_interval")
    assert words(result, row)["reason_key"] == "no_sampling_interval"


def test_readings_are_counted_for_each_objective():
    result = change(two("IND-1.1.1-1", 10, 40))
    counted = count_readings(real_plan(), result, definitions=definitions())
    assert line(counted, "improved", level="all")["estimate"] == 1
    assert line(counted, "improved", level="1.1")["estimate"] == 1
    assert line(counted, "improved", level="2")["estimate"] == 0


def test_readings_of_an_objective_add_up_to_its_indicators():
    counted = count_readings(real_plan(), change(""), definitions=definitions(), objective="1.1")
    # 1.1.1 to 1.1.4 hold 4 + 4 + 5 + 4 indicators, none of them a deliverable
    assert counted.table["estimate"].sum() == 17


def test_the_first_complete_year_is_the_starting_value():
    result = starting_values(values(two("IND-1.1.1-1", 10, 40)))
    row = line(result, "IND-1.1.1-1")
    assert (row["period"], row["estimate"]) == ("2024", 10)


def test_a_partial_count_is_no_starting_value():
    result = starting_values(
        values("""
    | indicator   | year | institution | value |
    | IND-1.1.2-1 | 2024 | ANITP       | 20    |
    """)
    )
    assert len(result.table) == 0


def test_few_indicators_have_a_baseline_and_all_others_the_reason():
    listing = baselines_of(real_plan(), load_ledger(), definitions=definitions(), sources=SOURCES)
    linked = listing.texts[listing.texts["link_key"] == "linked"]
    assert linked["indicator"].tolist() == ["IND-2.2.7-3", "IND-3.3.3-4"]
    assert listing.texts["why.ro"].ne("").all()


def test_the_ratio_interval_has_no_upper_limit_without_earlier_events():
    low, high = ratio_columns([12], [0])
    assert low[0] > 1
    assert high[0] == float("inf")


def test_values_are_counted_by_what_was_received():
    # 297 cards: 76 deliverables and 13 texts by date, 10 undefined; one complete value, one part (ANES silent)
    text = """
    | indicator   | year | institution | value |
    | IND-1.1.1-1 | 2024 | ANITP       | 10    |
    | IND-1.1.3-1 | 2024 | ANITP       | 5     |
    """
    counted = count_values(real_plan(), values(text)).table.set_index("measure")["estimate"]
    assert counted["values_known"] == 1
    assert counted["values_partial"] == 1
    assert counted["values_by_date"] == 76 + 13
    assert counted["values_undefined"] == 10
    assert counted["values_not_collected"] == 297 - 89 - 10 - 2
