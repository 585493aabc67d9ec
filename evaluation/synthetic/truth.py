"""What is planted in the invented returns, as data."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import Field

from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.words import Definition, Text, check_unique, load_as

HERE = Path(__file__).resolve().parent


class Planted(Definition):
    """Something planted: what it is, and what the kit should report."""

    id: str
    what: Text
    expect: Text


class PlantedFigure(Planted):
    """Totals of an indicator, by period: a number, or numerator/denominator; ``later`` are those of the second plan."""

    kind: str
    indicator: str
    institution: str
    qualifier: str = "exact"
    values: Mapping[str, str]
    later: Mapping[str, str] = {}


class PlantedMargin(Planted):
    """Parts that do not add up: ``change`` is their sum less the total; ``part`` is county or a breakdown."""

    indicator: str
    institution: str
    period: str
    part: str
    change: int


class PlantedCopy(Planted):
    """One institution sends another's figures for a measure."""

    source: str
    target: str
    measure: str
    year: int


class PlantedRounding(Planted):
    """All counts of a return are multiples of a number."""

    institution: str
    year: int
    to: int


class PlantedDeliverable(Planted):
    """When a deliverable is delivered, or why it is not; ``then`` is the stage claimed from the year ``from`` on."""

    indicator: str
    institution: str
    period: str
    delivered: str = ""
    stage: str = ""
    reason: str = ""
    then: str = ""
    since: int = Field(default=9999, alias="from")


class PlantedGap(Planted):
    """A figure that is not given, with its coded reason; with ``parts_only`` the total is given."""

    indicator: str
    institution: str
    years: tuple[int, ...]
    status: str = "not_available"
    reason: str = ""
    parts_only: bool = False


class PlantedMeasure(Definition):
    """The stage that an institution reports for a measure."""

    id: str
    measure: str
    institution: str
    years: tuple[int, ...]
    stage: str
    reason: str


class PlantedDelivery(Planted):
    """A return that never comes, comes late, twice, or once more with other values."""

    kind: str = Field(pattern="^(never|late|duplicate|correction|contradiction)$")
    institution: str
    year: int
    received: str = ""
    file: str = ""
    reason: str = ""
    changes: Mapping[str, str] = {}


class Break(Definition):
    """A change of definition, law or recording from a period on."""

    id: str
    indicator: str
    institution: str
    period: str
    kind: str = Field(pattern="^(definition|law|recording)$")
    note: Text


class Component(Definition):
    """One component of need: its centre and its spread on the logarithmic scale."""

    id: str
    centre: float
    spread: float


class PlantedCounties(Definition):
    """Need and effort by county."""

    period: str
    correlation: float
    neglected: int
    effort: tuple[str, ...]
    components: tuple[Component, ...]
    what: Text
    expect: Text


class Truth(Definition):
    """Everything planted in the returns."""

    figures: tuple[PlantedFigure, ...]
    breaks: tuple[Break, ...]
    margins: tuple[PlantedMargin, ...]
    copies: tuple[PlantedCopy, ...]
    rounded: tuple[PlantedRounding, ...]
    deliverables: tuple[PlantedDeliverable, ...]
    missing: tuple[PlantedGap, ...]
    measures: tuple[PlantedMeasure, ...]
    deliveries: tuple[PlantedDelivery, ...]
    counties: PlantedCounties

    @property
    def planted(self) -> tuple[Planted, ...]:
        """Everything that has words of its own, in the order of the file."""
        return (
            *self.figures,
            *self.margins,
            *self.copies,
            *self.rounded,
            *self.deliverables,
            *self.missing,
            *self.deliveries,
        )


class Range(Definition):
    """How large a figure is."""

    id: str
    low: float
    high: float


class Factor(Definition):
    """How much smaller the figures of an institution are."""

    id: str
    factor: float


class Within(Definition):
    """An indicator that counts a part of what another one counts."""

    part: str
    whole: str
    share: float


class Weights(Definition):
    """Typical shares of the levels of a breakdown."""

    group: str
    weights: tuple[float, ...]


class Categories(Definition):
    """The categories that institutions write for an open breakdown."""

    group: str
    names: tuple[str, ...]


class Fates(Definition):
    """Shares of deliverables that come in time, late, not yet, or never."""

    on_time: float
    late: float
    overdue: float
    dropped: float


class Magnitudes(Definition):
    """How large and how divided invented figures are."""

    classes: tuple[Range, ...]
    units: tuple[Range, ...]
    indicators: tuple[Range, ...]
    institutions: tuple[Factor, ...]
    within: tuple[Within, ...]
    levels: tuple[Weights, ...]
    categories: tuple[Categories, ...]
    fates: Fates


def load_truth() -> Truth:
    """The planted truth; ids are unique, but a break has the id of the figure that it explains."""
    truth = load_as(Truth, read_yaml(HERE / "truth.yaml"), file="truth.yaml")
    ids = [one.id for one in truth.planted] + [one.id for one in truth.measures]
    check_unique(ids, file="truth.yaml")
    return truth


@cache
def load_magnitudes() -> Magnitudes:
    """The magnitudes."""
    return load_as(Magnitudes, read_yaml(HERE / "magnitudes.yaml"), file="magnitudes.yaml")
