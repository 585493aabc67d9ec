"""What institutions are asked for a year: one record for each figure, deliverable and measure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from evaluation.strategy.institutions import Registry
from evaluation.strategy.periods import Window
from evaluation.strategy.plan import Indicator, Kind, Measure, Plan, indicator_due, measure_due
from evaluation.strategy.request import RequestRules

ONCE = (Kind.DELIVERABLE, Kind.TEXT)


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing asked of one institution: the indicator, the period and, where wanted, a part of the total.

    ``group`` and ``level`` are empty for the total; ``county`` is empty for the country. ``due`` is the last day
    of the period. ``by_plan`` is False for a breakdown that the evaluators ask for and the plan does not.
    """

    indicator: str
    measure: str
    institution: str
    year: int
    period: str
    due: date
    county: str = ""
    group: str = ""
    level: str = ""
    by_plan: bool = True

    @property
    def key(self) -> str:
        """The name of the cell in workbooks and ledger: the same question has the same key every year."""
        part = f"{self.group}={self.level}" if self.group else ""
        return "|".join((self.indicator, self.period, self.institution, self.county, part))


def responsible_institutions(plan: Plan) -> tuple[str, ...]:
    """Ids of the institutions that some measure names as responsible, sorted."""
    return tuple(sorted({one for measure in plan.measures for one in institutions_of(measure)}))


def institutions_of(measure: Measure) -> tuple[str, ...]:
    """Ids of the responsible institutions of a measure, in printed order."""
    return tuple(dict.fromkeys(one for party in measure.responsible for one in party.institutions))


def measures_asked(plan: Plan, institution: str, *, year: int) -> tuple[Measure, ...]:
    """The measures on which the institution reports for a year: those whose period has begun by its end."""
    return tuple(
        measure
        for measure in plan.measures
        if institution in institutions_of(measure)
        and any(window.start.year <= year for window in measure_due(measure, window=plan.window))
    )


def figures_asked(
    plan: Plan, registry: Registry, rules: RequestRules, *, institution: str, year: int
) -> Iterator[Asked]:
    """Every figure asked of an institution for a year: totals, breakdowns, then counties, in the plan's order.

    Deliverables and texts are asked with the period in which they fall due, from its first year on until the
    plan ends, because a late deliverable is still awaited.
    """
    for measure in measures_asked(plan, institution, year=year):
        for card in measure.indicators:
            for window in _windows(card, measure, plan, year=year):
                yield from _of_window(
                    card, measure, window, registry=registry, rules=rules, institution=institution, year=year
                )


def window_label(window: Window) -> str:
    """The short name of a span: ``2025``, ``2025-S1``, ``2025-Q3``, ``2025-03``, ``2024-2026``.

    >>> window_label(Window(date(2025, 7, 1), date(2025, 12, 31)))
    '2025-S2'
    """
    start, end = window.start, window.end
    if start.year != end.year:
        return f"{start.year}-{end.year}"
    months = end.month - start.month + 1
    if months == 6 and start.month in (1, 7):
        return f"{start.year}-S{(start.month + 5) // 6}"
    if months == 3 and start.month % 3 == 1:
        return f"{start.year}-Q{(start.month + 2) // 3}"
    return f"{start.year}-{start.month:02d}" if months == 1 else str(start.year)


def year_of(period: str) -> int:
    """The year in which a labelled period ends.

    >>> year_of("2024-2026"), year_of("2025-S1")
    (2026, 2025)
    """
    last = period.rsplit("-", 1)[-1]
    return int(last) if len(last) == 4 else int(period[:4])


def _windows(card: Indicator, measure: Measure, plan: Plan, *, year: int) -> Iterator[Window]:
    for window in dict.fromkeys(indicator_due(card, measure, window=plan.window)):
        begun = window.start.year <= year
        if card.type in ONCE or card.frequency == "once":
            if begun:
                yield window
        elif window.start.year == window.end.year == year:
            yield window


def _of_window(
    card: Indicator,
    measure: Measure,
    window: Window,
    *,
    registry: Registry,
    rules: RequestRules,
    institution: str,
    year: int,
) -> Iterator[Asked]:
    def asked(county: str = "", group: str = "", level: str = "", by_plan: bool = True) -> Asked:
        label = window_label(window)
        return Asked(
            card.id, measure.code, institution, year, label, window.end, county, group, level, by_plan
        )

    yield asked()
    if card.type in ONCE:
        return
    for group, by_plan in rules.breakdowns(card):
        for level in rules.levels(group):
            yield asked(group=group, level=level, by_plan=by_plan)
    if rules.has_counties(card, registry.get(institution)):
        for county in rules.counties:
            yield asked(county=county)
