"""How far a questionnaire's score can be relied on: KR-20, alpha, omega, floor and ceiling."""

import numpy as np
import numpy.typing as npt
from scipy import stats

from evaluation.analysis._engines import fit_one_factor
from evaluation.analysis.limits import wilson_limits
from evaluation.core.errors import AnalysisError
from evaluation.core.status import Status

FEWEST, FEWEST_OMEGA = 50, 100
DRAWS, BLOCK, ROUNDS = 1000, 2_000_000, 50
"""Samples for the limits of omega; most weights drawn at once; rounds of principal axes, as statsmodels has."""
Numbers = npt.NDArray[np.float64]
Row = dict[str, object]


def reliability_rows(
    items: Numbers, *, level: str, period: str, seed: int = 1, ci_level: float = 0.95
) -> list[Row]:
    """Alpha with Feldt's interval, omega total with a bootstrap one, floor and ceiling of complete 0/1 answers.

    ``items`` has a row a person and a column an item.

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
    if varying.shape[1] < 3:
        return [alpha, {**omega, "status": Status.UNDEFINED.value}, *_ends(items, base)]
    omega |= omega_fields(varying, seed=seed, ci_level=ci_level)
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


def omega_fields(items: Numbers, *, seed: int, ci_level: float = 0.95) -> Row:
    """Omega, with its limits from a hundred people on: with sixty they held the truth in 92 of 100 samples only."""
    found: Row = {"estimate": omega_total(items)}
    if len(items) < FEWEST_OMEGA:
        return found
    low, high = omega_limits(items, seed=seed, ci_level=ci_level)
    return found | {"ci_low": low, "ci_high": high, "ci_level": ci_level}


def omega_limits(
    items: Numbers, *, seed: int, draws: int = DRAWS, ci_level: float = 0.95
) -> tuple[float, float]:
    """Bias-corrected percentile limits of omega over people drawn again.

    Draws in which an item does not vary are left out. Bias z0 is the normal point of the share of draws below the
    estimate; the limits are the draws' quantiles at the shares of 2 z0 plus and minus z.

    References
    ----------
    Kelley and Pornprasertmanit (2016), Psychological Methods 21, 69-92 (bootstrap limits for omega); Efron (1987),
    JASA 82, 171-185 (bias correction).
    """
    people = len(items)
    generator = np.random.default_rng(seed)
    step = max(1, BLOCK // people)
    found: list[Numbers] = []
    for start in range(0, draws, step):
        weights = generator.multinomial(people, np.full(people, 1 / people), size=min(step, draws - start))
        means = weights @ items / people
        cross = np.stack([(items * one[:, None]).T @ items for one in weights]) / people
        covariance = cross - means[:, :, None] * means[:, None, :]
        spread = np.sqrt(np.clip(np.diagonal(covariance, axis1=1, axis2=2), 0, None))
        kept = (spread > 1e-12).all(axis=1)
        found.append(omega_of(covariance[kept] / (spread[kept, :, None] * spread[kept, None, :])))
    drawn, estimate = np.concatenate(found), float(omega_of(np.corrcoef(items, rowvar=False)[None])[0])
    below = min(max(float(np.mean(drawn < estimate)), 0.5 / len(drawn)), 1 - 0.5 / len(drawn))
    ends = stats.norm.ppf([(1 - ci_level) / 2, (1 + ci_level) / 2])
    low, high = np.quantile(drawn, stats.norm.cdf(2 * stats.norm.ppf(below) + ends))
    return float(low), float(high)


def omega_of(correlations: Numbers) -> Numbers:
    """Omega of one factor by principal axes for many correlation matrices at once, as ``omega_total`` for one.

    Communalities start from squared multiple correlations and are taken again from the first axis until they stay.
    """
    place = np.arange(correlations.shape[1])
    shared = 1 - 1 / np.diagonal(np.linalg.pinv(correlations), axis1=1, axis2=2)
    loadings = np.zeros_like(shared)
    for _ in range(ROUNDS):
        reduced = correlations.copy()
        reduced[:, place, place] = shared
        values, vectors = np.linalg.eigh(reduced)
        loadings = vectors[:, :, -1] * np.sqrt(np.clip(values[:, -1], 0, None))[:, None]
        again = loadings**2
        if float(np.abs(again - shared).max(initial=0.0)) < 1e-8:
            break
        shared = again
    common = loadings.sum(axis=1) ** 2
    return np.asarray(common / (common + (1 - np.minimum(loadings**2, 1)).sum(axis=1)))


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
