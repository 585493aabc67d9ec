"""The headline value of a measure and year when sources differ, with the reason of the pick."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.analysis._secondary import (
    Figure,
    HeadlineRule,
    Secondary,
    Step,
    card_of,
    figures_of,
    source_field,
)
from evaluation.core.status import Status
from evaluation.strategy.words import Text


@dataclass(frozen=True, slots=True)
class Headline:
    """The value that stands for a measure and year, or the reason why none does.

    ``differ`` says that the published values are not all equal; nothing is dropped, they stay in the series.
    """

    measure: str
    year: int
    value: float | None
    source_id: str
    reason: Text
    status: Status
    differ: bool


def pick_headline(series: Secondary, measure: str, year: int) -> Headline:
    """The headline by the steps of the rule; deterministic, and silent about nothing.

    The reason is the step after which all values still in the race are equal. A year without any value is
    not_collected; a year where every value is excluded (one breakdown labelled as a total) is undefined.
    """
    rule, card = series.rules.headline, card_of(series, measure)
    figures = [
        {**figure, "kind": source_field(series, figure["source_id"], "kind")}
        for figure in figures_of(series, measure, year)
    ]
    if not figures:
        return Headline(measure, year, None, "", rule.not_collected, Status.NOT_COLLECTED, differ=False)
    differ = len({figure["value"] for figure in figures}) > 1
    best, reason = _race(figures, rule) if card.headline else (None, rule.none)
    if best is None:
        return Headline(measure, year, None, "", reason, Status.UNDEFINED, differ=differ)
    return Headline(
        measure, year, float(best["value"]), str(best["source_id"]), reason, Status.OK, differ=differ
    )


def _race(figures: Sequence[Figure], rule: HeadlineRule) -> tuple[Figure | None, Text]:
    left, reason = list(figures), rule.agree
    for step in rule.steps:
        left = [figure for figure in left if not set(step.exclude) & set(figure["flags"])]
        if not left:
            return None, rule.none
        differed = len({figure["value"] for figure in (figures if step is rule.steps[0] else left)}) > 1
        first = min(_rank(figure, step) for figure in left)
        left = [figure for figure in left if _rank(figure, step) == first]
        if differed and len({figure["value"] for figure in left}) == 1:
            reason = step.reason
    return left[0], rule.only if len(figures) == 1 else reason


def _rank(figure: Figure, step: Step) -> int:
    """Small comes first; what an order does not name comes after what it names, an unknown year last."""
    if step.by == "flags":
        return int(bool(set(step.last) & set(figure["flags"])))
    if step.by == "publication_year":
        return -int(figure["publication_year"])
    if step.by == "row":
        return int(figure["row"])
    order = tuple(step.order)
    return order.index(figure[step.by]) if figure[step.by] in order else len(order)
