"""Rows of the feedback results: a mean, a share, a difference, or the reason why there is none."""

import numpy as np
import numpy.typing as npt
from scipy import stats

from evaluation.analysis.limits import wilson_limits
from evaluation.analysis.training.gains import welch_row
from evaluation.core.status import Status

FEWEST = 30
"""Fewest people behind a share, an interval or a test; below it a group is described only."""
FEWEST_DESCRIBED = 10
"""Fewest people behind a bare mean."""
Numbers = npt.NDArray[np.float64]
Row = dict[str, object]


def no_number(row: Row, status: Status) -> Row:
    """The row without an estimate, and why."""
    return {**row, "status": status.value}


def limits(estimate: float, low: float, high: float, *, ci_level: float = 0.95) -> Row:
    """The four fields of an estimate with its interval."""
    return {"estimate": estimate, "ci_low": low, "ci_high": high, "ci_level": ci_level}


def share_row(row: Row, count: int, people: int) -> Row:
    """Share of people with Wilson's interval; the counts alone under thirty people."""
    counted = {**row, "quantity": "proportion", "n": people, "numerator": count, "denominator": people,
               "method": "wilson"}  # fmt: skip
    if people < FEWEST:
        return no_number(counted, Status.TOO_FEW)
    found = wilson_limits(count, people)
    return counted | limits(count / people, found.low, found.high)


def mean_row(row: Row, values: Numbers, *, quantity: str = "mean") -> Row:
    """Mean with Student's interval from thirty people on, alone from ten on (method ``description``), else too_few."""
    people = len(values)
    named = {**row, "quantity": quantity, "n": people}
    if people < FEWEST_DESCRIBED:
        return no_number(named | {"method": "description"}, Status.TOO_FEW)
    mean = float(values.mean())
    if people < FEWEST:
        return named | {"estimate": mean, "method": "description"}
    half = float(stats.t.isf(0.025, people - 1)) * float(values.std(ddof=1)) / people**0.5
    return named | {"method": "student_t"} | limits(mean, mean - half, mean + half)


def difference_row(row: Row, one: Numbers, other: Numbers) -> Row:
    """Mean of ``one`` less mean of ``other`` with Welch's interval; too_few under thirty people on a side."""
    named = {**row, "quantity": "mean_difference", "n": len(one) + len(other), "method": "welch"}
    if min(len(one), len(other)) < FEWEST:
        return no_number(named, Status.TOO_FEW)
    return welch_row(one, other, str(row["measure"])) | named
