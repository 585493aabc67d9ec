"""Knowledge before and after in the same people: raw gain, effect sizes, ranks, and the unpaired answer beside."""

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy import optimize, stats

from evaluation.analysis.training.bootstrap import bca_limits, mean_of
from evaluation.core.errors import AnalysisError
from evaluation.core.provenance import Provenance
from evaluation.core.results import Result, make_table
from evaluation.core.status import Status

if TYPE_CHECKING:
    import pandas as pd

    from evaluation.analysis.training.scores import Scored

FEWEST = 10
FEWEST_BCA = 30
AGREEMENT = 1e-8
Numbers = npt.NDArray[np.float64]
Row = dict[str, object]


def compare_scores(
    scored: "Scored",
    *,
    provenance: Provenance,
    seed: int,
    group: str = "",
    level: str = "all",
    false_share: float = 0.0,
) -> Result:
    """Everything said of one group's scores before and after, a row an estimate; scores are shares, 0 to 1.

    ``pre``, ``post`` (means of linked people), ``gain`` (mean difference, Student's and BCa limits), ``d_av`` and
    ``d_rm`` (Hedges-corrected), ``rank_biserial`` (matched pairs), ``gain_linkage`` (limits that allow for wrong links), ``gain_unpaired`` (all who answered, Welch),
    ``linked_pre`` (score before of linked less unlinked people), ``normalised`` (gain of means over what was left
    to gain). Fewer than ten pairs, or ten on a side: too_few.
    """
    pairs = linked_scores(scored)
    pre, post = pairs["pre"].to_numpy(dtype=float), pairs["post"].to_numpy(dtype=float)
    people = scored.people
    before, after = (people.loc[people["occasion"] == name, "score"].to_numpy() for name in ("pre", "post"))
    alone = people.loc[(people["occasion"] == "pre") & ~people["link"].isin(pairs.index), "score"].to_numpy()
    rows = [
        mean_row(pre, "pre"), mean_row(post, "post"), mean_row(post - pre, "gain", quantity="mean_difference"),
        bca_row(post - pre, "gain_bca", seed=seed), hedges_row(pre, post, kind="av"),
        hedges_row(pre, post, kind="rm"), rank_row(pre, post), linkage_row(post - pre, false_share=false_share), welch_row(after, before, "gain_unpaired"),
        welch_row(pre, alone, "linked_pre"), normalised_row(pre, post),
    ]  # fmt: skip
    return Result(
        "training_gains", make_table([{**row, "group": group, "level": level} for row in rows]), provenance
    )


def linked_scores(scored: "Scored") -> "pd.DataFrame":
    """Scores before and after of linked people, a row a link."""
    people = scored.people[scored.people["link"] != ""]
    if people.duplicated(["link", "occasion"]).any():
        raise AnalysisError("links: one link stands on two sheets of one occasion; link the sheets again.")
    wide = people.pivot(index="link", columns="occasion", values="score").reindex(columns=["pre", "post"])
    return wide.dropna().sort_index()


def mean_row(values: Numbers, name: str, *, quantity: str = "mean", ci_level: float = 0.95) -> Row:
    """Mean with Student's interval, t on n - 1 degrees of freedom.

    References
    ----------
    Student (1908), Biometrika 6, 1-25.
    """
    row: Row = {"measure": name, "quantity": quantity, "n": len(values), "method": "student_t"}
    if len(values) < FEWEST:
        return {**row, "status": Status.TOO_FEW.value}
    error = float(values.std(ddof=1)) / math.sqrt(len(values))
    half = float(stats.t.isf((1 - ci_level) / 2, len(values) - 1)) * error
    mean = float(values.mean())
    if error > 0:
        library = stats.ttest_1samp(values, 0).confidence_interval(ci_level)
        _check((mean - half, mean + half), (float(library.low), float(library.high)), "Student's interval")
    return row | _number(mean, mean - half, mean + half)


def bca_row(values: Numbers, name: str, *, seed: int) -> Row:
    """The same mean difference with BCa limits, which do not suppose a normal shape."""
    row: Row = {"measure": name, "quantity": "mean_difference", "n": len(values), "method": "bca_bootstrap"}
    if len(values) < FEWEST_BCA:
        return {**row, "status": Status.TOO_FEW.value}
    return row | _number(float(values.mean()), *bca_limits(values, mean_of, seed=seed))


def linkage_row(values: Numbers, *, false_share: float) -> Row:
    """The mean gain with an interval that also holds what wrong links could have done to it.

    A wrong link puts somebody else's gain, between -1 and 1, in the place of a person's, so the mean of the people
    meant differs from the one seen by at most twice the share of wrong links; Student's limits are widened by that.
    """
    row = mean_row(values, "gain_linkage", quantity="mean_difference") | {"method": "student_t_linkage"}
    if row.get("status") == Status.TOO_FEW.value:
        return row
    low, high = (float(str(row[name])) for name in ("ci_low", "ci_high"))
    return row | {"ci_low": low - 2 * false_share, "ci_high": high + 2 * false_share}


def hedges_row(pre: Numbers, post: Numbers, *, kind: str, ci_level: float = 0.95) -> Row:
    """Paired effect size with Hedges' correction and a noncentral-t interval.

    ``av``: mean difference over sqrt((s1^2 + s2^2) / 2). ``rm``: over the deviation of differences divided by
    sqrt(2 (1 - r)), that is d_z sqrt(2 (1 - r)). Both are d_z times a factor; the limits are those of d_z = t /
    sqrt(n), from the noncentral t distribution on n - 1 degrees of freedom, times the factor. Correction J on n - 1
    degrees, exact by the gamma function. The factor is taken as known, which packages do alike.

    References
    ----------
    Lakens (2013), Frontiers in Psychology 4:863; Cumming (2012), Understanding The New Statistics, chapter 11;
    Hedges (1981), Journal of Educational Statistics 6, 107-128 (J). Other software uses 2 (n - 1) degrees for d_av.
    """
    row: Row = {
        "measure": f"d_{kind}",
        "quantity": f"hedges_g_{kind}",
        "n": len(pre),
        "method": "noncentral_t",
    }
    if len(pre) < FEWEST:
        return {**row, "status": Status.TOO_FEW.value}
    difference = post - pre
    spread, sides = float(difference.std(ddof=1)), (float(pre.var(ddof=1)), float(post.var(ddof=1)))
    if spread == 0 or 0 in sides:
        return {**row, "status": Status.UNDEFINED.value}
    d_z = float(difference.mean()) / spread
    correlation = float(np.corrcoef(pre, post)[0, 1])
    factor = (
        spread / math.sqrt(sum(sides) / 2) if kind == "av" else math.sqrt(max(2 * (1 - correlation), 0.0))
    )
    low, high = noncentral_limits(d_z * math.sqrt(len(pre)), len(pre) - 1, ci_level=ci_level)
    scale = hedges_factor(len(pre) - 1) * factor
    root = math.sqrt(len(pre))
    return row | _number(d_z * scale, low / root * scale, high / root * scale)


def hedges_factor(degrees: int) -> float:
    """Hedges' exact correction J = G(m / 2) / (sqrt(m / 2) G((m - 1) / 2)).

    >>> round(hedges_factor(9), 5)
    0.91387
    """
    return math.exp(math.lgamma(degrees / 2) - math.lgamma((degrees - 1) / 2)) / math.sqrt(degrees / 2)


def noncentral_limits(t: float, degrees: int, *, ci_level: float = 0.95) -> tuple[float, float]:
    """Limits of the noncentrality for which the observed t leaves half of 1 - ci_level on either side.

    References
    ----------
    Steiger and Fouladi (1997), in What If There Were No Significance Tests?, chapter 9.
    """
    tail = (1 - ci_level) / 2

    def place(share: float) -> float:
        def miss(centre: float) -> float:
            return float(stats.nct.cdf(t, degrees, centre)) - share

        width = 4.0 + abs(t) / 2
        low, high = t - width, t + width
        while miss(low) < 0:
            low -= width
        while miss(high) > 0:
            high += width
        return float(optimize.brentq(miss, low, high, xtol=1e-10))

    return place(1 - tail), place(tail)


def rank_row(pre: Numbers, post: Numbers, *, ci_level: float = 0.95) -> Row:
    """Matched-pairs rank-biserial correlation with the p value of Wilcoxon's signed-rank test.

    r = (R+ - R-) / (R+ + R-), ranks of absolute differences, zeros left out as Wilcoxon did. r is the mean sign of all
    sums d_i + d_j, a U statistic: with h_i = mean_j sign(d_i + d_j) its variance is 4 var(h) / n; the limits are taken
    on Fisher's z with the error 2 sd(h) / (sqrt(n) (1 - r^2)) and t on n - 1 degrees of freedom. The usual
    distribution-free error (that of the signed-rank sum without an effect) holds the truth in 86 to 91% of samples
    only, so it is not used.

    References
    ----------
    Kerby (2014), Comprehensive Psychology 3:1; Hoeffding (1948), Annals of Mathematical Statistics 19, 293-325.
    """
    difference = np.round(post - pre, 12)
    moved = difference[difference != 0]
    row: Row = {
        "measure": "rank_biserial",
        "quantity": "rank_biserial",
        "n": len(moved),
        "method": "wilcoxon",
    }
    if len(moved) < FEWEST:
        return {**row, "status": Status.TOO_FEW.value}
    ranks = stats.rankdata(np.abs(moved))
    estimate = float((ranks * np.sign(moved)).sum() / ranks.sum())
    n, ordered = len(moved), np.sort(moved)
    above = n - np.searchsorted(ordered, -moved, side="right")
    signs = (above - np.searchsorted(ordered, -moved, side="left")) / n
    inside = min(max(estimate, -1 + 1e-9), 1 - 1e-9)
    error = 2 * float(signs.std(ddof=1)) / (math.sqrt(n) * (1 - inside**2))
    z, half = math.atanh(inside), float(stats.t.isf((1 - ci_level) / 2, n - 1)) * error
    exact = n <= 25 and len(np.unique(np.abs(moved))) == n
    tested = stats.wilcoxon(moved, method="exact" if exact else "approx")
    return (
        row | _number(estimate, math.tanh(z - half), math.tanh(z + half)) | {"p_value": float(tested.pvalue)}
    )


def welch_row(one: Numbers, other: Numbers, name: str, *, ci_level: float = 0.95) -> Row:
    """Difference of two means of different people, Welch's interval.

    References
    ----------
    Welch (1947), Biometrika 34, 28-35.
    """
    size = min(len(one), len(other))
    row: Row = {"measure": name, "quantity": "mean_difference", "n": len(one) + len(other), "method": "welch"}
    if size < FEWEST:
        return {**row, "status": Status.TOO_FEW.value}
    parts = [float(side.var(ddof=1)) / len(side) for side in (one, other)]
    if sum(parts) == 0:
        return {**row, "status": Status.UNDEFINED.value}
    degrees = sum(parts) ** 2 / sum(
        part**2 / (len(side) - 1) for part, side in zip(parts, (one, other), strict=True)
    )
    half = float(stats.t.isf((1 - ci_level) / 2, degrees)) * math.sqrt(sum(parts))
    difference = float(one.mean() - other.mean())
    library = stats.ttest_ind(one, other, equal_var=False).confidence_interval(ci_level)
    _check(
        (difference - half, difference + half), (float(library.low), float(library.high)), "Welch's interval"
    )
    return row | _number(difference, difference - half, difference + half)


def normalised_row(pre: Numbers, post: Numbers, *, ci_level: float = 0.95) -> Row:
    """Gain of the means over what was left to gain: (post - pre) / (1 - pre); undefined at the ceiling.

    Never the mean of individual normalised gains, which a few people near the ceiling decide. With g the gain and
    L = 1 - pre of each person, the estimate is R = mean(g) / mean(L). The limits are Fieller's: the values of R for
    which the mean of g - R L differs from 0 by less than t on n - 1 degrees of freedom allows. Where mean(L) itself
    does not differ from 0 they would have no end: undefined.

    References
    ----------
    Hake (1998), American Journal of Physics 66, 64-74; Fieller (1954), JRSS B 16, 175-185.
    """
    row: Row = {"measure": "normalised", "quantity": "share", "n": len(pre), "method": "gain_of_means"}
    if len(pre) < FEWEST:
        return {**row, "status": Status.TOO_FEW.value}
    gain, left = post - pre, 1 - pre
    limits = fieller_limits(gain, left, ci_level=ci_level) if left.mean() > 0 else None
    if limits is None:
        return {**row, "status": Status.UNDEFINED.value}
    return row | _number(float(gain.mean() / left.mean()), *limits)


def fieller_limits(over: Numbers, under: Numbers, *, ci_level: float = 0.95) -> tuple[float, float] | None:
    """Fieller's limits of mean(over) / mean(under) of the same people; None where they have no end.

    The two roots of (b^2 - q v22) R^2 - 2 (a b - q v12) R + (a^2 - q v11), with the means a and b, the variances of
    the means v11 and v22, their covariance v12, and q the square of Student's quantile.

    >>> low, high = fieller_limits(np.array([1.0, 2, 3, 4, 5]), np.array([2.0, 2, 2, 2, 2]))
    >>> round(low, 4), round(high, 4)
    (0.5184, 2.4816)
    """
    size = len(over)
    (v11, v12), (_, v22) = np.cov(over, under, ddof=1) / size
    a, b = float(over.mean()), float(under.mean())
    q = float(stats.t.isf((1 - ci_level) / 2, size - 1)) ** 2
    square, middle, rest = b * b - q * v22, a * b - q * v12, a * a - q * v11
    if square <= 0:
        return None
    root = math.sqrt(max(middle * middle - square * rest, 0.0))
    return float((middle - root) / square), float((middle + root) / square)


def _number(estimate: float, low: float, high: float) -> Row:
    return {"estimate": estimate, "ci_low": low, "ci_high": high, "ci_level": 0.95}


def _check(ours: tuple[float, float], theirs: tuple[float, float], what: str) -> None:
    if any(abs(one - other) > AGREEMENT for one, other in zip(ours, theirs, strict=True)):
        raise AnalysisError(
            f"{what}: the library and the formula disagree; check the version of SciPy against the lock file."
        )
