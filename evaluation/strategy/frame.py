"""The strategy around the plan: expected results, problems, pillars, monitoring rules, assessments."""

from datetime import date
from pathlib import Path

from evaluation.core.errors import StrategyError
from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.institutions import FRAME, NameMisprint
from evaluation.strategy.words import Definition, PlacedText, Text, load_as


class ExpectedResult(PlacedText):
    """One of the eight expected results; the link to objectives is our reading."""

    id: str
    objectives: tuple[str, ...]
    mapping: str
    note: str = ""


class Problem(Definition):
    """One of the fifteen problems; title as printed, summary ours."""

    id: str
    title: Text
    summary: Text
    lines: str
    objectives: tuple[str, ...]
    mapping: str
    note: str = ""


class Pillar(PlacedText):
    """One of the four pillars; the link to general objectives is our reading."""

    id: str
    general_objectives: tuple[str, ...]
    mapping: str
    note: str = ""


class MonitoringRule(Definition):
    """Who must or may do what, and when, to monitor and evaluate the strategy."""

    id: str
    rule: Text
    actor: str
    other_actors: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    years: tuple[int, ...]
    force: str
    report_year: str = ""
    report_form: str = ""
    sources: tuple[Text, ...] = ()
    measure: str = ""
    lines: str
    misprints: tuple[NameMisprint, ...] = ()
    note: str = ""


class MonitoringQuestion(Definition):
    """What the monitoring rules leave open, as the question to ask."""

    id: str
    rules: tuple[str, ...]
    question: Text
    lines: str
    addressee: str


class MissingPlan(Definition):
    """A plan that an assessment will need and that is not published."""

    plan: str
    note: Text


class Assessment(Definition):
    """One of the two evaluations, as data."""

    id: str
    title: Text
    kind: Text
    period_start: date
    period_end: date
    plans: tuple[str, ...]
    data_cutoff: date
    languages: tuple[str, ...]
    chapters: tuple[str, ...]
    lines: str
    missing_plans: tuple[MissingPlan, ...] = ()
    note: Text


class _ExpectedResults(Definition):
    expected_results: tuple[ExpectedResult, ...]
    notes: tuple[Text, ...] = ()


class _Problems(Definition):
    problems: tuple[Problem, ...]
    notes: tuple[Text, ...] = ()


class _Pillars(Definition):
    pillars: tuple[Pillar, ...]
    notes: tuple[Text, ...] = ()


class Monitoring(Definition):
    """The rules and the open questions."""

    rules: tuple[MonitoringRule, ...]
    questions: tuple[MonitoringQuestion, ...]


class _Assessments(Definition):
    assessments: tuple[Assessment, ...]


def load_expected_results(folder: Path = FRAME) -> tuple[ExpectedResult, ...]:
    """The eight expected results in printed order."""
    name = "expected_results.yaml"
    return load_as(_ExpectedResults, read_yaml(folder / name), file=name).expected_results


def load_problems(folder: Path = FRAME) -> tuple[Problem, ...]:
    """The fifteen problems in printed order."""
    return load_as(_Problems, read_yaml(folder / "problems.yaml"), file="problems.yaml").problems


def load_pillars(folder: Path = FRAME) -> tuple[Pillar, ...]:
    """The four pillars in printed order."""
    return load_as(_Pillars, read_yaml(folder / "pillars.yaml"), file="pillars.yaml").pillars


def load_monitoring(folder: Path = FRAME) -> Monitoring:
    """The rules of monitoring and evaluation."""
    return load_as(Monitoring, read_yaml(folder / "monitoring.yaml"), file="monitoring.yaml")


def load_assessments(folder: Path = FRAME) -> tuple[Assessment, ...]:
    """Both assessments."""
    name = "assessments.yaml"
    return load_as(_Assessments, read_yaml(folder / name), file=name).assessments


def get_assessment(assessment: str, *, folder: Path = FRAME) -> Assessment:
    """The assessment of that id."""
    known = {one.id: one for one in load_assessments(folder)}
    if assessment not in known:
        raise StrategyError(f"assessment {assessment}: unknown; the strategy provides for {' and '.join(known)}.")
    return known[assessment]
