"""Gains over many sessions: the mean of all, how far sessions differ, and a fair reading of several audiences."""

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy import optimize, stats

from evaluation.analysis._engines import MixedGain, fit_mixed_gain, holm
from evaluation.analysis.training.clusters import FEWEST_CLUSTERS, clustered_mean
from evaluation.core.errors import AnalysisError
from evaluation.core.provenance import Provenance
from evaluation.core.results import Result, make_table
from evaluation.core.status import Status

if TYPE_CHECKING:
    import pandas as pd

FEWEST_PEOPLE = 50
Row = dict[str, object]


def compare_sessions(pairs: "pd.DataFrame", *, provenance: Provenance) -> Result:
    """Mean gain over all sessions of each audience, its interval, and how far the sessions differ.

    ``pairs`` has a row a linked person: audience, session, gain (score after minus before, 0 to 1). For each
    audience and for all together: ``mean_difference`` of a model with a random intercept a session (REML) and of
    cluster-robust averaging, side by side; ``sd_between`` (standard deviation between sessions, limits
    of the ratio times the deviation within) and ``icc`` (between over total variance), both from Wald's exact
    limits of the ratio of the two variances. Audiences are tested
    against no gain with Holm's correction (``p_adjusted``). Fewer than five sessions or fifty people: too_few.

    References
    ----------
    Laird and Ware (1982), Biometrics 38, 963-974; Holm (1979), Scandinavian Journal of Statistics 6, 65-70.
    """
    if pairs[["audience", "session", "gain"]].isna().any().any():
        raise AnalysisError(
            "pairs: audience, session and gain are needed for every person; leave out the rest."
        )
    ordered = pairs.sort_values(["audience", "session", "gain"], kind="stable")
    parts = [(str(name), part) for name, part in ordered.groupby("audience", sort=True)]
    rows = [row for name, part in parts for row in _rows_of(part, level=name)]
    tested = [row for row in rows if row["quantity"] == "mean_difference" and "p_value" in row]
    for row, adjusted in zip(tested, holm([float(str(row["p_value"])) for row in tested]), strict=True):
        row["p_adjusted"] = adjusted
    rows += _rows_of(ordered, level="all")
    return Result("training_sessions", make_table(rows), provenance)


def _rows_of(part: "pd.DataFrame", *, level: str) -> list[Row]:
    gains = part["gain"].to_numpy(dtype=float)
    place = np.unique(part["session"].to_numpy(dtype=str), return_inverse=True)[1]
    sessions = int(place.max()) + 1
    base: Row = {"group": "audience", "level": level, "n": len(gains), "denominator": sessions}
    model: Row = {**base, "measure": "gain", "quantity": "mean_difference", "method": "mixed_model_reml"}
    robust: Row = {
        **base,
        "measure": "gain_robust",
        "quantity": "mean_difference",
        "method": "cluster_robust",
    }
    spread: Row = {**base, "measure": "between", "quantity": "sd_between", "method": "mixed_model_reml"}
    share: Row = {**base, "measure": "between", "quantity": "icc", "method": "mixed_model_reml"}
    if sessions < FEWEST_CLUSTERS or len(gains) < FEWEST_PEOPLE:
        return [{**row, "status": Status.TOO_FEW.value} for row in (model, robust, spread, share)]
    if float(np.ptp(gains)) == 0:
        return [{**row, "status": Status.UNDEFINED.value} for row in (model, robust, spread, share)]
    fitted = fit_mixed_gain(gains, place)
    averaged = clustered_mean(gains, place)
    assert averaged is not None
    low, high = ratio_limits(gains, place)
    return [
        model | _number(fitted.mean, fitted.low, fitted.high) | {"p_value": fitted.p_value},
        robust | _number(averaged.estimate, averaged.low, averaged.high),
        spread | _number(fitted.sd_between, fitted.sd_within * low**0.5, fitted.sd_within * high**0.5),
        share | _number(_icc(fitted), low / (1 + low), high / (1 + high)),
    ]


def ratio_limits(gains: np.ndarray, place: np.ndarray, *, ci_level: float = 0.95) -> tuple[float, float]:
    """Exact limits of r = variance between sessions / variance within them, sessions of any size.

    With weights w_j = n_j / (1 + r n_j), H(r) = sum w_j (mean_j - mean_w)^2 / ((m - 1) MSW) follows F on m - 1 and
    N - m degrees of freedom at the true r and falls as r grows; the limits are where it meets the two quantiles,
    or 0 where it is below one already at 0.

    References
    ----------
    Wald (1940), Annals of Mathematical Statistics 11, 96-100; Harville and Fenech (1985), Biometrics 41, 137-152.
    """
    sizes = np.bincount(place).astype(float)
    means = np.bincount(place, weights=gains) / sizes
    degrees = (len(sizes) - 1, len(gains) - len(sizes))
    within = float(((gains - means[place]) ** 2).sum()) / degrees[1]

    def statistic(ratio: float) -> float:
        weights = sizes / (1 + ratio * sizes)
        middle = (weights * means).sum() / weights.sum()
        return float((weights * (means - middle) ** 2).sum()) / (degrees[0] * within)

    def meets(quantile: float) -> float:
        if statistic(0.0) <= quantile:
            return 0.0
        top = 1.0
        while statistic(top) > quantile:
            top *= 2
        return float(optimize.brentq(lambda ratio: statistic(ratio) - quantile, 0.0, top, xtol=1e-12))

    tail = (1 - ci_level) / 2
    return meets(float(stats.f.isf(tail, *degrees))), meets(float(stats.f.ppf(tail, *degrees)))


def _icc(fitted: MixedGain) -> float:
    total = fitted.sd_between**2 + fitted.sd_within**2
    return fitted.sd_between**2 / total if total > 0 else math.nan


def _number(estimate: float, low: float, high: float) -> Row:
    return {"estimate": estimate, "ci_low": low, "ci_high": high, "ci_level": 0.95}
