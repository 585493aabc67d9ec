"""Rules of the yearly request: which breakdowns, which counties, what a unit counts."""

from collections.abc import Iterator
from enum import StrEnum

from pydantic import Field

from evaluation.core.errors import StrategyError
from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.counties import load_counties
from evaluation.strategy.institutions import FRAME, Institution
from evaluation.strategy.plan import Indicator, Kind
from evaluation.strategy.words import Definition, Text, load_as


class UnitClass(StrEnum):
    """What an indicator's unit counts; the gate protects the first, and what is not classed."""

    PROTECTED = "protected"
    """Victims, beneficiaries, children, cases, referrals: figures about people at risk."""
    OFFICIAL = "official"
    """People in office: specialists, officers, teachers trained or appointed."""
    THING = "thing"
    """Activities, documents, institutions, equipment, money, days."""


class Level(Definition):
    """One category of a breakdown."""

    id: str
    name: Text


class Breakdown(Definition):
    """A variable by which figures are broken down; an open one takes categories that the institution writes."""

    id: str
    name: Text
    levels: tuple[Level, ...] = ()
    open: bool = False
    note: Text | None = None


class EvaluatorsRequest(Definition):
    """Breakdowns that the evaluators ask for where the plan asks for none, with the reason."""

    breakdowns: tuple[str, ...]
    indicators: tuple[str, ...]
    reason: Text


class CountyStructure(Definition):
    """The county units that report through an institution."""

    institution: str
    unit: Text
    abbreviation: str


class UnitRule(Definition):
    """The class of a unit, by its English name in the cards."""

    unit: str
    counts: UnitClass


class RequestRules(Definition):
    """Everything the request needs beyond the plan."""

    breakdown_list: tuple[Breakdown, ...] = Field(alias="breakdowns")
    evaluators: tuple[EvaluatorsRequest, ...]
    county_structures: tuple[CountyStructure, ...]
    units: tuple[UnitRule, ...]
    deadline_month: int
    deadline_day: int
    deadline_note: Text
    counties: tuple[str, ...] = ()

    def breakdown(self, group: str) -> Breakdown:
        """The breakdown of an id."""
        for one in self.breakdown_list:
            if one.id == group:
                return one
        raise StrategyError(f"request.yaml: breakdown {group} is not defined; add it to breakdowns.")

    def breakdowns(self, card: Indicator) -> Iterator[tuple[str, bool]]:
        """The breakdowns asked for a card, each with whether the plan itself asks for it."""
        for group in card.disaggregation:
            if group not in ("county", "region"):
                yield group, True
        for wish in self.evaluators:
            if card.id in wish.indicators:
                yield from ((group, False) for group in wish.breakdowns)

    def levels(self, group: str) -> tuple[str, ...]:
        """The fixed levels of a breakdown; none for an open one."""
        return tuple(level.id for level in self.breakdown(group).levels)

    def has_counties(self, card: Indicator, institution: Institution) -> bool:
        """County rows are asked where the card asks, and of institutions that work through county units."""
        if card.type in (Kind.DELIVERABLE, Kind.TEXT, Kind.RATING):
            return False
        through = institution.id in {one.institution for one in self.county_structures}
        return through or "county" in card.disaggregation

    def unit_class(self, card: Indicator) -> UnitClass:
        """What the card's unit counts."""
        for rule in self.units:
            if rule.unit == card.unit.en:
                return rule.counts
        raise StrategyError(f"request.yaml: unit of {card.id} has no class; add it to units.")


def load_request_rules() -> RequestRules:
    """The rules of the request with the ids of the counties."""
    rules = load_as(RequestRules, read_yaml(FRAME / "request.yaml"), file="request.yaml")
    return rules.model_copy(update={"counties": tuple(county.id for county in load_counties())})
