"""BCa bootstrap intervals of a statistic of rows, drawn in one block of random numbers."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy import stats

from evaluation.core.errors import AnalysisError

Numbers = npt.NDArray[np.float64]
DRAWS = 5000
BLOCK = 2_000_000
"""Most numbers drawn at once, so that a national file does not fill the memory."""


def bca_limits(
    rows: Numbers,
    statistic: Callable[[Numbers], Numbers],
    *,
    seed: int,
    draws: int = DRAWS,
    ci_level: float = 0.95,
) -> tuple[float, float]:
    """Bias-corrected and accelerated limits of a statistic of people drawn with replacement.

    ``rows`` has a row a person (a column or several). ``statistic`` takes samples stacked in front, (draws, people)
    or (draws, people, columns), and gives a value a sample. Bias z0 from the share of draws below the estimate
    (ties half), acceleration from the jackknife.

    References
    ----------
    Efron (1987), JASA 82, 171-185; Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 14.
    """
    people = len(rows)
    if people < 2:
        raise AnalysisError("bootstrap: two people at least are needed.")
    estimate = float(statistic(rows[None])[0])
    generator = np.random.default_rng(seed)
    step = max(1, BLOCK // people)
    drawn = np.concatenate(
        [
            statistic(rows[generator.integers(people, size=(min(step, draws - start), people))])
            for start in range(0, draws, step)
        ]
    )
    below = (np.count_nonzero(drawn < estimate) + np.count_nonzero(drawn == estimate) / 2) / draws
    if not 0 < below < 1:
        return estimate, estimate
    bias = float(stats.norm.ppf(below))
    bend = _acceleration(rows, statistic)
    ends = np.array([(1 - ci_level) / 2, (1 + ci_level) / 2])
    shifted = bias + stats.norm.ppf(ends)
    places = stats.norm.cdf(bias + shifted / (1 - bend * shifted))
    low, high = np.quantile(drawn, places)
    return float(low), float(high)


def mean_of(samples: Numbers) -> Numbers:
    """The mean of every sample of (draws, people)."""
    return np.asarray(samples.mean(axis=1))


def _acceleration(rows: Numbers, statistic: Callable[[Numbers], Numbers]) -> float:
    """Skewness of the jackknife values over six; from 1,000 people on of groups left out together."""
    groups = np.array_split(np.arange(len(rows)), min(len(rows), 1000))
    left = np.array([float(statistic(np.delete(rows, one, axis=0)[None])[0]) for one in groups])
    apart = left.mean() - left
    spread = float((apart**2).sum())
    return float((apart**3).sum()) / (6 * spread**1.5) if spread > 0 else 0.0
