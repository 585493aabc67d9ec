"""Part reached and distance between effort and need, worked by hand for two to four counties."""

import numpy as np
import pytest

from evaluation.analysis.workbench.effort import effort_by_county
from evaluation.analysis.workbench.match import (
    chance_distances,
    coverage_bounds,
    dissimilarity,
    dissimilarity_bounds,
    score_match,
)
from evaluation.core.errors import AnalysisError
from evaluation.core.observations import (
    CORRECTION_COLUMNS,
    DELIVERY_COLUMNS,
    MEASURE_COLUMNS,
    OBSERVATION_COLUMNS,
    Observations,
    make_ledger,
)
from tests.analysis.workbench.small import ORIGIN, estimates, row_of
from tests.kit.tables import frame

EFFORT = np.array([40.0, 30.0, 20.0, 10.0])
NEED = np.array([10.0, 20.0, 30.0, 40.0])


def test_distance_is_half_the_sum_of_absolute_differences_of_shares():
    # (|.4-.1| + |.3-.2| + |.2-.3| + |.1-.4|) / 2 = (.3 + .1 + .1 + .3) / 2 = .4
    assert dissimilarity(EFFORT, NEED) == pytest.approx(0.4)


def test_distance_does_not_depend_on_the_size_of_effort_or_need():
    assert dissimilarity(EFFORT * 7, NEED * 1000) == pytest.approx(dissimilarity(EFFORT, NEED))


def test_effort_where_there_is_no_need_is_a_distance_of_one():
    assert dissimilarity(np.array([1.0, 0.0]), np.array([0.0, 1.0])) == 1.0


def test_limits_of_the_distance_for_two_counties():
    # Effort .9 and .1. Size of A 100 to 200, of B 100: A's share of need from 1/2 to 2/3, so the distance
    # from .9 - 2/3 to .9 - 1/2; at the middle 150 / 250 = .6 it is .3.
    found = dissimilarity_bounds(np.array([9.0, 1.0]), np.array([100.0, 100.0]), np.array([200.0, 100.0]))
    assert (found.low, found.middle, found.high) == pytest.approx((0.9 - 2 / 3, 0.3, 0.4))


def test_limits_hold_for_every_size_within_the_ranges_and_the_lower_one_is_reached():
    effort = np.array([5.0, 3.0, 2.0])
    low, high = np.array([10.0, 30.0, 25.0]), np.array([20.0, 45.0, 40.0])
    found = dissimilarity_bounds(effort, low, high)
    grid = [np.linspace(one, two, 16) for one, two in zip(low, high, strict=True)]
    tried = [dissimilarity(effort, np.array([a, b, c])) for a in grid[0] for b in grid[1] for c in grid[2]]
    assert found.low <= min(tried) + 1e-9
    assert found.high >= max(tried) - 1e-9
    assert found.low == pytest.approx(min(tried), abs=0.01)


def test_all_orders_of_the_efforts_are_tried_for_few_counties():
    found = chance_distances(EFFORT, NEED, seed=1)
    # Need .1: the four efforts are .0 .1 .2 .3 away, mean .15; need .2: .1; .3: .1; .4: .15; half the sum is .25.
    assert len(found) == 24
    assert found.mean() == pytest.approx(0.25)
    assert found.max() == pytest.approx(0.4)


def test_part_reached_takes_opposite_ends():
    found = coverage_bounds((100, 300), (1000, 2000))
    assert (found.low, found.middle, found.high) == pytest.approx((100 / 2000, 400 / 3000, 300 / 1000))


def test_a_reversed_range_is_refused():
    with pytest.raises(AnalysisError, match="reversed"):
        coverage_bounds((300, 100), (1000, 2000))


def four_counties():
    reached = frame("""
        | county | low | high |
        | AB     | 10  | 10   |
        | AR     | 20  | 20   |
        | AG     | 30  | 30   |
        | BC     | 40  | 40   |
        | BH     | 5   | 5    |
    """)
    sizes = frame("""
        | county | low | high |
        | AB     | 100 | 100  |
        | AR     | 200 | 200  |
        | AG     | 300 | 300  |
        | BC     | 400 | 400  |
    """)
    return reached, sizes


def test_effort_that_follows_need_has_no_distance_and_the_least_p():
    result = score_match(*four_counties(), seed=1, provenance=ORIGIN)
    row = row_of(result, measure="effort_need_distance", level="all")
    # One order in 24 fits as well: the observed one.
    assert (row["estimate"], row["p_value"]) == pytest.approx((0.0, 1 / 24))


def test_a_county_without_a_size_is_left_out_and_counted():
    result = score_match(*four_counties(), seed=1, provenance=ORIGIN)
    assert set(estimates(result, measure="effort_need_gap")) == {"AB", "AR", "AG", "BC"}
    assert dict(result.provenance.excluded) == {"county without effort or size": 1}


def test_country_and_counties_are_reached_alike_when_effort_follows_need():
    found = estimates(
        score_match(*four_counties(), seed=1, provenance=ORIGIN), measure="target_group_reached"
    )
    assert list(found.values()) == pytest.approx([0.1] * 5)


def ledger(*rows: dict[str, object]) -> Observations:
    base = {"state": "current", "status": "reported", "year": 2025, "indicator": "I", "county": "AB"}
    return Observations(
        make_ledger([base | row for row in rows], OBSERVATION_COLUMNS),
        make_ledger([], MEASURE_COLUMNS),
        make_ledger([], DELIVERY_COLUMNS),
        make_ledger([], CORRECTION_COLUMNS),
    )


def test_people_reached_lie_between_the_largest_figure_and_the_sum():
    made = effort_by_county(
        ledger({"value": 30}, {"value": 50, "indicator": "J"}), indicators=["I", "J"], year=2025
    )
    row = made.table.iloc[0]
    assert (row["low"], row["high"]) == (50, 80)


def test_a_range_enters_effort_with_its_ends():
    made = effort_by_county(
        ledger({"lower": 0, "upper": 4, "qualifier": "less_than"}), indicators=["I"], year=2025
    )
    assert (made.table.loc[0, "low"], made.table.loc[0, "high"]) == (0, 4)


def test_superseded_rows_totals_and_other_years_are_no_effort():
    made = effort_by_county(
        ledger(
            {"value": 7},
            {"value": 9, "state": "superseded"},
            {"value": 9, "county": ""},
            {"value": 9, "year": 2024},
            {"value": 9, "group": "sex", "level": "female"},
        ),
        indicators=["I"],
        year=2025,
    )
    assert made.table["high"].tolist() == [7]


def test_a_figure_that_is_not_available_is_missing_and_never_zero():
    made = effort_by_county(
        ledger({"value": 7}, {"status": "not_available"}, {"status": "not_available", "county": "AR"}),
        indicators=["I"],
        year=2025,
    )
    assert made.table["county"].tolist() == ["AB"]
    assert made.table["missing"].tolist() == [1]
