"""Correlation of effort with need: hand-worked values, published formulas, and a planted correlation found again."""

from math import asin, atanh, pi, sin, sqrt, tanh

import numpy as np
import pandas as pd
import pytest

from evaluation.analysis.workbench.correlation import (
    bonett_wright_limits,
    correlate_effort,
    fisher_limits,
    partial,
    pearson,
    permutation_p,
    spearman,
)
from tests.analysis.workbench.small import ORIGIN, estimates, row_of

ONE, OTHER = np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 3.0, 2.0, 40.0])


def test_spearman_by_hand():
    # Ranks 1 2 3 4 and 1 3 2 4: 1 - 6 * (0 + 1 + 1 + 0) / (4 * 15) = .8
    assert spearman(ONE, OTHER) == pytest.approx(0.8)


def test_pearson_by_hand():
    # Deviations -1.5 -.5 .5 1.5 and -2 0 -1 3: products 3 + 0 - .5 + 4.5 = 7; squares 5 and 14
    assert pearson(ONE, np.array([1.0, 3.0, 2.0, 6.0])) == pytest.approx(7 / sqrt(5 * 14))


def test_all_orders_are_tried_for_four_counties():
    # Rank sums of squared differences of at most 2 or at least 18: 1 + 3 orders at each end, of 24.
    ranks = np.array([1.0, 3.0, 2.0, 4.0])
    assert permutation_p(ONE, ranks, seed=1) == pytest.approx(8 / 24)


def test_partial_correlation_takes_the_third_column_out():
    # Columns made to correlate by exactly .5, .6 and .7: (.5 - .42) / sqrt(.64 * .51) = .14003
    random = np.random.default_rng(1)
    made = random.normal(size=(200, 3))
    made = np.linalg.qr(made - made.mean(axis=0))[0]
    wanted = np.linalg.cholesky(np.array([[1, 0.5, 0.6], [0.5, 1, 0.7], [0.6, 0.7, 1]]))
    columns = made @ wanted.T
    assert partial(columns[:, 0], columns[:, 1], columns[:, 2]) == pytest.approx(0.14003, abs=1e-5)


def test_fisher_limits_by_hand():
    # n = 28: standard error 1 / 5; atanh(.5) = .54931; .54931 -+ 1.95996 * .2 = .15731, .94130
    found = fisher_limits(0.5, 28)
    assert (found.low, found.high) == pytest.approx((tanh(0.15731), tanh(0.94130)), abs=1e-5)


def test_bonett_wright_limits_are_wider_by_their_variance():
    found = bonett_wright_limits(0.5, 28)
    half = 1.959964 * sqrt((1 + 0.125) / 25)
    assert (found.low, found.high) == pytest.approx((tanh(atanh(0.5) - half), tanh(atanh(0.5) + half)))


def table(values: np.ndarray) -> pd.DataFrame:
    return pd.DataFrame({"county": [f"c{at:02d}" for at in range(len(values))], "value": values})


@pytest.mark.parametrize("planted", [0.0, 0.4, 0.7])
def test_intervals_cover_a_planted_correlation(planted):
    # Two normal columns with rank correlation s have Pearson's r = 2 sin(pi s / 6).
    r = 2 * sin(pi * planted / 6)
    assert 6 / pi * asin(r / 2) == pytest.approx(planted)
    random = np.random.default_rng(11)
    covered = {"spearman": 0, "pearson": 0}
    for _ in range(400):
        one = random.normal(size=42)
        other = r * one + sqrt(1 - r**2) * random.normal(size=42)
        rank, plain = bonett_wright_limits(spearman(one, other), 42), fisher_limits(pearson(one, other), 42)
        covered["spearman"] += rank.low <= planted <= rank.high
        covered["pearson"] += plain.low <= r <= plain.high
    assert min(covered.values()) / 400 >= 0.93


def test_permutation_p_is_uniform_when_nothing_is_related():
    random = np.random.default_rng(12)
    found = [
        permutation_p(random.normal(size=42), random.normal(size=42), seed=at, draws=199) for at in range(300)
    ]
    # Standard error of a share of .1 in 300: .017
    assert np.mean(np.array(found) <= 0.1) == pytest.approx(0.1, abs=0.05)


def test_a_common_size_is_seen_through():
    random = np.random.default_rng(13)
    size = np.exp(random.normal(size=42))
    effort, need = size * np.exp(0.2 * random.normal(size=42)), size * np.exp(0.2 * random.normal(size=42))
    result = correlate_effort(
        table(effort), table(need), seed=1, provenance=ORIGIN, population=table(size), draws=200
    )
    assert row_of(result, group="spearman", level="all")["estimate"] > 0.8
    assert abs(row_of(result, group="spearman", level="partial_ranks")["estimate"]) < 0.4


def test_the_county_that_carries_the_correlation_is_named():
    values = np.arange(12, dtype=float)
    need = np.array([6.0, 5, 7, 4, 8, 3, 9, 2, 10, 1, 11, 50])
    result = correlate_effort(table(values), table(need), seed=1, provenance=ORIGIN, draws=50)
    found = estimates(result, measure="effort_need_influence")
    assert len(found) == 14
    assert found["lowest"] == min(found.values()) == pytest.approx(spearman(values[:-1], need[:-1]))


def test_a_county_without_need_is_left_out_and_counted():
    values = np.arange(12, dtype=float)
    result = correlate_effort(table(values), table(values[:11]), seed=1, provenance=ORIGIN, draws=50)
    assert result.provenance.rows_used == 11
    assert row_of(result, group="spearman", level="all")["n"] == 11


def test_under_ten_counties_there_is_no_number():
    result = correlate_effort(table(ONE), table(OTHER), seed=1, provenance=ORIGIN)
    assert set(result.table["status"]) == {"too_few"}


def test_effort_that_is_the_same_everywhere_has_no_correlation():
    result = correlate_effort(table(np.ones(12)), table(np.arange(12.0)), seed=1, provenance=ORIGIN)
    assert set(result.table["status"]) == {"undefined"}
