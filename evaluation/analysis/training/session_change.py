"""What changed between the two sheets of a person: the score, and each topic."""

from typing import TYPE_CHECKING

import numpy as np

from evaluation.analysis.training.gains import mean_row
from evaluation.analysis.training.items import compare_items
from evaluation.analysis.training.session import FEWEST, Row, paired
from evaluation.core.provenance import Provenance
from evaluation.core.results import Result, make_table
from evaluation.instruments.model import Instrument, ItemKind

if TYPE_CHECKING:
    from evaluation.analysis.training.scores import Scored


def session_gain(scored: "Scored", instrument: Instrument, *, provenance: Provenance) -> Result:
    """Questions answered rightly before and after, of those that a form asks, by people whose two sheets are linked.

    ``before``, ``after`` and ``gain`` are means of scores and of individual differences, times the number of
    questions, with Student's interval; a fall also stands as ``loss``, the same figure with the other sign. Fewer
    than ten pairs have no mean: their status is too_few. ``direction`` counts how many rose, stayed the same, fell.

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
    """For each topic the paired change of ``compare_items``, without the counts of those who learnt and forgot.

    In a session these counts are a handful of people; the difference, its interval and the p values, among them
    Holm's over the topics, say what may be said.
    """
    table = compare_items(scored, instrument, provenance=provenance).table
    kept = table.assign(level="all", numerator=np.nan, denominator=np.nan)
    kept["level"] = kept["level"].astype(table["level"].dtype)
    return Result("session_change", kept, provenance)


def _mean(name: str, values: "np.ndarray") -> Row:
    return {**mean_row(values, name), "level": "all"}


def _count(name: str, number: int, *, group: str = "", level: str = "all") -> Row:
    return {
        "measure": name,
        "quantity": "count",
        "group": group,
        "level": level,
        "estimate": number,
        "method": "as_counted",
    }


def _directions(changes: "np.ndarray") -> list[Row]:
    """How many rose, stayed, fell; together they are all pairs."""
    counts = {
        "all": len(changes),
        "rose": int((changes > 0).sum()),
        "same": int((changes == 0).sum()),
        "fell": int((changes < 0).sum()),
    }
    return [_count("direction", number, group="direction", level=level) for level, number in counts.items()]
