"""The lists that a row of the matrix may choose from: ids of plan, frame and ledger with their names, and its own."""

from evaluation.judgement.matrix_rows import EVALUATORS, STRATEGY, Matrix, Term
from evaluation.strategy.frame import (
    load_assessments,
    load_criteria,
    load_expected_results,
    load_monitoring,
    load_pillars,
    load_problems,
    load_terms,
)
from evaluation.strategy.institutions import load_registry
from evaluation.strategy.ledger import load_ledger
from evaluation.strategy.plan import PLANS, Plan, load_plan
from evaluation.strategy.request import load_request_rules
from evaluation.strategy.words import Text

Terms = tuple[Term, ...]
WHOLE = Text(ro="strategia în ansamblu", en="the strategy as a whole")
TEAM = Text(ro="evaluatorii", en="the evaluators")


def matrix_lists(matrix: Matrix) -> dict[str, Terms]:
    """For each field of a row, what it may name; ``reason`` serves the three fields that can have one."""
    plans = evaluated_plans()
    first = plans[0]
    cards = {card.id: card.name for plan in plans for measure in plan.measures for card in measure.indicators}
    return {
        "assessments": _terms({one.id: one.title for one in load_assessments()}),
        "scope": _terms({STRATEGY: WHOLE} | {one.code: one.name for one in first.general}),
        "criterion": _terms({one.id: one.name for one in load_criteria()}),
        "drawn_from": _terms(_origins(first)),
        "indicators": _terms(cards),
        "reason": matrix.reasons,
        "baseline": _terms({one.id: one.quantity for one in load_ledger().quantities().values()}),
        "sources": matrix.sources,
        "owner": _terms({EVALUATORS: TEAM} | {one.id: one.name for one in load_registry().registry}),
        "methods": matrix.methods,
        "sample": matrix.samples,
        "disaggregation": _terms(_breakdowns()),
        "limits": tuple(Term(id=one.id, name=one.limit) for one in matrix.limits),
    }


def evaluated_plans() -> tuple[Plan, ...]:
    """The plans of the assessments that are published, in order; invented ones are not among them."""
    names = dict.fromkeys(plan for one in load_assessments() for plan in one.plans)
    return tuple(load_plan(name) for name in names if (PLANS / name).is_dir())


def _origins(plan: Plan) -> dict[str, Text]:
    """What a question can be drawn from: objectives, expected results, problems, pillars, monitoring rules."""
    found: dict[str, Text] = {one.code: one.name for one in (*plan.general, *plan.specific)}
    found |= {one.id: Text(ro=one.ro, en=one.en) for one in load_expected_results()}
    found |= {one.id: one.title for one in load_problems()}
    found |= {one.id: Text(ro=one.ro, en=one.en) for one in load_pillars()}
    return found | {one.id: one.rule for one in load_monitoring().rules}


def _breakdowns() -> dict[str, Text]:
    """The breakdowns that the plan names and those that the yearly request defines."""
    return load_terms()["disaggregation"] | {one.id: one.name for one in load_request_rules().breakdown_list}


def _terms(names: dict[str, Text]) -> Terms:
    return tuple(Term(id=one, name=name) for one, name in names.items())
