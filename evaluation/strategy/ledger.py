"""The baseline ledger: figures the strategy states about the situation, rules that test them, gaps."""

import re
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, model_validator

from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.words import Definition, Text, check_unique, load_as

BASELINES = Path(__file__).resolve().parent / "baselines"
DOCUMENT = "HG 533/2024"
_INPUT = re.compile(r"\b(?:BL|EX)-\d{3}\b")

ObjectiveCode = Annotated[str, Field(pattern=r"^[1-5](\.[1-7])?$")]
LedgerId = Annotated[str, Field(pattern=r"^(BL|EX)-\d{3}$")]


class Precision(StrEnum):
    """How exactly a figure is printed."""

    EXACT = "exact"
    ROUNDED = "rounded"
    APPROXIMATE = "approximate"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ORDINAL = "ordinal"


class Unit(StrEnum):
    """What a figure is counted in."""

    COUNT = "count"
    PERCENT = "percent"
    PER_100000 = "per_100000"
    RANK = "rank"
    RATIO = "ratio"
    YEAR = "year"


class FigureKind(StrEnum):
    """Where in the document a figure stands."""

    TEXT = "text"
    TABLE = "table"
    CHART = "chart"
    FOOTNOTE = "footnote"


class Relation(StrEnum):
    """What one side of a rule has to be to the other; ``whole`` asks for a whole number of persons."""

    EQUALS = "equals"
    OVERLAPS = "overlaps"
    BETWEEN = "between"
    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    LESS = "less"
    GREATER = "greater"
    WHOLE = "whole"


class RuleKind(StrEnum):
    """Whether a rule computes, or compares two printed references."""

    ARITHMETIC = "arithmetic"
    REFERENCE = "reference"


class Verdict(StrEnum):
    """What a consistency rule found."""

    CONSISTENT = "consistent"
    INCONSISTENT = "inconsistent"
    DEPENDS_ON_READING = "depends_on_reading"
    NOT_DETERMINABLE = "not_determinable"


class Quantity(Definition):
    """A number with the interval that its printed form stands for."""

    id: LedgerId
    quantity: Text
    value: Decimal
    lower: Decimal
    upper: Decimal
    unit: Unit
    period: str
    note: Text | None = None

    @model_validator(mode="after")
    def _ordered(self) -> "Quantity":
        if not self.lower <= self.value <= self.upper:
            raise ValueError("the value does not lie between lower and upper")
        return self


class Source(Definition):
    """The line of the extracted text that a figure is quoted from."""

    document: str = DOCUMENT
    line: int
    quote: str


class Baseline(Quantity):
    """One figure as the strategy prints it."""

    printed: str
    precision: Precision
    decimals: int | None = None
    population: Text
    denominator: Text | None = None
    place: str
    breakdown: dict[str, str] = Field(default_factory=dict)
    objectives: tuple[ObjectiveCode, ...] = ()
    kind: FigureKind
    source: Source

    @model_validator(mode="before")
    @classmethod
    def _bounds(cls, given: Any) -> Any:
        return given | _implied_bounds(given) if isinstance(given, dict) else given


class External(Quantity):
    """One published figure from outside the strategy, named by its sources in the secondary data."""

    sources: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _bounds(cls, given: Any) -> Any:
        if not isinstance(given, dict) or "value" not in given:
            return given
        return {"lower": given["value"], "upper": given["value"]} | given


class Ledger(Definition):
    """All figures of the strategy and the external constants that they are tested against."""

    entries: tuple[Baseline, ...]
    external: tuple[External, ...]

    def quantities(self) -> dict[str, Quantity]:
        """Every figure by its id."""
        return {one.id: one for one in (*self.entries, *self.external)}


class Reading(Definition):
    """One meaning that the printed words carry, as a relation between two formulas."""

    name: Text
    left: str | None = None
    relation: Relation | None = None
    right: str | None = None
    missing: Text | None = None

    @model_validator(mode="after")
    def _complete(self) -> "Reading":
        needs_right = self.relation is not Relation.WHOLE
        computable = self.left and self.relation and bool(self.right) == needs_right
        if bool(computable) == (self.missing is not None):
            raise ValueError("a reading has left, relation and right, or else says what is missing")
        return self

    def inputs(self) -> tuple[str, ...]:
        """Ids that the two formulas name, in order of appearance."""
        found = _INPUT.findall(f"{self.left or ''} {self.right or ''}")
        return tuple(dict.fromkeys(found))


class Rule(Definition):
    """One claim of the strategy and how it is tested; the plainest reading comes first."""

    id: str = Field(pattern=r"^AR-\d{2}$")
    kind: RuleKind = RuleKind.ARITHMETIC
    claim: Text
    stated: str
    readings: tuple[Reading, ...] = ()
    found: str | None = None
    expected: str | None = None
    verdict: Verdict | None = None
    reason: Text | None = None
    question: Text
    lines: tuple[int, ...] = Field(min_length=1)
    how_found: Text

    @model_validator(mode="after")
    def _shape(self) -> "Rule":
        reference = (self.found, self.expected, self.verdict, self.reason)
        if self.kind is RuleKind.ARITHMETIC and (not self.readings or any(reference)):
            raise ValueError("an arithmetic rule has readings and nothing of a reference rule")
        if self.kind is RuleKind.REFERENCE and (self.readings or not all(reference)):
            raise ValueError("a reference rule has found, expected, verdict and reason, and no readings")
        return self

    def inputs(self) -> tuple[str, ...]:
        """Ids that the readings name, in order of appearance."""
        return tuple(dict.fromkeys(one for reading in self.readings for one in reading.inputs()))


class Gap(Definition):
    """A specific objective without a printed baseline, and the nearest figures that are printed."""

    objective: ObjectiveCode
    reason: Text
    related: tuple[LedgerId, ...] = ()


class _Rules(Definition):
    rules: tuple[Rule, ...]


class _Gaps(Definition):
    gaps: tuple[Gap, ...]


def load_ledger(folder: Path = BASELINES) -> Ledger:
    """The baseline ledger and its external constants."""
    ledger = load_as(Ledger, read_yaml(folder / "ledger.yaml"), file="ledger.yaml")
    check_unique((one.id for one in (*ledger.entries, *ledger.external)), file="ledger.yaml")
    return ledger


def load_rules(folder: Path = BASELINES) -> tuple[Rule, ...]:
    """The consistency rules, in the order of their ids."""
    rules = load_as(_Rules, read_yaml(folder / "rules.yaml"), file="rules.yaml").rules
    check_unique((rule.id for rule in rules), file="rules.yaml")
    return rules


def load_gaps(folder: Path = BASELINES) -> tuple[Gap, ...]:
    """The specific objectives without a printed baseline."""
    gaps = load_as(_Gaps, read_yaml(folder / "gaps.yaml"), file="gaps.yaml").gaps
    check_unique((gap.objective for gap in gaps), file="gaps.yaml")
    return gaps


def _implied_bounds(given: dict[str, Any]) -> dict[str, Any]:
    if "lower" in given or "upper" in given or "value" not in given:
        return {}
    if given.get("precision") == Precision.ROUNDED and "decimals" in given:
        half = Decimal(1).scaleb(-int(given["decimals"])) / 2
        value = Decimal(given["value"])
        return {"lower": value - half, "upper": value + half}
    if given.get("precision") in (Precision.EXACT, Precision.ORDINAL):
        return {"lower": given["value"], "upper": given["value"]}
    return {}
