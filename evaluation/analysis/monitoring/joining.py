"""Two plans read as one: the later plan's figures under the earlier ids, breaks where a definition changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from evaluation.analysis.monitoring.asking import asked_table
from evaluation.core.errors import AnalysisError
from evaluation.core.observations import Observations
from evaluation.strategy.crosswalk import Crosswalk, EvaluatedPlans, Relation
from evaluation.strategy.institutions import Registry
from evaluation.strategy.periods import Window, read_period
from evaluation.strategy.plan import Indicator, Measure, Objective, Plan
from evaluation.strategy.request import RequestRules

if TYPE_CHECKING:
    import pandas as pd

_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class PlanBreak:
    """The series of an indicator is broken where the later plan defines it anew; same fields as a listed break."""

    indicator: str
    from_period: str
    kind: str
    note_ro: str
    note_en: str


@dataclass(frozen=True, slots=True, eq=False)
class Joined:
    """What the monitoring functions take, over one plan or two.

    ``plan`` holds every measure and indicator of both plans, under the earlier ids where a series goes on;
    ``new`` are the ids that only the later plan has. ``ended`` gives the last year for which a measure is
    reported on, where the later plan leaves it out; ``closings`` the last days of the plans.
    """

    plan: Plan
    observations: Observations
    asked: "pd.DataFrame"
    closings: tuple[date, ...]
    breaks: tuple[PlanBreak, ...] = ()
    new: frozenset[str] = frozenset()
    ended: Mapping[str, int] = field(default_factory=dict)


def join_plans(
    plans: EvaluatedPlans,
    observations: Observations,
    *,
    registry: Registry,
    rules: RequestRules,
    years: Iterable[int],
) -> Joined:
    """One series over the plans evaluated; with one plan nothing is renamed.

    Continuing and changed indicators have their earlier id throughout; a changed one gets a break at the first
    day of the later plan, so no comparison crosses it. A dropped one is not asked after the earlier plan: it has
    no later row and is never "not reported". A new one keeps its id. No row is lost or made.
    """
    first, later, crosswalk = plans.first, plans.later, plans.crosswalk
    wanted = tuple(years)
    if later is None or crosswalk is None:
        asked = asked_table(first, registry, rules, years=wanted)
        return Joined(first, observations, asked, (first.window.end,))
    since = later.window.start.year
    codes = measure_codes(first, later, crosswalk)
    plan = _one_plan(first, later, crosswalk, codes)
    return Joined(
        plan,
        rename_observations(observations, crosswalk, codes, since=since),
        _asked(first, later, registry, rules, years=wanted, plan=plan, names=crosswalk.earlier_ids),
        (first.window.end, later.window.end),
        breaks=tuple(
            PlanBreak(one.old, str(since), "definition", one.note.ro, one.note.en)
            for one in crosswalk.indicators
            if one.relation is Relation.CHANGED and one.note is not None
        ),
        new=frozenset(one.new for one in crosswalk.indicators if one.relation is Relation.NEW),
        ended={
            measure.code: first.window.end.year
            for measure in first.measures
            if measure.code not in codes.values()
        },
    )


def measure_codes(first: Plan, later: Plan, crosswalk: Crosswalk) -> dict[str, str]:
    """The code under which each measure of the later plan is read: that of the earlier measure it goes on.

    A measure goes on the earlier one with which it shares most indicators (the first of several such); each
    earlier measure is gone on once. A measure that goes on none has its own code with the plan's mark ("1.2.9/27"),
    because codes of two plans do not mean the same.
    """
    homes = {card.id: measure.code for measure in first.measures for card in measure.indicators}
    found: dict[str, str] = {}
    for measure in later.measures:
        shared = [homes[old] for card in measure.indicators if (old := crosswalk.earlier_ids.get(card.id))]
        free = [code for code in dict.fromkeys(shared) if code not in found.values()]
        mark = measure.indicators[0].id.split("-", 1)[0].removeprefix("IND")
        found[measure.code] = max(free, key=shared.count, default=f"{measure.code}/{mark}")
    return found


def rename_observations(
    observations: Observations, crosswalk: Crosswalk, codes: Mapping[str, str], *, since: int
) -> Observations:
    """The ledger with earlier ids and codes in the rows of the later plan's years; no row is lost or made."""
    table, measures = observations.table, observations.measures
    names = crosswalk.earlier_ids
    of_later, measures_of_later = table["year"] >= since, measures["year"] >= since
    renamed = table["indicator"].map(lambda one: names.get(one, one))
    recoded = measures["measure"].map(lambda one: codes.get(one, one))
    return replace(
        observations,
        table=table.assign(indicator=table["indicator"].where(~of_later, renamed)),
        measures=measures.assign(measure=measures["measure"].where(~measures_of_later, recoded)),
    )


def _asked(
    first: Plan,
    later: Plan,
    registry: Registry,
    rules: RequestRules,
    *,
    years: tuple[int, ...],
    plan: Plan,
    names: Mapping[str, str],
) -> "pd.DataFrame":
    """What each plan asks in its own years, under the joined ids and codes."""
    import pandas as pd

    since = later.window.start.year
    before = asked_table(first, registry, rules, years=[one for one in years if one < since])
    after = asked_table(later, registry, rules, years=[one for one in years if one >= since])
    after = after.assign(indicator=after["indicator"].map(lambda one: names.get(one, one)))
    homes = {card.id: measure for measure in plan.measures for card in measure.indicators}
    after = after.assign(
        measure=[homes[one].code for one in after["indicator"]],
        objective=[homes[one].objective for one in after["indicator"]],
    )
    parts = [part for part in (before, after) if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else before


def _one_plan(first: Plan, later: Plan, crosswalk: Crosswalk, codes: Mapping[str, str]) -> Plan:
    """Both plans as one, each period as dates of its own plan; the order is that of the first plan."""
    following = {codes[measure.code]: measure for measure in later.measures}
    cards = {
        crosswalk.earlier_ids.get(card.id, card.id): (card, measure)
        for measure in later.measures
        for card in measure.indicators
    }
    measures = [
        _one_measure(measure, following.pop(measure.code, None), first, later, cards)
        for measure in first.measures
    ]
    measures += [_one_measure(None, one, first, later, cards, code=code) for code, one in following.items()]
    general = (*first.general, *_others(first.general, later.general))
    specific = (*first.specific, *_others(first.specific, later.specific))
    order = {one.code: place for place, one in enumerate(specific)}
    head = first.head.model_copy(
        update={"id": f"{first.head.id}+{later.head.id}", "end": later.window.end}
        | {"synthetic": first.head.synthetic or later.head.synthetic}
    )
    measures.sort(key=lambda one: order.get(one.objective, len(order)))
    return Plan.model_construct(head=head, general=general, specific=specific, measures=tuple(measures))


def _others(known: tuple[Objective, ...], later: tuple[Objective, ...]) -> list[Objective]:
    """Objectives that only the later plan has."""
    codes = {one.code for one in known}
    return [one for one in later if one.code not in codes]


def _one_measure(
    before: Measure | None,
    after: Measure | None,
    first: Plan,
    later: Plan,
    cards: Mapping[str, tuple[Indicator, Measure]],
    *,
    code: str = "",
) -> Measure:
    """A measure with the periods of both plans; institutions are those of the later one where it goes on."""
    periods: dict[str, int] = {}

    def places(card: Indicator, measure: Measure, plan: Plan) -> tuple[int, ...]:
        chosen = card.periods or range(1, len(measure.period) + 1)
        spans = [one for at in chosen for one in read_period(measure.period[at - 1], within=plan.window)]
        return tuple(periods.setdefault(print_window(one), len(periods) + 1) for one in spans)

    found: dict[str, Indicator] = {}
    for card in before.indicators if before else ():
        own = places(card, before, first) if before else ()
        if card.id in cards:
            own = (*own, *places(*cards[card.id], later))
        found[card.id] = card.model_copy(update={"periods": tuple(dict.fromkeys(own))})
    for card in after.indicators if after else ():
        if after and card.id in cards:
            found[card.id] = card.model_copy(update={"periods": places(card, after, later)})
    for measure, plan in ((before, first), (after, later)):
        for at in measure.period if measure else ():
            for one in read_period(at, within=plan.window):
                periods.setdefault(print_window(one), len(periods) + 1)
    base = before or after
    if base is None:
        raise AnalysisError("joining: a measure of neither plan; correct the crosswalk.")
    update = {"indicators": tuple(found.values()), "period": tuple(periods), "code": code or base.code}
    return base.model_copy(update=update | ({"responsible": after.responsible} if after else {}))


def print_window(window: Window) -> str:
    """A span of whole years, or a semester or quarter, in the words that ``read_period`` reads.

    >>> print_window(Window(date(2024, 1, 1), date(2026, 12, 31)))
    '2024-2026'
    >>> print_window(Window(date(2024, 10, 1), date(2024, 12, 31)))
    'Trimestrul IV 2024'
    """
    start, end = window.start, window.end
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if months % 12 == 0 and start.month == 1:
        return f"{start.year}-{end.year}" if start.year != end.year else str(start.year)
    name = {6: "Semestrul", 3: "Trimestrul"}.get(months, "")
    if not name or (start.month - 1) % months:
        raise AnalysisError("joining: a period of the plan is neither years, a semester nor a quarter.")
    return f"{name} {_ROMAN[(start.month - 1) // months]} {start.year}"
