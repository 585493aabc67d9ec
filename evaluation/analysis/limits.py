"""Exact Poisson, exact binomial and Wilson limits, each computed by SciPy and by its formula."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import stats

from evaluation.core.errors import AnalysisError

AGREEMENT = 1e-8


@dataclass(frozen=True, slots=True)
class Limits:
    """Lower and upper limit of an interval."""

    low: float
    high: float


def poisson_limits(events: int, *, ci_level: float = 0.95) -> Limits:
    """Exact Poisson limits: chi-square quantiles, and the roots of the two tail equations.

    Chi-square: low = q(a/2; 2k) / 2, high = q(1 - a/2; 2k + 2) / 2. Tails: P(X >= k | low) = a/2 and
    P(X <= k | high) = a/2. Both must agree.
    """
    tail = _half_alpha(ci_level)
    _check_count(events)
    library = Limits(
        float(stats.chi2.ppf(tail, 2 * events) / 2) if events else 0.0,
        float(stats.chi2.isf(tail, 2 * events + 2) / 2),
    )
    wide = events + 20 * math.sqrt(events + 1) + 50
    formula = Limits(
        _root(lambda rate: 1 - _poisson_cdf(events - 1, rate) - tail, 0.0, float(events)) if events else 0.0,
        _root(lambda rate: tail - _poisson_cdf(events, rate), float(events), wide),
    )
    return _agreed(library, formula, what="exact Poisson interval")


def clopper_pearson_limits(successes: int, trials: int, *, ci_level: float = 0.95) -> Limits:
    """Exact binomial limits: beta quantiles, and the roots of the two tail equations."""
    tail = _half_alpha(ci_level)
    _check_part(successes, trials)
    rest = trials - successes
    library = Limits(
        float(stats.beta.ppf(tail, successes, rest + 1)) if successes else 0.0,
        float(stats.beta.isf(tail, successes + 1, rest)) if rest else 1.0,
    )
    formula = Limits(
        _root(lambda p: 1 - _binomial_cdf(successes - 1, trials, p) - tail, 0.0, 1.0) if successes else 0.0,
        _root(lambda p: tail - _binomial_cdf(successes, trials, p), 0.0, 1.0) if rest else 1.0,
    )
    return _agreed(library, formula, what="exact binomial interval")


def wilson_limits(successes: int, trials: int, *, ci_level: float = 0.95) -> Limits:
    """Wilson limits: SciPy, and (p + z2/2n -/+ z sqrt(p(1-p)/n + z2/4n2)) / (1 + z2/n), z2 = z squared."""
    tail = _half_alpha(ci_level)
    _check_part(successes, trials)
    found = stats.binomtest(successes, trials).proportion_ci(confidence_level=ci_level, method="wilson")
    share, z = successes / trials, -float(stats.norm.ppf(tail))
    middle, shrink = share + z * z / (2 * trials), 1 + z * z / trials
    half = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    formula = Limits((middle - half) / shrink, (middle + half) / shrink)
    return _agreed(Limits(float(found.low), float(found.high)), formula, what="Wilson interval")


def _agreed(library: Limits, formula: Limits, *, what: str) -> Limits:
    for one, other in ((library.low, formula.low), (library.high, formula.high)):
        if not abs(one - other) <= AGREEMENT * max(1.0, abs(other)):
            raise AnalysisError(
                f"{what}: library and formula differ by more than {AGREEMENT:g}; "
                "check the version of SciPy against the lock file before using the number."
            )
    return library


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    """The zero of an increasing function between two points, by halving down to the last bit."""
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if function(middle) < 0 else (low, middle)
    return (low + high) / 2


def _poisson_cdf(events: int, rate: float) -> float:
    if rate == 0 or events < 0:
        return 1.0 if events >= 0 else 0.0
    k = np.arange(events + 1)
    return float(np.sum(np.exp(k * math.log(rate) - rate - _log_factorials(events))))


def _binomial_cdf(successes: int, trials: int, p: float) -> float:
    if successes < 0 or p in (0.0, 1.0):
        return 1.0 if successes >= 0 and (p == 0 or successes >= trials) else 0.0
    k, factorials = np.arange(successes + 1), _log_factorials(trials)
    ways = factorials[trials] - factorials[k] - factorials[trials - k]
    return float(np.sum(np.exp(ways + k * math.log(p) + (trials - k) * math.log1p(-p))))


@lru_cache(maxsize=8)
def _log_factorials(last: int) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return np.concatenate(([0.0], np.cumsum(np.log(np.arange(1, last + 1)))))


def _half_alpha(ci_level: float) -> float:
    if not 0.5 <= ci_level < 1:
        raise AnalysisError("ci_level: not between 0.5 and 1; give the level as a share, such as 0.95.")
    return (1 - ci_level) / 2


def _check_count(events: int) -> None:
    if events < 0 or events != int(events):
        raise AnalysisError("events: not a whole number from 0 up; give the count itself, not a rate.")


def _check_part(successes: int, trials: int) -> None:
    if trials < 1 or not 0 <= successes <= trials or successes != int(successes) or trials != int(trials):
        raise AnalysisError(
            "proportion: the numerator must be a whole number from 0 to the denominator; check both."
        )
