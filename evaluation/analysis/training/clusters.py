"""Shares and means of people who answered in groups: intervals that know that a session's people are alike."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from evaluation.core.errors import AnalysisError

Numbers = npt.NDArray[np.float64]
FEWEST_CLUSTERS = 5


@dataclass(frozen=True, slots=True)
class ClusteredMean:
    """A mean of people in clusters, its design-based interval and how much the clusters widen it.

    ``design_effect`` is the design-based variance over that of as many people drawn one by one; NaN where the
    values do not vary.
    """

    estimate: float
    low: float
    high: float
    n: int
    clusters: int
    design_effect: float


def clustered_proportion(
    values: Numbers, clusters: npt.ArrayLike, *, ci_level: float = 0.95
) -> ClusteredMean | None:
    """Share of ones among people in clusters, with Wilson's interval at the effective sample size.

    Linearised variance of the ratio of sums over m clusters: v = m / (m - 1) * sum(e_j^2) / n^2, where e_j is
    the cluster's sum of (value - share). Design effect d = v / (p (1 - p) / (n - 1)); the effective size
    n / d, at most n, is corrected by (z / t_{m-1})^2 for having estimated the variance from m clusters. None with
    fewer than five clusters.

    References
    ----------
    Kish (1965), Survey Sampling; Korn and Graubard (1998), Survey Methodology 24, 193-201 (the effective size);
    Franco, Little, Louis and Slud (2019), Journal of Survey Statistics and Methodology 7, 334-364 (Wilson's
    interval at that size).
    """
    share, variance, n, groups = _linearised(values, clusters)
    if groups < FEWEST_CLUSTERS:
        return None
    single = share * (1 - share) / (n - 1)
    effect = variance / single if single > 0 else math.nan
    shrink = (_z(ci_level) / float(stats.t.isf((1 - ci_level) / 2, groups - 1))) ** 2
    size = n / max(effect, 1.0) * shrink if single > 0 else groups * shrink
    low, high = _wilson(share, size, _z(ci_level))
    return ClusteredMean(share, low, high, n, groups, effect)


def clustered_mean(
    values: Numbers, clusters: npt.ArrayLike, *, ci_level: float = 0.95
) -> ClusteredMean | None:
    """Mean of people in clusters, with a t interval on m - 1 degrees of freedom from the linearised variance.

    None with fewer than five clusters.

    References
    ----------
    Cochran (1977), Sampling Techniques, 3rd ed., section 9A; Liang and Zeger (1986), Biometrika 73, 13-22, with
    the correction m / (m - 1).
    """
    mean, variance, n, groups = _linearised(values, clusters)
    if groups < FEWEST_CLUSTERS:
        return None
    half = float(stats.t.isf((1 - ci_level) / 2, groups - 1)) * math.sqrt(variance)
    single = float(np.var(np.asarray(values, dtype=float), ddof=1)) / n
    return ClusteredMean(
        mean, mean - half, mean + half, n, groups, variance / single if single > 0 else math.nan
    )


def _linearised(values: Numbers, clusters: npt.ArrayLike) -> tuple[float, float, int, int]:
    """Mean, design-based variance, people and clusters."""
    numbers = np.asarray(values, dtype=float)
    names, place = np.unique(np.asarray(clusters), return_inverse=True)
    if len(numbers) != len(place) or len(numbers) == 0 or np.isnan(numbers).any():
        raise AnalysisError("clusters: every person needs a value and a cluster; leave the others out first.")
    mean, n, groups = float(numbers.mean()), len(numbers), len(names)
    sums = np.bincount(place, weights=numbers - mean, minlength=groups)
    variance = groups / (groups - 1) * float((sums**2).sum()) / n**2 if groups > 1 else math.nan
    return mean, variance, n, groups


def _z(ci_level: float) -> float:
    return float(stats.norm.isf((1 - ci_level) / 2))


def _wilson(share: float, size: float, z: float) -> tuple[float, float]:
    """Wilson's limits for a share of a size that need not be whole."""
    middle, shrink = share + z * z / (2 * size), 1 + z * z / size
    half = z * math.sqrt(share * (1 - share) / size + z * z / (4 * size * size))
    return max((middle - half) / shrink, 0.0), min((middle + half) / shrink, 1.0)
