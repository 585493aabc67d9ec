"""What changed between the two sheets of a person: the score, and each topic."""

import math
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from evaluation.analysis.training.gains import mean_row
from evaluation.analysis.training.session import FEWEST, Row, paired, topic_answers
from evaluation.core.provenance import Provenance
from evaluation.core.results import Result, make_table
from evaluation.core.status import Status
from evaluation.instruments.model import Instrument, ItemKind

if TYPE_CHECKING:
    from evaluation.analysis.training.scores import Scored

LEVEL = 0.95


def session_gain(scored: "Scored", instrument: Instrument, *, provenance: Provenance) -> Result:
    """Questions answered rightly before and after, of those that a form asks, by people whose two sheets are linked.

    ``before``, ``after`` and ``gain`` are means of scores and of individual differences, times the number of
    questions, with Student's interval; a fall also stands as ``loss``, the same figure with the other sign. Fewer than ten
    pairs have no mean: their status is too_few. ``direction`` counts how many rose, stayed the same, fell.

    References
    ----------
    Student (1908), Biometrika 6, 1-25.
    """
    pairs, questions = paired(scored), len(instrument.of_kind(ItemKind.CLOSED, "A"))
    before, after = (pairs[name].to_numpy(dtype=float) * questions for name in ("pre", "post"))
    rows = [
        _mean("before", before), _mean("after", after), _mean("gain", after - before),
        *([_mean("loss", before - after)] if len(pairs) >= FEWEST and after.mean() < before.mean() else []),
        _count("questions", questions), *_directions(np.round(after - before, 9)),
    ]  # fmt: skip
    return Result("session_gain", make_table(rows), provenance)


def session_change(scored: "Scored", instrument: Instrument, *, provenance: Provenance) -> Result:
    """For each topic the share right after less the share right before, among linked people who answered both.

    The test is McNemar's mid-p, the interval that of Bonett and Price, which behaves in small samples; an
    interval on one side of nought is a change. Fewer than ten such people: too_few. With a dozen topics one
    interval in twenty misleads, so a single topic is a hint.

    References
    ----------
    McNemar (1947), Psychometrika 12, 153-157; Fagerland, Lydersen and Laake (2013), BMC Medical Research
    Methodology 13:91; Bonett and Price (2012), J. Educational and Behavioral Statistics 37, 479-488.
    """
    pairs, rows = paired(scored), []
    for topic, answers in topic_answers(scored, instrument).items():
        before = answers.loc[pairs["row_pre"]].to_numpy(dtype=float)
        after = answers.loc[pairs["row_post"]].to_numpy(dtype=float)
        both = ~(np.isnan(before) | np.isnan(after))
        rows.append(_change(topic, before[both], after[both]))
    return Result("session_change", make_table(rows), provenance)


def _mean(name: str, values: "np.ndarray") -> Row:
    return {**mean_row(values, name), "level": "all"}


def _count(name: str, number: int, *, group: str = "", level: str = "all") -> Row:
    return {
        "measure": name, "quantity": "count", "group": group, "level": level, "estimate": number, "method": "as_counted"
    }  # fmt: skip


def _directions(changes: "np.ndarray") -> list[Row]:
    """How many rose, stayed, fell; together they are all pairs."""
    counts = {
        "all": len(changes), "rose": int((changes > 0).sum()), "same": int((changes == 0).sum()), "fell": int((changes < 0).sum())
    }  # fmt: skip
    return [_count("direction", number, group="direction", level=level) for level, number in counts.items()]


def _change(name: str, before: "np.ndarray", after: "np.ndarray") -> Row:
    n = len(before)
    row: Row = {
        "measure": name, "quantity": "proportion_difference", "level": "all", "n": n, "method": "bonett_price"
    }  # fmt: skip
    if n < FEWEST:
        return {**row, "status": Status.TOO_FEW.value}
    gained, lost = int(((after == 1) & (before == 0)).sum()), int(((after == 0) & (before == 1)).sum())
    up, down = (gained + 1) / (n + 2), (lost + 1) / (n + 2)
    half = float(stats.norm.isf((1 - LEVEL) / 2)) * math.sqrt((up + down - (up - down) ** 2) / (n + 2))
    return {
        **row, "estimate": (gained - lost) / n, "ci_low": max(up - down - half, -1.0), "ci_high": min(up - down + half, 1.0),
        "ci_level": LEVEL, "p_value": _mid_p(gained, lost),
    }  # fmt: skip


def _mid_p(gained: int, lost: int) -> float:
    """Two-sided binomial tail of the discordant pairs less half the probability of what was seen."""
    n, fewer = gained + lost, min(gained, lost)
    if n == 0:
        return 1.0
    tail = 2 * float(stats.binom.cdf(fewer, n, 0.5)) - float(stats.binom.pmf(fewer, n, 0.5))
    return min(tail, 1.0)
