"""Models of repeated answers: GEE, random intercept, logistic; each by its formula and by statsmodels, which must agree."""

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, stats

from evaluation.core.errors import AnalysisError

SEPARATED = 30.0
"""Log odds that no number of people can show: they grow without end where 0 and 1 are separated."""
Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
FEW_PEOPLE = 50
"""Fewer people than this: bias-reduced covariance."""


@dataclass(frozen=True, slots=True, eq=False)
class Coefficients:
    """Coefficients with their covariance, the degrees of freedom of their t intervals, and people.

    ``influence`` has a row a person: what each adds to the coefficients' deviations (GEE only, else empty).
    ``correlation`` is the working correlation of a GEE or, for a mixed model, the intraclass correlation.
    """

    values: Numbers
    covariance: Numbers
    degrees: float
    people: int
    correlation: float
    influence: Numbers

    def row(self, place: int, *, ci_level: float = 0.95) -> dict[str, object]:
        """Estimate, t limits and p value of one coefficient, as fields of a result."""
        estimate, error = float(self.values[place]), float(self.covariance[place, place]) ** 0.5
        half = float(stats.t.isf((1 - ci_level) / 2, self.degrees)) * error
        found: dict[str, object] = {
            "estimate": estimate,
            "ci_low": estimate - half,
            "ci_high": estimate + half,
        }
        p_value = float(2 * stats.t.sf(abs(estimate) / error, self.degrees)) if error > 0 else float("nan")
        return found | {"ci_level": ci_level, "p_value": p_value}


def fit_gee(
    values: Numbers, design: Numbers, people: Places, *, weights: Numbers | None = None
) -> Coefficients:
    """GEE of a measured outcome, robust; ``people`` are numbered from 0, and t has people - columns degrees.

    Exchangeable working correlation; with weights independence, because with unequal weights another one may bias
    (Tchetgen Tchetgen, Glymour, Weuve and Robins 2012, Epidemiology 23, 644-646). The formula and statsmodels agree to
    1e-6 of an error, or the build stops.

    References
    ----------
    Liang and Zeger (1986), Biometrika 73, 13-22; Mancl and DeRouen (2001), Biometrics 57, 126-134 (bias-reduced, under
    fifty people).
    """
    from statsmodels.genmod.cov_struct import Exchangeable, Independence
    from statsmodels.genmod.generalized_estimating_equations import GEE

    found = gee_formula(values, design, people, weights=weights)
    structure = Independence() if weights is not None else Exchangeable()
    reduced = weights is None and found.people < FEW_PEOPLE  # the library reduces no bias with weights
    kind = "bias_reduced" if reduced else "robust"
    compared = found if reduced else gee_formula(values, design, people, weights=weights, reduced=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the comparison below decides
        model = GEE(values, design, groups=people, cov_struct=structure, weights=weights)
        theirs = model.fit(cov_type=kind, ctol=1e-10, maxiter=200)
    _agree(compared, np.asarray(theirs.params), np.asarray(theirs.cov_params()), what="GEE", tolerance=1e-6)
    return found


def gee_formula(
    values: Numbers,
    design: Numbers,
    people: Places,
    *,
    weights: Numbers | None = None,
    correlation: float | None = None,
    reduced: bool | None = None,
) -> Coefficients:
    """The same GEE by its formula alone; ``correlation`` holds the working correlation fixed.

    ``reduced`` decides whether the covariance is bias-reduced; by default under fifty people.

    b = (sum X'V^-1 X)^-1 sum X'V^-1 y with V = (1 - a) I + a J, whose inverse is (I - a / (1 + (n - 1) a) J) / (1 - a);
    a = mean product of the residuals of a person's pairs over their variance, with N - p and pairs - p; covariance
    B^-1 (sum u u') B^-1, u = X'V^-1 r, with (I - H)^-1 r for r when the bias is reduced, H = X B^-1 X'V^-1.
    """
    sizes = np.bincount(people).astype(float)
    clusters = _Clusters(design, people, sizes, np.ones(len(values)) if weights is None else weights)
    fixed = 0.0 if weights is not None else correlation
    alpha = 0.0 if fixed is None else fixed
    for _ in range(200):
        bread, beta = clusters.step(values, alpha)
        again = clusters.correlation(values - design @ beta) if fixed is None else alpha
        if abs(again - alpha) < 1e-13:
            break
        alpha = again
    residuals = values - design @ beta
    number = len(sizes)
    if number < FEW_PEOPLE if reduced is None else reduced:
        residuals = clusters.widen(residuals, alpha, bread)
    influence = clusters.solve(residuals, alpha) @ np.linalg.inv(bread).T
    return Coefficients(beta, influence.T @ influence, number - design.shape[1], number, alpha, influence)


@dataclass(frozen=True, slots=True, eq=False)
class _Clusters:
    """Rows of people: what a working correlation of ``alpha`` makes of them, up to a factor that cancels."""

    design: Numbers
    people: Places
    sizes: Numbers
    weight: Numbers

    def solve(self, column: Numbers, alpha: float) -> Numbers:
        """X'V^-1 W c of every person."""
        direct = _sums(self.design * (self.weight * column)[:, None], self.people, len(self.sizes))
        if alpha == 0:
            return direct
        shrink = alpha / (1 + (self.sizes - 1) * alpha)
        totals = np.bincount(self.people, weights=column)
        return direct - _sums(self.design, self.people, len(self.sizes)) * (shrink * totals)[:, None]

    def step(self, values: Numbers, alpha: float) -> tuple[Numbers, Numbers]:
        """B and the coefficients."""
        columns = range(self.design.shape[1])
        bread = np.column_stack([self.solve(self.design[:, one], alpha).sum(axis=0) for one in columns])
        return bread, np.linalg.solve(bread, self.solve(values, alpha).sum(axis=0))

    def correlation(self, residuals: Numbers) -> float:
        """Moment estimate of the working correlation, kept where V is positive definite."""
        columns = self.design.shape[1]
        totals = np.bincount(self.people, weights=residuals)
        squares = np.bincount(self.people, weights=residuals**2)
        pairs = float((self.sizes * (self.sizes - 1) / 2).sum())
        if pairs <= columns:
            return 0.0
        scale = float(squares.sum()) / (len(residuals) - columns)
        found = float(((totals**2 - squares) / 2).sum()) / (pairs - columns) / scale
        return float(min(max(found, -0.99 / max(float(self.sizes.max()) - 1, 1)), 0.999))

    def widen(self, residuals: Numbers, alpha: float, bread: Numbers) -> Numbers:
        """(I - H)^-1 r of every person."""
        found = residuals.copy()
        inverse = np.linalg.inv(bread)
        for one in range(len(self.sizes)):
            mine = self.people == one
            rows, number = self.design[mine], int(self.sizes[one])
            solve = np.eye(number) - alpha / (1 + (number - 1) * alpha)
            leverage = rows @ inverse @ rows.T @ (solve * self.weight[mine])
            found[mine] = np.linalg.solve(np.eye(number) - leverage, residuals[mine])
        return found


def _sums(columns: Numbers, people: Places, number: int) -> Numbers:
    """Column sums of every person."""
    return np.column_stack([np.bincount(people, weights=one, minlength=number) for one in columns.T])


def fit_mixed_change(values: Numbers, design: Numbers, people: Places, *, within: int) -> Coefficients:
    """Random intercept a person, REML; ``within`` is how many columns vary inside people.

    t has N - people - within degrees, as in the inner-outer rule (Pinheiro and Bates 2000, Mixed-Effects Models in S
    and S-PLUS, section 2.4.2). Formula and statsmodels agree in the coefficients and the ratio of variances to 1e-3, the
    tolerance of its optimiser, which starts well off the formula's variance. The error is that of X'V^-1 X, as in lme4;
    statsmodels' own comes from the whole information matrix and is a few thousandths larger.

    References
    ----------
    Laird and Ware (1982), Biometrics 38, 963-974.
    """
    found = mixed_formula(values, design, people, within=within)
    if found.correlation > 1e-4:  # at a variance of nothing the library's optimiser stops short of the edge
        from statsmodels.regression.mixed_linear_model import MixedLM, MixedLMParams

        ratio = found.correlation / (1 - found.correlation)
        off = MixedLMParams.from_components(fe_params=found.values, cov_re=np.array([[1.5 * ratio]]))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the comparison below decides
            model = MixedLM(values, design, groups=people)
            theirs = model.fit(reml=True, start_params=off, method="bfgs", gtol=1e-8)
        their_ratio = float(np.asarray(theirs.cov_re)[0, 0]) / float(theirs.scale)
        covariance = found.covariance * (their_ratio / ratio)
        _agree(found, np.asarray(theirs.fe_params), covariance, what="mixed model", tolerance=1e-3)
    return found


def mixed_formula(values: Numbers, design: Numbers, people: Places, *, within: int) -> Coefficients:
    """The same model by the restricted likelihood over r = s_b^2 / s_w^2 alone.

    V = I + r J a person, V^-1 = I - r / (1 + n r) J; the loss is (N - p) log s^2 + sum log(1 + n r) +
    log det X'V^-1 X with s^2 = e'V^-1 e / (N - p).
    """
    sizes = np.bincount(people).astype(float)
    number, columns = design.shape
    sum_x, sum_y = _sums(design, people, len(sizes)), np.bincount(people, weights=values)
    cross, moment, square = design.T @ design, design.T @ values, float(values @ values)

    def parts(ratio: float) -> tuple[Numbers, Numbers, float]:
        shrink = ratio / (1 + sizes * ratio)
        bread = cross - (sum_x * shrink[:, None]).T @ sum_x
        right = moment - sum_x.T @ (shrink * sum_y)
        beta = np.linalg.solve(bread, right)
        rest = square - float((shrink * sum_y**2).sum()) - float(beta @ right)
        return bread, np.asarray(beta, dtype=float), float(rest) / (number - columns)

    def loss(root: float) -> float:
        bread, _, variance = parts(root * root)
        edge = float(np.log1p(sizes * root * root).sum())
        return float((number - columns) * np.log(variance) + edge + np.linalg.slogdet(bread)[1])

    best = optimize.minimize_scalar(loss, bounds=(0, 30), method="bounded", options={"xatol": 1e-9})
    ratio = best.x**2 if best.fun < loss(0.0) - 1e-9 else 0.0
    bread, beta, variance = parts(ratio)
    degrees = number - len(sizes) - within
    covariance = np.asarray(variance * np.linalg.inv(bread), dtype=float)
    return Coefficients(beta, covariance, degrees, len(sizes), ratio / (1 + ratio), np.empty((0, columns)))


def fit_logit(answers: Numbers, design: Numbers) -> Numbers:
    """Predicted probabilities of a logistic model; refused where 0 and 1 are separated.

    Newton's steps and statsmodels agree to 1e-8 in every probability.

    References
    ----------
    McCullagh and Nelder (1989), Generalized Linear Models, 2nd ed., chapter 4; Albert and Anderson (1984), Biometrika
    71, 1-10 (separation).
    """
    from statsmodels.discrete.discrete_model import Logit

    beta = np.zeros(design.shape[1])
    for _ in range(60):
        chance = 1 / (1 + np.exp(-np.clip(design @ beta, -40, 40)))
        information = (design * (chance * (1 - chance))[:, None]).T @ design
        if np.linalg.cond(information) > 1e14:
            raise AnalysisError(
                "logistic model: answers and silence are separated, or a column repeats others."
            )
        step = np.linalg.solve(information, design.T @ (answers - chance))
        beta = beta + step
        if float(np.abs(step).max()) < 1e-12:
            break
    if float(np.abs(design @ beta).max()) > SEPARATED:
        raise AnalysisError("logistic model: answers and silence are separated; use fewer columns.")
    chance = 1 / (1 + np.exp(-(design @ beta)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the comparison below decides
        theirs = Logit(answers, design).fit(disp=0, method="newton", tol=1e-12, maxiter=100)
    if float(np.abs(np.asarray(theirs.predict(design)) - chance).max()) > 1e-8:
        raise AnalysisError("logistic model: formula and library disagree; check the version of statsmodels.")
    return np.asarray(chance)


def _agree(found: Coefficients, values: Numbers, covariance: Numbers, *, what: str, tolerance: float) -> None:
    errors = np.sqrt(np.diag(found.covariance))
    apart = np.abs(found.values - values) / errors
    spread = np.abs(np.sqrt(np.diag(covariance)) / errors - 1)
    if float(max(apart.max(), spread.max())) > tolerance:
        raise AnalysisError(
            f"{what}: the library and the formula disagree; check the version of statsmodels against the lock file."
        )
