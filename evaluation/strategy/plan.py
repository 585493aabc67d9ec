"""The national action plan as data: objectives, measures and the indicator cards."""

import re
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from pydantic import Field, model_validator

from evaluation.core.errors import StrategyError
from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.periods import Window, is_recurring, read_period, split_window
from evaluation.strategy.words import Definition, Misprint, PlacedText, Text, check_unique, load_as

PLANS = Path(__file__).resolve().parent / "plans"


class Kind(StrEnum):
    """What an indicator's value is."""

    COUNT = "count"
    PROPORTION = "proportion"
    DURATION = "duration"
    MONEY = "money"
    RATIO = "ratio"
    RATING = "rating"
    DELIVERABLE = "deliverable"
    TEXT = "text"


class Direction(StrEnum):
    """Whether a higher value is better."""

    MORE = "more"
    LESS = "less"
    NEUTRAL = "neutral"


class DefinitionStatus(StrEnum):
    """Whether two analysts with the same data would get the same value."""

    DEFINED = "defined"
    UNDEFINED = "undefined"
    AMBIGUOUS = "ambiguous"


class Party(Definition):
    """Institutions as one entry of the plan prints them, and who they are in the registry."""

    printed: str
    institutions: tuple[str, ...] = Field(min_length=1)


class Target(Definition):
    """A target that the plan itself sets."""

    value: float
    source: str


class Indicator(Definition):
    """An indicator card; what the plan does not say is absent, with the plan's reason."""

    id: str
    origin: str = "indicators_column"
    name: Text
    type: Kind
    unit: Text
    direction: Direction
    numerator: Text | None = None
    denominator: Text | None = None
    periods: tuple[int, ...] = ()
    stages: tuple[int, ...] = ()
    frequency: str = Field(pattern="^(annual|semestrial|quarterly|once)$")
    disaggregation: tuple[str, ...] = ()
    status: DefinitionStatus
    question: Text | None = None
    target: Target | None = None
    split: str = ""
    misprints: tuple[Misprint, ...] = ()

    @model_validator(mode="after")
    def _asks(self) -> "Indicator":
        if self.status is not DefinitionStatus.DEFINED and self.question is None:
            raise ValueError("an indicator that is not defined needs the question to ask")
        return self

    @property
    def position(self) -> int:
        """Place within the measure, from 1."""
        return int(self.id.rsplit("-", 1)[1])


class Measure(Definition):
    """One measure of the plan as printed, with our working translation."""

    code: str = Field(pattern=r"^\d\.\d\.\d{1,2}$")
    lines: str
    action: Text
    responsible: tuple[Party, ...] = Field(min_length=1)
    support: tuple[Party, ...] = ()
    results: tuple[Text, ...] = ()
    period: tuple[str, ...] = Field(min_length=1)
    evaluation_stage: tuple[str, ...] = ()
    misprints: tuple[Misprint, ...] = ()
    note: str = ""
    indicators: tuple[Indicator, ...] = Field(min_length=1)

    @property
    def objective(self) -> str:
        """Code of the specific objective."""
        return self.code.rsplit(".", 1)[0]

    @model_validator(mode="after")
    def _numbered(self) -> "Measure":
        series = self.indicators[0].id.split("-", 1)[0]
        expected = [f"{series}-{self.code}-{place}" for place in range(1, len(self.indicators) + 1)]
        if not re.fullmatch(r"IND(\d\d)?", series) or [card.id for card in self.indicators] != expected:
            raise ValueError(
                "indicator ids must be IND-<measure>-1, -2, … in order (IND27-… in the plan of 2027)"
            )
        for card in self.indicators:
            if any(place > len(self.period) for place in card.periods):
                raise ValueError("an indicator names a period that the measure does not have")
            if any(place > len(self.evaluation_stage) for place in card.stages):
                raise ValueError("an indicator names a stage that the measure does not have")
        return self


class Variant(Definition):
    """A differing wording of an objective's name elsewhere in the text."""

    ro: str
    lines: str
    where: str = ""


class Objective(Definition):
    """A general ("1") or specific ("1.2") objective."""

    code: str
    general: str = ""
    name: Text
    statement: PlacedText | None = None
    lines: str
    plan_lines: str = ""
    variants: tuple[Variant, ...] = ()
    note: str = ""


class _Objectives(Definition):
    general: tuple[Objective, ...]
    specific: tuple[Objective, ...]


class _MeasureFile(Definition):
    objective: str
    measures: tuple[Measure, ...]


class StrategyAct(Definition):
    """The legal act behind the plan."""

    title: Text
    act: str
    published: str
    period: str
    lines: str
    publication_lines: str
    purpose: PlacedText
    note: str = ""


class PlanHead(Definition):
    """What holds for the plan as a whole."""

    id: str
    synthetic: bool = False
    title: Text
    lines: str
    strategy: StrategyAct
    start: date
    end: date
    dates_note: Text
    translation: Text
    no_baseline: Text
    no_target: Text


class Plan(Definition):
    """A plan with everything below it, in the plan's own order."""

    head: PlanHead
    general: tuple[Objective, ...]
    specific: tuple[Objective, ...]
    measures: tuple[Measure, ...]

    @property
    def window(self) -> Window:
        """First and last day of the plan."""
        return Window(self.head.start, self.head.end)

    def of_objective(self, code: str) -> tuple[Measure, ...]:
        """Measures of a general or specific objective."""
        return tuple(measure for measure in self.measures if measure.code.startswith(f"{code}."))


def load_plan(plan_id: str = "pna_2024_2026", *, folder: Path = PLANS) -> Plan:
    """The plan of that id; every definition is checked, measures are in the plan's order.

    Read once in a process while its files stay as they are.
    """
    home = folder / plan_id
    return _read_plan(plan_id, home, tuple(file.stat().st_mtime_ns for file in sorted(home.rglob("*.yaml"))))


def forget_plans() -> None:
    """Read the plans again at the next call: what a process reads is recorded from then on."""
    _read_plan.cache_clear()


@lru_cache(maxsize=4)
def _read_plan(plan_id: str, home: Path, _changed: tuple[int, ...]) -> Plan:
    head = load_as(PlanHead, read_yaml(home / "plan.yaml"), file="plan.yaml")
    objectives = load_as(_Objectives, read_yaml(home / "objectives.yaml"), file="objectives.yaml")
    measures: list[Measure] = []
    for objective in objectives.specific:
        name = f"measures/{objective.code}.yaml"
        part = load_as(_MeasureFile, read_yaml(home / name), file=name)
        astray = [one.code for one in part.measures if one.objective != objective.code]
        if part.objective != objective.code or astray:
            raise StrategyError(f"{name}: holds measures of another objective; move them to their own file.")
        measures.extend(part.measures)
    check_unique((one.code for one in measures), file=plan_id)
    check_unique((card.id for one in measures for card in one.indicators), file=plan_id)
    return Plan(head=head, general=objectives.general, specific=objectives.specific, measures=tuple(measures))


def measure_due(measure: Measure, *, window: Window) -> tuple[Window, ...]:
    """When the measure is to be carried out: the windows of all its printed periods."""
    return tuple(piece for printed in measure.period for piece in read_period(printed, within=window))


def indicator_due(card: Indicator, measure: Measure, *, window: Window) -> tuple[Window, ...]:
    """When values of an indicator fall due.

    A deliverable or text falls due once for each period of its measure: the window's end is the last day.
    Any other indicator is reported per interval of its frequency, inside each period.
    """
    chosen = card.periods or range(1, len(measure.period) + 1)
    windows = [piece for place in chosen for piece in read_period(measure.period[place - 1], within=window)]
    if card.type in (Kind.DELIVERABLE, Kind.TEXT):
        return tuple(windows)
    return tuple(
        dict.fromkeys(cut for piece in windows for cut in split_window(piece, frequency=card.frequency))
    )


def indicator_evaluated(card: Indicator, measure: Measure, *, window: Window) -> tuple[Window, ...]:
    """The dated evaluation stages of an indicator ("2027", "Semestrul I 2025"); recurring ones give none."""
    chosen = card.stages or range(1, len(measure.evaluation_stage) + 1)
    return tuple(
        piece
        for place in chosen
        if not is_recurring(measure.evaluation_stage[place - 1])
        for piece in read_period(measure.evaluation_stage[place - 1], within=window)
    )
