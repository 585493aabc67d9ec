"""The definitions that evaluability is read from, loaded together."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.core.provenance import Source, digest_file
from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.frame import ExpectedResult, frame_sources, load_expected_results, plan_sources
from evaluation.strategy.institutions import Registry, load_registry
from evaluation.strategy.ledger import BASELINES, Gap, Ledger, load_gaps, load_ledger
from evaluation.strategy.plan import Plan, load_plan

LINKS = BASELINES / "indicator_baselines.yaml"
FIRST_PLAN = "pna_2024_2026"


@dataclass(frozen=True, slots=True)
class PlanData:
    """All that evaluability is read from; no data of a return are among it."""

    plan: Plan
    registry: Registry
    ledger: Ledger
    gaps: Sequence[Gap]
    expected: Sequence[ExpectedResult]
    linked: frozenset[str]
    """Indicators of which the strategy prints a figure of the same quantity."""


def load_plan_data(plan_id: str = FIRST_PLAN, *, links: Path = LINKS) -> PlanData:
    """Plan, registry, ledger, gaps, expected results, and which indicators have a printed figure."""
    linked = frozenset(one["indicator"] for one in read_yaml(links)["links"])
    return PlanData(
        load_plan(plan_id), load_registry(), load_ledger(), load_gaps(), load_expected_results(), linked
    )


def plan_data_sources(plan_id: str = FIRST_PLAN) -> tuple[Source, ...]:
    """The files behind it, with their digests."""
    baselines = [BASELINES / name for name in ("ledger.yaml", "gaps.yaml", LINKS.name)]
    return (
        *plan_sources(plan_id),
        *frame_sources("expected_results", "institutions"),
        *(Source(f"evaluation/strategy/baselines/{one.name}", digest_file(one)) for one in baselines),
    )
