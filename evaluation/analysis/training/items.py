"""Item by item: how hard, how telling, which wrong answer is believed, and what moved between before and after."""

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy import stats

from evaluation.analysis.limits import wilson_limits
from evaluation.core.errors import AnalysisError
from evaluation.core.provenance import Provenance
from evaluation.core.results import Result, make_table
from evaluation.core.status import Status
from evaluation.instruments.model import LETTERS, Instrument, ItemKind

if TYPE_CHECKING:
    import pandas as pd

    from evaluation.analysis.training.scores import Scored

FEWEST = 30
FEWEST_SHARE = 10
UPPER_LOWER = 0.27
Numbers = npt.NDArray[np.float64]
Row = dict[str, object]


def describe_items(scored: "Scored", *, occasion: str, provenance: Provenance) -> Result:
    """Difficulty (share right, Wilson), item-rest correlation and upper-lower index of every closed item.

    Answers of one occasion, people who answered the item. The rest is the sheet's score without the item. Fewer
    than ten answers: no share; fewer than thirty: no correlation or index, which would be noise.

    References
    ----------
    Henrysson (1963), Psychometrika 28, 211-218 (corrected item-rest); Kelley (1939), Journal of Educational
    Psychology 30, 17-24 (the 27 per cent).
    """
    chosen = (scored.people["occasion"] == occasion).to_numpy()
    values = scored.items.to_numpy(dtype=float)[chosen]
    right = np.nansum(values, axis=1)
    of = scored.people["of"].to_numpy(dtype=float)[chosen]
    rows: list[Row] = []
    for place, name in enumerate(scored.items.columns):
        answered = ~np.isnan(values[:, place])
        item = values[answered, place]
        rest = (right[answered] - item) / (of[answered] - 1)
        rows += [
            share_row(item, f"{name}", "difficulty", period=occasion),
            _rest_row(item, rest, name, period=occasion),
            _upper_lower_row(item, right[answered] / of[answered], name, period=occasion),
        ]
    return Result("training_items", make_table(rows), provenance)


def compare_items(scored: "Scored", instrument: Instrument, *, provenance: Provenance) -> Result:
    """For each topic (an anchor, or twins of the two forms) the paired change of linked people.

    ``difference`` is the share right after less before with Bonett and Price's adjusted interval; p is McNemar's
    mid-p, and the exact p stands in a row of its own. ``p_adjusted`` is Holm's over the topics. Fewer than ten
    people with both answers: too_few.

    References
    ----------
    McNemar (1947), Psychometrika 12, 153-157; Fagerland, Lydersen and Laake (2013), BMC Medical Research
    Methodology 13:91; Bonett and Price (2012), Journal of Educational and Behavioral Statistics 37, 479-488.
    """
    from evaluation.analysis._engines import holm
    from evaluation.analysis.training.session import paired, topic_answers

    pairs = paired(scored)
    rows: list[Row] = []
    for topic, answers in topic_answers(scored, instrument).items():
        before = answers.loc[pairs["row_pre"]].to_numpy(dtype=float)
        after = answers.loc[pairs["row_post"]].to_numpy(dtype=float)
        both = ~(np.isnan(before) | np.isnan(after))
        rows.append(change_row(before[both], after[both], topic))
    tested = [row for row in rows if "p_value" in row]
    for row, adjusted in zip(tested, holm([float(str(row["p_value"])) for row in tested]), strict=True):
        row["p_adjusted"] = adjusted
    return Result("training_item_changes", make_table(rows), provenance)


def change_row(before: Numbers, after: Numbers, topic: str, *, ci_level: float = 0.95) -> Row:
    """The paired difference of two shares with its adjusted interval and McNemar's mid-p.

    With b wrong-then-right and c right-then-wrong of n: (b - c) / n; limits on (b + 1 - c - 1) / (n + 2) with
    variance (q1 + q2 - (q1 - q2)^2) / (n + 2), q1 = (b + 1) / (n + 2), q2 = (c + 1) / (n + 2).
    """
    n = len(before)
    row: Row = {"measure": topic, "quantity": "proportion_difference", "n": n, "method": "mcnemar_midp"}
    if n < FEWEST_SHARE:
        return {**row, "status": Status.TOO_FEW.value}
    rose, fell = int(((before == 0) & (after == 1)).sum()), int(((before == 1) & (after == 0)).sum())
    up, down = (rose + 1) / (n + 2), (fell + 1) / (n + 2)
    half = float(stats.norm.isf((1 - ci_level) / 2)) * math.sqrt((up + down - (up - down) ** 2) / (n + 2))
    low, high = max(up - down - half, -1.0), min(up - down + half, 1.0)
    return row | {
        "numerator": rose, "denominator": fell, "estimate": (rose - fell) / n,
        "ci_low": low, "ci_high": high, "ci_level": ci_level, "p_value": mcnemar_midp(rose, fell),
    }  # fmt: skip


def mcnemar_exact(rose: int, fell: int) -> float:
    """Two-sided exact p of McNemar's test: binomial on the people who changed.

    >>> mcnemar_exact(5, 0)
    0.0625
    """
    changed = rose + fell
    return float(stats.binomtest(rose, changed).pvalue) if changed else 1.0


def mcnemar_midp(rose: int, fell: int) -> float:
    """Mid-p of McNemar's test: twice the tail less the probability of what was seen.

    >>> round(mcnemar_midp(5, 0), 8)
    0.03125
    """
    changed, least = rose + fell, min(rose, fell)
    if rose == fell:
        return 1.0 - float(stats.binom.pmf(least, changed, 0.5)) if changed else 1.0
    return float(2 * stats.binom.cdf(least, changed, 0.5) - stats.binom.pmf(least, changed, 0.5))


def count_choices(
    table: "pd.DataFrame", instrument: Instrument, *, occasion: str, provenance: Provenance
) -> Result:
    """Share of each choice of each item among those who answered it: what is believed instead of the key.

    The measure is the item with the letter; ``group`` says ``key`` or ``distractor``.
    """
    asked = table[table["occasion"] == occasion]
    rows: list[Row] = []
    for item in instrument.of_kind(ItemKind.CLOSED):
        given = asked[item.name][asked[item.name] != ""]
        counts = given.value_counts()
        correct = instrument.key(item.name).correct
        for letter in LETTERS:
            values = np.repeat([1.0, 0.0], [counts.get(letter, 0), len(given) - counts.get(letter, 0)])
            kind = "key" if letter == correct else "distractor"
            rows.append(
                share_row(values, f"{item.name}.{letter}", "choice", period=occasion) | {"group": kind}
            )
    return Result("training_choices", make_table(rows), provenance)


def share_row(values: Numbers, name: str, level: str, *, period: str) -> Row:
    """Share of ones with Wilson's interval; too_few under ten answers."""
    part, whole = int(values.sum()), len(values)
    row: Row = {
        "measure": name, "quantity": "proportion", "period": period, "level": level,
        "n": whole, "numerator": part, "denominator": whole, "method": "wilson",
    }  # fmt: skip
    if whole < FEWEST_SHARE:
        return {**row, "status": Status.TOO_FEW.value}
    limits = wilson_limits(part, whole)
    return row | {
        "estimate": part / whole,
        "ci_low": limits.low,
        "ci_high": limits.high,
        "ci_level": 0.95,
    }


def _rest_row(item: Numbers, rest: Numbers, name: str, *, period: str) -> Row:
    row: Row = {"measure": name, "quantity": "correlation", "period": period, "level": "item_rest"}
    row |= {"n": len(item), "method": "pearson_fisher_z"}
    if len(item) < FEWEST:
        return {**row, "status": Status.TOO_FEW.value}
    if item.std() == 0 or rest.std() == 0:
        return {**row, "status": Status.UNDEFINED.value}
    estimate = float(np.corrcoef(item, rest)[0, 1])
    if abs(estimate - float(stats.pearsonr(item, rest).statistic)) > 1e-8:
        raise AnalysisError("item-rest correlation: two computations disagree; check the version of SciPy.")
    low, high = fisher_limits(estimate, len(item))
    return row | {"estimate": estimate, "ci_low": low, "ci_high": high, "ci_level": 0.95}


def fisher_limits(correlation: float, people: int) -> tuple[float, float]:
    """Limits of a correlation at 95% by Fisher's z, whose error is 1 / sqrt(n - 3).

    References
    ----------
    Fisher (1921), Metron 1, 3-32.

    >>> low, high = fisher_limits(0.5, 103)
    >>> round(low, 4), round(high, 4)
    (0.3393, 0.6323)
    """
    z = math.atanh(min(max(correlation, -1 + 1e-12), 1 - 1e-12))
    half = 1.959963984540054 / math.sqrt(people - 3)
    return math.tanh(z - half), math.tanh(z + half)


def _upper_lower_row(item: Numbers, score: Numbers, name: str, *, period: str) -> Row:
    """Share right in the best 27 per cent less that in the weakest; ties at the cut are all taken in."""
    row: Row = {"measure": name, "quantity": "index", "period": period, "level": "upper_lower"}
    row |= {"n": len(item), "method": "upper_lower_27"}
    if len(item) < FEWEST:
        return {**row, "status": Status.TOO_FEW.value}
    low, high = np.quantile(score, [UPPER_LOWER, 1 - UPPER_LOWER], method="inverted_cdf")
    return row | {"estimate": float(item[score >= high].mean() - item[score <= low].mean())}
