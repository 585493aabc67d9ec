"""One common factor by maximum likelihood, with its indices of fit; by its formula and by statsmodels, which must agree."""

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, stats

from evaluation.core.errors import AnalysisError

Numbers = npt.NDArray[np.float64]
LEAST_UNIQUE = 0.005
AGREEMENT = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class OneFactorFit:
    """Fit of one factor to the correlations: chi-square, its degrees, CFI, RMSEA (90% limits) and SRMR.

    ``proper`` is false where a unique variance falls to its edge: the indices then mean nothing.
    """

    loadings: Numbers
    chi2: float
    degrees: int
    p_value: float
    cfi: float
    rmsea: float
    rmsea_low: float
    rmsea_high: float
    srmr: float
    proper: bool


def fit_confirmatory(values: Numbers) -> OneFactorFit:
    """One factor by maximum likelihood on complete rows of four columns or more.

    F = log det S' + tr(R S'^-1) - log det R - p with S' = l l' + diag(u) is minimised; chi2 = N F on p (p - 3) / 2
    degrees; the null model has -N log det R on p (p - 1) / 2. CFI = 1 - max(chi2 - df, 0) / max(chi2_0 - df_0, chi2 -
    df, 0); RMSEA = sqrt(max(chi2 - df, 0) / (df N)), its limits from the noncentral chi-square; SRMR over p (p + 1) / 2
    residual correlations. Answers in five steps are taken as numbers, which makes chi2 too large when they are skewed.

    References
    ----------
    Jöreskog (1969), Psychometrika 34, 183-202; Bentler (1990), Psychological Bulletin 107, 238-246; Steiger (1990),
    Multivariate Behavioral Research 25, 173-180; Hu and Bentler (1999), Structural Equation Modeling 6, 1-55.
    """
    rows, columns = values.shape
    if columns < 4 or rows <= columns or np.any(values.std(axis=0) == 0):
        raise AnalysisError("one factor: four items that vary are needed, and more people than items.")
    observed = np.asarray(np.corrcoef(values.T), dtype=float)
    loadings, unique, lack = _minimise(observed)
    proper = bool(unique.min() > LEAST_UNIQUE * 1.01)
    if proper:
        _check(observed, rows, lack)
    degrees = columns * (columns - 3) // 2
    chi2 = rows * lack
    null = -rows * float(np.linalg.slogdet(observed)[1]) - columns * (columns - 1) / 2
    excess = max(chi2 - degrees, 0.0)
    low, high = ((_noncentral(chi2, degrees, share) / (degrees * rows)) ** 0.5 for share in (0.95, 0.05))
    apart = (observed - np.outer(loadings, loadings) - np.diag(unique))[np.tril_indices(columns)]
    return OneFactorFit(
        loadings=loadings,
        chi2=chi2,
        degrees=degrees,
        p_value=float(stats.chi2.sf(chi2, degrees)),
        cfi=1 - excess / max(null, excess) if max(null, excess) > 0 else 1.0,
        rmsea=(excess / (degrees * rows)) ** 0.5,
        rmsea_low=low,
        rmsea_high=high,
        srmr=float(np.mean(apart**2)) ** 0.5,
        proper=proper,
    )


def _minimise(observed: Numbers) -> tuple[Numbers, Numbers, float]:
    """Loadings, unique variances and the least F."""
    size = len(observed)
    constant = float(np.linalg.slogdet(observed)[1]) + size

    def lack(point: Numbers) -> float:
        implied = np.outer(point[:size], point[:size]) + np.diag(np.exp(point[size:]))
        trace = float(np.sum(observed * np.linalg.inv(implied)))
        return float(np.linalg.slogdet(implied)[1]) + trace - constant

    def slope(point: Numbers) -> Numbers:
        unique = np.exp(point[size:])
        implied = np.outer(point[:size], point[:size]) + np.diag(unique)
        inverse = np.linalg.inv(implied)
        steep = inverse @ (implied - observed) @ inverse
        return np.concatenate([2 * steep @ point[:size], np.diag(steep) * unique])

    first = np.linalg.eigh(observed)[1][:, -1]
    start = np.concatenate([first * np.sign(first.sum()) * 0.7 * size**0.5, np.full(size, np.log(0.5))])
    bounds = [(-3.0, 3.0)] * size + [(float(np.log(LEAST_UNIQUE)), 2.0)] * size
    found, least, _ = optimize.fmin_l_bfgs_b(lack, start, fprime=slope, bounds=bounds, factr=1, pgtol=1e-10)
    return np.asarray(found[:size]), np.asarray(np.exp(found[size:])), max(float(least), 0.0)


def _check(observed: Numbers, rows: int, lack: float) -> None:
    """The library's fit of the same model has the same discrepancy."""
    from statsmodels.multivariate.factor import Factor

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the comparison below decides
        theirs = Factor(corr=observed, n_factor=1, method="ml", nobs=rows).fit(maxiter=1000, tol=1e-10)
    implied = np.asarray(theirs.loadings) @ np.asarray(theirs.loadings).T + np.diag(
        np.asarray(theirs.uniqueness)
    )
    again = float(np.linalg.slogdet(implied)[1] - np.linalg.slogdet(observed)[1])
    again += float(np.trace(observed @ np.linalg.inv(implied))) - len(observed)
    if abs(again - lack) * rows > AGREEMENT:
        raise AnalysisError("one factor: formula and library disagree; check the version of statsmodels.")


def _noncentral(chi2: float, degrees: int, share: float) -> float:
    """The noncentrality at which the chi-square seen has that share below it, 0 where there is none."""
    if stats.chi2.cdf(chi2, degrees) <= share:
        return 0.0
    return float(
        optimize.brentq(
            lambda one: stats.ncx2.cdf(chi2, degrees, one) - share, 1e-12, 20 * chi2 + 200, xtol=1e-10
        )
    )
