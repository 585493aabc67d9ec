"""Whether people answer alike when nothing has changed, and whether groups that should differ do."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scipy import stats

from evaluation.analysis.feedback._rows import FEWEST, Numbers, Row, limits, no_number
from evaluation.analysis.feedback.scores import INCLUSION, DomainScores
from evaluation.analysis.training.gains import hedges_factor, noncentral_limits
from evaluation.core.errors import AnalysisError
from evaluation.core.status import Status

if TYPE_CHECKING:
    import pandas as pd

RETEST_COLUMNS = ("person", "domain", "first", "second", "days")


@dataclass(frozen=True, slots=True)
class KnownGroups:
    """Two groups by one fact, of which the first is expected to have the higher score in a domain."""

    domain: str
    fact: str
    higher: str
    lower: str


def icc_agreement(values: Numbers, *, ci_level: float = 0.95) -> tuple[float, float, float]:
    """ICC(2,1), absolute agreement of single scores, with F limits; rows are people, columns administrations.

    (MSR - MSE) / (MSR + (k - 1) MSE + k (MSC - MSE) / n) from the two-way table; the limits have Satterthwaite's degrees
    of freedom. Rows are complete; NaN where nothing varies.

    References
    ----------
    Shrout and Fleiss (1979), Psychological Bulletin 86, 420-428; McGraw and Wong (1996), Psychological Methods 1, 30-46.

    >>> import numpy as np
    >>> data = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    >>> round(icc_agreement(np.array(data, dtype=float))[0], 2)
    0.29
    """
    n, k = values.shape
    middle, people, columns = values.mean(), values.mean(axis=1), values.mean(axis=0)
    rows = k * float(((people - middle) ** 2).sum()) / (n - 1)
    between = n * float(((columns - middle) ** 2).sum()) / (k - 1)
    rest = float(((values - people[:, None] - columns + middle) ** 2).sum()) / ((n - 1) * (k - 1))
    whole = rows + (k - 1) * rest + k * (between - rest) / n
    if whole <= 0 or rest == 0:
        return (1.0, 1.0, 1.0) if rows > 0 and between == 0 else (math.nan,) * 3
    icc = (rows - rest) / whole
    a, b = k * icc / (n * (1 - icc)), 1 + k * icc * (n - 1) / (n * (1 - icc))
    degrees = (a * between + b * rest) ** 2 / (
        (a * between) ** 2 / (k - 1) + (b * rest) ** 2 / ((n - 1) * (k - 1))
    )
    tail, noise = (1 - ci_level) / 2, k * between + (k * n - k - n) * rest
    lower, upper = float(stats.f.isf(tail, n - 1, degrees)), float(stats.f.isf(tail, degrees, n - 1))
    return (
        icc,
        n * (rows - lower * rest) / (lower * noise + n * rows),
        n * (upper * rows - rest) / (noise + n * upper * rows),
    )


def retest_row(row: Row, retest: "pd.DataFrame", domain: str, *, window: tuple[int, int]) -> Row:
    """ICC of a domain's scores at two administrations between the two numbers of days, both included.

    ``retest`` has ``RETEST_COLUMNS``. Pairs outside the window or with a score missing are left out; under thirty pairs
    too_few.
    """
    lacking = [name for name in RETEST_COLUMNS if name not in retest.columns]
    if lacking or retest.duplicated(["person", "domain"]).any():
        raise AnalysisError(
            "retest: person, domain, first, second and days are needed, one row a person and domain."
        )
    mine = retest[(retest["domain"] == domain) & retest["days"].between(*window)]
    pairs = mine[["first", "second"]].dropna().to_numpy(dtype=float)
    named = {**row, "quantity": "icc", "n": len(pairs), "method": "icc_2_1_agreement"}
    if len(pairs) < FEWEST:
        return no_number(named, Status.TOO_FEW)
    found = icc_agreement(pairs)
    return no_number(named, Status.UNDEFINED) if math.isnan(found[0]) else named | limits(*found)


def known_groups_row(scores: DomainScores, known: KnownGroups) -> Row:
    """Hedges g of the group expected to be higher less the other, at inclusion; too_few under thirty people a side.

    g = J (mean difference / pooled standard deviation), J on n1 + n2 - 2 degrees; limits from the noncentral t.

    References
    ----------
    Hedges (1981), Journal of Educational Statistics 6, 107-128; Steiger and Fouladi (1997), in What If There Were No
    Significance Tests?, chapter 9.
    """
    start = scores.table[scores.table["wave"] == INCLUSION]
    one, other = (
        start.loc[start[known.fact] == name, known.domain].dropna().to_numpy(dtype=float)
        for name in (known.higher, known.lower)
    )
    row: Row = {
        "measure": known.domain, "quantity": "hedges_g", "period": INCLUSION, "group": "known_groups",
        "level": f"{known.higher}_over_{known.lower}", "n": len(one) + len(other), "method": "noncentral_t",
    }  # fmt: skip
    if min(len(one), len(other)) < FEWEST:
        return no_number(row, Status.TOO_FEW)
    found = hedges_independent(one, other)
    return no_number(row, Status.UNDEFINED) if math.isnan(found[0]) else row | limits(*found)


def hedges_independent(one: Numbers, other: Numbers) -> tuple[float, float, float]:
    """Hedges g of two groups with its limits; NaN where neither varies."""
    sizes, degrees = (len(one), len(other)), len(one) + len(other) - 2
    pooled = ((sizes[0] - 1) * float(one.var(ddof=1)) + (sizes[1] - 1) * float(other.var(ddof=1))) / degrees
    if pooled == 0:
        return (math.nan,) * 3
    spread, factor = math.sqrt(1 / sizes[0] + 1 / sizes[1]), hedges_factor(degrees)
    d = float(one.mean() - other.mean()) / math.sqrt(pooled)
    low, high = noncentral_limits(d / spread, degrees)
    return d * factor, low * spread * factor, high * spread * factor
