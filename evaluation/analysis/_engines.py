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


@dataclass(frozen=True, slots=True)
class MixedGain:
    """A mean over groups that differ: its t interval and test against 0, and the two standard deviations."""

    mean: float
    low: float
    high: float
    p_value: float
    sd_between: float
    sd_within: float


def fit_mixed_gain(values: Numbers, groups: npt.NDArray[np.int64], *, ci_level: float = 0.95) -> MixedGain:
    """Random-intercept model by REML: value = mean + group + residual, with t limits on groups - 1 degrees.

    ``groups`` are numbered from 0. The restricted likelihood is maximised over r = s_b^2 / s_w^2 alone: group
    means have weights w_j = n_j / (1 + r n_j), the mean is their average, and s_w^2 = (within + sum w_j (mean_j -
    mean)^2) / (N - 1). statsmodels fits the same model; where groups differ at all, both must agree.

    References
    ----------
    Laird and Ware (1982), Biometrics 38, 963-974. Degrees of freedom: the number of groups less one, as for a
    mean of group means.
    """
    from scipy import optimize, stats

    sizes = np.bincount(groups).astype(float)
    means = np.bincount(groups, weights=values) / sizes
    inside = float(((values - means[groups]) ** 2).sum())

    def parts(ratio: float) -> tuple[float, float, float]:
        weights = sizes / (1 + ratio * sizes)
        mean = float((weights * means).sum() / weights.sum())
        within = (inside + float((weights * (means - mean) ** 2).sum())) / (len(values) - 1)
        return mean, within, float(weights.sum())

    def loss(ratio: float) -> float:
        _, within, weight = parts(ratio)
        return (len(values) - 1) * float(np.log(within)) + float(
            np.log1p(ratio * sizes).sum() + np.log(weight)
        )

    found = optimize.minimize_scalar(lambda root: loss(root * root), bounds=(0, 30), options={"xatol": 1e-10})
    ratio = found.x**2 if found.fun < loss(0.0) - 1e-9 else 0.0
    mean, within, weight = parts(ratio)
    error, degrees = (within / weight) ** 0.5, len(sizes) - 1
    if ratio > 0:
        _check_mixed(values, groups, mean=mean, between=(ratio * within) ** 0.5)
    half = float(stats.t.isf((1 - ci_level) / 2, degrees)) * error
    p_value = float(2 * stats.t.sf(abs(mean) / error, degrees))
    return MixedGain(mean, mean - half, mean + half, p_value, (ratio * within) ** 0.5, within**0.5)


def _check_mixed(values: Numbers, groups: npt.NDArray[np.int64], *, mean: float, between: float) -> None:
    """The library's fit of the same model agrees, to the tolerance of its optimiser."""
    import warnings

    from statsmodels.regression.mixed_linear_model import MixedLM

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # the library warns at a flat likelihood; the comparison below decides
        fitted = MixedLM(values, np.ones((len(values), 1)), groups=groups).fit(reml=True, method="powell")
    theirs = float(np.asarray(fitted.cov_re).reshape(-1)[0]) ** 0.5
    scale = float(fitted.scale) ** 0.5
    if abs(mean - float(fitted.fe_params[0])) > 1e-3 * scale or abs(between - theirs) > 1e-2 * scale:
        raise AnalysisError(
            "mixed model: the library and the formula disagree; check the version of statsmodels against the "
            "lock file."
        )


def holm(p_values: list[float]) -> list[float]:
    """Holm's adjusted p-values, in the order given."""
    from statsmodels.stats.multitest import multipletests

    return [float(one) for one in multipletests(p_values, method="holm")[1]] if p_values else []
