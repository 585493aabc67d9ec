"""The definitions that the indicator cards are made of, loaded together with their files."""

from dataclasses import dataclass

from evaluation.core.provenance import Source, digest_file
from evaluation.strategy.crosswalk import load_plans
from evaluation.strategy.frame import Assessment, frame_sources, load_terms, plan_sources
from evaluation.strategy.institutions import Registry, load_registry
from evaluation.strategy.ledger import BASELINES, Ledger, load_ledger
from evaluation.strategy.plan import Plan
from evaluation.strategy.request import RequestRules, load_request_rules
from evaluation.strategy.words import Text


@dataclass(frozen=True, slots=True)
class CardData:
    """The plans of an assessment and all that is said about their indicators outside them."""

    plans: tuple[Plan, ...]
    registry: Registry
    terms: dict[str, dict[str, Text]]
    rules: RequestRules
    ledger: Ledger
    sources: tuple[Source, ...]


def load_card_data(assessment: Assessment) -> CardData:
    """Plans, institutions, words, rules of the request and the ledger of baselines."""
    evaluated = load_plans(assessment)
    plans = tuple(one for one in (evaluated.first, evaluated.later) if one is not None)
    files = tuple(BASELINES / name for name in ("ledger.yaml", "indicator_baselines.yaml"))
    return CardData(
        plans,
        load_registry(),
        load_terms(),
        load_request_rules(),
        load_ledger(),
        (
            *(source for plan in plans for source in plan_sources(plan.head.id)),
            *frame_sources("institutions", "terms", "request"),
            *(Source(f"evaluation/strategy/baselines/{one.name}", digest_file(one)) for one in files),
        ),
    )
