"""What a plan holds, counted: measures, indicators, due dates, institutions; nothing here needs monitoring data."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

import pandas as pd

from evaluation.core.provenance import Provenance, Source
from evaluation.core.results import Result, make_table
from evaluation.core.status import Status
from evaluation.strategy.frame import ExpectedResult, Monitoring, Problem
from evaluation.strategy.institutions import Registry
from evaluation.strategy.periods import Window, split_window
from evaluation.strategy.plan import DefinitionStatus, Indicator, Kind, Measure, Plan, indicator_due, measure_due
from evaluation.strategy.words import Text

Sources = Sequence[Source]
Terms = dict[str, dict[str, Text]]
DELIVERED = (Kind.DELIVERABLE, Kind.TEXT)
MEMBERS = "COMITET_MEMBRI"


def count_plan(plan: Plan, *, sources: Sources) -> Result:
    """How much the plan holds and what its measures and indicators lack, one row per count.

    A measure is shared when it has more than one responsible institution; the members of the Committee count
    as one entry, as the plan names them.
    """
    measures, cards = plan.measures, _cards(plan)
    counts = {
        "general_objectives": len(plan.general),
        "specific_objectives": len(plan.specific),
        "measures": len(measures),
        "indicators": len(cards),
        "indicators_in_action": sum(card.origin == "action" for card in cards),
        "responsible_institutions": len({one for measure in measures for one in _responsible(measure)}),
        "shared_measures": sum(len(_responsible(measure)) > 1 for measure in measures),
        "committee_measures": sum(MEMBERS in _responsible(measure) for measure in measures),
        "without_results": sum(not measure.results for measure in measures),
        "without_stage": sum(not measure.evaluation_stage for measure in measures),
        "without_support": sum(not measure.support for measure in measures),
        "permanent_measures": sum("Permanent" in measure.period for measure in measures),
        "late_stage_measures": sum(has_late_stage(measure, plan) for measure in measures),
        "deliverables": sum(card.type in DELIVERED for card in cards),
        "disaggregated": sum(bool(card.disaggregation) for card in cards),
        "not_disaggregated": sum(not card.disaggregation for card in cards),
        "with_target": sum(card.target is not None for card in cards),
        "without_target": sum(card.target is None for card in cards),
        "without_baseline": len(cards),
        "twin_groups": len(find_twins(plan)),
        "repeated_names": len(find_repeated(plan)),
        "misprinted": sum(len(measure.misprints) for measure in measures) + sum(len(one.misprints) for one in cards),
    }
    return _counts("plan_size", counts, rows=len(cards), sources=sources)


def count_definitions(plan: Plan, *, sources: Sources) -> Result:
    """Indicators by definition status, with the share of each among all indicators.

    The share is a full count of the plan's indicators, not a sample: it has no sampling interval.
    """
    cards = _cards(plan)
    rows: list[dict[str, object]] = []
    for status in DefinitionStatus:
        found = sum(card.status is status for card in cards)
        rows.append(_row(status.value, found))
        rows.append(
            {
                "measure": f"share_{status.value}",
                "quantity": "proportion",
                "level": "all",
                "n": len(cards),
                "numerator": found,
                "denominator": len(cards),
                "estimate": found / len(cards),
            }
        )
    open_cards = sum(card.status is not DefinitionStatus.DEFINED for card in cards)
    rows.append(_row("open_questions", open_cards))
    return _result("plan_definitions", rows, rows_in=len(cards), sources=sources)


def count_objectives(plan: Plan, *, sources: Sources) -> Result:
    """Measures and indicators of every general and specific objective, and of the plan as a whole ("all")."""
    rows: list[dict[str, object]] = []
    texts: list[dict[str, str]] = []
    objectives = [("general_objective", one.code, one.name) for one in plan.general]
    objectives += [("specific_objective", one.code, one.name) for one in plan.specific]
    whole = ("plan", "all", Text(ro="Planul, în total", en="The plan as a whole"))
    for group, code, name in [*objectives, whole]:
        measures = plan.measures if code == "all" else plan.of_objective(code)
        cards = [card for measure in measures for card in measure.indicators]
        counts = {"measures": len(measures), "indicators": len(cards)}
        counts |= {status.value: sum(card.status is status for card in cards) for status in DefinitionStatus}
        counts["deliverables"] = sum(card.type in DELIVERED for card in cards)
        counts["disaggregated"] = sum(bool(card.disaggregation) for card in cards)
        rows += [_row(measure, value, group=group, level=code) for measure, value in counts.items()]
        label = name.ro if code == "all" else f"{code} {name.ro}", name.en if code == "all" else f"{code} {name.en}"
        texts += [{"name.ro": label[0], "name.en": label[1]}] * len(counts)
    return _result("plan_objectives", rows, texts, rows_in=len(_cards(plan)), sources=sources)


def count_classes(plan: Plan, terms: Terms, *, sources: Sources) -> Result:
    """Indicators by type, by frequency of reporting and by breakdown asked for.

    An indicator with several breakdowns counts for each of them.
    """
    cards = _cards(plan)
    found = {
        "kind": Counter(card.type.value for card in cards),
        "frequency": Counter(card.frequency for card in cards),
        "disaggregation": Counter(name for card in cards for name in card.disaggregation),
    }
    rows: list[dict[str, object]] = []
    texts: list[dict[str, str]] = []
    for group, counter in found.items():
        for name in sorted(counter, key=lambda one: (-counter[one], one)):
            rows.append(_row("indicators", counter[name], group=group, level=name))
            texts.append(_words("name", terms[group][name]))
    return _result("plan_classes", rows, texts, rows_in=len(cards), sources=sources)


def count_due(plan: Plan, *, sources: Sources) -> Result:
    """Deliverables that fall due in each half-year, by specific objective and in total ("all").

    A deliverable is due by the last day of its measure's period; one without a date of its own ("Permanent")
    is due by the end of the plan. A recurring one counts once for each of its dates.
    """
    halves = split_window(plan.window, frequency="semestrial")
    ends = [
        (measure.objective, due.end)
        for measure in plan.measures
        for card in measure.indicators
        if card.type in DELIVERED
        for due in indicator_due(card, measure, window=plan.window)
    ]
    rows: list[dict[str, object]] = []
    texts: list[dict[str, str]] = []
    for code, name in [*((one.code, one.name) for one in plan.specific), ("all", Text(ro="Total", en="Total"))]:
        for half in halves:
            found = sum(code in (objective, "all") and half.start <= end <= half.end for objective, end in ends)
            rows.append(_row("due", found, period=half_name(half.end), group="specific_objective", level=code))
            texts.append(_words("name", name) | _words("half", half_words(half.end)))
    return _result("plan_due", rows, texts, rows_in=len(ends), sources=sources)


def count_institutions(plan: Plan, registry: Registry, *, sources: Sources) -> Result:
    """Measures that each institution of the registry answers for, alone or with others, and supports.

    A measure with several responsible institutions counts for each of them, so the column does not add up to
    the number of measures. An institution named through its ministry counts for itself, not for the ministry.
    """
    rows: list[dict[str, object]] = []
    texts: list[dict[str, str]] = []
    for one in registry.registry:
        held = [measure for measure in plan.measures if one.id in _responsible(measure)]
        counts = {
            "responsible": len(held),
            "alone": sum(len(_responsible(measure)) == 1 for measure in held),
            "supports": sum(one.id in _parties(measure.support) for measure in plan.measures),
        }
        rows += [_row(name, value, group="institution", level=one.id) for name, value in counts.items()]
        words = _words("name", one.name) | _words("kind", _short(one.kind)) | {"label": one.abbreviation or "–"}
        short = {"short.ro": one.abbreviation or one.name.ro, "short.en": one.abbreviation or one.name.en}
        words |= short | {"active": "yes" if held else "no"}
        texts += [words] * len(counts)
    order = sorted(range(len(registry.registry)), key=lambda place: -int(str(rows[place * 3]["estimate"])))
    picked = [place * 3 + step for place in order for step in range(3)]
    return _result(
        "plan_institutions",
        [rows[place] for place in picked],
        [texts[place] for place in picked],
        rows_in=len(plan.measures),
        sources=sources,
    )


def count_endings(plan: Plan, *, evaluation_end: date, sources: Sources) -> Result:
    """Measures by the year in which their last printed period ends, and those over before an evaluation ends."""
    last = [max(due.end for due in measure_due(measure, window=plan.window)) for measure in plan.measures]
    rows = [
        _row("ending", sum(end.year == year for end in last), period=str(year), level=str(year))
        for year in range(plan.head.start.year, plan.head.end.year + 1)
    ]
    rows.append(_row("over_before", sum(end < evaluation_end for end in last)))
    rows.append(_row("running_to_end", sum(end >= evaluation_end for end in last)))
    return _result("plan_endings", rows, rows_in=len(last), sources=sources)


def count_coverage(
    plan: Plan, expected: Sequence[ExpectedResult], problems: Sequence[Problem], *, sources: Sources
) -> Result:
    """Expected results and problems that name each specific objective, in our reading of the strategy."""
    rows: list[dict[str, object]] = []
    texts: list[dict[str, str]] = []
    linked = {
        "expected_results": [one.objectives for one in expected],
        "problems": [one.objectives for one in problems],
    }
    for objective in plan.specific:
        for measure, links in linked.items():
            found = sum(objective.code in codes for codes in links)
            rows.append(_row(measure, found, group="specific_objective", level=objective.code))
            texts.append(_words("name", objective.name))
    for measure, links in linked.items():
        bare = sum(all(one.code not in codes for codes in links) for one in plan.specific)
        rows.append(_row(f"without_{measure}", bare))
        texts.append({"name.ro": "–", "name.en": "–"})
    return _result("plan_coverage", rows, texts, rows_in=len(expected) + len(problems), sources=sources)


def count_frame(
    registry: Registry,
    monitoring: Monitoring,
    expected: Sequence[ExpectedResult],
    problems: Sequence[Problem],
    *,
    pillars: int,
    sources: Sources,
) -> Result:
    """How much the strategy names around the plan: results, problems, pillars, rules, institutions."""
    counts = {
        "expected_results": len(expected),
        "problems": len(problems),
        "pillars": pillars,
        "rules": len(monitoring.rules),
        "rule_questions": len(monitoring.questions),
        "unnamed_rules": sum(rule.actor == "undefined" for rule in monitoring.rules),
        "institutions": len(registry.registry),
    }
    return _counts("frame_size", counts, rows=sum(counts.values()) - counts["unnamed_rules"], sources=sources)


def judge_values(plan: Plan, *, sources: Sources) -> Result:
    """What is known of every indicator's value while no monitoring data have arrived.

    An indicator without a definition is ``undefined``; any other is ``not_collected``. The counts stand first,
    under ``values_undefined``, ``values_not_collected`` and ``values_known``.
    """
    cards = _cards(plan)
    state = {
        card.id: Status.UNDEFINED if card.status is DefinitionStatus.UNDEFINED else Status.NOT_COLLECTED
        for card in cards
    }
    totals = Counter(state.values())
    rows: list[dict[str, object]] = [
        _row("values_known", 0),
        _row("values_undefined", totals[Status.UNDEFINED]),
        _row("values_not_collected", totals[Status.NOT_COLLECTED]),
    ]
    rows += [
        {"measure": card.id, "quantity": card.type.value, "level": "all", "status": state[card.id].value}
        for card in cards
    ]
    return _result("indicator_values", rows, rows_in=len(cards), sources=sources)


def find_twins(plan: Plan) -> tuple[tuple[str, ...], ...]:
    """Groups of measures whose indicators are the same, name by name, when there are at least two of them."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for measure in plan.measures:
        names = tuple(card.name.ro for card in measure.indicators)
        if len(names) > 1:
            groups.setdefault(names, []).append(measure.code)
    return tuple(tuple(codes) for codes in groups.values() if len(codes) > 1)


def find_repeated(plan: Plan) -> dict[str, tuple[Indicator, ...]]:
    """Indicator names printed at more than one measure, with the indicators that bear them."""
    found: dict[str, list[Indicator]] = {}
    for card in _cards(plan):
        found.setdefault(card.name.ro, []).append(card)
    return {name: tuple(cards) for name, cards in found.items() if len(cards) > 1}
