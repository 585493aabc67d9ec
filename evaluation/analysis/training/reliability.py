"""How far a questionnaire's score can be relied on: KR-20, alpha, omega, floor and ceiling."""

import numpy as np
import numpy.typing as npt
from scipy import stats

from evaluation.analysis._engines import fit_one_factor
from evaluation.analysis.limits import wilson_limits
from evaluation.core.errors import AnalysisError
from evaluation.core.status import Status

FEWEST = 50
Numbers = npt.NDArray[np.float64]
Row = dict[str, object]


def reliability_rows(items: Numbers, *, level: str, period: str, ci_level: float = 0.95) -> list[Row]:
    """Alpha with Feldt's interval, omega total, floor and ceiling of complete 0/1 answers (people, items).

    For 0/1 items alpha is KR-20; both use variances over n (KR-20's convention) or over n - 1 alike, since the
    factor cancels. Fewer than fifty people: too_few. An item that everybody answers alike is left out of omega.

    References
    ----------
    Kuder and Richardson (1937), Psychometrika 2, 151-160; Cronbach (1951), Psychometrika 16, 297-334; Feldt
    (1965), Psychometrika 30, 357-370 (interval); McDonald (1999), Test Theory (omega of one factor).
    """
    people, number = items.shape
    base: Row = {"group": "form", "level": level, "period": period, "n": people}
    alpha: Row = {**base, "measure": "alpha", "quantity": "alpha", "method": "kr20_feldt"}
    omega: Row = {**base, "measure": "omega", "quantity": "omega", "method": "one_factor_omega"}
    if people < FEWEST:
        return [{**row, "status": Status.TOO_FEW.value} for row in (alpha, omega)]
    estimate = cronbach_alpha(items)
    if np.isnan(estimate):
        return [{**row, "status": Status.UNDEFINED.value} for row in (alpha, omega)]
    low, high = feldt_limits(estimate, people=people, items=number, ci_level=ci_level)
    alpha |= {"estimate": estimate, "ci_low": low, "ci_high": high, "ci_level": ci_level}
    varying = items[:, items.std(axis=0) > 0]
    omega |= (
        {"estimate": omega_total(varying)} if varying.shape[1] >= 3 else {"status": Status.UNDEFINED.value}
    )
    return [alpha, omega, *_ends(items, base)]


def cronbach_alpha(items: Numbers) -> float:
    """k / (k - 1) (1 - sum of item variances / variance of the total); NaN when the total does not vary.

    The total's variance is computed from the sums and from the covariance matrix; both must give the same alpha.

    >>> round(cronbach_alpha(np.array([[1., 1.], [0., 0.], [1., 0.], [0., 1.], [1., 1.]])), 4)
    0.2857
    """
    number = items.shape[1]
    total = float(items.sum(axis=1).var(ddof=1))
    if number < 2 or total == 0:
        return float("nan")
    centred = items - items.mean(axis=0)
    covariance = centred.T @ centred / (len(items) - 1)
    alpha = number / (number - 1) * (1 - float(np.trace(covariance)) / total)
    again = number / (number - 1) * (1 - float(np.trace(covariance)) / float(covariance.sum()))
    if abs(alpha - again) > 1e-8:
        raise AnalysisError(
            "alpha: two computations disagree; check the version of NumPy against the lock file."
        )
    return alpha


def feldt_limits(alpha: float, *, people: int, items: int, ci_level: float = 0.95) -> tuple[float, float]:
    """1 - (1 - alpha) F with F on n - 1 and (n - 1)(k - 1) degrees of freedom."""
    tail = (1 - ci_level) / 2
    degrees = (people - 1, (people - 1) * (items - 1))
    return (
        1 - (1 - alpha) * float(stats.f.isf(tail, *degrees)),
        1 - (1 - alpha) * float(stats.f.ppf(tail, *degrees)),
    )


def omega_total(items: Numbers) -> float:
    """(sum of loadings)^2 / ((sum of loadings)^2 + sum of unique variances), one factor of standardised items."""
    standard = (items - items.mean(axis=0)) / items.std(axis=0)
    loadings = fit_one_factor(standard).loadings
    common = float(loadings.sum()) ** 2
    return common / (common + float((1 - np.minimum(loadings**2, 1)).sum()))


def _ends(items: Numbers, base: Row) -> list[Row]:
    """Share of people with nothing right and with everything right."""
    right, people = items.sum(axis=1), len(items)
    ends = {"floor": int((right == 0).sum()), "ceiling": int((right == items.shape[1]).sum())}
    return [
        {**base, "measure": name, "quantity": "proportion", "method": "wilson"} | _share(count, people)
        for name, count in ends.items()
    ]


def _share(count: int, people: int) -> Row:
    limits = wilson_limits(count, people)
    found = {"numerator": count, "denominator": people, "estimate": count / people}
    return found | {"ci_low": limits.low, "ci_high": limits.high, "ci_level": 0.95}
