"""Two analysts, one definition, the same data: how far they agree."""

from typing import TYPE_CHECKING

import numpy as np

from evaluation.analysis.workbench._counties import Numbers, Row, build_result, counted, words_row
from evaluation.core.errors import AnalysisError
from evaluation.core.provenance import Provenance
from evaluation.core.results import Result
from evaluation.core.status import Status
from evaluation.strategy.definitions import get_definition

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

FEWEST_UNITS = 10
CATEGORIES = 3


def krippendorff_alpha(codings: Numbers) -> float:
    """Krippendorff's alpha for interval data; rows are analysts, columns units, gaps are NaN.

    Alpha = 1 - Do / De with the squared difference: Do over the pairs within units, each unit weighted by
    1 / (m - 1), De over all pairs of pairable values. A unit with one value is left out. Values that are all
    the same leave alpha without a meaning: NaN.

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, University of Pennsylvania.

    >>> round(krippendorff_alpha(np.array([[1.0, 2.0, 3.0], [1.0, 2.0, 4.0]])), 4)
    0.878
    """
    there = ~np.isnan(codings)
    pairable = there.sum(axis=0) >= 2
    values, counts = codings[:, pairable], there[:, pairable].sum(axis=0)
    given = values[~np.isnan(values)]
    number = len(given)
    if number == 0:
        return float("nan")
    expected = _squared_pairs(given.sum(), (given**2).sum(), number) / (number - 1)
    within = _squared_pairs(np.nansum(values, axis=0), np.nansum(values**2, axis=0), counts) / (counts - 1)
    return float(1 - within.sum() / expected) if expected > 1e-12 else float("nan")


def weighted_kappa(one: Numbers, other: Numbers, *, categories: int = CATEGORIES) -> float:
    """Quadratically weighted kappa of two codings in categories 0, 1, …; complete pairs only.

    Kappa = 1 - sum(v O) / sum(v E) with v = (i - j)^2; NaN when nothing varies.

    References
    ----------
    Cohen (1968), Psychological Bulletin 70, 213-220.

    >>> round(weighted_kappa(np.array([0.0, 1, 2, 2]), np.array([0.0, 1, 2, 1])), 4)
    0.8
    """
    observed = np.zeros((categories, categories))
    np.add.at(observed, (one.astype(int), other.astype(int)), 1 / len(one))
    expected = np.outer(observed.sum(axis=1), observed.sum(axis=0))
    places = np.arange(categories)
    apart = (places[:, None] - places[None, :]) ** 2
    by_chance = float((apart * expected).sum())
    return 1 - float((apart * observed).sum()) / by_chance if by_chance > 0 else float("nan")


def compare_codings(
    codings: "pd.DataFrame", *, seed: int, provenance: Provenance, draws: int = 1000
) -> Result:
    """Agreement on each definition: alpha on the values, kappa on the thirds, with bootstrap intervals.

    ``codings`` has definition, unit, analyst, value. The intervals are percentiles over units drawn with
    replacement. Fewer than ten units coded twice, or values that do not vary, give no number. Kappa needs two
    analysts; the thirds are cut on all values together.
    """
    if codings.duplicated(["definition", "unit", "analyst"]).any():
        raise AnalysisError("codings: an analyst coded a unit twice; keep one row.")
    rows: list[Row] = []
    for definition, part in codings.groupby("definition", sort=True):
        wide = part.pivot(index="analyst", columns="unit", values="value").sort_index()
        values = wide.to_numpy(dtype=float)
        values = values[:, (~np.isnan(values)).sum(axis=0) >= 2]
        rows += _rows_of(str(definition), values, seed=seed, draws=draws)
    used = int(codings["value"].notna().sum())
    origin = counted(
        provenance,
        method="agreement of analysts",
        rows_in=len(codings),
        rows_used=used,
        reason="not collected",
    )
    words = [words_row(get_definition(str(row["measure"])).concept) for row in rows]
    return build_result("codings", rows, words, origin)


def _rows_of(definition: str, values: Numbers, *, seed: int, draws: int) -> list[Row]:
    analysts, units = values.shape
    base: Row = {"measure": definition, "group": "analysts", "n": units}
    alpha: Row = {**base, "quantity": "krippendorff_alpha", "level": "all", "method": "alpha_interval"}
    kappa: Row = {**base, "quantity": "kappa", "level": "thirds", "method": "kappa_quadratic"}
    if units < FEWEST_UNITS:
        return [{**row, "status": Status.TOO_FEW.value} for row in (alpha, kappa)]
    alpha |= _with_interval(krippendorff_alpha, values, seed=seed, draws=draws)
    if analysts != 2:
        return [alpha, {**kappa, "status": Status.NOT_APPLICABLE.value}]
    cuts = np.quantile(values, [place / CATEGORIES for place in range(1, CATEGORIES)])
    classed = np.searchsorted(cuts, values, side="left").astype(float)
    kappa |= _with_interval(lambda one: weighted_kappa(one[0], one[1]), classed, seed=seed, draws=draws)
    return [alpha, kappa]


def _with_interval(statistic: "Callable[[Numbers], float]", values: Numbers, *, seed: int, draws: int) -> Row:
    estimate = statistic(values)
    if np.isnan(estimate):
        return {"status": Status.UNDEFINED.value}
    generator, units = np.random.default_rng(seed), values.shape[1]
    drawn = np.array([statistic(values[:, generator.integers(units, size=units)]) for _ in range(draws)])
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return {"estimate": estimate, "ci_low": float(low), "ci_high": float(high), "ci_level": 0.95}


def _squared_pairs(total: Numbers, squares: Numbers, number: Numbers | int) -> Numbers:
    """Sum over ordered pairs of (a - b)^2: 2 (n sum a^2 - (sum a)^2)."""
    return np.asarray(2 * (number * squares - total**2), dtype=float)
