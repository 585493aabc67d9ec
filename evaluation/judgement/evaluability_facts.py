"""The facts of a measure that its evaluability is rated by."""

from collections.abc import Sequence

from evaluation.judgement.plan_data import PlanData
from evaluation.strategy.periods import is_recurring, read_period
from evaluation.strategy.plan import DefinitionStatus, Direction, Indicator, Kind, Measure, Plan

PRODUCTS = (Kind.DELIVERABLE, Kind.TEXT)
OUTCOMES = (Kind.PROPORTION, Kind.RATIO, Kind.RATING, Kind.DURATION, Kind.MONEY)
FRACTIONS = (Kind.PROPORTION, Kind.RATIO)
GROUP = "group"
"""The kind of an entry of the registry that is no institution of its own."""


def measure_facts(measure: Measure, data: PlanData) -> dict[str, float]:
    """What the plan says about a measure, as numbers that the rules set bounds to."""
    cards = measure.indicators
    kinds = {one.id: one.kind for one in data.registry.registry}
    responsible = {one for party in measure.responsible for one in party.institutions}
    sound = sum(_is_sound(card) for card in cards)
    return {
        "results": len(measure.results),
        "cards": len(cards),
        "outcome": sum(card.type in OUTCOMES for card in cards),
        "product": sum(card.type in PRODUCTS for card in cards),
        "changing": sum(card.type not in PRODUCTS for card in cards),
        "sound": sound,
        "sound_share": percent(sound, len(cards)),
        "linked": sum(card.id in data.linked for card in cards),
        "figures": len(figures_about([measure.objective], data)),
        "responsible": len(responsible),
        "named": sum(kinds[one] != GROUP for one in responsible),
        "reported_share": percent(sum(bool(card.frequency) for card in cards), len(cards)),
        "stages": len(measure.evaluation_stage),
        "late": sum(_is_late(stage, data.plan) for stage in measure.evaluation_stage),
    }


def figures_about(codes: Sequence[str], data: PlanData) -> set[str]:
    """Figures of the ledger about one of these objectives."""
    return {one.id for one in data.ledger.entries if set(one.objectives) & set(codes)}


def percent(part: int, whole: int) -> float:
    """A share in percent; of nothing, zero."""
    return 100 * part / whole if whole else 0.0


def _is_sound(card: Indicator) -> bool:
    """Two analysts would agree on the value, and on whether it went the right way."""
    whole = card.type not in FRACTIONS or bool(card.numerator and card.denominator)
    return card.status is DefinitionStatus.DEFINED and card.direction is not Direction.NEUTRAL and whole


def _is_late(stage: str, plan: Plan) -> bool:
    """A dated stage ends after the plan does."""
    if is_recurring(stage):
        return False
    return any(piece.end > plan.head.end for piece in read_period(stage, within=plan.window))
