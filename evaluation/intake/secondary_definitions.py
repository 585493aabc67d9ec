"""Definitions of the secondary figures: measures with their breaks, the headline rule, the checks."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from pydantic import Field, model_validator

from evaluation.core.errors import IntakeError, KitError
from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.words import Definition, Text, check_unique, load_as

MEASURES = Path(__file__).resolve().with_name("secondary_measures.yaml")
RULES = Path(__file__).resolve().with_name("secondary_rules.yaml")


class Family(StrEnum):
    """What a measure is about."""

    VICTIMS = "victims"
    JUSTICE = "justice"
    ASSISTANCE = "assistance"
    POPULATION = "population"
    FUNDING = "funding"
    ESTIMATES = "estimates"


class ValueKind(StrEnum):
    """What a published number is; it decides which values are possible."""

    COUNT = "count"
    PERCENT = "percent"
    RATE = "rate"
    MONEY = "money"


class Span(StrEnum):
    """The time that a value covers."""

    YEAR = "year"
    FIRST_HALF = "first_half"
    PART_YEAR = "part_year"
    PERIOD = "period"
    DAY = "day"


class Unit(StrEnum):
    """Units of the published figures."""

    COUNT = "count"
    PERCENT = "percent"
    PER_100000 = "per_100000"
    PER_MILLION = "per_million"
    CHF = "chf"


class BreakKind(StrEnum):
    """A change makes comparisons across the year doubtful; a practice is how the figure is always counted."""

    CHANGE = "change"
    PRACTICE = "practice"


class Break(Definition):
    """A change of definition, law or recording, in force from ``year`` on."""

    year: int
    kind: BreakKind
    source_id: str
    what: Text


class Lookalike(Definition):
    """Another measure that is easily taken for this one."""

    other: str
    what: Text


class MeasureCard(Definition):
    """One measure of the secondary series."""

    id: str
    label: Text
    definition: Text
    family: Family
    kind: ValueKind
    unit: Unit
    span: Span
    annual: bool
    interval: str = Field(pattern="^(poisson|none)$")
    headline: bool
    breaks_as: str = ""
    breaks: tuple[Break, ...] = ()
    warnings: tuple[Lookalike, ...] = ()


class Step(Definition):
    """One step of the headline rule: what it looks at, and which values come first, last or not at all."""

    id: str
    by: str = Field(pattern="^(flags|kind|source_id|publication_year|row)$")
    reason: Text
    exclude: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    order: tuple[str, ...] = ()


class HeadlineRule(Definition):
    """How the headline value is picked when sources differ, and the words that say why."""

    rule: Text
    steps: tuple[Step, ...] = Field(min_length=1)
    only: Text
    agree: Text
    none: Text
    not_collected: Text


class Reference(Definition):
    """A published value; without a source, the headline value."""

    measure: str
    year: int
    source_id: str = ""


class Side(Definition):
    """One side of a check: (sum of plus - sum of minus) / sum of over * times, or a stated value."""

    what: Text
    plus: tuple[Reference, ...] = ()
    minus: tuple[Reference, ...] = ()
    over: tuple[Reference, ...] = ()
    times: float = 1.0
    stated: float | None = None
    source_id: str = ""

    @model_validator(mode="after")
    def _something(self) -> "Side":
        if (self.stated is None) == (not self.plus):
            raise ValueError("a side has either values to add or a stated value")
        return self


class Check(Definition):
    """Figures held against each other."""

    id: str
    about: Reference
    relation: str = Field(pattern="^(equal|at_most|by_design)$")
    tolerance: float = 0.0
    sides: tuple[Side, ...] = Field(min_length=2)
    note: Text


class Rules(Definition):
    """The headline rule, the checks, and the sentences that travel with the numbers."""

    headline: HeadlineRule
    checks: tuple[Check, ...]
    words: Mapping[str, Text]


class _MeasureFile(Definition):
    measures: tuple[MeasureCard, ...]


def load_measures(path: Path = MEASURES) -> Mapping[str, MeasureCard]:
    """The measure cards by id; ``breaks_as`` is already followed, so a card holds all its breaks."""
    try:
        cards = load_as(_MeasureFile, read_yaml(path), file=path.name).measures
        check_unique((card.id for card in cards), file=path.name)
    except KitError as error:
        raise IntakeError(str(error)) from None
    by_id = {card.id: card for card in cards}
    named = {
        (card.id, name)
        for card in cards
        for name in (card.breaks_as, *(w.other for w in card.warnings))
        if name
    }
    for owner, name in sorted(named):
        if name not in by_id:
            raise IntakeError(f"{path.name}, {owner}: names the unknown measure {name}; correct the name.")
    return {
        card.id: card.model_copy(update={"breaks": (*by_id[card.breaks_as].breaks, *card.breaks)})
        if card.breaks_as
        else card
        for card in cards
    }


def load_rules(path: Path = RULES) -> Rules:
    """The headline rule and the checks of the secondary series."""
    try:
        rules = load_as(Rules, read_yaml(path), file=path.name)
        check_unique((check.id for check in rules.checks), file=path.name)
    except KitError as error:
        raise IntakeError(str(error)) from None
    return rules
