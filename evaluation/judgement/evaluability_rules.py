"""The written rules of evaluability: which facts make a yes, a partly or a no, and what follows."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import Field

from evaluation.core.errors import JudgementError, StrategyError
from evaluation.core.provenance import Source, digest_file
from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.words import Definition, Text, check_unique, load_as

RULES = Path(__file__).resolve().parent / "frame" / "evaluability.yaml"
DIMENSIONS = ("logic", "indicator", "baseline", "data", "use")
UNITS = ("general", "specific", "measure")


class Rating(StrEnum):
    """How far a unit can be evaluated on one dimension."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Rule(Definition):
    """A rating with the bounds that the facts must keep, the reason in words and the consequence."""

    id: str
    units: tuple[str, ...] = Field(min_length=1)
    dimension: str
    rating: Rating
    at_least: dict[str, float] = Field(default_factory=dict)
    at_most: dict[str, float] = Field(default_factory=dict)
    reason: Text
    consequence: Text

    def holds(self, facts: Mapping[str, float]) -> bool:
        """All bounds are kept; a fact that the unit does not have is a mistake in the rule."""
        unknown = sorted((set(self.at_least) | set(self.at_most)) - set(facts))
        if unknown:
            raise JudgementError(
                f"evaluability.yaml, {self.id}: {', '.join(unknown)} is not a fact of such a unit; name one that is."
            )
        low = all(facts[name] >= bound for name, bound in self.at_least.items())
        return low and all(facts[name] <= bound for name, bound in self.at_most.items())


class EvaluabilityRules(Definition):
    """The rules in their order, and the words for what they rate."""

    dimensions: dict[str, Text]
    ratings: dict[str, Text]
    units: dict[str, Text]
    rules: tuple[Rule, ...]

    def rate(self, unit: str, dimension: str, facts: Mapping[str, float]) -> Rule:
        """The first rule that holds."""
        for rule in self.of(unit, dimension):
            if rule.holds(facts):
                return rule
        raise JudgementError(
            f"evaluability.yaml: no rule rates {dimension} of {unit}; end with one without bounds."
        )

    def of(self, unit: str, dimension: str) -> tuple[Rule, ...]:
        """The rules of a kind of unit and a dimension, in their order."""
        return tuple(one for one in self.rules if unit in one.units and one.dimension == dimension)


def load_evaluability_rules(file: Path = RULES) -> EvaluabilityRules:
    """The rules; for every kind of unit and dimension the last one has no bounds, and no other."""
    try:
        found = load_as(EvaluabilityRules, read_yaml(file), file=file.name)
        check_unique((one.id for one in found.rules), file=file.name)
    except StrategyError as error:
        raise JudgementError(str(error)) from None
    for unit in UNITS:
        for dimension in DIMENSIONS:
            open_ended = [not (one.at_least or one.at_most) for one in found.of(unit, dimension)]
            if not open_ended or open_ended != [*[False] * (len(open_ended) - 1), True]:
                raise JudgementError(
                    f"{file.name}, {unit}, {dimension}: exactly the last rule must have no bounds; reorder the rules."
                )
    return found


@cache
def evaluability_source(file: Path = RULES) -> Source:
    """The rules as a source of a result, with their digest."""
    return Source(file=f"evaluation/judgement/frame/{file.name}", digest=digest_file(file))
