"""Our definitions of the indicators that the plan leaves undefined, and what they must show to be accepted."""

from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import Field, model_validator

from evaluation.core.errors import StrategyError
from evaluation.core.project import PACKAGE
from evaluation.core.provenance import Source, digest_file
from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.plan import DefinitionStatus, Direction, Plan
from evaluation.strategy.words import Definition, Text, check_unique, load_as

WORKBENCH = Path(__file__).resolve().parent / "workbench"
THRESHOLDS = "thresholds.yaml"
TOLERANCE = 1e-9


class Verdict(StrEnum):
    """What may be said of a definition; from best to worst."""

    ACCEPTED = "accepted"
    EXPERIMENTAL = "experimental"
    NOT_COMPUTABLE = "not_computable"


class SourceKind(StrEnum):
    """Where the data of a component would come from."""

    COUNTY_COMPONENT = "county_component"
    OBSERVATION = "observation"
    TRAINING_ITEM = "training_item"
    CONTEXT = "context"
    NOT_AVAILABLE = "not_available"


class Aggregation(StrEnum):
    """How the components become one value."""

    WEIGHTED_MEAN = "weighted_mean"
    CHAIN = "chain"
    RATIO = "ratio"
    SHARE = "share"


class Role(StrEnum):
    """The part of a component in the formula."""

    TERM = "term"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    BASE = "base"
    LINK = "link"


ROLES = {
    Aggregation.WEIGHTED_MEAN: {Role.TERM},
    Aggregation.CHAIN: {Role.BASE, Role.LINK},
    Aggregation.RATIO: {Role.NUMERATOR, Role.DENOMINATOR},
    Aggregation.SHARE: {Role.NUMERATOR, Role.DENOMINATOR},
}
QUOTIENT = [Role.DENOMINATOR, Role.NUMERATOR]


class Component(Definition):
    """One ingredient; ``direction`` more means that a higher value raises the indicator."""

    id: str = Field(pattern="^[a-z_]+$")
    role: Role
    name: Text
    data_needed: Text
    source: SourceKind
    indicators: tuple[str, ...] = ()
    direction: Direction
    weight: float | None = Field(default=None, gt=0)
    reason: Text


class Scale(Text):
    """What the values mean, and their ends where there are any."""

    kind: str = Field(pattern="^(quotient|percent_rank|z_score|share)$")
    low: float
    high: float | None = None


class MissingRule(Text):
    """What happens to a unit that lacks components."""

    most_missing: int = Field(ge=0)


class NonCompensation(Text):
    """Why a good component cannot hide a bad one; ``kind`` names the computed rule, if there is one."""

    kind: str = Field(default="none", pattern="^(none|worst_not_best)$")


class IndicatorDefinition(Definition):
    """How we would compute an indicator that the plan does not define, and what is still missing."""

    id: str = Field(pattern=r"^WB-\d\.\d\.\d{1,2}-\d$")
    indicator: str
    concept: Text
    components: tuple[Component, ...] = Field(min_length=1)
    formula: Text
    aggregation: Aggregation
    computed_by: str = Field(pattern="^(match|vulnerability|internet_protection|observations|nothing)$")
    scale: Scale
    missing_rule: MissingRule
    non_compensation: NonCompensation
    cost: Text
    missing_evidence: tuple[Text, ...] = ()
    verdict: Verdict
    reason: Text

    @property
    def weights(self) -> dict[str, float]:
        """The declared weights by component, in the declared order."""
        return {one.id: one.weight for one in self.components if one.weight is not None}

    @property
    def links(self) -> tuple[Component, ...]:
        """The links of a chain without its base."""
        return tuple(one for one in self.components if one.role is Role.LINK)

    @model_validator(mode="after")
    def _consistent(self) -> "IndicatorDefinition":
        if self.indicator != self.id.replace("WB-", "IND-"):
            raise ValueError("the definition and its indicator have different numbers")
        roles = [one.role for one in self.components]
        if not set(roles) <= ROLES[self.aggregation]:
            raise ValueError("a component has a role that the aggregation does not know")
        if self.aggregation in (Aggregation.RATIO, Aggregation.SHARE) and sorted(roles) != QUOTIENT:
            raise ValueError("a quotient has one numerator and one denominator")
        if self.aggregation is Aggregation.WEIGHTED_MEAN and (
            len(self.weights) != len(roles) or abs(sum(self.weights.values()) - 1) > TOLERANCE
        ):
            raise ValueError("every term needs a weight, and the weights must add to 1")
        if self.verdict is Verdict.ACCEPTED and self.missing_evidence:
            raise ValueError("a definition with missing evidence cannot be accepted")
        return self


class Criterion(Definition):
    """One thing that a definition must show, with the least or the greatest value allowed."""

    id: str
    name: Text
    reason: Text
    aggregations: tuple[Aggregation, ...] = Field(min_length=1)
    at_least: float | None = None
    at_most: float | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> "Criterion":
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("a criterion has either at_least or at_most")
        return self

    @property
    def bound(self) -> float:
        """The value that the evidence is held against."""
        return float(self.at_least if self.at_least is not None else self.at_most or 0.0)

    def allows(self, value: float) -> bool:
        """Whether the evidence is on the right side; the bound itself is."""
        return value >= self.bound if self.at_least is not None else value <= self.bound


class Thresholds(Definition):
    """The criteria of acceptance and the words for outcomes, verdicts and classes."""

    criteria: tuple[Criterion, ...] = Field(min_length=1)
    outcomes: dict[str, Text]
    verdicts: dict[Verdict, Text]
    sources: dict[SourceKind, Text]
    directions: dict[Direction, Text]
    no_data: Text


@cache
def load_definitions() -> tuple[IndicatorDefinition, ...]:
    """All definitions of the workbench, in the order of the plan's codes."""
    loaded = [
        load_as(IndicatorDefinition, read_yaml(path), file=path.name)
        for path in sorted(WORKBENCH.glob("WB-*.yaml"))
    ]
    check_unique((one.id for one in loaded), file="workbench")
    for one in loaded:
        check_unique((part.id for part in one.components), file=one.id)
    return tuple(sorted(loaded, key=lambda one: _order(one.id)))


def get_definition(definition_id: str) -> IndicatorDefinition:
    """One definition by its own id or by that of its indicator."""
    for one in load_definitions():
        if definition_id in (one.id, one.indicator):
            return one
    raise StrategyError(f"{definition_id}: the workbench has no such definition; see strategy/workbench.")


@cache
def load_thresholds() -> Thresholds:
    """What a definition must show before it may be accepted."""
    return load_as(Thresholds, read_yaml(WORKBENCH / THRESHOLDS), file=THRESHOLDS)


def workbench_sources(folder: Path = WORKBENCH) -> tuple[Source, ...]:
    """The definition files and the thresholds, with their digests, as the register prints them."""
    return tuple(
        Source(path.relative_to(PACKAGE.parent).as_posix(), digest_file(path))
        for path in sorted(folder.glob("*.yaml"))
    )


def check_covers(definitions: tuple[IndicatorDefinition, ...], plan: Plan) -> None:
    """Every indicator that the plan leaves undefined has a definition, and no other has one."""
    undefined = {
        card.id
        for measure in plan.measures
        for card in measure.indicators
        if card.status is DefinitionStatus.UNDEFINED
    }
    differing = sorted(undefined ^ {one.indicator for one in definitions})
    if differing:
        raise StrategyError(
            f"workbench: {', '.join(differing)}: undefined without a definition, or defined twice; add or remove it."
        )


def _order(definition_id: str) -> tuple[int, ...]:
    return tuple(int(part) for part in definition_id.removeprefix("WB-").replace("-", ".").split("."))
