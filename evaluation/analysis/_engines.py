"""The one door to third-party statistics: their results are turned into plain numbers here and nowhere else."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evaluation.core.errors import AnalysisError

Numbers = npt.NDArray[np.float64]
FEWEST_VARIABLES = 3


@dataclass(frozen=True, slots=True, eq=False)
class OneFactor:
    """Scores of the rows on one common factor, the loadings, and the mean share of variance they explain."""

    scores: Numbers
    loadings: Numbers
    explained: float


def fit_one_factor(values: Numbers) -> OneFactor:
    """One-factor model of standardised columns by principal axes, with regression scores.

    Rows are complete. The sign is chosen so that the loadings add to a positive number. With fewer than
    three columns the model has no single solution and is refused.

    References
    ----------
    Harman (1976), Modern Factor Analysis, 3rd ed.; Thurstone's regression scores.
    """
    from statsmodels.multivariate.factor import Factor

    rows, columns = values.shape
    if columns < FEWEST_VARIABLES or rows <= columns:
        raise AnalysisError("one factor: three components and more counties than components are needed.")
    if np.any(values.std(axis=0) == 0):
        raise AnalysisError("one factor: a component is the same everywhere; leave it out.")
    fitted = Factor(endog=values, n_factor=1, method="pa", smc=True).fit()
    loadings = np.asarray(fitted.loadings, dtype=float).reshape(-1)
    scores = np.asarray(fitted.factor_scoring(method="regression"), dtype=float).reshape(-1)
    sign = 1.0 if loadings.sum() >= 0 else -1.0
    return OneFactor(scores * sign, loadings * sign, float(np.mean(loadings**2)))


def rank_correlation(one: Numbers, other: Numbers, *, kind: str) -> float:
    """Spearman's rho or Kendall's tau-b of two complete columns."""
    from scipy import stats

    if kind == "kendall":
        return float(stats.kendalltau(one, other).statistic)
    return float(np.corrcoef(stats.rankdata(one), stats.rankdata(other))[0, 1])
