"""How many people changed more than the error of the score could explain, between two waves; never one person."""

import math
from typing import TYPE_CHECKING

from evaluation.analysis.feedback._rows import Numbers, Row, no_number, share_row
from evaluation.analysis.feedback.scores import INCLUSION, DomainScores
from evaluation.analysis.training.reliability import FEWEST as FEWEST_ALPHA
from evaluation.analysis.training.reliability import cronbach_alpha
from evaluation.core.results import Result, make_table
from evaluation.core.status import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

Z = 1.959963984540054
"""The 97.5% point of the normal distribution, as 1.96 in the original."""
KINDS = ("improved", "same", "worse")


def estimate_change(
    scores: DomainScores, *, wave: str = "month_6", retest: "Mapping[str, float] | None" = None
) -> Result:
    """Shares of people improved, the same and worse between inclusion and a wave, of those with both scores.

    ``reliable``: by more than 1.96 SE_diff, SE_diff = s sqrt(2 (1 - r)), s the standard deviation of all scores at
    inclusion and r the domain's test-retest ICC where ``retest`` has one, else alpha at inclusion; the row
    ``reliable_change`` gives that criterion, ``reliability`` the r. ``important``: by the published important change or
    more, only where one is published. Wilson intervals; under thirty people counts only; without r (fewer than fifty
    people for alpha) too_few. The shares of people say nothing about any one of them.

    References
    ----------
    Jacobson and Truax (1991), Journal of Consulting and Clinical Psychology 59, 12-19; Wilson (1927), JASA 22, 209-212.
    """
    rows: list[Row] = []
    for domain in scores.domains:
        start, later = _pairs(scores, domain, wave)
        before = scores.table.loc[scores.table["wave"] == INCLUSION, domain].dropna().to_numpy(dtype=float)
        r, method = _reliability(scores, domain, retest or {})
        base: Row = {"measure": domain, "period": wave}
        known: Row = {
            **base,
            "quantity": "reliability",
            "group": "criterion",
            "level": "all",
            "method": method,
            "n": len(before),
        }
        limit: Row = {**base, "quantity": "reliable_change", "group": "criterion", "level": "all",
                      "n": len(before), "method": "jacobson_truax"}  # fmt: skip
        shares: list[Row] = [{**base, "group": "reliable", "level": kind} for kind in KINDS]
        if math.isnan(r):
            counted = [
                {**row, "quantity": "proportion", "n": len(start), "method": "wilson"} for row in shares
            ]
            rows += [no_number(row, Status.TOO_FEW) for row in (known, limit, *counted)]
        else:
            criterion = reliable_change(before, r)
            rows += [known | {"estimate": r}, limit | {"estimate": criterion}]
            rows += _three(shares, later - start, criterion, inclusive=False)
        if domain in scores.important:
            shares = [{**base, "group": "important", "level": kind} for kind in KINDS]
            rows += _three(shares, later - start, scores.important[domain], inclusive=True)
    return Result("feedback_change", make_table(rows), scores.provenance)


def reliable_change(before: Numbers, r: float) -> float:
    """1.96 s sqrt(2 (1 - r)): the change that measurement error alone exceeds in one of twenty people.

    >>> import numpy as np
    >>> round(reliable_change(np.array([10.0, 20.0, 30.0]), 0.8), 3)
    12.396
    """
    return Z * float(before.std(ddof=1)) * math.sqrt(2 * (1 - r))


def _pairs(scores: DomainScores, domain: str, wave: str) -> tuple[Numbers, Numbers]:
    """Scores at inclusion and at the wave of people with both."""
    known = scores.table[scores.table[domain].notna()].set_index("person")
    start, later = (known.loc[known["wave"] == one, domain] for one in (INCLUSION, wave))
    both = start.index.intersection(later.index).sort_values()
    return start[both].to_numpy(dtype=float), later[both].to_numpy(dtype=float)


def _reliability(scores: DomainScores, domain: str, retest: "Mapping[str, float]") -> tuple[float, str]:
    """The r of a domain and where it comes from; NaN when neither can be had."""
    if domain in retest:
        return min(max(retest[domain], 0.0), 1.0), "icc_test_retest"
    names = list(scores.domains[domain])
    complete = scores.items.loc[scores.table["wave"] == INCLUSION, names].dropna().to_numpy(dtype=float)
    if len(complete) < FEWEST_ALPHA:
        return math.nan, "alpha"
    return max(cronbach_alpha(complete), 0.0), "alpha"


def _three(rows: list[Row], change: Numbers, limit: float, *, inclusive: bool) -> list[Row]:
    """Improved, same and worse, in that order; ``inclusive`` counts a change of exactly the limit."""
    step = limit - 1e-9 if inclusive else limit + 1e-9
    better, worse = int((change > step).sum()), int((change < -step).sum())
    counts = (better, len(change) - better - worse, worse)
    return [share_row(row, count, len(change)) for row, count in zip(rows, counts, strict=True)]
