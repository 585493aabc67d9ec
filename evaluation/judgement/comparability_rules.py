"""The written rules of comparability: which facts make an indicator changed or broken, and with which reason."""

from collections.abc import Collection
from enum import StrEnum
from functools import cache
from pathlib import Path

from pydantic import Field

from evaluation.core.errors import JudgementError, StrategyError
from evaluation.core.provenance import Source, digest_file
from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.words import Definition, Text, check_unique, load_as

RULES = Path(__file__).with_name("comparability.yaml")


class Verdict(StrEnum):
    """How far the values of an indicator may be set side by side; a later one outweighs those before it."""

    SAME = "same"
    CHANGED = "changed"
    BROKEN = "broken"
    DROPPED = "dropped"
    NEW = "new"

    @property
    def rank(self) -> int:
        """0 for the best."""
        return list(Verdict).index(self)


class Fact(StrEnum):
    """What may be known of an indicator on its way from one plan and one report to the next."""

    RELATION_NEW = "relation_new"
    RELATION_DROPPED = "relation_dropped"
    RELATION_CHANGED = "relation_changed"
    NAME_DIFFERS = "name_differs"
    UNIT_DIFFERS = "unit_differs"
    TYPE_DIFFERS = "type_differs"
    NUMERATOR_DIFFERS = "numerator_differs"
    DENOMINATOR_DIFFERS = "denominator_differs"
    DIRECTION_DIFFERS = "direction_differs"
    BREAKDOWN_DIFFERS = "breakdown_differs"
    FREQUENCY_DIFFERS = "frequency_differs"
    STATE_DIFFERS = "state_differs"
    UNDEFINED = "undefined"
    BREAK = "break"
    CARD_EDITED = "card_edited"
    DEFINITION_EDITED = "definition_edited"
    BASELINE_EDITED = "baseline_edited"
    NOT_FROZEN = "not_frozen"


class Rule(Definition):
    """A verdict with the facts that lead to it and the reason in words."""

    id: str = Field(pattern=r"^CR-[A-Z-]+$")
    verdict: Verdict
    when_any: tuple[Fact, ...] = Field(min_length=1)
    unless: tuple[Fact, ...] = ()
    reason: Text

    def holds(self, facts: Collection[Fact]) -> bool:
        """One of the facts is there, and none that stands against it."""
        return any(one in facts for one in self.when_any) and not any(one in facts for one in self.unless)


class Unchanged(Text):
    """The reason where no rule holds."""

    id: str = Field(pattern=r"^CR-[A-Z-]+$")


class ComparabilityRules(Definition):
    """The rules in their order, and what the verdicts are called."""

    verdicts: dict[Verdict, Text]
    rules: tuple[Rule, ...] = Field(min_length=1)
    same: Unchanged

    def decide(self, facts: Collection[Fact]) -> tuple[Verdict, tuple[Rule, ...]]:
        """The worst verdict of the rules that hold, and these rules; without any, the same."""
        held = tuple(one for one in self.rules if one.holds(facts))
        worst = max((one.verdict for one in held), key=lambda one: one.rank, default=Verdict.SAME)
        return worst, held


@cache
def load_comparability_rules(file: Path = RULES) -> ComparabilityRules:
    """The rules; every verdict has its name, every fact leads somewhere, no id stands twice."""
    try:
        found = load_as(ComparabilityRules, read_yaml(file), file=file.name)
        check_unique([*(one.id for one in found.rules), found.same.id], file=file.name)
    except StrategyError as error:
        raise JudgementError(str(error)) from None
    without_name = sorted(set(Verdict) - set(found.verdicts))
    ignored = sorted(set(Fact) - {fact for one in found.rules for fact in one.when_any})
    if without_name or ignored:
        raise JudgementError(
            f"{file.name}: {', '.join([*without_name, *ignored])}: a verdict without a name or a fact that no rule "
            "asks for; add the missing line."
        )
    return found


def comparability_source(file: Path = RULES) -> Source:
    """The rules as a source of a result, with their digest."""
    return Source(f"evaluation/judgement/{file.name}", digest_file(file))
