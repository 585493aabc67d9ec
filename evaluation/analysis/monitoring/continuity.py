"""How indicators go on from one plan to the next: the crosswalk as a listing, and how many take each way."""

from evaluation.analysis.monitoring._rows import (
    Row,
    Words,
    levels_of,
    make_listing,
    make_result,
    pair,
    tally_row,
    term,
    within,
)
from evaluation.analysis.monitoring.definitions import Definitions
from evaluation.core.results import Listing, Result
from evaluation.strategy.crosswalk import EvaluatedPlans, Relation, Step
from evaluation.strategy.plan import Plan
from evaluation.strategy.words import Text

NONE = Text(ro="–", en="–")
ONE_PLAN = "one_plan"
"""In place of a way where a single plan is evaluated: its indicators have none."""


def list_crosswalk(plans: EvaluatedPlans, *, definitions: Definitions) -> Listing:
    """Every indicator that does not simply go on, with its ids, its way and the reason, by general objective.

    Continuing indicators are counted in ``count_crosswalk`` and left out here. With one plan there is one line,
    which says so.
    """
    if plans.later is None or plans.crosswalk is None:
        words = term("relation", ONE_PLAN, definitions.terms) | pair("note", NONE) | pair("name", NONE)
        texts = [{"old": "–", "new": "–", "code": "–", "general": "–"} | words]
        return make_listing("crosswalk", texts, plans.sources, method="crosswalk")
    names = _names(plans.first) | _names(plans.later)
    texts = []
    for step in sorted(plans.crosswalk.indicators, key=lambda one: names[one.old or one.new][0][0]):
        if step.relation is not Relation.CONTINUING:
            code, name = names[step.old or step.new]
            words = term("relation", step.relation.value, definitions.terms)
            words |= pair("note", step.note or NONE) | pair("name", name)
            ids = {"old": step.old or "–", "new": step.new or "–"}
            texts.append({**ids, "code": code, "general": code[0], **words})
    return make_listing("crosswalk", texts, plans.sources, method="crosswalk")


def count_crosswalk(plans: EvaluatedPlans, *, definitions: Definitions) -> Result:
    """How many indicators continue, change, are dropped or are new, for the plan and each objective.

    A dropped indicator counts under its earlier objective, any other under that of the later plan. With one plan
    all its indicators are counted, because none has a way to go.
    """
    found = _ways(plans)
    ways = [one.value for one in Relation] if plans.later is not None else [ONE_PLAN]
    rows: list[Row] = []
    texts: list[Words] = []
    for group, level, label, short in levels_of(plans.later or plans.first):
        for way in ways:
            number = sum(one == way and within(code, level) for code, one in found)
            rows.append({**tally_row(way, number), "group": group, "level": level})
            words = pair("label", label) | pair("short", short)
            texts.append(words | term("relation", way, definitions.terms))
    return make_result("crosswalk_counts", rows, texts, plans.sources, method="full_count")


def _ways(plans: EvaluatedPlans) -> list[tuple[str, str]]:
    """The measure and the way of every indicator."""
    first = _names(plans.first)
    if plans.later is None or plans.crosswalk is None:
        return [(code, ONE_PLAN) for code, _name in first.values()]
    later = _names(plans.later)

    def home(step: Step) -> str:
        return later[step.new][0] if step.new else first[step.old][0]

    return [(home(step), step.relation.value) for step in plans.crosswalk.indicators]


def _names(plan: Plan) -> dict[str, tuple[str, Text]]:
    """The measure and the name of every indicator of a plan."""
    return {card.id: (measure.code, card.name) for measure in plan.measures for card in measure.indicators}
