"""The headline value of a measure and year when sources differ, with the reason of the pick."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaluation.analysis._secondary import HeadlineRule, Secondary, Step, card_of, figures_of
from evaluation.core.status import Status
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    import pandas as pd


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
    figures = figures_of(series, measure, year)
    if figures.empty:
        return Headline(measure, year, None, "", rule.not_collected, Status.NOT_COLLECTED, differ=False)
    figures = figures.assign(kind=figures["source_id"].map(series.sources["kind"]))
    differ = figures["value"].nunique() > 1
    best, reason = _race(figures, rule) if card.headline else (None, rule.none)
    if best is None:
        return Headline(measure, year, None, "", rule.none, Status.UNDEFINED, differ=differ)
    return Headline(measure, year, float(best["value"]), str(best["source_id"]), reason, Status.OK, differ=differ)


def _race(figures: "pd.DataFrame", rule: HeadlineRule) -> tuple["pd.Series | None", Text]:
    left, reason = figures, None
    for step in rule.steps:
        excluded = left["flags"].map(lambda flags, out=frozenset(step.exclude): bool(out & set(flags)))
        left = left[~excluded]
        if left.empty:
            return None, rule.none
        rank = _rank(left, step)
        left = left[rank == rank.min()]
        if reason is None and left["value"].nunique() == 1:
            reason = _reason(figures, rule, step)
    return left.iloc[0], reason or rule.agree


def _reason(figures: "pd.DataFrame", rule: HeadlineRule, step: Step) -> Text:
    if len(figures) == 1:
        return rule.only
    return rule.agree if figures["value"].nunique() == 1 else step.reason


def _rank(figures: "pd.DataFrame", step: Step) -> "pd.Series":
    """Small comes first; what an order does not name comes after what it names, an unknown year last."""
    if step.by == "flags":
        return figures["flags"].map(lambda flags: int(bool(set(step.last) & set(flags))))
    if step.by == "publication_year":
        return -figures["publication_year"]
    if step.by == "row":
        return figures["row"]
    places = {name: place for place, name in enumerate(step.order)}
    return figures[step.by].map(lambda name: places.get(name, len(places)))
