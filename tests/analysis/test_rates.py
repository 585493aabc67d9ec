"""Counts, rates, ratios and proportions against publications, base R, hand-worked cases and simulation."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest

from evaluation.analysis import limits as limits_module
from evaluation.analysis.limits import Limits, clopper_pearson_limits, poisson_limits, wilson_limits
from evaluation.analysis.rates import Labels, Row, count_row, proportion_row, rate_ratio_row, rate_row
from evaluation.core.errors import AnalysisError
from evaluation.core.results import check_table, make_table

ORACLES = Path(__file__).resolve().parents[1] / "oracles"
HERE = Labels("measure", "2020")


def oracle(name: str) -> list[dict[str, str]]:
    with (ORACLES / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def frozen(row_id: str) -> tuple[float, float, float]:
    row = next(one for one in oracle("rates_r.csv") if one["id"] == row_id)
    return float(row["estimate"]), float(row["low"]), float(row["high"])


def limits_of(row: dict[str, str]) -> Limits:
    numerator = int(row["numerator"])
    if row["kind"] == "poisson":
        return poisson_limits(numerator)
    method = {"wilson": wilson_limits, "clopper": clopper_pearson_limits}[row["kind"]]
    return method(numerator, int(row["denominator"]))


@pytest.mark.parametrize(
    "row", oracle("rates_published.csv"), ids=lambda row: f"{row['kind']}-{row['numerator']}"
)
def test_limits_equal_the_published_tables(row: dict[str, str]) -> None:
    found, half = limits_of(row), 0.5 * 10 ** -int(row["decimals"])
    assert abs(found.low - float(row["low"])) <= half
    assert abs(found.high - float(row["high"])) <= half


@pytest.mark.parametrize("events", [0, 1, 3, 10, 100, 757, 4331])
def test_count_interval_equals_base_r(events: int) -> None:
    _, low, high = frozen(f"count_{events}")
    row = count_row(events, HERE)
    assert (row["ci_low"], row["ci_high"]) == pytest.approx((low, high), rel=1e-9)


def test_interval_follows_its_level() -> None:
    _, low, high = frozen("count99_10")
    found = poisson_limits(10, ci_level=0.99)
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-9)


@pytest.mark.parametrize(
    ("row_id", "later", "earlier"),
    [
        ("ratio_11_6", (11, 800), (21, 3011)),
        ("ratio_30_60", (30, 1000), (60, 1000)),
        ("ratio_0_15", (0, 1000), (15, 1000)),
        ("ratio_2796_4331", (2796, 96574895), (4331, 99694613)),
    ],
)
def test_rate_ratio_equals_base_r(row_id: str, later: tuple[int, float], earlier: tuple[int, float]) -> None:
    row = rate_ratio_row(later, earlier, HERE)
    assert (row["estimate"], row["ci_low"], row["ci_high"]) == pytest.approx(frozen(row_id), rel=1e-7)


@pytest.mark.parametrize(
    ("numerator", "denominator"), [(0, 20), (1, 20), (10, 20), (20, 20), (81, 263), (339, 698)]
)
def test_proportion_limits_equal_base_r(numerator: int, denominator: int) -> None:
    for name, method in (("wilson", wilson_limits), ("clopper", clopper_pearson_limits)):
        _, low, high = frozen(f"{name}_{numerator}_{denominator}")
        found = method(numerator, denominator)
        assert (found.low, found.high) == pytest.approx((low, high), abs=1e-9)


def test_rate_is_events_over_person_years_scaled() -> None:
    # 50 / 2,000,000 * 100,000 = 2.5; limits of 50 are 37.111 and 65.919 (Garwood), times 0.05
    row = rate_row(50, 2_000_000, HERE)
    assert row["estimate"] == pytest.approx(2.5)
    assert (row["ci_low"], row["ci_high"]) == pytest.approx((37.111 * 0.05, 65.919 * 0.05), abs=1e-4)
    assert (row["numerator"], row["denominator"]) == (50, 2_000_000)


def test_ratio_of_two_rates_worked_by_hand() -> None:
    # (30 / 2000) / (20 / 1000) = 0.015 / 0.020 = 0.75
    row = rate_ratio_row((30, 2000), (20, 1000), HERE)
    assert row["estimate"] == pytest.approx(0.75)
    assert row["numerator"] == pytest.approx(0.015)
    assert row["denominator"] == pytest.approx(0.020)


def test_ratio_interval_turned_around_is_the_interval_of_the_inverse() -> None:
    one, other = rate_ratio_row((30, 2000), (20, 1000), HERE), rate_ratio_row((20, 1000), (30, 2000), HERE)
    assert number(one, "ci_low") == pytest.approx(1 / number(other, "ci_high"), rel=1e-9)


def test_no_event_in_the_later_period_gives_a_ratio_of_zero_with_an_upper_limit() -> None:
    # the upper limit of p for 0 of 15 solves (1 - p)^15 = 0.025: p = 1 - 0.025^(1/15); ratio = p / (1 - p)
    p = 1 - 0.025 ** (1 / 15)
    row = rate_ratio_row((0, 1000), (15, 1000), HERE)
    assert (row["estimate"], row["ci_low"]) == (0, 0)
    assert row["ci_high"] == pytest.approx(p / (1 - p), rel=1e-9)


def test_a_count_of_zero_has_a_one_sided_upper_limit() -> None:
    # P(X = 0) = exp(-high) = 0.025, so high = -ln 0.025
    row = count_row(0, HERE)
    assert (row["estimate"], row["ci_low"]) == (0, 0)
    assert row["ci_high"] == pytest.approx(-math.log(0.025), rel=1e-12)
    assert "one-sided" in str(row["method"])


@pytest.mark.parametrize(
    "row",
    [
        rate_row(9, 1000, HERE),
        rate_ratio_row((4, 1000), (5, 1000), HERE),
        rate_ratio_row((40, 1000), (0, 1000), HERE),
        proportion_row(3, 9, HERE),
    ],
    ids=["rate", "ratio", "ratio to nothing", "proportion"],
)
def test_too_few_gives_a_status_and_no_number(row: Row) -> None:
    table = make_table([row])
    check_table(table, "x")
    assert table.loc[0, "status"] == "too_few"
    assert table.loc[0, ["estimate", "ci_low", "ci_high"]].isna().all()


def test_no_event_is_a_rate_of_zero_and_not_too_few() -> None:
    row = rate_row(0, 1000, HERE)
    assert (row["estimate"], row["ci_low"]) == (0, 0)
    assert row.get("status", "ok") == "ok"


def test_every_row_fits_the_fixed_columns() -> None:
    rows = [count_row(5, HERE), rate_row(50, 1e6, HERE), rate_ratio_row((30, 1e3), (20, 1e3), HERE)]
    table = make_table([*rows, proportion_row(5, 20, HERE)])
    check_table(table, "x")
    assert table["quantity"].tolist() == ["count", "rate_per_100000", "rate_ratio", "proportion"]


def test_library_and_formula_that_differ_stop_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits_module, "_root", lambda function, low, high: (low + high) / 2)
    with pytest.raises(AnalysisError, match="library and formula differ"):
        poisson_limits(10)


@pytest.mark.parametrize(
    "call", [lambda: count_row(-1, HERE), lambda: rate_row(5, 0, HERE), lambda: wilson_limits(5, 4)]
)
def test_impossible_input_is_refused(call: object) -> None:
    with pytest.raises(AnalysisError):
        call()  # type: ignore[operator]


@pytest.mark.parametrize("rate", [0.5, 2.0, 5.0, 20.0, 100.0])
def test_exact_poisson_interval_covers_at_least_its_level(rate: float) -> None:
    # coverage summed over the distribution, no chance involved; exact intervals are conservative
    covered, probability = 0.0, math.exp(-rate)
    for events in range(int(rate + 12 * math.sqrt(rate) + 20)):
        found = poisson_limits(events)
        covered += probability if found.low <= rate <= found.high else 0.0
        probability *= rate / (events + 1)
    assert 0.95 <= covered <= 1


def test_simulated_coverage_of_the_ratio_is_at_least_its_level() -> None:
    # 4,000 draws at a true ratio of 0.5: standard error of the coverage 0.0034; conservative, so from 0.95 - 2 se up
    random = np.random.default_rng(20240501)
    hits, cache = 0, {}
    for pair in zip(random.poisson(20, 4000).tolist(), random.poisson(40, 4000).tolist(), strict=True):
        if pair not in cache:
            cache[pair] = rate_ratio_row((pair[0], 1.0), (pair[1], 1.0), HERE)
        hits += number(cache[pair], "ci_low") <= 0.5 <= number(cache[pair], "ci_high")
    assert 0.943 <= hits / 4000 <= 0.985


def test_simulated_coverage_of_wilson_is_near_its_level() -> None:
    # average over proportions drawn evenly, n = 60; 20,000 draws, standard error 0.0015
    random = np.random.default_rng(20240502)
    truth = random.uniform(0.05, 0.95, 20_000)
    found = [wilson_limits(k, 60) for k in range(61)]
    hits = sum(
        found[k].low <= p <= found[k].high for p, k in zip(truth, random.binomial(60, truth), strict=True)
    )
    assert 0.935 <= hits / 20_000 <= 0.965


def number(row: Row, name: str) -> float:
    return float(str(row[name]))
