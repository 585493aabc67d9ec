"""Estimates of one year from the sums of what was reported, one way for each kind of indicator."""

import math
import statistics
from collections.abc import Callable
from typing import Any

from evaluation.analysis.limits import wilson_limits
from evaluation.analysis.monitoring._intervals import median_limits
from evaluation.analysis.monitoring._rows import Row
from evaluation.analysis.rates import MINIMUM_DENOMINATOR
from evaluation.core.status import Status
from evaluation.strategy.plan import Kind

CI_LEVEL = 0.95
Cell = dict[str, Any]
Made = tuple[Row, str]
"""A row, and the reason of what it lacks. ``_low``, ``_high``, ``_scale`` wait for the limits of counts."""


def estimate(kind: Kind, row: Row, cell: Cell, *, complete: bool, money: bool) -> Made:
    """The row of one indicator, year and level; ``money`` marks a share of an amount."""
    return MAKERS[kind](row, cell, complete, money)


def median_row(indicator: str, values: list[float]) -> Row:
    """The median of the institutions' amounts, with its order-statistic interval from six of them on."""
    row: Row = {"measure": f"{indicator}_median", "quantity": "median", "n": len(values)}
    row |= {"estimate": statistics.median(values), "method": "order_statistics"}
    limits = median_limits(values, ci_level=CI_LEVEL)
    if limits is None:
        return row
    return {**row, "ci_low": limits[0], "ci_high": limits[1], "ci_level": CI_LEVEL}


def number(value: object) -> float | None:
    """A number that is there."""
    return float(value) if isinstance(value, (int, float)) and value == value else None


def _count(row: Row, cell: Cell, complete: bool, _money: bool) -> Made:
    """A sum of counts; one that is given as a limit somewhere is a least sum."""
    if not complete:
        return _partial(row, cell, "partial_count", "partial_sum")
    value, low, high = (number(cell[name]) for name in ("value", "lower", "upper"))
    if value is not None:
        row |= {"n": value, "numerator": value, "estimate": value, "method": "poisson_garwood"}
        least, most = value if low is None else math.floor(low), value if high is None else math.ceil(high)
        return {**row, "_low": least, "_high": most}, ""
    if low is None:
        return _missing(row, "no_value")
    row |= {"quantity": "count_at_least", "estimate": low, "method": "poisson_garwood_bounds"}
    return {
        **row,
        "_low": math.floor(low),
        "_high": None if high is None else math.ceil(high),
    }, "bounded_value"


def _money(row: Row, cell: Cell, complete: bool, _share: bool) -> Made:
    if not complete:
        return _partial(row, cell, "partial_money", "partial_sum")
    value = number(cell["value"])
    if value is None:
        return _missing(row, "no_value")
    return {**row, "estimate": value, "method": "sum"}, "no_sampling_interval"


def _share(row: Row, cell: Cell, complete: bool, money: bool) -> Made:
    """The ratio of sums; a single share without its parts is given as reported, several are not averaged."""
    if not complete:
        return _missing(row, "")
    part, whole = number(cell["numerator"]), number(cell["denominator"])
    row = row | ({"quantity": "share"} if money else {})
    if part is None or whole is None:
        return _as_reported(row, cell, "no_denominator")
    if whole <= 0 or part > whole:
        return _missing(row, "impossible" if part > whole else "no_denominator")
    row |= {"numerator": part, "denominator": whole}
    if money:
        return {**row, "estimate": part / whole, "method": "ratio_of_sums"}, "no_sampling_interval"
    return _proportion({**row, "n": whole}, part, whole)


def _proportion(row: Row, part: float, whole: float) -> Made:
    if whole < MINIMUM_DENOMINATOR:
        return {**row, "status": Status.TOO_FEW.value}, "too_few"
    row |= {"estimate": part / whole}
    if part != int(part) or whole != int(whole):
        return {**row, "method": "ratio_of_sums"}, "no_sampling_interval"
    limits = wilson_limits(int(part), int(whole), ci_level=CI_LEVEL)
    interval = {"ci_low": limits.low, "ci_high": limits.high, "ci_level": CI_LEVEL}
    return {**row, **interval, "method": "wilson"}, ""


def _ratio(row: Row, cell: Cell, complete: bool, _money: bool) -> Made:
    """The ratio of sums, with Garwood's limits of the numerator over the denominator taken as known."""
    if not complete:
        return _missing(row, "")
    part, whole = number(cell["numerator"]), number(cell["denominator"])
    if part is None or whole is None or whole <= 0:
        return _as_reported(row, cell, "no_denominator")
    row |= {"n": whole, "numerator": part, "denominator": whole, "estimate": part / whole}
    return {**row, "method": "ratio_of_sums_garwood", "_low": part, "_high": part, "_scale": whole}, ""


def _duration(row: Row, cell: Cell, complete: bool, _money: bool) -> Made:
    if not complete:
        return _missing(row, "")
    weighted, weights = number(cell["weighted"]), number(cell["denominator"])
    if weighted is None or not weights:
        return _as_reported(row, cell, "no_weights")
    estimate = weighted / weights
    method = "as_reported" if cell["cells"] == 1 else "weighted_by_cases"
    return {**row, "n": weights, "estimate": estimate, "method": method}, "no_sampling_interval"


def _missing(row: Row, reason: str) -> Made:
    return {**row, "status": Status.NOT_COLLECTED.value}, reason


def _as_reported(row: Row, cell: Cell, reason: str) -> Made:
    value = number(cell["value"])
    if cell["cells"] == 1 and value is not None:
        return {**row, "estimate": value, "method": "as_reported"}, "no_sampling_interval"
    return _missing(row, reason)


def _partial(row: Row, cell: Cell, quantity: str, method: str) -> Made:
    came = number(cell["came"])
    if came is None:
        return _missing(row, "")
    return {**row, "quantity": quantity, "estimate": came, "method": method}, ""


MAKERS: dict[Kind, Callable[[Row, Cell, bool, bool], Made]] = {
    Kind.COUNT: _count,
    Kind.MONEY: _money,
    Kind.PROPORTION: _share,
    Kind.RATIO: _ratio,
    Kind.DURATION: _duration,
    Kind.RATING: _duration,
}
