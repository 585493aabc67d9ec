"""What a plan holds, counted: measures, indicators, due dates, institutions; nothing here needs monitoring data."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from evaluation.analysis._plan import (
    Rows,
    Words,
    cards_of,
    count_row,
    counts_result,
    find_repeated,
    find_twins,
    half_name,
    half_words,
    ids_of,
    late_stages,
    plan_result,
    words,
)
from evaluation.core.provenance import Source
from evaluation.core.results import Result
from evaluation.strategy.frame import ExpectedResult, Monitoring, Problem
from evaluation.strategy.institutions import Institution, Registry
from evaluation.strategy.periods import split_window
from evaluation.strategy.plan import DefinitionStatus, Kind, Plan, indicator_due, measure_due
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
    measures, cards = plan.measures, cards_of(plan)
    counts = {
        "general_objectives": len(plan.general),
        "specific_objectives": len(plan.specific),
        "measures": len(measures),
        "indicators": len(cards),
        "indicators_in_action": sum(card.origin == "action" for card in cards),
        "responsible_institutions": len({one for measure in measures for one in ids_of(measure.responsible)}),
        "shared_measures": sum(len(ids_of(measure.responsible)) > 1 for measure in measures),
        "committee_measures": sum(MEMBERS in ids_of(measure.responsible) for measure in measures),
        "without_results": sum(not measure.results for measure in measures),
        "without_stage": sum(not measure.evaluation_stage for measure in measures),
        "without_support": sum(not measure.support for measure in measures),
        "permanent_measures": sum("Permanent" in measure.period for measure in measures),
        "late_stage_measures": sum(bool(late_stages(measure, plan)) for measure in measures),
        "deliverables": sum(card.type in DELIVERED for card in cards),
        "disaggregated": sum(bool(card.disaggregation) for card in cards),
        "not_disaggregated": sum(not card.disaggregation for card in cards),
        "with_target": sum(card.target is not None for card in cards),
        "without_target": sum(card.target is None for card in cards),
        "without_baseline": len(cards),
        "twin_groups": len(find_twins(plan)),
        "repeated_names": len(find_repeated(plan)),
        "misprinted": sum(len(measure.misprints) for measure in measures)
        + sum(len(one.misprints) for one in cards),
    }
    return counts_result("plan_size", counts, rows=len(cards), sources=sources)


def count_definitions(plan: Plan, *, sources: Sources) -> Result:
    """Indicators by definition status, with the share of each among all indicators.

    The share is a full count of the plan's indicators, not a sample: it has no sampling interval.
    """
    cards = cards_of(plan)
    rows: Rows = []
    for status in DefinitionStatus:
        found = sum(card.status is status for card in cards)
        rows.append(count_row(status.value, found))
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
    rows.append(count_row("open_questions", open_cards))
    return plan_result("plan_definitions", rows, rows_in=len(cards), sources=sources)


def count_objectives(plan: Plan, *, sources: Sources) -> Result:
    """Measures and indicators of every general and specific objective, and of the plan as a whole ("all")."""
    rows: Rows = []
    texts: Words = []
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
        rows += [count_row(measure, value, group=group, level=code) for measure, value in counts.items()]
        label = (
            name.ro if code == "all" else f"{code} {name.ro}",
            name.en if code == "all" else f"{code} {name.en}",
        )
        texts += [{"name.ro": label[0], "name.en": label[1]}] * len(counts)
    return plan_result("plan_objectives", rows, texts, rows_in=len(cards_of(plan)), sources=sources)


def count_classes(plan: Plan, terms: Terms, *, sources: Sources) -> Result:
    """Indicators by type, by frequency of reporting and by breakdown asked for.

    An indicator with several breakdowns counts for each of them.
    """
    cards = cards_of(plan)
    found = {
        "kind": Counter(card.type.value for card in cards),
        "frequency": Counter(card.frequency for card in cards),
        "disaggregation": Counter(name for card in cards for name in card.disaggregation),
    }
    rows: Rows = []
    texts: Words = []
    for group, counter in found.items():
        for name in sorted(counter, key=lambda one: (-counter[one], one)):
            rows.append(count_row("indicators", counter[name], group=group, level=name))
            texts.append(words("name", terms[group][name]))
    return plan_result("plan_classes", rows, texts, rows_in=len(cards), sources=sources)


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
    rows: Rows = []
    texts: Words = []
    for code, name in [
        *((one.code, one.name) for one in plan.specific),
        ("all", Text(ro="Total", en="Total")),
    ]:
        for half in halves:
            found = sum(
                code in (objective, "all") and half.start <= end <= half.end for objective, end in ends
            )
            half_id = half_name(half.end)
            group = "total" if code == "all" else "specific_objective"
            rows.append(count_row(f"due_{half_id}", found, period=half_id, group=group, level=code))
            whole = code == "all"
            label = name if whole else Text(ro=f"{code} {name.ro}", en=f"{code} {name.en}")
            short = name if whole else Text(ro=code, en=code)
            texts.append(words("label", label) | words("short", short) | words("half", half_words(half.end)))
    return plan_result("plan_due", rows, texts, rows_in=len(ends), sources=sources)


def count_institutions(plan: Plan, registry: Registry, terms: Terms, *, sources: Sources) -> Result:
    """Measures that each institution of the registry answers for, alone or with others, and supports.

    A measure with several responsible institutions counts for each of them, so the column does not add up to
    the number of measures. An institution named through its ministry counts for itself, not for the ministry.
    """
    held = {
        one.id: [measure for measure in plan.measures if one.id in ids_of(measure.responsible)]
        for one in registry.registry
    }
    rows: Rows = []
    texts: Words = []
    for one in sorted(registry.registry, key=lambda one: -len(held[one.id])):
        counts = {
            "responsible": len(held[one.id]),
            "alone": sum(len(ids_of(measure.responsible)) == 1 for measure in held[one.id]),
            "supports": sum(one.id in ids_of(measure.support) for measure in plan.measures),
        }
        group = "responsible_institution" if held[one.id] else "other_institution"
        rows += [count_row(name, value, group=group, level=one.id) for name, value in counts.items()]
        texts += [_institution_words(one, registry, terms)] * len(counts)
    return plan_result("plan_institutions", rows, texts, rows_in=len(plan.measures), sources=sources)


def count_endings(plan: Plan, *, evaluation_end: date, sources: Sources) -> Result:
    """Measures by the year in which their last printed period ends, and those over before an evaluation ends."""
    last = [max(due.end for due in measure_due(measure, window=plan.window)) for measure in plan.measures]
    rows = [
        count_row("ending", sum(end.year == year for end in last), period=str(year), level=str(year))
        for year in range(plan.head.start.year, plan.head.end.year + 1)
    ]
    rows.append(count_row("over_before", sum(end < evaluation_end for end in last)))
    rows.append(count_row("running_to_end", sum(end >= evaluation_end for end in last)))
    return plan_result("plan_endings", rows, rows_in=len(last), sources=sources)


def count_coverage(
    plan: Plan, expected: Sequence[ExpectedResult], problems: Sequence[Problem], *, sources: Sources
) -> Result:
    """Expected results and problems that name each specific objective, in our reading of the strategy."""
    rows: Rows = []
    texts: Words = []
    linked = {
        "expected_results": [one.objectives for one in expected],
        "problems": [one.objectives for one in problems],
    }
    for objective in plan.specific:
        for measure, links in linked.items():
            found = sum(objective.code in codes for codes in links)
            rows.append(count_row(measure, found, group="specific_objective", level=objective.code))
            name = Text(
                ro=f"{objective.code} {objective.name.ro}", en=f"{objective.code} {objective.name.en}"
            )
            texts.append(words("name", name))
    for measure, links in linked.items():
        bare = sum(all(one.code not in codes for codes in links) for one in plan.specific)
        rows.append(count_row(f"without_{measure}", bare))
        texts.append({"name.ro": "–", "name.en": "–"})
    return plan_result("plan_coverage", rows, texts, rows_in=len(expected) + len(problems), sources=sources)


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
        "institution_misprints": sum(len(one.misprints) for one in registry.registry),
    }
    return counts_result(
        "frame_size", counts, rows=sum(counts.values()) - counts["unnamed_rules"], sources=sources
    )


def _institution_words(one: Institution, registry: Registry, terms: Terms) -> dict[str, str]:
    short = Text(ro=one.abbreviation or one.name.ro, en=one.abbreviation or one.name.en)
    return {
        **words("name", one.name),
        **words("kind", terms["institution"][one.kind]),
        **words("short", short),
        "abbreviation": one.abbreviation or "–",
        "parent": registry.label(one.parent) if one.parent else "–",
        "lines": ", ".join(one.source_lines) or "–",
    }
