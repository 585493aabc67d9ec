"""Intervals for whole columns of counts: chi-square and beta quantiles, each checked by the tails it must leave."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import stats

from evaluation.analysis.limits import wilson_limits
from evaluation.core.errors import AnalysisError

Array = npt.NDArray[np.float64]
TOLERANCE = 1e-6
MEDIAN_LEAST = 6
"""Five values or fewer leave no two-sided 95% interval of a median: 2 / 2**5 is above 0.05."""


def poisson_columns(
    low_events: Sequence[float], high_events: Sequence[float], *, ci_level: float = 0.95
) -> tuple[list[float], list[float]]:
    """Garwood's lower limits of the first counts and upper limits of the second.

    The second computation is the tail itself: P(X >= k | low) and P(X <= k | high) are half of 1 - ci_level.
    A count that is not a whole number from 0 up, or is missing, has no limits (NaN).

    References
    ----------
    Garwood (1936), Biometrika 28, 437-442.

    >>> low, high = poisson_columns([10], [10])
    >>> round(low[0], 3), round(high[0], 3)
    (4.795, 18.39)
    """
    tail = (1 - ci_level) / 2
    below, above = _whole(low_events), _whole(high_events)
    with np.errstate(all="ignore"):
        low = np.where(below > 0, stats.chi2.ppf(tail, 2 * below) / 2, np.where(below == 0, 0.0, np.nan))
        high = np.asarray(stats.chi2.isf(tail, 2 * above + 2)) / 2
        left = np.where(below > 0, stats.poisson.sf(below - 1, low), tail)
        right = np.asarray(stats.poisson.cdf(above, high))
    _check_tail(left[~np.isnan(below)], tail, "exact Poisson interval")
    _check_tail(right[~np.isnan(above)], tail, "exact Poisson interval")
    return low.tolist(), high.tolist()


def ratio_columns(
    later: Sequence[float], earlier: Sequence[float], *, ci_level: float = 0.95
) -> tuple[list[float], list[float]]:
    """Exact conditional limits of later / earlier for two counts over spans of the same length.

    Given their sum n, the later count is binomial with p = R / (1 + R); the Clopper-Pearson limits of p are
    turned back into R. The upper limit is infinite when the earlier count is 0.

    References
    ----------
    Przyborowski and Wilenski (1940), Biometrika 31, 313-323; Clopper and Pearson (1934), Biometrika 26, 404-413.
    """
    tail = (1 - ci_level) / 2
    k, rest = _whole(later), _whole(earlier)
    n = k + rest
    with np.errstate(all="ignore"):
        low = np.where(k > 0, stats.beta.ppf(tail, k, rest + 1), 0.0)
        high = np.where(rest > 0, stats.beta.isf(tail, k + 1, rest), 1.0)
        left = np.where((k > 0) & ~np.isnan(n), stats.binom.sf(k - 1, n, low), tail)
        right = np.where((rest > 0) & ~np.isnan(n), stats.binom.cdf(k, n, high), tail)
        _check_tail(left, tail, "exact conditional interval")
        _check_tail(right, tail, "exact conditional interval")
        return (low / (1 - low)).tolist(), (high / (1 - high)).tolist()


def newcombe_limits(
    later: tuple[int, int], earlier: tuple[int, int], *, ci_level: float = 0.95
) -> tuple[float, float]:
    """Newcombe's hybrid score limits of the difference of two proportions, later minus earlier.

    With Wilson limits (l, u) of each: d - sqrt((p2 - l2)^2 + (u1 - p1)^2) and d + sqrt((u2 - p2)^2 + (p1 - l1)^2).

    References
    ----------
    Newcombe (1998), Statistics in Medicine 17, 873-890, method 10.

    >>> low, high = newcombe_limits((56, 70), (48, 80))
    >>> round(low, 4), round(high, 4)
    (0.0524, 0.3339)
    """
    p2, p1 = later[0] / later[1], earlier[0] / earlier[1]
    two, one = wilson_limits(*later, ci_level=ci_level), wilson_limits(*earlier, ci_level=ci_level)
    low = p2 - p1 - np.hypot(p2 - two.low, one.high - p1)
    high = p2 - p1 + np.hypot(two.high - p2, p1 - one.low)
    return float(low), float(high)


def median_limits(values: Sequence[float], *, ci_level: float = 0.95) -> tuple[float, float] | None:
    """The order statistics between which the median lies; None for fewer than six values.

    The r-th smallest and r-th largest of n values, with the largest r for which 2 P(B < r) <= 1 - ci_level,
    B binomial (n, 1/2).

    References
    ----------
    Conover (1999), Practical Nonparametric Statistics, 3rd ed., section 3.2.

    >>> median_limits([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    (2.0, 9.0)
    """
    ordered = sorted(float(one) for one in values)
    if len(ordered) < MEDIAN_LEAST:
        return None
    place = int(stats.binom.ppf((1 - ci_level) / 2, len(ordered), 0.5))
    while place and 2 * stats.binom.cdf(place - 1, len(ordered), 0.5) > 1 - ci_level:
        place -= 1
    return (ordered[place - 1], ordered[-place]) if place else None


def _whole(counts: Sequence[float]) -> Array:
    numbers = np.asarray(counts, dtype=float)
    return np.where((numbers >= 0) & (numbers == np.floor(numbers)), numbers, np.nan)


def _check_tail(found: Array, tail: float, what: str) -> None:
    known = np.asarray(found, dtype=float)
    known = known[~np.isnan(known)]
    if np.any(np.abs(known - tail) > TOLERANCE):
        raise AnalysisError(
            f"{what}: the limits do not leave the tails they should; check the version of SciPy against the lock "
            "file before using the number."
        )
