"""The strategy around the plan as tables of words: results, problems, pillars, rules, criteria, evaluators."""

from collections.abc import Sequence

from evaluation.analysis._plan import plan_listing, words
from evaluation.core.provenance import Source
from evaluation.core.results import Listing
from evaluation.strategy.frame import Criterion, ExpectedResult, Independence, Monitoring, Pillar, Problem
from evaluation.strategy.institutions import Registry
from evaluation.strategy.words import Text

Sources = Sequence[Source]
Terms = dict[str, dict[str, Text]]


def list_expected_results(expected: Sequence[ExpectedResult], *, sources: Sources) -> Listing:
    """The expected results as printed, with the objectives that they concern in our reading."""
    texts = [
        {"id": one.id, **words("name", one), "objectives": ", ".join(one.objectives), "lines": one.lines}
        for one in expected
    ]
    return plan_listing("expected_results", texts, sources=sources)


def list_problems(problems: Sequence[Problem], *, sources: Sources) -> Listing:
    """The problems by their printed titles, with the objectives that answer them in our reading."""
    texts = [
        {
            "id": one.id,
            **words("name", one.title),
            "objectives": ", ".join(one.objectives),
            "lines": one.lines,
        }
        for one in problems
    ]
    return plan_listing("problems", texts, sources=sources)


def list_pillars(pillars: Sequence[Pillar], *, sources: Sources) -> Listing:
    """The pillars, with the general objectives that belong to them in our reading."""
    texts = [
        {
            "id": one.id,
            **words("name", one),
            "objectives": ", ".join(one.general_objectives),
            "lines": one.lines,
        }
        for one in pillars
    ]
    return plan_listing("pillars", texts, sources=sources)


def list_rules(monitoring: Monitoring, registry: Registry, terms: Terms, *, sources: Sources) -> Listing:
    """The rules of monitoring and evaluation: what, who, when, and whether it is a duty."""
    texts = [
        {
            "id": rule.id,
            **words("rule", rule.rule),
            **words("actor", _actors((rule.actor, *rule.other_actors), registry, terms)),
            "years": _span(rule.years),
            **words("force", terms["force"][rule.force]),
            "report_year": rule.report_year,
            "kind": "report" if rule.report_year else "rule",
            "lines": rule.lines,
        }
        for rule in monitoring.rules
    ]
    return plan_listing("monitoring_rules", texts, sources=sources)


def list_rule_questions(monitoring: Monitoring, *, sources: Sources) -> Listing:
    """What the monitoring rules leave open, as questions to the agency."""
    texts = [
        {"id": one.id, **words("question", one.question), "rules": ", ".join(one.rules), "lines": one.lines}
        for one in monitoring.questions
    ]
    return plan_listing("monitoring_questions", texts, sources=sources)


def list_criteria(criteria: Sequence[Criterion], terms: Terms, *, sources: Sources) -> Listing:
    """The evaluation criteria in both usual lists, and what can be said on each now."""
    texts = [
        {
            "id": one.id,
            **words("name", one.name),
            **words("oecd", one.oecd),
            **words("eu", one.eu),
            **words("question", one.question),
            **words("state", terms["criterion"][one.state]),
            **words("reason", one.reason),
        }
        for one in criteria
    ]
    return plan_listing("criteria", texts, sources=sources)


def list_conditions(independence: Independence, *, sources: Sources) -> Listing:
    """What the strategy asks of the evaluators."""
    texts = [{"id": one.id, **words("name", one), "lines": one.lines} for one in independence.conditions]
    return plan_listing("independence_conditions", texts, sources=sources)


def list_declaration(independence: Independence, terms: Terms, *, sources: Sources) -> Listing:
    """The fields of the declaration of independence and their state."""
    texts = [
        {
            "id": one.id,
            **words("name", one.field),
            "conditions": ", ".join(one.conditions) or "–",
            **words("state", terms["declaration"][one.state]),
        }
        for one in independence.declaration
    ]
    return plan_listing("independence_declaration", texts, sources=sources)


def _actors(ids: Sequence[str], registry: Registry, terms: Terms) -> Text:
    found = []
    for one in ids:
        if one == "undefined":
            found.append(terms["missing"]["undefined"])
        else:
            entry = registry.get(one)
            found.append(Text(ro=entry.abbreviation or entry.name.ro, en=entry.abbreviation or entry.name.en))
    return Text(ro="; ".join(one.ro for one in found), en="; ".join(one.en for one in found))


def _span(years: Sequence[int]) -> str:
    first, last = min(years), max(years)
    if first == last:
        return str(first)
    whole = len(years) == last - first + 1
    return f"{first}-{last}" if whole else ", ".join(str(year) for year in years)
